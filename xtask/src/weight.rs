//! What the page weighs: the octets of every file of the site, as they are and compressed.

use std::fs;

use crate::{Result, light, project, words};

/// What a visitor may be asked to fetch, compressed with brotli: docs/performance.md says what it is made of.
pub const LIMIT: u64 = 480_000;

pub struct Weighed {
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

impl Weighed {
    /// Its part of the site, by the end of its name.
    pub fn part(&self) -> &str {
        match self.name.rsplit_once('.') {
            Some((_, part @ ("wasm" | "js" | "css" | "html" | "svg"))) => part,
            _ => "other",
        }
    }
}

/// Every file of dist/, the heaviest first.
pub fn weigh() -> Result<Vec<Weighed>> {
    let dist = project::built_site()?;
    let octets = |path| fs::metadata(path).map(|it| it.len());
    let mut files: Vec<Weighed> = project::files_below(&dist)
        .iter()
        .filter(|path| path.extension().is_none_or(|it| it != "br" && it != "gz"))
        .map(|path| {
            let raw = octets(path.clone()).unwrap_or(0);
            let name = path.strip_prefix(&dist).unwrap_or(path);
            Weighed {
                name: name.display().to_string(),
                raw,
                gzip: octets(path.with_added_extension("gz")).unwrap_or(raw),
                brotli: octets(path.with_added_extension("br")).unwrap_or(raw),
            }
        })
        .collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.brotli));
    match files.iter().any(|it| it.part() == "wasm" && it.brotli < it.raw) {
        true => Ok(files),
        false => Err("dist/ is not a release: run `cargo xtask build` first.".into()),
    }
}

/// What a reader of one language fetches once every panel was used: everything but the lightest catalogues.
pub fn fetched(files: &[Weighed]) -> Weighed {
    let is_words = |it: &&Weighed| words::ENDS.iter().any(|end| it.name.ends_with(end));
    // The heaviest stand first.
    let others: Vec<&str> = files.iter().filter(is_words).skip(1).map(|it| it.name.as_str()).collect();
    total("one language", files.iter().filter(|it| !others.contains(&it.name.as_str())))
}

fn total<'f>(name: &str, files: impl Iterator<Item = &'f Weighed> + Clone) -> Weighed {
    Weighed {
        name: name.into(),
        raw: files.clone().map(|it| it.raw).sum(),
        gzip: files.clone().map(|it| it.gzip).sum(),
        brotli: files.map(|it| it.brotli).sum(),
    }
}

pub fn print(files: &[Weighed]) {
    println!("  {:<44} {:>9} {:>9} {:>9}", "octets", "raw", "gzip", "brotli");
    for file in files.iter().chain([&fetched(files), &total("both languages", files.iter())]) {
        let Weighed { name, raw, gzip, brotli } = file;
        println!("  {name:<44} {raw:>9} {gzip:>9} {brotli:>9}");
    }
}

/// The check. No file of the site is spared, since every panel may fetch any of them, but the catalogue of the
/// language that is not read: of the two the heavier one counts.
pub fn check() -> Result<String> {
    let files = weigh()?;
    print(&files);
    let Weighed { brotli, .. } = fetched(&files);
    let (limit, how) = match light::has_sources() {
        true => (LIMIT, ""),
        false => (LIMIT + light::MORE_WITHOUT_SOURCES, ", with the standard library as it comes"),
    };
    match brotli <= limit {
        true => Ok(format!("{brotli} of {limit} octets{how}")),
        false => Err(format!(
            "the site weighs {brotli} octets in brotli and may weigh {limit}{how}: see `cargo xtask size`."
        )),
    }
}

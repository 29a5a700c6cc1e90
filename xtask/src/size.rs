//! `cargo xtask size`: the site by file, and its program by crate and function.
//!
//! The functions are weighed in a twin of the published program that keeps their names: what rustc made is the same, and only
//! wasm-opt is told otherwise. By it the numbers that a trap tells get names: target/size/functions.txt.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::arguments::Arguments;
use crate::build::{self, Kind};
use crate::shell::{command, read, run};
use crate::stage::Stages;
use crate::tools::{Tools, WASM};
use crate::wasm::dissect;
use crate::weight::{self, Weighed};
use crate::{Result, light, project};

type Rows = Vec<(String, u64)>;

pub fn chore(mut arguments: Arguments) -> Result {
    let json = arguments.value("--json")?;
    arguments.finish()?;
    let mut stages = Stages::default();
    build::site(Kind::Release, &mut stages)?;
    let twin = stages.run("twin", twin)?;
    stages.run("functions", || list(&twin))?;
    let tls = stages.run("parts", || parts_of_tls(&twin))?;
    let files = weight::weigh()?;
    let anatomy = fs::read(twin)
        .ok()
        .and_then(|module| dissect(&module))
        .ok_or("remove target/size and run this again.")?;
    let functions: Vec<(String, u64)> =
        anatomy.functions.iter().map(|(name, size)| (plain(name), *size as u64)).collect();
    let sections = anatomy.sections.iter().map(|(name, size)| (name.clone(), *size as u64));

    let mut parts: BTreeMap<&str, u64> = BTreeMap::new();
    for file in &files {
        *parts.entry(file.part()).or_default() += file.brotli;
    }
    let mut crates: BTreeMap<String, u64> = BTreeMap::new();
    let mut modules: BTreeMap<String, u64> = BTreeMap::new();
    for (name, size) in &functions {
        *crates.entry(crate_of(name).to_owned()).or_default() += size;
        if let Some(module) = module_of(name) {
            *modules.entry(module.to_owned()).or_default() += size;
        }
    }
    let tables = [
        ("brotli octets by part", by_size(parts)),
        ("raw octets of the program by section", by_size(sections)),
        ("raw octets of code by crate", by_size(crates)),
        ("raw octets of our own code by module", by_size(modules)),
        ("raw octets of code by function", by_size(functions)),
    ];
    print(&files, &tables, &tls);
    let Some(path) = json else { return Ok(()) };
    fs::write(&path, as_json(&files, &tables, &tls)).map_err(|it| format!("make {path} writable ({it})."))
}

/// Makes of what Trunk has built a program with its names, and gives its path.
fn twin() -> Result<PathBuf> {
    let tools = Tools::for_site()?;
    let bound = project::target().join("size");
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&bound);
    bindgen.arg(project::target().join(WASM).join(light::PROFILE).join("pop3lab.wasm"));
    run(tools.lend(&mut bindgen), "see what wasm-bindgen says above")?;

    let twin = bound.join("pop3lab_opt.wasm");
    let mut opt = command("wasm-opt");
    opt.args(["-O2", "-g"]).args(light::wasm_opt_words()?);
    opt.arg(bound.join("pop3lab_bg.wasm")).arg("-o").arg(&twin);
    run(tools.lend(&mut opt), "see what wasm-opt says above")?;
    Ok(twin)
}

/// Writes down which function has which number in the published program.
fn list(twin: &Path) -> Result {
    let mut node = command("node");
    node.arg(project::root().join("xtask/src/functions.mjs")).arg(twin);
    let listed = read(&mut node).ok_or("see what Node.js says above")?;
    let to = project::target().join("size/functions.txt");
    fs::write(&to, listed).map_err(|it| format!("make {to:?} writable ({it})."))
}

/// A part of the program: its name, the octets of its functions, and the octets of brotli that would be saved without them.
type Part = (String, u64, u64);

/// What TLS is made of: the protocol, the certificates, each suite (xtask/src/parts.mjs has the list).
fn parts_of_tls(twin: &Path) -> Result<Vec<Part>> {
    let mut node = command("node");
    node.arg(project::root().join("xtask/src/parts.mjs")).arg(twin);
    let told = read(&mut node).ok_or("see what Node.js says above")?;
    told.lines().map(part).collect::<Option<_>>().ok_or_else(|| "run `cargo xtask size` again.".into())
}

/// `pki<TAB>12363<TAB>4055`.
fn part(line: &str) -> Option<Part> {
    let mut cells = line.split('\t');
    let (name, raw, brotli) = (cells.next()?, cells.next()?, cells.next()?);
    Some((name.to_owned(), raw.parse().ok()?, brotli.parse().ok()?))
}

/// A function's name without the hashes that compilers put into it: `[e24a27700634d609]`, `::hac1a5c38c13ae171`.
fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 && is_hex(hash) => plain += rest,
            _ => plain = plain + "[" + part,
        }
    }
    match plain.rsplit_once("::h") {
        Some((short, hash)) if hash.len() == 16 && is_hex(hash) => short.to_owned(),
        _ => plain,
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// `yew` for `<yew::html::Scope<T> as core::fmt::Debug>::fmt`.
fn crate_of(function: &str) -> &str {
    match path_of(function).split_once("::") {
        Some((first, _)) if is_name(first) => first,
        _ => "(no crate)",
    }
}

/// `net` for `pop3lab::net::host::Host::poll`.
fn module_of(function: &str) -> Option<&str> {
    let (module, _) = path_of(function).strip_prefix("pop3lab::")?.split_once("::")?;
    is_name(module).then_some(module)
}

/// A function's name from where its first path begins.
fn path_of(function: &str) -> &str {
    let path = function.trim_start_matches(['<', '&', '(', '[', '*']);
    ["mut ", "dyn ", "const "].iter().fold(path, |path, word| path.strip_prefix(word).unwrap_or(path))
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

fn by_size<N: Into<String>>(rows: impl IntoIterator<Item = (N, u64)>) -> Rows {
    let mut rows: Rows = rows.into_iter().map(|(name, size)| (name.into(), size)).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows
}

fn print(files: &[Weighed], tables: &[(&str, Rows)], tls: &[Part]) {
    println!();
    weight::print(files);
    println!("\n  {:<44} {:>9} {:>9}", "octets of code for TLS", "raw", "brotli");
    for (name, raw, brotli) in tls {
        println!("  {name:<44} {raw:>9} {brotli:>9}");
    }
    for (title, rows) in tables {
        println!("\n  {title}");
        for (name, size) in rows.iter().take(25) {
            let short: String = name.chars().take(96).collect();
            println!("  {size:>9}  {short}");
        }
    }
}

fn as_json(files: &[Weighed], tables: &[(&str, Rows)], tls: &[Part]) -> String {
    let files = files.iter().map(|it| {
        let Weighed { name, raw, gzip, brotli } = it;
        let name = quoted(name);
        format!("{{\"name\":{name},\"raw\":{raw},\"gzip\":{gzip},\"brotli\":{brotli}}}")
    });
    let mut members = vec![format!("\"files\":[{}]", files.collect::<Vec<_>>().join(","))];
    let tls = tls.iter().map(|(name, raw, brotli)| format!("[{},{raw},{brotli}]", quoted(name)));
    members.push(format!("\"octets of code for TLS\":[{}]", tls.collect::<Vec<_>>().join(",")));
    for (title, rows) in tables {
        let rows = rows.iter().map(|(name, size)| format!("[{},{size}]", quoted(name)));
        let rows = rows.collect::<Vec<_>>().join(",");
        members.push(format!("{}:[{rows}]", quoted(title)));
    }
    format!("{{{}}}\n", members.join(",\n"))
}

/// `text` as a JSON string; the names of functions and files hold no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{crate_of, module_of, plain};

    #[test]
    fn functions_belong_to_the_crate_of_their_type() {
        assert_eq!(crate_of("<yew::html::Scope<T> as core::fmt::Debug>::fmt"), "yew");
        assert_eq!(crate_of("<&mut pop3lab::net::Host as core::fmt::Debug>::fmt"), "pop3lab");
        assert_eq!(crate_of("core::ptr::drop_in_place<yew::Callback<u8>>"), "core");
        assert_eq!(crate_of("memcpy"), "(no crate)");
        assert_eq!(module_of("<&mut pop3lab::net::Host as core::fmt::Debug>::fmt"), Some("net"));
        assert_eq!(module_of("pop3lab::main"), None);
    }

    #[test]
    fn hashes_are_left_out_of_names() {
        assert_eq!(plain("<core[c5930c85a12de822]::fmt::Formatter>::pad"), "<core::fmt::Formatter>::pad");
        assert_eq!(plain("pop3lab::main::hbff720c2b1355a4b"), "pop3lab::main");
        assert_eq!(plain("<[T] as Debug>::hold"), "<[T] as Debug>::hold");
    }
}

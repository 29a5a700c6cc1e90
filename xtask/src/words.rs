//! The catalogues of the page, which are fetched beside its program: one for a reader of one language.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::build::Kind;
use crate::shell::{cargo, read};
use crate::tools::WASM;
use crate::{Result, light, project};

/// How a catalogue's name ends, after that of its program.
pub const ENDS: [&str; 2] = ["_en.txt", "_ja.txt"];

/// Lays the catalogues beside the program, named after it. Its name carries the hash of its content, and its content the
/// hash of the catalogues: what has the same name belongs together.
pub fn lay(kind: Kind) -> Result {
    let dist = project::dist();
    let made =
        made(kind).ok_or("see what `cargo xtask build` says above: build.rs has written no catalogues.")?;
    let programs = project::files_below(&dist);
    let program = programs.iter().find_map(|path| path.to_str()?.strip_suffix("_bg.wasm"));
    let program = program.ok_or("see what Trunk says above: dist/ has no program.")?;
    for end in ENDS {
        let from = made.join(&end[1..]);
        fs::copy(&from, format!("{program}{end}")).map_err(|it| format!("make {from:?} readable ({it})."))?;
    }
    Ok(())
}

/// Where build.rs has written what belongs to the program that Trunk has just built: Cargo says so once more.
fn made(kind: Kind) -> Option<PathBuf> {
    let mut build =
        cargo(&["build", "--quiet", "--message-format=json", "--target", WASM, "--bin", "pop3lab"]);
    if kind == Kind::Release {
        build.args(["--profile", light::PROFILE]).envs(light::variables());
    }
    let said = read(&mut build)?;
    said.lines()
        .filter(|line| line.contains("build-script-executed"))
        .filter_map(|line| {
            let (_, rest) = line.split_once("\"out_dir\":\"")?;
            Some(PathBuf::from(rest.split_once('"')?.0.replace("\\\\", "\\")))
        })
        .find(|folder| is_ours(folder))
}

/// `target/…/build/pop3lab-0123456789abcdef/out`.
fn is_ours(out: &Path) -> bool {
    let name = out.parent().and_then(Path::file_name).and_then(OsStr::to_str);
    name.is_some_and(|name| name.starts_with("pop3lab-")) && out.join("en.txt").is_file()
}

//! Finds each tool of the build, or makes it once.
//!
//! The right version on the PATH or in our cache comes first, then a prebuilt one, then one built
//! cheaply from source. The cache keeps a folder per version and serves every clone of the project:
//! `$POP3LAB_TOOLS`, else `pop3lab/tools` in the user's cache.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::shell::{cargo, command, find, read, run, run_within};
use crate::{Result, project};

pub const WASM: &str = "wasm32-unknown-unknown";

/// Trunk 0.22 asks for a newer Rust than the project does.
const TRUNK: &str = "0.21.14";
/// The npm package that brings wasm-opt.
const BINARYEN: &str = "132.0.0";
/// The npm package that makes scripts short.
const TERSER: &str = "5.51.2";

const INSTALL_RUSTUP: &str = "install rustup from https://rustup.rs and run this again";
const INSTALL_NODE: &str = "install Node.js 20 or later from https://nodejs.org and run this again";

/// The folders that hold the tools, in front of the PATH.
#[derive(Default)]
pub struct Tools {
    bins: Vec<PathBuf>,
}

impl Tools {
    /// What building the page takes.
    pub fn for_site() -> Result<Self> {
        let mut tools = Self::for_wasm_tests()?;
        tools.bins.extend(crate_tool(&Crate {
            name: "trunk",
            version: TRUNK.into(),
            // Trunk's own lock file: its dependencies at their newest need not agree with our Rust.
            options: &["--locked", "--no-default-features", "--features", "rustls"],
            programs: &["trunk"],
        })?);
        tools.bins.extend(wasm_opt()?);
        Ok(tools)
    }

    /// What running tests as WebAssembly takes.
    pub fn for_wasm_tests() -> Result<Self> {
        wasm_target()?;
        node()?;
        let bins = crate_tool(&Crate {
            name: "wasm-bindgen-cli",
            version: project::locked_version("wasm-bindgen")?,
            options: &[],
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        })?;
        Ok(Self { bins: bins.into_iter().collect() })
    }

    /// Lets `command` find these tools.
    pub fn lend<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("PATH", self.path())
    }

    fn path(&self) -> OsString {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = self.bins.iter().cloned().chain(env::split_paths(&path));
        env::join_paths(folders).unwrap_or(path)
    }
}

/// What Trunk calls the version of wasm-opt that it must take.
pub fn wasm_opt_version() -> String {
    format!("version_{}", major(BINARYEN))
}

pub fn node() -> Result {
    match find("node").is_some() && find("npm").is_some() {
        true => Ok(()),
        false => Err(format!("{INSTALL_NODE}.")),
    }
}

/// Sees to it that Rust can compile to WebAssembly.
pub fn wasm_target() -> Result {
    let libraries = command("rustc").args(["--print", "target-libdir", "--target", WASM]).output();
    let folder = libraries.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    if folder.is_ok_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(&["target", "add", WASM])
}

/// Sees to it that `cargo NAME` works, for a component of the Rust toolchain.
pub fn component(subcommand: &str, component: &str) -> Result {
    if read(&mut cargo(&[subcommand, "--version"])).is_some() {
        return Ok(());
    }
    rustup(&["component", "add", component])
}

fn rustup(words: &[&str]) -> Result {
    match find("rustup") {
        Some(rustup) => run(command(rustup).args(words), "see what rustup says above"),
        None => Err(format!("{INSTALL_RUSTUP}.")),
    }
}

struct Crate {
    name: &'static str,
    version: String,
    options: &'static [&'static str],
    programs: &'static [&'static str],
}

/// The folder with the programs of a crate; `None` where the PATH has them already.
fn crate_tool(tool: &Crate) -> Result<Option<PathBuf>> {
    let Crate { name, version, .. } = tool;
    if tool.programs.iter().all(|it| reports(it, version)) {
        println!("{name} {version} is on the PATH");
        return Ok(None);
    }
    let home = cache()?.join(format!("{name}-{version}"));
    let bin = home.join("bin");
    // Cargo moves a program here only when it is whole.
    let complete = || tool.programs.iter().all(|it| bin.join(it).is_file());
    if complete() {
        println!("{name} {version} is in {}", home.display());
        return Ok(Some(bin));
    }
    if find("cargo-binstall").is_some() {
        println!("{name} {version}: looking for a prebuilt one");
        let mut binstall = cargo(&["binstall", "--no-confirm", "--disable-strategies", "compile"]);
        binstall.arg("--root").arg(&home);
        binstall.arg(format!("{name}@{version}"));
        if run_within(&mut binstall, Duration::from_secs(90)) && complete() {
            return Ok(Some(bin));
        }
    }
    println!("{name} {version}: building it, once for all clones, which takes some minutes");
    let scratch = cache()?.join(format!(".build-{name}-{version}"));
    let mut install = cargo(&["install", name, "--version", version]);
    install.args(tool.options).arg("--root").arg(&home);
    // Out of the project, whose Cargo configuration is none of the tool's business.
    install.current_dir(cache()?);
    install.env("CARGO_TARGET_DIR", &scratch).envs([
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
        ("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
    ]);
    run(&mut install, "see what cargo says above, or install that version yourself")?;
    _ = std::fs::remove_dir_all(scratch);
    Ok(Some(bin))
}

/// The folder with wasm-opt; `None` where the PATH has it already.
fn wasm_opt() -> Result<Option<PathBuf>> {
    if reports("wasm-opt", &major(BINARYEN)) {
        println!("wasm-opt {BINARYEN} is on the PATH");
        return Ok(None);
    }
    Ok(Some(npm_package("binaryen", BINARYEN)?.join("node_modules/.bin")))
}

/// The folder in whose `node_modules` Terser is.
pub fn terser() -> Result<PathBuf> {
    npm_package("terser", TERSER)
}

/// The folder in whose `node_modules` an npm package is.
fn npm_package(name: &str, version: &str) -> Result<PathBuf> {
    let home = cache()?.join(format!("{name}-{version}"));
    if home.join("node_modules").join(name).exists() {
        println!("{name} {version} is in {}", home.display());
        return Ok(home);
    }
    // Filled beside its place and moved there when whole.
    let filling = cache()?.join(format!(".filling-{name}-{}", std::process::id()));
    let mut npm = command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]);
    npm.arg(&filling).arg(format!("{name}@{version}"));
    run(&mut npm, "see what npm says above")?;
    if std::fs::rename(&filling, &home).is_err() {
        // Another clone was faster.
        _ = std::fs::remove_dir_all(&filling);
    }
    Ok(home)
}

/// Whether `program` is on the PATH and says `version` among the words of its `--version`.
fn reports(program: &str, version: &str) -> bool {
    let said = find(program).and_then(|it| read(command(it).arg("--version")));
    said.is_some_and(|said| said.split_whitespace().any(|word| word == version))
}

fn major(version: &str) -> String {
    version.split('.').take(1).collect()
}

fn cache() -> Result<PathBuf> {
    let path = |name| env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let cache = path("POP3LAB_TOOLS")
        .or_else(|| path("XDG_CACHE_HOME").map(|it| it.join("pop3lab/tools")))
        .or_else(|| path("HOME").map(|it| it.join(".cache/pop3lab/tools")))
        .ok_or("set POP3LAB_TOOLS to a folder that may keep the tools.")?;
    std::fs::create_dir_all(&cache).map_err(|_| "set POP3LAB_TOOLS to a folder that you may write to.")?;
    Ok(cache)
}

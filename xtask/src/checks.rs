//! The checks of `cargo xtask test`, in the order in which they run: what fails fast comes first.

use std::path::PathBuf;
use std::process::Command;

use crate::browser::Browser;
use crate::build::{self, Kind};
use crate::shell::{cargo, command, read, run, run_seeing};
use crate::stage::Stages;
use crate::tools::{self, Tools, WASM};
use crate::{Result, clients, project, serve, system, weight};

pub struct Check {
    pub name: &'static str,
    pub about: &'static str,
    /// Gives a few words for the table, or a sentence that says what to do.
    pub run: fn(passed_on: &[String]) -> Result<String>,
}

pub const CHECKS: &[Check] = &[
    Check {
        name: "fmt",
        about: "formatting",
        run: |_| {
            tools::component("fmt", "rustfmt")?;
            run(&mut cargo(&["fmt", "--all", "--check"]), "run `cargo fmt --all`")?;
            done()
        },
    },
    Check {
        name: "clippy",
        about: "clippy without warnings, natively, with every feature",
        run: |_| {
            tools::component("clippy", "clippy")?;
            clippy(&["--workspace", "--all-targets", "--all-features"])
        },
    },
    Check {
        name: "clippy-wasm",
        about: "clippy without warnings for the page and for the engine alone, as WebAssembly",
        run: |_| {
            tools::component("clippy", "clippy")?;
            tools::wasm_target()?;
            clippy(&["--target", WASM, "--lib", "--bin", "pop3lab"])?;
            clippy(&["--target", WASM, "--lib", "--no-default-features"])
        },
    },
    Check {
        name: "xtask",
        about: "the tests of these chores",
        run: |_| tested(&mut cargo(&["test", "--package", "xtask"])),
    },
    Check {
        name: "engine",
        about: "engine tests natively, in a build that names no browser crate",
        run: |_| {
            names_no_browser()?;
            tested(&mut cargo(&["test", "--no-default-features", "--features", "serve"]))
        },
    },
    Check {
        name: "engine-wasm",
        about: "the same tests as WebAssembly, under Node",
        run: |_| {
            let tools = Tools::for_wasm_tests()?;
            let mut test = cargo(&["test", "--target", WASM, "--no-default-features"]);
            test.args(["--lib", "--tests"]).envs([
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner"),
                ("WASM_BINDGEN_TEST_ONLY_NODE", "1"),
                // Seconds for a whole file of tests; it would be 20.
                ("WASM_BINDGEN_TEST_TIMEOUT", "900"),
            ]);
            tested(tools.lend(&mut test))
        },
    },
    Check {
        name: "components",
        about: "components of the page, rendered natively",
        run: |_| {
            tested(&mut cargo(&[
                "test",
                "--features",
                "ssr",
                "--lib",
                "--test",
                "ui_ssr",
                "--test",
                "panels",
                "--test",
                "matrix",
            ]))
        },
    },
    Check {
        name: "interop",
        about: "the conformance vectors over `serve`, by an interpreter that knows nothing of ours",
        run: |_| interop(),
    },
    Check { name: "servers", about: "side by side with Dovecot, Courier and Cyrus", run: |_| servers() },
    Check {
        name: "clients",
        about: "real mail programs against `serve`",
        run: |passed_on| {
            build_serve()?;
            clients::run_all(passed_on)
        },
    },
    Check {
        name: "capture",
        about: "what Wireshark reads in captures, TLS with its keys included",
        run: |_| {
            system::need("tshark", "tshark")?;
            let test = ["test", "--no-default-features", "--features", "serve", "--test", "capture"];
            tested(cargo(&test).args(["--", "--ignored"]))
        },
    },
    Check {
        name: "build",
        about: "the site, as it is published",
        run: |_| {
            build::site(Kind::Release, &mut Stages::default())?;
            done()
        },
    },
    Check { name: "weight", about: "the site's octets in brotli", run: |_| weight::check() },
    Check {
        name: "browser",
        about: "the built site in Chromium, under its policy, at the root and at a sub-path",
        run: browser,
    },
    Check {
        name: "docs",
        about: "documentation without warnings, public and private",
        run: |_| {
            let doc = ["doc", "--no-deps", "--all-features"];
            for more in [&[][..], &["--document-private-items"]] {
                let mut doc = cargo(&doc);
                doc.args(more).env("RUSTDOCFLAGS", "-D warnings");
                run(&mut doc, "mend what rustdoc names above")?;
            }
            done()
        },
    },
];

fn done() -> Result<String> {
    Ok(String::new())
}

fn clippy(words: &[&str]) -> Result<String> {
    let mut clippy = cargo(&["clippy"]);
    clippy.args(words).args(["--", "-D", "warnings"]);
    run(&mut clippy, "mend what clippy names above")?;
    done()
}

/// Runs tests and adds up what each of their programs reports.
fn tested(command: &mut Command) -> Result<String> {
    let mut tests = 0;
    run_seeing(command, "mend the tests that failed above", |line| tests += passed_in(line))?;
    match tests {
        0 => Err("no test ran: see whether the tests are still where they were.".into()),
        _ => Ok(format!("{tests} tests")),
    }
}

/// The number in `test result: ok. 3 passed; ...`, or in Playwright's `3 passed (1.2s)`.
fn passed_in(line: &str) -> usize {
    let line = line.trim().strip_prefix("test result: ok. ").unwrap_or(line.trim());
    let mut words = line.split([' ', ';']);
    match (words.next().map(str::parse), words.next()) {
        (Some(Ok(count)), Some("passed")) => count,
        _ => 0,
    }
}

/// The engine's dependencies, tests included, must not hold the page's.
fn names_no_browser() -> Result {
    let mut tree = cargo(&["tree", "--no-default-features", "--features", "serve"]);
    tree.args(["--edges", "normal,dev", "--prefix", "none", "--format", "{p}"]);
    let tree = read(&mut tree).ok_or("run `cargo tree` to see why it fails.")?;
    let named = |name| tree.lines().any(|line| line.split(' ').next() == Some(name));
    match ["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"].into_iter().find(|it| named(it)) {
        None => Ok(()),
        Some(name) => Err(format!(
            "the engine depends on {name}: `cargo tree --no-default-features --invert {name}` \
             shows the way, which must end behind the feature `ui`."
        )),
    }
}

fn interop() -> Result<String> {
    system::need("python3", "python3")?;
    let serve = built_serve()?;
    let mut runner = command("python3");
    // -B leaves no compiled files among the sources. Vectors must not stop running unnoticed.
    runner.args(["-B", "tests/interop/run_vectors.py", "--at-least", "373", "--serve"]).arg(serve);
    last_line(&mut runner, "mend what the interpreter names above")
}

fn servers() -> Result<String> {
    system::need_for_servers()?;
    let serve = built_serve()?;
    // -B leaves no compiled files among the sources.
    let mut runner = command("python3");
    runner.args(["-B", "tests/servers/run.py", "--serve"]).arg(serve);
    last_line(&mut runner, "see tests/servers/README.md on what is to be done about a difference")
}

fn built_serve() -> Result<PathBuf> {
    build_serve()?;
    Ok(project::target().join("debug/serve"))
}

/// Runs a program whose last line tells how it went.
fn last_line(program: &mut Command, remedy: &str) -> Result<String> {
    let mut last = String::new();
    run_seeing(program, remedy, |line| last = line.into())?;
    Ok(last)
}

fn build_serve() -> Result {
    let build = ["build", "--no-default-features", "--features", "serve", "--bin", "serve"];
    run(&mut cargo(&build), "mend what rustc names above")
}

fn browser(passed_on: &[String]) -> Result<String> {
    let browser = Browser::ready()?;
    let dist = project::built_site()?;
    let address = serve::in_background(&dist, "/")?;
    let sub_address = serve::in_background(&dist, "/some/sub/path/")?;
    let mut playwright = browser.node(&address, &sub_address);
    playwright.args(["node_modules/@playwright/test/cli.js", "test"]);
    tested(playwright.args(passed_on))
}

#[cfg(test)]
mod tests {
    use super::passed_in;

    #[test]
    fn both_kinds_of_totals_are_counted() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 1 ignored"), 12);
        assert_eq!(passed_in("  7 passed (3.2s)"), 7);
        assert_eq!(passed_in("test result: FAILED. 12 passed; 1 failed"), 0);
        assert_eq!(passed_in("3 lines passed by"), 0);
    }
}

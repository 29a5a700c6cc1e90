//! Real mail programs, from Debian's packages and npm, and the tests that set them on `serve`.

use crate::shell::{command, find, read, run, run_seeing};
use crate::{Result, project, system, tools};

const FOLDER: &str = "tests/clients";

/// Each program, and the Debian package that has it.
const PROGRAMS: &[(&str, &str)] = &[
    ("python3", "python3"),
    ("curl", "curl"),
    ("fetchmail", "fetchmail"),
    ("getmail", "getmail6"),
    ("mpop", "mpop"),
    ("mutt", "mutt"),
    ("s-nail", "s-nail"),
    ("ruby", "ruby"),
    ("perl", "perl"),
];

/// What perl needs beside itself: modules, and their packages.
const MODULES: &[(&str, &str)] = &[
    ("Authen::SASL", "libauthen-sasl-perl"),
    // CRAM-MD5 of the former needs it, which Debian only recommends.
    ("Digest::HMAC_MD5", "libdigest-hmac-perl"),
    ("IO::Socket::SSL", "libio-socket-ssl-perl"),
];

/// Runs them all against this `serve`, which is built already; gives how many checks passed.
pub fn run_all(passed_on: &[String]) -> Result<String> {
    install()?;
    let mut tests = command("python3");
    tests.arg(format!("{FOLDER}/run.py")).arg("--serve").arg(project::target().join("debug/serve"));
    let mut last = String::new();
    run_seeing(tests.args(passed_on), "mend what is `not ok` above", |line| last = line.into())?;
    Ok(last)
}

fn install() -> Result {
    let mut missing: Vec<&str> =
        PROGRAMS.iter().filter(|row| find(row.0).is_none()).map(|row| row.1).collect();
    let has = |module: &str| read(command("perl").args([&format!("-M{module}"), "-e1"])).is_some();
    missing.extend(MODULES.iter().filter(|row| !has(row.0)).map(|row| row.1));
    if !missing.is_empty() {
        system::apt_install(&missing)?;
    }
    tools::node()?;
    let node = project::root().join(FOLDER).join("node");
    if node.join("node_modules/node-pop3").is_dir() {
        return Ok(());
    }
    let mut npm = command("npm");
    npm.current_dir(node).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(&mut npm, "see what npm says above")
}

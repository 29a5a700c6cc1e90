//! `cargo xtask soak`: the long proofs, too long for every push; their last logs are in docs/soak.
//!
//! A long proof is a test named `soak_of_*` and marked `#[ignore]`. It runs optimised, but with
//! overflow checks and debug assertions, and finds `POP3LAB_SOAK=1` in its environment, and in
//! `POP3LAB_MINUTES` what stood after `--minutes`: how long bent octets are fed (one minute otherwise).

use std::fs::{self, File};
use std::io::Write;

use crate::arguments::Arguments;
use crate::shell::{cargo, command, read, run_seeing};
use crate::stage::Stages;
use crate::{Result, project};

const LOGS: &str = "docs/soak";

pub fn chore(mut arguments: Arguments) -> Result {
    let minutes = arguments.value("--minutes")?.unwrap_or_else(|| "1".into());
    if minutes.parse::<u64>().is_err() {
        return Err(format!("write a number of minutes after --minutes, which `{minutes}` is not."));
    }
    let names = arguments.names()?;
    let filter = format!("soak_of_{}", names.first().map_or("", String::as_str));
    let log = format!("{LOGS}/{}.log", names.first().map_or("all", String::as_str));
    let mut stages = Stages::default();
    stages.run("soak", || soak(&filter, &minutes, &log))?;
    stages.summary();
    println!("\nThe log is in {log}.");
    Ok(())
}

fn soak(filter: &str, minutes: &str, log: &str) -> Result {
    let mut soak = cargo(&["test", "--profile", "soak", "--no-default-features", "--features", "serve"]);
    soak.args(["--lib", "--tests", "--", "--include-ignored", "--nocapture", filter]);
    soak.env("POP3LAB_SOAK", "1").env("POP3LAB_MINUTES", minutes);

    // Said first: the log is part of the commit that the heading describes.
    let heading = heading(filter);
    let mut log = Log::open(log)?;
    log.line(&heading);
    let mut proofs = 0;
    let outcome = run_seeing(&mut soak, "mend the proofs that failed above", |line| {
        // Programs without a long proof in them say nothing.
        if !line.is_empty() && line != "running 0 tests" && !line.contains(" ok. 0 passed") {
            log.line(line);
        }
        let passed = line.strip_prefix("test result: ok. ").and_then(|it| it.split(' ').next());
        proofs += passed.and_then(|it| it.parse::<u32>().ok()).unwrap_or(0);
    });
    log.line(&format!("{proofs} long proofs passed"));
    outcome?;
    match proofs {
        0 => Err(format!("no test has `{filter}` in its name: give a part of a name that one has.")),
        _ => Ok(()),
    }
}

/// When, on what, and with which compiler and commit.
fn heading(filter: &str) -> String {
    let said = |words: &[&str]| read(command(words[0]).args(&words[1..])).unwrap_or_default();
    format!(
        "{filter} at {}, {}, {} with {} processors, commit {}",
        said(&["date", "-u", "+%Y-%m-%d %H:%M UTC"]),
        said(&["rustc", "--version"]),
        said(&["uname", "-sm"]),
        std::thread::available_parallelism().map_or(1, |it| it.get()),
        said(&["git", "describe", "--always", "--dirty"]),
    )
}

struct Log(File);

impl Log {
    fn open(name: &str) -> Result<Self> {
        _ = fs::create_dir_all(project::root().join(LOGS));
        let file = File::create(project::root().join(name));
        let file = file.map_err(|it| format!("make {name} writable ({it})."))?;
        Ok(Self(file))
    }

    fn line(&mut self, line: &str) {
        _ = writeln!(self.0, "{line}");
    }
}

//! Runs other programs: shows the line it runs, and turns a failure into a sentence.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;

/// A command in the project's root.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(crate::project::root());
    command
}

/// `cargo` with these words.
pub fn cargo(words: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(words);
    cargo
}

/// Runs `command` to its end; `remedy` says what to do when it fails.
pub fn run(command: &mut Command, remedy: &str) -> Result {
    println!("$ {}", shown(command));
    let status = command.stdin(Stdio::null()).status();
    verdict(command, status.is_ok_and(|s| s.success()), remedy)
}

/// As [`run`], and hands every line of its standard output to `see` on the way.
pub fn run_seeing(command: &mut Command, remedy: &str, mut see: impl FnMut(&str)) -> Result {
    println!("$ {}", shown(command));
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        return verdict(command, false, remedy);
    };
    let output = child.stdout.take().expect("its standard output is piped");
    for line in BufReader::new(output).lines().map_while(|line| line.ok()) {
        println!("{line}");
        see(&line);
    }
    verdict(command, child.wait().is_ok_and(|s| s.success()), remedy)
}

/// Runs `command`, but no longer than `limit`; says whether it succeeded.
pub fn run_within(command: &mut Command, limit: Duration) -> bool {
    println!("$ {}", shown(command));
    let started = Instant::now();
    let Ok(mut child) = command.stdin(Stdio::null()).spawn() else {
        return false;
    };
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if started.elapsed() < limit => {
                std::thread::sleep(Duration::from_millis(100));
            }
            _ => {
                _ = child.kill();
                _ = child.wait();
                return false;
            }
        }
    }
}

/// What `command` writes, trimmed, if it can be run and succeeds.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first program called `name` on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn verdict(command: &Command, succeeded: bool, remedy: &str) -> Result {
    match succeeded {
        true => Ok(()),
        false => Err(format!("`{}` failed: {remedy}.", shown(command))),
    }
}

/// The command as a person would type it in the project's root.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let root = format!("{}/", crate::project::root().display());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().replace(&root, ""))
        .collect::<Vec<_>>()
        .join(" ")
}

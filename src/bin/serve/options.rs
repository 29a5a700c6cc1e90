//! The command line: flags in, [`Options`] or one sentence out. It opens nothing.

use std::time::Duration;

/// What `--help` prints.
pub const USAGE: &str = "\
A POP3 server to try mail clients on. It keeps nothing and speaks without encryption.

  serve --plain ADDR [--fixtures FILE] [FLAG...]

  --plain ADDR      listen here, e.g. 127.0.0.1:1100; port 0 takes a free one; may be repeated
  --fixtures FILE   accounts and maildrops as JSON; without it, alice / wonderland and erin / nothing-here
  --no-apop         no APOP, and no time stamp in the greeting
  --no-top-uidl     neither TOP nor UIDL
  --idle SECONDS    end a session after this much silence (600)
  --control ADDR    let tests change mailboxes and the clock from here; loopback addresses only
  --quiet           no log on standard error
  --help            this text
";

/// How the server was asked to run.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// Where to listen for mail clients, at least one.
    pub plain: Vec<String>,
    /// Where to listen for tests.
    pub control: Option<String>,
    /// The file with accounts and maildrops; none means the demonstration.
    pub fixtures: Option<String>,
    /// Whether APOP is offered.
    pub apop: bool,
    /// Whether TOP and UIDL are offered.
    pub top_and_uidl: bool,
    /// Silence after which a session ends.
    pub idle: Duration,
    /// Whether the log is left out.
    pub quiet: bool,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To show [`USAGE`].
    Help,
    /// To serve.
    Serve(Options),
}

/// Reads the words after the program's name.
pub fn read(words: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut options = Options {
        plain: Vec::new(),
        control: None,
        fixtures: None,
        apop: true,
        top_and_uidl: true,
        idle: Duration::from_secs(600),
        quiet: false,
    };
    let mut words = words.into_iter();
    while let Some(flag) = words.next() {
        let mut value = |what: &str| words.next().ok_or(format!("{flag} needs {what} after it."));
        match flag.as_str() {
            "--help" => return Ok(Asked::Help),
            "--plain" => options.plain.push(value("an address")?),
            "--control" => options.control = Some(value("an address")?),
            "--fixtures" => options.fixtures = Some(value("a file")?),
            "--no-apop" => options.apop = false,
            "--no-top-uidl" => options.top_and_uidl = false,
            "--idle" => options.idle = seconds(&value("a number of seconds")?)?,
            "--quiet" => options.quiet = true,
            _ => return Err(format!("there is no flag {flag:?}; --help lists them.")),
        }
    }
    if options.plain.is_empty() {
        return Err("say where to listen, e.g. --plain 127.0.0.1:1100.".into());
    }
    Ok(Asked::Serve(options))
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u32>() {
        Ok(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds.into())),
        _ => Err(format!("--idle takes whole seconds from 1 on, not {text:?}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        read(line.split_whitespace().map(String::from))
    }

    #[test]
    fn every_flag_of_the_usage_is_known() {
        let flags = USAGE.lines().filter_map(|line| line.strip_prefix("  --")?.split_whitespace().next());
        for flag in flags {
            let refusal = asked(&format!("--{flag} 1 --plain x")).err().unwrap_or_default();
            assert!(!refusal.contains(&format!("no flag \"--{flag}\"")), "{refusal}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence() {
        for line in ["", "--plain", "--plain x --idle 0", "--plain x --idle soon", "--plian x", "x"] {
            assert!(asked(line).unwrap_err().ends_with('.'), "{line:?}");
        }
    }

    #[test]
    fn flags_stand_in_any_order() {
        let line = "--idle 5 --no-apop --plain a --quiet --plain b --no-top-uidl --control c --fixtures d";
        let Ok(Asked::Serve(options)) = asked(line) else { panic!("{line} was refused") };
        let expected = Options {
            plain: vec!["a".into(), "b".into()],
            control: Some("c".into()),
            fixtures: Some("d".into()),
            apop: false,
            top_and_uidl: false,
            idle: Duration::from_secs(5),
            quiet: true,
        };
        assert_eq!(options, expected);
    }
}

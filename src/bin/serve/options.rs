//! The command line: flags in, [`Options`] or one sentence out. It opens nothing.

use crate::feature::{FEATURES, Feature};
use std::fmt::Write;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

/// What `--help` prints, before the features.
const USAGE: &str = "\
The POP3 server of POP3 Lab for real mail programs.

  serve --plain ADDR --tls ADDR [FLAG...]

Where it listens
  --plain ADDR      in the clear, with STLS, e.g. 127.0.0.1:1110; port 0 takes a free one; may be repeated
  --tls ADDR        inside TLS from the first octet, e.g. 127.0.0.1:1995; may be repeated
  --control ADDR    tests change mailboxes and the clock from here; loopback addresses only

Whose mail (the demonstration's if none of these is given: alice / wonderland)
  --mail FOLDER     FOLDER/NAME is a folder of .eml files, a Maildir or an mbox;
                    FOLDER/users has a line NAME:PASSWORD for each
  --write           with --mail: what is deleted is really deleted; without it nothing is ever changed
  --students N      N accounts with new passwords, printed as a sheet
  --fixtures FILE   accounts and maildrops as JSON

Who the server is
  --host NAME       the name or address in its certificate and its greeting (localhost)
  --cert FILE --key FILE   its certificate and key in PEM, ECDSA on P-256; without them they are made at start
  --client-ca FILE  ask clients for certificates of these authorities (PEM), for AUTH EXTERNAL
  --ca-out FILE     write the authority that issued the made certificate, for programs that are to trust it

How it behaves
  --with FEATURE    switch something on; may be repeated; the features are listed below
  --idle SECONDS    end a session after this much silence (600)
  --failure-delay SECONDS   hold back the answer to a wrong password; doubles with each
                    (1 where others than this machine can connect, otherwise 0)
  --connections N   the most at a time (500)
  --capture FILE    write down what passes, passwords and mail included, as a recording that the lab opens
  --insist          give the demonstration's well-known passwords to others than this machine as well
  --quiet           no log on standard error
  --help            this text
";

/// The usage, features included.
pub fn usage() -> String {
    let mut text = format!("{USAGE}\nFeatures\n");
    for row in FEATURES {
        // Writing to a String never fails.
        _ = writeln!(text, "  {:<20} {}", row.written(), row.about);
    }
    text
}

/// How the server was asked to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where to listen in the clear.
    pub plain: Vec<String>,
    /// Where to listen inside TLS.
    pub tls: Vec<String>,
    /// Where to listen for tests.
    pub control: Option<String>,
    /// Whose mail.
    pub mail: Mail,
    /// The name or address of the server.
    pub host: String,
    /// The files with its certificates and its key.
    pub identity: Option<(String, String)>,
    /// The file with the authorities that vouch for clients.
    pub client_ca: Option<String>,
    /// Where the authority's certificate is written.
    pub ca_out: Option<String>,
    /// Where what passes is written down.
    pub capture: Option<String>,
    /// What is switched on, in this order.
    pub features: Vec<Feature>,
    /// Silence after which a session ends.
    pub idle: Duration,
    /// How long the answer to a wrong password is held back; none is what fits the addresses.
    pub failure_delay: Option<Duration>,
    /// The most connections at a time.
    pub connections: usize,
    /// Whether well-known passwords are given to everybody.
    pub insist: bool,
    /// Whether the log is left out.
    pub quiet: bool,
}

/// Where mail and accounts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// From the page's demonstration.
    Demonstration,
    /// From a file in the shape of the conformance vectors.
    Fixtures(String),
    /// From a folder.
    Folder {
        /// Where it is.
        path: String,
        /// Whether anything may be deleted in it.
        write: bool,
    },
    /// Made for so many students.
    Students(u32),
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// To show [`usage`].
    Help,
    /// To serve.
    Serve(Box<Options>),
}

/// Reads the words after the program's name.
pub fn read(words: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut options = Options {
        plain: Vec::new(),
        tls: Vec::new(),
        control: None,
        mail: Mail::Demonstration,
        host: "localhost".into(),
        identity: None,
        client_ca: None,
        ca_out: None,
        capture: None,
        features: Vec::new(),
        idle: Duration::from_secs(600),
        failure_delay: None,
        connections: 500,
        insist: false,
        quiet: false,
    };
    let (mut certificate, mut key, mut write) = (None, None, false);
    let mut sources = Vec::new();
    let mut words = words.into_iter();
    while let Some(flag) = words.next() {
        let mut value = |what: &str| words.next().ok_or(format!("{flag} needs {what} after it."));
        match flag.as_str() {
            "--help" => return Ok(Asked::Help),
            "--plain" => options.plain.push(value("an address")?),
            "--tls" => options.tls.push(value("an address")?),
            "--control" => options.control = Some(value("an address")?),
            "--mail" => sources.push(Mail::Folder { path: value("a folder")?, write: false }),
            "--write" => write = true,
            "--students" => sources.push(Mail::Students(number(&flag, &value("a number")?)?)),
            "--fixtures" => sources.push(Mail::Fixtures(value("a file")?)),
            "--host" => options.host = value("a name or an address")?,
            "--cert" => certificate = Some(value("a file")?),
            "--key" => key = Some(value("a file")?),
            "--client-ca" => options.client_ca = Some(value("a file")?),
            "--ca-out" => options.ca_out = Some(value("a file")?),
            "--capture" => options.capture = Some(value("a file")?),
            "--with" => options.features.push(Feature::read(&value("a feature")?)?),
            "--idle" => options.idle = seconds(number(&flag, &value("a number of seconds")?)?),
            "--failure-delay" => {
                let text = value("a number of seconds")?;
                let delay = if text == "0" { 0 } else { number(&flag, &text)? };
                options.failure_delay = Some(seconds(delay));
            }
            "--connections" => options.connections = number(&flag, &value("a number")?)? as usize,
            "--insist" => options.insist = true,
            "--quiet" => options.quiet = true,
            _ => return Err(format!("there is no flag {flag:?}; --help lists them.")),
        }
    }
    if options.plain.is_empty() && options.tls.is_empty() {
        return Err("say where to listen, e.g. --plain 127.0.0.1:1110 --tls 127.0.0.1:1995.".into());
    }
    options.identity = match (certificate, key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        _ => return Err("--cert and --key belong together: give both, or none.".into()),
    };
    if options.identity.is_some() && options.ca_out.is_some() {
        return Err("--ca-out writes the authority that serve makes; with --cert it makes none.".into());
    }
    if sources.len() > 1 {
        return Err("--mail, --students and --fixtures exclude one another: give one.".into());
    }
    options.mail = sources.pop().unwrap_or(Mail::Demonstration);
    match &mut options.mail {
        Mail::Folder { write: may, .. } => *may = write,
        _ if write => return Err("--write belongs to --mail: nothing else is kept.".into()),
        _ => {}
    }
    Ok(Asked::Serve(Box::new(options)))
}

impl Options {
    /// Whether others than this machine can connect. An address that means nothing will be refused later.
    pub fn is_public(&self) -> bool {
        let addresses = self.plain.iter().chain(&self.tls);
        let loopback = |text: &String| -> Option<bool> {
            let mut all: Vec<SocketAddr> = text.to_socket_addrs().ok()?.collect();
            all.retain(|address| !address.ip().is_loopback());
            Some(all.is_empty())
        };
        addresses.filter_map(loopback).any(|loopback| !loopback)
    }
}

fn number(flag: &str, text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=1_000_000).contains(number));
    number.ok_or(format!("{flag} takes a whole number from 1 on, not {text:?}."))
}

fn seconds(number: u32) -> Duration {
    Duration::from_secs(number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        read(line.split_whitespace().map(String::from))
    }

    fn options(line: &str) -> Options {
        let Ok(Asked::Serve(options)) = asked(line) else { panic!("{line} was refused") };
        *options
    }

    #[test]
    fn every_flag_of_the_usage_is_known() {
        let flags = USAGE.split_whitespace().filter(|word| word.starts_with("--"));
        for flag in flags.map(|word| word.trim_end_matches(':')) {
            let refusal = asked(&format!("{flag} 1 --plain x")).err().unwrap_or_default();
            assert!(!refusal.contains(&format!("no flag {flag:?}")), "{refusal}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence() {
        let wrong = [
            "",
            "--plain",
            "--plain x --idle 0",
            "--plain x --idle soon",
            "--plian x",
            "x",
            "--plain x --cert c",
            "--plain x --write",
            "--plain x --mail a --students 2",
            "--plain x --students 0",
            "--plain x --with magic",
            "--tls x --cert a --key b --ca-out c",
        ];
        for line in wrong {
            let told = asked(line).unwrap_err();
            assert!(told.ends_with('.'), "{line:?}: {told}");
        }
    }

    #[test]
    fn flags_stand_in_any_order() {
        let line = "--idle 5 --with no-apop --plain a --write --quiet --plain b --tls t --control c --mail d";
        let read = options(line);
        assert_eq!((read.plain, read.tls), (vec!["a".into(), "b".into()], vec!["t".into()]));
        assert_eq!(read.mail, Mail::Folder { path: "d".into(), write: true });
        assert_eq!((read.idle, read.quiet), (Duration::from_secs(5), true));
        assert_eq!(read.features.len(), 1);
    }

    #[test]
    fn whoever_listens_beyond_loopback_is_public() {
        for (line, public) in [
            ("--plain 127.0.0.1:1", false),
            ("--plain 127.0.0.1:1 --tls 0.0.0.0:2", true),
            ("--tls [::1]:2", false),
            ("--tls 192.0.2.1:2", true),
        ] {
            assert_eq!(options(line).is_public(), public, "{line}");
        }
    }
}

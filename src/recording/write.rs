//! The text of a recording, piece by piece: whoever records writes each as it happens.

use super::text::{escaped, hex};
use super::{FIRST_LINE, What};
use crate::mail::{Account, Fault, Message, Uid};
use crate::pop3::Config;
use crate::time::Instant;
use crate::tls::{Version, Versions};

/// How the server is set up.
pub struct Head<'a> {
    /// How its sessions behave.
    pub config: &'a Config,
    /// Seconds from 1970 to the zero of its clock.
    pub date: i64,
    /// What the salts of its accounts follow from.
    pub salts: u64,
    /// The versions of TLS that it accepts; none is no TLS at all.
    pub versions: Option<Versions>,
    /// Whether it asks clients for a certificate.
    pub asks: bool,
    /// What is broken behind it.
    pub fault: Option<Fault>,
}

/// What a recording begins with.
pub fn head(head: &Head<'_>) -> String {
    let config = head.config;
    let flag = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
    let names: Vec<&str> = config.mechanisms.iter().map(|mechanism| mechanism.row().name).collect();
    let mut settings = vec![
        ("date", head.date.to_string()),
        ("host", escaped(config.host.as_bytes())),
        ("implementation", escaped(config.implementation.as_bytes())),
        ("secret", hex(&config.secret)),
        ("salts", head.salts.to_string()),
        ("apop", flag(config.apop)),
        ("stls", flag(config.stls)),
        ("login-in-the-clear", flag(config.login_in_the_clear)),
        ("top-and-uidl", flag(config.top_and_uidl)),
        ("mechanisms", names.join(" ")),
        ("idle-limit", config.idle_limit.as_secs().to_string()),
        ("failed-logins", config.failed_logins.to_string()),
        ("failure-delay", config.failure_delay.as_secs().to_string()),
        ("accepts", head.versions.map_or("none", accepted).to_owned()),
        ("asks", flag(head.asks)),
    ];
    if let Some(lockout) = config.lockout {
        settings.push(("lockout", format!("{} {}", lockout.guesses, lockout.span.as_secs())));
    }
    if let Some(fault) = head.fault {
        let fault = match fault {
            Fault::UpdateFails => "update-fails",
            Fault::TemporaryFailure => "temporary",
            Fault::PermanentFailure => "permanent",
        };
        settings.push(("fault", fault.to_owned()));
    }
    lines(settings, &format!("{FIRST_LINE}\n"))
}

/// What the server keeps of an account.
pub fn account(account: &Account) -> String {
    let text = |text: &str| escaped(text.as_bytes());
    let mut settings = vec![("account", text(&account.name)), ("password", text(&account.password))];
    let access = &account.access;
    if !access.keeps_secret {
        settings.push(("keeps-secret", "no".into()));
    }
    settings.extend(access.tokens.iter().map(|token| ("token", text(token))));
    settings.extend(access.acts_as.iter().map(|other| ("acts-as", text(other))));
    settings.extend(access.certificate.iter().map(|identity| ("certificate", text(identity))));
    let policy = account.policy;
    if !policy.plaintext {
        settings.push(("plaintext", "no".into()));
    }
    settings.extend(policy.expire.map(|days| ("expire", days.to_string())));
    if policy.login_delay > 0 {
        settings.push(("login-delay", policy.login_delay.to_string()));
    }
    lines(settings, "")
}

/// What is in a mailbox when it is opened for the first time.
pub fn mailbox<'m>(name: &str, mail: impl IntoIterator<Item = (&'m Uid, &'m Message)>) -> String {
    let begin = format!("mailbox {}\n", escaped(name.as_bytes()));
    mail.into_iter().fold(begin, |text, (uid, message)| text + "mail " + uid.as_str() + "\n" + &body(message))
}

/// Something that happened on a connection. The numbers of connections are whoever records'.
pub fn event(at: Instant, connection: u64, what: &What) -> String {
    let begin = format!("{} {connection} ", moment(at));
    let line = |what: &str| format!("{begin}{what}\n");
    match what {
        What::Connected { sealed: false } => line("connected"),
        What::Connected { sealed: true } => line("connected sealed"),
        What::Began(entropy) => line(&format!("began {} {}", entropy.number, entropy.since.as_micros())),
        What::Secured { version, exporter, identity } => {
            let exporter = exporter.map_or("-".into(), |exporter| hex(&exporter));
            let identity = identity.iter().map(|identity| format!(" {}", escaped(identity.as_bytes())));
            let version = match version {
                Version::Tls12 => "1.2",
                Version::Tls13 => "1.3",
            };
            line(&format!("tls {version} {exporter}{}", identity.collect::<String>()))
        }
        What::Said(octets) => said(&begin, 'C', octets),
        What::Answered(octets) => said(&begin, 'S', octets),
        What::Ended => line("ended"),
        What::Lost => line("lost"),
        What::Closed => line("closed"),
    }
}

/// New mail was in a mailbox when a connection's session opened it once more.
pub fn arrived(at: Instant, connection: u64, name: &str, uid: &Uid, message: &Message) -> String {
    let name = escaped(name.as_bytes());
    format!("{} {connection} mail {} {name}\n{}", moment(at), uid.as_str(), body(message))
}

/// A message was not in a mailbox any more, though nobody had removed it by POP3.
pub fn gone(at: Instant, connection: u64, name: &str, uid: &Uid) -> String {
    format!("{} {connection} gone {} {}\n", moment(at), uid.as_str(), escaped(name.as_bytes()))
}

fn accepted(versions: Versions) -> &'static str {
    match versions {
        Versions::Both => "both",
        Versions::Only13 => "1.3",
        Versions::Only12 => "1.2",
    }
}

/// Seconds, down to the microsecond.
fn moment(at: Instant) -> String {
    format!("{}.{:06}", at.as_micros() / 1_000_000, at.as_micros() % 1_000_000)
}

fn lines(settings: Vec<(&str, String)>, before: &str) -> String {
    settings.into_iter().fold(before.to_owned(), |text, (name, value)| text + name + " " + &value + "\n")
}

/// Octets of a stream, a line of it on each.
fn said(begin: &str, who: char, octets: &[u8]) -> String {
    let line = |line: &[u8]| match line.strip_suffix(b"\r\n") {
        Some(line) => format!("{begin}{who}: {}\n", escaped(line)),
        None => format!("{begin}{who}- {}\n", escaped(line)),
    };
    octets.split_inclusive(|octet| *octet == b'\n').map(line).collect()
}

/// The lines of a message, which all end in CRLF.
fn body(message: &Message) -> String {
    let lines = message.octets().split_inclusive(|octet| *octet == b'\n');
    let line = |line: &[u8]| match escaped(line.strip_suffix(b"\r\n").unwrap_or(line)) {
        empty if empty.is_empty() => "|\n".to_owned(),
        text => format!("| {text}\n"),
    };
    lines.map(line).collect()
}

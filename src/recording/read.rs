//! Reads the text of a recording.

use super::text::{unescaped, unhex};
use super::{FIRST_LINE, Recording, What};
use crate::mail::{Account, AccountPolicy, Fault, Lockout, Message, Uid};
use crate::policy::Versions;
use crate::pop3::Entropy;
use crate::sasl::{Access, Mechanism};
use crate::time::Instant;
use crate::tls::Version;
use crate::world::{Recorded, Setup};
use std::time::Duration;

/// Why a text is no recording that can be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The first line is another: this is something else, or of another version.
    NotARecording,
    /// It means nothing here.
    Meaningless,
    /// It is the last one, and no client has connected.
    NothingHappened,
}

/// Something that happened, in the order of the text.
pub(super) enum Happened {
    /// On the connection.
    On(What),
    /// Mail was new in this mailbox, when the connection's session opened it.
    Arrived(String, Uid, Message),
    /// Mail was gone from this mailbox, when the connection's session opened it.
    Gone(String, Uid),
}

/// When something happened, and on the connection of which number.
pub(super) struct Moment {
    pub at: Instant,
    pub connection: u64,
    pub what: Happened,
}

/// What has been read so far.
pub(super) struct Read {
    pub setup: Setup,
    pub recorded: Recorded,
    pub fault: Option<Fault>,
    pub happened: Vec<Moment>,
    /// The mailbox that was named last.
    mailbox: String,
    /// A message whose lines follow.
    open: Option<Open>,
}

struct Open {
    /// When it was found, and by which connection; none if it was there at the beginning.
    found: Option<(Instant, u64)>,
    name: String,
    uid: Uid,
    octets: Vec<u8>,
}

impl Recording {
    /// Reads a text.
    pub fn read(text: &[u8]) -> Result<Recording, Unreadable> {
        let at = |line: usize, flaw| Unreadable { line: line + 1, flaw };
        let mut lines = text.split(|octet| *octet == b'\n').enumerate();
        let first = lines.next().and_then(|(_, first)| line(first)).unwrap_or_default();
        if first.strip_prefix('\u{feff}').unwrap_or(first) != FIRST_LINE {
            return Err(at(0, Flaw::NotARecording));
        }
        let mut read = Read::new();
        let mut last = 0;
        for (number, octets) in lines {
            let meaning = line(octets).and_then(|line| read.line(line));
            meaning.ok_or(at(number, Flaw::Meaningless))?;
            last = number;
        }
        read.close();
        Recording::of(read).ok_or(at(last, Flaw::NothingHappened))
    }
}

impl Read {
    fn new() -> Read {
        let setup = Setup { accounts: vec![], ..Setup::default() };
        let recorded = Recorded::default();
        Read { setup, recorded, fault: None, happened: vec![], mailbox: String::new(), open: None }
    }

    /// Takes a line; none if it means nothing.
    fn line(&mut self, line: &str) -> Option<()> {
        if let Some(rest) = line.strip_prefix('|') {
            let octets = unescaped(rest.strip_prefix(' ').unwrap_or(rest))?;
            let open = self.open.as_mut()?;
            open.octets.extend(octets);
            open.octets.extend(b"\r\n");
            return Some(());
        }
        self.close();
        if line.is_empty() || line.starts_with('#') {
            return Some(());
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.moment(moment(word)?, rest);
        }
        self.setting(word, rest).or_else(|| self.of_account(word, rest))
    }

    /// The message whose lines are read is complete.
    fn close(&mut self) {
        let Some(Open { found, name, uid, octets }) = self.open.take() else { return };
        let message = Message::new(&octets);
        match found {
            Some((at, connection)) => self.found(at, connection, Happened::Arrived(name, uid, message)),
            None => self.recorded.mail.push((name, uid, message)),
        }
    }

    /// How the server is set up.
    fn setting(&mut self, name: &str, value: &str) -> Option<()> {
        let Setup { server, policy, date, .. } = &mut self.setup;
        match name {
            "date" => *date = number(value)? as i64,
            "host" => server.host = text(value)?,
            "implementation" => server.implementation = text(value)?,
            "secret" => self.recorded.secret = Some(unhex(value)?),
            "salts" => self.recorded.salts = Some(number(value)?),
            "apop" => server.apop = flag(value)?,
            "stls" => policy.stls = flag(value)?,
            "login-in-the-clear" => policy.login_in_the_clear = flag(value)?,
            "top-and-uidl" => server.top_and_uidl = flag(value)?,
            "mechanisms" => {
                server.mechanisms =
                    value.split_terminator(' ').map(Mechanism::of_name).collect::<Option<_>>()?;
            }
            "idle-limit" => server.idle_limit = seconds(value)?,
            "failed-logins" => server.failed_logins = small(value)?,
            "failure-delay" => server.failure_delay = seconds(value)?,
            "lockout" => {
                let (guesses, span) = value.split_once(' ')?;
                server.lockout = Some(Lockout { guesses: small(guesses)?, span: seconds(span)? });
            }
            "accepts" => match value {
                "both" => policy.accepts = Versions::Current,
                "1.3" => policy.accepts = Versions::Tls13,
                "1.2" => policy.accepts = Versions::Tls12,
                "none" => self.setup.listens.retain(|listener| !listener.tls),
                _ => return None,
            },
            "asks" => policy.asks = flag(value)?,
            "mailbox" => self.mailbox = text(value)?,
            "mail" => self.open = Some(Open::new(None, self.mailbox.clone(), value)?),
            "fault" => {
                self.fault = Some(match value {
                    "update-fails" => Fault::UpdateFails,
                    "temporary" => Fault::TemporaryFailure,
                    "permanent" => Fault::PermanentFailure,
                    _ => return None,
                });
            }
            _ => return None,
        }
        Some(())
    }

    /// What the server keeps of the account that was named last, or the name of another.
    fn of_account(&mut self, name: &str, value: &str) -> Option<()> {
        if name == "account" {
            self.setup.accounts.push(Account {
                name: text(value)?,
                password: String::new(),
                messages: vec![],
                policy: AccountPolicy::default(),
                access: Access::default(),
            });
            return Some(());
        }
        let Account { password, policy, access, .. } = self.setup.accounts.last_mut()?;
        match name {
            "password" => *password = text(value)?,
            "keeps-secret" => access.keeps_secret = flag(value)?,
            "token" => access.tokens.push(text(value)?),
            "acts-as" => access.acts_as.push(text(value)?),
            "certificate" => access.certificate = Some(text(value)?),
            "plaintext" => policy.plaintext = flag(value)?,
            "expire" => policy.expire = Some(small(value)?),
            "login-delay" => policy.login_delay = small(value)?,
            _ => return None,
        }
        Some(())
    }

    /// A mailbox was not as it was left. It was so before the line that opened it was said.
    fn found(&mut self, at: Instant, connection: u64, what: Happened) {
        let said = |moment: &Moment| {
            moment.connection == connection && matches!(moment.what, Happened::On(What::Said(_)))
        };
        let before = self.happened.iter().rposition(said).unwrap_or(self.happened.len());
        self.happened.insert(before, Moment { at, connection, what });
    }

    /// Something that happened.
    fn moment(&mut self, at: Instant, rest: &str) -> Option<()> {
        let (connection, rest) = rest.split_once(' ')?;
        let connection = number(connection)?;
        let (word, value) = rest.split_once(' ').unwrap_or((rest, ""));
        if let "mail" | "gone" = word {
            let (uid, name) = value.split_once(' ')?;
            match word {
                "mail" => self.open = Some(Open::new(Some((at, connection)), text(name)?, uid)?),
                _ => self.found(at, connection, Happened::Gone(text(name)?, Uid::new(uid)?)),
            }
            return Some(());
        }
        let crlf = |text: &str| unescaped(text).map(|line| [&line[..], b"\r\n"].concat());
        let what = match word {
            "connected" => What::Connected { sealed: value == "sealed" },
            "began" => {
                let (drawn, since) = value.split_once(' ')?;
                What::Began(Entropy::new(number(drawn)?, Instant::from_micros(number(since)?)))
            }
            "tls" => {
                let (version, rest) = value.split_once(' ')?;
                let (exporter, identity) = rest.split_once(' ').unwrap_or((rest, ""));
                What::Secured {
                    version: match version {
                        "1.2" => Version::Tls12,
                        "1.3" => Version::Tls13,
                        _ => return None,
                    },
                    exporter: if exporter == "-" { None } else { Some(unhex(exporter)?) },
                    identity: Some(text(identity)?).filter(|identity| !identity.is_empty()),
                }
            }
            "C:" => What::Said(crlf(value)?),
            "C-" => What::Said(unescaped(value)?),
            "S:" => What::Answered(crlf(value)?),
            "S-" => What::Answered(unescaped(value)?),
            "ended" => What::Ended,
            "lost" => What::Lost,
            "closed" => What::Closed,
            _ => return None,
        };
        // The lines of what was said in one go go out in one go.
        if let (
            What::Said(octets),
            Some(Moment { at: before, connection: same, what: Happened::On(What::Said(all)) }),
        ) = (&what, self.happened.last_mut())
            && (*before, *same) == (at, connection)
        {
            all.extend(octets);
            return Some(());
        }
        self.happened.push(Moment { at, connection, what: Happened::On(what) });
        Some(())
    }
}

impl Open {
    fn new(found: Option<(Instant, u64)>, name: String, uid: &str) -> Option<Open> {
        Some(Open { found, name, uid: Uid::new(uid)?, octets: vec![] })
    }
}

/// A line without the carriage return of other systems.
fn line(octets: &[u8]) -> Option<&str> {
    str::from_utf8(octets.strip_suffix(b"\r").unwrap_or(octets)).ok()
}

fn text(value: &str) -> Option<String> {
    String::from_utf8(unescaped(value)?).ok()
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn number(value: &str) -> Option<u64> {
    value.parse().ok()
}

/// A number of 32 bits.
fn small(value: &str) -> Option<u32> {
    number(value)?.try_into().ok()
}

/// Whole seconds, of no more than a century.
fn seconds(value: &str) -> Option<Duration> {
    small(value).map(|seconds| Duration::from_secs(seconds.into()))
}

/// `SECONDS.MICROSECONDS`, the latter with six digits.
fn moment(word: &str) -> Option<Instant> {
    let (seconds, micros) = word.split_once('.').filter(|(_, micros)| micros.len() == 6)?;
    let (seconds, micros) = (small(seconds)?, small(micros)?);
    Some(Instant::from_micros(u64::from(seconds) * 1_000_000 + u64::from(micros)))
}

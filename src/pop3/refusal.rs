//! Why a line was answered with -ERR: one sentence about the world each, with the data that says what
//! was wrong. One place turns them into the text of the answer.

use super::reply::count;
use super::{Kind, Phase, Verb};
use crate::mail::{MessageNumber, Missing, OpenError};
use crate::sasl::Flaw;
use serde::{Deserialize, Serialize};

/// Why the server refused a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No command has this keyword.
    Unknown,
    /// The command exists, but not in this phase.
    NotNow {
        /// The command.
        verb: Verb,
        /// Where the session stands.
        phase: Phase,
        /// Where it would be allowed.
        allowed: Vec<Phase>,
    },
    /// The command exists and may be given now, but not like this.
    BadArgument {
        /// The command.
        verb: Verb,
        /// What is wrong with what follows it.
        problem: Problem,
    },
    /// The line is longer than the server reads (RFC 2449 section 4).
    LineTooLong {
        /// The most octets that a line may have, its CRLF included.
        limit: u32,
    },
    /// The command is in the RFCs, and this server is set not to offer it.
    NotOffered(Verb),
    /// TLS is on already (RFC 2595 section 4).
    AlreadySecure,
    /// This server takes no name and no password in the clear (RFC 2595 section 2.3).
    NeedsTls(Verb),
    /// The number names no message that can be referred to.
    NoMessage {
        /// The number that was given.
        number: MessageNumber,
        /// Why there is none.
        missing: Missing,
    },
    /// The mailbox was not opened.
    Login(OpenError),
    /// There is no such mechanism, or it is not offered to anybody.
    UnknownMechanism,
    /// The mechanism exists, and not on this connection: it needs TLS, a channel to bind to, or a certificate.
    MechanismNotNow,
    /// A response cannot be read; the exchange is over.
    BadResponse(Flaw),
    /// The client has ended the exchange by `*` (RFC 5034 section 4).
    Cancelled,
    /// The two ends are not bound to the same TLS connection (RFC 5802 section 6).
    NotBound,
    /// UPDATE could not remove the marked messages (RFC 1939 section 6).
    RemovalFailed,
    /// The server does not speak this language (RFC 6856 section 3).
    UnknownLanguage,
    /// The message has a header beyond ASCII, and the client has not said UTF8 (RFC 6856 section 5).
    NeedsUtf8 {
        /// The number that was given.
        number: MessageNumber,
    },
}

/// What is wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// This argument is not there.
    Missing(Kind),
    /// There is more on the line than the command takes; even a blank counts.
    Surplus,
    /// A number has digits only.
    NotANumber,
    /// Messages are numbered from 1.
    Zero,
    /// The number is larger than any that could be meant.
    TooLarge,
    /// A digest has 32 lower-case hexadecimal digits.
    NotADigest,
    /// This octet may not stand in a command.
    Octet {
        /// Its value.
        octet: u8,
        /// How many octets of the line stand before it.
        at: u32,
    },
}

impl Refusal {
    /// What stands after `-ERR `: printable ASCII, with the response code of RFC 2449 or 3206 where
    /// one fits. It repeats nothing that the client sent.
    pub fn text(&self) -> String {
        match self {
            Refusal::Unknown => "unknown command".into(),
            Refusal::NotNow { verb, phase, .. } => match (verb, phase) {
                (Verb::Pass, Phase::Authorization) => "PASS is only valid right after USER".into(),
                (_, Phase::UserGiven) => format!("{verb} is not valid between USER and PASS, say USER again"),
                _ => format!("{verb} is not valid in the {phase} state"),
            },
            Refusal::BadArgument { verb, problem } => format!("{verb}: {}", problem.text()),
            Refusal::LineTooLong { limit } => format!("a line has at most {limit} octets here"),
            Refusal::NotOffered(verb) => format!("{verb} is not offered here"),
            Refusal::AlreadySecure => "TLS is on already".into(),
            Refusal::NeedsTls(_) => "[AUTH] no login in the clear here, STLS comes first".into(),
            Refusal::NoMessage { number, missing } => match missing {
                Missing::NoSuchMessage => format!("no such message, number {number}"),
                Missing::AlreadyDeleted => format!("message {number} is marked as deleted"),
                Missing::Gone => format!("message {number} is no longer in the mailbox"),
            },
            Refusal::Login(error) => match error {
                OpenError::BadCredentials | OpenError::LockedOut => "[AUTH] wrong name or password".into(),
                OpenError::PlaintextNotAllowed => "[AUTH] no login in the clear for this mailbox".into(),
                OpenError::Locked => "[IN-USE] another session has this mailbox open".into(),
                OpenError::LoginDelay { seconds } => {
                    format!("[LOGIN-DELAY] come back in {}", count(*seconds, "second"))
                }
                OpenError::TemporaryFailure => "[SYS/TEMP] the mail store is not available now".into(),
                OpenError::PermanentFailure => {
                    "[SYS/PERM] the mailbox is damaged, tell the postmaster".into()
                }
            },
            Refusal::UnknownMechanism => "AUTH: no such mechanism here".into(),
            Refusal::MechanismNotNow => "AUTH: not this mechanism on this connection".into(),
            Refusal::BadResponse(flaw) => format!("AUTH: {}", flawed(*flaw)),
            Refusal::Cancelled => "AUTH: cancelled".into(),
            Refusal::NotBound => "[AUTH] not bound to this TLS connection".into(),
            Refusal::RemovalFailed => "[SYS/TEMP] marked messages were not removed".into(),
            Refusal::UnknownLanguage => "no such language here".into(),
            Refusal::NeedsUtf8 { number } => {
                format!("[UTF8] the header of message {number} is in UTF-8, say UTF8 before the login")
            }
        }
    }
}

impl Problem {
    fn text(&self) -> &'static str {
        match self {
            Problem::Missing(Kind::MessageNumber) => "a message number is missing",
            Problem::Missing(Kind::LineCount) => "the number of lines is missing",
            Problem::Missing(Kind::Name) => "a name is missing",
            Problem::Missing(Kind::Secret) => "the password is missing",
            Problem::Missing(Kind::Digest) => "the digest is missing",
            Problem::Missing(Kind::Mechanism) => "the name of a mechanism is missing",
            Problem::Missing(Kind::Response) => "an empty initial response is written as =",
            Problem::Missing(Kind::Language) => "the language is missing",
            Problem::Surplus => "more on the line than it takes",
            Problem::NotANumber => "not a decimal number",
            Problem::Zero => "messages are numbered from 1",
            Problem::TooLarge => "the number is too large",
            Problem::NotADigest => "a digest is 32 lower-case hexadecimal digits",
            Problem::Octet { .. } => {
                "only printable ASCII may stand in a command, and UTF-8 in names and passwords"
            }
        }
    }
}

fn flawed(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::NotBase64 => "not base64",
        Flaw::NotUtf8 => "not UTF-8",
        Flaw::Prohibited => "a character that no name and no password may have",
        Flaw::Empty => "a name, password or token is empty",
        Flaw::Parts => "not the parts that this mechanism has",
        Flaw::Escape => "= stands for neither a comma nor itself",
        Flaw::Extension => "an extension that is not known here",
        Flaw::Nonce => "the nonce is not as it should be",
        Flaw::Proof => "no digest or proof where one should be",
        Flaw::Header => "no header that says whether the channel is bound",
        Flaw::TooEarly => "this mechanism begins with the server",
        Flaw::Surplus => "nothing more was expected",
    }
}

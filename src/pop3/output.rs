//! What a session wants to happen, as plain data: the vocabulary of the trace.

use super::{Cause, Phase, Refusal, Verb};
use crate::mail::{OpenError, Uid};
use crate::sasl::Mechanism;
use serde::{Deserialize, Serialize};

/// What a session wants to happen, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send these octets.
    Transmit(Vec<u8>),
    /// Begin TLS as its server, after everything before it was sent (RFC 2595 section 4).
    StartTls {
        /// Octets in the clear that had come behind STLS and were thrown away unread.
        discarded: u32,
    },
    /// Close the connection in order, after everything before it was sent.
    Close,
    /// The session moved along a row of [`TRANSITIONS`](super::TRANSITIONS).
    PhaseChanged {
        /// The phase that was left.
        from: Phase,
        /// The phase that was entered.
        to: Phase,
        /// Why.
        cause: Cause,
    },
    /// A line was read and judged.
    Judged(Judgement),
    /// Something happened to the mailbox.
    Effect(Effect),
    /// A line for the administrator.
    Log(LogLine),
}

/// What the server made of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Which of the lines read in this session it was, from 0.
    pub line: u32,
    /// The command whose keyword it had, if any; AUTH for a response of it.
    pub verb: Option<Verb>,
    /// Why it was refused; none if it was answered with +OK or a challenge.
    pub refusal: Option<Refusal>,
}

/// What a session did to a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// Opened and locked it; these are the messages, numbered from 1.
    Opened {
        /// The mailbox.
        name: String,
        /// Its messages' unique-ids, in the order of their numbers.
        messages: Vec<Uid>,
    },
    /// Marked a message.
    Marked {
        /// The mailbox.
        name: String,
        /// The message.
        uid: Uid,
    },
    /// Rubbed out all marks.
    Unmarked {
        /// The mailbox.
        name: String,
    },
    /// Removed the marked messages and let go of the lock: UPDATE.
    Removed {
        /// The mailbox.
        name: String,
        /// What was removed.
        messages: Vec<Uid>,
    },
    /// Let go of the lock without UPDATE, marks and all; also when UPDATE failed.
    Released {
        /// The mailbox.
        name: String,
    },
}

/// How somebody logged in.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    UserPass,
    Apop,
    Sasl(Mechanism),
}

/// Why a session is over, as the log says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndCause {
    /// QUIT.
    Quit,
    /// The client closed its side without QUIT.
    ClientClosed,
    /// The connection was reset or lost.
    Lost,
    /// The idle limit.
    Idle,
    /// Too many failed logins.
    TooManyFailures,
    /// TLS was begun by STLS and did not come about.
    TlsFailed,
}

/// A line of the server's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogLine {
    /// TLS is up.
    Secured {
        /// The version, such as `TLSv1.3`.
        version: String,
        /// The cipher suite, as IANA names it.
        suite: String,
    },
    /// TLS did not come about, or broke.
    TlsFailed {
        /// Why, in the words of an administrator.
        why: String,
    },
    /// A login worked.
    LoggedIn {
        /// The mailbox.
        name: String,
        /// How.
        method: Method,
    },
    /// A login failed.
    LoginFailed {
        /// The name that was given.
        name: String,
        /// How.
        method: Method,
        /// Why, for the administrator only.
        error: OpenError,
    },
    /// The session is over, with what it did.
    Ended {
        /// Who was logged in, if anybody.
        name: Option<String>,
        /// Why it is over.
        cause: EndCause,
        /// What was fetched and removed.
        tally: Tally,
    },
}

/// What one session did, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Messages sent by RETR.
    pub retrieved: u32,
    /// Messages sent in part by TOP.
    pub looked_at: u32,
    /// Messages removed in UPDATE.
    pub removed: u32,
    /// Octets of answers.
    pub octets: u64,
}

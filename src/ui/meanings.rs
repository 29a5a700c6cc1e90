//! What the words of the tables mean: for each command, argument, capability, response code and refusal
//! the message that says it.

use crate::i18n::{Id, id};
use crate::mail::{Missing, OpenError};
use crate::pop3::{Kind, Phase, Problem, Refusal, Verb};

/// What a command is for.
pub fn purpose(verb: Verb) -> Id {
    match verb {
        Verb::Capa => id::VERB_CAPA,
        Verb::Stls => id::VERB_STLS,
        Verb::User => id::VERB_USER,
        Verb::Pass => id::VERB_PASS,
        Verb::Apop => id::VERB_APOP,
        Verb::Auth => id::VERB_AUTH,
        Verb::Stat => id::VERB_STAT,
        Verb::List => id::VERB_LIST,
        Verb::Uidl => id::VERB_UIDL,
        Verb::Retr => id::VERB_RETR,
        Verb::Top => id::VERB_TOP,
        Verb::Dele => id::VERB_DELE,
        Verb::Noop => id::VERB_NOOP,
        Verb::Rset => id::VERB_RSET,
        Verb::Quit => id::VERB_QUIT,
        Verb::Utf8 => id::VERB_UTF8,
        Verb::Lang => id::VERB_LANG,
    }
}

/// What an argument is.
pub fn kind(kind: Kind) -> Id {
    match kind {
        Kind::MessageNumber => id::KIND_MESSAGE_NUMBER,
        Kind::LineCount => id::KIND_LINE_COUNT,
        Kind::Name => id::KIND_NAME,
        Kind::Secret => id::KIND_SECRET,
        Kind::Digest => id::KIND_DIGEST,
        Kind::Mechanism => id::KIND_MECHANISM,
        Kind::Response => id::KIND_RESPONSE,
        Kind::Language => id::KIND_LANGUAGE,
    }
}

/// What a capability announces.
pub fn capability(tag: &[u8]) -> Id {
    match tag.to_ascii_uppercase().as_slice() {
        b"TOP" => id::CAPABILITY_TOP,
        b"UIDL" => id::CAPABILITY_UIDL,
        b"STLS" => id::CAPABILITY_STLS,
        b"USER" => id::CAPABILITY_USER,
        b"SASL" => id::CAPABILITY_SASL,
        b"RESP-CODES" => id::CAPABILITY_RESP_CODES,
        b"AUTH-RESP-CODE" => id::CAPABILITY_AUTH_RESP_CODE,
        b"PIPELINING" => id::CAPABILITY_PIPELINING,
        b"EXPIRE" => id::CAPABILITY_EXPIRE,
        b"LOGIN-DELAY" => id::CAPABILITY_LOGIN_DELAY,
        b"UTF8" => id::CAPABILITY_UTF8,
        b"LANG" => id::CAPABILITY_LANG,
        b"IMPLEMENTATION" => id::CAPABILITY_IMPLEMENTATION,
        _ => id::CAPABILITY_OTHER,
    }
}

/// What a response code says (RFC 2449 section 8, RFC 3206).
pub fn response_code(code: &[u8]) -> Id {
    match code.to_ascii_uppercase().as_slice() {
        b"[AUTH]" => id::CODE_AUTH,
        b"[IN-USE]" => id::CODE_IN_USE,
        b"[LOGIN-DELAY]" => id::CODE_LOGIN_DELAY,
        b"[SYS/TEMP]" => id::CODE_SYS_TEMP,
        b"[SYS/PERM]" => id::CODE_SYS_PERM,
        b"[UTF8]" => id::CODE_UTF8,
        _ => id::CODE_OTHER,
    }
}

/// The rule that a refused line broke, and where it is written. The messages take the variables `verb`,
/// `phase`, `allowed`, `number` and `limit` where they need them.
pub fn rule(refusal: &Refusal) -> (Id, (u16, &'static str)) {
    match refusal {
        Refusal::Unknown => (id::RULE_UNKNOWN, (1939, "3")),
        Refusal::NotNow { verb: Verb::Pass, .. } => (id::RULE_PASS_AFTER_USER, (1939, "7")),
        Refusal::NotNow { phase: Phase::UserGiven, .. } => (id::RULE_USER_THEN_PASS, (1939, "7")),
        Refusal::NotNow { .. } => (id::RULE_NOT_NOW, (1939, "3")),
        Refusal::BadArgument { problem, .. } => match problem {
            Problem::Missing(_) => (id::RULE_MISSING, (1939, "3")),
            Problem::Surplus => (id::RULE_SURPLUS, (1939, "3")),
            Problem::NotANumber => (id::RULE_NOT_A_NUMBER, (1939, "5")),
            Problem::Zero => (id::RULE_ZERO, (1939, "4")),
            Problem::TooLarge => (id::RULE_TOO_LARGE, (1939, "5")),
            Problem::NotADigest => (id::RULE_NOT_A_DIGEST, (1939, "7")),
            Problem::Octet { .. } => (id::RULE_OCTET, (1939, "3")),
        },
        Refusal::LineTooLong { .. } => (id::RULE_LINE_TOO_LONG, (2449, "4")),
        Refusal::AlreadySecure => (id::RULE_ALREADY_SECURE, (2595, "4")),
        Refusal::NeedsTls(_) => (id::RULE_NEEDS_TLS, (2595, "2.3")),
        Refusal::NotOffered(_) => (id::RULE_NOT_OFFERED, (2449, "5")),
        Refusal::NoMessage { missing, .. } => match missing {
            Missing::NoSuchMessage => (id::RULE_NO_SUCH_MESSAGE, (1939, "5")),
            Missing::AlreadyDeleted => (id::RULE_ALREADY_DELETED, (1939, "5")),
            Missing::Gone => (id::RULE_GONE, (1939, "5")),
        },
        Refusal::Login(error) => match error {
            OpenError::BadCredentials => (id::RULE_BAD_CREDENTIALS, (3206, "5")),
            OpenError::LockedOut => (id::RULE_LOCKED_OUT, (3206, "5")),
            OpenError::PlaintextNotAllowed => (id::RULE_PLAINTEXT, (8314, "4.1")),
            OpenError::Locked => (id::RULE_LOCKED, (1939, "4")),
            OpenError::LoginDelay { .. } => (id::RULE_LOGIN_DELAY, (2449, "8.1.1")),
            OpenError::TemporaryFailure => (id::RULE_TEMPORARY, (3206, "4")),
            OpenError::PermanentFailure => (id::RULE_PERMANENT, (3206, "4")),
        },
        Refusal::UnknownMechanism => (id::RULE_UNKNOWN_MECHANISM, (5034, "4")),
        Refusal::MechanismNotNow => (id::RULE_MECHANISM_NOT_NOW, (5034, "4")),
        Refusal::BadResponse(_) => (id::RULE_BAD_RESPONSE, (5034, "4")),
        Refusal::Cancelled => (id::RULE_CANCELLED, (5034, "4")),
        Refusal::NotBound => (id::RULE_NOT_BOUND, (5802, "6")),
        Refusal::RemovalFailed => (id::RULE_REMOVAL_FAILED, (1939, "6")),
        Refusal::UnknownLanguage => (id::RULE_UNKNOWN_LANGUAGE, (6856, "3")),
        Refusal::NeedsUtf8 { .. } => (id::RULE_NEEDS_UTF8, (6856, "5")),
    }
}

/// Whether the same line would be well formed somewhere: then a way there makes sense.
pub fn allowed_elsewhere(refusal: &Refusal) -> Option<&[Phase]> {
    match refusal {
        Refusal::NotNow { allowed, .. } => Some(allowed),
        _ => None,
    }
}

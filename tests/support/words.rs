//! How a story names what a session puts out. Nothing is left out, so that two outputs that differ
//! never read the same.

use pop3lab::mail::{OpenError, Uid};
use pop3lab::pop3::{Cause, Effect, LogLine, Method, Phase, Problem, Refusal, Verb};

pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Authorization => "AUTHORIZATION",
        Phase::UserGiven => "USER-GIVEN",
        Phase::Exchange => "EXCHANGE",
        Phase::Transaction => "TRANSACTION",
        Phase::Update => "UPDATE",
        Phase::Closed => "CLOSED",
    }
}

pub fn cause(cause: Cause) -> String {
    match cause {
        Cause::Accepted(verb) => format!("+OK {verb}"),
        Cause::Refused(verb) => format!("-ERR {verb}"),
        Cause::Challenged => "challenge".into(),
        Cause::AnyOther => "any other line".into(),
        Cause::Ended => "end".into(),
        Cause::Idle => "idle".into(),
        Cause::TooManyFailures => "too many failures".into(),
    }
}

pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unknown => "Unknown".into(),
        Refusal::NotNow { verb, phase: now, allowed } => {
            let allowed: Vec<_> = allowed.iter().map(|&allowed| phase(allowed)).collect();
            format!("NotNow {verb} {} [{}]", phase(*now), allowed.join(", "))
        }
        Refusal::BadArgument { verb, problem } => format!("BadArgument {verb} {}", self::problem(problem)),
        Refusal::LineTooLong { limit } => format!("LineTooLong {limit}"),
        Refusal::AlreadySecure => "AlreadySecure".into(),
        Refusal::NeedsTls(verb) => format!("NeedsTls {verb}"),
        Refusal::NotOffered(verb) => format!("NotOffered {verb}"),
        Refusal::NoMessage { number, missing } => format!("NoMessage {number} {missing:?}"),
        Refusal::Login(OpenError::LoginDelay { seconds }) => format!("Login LoginDelay {seconds}"),
        Refusal::Login(error) => format!("Login {error:?}"),
        Refusal::UnknownMechanism => "UnknownMechanism".into(),
        Refusal::MechanismNotNow => "MechanismNotNow".into(),
        Refusal::BadResponse(flaw) => format!("BadResponse {flaw:?}"),
        Refusal::Cancelled => "Cancelled".into(),
        Refusal::NotBound => "NotBound".into(),
        Refusal::RemovalFailed => "RemovalFailed".into(),
        Refusal::UnknownLanguage => "UnknownLanguage".into(),
        Refusal::NeedsUtf8 { number } => format!("NeedsUtf8 {number}"),
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Missing(kind) => format!("Missing {kind:?}"),
        Problem::Octet { octet, at } => format!("Octet {octet:02X} at {at}"),
        other => format!("{other:?}"),
    }
}

pub fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Opened { name, messages } => format!("opened {name}: {}", uids(messages.iter())),
        Effect::Marked { name, uid } => format!("marked {name}: {uid}"),
        Effect::Unmarked { name } => format!("unmarked {name}"),
        Effect::Removed { name, messages } => format!("removed {name}: {}", uids(messages.iter())),
        Effect::Released { name } => format!("released {name}"),
    }
}

/// The tally's octets are left to the player, which has counted them itself.
pub fn log(line: &LogLine) -> String {
    match line {
        LogLine::Secured { version, suite } => format!("secured by {version} {suite}"),
        LogLine::TlsFailed { why } => format!("TLS failed: {why}"),
        LogLine::LoggedIn { name, method } => format!("{name} logged in by {}", self::method(*method)),
        LogLine::LoginFailed { name, method, error } => {
            format!("{name} failed to log in by {}: {error:?}", self::method(*method))
        }
        LogLine::Ended { name, cause, tally } => format!(
            "{} ended by {cause:?}: {} retrieved, {} looked at, {} removed",
            name.as_deref().unwrap_or("nobody"),
            tally.retrieved,
            tally.looked_at,
            tally.removed
        ),
    }
}

fn method(method: Method) -> String {
    match method {
        Method::Sasl(mechanism) => mechanism.to_string(),
        other => format!("{other:?}"),
    }
}

/// Unique-ids in a row.
pub fn uids<'a>(uids: impl Iterator<Item = &'a Uid>) -> String {
    let uids: Vec<_> = uids.map(Uid::as_str).collect();
    if uids.is_empty() { "nothing".into() } else { uids.join(" ") }
}

/// The command whose keyword `line` starts with, found without the session's own parser.
pub fn verb(line: &[u8]) -> Option<Verb> {
    let word = line.split(|&octet| octet == b' ').next()?.to_ascii_uppercase();
    pop3lab::pop3::COMMANDS.iter().find(|row| row.keyword.as_bytes() == word).map(|row| row.verb)
}

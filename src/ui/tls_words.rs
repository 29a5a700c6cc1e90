//! What TLS did, what went wrong with it, and what is wrong with a certificate, in the learner's words.

use crate::i18n::{Id, Value, Words, id};
use crate::pki::{Fault, Verdict};
use crate::policy::{Security, Shown, Versions};
use crate::time::date::Date;
use crate::tls::{Agreed, Failure, Trust};
use crate::trace::Side;

/// What both ends agreed on, in one line.
pub fn agreed_text(words: Words, agreed: &Agreed) -> String {
    let says = match agreed.trust {
        Some(Trust::Verified) | None => id::NOTE_SECURED,
        Some(Trust::Exception) => id::NOTE_SECURED_EXCEPTION,
        Some(Trust::Unchecked) => id::NOTE_SECURED_UNCHECKED,
    };
    let (_, suite) = agreed.cipher.suite(agreed.version);
    let facts = [
        ("version", agreed.version.to_string().into()),
        ("suite", suite.into()),
        ("group", agreed.group.to_string().into()),
    ];
    words.with(says, &facts)
}

/// Why TLS did not come about, as the mail program at this end sees it.
pub fn failure_text(words: Words, failure: &Failure) -> String {
    match failure {
        Failure::AlertReceived(number) => {
            let says = match number {
                number if NOTHING_IN_COMMON.contains(number) => id::FAILURE_ALERT_COMMON,
                // bad_certificate to certificate_unknown, and unknown_ca.
                42..=46 | 48 => id::FAILURE_ALERT_CERTIFICATE,
                _ => id::FAILURE_ALERT,
            };
            words.with(says, &[("alert", alert(*number).into())])
        }
        Failure::Certificate { .. } => words.say(id::VERDICT_OTHER),
        Failure::NotTls { .. } => words.say(id::FAILURE_NOT_TLS),
        Failure::NoVersionInCommon | Failure::TooOld => words.say(id::FAILURE_VERSION),
        Failure::NoSuiteInCommon => words.say(id::FAILURE_SUITE),
        Failure::Truncated => words.say(id::FAILURE_TRUNCATED),
        Failure::BadName => words.say(id::FAILURE_NAME),
        Failure::Undecryptable => words.say(id::FAILURE_UNDECRYPTABLE),
        Failure::OutOfTurn | Failure::Malformed | Failure::Misbehaved => words.say(id::FAILURE_NONSENSE),
        Failure::BadRoot | Failure::BadKey | Failure::NoRandomness | Failure::Other => {
            words.say(id::FAILURE_OTHER)
        }
    }
}

/// Why TLS did not come about, as it looks from this end.
pub fn failure_text_at(words: Words, side: Side, failure: &Failure) -> String {
    match (side, failure) {
        (Side::Server, Failure::NotTls { .. }) => words.say(id::FAILURE_NOT_TLS_SERVER),
        _ => failure_text(words, failure),
    }
}

/// handshake_failure, protocol_version, insufficient_security (RFC 8446 section 6.2): what one end offers is
/// not what the other one takes.
const NOTHING_IN_COMMON: [u8; 3] = [40, 70, 71];

/// An alert by number and name.
pub fn alert(number: u8) -> String {
    match crate::dissect::names::alert(number) {
        Some(name) => format!("{number} {name}"),
        None => number.to_string(),
    }
}

/// What is wrong with a certificate.
pub fn verdict_text(words: Words, verdict: &Verdict) -> String {
    let date = |seconds: &i64| Value::from(day(*seconds));
    let list = |names: &[String]| Value::from(names.join(", "));
    match verdict {
        Verdict::Expired { since } => words.with(id::VERDICT_EXPIRED, &[("date", date(since))]),
        Verdict::NotYetValid { from } => words.with(id::VERDICT_NOT_YET_VALID, &[("date", date(from))]),
        Verdict::ClockIsWrong { clock, valid } => words.with(
            id::VERDICT_CLOCK,
            &[("clock", date(clock)), ("from", date(&valid.0)), ("until", date(&valid.1))],
        ),
        Verdict::OtherName { names, asked } => {
            words.with(id::VERDICT_OTHER_NAME, &[("names", list(names)), ("asked", asked.as_str().into())])
        }
        Verdict::ByAddress { address, names } => words
            .with(id::VERDICT_BY_ADDRESS, &[("names", list(names)), ("address", address.as_str().into())]),
        Verdict::SelfSigned => words.say(id::VERDICT_SELF_SIGNED),
        Verdict::MissingIntermediate { issuer } => {
            words.with(id::VERDICT_MISSING_INTERMEDIATE, &[("issuer", issuer.as_str().into())])
        }
        Verdict::UnknownAuthority { authority } => {
            words.with(id::VERDICT_UNKNOWN_AUTHORITY, &[("authority", authority.as_str().into())])
        }
        Verdict::Other => words.say(id::VERDICT_OTHER),
    }
}

/// A day of the calendar.
pub fn day(seconds: i64) -> String {
    let Date { year, month, day, .. } = Date::from_unix(seconds);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What a fault is called in the settings.
pub fn fault(fault: Fault) -> Id {
    match fault {
        Fault::Expired => id::FAULT_EXPIRED,
        Fault::NotYetValid => id::FAULT_NOT_YET_VALID,
        Fault::OtherHost => id::FAULT_OTHER_HOST,
        Fault::ByAddress => id::FAULT_BY_ADDRESS,
        Fault::SelfSigned => id::FAULT_SELF_SIGNED,
        Fault::UnknownAuthority => id::FAULT_UNKNOWN_AUTHORITY,
        Fault::MissingIntermediate => id::FAULT_MISSING_INTERMEDIATE,
        Fault::WrongClock => id::FAULT_WRONG_CLOCK,
    }
}

/// What a certificate of a person is called in the settings.
pub fn shown(shown: Shown) -> Id {
    match shown.fault() {
        Some(held) => fault(held),
        None if shown == Shown::None => id::SHOWN_NONE,
        None => id::SHOWN_OWN,
    }
}

/// What a mail program calls its security.
pub fn security(security: Security, by_hand: bool) -> Id {
    match (security, by_hand) {
        (Security::None, _) => id::SECURITY_NONE,
        (Security::StlsIfOffered, _) => id::SECURITY_STLS_IF_OFFERED,
        (Security::StlsRequired, false) => id::SECURITY_STLS_REQUIRED,
        (Security::StlsRequired, true) => id::SECURITY_STLS_BY_HAND,
        (Security::TlsAtOnce, _) => id::SECURITY_TLS_AT_ONCE,
    }
}

/// What a choice of versions is called. They are names, and no words.
pub fn versions(versions: Versions) -> &'static str {
    match versions {
        Versions::Current => "TLS 1.3, TLS 1.2",
        Versions::Tls13 => "TLS 1.3",
        Versions::Tls12 => "TLS 1.2",
        Versions::Tls11 => "TLS 1.1",
        Versions::Tls10 => "TLS 1.0",
    }
}

//! What the notes of the terminal say, and what the page says of a silence.

use super::tenths;
use super::tls_words::{agreed_text, failure_text, verdict_text};
use crate::i18n::{Id, Words, id};
use crate::net::TcpState;
use crate::tls::TlsState;
use crate::trace::{Connection, Note};

/// Why nothing comes, where both ends wait for each other: a program that begins no TLS at a port of TLS
/// waits for a greeting, and the server for a ClientHello.
pub fn silence(connection: &Connection) -> Option<Id> {
    let waits = connection.is_open()
        && !connection.greeted
        && connection.tcp_client == TcpState::Established
        && connection.tls_client.is_none()
        && connection.tls_server == Some(TlsState::Start);
    waits.then_some(id::SILENCE_AT_TLS)
}

/// What a note says.
pub fn note_text(words: Words, note: &Note) -> String {
    match note {
        Note::Connecting { port } => words.with(id::NOTE_CONNECTING, &[("port", (*port).into())]),
        Note::Connected => words.say(id::NOTE_CONNECTED),
        Note::Refused => words.say(id::NOTE_REFUSED),
        Note::Unreachable => words.say(id::NOTE_UNREACHABLE),
        Note::ServerClosed => words.say(id::NOTE_SERVER_CLOSED),
        Note::ClientClosed => words.say(id::NOTE_CLIENT_CLOSED),
        Note::LineDropped => words.say(id::NOTE_LINE_DROPPED),
        Note::ServerReset => words.say(id::NOTE_SERVER_RESET),
        Note::GivenUp => words.say(id::NOTE_GIVEN_UP),
        Note::CableCut => words.say(id::NOTE_CABLE_CUT),
        Note::NewNetwork => words.say(id::NOTE_NEW_NETWORK),
        Note::NotConnected => words.say(id::NOTE_NOT_CONNECTED),
        Note::TimePasses { micros } => {
            words.with(id::NOTE_TIME_PASSES, &[("seconds", (micros / 1_000_000).into())])
        }
        Note::NewMail { name } => words.with(id::NOTE_NEW_MAIL, &[("name", name.as_str().into())]),
        Note::NoSuchMailbox { name } => {
            words.with(id::NOTE_NO_SUCH_MAILBOX, &[("name", name.as_str().into())])
        }
        Note::PolicyChanged(_) => words.say(id::NOTE_POLICY_CHANGED),
        Note::Secured(agreed) => agreed_text(words, agreed),
        Note::TlsFailed(failure) => {
            words.with(id::NOTE_TLS_FAILED, &[("why", failure_text(words, failure).into())])
        }
        Note::CertificateRefused { verdict, .. } => {
            words.with(id::NOTE_CERTIFICATE_REFUSED, &[("why", verdict_text(words, verdict).into())])
        }
        Note::TrustedAnyway => words.say(id::NOTE_TRUSTED_ANYWAY),
        Note::StlsNotOffered => words.say(id::NOTE_STLS_NOT_OFFERED),
        Note::StlsMissing => words.say(id::NOTE_STLS_MISSING),
        Note::Injected { octets } => words.with(id::NOTE_INJECTED, &[("octets", (*octets).into())]),
        Note::TooManySteps => words.say(id::NOTE_TOO_MANY_STEPS),
        Note::LinkChanged(link) => {
            let percent = tenths(link.loss_per_mille.into());
            let facts = [("rtt", (link.round_trip() / 1000).into()), ("loss", percent.into())];
            words.with(id::NOTE_LINK_CHANGED, &facts)
        }
    }
}

//! The handshake as a ladder: the messages of each version in their order, and how far two ends have come.
//! It is made from a connection at one moment and from nothing else, so it never knows its future.
//!
//! ```text
//!   TLS 1.3   C ── ClientHello ─────────────────────────────────────▶ S
//!             C ◀─ ServerHello … 🔒 EncryptedExtensions … Finished ── S
//!             C ── … 🔒 Finished ───────────────────────────────────▶ S
//! ```

use crate::i18n::{Id, id};
use crate::policy::{Policy, Security, Shown, Versions};
use crate::pop3::{Cause, Verb};
use crate::tls::{Message, TlsEvent, TlsState, Version};
use crate::trace::{Connection, Note, Side};

/// A message as it should come: whose, which, and whether encrypted.
pub type Row = (Side, Message, bool);

const CLEAR: bool = false;
const SEALED: bool = true;

/// The handshake of TLS 1.3 (RFC 8446 section 2). Its ChangeCipherSpecs change nothing: they are there for
/// boxes on the way that expect TLS 1.2 (appendix D.4). With all that a client's certificate takes: see [`rows`].
const TLS13: &[Row] = {
    use Message::*;
    use Side::*;
    &[
        (Client, ClientHello, CLEAR),
        (Server, ServerHello, CLEAR),
        (Server, ChangeCipherSpec, CLEAR),
        (Server, EncryptedExtensions, SEALED),
        (Server, CertificateRequest, SEALED),
        (Server, Certificate, SEALED),
        (Server, CertificateVerify, SEALED),
        (Server, Finished, SEALED),
        (Client, ChangeCipherSpec, CLEAR),
        (Client, EmptyCertificate, SEALED),
        (Client, Certificate, SEALED),
        (Client, CertificateVerify, SEALED),
        (Client, Finished, SEALED),
    ]
};

/// The handshake of TLS 1.2 (RFC 5246 section 7.3) with an ephemeral key, and the same.
const TLS12: &[Row] = {
    use Message::*;
    use Side::*;
    &[
        (Client, ClientHello, CLEAR),
        (Server, ServerHello, CLEAR),
        (Server, Certificate, CLEAR),
        (Server, ServerKeyExchange, CLEAR),
        (Server, CertificateRequest, CLEAR),
        (Server, ServerHelloDone, CLEAR),
        (Client, EmptyCertificate, CLEAR),
        (Client, Certificate, CLEAR),
        (Client, ClientKeyExchange, CLEAR),
        (Client, CertificateVerify, CLEAR),
        (Client, ChangeCipherSpec, CLEAR),
        (Client, Finished, SEALED),
        (Server, ChangeCipherSpec, CLEAR),
        (Server, Finished, SEALED),
    ]
};

/// The handshake of a version between two ends that want this.
fn rows(version: Version, policy: Policy) -> Vec<Row> {
    let all = match version {
        Version::Tls13 => TLS13,
        Version::Tls12 => TLS12,
    };
    let comes = |(side, message, _): &Row| match (side, message) {
        (_, Message::CertificateRequest) => policy.asks,
        (_, Message::EmptyCertificate) => policy.asks && policy.shows == Shown::None,
        (Side::Client, Message::Certificate | Message::CertificateVerify) => {
            policy.asks && policy.shows != Shown::None
        }
        _ => true,
    };
    all.iter().copied().filter(comes).collect()
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It was sent.
    Sent,
    /// It was sent last.
    Latest,
    /// Its turn may come.
    Coming,
    /// Its turn will not come: the handshake has ended before.
    Never,
}

/// A message on the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Which.
    pub message: Message,
    /// Whether it is encrypted.
    pub sealed: bool,
    /// Whether sealing begins with it in this direction.
    pub seals: bool,
    /// Whether it is there for show only.
    pub for_show: bool,
    /// How far it has come.
    pub mark: Mark,
}

/// Messages that one end sends without waiting for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Whose.
    pub side: Side,
    /// Its messages.
    pub rungs: Vec<Rung>,
}

/// How TLS ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An end gave up and said so, by an alert of this number.
    Alert(Side, u8),
    /// An end gave up without a word.
    GaveUp(Side),
    /// The connection below ended.
    Cut,
}

/// A handshake, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The version that is spoken; none while nobody knows it. Then the ladder is that of the version
    /// that the client would like best.
    pub version: Option<Version>,
    /// What is sent, in order.
    pub flights: Vec<Flight>,
    /// How it ended, if it broke.
    pub broken: Option<Broken>,
}

/// The ladder of a connection; none where the client does not speak TLS, or not yet.
pub fn ladder(connection: &Connection) -> Option<Ladder> {
    let soon = connection.policy.security == Security::TlsAtOnce && connection.is_open();
    if connection.handshake.is_empty() && !soon {
        return None;
    }
    let (version, likely) = spoken(connection);
    let table = rows(likely, connection.policy);
    let broken = broken(connection);
    let over = broken.is_some() || !connection.is_open();
    // What was sent is told as it was; what is to come follows the last message that stands in the table.
    let mut marked = Vec::new();
    let mut next = 0;
    for sent in connection.handshake.iter() {
        next = table[next..].iter().position(|row| row == sent).map_or(next, |at| next + at + 1);
        marked.push((*sent, Mark::Sent));
    }
    if let Some((_, mark)) = marked.last_mut().filter(|_| broken.is_none()) {
        *mark = Mark::Latest;
    }
    let rest = if over { Mark::Never } else { Mark::Coming };
    marked.extend(table[next..].iter().map(|row| (*row, rest)));
    Some(Ladder { version, flights: flights(&marked, likely == Version::Tls13), broken })
}

fn flights(rows: &[(Row, Mark)], is_13: bool) -> Vec<Flight> {
    let mut sealing: Vec<Side> = Vec::new();
    let mut flights: Vec<Flight> = Vec::new();
    for ((side, message, sealed), mark) in rows.iter().copied() {
        let seals = sealed && !sealing.contains(&side);
        if seals {
            sealing.push(side);
        }
        let for_show = is_13 && message == Message::ChangeCipherSpec;
        let rung = Rung { message, sealed, seals, for_show, mark };
        match flights.last_mut().filter(|flight| flight.side == side) {
            Some(flight) => flight.rungs.push(rung),
            None => flights.push(Flight { side, rungs: vec![rung] }),
        }
    }
    flights
}

/// The version, known once only one handshake begins with what was sent, and the one that is likely until then.
fn spoken(connection: &Connection) -> (Option<Version>, Version) {
    let fits = |version| rows(version, connection.policy).starts_with(&connection.handshake);
    let known = match (&connection.secured, fits(Version::Tls13), fits(Version::Tls12)) {
        (Some(agreed), ..) => Some(agreed.version),
        (None, true, false) => Some(Version::Tls13),
        (None, false, true) => Some(Version::Tls12),
        _ => None,
    };
    // Clients of old would send what TLS 1.2 sends.
    let likely = match connection.policy.offers {
        Versions::Current | Versions::Tls13 => Version::Tls13,
        Versions::Tls12 | Versions::Tls11 | Versions::Tls10 => Version::Tls12,
    };
    (known, known.unwrap_or(likely))
}

/// How TLS broke, if it did.
pub fn broken(connection: &Connection) -> Option<Broken> {
    let failed = [connection.tls_client, connection.tls_server].contains(&Some(TlsState::Failed));
    // Nobody tells TLS of a reset: it hears nothing more.
    let reset = matches!(connection.ended, Some(Note::LineDropped | Note::ServerReset | Note::GivenUp));
    match (connection.alert, connection.tls_taken) {
        (Some((side, number)), _) => Some(Broken::Alert(side, number)),
        (None, Some(taken)) if failed && taken.on == TlsEvent::GaveUp => Some(Broken::GaveUp(taken.side)),
        (None, Some(_)) if failed || reset => Some(Broken::Cut),
        _ => None,
    }
}

/// Whether the handshake is the latest that happened: it is under way or has failed, or is over and the
/// session has not moved since.
pub fn is_news(connection: &Connection) -> bool {
    let up = [connection.tls_client, connection.tls_server] == [Some(TlsState::Connected); 2];
    let moved = connection.phase_taken.is_some_and(|(_, on, _)| on != Cause::Accepted(Verb::Stls));
    !moved || !up && connection.is_open()
}

/// What is to be said where neither end has begun with TLS.
pub fn silence(connection: &Connection) -> Option<Id> {
    let begun = connection.tls_client.is_some() || connection.tls_server.is_some();
    match connection.policy.security {
        _ if begun => None,
        Security::TlsAtOnce if connection.is_open() => Some(id::TLS_SOON),
        Security::StlsIfOffered | Security::StlsRequired if connection.is_open() => Some(id::TLS_NOT_YET),
        _ => Some(id::TLS_NONE),
    }
}

#[cfg(test)]
mod tests;

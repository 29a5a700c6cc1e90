//! What TLS says, 1.2 and 1.3: records, and the alerts and handshake messages in them.
//!
//! ```text
//!   frames     ┌ data ───────────────┐ ┌ data ──────────────────────────────┐
//!              +OK Begin TLS␍␊  16 03 03 04 d2  02 00 00 4c …  …  17 03 03 …
//!   pieces     └ lines ──────┘  └ from 0 ──────────┘ └ from n ─┘  └ from 0 …
//!   records                     └ header ────┘ └ Handshake ────┘
//! ```
//!
//! It keeps no keys and decrypts nothing: [`dissect_record`] reads what somebody else decrypted. It
//! remembers no earlier frame either: a [`Piece`] says what stream the data of a frame belongs to.

mod alert;
mod exchange;
mod extension;
mod field;
mod handshake;
mod hello;
mod message;
pub mod names;
mod piece;
mod proof;
mod record;
mod vector;

pub use alert::{Alert, alert};
pub use field::TlsField;
pub use handshake::messages;
pub use message::{ClientHello, Message, ServerHello};
pub use piece::{Content, Piece, Seal};
pub use record::{Record, records};

pub(super) use piece::data;

use super::{Cursor, Field, Note, Value, number};

/// TLS 1.2 as it stands on the wire.
pub const TLS12: u16 = 0x0303;
/// TLS 1.3 as it stands on the wire.
pub const TLS13: u16 = 0x0304;

/// Types of records (RFC 8446 section 5.1).
pub const CHANGE_CIPHER_SPEC: u8 = 20;
/// The two ends tell each other what went wrong, or that they are done.
pub const ALERT: u8 = 21;
/// The two ends agree on keys.
pub const HANDSHAKE: u8 = 22;
/// What the programs have to say.
pub const APPLICATION_DATA: u8 = 23;

/// The notes on what a record carries, whatever it is, by the type of the record and the version of the
/// connection: the content of one record, or that of several joined, for messages can go on from one to
/// the next (RFC 8446 section 5.1). Application data is lines here.
pub fn dissect_record(kind: u8, version: u16, content: &[u8]) -> Vec<Note> {
    let mut cursor = Cursor::new(content);
    match kind {
        APPLICATION_DATA => super::pop3::lines(&mut cursor),
        _ => record::content(&mut cursor, kind, version),
    }
    cursor.into_notes()
}

/// A code of one octet, by its name if it has one.
fn code8(c: &mut Cursor<'_>, field: TlsField, name: fn(u8) -> Option<&'static str>) -> Option<u8> {
    c.u8(Field::Tls(field), |code| named(code.into(), 2, name(code)))
}

/// A code of two octets, by its name if it has one.
fn code16(c: &mut Cursor<'_>, field: TlsField, name: fn(u16) -> Option<&'static str>) -> Option<u16> {
    c.u16(Field::Tls(field), |code| named(code, 4, name(code)))
}

fn named(code: u16, digits: u8, name: Option<&'static str>) -> Value {
    match name {
        Some(name) => Value::Named(code, digits, name),
        None => Value::Hex(code.into(), digits),
    }
}

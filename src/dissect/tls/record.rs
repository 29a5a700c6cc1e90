//! Records (RFC 8446 section 5.1): a header of five octets, and what it says how much of.

use super::{
    ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, Cursor, Field, HANDSHAKE, TLS12, TlsField, Value, alert,
    code8, code16, handshake, named, names, number, vector,
};
use std::ops::Range;

/// The octets of a header.
pub const HEADER: usize = 5;

/// The most octets of a fragment: RFC 5246 section 6.2.3; RFC 8446 has less.
const LONGEST: usize = (1 << 14) + 2048;

/// A record in a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it carries, see [`names::content_type`].
    pub kind: u8,
    /// What its header says of the version.
    pub version: u16,
    /// Where in the stream it is, header included; as far as it is there.
    pub span: Range<usize>,
    /// Where in the stream that is what it carries.
    pub fragment: Range<usize>,
    /// Whether all of it is there.
    pub complete: bool,
}

/// The records in a stream that begins with one, up to the first that cannot be one or whose header is
/// not there as a whole. Only the last can be incomplete.
pub fn records(stream: &[u8]) -> impl Iterator<Item = Record> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &stream[at..];
        let (kind, version, length) = header(&mut Cursor::new(rest))?;
        let is_record = (CHANGE_CIPHER_SPEC..=APPLICATION_DATA).contains(&kind) && version >> 8 == 3;
        if !is_record || length > LONGEST {
            return None;
        }
        let begin = at + HEADER;
        let complete = rest.len() - HEADER >= length;
        at = if complete { begin + length } else { stream.len() };
        Some(Record { kind, version, span: begin - HEADER..at, fragment: begin..at, complete })
    })
}

/// Reads a record that is not encrypted, as far as it is there.
pub fn clear(c: &mut Cursor<'_>) -> Option<()> {
    let (kind, _, length) = header(c)?;
    c.limited(length, |c| content(c, kind, TLS12));
    Some(())
}

/// Reads a header: the type of the record, its version, and how many octets follow.
pub fn header(c: &mut Cursor<'_>) -> Option<(u8, u16, usize)> {
    let kind = code8(c, TlsField::ContentType, names::content_type)?;
    let version = code16(c, TlsField::RecordVersion, names::version)?;
    let length = vector::length::<2>(c)?;
    Some((kind, version, length))
}

/// Reads what a record carries.
pub fn content(c: &mut Cursor<'_>, kind: u8, version: u16) {
    match kind {
        CHANGE_CIPHER_SPEC => _ = c.u8(Field::Tls(TlsField::ChangeCipherSpec), number),
        ALERT => _ = alert::read(c),
        HANDSHAKE => handshake::read(c, version, |_| ()),
        APPLICATION_DATA => c.opaque(Field::Tls(TlsField::ApplicationData)),
        _ => {}
    }
    // A fragment carries one alert, and one change of keys.
    c.rest(Field::Unknown);
}

/// What the first octets of a record say about the whole of it.
pub fn value(octets: &[u8]) -> Value {
    octets.first().map_or(Value::None, |kind| named((*kind).into(), 2, names::content_type(*kind)))
}

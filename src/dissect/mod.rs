//! What every octet of a frame is: an IPv4 packet, the TCP segment in it, and the lines in that, or the
//! TLS records, of which [`tls`] tells.
//!
//! ```text
//!   45 00 00 34 19 3a 40 00 40 06 9d 11 c0 00 02 0a c0 00 02 6e   c0 00 00 6e …   55 53 45 52 … 0d 0a
//!   └ Ipv4Header ─────────────────────────────────────────────┘   └ TcpHeader ┘   └ Data ───────────┘
//!   └┘ VersionAndHeaderLength                                                     └ Line ───────────┘
//!   ╵ bits 0..4 Version                                                           └ LineText ┘ └───┘ LineEnd
//! ```
//!
//! The notes whose octets are divided no further, the [`leaves`], tile the frame: each octet of any input
//! whatever is in exactly one of them, in order, and none is empty. Groups stand before their parts, at a
//! lower depth. Fields that share octets are notes on `bits`: they follow the leaf whose span they have,
//! one deeper, tile its bits in the same way, and are no leaves themselves.
//!
//! Nothing here looks beyond one frame, and there are no words here but the names of flags and those that
//! the standards have for their numbers.

mod cursor;
mod der;
mod field;
mod ip;
mod pop3;
mod tcp;
#[cfg(test)]
mod tests;
pub mod tls;
mod x509;

pub use field::{Field, TcpFlags, Value};
pub use tls::{Content, Piece, Seal, TlsField, dissect_record, names};
pub use x509::{Certificate, X509Field, X509Value, oid};

use cursor::Cursor;
use std::ops::Range;

/// What some octets of a frame are, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which octets.
    pub span: Range<usize>,
    /// Which bits of them, if it shares them; bit 0 is the first, of the most weight, as RFC 791 draws it.
    pub bits: Option<Range<u8>>,
    /// How many notes it is inside of.
    pub depth: u8,
    /// What they are.
    pub field: Field,
    /// What they say.
    pub value: Value,
}

/// What TCP says in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Address and port of the sender.
    pub source: ([u8; 4], u16),
    /// Address and port that it goes to.
    pub destination: ([u8; 4], u16),
    /// The number of the first octet of data, or of SYN.
    pub sequence: u32,
    /// The number of the octet that is expected next, if ACK is set.
    pub acknowledgement: Option<u32>,
    /// The control bits.
    pub flags: TcpFlags,
    /// How many octets may be sent to the sender; window scaling is not applied.
    pub window: u16,
    /// Where in the frame the data is.
    pub data: Range<usize>,
}

/// The notes on a frame, whatever is in it.
pub fn dissect(frame: &[u8]) -> Vec<Note> {
    dissect_pieces(frame, &[])
}

/// The notes on a frame whose data has these pieces of TLS records in it, in their order; the rest is
/// lines. Whatever the pieces say, the leaves tile the frame.
pub fn dissect_pieces(frame: &[u8], pieces: &[Piece<'_>]) -> Vec<Note> {
    let mut cursor = Cursor::new(frame);
    packet(&mut cursor, |c| tls::data(c, pieces));
    cursor.into_notes()
}

/// The segment in a frame; `None` if it is not a whole IPv4 packet with a TCP segment in it. Checksums
/// may be wrong: [`dissect`] tells.
pub fn segment(frame: &[u8]) -> Option<Segment> {
    packet(&mut Cursor::new(frame), |_| ())
}

/// The notes on the octets of a certificate in DER, whatever is in them.
pub fn certificate_notes(der: &[u8]) -> Vec<Note> {
    let mut cursor = Cursor::new(der);
    x509::certificate(&mut cursor);
    cursor.rest(Field::Unknown);
    cursor.into_notes()
}

/// What a certificate says; `None` if the octets are not one certificate in DER and nothing else.
pub fn certificate(der: &[u8]) -> Option<Certificate> {
    let mut cursor = Cursor::new(der);
    x509::certificate(&mut cursor).filter(|_| cursor.unread().is_empty())
}

/// The notes that are divided no further: they tile the frame.
pub fn leaves(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes
        .iter()
        .enumerate()
        .filter(|(index, note)| note.bits.is_none() && !has_parts(&notes[*index..]))
        .map(|(_, note)| note)
}

/// Whether the first of these notes is a group: its first part would be next.
fn has_parts(notes: &[Note]) -> bool {
    matches!(notes, [note, next, ..] if next.bits.is_none() && next.depth > note.depth)
}

/// Reads a packet, its data by `data`, and whatever follows it.
fn packet(c: &mut Cursor<'_>, data: impl FnOnce(&mut Cursor<'_>)) -> Option<Segment> {
    let Some(ip) = c.group(Field::Ipv4Header, ip::header) else {
        c.rest(Field::Unknown);
        return None;
    };
    let segment = c.limited(ip.payload, |c| {
        let segment = ip.tcp.then(|| c.group(Field::TcpHeader, |c| tcp::header(c, &ip))).flatten()?;
        c.group(Field::Data, data);
        Some(segment)
    });
    c.rest(Field::Surplus);
    segment.filter(|_| ip.whole)
}

/// Most fields are numbers.
fn number(number: impl Into<u64>) -> Value {
    Value::Number(number.into())
}

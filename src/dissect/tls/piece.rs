//! What the data of a frame has of records: all of one, several, the middle of one, or what comes after
//! the lines before STLS. TCP cuts its stream wherever it likes, so somebody who saw all of it has to say.

use super::{Cursor, Field, Note, TLS13, TlsField, names, record};
use crate::dissect::pop3;
use record::HEADER;
use std::ops::Range;

/// What the data of a frame has of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where in the data of the frame; what no piece covers are lines.
    pub span: Range<usize>,
    /// How many octets of the record came before these.
    pub from: usize,
    /// The octets of the record, header included.
    pub length: usize,
    /// What can be said of it.
    pub content: Content<'a>,
}

/// What can be said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// Anybody can read it. These are its octets from the header on, as far as they are known: with them
    /// each part of it has its names, wherever it was cut. None is enough for a record that is all here.
    Clear(&'a [u8]),
    /// Only the two ends can.
    Sealed(Seal),
}

/// What stands around the ciphertext of a record, in octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Before it.
    pub nonce: usize,
    /// After it.
    pub tag: usize,
}

impl Seal {
    /// All suites of TLS 1.3 (RFC 8446 section 5.2), and ChaCha20-Poly1305 with TLS 1.2 (RFC 7905).
    pub const IMPLICIT: Seal = Seal { nonce: 0, tag: 16 };
    /// AES-GCM with TLS 1.2 (RFC 5288 section 3).
    pub const EXPLICIT: Seal = Seal { nonce: 8, tag: 16 };

    /// What a version and a suite put around ciphertext. Of suites that are not AEAD, or unknown here, the
    /// parts cannot be told: all is ciphertext.
    pub fn of(version: u16, suite: u16) -> Seal {
        let name = names::suite(suite).unwrap_or_default();
        if name.ends_with("_CCM_8_SHA256") {
            Seal { tag: 8, ..Seal::IMPLICIT }
        } else if version >= TLS13 || name.contains("_CHACHA20_") {
            Seal::IMPLICIT
        } else if name.contains("_GCM_") || name.ends_with("_CCM") {
            Seal::EXPLICIT
        } else {
            Seal { nonce: 0, tag: 0 }
        }
    }
}

impl<'a> Piece<'a> {
    /// What data that is at `data` of a stream has of a record that is at `record`; `None` if nothing.
    pub fn of(record: Range<usize>, data: Range<usize>, content: Content<'a>) -> Option<Piece<'a>> {
        let shared = record.start.max(data.start)..record.end.min(data.end);
        (!shared.is_empty()).then(|| Piece {
            span: shared.start - data.start..shared.end - data.start,
            from: shared.start - record.start,
            length: record.len(),
            content,
        })
    }
}

/// Reads data of which these pieces, in their order, are of records, and the rest lines.
pub fn data(c: &mut Cursor<'_>, pieces: &[Piece<'_>]) {
    let start = c.unread_span().start;
    for piece in pieces {
        // What lies before the end of the piece before cannot be.
        let Some(lines) =
            (start.checked_add(piece.span.start)).and_then(|begin| begin.checked_sub(c.unread_span().start))
        else {
            continue;
        };
        c.limited(lines, pop3::lines);
        c.limited(piece.span.len(), |c| part(c, piece));
    }
    pop3::lines(c);
}

/// Reads what there is of one record.
fn part(c: &mut Cursor<'_>, piece: &Piece<'_>) {
    let here = c.unread();
    let end = piece.from.checked_add(here.len());
    let whole = piece.from == 0 && here.len() >= piece.length;
    let field = Field::Tls(if whole { TlsField::Record } else { TlsField::PartOfRecord });
    let head = if piece.from == 0 { here } else { &[] };
    match piece.content {
        Content::Sealed(seal) => c.group_as(field, record::value(head), |c| sealed(c, piece, seal)),
        Content::Clear(known) if !whole && end.is_some_and(|end| end <= known.len()) => {
            c.part_of(clear(known, field), piece.from);
        }
        Content::Clear(_) if piece.from == 0 => {
            c.group_as(field, record::value(head), |c| {
                _ = record::clear(c);
                c.rest(Field::Unknown);
            });
        }
        Content::Clear(_) => c.group(field, |c| {
            rest_of_header(c, piece.from);
            c.opaque(Field::Tls(TlsField::Fragment));
        }),
    }
}

/// The notes on a record that anybody can read.
fn clear(octets: &[u8], field: Field) -> Vec<Note> {
    let mut cursor = Cursor::new(octets);
    cursor.group_as(field, record::value(octets), |c| {
        _ = record::clear(c);
        c.rest(Field::Unknown);
    });
    cursor.into_notes()
}

/// Reads what there is of a record that is encrypted.
fn sealed(c: &mut Cursor<'_>, piece: &Piece<'_>, seal: Seal) {
    let begin = c.unread_span().start;
    if piece.from == 0 {
        c.limited(HEADER, record::header);
    } else {
        rest_of_header(c, piece.from);
    }
    let ends = [
        (TlsField::Nonce, HEADER.checked_add(seal.nonce)),
        (TlsField::Ciphertext, piece.length.checked_sub(seal.tag)),
        (TlsField::Tag, Some(piece.length)),
    ];
    for (field, end) in ends {
        let read = c.unread_span().start - begin;
        // How far the part ends after what was read, all counted from the beginning of the record.
        let count = end.and_then(|end| end.checked_sub(piece.from)?.checked_sub(read));
        c.limited(count.unwrap_or(0), |c| c.opaque(Field::Tls(field)));
    }
    c.rest(Field::Unknown);
}

/// Reads what there is of a header that began before.
fn rest_of_header(c: &mut Cursor<'_>, from: usize) {
    if let Some(missing) = HEADER.checked_sub(from) {
        c.limited(missing, |c| c.opaque(Field::Tls(TlsField::RecordHeader)));
    }
}

//! A segment that is opened, in two readings: what everybody on the path sees of it, and what the two ends see
//! inside, who have the keys. Each is octets with notes.

use super::label::content_of;
use super::stream::{Part, Streams, number, octets_of};
use crate::dissect::{
    Field, Note, TlsField, Value, dissect, dissect_pieces, dissect_record, names, segment, tls,
};
use crate::tls::ContentType;

/// Octets, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The octets.
    pub octets: Vec<u8>,
    /// What each of them is.
    pub notes: Vec<Note>,
    /// The note that a reader looks at first.
    pub first: usize,
}

/// What the path sees of the frame that this record of the trace sent.
pub fn outside(streams: &mut Streams<'_>, sent: u32, frame: &[u8]) -> Reading {
    let parts = segment(frame).map(|segment| streams.parts(sent, &segment)).unwrap_or_default();
    let clear: Vec<Vec<u8>> = parts.iter().map(|part| octets_of(part.sealed)).collect();
    let notes = match parts.is_empty() {
        true => dissect(frame),
        false => dissect_pieces(frame, &streams.pieces(&parts, &clear)),
    };
    let is_record = |note: &Note| matches!(note.field, Field::Tls(TlsField::Record | TlsField::PartOfRecord));
    let first = notes.iter().position(is_record).unwrap_or(0);
    Reading { octets: frame.to_vec(), notes, first }
}

/// What is inside the records of that frame that are sealed, one after the other; `None` if there are none.
/// Of lines it is as much as the frame carries; messages of the handshake are there as a whole.
pub fn inside(streams: &mut Streams<'_>, sent: u32, frame: &[u8]) -> Option<Reading> {
    let parts = segment(frame).map(|segment| streams.parts(sent, &segment)).unwrap_or_default();
    let mut reading = Reading { octets: Vec::new(), notes: Vec::new(), first: 0 };
    for part in parts.iter().filter(|part| part.sealed.encrypted) {
        reading.add(
            part,
            &content(streams, part),
            streams.chosen(part).map_or(tls::TLS13, |(version, _)| version),
        );
    }
    (!reading.notes.is_empty()).then_some(reading)
}

fn content(streams: &Streams<'_>, part: &Part<'_>) -> Vec<u8> {
    match part.sealed.kind {
        ContentType::ApplicationData => part.sealed.content[content_of(streams, part)].to_vec(),
        _ => streams.joined(part),
    }
}

impl Reading {
    /// Adds what is in a record, as a group of notes.
    fn add(&mut self, part: &Part<'_>, content: &[u8], version: u16) {
        if content.is_empty() {
            return;
        }
        let (base, kind) = (self.octets.len(), number(part.sealed.kind));
        let name = names::content_type(kind);
        self.notes.push(Note {
            span: base..base + content.len(),
            bits: None,
            depth: 0,
            field: Field::Tls(TlsField::Record),
            value: name.map_or(Value::Hex(kind.into(), 2), |name| Value::Named(kind.into(), 2, name)),
        });
        let moved = dissect_record(kind, version, content).into_iter().map(|note| Note {
            span: note.span.start + base..note.span.end + base,
            depth: note.depth + 1,
            ..note
        });
        self.notes.extend(moved);
        self.octets.extend_from_slice(content);
    }
}

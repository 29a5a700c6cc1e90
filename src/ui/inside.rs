//! A segment that is opened, in two readings: what everybody on the path sees of it, and what the two ends see
//! inside, who have the keys; and a certificate. Each is octets with notes.

use super::label::content_of;
use super::octets::MOST;
use super::stream::{Part, Streams, number, octets_of};
use crate::dissect::{
    Field, Note, TlsField, Value, certificate_notes, dissect, dissect_pieces, dissect_record, names, segment,
    tls,
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

/// What a certificate says octet by octet. Type and length of an element are shown with the element.
pub fn certificate(der: &[u8]) -> Reading {
    let octets = &der[..der.len().min(MOST)];
    Reading { octets: octets.to_vec(), notes: certificate_notes(octets), first: 0 }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::leaves;
    use crate::policy::{Road, Versions};
    use crate::trace::{Event, Trace};
    use crate::ui::stream::tests::session;

    /// Both readings of every frame that has anything sealed.
    fn sealed(trace: &Trace) -> Vec<(Reading, Reading)> {
        let mut streams = Streams::new(trace);
        let read = |(sent, _): &(u32, Option<u32>)| {
            let Event::FrameSent { octets, .. } = &trace.records()[*sent as usize].event else { return None };
            Some((outside(&mut streams, *sent, octets), inside(&mut streams, *sent, octets)?))
        };
        trace.frames(trace.len()).iter().filter_map(read).collect()
    }

    #[test]
    fn the_leaves_of_both_readings_tile_their_octets() {
        for offers in [Versions::Tls12, Versions::Tls13] {
            let lab = session(Road::Tls, offers, "USER alice\r\nPASS wonderland\r\nRETR 7\r\nQUIT\r\n");
            lab.view().with(|trace| {
                let readings = sealed(trace);
                assert!(readings.len() > 20);
                for reading in readings.iter().flat_map(|(outside, inside)| [outside, inside]) {
                    let mut at = 0;
                    for leaf in leaves(&reading.notes) {
                        assert_eq!(leaf.span.start, at);
                        at = leaf.span.end;
                    }
                    assert_eq!(at, reading.octets.len());
                }
            });
        }
    }

    #[test]
    fn what_is_inside_is_what_was_typed_and_the_path_has_none_of_it() {
        for offers in [Versions::Tls12, Versions::Tls13] {
            let lab = session(Road::Tls, offers, "USER alice\r\nPASS wonderland\r\n");
            lab.view().with(|trace| {
                let has =
                    |reading: &Reading| reading.octets.windows(15).any(|octets| octets == b"PASS wonderland");
                let readings = sealed(trace);
                assert_eq!(readings.iter().filter(|(_, inside)| has(inside)).count(), 1);
                assert!(!readings.iter().any(|(outside, _)| has(outside)));
            });
        }
    }

    #[test]
    fn parts_of_a_record_carry_the_parts_of_its_text_in_order() {
        for offers in [Versions::Tls12, Versions::Tls13] {
            let lab = session(Road::Tls, offers, "USER alice\r\nPASS wonderland\r\nRETR 7\r\n");
            lab.view().with(|trace| {
                let sent: Vec<u8> = (0..trace.len() as u32)
                    .filter_map(|at| trace.sealed_at(at))
                    .filter(|held| held.encrypted)
                    .filter(|held| held.kind == ContentType::ApplicationData)
                    .flat_map(|held| held.content.to_vec())
                    .collect();
                let is_text =
                    |note: &Note| note.depth == 0 && note.value == Value::Named(23, 2, "application_data");
                let mut read: Vec<u8> = Vec::new();
                for (_, inside) in sealed(trace) {
                    for note in inside.notes.iter().filter(|note| is_text(note)) {
                        read.extend_from_slice(&inside.octets[note.span.clone()]);
                    }
                }
                assert!(sent.len() > 100_000);
                // The link loses nothing here, and both ends take turns.
                assert!(read == sent, "{} octets of {}", read.len(), sent.len());
            });
        }
    }

    #[test]
    fn a_handshake_that_is_sealed_can_be_read_down_to_the_certificate() {
        let lab = session(Road::Tls, Versions::Tls13, "");
        lab.view().with(|trace| {
            let fields: Vec<Field> = sealed(trace)
                .into_iter()
                .flat_map(|(_, inside)| inside.notes)
                .map(|note| note.field)
                .collect();
            assert!(fields.contains(&Field::Tls(TlsField::VerifyData)));
            assert!(fields.iter().any(|field| matches!(field, Field::X509(_))));
        });
    }
}

//! Where the TLS records of each connection and direction are in the trace, and which of them carried which
//! row of the terminal, so that a session of ten thousand records is not read through to find one.
//!
//! It looks at what was sealed, and cuts no frames.

use super::{ConnectionId, Event, Side};
use crate::sorted::Map;
use crate::tls::ContentType;

/// What one end of a connection handed to TCP as TLS records.
#[derive(Debug, Default)]
struct Sent {
    records: Vec<Place>,
    /// The rows of the terminal that are its lines and went sealed.
    rows: Vec<u32>,
}

/// A TLS record in the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The record of the trace that tells of it.
    pub record: u32,
    /// How many lines end in it and in all sealed ones before it, of the same end.
    lines: u64,
}

/// All TLS records of a trace.
#[derive(Debug, Default)]
pub(super) struct Sealing(Map<(ConnectionId, Side), Sent>);

impl Sealing {
    /// Notes what is said at this place of the trace.
    pub(super) fn note(&mut self, index: u32, connection: Option<ConnectionId>, event: &Event) {
        let Some(id) = connection else { return };
        match event {
            Event::RecordSent { side, sealed } => {
                let sent = self.0.get_or_default((id, *side));
                let is_text = sealed.encrypted && sealed.kind == ContentType::ApplicationData;
                let ends =
                    if is_text { sealed.content.iter().filter(|octet| **octet == b'\n').count() } else { 0 };
                let before = sent.records.last().map_or(0, |place| place.lines);
                sent.records.push(Place { record: index, lines: before + ends as u64 });
            }
            Event::ClientLine { secure: true, .. } => self.row(index, id, Side::Client),
            Event::ServerLine { secure: true, .. } => self.row(index, id, Side::Server),
            _ => {}
        }
    }

    fn row(&mut self, index: u32, id: ConnectionId, side: Side) {
        self.0.get_or_default((id, side)).rows.push(index);
    }

    /// The records that one end had sent at a position, the oldest first.
    pub(super) fn before(&self, id: ConnectionId, side: Side, position: usize) -> &[Place] {
        let Some(sent) = self.0.get(&(id, side)) else { return &[] };
        &sent.records[..sent.records.partition_point(|place| (place.record as usize) < position)]
    }

    /// The record in which the line ends that this row is, if it has been sent at a position. Both ends cut
    /// lines at LF, as whoever counts here.
    pub(super) fn carrier(&self, id: ConnectionId, side: Side, row: u32, position: usize) -> Option<u32> {
        let number = self.0.get(&(id, side))?.rows.binary_search(&row).ok()? as u64;
        let sent = self.before(id, side, position);
        sent.get(sent.partition_point(|place| place.lines <= number)).map(|place| place.record)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

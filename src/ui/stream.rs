//! Which octets of a frame belong to which TLS record. TCP cuts its stream wherever it likes and sends parts
//! of it again; the trace knows where in the stream each record began.
//!
//! ```text
//!   SYN 7000   frame: sequence 7041, 100 octets   ─▶   octets 40 to 139 of the stream
//!   records of that direction: 12..51, 51..180    ─▶   11 octets of the one, 89 of the other
//! ```
//!
//! A frame is read with what had been sent before it, and with nothing later.

use crate::dissect::{Content, Piece, Seal, Segment, segment, tls};
use crate::net::HostId;
use crate::sorted::Map;
use crate::tls::{ContentType, Message};
use crate::trace::{ConnectionId, Event, Place, Sealed, Side, Trace};
use std::cell::RefCell;
use std::ops::Range;

/// What the data of a frame has of one record.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The record.
    pub sealed: &'a Sealed,
    /// On which connection it was sent.
    pub connection: ConnectionId,
    /// By which end.
    pub side: Side,
    /// Which of the records of that connection and direction, from 0.
    pub number: usize,
    /// Where in the data of the frame.
    pub span: Range<usize>,
    /// How many octets of the record came before these.
    pub from: usize,
}

/// The sequence number of a SYN, and the address of the client.
type Begin = (u32, [u8; 4]);

/// Finds the records in frames. Keep it while several frames are read: it remembers where streams begin.
pub struct Streams<'a> {
    trace: &'a Trace,
    /// For the record at which a client began to connect, and each direction: the sequence number of SYN, and
    /// the address of the client.
    begins: Map<(u32, Side), Option<Begin>>,
    /// What the server has chosen on each connection that was asked about: version and suite.
    chosen: RefCell<Map<ConnectionId, Option<(u16, u16)>>>,
}

impl<'a> Streams<'a> {
    /// Reads frames of this trace.
    pub fn new(trace: &'a Trace) -> Streams<'a> {
        Streams { trace, begins: Map::new(), chosen: RefCell::default() }
    }

    /// The trace that is read.
    pub fn trace(&self) -> &'a Trace {
        self.trace
    }

    /// What a frame has of records, in their order: the frame that this record of the trace sent.
    pub fn parts(&mut self, sent: u32, segment: &Segment) -> Vec<Part<'a>> {
        // Without TLS there is nothing to be looked for.
        if segment.data.is_empty() || !self.trace.has_tls() {
            return vec![];
        }
        self.find(sent, segment).unwrap_or_default()
    }

    fn find(&mut self, sent: u32, segment: &Segment) -> Option<Vec<Part<'a>>> {
        let trace = self.trace;
        let Event::FrameSent { from, .. } = &trace.records()[sent as usize].event else { return None };
        let side = if *from == HostId::Server { Side::Server } else { Side::Client };
        let (connection, begin) = self.stream(sent, *from, segment)?;
        let places = trace.sealed(connection, side, sent as usize);
        // SYN has a number of its own (RFC 9293 section 3.4).
        let start = u64::from(segment.sequence.wrapping_sub(begin).wrapping_sub(1));
        let data = start..start + segment.data.len() as u64;
        let read = |place: &Place| trace.sealed_at(place.record);
        let first = places.partition_point(|place| read(place).is_some_and(|held| held.end() <= data.start));
        let parts = (first..).zip(&places[first..]).map_while(|(number, place)| {
            let sealed = read(place)?;
            let shared = sealed.start.max(data.start)..sealed.end().min(data.end);
            let span = |at: u64| (at - data.start) as usize;
            (shared.start < shared.end).then(|| Part {
                sealed,
                connection,
                side,
                number,
                span: span(shared.start)..span(shared.end),
                from: (shared.start - sealed.start) as usize,
            })
        });
        Some(parts.collect())
    }

    /// The connection that a frame belongs to, and the sequence number with which its stream begins. Ports
    /// are used again, and so are addresses: the latest connection that fits is meant.
    fn stream(&mut self, sent: u32, from: HostId, segment: &Segment) -> Option<(ConnectionId, u32)> {
        let (side, own, other) = match from {
            HostId::Server => (Side::Server, segment.destination, segment.source),
            HostId::Client(_) => (Side::Client, segment.source, segment.destination),
        };
        let trace = self.trace;
        for &opened in trace.opened(sent as usize).iter().rev() {
            let record = &trace.records()[opened as usize];
            let Event::Opened { client, port, to } = record.event else { continue };
            let fits =
                port == own.1 && to == other && (side == Side::Server || from == HostId::Client(client));
            if !fits {
                continue;
            }
            let id = record.connection?;
            if let Some((_, address)) = self.begin(opened, Side::Client, client, (own, other))
                && address == own.0
            {
                // Before anything was sealed nobody needs to know where the stream began.
                if trace.sealed(id, side, sent as usize).is_empty() {
                    return None;
                }
                return Some((id, self.begin(opened, side, client, (own, other))?.0));
            }
        }
        None
    }

    /// The SYN with which one direction of a connection begins.
    fn begin(
        &mut self,
        opened: u32,
        side: Side,
        client: u8,
        (own, other): (([u8; 4], u16), ([u8; 4], u16)),
    ) -> Option<Begin> {
        if let Some(known) = self.begins.get(&(opened, side)) {
            return *known;
        }
        let trace = self.trace;
        let frames = trace.frames(trace.len());
        let first = frames.partition_point(|(sent, _)| *sent < opened);
        let syn = frames[first..].iter().find_map(|(sent, _)| {
            let Event::FrameSent { from, octets, .. } = &trace.records()[*sent as usize].event else {
                return None;
            };
            let by = if side == Side::Client { HostId::Client(client) } else { HostId::Server };
            let read = segment(octets).filter(|_| *from == by)?;
            let (this, that) = match side {
                Side::Client => (read.source, read.destination),
                Side::Server => (read.destination, read.source),
            };
            let fits = this.1 == own.1 && that == other && (side == Side::Client || this.0 == own.0);
            (fits && read.flags.contains(crate::dissect::TcpFlags::SYN)).then_some((read.sequence, this.0))
        });
        self.begins.insert((opened, side), syn);
        syn
    }

    /// The pieces by which a frame with these parts is dissected.
    pub fn pieces<'b>(&self, parts: &[Part<'_>], clear: &'b [Vec<u8>]) -> Vec<Piece<'b>> {
        let piece = |(part, octets): (&Part<'_>, &'b Vec<u8>)| Piece {
            span: part.span.clone(),
            from: part.from,
            length: part.sealed.length as usize,
            content: match part.sealed.encrypted {
                true => Content::Sealed(self.seal(part)),
                false => Content::Clear(octets),
            },
        };
        parts.iter().zip(clear).map(piece).collect()
    }

    /// What stands around the ciphertext of a record.
    pub fn seal(&self, part: &Part<'_>) -> Seal {
        self.chosen(part).map_or(Seal::IMPLICIT, |(version, suite)| Seal::of(version, suite))
    }

    /// The version and the suite that the server has chosen on the connection of a part.
    pub fn chosen(&self, part: &Part<'_>) -> Option<(u16, u16)> {
        *self.chosen.borrow_mut().get_or_insert_with(part.connection, || self.hello(part.connection))
    }

    fn hello(&self, connection: ConnectionId) -> Option<(u16, u16)> {
        let places = self.trace.sealed(connection, Side::Server, self.trace.len());
        // The server says so in one of its first records, or there is nothing sealed yet.
        let hello = places.iter().find_map(|place| {
            let sealed = self.trace.sealed_at(place.record)?;
            sealed.messages.contains(&Message::ServerHello).then_some(sealed)
        })?;
        tls::messages(tls::TLS12, &hello.content).into_iter().find_map(|message| match message {
            tls::Message::ServerHello(hello) if !hello.retry => Some((hello.version, hello.suite)),
            _ => None,
        })
    }

    /// Whether a part is of the first record that its end has sealed.
    pub fn is_first_sealed(&self, part: &Part<'_>) -> bool {
        let places = self.trace.sealed(part.connection, part.side, self.trace.len());
        // Few records are clear, and they come first.
        let before = places.iter().take(part.number).filter_map(|place| self.trace.sealed_at(place.record));
        part.sealed.encrypted && !before.into_iter().any(|sealed| sealed.encrypted)
    }

    /// What the record of a part carries, from where its first message begins: messages of the handshake can
    /// go on from one record to the next.
    pub fn joined(&self, part: &Part<'_>) -> Vec<u8> {
        let mut joined: Vec<u8> = Vec::new();
        if part.sealed.kind == ContentType::Handshake {
            let places = self.trace.sealed(part.connection, part.side, self.trace.len());
            let before =
                places.iter().take(part.number).filter_map(|place| self.trace.sealed_at(place.record));
            for sealed in
                before.filter(|held| held.kind == part.sealed.kind && held.encrypted == part.sealed.encrypted)
            {
                joined.extend_from_slice(&sealed.content);
                joined.drain(..whole_messages(&joined));
            }
        }
        joined.extend_from_slice(&part.sealed.content);
        joined
    }
}

/// The octets of the messages that are here as a whole.
fn whole_messages(octets: &[u8]) -> usize {
    let mut at = 0;
    while let Some(end) = message_end(octets, at).filter(|end| *end <= octets.len()) {
        at = end;
    }
    at
}

/// Where the message of the handshake ends that begins here (RFC 8446 section 4).
pub(super) fn message_end(octets: &[u8], at: usize) -> Option<usize> {
    match octets.get(at..)? {
        [_, a, b, c, ..] => Some(at + 4 + u32::from_be_bytes([0, *a, *b, *c]) as usize),
        _ => None,
    }
}

/// A record that anybody can read as it is on the wire; nothing of one that is sealed.
pub fn octets_of(sealed: &Sealed) -> Vec<u8> {
    if sealed.encrypted {
        return vec![];
    }
    let length = (sealed.content.len() as u16).to_be_bytes();
    let header = [&[number(sealed.kind)][..], &sealed.version.to_be_bytes(), &length].concat();
    [&header, &sealed.content[..]].concat()
}

/// The number of a type of records (RFC 8446 section 5.1).
pub fn number(kind: ContentType) -> u8 {
    match kind {
        ContentType::ChangeCipherSpec => tls::CHANGE_CIPHER_SPEC,
        ContentType::Alert => tls::ALERT,
        ContentType::Handshake => tls::HANDSHAKE,
        ContentType::ApplicationData => tls::APPLICATION_DATA,
        ContentType::Other(number) => number,
    }
}

#[cfg(test)]
#[path = "stream/tests.rs"]
pub(crate) mod tests;

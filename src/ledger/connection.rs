//! One connection as somebody on the path follows it: SYN, two streams, what is said in them, and the end.
//!
//! ```text
//!   frames ─▶ Stream × 2 ─▶ lines ───▶ Dialogue ──▶ facts
//!                      └──▶ records ─▶ Handshake ─┘
//! ```

use super::fact::{End, Fact, How};
use super::stream::Stream;
use super::talk::Talk;
use crate::dissect::{Segment, TcpFlags};

/// A connection between two ends, which are in no order: 0 or 1 tells them apart.
#[derive(Clone, Debug)]
pub struct Connection {
    ends: [End; 2],
    streams: [Stream; 2],
    /// Which end is the client, once SYN tells.
    client: Option<usize>,
    established: bool,
    closed: bool,
    lost: bool,
    /// A segment with RST of each end, as long as nobody can tell whether it fits.
    resets: [Option<Reset>; 2],
    talk: Talk,
}

/// What RST stands beside.
#[derive(Clone, Copy, Debug)]
struct Reset {
    sequence: u32,
    acknowledgement: Option<u32>,
}

impl Connection {
    /// Between these two, of whom nothing is known yet.
    pub fn new(ends: [End; 2]) -> Connection {
        Connection {
            ends,
            streams: Default::default(),
            client: None,
            established: false,
            closed: false,
            lost: false,
            resets: [None; 2],
            talk: Talk::default(),
        }
    }

    /// Whether SYN was seen.
    pub fn has_begun(&self) -> bool {
        self.client.is_some()
    }

    /// Whether it is over.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether a segment opens another connection between the same ends: the port is used again. The client
    /// counts, for a server answers any number of SYNs that are one.
    pub fn is_before(&self, segment: &Segment) -> bool {
        let opens = segment.flags.contains(TcpFlags::SYN) && segment.acknowledgement.is_none();
        let first = self.streams[self.side(segment)].first();
        opens && self.has_begun() && first.is_some_and(|first| first != segment.sequence)
    }

    /// Takes in a segment with its data.
    pub fn see(&mut self, segment: &Segment, data: &[u8], facts: &mut Vec<Fact>) {
        let from = self.side(segment);
        let syn = segment.flags.contains(TcpFlags::SYN);
        if syn && !self.open(from, segment, facts) {
            return;
        }
        if segment.flags.contains(TcpFlags::RST) {
            let (sequence, acknowledgement) = (segment.sequence, segment.acknowledgement);
            self.resets[from] = Some(Reset { sequence, acknowledgement });
        } else if !self.lost {
            self.take(from, segment, data, facts);
        }
        [0, 1].into_iter().for_each(|from| self.reset(from, facts));
    }

    /// Takes in what a segment carries.
    fn take(&mut self, from: usize, segment: &Segment, data: &[u8], facts: &mut Vec<Fact>) {
        let syn = segment.flags.contains(TcpFlags::SYN);
        let sequence = segment.sequence.wrapping_add(syn.into());
        let fin = segment.flags.contains(TcpFlags::FIN);
        let fits = self.streams[from].hold(sequence, segment.acknowledgement, data, fin);
        let followed = self.read(facts);
        if !(fits && followed) {
            self.lost = true;
            self.streams = Default::default();
            self.talk.end(facts);
            facts.push(Fact::LostTrack);
        } else if !self.closed && self.streams.iter().all(Stream::is_at_end) {
            self.close(How::Fin, facts);
        }
    }

    fn side(&self, segment: &Segment) -> usize {
        usize::from(segment.source != self.ends[0])
    }

    /// SYN tells who began, and where the numbers do. False if it belongs to no beginning that is known.
    fn open(&mut self, from: usize, segment: &Segment, facts: &mut Vec<Fact>) -> bool {
        let to = 1 - from;
        let answered = segment.acknowledgement.map(|acknowledgement| acknowledgement.wrapping_sub(1));
        let client = if answered.is_some() { to } else { from };
        let contradicts = |stream: &Stream, first: u32| stream.first().is_some_and(|known| known != first);
        if self.lost
            || self.client.is_some_and(|known| known != client)
            || contradicts(&self.streams[from], segment.sequence)
            || answered.is_some_and(|first| contradicts(&self.streams[to], first))
        {
            return false;
        }
        self.client = Some(client);
        self.streams[from].begin(segment.sequence);
        if let Some(first) = answered {
            self.streams[to].begin(first);
            if !std::mem::replace(&mut self.established, true) {
                facts.push(Fact::Connected { client: self.ends[client], server: self.ends[1 - client] });
            }
        }
        true
    }

    /// Looks whether an end has reset the connection.
    fn reset(&mut self, from: usize, facts: &mut Vec<Fact>) {
        let (Some(reset), Some(client)) = (self.resets[from], self.client) else { return };
        if self.closed {
            self.resets[from] = None;
        } else if self.established {
            self.resets[from] = None;
            if self.lost || self.streams[from].expects(reset.sequence) {
                self.close(How::Reset, facts);
            }
        } else {
            // RFC 9293 section 3.10.7.3: before the answer to SYN it counts only if it acknowledges SYN.
            let syn = self.streams[client].first().map(|first| first.wrapping_add(1));
            if from != client && reset.acknowledgement.is_some() && reset.acknowledgement == syn {
                self.closed = true;
                facts.push(Fact::Refused { client: self.ends[client], server: self.ends[from] });
            }
        }
    }

    fn close(&mut self, how: How, facts: &mut Vec<Fact>) {
        self.closed = true;
        self.talk.end(facts);
        facts.push(Fact::Closed { how });
    }

    /// Reads whatever is in order by now. False if there is too much to keep in mind.
    fn read(&mut self, facts: &mut Vec<Fact>) -> bool {
        let Some(client) = self.client else { return true };
        loop {
            let mut idle = true;
            // The client first: where nothing else tells, commands come before answers.
            for from in [client, 1 - client] {
                let [a, b] = &mut self.streams;
                let (stream, other) = if from == 0 { (a, &*b) } else { (b, &*a) };
                while let Some(octets) = stream.next(|acknowledged| other.has_read(acknowledged)) {
                    idle = false;
                    if !self.talk.hear(from == client, &octets, facts) {
                        return false;
                    }
                }
            }
            if idle {
                return true;
            }
        }
    }
}

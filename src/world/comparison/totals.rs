//! What a lane has cost so far, counted from its trace.
//!
//! Packets and octets are those of IP, both ways. A *round trip* is a time that the client waits for an answer:
//! it sends something that the server must say something to (SYN, the acknowledgement that lets the server greet,
//! a flight of the handshake, a command), and what comes back lets it go on. How many packets an answer has does
//! not matter.

use super::lane::CLIENT;
use crate::dissect::{TcpFlags, segment};
use crate::net::HostId;
use crate::pop3::command::{Kind, keyword};
use crate::pop3::{COMMANDS, Verb};
use crate::sasl::fields::of_client;
use crate::sasl::{Mechanism, coding};
use crate::time::Instant;
use crate::trace::{Connection, Event, Note, Side, Trace};
use std::rc::Rc;

/// What a lane has cost up to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// How often the client has waited for an answer, and got it.
    pub round_trips: u32,
    /// IP packets that were sent, both ways.
    pub packets: u32,
    /// Their octets, IP headers included.
    pub octets: u64,
    /// The virtual time.
    pub time: Instant,
    /// How safe the password is.
    pub safety: Safety,
}

/// How safe the password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Nothing is sealed, and nothing was given away yet.
    Open,
    /// The connection has ended: nothing was given away.
    Unsent,
    /// From this moment on, what the client says is sealed.
    Sealed(Instant),
    /// At this moment it went over the path as it is.
    Exposed(Instant),
    /// At this moment a digest went over the path, with which passwords can be tried in peace.
    Guessable(Instant),
}

/// The totals of a trace, at any moment.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// The octets of all frames up to each.
    octets: Vec<u64>,
    /// The records at which the client had its answer.
    trips: Vec<u32>,
    /// The record from which on the password is safe, or is not.
    safety: Option<(u32, Safety)>,
}

impl Counts {
    /// Counts a whole trace.
    pub(super) fn of(trace: &Trace) -> Counts {
        let mut counts = Counts::default();
        let mut waits = Waits::default();
        for (at, record) in trace.records().iter().enumerate() {
            let at = at as u32;
            match &record.event {
                Event::FrameSent { octets, from, .. } => {
                    let before = counts.octets.last().copied().unwrap_or(0);
                    counts.octets.push(before + octets.len() as u64);
                    if *from == HostId::Client(CLIENT) {
                        waits.sent(octets);
                    }
                }
                Event::FrameArrived { frame, to: HostId::Client(_) } => {
                    let sent = trace.frames(trace.len())[frame.0 as usize].0;
                    if let Event::FrameSent { octets, .. } = &trace.records()[sent as usize].event
                        && waits.arrived(octets)
                    {
                        counts.trips.push(at);
                    }
                }
                Event::Note(Note::Secured(_)) => {
                    counts.safety = counts.safety.or(Some((at, Safety::Sealed(record.at))));
                }
                Event::ClientLine { octets, secure: false, .. } => {
                    let before = trace.scene(at as usize).connections.get(&CLIENT);
                    let exposed =
                        exposes(before.map(Rc::as_ref), octets).map(|safety| (at, safety(record.at)));
                    counts.safety = counts.safety.or(exposed);
                }
                _ => {}
            }
        }
        counts
    }

    /// What it came to at a position.
    pub(super) fn at(&self, trace: &Trace, position: usize) -> Totals {
        let packets = trace.frames(position).len();
        let safety = self.safety.filter(|(record, _)| (*record as usize) < position);
        let over = || trace.scene(position).connections.get(&CLIENT).is_some_and(|held| !held.is_open());
        let nothing_yet = || if over() { Safety::Unsent } else { Safety::Open };
        Totals {
            round_trips: self.trips.partition_point(|record| (*record as usize) < position) as u32,
            packets: packets as u32,
            octets: packets.checked_sub(1).map_or(0, |last| self.octets[last]),
            time: trace.time(position),
            safety: safety.map_or_else(nothing_yet, |(_, safety)| safety),
        }
    }
}

/// What a line in the clear gives away, on a connection that was like this before it.
fn exposes(before: Option<&Connection>, line: &[u8]) -> Option<fn(Instant) -> Safety> {
    let exchange = before.filter(|held| held.challenged).and_then(|held| held.exchange.as_deref());
    let kinds = match exchange {
        Some(exchange) => {
            let (_, auth) = exchange.lines.first()?;
            let (mechanism, initial) = begun(auth)?;
            let responses = exchange.lines.iter().filter(|(side, _)| *side == Side::Client).count() - 1;
            let turn = responses + usize::from(initial.is_some());
            of_client(mechanism, turn, &coding::decode(line).ok()?)
        }
        None => match begun(line) {
            Some((mechanism, initial)) => of_client(mechanism, 0, &coding::decode(initial?).ok()?),
            None => return argument(line),
        },
    };
    let secret = kinds.iter().any(|field| field.kind.is_secret());
    let guessable = kinds.iter().any(|field| field.kind.is_guessable());
    match (secret, guessable) {
        (true, _) => Some(Safety::Exposed),
        (false, true) => Some(Safety::Guessable),
        _ => None,
    }
}

/// The mechanism that a line begins, and what stands behind it: an initial response.
fn begun(line: &[u8]) -> Option<(Mechanism, Option<&[u8]>)> {
    let (row, rest) = keyword(COMMANDS, line);
    row.filter(|row| row.verb == Verb::Auth)?;
    let mut words = rest?.split(|octet| *octet == b' ');
    let mechanism = Mechanism::of_name(std::str::from_utf8(words.next()?).ok()?)?;
    Some((mechanism, words.next()))
}

/// What the argument of a command gives away.
fn argument(line: &[u8]) -> Option<fn(Instant) -> Safety> {
    let (row, rest) = keyword(COMMANDS, line);
    rest.filter(|rest| !rest.is_empty())?;
    row?.parameters.iter().find_map(|parameter| match parameter.kind {
        Kind::Secret => Some(Safety::Exposed as fn(Instant) -> Safety),
        Kind::Digest => Some(Safety::Guessable as fn(Instant) -> Safety),
        _ => None,
    })
}

/// Whether the client waits for an answer.
#[derive(Debug, Default)]
struct Waits {
    waiting: bool,
    /// The client has said something of its own: an acknowledgement alone asks for nothing any more.
    spoken: bool,
    connected: bool,
}

impl Waits {
    fn sent(&mut self, frame: &[u8]) {
        let Some(segment) = segment(frame) else { return };
        let opens = segment.flags.contains(TcpFlags::SYN);
        // The acknowledgement that completes TCP's handshake is what the greeting waits for.
        let lets_greet = self.connected && !self.spoken;
        self.waiting |= opens || lets_greet || !segment.data.is_empty();
        self.spoken |= !opens;
    }

    /// True if that is what the client has waited for.
    fn arrived(&mut self, frame: &[u8]) -> bool {
        let Some(segment) = segment(frame) else { return false };
        let answers = !segment.data.is_empty()
            || segment.flags.contains(TcpFlags::SYN)
            || segment.flags.contains(TcpFlags::RST);
        self.connected |= segment.flags.contains(TcpFlags::SYN);
        answers && std::mem::replace(&mut self.waiting, false)
    }
}

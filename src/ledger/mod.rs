//! The eavesdropper's notebook: what somebody on the path learns from frames alone, without any key.
//!
//! ```text
//!   frames ─▶ Ledger ─▶ entries │ frame 14  connection 0  UserName("alice")
//!                               │ frame 18  connection 0  Password("wonderland")
//!                               │ …
//!             Notebook ─────────┘ the entries up to a frame; what stays hidden, and what can be guessed
//! ```
//!
//! It knows no keys, no sessions and no world, only [`crate::dissect`]: what is not in the frames cannot
//! get in here. Nor does it know port numbers, or which end is whose: SYN tells who is the client, and
//! records tell where TLS begins.
//!
//! **Where the tap is.** As in a capture, where each host's cable begins: every frame is seen once, when it
//! is sent, and those that the link loses are seen too. A tap behind the loss would learn the same, since
//! what is lost is sent again.
//!
//! **What it can hold.** Whatever is in the frames, nothing here panics, and memory is bounded:
//! [`CONNECTIONS`] connections at a time, of which the one longest silent is forgotten first; for each
//! direction [`HELD`] octets in [`PIECES`] pieces that wait for others, and [`LONGEST_MESSAGE`] octets of a
//! handshake; [`LONGEST_TEXT`] octets of any line or text; [`WAITING`] commands without an answer;
//! [`LONGEST_LIST`] lines of a list; and [`ROOM`] octets of entries. A connection that needs more is given
//! up with [`Fact::LostTrack`], a notebook with [`Fact::Full`].

mod answer;
mod command;
mod connection;
mod dialogue;
mod fact;
mod guess;
mod handshake;
mod letter;
mod lines;
mod records;
mod stream;
mod talk;

pub use answer::LONGEST_LIST;
pub use dialogue::WAITING;
pub use fact::{End, Entry, Fact, Guess, Hidden, How, Letter, Named};
pub use lines::LONGEST_TEXT;
pub use records::LONGEST_MESSAGE;
pub use stream::{HELD, PIECES};

use crate::dissect::segment;
use crate::dissect::tls::TLS13;
use crate::sorted::Map;
use connection::Connection;

/// Most connections that are followed at a time.
pub const CONNECTIONS: usize = 32;

/// Most octets that all entries may take, about.
pub const ROOM: usize = 1 << 24;

/// Everything that was learnt, and the connections under way. It only grows: a view of an earlier moment is
/// a [`Notebook`], which costs nothing, so one ledger does for all positions of a trace.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// The octets that they take.
    taken: usize,
    /// By their two ends, the lower one first.
    followed: Map<[End; 2], Followed>,
    /// How many SYNs began a connection.
    connections: u32,
    /// One more than the highest frame that was seen.
    next: u32,
}

#[derive(Clone, Debug)]
struct Followed {
    connection: Connection,
    /// Set once SYN was seen.
    number: Option<u32>,
    /// The frame that was seen last.
    frame: u32,
}

impl Ledger {
    /// Sees a frame, which may hold anything. Numbers rise; one that does not counts as the one before.
    pub fn see(&mut self, frame_number: u32, octets: &[u8]) {
        let frame = frame_number.max(self.next.saturating_sub(1));
        self.next = frame.saturating_add(1);
        if self.is_full() {
            return;
        }
        let Some(segment) = segment(octets) else { return };
        let mut ends = [segment.source, segment.destination];
        if ends[0] > ends[1] {
            ends.swap(0, 1);
        }
        if self.followed.get(&ends).is_some_and(|followed| followed.connection.is_before(&segment)) {
            self.followed.remove(&ends);
        }
        if !self.followed.contains_key(&ends) && self.followed.len() >= CONNECTIONS {
            self.forget_one();
        }
        let followed = self.followed.get_or_insert_with(ends, || Followed {
            connection: Connection::new(ends),
            number: None,
            frame,
        });
        followed.frame = frame;
        let mut facts = Vec::new();
        let data = octets.get(segment.data.clone()).unwrap_or_default();
        followed.connection.see(&segment, data, &mut facts);
        if followed.number.is_none() && followed.connection.has_begun() {
            followed.number = Some(self.connections);
            self.connections += 1;
        }
        // What was never begun has nothing to tell, and no number to tell it under.
        let Some(connection) = followed.number else { return };
        for fact in facts {
            self.write(Entry { frame, connection, fact });
        }
    }

    /// The number of the next frame to be shown to [`Ledger::see`]: one more than the last.
    pub fn next_frame(&self) -> u32 {
        self.next
    }

    /// Everything that was learnt, in the order of the frames.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Everything that was learnt from the frames with a number below this one.
    pub fn before(&self, frame: u32) -> Notebook<'_> {
        let count = self.entries.partition_point(|entry| entry.frame < frame);
        Notebook { entries: &self.entries[..count] }
    }

    /// Everything that was learnt.
    pub fn notebook(&self) -> Notebook<'_> {
        Notebook { entries: &self.entries }
    }

    /// What stays hidden of a connection; see [`Notebook::hidden`].
    pub fn hidden(&self, connection: u32) -> Vec<Hidden> {
        self.notebook().hidden(connection)
    }

    fn is_full(&self) -> bool {
        matches!(self.entries.last(), Some(Entry { fact: Fact::Full, .. }))
    }

    fn write(&mut self, entry: Entry) {
        if self.is_full() {
            return;
        }
        self.taken += size_of::<Entry>() + entry.fact.octets();
        let fact = if self.taken > ROOM { Fact::Full } else { entry.fact };
        self.entries.push(Entry { fact, ..entry });
    }

    /// Makes room for another connection: those that are over first, then the one longest silent.
    fn forget_one(&mut self) {
        let oldest = self.followed.iter().min_by_key(|(_, one)| (!one.connection.is_closed(), one.frame));
        if let Some(ends) = oldest.map(|(ends, _)| *ends) {
            self.followed.remove(&ends);
        }
    }
}

/// The entries up to some frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notebook<'a> {
    entries: &'a [Entry],
}

impl<'a> Notebook<'a> {
    /// What was learnt, in the order of the frames.
    pub fn entries(self) -> &'a [Entry] {
        self.entries
    }

    /// What was learnt from one connection.
    pub fn of(self, connection: u32) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.connection == connection)
    }

    /// What could have been read off a connection and cannot, since TLS began on it. What was given away
    /// before is not hidden any more; without TLS nothing is.
    pub fn hidden(self, connection: u32) -> Vec<Hidden> {
        if !self.of(connection).any(|entry| matches!(entry.fact, Fact::TlsBegan { .. })) {
            return vec![];
        }
        let known: Vec<Hidden> =
            self.of(connection).filter_map(|entry| Hidden::given_away_by(&entry.fact)).collect();
        let seals_certificates =
            self.of(connection).any(|entry| matches!(entry.fact, Fact::TlsAgreed { version: TLS13.., .. }));
        let hides = |what: &Hidden| match what {
            Hidden::Certificate => seals_certificates,
            _ => !known.contains(what),
        };
        Hidden::ALL.into_iter().filter(hides).collect()
    }

    /// What sealed records give away all the same: requests and answers of about so many octets. The first
    /// answer of TLS 1.3 can have tickets in it, one request can be many commands sent ahead, and whoever
    /// pads records (RFC 8446 section 5.4) is taken at the length they show.
    pub fn guesses(self, connection: u32) -> Vec<Guess> {
        guess::guesses(self.of(connection))
    }
}

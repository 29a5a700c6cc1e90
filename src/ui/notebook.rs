//! The pages of the eavesdropper's notebook: which line stands where, from what was learnt up to a moment.
//!
//! ```text
//!   trace ─ read ─▶ Ledger ─ before(frame) ─▶ Notebook ─ sheets ─▶ Sheet │ You   UserName   Known
//!                                                                        │       Password   Sealed
//!                                                                        │ Mail  Sizes      Blank
//! ```
//!
//! Every connection has the same lines in the same places, so that one in the clear and one inside TLS look
//! alike and differ in what stands there. It knows no words, and of the trace nothing but the frames.

mod about;

pub use about::{About, Topic};

use crate::ledger::{Entry, Fact, Guess, Hidden, Ledger, Notebook};
use crate::sorted::Map;
use crate::trace::{Event, Trace};
use about::{LINES, lines_of};

/// Lets a ledger see the frames that were sent before a position and that it has not seen yet, this many at
/// most. True if there are more.
pub fn read(ledger: &mut Ledger, trace: &Trace, position: usize, most: usize) -> bool {
    let frames = trace.frames(position);
    let seen = (ledger.next_frame() as usize).min(frames.len());
    for (sent, _) in frames[seen..].iter().take(most) {
        if let Event::FrameSent { frame, octets, .. } = &trace.records()[*sent as usize].event {
            ledger.see(frame.0, octets);
        }
    }
    frames.len() - seen > most
}

/// What was learnt from one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<'l> {
    /// Which connection, counted from 0.
    pub connection: u32,
    /// Its lines, by what they are about; a section without lines is left out.
    pub sections: Vec<(Topic, Vec<Line<'l>>)>,
}

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'l> {
    /// What it is about.
    pub about: About,
    /// What stands there.
    pub says: Says<'l>,
    /// Whether the frame that told something last told this.
    pub newest: bool,
}

/// What stands on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says<'l> {
    /// Nothing yet.
    Blank,
    /// It could have been read, if TLS did not hide it.
    Sealed,
    /// What was learnt, the oldest first.
    Known(Vec<&'l Entry>),
    /// How many sealed records there were.
    Records {
        /// Those of the client.
        client: Sum,
        /// Those of the server.
        server: Sum,
        /// The frame of the last one.
        frame: u32,
    },
    /// Requests and answers, by their sizes, the oldest first.
    Guesses(Vec<Guess>),
}

/// Sealed records of one end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub records: u64,
    /// The octets in all of them, without their headers.
    pub octets: u64,
}

/// The sheets of the latest connections, the latest first, at most this many, and how many there are beside
/// them.
pub fn sheets(notebook: Notebook<'_>, most: usize) -> (Vec<Sheet<'_>>, usize) {
    let mut connections: Map<u32, Vec<&Entry>> = Map::new();
    for entry in notebook.entries() {
        connections.get_or_default(entry.connection).push(entry);
    }
    let newest = notebook.entries().last().map(|entry| entry.frame);
    let all = connections.len();
    let latest = connections.iter().rev().take(most);
    let sheets: Vec<Sheet> =
        latest.map(|(connection, entries)| sheet(notebook, *connection, entries, newest)).collect();
    let earlier = all - sheets.len();
    (sheets, earlier)
}

fn sheet<'l>(
    notebook: Notebook<'l>,
    connection: u32,
    entries: &[&'l Entry],
    newest: Option<u32>,
) -> Sheet<'l> {
    let mut known: Map<About, Vec<&'l Entry>> = Map::new();
    for entry in entries {
        lines_of(&entry.fact).iter().for_each(|about| known.get_or_default(*about).push(entry));
    }
    let hidden = notebook.hidden(connection);
    let ends = |entry: &&Entry| matches!(entry.fact, Fact::Closed { .. } | Fact::Refused { .. });
    let over = entries.iter().any(ends);
    let mut guesses = notebook.guesses(connection);
    // What was asked and not answered gives nothing away yet.
    guesses.retain(|guess| guess.octets > 0);
    let line = |(about, hides): &(About, Option<Hidden>)| {
        let of = known.get(about);
        let newest = of.and_then(|of| of.last()).is_some_and(|entry| Some(entry.frame) == newest);
        let says = match (of, hides) {
            (Some(of), _) if *about == About::Records => records(of),
            (Some(of), _) => Says::Known(of.clone()),
            (None, _) if *about == About::Guesses && !guesses.is_empty() => Says::Guesses(guesses.clone()),
            (None, Some(what)) if hidden.contains(what) => Says::Sealed,
            // Whose certificate it is, nobody expects to see in the clear.
            (None, Some(what)) if !over && *what != Hidden::Certificate => Says::Blank,
            _ => return None,
        };
        Some(Line { about: *about, says, newest })
    };
    let sections = LINES.iter().map(|(topic, lines)| (*topic, lines.iter().filter_map(line).collect()));
    Sheet { connection, sections: sections.filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty()).collect() }
}

fn records<'l>(entries: &[&'l Entry]) -> Says<'l> {
    let (mut client, mut server, mut last) = (Sum::default(), Sum::default(), 0);
    for entry in entries {
        if let Fact::Sealed { from_client, octets, .. } = entry.fact {
            let sum = if from_client { &mut client } else { &mut server };
            sum.records += 1;
            sum.octets += u64::from(octets);
            last = entry.frame;
        }
    }
    Says::Records { client, server, frame: last }
}

#[cfg(test)]
mod tests;

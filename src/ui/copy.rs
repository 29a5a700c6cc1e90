//! The session as text: what is copied, and what the shell keeps in case the engine breaks.

use super::notes::note_text;
use crate::i18n::Words;
use crate::trace::{Event, Trace};

/// A row of the terminal as a line of text.
pub fn row(trace: &Trace, row: u32, words: Words) -> String {
    match &trace.records()[row as usize].event {
        Event::ClientLine { octets, .. } => format!("C: {}", String::from_utf8_lossy(octets)),
        Event::ServerLine { octets, .. } => format!("S: {}", String::from_utf8_lossy(octets)),
        Event::Note(note) => format!("= {}", note_text(words, note)),
        _ => String::new(),
    }
}

/// Everything that the terminal shows at a position, one line for each row.
pub fn session(trace: &Trace, position: usize, words: Words) -> String {
    trace.rows(position).iter().map(|held| row(trace, *held, words) + "\n").collect()
}

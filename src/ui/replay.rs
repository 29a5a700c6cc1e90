//! A recording of `serve --capture`, opened in the lab: what mail programs said there is said again here, and the page
//! tells whether it was answered alike.

use super::file::Chosen;
use super::lab::Lab;
use crate::i18n::{Words, id};
use crate::recording::{Flaw, Recording, Unreadable};

/// The most letters of a line that was recorded: as much as fits below the prompt.
const LONGEST: usize = 60;

/// What the page says of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// What is in the file cannot be played, or there is no file.
    Unreadable(Unreadable),
    /// It was played.
    Played {
        /// On how many connections.
        connections: usize,
        /// How many more had to be left out.
        left_out: usize,
        /// On which connection, from 1, which line was recorded where the lab says something else, or nothing.
        difference: Option<(u32, String)>,
    },
}

impl Told {
    /// Whether it is no more than news.
    pub fn is_good(&self) -> bool {
        matches!(self, Told::Played { difference: None, .. })
    }

    /// In words.
    pub fn said(&self, words: Words) -> String {
        match self {
            Told::Unreadable(Unreadable { line, flaw: Flaw::Meaningless }) => {
                words.with(id::RECORDING_LINE, &[("line", (*line).into())])
            }
            Told::Unreadable(_) => words.say(id::RECORDING_NONE),
            Told::Played { connections, left_out, difference } => {
                let played = words.with(id::RECORDING_PLAYED, &[("count", (*connections).into())]);
                let alike = match difference {
                    None => words.say(id::RECORDING_SAME),
                    Some((connection, line)) => words.with(
                        id::RECORDING_DIFFERS,
                        &[("connection", u64::from(*connection).into()), ("line", line.as_str().into())],
                    ),
                };
                let left_out = match left_out {
                    0 => String::new(),
                    count => words.with(id::RECORDING_LEFT_OUT, &[("count", (*count).into())]),
                };
                [played, alike, left_out].join(" ")
            }
        }
    }
}

/// Reads what was chosen.
pub fn read(chosen: Chosen) -> Result<Recording, Told> {
    Recording::read(&chosen.unwrap_or_default()).map_err(Told::Unreadable)
}

/// What came of it, at the end of the lab's world.
pub fn played(recording: &Recording, lab: &Lab) -> Told {
    let difference = lab.view().with(|trace| recording.difference(trace));
    let difference = difference.map(|found| {
        let line = found.recorded.unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        (found.connection.0 + 1, line.chars().take(LONGEST).collect())
    });
    Told::Played { connections: recording.connections(), left_out: recording.left_out, difference }
}

//! Whether the world answered as the server did.

use super::Recording;
use crate::trace::{ConnectionId, Event, Trace};

/// The first answer that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// On which connection of the world.
    pub connection: ConnectionId,
    /// What the server said there, without its line end; none if it said nothing more.
    pub recorded: Option<Vec<u8>>,
    /// The record of what the world's server said instead; none if it said nothing more.
    pub here: Option<u32>,
}

impl Recording {
    /// Where the trace of the world in which it was played departs from it, if it does. A client whose line broke may
    /// have heard less than was said.
    pub fn difference(&self, trace: &Trace) -> Option<Difference> {
        let mut heard: Vec<Vec<(u32, &[u8])>> = vec![Vec::new(); self.answers.len()];
        for row in trace.rows(trace.len()) {
            let record = &trace.records()[*row as usize];
            if let (Event::ServerLine { octets, .. }, Some(id)) = (&record.event, record.connection)
                && let Some(heard) = heard.get_mut(id.0 as usize)
            {
                heard.push((*row, octets));
            }
        }
        let differs = |(number, heard): (usize, &Vec<(u32, &[u8])>)| {
            let answers = &self.answers[number];
            let mut said = answers.octets.split_inclusive(|octet| *octet == b'\n');
            let mut heard = heard.iter();
            loop {
                let (recorded, here) = (said.next(), heard.next());
                // Where the line broke, the rest of this one is in no record.
                let recorded = recorded.filter(|line| !answers.lost || line.ends_with(b"\n"));
                let recorded = recorded.map(|line| line.strip_suffix(b"\r\n").unwrap_or(line));
                if recorded == here.map(|(_, line)| *line) {
                    recorded?;
                    continue;
                }
                if answers.lost && (recorded.is_none() || here.is_none()) {
                    return None;
                }
                return Some(Difference {
                    connection: ConnectionId(number as u32),
                    recorded: recorded.map(<[u8]>::to_vec),
                    here: here.map(|(row, _)| *row),
                });
            }
        };
        heard.iter().enumerate().find_map(differs)
    }
}

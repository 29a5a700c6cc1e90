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
        let mut said: Vec<_> = self
            .answers
            .iter()
            .map(|answers| answers.octets.split_inclusive(|octet| *octet == b'\n'))
            .collect();
        for row in trace.rows(trace.len()) {
            let record = &trace.records()[*row as usize];
            let (Event::ServerLine { octets, .. }, Some(id)) = (&record.event, record.connection) else {
                continue;
            };
            let Some(said) = said.get_mut(id.0 as usize) else { continue };
            let recorded = self.whole(id, said.next());
            let beyond = recorded.is_none() && self.is_lost(id);
            if recorded != Some(&octets[..]) && !beyond {
                return Some(Difference {
                    connection: id,
                    recorded: recorded.map(<[u8]>::to_vec),
                    here: Some(*row),
                });
            }
        }
        said.into_iter().enumerate().find_map(|(number, mut said)| {
            let connection = ConnectionId(number as u32);
            let recorded = self.whole(connection, said.next()).filter(|_| !self.is_lost(connection))?;
            Some(Difference { connection, recorded: Some(recorded.to_vec()), here: None })
        })
    }

    /// A line of the recording without its end. Where the line broke, the rest of this one is in no record.
    fn whole<'l>(&self, connection: ConnectionId, line: Option<&'l [u8]>) -> Option<&'l [u8]> {
        let line = line.filter(|line| !self.is_lost(connection) || line.ends_with(b"\n"))?;
        Some(line.strip_suffix(b"\r\n").unwrap_or(line))
    }

    fn is_lost(&self, connection: ConnectionId) -> bool {
        self.answers[connection.0 as usize].lost
    }
}

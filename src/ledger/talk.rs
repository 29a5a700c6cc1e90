//! What both ends say, in order: lines at first, or TLS, which is recognised by its records. No port number
//! counts here.
//!
//! ```text
//!   client   STLS ␍␊         16 03 01 …  ─▶ TLS where a record begins: at the very beginning, or after STLS
//!   server         +OK ␍␊               16 03 03 …  ─▶ TLS once the client's is, and every answer is out
//! ```

use super::dialogue::Dialogue;
use super::fact::Fact;
use super::handshake::Handshake;
use super::lines::Lines;
use super::records::{self, Records};

/// The two ends and what is known of both.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    client: Voice,
    server: Voice,
    dialogue: Dialogue,
    handshake: Handshake,
}

/// One end.
#[derive(Clone, Debug, Default)]
struct Voice {
    lines: Lines,
    /// Whether a line was begun.
    spoke: bool,
    /// The first octets of what may be a record and may be a line.
    opening: Vec<u8>,
    /// Set once it is TLS.
    records: Option<Records>,
}

impl Talk {
    /// Hears the next octets of one end. False if there is too much to keep in mind.
    pub fn hear(&mut self, from_client: bool, mut octets: &[u8], facts: &mut Vec<Fact>) -> bool {
        while let Some((first, rest)) = octets.split_first() {
            let may_turn = self.may_turn(from_client);
            let voice = self.voice(from_client);
            if voice.records.is_some() {
                self.sealed(from_client, octets, facts);
                return true;
            }
            if !may_turn {
                if !self.line(from_client, &mut octets, facts) {
                    return false;
                }
                continue;
            }
            voice.opening.push(*first);
            octets = rest;
            let Some(turns) = records::begins(&voice.opening) else { continue };
            let opening = std::mem::take(&mut voice.opening);
            if turns {
                voice.records = Some(Records::default());
                self.sealed(from_client, &opening, facts);
            } else if !self.line(from_client, &mut &opening[..], facts) {
                return false;
            }
        }
        true
    }

    /// Nothing more comes.
    pub fn end(&mut self, facts: &mut Vec<Fact>) {
        self.dialogue.end(facts);
    }

    fn voice(&mut self, from_client: bool) -> &mut Voice {
        if from_client { &mut self.client } else { &mut self.server }
    }

    /// Whether TLS may begin with the next octet, or with those that have opened already.
    fn may_turn(&self, from_client: bool) -> bool {
        let voice = if from_client { &self.client } else { &self.server };
        let later = match from_client {
            true => self.dialogue.client_may_turn(),
            false => self.client.records.is_some() && self.dialogue.server_may_turn(),
        };
        voice.lines.is_at_start() && (!voice.spoke || later)
    }

    /// Reads lines up to the end of one, or up to the end of the octets.
    fn line(&mut self, from_client: bool, octets: &mut &[u8], facts: &mut Vec<Fact>) -> bool {
        let voice = self.voice(from_client);
        voice.spoke = true;
        let Some(line) = voice.lines.next(octets) else { return true };
        if from_client {
            return self.dialogue.client(&line, facts);
        }
        self.dialogue.server(line, facts);
        true
    }

    fn sealed(&mut self, from_client: bool, mut octets: &[u8], facts: &mut Vec<Fact>) {
        let voice = if from_client { &mut self.client } else { &mut self.server };
        let Some(records) = &mut voice.records else { return };
        while let Some(found) = records.next(&mut octets) {
            if self.handshake.found(from_client, found, facts) {
                records.seal();
            }
        }
    }
}

//! Sends a message piece by piece, as whoever takes it has room.

use crate::mail::Message;

/// A message, or the first part of one, on its way out.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) message: Message,
    pub(super) at: usize,
    pub(super) end: usize,
}

/// The octets of a message that are stuffed at one go.
const CHUNK: usize = 8 * 1024;

impl Body {
    /// The next octets, byte-stuffed: a dot at the start of a line is doubled, and the first octet of
    /// the message is the start of a line as well (RFC 1939 section 3). The last chunk ends the answer.
    pub(super) fn next_chunk(&mut self) -> Vec<u8> {
        let octets = self.message.octets();
        let until = self.end.min(self.at + CHUNK);
        let mut out = Vec::with_capacity(until - self.at + 64);
        // What stands between two stuffed dots is copied as a whole.
        let mut copied = self.at;
        for at in self.at..until {
            if octets[at] == b'.' && (at == 0 || octets[at - 1] == b'\n') {
                out.extend_from_slice(&octets[copied..at]);
                out.push(b'.');
                copied = at;
            }
        }
        out.extend_from_slice(&octets[copied..until]);
        self.at = until;
        if until == self.end {
            out.extend_from_slice(b".\r\n");
        }
        out
    }
}

//! One direction of TLS: cuts the stream into records, and the handshake in them into messages. What is
//! encrypted it counts and forgets. It holds no more than the fragment of a record and [`LONGEST_MESSAGE`]
//! octets of a handshake.

use crate::dissect::tls::{ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE};

/// Most octets of a handshake message that is read: a chain of certificates is a few thousand.
pub const LONGEST_MESSAGE: usize = 1 << 16;

/// The octets of a record's header (RFC 8446 section 5.1), and of a handshake message's (section 4).
const HEADER: usize = 5;
const MESSAGE_HEADER: usize = 4;

/// The most octets of a fragment: RFC 5246 section 6.2.3; RFC 8446 has less.
const LONGEST: usize = (1 << 14) + 2048;

/// The records of one end.
#[derive(Clone, Debug, Default)]
pub struct Records {
    header: Vec<u8>,
    /// What of the record under way is still to come.
    missing: usize,
    /// What has come of it, if it is in the clear.
    fragment: Vec<u8>,
    /// The handshake in the clear, of which the first octets may have been read.
    handshake: Vec<u8>,
    /// How many.
    read: usize,
    /// The end has changed to its keys: everything is encrypted from here, whatever its type (TLS 1.2).
    sealed: bool,
    /// What came was no record: nothing is read any more.
    broken: bool,
}

/// What is found in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A whole handshake message in the clear, header included.
    Message(Vec<u8>),
    /// The content of an alert in the clear.
    Alert(Vec<u8>),
    /// The end changes to its keys, if there are any.
    ChangeCipherSpec,
    /// A record that is encrypted, by the type and the length that its header says.
    Sealed(u8, u32),
}

/// Whether a stream that begins like this can be TLS; `None` while it can still be either. A first record
/// is part of a handshake or an alert, and says version 3.0 to 3.4.
pub fn begins(octets: &[u8]) -> Option<bool> {
    let fits = [
        octets.first().map(|kind| [ALERT, HANDSHAKE].contains(kind)),
        octets.get(1).map(|major| *major == 3),
        octets.get(2).map(|minor| *minor <= 4),
    ];
    if fits.contains(&Some(false)) { Some(false) } else { fits[2] }
}

impl Records {
    /// Everything is encrypted from the next record on.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// Reads up to the next thing that is found, and steps over what it read; none if that is not there yet.
    pub fn next(&mut self, octets: &mut &[u8]) -> Option<Found> {
        loop {
            if let Some(message) = self.message() {
                return Some(Found::Message(message));
            }
            if self.broken || octets.is_empty() {
                *octets = &[];
                return None;
            }
            if self.header.len() < HEADER {
                take(octets, HEADER - self.header.len(), |read| self.header.extend(read));
                if self.header.len() < HEADER {
                    return None;
                }
                self.missing = usize::from(u16::from_be_bytes([self.header[3], self.header[4]]));
                let known = (CHANGE_CIPHER_SPEC..=APPLICATION_DATA).contains(&self.header[0]);
                self.broken = !known || self.header[1] != 3 || self.missing > LONGEST;
                if self.broken {
                    continue;
                }
            }
            let keeps = !self.sealed && matches!(self.header[0], HANDSHAKE | ALERT);
            self.missing -= take(octets, self.missing, |read| {
                if keeps {
                    self.fragment.extend(read);
                }
            });
            if self.missing == 0
                && let Some(found) = self.record()
            {
                return Some(found);
            }
        }
    }

    /// A record is there as a whole.
    fn record(&mut self) -> Option<Found> {
        let header = std::mem::take(&mut self.header);
        let fragment = std::mem::take(&mut self.fragment);
        let octets = u32::from(u16::from_be_bytes([header[3], header[4]]));
        match header[0] {
            CHANGE_CIPHER_SPEC => Some(Found::ChangeCipherSpec),
            HANDSHAKE if !self.sealed => {
                self.handshake.extend(fragment);
                None
            }
            ALERT if !self.sealed => Some(Found::Alert(fragment)),
            kind => Some(Found::Sealed(kind, octets)),
        }
    }

    /// The next handshake message, which can begin and end anywhere in records (RFC 8446 section 5.1).
    fn message(&mut self) -> Option<Vec<u8>> {
        let unread = &self.handshake[self.read..];
        let length = unread.first_chunk::<MESSAGE_HEADER>().map(|header| u32::from_be_bytes(*header));
        let end = length.map(|length| MESSAGE_HEADER + (length & 0x00ff_ffff) as usize);
        self.broken |= end.is_some_and(|end| end > LONGEST_MESSAGE);
        let message = end.filter(|_| !self.broken).and_then(|end| unread.get(..end)).map(<[u8]>::to_vec);
        match &message {
            Some(message) => self.read += message.len(),
            None => {
                self.handshake.drain(..self.read);
                self.read = 0;
            }
        }
        message
    }
}

/// Takes at most this many octets off the front, and tells how many.
fn take(octets: &mut &[u8], most: usize, to: impl FnOnce(&[u8])) -> usize {
    let (read, rest) = octets.split_at(most.min(octets.len()));
    *octets = rest;
    to(read);
    read.len()
}

//! Records as they stand on the wire (RFC 8446 section 5.1), and where one ends and the next begins. It
//! knows no keys.

use serde::{Deserialize, Serialize};

/// What a record carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContentType {
    /// 20: the octet that says that what follows is encrypted (TLS 1.2), or nothing at all (TLS 1.3).
    ChangeCipherSpec,
    /// 21: an error, or the end.
    Alert,
    /// 22: messages of the handshake.
    Handshake,
    /// 23: what the programs say to each other.
    ApplicationData,
    /// Any other number.
    Other(u8),
}

impl From<u8> for ContentType {
    fn from(number: u8) -> ContentType {
        match number {
            20 => ContentType::ChangeCipherSpec,
            21 => ContentType::Alert,
            22 => ContentType::Handshake,
            23 => ContentType::ApplicationData,
            other => ContentType::Other(other),
        }
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What it really carries: for an encrypted record of TLS 1.3 the type inside, if it could be read.
    pub kind: ContentType,
    /// As on the wire, with its header of five octets.
    pub octets: Vec<u8>,
    /// Its content, if it was encrypted and could be read.
    pub plain: Option<Vec<u8>>,
}

/// Octets of the header: type, version, length.
pub(super) const HEADER: usize = 5;

/// The most octets after the header: 2^14, and what encryption may add in TLS 1.2 (RFC 5246 section 6.2.3).
const LONGEST: usize = (1 << 14) + 2048;

impl Record {
    /// A record that nothing is known about but its octets.
    pub(super) fn bare(octets: Vec<u8>) -> Record {
        let kind = ContentType::from(octets.first().copied().unwrap_or_default());
        Record { kind, octets, plain: None }
    }

    /// What it carries, as far as it can be read.
    pub fn content(&self) -> &[u8] {
        self.plain.as_deref().unwrap_or_else(|| self.octets.get(HEADER..).unwrap_or_default())
    }
}

/// Cuts a stream into records.
#[derive(Default)]
pub(super) struct Records {
    waiting: Vec<u8>,
}

impl Records {
    pub fn receive(&mut self, octets: &[u8]) {
        self.waiting.extend_from_slice(octets);
    }

    /// The octets of the next record that has arrived whole. A header that cannot be one of TLS comes
    /// alone: nothing that follows it says where it would end.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        let length = match self.waiting[..] {
            [kind, major, _, high, low, ..] => length(kind, major, [high, low]).unwrap_or(0),
            _ => return None,
        };
        let rest = self.waiting.get(HEADER + length..)?.to_vec();
        let mut record = std::mem::replace(&mut self.waiting, rest);
        record.truncate(HEADER + length);
        Some(record)
    }

    pub fn clear(&mut self) {
        self.waiting.clear();
    }
}

/// The length that a header gives; `None` if it is none of TLS.
fn length(kind: u8, major: u8, length: [u8; 2]) -> Option<usize> {
    let length = usize::from(u16::from_be_bytes(length));
    ((20..=24).contains(&kind) && major == 3 && length <= LONGEST).then_some(length)
}

/// Whether octets begin as a record of TLS does.
pub(super) fn is_tls(header: &[u8]) -> bool {
    matches!(*header, [kind, major, _, high, low, ..] if length(kind, major, [high, low]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn cut(stream: &[u8], step: usize) -> Vec<Vec<u8>> {
        let mut records = Records::default();
        let mut found = Vec::new();
        for piece in stream.chunks(step) {
            records.receive(piece);
            found.extend(std::iter::from_fn(|| records.next()));
        }
        found
    }

    #[test]
    fn any_split_cuts_the_same_records() {
        let stream = [21, 3, 3, 0, 2, 1, 0, 23, 3, 3, 0, 0, 22, 3, 1, 0, 1, 9, 23, 3, 3];
        let expected = [&stream[..7], &stream[7..12], &stream[12..18]];
        for step in 1..=stream.len() {
            assert_eq!(cut(&stream, step), expected, "pieces of {step}");
        }
    }

    #[test]
    fn what_is_no_header_comes_alone() {
        for junk in [*b"+OK POP3", *b"\x16\x03\x03\xff\xffabc", *b"\x16\x02\x00\x00\x01abc"] {
            assert!(!is_tls(&junk));
            assert_eq!(cut(&junk, 3)[0], junk[..5]);
        }
    }
}

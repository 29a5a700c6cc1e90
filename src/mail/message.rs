//! A message as exact octets, in the form in which POP3 sends it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One message. Its octets are what RETR delivers after byte-stuffing is undone: every line ends in
/// CRLF, the last one included (RFC 1939 section 11; requirements POP-1939-76 to 83).
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    octets: Arc<[u8]>,
}

impl Message {
    /// Takes a message as it was stored. A bare LF becomes CRLF and a missing final CRLF is added,
    /// since that is what goes over the wire and what sizes must count; a bare CR and NUL stay.
    pub fn new(stored: &[u8]) -> Message {
        let mut octets = Vec::with_capacity(stored.len() + 2);
        for line in stored.split_inclusive(|octet| *octet == b'\n') {
            match line {
                [.., b'\r', b'\n'] => octets.extend_from_slice(line),
                [text @ .., b'\n'] => {
                    octets.extend_from_slice(text);
                    octets.extend_from_slice(b"\r\n");
                }
                text => octets.extend_from_slice(text),
            }
        }
        if !octets.is_empty() && !octets.ends_with(b"\r\n") {
            octets.extend_from_slice(b"\r\n");
        }
        Message { octets: octets.into() }
    }

    /// The octets as sent, before byte-stuffing.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The same octets, for whoever keeps them longer than the message.
    pub fn share(&self) -> Arc<[u8]> {
        Arc::clone(&self.octets)
    }

    /// The size in octets that STAT and LIST report. Stuffed dots are not counted.
    pub fn size(&self) -> u64 {
        self.octets.len() as u64
    }

    /// Where TOP with `lines` body lines ends: the headers, the blank line, and that many lines.
    /// A message without a blank line is all header (ambiguity A10).
    pub fn top(&self, lines: u64) -> Range<usize> {
        let mut end = self.header_end();
        for _ in 0..lines {
            match self.line_end(end) {
                Some(next) => end = next,
                None => break,
            }
        }
        0..end
    }

    /// The offset just after the blank line that ends the header, or the whole length.
    pub fn header_end(&self) -> usize {
        let mut start = 0;
        while let Some(end) = self.line_end(start) {
            if end - start == 2 {
                return end;
            }
            start = end;
        }
        self.octets.len()
    }

    /// Whether the header is in UTF-8 beyond ASCII (RFC 6532). Octets that are no UTF-8 are what old programs
    /// wrote, and do not count.
    pub fn has_utf8_header(&self) -> bool {
        let header = &self.octets[..self.header_end()];
        !header.is_ascii() && std::str::from_utf8(header).is_ok()
    }

    /// The offset just after the CRLF of the line that starts at `start`; none at the end.
    pub fn line_end(&self, start: usize) -> Option<usize> {
        let rest = self.octets.get(start..)?;
        let lf = rest.iter().position(|&octet| octet == b'\n')?;
        Some(start + lf + 1)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({} octets)", self.octets.len())
    }
}

/// A unique-id: 1 to 70 octets in 0x21-0x7E (RFC 1939 section 7, UIDL).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uid(Arc<str>);

impl Uid {
    /// A unique-id with this text, or none if RFC 1939 does not allow it.
    pub fn new(text: &str) -> Option<Uid> {
        let fits = (1..=70).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_graphic());
        fits.then(|| Uid(text.into()))
    }

    /// The text that UIDL prints.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Uid {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Uid, Self::Error> {
        Uid::new(&text).ok_or("a unique-id has 1 to 70 octets in 0x21-0x7E")
    }
}

impl From<Uid> for String {
    fn from(uid: Uid) -> String {
        uid.0.as_ref().into()
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn bare_lf_becomes_crlf_and_bare_cr_stays() {
        assert_eq!(Message::new(b"a\nb\rc\r\n").octets(), b"a\r\nb\rc\r\n");
    }

    #[test]
    fn a_missing_final_crlf_is_added_and_counted() {
        let message = Message::new(b"a: b\r\n\r\n.");
        assert_eq!(message.octets(), b"a: b\r\n\r\n.\r\n");
        assert_eq!(message.size(), 11);
    }

    #[test]
    fn an_empty_message_stays_empty() {
        assert_eq!(Message::new(b"").size(), 0);
    }

    #[test]
    fn top_counts_blank_lines_and_never_passes_the_end() {
        let message = Message::new(b"h: 1\r\n\r\n\r\nx\r\n");
        assert_eq!(message.top(0), 0..8);
        assert_eq!(message.top(1), 0..10);
        assert_eq!(message.top(2), 0..13);
        assert_eq!(message.top(u64::MAX), 0..13);
    }

    #[test]
    fn a_message_without_a_blank_line_is_all_header() {
        let message = Message::new(b"h: 1\r\nno end");
        assert_eq!(message.top(0), 0..message.octets().len());
    }

    #[test]
    fn a_unique_id_has_one_to_seventy_graphic_octets() {
        assert!(Uid::new(&"~".repeat(70)).is_some());
        assert!(Uid::new(&"~".repeat(71)).is_none());
        assert!(Uid::new("").is_none());
        assert!(Uid::new("a b").is_none());
        assert!(Uid::new("é").is_none());
    }
}

//! The tree of parts of a message (RFC 2046). A message within a message is one part, not opened.

use super::parameters::Parameters;
use super::{Decoder, Flaw, transfer};
use crate::mail::header;
use std::borrow::Cow;

/// Parts within parts are read this deep.
pub const DEEPEST: usize = 8;

/// More parts than this of one message are not read.
pub const MOST: usize = 200;

/// A message, or a part of one.
pub struct Part<'a> {
    header: &'a [u8],
    body: &'a [u8],
    /// Its type, such as `text/plain`, with the parameters.
    pub kind: Parameters,
    /// Its parts, if it is a multipart that could be read.
    pub parts: Vec<Part<'a>>,
    /// What is wrong with how it is put together.
    pub flaw: Option<Flaw>,
}

impl<'a> Part<'a> {
    /// Reads a message. Its lines end in CRLF.
    pub fn read(octets: &'a [u8]) -> Part<'a> {
        let mut left = MOST;
        read(octets, "text/plain", DEEPEST, &mut left)
    }

    /// The value of the first field called `name`, unfolded and not decoded.
    pub fn field(&self, name: &str) -> Option<Vec<u8>> {
        header::field(self.header, name)
    }

    /// The octets of the body without their transfer encoding.
    pub fn octets(&self) -> (Cow<'a, [u8]>, Option<Flaw>) {
        let encoding = self.field("Content-Transfer-Encoding").unwrap_or_default();
        // Some write a comment behind it, as they may.
        let encoding = encoding.split(|octet| matches!(octet, b' ' | b';' | b'(')).next().unwrap_or_default();
        transfer::decode(&String::from_utf8_lossy(encoding), self.body)
    }

    /// The body as text, and everything that is wrong with it.
    pub fn text(&self, decoder: Decoder<'_>) -> (String, Vec<Flaw>) {
        let (octets, flaw) = self.octets();
        let charset = self.kind.get("charset").map(|name| String::from_utf8_lossy(name).to_ascii_lowercase());
        let utf_8 = || String::from_utf8_lossy(&octets).into_owned();
        let (text, charset_flaw) = match charset.as_deref() {
            // A browser would read this as windows-1252; today what is not ASCII is more often UTF-8.
            Some("us-ascii") => (utf_8(), (!octets.is_ascii()).then_some(Flaw::Text)),
            None | Some("utf-8") => (utf_8(), std::str::from_utf8(&octets).is_err().then_some(Flaw::Text)),
            Some(charset) => match decoder(charset, &octets) {
                Some(text) => {
                    let broken = text.contains(char::REPLACEMENT_CHARACTER);
                    (text, broken.then_some(Flaw::Text))
                }
                None => (utf_8(), Some(Flaw::Charset(charset.to_owned()))),
            },
        };
        (text, flaw.into_iter().chain(charset_flaw).collect())
    }

    /// How it says that it is to be shown: `inline` or `attachment`, with the parameters.
    pub fn disposition(&self) -> Parameters {
        Parameters::read(&self.field("Content-Disposition").unwrap_or_default())
    }

    /// Under which name its sender would have it kept.
    pub fn file_name(&self, decoder: Decoder<'_>) -> Option<String> {
        // RFC 2046 section 4.5.1: `name` is the older place.
        self.disposition().text("filename", decoder).or_else(|| self.kind.text("name", decoder))
    }
}

/// Reads a part whose type is `kind` unless it says otherwise; `left` is how many parts may follow.
fn read<'a>(octets: &'a [u8], kind: &str, depth: usize, left: &mut usize) -> Part<'a> {
    let mut end = 0;
    for line in octets.split_inclusive(|&octet| octet == b'\n') {
        end += line.len();
        if line == b"\r\n" {
            break;
        }
    }
    let (header, body) = octets.split_at(end);
    let named = header::field(header, "Content-Type").map(|field| Parameters::read(&field));
    // RFC 2045 section 5.2: a type that cannot be read is that of plain text.
    let kind = match named {
        Some(mut named) => {
            if !named.value.contains('/') {
                named.value = "text/plain".into();
            }
            named
        }
        None => Parameters::read(kind.as_bytes()),
    };
    let mut part = Part { header, body, kind, parts: Vec::new(), flaw: None };
    let Some(sort) = part.kind.value.strip_prefix("multipart/") else { return part };
    // RFC 2046 section 5.1.5.
    let inner = if sort == "digest" { "message/rfc822" } else { "text/plain" };
    if depth == 0 {
        part.flaw = Some(Flaw::Limit);
        return part;
    }
    let boundary = part.kind.get("boundary").filter(|boundary| !boundary.is_empty());
    let (pieces, closed) = boundary.map_or((Vec::new(), false), |boundary| split(body, boundary, *left));
    if !closed {
        part.flaw = Some(if pieces.len() < *left { Flaw::Boundary } else { Flaw::Limit });
    }
    *left -= pieces.len();
    part.parts = pieces.into_iter().map(|piece| read(piece, inner, depth - 1, left)).collect();
    if part.parts.is_empty() {
        // Without parts it is shown as it stands.
        part.kind.value = "text/plain".into();
    }
    part
}

/// The pieces between the lines of the boundary, at most so many, and whether the last of those was there.
fn split<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> (Vec<&'a [u8]>, bool) {
    let mut pieces = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|&octet| octet == b'\n') {
        let after = line.trim_ascii_end().strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(after @ (b"" | b"--")) = after {
            if let Some(start) = start {
                if pieces.len() == most {
                    return (pieces, false);
                }
                // RFC 2046 section 5.1.1: the end of the line before belongs to the boundary.
                let end = if body[start..at].ends_with(b"\r\n") { at - 2 } else { at };
                pieces.push(&body[start..end]);
            }
            if !after.is_empty() {
                return (pieces, true);
            }
            start = Some(at + line.len());
        }
        at += line.len();
    }
    if let Some(start) = start.filter(|_| pieces.len() < most) {
        pieces.push(&body[start..]);
    }
    (pieces, false)
}

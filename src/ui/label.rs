//! What stands on a card: what everybody on the path can read of a segment, and in another voice what is
//! inside, which the two ends alone can read.

use super::stream::{Part, Streams, message_end};
use super::tls_words::alert;
use super::visible::plain;
use crate::dissect::{Segment, segment};
use crate::i18n::{Words, id};
use crate::tls::ContentType;
use std::ops::Range;

/// The header of a record: type, version, length (RFC 8446 section 5.1).
const HEADER: usize = 5;

/// What stands on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// What can be seen on the path, in the order in which it stands in the segment.
    pub faces: Vec<Face>,
    /// What is in the sealed ones among these; empty if nothing is sealed.
    pub inside: String,
    /// Whether the first sealed record of this end begins here: the seal is pressed.
    pub pressed: bool,
    /// Whether it carries data.
    pub carries: bool,
    /// Whether any of that is TLS.
    pub tls: bool,
}

/// Something that can be seen on the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// It can be read: lines, control bits, messages of the handshake by name.
    Open(String),
    /// It is sealed.
    Sealed {
        /// How many octets of it are in this segment, what stands around them included.
        octets: u64,
    },
}

impl Face {
    /// In words.
    pub fn said(&self, words: Words) -> String {
        match self {
            Face::Open(text) => text.clone(),
            Face::Sealed { octets } => words.with(id::WIRE_ENVELOPE, &[("count", (*octets).into())]),
        }
    }
}

/// What stands on the card of the frame that this record of the trace sent, with at most so many letters of
/// each line.
pub fn label(streams: &mut Streams<'_>, sent: u32, frame: &[u8], most: usize) -> Label {
    match segment(frame) {
        Some(segment) => read(streams, sent, frame, &segment, most),
        None => Label { faces: vec![Face::Open("IPv4".into())], ..Label::default() },
    }
}

/// The same for a frame in which the segment has been found already.
pub(super) fn read(
    streams: &mut Streams<'_>,
    sent: u32,
    frame: &[u8],
    segment: &Segment,
    most: usize,
) -> Label {
    let data = &frame[segment.data.clone()];
    if data.is_empty() {
        let bits = segment.flags.names().collect::<Vec<_>>().join(" ");
        return Label { faces: vec![Face::Open(bits)], ..Label::default() };
    }
    let mut label = Label { carries: true, ..Label::default() };
    let mut inside: Vec<String> = Vec::new();
    let mut at = 0;
    for part in streams.parts(sent, segment) {
        label.tls = true;
        label.lines(&data[at..part.span.start], most);
        at = part.span.end;
        let said = said(streams, &part, most);
        if part.sealed.encrypted {
            label.seal(part.span.len() as u64);
            label.pressed |= part.from == 0 && streams.is_first_sealed(&part);
            inside.extend(said);
        } else {
            label.faces.extend(said.into_iter().map(Face::Open));
        }
    }
    label.lines(&data[at..], most);
    label.inside = inside.join(" · ");
    label
}

impl Label {
    /// Whether anything on it is sealed.
    pub fn is_sealed(&self) -> bool {
        self.faces.iter().any(|face| matches!(face, Face::Sealed { .. }))
    }

    /// What can be read on it, if that is one thing.
    pub fn open_text(&self) -> Option<&str> {
        match &self.faces[..] {
            [Face::Open(text)] => Some(text),
            _ => None,
        }
    }

    /// What can be seen on the path, in words.
    pub fn said(&self, words: Words) -> String {
        self.faces.iter().map(|face| face.said(words)).collect::<Vec<_>>().join(" · ")
    }

    /// What can be read on it, if nothing is sealed.
    #[cfg(test)]
    pub fn open(&self) -> String {
        let face = |face: &Face| match face {
            Face::Open(text) => text.clone(),
            Face::Sealed { octets } => format!("[{octets}]"),
        };
        self.faces.iter().map(face).collect::<Vec<_>>().join(" · ")
    }

    fn lines(&mut self, octets: &[u8], most: usize) {
        if !octets.is_empty() {
            self.faces.push(Face::Open(lines(octets, most)));
        }
    }

    /// One more record that is sealed, or a part of one: whoever looks from outside sees how many octets.
    fn seal(&mut self, more: u64) {
        match self.faces.last_mut() {
            Some(Face::Sealed { octets }) => *octets += more,
            _ => self.faces.push(Face::Sealed { octets: more }),
        }
    }
}

/// The first of some lines, and how many follow it.
fn lines(octets: &[u8], most: usize) -> String {
    let ends = octets.iter().filter(|octet| **octet == b'\n').count();
    let first = octets.split(|octet| *octet == b'\n').next().unwrap_or(octets);
    let text = plain(first.strip_suffix(b"\r").unwrap_or(first), most);
    let more = if octets.ends_with(b"\n") { ends - 1 } else { ends };
    if more > 0 { format!("{text} +{more}") } else { text }
}

/// What a part of a record says, in short.
fn said(streams: &Streams<'_>, part: &Part<'_>, most: usize) -> Vec<String> {
    let (sealed, content) = (part.sealed, content_of(streams, part));
    match sealed.kind {
        ContentType::ChangeCipherSpec => vec!["ChangeCipherSpec".into()],
        ContentType::Alert => match sealed.content[..] {
            [_, number] => vec![format!("Alert {}", alert(number))],
            _ => vec!["Alert".into()],
        },
        ContentType::Handshake => messages(part, content),
        // Of a record that goes on here and ends elsewhere there may be nothing but what stands around it.
        ContentType::ApplicationData if content.is_empty() => vec![],
        ContentType::ApplicationData => vec![lines(&sealed.content[content], most)],
        ContentType::Other(number) => vec![format!("TLS {number}")],
    }
}

/// The messages of the handshake of which octets are in a part; "…" where one began before or goes on after.
fn messages(part: &Part<'_>, content: Range<usize>) -> Vec<String> {
    let sealed = part.sealed;
    let all = &sealed.content;
    let mut names = Vec::new();
    let mut at = 0;
    for message in &sealed.messages {
        let end = message_end(all, at).unwrap_or(all.len()).min(all.len());
        if at < content.end && end > content.start {
            let before = if at < content.start { "… " } else { "" };
            let after = if end > content.end { " …" } else { "" };
            names.push(format!("{before}{message}{after}"));
        }
        at = end;
    }
    if at < content.end {
        names.push("…".into());
    }
    names
}

/// Which octets of what a record carries are in a part of it. The ciphers of today keep the place of each
/// octet: behind the header, and behind an explicit nonce where there is one.
pub(super) fn content_of(streams: &Streams<'_>, part: &Part<'_>) -> Range<usize> {
    let nonce = match part.sealed.encrypted {
        true => streams.seal(part).nonce,
        false => 0,
    };
    let most = part.sealed.content.len();
    let place = |at: usize| at.saturating_sub(HEADER + nonce).min(most);
    place(part.from)..place(part.from + part.span.len())
}

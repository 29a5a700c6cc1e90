//! Answers of several lines, up to the single dot (RFC 1939 section 3).

use super::command::{number, word};
use super::fact::Fact;
use super::letter::Reading;
use super::lines::{Line, text};

/// Most lines that are kept of an answer that is a list.
pub const LONGEST_LIST: usize = 16_384;

/// Most octets of a unique-id (RFC 1939 section 7).
const LONGEST_ID: usize = 70;

/// An answer under way.
#[derive(Clone, Debug)]
pub enum Answer {
    Capabilities(Vec<String>),
    Sizes(Vec<(u32, u64)>),
    UniqueIds(Vec<(u32, String)>),
    Letter(Reading),
    /// One that tells nothing that is written down.
    Skipped,
}

impl Answer {
    /// Reads a line of it; byte-stuffing stands still. True if that was the last.
    pub fn line(&mut self, mut line: Line) -> bool {
        if line.kept.first() == Some(&b'.') {
            line.kept.remove(0);
            line.octets -= 1;
            if line.kept.is_empty() && line.octets <= 2 {
                return true;
            }
        }
        match self {
            Answer::Capabilities(list) => push(list, Some(text(&line.kept))),
            Answer::Sizes(list) => push(list, size(&line.kept)),
            Answer::UniqueIds(list) => push(list, unique_id(&line.kept)),
            Answer::Letter(reading) => reading.line(&line),
            Answer::Skipped => {}
        }
        false
    }

    /// What it told, which is less if it never came to its end.
    pub fn finish(self, complete: bool) -> Option<Fact> {
        match self {
            Answer::Capabilities(list) => Some(Fact::Capabilities(list)),
            Answer::Sizes(list) => Some(Fact::Sizes(list)),
            Answer::UniqueIds(list) => Some(Fact::UniqueIds(list)),
            Answer::Letter(reading) => Some(Fact::Message(reading.finish(complete))),
            Answer::Skipped => None,
        }
    }
}

fn push<T>(list: &mut Vec<T>, of: Option<T>) {
    if list.len() < LONGEST_LIST {
        list.extend(of);
    }
}

/// A scan listing (RFC 1939 section 5, LIST): number and octets.
pub fn size(line: &[u8]) -> Option<(u32, u64)> {
    let (message, rest) = word(line);
    Some((number(message)?, number(word(rest).0)?))
}

/// A unique-id listing (RFC 1939 section 7, UIDL): number and unique-id.
pub fn unique_id(line: &[u8]) -> Option<(u32, String)> {
    let (message, id) = word(line);
    Some((number(message)?, text(&id[..id.len().min(LONGEST_ID)])))
}

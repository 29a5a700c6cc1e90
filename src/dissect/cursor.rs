//! Reads a field and names it in one go, so that a note cannot drift from its octets.
//!
//! ```text
//!   45 00 00 34 19 3a 40 00 40 06 …
//!   └─ noted ───┘▲ cursor        ▲ end of what may be read
//! ```
//!
//! Whatever is stepped over is noted: there is no way forward that leaves an octet without a name. A
//! field that is cut short is noted as [`Field::Truncated`] and gives `None`, so `?` ends the reading.

use super::{Field, Note, Value};
use std::ops::Range;

/// A place in a frame, and the notes on what was read before it.
#[derive(Debug)]
pub struct Cursor<'a> {
    frame: &'a [u8],
    at: usize,
    /// Where the header, the options or the packet under way ends.
    end: usize,
    depth: u8,
    notes: Vec<Note>,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a frame.
    pub fn new(frame: &'a [u8]) -> Cursor<'a> {
        Cursor { frame, at: 0, end: frame.len(), depth: 0, notes: Vec::new() }
    }

    /// The notes so far: a group before its parts, everything else in the order of the octets.
    pub fn into_notes(self) -> Vec<Note> {
        self.notes
    }

    /// What may still be read, from the cursor on.
    pub fn unread(&self) -> &'a [u8] {
        &self.frame[self.unread_span()]
    }

    /// Where in the frame that is.
    pub fn unread_span(&self) -> Range<usize> {
        self.at..self.end
    }

    /// Reads one octet.
    pub fn u8(&mut self, field: Field, value: impl FnOnce(u8) -> Value) -> Option<u8> {
        self.array(field, |[octet]| value(octet)).map(|[octet]| octet)
    }

    /// Reads two octets, the first of which counts more: so do all numbers of IP and TCP.
    pub fn u16(&mut self, field: Field, value: impl FnOnce(u16) -> Value) -> Option<u16> {
        self.array(field, |octets| value(u16::from_be_bytes(octets))).map(u16::from_be_bytes)
    }

    /// Reads four octets.
    pub fn u32(&mut self, field: Field, value: impl FnOnce(u32) -> Value) -> Option<u32> {
        self.array(field, |octets| value(u32::from_be_bytes(octets))).map(u32::from_be_bytes)
    }

    /// Reads octets as they are.
    pub fn array<const N: usize>(
        &mut self,
        field: Field,
        value: impl FnOnce([u8; N]) -> Value,
    ) -> Option<[u8; N]> {
        let Some(octets) = self.unread().first_chunk::<N>() else {
            self.rest(Field::Truncated);
            return None;
        };
        self.leaf(N, field, value(*octets));
        Some(*octets)
    }

    /// Reads one octet or two that several fields share; [`Bits::take`] names them.
    pub fn packed<const N: usize>(&mut self, field: Field) -> Option<Bits<'_, 'a>> {
        const { assert!(N == 1 || N == 2) };
        let start = self.at;
        let number = |octets: [u8; N]| octets.iter().fold(0, |sum, octet| sum << 8 | u16::from(*octet));
        let octets = self.array::<N>(field, |octets| Value::Hex(number(octets).into(), 2 * N as u8))?;
        Some(Bits { number: number(octets), width: 8 * N as u8, at: 0, span: start..self.at, cursor: self })
    }

    /// Reads this many octets whose meaning is not looked into; none at all need no note.
    pub fn octets(&mut self, field: Field, count: usize) -> Option<()> {
        if self.unread().len() < count {
            self.rest(Field::Truncated);
            return None;
        }
        if count > 0 {
            self.leaf(count, field, Value::Octets);
        }
        Some(())
    }

    /// Reads this many octets as they are, which need not be known before; none at all need no note.
    pub fn slice(
        &mut self,
        field: Field,
        count: usize,
        value: impl FnOnce(&'a [u8]) -> Value,
    ) -> Option<&'a [u8]> {
        let Some(octets) = self.unread().get(..count) else {
            self.rest(Field::Truncated);
            return None;
        };
        if count > 0 {
            self.leaf(count, field, value(octets));
        }
        Some(octets)
    }

    /// Steps over everything that may still be read, if there is anything.
    pub fn rest(&mut self, field: Field) {
        let count = self.unread().len();
        if count > 0 {
            self.leaf(count, field, Value::Octets);
        }
    }

    /// Steps over everything that may still be read, and that is no text, if there is anything.
    pub fn opaque(&mut self, field: Field) {
        let count = self.unread().len();
        if count > 0 {
            self.leaf(count, field, Value::Opaque);
        }
    }

    /// Steps over everything that may still be read: a part of something larger, `from` octets after its
    /// beginning, of which the notes on the whole are given. They must tile it at least up to there.
    pub fn part_of(&mut self, whole: Vec<Note>, from: usize) {
        let (part, depth) = (from..from + self.unread().len(), self.depth);
        let place = self.at;
        self.notes.extend(whole.into_iter().filter_map(|note| {
            let span = note.span.start.max(part.start)..note.span.end.min(part.end);
            // Bits are told of whole octets only: with a part of them there would be a part of the bits.
            let is_here = !span.is_empty() && (note.bits.is_none() || span == note.span);
            let span = span.start.checked_sub(from)? + place..span.end.checked_sub(from)? + place;
            is_here.then(|| Note { span, depth: note.depth + depth, ..note })
        }));
        self.at = self.end;
    }

    /// Notes what is read inside as parts of one thing. If nothing was, there is no such thing.
    pub fn group<T>(&mut self, field: Field, read: impl FnOnce(&mut Self) -> T) -> T {
        self.group_as(field, Value::None, read)
    }

    /// The same of a thing that has a value of its own.
    pub fn group_as<T>(&mut self, field: Field, value: Value, read: impl FnOnce(&mut Self) -> T) -> T {
        let opened = self.open(field, value);
        let result = read(self);
        self.close(opened);
        result
    }

    /// Lets only this many octets be read inside, and steps over those of them that were not.
    pub fn limited<T>(&mut self, count: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.end;
        self.end = self.at + count.min(self.unread().len());
        let result = read(self);
        self.rest(Field::Unknown);
        self.end = outer;
        result
    }

    /// Begins a group, and says where it and its note are. Groups are read by dozens of closures: what they
    /// have in common stands here once, for the page's weight.
    fn open(&mut self, field: Field, value: Value) -> (usize, usize) {
        let opened = (self.at, self.notes.len());
        self.notes.push(Note { span: self.at..self.at, bits: None, depth: self.depth, field, value });
        self.depth += 1;
        opened
    }

    /// Ends a group.
    fn close(&mut self, (start, index): (usize, usize)) {
        self.depth -= 1;
        if self.at == start {
            self.notes.truncate(index);
        } else {
            self.notes[index].span.end = self.at;
        }
    }

    fn leaf(&mut self, count: usize, field: Field, value: Value) {
        let span = self.at..self.at + count;
        self.at = span.end;
        self.notes.push(Note { span, bits: None, depth: self.depth, field, value });
    }
}

/// Octets that several fields share, read from the first bit on.
#[derive(Debug)]
pub struct Bits<'c, 'a> {
    number: u16,
    width: u8,
    at: u8,
    span: Range<usize>,
    cursor: &'c mut Cursor<'a>,
}

impl Bits<'_, '_> {
    /// Reads the next `count` bits. Bit 0 is the first, as RFC 791 draws them; there must be so many left.
    pub fn take(&mut self, count: u8, field: Field, value: impl FnOnce(u16) -> Value) -> u16 {
        let bits = self.at..self.at + count;
        let number = self.number >> (self.width - bits.end) & (u16::MAX >> (16 - count));
        self.at = bits.end;
        self.cursor.notes.push(Note {
            span: self.span.clone(),
            bits: Some(bits),
            depth: self.cursor.depth + 1,
            field,
            value: value(number),
        });
        number
    }
}

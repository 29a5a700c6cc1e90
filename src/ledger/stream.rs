//! One direction of a connection: puts segments in order by their sequence numbers.
//!
//! ```text
//!   sequence ───▶   read already │ at        hole      │ held     │      WINDOW │
//!                   ─────────────┼──────────┄┄┄┄┄┄┄┄┄┄┄┼──────────┼─────────────┼─▶ ignored
//! ```
//!
//! It knows octets and numbers, and nothing of what they say. Of octets that are seen twice the first are
//! believed. What is held is never more than [`HELD`] octets in [`PIECES`] pieces.

use crate::sorted::Map;

/// How far ahead of what was read an octet may be. Stray segments of older connections are further.
const WINDOW: u64 = 1 << 20;

/// Most octets that wait for those before them.
pub const HELD: usize = 1 << 18;

/// Most pieces that they may be in.
pub const PIECES: usize = 4096;

/// The octets of one end, in order.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The sequence number of SYN, once it is known.
    first: Option<u32>,
    /// What is read next, counted from SYN, which counts as one.
    at: u64,
    /// What cannot be read yet, by its place. Pieces do not overlap, and none begins before `at`.
    held: Map<u64, Piece>,
    /// The octets of all of them, and of those in `early`.
    octets: usize,
    /// What came before SYN did.
    early: Vec<(u32, Piece)>,
    /// The place of FIN.
    fin: Option<u64>,
}

/// Octets of one segment.
#[derive(Clone, Debug)]
struct Piece {
    octets: Vec<u8>,
    acknowledgement: Option<u32>,
    /// Whether FIN follows them.
    fin: bool,
}

impl Stream {
    /// The sequence number of SYN, once it is known.
    pub fn first(&self) -> Option<u32> {
        self.first
    }

    /// SYN is known now. It can be no other later.
    pub fn begin(&mut self, sequence: u32) {
        if self.first.is_some() {
            return;
        }
        (self.first, self.at, self.octets) = (Some(sequence), 1, 0);
        for (sequence, piece) in std::mem::take(&mut self.early) {
            self.place(sequence, piece);
        }
    }

    /// Takes in what a segment carries. False if too much waits by now for something that never comes.
    pub fn hold(&mut self, sequence: u32, acknowledgement: Option<u32>, octets: &[u8], fin: bool) -> bool {
        if octets.is_empty() && !fin {
            return true;
        }
        let piece = Piece { octets: octets.to_vec(), acknowledgement, fin };
        if self.first.is_some() {
            self.place(sequence, piece);
        } else {
            self.octets += octets.len();
            self.early.push((sequence, piece));
        }
        self.octets <= HELD && self.held.len().max(self.early.len()) <= PIECES
    }

    /// The next octets, if all before them were read and the other end had read what they acknowledge:
    /// so a command is always read before its answer, in whatever order their frames are seen.
    pub fn next(&mut self, acknowledged: impl FnOnce(u32) -> bool) -> Option<Vec<u8>> {
        let is_next =
            |at: &u64, piece: &Piece| *at == self.at && piece.acknowledgement.is_none_or(acknowledged);
        let octets = self.held.remove_first_if(is_next)?.octets;
        self.octets -= octets.len();
        self.at += octets.len() as u64;
        Some(octets)
    }

    /// Whether everything before this sequence number was read. SYN and FIN count as one each.
    pub fn has_read(&self, sequence: u32) -> bool {
        self.offset(sequence).is_some_and(|offset| offset <= self.at + u64::from(self.is_at_end()))
    }

    /// Whether everything up to FIN was read.
    pub fn is_at_end(&self) -> bool {
        self.fin == Some(self.at)
    }

    /// Whether a segment with this number is in its place, or a little ahead of it.
    pub fn expects(&self, sequence: u32) -> bool {
        self.offset(sequence).is_some_and(|offset| (self.at..self.at + WINDOW).contains(&offset))
    }

    /// The place of a sequence number: the one next to what was read last, for they begin again at 2^32.
    fn offset(&self, sequence: u32) -> Option<u64> {
        let next = self.first?.wrapping_add(self.at as u32);
        let ahead = sequence.wrapping_sub(next) as i32;
        self.at.checked_add_signed(ahead.into())
    }

    /// Keeps of a piece what is not known yet.
    fn place(&mut self, sequence: u32, piece: Piece) {
        let Some(start) = self.offset(sequence) else { return };
        let end = start + piece.octets.len() as u64;
        if end > self.at + WINDOW {
            return;
        }
        if piece.fin && end >= self.at {
            self.fin.get_or_insert(end);
        }
        let mut at = start.max(self.at);
        while at < end {
            let [before, after] = self.held.around(&at);
            let known = before.map(|(start, held)| start + held.octets.len() as u64).filter(|end| *end > at);
            if let Some(known) = known {
                at = known;
                continue;
            }
            let stop = after.map_or(end, |(start, _)| end.min(*start));
            let octets = piece.octets[(at - start) as usize..(stop - start) as usize].to_vec();
            self.octets += octets.len();
            self.held.insert(at, Piece { octets, fin: false, ..piece });
            at = stop;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(stream: &mut Stream) -> String {
        let octets: Vec<u8> = std::iter::from_fn(|| stream.next(|_| true)).flatten().collect();
        String::from_utf8(octets).unwrap()
    }

    fn begun(first: u32) -> Stream {
        let mut stream = Stream::default();
        stream.begin(first);
        stream
    }

    #[test]
    fn segments_in_any_order_overlapping_and_over_the_end_of_the_numbers_are_one_stream() {
        let first = u32::MAX - 4;
        let at = |offset: u32| first.wrapping_add(1 + offset);
        let mut stream = begun(first);
        assert!(stream.hold(at(8), None, b"ijkl", true));
        assert!(stream.hold(at(4), None, b"ef", false));
        assert_eq!(read(&mut stream), "");
        assert!(stream.hold(at(2), None, b"cdEFghIJ", false));
        assert!(stream.hold(at(0), None, b"abC", false));
        assert_eq!(read(&mut stream), "abcdefghijkl");
        assert!(stream.is_at_end() && stream.has_read(at(13)) && !stream.has_read(at(14)));
        stream.hold(at(0), None, b"abcdefghijkl", true);
        assert_eq!(read(&mut stream), "");
    }

    #[test]
    fn what_comes_before_syn_waits_for_it() {
        let mut stream = Stream::default();
        assert!(stream.hold(101, None, b"ab", false));
        assert_eq!(read(&mut stream), "");
        stream.begin(100);
        assert_eq!(read(&mut stream), "ab");
    }

    #[test]
    fn octets_wait_until_what_they_acknowledge_was_read() {
        let mut stream = begun(0);
        stream.hold(1, Some(7), b"+OK", false);
        assert_eq!(stream.next(|acknowledged| acknowledged < 7), None);
        assert_eq!(stream.next(|acknowledged| acknowledged == 7).as_deref(), Some(&b"+OK"[..]));
    }

    #[test]
    fn what_waits_for_a_hole_is_bounded_and_strays_are_ignored() {
        let mut stream = begun(0);
        assert!(stream.hold(1 << 30, None, b"stray", false));
        assert_eq!(stream.octets, 0);
        let piece = [b'x'; 1024];
        let held = (0..1024_u32).take_while(|index| stream.hold(2 + 1024 * index, None, &piece, false));
        assert_eq!(held.count(), HELD / 1024);
        let mut stream = begun(0);
        let held = (0..1 << 16).take_while(|index| stream.hold(2 + 2 * index, None, b"x", false));
        assert_eq!(held.count(), PIECES);
        // The same octets again and again take no more room.
        let mut stream = begun(0);
        assert!((0..1 << 12).all(|_| stream.hold(2, None, &piece, false)));
    }
}

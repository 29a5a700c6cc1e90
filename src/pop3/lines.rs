//! Cuts the stream of octets into command lines. Segments mean nothing here (RFC 1939 section 3).

use std::collections::VecDeque;

/// What the client has sent and the session has not read yet.
#[derive(Debug)]
pub struct Lines {
    /// The most octets of a command, line end included.
    limit: usize,
    /// The most octets of any line, line end included.
    longest: usize,
    ready: VecDeque<Line>,
    /// The octets in `ready`.
    held: usize,
    partial: Vec<u8>,
    /// The line under way is over the limit already: only its end matters.
    overlong: bool,
}

/// One line of input.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its octets, without CRLF or LF. A CR elsewhere stays (POP-1939-09).
    Whole(Vec<u8>),
    /// The same of a line that is too long for a command, and not for a response of AUTH.
    Long(Vec<u8>),
    /// It was longer than the limit; its octets are gone, so that none of them is obeyed.
    TooLong,
}

/// Above this many octets of unread lines nothing more is taken in.
const HIGH_WATER: usize = 16 * 1024;

impl Lines {
    /// Nothing read yet; commands may have `limit` octets, line end included, and other lines `longest`.
    pub fn new(limit: usize, longest: usize) -> Lines {
        let longest = longest.max(limit);
        Lines { limit, longest, ready: VecDeque::new(), held: 0, partial: Vec::new(), overlong: false }
    }

    /// Takes in octets and tells how many; the rest is to be offered again when lines were read.
    pub fn push(&mut self, octets: &[u8]) -> usize {
        for (taken, &octet) in octets.iter().enumerate() {
            if self.held >= HIGH_WATER {
                return taken;
            }
            self.push_octet(octet);
        }
        octets.len()
    }

    /// The next whole line.
    pub fn next_line(&mut self) -> Option<Line> {
        let line = self.ready.pop_front()?;
        self.held -= cost(&line);
        Some(line)
    }

    /// Forgets everything, and tells how many lines and how many octets that was; of an overlong line only
    /// the end counts.
    pub fn clear(&mut self) -> (usize, usize) {
        let forgotten = std::mem::replace(self, Lines::new(self.limit, self.longest));
        (forgotten.ready.len(), forgotten.held + forgotten.partial.len())
    }

    fn push_octet(&mut self, octet: u8) {
        // LF alone ends a line too, as it does at Dovecot, Courier and Cyrus (ambiguity A1).
        if octet == b'\n' {
            let mut octets = std::mem::take(&mut self.partial);
            let line = if std::mem::take(&mut self.overlong) || octets.len() >= self.longest {
                Line::TooLong
            } else {
                let long = octets.len() >= self.limit;
                if octets.last() == Some(&b'\r') {
                    octets.pop();
                }
                if long { Line::Long(octets) } else { Line::Whole(octets) }
            };
            self.held += cost(&line);
            self.ready.push_back(line);
        } else if self.overlong || self.partial.len() >= self.longest {
            self.overlong = true;
            self.partial.clear();
        } else {
            self.partial.push(octet);
        }
    }
}

/// What a waiting line counts towards the high-water mark: even an empty one takes memory.
fn cost(line: &Line) -> usize {
    match line {
        Line::Whole(octets) | Line::Long(octets) => octets.len() + 2,
        Line::TooLong => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(lines: &mut Lines) -> Vec<Line> {
        std::iter::from_fn(|| lines.next_line()).collect()
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn any_split_gives_the_same_lines() {
        let input = b"STAT\r\nLIST\nA\rB\r\n\r\nxxxxxxxxxxxxxxxx\r\nEND\r\nrest";
        let expected = [whole("STAT"), whole("LIST"), whole("A\rB"), whole(""), Line::TooLong, whole("END")];
        for size in 1..input.len() {
            let mut lines = Lines::new(12, 12);
            input.chunks(size).for_each(|piece| assert_eq!(lines.push(piece), piece.len()));
            assert_eq!(read(&mut lines), expected, "in pieces of {size}");
        }
    }

    #[test]
    fn a_line_of_just_the_limit_is_read_and_one_octet_more_is_not() {
        let mut lines = Lines::new(6, 8);
        lines.push(b"NOOP\r\nNOOPX\r\nNOOPXX\r\nNOOPXXX\r\n");
        let long = |text: &str| Line::Long(text.into());
        assert_eq!(read(&mut lines), [whole("NOOP"), long("NOOPX"), long("NOOPXX"), Line::TooLong]);
    }

    #[test]
    fn input_stops_at_the_high_water_mark_and_goes_on_when_lines_were_read() {
        let input = b"NOOP\r\n".repeat(HIGH_WATER);
        let mut lines = Lines::new(255, 255);
        let taken = lines.push(&input);
        assert!((HIGH_WATER..HIGH_WATER + 16).contains(&taken));
        assert_eq!(lines.push(&input[taken..]), 0);
        lines.next_line();
        assert!(lines.push(&input[taken..]) > 0);
    }

    #[test]
    fn a_line_without_end_takes_no_more_memory_than_the_limit() {
        let mut lines = Lines::new(255, 255);
        lines.push(&vec![b'A'; 1 << 20]);
        assert!(lines.partial.capacity() <= 512);
        assert_eq!(lines.next_line(), None);
    }
}

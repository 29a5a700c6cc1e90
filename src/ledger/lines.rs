//! Cuts a stream into lines, of which it keeps the beginning only: a line of any length takes no more
//! memory than [`LONGEST_TEXT`] octets.

/// Most octets that are kept of a line, and of a text made of several: RFC 5322 section 2.1.1 has 998.
pub const LONGEST_TEXT: usize = 1024;

/// The line under way.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    kept: Vec<u8>,
    octets: u64,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its beginning, without CRLF or LF.
    pub kept: Vec<u8>,
    /// All of its octets, its end included.
    pub octets: u64,
}

impl Lines {
    /// Whether the next octet is the first of a line.
    pub fn is_at_start(&self) -> bool {
        self.octets == 0
    }

    /// Reads up to the end of the line, and steps over what it read; none if the line goes on.
    pub fn next(&mut self, octets: &mut &[u8]) -> Option<Line> {
        let end = octets.iter().position(|octet| *octet == b'\n');
        let (read, rest) = octets.split_at(end.map_or(octets.len(), |end| end + 1));
        *octets = rest;
        self.octets += read.len() as u64;
        // Two more, in which CRLF may stand.
        let room = (LONGEST_TEXT + 2).saturating_sub(self.kept.len());
        self.kept.extend(&read[..read.len().min(room)]);
        end?;
        let mut line =
            Line { kept: std::mem::take(&mut self.kept), octets: std::mem::take(&mut self.octets) };
        if line.kept.len() as u64 == line.octets {
            line.kept.pop();
            line.kept.pop_if(|last| *last == b'\r');
        }
        line.kept.truncate(LONGEST_TEXT);
        Some(line)
    }
}

/// Octets as text, of which there may be too many.
pub fn text(octets: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&octets[..octets.len().min(LONGEST_TEXT)]).into_owned();
    shorten(&mut text);
    text
}

/// Cuts a text at the last character that ends within the most octets that are kept.
pub fn shorten(text: &mut String) {
    let end = (0..=LONGEST_TEXT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn any_split_gives_the_same_lines() {
        let input = b"STAT\r\nLIST\nA\rB\r\n\r\nrest";
        for size in 1..input.len() {
            let mut lines = Lines::default();
            let mut read = Vec::new();
            for mut piece in input.chunks(size) {
                while let Some(line) = lines.next(&mut piece) {
                    read.push((String::from_utf8(line.kept).unwrap(), line.octets));
                }
                assert!(piece.is_empty());
            }
            let expected = [("STAT", 6), ("LIST", 5), ("A\rB", 5), ("", 2)];
            assert_eq!(read, expected.map(|(kept, octets)| (kept.to_owned(), octets)), "in pieces of {size}");
        }
    }

    #[test]
    fn a_line_of_ten_megabytes_is_counted_and_its_beginning_kept() {
        let mut lines = Lines::default();
        for _ in 0..10_000 {
            assert_eq!(lines.next(&mut &[b'A'; 1000][..]), None);
        }
        assert!(lines.kept.capacity() <= 4 * LONGEST_TEXT);
        let line = lines.next(&mut &b"\r\n"[..]).unwrap();
        assert_eq!((line.kept.len(), line.octets), (LONGEST_TEXT, 10_000_002));
        for kept in [LONGEST_TEXT - 1, LONGEST_TEXT, LONGEST_TEXT + 1] {
            let input = [&vec![b'A'; kept][..], b"\r\n"].concat();
            let line = lines.next(&mut &input[..]).unwrap();
            assert_eq!(line.kept, vec![b'A'; kept.min(LONGEST_TEXT)]);
        }
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(text(&[b'a'; 5000]).len(), LONGEST_TEXT);
        assert_eq!(
            text("あ".repeat(1000).as_bytes()).trim_end_matches('\u{fffd}').len(),
            LONGEST_TEXT / 3 * 3
        );
        assert!(text(&[0xff; 5000]).len() <= LONGEST_TEXT);
    }
}

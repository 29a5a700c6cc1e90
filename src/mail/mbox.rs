//! A mailbox in one file, as Unix keeps it (RFC 4155): each message begins with a line `From ...` that
//! stands at the beginning or after an empty line, and a line of the message that looks like one has `>`
//! in front of it.
//!
//! Of the dialects it reads the reversible one ("mboxrd"): of `>From`, `>>From` and so on one `>` is taken.

use std::ops::Range;

/// One message of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in the file, with its `From` line and the empty line after it.
    pub whole: Range<usize>,
    /// The message as it was before it came into the file.
    pub octets: Vec<u8>,
}

/// The file does not begin with `From `.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotMbox;

/// The messages of a file in its order. The pieces lie side by side and cover all of it; empty lines
/// alone are an empty mailbox.
pub fn split(file: &[u8]) -> Result<Vec<Piece>, NotMbox> {
    let mut starts = Vec::new();
    let (mut at, mut after_empty) = (0, true);
    for line in file.split_inclusive(|octet| *octet == b'\n') {
        if after_empty && line.starts_with(b"From ") {
            starts.push(at);
        } else if starts.is_empty() && !is_empty(line) {
            return Err(NotMbox);
        }
        after_empty = is_empty(line);
        at += line.len();
    }
    // Empty lines before the first message belong to it.
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    let piece = |(index, (start, end)): (usize, (&usize, usize))| {
        let begin = if index == 0 { 0 } else { *start };
        Piece { whole: begin..end, octets: message(&file[*start..end]) }
    };
    Ok(starts.iter().zip(ends).enumerate().map(piece).collect())
}

/// The message in a piece: without the `From` line, without the empty line that ends it, without quotes.
fn message(piece: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = piece.split_inclusive(|octet| *octet == b'\n').skip(1).collect();
    if lines.last().is_some_and(|line| is_empty(line)) {
        lines.pop();
    }
    lines.into_iter().flat_map(unquoted).copied().collect()
}

fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|octet| **octet == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn messages(file: &str) -> Vec<String> {
        let text = |piece: Piece| String::from_utf8(piece.octets).unwrap();
        split(file.as_bytes()).unwrap().into_iter().map(text).collect()
    }

    #[test]
    fn a_message_begins_at_a_from_line_after_an_empty_one() {
        let file = "From a@x Sat\nSubject: 1\n\nFrom here on\nit is text.\n\nFrom b@x Sun\n\n2\n\n";
        assert_eq!(messages(file), ["Subject: 1\n", "it is text.\n", "\n2\n"].map(String::from));
        let file = "From a@x Sat\nSubject: 1\n\ntext\nFrom here on\n\nFrom b@x Sun\n\n2\n";
        assert_eq!(messages(file), ["Subject: 1\n\ntext\nFrom here on\n", "\n2\n"].map(String::from));
    }

    #[test]
    fn one_quote_is_taken_from_lines_that_had_to_be_quoted() {
        let file = "From a\r\n\r\n>From x\r\n>>From y\r\n>Fro m\r\n> From\r\n\r\n";
        assert_eq!(messages(file), ["\r\nFrom x\r\n>From y\r\n>Fro m\r\n> From\r\n"]);
    }

    #[test]
    fn the_pieces_cover_the_file() {
        for file in ["", "\n\n", "\nFrom a\nx", "From a\n\nFrom b\n\n\nFrom c\r\n\r\n", "From "] {
            let pieces = split(file.as_bytes()).unwrap();
            let covered: String = pieces.iter().map(|piece| &file[piece.whole.clone()]).collect();
            assert!(covered == file || pieces.is_empty() && file.trim().is_empty(), "{file:?}");
        }
    }

    #[test]
    fn what_does_not_begin_with_from_is_no_mbox() {
        for file in ["Subject: x\n", "\nx\nFrom a\n", "from a\n", "\0"] {
            assert_eq!(split(file.as_bytes()), Err(NotMbox), "{file:?}");
        }
    }
}

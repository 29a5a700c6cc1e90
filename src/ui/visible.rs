//! Octets as a person can see them: text as UTF-8, everything else by a mark. Nothing is interpreted.

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text to be shown as it is.
    Text(String),
    /// A control octet, or an octet that is not UTF-8, by its name.
    Mark(String),
}

/// More octets than this of one row are not put on the page.
pub const LONGEST: usize = 4096;

/// The pieces of one line.
pub fn pieces(octets: &[u8]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for chunk in octets.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match mark(letter) {
                Some(name) => pieces.push(Piece::Mark(name)),
                None => match pieces.last_mut() {
                    Some(Piece::Text(text)) => text.push(letter),
                    _ => pieces.push(Piece::Text(letter.to_string())),
                },
            }
        }
        pieces.extend(chunk.invalid().iter().map(|octet| Piece::Mark(format!("{octet:02X}"))));
    }
    pieces
}

/// A line as plain text of at most so many letters, what cannot be seen by its name in angle brackets.
pub fn plain(octets: &[u8], most: usize) -> String {
    let shown = &octets[..octets.len().min(4 * most)];
    let mut text = String::new();
    for piece in pieces(shown) {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Mark(name) => text.extend(["<", &name, ">"]),
        }
    }
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None if shown.len() < octets.len() => text + "…",
        None => text,
    }
}

/// The name of a letter that cannot be seen, or that would change how others are seen.
fn mark(letter: char) -> Option<String> {
    match letter {
        '\t' => Some("TAB".into()),
        '\r' => Some("CR".into()),
        '\x1b' => Some("ESC".into()),
        '\0' => Some("NUL".into()),
        // Marks of direction could show a line in an order other than its own.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
            Some(format!("U+{:04X}", letter as u32))
        }
        letter if letter.is_control() => Some(format!("{:02X}", letter as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    fn named(name: &str) -> Piece {
        Piece::Mark(name.into())
    }

    #[test]
    fn an_escape_sequence_is_marked_and_not_obeyed() {
        assert_eq!(pieces(b"\x1b[2Jhi\0"), [named("ESC"), text("[2Jhi"), named("NUL")]);
    }

    #[test]
    fn broken_utf_8_is_shown_octet_by_octet() {
        assert_eq!(
            pieces(b"a\xC3\xA9\xFFb\xE3\x81"),
            [text("aé"), named("FF"), text("b"), named("E3"), named("81")]
        );
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(pieces(b"<script>alert(1)</script>"), [text("<script>alert(1)</script>")]);
    }

    #[test]
    fn marks_of_direction_are_shown() {
        assert_eq!(pieces("a\u{202e}b".as_bytes()), [text("a"), named("U+202E"), text("b")]);
    }
}

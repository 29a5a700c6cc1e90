//! Cuts data into lines, as POP3 has them. It knows no command and no earlier segment, so what stands
//! before the first line end may be the end of a line that began elsewhere.

use super::{Cursor, Field};

/// Reads everything that may be read.
pub fn lines(c: &mut Cursor<'_>) {
    while let Some(feed) = c.unread().iter().position(|octet| *octet == b'\n') {
        // LF alone ends a line for the server too (ambiguity A1), and CR may be in the segment before.
        let text = if c.unread()[..feed].ends_with(b"\r") { feed - 1 } else { feed };
        c.group(Field::Line, |c| {
            c.octets(Field::LineText, text)?;
            c.octets(Field::LineEnd, feed + 1 - text)
        });
    }
    c.rest(Field::PartOfLine);
}

//! Reads who wrote what about what off the lines of a message on their way.

use super::fact::Letter;
use super::lines::{self, Line, text};

/// A message under way.
#[derive(Clone, Debug)]
pub struct Reading {
    letter: Letter,
    /// The field under way, which further lines may go on.
    field: Option<Field>,
    in_body: bool,
}

#[derive(Clone, Copy, Debug)]
enum Field {
    From,
    To,
    Subject,
    Date,
}

impl Reading {
    /// Nothing of it has come yet.
    pub fn new(number: u32, lines: Option<u64>) -> Reading {
        Reading { letter: Letter { number, lines, ..Letter::default() }, field: None, in_body: false }
    }

    /// Reads a line of the message, byte-stuffing undone.
    pub fn line(&mut self, line: &Line) {
        self.letter.octets += line.octets;
        self.in_body |= line.kept.is_empty();
        if self.in_body {
            return;
        }
        if matches!(line.kept[0], b' ' | b'\t') {
            if let Some(Some(value)) = self.field.map(|field| field.of(&mut self.letter)) {
                value.push_str(&text(&line.kept));
                lines::shorten(value);
            }
            return;
        }
        let colon = line.kept.iter().position(|octet| *octet == b':');
        let (name, value) = line.kept.split_at(colon.unwrap_or(0));
        self.field = match name.trim_ascii_end().to_ascii_lowercase().as_slice() {
            b"from" => Some(Field::From),
            b"to" => Some(Field::To),
            b"subject" => Some(Field::Subject),
            b"date" => Some(Field::Date),
            _ => None,
        };
        if let Some(field) = self.field {
            // A field that is there twice: readers show the first.
            match field.of(&mut self.letter) {
                Some(_) => self.field = None,
                place @ None => *place = Some(text(value[1..].trim_ascii())),
            }
        }
    }

    /// No more of it comes.
    pub fn finish(self, complete: bool) -> Letter {
        Letter { complete, ..self.letter }
    }
}

impl Field {
    fn of(self, letter: &mut Letter) -> &mut Option<String> {
        match self {
            Field::From => &mut letter.from,
            Field::To => &mut letter.to,
            Field::Subject => &mut letter.subject,
            Field::Date => &mut letter.date,
        }
    }
}

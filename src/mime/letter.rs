//! A message as a mail program shows it: who, when, the text, and what is attached.

use super::{Decoder, Flaw, Part, encoded_word};

/// What a message says to a person. Nothing in it is markup, whatever it looks like.
#[derive(Debug, Default, PartialEq)]
pub struct Letter {
    /// The field From.
    pub from: Option<String>,
    /// The field To.
    pub to: Option<String>,
    /// The field Date, as it was written.
    pub date: Option<String>,
    /// The field Subject.
    pub subject: Option<String>,
    /// The text that was written as plain text.
    pub plain: Option<String>,
    /// The source of the text that was written as HTML.
    pub html: Option<String>,
    /// Everything else.
    pub attachments: Vec<Attachment>,
    /// What could not be read, each once.
    pub flaws: Vec<Flaw>,
}

/// A part that is not shown.
#[derive(Debug, PartialEq)]
pub struct Attachment {
    /// The name of its file, which may be chosen to deceive.
    pub name: Option<String>,
    /// The type, as its sender says.
    pub kind: String,
    /// The size in octets, without the transfer encoding.
    pub size: usize,
}

impl Letter {
    /// Reads a message. Its lines end in CRLF.
    pub fn read(message: &[u8], decoder: Decoder<'_>) -> Letter {
        let part = Part::read(message);
        let field = |name| part.field(name).map(|value| encoded_word::decode(&value, decoder));
        let mut letter = Letter {
            from: field("From"),
            to: field("To"),
            date: field("Date"),
            subject: field("Subject"),
            ..Letter::default()
        };
        letter.take(&part, decoder);
        letter
    }

    fn take(&mut self, part: &Part<'_>, decoder: Decoder<'_>) {
        self.flawed(part.flaw.clone());
        if !part.parts.is_empty() {
            return part.parts.iter().for_each(|part| self.take(part, decoder));
        }
        let name = part.file_name(decoder);
        let shown = name.is_none() && part.disposition().value != "attachment";
        let place = match part.kind.value.as_str() {
            "text/plain" if shown => &mut self.plain,
            "text/html" if shown => &mut self.html,
            kind => {
                let (octets, flaw) = part.octets();
                self.flawed(flaw);
                return self.attachments.push(Attachment { name, kind: kind.to_owned(), size: octets.len() });
            }
        };
        // Several texts are read one after the other.
        let (text, flaws) = part.text(decoder);
        match place {
            Some(before) => {
                before.push_str("\r\n\r\n");
                before.push_str(&text);
            }
            None => *place = Some(text),
        }
        flaws.into_iter().for_each(|flaw| self.flawed(Some(flaw)));
    }

    fn flawed(&mut self, flaw: Option<Flaw>) {
        let news = flaw.filter(|flaw| !self.flaws.contains(flaw));
        self.flaws.extend(news);
    }
}

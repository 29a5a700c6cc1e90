//! What the reader decides without a browser: which forms of a text there are, how it falls into lines,
//! and which tab a key leads to.

use super::visible::LONGEST;
use crate::i18n::{Id, id};
use crate::mime::{Flaw, Letter, html};
use std::sync::Arc;

/// The octets of a message. Two are equal if they are the same copy: nobody changes them.
#[derive(Clone, Debug)]
pub struct Octets(pub Arc<[u8]>);

impl PartialEq for Octets {
    fn eq(&self, other: &Octets) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Whose copy of a message is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The one that the server holds.
    Server,
    /// One that the learner's mail program has fetched.
    Client,
}

/// A form in which the text of a letter can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The plain text, as it was written.
    Plain,
    /// The HTML, made into text.
    HtmlAsText,
    /// The HTML, as it was written.
    HtmlSource,
}

impl Form {
    /// What its button says.
    pub fn name(self) -> Id {
        match self {
            Form::Plain => id::READER_PLAIN,
            Form::HtmlAsText => id::READER_HTML_AS_TEXT,
            Form::HtmlSource => id::READER_HTML_SOURCE,
        }
    }
}

/// The forms of a letter with their texts; the first is the one that a mail program of the lab would show.
pub fn forms(letter: &Letter) -> Vec<(Form, String)> {
    let plain = letter.plain.iter().map(|text| (Form::Plain, text.clone()));
    let marked_up = letter
        .html
        .iter()
        .flat_map(|source| [(Form::HtmlAsText, html::text(source)), (Form::HtmlSource, source.clone())]);
    plain.chain(marked_up).collect()
}

/// The message that tells of a flaw, with the name that was given where there is one.
pub fn told(flaw: &Flaw) -> (Id, &str) {
    match flaw {
        Flaw::Base64 => (id::FLAW_BASE64, ""),
        Flaw::QuotedPrintable => (id::FLAW_QUOTED_PRINTABLE, ""),
        Flaw::Encoding(name) => (id::FLAW_ENCODING, name),
        Flaw::Charset(name) => (id::FLAW_CHARSET, name),
        Flaw::Text => (id::FLAW_TEXT, ""),
        Flaw::Boundary => (id::FLAW_BOUNDARY, ""),
        Flaw::Limit => (id::FLAW_LIMIT, ""),
    }
}

/// The lines of a text, without the empty ones at its end. One that is very long falls into several, so
/// that none of it is left out.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    for line in text.trim_end_matches(['\r', '\n']).split('\n') {
        let mut rest = line.strip_suffix('\r').unwrap_or(line);
        while rest.len() > LONGEST {
            let (line, after) = rest.split_at(rest.floor_char_boundary(LONGEST));
            lines.push(line);
            rest = after;
        }
        lines.push(rest);
    }
    lines
}

/// A line with its tabs as blanks, since in a letter they are no more than that.
pub fn untabbed(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut column = 0;
    for letter in line.chars() {
        let width = if letter == '\t' { 8 - column % 8 } else { 1 };
        match letter {
            '\t' => text.extend(std::iter::repeat_n(' ', width)),
            letter => text.push(letter),
        }
        column += width;
    }
    text
}

/// The lines of a message as they are on the wire, without their ends, and how many are of the header.
pub fn source(octets: &[u8]) -> (Vec<&[u8]>, usize) {
    let line = |line| <[u8]>::strip_suffix(line, b"\r\n").unwrap_or(line);
    let lines: Vec<&[u8]> = octets.split_inclusive(|&octet| octet == b'\n').map(line).collect();
    let header = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
    (lines, header)
}

/// The language of a text, where its letters tell: Chinese characters look otherwise in Japanese.
pub fn language(text: &str) -> Option<&'static str> {
    text.contains(|letter| matches!(letter, '\u{3041}'..='\u{30ff}')).then_some("ja")
}

/// The tab that a key leads to, from the one with the index `at`.
pub fn tab_for(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::samples;

    #[test]
    fn plain_text_comes_first_and_html_can_be_read_in_two_forms() {
        let letter = |plain: Option<&str>, html: Option<&str>| Letter {
            plain: plain.map(Into::into),
            html: html.map(Into::into),
            ..Letter::default()
        };
        let form = |form, text: &str| (form, text.to_owned());
        let (text, source) = (form(Form::HtmlAsText, "b"), form(Form::HtmlSource, "<p>b"));
        assert_eq!(forms(&letter(Some("a"), None)), [form(Form::Plain, "a")]);
        assert_eq!(forms(&letter(None, Some("<p>b"))), [text.clone(), source.clone()]);
        assert_eq!(forms(&letter(Some("a"), Some("<p>b"))), [form(Form::Plain, "a"), text, source]);
        assert_eq!(forms(&letter(None, None)), []);
    }

    #[test]
    fn nothing_of_a_long_line_is_left_out() {
        let long = "é".repeat(LONGEST);
        let text = format!("a\r\n\r\n{long}\n\r\n\n");
        let lines = lines(&text);
        assert_eq!(lines[..2], ["a", ""]);
        assert_eq!(lines[2..].concat(), long);
        assert!(lines.iter().all(|line| line.len() <= LONGEST));
    }

    #[test]
    fn a_tab_goes_to_the_next_eighth_column() {
        assert_eq!(untabbed("a\tb\t\tc"), "a       b               c");
    }

    #[test]
    fn the_header_of_every_sample_ends_before_its_text() {
        for message in samples::messages() {
            let (lines, header) = source(message.octets());
            assert!(header >= 5 && header < lines.len() && lines[header].is_empty());
            assert_eq!(lines.join(&b"\r\n"[..]), message.octets().strip_suffix(b"\r\n").unwrap());
        }
        assert_eq!(source(b"a: b\r\n"), (vec![&b"a: b"[..]], 1));
    }

    #[test]
    fn kana_tell_the_language() {
        assert_eq!(language("郵便です"), Some("ja"));
        assert_eq!(language("郵便 post"), None);
    }

    #[test]
    fn arrows_go_round_and_home_and_end_go_to_the_ends() {
        let keys = ["ArrowRight", "ArrowLeft", "Home", "End", "x"];
        assert_eq!(keys.map(|key| tab_for(key, 0, 3)), [Some(1), Some(2), Some(0), Some(2), None]);
        assert_eq!(tab_for("ArrowRight", 2, 3), Some(0));
    }
}

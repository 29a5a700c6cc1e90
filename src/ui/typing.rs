//! What is typed: from text to octets, and the history of it.

/// The octets of one typed line.
pub fn line(text: &str) -> Vec<u8> {
    format!("{text}\r\n").into_bytes()
}

/// The octets of pasted text: every line ends in CRLF, the last one as well. One paste is one write.
pub fn pipeline(text: &str) -> Vec<u8> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    text.split('\n').flat_map(line).collect()
}

/// A typed text with its full-width letters made narrow, if it has any in what should be a command.
/// Japanese input gives ＵＳＥＲ easily, and no server reads it.
pub fn narrowed(text: &str) -> Option<String> {
    let narrow: String = text.chars().map(narrow_letter).collect();
    (narrow != text).then_some(narrow)
}

fn narrow_letter(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        // U+FF01 to U+FF5E are the full-width forms of 0x21 to 0x7E.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Whether a line may be kept between visits: none with a secret in it.
pub fn may_be_kept(text: &str) -> bool {
    let verb = text.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    !matches!(verb.as_str(), "PASS" | "APOP" | "AUTH")
}

/// The lines of what was sent that a history may have at all: a response of AUTH is in none, be it to a challenge
/// on screen or to one that a paste does not wait for.
pub fn remembered(text: &str, challenged: bool) -> impl Iterator<Item = &str> {
    let mut secret = challenged;
    text.lines().filter(move |line| {
        let auth = line.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("AUTH"));
        let kept = !secret;
        secret = secret && !challenged || auth;
        kept
    })
}

/// The lines typed before, and which of them is in the prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    lines: Vec<String>,
    /// How far back, from 1; 0 is the line under way.
    back: usize,
    /// The line under way, kept while one looks back.
    draft: String,
}

/// The most lines that are kept.
const MOST: usize = 100;

impl History {
    /// A history with these lines, the oldest first.
    pub fn new(lines: Vec<String>) -> History {
        History { lines, ..History::default() }
    }

    /// A history from the lines that were kept, one on each line.
    pub fn from_kept(text: &str) -> History {
        History::new(text.lines().map(str::to_owned).collect())
    }

    /// Adds a line that was sent, unless it is the one before again.
    pub fn push(&mut self, line: &str) {
        self.back = 0;
        self.draft.clear();
        if !line.trim().is_empty() && self.lines.last().is_none_or(|last| last != line) {
            self.lines.push(line.to_owned());
            let surplus = self.lines.len().saturating_sub(MOST);
            self.lines.drain(..surplus);
        }
    }

    /// The line before the one shown; `shown` is kept if it is the one under way.
    pub fn older(&mut self, shown: &str) -> Option<String> {
        if self.back == 0 {
            self.draft = shown.to_owned();
        }
        let line = self.lines.len().checked_sub(self.back + 1).map(|index| self.lines[index].clone())?;
        self.back += 1;
        Some(line)
    }

    /// The line after the one shown; the last is the one under way.
    pub fn newer(&mut self) -> Option<String> {
        self.back = self.back.checked_sub(1)?;
        match self.back {
            0 => Some(std::mem::take(&mut self.draft)),
            back => Some(self.lines[self.lines.len() - back].clone()),
        }
    }

    /// The lines that may be kept between visits.
    pub fn kept(&self) -> Vec<String> {
        self.lines.iter().filter(|line| may_be_kept(line)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_is_one_write_of_whole_lines() {
        assert_eq!(pipeline("USER alice\nPASS x\r\nSTAT"), b"USER alice\r\nPASS x\r\nSTAT\r\n");
        assert_eq!(pipeline("STAT\n"), b"STAT\r\n");
        assert_eq!(pipeline("STAT\n\n"), b"STAT\r\n\r\n");
    }

    #[test]
    fn full_width_letters_are_noticed() {
        assert_eq!(narrowed("ＵＳＥＲ　ａｌｉｃｅ").as_deref(), Some("USER alice"));
        assert_eq!(narrowed("USER alice"), None);
    }

    #[test]
    fn history_goes_back_and_forth_and_keeps_the_draft() {
        let mut history = History::default();
        history.push("STAT");
        history.push("LIST");
        history.push("LIST");
        assert_eq!(history.older("NO").as_deref(), Some("LIST"));
        assert_eq!(history.older("LIST").as_deref(), Some("STAT"));
        assert_eq!(history.older("STAT"), None);
        assert_eq!(history.newer().as_deref(), Some("LIST"));
        assert_eq!(history.newer().as_deref(), Some("NO"));
        assert_eq!(history.newer(), None);
    }

    #[test]
    fn secrets_are_not_kept() {
        let history = History::new(vec![
            "USER alice".into(),
            "pass x".into(),
            "APOP a b".into(),
            " AUTH PLAIN".into(),
            "PASS\tx".into(),
        ]);
        assert_eq!(history.kept(), ["USER alice"]);
    }

    #[test]
    fn only_the_latest_lines_are_kept() {
        let mut history = History::default();
        (0..MOST + 5).for_each(|count| history.push(&format!("RETR {count}")));
        assert_eq!(history.kept().len(), MOST);
        assert_eq!(history.kept()[0], "RETR 5");
    }

    #[test]
    fn responses_of_auth_are_in_no_history() {
        let kept = |text, challenged| remembered(text, challenged).collect::<Vec<_>>();
        assert_eq!(kept("CAPA\nNOOP", false), ["CAPA", "NOOP"]);
        assert_eq!(kept("AGFsaWNl", true), [""; 0]);
        assert_eq!(kept("AGFsaWNl\nSTAT", true), ["STAT"]);
        assert_eq!(kept("AUTH LOGIN\nYWxpY2U=\nc2VjcmV0\nSTAT", false), ["AUTH LOGIN"]);
    }
}

//! What stands after `+OK ` for a person to read, as data: its words are those of a language. STAT, LIST and UIDL
//! with a number are for programs, and are no text.

use super::japanese;
use super::language::Language;
use super::reply::{count, drop_listing};
use crate::mail::MessageNumber;

/// The text of a positive answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// CAPA: lines follow.
    Capabilities,
    /// USER.
    NameTaken,
    /// A login, with messages and octets.
    Opened(usize, u64),
    /// LIST: lines follow.
    Listing(usize, u64),
    /// UIDL: lines follow.
    UniqueIds,
    /// RETR: so many octets follow.
    Octets(u64),
    /// TOP: so many octets follow, with at most so many lines of the body.
    Top(u64, u64),
    /// DELE.
    Marked(MessageNumber),
    /// RSET, with messages and octets.
    Unmarked(usize, u64),
    /// NOOP.
    StillHere,
    /// QUIT before login.
    Goodbye,
    /// QUIT after login: so many messages were removed.
    Removed(u64),
    /// UTF8.
    Utf8,
    /// LANG with a language: the first answer in it.
    LanguageChosen,
    /// LANG: lines follow.
    Languages,
}

impl Answer {
    /// The text in a language.
    pub(super) fn text(self, language: Language) -> String {
        if language == Language::Japanese {
            return japanese::answer(self);
        }
        match self {
            Answer::Capabilities => "capabilities follow".into(),
            Answer::NameTaken => "now send PASS".into(),
            Answer::Opened(messages, octets) => {
                format!("the maildrop is yours, {}", drop_listing(messages, octets))
            }
            Answer::Listing(messages, octets) => drop_listing(messages, octets),
            Answer::UniqueIds => "unique-ids follow".into(),
            // Wireshark reads the length of the body from this number, and finds an answer to TOP malformed
            // that begins with none.
            Answer::Octets(octets) => format!("{octets} octets"),
            Answer::Top(octets, lines) => {
                format!("{octets} octets, the header and up to {} of the body", count(lines, "line"))
            }
            Answer::Marked(number) => format!("message {number} marked, to be removed at QUIT"),
            Answer::Unmarked(messages, octets) => {
                format!("no message is marked, the maildrop has {}", drop_listing(messages, octets))
            }
            Answer::StillHere => "still here".into(),
            Answer::Goodbye => "goodbye".into(),
            Answer::Removed(messages) => format!("goodbye, {} removed", count(messages, "message")),
            Answer::Utf8 => "headers may come in UTF-8 now".into(),
            Answer::LanguageChosen => "in English from now on".into(),
            Answer::Languages => "languages follow".into(),
        }
    }
}

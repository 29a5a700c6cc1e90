//! What the parts of a comparison are called, in words short enough for narrow columns. Words that the lab has
//! for the same thing are the lab's.

use crate::i18n::{Id, Words, id};
use crate::trace::Note;
use crate::ui::explain::rule_text;
use crate::ui::meanings::rule;
use crate::ui::notes::note_text;
use crate::ui::tls_words::verdict_text;
use crate::ui::visible::plain;
use crate::world::comparison::{Absent, Differs, Plan, Safety, Section, Stage};

/// The most letters of a line of the script.
pub const LONGEST: usize = 120;

/// What is being done: a line of the script is called what it says.
pub fn stage(stage: Stage, plan: &Plan, words: Words) -> String {
    let says = match stage {
        Stage::Tcp => id::COMPARE_TCP,
        Stage::TlsFirst => id::SECURITY_TLS_AT_ONCE,
        Stage::Greeting => id::NOTED_BANNER,
        Stage::Asks => id::COMPARE_ASKS,
        Stage::Stls => id::NOTED_STLS,
        Stage::Tls => id::COMPARE_TLS,
        Stage::AsksAgain => id::COMPARE_ASKS_AGAIN,
        Stage::Line(number) => {
            let line = plan.script.lines.get(number as usize);
            return line.map_or(String::new(), |line| plain(line.as_bytes(), LONGEST));
        }
        Stage::Close => id::COMPARE_CLOSE,
    };
    words.say(says)
}

/// A part of a session.
pub fn section(section: Section) -> Id {
    match section {
        Section::Tcp => id::STATE_TCP,
        Section::Tls => id::STATE_TLS,
        Section::Greeting => id::NOTED_BANNER,
        Section::Capabilities => id::NOTED_CAPABILITIES,
        Section::Authentication => id::NOTED_LOGIN,
        Section::Listing => id::COMPARE_LISTING,
        Section::Retrieval => id::COMPARE_RETRIEVAL,
        Section::Marking => id::COMPARE_MARKING,
        Section::Update => id::NOTED_QUIT,
        Section::Other => id::COMPARE_OTHER,
        Section::Close => id::NOTED_CLOSED,
    }
}

/// Why a lane does nothing where another does something.
pub fn absent(absent: &Absent, words: Words) -> String {
    words.say(match absent {
        Absent::SealedFromTheStart => id::COMPARE_SEALED_FROM_THE_START,
        Absent::SealedLater => id::COMPARE_SEALED_LATER,
        Absent::NeverSealed => id::COMPARE_NEVER_SEALED,
        Absent::NotOffered => id::COMPARE_NOT_OFFERED,
        // The note is about a person at the keys; here a program closes, when it has done what it was told.
        Absent::Over(Note::ServerClosed | Note::ClientClosed) => id::COMPARE_OVER,
        Absent::Over(Note::CertificateRefused { verdict, .. }) => {
            return words.with(id::COMPARE_HUNG_UP, &[("why", verdict_text(words, verdict).into())]);
        }
        Absent::Over(note) => return note_text(words, note),
        Absent::NoStamp => id::COMPARE_NO_STAMP,
        Absent::Unanswered => id::COMPARE_UNANSWERED,
        Absent::StillOpen => id::COMPARE_STILL_OPEN,
    })
}

/// Why an answer is another than on the first lane that has one.
pub fn differs(differs: &Differs, words: Words) -> String {
    match differs {
        Differs::Refused { here, refusal } => {
            let says = if *here { id::COMPARE_REFUSED_HERE } else { id::COMPARE_REFUSED_THERE };
            words.with(says, &[("rule", rule_text(rule(refusal).0, refusal, words).into())])
        }
        Differs::Capabilities { more, fewer } => {
            let lists = [(id::COMPARE_MORE, more), (id::COMPARE_FEWER, fewer)];
            let said = lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(says, list)| {
                let list: Vec<String> = list.iter().map(|tag| plain(tag.as_bytes(), LONGEST)).collect();
                words.with(says, &[("list", list.join(", ").into())])
            });
            let said: Vec<String> = said.collect();
            // The same ones in another order.
            if said.is_empty() { words.say(id::COMPARE_OTHER_TEXT) } else { said.join(" ") }
        }
        Differs::Stamp => words.say(id::COMPARE_OTHER_STAMP),
        Differs::Text => words.say(id::COMPARE_OTHER_TEXT),
    }
}

/// How safe the password is, and since when.
pub fn safety(safety: Safety, words: Words) -> String {
    let (says, at) = match safety {
        Safety::Open => return words.say(id::COMPARE_SAFETY_OPEN),
        Safety::Sealed(at) => (id::COMPARE_SAFETY_SEALED, at),
        Safety::Exposed(at) => (id::COMPARE_SAFETY_EXPOSED, at),
        Safety::Guessable(at) => (id::COMPARE_SAFETY_GUESSABLE, at),
    };
    words.with(says, &[("ms", at.as_millis().into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::pki::Verdict;
    use crate::pop3::{Refusal, Verb};
    use crate::world::comparison::{Ending, Script};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const ENGLISH: Words = Words::new(Language::English);

    #[test]
    fn a_line_of_the_script_is_called_what_it_says_and_obeys_nothing() {
        let plan = Plan::new(Script::read("NOOP\x1b[2J", Ending::AsSaid));
        assert_eq!(stage(Stage::Line(0), &plan, ENGLISH), "NOOP<ESC>[2J");
        assert_eq!(stage(Stage::Line(7), &plan, ENGLISH), "");
    }

    #[test]
    fn only_the_capabilities_that_differ_are_named() {
        let said = |more: &[&str], fewer: &[&str]| {
            let list = |tags: &[&str]| tags.iter().map(|tag| tag.to_string()).collect();
            differs(&Differs::Capabilities { more: list(more), fewer: list(fewer) }, ENGLISH)
        };
        assert_eq!(said(&["USER"], &["STLS", "TOP"]), "Only here: USER. Missing here: STLS, TOP.");
        assert_eq!(said(&[], &["STLS"]), "Missing here: STLS.");
        assert_eq!(said(&[], &[]), "The answer is another.");
    }

    #[test]
    fn a_reason_has_what_is_behind_it() {
        let refused = Note::CertificateRefused { verdict: Verdict::SelfSigned, chain: [].into() };
        let said = absent(&Absent::Over(refused), ENGLISH);
        assert_eq!(
            said,
            "The mail program hung up. The server signed its certificate itself: nobody else vouches for it."
        );
        let needs_tls = Differs::Refused { here: false, refusal: Refusal::NeedsTls(Verb::User) };
        assert!(differs(&needs_tls, ENGLISH).ends_with("First STLS, then USER."));
    }

    #[test]
    fn a_moment_is_in_milliseconds() {
        let at = crate::time::Instant::from_micros(120_999);
        assert_eq!(safety(Safety::Sealed(at), ENGLISH), "sealed after 120 ms");
        assert_eq!(safety(Safety::Exposed(at), Words::new(Language::Japanese)), "120 ミリ秒後に読まれた");
    }
}

//! The languages of a server's answers (RFC 6856 section 3), chosen by LANG.

use super::Refusal;

/// A language that the server speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// What every session begins with.
    #[default]
    English,
    /// The second one.
    Japanese,
}

impl Language {
    /// Every language, the server's own choice first.
    pub const ALL: [Language; 2] = [Language::English, Language::Japanese];

    /// The tag by which LANG names it (RFC 5646).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Japanese => "ja",
        }
    }

    /// What it is called in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Japanese => "日本語",
        }
    }

    /// The language for a range: `*` is the server's own choice, and what is asked for more exactly than it is
    /// known gets the language as such, `ja` for `ja-JP` (RFC 4647 section 3.4).
    pub fn of_range(range: &str) -> Option<Language> {
        let language = range.split('-').next().unwrap_or(range);
        let fits = |of: &Language| range == "*" || of.tag().eq_ignore_ascii_case(language);
        Language::ALL.into_iter().find(fits)
    }
}

impl Refusal {
    /// What stands after `-ERR ` in this language. A response code is the same in all of them.
    pub fn text_in(&self, language: Language) -> String {
        let english = self.text();
        match language {
            Language::English => english,
            Language::Japanese => {
                let code =
                    english.find("] ").filter(|_| english.starts_with('[')).map(|end| &english[..end + 2]);
                code.unwrap_or_default().to_owned() + &super::japanese::refusal(self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_range_gets_the_language_that_it_names() {
        for (range, language) in [
            ("*", Some(Language::English)),
            ("EN", Some(Language::English)),
            ("ja-Latn-JP", Some(Language::Japanese)),
            ("jam", None),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(Language::of_range(range), language, "{range:?}");
        }
    }

    #[test]
    fn a_response_code_is_the_same_in_every_language() {
        let text = Refusal::NeedsTls(super::super::Verb::User).text_in(Language::Japanese);
        assert!(text.starts_with("[AUTH] ") && !text.is_ascii(), "{text}");
        assert!(!Refusal::Unknown.text_in(Language::Japanese).is_ascii());
    }
}

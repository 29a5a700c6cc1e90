//! Every word that the page shows, in the reader's language, from the Fluent catalogues in `i18n/`.
//!
//! A message that is missing, or lacks an argument, shows its id; tests/tidy.rs sees to it that none is.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::rc::Rc;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All languages, in the order of their buttons.
    pub const ALL: [Language; 2] = [Language::English, Language::Japanese];

    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Japanese => "ja",
        }
    }

    /// The language that a tag such as `ja-JP` asks for, if we have it.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    fn catalogue(self) -> &'static str {
        match self {
            Language::English => include_str!("../i18n/en/pop3lab.ftl"),
            Language::Japanese => include_str!("../i18n/ja/pop3lab.ftl"),
        }
    }
}

/// The words of one language. Cheap to clone; equal if the language is the same.
#[derive(Clone)]
pub struct Words {
    language: Language,
    bundle: Rc<FluentBundle<FluentResource>>,
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        self.language == other.language
    }
}

impl Words {
    /// The words of `language`.
    pub fn new(language: Language) -> Words {
        let resource = FluentResource::try_new(language.catalogue().to_owned());
        let resource = resource.unwrap_or_else(|(partial, _)| partial);
        let tag = language.tag().parse().expect("the tag of a language we have");
        let mut bundle = FluentBundle::new(vec![tag]);
        // The marks around arguments would show up in copied text, and both languages run one way.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Words { language, bundle: Rc::new(bundle) }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message `id`.
    pub fn say(&self, id: &str) -> String {
        self.with(id, [])
    }

    /// The message `id` with its arguments.
    pub fn with<'a, const N: usize>(&self, id: &str, arguments: [(&'a str, FluentValue<'a>); N]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'a> = arguments.into_iter().collect();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

//! How a person wants the page: kept in the browser between visits, and no part of the session.

use super::browser;
use super::pace::{Pace, Speed};
use super::theme::Theme;
use crate::i18n::{Language, Words, id};

/// What a person chose, now or at an earlier visit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The words of the language that is chosen.
    pub words: Words,
    /// Light or dark.
    pub theme: Theme,
    /// When the panels show what happened.
    pub pace: Pace,
    /// How fast it is shown.
    pub speed: Speed,
    /// The language that is chosen and whose words are not there yet.
    awaited: Option<Language>,
    /// Whether the words of a language could not be fetched.
    pub unfetched: bool,
}

/// A choice among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This language.
    Language(Language),
    /// The next theme.
    NextTheme,
    /// This pace.
    Pace(Pace),
    /// This speed.
    Speed(Speed),
}

impl Settings {
    /// What was chosen at an earlier visit; else what the browser prefers.
    pub fn restored() -> Settings {
        let language = browser::first_language();
        browser::knows(language);
        Settings {
            words: Words::new(language),
            theme: kept("theme", &Theme::ALL, Theme::name).unwrap_or(Theme::System),
            pace: kept("pace", &Pace::ALL, Pace::name).unwrap_or_default(),
            speed: kept("speed", &Speed::ALL, Speed::name).unwrap_or_default(),
            awaited: None,
            unfetched: false,
        }
    }

    /// Chooses, and keeps the choice for the next visit.
    pub fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Language(language) => {
                self.unfetched = false;
                browser::remember("language", language.tag());
                self.awaited = (!browser::knows(language)).then_some(language);
                if self.awaited.is_some() {
                    return browser::fetch_words(language);
                }
                self.words = Words::new(language);
                self.dress();
            }
            Choice::NextTheme => {
                self.theme = self.theme.next();
                browser::remember("theme", self.theme.name());
                self.dress();
            }
            Choice::Pace(pace) => {
                self.pace = pace;
                browser::remember("pace", pace.name());
            }
            Choice::Speed(speed) => {
                self.speed = speed;
                browser::remember("speed", speed.name());
            }
        }
    }

    /// Goes on with a language whose words have been fetched, or could not be.
    pub fn fetched(&mut self) {
        match self.awaited.take() {
            Some(language) if browser::knows(language) => self.choose(Choice::Language(language)),
            Some(_) => {
                self.unfetched = true;
                browser::remember("language", self.words.language().tag());
            }
            None => {}
        }
    }

    /// Gives language, theme and title to the document around the page.
    pub fn dress(&self) {
        let title = self.words.say(id::PAGE_TITLE);
        browser::dress(self.words.language(), self.theme.name(), &title);
    }
}

/// The one of `all` whose name was kept under `key`.
fn kept<T: Copy>(key: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
    let kept = browser::recall(key)?;
    all.iter().copied().find(|held| name(*held) == kept)
}

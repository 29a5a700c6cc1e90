//! CAPA and LANG: what the server can do, and in which language it says so (RFC 2449, RFC 6856 section 3).

use super::{Session, State};
use crate::mail::Mailstore;
use crate::pop3::answer::Answer;
use crate::pop3::capability::capabilities;
use crate::pop3::{Language, Refusal};

impl Session {
    pub(super) fn tell_capabilities(&mut self, store: &impl Mailstore) {
        let policies = match &self.state {
            State::Transaction(maildrop) => vec![store.policy(maildrop.owner())],
            _ => store.policies(),
        };
        let lines = capabilities(&self.config, self.phase(), &self.channel, &policies);
        self.say(Answer::Capabilities);
        self.list(lines);
    }

    pub(super) fn tell_languages(&mut self) {
        self.say(Answer::Languages);
        self.list(Language::ALL.map(|language| format!("{} {}", language.tag(), language.name())).into());
    }

    /// The answer is in the new language already; without it, the old one stays.
    pub(super) fn choose_language(&mut self, range: &str) -> Result<(), Refusal> {
        self.language = Language::of_range(range).ok_or(Refusal::UnknownLanguage)?;
        let text = Answer::LanguageChosen.text(self.language);
        self.ok(&format!("{} {text}", self.language.tag()));
        Ok(())
    }
}

//! The end of every login: the store opens the mailbox or does not, and who guesses is slowed down.

use super::{Session, State};
use crate::mail::{Mailstore, OpenError, Proof, Uid};
use crate::pop3::answer::Answer;
use crate::pop3::output::{Effect, LogLine, Method, Output};
use crate::pop3::{Cause, Refusal, Verb};
use crate::sasl::Credentials;
use crate::time::Instant;

/// Who wants to open what, and how they say who they are.
pub(super) struct Login<'a> {
    pub(super) name: &'a str,
    pub(super) mailbox: &'a str,
    pub(super) method: Method,
    pub(super) verb: Verb,
}

impl Session {
    /// Opens the mailbox if `verify` holds.
    pub(super) fn log_in(
        &mut self,
        store: &mut impl Mailstore,
        login: &Login<'_>,
        verify: &dyn Fn(&Credentials) -> bool,
        now: Instant,
    ) -> Result<(), Refusal> {
        let Login { name: by, mailbox, method, verb } = *login;
        let plaintext = match method {
            Method::UserPass => true,
            Method::Apop => false,
            Method::Sasl(mechanism) => mechanism.row().sends_secret,
        };
        let name = mailbox.to_owned();
        match store.open(mailbox, &Proof { plaintext, by, verify }, now) {
            Ok(maildrop) => {
                let messages: Vec<Uid> = maildrop.listing().map(|(_, entry)| entry.uid.clone()).collect();
                let (count, octets) = maildrop.stat();
                if !self.enter(store, Cause::Accepted(verb), State::Transaction(maildrop)) {
                    return Err(self.not_now(verb));
                }
                self.name = Some(name.clone());
                self.failures = 0;
                self.say(Answer::Opened(count, octets));
                self.queue.push_back(Output::Effect(Effect::Opened { name: name.clone(), messages }));
                self.queue.push_back(Output::Log(LogLine::LoggedIn { name, method }));
                Ok(())
            }
            Err(error) => {
                if matches!(error, OpenError::BadCredentials | OpenError::LockedOut) {
                    self.failed(now);
                }
                let name = by.to_owned();
                self.queue.push_back(Output::Log(LogLine::LoginFailed { name, method, error }));
                Err(Refusal::Login(error))
            }
        }
    }

    /// Counts a failed login, and holds back its answer: it takes the same time whatever was wrong.
    pub(super) fn failed(&mut self, now: Instant) {
        self.failures += 1;
        let delay = self.config.failure_delay * (1 << (self.failures - 1).min(4));
        self.held_until = (!delay.is_zero()).then(|| now + delay);
    }
}

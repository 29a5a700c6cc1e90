//! Counts wrong proofs by name, so that nobody can try a list of passwords in peace. Names that nobody has are
//! counted like others, or one could tell them apart by what happens.

use super::OpenError;
use crate::sorted::Map;
use crate::time::Instant;
use std::time::Duration;

/// When a name is closed to guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// After so many wrong proofs in a row.
    pub guesses: u32,
    /// For so long after the last of them, in virtual time.
    pub span: Duration,
}

/// The wrong proofs of each name since the last right one, and when the last was.
#[derive(Debug, Default)]
pub(super) struct Guesses(Map<String, (u32, Instant)>);

/// The most names that are remembered: who tries one name after the other takes no more memory than this.
const NAMES: usize = 1000;

impl Guesses {
    /// Whether the name is closed now.
    pub(super) fn is_closed(&self, name: &str, lockout: Option<Lockout>, now: Instant) -> bool {
        let closes = |lockout: Lockout| {
            self.0
                .get(name)
                .is_some_and(|(count, last)| *count >= lockout.guesses && now < *last + lockout.span)
        };
        lockout.is_some_and(closes)
    }

    /// A proof was wrong, or came while the name was closed, which does not close it for longer.
    pub(super) fn wrong(
        &mut self,
        name: &str,
        lockout: Option<Lockout>,
        closed: bool,
        now: Instant,
    ) -> OpenError {
        if closed {
            return OpenError::LockedOut;
        }
        let Some(lockout) = lockout else { return OpenError::BadCredentials };
        if self.0.len() >= NAMES && !self.0.contains_key(name) {
            let oldest = self.0.iter().min_by_key(|(_, (_, last))| *last).map(|(name, _)| name.clone());
            oldest.map(|name| self.0.remove(&name));
        }
        let (count, last) = self.0.get_or_insert_with(name.to_owned(), || (0, now));
        // A closed time that is over begins the count anew.
        *count = if *count >= lockout.guesses { 1 } else { *count + 1 };
        *last = now;
        OpenError::BadCredentials
    }

    /// A proof was right.
    pub(super) fn right(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_names_that_are_remembered_are_bounded_and_the_oldest_go_first() {
        let mut guesses = Guesses::default();
        let lockout = Some(Lockout { guesses: 1, span: Duration::from_secs(1_000_000) });
        let at = |seconds: usize| Instant::ZERO + Duration::from_secs(seconds as u64);
        for number in 0..=NAMES {
            guesses.wrong(&number.to_string(), lockout, false, at(number));
        }
        assert_eq!(guesses.0.len(), NAMES);
        assert!(!guesses.is_closed("0", lockout, at(NAMES)) && guesses.is_closed("1", lockout, at(NAMES)));
    }

    #[test]
    fn without_a_lockout_nothing_is_remembered() {
        let mut guesses = Guesses::default();
        assert_eq!(guesses.wrong("alice", None, false, Instant::ZERO), OpenError::BadCredentials);
        assert!(guesses.0.is_empty() && !guesses.is_closed("alice", None, Instant::ZERO));
    }
}

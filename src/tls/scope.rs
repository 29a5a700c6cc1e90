//! What rustls may use while it is called, and what can be seen of its work meanwhile.
//!
//! ```text
//!  Endpoint ── lends Scope{chance, now} ─▶ thread ◀── provider: random octets, date
//!           ◀────── takes it back ───────────┴─────── provider, verifier, key log: what they saw
//! ```
//!
//! rustls wants its randomness and its clock as `'static` values, but each of our ends has its own. So
//! an end lends them to the thread for the time of one call. Outside of it there is nothing: asking is
//! an error there, never a silent default.

use super::chance::{Chance, Exhausted};
use super::failure::CertificateProblem;
use super::policy::Trust;
use super::record::ContentType;
use std::cell::RefCell;
use std::collections::VecDeque;

thread_local! {
    static LENT: RefCell<Option<Scope>> = const { RefCell::new(None) };
}

/// What one end owns and lends.
pub(super) struct Scope {
    /// Its randomness.
    pub chance: Chance,
    /// The date on its machine, in seconds since 1970.
    pub now: u64,
    /// What the calls let see.
    pub seen: Seen,
}

/// What is seen from inside of a call, in the order in which it happens.
#[derive(Default)]
pub(super) struct Seen {
    /// Records that were encrypted and not yet handed out.
    pub sealed: VecDeque<Sealed>,
    /// The record that was decrypted last.
    pub opened: Option<(ContentType, Vec<u8>)>,
    /// Lines of the key log.
    pub keys: Vec<String>,
    /// The host name that the client asked for, at the server.
    pub name: Option<String>,
    /// The certificates that the other end showed.
    pub chain: Vec<Vec<u8>>,
    /// What is wrong with them, where rustls has no name for it.
    pub problem: Option<CertificateProblem>,
    /// Why they are trusted, if they are.
    pub trust: Option<Trust>,
    /// The scheme of the signature that was made or read in the handshake.
    pub scheme: Option<u16>,
    /// The secret of which others are exported, in TLS 1.3 (RFC 8446 section 7.5).
    pub exporter: Option<Vec<u8>>,
}

/// A record before and after it was encrypted.
pub(super) struct Sealed {
    /// What is in it.
    pub kind: ContentType,
    /// Its content.
    pub plain: Vec<u8>,
    /// How its octets on the wire end.
    pub tag: [u8; 16],
}

impl Scope {
    pub fn new(chance: Chance, now: u64) -> Scope {
        Scope { chance, now, seen: Seen::default() }
    }

    /// Lends this scope to the thread while `work` is done.
    pub fn during<T>(&mut self, work: impl FnOnce() -> T) -> T {
        // Gives back whatever happens, and puts back what an outer call had lent.
        struct Back<'a>(&'a mut Scope, Option<Scope>);
        impl Drop for Back<'_> {
            fn drop(&mut self) {
                if let Some(mut scope) = LENT.replace(self.1.take()) {
                    std::mem::swap(self.0, &mut scope);
                }
            }
        }
        let empty = Scope::new(Chance::from_source(Box::new(Nothing)), 0);
        let outer = LENT.replace(Some(std::mem::replace(self, empty)));
        let _back = Back(self, outer);
        work()
    }
}

/// Asks the scope that is lent now. `None` outside of any.
pub(super) fn ask<T>(question: impl FnOnce(&mut Scope) -> T) -> Option<T> {
    LENT.with(|lent| lent.try_borrow_mut().ok()?.as_mut().map(question))
}

/// What is left with the owner while its scope is lent.
struct Nothing;

impl super::chance::Source for Nothing {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), Exhausted> {
        Err(Exhausted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn dated(now: u64) -> Scope {
        Scope::new(Chance::seeded(1, 1), now)
    }

    #[test]
    fn nothing_is_lent_outside_of_a_call() {
        let mut scope = dated(5);
        assert_eq!(ask(|lent| lent.now), None);
        assert_eq!(scope.during(|| ask(|lent| lent.now)), Some(5));
        assert_eq!(ask(|lent| lent.now), None);
    }

    #[test]
    fn a_call_inside_a_call_has_its_own() {
        let (mut outer, mut inner) = (dated(1), dated(2));
        let dates = outer.during(|| {
            let within = inner.during(|| ask(|lent| lent.now));
            (within, ask(|lent| lent.now))
        });
        assert_eq!(dates, (Some(2), Some(1)));
    }

    #[test]
    fn what_was_drawn_is_gone_for_the_next_call() {
        let mut scope = dated(1);
        let mut draw = || {
            scope.during(|| {
                let mut octets = [0; 8];
                ask(|lent| lent.chance.fill(&mut octets)).unwrap().unwrap();
                octets
            })
        };
        assert_ne!(draw(), draw());
    }
}

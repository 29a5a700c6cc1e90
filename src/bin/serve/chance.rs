//! Randomness of the operating system: for keys, nonces and time stamps that nobody may foresee.

use pop3lab::tls::{Chance, Exhausted, Source};

/// The operating system.
struct System;

impl Source for System {
    fn fill(&mut self, octets: &mut [u8]) -> Result<(), Exhausted> {
        getrandom::fill(octets).map_err(|_| Exhausted)
    }
}

/// Randomness for one end of a connection.
pub fn chance() -> Chance {
    Chance::from_source(Box::new(System))
}

/// So many octets.
///
/// # Panics
/// If the operating system has none to give: nothing may go on with octets that can be foreseen.
pub fn octets<const COUNT: usize>() -> [u8; COUNT] {
    let mut octets = [0; COUNT];
    getrandom::fill(&mut octets).expect("the operating system gives random octets");
    octets
}

/// A number of 64 bits.
pub fn number() -> u64 {
    u64::from_be_bytes(octets())
}

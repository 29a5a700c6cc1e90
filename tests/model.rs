//! The engine beside a second, simple server that was written from RFC 1939 alone: over long random sessions of one
//! client and of two, both must say the same.
//!
//! ```text
//!   dice ─▶ a line, mail, a lost connection ─┬▶ Session, Store ─▶ octets ─┐
//!                                            └▶ reference ─▶ what is due ─┴▶ the same?
//! ```

#[path = "model/play.rs"]
mod play;
#[path = "model/reference.rs"]
mod reference;

use play::{Tally, play};
use reference::Rule;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Commands of one play: unique-ids that were told are looked through, so that plays stay short.
const PLAY: u64 = 2_000;

/// Plays until so many commands were compared.
fn compare(clients: usize, commands: u64) -> Tally {
    let mut all = Tally::default();
    let mut seed = 1939;
    while all.commands < commands {
        let tally = play(seed, clients, PLAY, None).unwrap_or_else(|story| panic!("{story}"));
        seed += 1;
        all.commands += tally.commands;
        all.sessions += tally.sessions;
        all.positive += tally.positive;
        all.in_use += tally.in_use;
        all.lost += tally.lost;
    }
    all
}

#[test]
fn one_client_is_answered_as_rfc_1939_has_it() {
    let tally = compare(1, 20_000);
    assert!(tally.positive > 8_000 && tally.sessions > 200 && tally.lost > 100, "{tally:?}");
    assert_eq!(tally.in_use, 0);
}

#[test]
fn two_clients_are_answered_as_rfc_1939_has_it() {
    let tally = compare(2, 20_000);
    assert!(tally.positive > 8_000 && tally.in_use > 100, "{tally:?}");
}

#[test]
fn a_rule_that_is_broken_is_noticed() {
    for rule in Rule::ALL {
        let noticed = (0..5).any(|seed| play(seed, 2, PLAY, Some(rule)).is_err());
        assert!(noticed, "nobody minds that {rule:?} is broken");
    }
}

// Time is read from the machine's clock, which wasm has none of.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "long: cargo xtask soak model"]
fn soak_of_model() {
    let commands = std::env::var("POP3LAB_MODEL").ok().and_then(|it| it.parse().ok()).unwrap_or(1_000_000);
    let begun = std::time::Instant::now();
    for clients in [1, 2] {
        println!("{clients} clients: {:?}", compare(clients, commands / 2));
    }
    println!("{commands} commands agreed in {:?}", begun.elapsed());
}

//! Whatever comes in from outside, nothing panics and no octet is lost: octets of clients, exchanges of AUTH, what
//! a person does to a world, mail, frames. What is fed begins as something sane and is bent: no compiler of the
//! day before yesterday and no other program is needed, and a seed tells every octet.
//!
//! ```text
//!   corpus ─▶ Mutator(seed) ─▶ target ─▶ nothing may panic, and what the target promises must hold
//! ```

#[path = "support/lab.rs"]
mod lab;
#[path = "fuzz/mutator.rs"]
mod mutator;
#[path = "fuzz/targets.rs"]
mod targets;

use mutator::Mutator;
use targets::TARGETS;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn nothing_that_is_bent_a_little_makes_anything_panic() {
    for target in TARGETS {
        let corpus = (target.corpus)();
        for seed in 0..target.rounds {
            (target.feed)(&Mutator::new(seed).bend(&corpus));
        }
    }
}

#[test]
fn the_same_seed_bends_in_the_same_way_and_another_differently() {
    let corpus = vec![b"USER alice\r\n".to_vec(), b"PASS wonderland\r\n".to_vec()];
    let bent: Vec<Vec<u8>> = (0..100).map(|seed| Mutator::new(seed).bend(&corpus)).collect();
    let again: Vec<Vec<u8>> = (0..100).map(|seed| Mutator::new(seed).bend(&corpus)).collect();
    assert_eq!(bent, again);
    let mut distinct = bent;
    distinct.sort();
    distinct.dedup();
    assert!(distinct.len() > 80, "{} of 100 differ", distinct.len());
}

// Time is read from the machine's clock, which wasm has none of.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "long: cargo xtask soak bent --minutes N, for each target"]
fn soak_of_bent_octets() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let minutes = std::env::var("POP3LAB_MINUTES").ok().and_then(|it| it.parse().ok()).unwrap_or(1_u64);
    let only = std::env::var("POP3LAB_TARGET").ok();
    let wanted = |target: &&targets::Target| only.as_deref().is_none_or(|name| name == target.name);
    let chosen: Vec<&targets::Target> = TARGETS.iter().filter(wanted).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, |it| it.get()) {
            scope.spawn(|| {
                while let Some(target) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    soak(target, std::time::Duration::from_secs(60 * minutes));
                }
            });
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn soak(target: &targets::Target, span: std::time::Duration) {
    let corpus = (target.corpus)();
    let begun = std::time::Instant::now();
    let mut seed = target.rounds;
    while begun.elapsed() < span {
        // The seed is what tells the octets, should it panic.
        let told = std::panic::catch_unwind(|| (target.feed)(&Mutator::new(seed).bend(&corpus)));
        assert!(told.is_ok(), "{}: seed {seed} panics", target.name);
        seed += 1;
    }
    println!("{}: {} inputs in {:.1?}", target.name, seed - target.rounds, begun.elapsed());
}

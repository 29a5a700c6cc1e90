//! The same seed gives the same octets: however they are split, whoever else speaks, on every machine.

use crate::pair::*;
use pop3lab::tls::*;
use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What a whole session comes to, in both versions. A change of these values changes what saved sessions
/// show: whoever copies the new ones here says in the commit why.
const GOLDEN: [(Versions, &str); 2] = [
    (Versions::Only12, "b42f85880f8bb3b4339d95043e8a81ca9965901190316e1ac340cccb69ee388c"),
    (Versions::Only13, "07177122db9429a8dd0ab76238551b54060106cb58644c34d5630d183434c2dd"),
];

fn policy(versions: Versions) -> ClientTls {
    ClientTls { versions, ..trusting() }
}

/// Greeting, a command, a long answer, the end.
fn session(mut pair: Pair) -> Pair {
    while !step(&mut pair) {}
    pair
}

/// Lets one record arrive, or has the next thing said when none is on its way. Whether that was all.
fn step(pair: &mut Pair) -> bool {
    if pair.arrives() {
        return false;
    }
    let said = pair.heard(End::Server).len() + pair.heard(End::Client).len();
    let closed = |of: &Endpoint| of.state() != TlsState::Connected;
    match said {
        0 => pair.says(End::Server, b"+OK ready\r\n"),
        11 => pair.says(End::Client, b"RETR 1\r\n"),
        19 => pair.says(End::Server, &[b'.'; 20_000]),
        _ if !closed(&pair.client) => pair.closes(End::Client),
        _ if pair.server.state() == TlsState::Closing => pair.closes(End::Server),
        _ => return true,
    }
    false
}

fn digest(pair: &Pair) -> String {
    let octets = postcard::to_allocvec(&pair.log).expect("outputs can be serialised");
    Sha256::digest(octets).iter().map(|octet| format!("{octet:02x}")).collect()
}

#[test]
fn the_octets_of_a_session_are_what_they_were() {
    let found = GOLDEN.map(|(versions, _)| digest(&session(Pair::with(&policy(versions), &serving(), 42))));
    assert_eq!(found.each_ref().map(|found| &found[..]), GOLDEN.map(|(_, digest)| digest));
}

#[test]
fn another_seed_is_another_session() {
    let one = |seed| digest(&session(Pair::with(&trusting(), &serving(), seed)));
    assert_ne!(one(1), one(2));
}

#[test]
fn any_split_gives_the_same_outputs() {
    for versions in [Versions::Only12, Versions::Only13] {
        let whole = session(Pair::with(&policy(versions), &serving(), 3));
        assert_eq!(whole.client.state(), TlsState::Closed);
        for piece in [1, 2, 5, 6, 100, 1000] {
            let mut pair = Pair::with(&policy(versions), &serving(), 3);
            pair.piece = piece;
            assert!(session(pair).log == whole.log, "{versions:?} in pieces of {piece}");
        }
    }
}

/// Several records that arrive in one piece.
#[test]
fn what_arrives_at_once_is_read_one_by_one() {
    for versions in [Versions::Only12, Versions::Only13] {
        let whole = Pair::with(&policy(versions), &serving(), 3).drive();
        let mut pair = Pair::with(&policy(versions), &serving(), 3);
        while let Some((to, mut octets)) = (!pair.way.is_empty()).then(|| pair.way.remove(0)) {
            while pair.way.first().is_some_and(|(next, _)| *next == to) {
                octets.extend(pair.way.remove(0).1);
            }
            pair.hears(to, &octets);
        }
        assert!(pair.client.is_established());
        for end in [End::Client, End::Server] {
            assert!(pair.of_end(end).eq(whole.of_end(end)), "{versions:?}, {end:?}");
        }
    }
}

#[test]
fn pairs_know_nothing_of_each_other() {
    let made = |seed: u64| {
        let versions = [Versions::Both, Versions::Only12, Versions::Only13][seed as usize % 3];
        Pair::with(&policy(versions), &serving(), seed)
    };
    let alone: Vec<String> = (0..3).map(|seed| digest(&session(made(seed)))).collect();
    let mut together: Vec<Pair> = (0..3).map(made).collect();
    let mut busy = true;
    while busy {
        busy = together.iter_mut().map(|pair| !step(pair)).fold(false, |any, one| any | one);
    }
    assert_eq!(together.iter().map(digest).collect::<Vec<_>>(), alone);
}

#[test]
fn what_is_sent_is_what_is_read() {
    for versions in [Versions::Only12, Versions::Only13] {
        let pair = session(Pair::with(&policy(versions), &serving(), 5));
        for end in [End::Client, End::Server] {
            let read = pair.of_end(end).filter_map(|output| match output {
                Output::Read(record) => Some(record),
                _ => None,
            });
            let read: Vec<_> = read.collect();
            assert_eq!(read, pair.transmitted(other(end)), "{versions:?}, to the {end:?}");
            assert!(read.len() > 4);
        }
        let plain = pair.transmitted(End::Server).into_iter().filter(|record| record.plain.is_some());
        assert!(plain.count() >= 4, "encrypted records show what is in them");
        let ccs = |record: &&Record| record.kind == ContentType::ChangeCipherSpec;
        assert_eq!(pair.transmitted(End::Client).into_iter().filter(ccs).count(), 1);
        assert_eq!(pair.transmitted(End::Server).into_iter().filter(ccs).count(), 1);
    }
}

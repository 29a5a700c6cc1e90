//! The table of states against what really happens.

use crate::pair::*;
use pop3lab::pki::{Fault, Pki};
use pop3lab::tls::*;
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What is done to a connection at some point of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Blow {
    Nothing,
    Cut,
    /// The next record to arrive is changed.
    Change,
    /// An alert that nobody encrypted arrives first: handshake_failure, or close_notify.
    Alert(End, u8),
    Closes(End),
}

const BLOWS: [Blow; 9] = [
    Blow::Nothing,
    Blow::Cut,
    Blow::Change,
    Blow::Alert(End::Client, 40),
    Blow::Alert(End::Server, 40),
    Blow::Alert(End::Client, 0),
    Blow::Alert(End::Server, 0),
    Blow::Closes(End::Client),
    Blow::Closes(End::Server),
];

fn strike(pair: &mut Pair, blow: Blow) {
    match blow {
        Blow::Nothing => {}
        Blow::Cut => pair.cut(),
        Blow::Change => {
            if let Some((_, octets)) = pair.way.first_mut() {
                let last = octets.len() - 1;
                // The type of a message that is there, the tag where none can be seen.
                let at = if octets[0] == 22 && octets.len() < 2000 { 5 } else { last };
                octets[at] ^= 0x55;
            }
        }
        Blow::Alert(to, description) => {
            pair.hears(to, &[21, 3, 3, 0, 2, 2 - u8::from(description == 0), description])
        }
        Blow::Closes(end) => pair.closes(end),
    }
}

/// A whole session, and what is done to it when so many records have arrived, and then.
fn run(mut pair: Pair, at: usize, blow: Blow, then: Blow) -> Pair {
    for arrived in 0..40 {
        if arrived == at {
            strike(&mut pair, blow);
        }
        if arrived == at + 1 {
            strike(&mut pair, then);
        }
        if (arrived >= at && blow == Blow::Cut) || (arrived > at && then == Blow::Cut) {
            break;
        }
        if pair.arrives() {
            continue;
        }
        if pair.client.is_established() && pair.heard(End::Client).is_empty() {
            pair.says(End::Server, b"+OK\r\n");
        }
    }
    pair.cut();
    pair
}

fn scenarios() -> Vec<Pair> {
    let mut all = Vec::new();
    let long = [&[SERVER][..], &[AUTHORITY; 50]].concat().into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>();
    for versions in [Versions::Only12, Versions::Only13] {
        let client = ClientTls { versions, ..trusting() };
        let servers = [
            serving(),
            ServerTls { groups: vec![Group::P256], ..serving() },
            ServerTls { chain: long.clone(), ..serving() },
            ServerTls { key: AUTHORITY_KEY.to_vec(), ..serving() },
        ];
        for server in &servers {
            for at in 0..12 {
                for blow in BLOWS {
                    // What happens between the two ends' close_notify: once is enough.
                    let closes = matches!(blow, Blow::Closes(_)) && *server == servers[0];
                    let thens: &[Blow] = if closes { &BLOWS } else { &[Blow::Nothing] };
                    for then in thens {
                        let mut pair = Pair::with(&client, server, 1);
                        pair.message_by_message = true;
                        all.push(run(pair, at, blow, *then));
                    }
                }
            }
        }
        let only = ServerTls { ciphers: vec![Cipher::Aes256Gcm], ..serving() };
        all.push(Pair::with(&ClientTls { ciphers: vec![Cipher::Aes128Gcm], ..client }, &only, 1).drive());
    }
    for versions in [Versions::Only12, Versions::Only13] {
        let forged = Pki { key: person(Some(Fault::SelfSigned)).key.map(|octet| octet ^ 1), ..person(None) };
        let shown = [None, Some(person(None)), Some(person(Some(Fault::Expired))), Some(forged)];
        for shown in shown.map(|shown| shown.as_ref().map_or_else(trusting, showing)) {
            let client = ClientTls { versions, ..shown };
            for at in 0..14 {
                for blow in BLOWS {
                    let mut pair = Pair::with(&client, &asking(), 1);
                    pair.message_by_message = true;
                    all.push(run(pair, at, blow, Blow::Nothing));
                }
            }
            // Several messages share a record as well.
            all.push(Pair::with(&client, &asking(), 1).drive());
        }
    }
    for blow in BLOWS {
        all.push(run(Pair::old(OldVersion::Tls10), 0, blow, Blow::Nothing));
    }
    struct Nothing;
    impl Source for Nothing {
        fn fill(&mut self, _: &mut [u8]) -> Result<(), Exhausted> {
            Err(Exhausted)
        }
    }
    let client = Endpoint::client(&trusting(), HOST, Chance::seeded(1, 1), NOW).unwrap();
    let server = Endpoint::server(&serving(), Chance::from_source(Box::new(Nothing)));
    all.extend(server.ok().map(|server| Pair::of(client, server, NOW).drive()));
    all
}

#[test]
fn every_move_is_an_edge_and_every_edge_is_seen() {
    let scenarios = scenarios();
    let mut seen = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for pair in &scenarios {
        for end in [End::Client, End::Server] {
            let mut state = TlsState::Start;
            for output in pair.of_end(end) {
                let Output::Moved { from, to, on } = output else { continue };
                assert_eq!(*from, state, "moves follow one another");
                state = *to;
                let rows = TLS_EDGES.iter().enumerate().filter(|(_, edge)| {
                    edge.end == end && edge.from == *from && edge.on == *on && edge.to == *to
                });
                let rows: Vec<_> = rows.collect();
                if rows.is_empty() {
                    wrong.insert(format!("{end:?} {from} {on:?} {to}: {:?}", pair.failure(end)));
                }
                seen.extend(rows.into_iter().map(|(row, _)| row));
            }
            let it = if end == End::Client { &pair.client } else { &pair.server };
            assert_eq!(it.state(), state);
            if pair.failure(end).is_some() && state != TlsState::Failed {
                wrong.insert(format!("{end:?} failed in {state}: {:?}", pair.failure(end)));
            }
        }
        wrong.extend(pair.disagreed.iter().cloned());
    }
    for (row, edge) in TLS_EDGES.iter().enumerate() {
        if edge.taken_here != seen.contains(&row) {
            wrong.insert(format!("{edge:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

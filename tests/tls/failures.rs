//! What goes wrong, and how it is told.

use crate::pair::*;
use pop3lab::tls::*;
use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BOTH: [Versions; 2] = [Versions::Only12, Versions::Only13];

/// The problem that a client of either version has with a server, and the alert that the server hears.
fn check(
    case: &str,
    change: impl Fn(&mut ClientTls, &mut ServerTls),
    name: &str,
    now: u64,
) -> (CertificateProblem, u8) {
    let mut found = BOTH.map(|versions| {
        let (mut client, mut server) = (ClientTls { versions, ..trusting() }, serving());
        change(&mut client, &mut server);
        let pair = Pair::at(&client, &server, 1, name, now).drive();
        let Some(Failure::Certificate { problem, chain }) = pair.failure(End::Client).cloned() else {
            panic!("{case}, {versions:?}: {:?}", pair.failure(End::Client));
        };
        assert_eq!(chain, server.chain, "{case}: what was shown can be looked at");
        let Some(Failure::AlertReceived(alert)) = pair.failure(End::Server).cloned() else {
            panic!("{case}, {versions:?}: the server knows {:?}", pair.failure(End::Server));
        };
        let last = pair.transmitted(End::Client).last().map(|record| record.kind);
        assert_eq!(last, Some(ContentType::Alert), "{case}");
        (problem, alert)
    });
    assert_eq!(found[0], found[1], "{case}: both versions say the same");
    std::mem::replace(&mut found[0], (CertificateProblem::Other, 0))
}

#[test]
fn each_fault_of_a_certificate_has_its_name_and_its_alert() {
    use CertificateProblem::*;
    let (from, until) = (1_769_904_000, 1_772_323_200);
    let nothing = |_: &mut ClientTls, _: &mut ServerTls| ();
    let shows = |der: &'static [u8]| {
        move |_: &mut ClientTls, server: &mut ServerTls| server.chain = vec![der.to_vec()]
    };

    assert_eq!(
        check("early", nothing, HOST, from - 1),
        (NotYetValid { now: from - 1, not_before: from }, 45)
    );
    assert_eq!(check("late", nothing, HOST, until + 1), (Expired { now: until + 1, not_after: until }, 45));
    assert_eq!(check("name", nothing, "mail.example.org", NOW), (WrongName, 42));
    assert_eq!(check("address", nothing, "192.0.2.111", NOW), (WrongName, 42));
    assert_eq!(check("roots", |client, _| client.roots.clear(), HOST, NOW), (UnknownIssuer, 48));
    assert_eq!(check("purpose", shows(CLIENT_ONLY), HOST, NOW), (WrongPurpose, 43));
    assert_eq!(
        check(
            "authority",
            |client, server| {
                client.roots.clear();
                *server = ServerTls::new(vec![AUTHORITY.to_vec()], AUTHORITY_KEY.to_vec());
            },
            HOST,
            NOW
        ),
        (CaAsEndEntity, 46)
    );
    assert_eq!(
        check("another's key", |_, server| server.key = AUTHORITY_KEY.to_vec(), HOST, NOW),
        (BadSignature, 51)
    );
    assert_eq!(check("cut", shows(&SERVER[..100]), HOST, NOW), (BadEncoding, 42));
}

#[test]
fn what_is_accepted_by_a_person_is_accepted_but_not_from_another() {
    let leaf: [u8; 32] = Sha256::digest(SERVER).into();
    for versions in BOTH {
        for (verify, exceptions, trust) in
            [(true, vec![leaf], Trust::Exception), (false, vec![], Trust::Unchecked)]
        {
            let policy = ClientTls { versions, verify, exceptions, ..ClientTls::default() };
            let pair = Pair::at(&policy, &serving(), 1, "elsewhere.example", 0).drive();
            let agreed = pair.of_end(End::Client).find_map(|output| match output {
                Output::Established(agreed) => agreed.trust,
                _ => None,
            });
            assert_eq!(agreed, Some(trust), "{:?}", pair.failure(End::Client));
            // Whoever shows it has to have its key all the same.
            let thief = ServerTls { key: AUTHORITY_KEY.to_vec(), ..serving() };
            let pair = Pair::with(&policy, &thief, 1).drive();
            let problem = CertificateProblem::BadSignature;
            assert!(
                matches!(pair.failure(End::Client), Some(Failure::Certificate { problem: it, .. }) if *it == problem)
            );
        }
    }
}

#[test]
fn an_address_is_a_name_and_is_not_asked_for() {
    let mut pair = Pair::at(&trusting(), &serving(), 1, "192.0.2.110", NOW).drive();
    assert!(pair.client.is_established());
    pair.log.retain(|(end, _)| *end == End::Server);
    let agreed = pair.of_end(End::Server).find_map(|output| match output {
        Output::Established(agreed) => Some(agreed.name.clone()),
        _ => None,
    });
    assert_eq!(agreed, Some(None));
}

#[test]
fn what_cannot_begin_says_why() {
    let client = |policy: &ClientTls, name| Endpoint::client(policy, name, Chance::seeded(1, 1), NOW).err();
    assert_eq!(client(&trusting(), "not a name"), Some(Failure::BadName));
    assert_eq!(client(&ClientTls { roots: vec![vec![1, 2]], ..trusting() }, HOST), Some(Failure::BadRoot));
    assert_eq!(client(&ClientTls { ciphers: vec![], ..trusting() }, HOST), Some(Failure::NoSuiteInCommon));
    let server = |policy: &ServerTls| Endpoint::server(policy, Chance::seeded(1, 1)).err();
    assert_eq!(server(&ServerTls { key: vec![0; 32], ..serving() }), Some(Failure::BadKey));
    assert_eq!(server(&ServerTls { key: vec![7; 32], ..serving() }), None);
    assert_eq!(
        Endpoint::old_client(OldVersion::Tls10, "", Chance::seeded(1, 1)).err(),
        Some(Failure::BadName)
    );
}

#[test]
fn without_a_version_in_common_both_are_told() {
    for (client, server) in [(Versions::Only12, Versions::Only13), (Versions::Only13, Versions::Only12)] {
        let server = ServerTls { versions: server, ..serving() };
        let pair = Pair::with(&ClientTls { versions: client, ..trusting() }, &server, 1).drive();
        assert_eq!(pair.failure(End::Server), Some(&Failure::NoVersionInCommon));
        assert_eq!(pair.failure(End::Client), Some(&Failure::AlertReceived(70)));
    }
}

#[test]
fn without_a_cipher_or_a_group_in_common_both_are_told() {
    for versions in BOTH {
        let ciphers = ClientTls { versions, ciphers: vec![Cipher::Aes128Gcm], ..trusting() };
        let groups = ClientTls { versions, groups: vec![Group::P256], ..trusting() };
        let server =
            ServerTls { ciphers: vec![Cipher::ChaCha20Poly1305], groups: vec![Group::X25519], ..serving() };
        for (client, server) in [
            (ciphers, ServerTls { groups: Group::ALL.to_vec(), ..server.clone() }),
            (groups, ServerTls { ciphers: Cipher::ALL.to_vec(), ..server.clone() }),
        ] {
            let pair = Pair::with(&client, &server, 1).drive();
            assert_eq!(pair.failure(End::Server), Some(&Failure::NoSuiteInCommon), "{versions:?}");
            assert_eq!(pair.failure(End::Client), Some(&Failure::AlertReceived(40)), "{versions:?}");
        }
    }
}

#[test]
fn an_old_client_is_refused() {
    for (version, wire) in [(OldVersion::Tls10, [3, 1]), (OldVersion::Tls11, [3, 2])] {
        let pair = Pair::old(version).drive();
        let hello = &pair.transmitted(End::Client)[0].octets;
        assert_eq!((&hello[1..3], &hello[9..11]), (&wire[..], &wire[..]));
        assert_eq!(pair.failure(End::Server), Some(&Failure::NoVersionInCommon));
        assert_eq!(pair.failure(End::Client), Some(&Failure::AlertReceived(40)));
        assert_eq!((pair.client.state(), pair.server.state()), (TlsState::Failed, TlsState::Failed));
    }
}

#[test]
fn an_old_client_that_is_welcome_goes_no_further() {
    let mut pair = Pair::old(OldVersion::Tls11);
    pair.hears(End::Client, &[22, 3, 2, 0, 4, 2, 0, 0, 0]);
    assert_eq!(pair.failure(End::Client), Some(&Failure::TooOld));
    assert_eq!(pair.transmitted(End::Client)[1].octets, [21, 3, 2, 0, 2, 2, 40]);
}

#[test]
fn what_is_not_tls_is_told_apart() {
    for end in [End::Client, End::Server] {
        let mut pair = Pair::new();
        pair.hears(end, b"+OK POP3 server ready\r\n");
        let octets = b"+OK P".to_vec();
        assert_eq!(pair.failure(end), Some(&Failure::NotTls { octets }));
        assert_eq!(pair.transmitted(end).last().map(|record| record.kind), Some(ContentType::Alert));
    }
    let mut pair = Pair::old(OldVersion::Tls10);
    pair.hears(End::Client, b"+OK POP3 server ready\r\n");
    assert_eq!(pair.failure(End::Client), Some(&Failure::NotTls { octets: b"+OK P".to_vec() }));
}

#[test]
fn a_changed_record_is_noticed() {
    for versions in BOTH {
        let mut pair = Pair::with(&ClientTls { versions, ..trusting() }, &serving(), 1).drive();
        pair.says(End::Server, b"+OK\r\n");
        *pair.way[0].1.last_mut().unwrap() ^= 1;
        let pair = pair.drive();
        assert_eq!(pair.failure(End::Client), Some(&Failure::Undecryptable));
        assert_eq!(pair.failure(End::Server), Some(&Failure::AlertReceived(20)));
        assert_eq!(pair.heard(End::Client), b"");
    }
}

#[test]
fn an_end_without_close_notify_may_be_a_cut() {
    for end in [End::Client, End::Server] {
        let mut pair = Pair::established();
        pair.cut();
        assert_eq!(pair.failure(end), Some(&Failure::Truncated));
        let mut pair = Pair::new();
        pair.cut();
        assert_eq!(pair.failure(end), Some(&Failure::Truncated));
        let mut pair = Pair::established();
        pair.closes(end);
        let mut pair = pair.drive();
        pair.cut();
        assert_eq!((pair.failure(End::Client), pair.failure(End::Server)), (None, None));
        assert!(pair.of_end(other(end)).any(|output| *output == Output::Ended));
    }
}

#[test]
fn one_end_may_go_on_after_the_other_has_closed() {
    let mut pair = Pair::established();
    pair.closes(End::Client);
    let mut pair = pair.drive();
    pair.says(End::Client, b"too late");
    pair.says(End::Server, b"+OK bye\r\n");
    pair.closes(End::Server);
    let pair = pair.drive();
    assert_eq!((pair.heard(End::Client), pair.heard(End::Server)), (b"+OK bye\r\n".to_vec(), vec![]));
    assert_eq!((pair.client.state(), pair.server.state()), (TlsState::Closed, TlsState::Closed));
}

#[test]
fn what_is_written_during_the_handshake_waits_for_its_end() {
    for versions in BOTH {
        let mut pair = Pair::with(&ClientTls { versions, ..trusting() }, &serving(), 1);
        pair.says(End::Server, b"+OK\r\n");
        pair.says(End::Client, b"QUIT\r\n");
        pair.closes(End::Client);
        let pair = pair.drive();
        assert_eq!(
            (pair.heard(End::Client), pair.heard(End::Server)),
            (b"+OK\r\n".to_vec(), b"QUIT\r\n".to_vec())
        );
        assert!(pair.of_end(End::Server).any(|output| *output == Output::Ended));
    }
}

/// Randomness that ends.
struct Short(usize);

impl Source for Short {
    fn fill(&mut self, octets: &mut [u8]) -> Result<(), Exhausted> {
        self.0 = self.0.checked_sub(octets.len()).ok_or(Exhausted)?;
        octets.fill(7);
        Ok(())
    }
}

#[test]
fn without_randomness_there_is_no_connection() {
    for enough in 0..64 {
        let short = Chance::from_source(Box::new(Short(enough)));
        assert_eq!(Endpoint::client(&trusting(), HOST, short, NOW).err(), Some(Failure::NoRandomness));
    }
    let short = Chance::from_source(Box::new(Short(40)));
    let server = Endpoint::server(&serving(), short).unwrap();
    let client = Endpoint::client(&trusting(), HOST, Chance::seeded(1, 1), NOW).unwrap();
    let pair = Pair::of(client, server, NOW).drive();
    assert_eq!(pair.failure(End::Server), Some(&Failure::NoRandomness));
}

#[test]
fn no_octet_makes_it_panic() {
    let mut dice = 1_u32;
    let mut roll = move |sides: usize| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 8) as usize % sides
    };
    for versions in BOTH {
        for round in 0..400 {
            let mut pair = Pair::with(&ClientTls { versions, ..trusting() }, &serving(), 1);
            let spoiled = round % 7;
            for count in 0..12 {
                if count == 6 {
                    pair.says(End::Server, b"+OK\r\n");
                }
                if let (true, Some((_, octets))) = (count == spoiled, pair.way.first_mut()) {
                    let at = roll(octets.len());
                    match roll(4) {
                        0 => octets.truncate(at),
                        1 => octets.extend_from_within(at..),
                        _ => octets[at] = roll(256) as u8,
                    }
                }
                pair.arrives();
            }
            pair.cut();
            for end in [End::Client, End::Server] {
                let failures = pair.of_end(end).filter(|output| matches!(output, Output::Failed(_)));
                assert!(failures.count() <= 1, "{versions:?} {round}: an end fails once");
            }
        }
    }
}

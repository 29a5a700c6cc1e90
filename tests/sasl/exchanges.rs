//! Client and server of each mechanism with each other.

use crate::people::{CHANNEL, People, client, identity, sealed, server, talk, terms};
use pop3lab::sasl::{
    Access, Channel, Client, Doubt, Failure, Flaw, Identity, MECHANISMS, Mechanism, Step, Terms, bearer,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn people() -> People {
    let access = Access {
        tokens: vec!["token".into()],
        certificate: Some("alice@example".into()),
        ..Access::default()
    };
    let admin = Access { acts_as: vec!["alice".into()], tokens: vec!["master".into()], ..Access::default() };
    let frugal = Access { keeps_secret: false, ..Access::default() };
    let people = People::of(&[("erin", "nothing-here")]);
    people
        .with("alice", "wonderland", access)
        .with("admin", "admin-secret", admin)
        .with("frugal", "hash", frugal)
}

fn secret(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::OauthBearer | Mechanism::Xoauth2 => "token",
        _ => "wonderland",
    }
}

fn unproved(name: &str) -> Step {
    Step::Failed(Failure::Unproved { name: name.into() })
}

#[test]
fn each_mechanism_lets_in_who_knows_the_secret_with_and_without_an_initial_response() {
    let people = people();
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism) {
        for initial in [true, false] {
            let mut client = client(mechanism, identity("alice", secret(mechanism)));
            let step = talk(&mut client, &mut server(mechanism), &sealed(&people), initial);
            let right = Step::Succeeded { name: "alice".into(), mailbox: "alice".into() };
            assert_eq!(step, Ok(right), "{mechanism}, initial response: {initial}");
            assert_eq!(client.is_satisfied(), mechanism.scram().is_some(), "{mechanism}");
        }
    }
}

#[test]
fn a_wrong_secret_and_a_name_that_nobody_has_fail_alike() {
    let people = people();
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism).filter(|of| *of != Mechanism::External) {
        let mut challenges = Vec::new();
        for name in ["alice", "nobody"] {
            let (mut client, mut server) = (client(mechanism, identity(name, "wrong")), server(mechanism));
            let terms = sealed(&people);
            let mut step = server.step(&terms, client.begin().unwrap().as_deref());
            let mut lengths = Vec::new();
            while let Step::Challenge(challenge) = &step {
                lengths.push(challenge.len());
                step = server.step(&terms, Some(&client.respond(challenge).unwrap()));
            }
            assert_eq!(step, unproved(name), "{mechanism}");
            challenges.push(lengths);
        }
        assert_eq!(challenges[0], challenges[1], "{mechanism}");
    }
}

#[test]
fn one_may_open_another_mailbox_only_if_the_account_says_so() {
    let people = people();
    for mechanism in [Mechanism::Plain, Mechanism::ScramSha1, Mechanism::ScramSha256Plus] {
        for (name, secret, allowed) in [("admin", "admin-secret", true), ("erin", "nothing-here", false)] {
            let identity =
                Identity { name: name.into(), acts_as: Some("alice".into()), secret: secret.into() };
            let step = talk(&mut client(mechanism, identity), &mut server(mechanism), &sealed(&people), true);
            let expected = match allowed {
                true => Step::Succeeded { name: name.into(), mailbox: "alice".into() },
                false => unproved(name),
            };
            assert_eq!(step, Ok(expected), "{mechanism}");
        }
    }
    let identity = Identity { acts_as: Some("erin".into()), ..identity("alice", "") };
    let mut external = client(Mechanism::External, identity);
    let step = talk(&mut external, &mut server(Mechanism::External), &sealed(&people), true);
    assert_eq!(step, Ok(unproved("alice")));
}

#[test]
fn a_certificate_is_needed_for_external() {
    let people = people();
    let without = Terms { certificate: None, ..sealed(&people) };
    let mut client = client(Mechanism::External, identity("alice", ""));
    assert_eq!(talk(&mut client, &mut server(Mechanism::External), &without, true), Ok(unproved("")));
}

#[test]
fn without_the_secret_cram_md5_does_not_work_and_the_rest_does() {
    let people = people();
    for (mechanism, works) in [
        (Mechanism::CramMd5, false),
        (Mechanism::ScramSha1, true),
        (Mechanism::ScramSha256, true),
        (Mechanism::Plain, true),
    ] {
        let step = talk(
            &mut client(mechanism, identity("frugal", "hash")),
            &mut server(mechanism),
            &terms(&people),
            true,
        );
        assert_eq!(matches!(step, Ok(Step::Succeeded { .. })), works, "{mechanism}");
    }
}

#[test]
fn a_channel_that_does_not_fit_is_noticed() {
    let people = people();
    let bound = |mechanism, channel, terms: &Terms<'_>| {
        let mut client = Client::new(mechanism, identity("alice", "wonderland"), "CLIENT".into(), channel);
        talk(&mut client, &mut server(mechanism), terms, true)
    };
    let not_bound = Step::Failed(Failure::NotBound { name: "alice".into() });
    let failed = Ok(not_bound.clone());
    let sealed = sealed(&people);
    // Somebody sits between: each end has TLS, but not the same.
    assert_eq!(bound(Mechanism::ScramSha256Plus, Channel::Exporter([8; 32]), &sealed), failed);
    // Somebody has taken -PLUS out of the list.
    assert_eq!(bound(Mechanism::ScramSha256, Channel::Unoffered, &sealed), failed);
    let without = Terms { plus: false, ..terms(&people) };
    assert!(matches!(
        bound(Mechanism::ScramSha256, Channel::Unoffered, &without),
        Ok(Step::Succeeded { .. })
    ));
    assert_eq!(bound(Mechanism::ScramSha256Plus, Channel::Exporter(CHANNEL), &without), failed);
    assert_eq!(bound(Mechanism::ScramSha256Plus, Channel::None, &sealed), Err(Doubt::NoChannel));
    // A header that says one thing in the first message and another in the last.
    let mut server = server(Mechanism::ScramSha256);
    let step = server.step(&sealed, Some(b"n,,n=alice,r=x"));
    assert!(matches!(step, Step::Challenge(_)));
    let last = b"c=eSws,r=xSERVER,p=AAAA";
    assert_eq!(server.step(&sealed, Some(last)), not_bound);
}

#[test]
fn a_client_doubts_a_server_that_cannot_prove_itself() {
    let scram = |challenges: &[&str]| {
        let mut client = client(Mechanism::ScramSha256, identity("alice", "wonderland"));
        client.begin().unwrap();
        let mut said = Ok(Vec::new());
        for challenge in challenges {
            said = client.respond(challenge.as_bytes());
        }
        assert!(!client.is_satisfied());
        said
    };
    let offer = "r=CLIENTS,s=QUJDRA==,i=4096";
    assert_eq!(scram(&["r=OTHER,s=QUJDRA==,i=4096"]), Err(Doubt::Nonce));
    assert_eq!(scram(&["r=CLIENT,s=QUJDRA==,i=4096"]), Err(Doubt::Nonce));
    assert_eq!(scram(&["r=CLIENTS,s=QUJDRA==,i=1"]), Err(Doubt::TooFewRounds(1)));
    assert_eq!(scram(&["r=CLIENTS,s=QUJDRA==,i=4000000000"]), Err(Doubt::TooManyRounds(4_000_000_000)));
    assert_eq!(scram(&["e=other-error"]), Err(Doubt::Malformed(Flaw::Parts)));
    assert!(scram(&[offer]).is_ok());
    assert_eq!(scram(&[offer, "v=AAAA"]), Err(Doubt::ServerUnproved));
    assert_eq!(scram(&[offer, "e=invalid-proof"]), Err(Doubt::Refused("invalid-proof".into())));
    assert_eq!(scram(&[offer, ""]), Err(Doubt::Malformed(Flaw::Parts)));
}

#[test]
fn after_a_refused_token_nothing_helps() {
    let people = people();
    for mechanism in [Mechanism::OauthBearer, Mechanism::Xoauth2] {
        let terms = sealed(&people);
        let mut server = server(mechanism);
        let wrong = bearer::request(mechanism, "alice", "bad", None);
        assert_eq!(server.step(&terms, Some(&wrong)), Step::Challenge(bearer::refusal(mechanism)));
        let right = bearer::request(mechanism, "alice", "token", None);
        assert_eq!(server.step(&terms, Some(&right)), unproved("alice"));
        assert_eq!(server.step(&terms, Some(&right)), Step::Failed(Failure::Malformed(Flaw::Surplus)));
    }
    // A good token, and the mailbox of another.
    let mut server = server(Mechanism::OauthBearer);
    let other = bearer::request(Mechanism::OauthBearer, "erin", "token", None);
    assert!(matches!(server.step(&sealed(&people), Some(&other)), Step::Challenge(_)));
}

#[test]
fn scram_ends_with_an_empty_line_and_nothing_else() {
    let people = people();
    let terms = terms(&people);
    for (end, good) in [(&b""[..], true), (b"x", false)] {
        let (mut client, mut server) =
            (client(Mechanism::ScramSha1, identity("alice", "wonderland")), server(Mechanism::ScramSha1));
        let mut step = server.step(&terms, client.begin().unwrap().as_deref());
        let Step::Challenge(offer) = &step else { panic!("{step:?}") };
        step = server.step(&terms, Some(&client.respond(offer).unwrap()));
        assert!(matches!(step, Step::Challenge(_)));
        assert_eq!(matches!(server.step(&terms, Some(end)), Step::Succeeded { .. }), good);
    }
}

#[test]
fn a_server_that_begins_takes_no_initial_response() {
    let people = people();
    for mechanism in [Mechanism::CramMd5, Mechanism::Login] {
        let step = server(mechanism).step(&terms(&people), Some(b"alice"));
        assert_eq!(step, Step::Failed(Failure::Malformed(Flaw::TooEarly)));
    }
}

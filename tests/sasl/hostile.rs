//! Whatever comes, nobody is let in and nothing panics.

use crate::people::{People, client, identity, sealed, server};
use pop3lab::sasl::{Access, MECHANISMS, Mechanism, Step};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn people() -> People {
    let access = Access {
        tokens: vec!["token".into()],
        certificate: Some("alice@example".into()),
        ..Access::default()
    };
    People::of(&[]).with("alice", "wonderland", access)
}

/// The messages of a client that does everything right.
fn right(mechanism: Mechanism, people: &People) -> Vec<Vec<u8>> {
    let secret =
        if matches!(mechanism, Mechanism::OauthBearer | Mechanism::Xoauth2) { "token" } else { "wonderland" };
    let (mut client, mut server) = (client(mechanism, identity("alice", secret)), server(mechanism));
    let mut said = Vec::new();
    let mut step = server.step(&sealed(people), None);
    while let Step::Challenge(challenge) = &step {
        said.push(client.respond(challenge).unwrap());
        step = server.step(&sealed(people), said.last().map(Vec::as_slice));
    }
    assert!(matches!(step, Step::Succeeded { .. }), "{mechanism}");
    said
}

/// What a server makes of these messages.
fn judged(mechanism: Mechanism, people: &People, said: &[Vec<u8>]) -> Step {
    let mut server = server(mechanism);
    let mut step = server.step(&sealed(people), None);
    for octets in said {
        step = server.step(&sealed(people), Some(octets));
        if !matches!(step, Step::Challenge(_)) {
            break;
        }
    }
    step
}

#[test]
fn no_message_that_was_cut_short_or_has_another_octet_lets_anybody_in() {
    let people = people();
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism) {
        let said = right(mechanism, &people);
        for (turn, message) in said.iter().enumerate() {
            for at in 0..message.len() {
                let mut cut = said.clone();
                cut[turn].truncate(at);
                let mut flipped = said.clone();
                flipped[turn][at] ^= 1;
                for (story, told) in [("cut", cut), ("flipped", flipped)] {
                    // Without a name EXTERNAL means the certificate's.
                    let nobody = mechanism == Mechanism::External && told[0].is_empty();
                    let let_in = matches!(judged(mechanism, &people, &told), Step::Succeeded { .. });
                    assert!(!let_in || nobody, "{mechanism}, message {turn} {story} at {at}");
                }
            }
        }
    }
}

#[test]
fn junk_is_refused_at_every_turn() {
    let people = people();
    let mut random = oorandom::Rand32::new(4422);
    let letters = b"n,=apcrsvi\x00\x01 ualice\xff0123456789";
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism) {
        let said = right(mechanism, &people);
        for _ in 0..300 {
            let turn = random.rand_range(0..said.len() as u32) as usize;
            let length = random.rand_range(1..60) as usize;
            let mut told = said[..turn].to_vec();
            told.push(
                (0..length).map(|_| letters[random.rand_range(0..letters.len() as u32) as usize]).collect(),
            );
            let step = judged(mechanism, &people, &told);
            assert!(!matches!(step, Step::Succeeded { .. }), "{mechanism}: {told:?}");
        }
    }
}

#[test]
fn a_client_takes_any_junk_for_a_challenge() {
    let mut random = oorandom::Rand32::new(4423);
    let letters = b"r=CLIENTx,s=AAAA,i=4096,v=\xff";
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism) {
        for _ in 0..200 {
            let mut client = client(mechanism, identity("alice", "wonderland"));
            for _ in 0..4 {
                let length = random.rand_range(0..40) as usize;
                let junk: Vec<u8> = (0..length)
                    .map(|_| letters[random.rand_range(0..letters.len() as u32) as usize])
                    .collect();
                drop(client.respond(&junk));
                assert!(!client.is_satisfied());
            }
        }
    }
}

#[test]
fn an_empty_message_and_a_huge_one_are_refused() {
    let people = people();
    for mechanism in MECHANISMS.iter().map(|row| row.mechanism).filter(|of| *of != Mechanism::External) {
        for octets in
            [vec![], vec![b'A'; 1 << 20], vec![0; 1 << 16], vec![b','; 1 << 16], vec![b'='; 1 << 16]]
        {
            let step = judged(mechanism, &people, &[octets.clone(), octets]);
            assert!(matches!(step, Step::Failed(_)), "{mechanism}");
        }
    }
}

//! What an eavesdropper learns: from whole sessions of the engine, and from frames that nobody sane sends.

#[path = "ledger/hostile.rs"]
mod hostile;
#[path = "support/lab.rs"]
mod lab;
#[path = "ledger/sealed.rs"]
mod sealed;
#[path = "ledger/spoken.rs"]
mod spoken;
#[path = "ledger/wire.rs"]
mod wire;

use lab::Lab;
use oorandom::Rand32;
use pop3lab::ledger::{Fact, How, Ledger};
use pop3lab::trace::Event;
use pop3lab::world::{Target, samples};
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wire::{facts, read, sorted};

/// The octets of every frame that was sent, in the order in which they were.
fn frames(lab: &Lab) -> Vec<Arc<[u8]>> {
    lab.events()
        .filter_map(|(_, event)| match event {
            Event::FrameSent { octets, .. } => Some(Arc::clone(octets)),
            _ => None,
        })
        .collect()
}

fn notebook(lab: &Lab) -> Ledger {
    read(frames(lab))
}

/// Every command there is, one after the other.
fn session(mut lab: Lab) -> Lab {
    lab.connects().types("CAPA").types("USER alice").types("PASS wonderland").types("STAT").types("LIST");
    lab.types("LIST 2").types("UIDL 1").types("RETR 1").types("TOP 6 0").types("DELE 3").types("NOOP");
    lab.types("RSET").types("DELE 8").types("DELE 99").types("QUIT");
    lab
}

/// Commands sent ahead, over a line that loses frames.
fn ahead(per_mille: u16, seed: u64) -> Lab {
    let mut lab = Lab::losing(per_mille);
    let setup = pop3lab::world::Setup { seed, ..lab.world.setup().clone() };
    lab = Lab::with(setup);
    lab.connects().logs_in_at_once();
    lab.pastes("STAT\r\nLIST\r\nRETR 1\r\nRETR 2\r\nUIDL\r\nTOP 5 3\r\nDELE 1\r\nQUIT\r\n");
    lab
}

#[test]
fn a_session_in_the_clear_tells_all_there_is() {
    let lab = session(Lab::new());
    let told = facts(notebook(&lab).entries());
    let mail = samples::messages();
    // What ends without CRLF is sent with one.
    let sent = |octets: &[u8]| octets.len() as u64 + if octets.ends_with(b"\r\n") { 0 } else { 2 };
    let sizes: Vec<(u32, u64)> = (1..).zip(mail.iter().map(|message| sent(message.octets()))).collect();
    let size = |number: usize| sizes[number - 1].1;
    let letters: Vec<_> = told
        .iter()
        .filter_map(|fact| if let Fact::Message(letter) = fact { Some(letter) } else { None })
        .collect();
    let [welcome, newsletter] = letters[..] else { panic!("{letters:?}") };
    assert_eq!((welcome.number, welcome.lines, welcome.complete), (1, None, true));
    assert_eq!(welcome.octets, size(1));
    assert_eq!(welcome.subject.as_deref(), Some("Your box, and what is safe to try in it"));
    assert_eq!(welcome.from.as_deref(), Some("The Postmaster <postmaster@pop3lab.example>"));
    assert_eq!(welcome.to.as_deref(), Some("alice@pop3lab.example"));
    assert_eq!(welcome.date.as_deref(), Some("Mon, 02 Nov 2026 09:00:00 +0000"));
    assert_eq!((newsletter.number, newsletter.lines), (6, Some(0)));
    assert!(newsletter.octets < size(6) && newsletter.subject.is_some());
    let [Fact::Connected { client, server }, Fact::Banner(banner), Fact::Stamp(stamp), ..] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!((client.0, *server), ([192, 0, 2, 10], ([192, 0, 2, 110], 110)));
    assert!(banner.ends_with(stamp) && stamp.starts_with('<') && stamp.ends_with("@pop3lab.example>"));
    let Fact::Capabilities(capabilities) = &told[3] else { panic!("{told:?}") };
    assert!(capabilities.iter().any(|line| line == "TOP"), "{capabilities:?}");
    let Fact::UniqueIds(ids) = &told[10] else { panic!("{told:?}") };
    assert!(ids.len() == 1 && ids[0].0 == 1 && !ids[0].1.is_empty(), "{ids:?}");
    assert_eq!(
        told[4..10],
        [
            Fact::UserName("alice".into()),
            Fact::Password("wonderland".into()),
            Fact::Login { ok: true },
            Fact::MailCount { messages: 8, octets: sizes.iter().map(|(_, octets)| octets).sum() },
            Fact::Sizes(sizes.clone()),
            Fact::Sizes(vec![sizes[1]]),
        ]
    );
    assert_eq!(
        told[13..],
        [
            Fact::Deleted { number: 3 },
            Fact::Undeleted,
            Fact::Deleted { number: 8 },
            Fact::Quit { ok: true },
            Fact::Closed { how: How::Fin },
        ]
    );
    assert!(notebook(&lab).hidden(0).is_empty());
}

#[test]
fn every_frame_tells_at_once_what_it_gives_away() {
    let lab = session(Lab::new());
    let frames = frames(&lab);
    for entry in notebook(&lab).entries() {
        let text = match &entry.fact {
            Fact::UserName(text) | Fact::Password(text) | Fact::Stamp(text) => text.clone(),
            Fact::Login { .. } => "+OK".into(),
            _ => continue,
        };
        let frame = &frames[entry.frame as usize];
        assert!(frame.windows(text.len()).any(|octets| octets == text.as_bytes()), "{entry:?}");
    }
}

#[test]
fn the_notebook_of_a_moment_is_what_the_frames_before_it_tell() {
    let frames = frames(&ahead(100, 3));
    let whole = read(&frames);
    let mut ledger = Ledger::default();
    for (number, frame) in frames.iter().enumerate() {
        assert_eq!(whole.before(number as u32).entries(), ledger.entries(), "before frame {number}");
        assert_eq!(ledger.next_frame(), number as u32);
        ledger.see(number as u32, frame);
    }
    assert_eq!(whole.notebook(), ledger.notebook());
}

#[test]
fn frames_that_are_lost_and_sent_again_tell_nothing_else() {
    // The stamp has the time in it.
    let told = |per_mille, seed| -> Vec<Fact> {
        let mut told = facts(notebook(&ahead(per_mille, seed)).entries());
        told.retain(|fact| !matches!(fact, Fact::Banner(_) | Fact::Stamp(_)));
        told
    };
    for seed in 0..12 {
        let calm = told(0, seed);
        assert!(calm.len() > 10, "{calm:?}");
        assert_eq!(told(150, seed), calm, "with seed {seed}");
    }
}

#[test]
fn frames_in_any_order_and_some_of_them_twice_tell_the_same() {
    let mut random = Rand32::new(793);
    for seed in 0..12 {
        let mut frames = frames(&ahead(100, seed));
        let expected = sorted(&facts(read(&frames).entries()));
        for _ in 0..8 {
            for from in (1..frames.len()).rev() {
                frames.swap(from, random.rand_range(0..from as u32 + 1) as usize);
            }
            let twice = frames.iter().chain(&frames[..frames.len() / 3]);
            assert_eq!(sorted(&facts(read(twice).entries())), expected, "with seed {seed}");
        }
    }
}

#[test]
fn a_download_that_is_cut_off_has_told_who_wrote_about_what() {
    let mut lab = Lab::logged_in();
    let connection = lab.id();
    lab.begins(pop3lab::world::Action::Send { connection, octets: b"RETR 7\r\n".to_vec() });
    for _ in 0..4 {
        lab.until(|record| matches!(record.event, Event::FrameArrived { .. }));
        lab.world.step();
    }
    lab.drops_the_line();
    let told = facts(notebook(&lab).entries());
    let [.., Fact::Message(letter), Fact::Closed { how: How::Reset }] = &told[..] else { panic!("{told:?}") };
    assert!(!letter.complete && (1..200_000).contains(&letter.octets), "{letter:?}");
    assert!(letter.subject.is_some() && letter.number == 7);
}

#[test]
fn connections_are_told_apart_and_counted_by_syn() {
    let mut lab = Lab::new();
    lab.connects().as_client(1).connects().types("USER erin").as_client(0).types("USER alice");
    lab.as_client(1).types("PASS wrong").as_client(0).types("PASS wonderland").types("QUIT");
    lab.connects_to(Target::Nobody, 110).connects_to(Target::Server, 143).connects();
    let ledger = notebook(&lab);
    let of = |connection| -> Vec<&Fact> {
        let facts = ledger.notebook().of(connection).map(|entry| &entry.fact);
        facts
            .filter(|fact| !matches!(fact, Fact::Connected { .. } | Fact::Stamp(_) | Fact::Banner(_)))
            .collect()
    };
    let [alice, erin] = ["alice", "erin"].map(|name| Fact::UserName(name.into()));
    let password = |word: &str| Fact::Password(word.into());
    assert_eq!(of(1), [&erin, &password("wrong"), &Fact::Login { ok: false }]);
    assert_eq!(of(0)[..3], [&alice, &password("wonderland"), &Fact::Login { ok: true }]);
    assert!(of(2).is_empty());
    assert!(matches!(of(3)[..], [Fact::Refused { server: (_, 143), .. }]), "{:?}", of(3));
    assert_eq!(ledger.notebook().of(4).count(), 3);
}

//! Frames that nobody sane sends: nothing panics, and nothing grows without bounds.

use super::wire::{ACK, CLIENT, SERVER, SYN, Wire, frame, read};
use super::{frames, session};
use crate::lab::Lab;
use oorandom::Rand32;
use pop3lab::ledger::{CONNECTIONS, Fact, HELD, LONGEST_LIST, LONGEST_TEXT, Ledger, Notebook, ROOM, WAITING};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Asks a notebook everything there is to ask.
fn asks(notebook: Notebook<'_>) {
    for connection in 0..4 {
        notebook.hidden(connection);
        notebook.guesses(connection);
    }
}

#[test]
fn frames_of_nothing_but_chance_tell_nothing() {
    let mut random = Rand32::new(1);
    let mut ledger = Ledger::default();
    for number in 0..50_000 {
        let length = random.rand_range(0..120);
        let octets: Vec<u8> = (0..length).map(|_| random.rand_u32() as u8).collect();
        ledger.see(number, &octets);
    }
    assert_eq!(ledger.entries(), []);
}

#[test]
fn segments_of_nothing_but_chance_are_survived() {
    let words: [&[u8]; 12] = [
        b"USER a\r\n",
        b"PASS b\r\n",
        b"STLS\r\n",
        b"+OK\r\n",
        b"RETR 1\r\n",
        b".\r\n",
        b"LIST\r\n",
        b"1 2\r\n",
        &[22, 3, 1, 0, 4, 1, 0, 0, 0],
        &[23, 3, 3, 0, 1, 7],
        &[20, 3, 3, 0, 1, 1],
        &[21, 3, 3, 0, 2, 2, 40],
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for seed in 0..300 {
        let mut random = Rand32::new(seed);
        let mut ledger = Ledger::default();
        for number in 0..400 {
            let mut data = Vec::new();
            for _ in 0..random.rand_range(0..4) {
                data.extend_from_slice(words[random.rand_range(0..words.len() as u32) as usize]);
            }
            let near = |random: &mut Rand32| u32::MAX.wrapping_add(random.rand_range(0..60));
            let [seq, ack] = [near(&mut random), near(&mut random)];
            let flags = random.rand_u32() as u8 & if random.rand_range(0..4) == 0 { 0x17 } else { 0 };
            let ends = if random.rand_range(0..2) == 0 { (CLIENT, SERVER) } else { (SERVER, CLIENT) };
            let ack = (random.rand_range(0..8) > 0).then_some(ack);
            ledger.see(number, &frame(ends.0, ends.1, seq, ack, flags & !ACK, &data));
        }
        asks(ledger.notebook());
        kinds.extend(
            ledger
                .entries()
                .iter()
                .map(|entry| std::mem::discriminant(&entry.fact))
                .map(|kind| format!("{kind:?}")),
        );
    }
    assert!(kinds.len() >= 8, "{kinds:?}");
}

#[test]
fn sessions_with_some_octets_changed_are_survived() {
    let frames = frames(&session(Lab::new()));
    let mut random = Rand32::new(2);
    let mut learnt = 0;
    for _ in 0..60 {
        let mut ledger = Ledger::default();
        for (number, octets) in frames.iter().enumerate() {
            let mut octets = octets.to_vec();
            if random.rand_range(0..8) == 0 {
                let place = random.rand_range(0..octets.len() as u32) as usize;
                octets[place] ^= 1 << random.rand_range(0..8);
            }
            ledger.see(number as u32, &octets);
        }
        asks(ledger.notebook());
        learnt += ledger.entries().len();
    }
    assert!(learnt > 200, "{learnt}");
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let mut wire = Wire::open();
    wire.server([&b"+OK "[..], &vec![b'x'; 10_000_000], b"\r\n"].concat()).client("USER bob\r\n");
    let facts = wire.facts();
    let [_, Fact::Banner(banner), Fact::UserName(name)] = &facts[..] else { panic!("{}", facts.len()) };
    assert_eq!((banner.len(), name.as_str()), (LONGEST_TEXT - 4, "bob"));
}

#[test]
fn a_list_without_end_is_kept_up_to_a_bound() {
    let mut wire = Wire::open();
    let list = "1 1\r\n".repeat(LONGEST_LIST + 99);
    wire.server("+OK\r\n").client("LIST\r\n").server(format!("+OK\r\n{list}.\r\n"));
    wire.client("USER bob\r\n");
    let facts = wire.facts();
    assert!(facts.iter().any(|fact| matches!(fact, Fact::Sizes(sizes) if sizes.len() == LONGEST_LIST)));
    assert_eq!(facts.last(), Some(&Fact::UserName("bob".into())));
}

fn lost(wire: &Wire) -> pop3lab::ledger::Entry {
    pop3lab::ledger::Entry { frame: wire.frames.len() as u32 - 1, connection: 0, fact: Fact::LostTrack }
}

#[test]
fn a_million_records_fill_the_notebook_and_no_more() {
    let mut wire = Wire::open();
    wire.client([22, 3, 1, 0, 1, 0].repeat(3));
    let mut ledger = wire.ledger();
    for _ in 0..1_000 {
        wire.frames.clear();
        wire.client([23, 3, 3, 0, 0].repeat(1_000));
        for frame in &wire.frames {
            ledger.see(ledger.next_frame(), frame);
        }
    }
    assert!(ledger.entries().len() <= 1 + ROOM / size_of::<Fact>(), "{}", ledger.entries().len());
    assert_eq!(ledger.entries().last().map(|entry| &entry.fact), Some(&Fact::Full));
    asks(ledger.notebook());
}

#[test]
fn a_hole_that_is_never_filled_loses_track() {
    let mut wire = Wire::open();
    wire.server("+OK\r\n");
    wire.next[1] += 1;
    for _ in 0..HELD / 1460 {
        wire.server([b'x'; 1460]);
    }
    assert_eq!(wire.facts().len(), 2);
    wire.server([b'x'; 1460]);
    assert_eq!(wire.ledger().entries().last(), Some(&lost(&wire)));
    // It is said once, and the end is noticed all the same.
    wire.next[1] += 1460;
    wire.server("+OK\r\n").says(1, super::wire::RST, b"");
    let facts = wire.facts();
    assert_eq!(facts[2..], [Fact::LostTrack, Fact::Closed { how: pop3lab::ledger::How::Reset }]);
}

#[test]
fn commands_that_are_never_answered_lose_track() {
    let mut wire = Wire::open();
    wire.client("NOOP\r\n".repeat(WAITING));
    assert_eq!(wire.facts().len(), 1);
    wire.client("NOOP\r\n");
    assert_eq!(wire.facts().last(), Some(&Fact::LostTrack));
}

#[test]
fn of_too_many_connections_the_one_longest_silent_is_forgotten() {
    let mut wire = Wire::open();
    wire.server("+OK\r\n");
    let others = |range: std::ops::Range<usize>| {
        range.map(|port| frame((CLIENT.0, port as u16), SERVER, 1, None, SYN, b"")).collect::<Vec<_>>()
    };
    wire.frames.extend(others(1..CONNECTIONS));
    wire.client("USER bob\r\n");
    wire.frames.extend(others(CONNECTIONS..2 * CONNECTIONS - 1));
    wire.client("PASS x\r\n");
    assert_eq!(wire.facts()[2..], [Fact::UserName("bob".into()), Fact::Password("x".into())]);
    wire.frames.extend(others(1..2 * CONNECTIONS));
    wire.client("QUIT\r\n").server("+OK\r\n").server("+OK\r\n");
    assert_eq!(wire.facts().len(), 4);
    // Many of them are numbered, and none of them takes room for long.
    let ledger = read(
        (0..200_000_usize)
            .map(|port| frame(([10, 0, 0, (port >> 16) as u8], port as u16), SERVER, 1, None, SYN, b"")),
    );
    assert_eq!(ledger.entries(), []);
}

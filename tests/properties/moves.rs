//! What two people might do to a server, drawn at random: sense, nonsense, and pulling cables.

use super::oracle::ACCOUNTS;
use proptest::prelude::*;

/// One thing that somebody does, and how long the others wait before the next.
#[derive(Clone, Debug)]
pub struct Move {
    pub client: u8,
    pub deed: Deed,
    /// How many events happen before the next move; none lets everything come to rest.
    pub events: Option<u8>,
}

#[derive(Clone, Debug)]
pub enum Deed {
    Connect,
    Say(Vec<u8>),
    Disconnect,
    Drop,
    Cut,
    Deliver(usize),
    /// Seconds.
    Wait(u64),
    BreakUpdate(bool),
}

pub fn moves(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Move>> {
    let events = prop_oneof![3 => Just(None), 1 => (0_u8..12).prop_map(Some)];
    let a_move = (0_u8..2, deed(), events).prop_map(|(client, deed, events)| Move { client, deed, events });
    proptest::collection::vec(a_move, count)
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::Connect),
        8 => login().prop_map(Deed::Say),
        40 => pipeline().prop_map(Deed::Say),
        2 => Just(Deed::Disconnect),
        3 => Just(Deed::Drop),
        1 => Just(Deed::Cut),
        4 => (0..ACCOUNTS.len()).prop_map(Deed::Deliver),
        1 => prop_oneof![3 => 1_u64..60, 1 => Just(700)].prop_map(Deed::Wait),
        1 => any::<bool>().prop_map(Deed::BreakUpdate),
    ]
}

/// Several lines at once, now and then with a login before them.
pub fn pipeline() -> impl Strategy<Value = Vec<u8>> {
    let lines = proptest::collection::vec(phrase(), 1..6).prop_map(|lines| lines.concat());
    (prop_oneof![2 => Just(vec![]), 1 => login()], lines).prop_map(|(login, lines)| [login, lines].concat())
}

fn login() -> impl Strategy<Value = Vec<u8>> {
    let who = prop_oneof![3 => Just(0), 1 => Just(1)];
    (who, prop_oneof![9 => Just(true), 1 => Just(false)]).prop_map(|(who, right)| {
        let (name, password) = ACCOUNTS[who];
        let password = if right { password } else { "guess" };
        format!("USER {name}\r\nPASS {password}\r\n").into()
    })
}

/// A line, or something like one.
fn phrase() -> impl Strategy<Value = Vec<u8>> {
    let about =
        (prop::sample::select(vec!["RETR", "LIST", "UIDL", "TOP"]), 0_u32..9).prop_map(|(verb, number)| {
            let lines = if verb == "TOP" { " 1" } else { "" };
            format!("{verb} {number}{lines}\r\n").into_bytes()
        });
    let whole = prop::sample::select(vec!["STAT", "LIST", "UIDL", "NOOP", "CAPA", "stat", "uIdL"])
        .prop_map(|line| format!("{line}\r\n").into_bytes());
    let bad = prop::sample::select(vec![
        "",
        " ",
        "DELE",
        "DELE 0",
        "DELE -1",
        "DELE 1 2",
        "DELE 99",
        "DELE 4294967297",
        "DELE 1x",
        " DELE 1",
        "DELE\t1",
        "QUIT now",
        "RSET please",
        "RETR 1 ",
        "APOP alice 0123",
        "PASS",
        "USER",
        "HELO there",
        "QUITE",
        "EXPN 1",
        "STLS",
        "AUTH PLAIN",
        "DELE 01",
    ])
    .prop_map(|line| format!("{line}\r\n").into_bytes());
    prop_oneof![
        6 => (1_u32..9).prop_map(|number| format!("DELE {number}\r\n").into_bytes()),
        4 => about,
        4 => whole,
        1 => Just(b"RSET\r\n".to_vec()),
        3 => Just(b"QUIT\r\n".to_vec()),
        2 => bad,
        // A line in two halves, a line that ends in LF alone, and none that can be read at all.
        1 => prop::sample::select(vec!["DE", "LE 1\r\n", "QU", "IT\r\n", "DELE 2\n", "\r", "\n"])
            .prop_map(|half| half.into()),
        1 => proptest::collection::vec(any::<u8>(), 1..40),
        1 => (250_usize..300).prop_map(|length| [b"DELE 1".repeat(length / 6), b"\r\n".to_vec()].concat()),
    ]
}

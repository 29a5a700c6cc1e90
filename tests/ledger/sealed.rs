//! What TLS leaves to be seen.

use super::wire::{Wire, sorted};
use oorandom::Rand32;
use pop3lab::dissect::tls::records;
use pop3lab::ledger::{Fact, Guess, Hidden};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TLS12: &str = include_str!("../handshakes/tls12.hex");
const TLS13: &str = include_str!("../handshakes/tls13.hex");
const REFUSED: &str = include_str!("../handshakes/refused.hex");

/// The records of one end of a handshake that was recorded.
fn recorded(text: &str, who: &str) -> Vec<Vec<u8>> {
    let hex = text.lines().find_map(|line| line.strip_prefix(who)?.strip_prefix(' ')).expect("it is there");
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits");
    let stream: Vec<u8> = (0..hex.len()).step_by(2).map(digit).collect();
    records(&stream).map(|record| stream[record.span].to_vec()).collect()
}

/// Plays a handshake: how many records each end says in turn, the client first.
fn plays(wire: &mut Wire, text: &str, turns: &[usize]) {
    let mut says = [recorded(text, "client"), recorded(text, "server")];
    for (turn, count) in turns.iter().enumerate() {
        let flight: Vec<u8> = says[turn % 2].drain(..*count).flatten().collect();
        wire.says(turn % 2, 0, &flight);
    }
    assert!(says.iter().all(Vec::is_empty), "{:?} records are left", says.map(|says| says.len()));
}

/// A record of application data with this many octets.
fn data(octets: u16) -> Vec<u8> {
    let [high, low] = octets.to_be_bytes();
    [&[23, 3, 3, high, low][..], &vec![0xaa; octets.into()]].concat()
}

fn sealed(from_client: bool, kind: u8, octets: u32) -> Fact {
    Fact::Sealed { from_client, kind, octets }
}

const SNI: &str = "mail.example.net";

#[test]
fn tls_1_2_shows_the_certificate_and_hides_what_is_said() {
    let mut wire = Wire::open();
    plays(&mut wire, TLS12, &[1, 5, 5, 3, 1, 2]);
    let facts = wire.facts();
    let began = Fact::TlsBegan { sni: Some(SNI.into()), versions: vec![0x0303], suites: 3 };
    let agreed = Fact::TlsAgreed { version: 0x0303, suite: 0xc02b, group: None };
    assert_eq!(facts[1..3], [began, agreed]);
    let [(false, shown), (true, _)] = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Certificate { from_client, chain } => Some((*from_client, chain)),
            _ => None,
        })
        .collect::<Vec<_>>()[..]
    else {
        panic!("{facts:?}")
    };
    assert_eq!(shown.len(), 1);
    assert!(shown[0].not_before < shown[0].not_after && !shown[0].subject.is_empty(), "{shown:?}");
    assert!(facts.contains(&Fact::TlsGroup(29)), "{facts:?}");
    let records: Vec<_> = facts.iter().filter(|fact| matches!(fact, Fact::Sealed { .. })).cloned().collect();
    assert_eq!(
        records,
        [
            sealed(true, 22, 40),
            sealed(false, 22, 40),
            sealed(true, 23, 30),
            sealed(false, 23, 40),
            sealed(false, 21, 26),
        ]
    );
    let hidden = wire.ledger().hidden(0);
    assert_eq!(hidden, Hidden::ALL[1..], "all but the certificate");
    let guesses = wire.ledger().notebook().guesses(0);
    assert!(matches!(guesses[..], [Guess { asked: Some(6), octets: 16, .. }]), "{guesses:?}");
}

#[test]
fn tls_1_3_hides_the_certificate_as_well() {
    let mut wire = Wire::open();
    plays(&mut wire, TLS13, &[1, 2, 2, 6, 3, 1, 1, 2]);
    let facts = wire.facts();
    let [_, Fact::TlsBegan { sni, versions, .. }, agreed, sealed @ ..] = &facts[..] else {
        panic!("{facts:?}")
    };
    assert_eq!((sni.as_deref(), &versions[..]), (Some(SNI), &[0x0304, 0x0303][..]));
    assert_eq!(*agreed, Fact::TlsAgreed { version: 0x0304, suite: 0x1302, group: Some(24) });
    assert!(sealed.len() == 12 && sealed.iter().all(|fact| matches!(fact, Fact::Sealed { kind: 23, .. })));
    assert_eq!(wire.ledger().hidden(0), Hidden::ALL);
}

#[test]
fn an_alert_in_the_clear_is_read() {
    let mut wire = Wire::open();
    plays(&mut wire, REFUSED, &[1, 4, 1]);
    let alert = Fact::TlsAlert { from_client: true, level: 2, description: 48 };
    assert_eq!(wire.facts().last(), Some(&alert));
    // A server that hears lines where it waits for a ClientHello says so in an alert.
    let mut wire = Wire::open();
    wire.client("CAPA\r\n").server([21, 3, 3, 0, 2, 2, 10]);
    let alert = Fact::TlsAlert { from_client: false, level: 2, description: 10 };
    assert_eq!(wire.facts()[1..], [alert]);
    assert_eq!(wire.ledger().hidden(0), []);
}

#[test]
fn what_was_said_before_stls_is_no_secret_after_it() {
    let mut wire = Wire::open();
    wire.server("+OK hello\r\n").client("CAPA\r\n").server("+OK\r\nSTLS\r\n.\r\n");
    wire.client("USER alice\r\n").server("-ERR first TLS\r\n").client("STLS\r\n").server("+OK go on\r\n");
    assert_eq!(wire.ledger().hidden(0), []);
    plays(&mut wire, TLS12, &[1, 5, 5, 3, 1, 2]);
    let facts = wire.facts();
    assert_eq!(facts[4..6], [Fact::StlsAsked, Fact::StlsAnswered { ok: true }]);
    assert!(matches!(facts[6], Fact::TlsBegan { .. }), "{facts:?}");
    let hidden = wire.ledger().hidden(0);
    let known = [Hidden::Certificate, Hidden::Banner, Hidden::Capabilities, Hidden::UserName];
    let expected: Vec<_> = Hidden::ALL.into_iter().filter(|what| !known.contains(what)).collect();
    assert_eq!(hidden, expected);
}

#[test]
fn a_session_whose_stls_is_refused_goes_on_in_the_clear() {
    let mut wire = Wire::open();
    wire.server("+OK\r\n").client("STLS\r\n").server("-ERR no\r\n").client("USER bob\r\n").server("+OK\r\n");
    let expected = [Fact::StlsAsked, Fact::StlsAnswered { ok: false }, Fact::UserName("bob".into())];
    assert_eq!(wire.facts()[2..], expected);
    // And one that is not used, as well.
    let mut wire = Wire::open();
    wire.server("+OK\r\n").client("STLS\r\n").server("+OK\r\n").client("USER bob\r\n").server("+OK\r\n");
    assert_eq!(wire.facts().last(), Some(&Fact::UserName("bob".into())));
}

#[test]
fn a_mail_that_looks_like_tls_is_a_mail() {
    let mut wire = Wire::open();
    let [hello, server] = ["client", "server"].map(|who| recorded(TLS12, who).remove(0));
    // All of it is sent ahead, so that the server's next record may be expected.
    wire.server("+OK\r\n").client([&b"RETR 1\r\nSTLS\r\n"[..], &hello].concat());
    wire.server([&b"+OK\r\n"[..], &[22, 3, 1, 0, 9], b"\r\n.\r\n+OK\r\n", &server].concat());
    let facts = wire.facts();
    let [.., Fact::Message(letter), Fact::StlsAnswered { ok: true }, Fact::TlsAgreed { .. }] = &facts[..]
    else {
        panic!("{facts:?}")
    };
    assert_eq!((letter.octets, letter.complete), (7, true));
}

#[test]
fn frames_in_any_order_tell_the_same_of_tls() {
    let mut wire = Wire::open();
    wire.most = 200;
    wire.server("+OK\r\n").client("STLS\r\n").server("+OK\r\n");
    plays(&mut wire, TLS12, &[1, 5, 5, 3, 1, 2]);
    wire.closes();
    let expected = sorted(&wire.facts());
    assert!(expected.len() == 15, "{expected:?}");
    let mut random = Rand32::new(8446);
    for _ in 0..50 {
        for from in (1..wire.frames.len()).rev() {
            wire.frames.swap(from, random.rand_range(0..from as u32 + 1) as usize);
        }
        assert_eq!(sorted(&wire.facts()), expected);
    }
}

#[test]
fn any_split_and_stls_in_the_middle_of_a_segment_tell_the_same() {
    let play = |most: usize| {
        let mut wire = Wire::open();
        wire.most = most;
        // Sent ahead: the ClientHello stands in the segment of STLS.
        let hello = recorded(TLS12, "client").remove(0);
        wire.server("+OK\r\n").client([&b"STLS\r\n"[..], &hello].concat());
        let rest: Vec<u8> = recorded(TLS12, "server").concat();
        wire.server([&b"+OK\r\n"[..], &rest].concat());
        wire.client(recorded(TLS12, "client")[1..].concat()).closes();
        wire.facts()
    };
    let whole = play(1460);
    assert!(whole.len() > 12, "{whole:?}");
    for most in (1..40).chain([100, 333, 1000]) {
        assert_eq!(play(most), whole, "in pieces of {most}");
    }
}

#[test]
fn lengths_tell_how_much_was_asked_and_answered() {
    let mut wire = Wire::open();
    plays(&mut wire, TLS13, &[1, 2, 2, 6, 3, 1, 1, 2]);
    let before = wire.ledger().notebook().guesses(0).len();
    wire.client(data(17 + 8)).server(data(16_384 + 17)).server(data(16_384 + 17)).server(data(17 + 1));
    wire.client(data(17 + 6)).client(data(17 + 6)).server(data(17 + 3));
    let guesses = wire.ledger().notebook().guesses(0)[before..].to_vec();
    let last = wire.frames.len() as u32 - 1;
    assert_eq!(
        guesses.iter().map(|guess| (guess.asked, guess.octets)).collect::<Vec<_>>(),
        [(Some(8), 32_769), (Some(12), 3)]
    );
    assert_eq!(guesses[1].frame, last);
}

#[test]
fn a_handshake_cut_over_records_is_read_as_one() {
    let hello = recorded(TLS13, "client").remove(0);
    let mut wire = Wire::open();
    for piece in hello[5..].chunks(40) {
        wire.client([&[22, 3, 1, 0, piece.len() as u8][..], piece].concat());
    }
    assert!(matches!(&wire.facts()[1..], [Fact::TlsBegan { sni: Some(name), .. }] if name == SNI));
}

//! What is read in lines, however they come.

use super::wire::{ACK, CLIENT, FIN, RST, SERVER, SYN, Wire, facts, frame, read, sorted};
use pop3lab::ledger::{Fact, How, Letter};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A session up to the greeting.
fn greeted() -> Wire {
    let mut wire = Wire::open();
    wire.server("+OK hello\r\n");
    wire
}

/// What is learnt after the greeting.
fn told(wire: &Wire) -> Vec<Fact> {
    let facts = wire.facts();
    assert!(matches!(facts[..2], [Fact::Connected { .. }, Fact::Banner(_)]), "{facts:?}");
    facts[2..].to_vec()
}

fn user(name: &str) -> Fact {
    Fact::UserName(name.into())
}

fn password(word: &str) -> Fact {
    Fact::Password(word.into())
}

const LOGIN: Fact = Fact::Login { ok: true };

#[test]
fn any_split_of_the_stream_tells_the_same() {
    let session = |most: usize| {
        let mut wire = Wire::open();
        wire.most = most;
        wire.server("+OK <1.2@host>\r\n").client("CAPA\r\n").server("+OK\r\nTOP\r\n..odd\r\n.\r\n");
        wire.client("apop alice 0123456789abcdef\r\n").server("+OK\r\n").client("UIDL\nRETR 1\r\n");
        wire.server("+OK\r\n1 a\r\n2 b c\r\n.\r\n+OK\r\n..Subject: x\r\nSubject: a\r\n b\r\n\r\n..\r\n.\r\n");
        wire.closes();
        wire.facts()
    };
    let whole = session(1460);
    let letter =
        Letter { number: 1, octets: 34, complete: true, subject: Some("a b".into()), ..Letter::default() };
    assert_eq!(
        whole[1..],
        [
            Fact::Banner("<1.2@host>".into()),
            Fact::Stamp("<1.2@host>".into()),
            Fact::Capabilities(vec!["TOP".into(), ".odd".into()]),
            Fact::ApopDigest { name: "alice".into(), digest: "0123456789abcdef".into() },
            LOGIN,
            Fact::UniqueIds(vec![(1, "a".into()), (2, "b c".into())]),
            Fact::Message(letter),
            Fact::Closed { how: How::Fin },
        ]
    );
    for most in 1..60 {
        assert_eq!(session(most), whole, "in pieces of {most}");
    }
}

#[test]
fn an_answer_belongs_to_its_command_whoever_is_faster() {
    let mut wire = greeted();
    wire.client("DELE 1\r\nDELE 2\r\nSTAT\r\nNOOP\r\nLIST 3\r\nQUIT\r\n");
    wire.server("-ERR no\r\n+OK\r\n+OK 7 700\r\n+OK\r\n+OK 3 12\r\n-ERR some kept\r\n");
    assert_eq!(
        told(&wire),
        [
            Fact::Deleted { number: 2 },
            Fact::MailCount { messages: 7, octets: 700 },
            Fact::Sizes(vec![(3, 12)]),
            Fact::Quit { ok: false },
        ]
    );
}

#[test]
fn what_is_refused_has_no_lines() {
    let mut wire = greeted();
    wire.client("RETR 9\r\nLIST\r\nCAPA\r\nUSER bob\r\n").server("-ERR\r\n-ERR\r\n-ERR what?\r\n+OK\r\n");
    wire.client("PASS  open sesame \r\n").server("+OK\r\n");
    assert_eq!(told(&wire), [user("bob"), password(" open sesame "), LOGIN]);
}

#[test]
fn auth_tells_name_and_password_in_base64() {
    let expected = [user("alice"), password("wonderland"), LOGIN];
    let mut plain = greeted();
    plain.client("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\n").server("+OK\r\n");
    assert_eq!(told(&plain), expected);
    let mut asked = greeted();
    asked.client("auth plain\r\n").server("+ \r\n").client("AGFsaWNlAHdvbmRlcmxhbmQ=\r\n").server("+OK\r\n");
    assert_eq!(told(&asked), expected);
    let mut login = greeted();
    login.client("AUTH LOGIN\r\n").server("+ VXNlcm5hbWU6\r\n").client("YWxpY2U=\r\n");
    login.server("+ UGFzc3dvcmQ6\r\n").client("d29uZGVybGFuZA==\r\n").server("+OK\r\n");
    assert_eq!(told(&login), expected);
    let mut cram = greeted();
    cram.client("AUTH CRAM-MD5\r\n").server("+ PDEuMkB4Pg==\r\n").client("YSBiIDBm\r\n").server("-ERR\r\n");
    let response = Fact::CramMd5 { name: "a b".into(), challenge: "<1.2@x>".into(), digest: "0f".into() };
    assert_eq!(told(&cram), [response, Fact::Login { ok: false }]);
    // Whatever else is said there is no command.
    let mut other = greeted();
    other.client("AUTH X\r\n").server("+ \r\n").client("QUIT\r\n").server("-ERR\r\n").client("USER bob\r\n");
    assert_eq!(told(&other), [Fact::Login { ok: false }, user("bob")]);
}

#[test]
fn a_command_is_known_before_its_answer_whichever_frame_is_seen_first() {
    let mut wire = greeted();
    wire.client("USER bob\r\n").server("+OK\r\n").client("PASS x\r\n").server("+OK\r\n").closes();
    let expected = sorted(&wire.facts());
    let backwards = read(wire.frames.iter().rev());
    assert_eq!(sorted(&facts(backwards.entries())), expected);
}

#[test]
fn segments_that_overlap_are_read_once_and_the_first_is_believed() {
    let mut wire = greeted();
    let (seq, ack) = (wire.next[0], Some(wire.next[1]));
    let says = |offset: u32, data: &[u8]| frame(CLIENT, SERVER, seq.wrapping_add(offset), ack, ACK, data);
    wire.frames.extend([says(5, b"bo"), says(0, b"USER B"), says(3, b"R XXb\r\n"), says(0, b"USER eve\r\n")]);
    assert_eq!(told(&wire), [user("bob")]);
}

#[test]
fn a_port_that_is_used_again_is_another_connection() {
    let mut wire = greeted();
    wire.client("USER bob\r\n").closes();
    let old = wire.frames.clone();
    wire.next = [55_555, 66_666];
    wire.opens().server("+OK again\r\n").client("USER eve\r\n");
    // A segment of the first that comes late belongs to no one.
    wire.frames.extend_from_slice(&old[3..]);
    wire.client("PASS x\r\n");
    let ledger = wire.ledger();
    let second: Vec<_> = ledger.notebook().of(1).map(|entry| entry.fact.clone()).collect();
    let connected = Fact::Connected { client: CLIENT, server: SERVER };
    assert_eq!(second, [connected, Fact::Banner("again".into()), user("eve"), password("x")]);
    assert_eq!(ledger.notebook().of(0).count(), 4);
}

#[test]
fn a_connection_ends_by_a_reset_that_fits_and_by_no_other() {
    let mut wire = greeted();
    let [client, server] = wire.next;
    let reset = |seq: u32| frame(CLIENT, SERVER, seq, Some(server), RST, b"");
    wire.frames.extend([reset(client.wrapping_sub(1)), reset(client.wrapping_add(1 << 24))]);
    assert_eq!(told(&wire), []);
    wire.frames.extend([reset(client), reset(client)]);
    assert_eq!(told(&wire), [Fact::Closed { how: How::Reset }]);
}

#[test]
fn a_syn_that_is_answered_with_reset_is_refused() {
    let mut wire = Wire::new();
    let seq = wire.next[0];
    let reset = |ack: u32| frame(SERVER, CLIENT, 0, Some(ack), RST, b"");
    wire.frames.extend([frame(CLIENT, SERVER, seq, None, SYN, b""), reset(seq)]);
    assert_eq!(wire.facts(), []);
    wire.frames.push(reset(seq.wrapping_add(1)));
    assert_eq!(wire.facts(), [Fact::Refused { client: CLIENT, server: SERVER }]);
}

#[test]
fn a_connection_with_one_side_closed_goes_on() {
    let mut wire = greeted();
    wire.client("STAT\r\n").says(0, FIN, b"").server("+OK 1 2\r\n");
    assert_eq!(told(&wire), [Fact::MailCount { messages: 1, octets: 2 }]);
    wire.says(1, FIN, b"");
    assert_eq!(told(&wire).last(), Some(&Fact::Closed { how: How::Fin }));
}

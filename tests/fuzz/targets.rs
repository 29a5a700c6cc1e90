//! What is fed, with what it begins as, and what it promises.

use super::lab::Lab;
use base64::prelude::{BASE64_STANDARD, Engine};
use pop3lab::dissect::{dissect, leaves};
use pop3lab::ledger::Ledger;
use pop3lab::mail::{Account, AccountPolicy, Message, Store, mbox};
use pop3lab::mime::Letter;
use pop3lab::pki;
use pop3lab::policy::{self, Policy};
use pop3lab::pop3::{Client, Config, Entropy, Output, Session};
use pop3lab::recording::Recording;
use pop3lab::time::Instant;
use pop3lab::tls::{self, Chance, ClientTls, Endpoint, ServerTls};
use pop3lab::trace::{Event, Grain};
use pop3lab::world::comparison::{Comparison, Ending, Plan, Script};
use pop3lab::world::samples;
use std::sync::Arc;

pub struct Target {
    pub name: &'static str,
    pub corpus: fn() -> Vec<Vec<u8>>,
    pub feed: fn(&[u8]),
    /// How many inputs it gets in a short run.
    pub rounds: u64,
}

pub const TARGETS: &[Target] = &[
    Target { name: "octets of a client", corpus: sessions, feed: session, rounds: 1_500 },
    Target { name: "exchanges of AUTH", corpus: exchanges, feed: session, rounds: 1_000 },
    Target { name: "octets of a server", corpus: answers, feed: answer, rounds: 1_500 },
    Target { name: "what is typed in a world", corpus: sessions, feed: world, rounds: 40 },
    Target { name: "mail", corpus: letters, feed: letter, rounds: 800 },
    Target { name: "files of mail", corpus: files, feed: file, rounds: 1_500 },
    Target { name: "recordings", corpus: recordings, feed: play, rounds: 60 },
    Target { name: "scripts to compare", corpus: scripts, feed: script, rounds: 10 },
    Target { name: "octets of a TLS client", corpus: flights, feed: flight, rounds: 200 },
    Target { name: "octets of a TLS server", corpus: replies, feed: reply, rounds: 200 },
    Target { name: "frames", corpus: frames, feed: frame, rounds: 1_500 },
    Target { name: "frames of TLS", corpus: sealed_frames, feed: frame, rounds: 1_000 },
];

fn recordings() -> Vec<Vec<u8>> {
    vec![include_bytes!("../recording/curl.txt").to_vec()]
}

/// Either its flaw is told, or a world comes to its end with it, and says what it says again when it does it again.
fn play(octets: &[u8]) {
    if let Ok(recording) = Recording::read(octets) {
        let (world, again) = (recording.played(), recording.played());
        assert_eq!(recording.difference(world.trace()), recording.difference(again.trace()));
    }
}

fn sessions() -> Vec<Vec<u8>> {
    let lines = [
        "USER alice\r\nPASS wonderland\r\nSTAT\r\nLIST\r\nUIDL\r\nRETR 1\r\nTOP 1 0\r\nDELE 1\r\nRSET\r\nQUIT\r\n",
        "CAPA\r\nAPOP alice c4c9334bac560ecc979e58001b3e22fb\r\nUTF8\r\nLANG ja\r\nLANG\r\nNOOP\r\nQUIT\r\n",
        "LANG ja\r\nUSER alice\r\nPASS wonderland\r\nRETR 99\r\nDELE 1\r\nDELE 1\r\nQUIT\r\n",
        "USER j\u{fc}rgen\r\nPASS p\u{e4}ss\r\nSTLS\r\nLIST 1\r\n",
    ];
    lines.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn exchanges() -> Vec<Vec<u8>> {
    let code = |text: &str| BASE64_STANDARD.encode(text);
    let plain = code("\0alice\0wonderland");
    let first = code("n,,n=alice,r=rOprNGfwEbeRWgbNEkqO");
    let last = code("c=biws,r=rOprNGfwEbeRWgbNEkqO,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    let bearer = code("n,a=alice,\u{1}auth=Bearer token\u{1}\u{1}");
    vec![
        format!("AUTH PLAIN {plain}\r\nSTAT\r\n").into_bytes(),
        format!("AUTH PLAIN\r\n{plain}\r\nRETR 1\r\n").into_bytes(),
        format!("AUTH LOGIN\r\n{}\r\n{}\r\n", code("alice"), code("wonderland")).into_bytes(),
        format!("AUTH CRAM-MD5\r\n{}\r\n", code("alice 3dbc88f0624776a737b39093f6eb6427")).into_bytes(),
        format!("AUTH SCRAM-SHA-1 {first}\r\n{last}\r\n\r\n").into_bytes(),
        format!("AUTH SCRAM-SHA-256 {first}\r\n{last}\r\n*\r\n").into_bytes(),
        format!("AUTH OAUTHBEARER {bearer}\r\nAQ==\r\n").into_bytes(),
    ]
}

/// A server takes it in any two pieces, answers in whole lines, and ends.
fn session(octets: &[u8]) {
    let (whole, cut) = (told(octets, octets.len()), told(octets, octets.len() / 3));
    assert_eq!(whole, cut, "the pieces matter");
    assert!(whole.ends_with(b"\r\n"), "half a line: {}", whole.escape_ascii());
}

fn told(octets: &[u8], cut: usize) -> Vec<u8> {
    let account = Account {
        name: "alice".into(),
        password: "wonderland".into(),
        messages: vec![Message::new(b"Subject: one\r\n\r\n.\r\ntwo\r\n")],
        policy: AccountPolicy::default(),
        access: Default::default(),
    };
    let mut store = Store::new(&[account], 1);
    let config = Arc::new(Config { stls: true, ..Config::default() });
    let mut session = Session::new(config, Entropy::default(), Instant::ZERO);
    let mut said = Vec::new();
    for piece in [&octets[..cut], &octets[cut..]] {
        let mut rest = piece;
        while !rest.is_empty() {
            rest = &rest[session.receive(rest)..];
            drain(&mut session, &mut store, &mut said);
        }
    }
    session.input_ended();
    drain(&mut session, &mut store, &mut said);
    session.disconnected(&mut store);
    drain(&mut session, &mut store, &mut said);
    assert_eq!(session.timeout(), None, "it has not ended");
    said
}

fn drain(session: &mut Session, store: &mut Store, said: &mut Vec<u8>) {
    while let Some(output) = session.poll(store, Instant::ZERO) {
        if let Output::Transmit(octets) = output {
            said.extend(octets);
        }
    }
}

fn answers() -> Vec<Vec<u8>> {
    let texts = [
        "+OK hello <1.2@x>\r\n+OK\r\nTOP\r\nSTLS\r\n.\r\n+OK\r\n+OK 2 3\r\n+OK\r\n1 a\r\n2 b\r\n.\r\n",
        "+OK hello\r\n-ERR [AUTH] no\r\n+ PDE+\r\n+OK\r\n+OK 12 octets\r\nSubject: x\r\n\r\n..\r\n.\r\n+OK\r\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// A mail program reads what any server says, in any pieces.
fn answer(octets: &[u8]) {
    let hear = |size: usize| {
        let mut client = Client::default();
        client.send(b"CAPA\r\nAUTH CRAM-MD5\r\nUIDL\r\nRETR 1\r\nSTAT\r\n");
        let mut events = Vec::new();
        octets.chunks(size).for_each(|piece| events.extend(client.receive(piece)));
        events.extend(client.end());
        events
    };
    assert_eq!(hear(octets.len().max(1)), hear(3), "the pieces matter");
}

/// A world comes to rest, and a replay of it is the same.
fn world(octets: &[u8]) {
    let mut lab = Lab::new();
    lab.connects();
    // Longer pastes take longer, and show nothing else.
    lab.pastes(&String::from_utf8_lossy(&octets[..octets.len().min(2_000)]));
    let length = lab.world.trace().len();
    lab.drops_the_line();
    assert!(lab.world.trace().len() >= length);
}

fn letters() -> Vec<Vec<u8>> {
    samples::messages()
        .iter()
        .map(|message| message.octets()[..message.octets().len().min(4_000)].to_vec())
        .collect()
}

/// A reader reads any mail, and TOP never goes past its end.
fn letter(octets: &[u8]) {
    let message = Message::new(octets);
    let decoder = |_: &str, octets: &[u8]| Some(String::from_utf8_lossy(octets).into_owned());
    Letter::read(message.octets(), &decoder);
    assert!(message.octets().is_empty() || message.octets().ends_with(b"\r\n"));
    assert_eq!(message.top(u64::MAX).end, message.octets().len());
    message.has_utf8_header();
}

fn files() -> Vec<Vec<u8>> {
    let texts = [
        "From alice Sat Jan  3 01:05:34 1996\nSubject: a\n\nOne\n>From here\n\nFrom bob\nSubject: b\n\nTwo\n\n",
        "\r\nFrom x\r\n\r\n>>From y\r\n\r\nFrom \r\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The messages of an mbox file lie side by side and cover all of it.
fn file(octets: &[u8]) {
    let Ok(pieces) = mbox::split(octets) else { return };
    let mut at = 0;
    for piece in &pieces {
        assert_eq!(piece.whole.start, at, "a gap, or two messages on one octet");
        assert!(piece.octets.len() < piece.whole.len(), "more than there is");
        at = piece.whole.end;
    }
    assert!(pieces.is_empty() || at == octets.len());
}

fn scripts() -> Vec<Vec<u8>> {
    let texts = [
        "# all of it\nUSER alice\nPASS wonderland\nSTAT\nRETR 1\nDELE 1\nQUIT",
        "APOP alice md5(wonderland)\nCAPA\nSTLS\nAUTH PLAIN =\n*\nLIST\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Any script can be compared, and every position has a step.
fn script(octets: &[u8]) {
    let text = String::from_utf8_lossy(&octets[..octets.len().min(300)]);
    let compared = Comparison::of(Plan::new(Script::read(&text, Ending::AsSaid)));
    for grain in Grain::ALL {
        let steps = compared.steps(grain);
        assert!(!steps.is_empty());
        assert!(steps.iter().all(|step| compared.nearest(step, grain) < steps.len()));
    }
}

/// The seconds since 1970 at which certificates are looked at.
const DATE: u64 = 1_775_037_600;

fn server() -> (Endpoint, Vec<Vec<u8>>) {
    let issued = pki::issue(7, "pop.example", DATE as i64, None);
    let policy = ServerTls::new(issued.chain, issued.key.to_vec());
    (Endpoint::server(&policy, Chance::seeded(7, 1)).unwrap(), issued.roots)
}

/// What each end says before it is over, and the ends.
fn handshake() -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let (mut server, roots) = server();
    let mut client = client(roots);
    let (mut flights, mut replies) = (vec![], vec![]);
    loop {
        let (said, answered) = (taken(&mut client), taken(&mut server));
        if said.is_empty() && answered.is_empty() {
            return (flights, replies);
        }
        server.receive(DATE, &said);
        client.receive(DATE, &answered);
        flights.push(said);
        replies.push(answered);
    }
}

fn client(roots: Vec<Vec<u8>>) -> Endpoint {
    let policy = ClientTls { roots, ..ClientTls::default() };
    Endpoint::client(&policy, "pop.example", Chance::seeded(7, 2), DATE).unwrap()
}

fn taken(end: &mut Endpoint) -> Vec<u8> {
    let mut said = Vec::new();
    while let Some(output) = end.poll() {
        if let tls::Output::Transmit(record) = output {
            said.extend(record.octets);
        }
    }
    said
}

fn flights() -> Vec<Vec<u8>> {
    vec![handshake().0.concat()]
}

fn replies() -> Vec<Vec<u8>> {
    vec![handshake().1.concat()]
}

/// A server's TLS ends in order with any client.
fn flight(octets: &[u8]) {
    hears(server().0, octets);
}

/// And a client's with any server.
fn reply(octets: &[u8]) {
    hears(client(server().1), octets);
}

fn hears(mut end: Endpoint, octets: &[u8]) {
    taken(&mut end);
    for piece in octets.chunks(octets.len() / 3 + 1) {
        end.receive(DATE, piece);
        taken(&mut end);
    }
    end.disconnected();
    taken(&mut end);
    assert!(!end.is_established(), "it goes on without anybody");
}

fn frames() -> Vec<Vec<u8>> {
    sent(Lab::new().connects().logs_in_at_once().types("LIST").types("QUIT"))
}

/// In version 1.2, where certificates can be read.
fn sealed_frames() -> Vec<Vec<u8>> {
    let policy = Policy { offers: policy::Versions::Tls12, ..Policy::default() };
    sent(Lab::on_terms(policy, 995).logs_in_at_once().types("QUIT"))
}

fn sent(lab: &Lab) -> Vec<Vec<u8>> {
    let sent = |(_, event): (_, &Event)| match event {
        Event::FrameSent { octets, .. } => Some(octets.to_vec()),
        _ => None,
    };
    lab.events().filter_map(sent).collect()
}

/// Every octet of any frame has a note, and an eavesdropper survives it.
fn frame(octets: &[u8]) {
    let notes = dissect(octets);
    let mut at = 0;
    for leaf in leaves(&notes) {
        assert_eq!(leaf.span.start, at, "a gap, or two notes on one octet");
        at = leaf.span.end;
    }
    assert_eq!(at, octets.len());
    let mut ledger = Ledger::default();
    ledger.see(0, octets);
    ledger.see(1, octets);
}

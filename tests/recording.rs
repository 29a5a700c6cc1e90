//! Recordings: what a server did is done again by a world, and whatever else is in a file is told.

use pop3lab::mail::{Account, AccountPolicy, Fault, Lockout, Message, Uid};
use pop3lab::pop3::{Config, Entropy};
use pop3lab::recording::write::{self, Head};
use pop3lab::recording::{Flaw, Recording, Unreadable, What};
use pop3lab::sasl::{Access, Channel, Client, Identity, MECHANISMS, Mechanism, coding};
use pop3lab::time::Instant;
use pop3lab::tls::{Version, Versions};
use pop3lab::trace::{Event, Note, Trace};
use pop3lab::world::{Action, World};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What `serve --capture` wrote while curl fetched, failed and deleted on each road.
const CURL: &str = include_str!("recording/curl.txt");

fn read(text: &str) -> Recording {
    Recording::read(text.as_bytes()).unwrap_or_else(|flaw| panic!("{flaw:?}"))
}

/// The flaw of a text, with its line.
fn flaw(text: &str) -> (usize, Flaw) {
    let Unreadable { line, flaw } = Recording::read(text.as_bytes()).expect_err("it has a flaw");
    (line, flaw)
}

/// The lines of the terminal.
fn rows(world: &World) -> Vec<String> {
    let trace = world.trace();
    let row = |row: &u32| match &trace.records()[*row as usize].event {
        Event::ClientLine { octets, .. } => Some(format!("C: {}", String::from_utf8_lossy(octets))),
        Event::ServerLine { octets, .. } => Some(format!("S: {}", String::from_utf8_lossy(octets))),
        _ => None,
    };
    trace.rows(trace.len()).iter().filter_map(row).collect()
}

fn notes(trace: &Trace, is: impl Fn(&Note) -> bool) -> usize {
    let noted = |event: &Event| matches!(event, Event::Note(note) if is(note));
    trace.records().iter().filter(|record| noted(&record.event)).count()
}

/// A recording with this between its head and its first connection, and this after that.
fn recording(account: &str, happened: &str) -> String {
    let config = Config { stls: true, ..Config::default() };
    let head = Head {
        config: &config,
        date: 1_780_304_400,
        salts: 7,
        versions: Some(Versions::Both),
        asks: false,
        fault: None,
    };
    format!("{}{account}0.000000 1 connected\n0.000000 1 began 1 0\n{happened}", write::head(&head))
}

#[test]
fn what_curl_did_is_answered_as_it_was() {
    let recording = read(CURL);
    assert_eq!((recording.connections(), recording.left_out), (5, 1));
    let world = recording.played();
    assert_eq!(recording.difference(world.trace()), None);
    // Every line of the file that was said is a row, and no other.
    let said = |line: &str| -> Option<String> {
        let mut words = line.splitn(3, ' ');
        let said = words.nth(2).filter(|_| line.starts_with(|letter: char| letter.is_ascii_digit()))?;
        (said.starts_with("C:") || said.starts_with("S:")).then(|| said.to_owned())
    };
    let recorded: Vec<String> = CURL.lines().filter_map(said).collect();
    let bare = |row: String| row.replace('\u{fffd}', "");
    assert_eq!(
        rows(&world).into_iter().map(bare).collect::<Vec<_>>(),
        recorded.into_iter().map(bare).collect::<Vec<_>>()
    );
    let trace = world.trace();
    assert_eq!(notes(trace, |note| matches!(note, Note::Secured(_))), 4);
    assert_eq!(trace.scene(trace.len()).mailboxes["alice"].messages.len(), 1, "DELE and QUIT removed one");
}

#[test]
fn who_goes_on_by_hand_where_tls_was_recorded_can_bind_to_it() {
    // The session of the last client, as far as its greeting.
    let end = CURL.find("1.319931 5 C: CAPA").expect("it asked what the server can do");
    let mut world = read(&CURL[..end]).played();
    let trace = world.trace();
    let connection = trace.scene(trace.len()).connections.values().last().expect("it is connected").clone();
    let agreed = connection.secured.as_ref().expect("it is inside TLS");
    let exported = agreed.exporter.expect("TLS 1.3 exports");
    assert_eq!(exported[..4], [0xcb, 0xdf, 0x2e, 0xcc], "what the recording says");

    let mechanism = Mechanism::ScramSha256Plus;
    let identity = Identity { name: "alice".into(), acts_as: None, secret: "tea-at-five".into() };
    let mut client = Client::new(mechanism, identity, "a-nonce".into(), Channel::Exporter(exported));
    let initial = client.begin().expect("it can begin").map(|octets| coding::encode_initial(&octets));
    let mut line = format!("AUTH {mechanism} {}", initial.expect("it begins"));
    let accepted = loop {
        let octets = format!("{line}\r\n").into_bytes();
        world.act(Action::Send { connection: connection.id, octets });
        let said = rows(&world).pop().expect("it is answered");
        let Some(challenge) = said.strip_prefix("S: + ") else { break said };
        let challenge = coding::decode(challenge.as_bytes()).expect("base64");
        line = coding::encode(&client.respond(&challenge).expect("no doubt"));
    };
    assert!(accepted.starts_with("S: +OK"), "{accepted}");
}

#[test]
fn line_ends_of_other_systems_a_mark_and_comments_change_nothing() {
    let expected = format!("{:?}", read(CURL));
    let edited = format!("\u{feff}{}", CURL.replacen('\n', "\n# seen by me\n\n", 1).replace('\n', "\r\n"));
    assert_eq!(format!("{:?}", read(&edited)), expected);
}

#[test]
fn an_answer_that_was_another_one_is_found() {
    let (before, after) = CURL.split_once("S: +OK 170 octets").expect("RETR 1 was answered so");
    let recording = read(&format!("{before}S: +OK 999 octets{after}"));
    let world = recording.played();
    let found = recording.difference(world.trace()).expect("one line is another one");
    assert_eq!((found.connection.0, found.recorded.as_deref()), (0, Some(&b"+OK 999 octets"[..])));
    let here = &world.trace().records()[found.here.unwrap() as usize].event;
    assert!(matches!(here, Event::ServerLine { octets, .. } if octets.starts_with(b"+OK 170 ")));
}

#[test]
fn an_answer_too_many_or_too_few_is_found() {
    let greeting = "0.0 1 S: +OK POP3 Lab at your service <0000000000000001.0@pop3lab.example>\n"
        .replace("0.0 ", "0.000000 ");
    for (happened, recorded, here) in [
        (String::new(), None, true),
        (format!("{greeting}0.000001 1 S: +OK once more\n"), Some(&b"+OK once more"[..]), false),
    ] {
        let recording = read(&recording("", &happened));
        let found = recording.difference(recording.played().trace()).expect("they differ");
        assert_eq!((found.recorded.as_deref(), found.here.is_some()), (recorded, here));
    }
    let fits = read(&recording("", &greeting));
    assert_eq!(fits.difference(fits.played().trace()), None);
    // Where the line broke, less was said than is here.
    let broke = read(&recording("", "0.000001 1 S- +OK POP3 La\n0.000002 1 lost\n"));
    assert_eq!(broke.difference(broke.played().trace()), None);
}

#[test]
fn all_that_a_server_can_be_set_to_comes_back() {
    let names: Vec<_> = MECHANISMS.iter().map(|row| row.mechanism).rev().collect();
    let config = Config {
        host: "mail.tea.example".into(),
        implementation: "Teapot 0.1 ".into(),
        apop: false,
        login_in_the_clear: false,
        mechanisms: names[..2].to_vec(),
        secret: std::array::from_fn(|at| at as u8),
        top_and_uidl: false,
        idle_limit: Duration::from_secs(61),
        failed_logins: 3,
        failure_delay: Duration::from_secs(2),
        lockout: Some(Lockout { guesses: 4, span: Duration::from_secs(99) }),
        ..Config::default()
    };
    let head = Head {
        config: &config,
        date: 12,
        salts: u64::MAX,
        versions: Some(Versions::Only12),
        asks: true,
        fault: Some(Fault::UpdateFails),
    };
    let account = Account {
        name: "the white rabbit".into(),
        password: " late\\, \u{feff}遅刻 ".into(),
        messages: vec![],
        policy: AccountPolicy { plaintext: false, expire: Some(0), login_delay: 9 },
        access: Access {
            keeps_secret: false,
            tokens: vec!["a b".into(), "c".into()],
            acts_as: vec!["alice".into()],
            certificate: Some("rabbit@tea.example".into()),
        },
    };
    let uid = |text: &str| Uid::new(text).unwrap();
    let letters = [b"Subject: x\r\n\r\n\xff\x00a\rb \r\n" as &[u8], b"", b"\r\n", b"| no\r\n"];
    let letters: Vec<(Uid, Message)> = letters
        .iter()
        .enumerate()
        .map(|(at, octets)| (uid(&format!("u{at}")), Message::new(octets)))
        .collect();
    let at = Instant::from_micros;
    let entropy = Entropy::new(u64::MAX, at(5_000_000_123));
    let secured = What::Secured {
        version: Version::Tls12,
        exporter: Some([9; 32]),
        identity: Some("rabbit@tea.example".into()),
    };
    let text = [
        write::head(&head),
        write::account(&account),
        write::mailbox(&account.name, letters.iter().map(|(uid, message)| (uid, message))),
        write::event(at(3_000_000), 8, &What::Connected { sealed: true }),
        write::event(at(3_000_001), 8, &secured),
        write::event(at(3_000_001), 8, &What::Began(entropy)),
        write::event(at(3_500_000), 8, &What::Said(b"NOOP\r\n\xfe\nUSER".to_vec())),
        write::arrived(at(3_500_001), 8, &account.name, &uid("new"), &letters[0].1),
        write::gone(at(3_500_001), 8, &account.name, &uid("u1")),
        write::event(at(100_000_000), 8, &What::Ended),
    ];
    let Recording { setup, steps, .. } = read(&text.concat());
    let tables = |config: &Config| Config { tables: Default::default(), ..config.clone() };
    let stls = Config {
        stls: setup.server.stls,
        login_in_the_clear: setup.server.login_in_the_clear,
        secret: setup.server.secret,
        ..config
    };
    assert_eq!(format!("{:?}", tables(&setup.server)), format!("{:?}", tables(&stls)));
    assert_eq!(
        (setup.recorded.secret, setup.recorded.salts),
        (Some(std::array::from_fn(|at| at as u8)), Some(u64::MAX))
    );
    assert_eq!(setup.date, 12 + 3);
    assert!(!setup.policy.login_in_the_clear && !setup.policy.stls && setup.policy.asks);
    let owner = format!("{:?}", Account { password: account.password.clone(), ..account.clone() });
    assert_eq!(format!("{:?}", setup.accounts[0]), owner);
    let mail: Vec<_> =
        letters.into_iter().map(|(uid, message)| (account.name.clone(), uid, message)).collect();
    assert_eq!(setup.recorded.mail, mail);
    let drawn = &setup.drawn[0];
    assert_eq!((drawn.entropy, drawn.exporter), (entropy, Some([9; 32])));
    let done: Vec<(u64, String)> =
        steps.into_iter().map(|step| (step.at.as_micros(), format!("{:?}", step.action))).collect();
    let names: Vec<&str> = done.iter().map(|(_, action)| action.split([' ', '{']).next().unwrap()).collect();
    assert_eq!(names, ["Break", "Connect", "Deliver", "Lose", "Send", "LetTimePass", "Disconnect"]);
    let sent = format!(
        "{:?}",
        Action::Send { connection: pop3lab::trace::ConnectionId(0), octets: b"NOOP\r\n\xfe\nUSER".to_vec() }
    );
    assert_eq!(done[4], (500_001, sent));
    assert_eq!(done[5].1, "LetTimePass { micros: 96499999 }");
}

#[test]
fn what_is_no_recording_is_told_with_its_line() {
    assert_eq!(flaw(""), (1, Flaw::NotARecording));
    assert_eq!(flaw("From: bob@example.org\n"), (1, Flaw::NotARecording));
    assert_eq!(flaw(&CURL.replacen("recording 1", "recording 2", 1)), (1, Flaw::NotARecording));
    assert_eq!(flaw("POP3 Lab recording 1\n"), (2, Flaw::NothingHappened));
    let octets = Recording::read(b"\xff\xfe").map(|_| ());
    assert_eq!(octets, Err(Unreadable { line: 1, flaw: Flaw::NotARecording }));
}

#[test]
fn a_line_that_means_nothing_is_told_and_nothing_is_played() {
    let head = "POP3 Lab recording 1\n";
    for line in [
        "colour blue",
        "date soon",
        "apop perhaps",
        "secret 00",
        "mechanisms PLAIN MAGIC",
        "lockout 5",
        "accepts 1.4",
        "fault mine",
        "password before-any-account",
        "| nobody's line",
        "mail a unique-id has no blanks",
        "account bad\\q",
        "1 1 connected",
        "1.5 1 connected",
        "1.500000 one connected",
        "1.500000 1 exploded",
        "1.500000 1 began 1",
        "1.500000 1 tls 1.3",
        "1.500000 1 tls 1.1 -",
        "1.500000 1 C: \\x0",
        "99999999999.000000 1 connected",
    ] {
        assert_eq!(flaw(&format!("{head}{line}\n")), (2, Flaw::Meaningless), "{line}");
    }
}

#[test]
fn more_programs_at_a_time_than_a_world_has_are_left_out() {
    let connected: String = (2..300)
        .map(|number| format!("1.000000 {number} connected\n1.000000 {number} began {number} 1\n"))
        .collect();
    let recording = read(&recording("", &connected));
    assert_eq!((recording.connections(), recording.left_out), (255, 44));
}

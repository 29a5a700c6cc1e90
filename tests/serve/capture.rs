//! What `--capture` writes down can be done again in a world, where every answer is the same.

use super::client::Client;
use super::mail::{eml, folder, message};
use super::program::{Program, scratch, text};
use pop3lab::pki;
use pop3lab::recording::Recording;
use pop3lab::sasl::{self, Channel, Identity, Mechanism, apop, coding};
use pop3lab::trace::{Event, Note};
use pop3lab::world::World;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// A program that writes down what passes, and where.
fn program(flags: &[&str]) -> (Program, PathBuf) {
    let path = scratch("capture").join("session.txt");
    let program = Program::start(&[flags, &["--capture", text(&path)]].concat());
    (program, path)
}

/// Plays what was written down, once all of it was.
fn plays(path: &Path) -> World {
    let text = fs::read(path).unwrap();
    let recording = Recording::read(&text).unwrap_or_else(|flaw| panic!("{flaw:?}\n{}", story(path)));
    let world = recording.played();
    let difference = recording.difference(world.trace());
    assert_eq!(difference, None, "{}\n{}", story(path), rows(&world).join("\n"));
    world
}

fn story(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Waits until as many connections are over as have begun.
fn settled(path: &Path) {
    for _ in 0..500 {
        let text = story(path);
        let count = |word: &str| text.lines().filter(|line| line.ends_with(word)).count();
        if count(" connected") + count(" connected sealed") == ended(&text) {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("a connection does not end:\n{}", story(path));
}

/// How many connections are over. One whose TLS failed is lost first, and closed then.
fn ended(text: &str) -> usize {
    let over = |line: &str| {
        [" closed", " lost"]
            .iter()
            .find_map(|end| line.strip_suffix(end)?.split(' ').nth(1).map(String::from))
    };
    text.lines().filter_map(over).collect::<BTreeSet<String>>().len()
}

/// The terminal's rows at the end.
fn rows(world: &World) -> Vec<String> {
    let trace = world.trace();
    let row = |row: &u32| match &trace.records()[*row as usize].event {
        Event::ClientLine { octets, .. } => format!("C: {}", String::from_utf8_lossy(octets)),
        Event::ServerLine { octets, .. } => format!("S: {}", String::from_utf8_lossy(octets)),
        Event::Note(note) => format!("= {note:?}"),
        _ => String::new(),
    };
    trace.rows(trace.len()).iter().map(row).collect()
}

fn authenticates(client: &mut Client, mechanism: Mechanism, name: &str, secret: &str) -> String {
    let identity = Identity { name: name.into(), acts_as: None, secret: secret.into() };
    let channel = client.exporter.filter(|_| mechanism.row().binds_channel);
    let channel = channel.map_or(Channel::None, Channel::Exporter);
    let mut own = sasl::Client::new(mechanism, identity, "rOprNGfwEbeRWgbNEkqO".into(), channel);
    let initial = own.begin().unwrap().map(|octets| format!(" {}", coding::encode(&octets)));
    let mut answer =
        client.asks(&format!("AUTH {}{}", mechanism.row().name, initial.unwrap_or_default())).unwrap();
    while let Some(challenge) = answer.strip_prefix("+ ").or((answer == "+").then_some("")) {
        let challenge = coding::decode(challenge.as_bytes()).unwrap();
        let response = own.respond(&challenge).map_or("*".into(), |octets| coding::encode(&octets));
        answer = client.asks(&response).unwrap();
    }
    answer
}

#[test]
fn a_session_on_each_road_is_answered_alike_in_a_world() {
    let (program, path) = program(&[]);
    for connect in [Client::plain, Client::stls, Client::tls] {
        let mut client = connect(&program).unwrap();
        client.fetches("CAPA").unwrap();
        assert!(client.logs_in("alice", "wonderland ").unwrap().starts_with("-ERR"));
        assert!(client.logs_in("nobody", "wonderland").unwrap().starts_with("-ERR"));
        assert!(client.logs_in("alice", "wonderland").unwrap().starts_with("+OK"));
        for line in ["LIST", "UIDL", "RETR 3", "TOP 2 5"] {
            client.fetches(line).unwrap();
        }
        for line in ["STAT", "RETR 99", "DELE 1", "RSET", "DELE 2", "RERT 1", "NOOP", "QUIT"] {
            client.asks(line).unwrap();
        }
        settled(&path);
    }
    let world = plays(&path);
    let scene = world.trace().scene(world.trace().len());
    assert_eq!(scene.mailboxes["alice"].messages.len(), 8 - 3, "each has removed one");
    let rows = rows(&world);
    assert_eq!(rows.iter().filter(|row| row.starts_with("= Secured")).count(), 2);
    assert!(!rows.iter().any(|row| row.starts_with("= NewMail")), "{rows:#?}");
}

#[test]
fn every_mechanism_is_answered_alike_though_all_nonces_were_new() {
    let (program, path) = program(&[]);
    for mechanism in [
        Mechanism::Plain,
        Mechanism::Login,
        Mechanism::CramMd5,
        Mechanism::ScramSha1,
        Mechanism::ScramSha256,
        Mechanism::ScramSha256Plus,
    ] {
        for (name, secret, opens) in
            [("alice", "wonderland", true), ("alice", "underland", false), ("nobody", "wonderland", false)]
        {
            let mut client = Client::tls(&program).unwrap();
            let answer = authenticates(&mut client, mechanism, name, secret);
            assert_eq!(answer.starts_with("+OK"), opens, "{mechanism:?} {name}: {answer}");
            client.asks("QUIT").unwrap();
            settled(&path);
        }
    }
    let mut client = Client::silent(program.plain).unwrap();
    let greeting = client.line().unwrap();
    let digest = apop::digest(apop::stamp(&greeting).unwrap(), b"nothing-here");
    assert!(client.asks(&format!("APOP erin {digest}")).unwrap().starts_with("+OK"));
    client.asks("QUIT").unwrap();
    settled(&path);
    plays(&path);
}

#[test]
fn a_certificate_of_a_person_opens_the_mailbox_again() {
    let root = folder(["alice"]);
    eml(&root, "alice", 2);
    let person = pki::issue_to_person(1, "alice@localhost", super::client::date() as i64, None);
    let authority = super::program::pem(&root, ".clients.pem", "CERTIFICATE", &person.roots[0]);
    let (program, path) = program(&["--mail", text(&root), "--client-ca", text(&authority)]);
    let mut client = Client::with_certificate(&program, &person).unwrap();
    assert!(client.asks("AUTH EXTERNAL =").unwrap().starts_with("+OK"));
    client.fetches("RETR 2").unwrap();
    client.asks("QUIT").unwrap();
    settled(&path);
    plays(&path);
}

#[test]
fn mail_that_comes_and_goes_between_two_sessions_does_so_again() {
    let root = folder(["alice"]);
    eml(&root, "alice", 3);
    let (program, path) = program(&["--mail", text(&root), "--write"]);
    let visit = |lines: &[&str]| {
        let mut client = Client::plain(&program).unwrap();
        client.logs_in("alice", "alice-secret").unwrap();
        client.fetches("UIDL").unwrap();
        lines.iter().for_each(|line| _ = client.asks(line).unwrap());
        client.asks("QUIT").unwrap();
        settled(&path);
    };
    visit(&["DELE 1"]);
    fs::write(root.join("alice").join("4.eml"), message(4)).unwrap();
    visit(&["DELE 1"]);
    fs::remove_file(root.join("alice").join("3.eml")).unwrap();
    visit(&[]);
    let world = plays(&path);
    let scene = world.trace().scene(world.trace().len());
    assert_eq!(scene.mailboxes["alice"].messages.len(), 1);
    let news = rows(&world).iter().filter(|row| row.starts_with("= NewMail")).count();
    assert_eq!(news, 1, "only the fourth is new to whoever watches");
}

#[test]
fn lines_that_break_and_clients_that_hang_up_do_so_again() {
    let (program, path) = program(&["--idle", "600"]);
    // A pipeline, octets that are no text, a line without an end, and then nothing more.
    let mut client = Client::plain(&program).unwrap();
    client.says(b"USER alice\r\nPASS wonderland\r\nDELE 1\r\n\xff\x00\\\t \r\nLIST\nNOO").unwrap();
    client.says_no_more().unwrap();
    client.hears_out().unwrap();
    settled(&path);
    // A client that dies in the middle of an answer, while another one finds the mailbox locked.
    let mut client = Client::plain(&program).unwrap();
    client.logs_in("alice", "wonderland").unwrap();
    client.asks("DELE 2").unwrap();
    let mut other = Client::tls(&program).unwrap();
    assert!(other.logs_in("alice", "wonderland").unwrap().starts_with("-ERR [IN-USE]"));
    client.says(b"RETR 7\r\n").unwrap();
    drop(client);
    other.asks("QUIT").unwrap();
    settled(&path);
    // One who says nothing for too long.
    let mut client = Client::plain(&program).unwrap();
    client.logs_in("alice", "wonderland").unwrap();
    program.control("advance 700");
    client.hears_out().unwrap();
    settled(&path);
    let world = plays(&path);
    let scene = world.trace().scene(world.trace().len());
    assert_eq!(scene.mailboxes["alice"].messages.len(), 8);
    assert!(rows(&world).iter().any(|row| row.starts_with("= TimePasses")));
}

#[test]
fn a_handshake_that_fails_leaves_a_session_out_and_says_so() {
    let (program, path) = program(&[]);
    let mut stranger = Client::silent(program.tls).unwrap();
    stranger.says_below(b"USER alice\r\n").unwrap();
    stranger.hears_out().ok();
    settled(&path);
    let mut client = Client::plain(&program).unwrap();
    client.asks("STLS").unwrap();
    client.says_below(b"USER alice\r\n").unwrap();
    client.hears_out().ok();
    settled(&path);
    plays(&path);
    let recording = Recording::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(recording.left_out, 1);
}

#[test]
fn what_is_switched_on_is_switched_on_again() {
    let features = ["no-apop", "login-delay:5", "no-top-and-uidl", "sasl:PLAIN"];
    let features: Vec<&str> = features.iter().filter(|name| !name.contains("top")).copied().collect();
    let flags: Vec<&str> = features.iter().flat_map(|feature| ["--with", feature]).collect();
    let (program, path) = program(&[&flags[..], &["--with", "no-top-uidl", "--with", "tls12"]].concat());
    for _ in 0..2 {
        let mut client = Client::tls(&program).unwrap();
        client.fetches("CAPA").unwrap();
        client.logs_in("alice", "wonderland").unwrap();
        client.asks("UIDL").unwrap();
        client.asks("QUIT").unwrap();
        settled(&path);
    }
    let world = plays(&path);
    assert!(rows(&world).iter().any(|row| row.contains("[LOGIN-DELAY]")));
    let old = |row: &String| row.starts_with("= Secured") && row.contains("Tls12");
    assert_eq!(rows(&world).iter().filter(|row| old(row)).count(), 2);
}

#[test]
fn nobody_but_its_owner_may_read_it_and_what_cannot_be_written_is_named() {
    let (_program, path) = program(&[]);
    let rights = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _another = Program::start(&["--capture", text(&path)]);
    assert_eq!(rights(), 0o600, "of a file that was there already as well");
    let said = Program::refuses(&["--plain", "127.0.0.1:0", "--capture", "/nowhere/session.txt"]);
    assert!(said.contains("/nowhere/session.txt"), "{said}");
}

#[test]
fn a_full_disk_ends_the_recording_and_no_session() {
    let program = Program::start(&["--capture", "/dev/null"]);
    let mut client = Client::plain(&program).unwrap();
    assert!(client.logs_in("alice", "wonderland").unwrap().starts_with("+OK"));
    let said = Program::refuses(&["--plain", "127.0.0.1:0", "--capture", "/dev/full"]);
    assert!(said.contains("/dev/full"), "{said}");
}

#[test]
fn an_answer_that_is_changed_in_the_file_is_found() {
    let (program, path) = program(&[]);
    let mut client = Client::plain(&program).unwrap();
    client.asks("NOOP").unwrap();
    client.asks("QUIT").unwrap();
    settled(&path);
    let (text, answer) = (story(&path), " S: +OK");
    let last = text.rfind(answer).unwrap();
    let changed = format!("{} S: +NO{}", &text[..last], &text[last + answer.len()..]);
    let recording = Recording::read(changed.as_bytes()).unwrap();
    let world = recording.played();
    let difference = recording.difference(world.trace()).expect("an answer is another one");
    assert!(difference.recorded.unwrap().starts_with(b"+NO"));
    assert!(!rows(&world).iter().any(|row| row.contains(&format!("{:?}", Note::NotConnected))));
}

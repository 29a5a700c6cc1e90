//! What tests may do to a server, and what a server offers.

use super::client::Client;
use super::mail::folder;
use super::program::{Program, text};

fn logged_in(program: &Program) -> Client {
    let mut client = Client::plain(program).unwrap();
    assert!(client.logs_in("alice", "wonderland").unwrap().starts_with("+OK"));
    client
}

/// How many messages alice has.
fn count(program: &Program) -> usize {
    let mut client = logged_in(program);
    let answer = client.asks("STAT").unwrap();
    client.asks("QUIT").unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn mailboxes_are_put_back_and_mail_comes_and_goes() {
    let program = Program::start(&[]);
    let before = count(&program);
    let mut client = logged_in(&program);
    client.asks("DELE 1").unwrap();
    client.asks("QUIT").unwrap();
    assert_eq!(count(&program), before - 1);
    assert_eq!(program.control("deliver alice alice:1"), "ok");
    assert_eq!(count(&program), before);
    assert_eq!(program.control("expunge alice 2"), "ok");
    assert_eq!(count(&program), before - 1);
    assert_eq!(program.control("reset alice"), "ok");
    assert_eq!(count(&program), before);
    assert_eq!(program.control("reset"), "ok");
}

#[test]
fn a_mailbox_is_closed_when_its_session_is_over() {
    let program = Program::start(&[]);
    let open = logged_in(&program);
    let answer = program.control("closed alice");
    assert!(answer.starts_with("error: ") && answer.contains("open"), "{answer}");
    drop(open);
    assert_eq!(program.control("closed alice"), "ok");
    // Nobody is told [IN-USE] after that.
    logged_in(&program);
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let program = Program::start(&[]);
    for line in [
        "",
        "fly",
        "advance soon",
        "advance",
        "deliver alice",
        "deliver nobody alice:1",
        "deliver alice alice:99",
        "expunge alice 99",
        "reset nobody",
    ] {
        let answer = program.control(line);
        assert!(answer.starts_with("error: ") && answer.ends_with('.'), "{line:?}: {answer}");
    }
    let _open = logged_in(&program);
    let answer = program.control("reset alice");
    assert!(answer.starts_with("error: ") && answer.contains("open"), "{answer}");
}

#[test]
fn a_silent_session_ends_when_the_clock_is_put_forward() {
    let program = Program::start(&["--idle", "600"]);
    let mut client = logged_in(&program);
    assert_eq!(program.control("advance 599"), "ok");
    assert!(client.asks("NOOP").unwrap().starts_with("+OK"));
    assert_eq!(program.control("advance 601"), "ok");
    // Without an answer, and without an UPDATE (RFC 1939 section 3).
    assert!(client.hears_out().is_ok());
    assert!(client.line().is_err());
}

#[test]
fn features_are_announced_as_they_are_switched_on() {
    let capabilities = |flags: &[&str]| -> String {
        let program = Program::start(flags);
        let told = Client::plain(&program).unwrap().fetches("CAPA").unwrap();
        String::from_utf8(told).unwrap()
    };
    let usual = capabilities(&[]);
    assert!(usual.contains("STLS\r\n") && usual.contains("USER\r\n"), "{usual}");
    let sealed = capabilities(&["--with", "tls-required"]);
    assert!(sealed.contains("STLS\r\n") && !sealed.contains("USER\r\n"), "{sealed}");
    let none = Program::refuses(&["--plain", "127.0.0.1:0", "--with", "telepathy"]);
    assert!(none.contains("telepathy"), "{none}");
}

#[test]
fn one_connection_too_many_is_told_so() {
    let root = folder(["alice"]);
    // One of the two places is the control port's.
    let program = Program::start(&["--mail", text(&root), "--connections", "2"]);
    program.control("advance 1");
    let _first = Client::plain(&program).unwrap();
    let mut second = Client::silent(program.plain).unwrap();
    assert!(second.line().unwrap().starts_with("-ERR [SYS/TEMP]"));
}

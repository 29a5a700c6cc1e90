//! It ends in order.

use super::client::Client;
use super::mail::{eml, files, folder, password};
use super::program::{Program, text};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const SESSIONS: usize = 50;

/// How far a session is when the signal comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// It has marked a message.
    Marked,
    /// It has marked a message, and says QUIT at the very moment.
    Quitting,
    /// It has ended.
    Ended,
    /// It has asked for all mail, and reads nothing.
    Fetching,
    /// It has not logged in.
    Greeted,
}

const PLACES: [At; 5] = [At::Marked, At::Quitting, At::Ended, At::Fetching, At::Greeted];

#[test]
fn a_signal_in_the_middle_of_fifty_sessions_keeps_every_finished_update_and_no_other() {
    let names: Vec<String> = (0..SESSIONS).map(|number| format!("user{number}")).collect();
    let root = folder(names.iter().map(String::as_str));
    names.iter().for_each(|name| eml(&root, name, 3));
    let program = Program::start(&["--mail", text(&root), "--write"]);

    let (ready, ended) = (Barrier::new(SESSIONS + 1), AtomicBool::new(false));
    let mut took = Duration::ZERO;
    let answered: Vec<bool> = thread::scope(|scope| {
        let session = |number: usize| {
            let (program, name, ready, ended) = (&program, &names[number], &ready, &ended);
            scope.spawn(move || {
                let at = PLACES[number % PLACES.len()];
                let mut client =
                    if number.is_multiple_of(2) { Client::plain(program) } else { Client::tls(program) }
                        .unwrap();
                if at != At::Greeted {
                    assert!(client.logs_in(name, &password(name)).unwrap().starts_with("+OK"));
                    assert!(client.asks("DELE 2").unwrap().starts_with("+OK"));
                }
                let mut answered = at == At::Ended && client.asks("QUIT").unwrap().starts_with("+OK");
                if at == At::Fetching {
                    client.says(&b"RETR 1\r\nRETR 3\r\n".repeat(2000)).unwrap();
                }
                ready.wait();
                if at == At::Quitting {
                    answered = client.asks("QUIT").is_ok_and(|answer| answer.starts_with("+OK"));
                }
                // A client that is still there when all is over.
                while !ended.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(5));
                }
                answered
            })
        };
        let sessions: Vec<_> = (0..SESSIONS).map(session).collect();
        ready.wait();
        took = program.stops();
        ended.store(true, Ordering::Relaxed);
        sessions.into_iter().map(|session| session.join().unwrap()).collect()
    });
    assert!(took < Duration::from_secs(2), "{took:?}");

    for (number, (name, answered)) in names.iter().zip(answered).enumerate() {
        let (at, left) = (PLACES[number % PLACES.len()], files(&root.join(name)));
        let (all, without): (&[&str], &[&str]) = (&["1.eml", "2.eml", "3.eml"], &["1.eml", "3.eml"]);
        match (at, answered) {
            (At::Ended, answered) => assert!(answered && left == without, "{name}: {left:?}"),
            (At::Quitting, true) => assert_eq!(left, without, "{name} was told that it is gone"),
            // Its QUIT came too late, or the answer did.
            (At::Quitting, false) => assert!(left == without || left == all, "{name}: {left:?}"),
            _ => assert_eq!(left, all, "{name} has not said QUIT"),
        }
    }
}

#[test]
fn a_second_signal_waits_for_nobody() {
    let program = Program::start(&[]);
    let _somebody = Client::plain(&program).unwrap();
    assert_eq!(program.stops_at_once(), Some(130));
}

#[test]
fn what_was_told_to_be_gone_stays_gone_even_after_a_power_cut() {
    let root = folder(["alice"]);
    eml(&root, "alice", 3);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut first = Client::plain(&program).unwrap();
    first.logs_in("alice", "alice-secret").unwrap();
    first.asks("DELE 1").unwrap();
    assert!(first.asks("QUIT").unwrap().starts_with("+OK"));
    let mut second = Client::plain(&program).unwrap();
    second.logs_in("alice", "alice-secret").unwrap();
    assert!(second.asks("DELE 1").unwrap().starts_with("+OK"));
    program.is_killed();
    assert_eq!(files(&root.join("alice")), ["2.eml", "3.eml"]);
}

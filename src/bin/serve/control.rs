//! The control port: what tests need that no mail client may do. One line in, one line out.
//!
//! ```text
//!   reset                 ok     all mailboxes as at the beginning; waits until no session has them open
//!   reset alice bob       ok     these
//!   closed alice          ok     no session has it open; waits until it is so
//!   deliver alice basic:1 ok     a message of the fixtures arrives
//!   expunge alice 2       ok     the second message is lost behind everybody's back
//!   advance 61            ok     the clock is put forward
//!   fly                   error: there is no word "fly" here.
//! ```
//!
//! Accounts are named as the fixtures name them. There is no password, so it listens on loopback
//! addresses only.

use crate::post::Post;
use crate::server::{PATIENCE, Server};
use crate::wire::is_late;
use pop3lab::mail::Account;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The most octets of a line.
const LINE: u64 = 4096;

/// How often `reset` and `closed` look whether a mailbox has been closed, and how long they wait each time.
const LOOKS: (u32, Duration) = (200, Duration::from_millis(10));

/// A listener for tests at `address`.
pub fn bind(address: &str) -> Result<TcpListener, String> {
    let listener = crate::listen::bind(address)?;
    match listener.local_addr() {
        Ok(local) if local.ip().is_loopback() => Ok(listener),
        _ => Err(format!("--control {address} can be reached from outside; use a loopback address.")),
    }
}

/// Obeys the lines of one test until it closes the connection.
pub fn attend(server: &Server, stream: TcpStream) {
    if stream.set_read_timeout(Some(PATIENCE)).is_err() {
        return;
    }
    let mut lines = BufReader::new(&stream);
    let mut line = String::new();
    while !server.is_stopping() {
        match lines.by_ref().take(LINE).read_line(&mut line) {
            Ok(0) => return,
            Ok(_) => {}
            // What of the line is there already stays there.
            Err(error) if is_late(&error) => continue,
            Err(_) => return,
        }
        let answer = match obey(server, line.trim_end()) {
            Ok(()) => "ok\n".into(),
            Err(sentence) => format!("error: {sentence}\n"),
        };
        if (&stream).write_all(answer.as_bytes()).is_err() {
            return;
        }
        line.clear();
    }
}

fn obey(server: &Server, line: &str) -> Result<(), String> {
    server.log.event(&format!("control: {line}"));
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["reset"] => {
            let keys = server.post().keys();
            keys.iter().try_for_each(|key| place(server, &account(server, key)?))
        }
        ["reset", ref keys @ ..] => {
            let accounts = keys.iter().map(|key| account(server, key)).collect::<Result<Vec<_>, _>>()?;
            accounts.iter().try_for_each(|account| place(server, account))
        }
        ["closed", key] => when_closed(server, &account(server, key)?, |_| ()),
        ["deliver", key, reference] => {
            let name = account(server, key)?.name;
            let mut post = server.post();
            let message = post.message(reference).cloned();
            let message = message.ok_or(format!("there is no message {reference:?}."))?;
            let uid = post.deliver(&name, message);
            uid.map(drop).ok_or(format!("the mail of {name:?} is in files: put one there."))
        }
        ["expunge", key, index] => {
            let name = account(server, key)?.name;
            let lost = index.parse().ok().and_then(|index| server.post().expunge(&name, index));
            lost.map(drop).ok_or(format!("{name:?} has no message {index}."))
        }
        ["advance", seconds] => {
            let seconds = seconds.parse().map_err(|_| format!("{seconds:?} is no number of seconds."))?;
            server.clock.advance(seconds);
            Ok(())
        }
        [] => Err("the line is empty.".into()),
        ["closed" | "deliver" | "expunge" | "advance", ..] => {
            Err(format!("{:?} wants other words after it.", words[0]))
        }
        [word, ..] => Err(format!("there is no word {word:?} here.")),
    }
}

fn account(server: &Server, key: &str) -> Result<Account, String> {
    server.post().account(key).cloned().ok_or(format!("there is no account {key:?}."))
}

/// Puts a mailbox in place as soon as no session has it open.
fn place(server: &Server, account: &Account) -> Result<(), String> {
    when_closed(server, account, |post| post.place(account))
}

/// Does something as soon as no session has a mailbox open: who has just closed a connection may be
/// faster than the server that is to notice.
fn when_closed(server: &Server, account: &Account, act: impl FnOnce(&mut Post)) -> Result<(), String> {
    for _ in 0..LOOKS.0 {
        let mut post = server.post();
        if !post.is_open(&account.name) {
            act(&mut post);
            return Ok(());
        }
        drop(post);
        thread::sleep(LOOKS.1);
    }
    Err(format!("a session still has {:?} open.", account.name))
}

//! The control port: what tests need that no mail client may do. One line in, one line out.
//!
//! ```text
//!   reset alice bob               ok     as the fixtures say; waits until no session has them open
//!   policy alice login-delay=60   ok     reset, with plaintext=no, expire=DAYS or login-delay=SECONDS
//!   deliver alice basic:1         ok     a message of the fixtures arrives
//!   expunge alice 2               ok     the second message is lost behind everybody's back
//!   advance 61                    ok     the clock is put forward
//!   fault update                  ok     update, temp or perm breaks something; none mends it
//!   fly                           error  there is no word "fly" here.
//! ```
//!
//! Accounts are named as the fixtures name them. There is no password, so it listens on loopback
//! addresses only.

use crate::server::Server;
use pop3lab::mail::{Account, AccountPolicy, Fault};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The most octets of a line.
const LINE: u64 = 4096;

/// How often `reset` looks whether a mailbox has been closed, and how long it waits each time.
const LOOKS: (u32, Duration) = (200, Duration::from_millis(10));

/// A listener for tests at `address`.
pub fn bind(address: &str) -> Result<TcpListener, String> {
    let listener = crate::bind(address)?;
    match listener.local_addr() {
        Ok(local) if local.ip().is_loopback() => Ok(listener),
        _ => Err(format!("--control {address} can be reached from outside; use a loopback address.")),
    }
}

/// Obeys the lines of one test until it closes the connection.
pub fn attend(server: &Server, stream: TcpStream) {
    let mut lines = BufReader::new(&stream);
    let mut line = String::new();
    while lines.by_ref().take(LINE).read_line(&mut line).is_ok_and(|count| count > 0) {
        let answer = match obey(server, line.trim_end()) {
            Ok(()) => "ok\n".into(),
            Err(sentence) => format!("error {sentence}\n"),
        };
        if (&stream).write_all(answer.as_bytes()).is_err() {
            return;
        }
        line.clear();
    }
}

fn obey(server: &Server, line: &str) -> Result<(), String> {
    server.log.control(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["reset", ref keys @ ..] if !keys.is_empty() => {
            let accounts = keys.iter().map(|key| account(server, key)).collect::<Result<Vec<_>, _>>()?;
            accounts.iter().try_for_each(|account| place(server, account))
        }
        ["policy", key, ref settings @ ..] => {
            let mut account = account(server, key)?;
            for setting in settings {
                set(&mut account.policy, setting).ok_or(format!("{setting:?} is no policy."))?;
            }
            place(server, &account)
        }
        ["deliver", key, reference] => {
            let name = account(server, key)?.name;
            let mut post = server.post();
            let message = post.message(reference).cloned();
            let message = message.ok_or(format!("the fixtures have no message {reference:?}."))?;
            post.deliver(&name, message).map(|_| ()).ok_or(format!("{name:?} has no mailbox."))
        }
        ["expunge", key, index] => {
            let name = account(server, key)?.name;
            let index = index.parse().map_err(|_| format!("{index:?} is not a number."))?;
            let lost = server.post().expunge(&name, index);
            lost.map(|_| ()).ok_or(format!("{name:?} has no message {index}."))
        }
        ["advance", seconds] => {
            server.clock.advance(seconds.parse().map_err(|_| format!("{seconds:?} is not a number."))?);
            Ok(())
        }
        ["fault", word] => {
            let fault = match word {
                "update" => Some(Fault::UpdateFails),
                "temp" => Some(Fault::TemporaryFailure),
                "perm" => Some(Fault::PermanentFailure),
                "none" => None,
                _ => return Err(format!("there is no fault {word:?}.")),
            };
            server.post().set_fault(fault);
            Ok(())
        }
        [word @ ("reset" | "policy" | "deliver" | "expunge" | "advance" | "fault"), ..] => {
            Err(format!("{word} takes something else after it."))
        }
        [word, ..] => Err(format!("there is no word {word:?} here.")),
        [] => Err("the line is empty.".into()),
    }
}

fn account(server: &Server, key: &str) -> Result<Account, String> {
    server.post().account(key).cloned().ok_or(format!("the fixtures have no account {key:?}."))
}

/// Puts a mailbox in place as soon as no session has it open: who has just closed a connection may
/// be faster than the server that is to notice.
fn place(server: &Server, account: &Account) -> Result<(), String> {
    for _ in 0..LOOKS.0 {
        let mut post = server.post();
        if !post.is_open(&account.name) {
            post.place(account);
            return Ok(());
        }
        drop(post);
        thread::sleep(LOOKS.1);
    }
    Err(format!("a session still has {:?} open.", account.name))
}

/// Reads one setting of a policy.
fn set(policy: &mut AccountPolicy, setting: &str) -> Option<()> {
    let (name, value) = setting.split_once('=')?;
    match (name, value) {
        ("plaintext", "yes") => policy.plaintext = true,
        ("plaintext", "no") => policy.plaintext = false,
        ("expire", "never") => policy.expire = None,
        ("expire", days) => policy.expire = Some(days.parse().ok()?),
        ("login-delay", seconds) => policy.login_delay = seconds.parse().ok()?,
        _ => return None,
    }
    Some(())
}

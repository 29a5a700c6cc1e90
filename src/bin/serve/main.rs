//! `serve`: the same [`Session`](pop3lab::pop3::Session) as on the page, over real sockets, for Thunderbird,
//! curl and every other mail program.
//!
//! ```text
//!   mail program ══ TCP ══ connection ─ wire [ TLS ] ─ Session ─ Counter ─┐
//!   mail program ══ TCP ══ connection ─ wire ───────── Session ─ Counter ─┼─ Post ── stores, or a folder of mail
//!   a test       ══ TCP ══ control ───────────────────────────────────────┘  (behind one Mutex)
//! ```
//!
//! A thread for each connection; the session itself still has no socket and no clock. Keys and nonces come
//! from the operating system, never from a seed.

mod capture;
mod chance;
mod connection;
mod control;
mod counter;
mod feature;
mod fixtures;
mod folder;
mod identity;
mod listen;
mod log;
mod options;
mod post;
mod server;
mod start;
mod stop;
mod students;
mod wire;

use options::Asked;
use std::process::ExitCode;

fn main() -> ExitCode {
    let ended = match options::read(std::env::args().skip(1)) {
        Ok(Asked::Help) => {
            print!("{}", options::usage());
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Serve(options)) => start::start(&options).and_then(stop::wait),
        Err(sentence) => Err(sentence),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("serve: {sentence}");
            ExitCode::from(2)
        }
    }
}

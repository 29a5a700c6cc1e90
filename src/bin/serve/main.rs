//! `serve`: the same [`Session`](pop3lab::pop3::Session) as on the page, over real sockets, for curl, Python
//! and every other mail client.
//!
//! ```text
//!   mail client ══ TCP ══ connection ─ Session ─┐
//!   mail client ══ TCP ══ connection ─ Session ─┼─ Post (every mailbox, behind one Mutex)
//!   a test      ══ TCP ══ control ──────────────┘
//! ```
//!
//! A thread for each connection; the session itself still has no socket and no clock. Nothing is kept
//! when the program ends: it is a server to try things on, and it speaks without encryption.

mod connection;
mod control;
mod fixtures;
mod log;
mod options;
mod post;
mod server;

use fixtures::Fixtures;
use options::{Asked, Options};
use server::Server;
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

fn main() -> ExitCode {
    let listening = match options::read(std::env::args().skip(1)) {
        Ok(Asked::Help) => {
            print!("{}", options::USAGE);
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Serve(options)) => listen(&options),
        Err(sentence) => Err(sentence),
    };
    match listening {
        Ok(threads) => {
            threads.into_iter().for_each(|thread| _ = thread.join());
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("serve: {sentence}");
            ExitCode::from(2)
        }
    }
}

/// Opens every listener, says where it is, and begins to accept. All fail or none does.
fn listen(options: &Options) -> Result<Vec<thread::JoinHandle<()>>, String> {
    let fixtures = match &options.fixtures {
        Some(path) => Fixtures::read(path)?,
        None => Fixtures::demonstration(),
    };
    let plain = options.plain.iter().map(|address| bind(address)).collect::<Result<Vec<_>, _>>()?;
    let control = options.control.as_deref().map(control::bind).transpose()?;
    let server = Arc::new(Server::new(options, fixtures));

    let mut threads = Vec::new();
    for listener in plain {
        announce(&listener, "")?;
        threads.push(accept(&server, listener, connection::attend)?);
    }
    if let Some(listener) = control {
        announce(&listener, " for control")?;
        threads.push(accept(&server, listener, control::attend)?);
    }
    Ok(threads)
}

/// A listener at `address`, such as `127.0.0.1:0`.
fn bind(address: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("cannot listen on {address}: {error}."))
}

/// Tells whoever started the program which port it got.
fn announce(listener: &TcpListener, purpose: &str) -> Result<(), String> {
    let told = listener.local_addr().and_then(|address| {
        let mut out = io::stdout().lock();
        writeln!(out, "listening on {address}{purpose}")?;
        out.flush()
    });
    told.map_err(|error| format!("cannot say where it listens: {error}."))
}

/// Accepts for as long as the program lives; each connection is attended to in a thread of its own.
fn accept(
    server: &Arc<Server>,
    listener: TcpListener,
    attend: fn(&Server, TcpStream),
) -> Result<thread::JoinHandle<()>, String> {
    let server = Arc::clone(server);
    let accepting = move || {
        for stream in listener.incoming() {
            // Out of descriptors, for example: others must end before this can go on.
            let Ok(stream) = stream else {
                thread::sleep(server::PATIENCE);
                continue;
            };
            match server.admit() {
                Some(place) => {
                    let server = Arc::clone(&server);
                    let attending = move || {
                        attend(&server, stream);
                        drop(place);
                    };
                    // Without a thread the connection is dropped, which is all that can be done for it.
                    _ = thread::Builder::new().spawn(attending);
                }
                None => connection::turn_away(stream),
            }
        }
    };
    thread::Builder::new().spawn(accepting).map_err(|error| format!("cannot start a thread: {error}."))
}

//! Listeners: each connection is attended to in a thread of its own, as long as there is a place for it.

use crate::connection;
use crate::server::{PATIENCE, Server};
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// What is behind a listener.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// POP3 in the clear.
    Plain,
    /// POP3 inside TLS.
    Tls,
    /// The control port.
    Control,
}

impl Door {
    fn purpose(self) -> &'static str {
        match self {
            Door::Plain => "",
            Door::Tls => " inside TLS",
            Door::Control => " for control",
        }
    }
}

/// The stack of a thread. TLS needs most of it, in a build that is not optimised.
const STACK: usize = 1024 * 1024;

/// A listener at `address`, such as `127.0.0.1:0`.
pub fn bind(address: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("cannot listen on {address}: {error}."))
}

/// Tells whoever started the program which port it got.
pub fn announce(door: Door, listener: &TcpListener) -> Result<(), String> {
    let told = listener.local_addr().and_then(|address| {
        let mut out = io::stdout().lock();
        writeln!(out, "listening on {address}{}", door.purpose())?;
        out.flush()
    });
    told.map_err(|error| format!("cannot say where it listens: {error}."))
}

/// Accepts until the server is to stop, and closes the listener then.
pub fn accept(server: &Arc<Server>, door: Door, listener: TcpListener) -> Result<JoinHandle<()>, String> {
    let server = Arc::clone(server);
    let accepting = move || {
        for stream in listener.incoming() {
            if server.is_stopping() {
                return;
            }
            // Out of descriptors, for example: others must end before this can go on.
            let Ok(stream) = stream else {
                thread::sleep(PATIENCE);
                continue;
            };
            welcome(&server, door, stream);
        }
    };
    thread::Builder::new().spawn(accepting).map_err(|error| format!("cannot start a thread: {error}."))
}

fn welcome(server: &Arc<Server>, door: Door, stream: TcpStream) {
    let Some(place) = server.admit() else {
        if door == Door::Plain {
            connection::turn_away(stream);
        }
        return;
    };
    let server = Arc::clone(server);
    let attending = move || {
        match door {
            Door::Plain => connection::attend(&server, stream, false),
            Door::Tls => connection::attend(&server, stream, true),
            Door::Control => crate::control::attend(&server, stream),
        }
        drop(place);
    };
    // Without a thread the connection is dropped, which is all that can be done for it.
    _ = thread::Builder::new().stack_size(STACK).spawn(attending);
}

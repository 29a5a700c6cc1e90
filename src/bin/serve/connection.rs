//! One mail client's connection: a [`Session`] and the wire it speaks through.
//!
//! ```text
//!   ┌─▶ poll until nothing is left, each answer taken by the wire before the next is asked for
//!   └── receive what the wire has, or hear that it ended, or that it is late
//! ```
//!
//! No rule of POP3 is here. Whoever reads slowly is answered slowly, and holds up nobody else.

use crate::chance;
use crate::server::{PATIENCE, Server};
use crate::wire::{Heard, Wire};
use pop3lab::pki;
use pop3lab::pop3::{Entropy, LogLine, Output, Session, Tls};
use pop3lab::recording::What;
use pop3lab::time::Instant;
use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take for the handshake of TLS before any session.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// How many octets wait for others before they are written.
const WRITE: usize = 64 * 1024;

/// Speaks POP3 until the connection is over, inside TLS from the first octet if `sealed`.
pub fn attend(server: &Server, stream: TcpStream, sealed: bool) {
    // What went wrong with the socket is of no interest: the connection is over either way.
    let Ok(wire) = Wire::new(stream, server.config.idle_limit) else { return };
    let number = server.next_session();
    let mut connection =
        Connection { server, wire, session: None, inbox: vec![], heard_end: false, closed: false, number };
    connection.record(|| What::Connected { sealed });
    _ = connection.converse(sealed);
    if !connection.closed {
        connection.record(|| What::Lost);
    }
    if let Some(mut session) = connection.session.take() {
        session.disconnected(&mut server.counter(number));
        while let Some(output) = session.poll(&mut server.counter(number), server.clock.now()) {
            connection.note(&output);
        }
    }
}

/// Tells a client in the clear that there is no place for it. Inside TLS there is no way to say that which costs
/// less than attending to the client.
pub fn turn_away(stream: TcpStream) {
    if let Ok(mut wire) = Wire::new(stream, PATIENCE) {
        _ = wire.write(b"-ERR [SYS/TEMP] too many connections, come back later\r\n");
    }
}

struct Connection<'s> {
    server: &'s Server,
    wire: Wire,
    /// None until TLS is up, where it comes first.
    session: Option<Session>,
    /// Heard, not yet taken by the session.
    inbox: Vec<u8>,
    heard_end: bool,
    closed: bool,
    number: u64,
}

impl Connection<'_> {
    fn converse(&mut self, sealed: bool) -> io::Result<()> {
        if sealed {
            self.start_tls()?;
        } else {
            let (config, entropy) = (Arc::clone(&self.server.config), self.draw());
            self.session = Some(Session::new(config, entropy, self.now()));
        }
        let latest = self.now() + HANDSHAKE;
        loop {
            if self.work()? {
                return self.close();
            }
            if !self.inbox.is_empty()
                && let Some(session) = &mut self.session
            {
                let taken = session.receive(&self.inbox);
                self.inbox.drain(..taken);
                continue;
            }
            if self.heard_end || self.server.is_stopping() {
                return self.close();
            }
            let until = self.session.as_ref().map_or(Some(latest), Session::timeout);
            let patience = until.map_or(PATIENCE, |at| left(self.now(), at));
            let heard = self.wire.listen(patience)?;
            if self.hear(heard) {
                return self.close();
            }
            let now = self.now();
            match &mut self.session {
                Some(session) => session.handle_timeout(&mut self.server.counter(self.number), now),
                None if latest <= now => return Ok(()),
                None => {}
            }
        }
    }

    /// Lets the session do what it wants. True if that was to close.
    fn work(&mut self) -> io::Result<bool> {
        let mut waiting = Vec::new();
        while let Some(session) = &mut self.session {
            // Its turn at the post office is one step, and never as long as a client reads.
            let output = session.poll(&mut self.server.counter(self.number), self.server.clock.now());
            match output {
                Some(Output::Transmit(octets)) => waiting.extend(octets),
                Some(Output::StartTls { .. }) => {
                    if self.write(&mut waiting)? {
                        return Ok(true);
                    }
                    self.discard();
                    self.start_tls()?;
                }
                Some(Output::Close) => {
                    self.write(&mut waiting)?;
                    return Ok(true);
                }
                Some(other) => self.note(&other),
                None => return self.write(&mut waiting),
            }
            if waiting.len() >= WRITE && self.write(&mut waiting)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sends what waits. True if the connection is over with that.
    fn write(&mut self, waiting: &mut Vec<u8>) -> io::Result<bool> {
        if waiting.is_empty() {
            return Ok(false);
        }
        self.record(|| What::Answered(waiting.clone()));
        let heard = self.wire.write(waiting)?;
        waiting.clear();
        Ok(self.hear(heard))
    }

    /// What came behind STLS in the clear may be somebody else's (RFC 2595 section 4).
    fn discard(&mut self) {
        let behind = std::mem::take(&mut self.inbox);
        if let Some(session) = &mut self.session {
            session.receive(&behind);
        }
    }

    fn start_tls(&mut self) -> io::Result<()> {
        let endpoint = self.server.endpoint().map_err(|failure| io::Error::other(failure.to_string()))?;
        self.wire.start_tls(endpoint);
        Ok(())
    }

    /// Takes what came from the client. True if the connection is over with that.
    fn hear(&mut self, heard: Vec<Heard>) -> bool {
        for next in heard {
            match next {
                Heard::Octets(octets) => {
                    self.record(|| What::Said(octets.clone()));
                    self.inbox.extend(octets);
                }
                Heard::Established(agreed) => {
                    let tls = Tls {
                        version: agreed.version.to_string(),
                        suite: agreed.cipher.suite(agreed.version).1.into(),
                        exporter: agreed.exporter,
                        identity: agreed.chain.first().and_then(|der| pki::holder(der)),
                    };
                    self.record(|| What::Secured {
                        version: agreed.version,
                        exporter: tls.exporter,
                        identity: tls.identity.clone(),
                    });
                    if self.session.is_none() {
                        let (config, entropy) = (Arc::clone(&self.server.config), self.draw());
                        self.session = Some(Session::over_tls(config, entropy, self.now()));
                    }
                    if let Some(session) = &mut self.session {
                        session.tls_established(tls);
                    }
                }
                Heard::Ended => {
                    self.record(|| What::Ended);
                    self.heard_end = true;
                    if let Some(session) = &mut self.session {
                        session.input_ended();
                    }
                }
                Heard::Failed(failure) => {
                    self.record(|| What::Lost);
                    match &mut self.session {
                        Some(session) => {
                            session.tls_failed(&mut self.server.counter(self.number), &failure.to_string());
                        }
                        None => {
                            self.note(&Output::Log(LogLine::TlsFailed { why: failure.to_string() }));
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    fn note(&self, output: &Output) {
        if let Output::Log(line) = output {
            self.server.log.session(self.number, line);
        }
    }

    /// The chance of a session that begins now.
    fn draw(&self) -> Entropy {
        let entropy = Entropy::new(chance::number(), self.now());
        self.record(|| What::Began(entropy));
        entropy
    }

    fn close(&mut self) -> io::Result<()> {
        self.record(|| What::Closed);
        self.closed = true;
        self.wire.close()
    }

    /// Writes down what happens, where that is wanted.
    fn record(&self, what: impl FnOnce() -> What) {
        if let Some(capture) = &self.server.capture {
            capture.event(self.now(), self.number, &what());
        }
    }

    fn now(&self) -> Instant {
        self.server.clock.now()
    }
}

fn left(now: Instant, at: Instant) -> Duration {
    if now < at { at - now } else { Duration::ZERO }
}

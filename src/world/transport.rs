//! What lies between a program and its TCP socket: nothing, or TLS. Octets that a program writes leave here
//! as they are or in records, and each record is noted with its place in the stream.
//!
//! ```text
//!   program ── write ──▶ [ TLS ] ──▶ outbox ── flush ──▶ TCP
//!   program ◀── Heard ── [ TLS ] ◀───────────── read ── TCP
//! ```

use super::Recorder;
use super::recorded::Drawn;
use crate::net::{Host, SocketHandle};
use crate::tls::{Agreed, ContentType, Endpoint, Failure, Message, Messages, Output, Record};
use crate::trace::{ConnectionId, Event, Sealed, Side};
use std::rc::Rc;

/// One end of a connection, between the program and TCP.
pub(super) struct Transport {
    id: ConnectionId,
    side: Side,
    pub(super) socket: SocketHandle,
    tls: Option<Box<Endpoint>>,
    /// For TCP, which has not taken it yet.
    outbox: Vec<u8>,
    /// How many octets were put into the outbox since the connection began.
    written: u64,
    /// Reads the messages of the handshake in what is sent.
    messages: Messages,
    /// What TLS exported where this connection was recorded: its client was bound to that.
    exported: Option<[u8; 32]>,
}

/// What a program hears.
pub(super) enum Heard {
    /// Octets for it.
    Octets(Vec<u8>),
    /// TLS is up.
    Established(Rc<Agreed>),
    /// The other end has ended TLS in order.
    Ended,
    /// TLS did not come about, or broke.
    Failed(Failure),
}

impl Transport {
    pub(super) fn new(
        id: ConnectionId,
        side: Side,
        socket: SocketHandle,
        drawn: Option<&Drawn>,
    ) -> Transport {
        Transport {
            id,
            side,
            socket,
            tls: None,
            outbox: Vec::new(),
            written: 0,
            messages: Messages::default(),
            exported: drawn.and_then(|drawn| drawn.exporter),
        }
    }

    /// Whether what is written now is sealed.
    pub(super) fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// Whether TLS has begun and is not up.
    pub(super) fn is_handshaking(&self) -> bool {
        self.tls.as_ref().is_some_and(|tls| !tls.is_established())
    }

    /// Whether TCP has taken everything.
    pub(super) fn is_flushed(&self) -> bool {
        self.outbox.is_empty()
    }

    /// TLS begins with the next octet, in both directions.
    pub(super) fn start_tls(&mut self, endpoint: Endpoint, log: &mut Recorder) -> Vec<Heard> {
        self.tls = Some(Box::new(endpoint));
        log.push(Some(self.id), Event::TlsBegan { side: self.side });
        self.turn(log)
    }

    /// Reads at most so many octets from TCP. The flag tells whether there were any.
    pub(super) fn read(&mut self, host: &mut Host, most: usize, log: &mut Recorder) -> (bool, Vec<Heard>) {
        let octets = host.read(self.socket, most);
        if octets.is_empty() {
            return (false, vec![]);
        }
        log.push(Some(self.id), Event::Received { side: self.side, octets: octets.as_slice().into() });
        (true, self.take(octets, log))
    }

    /// Takes octets that came from TCP.
    pub(super) fn take(&mut self, octets: Vec<u8>, log: &mut Recorder) -> Vec<Heard> {
        let clock = log.clock(self.side);
        match &mut self.tls {
            None => vec![Heard::Octets(octets)],
            Some(tls) => {
                tls.receive(clock, &octets);
                self.turn(log)
            }
        }
    }

    /// Sends what a program wrote.
    pub(super) fn write(&mut self, octets: &[u8], log: &mut Recorder) -> Vec<Heard> {
        let clock = log.clock(self.side);
        match &mut self.tls {
            None => {
                self.queue(octets);
                vec![]
            }
            Some(tls) => {
                tls.write(clock, octets);
                self.turn(log)
            }
        }
    }

    /// The program says nothing more: inside TLS that is said as well (close_notify).
    pub(super) fn close(&mut self, log: &mut Recorder) {
        let clock = log.clock(self.side);
        if let Some(tls) = &mut self.tls {
            tls.close(clock);
            self.turn(log);
        }
    }

    /// Nothing more comes from TCP.
    pub(super) fn disconnected(&mut self, log: &mut Recorder) {
        if let Some(tls) = &mut self.tls {
            tls.disconnected();
            // That something may be missing is told by the machine: nobody is left to be told otherwise.
            self.turn(log);
        }
    }

    /// Hands to TCP what it takes. True if it took anything.
    pub(super) fn flush(&mut self, host: &mut Host) -> bool {
        if self.outbox.is_empty() {
            return false;
        }
        let taken = host.write(self.socket, &self.outbox);
        self.outbox.drain(..taken);
        taken > 0
    }

    /// The connection is gone: what TCP did not take will never leave.
    pub(super) fn clear(&mut self) {
        self.outbox.clear();
    }

    /// The messages that end in a record that is sent.
    fn messages_in(&mut self, record: &Record) -> Vec<Message> {
        match record.kind {
            ContentType::Handshake => {
                self.messages.receive(record.content()).into_iter().map(|(message, _)| message).collect()
            }
            ContentType::ChangeCipherSpec => vec![Message::ChangeCipherSpec],
            _ => vec![],
        }
    }

    fn queue(&mut self, octets: &[u8]) {
        self.outbox.extend_from_slice(octets);
        self.written += octets.len() as u64;
    }

    /// Takes everything that TLS wants to happen.
    fn turn(&mut self, log: &mut Recorder) -> Vec<Heard> {
        let mut heard = Vec::new();
        let side = self.side;
        while let Some(output) = self.tls.as_mut().and_then(|tls| tls.poll()) {
            let event = match output {
                Output::Transmit(record) => {
                    let start = self.written;
                    let messages = self.messages_in(&record);
                    self.queue(&record.octets);
                    Event::RecordSent { side, sealed: Rc::new(Sealed::new(start, record, messages)) }
                }
                Output::Read(_) => continue,
                Output::Moved { from, to, on } => Event::TlsChanged { side, from, to, on },
                Output::Key(line) => Event::KeyLogged(line),
                Output::Plain(octets) => {
                    heard.push(Heard::Octets(octets));
                    continue;
                }
                Output::Established(agreed) => {
                    let exporter = self.exported.or(agreed.exporter);
                    let agreed = Rc::new(Agreed { exporter, ..agreed });
                    heard.push(Heard::Established(Rc::clone(&agreed)));
                    Event::TlsEstablished { side, agreed }
                }
                Output::Ended => {
                    heard.push(Heard::Ended);
                    continue;
                }
                Output::Failed(failure) => {
                    heard.push(Heard::Failed(failure.clone()));
                    Event::TlsFailed { side, failure }
                }
            };
            log.push(Some(self.id), event);
        }
        heard
    }
}

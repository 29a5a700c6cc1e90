//! The connections of a vector. Each has a client host of its own; octets go through the real,
//! simulated TCP. The world is moved on only as far as somebody waits for something, so that a line
//! can be dropped while an answer is on its way.

use super::audit::Dialogue;
use pop3lab::net::TcpState;
use pop3lab::policy::Security;
use pop3lab::tls::{Message, TlsEvent};
use pop3lab::trace::{ConnectionId, Event, Note, Side};
use pop3lab::world::{Action, Target, World};
use std::collections::BTreeMap;
use std::time::Duration;

pub struct Wire {
    pub world: World,
    conns: BTreeMap<String, Conn>,
    port: u16,
    attempts: u32,
    /// The records that were looked at.
    seen: usize,
}

/// One connection, as the client's end sees it.
pub struct Conn {
    id: ConnectionId,
    /// Received, and not yet read by a step.
    buffer: Vec<u8>,
    tcp: TcpState,
    /// What TLS has come to, if it was begun.
    tls: Tls,
    /// Octets exported from it.
    pub exporter: Option<[u8; 32]>,
    /// The server has said close_notify.
    close_notify: bool,
    /// The server has asked for a certificate.
    pub asked_for_certificate: bool,
    /// The program has let go of it: whatever comes is not read any more.
    abandoned: bool,
    dialogue: Dialogue,
}

/// How far TLS is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tls {
    None,
    Begun,
    Up,
    Failed,
}

impl Conn {
    fn hear(&mut self, octets: &[u8]) {
        self.dialogue.received(octets);
        if !self.abandoned {
            self.buffer.extend_from_slice(octets);
        }
    }

    /// Whether the server has said that nothing more comes.
    fn at_end(&self) -> bool {
        use TcpState::*;
        self.abandoned || matches!(self.tcp, CloseWait | LastAck | Closing | TimeWait | Closed)
    }
}

/// What is to be read next.
pub enum Peeked {
    /// A line, with its line end.
    Line(Vec<u8>),
    /// Nothing any more: the server has closed.
    End,
    /// Nothing, and nothing will come by itself.
    Silence,
}

impl Wire {
    /// Nobody is connected; everybody will connect to this port.
    pub fn new(world: World, port: u16) -> Wire {
        Wire { world, conns: BTreeMap::new(), port, attempts: 0, seen: 0 }
    }

    /// Connects, and waits until the connection is up, TLS included where it begins at once.
    pub fn open(&mut self, name: &str) -> Result<(), String> {
        let client = name.bytes().next().expect("connections are called A, B, ...") - b'A';
        let id = ConnectionId(self.attempts);
        self.attempts += 1;
        let conn = Conn {
            id,
            buffer: Vec::new(),
            tcp: TcpState::SynSent,
            tls: Tls::None,
            exporter: None,
            close_notify: false,
            asked_for_certificate: false,
            abandoned: false,
            dialogue: Dialogue::default(),
        };
        assert!(self.conns.insert(name.into(), conn).is_none(), "{name} is open already");
        self.apply(Action::Connect { client, to: Target::Server, port: self.port });
        self.run(name, |conn| conn.tcp != TcpState::SynSent);
        match self.conn(name).tcp {
            TcpState::Established if self.world.setup().policy.security == Security::TlsAtOnce => {
                self.handshake(name)
            }
            TcpState::Established => Ok(()),
            state => Err(format!("{name} is not connected: {state}")),
        }
    }

    /// Waits until TLS is up, which the program begins by itself.
    pub fn handshake(&mut self, name: &str) -> Result<(), String> {
        self.run(name, |conn| matches!(conn.tls, Tls::Up | Tls::Failed) || conn.at_end());
        if self.conn(name).tls == Tls::Up { Ok(()) } else { Err("TLS has not come about".into()) }
    }

    /// Waits until the server takes what comes for TLS.
    pub fn until_tls_begins(&mut self, name: &str) {
        let id = self.conn(name).id;
        let begun = |world: &World| {
            world.trace().records().iter().any(|record| {
                record.connection == Some(id)
                    && matches!(record.event, Event::TlsBegan { side: Side::Server })
            })
        };
        while !begun(&self.world) && self.world.step() {
            self.look();
        }
    }

    /// Whether the server ended TLS in order.
    pub fn ended_tls(&self, name: &str) -> bool {
        self.conn(name).close_notify
    }

    pub fn send(&mut self, name: &str, octets: &[u8]) {
        let conn = self.conns.get_mut(name).expect("the connection was opened");
        let connection = conn.id;
        if !conn.at_end() {
            conn.dialogue.sent(octets);
        }
        self.apply(Action::Send { connection, octets: octets.into() });
    }

    /// The next line, which stays where it is.
    pub fn peek(&mut self, name: &str) -> Peeked {
        self.run(name, |conn| conn.buffer.contains(&b'\n') || conn.at_end());
        let conn = self.conn(name);
        match conn.buffer.iter().position(|&octet| octet == b'\n') {
            Some(end) => Peeked::Line(conn.buffer[..=end].into()),
            None if conn.at_end() => Peeked::End,
            None => Peeked::Silence,
        }
    }

    /// The next line, without its CRLF.
    pub fn line(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut line = match self.peek(name) {
            Peeked::Line(line) => line,
            Peeked::End => return Err("the server closed instead of sending a line".into()),
            Peeked::Silence => return Err("no line came".into()),
        };
        self.conns.get_mut(name).expect("it was peeked at").buffer.drain(..line.len());
        if !line.ends_with(b"\r\n") {
            return Err(format!("a line without CRLF: {}", line.escape_ascii()));
        }
        line.truncate(line.len() - 2);
        Ok(line)
    }

    /// Everything that is there when the world is at rest, which stays where it is.
    pub fn pending(&mut self, name: &str) -> &[u8] {
        self.run(name, |_| false);
        &self.conn(name).buffer
    }

    /// Whether the server has closed, when the world is at rest.
    pub fn is_closed(&mut self, name: &str) -> bool {
        self.run(name, |_| false);
        self.conn(name).at_end()
    }

    /// Waits for so many octets.
    pub fn read_octets(&mut self, name: &str, count: usize) -> bool {
        self.run(name, |conn| conn.buffer.len() >= count);
        self.conn(name).buffer.len() >= count
    }

    /// Reads and ignores.
    pub fn drain(&mut self, name: &str) {
        self.run(name, |_| false);
        self.conns.get_mut(name).expect("the connection was opened").buffer.clear();
    }

    /// What came is no POP3, and is not judged as such.
    pub fn hang_up(&mut self, name: &str) {
        let conn = self.conns.get_mut(name).expect("the connection was opened");
        conn.dialogue.cut_short = true;
        conn.buffer.clear();
    }

    /// The program ends: in order, or with RST. With `reading`, it only closes its side.
    pub fn drop(&mut self, name: &str, reset: bool, reading: bool) {
        let conn = self.conns.get_mut(name).expect("the connection was opened");
        conn.abandoned = !reading;
        conn.dialogue.cut_short = true;
        let connection = conn.id;
        self.apply(match reset {
            true => Action::DropLine { connection },
            false => Action::Disconnect { connection },
        });
    }

    pub fn wait(&mut self, span: Duration) {
        self.apply(Action::LetTimePass { micros: span.as_micros() as u64 });
        self.run_to_rest();
    }

    pub fn apply(&mut self, action: Action) {
        self.world.apply(action);
        self.look();
    }

    /// Runs to rest, and checks what was said on each connection.
    pub fn audit(&mut self) -> Result<(), String> {
        self.run_to_rest();
        self.conns.iter().try_for_each(|(name, conn)| {
            conn.dialogue.check(conn.at_end()).map_err(|wrong| format!("on {name}: {wrong}"))
        })
    }

    pub fn conn(&self, name: &str) -> &Conn {
        self.conns.get(name).unwrap_or_else(|| panic!("{name} was never opened"))
    }

    /// Lets the world go on until `enough`, or until it is at rest.
    fn run(&mut self, name: &str, enough: impl Fn(&Conn) -> bool) {
        while !enough(self.conn(name)) && self.world.step() {
            self.look();
        }
    }

    fn run_to_rest(&mut self) {
        self.world.run_until_quiet();
        self.look();
    }

    /// Takes in what has happened since the last look.
    fn look(&mut self) {
        for record in &self.world.trace().records()[self.seen..] {
            let conn = self.conns.values_mut().find(|conn| Some(conn.id) == record.connection);
            let Some(conn) = conn else { continue };
            match &record.event {
                Event::Received { side: Side::Client, octets } if conn.tls == Tls::None => {
                    // What comes behind the answer to STLS in the same segment is TLS already.
                    conn.hear(octets);
                }
                // What is sealed is seen where the program reads it.
                Event::ServerLine { octets, secure: true, .. } => conn.hear(&[octets, &b"\r\n"[..]].concat()),
                Event::TlsBegan { side: Side::Client } => {
                    conn.tls = Tls::Begun;
                    conn.dialogue.greets = !conn.dialogue.begins_tls();
                }
                Event::TlsEstablished { side: Side::Client, agreed } => {
                    conn.tls = Tls::Up;
                    conn.exporter = agreed.exporter;
                }
                Event::TlsFailed { side: Side::Client, .. } => conn.tls = Tls::Failed,
                Event::TlsChanged { side: Side::Client, on, .. } => {
                    conn.close_notify |= *on == TlsEvent::CloseReceived;
                    conn.asked_for_certificate |= *on == TlsEvent::Received(Message::CertificateRequest);
                }
                Event::TcpChanged { side: Side::Client, to, .. } => conn.tcp = *to,
                Event::Note(Note::TooManySteps) => panic!("the world does not come to rest"),
                _ => {}
            }
        }
        self.seen = self.world.trace().len();
    }
}

//! Two ends and nothing between them but the octets that they send.
#![allow(dead_code)] // Not every test needs all of it.

use pop3lab::pki::{self, Fault, Pki};
use pop3lab::tls::{
    Chance, ClientTls, ContentType, End, Endpoint, Failure, OldVersion, Output, Record, ServerTls, TlsState,
};

/// Inside of the time for which the test certificates are valid: 2026-02-15.
pub const NOW: u64 = 1_771_113_600;
pub const HOST: &str = "pop.example.org";

pub const AUTHORITY: &[u8] = include_bytes!("authority.der");
pub const AUTHORITY_KEY: &[u8] = include_bytes!("authority.key");
pub const SERVER: &[u8] = include_bytes!("server.der");
pub const SERVER_KEY: &[u8] = include_bytes!("server.key");
pub const CLIENT_ONLY: &[u8] = include_bytes!("client-only.der");

/// A client that trusts the test authority.
pub fn trusting() -> ClientTls {
    ClientTls { roots: vec![AUTHORITY.to_vec()], ..ClientTls::default() }
}

/// A server with its certificate.
pub fn serving() -> ServerTls {
    ServerTls::new(vec![SERVER.to_vec()], SERVER_KEY.to_vec())
}

/// Whose certificate a client can show.
pub const ADDRESS: &str = "alice@example.org";

/// A certificate of a person, as it stands at [`NOW`], and who has issued it.
pub fn person(fault: Option<Fault>) -> Pki {
    pki::issue_to_person(7, ADDRESS, NOW as i64, fault)
}

/// A client that has this to show.
pub fn showing(shown: &Pki) -> ClientTls {
    ClientTls { chain: shown.chain.clone(), key: shown.key.to_vec(), ..trusting() }
}

/// A server that asks who a client is, and takes the word of the authority of [`person`].
pub fn asking() -> ServerTls {
    ServerTls { client_roots: person(None).roots, ..serving() }
}

pub struct Pair {
    pub client: Endpoint,
    pub server: Endpoint,
    /// What each end said, in order.
    pub log: Vec<(End, Output)>,
    /// What is on its way: to whom, and the octets of one record.
    pub way: Vec<(End, Vec<u8>)>,
    pub now: u64,
    /// How many octets arrive at once.
    pub piece: usize,
    /// Whether each message that is not encrypted goes in a record by itself.
    pub message_by_message: bool,
    /// Which end's machine rustls was held against, and what differed.
    pub disagreed: Vec<String>,
}

pub fn other(end: End) -> End {
    match end {
        End::Client => End::Server,
        End::Server => End::Client,
    }
}

impl Pair {
    pub fn new() -> Pair {
        Pair::with(&trusting(), &serving(), 1)
    }

    pub fn with(client: &ClientTls, server: &ServerTls, seed: u64) -> Pair {
        Pair::at(client, server, seed, HOST, NOW)
    }

    pub fn at(client: &ClientTls, server: &ServerTls, seed: u64, name: &str, now: u64) -> Pair {
        let client = Endpoint::client(client, name, Chance::seeded(seed, 1), now).expect("a client");
        Pair::of(client, Endpoint::server(server, Chance::seeded(seed, 2)).expect("a server"), now)
    }

    pub fn old(version: OldVersion) -> Pair {
        let client = Endpoint::old_client(version, HOST, Chance::seeded(1, 1)).expect("a client");
        Pair::of(client, Endpoint::server(&serving(), Chance::seeded(1, 2)).expect("a server"), NOW)
    }

    pub fn of(client: Endpoint, server: Endpoint, now: u64) -> Pair {
        let (log, way, disagreed) = (Vec::new(), Vec::new(), Vec::new());
        let mut pair =
            Pair { client, server, log, way, now, piece: usize::MAX, message_by_message: false, disagreed };
        pair.collect(End::Client);
        pair.collect(End::Server);
        pair
    }

    pub fn end(&mut self, end: End) -> &mut Endpoint {
        match end {
            End::Client => &mut self.client,
            End::Server => &mut self.server,
        }
    }

    /// Takes what an end has to say.
    pub fn collect(&mut self, end: End) {
        let it = self.end(end);
        let (state, established, handshaking) = (it.state(), it.is_established(), it.is_handshaking());
        let agreed = match state {
            TlsState::Connected => established,
            TlsState::Closing | TlsState::Closed | TlsState::Failed => true,
            _ => !established,
        };
        if !agreed || (established && handshaking) {
            self.disagreed.push(format!("{end:?} is in {state}, established {established}"));
        }
        while let Some(output) = self.end(end).poll() {
            if let Output::Transmit(record) = &output {
                let records = match self.message_by_message {
                    true => apart(record),
                    false => vec![record.octets.clone()],
                };
                self.way.extend(records.into_iter().map(|octets| (other(end), octets)));
            }
            self.log.push((end, output));
        }
    }

    /// Lets the first record that is on its way arrive. Whether there was one.
    pub fn arrives(&mut self) -> bool {
        if self.way.is_empty() {
            return false;
        }
        let (to, octets) = self.way.remove(0);
        self.hears(to, &octets);
        true
    }

    pub fn hears(&mut self, to: End, octets: &[u8]) {
        let now = self.now;
        for piece in octets.chunks(self.piece) {
            self.end(to).receive(now, piece);
        }
        self.collect(to);
    }

    /// Until nothing is on its way.
    pub fn drive(mut self) -> Pair {
        while self.arrives() {}
        self
    }

    /// A pair that has agreed.
    pub fn established() -> Pair {
        let pair = Pair::new().drive();
        assert!(pair.client.is_established() && pair.server.is_established());
        pair
    }

    pub fn says(&mut self, end: End, plain: &[u8]) {
        let now = self.now;
        self.end(end).write(now, plain);
        self.collect(end);
    }

    pub fn closes(&mut self, end: End) {
        let now = self.now;
        self.end(end).close(now);
        self.collect(end);
    }

    pub fn cut(&mut self) {
        for end in [End::Client, End::Server] {
            self.end(end).disconnected();
            self.collect(end);
        }
    }

    pub fn of_end(&self, end: End) -> impl Iterator<Item = &Output> {
        self.log.iter().filter(move |(of, _)| *of == end).map(|(_, output)| output)
    }

    /// What the program at an end has heard.
    pub fn heard(&self, end: End) -> Vec<u8> {
        let plain = self.of_end(end).filter_map(|output| match output {
            Output::Plain(plain) => Some(&plain[..]),
            _ => None,
        });
        plain.collect::<Vec<_>>().concat()
    }

    pub fn failure(&self, end: End) -> Option<&Failure> {
        self.of_end(end).find_map(|output| match output {
            Output::Failed(failure) => Some(failure),
            _ => None,
        })
    }

    pub fn transmitted(&self, end: End) -> Vec<&Record> {
        let records = self.of_end(end).filter_map(|output| match output {
            Output::Transmit(record) => Some(record),
            _ => None,
        });
        records.collect()
    }
}

/// Each message of a record as a record.
fn apart(record: &Record) -> Vec<Vec<u8>> {
    let mut rest = match (record.kind, &record.plain) {
        (ContentType::Handshake, None) => &record.octets[5..],
        _ => return vec![record.octets.clone()],
    };
    let mut found = Vec::new();
    while let [_, a, b, c, ..] = rest {
        let length = 4 + u32::from_be_bytes([0, *a, *b, *c]) as usize;
        // The end of a message that began in another record.
        let Some((message, after)) = rest.split_at_checked(length) else {
            return vec![record.octets.clone()];
        };
        let header = [&record.octets[..3], &(message.len() as u16).to_be_bytes()].concat();
        found.push([&header[..], message].concat());
        rest = after;
    }
    found
}

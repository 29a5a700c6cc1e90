//! One end of a connection: octets and what the program writes go in, ordered outputs come out. It has no
//! socket, no clock and no randomness but its own [`Chance`].
//!
//! ```text
//!  receive(now, octets) ─▶ ┌──────────┐ ─▶ poll ─▶ Read, Moved, Key, Transmit, Established, Plain, ...
//!  write(now, plain)    ─▶ │ Endpoint │
//!  close(now)           ─▶ └──────────┘
//! ```

use super::chance::Chance;
use super::engine::{Engine, Saying, Step};
use super::failure::Failure;
use super::machine::{End, Machine, TlsEvent, TlsState};
use super::message::{Message, Messages};
use super::old_client::{OldClient, OldVersion};
use super::policy::{Agreed, ClientTls, ReadyServer, ServerTls};
use super::record::{self, ContentType, Record, Records};
use super::scope::Scope;
use rustls::client::UnbufferedClientConnection;
use rustls::pki_types::ServerName;
use rustls::server::UnbufferedServerConnection;
use rustls::{CertificateError, Error};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::Arc;

/// What an end wants done, or wants known, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    /// Send this record.
    Transmit(Record),
    /// This record has arrived, and was read as far as it can be.
    Read(Record),
    /// The other program said this.
    Plain(Vec<u8>),
    /// The handshake is over: from now on what is written is sent.
    Established(Agreed),
    /// The end went along an edge of [`TLS_EDGES`](super::TLS_EDGES).
    Moved {
        /// The state that was left.
        from: TlsState,
        /// The state that was entered.
        to: TlsState,
        /// What happened.
        on: TlsEvent,
    },
    /// A line of the key log. Only a client says them: a server's would be the same.
    Key(String),
    /// close_notify has arrived: the other program says no more.
    Ended,
    /// It is over. The alert that says so, if there is one, was transmitted before.
    Failed(Failure),
}

/// One end of a connection.
pub struct Endpoint {
    engine: Engine,
    scope: Scope,
    /// The name that the program asked for, at a client.
    name: Option<String>,
    records: Records,
    /// Whole records that the engine has not done with: a message may span several.
    incoming: Vec<u8>,
    sent: Messages,
    received: Messages,
    machine: Machine,
    /// What is to be sent when the handshake is over.
    sayings: VecDeque<Saying>,
    stage: Stage,
    /// Whether the program has closed.
    closing: bool,
    /// Whether close_notify was sent.
    closed: bool,
    /// Whether close_notify has arrived.
    ended: bool,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Handshaking,
    Established,
    Failed,
}

impl Endpoint {
    /// A client that wants to speak to `name`, a host name or an address as it was typed; its ClientHello
    /// is the first output. `now` is the date on its machine, in seconds since 1970, here and below.
    ///
    /// Fails if it cannot even begin: a bad name, a root that cannot be read, nothing to offer.
    pub fn client(policy: &ClientTls, name: &str, chance: Chance, now: u64) -> Result<Endpoint, Failure> {
        let config = policy.config()?;
        let host = ServerName::try_from(name.to_owned()).map_err(|_| Failure::BadName)?;
        let mut scope = Scope::new(chance, now);
        let client = scope.during(|| UnbufferedClientConnection::new(Arc::new(config), host));
        let client = client.map_err(|error| Failure::new(&error, &mut scope.seen))?;
        let mut endpoint = Endpoint::new(Engine::Client(Box::new(client)), scope, Some(name.to_owned()));
        endpoint.run();
        Ok(endpoint)
    }

    /// A server.
    ///
    /// Fails if its key cannot be read or there is nothing that it accepts.
    pub fn server(policy: &ServerTls, chance: Chance) -> Result<Endpoint, Failure> {
        Endpoint::one_of(&policy.ready()?, chance)
    }

    /// A server, one of many on the same terms.
    pub fn one_of(servers: &ReadyServer, chance: Chance) -> Result<Endpoint, Failure> {
        let mut scope = Scope::new(chance, 0);
        let server = scope.during(|| UnbufferedServerConnection::new(Arc::clone(&servers.0)));
        let server = server.map_err(|error| Failure::new(&error, &mut scope.seen))?;
        Ok(Endpoint::new(Engine::Server(Box::new(server)), scope, None))
    }

    /// A client that speaks nothing newer than `version`, and gets no further than its hello.
    pub fn old_client(version: OldVersion, name: &str, chance: Chance) -> Result<Endpoint, Failure> {
        let mut scope = Scope::new(chance, 0);
        let old = OldClient::new(version, name, &mut scope.chance)?;
        let mut endpoint = Endpoint::new(Engine::Old(old), scope, Some(name.to_owned()));
        endpoint.run();
        Ok(endpoint)
    }

    fn new(engine: Engine, scope: Scope, name: Option<String>) -> Endpoint {
        Endpoint {
            machine: Machine::new(engine.end()),
            engine,
            scope,
            name,
            records: Records::default(),
            incoming: Vec::new(),
            sent: Messages::default(),
            received: Messages::default(),
            sayings: VecDeque::new(),
            stage: Stage::Handshaking,
            closing: false,
            closed: false,
            ended: false,
            outputs: VecDeque::new(),
        }
    }

    /// Takes what has arrived. What comes after close_notify or after a failure is dropped.
    pub fn receive(&mut self, now: u64, octets: &[u8]) {
        self.scope.now = now;
        if self.listens() {
            self.records.receive(octets);
        }
        while self.listens() {
            let Some(octets) = self.records.next() else { return };
            self.read(octets);
        }
        self.records.clear();
    }

    /// Sends what the program says, or keeps it until the handshake is over. Each call is one record at
    /// least. Nothing is sent after [`close`](Self::close).
    pub fn write(&mut self, now: u64, plain: &[u8]) {
        self.scope.now = now;
        if !plain.is_empty() && !self.closing && self.stage != Stage::Failed {
            self.sayings.push_back(Saying::Plain(plain.to_vec()));
            self.run();
        }
    }

    /// Says close_notify, after what was written. During the handshake that waits as well: whoever wants
    /// to break it off cuts the connection below.
    pub fn close(&mut self, now: u64) {
        self.scope.now = now;
        if !self.closing && self.stage != Stage::Failed {
            self.closing = true;
            self.sayings.push_back(Saying::Close);
            self.run();
        }
    }

    /// The connection below has ended, by FIN or otherwise. It is a failure if nobody had said
    /// close_notify: whoever cut it may have cut off something.
    pub fn disconnected(&mut self) {
        if self.stage == Stage::Failed {
            return;
        }
        self.moved(TlsEvent::Disconnected);
        let cut = !self.ended && !self.closed;
        self.ended = true;
        if cut {
            self.stage = Stage::Failed;
            self.outputs.push_back(Output::Failed(Failure::Truncated));
        }
    }

    /// The next output.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where it stands in the table.
    pub fn state(&self) -> TlsState {
        self.machine.state()
    }

    /// Which end it is.
    pub fn end(&self) -> End {
        self.engine.end()
    }

    /// Whether the handshake is under way.
    pub fn is_handshaking(&self) -> bool {
        self.stage == Stage::Handshaking && self.engine.is_handshaking()
    }

    /// Whether the handshake was completed, and nothing has failed since.
    pub fn is_established(&self) -> bool {
        self.stage == Stage::Established
    }

    fn listens(&self) -> bool {
        self.stage != Stage::Failed && !self.ended
    }

    /// One record has arrived.
    fn read(&mut self, octets: Vec<u8>) {
        self.incoming.extend_from_slice(&octets);
        let step = self.step();
        let mut record = Record::bare(octets);
        if let Some((kind, plain)) = self.scope.seen.opened.take() {
            record = Record { kind, plain: Some(plain), ..record };
        }
        let mut events = Vec::new();
        let readable = !matches!(step, Step::Failed(Error::DecryptError)) || record.plain.is_some();
        if readable {
            events = self.events(&record, false);
        }
        let header = record.octets.clone();
        self.outputs.push_back(Output::Read(record));
        match step {
            Step::Failed(error) => {
                let alert = matches!(error, Error::AlertReceived(_));
                accepted(self.end(), &mut events, &error);
                events.into_iter().for_each(|event| self.moved(event));
                let mut failure = Failure::new(&error, &mut self.scope.seen);
                if matches!(failure, Failure::Malformed | Failure::NoVersionInCommon)
                    && matches!(error, Error::InvalidMessage(_))
                    && !record::is_tls(&header)
                {
                    failure = Failure::NotTls { octets: header };
                }
                self.fail(failure, alert);
            }
            step => {
                events.into_iter().for_each(|event| self.moved(event));
                self.handle(step);
                self.run();
            }
        }
    }

    /// Lets the engine work until it waits for something.
    fn run(&mut self) {
        while self.stage != Stage::Failed {
            let step = self.step();
            if !self.handle(step) {
                return;
            }
        }
    }

    fn step(&mut self) -> Step {
        let Endpoint { engine, scope, incoming, sayings, stage, .. } = self;
        // Established is an output before anything is sent.
        let mut none = VecDeque::new();
        let held = *stage == Stage::Handshaking && !matches!(engine, Engine::Old(_));
        let sayings = if held { &mut none } else { sayings };
        let step = scope.during(|| engine.step(incoming, sayings));
        self.outputs.extend(self.scope.seen.keys.drain(..).map(Output::Key));
        step
    }

    /// Does what came of a step. Whether there may be more to do.
    fn handle(&mut self, step: Step) -> bool {
        match step {
            Step::Transmit(octets) => {
                self.transmit(&octets);
            }
            Step::Plain(plain) => self.outputs.push_back(Output::Plain(plain)),
            Step::Ended => {
                self.ended = true;
                self.moved(TlsEvent::CloseReceived);
                self.outputs.push_back(Output::Ended);
            }
            Step::Again => {}
            Step::Ready if self.stage == Stage::Handshaking && !self.engine.is_handshaking() => {
                self.stage = Stage::Established;
                let name = self.name.clone().or_else(|| self.scope.seen.name.take());
                let agreed = self.engine.agreed(&self.scope.seen, name);
                self.outputs.extend(agreed.map(Output::Established));
            }
            Step::Ready | Step::Blocked => return false,
            Step::Failed(error) => {
                let failure = Failure::new(&error, &mut self.scope.seen);
                self.fail(failure, false);
            }
        }
        true
    }

    /// Sends what the engine made, each record by itself. Whether an alert was among them.
    fn transmit(&mut self, octets: &[u8]) -> bool {
        let mut alert = false;
        let mut records = Records::default();
        records.receive(octets);
        while let Some(octets) = records.next() {
            let mut record = Record::bare(octets);
            let sealed = &mut self.scope.seen.sealed;
            let encrypted = sealed.front().is_some_and(|sealed| record.octets.ends_with(&sealed.tag));
            if let Some(sealed) = encrypted.then(|| sealed.pop_front()).flatten() {
                record = Record { kind: sealed.kind, plain: Some(sealed.plain), ..record };
            }
            let events = self.events(&record, true);
            self.closed |= events.contains(&TlsEvent::CloseSent);
            alert |= record.kind == ContentType::Alert;
            self.outputs.push_back(Output::Transmit(record));
            events.into_iter().for_each(|event| self.moved(event));
        }
        alert
    }

    /// What a record means for the machine.
    fn events(&mut self, record: &Record, sent: bool) -> Vec<TlsEvent> {
        let event = if sent { TlsEvent::Sent } else { TlsEvent::Received };
        match (record.kind, record.content()) {
            (ContentType::Alert, [_, 0]) if sent => vec![TlsEvent::CloseSent],
            (ContentType::ChangeCipherSpec, _) => vec![event(Message::ChangeCipherSpec)],
            (ContentType::Handshake, content) => {
                let messages = if sent { &mut self.sent } else { &mut self.received };
                let found = messages.receive(content);
                found.iter().filter_map(|(_, version)| *version).for_each(|it| self.machine.choose(it));
                found.into_iter().map(|(message, _)| event(message)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn moved(&mut self, on: TlsEvent) {
        let moved = self.machine.step(on);
        self.outputs.extend(moved.map(|(from, to)| Output::Moved { from, to, on }));
    }

    /// Sends the alert that the engine made, if it made one, and gives up.
    fn fail(&mut self, failure: Failure, alert_received: bool) {
        self.stage = Stage::Failed;
        self.sayings.clear();
        let mut on = if alert_received { TlsEvent::AlertReceived } else { TlsEvent::GaveUp };
        // RFC 8446 section 6.1: nothing follows close_notify, not even an alert.
        while !self.closed && on != TlsEvent::AlertSent {
            match self.step() {
                Step::Transmit(octets) => {
                    if self.transmit(&octets) {
                        on = TlsEvent::AlertSent;
                    }
                }
                Step::Again => {}
                _ => break,
            }
        }
        self.incoming.clear();
        self.moved(on);
        self.outputs.push_back(Output::Failed(failure));
    }
}

/// Leaves of the messages of a record those that were accepted before `error` came of one of them.
///
/// rustls does not say which one it was. At a client it looks at the chain when it has the message that ends
/// the server's part, at a server when it has the chain; Finished is the last of its record; else the first
/// is to blame. A signature that does not fit is CertificateVerify's fault at either.
fn accepted(end: End, events: &mut Vec<TlsEvent>, error: &Error) {
    let blamed = |event: &TlsEvent| match (error, event) {
        (Error::InvalidCertificate(problem), TlsEvent::Received(Message::Certificate)) => {
            end == End::Server && *problem != CertificateError::BadSignature
        }
        (Error::InvalidCertificate(_), TlsEvent::Received(message)) => {
            matches!(message, Message::CertificateVerify | Message::ServerHelloDone)
        }
        // It could be read; what failed was the choice that follows.
        (
            Error::PeerIncompatible(_) | Error::FailedToGetRandomBytes,
            TlsEvent::Received(Message::ClientHello),
        ) => false,
        (Error::NoCertificatesPresented, TlsEvent::Received(message)) => *message == Message::Certificate,
        (Error::DecryptError, TlsEvent::Received(message)) => *message == Message::Finished,
        _ => true,
    };
    let blamed = events.iter().position(blamed);
    events.truncate(blamed.unwrap_or(events.len()));
}

//! One connection as a mail program has it: what it sends, what it reads, and how it comes to TLS.

use super::opening::{Opening, Step};
use super::transport::{Heard, Transport};
use super::{Recorder, Terms};
use crate::net::{Host, TcpState};
use crate::pki::{Problem, verdict};
use crate::policy::{Policy, Security, Versions};
use crate::pop3::{Client, ClientEvent};
use crate::tls::{CertificateProblem, Chance, Endpoint, Failure, OldVersion};
use crate::trace::{ConnectionId, Event, Note, Outcome, Presented, Side};
use std::collections::VecDeque;
use std::rc::Rc;

/// A connection as the client's program has it.
pub(super) struct Connection {
    pub(super) client: u8,
    pub(super) port: u16,
    /// The client's address at the time.
    pub(super) address: [u8; 4],
    pub(super) transport: Transport,
    pub(super) seen: TcpState,
    policy: Policy,
    trusted: Trusted,
    /// What the server is called.
    name: String,
    /// What the program still does by itself.
    opening: Option<Opening>,
    reader: Client,
    /// What was typed before the connection was up.
    unsent: Vec<u8>,
    pub(super) connected: bool,
    /// The program has closed its side, or knows that there is nothing left to close.
    pub(super) ended: bool,
    /// TCP is to be closed once everything before it was sent.
    closing: bool,
}

/// From where to where a connection goes.
pub(super) struct Way {
    pub(super) client: u8,
    pub(super) from: ([u8; 4], u16),
    pub(super) to: [u8; 4],
}

/// What a client knows when TLS begins.
pub(super) struct Trusted {
    pub(super) terms: Terms,
    /// The certificates that its person accepted although they could not be verified.
    pub(super) exceptions: Vec<[u8; 32]>,
    pub(super) seed: u64,
}

impl Connection {
    pub(super) fn new(way: Way, transport: Transport, trusted: Trusted) -> Connection {
        let policy = trusted.terms.policy;
        Connection {
            client: way.client,
            address: way.from.0,
            port: way.from.1,
            transport,
            seen: TcpState::Closed,
            policy,
            name: trusted.terms.certificates.name(policy, way.to),
            trusted,
            opening: (!policy.by_hand).then(|| Opening::of(policy.security)).flatten(),
            reader: Client::default(),
            unsent: Vec::new(),
            connected: false,
            ended: false,
            closing: false,
        }
    }

    /// Whether this side is closed and the server's is not.
    pub(super) fn is_half_closed(&self) -> bool {
        matches!(self.seen, TcpState::FinWait1 | TcpState::FinWait2)
    }

    /// Whether nothing is under way: the greeting was read, what was sent is answered, and TLS is up where it has
    /// begun.
    pub(super) fn is_idle(&self) -> bool {
        let opened = self.opening.as_ref().is_none_or(Opening::is_over);
        !self.ended
            && opened
            && self.unsent.is_empty()
            && self.reader.is_idle()
            && !self.transport.is_handshaking()
    }

    pub(super) fn pump(&mut self, id: ConnectionId, host: &mut Host, log: &mut Recorder) -> bool {
        let mut busy = self.sample(id, host, log);
        let socket = self.transport.socket;
        if !self.connected && self.seen >= TcpState::Established {
            self.connected = true;
            log.note(Some(id), Note::Connected);
            if self.policy.security == Security::TlsAtOnce {
                self.start_tls(id, log);
            }
        }
        if self.connected && !self.unsent.is_empty() && !self.ended {
            let octets = std::mem::take(&mut self.unsent);
            let heard = self.transport.write(&octets, log);
            self.hear(id, heard, log);
            busy = true;
        }
        let (read, heard) = self.transport.read(host, usize::MAX, log);
        busy |= read;
        self.hear(id, heard, log);
        if !self.ended && host.is_at_end(socket) {
            // The server has said all it will say: a mail program closes as well.
            self.end_of_input(id, log);
            self.ended = true;
            log.note(Some(id), Note::ServerClosed);
            self.close(log);
            busy = true;
        }
        if self.connected {
            busy |= self.transport.flush(host);
        }
        if self.closing && (self.transport.is_flushed() || !self.connected) {
            self.closing = false;
            host.close(socket);
            busy = true;
        }
        if !self.ended && self.seen == TcpState::Closed {
            self.ended = true;
            self.transport.disconnected(log);
            let note = match (self.connected, host.gave_up(socket)) {
                (false, true) => Note::Unreachable,
                (false, false) => Note::Refused,
                (true, true) => Note::GivenUp,
                (true, false) => Note::ServerReset,
            };
            log.note(Some(id), note);
        }
        busy | self.sample(id, host, log)
    }

    /// Sends what a person typed, or what the program sends by itself.
    pub(super) fn send(&mut self, id: ConnectionId, octets: &[u8], log: &mut Recorder) {
        // Before the connection is up it is known already whether TLS will be.
        let secure =
            self.transport.is_secure() || !self.connected && self.policy.security == Security::TlsAtOnce;
        for (command, line) in self.reader.send(octets) {
            log.push(Some(id), Event::ClientLine { octets: line.into(), command, secure });
        }
        self.unsent.extend_from_slice(octets);
    }

    /// Begins TLS with the next octet.
    fn start_tls(&mut self, id: ConnectionId, log: &mut Recorder) {
        let Trusted { terms, exceptions, seed } = &self.trusted;
        let chance = Chance::seeded(*seed, u64::from(id.0) << 1);
        let tls = || terms.certificates.client(self.policy, exceptions.clone());
        let endpoint = match self.policy.offers {
            Versions::Tls10 => Endpoint::old_client(OldVersion::Tls10, &self.name, chance),
            Versions::Tls11 => Endpoint::old_client(OldVersion::Tls11, &self.name, chance),
            _ => Endpoint::client(&tls(), &self.name, chance, log.clock(Side::Client)),
        };
        match endpoint {
            Ok(endpoint) => {
                let heard = self.transport.start_tls(endpoint, log);
                self.hear(id, heard, log);
            }
            Err(failure) => {
                log.push(Some(id), Event::TlsFailed { side: Side::Client, failure: failure.clone() });
                self.fail(id, failure, log);
            }
        }
    }

    /// The program takes what came from the server.
    fn hear(&mut self, id: ConnectionId, heard: Vec<Heard>, log: &mut Recorder) {
        let mut heard = VecDeque::from(heard);
        while let Some(next) = heard.pop_front() {
            match next {
                Heard::Octets(octets) => {
                    for event in self.reader.receive(&octets) {
                        self.read(id, event, log);
                    }
                }
                Heard::Established(agreed) => {
                    if let Some(trust) = agreed.trust {
                        self.present(id, agreed.chain.as_slice().into(), Outcome::Trusted(trust), log);
                    }
                    log.note(Some(id), Note::Secured(agreed));
                    if let Some(step) = self.opening.as_mut().and_then(Opening::secured) {
                        self.take(id, step, log);
                    }
                }
                // TCP will say so as well, or be cut off.
                Heard::Ended => {}
                Heard::Failed(failure) => self.fail(id, failure, log),
            }
        }
    }

    /// The program reads something in the stream.
    fn read(&mut self, id: ConnectionId, event: ClientEvent, log: &mut Recorder) {
        let step = self.opening.as_mut().and_then(|opening| opening.hear(&event));
        match event {
            ClientEvent::Line { octets, role, answers } => {
                let secure = self.transport.is_secure();
                log.push(Some(id), Event::ServerLine { octets: octets.into(), role, answers, secure });
            }
            ClientEvent::Downloaded { number, uid, octets } => {
                log.push(Some(id), Event::Downloaded { number, uid, octets: octets.into() });
            }
            ClientEvent::StartTls { rest } => {
                self.start_tls(id, log);
                if !rest.is_empty() {
                    log.note(Some(id), Note::Injected { octets: rest.len() as u32 });
                    let heard = self.transport.take(rest, log);
                    self.hear(id, heard, log);
                }
            }
        }
        if let Some(step) = step {
            self.take(id, step, log);
        }
    }

    /// The program does something by itself.
    fn take(&mut self, id: ConnectionId, step: Step, log: &mut Recorder) {
        match step {
            Step::Send(line) => self.send(id, line, log),
            Step::Tell(note) => log.note(Some(id), note),
            Step::GiveUp(note) => {
                log.note(Some(id), note);
                self.send(id, b"QUIT\r\n", log);
            }
        }
    }

    /// TLS did not come about: the program tells a person why, and closes.
    fn fail(&mut self, id: ConnectionId, failure: Failure, log: &mut Recorder) {
        if self.ended {
            return;
        }
        self.ended = true;
        let note = match failure {
            Failure::Certificate { problem, chain } => {
                let clock = log.clock(Side::Client) as i64;
                let roots = self.trusted.terms.certificates.roots();
                let verdict = verdict(said(&problem), &chain, &roots, &self.name, clock, log.today());
                let chain: Rc<[Vec<u8>]> = chain.into();
                self.present(id, Rc::clone(&chain), Outcome::Refused(verdict.clone()), log);
                Note::CertificateRefused { verdict, chain }
            }
            failure => Note::TlsFailed(failure),
        };
        log.note(Some(id), note);
        self.close(log);
    }

    /// Writes down what the server showed, and what the program thinks of it.
    fn present(&self, id: ConnectionId, chain: Rc<[Vec<u8>]>, outcome: Outcome, log: &mut Recorder) {
        let presented = Presented {
            asked: self.name.clone(),
            chain,
            roots: self.trusted.terms.certificates.roots().into(),
            clock: log.clock(Side::Client) as i64,
            today: log.today(),
            outcome,
        };
        log.push(Some(id), Event::Presented(Rc::new(presented)));
    }

    /// Closes in order, after everything before it was sent.
    pub(super) fn close(&mut self, log: &mut Recorder) {
        self.transport.close(log);
        self.closing = true;
    }

    /// The server says nothing more: a line without an end is a line all the same.
    fn end_of_input(&mut self, id: ConnectionId, log: &mut Recorder) {
        self.transport.disconnected(log);
        if let Some(event) = self.reader.end() {
            self.read(id, event, log);
        }
    }

    /// Notes where TCP stands. True if it has moved.
    fn sample(&mut self, id: ConnectionId, host: &Host, log: &mut Recorder) -> bool {
        let state = host.state(self.transport.socket);
        let from = std::mem::replace(&mut self.seen, state);
        if from != state {
            log.push(Some(id), Event::TcpChanged { side: Side::Client, from, to: state });
        }
        from != state
    }
}

/// What the verifier says of a certificate, as far as it tells the faults apart.
fn said(problem: &CertificateProblem) -> Problem {
    match problem {
        CertificateProblem::Expired { .. } => Problem::Expired,
        CertificateProblem::NotYetValid { .. } => Problem::NotYetValid,
        CertificateProblem::WrongName => Problem::WrongName,
        CertificateProblem::UnknownIssuer => Problem::UnknownIssuer,
        _ => Problem::Other,
    }
}

//! The server's host: its listening sockets, a session for each connection, and the mail store.

use super::Recorder;
use super::certificates::Certificates;
use super::clients::Clients;
use super::recorded::Drawn;
use super::setup::{Listener, Setup};
use super::transport::{Heard, Transport};
use crate::mail::{Fault, Message, Store, Uid};
use crate::net::{Host, HostId, Link, SERVER_ADDRESS, SocketHandle, TcpState};
use crate::pki;
use crate::policy::Policy;
use crate::pop3::{Config, Entropy, LogLine, Output, Session, Tls};
use crate::sasl::{Credentials, Hash};
use crate::sorted::Map;
use crate::time::Instant;
use crate::tls::{Chance, Endpoint};
use crate::trace::{ConnectionId, Event, HeldMessage, Mailbox, Note, Side};
use std::rc::Rc;
use std::sync::Arc;

/// The server of a world.
pub(super) struct Server {
    pub(super) host: Host,
    config: Arc<Config>,
    policy: Policy,
    store: Store,
    seed: u64,
    entropy: oorandom::Rand64,
    /// What is not drawn here, since it was elsewhere.
    drawn: Rc<[Drawn]>,
    /// A socket for each port that waits for the next connection.
    listeners: Vec<(Listener, SocketHandle)>,
    ends: Map<ConnectionId, End>,
}

/// The server's end of a connection.
struct End {
    transport: Transport,
    /// How TLS is begun, whenever it is, and what is offered.
    config: Arc<Config>,
    policy: Policy,
    /// TLS begins with the first octet, and the session behind it.
    tls: bool,
    /// The time by which somebody must have said something that a session can begin with.
    patience: Option<Instant>,
    seen: TcpState,
    session: Option<Session>,
    /// Heard, not yet taken by the session.
    inbox: Vec<u8>,
    /// Nothing more is said: the connection is closed once TCP has taken everything.
    closing: bool,
    closed: bool,
    /// TCP is connected, and this end has begun to speak or to listen.
    begun: bool,
    /// The session was told that no more input comes.
    heard_end: bool,
}

/// How many octets are read from TCP at one go.
const READ: usize = 4096;

impl Server {
    pub(super) fn new(setup: &Setup, link: &mut Link) -> Server {
        link.attach(HostId::Server, SERVER_ADDRESS);
        let mut host = Host::new(SERVER_ADDRESS, setup.seed ^ 0x7365_7276);
        let listen = |listener: &Listener| (*listener, host.listen(listener.port));
        let listeners = setup.listens.iter().map(listen).collect();
        let mut config = offered(&setup.server, setup.policy);
        config.secret = setup.recorded.secret.unwrap_or_else(|| secret(setup.seed));
        let seed = setup.seed ^ 0x7569_646c;
        let mut store = Store::salted(&setup.accounts, seed, setup.recorded.salts.unwrap_or(seed));
        store.lockout = config.lockout;
        for (name, uid, message) in &setup.recorded.mail {
            store.deliver_as(name, uid, message.clone());
        }
        Server {
            host,
            config: Arc::new(config),
            policy: setup.policy,
            seed: setup.seed,
            store,
            entropy: oorandom::Rand64::new(u128::from(setup.seed ^ 0x6170_6f70)),
            drawn: Rc::clone(&setup.drawn),
            listeners,
            ends: Map::new(),
        }
    }

    /// The mailboxes as a scene shows them at the beginning.
    pub(super) fn mailboxes(&self) -> Map<String, Rc<Mailbox>> {
        let mailbox = |messages: &[(_, Message)]| Mailbox {
            messages: messages
                .iter()
                .map(|(uid, message)| HeldMessage {
                    uid: Clone::clone(uid),
                    message: message.clone(),
                    number: None,
                    marked: false,
                })
                .collect(),
            locked_by: None,
        };
        self.store.mailboxes().map(|(name, messages)| (name.to_owned(), Rc::new(mailbox(messages)))).collect()
    }

    pub(super) fn deliver(&mut self, name: String, message: &[u8], uid: Option<Uid>, log: &mut Recorder) {
        let message = Message::new(message);
        let delivered = match uid {
            Some(uid) => self.store.deliver_as(&name, &uid, message.clone()).then_some(uid),
            None => self.store.deliver(&name, message.clone()),
        };
        match delivered {
            Some(uid) => {
                log.push(None, Event::Delivered { name: name.clone(), uid, message });
                log.note(None, Note::NewMail { name });
            }
            None => log.note(None, Note::NoSuchMailbox { name }),
        }
    }

    pub(super) fn lose(&mut self, name: String, uid: Uid, log: &mut Recorder) {
        if self.store.expunge(&name, &uid) {
            log.push(None, Event::Lost { name, uid });
        }
    }

    /// Other terms for the connections to come.
    pub(super) fn change_policy(&mut self, policy: Policy) {
        self.policy = policy;
        self.config = Arc::new(offered(&self.config, policy));
    }

    pub(super) fn set_fault(&mut self, fault: Option<Fault>) {
        self.store.fault = fault;
    }

    /// When a session gives the next answer that it holds back.
    pub(super) fn next_owed(&self) -> Option<(Instant, ConnectionId)> {
        let owed = |(id, end): (&ConnectionId, &End)| Some((end.session.as_ref()?.owes()?, *id));
        self.ends.iter().filter_map(owed).min()
    }

    /// What is kept of each account: what an administrator sees, and a thief.
    pub(super) fn kept(&self) -> impl Iterator<Item = (&str, &Credentials)> {
        self.store.kept()
    }

    /// When the next session has been idle for too long.
    pub(super) fn next_timeout(&self) -> Option<(Instant, ConnectionId)> {
        self.ends.iter().filter_map(|(id, end)| Some((end.timeout()?, *id))).min()
    }

    pub(super) fn session_timer(&mut self, id: ConnectionId, log: &mut Recorder) {
        let Some(end) = self.ends.get_mut(&id) else { return };
        match &mut end.session {
            Some(session) => session.handle_timeout(&mut self.store, log.now),
            None => end.give_up(id, "nobody spoke", log),
        }
    }

    /// Accepts connections and lets the sessions read and write. True if anything was done.
    pub(super) fn pump(
        &mut self,
        clients: &Clients,
        certificates: &Certificates,
        log: &mut Recorder,
    ) -> bool {
        let mut busy = self.accept(clients);
        let mut gone = Vec::new();
        for (id, end) in self.ends.iter_mut() {
            busy |= end.sample(*id, &self.host, log);
            let around = &mut Around {
                host: &mut self.host,
                store: &mut self.store,
                entropy: &mut self.entropy,
                drawn: self.drawn.get(id.0 as usize),
                seed: self.seed,
                certificates,
            };
            if !end.begun && matches!(end.seen, TcpState::Established | TcpState::CloseWait) {
                end.begun = true;
                if end.tls {
                    end.patience = Some(log.now + end.config.idle_limit);
                    end.start_tls(*id, around, log);
                } else {
                    let entropy = around.draw(log.now);
                    end.session = Some(Session::new(Arc::clone(&end.config), entropy, log.now));
                    log.push(Some(*id), Event::SessionBegan);
                }
            }
            while end.pump(*id, around, log) {
                busy = true;
            }
            busy |= end.sample(*id, &self.host, log);
            // A socket whose SYN was answered by RST listens again; another one does that already.
            let unused = end.seen == TcpState::Listen;
            if unused || end.seen == TcpState::Closed && self.host.is_silent(end.transport.socket) {
                self.host.remove(end.transport.socket);
                gone.push(*id);
            }
        }
        gone.iter().for_each(|id| _ = self.ends.remove(id));
        busy
    }

    fn accept(&mut self, clients: &Clients) -> bool {
        let mut busy = false;
        for (listener, waiting) in &mut self.listeners {
            if self.host.state(*waiting) == TcpState::Listen {
                continue;
            }
            let (next, socket) = self.host.accept(*waiting, listener.port);
            *waiting = next;
            match self.host.peer(socket).and_then(|peer| clients.of_peer(peer)) {
                Some(id) => {
                    let config = Arc::clone(&self.config);
                    let drawn = self.drawn.get(id.0 as usize);
                    let transport = Transport::new(id, Side::Server, socket, drawn);
                    self.ends.insert(id, End::new(transport, config, self.policy, listener.tls));
                }
                // The client has gone to another network since it sent its SYN.
                None => self.host.remove(socket),
            }
            busy = true;
        }
        busy
    }
}

/// What a server lends to its end of a connection.
struct Around<'s> {
    host: &'s mut Host,
    store: &'s mut Store,
    entropy: &'s mut oorandom::Rand64,
    drawn: Option<&'s Drawn>,
    seed: u64,
    certificates: &'s Certificates,
}

impl Around<'_> {
    /// The chance of a connection whose session begins now.
    fn draw(&mut self, now: Instant) -> Entropy {
        self.drawn.map_or_else(|| Entropy::new(self.entropy.rand_u64(), now), |drawn| drawn.entropy)
    }
}

/// What only the server would know, if the seed were a secret.
fn secret(seed: u64) -> [u8; 32] {
    let mut secret = [0; 32];
    secret.copy_from_slice(&Hash::Sha256.hmac(b"POP3 Lab, a server's secret", &seed.to_be_bytes()));
    secret
}

/// A server's configuration, with what the policy leaves open.
fn offered(config: &Config, policy: Policy) -> Config {
    Config { stls: policy.stls, login_in_the_clear: policy.login_in_the_clear, ..config.clone() }
}

impl End {
    fn new(transport: Transport, config: Arc<Config>, policy: Policy, tls: bool) -> End {
        End {
            transport,
            config,
            policy,
            tls,
            begun: false,
            patience: None,
            seen: TcpState::Listen,
            session: None,
            inbox: Vec::new(),
            closing: false,
            closed: false,
            heard_end: false,
        }
    }

    /// When this end wants to be told that nobody has spoken.
    fn timeout(&self) -> Option<Instant> {
        match &self.session {
            Some(session) => session.timeout(),
            None => self.patience.filter(|_| !self.closing),
        }
    }

    /// Closes a connection on which no session has begun.
    fn give_up(&mut self, id: ConnectionId, why: &str, log: &mut Recorder) {
        self.patience = None;
        self.closing = true;
        log.push(Some(id), Event::Log(LogLine::TlsFailed { why: why.to_owned() }));
    }

    /// Begins TLS with the next octet.
    fn start_tls(&mut self, id: ConnectionId, around: &mut Around<'_>, log: &mut Recorder) {
        let chance = Chance::seeded(around.seed, u64::from(id.0) << 1 | 1);
        let heard = match Endpoint::server(&around.certificates.server(self.policy), chance) {
            Ok(endpoint) => self.transport.start_tls(endpoint, log),
            Err(failure) => vec![Heard::Failed(failure)],
        };
        self.hear(id, heard, around, log);
    }

    /// Takes what came from the client.
    fn hear(&mut self, id: ConnectionId, heard: Vec<Heard>, around: &mut Around<'_>, log: &mut Recorder) {
        for next in heard {
            match next {
                Heard::Octets(octets) => self.inbox.extend(octets),
                Heard::Established(agreed) => {
                    let holder = || agreed.chain.first().and_then(|shown| pki::holder(shown));
                    let tls = Tls {
                        version: agreed.version.to_string(),
                        suite: agreed.cipher.suite(agreed.version).1.into(),
                        exporter: agreed.exporter,
                        identity: around.drawn.map_or_else(holder, |drawn| drawn.identity.clone()),
                    };
                    match &mut self.session {
                        Some(session) => session.tls_established(tls),
                        None => {
                            let entropy = around.draw(log.now);
                            let config = Arc::clone(&self.config);
                            let mut session = Session::over_tls(config, entropy, log.now);
                            session.tls_established(tls);
                            self.session = Some(session);
                            log.push(Some(id), Event::SessionBegan);
                        }
                    }
                }
                Heard::Ended => self.end_of_input(),
                Heard::Failed(failure) => match &mut self.session {
                    Some(session) => session.tls_failed(around.store, &failure.to_string()),
                    None => self.give_up(id, &failure.to_string(), log),
                },
            }
        }
    }

    fn end_of_input(&mut self) {
        if !std::mem::replace(&mut self.heard_end, true) {
            match &mut self.session {
                Some(session) => session.input_ended(),
                None => self.closing = true,
            }
        }
    }

    /// One round of reading, working and writing. True if anything was done.
    fn pump(&mut self, id: ConnectionId, around: &mut Around<'_>, log: &mut Recorder) -> bool {
        if !self.begun {
            return false;
        }
        let mut busy = false;
        if self.inbox.is_empty() {
            let (read, heard) = self.transport.read(around.host, READ, log);
            busy |= read;
            self.hear(id, heard, around, log);
        }
        if let Some(session) = &mut self.session {
            let taken = session.receive(&self.inbox);
            self.inbox.drain(..taken);
            busy |= taken > 0;
        }
        if self.inbox.is_empty() && !self.heard_end && around.host.is_at_end(self.transport.socket) {
            self.transport.disconnected(log);
            self.end_of_input();
            busy = true;
        }
        // The connection is over for the session when its FIN is acknowledged, or nothing is left.
        if matches!(self.seen, TcpState::FinWait2 | TcpState::TimeWait | TcpState::Closed) {
            self.transport.clear();
            if self.seen == TcpState::Closed {
                self.transport.disconnected(log);
            }
            if let Some(session) = &mut self.session {
                session.disconnected(around.store);
            }
        }
        busy |= self.work(id, around, log);
        busy |= self.transport.flush(around.host);
        if self.closing && !self.closed && self.transport.is_flushed() {
            self.closed = true;
            around.host.close(self.transport.socket);
            busy = true;
        }
        busy
    }

    /// Lets the session do what it wants, as long as TCP takes what it says. True if it did anything.
    fn work(&mut self, id: ConnectionId, around: &mut Around<'_>, log: &mut Recorder) -> bool {
        let mut busy = false;
        while self.transport.is_flushed() {
            let Some(session) = &mut self.session else { break };
            let Some(output) = session.poll(around.store, log.now) else { break };
            busy = true;
            let event = match output {
                Output::Transmit(octets) => {
                    let heard = self.transport.write(&octets, log);
                    self.hear(id, heard, around, log);
                    continue;
                }
                Output::StartTls { discarded } => {
                    let waiting = std::mem::take(&mut self.inbox);
                    session.receive(&waiting);
                    let discarded = discarded + waiting.len() as u32;
                    if discarded > 0 {
                        log.push(Some(id), Event::Discarded { octets: discarded });
                    }
                    self.start_tls(id, around, log);
                    continue;
                }
                Output::Close => {
                    self.transport.close(log);
                    self.closing = true;
                    continue;
                }
                Output::PhaseChanged { from, to, cause } => Event::PhaseChanged { from, to, cause },
                Output::Judged(judgement) => Event::Judged(judgement),
                Output::Effect(effect) => Event::Mailbox(effect),
                Output::Log(line) => Event::Log(line),
            };
            log.push(Some(id), event);
        }
        busy
    }

    /// Notes where TCP stands. True if it has moved.
    fn sample(&mut self, id: ConnectionId, host: &Host, log: &mut Recorder) -> bool {
        let state = host.state(self.transport.socket);
        let from = std::mem::replace(&mut self.seen, state);
        if from != state {
            log.push(Some(id), Event::TcpChanged { side: Side::Server, from, to: state });
        }
        from != state
    }
}

//! The server's host: its listening sockets, a session for each connection, and the mail store.

use super::Recorder;
use super::clients::Clients;
use super::setup::Setup;
use crate::mail::{Fault, Message, Store, Uid};
use crate::net::{Host, HostId, Link, SERVER_ADDRESS, SocketHandle, TcpState};
use crate::pop3::{Config, Output, Session};
use crate::time::Instant;
use crate::trace::{ConnectionId, Event, HeldMessage, Mailbox, Note, Side};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// The server of a world.
pub(super) struct Server {
    pub(super) host: Host,
    config: Arc<Config>,
    store: Store,
    entropy: oorandom::Rand64,
    /// A socket for each port that waits for the next connection.
    listeners: Vec<(u16, SocketHandle)>,
    ends: BTreeMap<ConnectionId, End>,
}

/// The server's end of a connection.
struct End {
    socket: SocketHandle,
    seen: TcpState,
    session: Option<Session>,
    /// Read from TCP, not yet taken by the session.
    inbox: Vec<u8>,
    /// Said by the session, not yet taken by TCP.
    outbox: Vec<u8>,
    /// The session wants the connection closed once the outbox is empty.
    closing: bool,
    /// The session was told that no more input comes.
    heard_end: bool,
}

/// How many octets are read from TCP at one go.
const READ: usize = 4096;

impl Server {
    pub(super) fn new(setup: &Setup, link: &mut Link) -> Server {
        link.attach(HostId::Server, SERVER_ADDRESS);
        let mut host = Host::new(SERVER_ADDRESS, setup.seed ^ 0x7365_7276);
        let listeners = setup.listens.iter().map(|port| (*port, host.listen(*port))).collect();
        Server {
            host,
            config: Arc::new(setup.server.clone()),
            store: Store::new(&setup.accounts, setup.seed ^ 0x7569_646c),
            entropy: oorandom::Rand64::new(u128::from(setup.seed ^ 0x6170_6f70)),
            listeners,
            ends: BTreeMap::new(),
        }
    }

    /// The mailboxes as a scene shows them at the beginning.
    pub(super) fn mailboxes(&self) -> BTreeMap<String, Rc<Mailbox>> {
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

    pub(super) fn deliver(&mut self, name: String, message: &[u8], log: &mut Recorder) {
        let message = Message::new(message);
        match self.store.deliver(&name, message.clone()) {
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

    pub(super) fn set_fault(&mut self, fault: Option<Fault>) {
        self.store.fault = fault;
    }

    /// When the next session has been idle for too long.
    pub(super) fn next_timeout(&self) -> Option<(Instant, ConnectionId)> {
        let timeouts = self.ends.iter().filter_map(|(id, end)| Some((end.session.as_ref()?.timeout()?, *id)));
        timeouts.min()
    }

    pub(super) fn session_timer(&mut self, id: ConnectionId, log: &mut Recorder) {
        if let Some(session) = self.ends.get_mut(&id).and_then(|end| end.session.as_mut()) {
            session.handle_timeout(&mut self.store, log.now);
        }
    }

    /// Accepts connections and lets the sessions read and write. True if anything was done.
    pub(super) fn pump(&mut self, clients: &Clients, log: &mut Recorder) -> bool {
        let mut busy = self.accept(clients);
        let mut gone = Vec::new();
        for (id, end) in &mut self.ends {
            busy |= end.sample(*id, &self.host, log);
            if end.session.is_none() && matches!(end.seen, TcpState::Established | TcpState::CloseWait) {
                let entropy = self.entropy.rand_u64();
                end.session = Some(Session::new(Arc::clone(&self.config), entropy, log.now));
                log.push(Some(*id), Event::SessionBegan);
            }
            while end.pump(*id, &mut self.host, &mut self.store, log) {
                busy = true;
            }
            busy |= end.sample(*id, &self.host, log);
            // A socket whose SYN was answered by RST listens again; another one does that already.
            let unused = end.seen == TcpState::Listen;
            if unused || end.seen == TcpState::Closed && self.host.is_silent(end.socket) {
                self.host.remove(end.socket);
                gone.push(*id);
            }
        }
        gone.iter().for_each(|id| _ = self.ends.remove(id));
        busy
    }

    fn accept(&mut self, clients: &Clients) -> bool {
        let mut busy = false;
        for (port, listener) in &mut self.listeners {
            if self.host.state(*listener) == TcpState::Listen {
                continue;
            }
            let (next, socket) = self.host.accept(*listener, *port);
            *listener = next;
            match self.host.peer(socket).and_then(|peer| clients.of_peer(peer)) {
                Some(id) => _ = self.ends.insert(id, End::new(socket)),
                // The client has gone to another network since it sent its SYN.
                None => self.host.remove(socket),
            }
            busy = true;
        }
        busy
    }
}

impl End {
    fn new(socket: SocketHandle) -> End {
        End {
            socket,
            seen: TcpState::Listen,
            session: None,
            inbox: Vec::new(),
            outbox: Vec::new(),
            closing: false,
            heard_end: false,
        }
    }

    /// One round of reading, working and writing. True if anything was done.
    fn pump(&mut self, id: ConnectionId, host: &mut Host, store: &mut Store, log: &mut Recorder) -> bool {
        let Some(session) = &mut self.session else { return false };
        let mut busy = false;
        if self.inbox.is_empty() {
            self.inbox = host.read(self.socket, READ);
            if !self.inbox.is_empty() {
                let octets = self.inbox.as_slice().into();
                log.push(Some(id), Event::Received { side: Side::Server, octets });
                busy = true;
            }
        }
        let taken = session.receive(&self.inbox);
        self.inbox.drain(..taken);
        busy |= taken > 0;
        if self.inbox.is_empty() && !self.heard_end && host.is_at_end(self.socket) {
            self.heard_end = true;
            session.input_ended();
            busy = true;
        }
        // The connection is over for the session when its FIN is acknowledged, or nothing is left.
        let over = matches!(self.seen, TcpState::FinWait2 | TcpState::TimeWait | TcpState::Closed);
        if over {
            session.disconnected(store);
            self.outbox.clear();
        }
        while self.outbox.is_empty() {
            let Some(output) = session.poll(store, log.now) else { break };
            busy = true;
            let event = match output {
                Output::Transmit(octets) => {
                    self.outbox = octets;
                    continue;
                }
                Output::Close => {
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
        if !self.outbox.is_empty() {
            let taken = host.write(self.socket, &self.outbox);
            self.outbox.drain(..taken);
            busy |= taken > 0;
        }
        if self.closing && self.outbox.is_empty() {
            self.closing = false;
            host.close(self.socket);
            busy = true;
        }
        busy
    }

    /// Notes where TCP stands. True if it has moved.
    fn sample(&mut self, id: ConnectionId, host: &Host, log: &mut Recorder) -> bool {
        let state = host.state(self.socket);
        let from = std::mem::replace(&mut self.seen, state);
        if from != state {
            log.push(Some(id), Event::TcpChanged { side: Side::Server, from, to: state });
        }
        from != state
    }
}

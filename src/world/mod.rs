//! A server, its clients and the link between them, as one discrete-event simulation. The clock jumps
//! from event to event; a person acts by an [`Action`]; all that happens goes into the [`Trace`].
//!
//! ```text
//!   apply(Action) ─▶ journal            next event: a frame arrives · a timer fires · waiting is over
//!        │                                   │
//!        └──────────────▶ step ◀─────────────┘──▶ Trace
//! ```
//!
//! Same [`Setup`] and same journal, same trace.

mod certificates;
mod clients;
pub mod comparison;
mod minutes;
mod opening;
mod program;
pub mod recorded;
pub mod samples;
mod server;
pub mod setup;
mod transport;

pub use recorded::{Drawn, Recorded};
pub use setup::{ADDRESS, Action, Entry, Setup, TOKEN, Target};

use crate::net::{FrameId, HostId, Link};
use crate::policy::Policy;
use crate::sasl::Credentials;
use crate::time::Instant;
use crate::trace::{ConnectionId, Event, Note, Scene, Side, Trace};
use certificates::Certificates;
use clients::Clients;
use server::Server;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Records after which a world that does not come to rest by itself is stopped. A download of 10 MB makes
/// less than half as many.
const RECORD_CAP: usize = 500_000;

/// A running world.
pub struct World {
    setup: Setup,
    journal: Vec<Entry>,
    link: Link,
    server: Server,
    clients: Clients,
    /// What both ends want of TLS in the connections that are made now.
    policy: Policy,
    /// The certificates of this world, shared with the connections in it.
    certificates: Rc<Certificates>,
    /// Until when a person lets time pass.
    passing: Option<Instant>,
    /// How many records there were when a person last did something.
    acted: usize,
    /// What that led to was too much, and was stopped.
    stopped: bool,
    log: Recorder,
}

/// The trace under way: the clock, and what led to what happens now.
pub(crate) struct Recorder {
    now: Instant,
    /// Seconds from 1970 to the beginning of virtual time.
    date: i64,
    /// By how many seconds the clients' clocks are wrong.
    clients_clock: i64,
    cause: Option<u32>,
    trace: Trace,
    /// The record of each frame that was sent, by its number.
    sent: Vec<u32>,
}

impl Recorder {
    pub(crate) fn push(&mut self, connection: Option<ConnectionId>, event: Event) -> u32 {
        self.trace.push(self.now, connection, self.cause, event)
    }

    /// What the clock of an end's computer says: seconds since 1970.
    pub(crate) fn clock(&self, side: Side) -> u64 {
        let error = if side == Side::Client { self.clients_clock } else { 0 };
        u64::try_from(self.today() + error).unwrap_or(0)
    }

    /// The right time: seconds since 1970.
    pub(crate) fn today(&self) -> i64 {
        self.date + (self.now.as_micros() / 1_000_000) as i64
    }

    pub(crate) fn note(&mut self, connection: Option<ConnectionId>, note: Note) {
        self.push(connection, Event::Note(note));
    }
}

/// What a connection is made on.
struct Terms {
    policy: Policy,
    certificates: Rc<Certificates>,
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Arrival,
    TcpTimer(HostId),
    SessionTimer(ConnectionId),
    PassingEnds,
}

impl World {
    /// A world at rest at the beginning of virtual time.
    pub fn new(setup: Setup) -> World {
        let certificates = Rc::new(Certificates::new(setup.seed, &setup.server.host, setup.date));
        let mut link = Link::new(setup.link, setup.seed ^ 0x6c69_6e6b);
        let server = Server::new(&setup, &mut link);
        let scene = Scene {
            mailboxes: server.mailboxes(),
            link: setup.link,
            policy: setup.policy,
            seed: setup.seed,
            ..Scene::default()
        };
        World {
            clients: Clients::new(&setup),
            policy: setup.policy,
            log: Recorder {
                now: Instant::ZERO,
                date: setup.date,
                clients_clock: certificates::clock_error(setup.policy),
                cause: None,
                trace: Trace::new(scene),
                sent: Vec::new(),
            },
            certificates,
            setup,
            journal: Vec::new(),
            link,
            server,
            passing: None,
            acted: 0,
            stopped: false,
        }
    }

    /// The world as it was after the actions of `journal`, each at its moment, and all that followed
    /// from them by `until`.
    pub fn replay(setup: Setup, journal: &[Entry], until: Instant) -> World {
        let mut world = World::new(setup);
        for entry in journal {
            world.run_until(entry.at);
            world.apply(entry.action.clone());
        }
        world.run_until(until);
        world
    }

    /// A world that goes on from an earlier position of this one's trace; what came after it never
    /// happened. All that belongs to the same moment and the same action as that position is kept.
    pub fn fork(&self, position: usize) -> World {
        let before = &self.trace().records()[..position];
        let acted = before.iter().rev().find_map(|record| match record.event {
            Event::Acted(index) => Some(index as usize + 1),
            _ => None,
        });
        let journal = &self.journal[..acted.unwrap_or(0)];
        World::replay(self.setup.clone(), journal, self.trace().time(position))
    }

    /// Makes the certificates that are otherwise made when somebody first needs them.
    pub fn prepare(&self) {
        self.certificates.with(self.policy.fault);
        self.certificates.client(self.policy, vec![]);
    }

    /// One handshake of a client and a server of this world, with no network between them: what a bench holds a
    /// whole connection against. True if both ends come to TLS.
    pub fn bare_handshake(&self) -> bool {
        self.certificates.bare_handshake(self.policy)
    }

    /// How it was set up.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What a person has done, in order.
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// All that has happened.
    pub fn trace(&self) -> &Trace {
        &self.log.trace
    }

    /// What the server keeps of each account, by name: what an administrator sees in a list, and a thief.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &Credentials)> {
        self.server.kept()
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        self.log.now
    }

    /// Does what a person wants, now. What follows from it happens by [`World::step`].
    pub fn apply(&mut self, action: Action) {
        // What is due at this very moment comes first, as it does in a replay.
        self.run_until(self.now());
        self.log.cause = None;
        self.acted = self.trace().len();
        self.stopped = false;
        let index = self.journal.len() as u32;
        self.log.cause = Some(self.log.push(None, Event::Acted(index)));
        self.journal.push(Entry { at: self.now(), action: action.clone() });
        match action {
            Action::Connect { client, to, port } => {
                let terms = Terms { policy: self.policy, certificates: Rc::clone(&self.certificates) };
                self.clients.connect(client, (to, port), terms, &mut self.link, &mut self.log);
                self.settle(HostId::Client(client));
            }
            Action::Send { connection, octets } => self.on_connection(connection, |clients, log| {
                clients.send(connection, &octets, log);
            }),
            Action::Disconnect { connection } => self.on_connection(connection, |clients, log| {
                clients.disconnect(connection, log);
            }),
            Action::DropLine { connection } => self.on_connection(connection, |clients, log| {
                clients.drop_line(connection, log);
            }),
            Action::CutCable { client } => {
                self.clients.cut_cable(client, &mut self.link, &mut self.log);
            }
            Action::LetTimePass { micros } => {
                self.log.note(None, Note::TimePasses { micros });
                self.passing = Some(self.now() + Duration::from_micros(micros));
            }
            Action::TrustAnyway { client, certificate } => {
                self.clients.trust_anyway(client, certificate, &mut self.log);
            }
            Action::Deliver { mailbox, message, uid } => {
                self.server.deliver(mailbox, &message, uid, &mut self.log);
            }
            Action::Lose { mailbox, uid } => self.server.lose(mailbox, uid, &mut self.log),
            Action::Break { fault } => self.server.set_fault(fault),
            Action::ChangeLink { link } => {
                self.link.configure(link);
                self.log.note(None, Note::LinkChanged(link));
            }
            Action::ChangePolicy { policy } => {
                self.policy = policy;
                self.log.clients_clock = certificates::clock_error(policy);
                self.server.change_policy(policy);
                self.log.note(None, Note::PolicyChanged(policy));
            }
        }
    }

    /// Applies an action and runs until the world is at rest.
    pub fn act(&mut self, action: Action) {
        self.apply(action);
        self.run_until_quiet();
    }

    /// Whether a client's mail program could send its next line: it is connected and greeted, TLS is up if it wants
    /// TLS, and whatever it sent has been answered.
    pub fn is_idle(&self, client: u8) -> bool {
        self.clients.is_idle(client)
    }

    /// When something happens next by itself; none when the world is at rest.
    pub fn next_event(&mut self) -> Option<Instant> {
        self.next().map(|(at, _)| at)
    }

    /// Lets the next thing happen. False when the world is at rest, or was stopped because it does not
    /// come to rest, which it then says.
    pub fn step(&mut self) -> bool {
        if self.trace().len() - self.acted > RECORD_CAP {
            if !std::mem::replace(&mut self.stopped, true) {
                self.log.note(None, Note::TooManySteps);
            }
            return false;
        }
        let Some((at, next)) = self.next() else { return false };
        self.log.now = at;
        match next {
            Next::Arrival => self.arrive(),
            Next::TcpTimer(host) => {
                self.log.cause = Some(self.log.push(None, Event::TimerFired(host)));
                self.settle(host);
            }
            Next::SessionTimer(connection) => {
                self.log.cause = Some(self.log.push(Some(connection), Event::TimerFired(HostId::Server)));
                self.server.session_timer(connection, &mut self.log);
                self.settle(HostId::Server);
            }
            Next::PassingEnds => self.passing = None,
        }
        true
    }

    /// Runs to a moment, what is due at that moment included; the clock stands there afterwards.
    pub fn run_until(&mut self, until: Instant) {
        while self.next().is_some_and(|(at, _)| at <= until) && self.step() {}
        self.log.now = self.log.now.max(until);
    }

    /// Runs until nothing more happens by itself.
    pub fn run_until_quiet(&mut self) {
        while self.step() {}
    }

    fn next(&mut self) -> Option<(Instant, Next)> {
        let now = self.now();
        let resting = self.passing.is_some();
        let arrival = self.link.next_arrival().map(|at| (at, Next::Arrival));
        let server = self.server.host.next_timer(now, resting).map(|at| (at, Next::TcpTimer(HostId::Server)));
        let clients = self.clients.next_timer(now, resting).map(|(at, host)| (at, Next::TcpTimer(host)));
        // Somebody waits for an answer that is held back: that is no rest.
        let owed = self.server.next_owed().map(|(at, id)| (at.max(now), Next::SessionTimer(id)));
        let running = [arrival, server, clients, owed].into_iter().flatten().min();
        let Some(end) = self.passing else { return running };
        // While time is let pass, the timers that otherwise rest count as well.
        let session = self.server.next_timeout().map(|(at, id)| (at.max(now), Next::SessionTimer(id)));
        running.into_iter().chain(session).chain([(end, Next::PassingEnds)]).min()
    }

    fn arrive(&mut self) {
        let Some(arrival) = self.link.receive(self.log.now) else { return };
        let sent = self.log.sent[arrival.frame.0 as usize];
        self.log.cause = Some(sent);
        let event = Event::FrameArrived { frame: arrival.frame, to: arrival.to };
        self.log.cause = Some(self.log.push(None, event));
        let now = self.log.now;
        match arrival.to {
            HostId::Server => self.server.host.receive(now, &arrival.octets),
            HostId::Client(client) => self.clients.receive(client, now, &arrival.octets),
        }
        self.settle(arrival.to);
    }

    fn on_connection(&mut self, id: ConnectionId, act: impl FnOnce(&mut Clients, &mut Recorder)) {
        act(&mut self.clients, &mut self.log);
        if let Some(client) = self.clients.client_of(id) {
            self.settle(HostId::Client(client));
        }
    }

    /// Lets the programs on a host read and write, and its stack send, until nothing changes any more.
    fn settle(&mut self, host: HostId) {
        loop {
            let busy = self.pump(host);
            let frames = match host {
                HostId::Server => self.server.host.transmit(self.log.now),
                HostId::Client(client) => self.clients.transmit(client, self.log.now),
            };
            // The stack may have moved without a frame, as it does at the end of TIME-WAIT.
            if frames.is_empty() && !busy && !self.pump(host) {
                return;
            }
            for frame in frames {
                self.send(host, frame.into());
            }
        }
    }

    /// Lets the programs on a host read and write. True if anything was done.
    fn pump(&mut self, host: HostId) -> bool {
        match host {
            HostId::Server => self.server.pump(&self.clients, &self.certificates, &mut self.log),
            HostId::Client(client) => self.clients.pump(client, &mut self.log),
        }
    }

    fn send(&mut self, from: HostId, octets: Arc<[u8]>) {
        let (frame, fate): (FrameId, _) = self.link.send(self.log.now, from, Arc::clone(&octets));
        debug_assert_eq!(frame.0 as usize, self.log.sent.len());
        let record = self.log.push(None, Event::FrameSent { frame, from, octets, fate });
        self.log.sent.push(record);
    }
}

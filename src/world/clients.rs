//! The clients' hosts and the mail programs on them.

use super::Recorder;
use super::setup::Target;
use crate::net::{Host, HostId, Link, NOBODY_ADDRESS, SERVER_ADDRESS, SocketHandle, TcpState, link};
use crate::pop3::{Client, ClientEvent};
use crate::time::Instant;
use crate::trace::{ConnectionId, Event, Note, Side};
use std::collections::BTreeMap;

/// The first port of the dynamic range (RFC 6335 section 6): clients' ports count up from here.
const FIRST_PORT: u16 = 49_152;

/// All clients of a world.
pub(super) struct Clients {
    seed: u64,
    hosts: BTreeMap<u8, ClientHost>,
    connections: BTreeMap<ConnectionId, Connection>,
    attempts: u32,
}

struct ClientHost {
    host: Host,
    address: [u8; 4],
    ports: u16,
}

/// A connection as the client's program has it.
struct Connection {
    client: u8,
    port: u16,
    /// The client's address at the time.
    address: [u8; 4],
    socket: SocketHandle,
    seen: TcpState,
    reader: Client,
    /// What was typed before the connection was up.
    unsent: Vec<u8>,
    connected: bool,
    /// The program has closed its side, or knows that there is nothing left to close.
    ended: bool,
}

impl Clients {
    pub(super) fn new(seed: u64) -> Clients {
        Clients { seed, hosts: BTreeMap::new(), connections: BTreeMap::new(), attempts: 0 }
    }

    pub(super) fn connect(&mut self, client: u8, to: Target, port: u16, link: &mut Link, log: &mut Recorder) {
        let id = ConnectionId(self.attempts);
        self.attempts += 1;
        if link.is_cut(HostId::Client(client)) {
            // The laptop wakes up elsewhere: another network, another address, all sockets gone.
            self.hosts.remove(&client);
            self.connections.retain(|_, connection| connection.client != client);
            log.note(Some(id), Note::NewNetwork);
        }
        let moves = self.attempts as u64;
        let seed = self.seed;
        let host = self.hosts.entry(client).or_insert_with(|| {
            // 192.0.2.10 and up; each client has ten, for when it moves.
            let address = (0..10)
                .map(|moved| [192, 0, 2, 10 + (client % 9) * 10 + moved])
                .find(|address| !link.was_given(*address))
                .unwrap_or([192, 0, 2, 19 + (client % 9) * 10]);
            link.attach(HostId::Client(client), address);
            let seed = seed ^ (u64::from(client) << 32) ^ (moves << 40) ^ 0x636c_6e74;
            ClientHost { host: Host::new(address, seed), address, ports: 0 }
        });
        let from = FIRST_PORT + host.ports % (u16::MAX - FIRST_PORT);
        host.ports += 1;
        let address = match to {
            Target::Server => SERVER_ADDRESS,
            Target::Nobody => NOBODY_ADDRESS,
        };
        log.push(Some(id), Event::Opened { client, port: from, to: (address, port) });
        log.note(Some(id), Note::Connecting { port });
        let connection = Connection {
            client,
            port: from,
            address: host.address,
            socket: host.host.connect((address, port), from),
            seen: TcpState::Closed,
            reader: Client::default(),
            unsent: Vec::new(),
            connected: false,
            ended: false,
        };
        self.connections.insert(id, connection);
    }

    pub(super) fn send(&mut self, id: ConnectionId, octets: &[u8], log: &mut Recorder) {
        let Some(connection) = self.connections.get_mut(&id).filter(|connection| !connection.ended) else {
            return log.note(Some(id), Note::NotConnected);
        };
        for (command, line) in connection.reader.send(octets) {
            log.push(Some(id), Event::ClientLine { octets: line.into(), command, secure: false });
        }
        connection.unsent.extend_from_slice(octets);
    }

    pub(super) fn disconnect(&mut self, id: ConnectionId, log: &mut Recorder) {
        self.end(id, log, Note::ClientClosed, Host::close);
    }

    pub(super) fn drop_line(&mut self, id: ConnectionId, log: &mut Recorder) {
        self.end(id, log, Note::LineDropped, Host::abort);
    }

    fn end(&mut self, id: ConnectionId, log: &mut Recorder, note: Note, how: fn(&mut Host, SocketHandle)) {
        // A program that has closed its side goes on reading, and can die over it.
        let dies = note == Note::LineDropped;
        let open = |held: &&mut Connection| !held.ended || dies && held.is_half_closed();
        let Some(connection) = self.connections.get_mut(&id).filter(open) else {
            return log.note(Some(id), Note::NotConnected);
        };
        connection.ended = true;
        log.note(Some(id), note);
        if let Some(host) = self.hosts.get_mut(&connection.client) {
            how(&mut host.host, connection.socket);
        }
    }

    pub(super) fn cut_cable(&mut self, client: u8, link: &mut Link, log: &mut Recorder) {
        let Some(host) = self.hosts.get(&client) else { return };
        let latest = self.connections.iter().rev().find(|(_, connection)| connection.client == client);
        log.note(latest.map(|(id, _)| *id), Note::CableCut);
        let address = host.address;
        link.cut(HostId::Client(client), |packet| link::source(packet) == Some(address));
    }

    pub(super) fn receive(&mut self, client: u8, now: Instant, frame: &[u8]) {
        if let Some(host) = self.hosts.get_mut(&client) {
            host.host.receive(now, frame);
        }
    }

    pub(super) fn transmit(&mut self, client: u8, now: Instant) -> Vec<Vec<u8>> {
        self.hosts.get_mut(&client).map_or(vec![], |host| host.host.transmit(now))
    }

    pub(super) fn next_timer(&mut self, now: Instant, resting: bool) -> Option<(Instant, HostId)> {
        let timers = self.hosts.iter_mut().filter_map(|(client, host)| {
            host.host.next_timer(now, resting).map(|at| (at, HostId::Client(*client)))
        });
        timers.min()
    }

    pub(super) fn client_of(&self, id: ConnectionId) -> Option<u8> {
        self.connections.get(&id).map(|connection| connection.client)
    }

    /// The connection that comes from this address and port: what the server's end is named after.
    pub(super) fn of_peer(&self, peer: ([u8; 4], u16)) -> Option<ConnectionId> {
        let same = |connection: &Connection| (connection.address, connection.port) == peer;
        self.connections.iter().rev().find(|(_, connection)| same(connection)).map(|(id, _)| *id)
    }

    /// Lets the programs of one client read and write. True if anything was done.
    pub(super) fn pump(&mut self, client: u8, log: &mut Recorder) -> bool {
        let Some(ClientHost { host, .. }) = self.hosts.get_mut(&client) else { return false };
        let mut busy = false;
        let mut gone = Vec::new();
        for (id, connection) in self.connections.iter_mut().filter(|(_, held)| held.client == client) {
            busy |= connection.pump(*id, host, log);
            if connection.seen == TcpState::Closed && host.is_silent(connection.socket) {
                host.remove(connection.socket);
                gone.push(*id);
            }
        }
        gone.iter().for_each(|id| _ = self.connections.remove(id));
        busy
    }
}

impl Connection {
    /// Whether this side is closed and the server's is not.
    fn is_half_closed(&self) -> bool {
        matches!(self.seen, TcpState::FinWait1 | TcpState::FinWait2)
    }

    fn pump(&mut self, id: ConnectionId, host: &mut Host, log: &mut Recorder) -> bool {
        let mut busy = self.sample(id, host, log);
        if !self.connected && self.seen >= TcpState::Established {
            self.connected = true;
            log.note(Some(id), Note::Connected);
        }
        if self.connected && !self.unsent.is_empty() && !self.ended {
            let taken = host.write(self.socket, &self.unsent);
            self.unsent.drain(..taken);
            busy |= taken > 0;
        }
        let octets = host.read(self.socket, usize::MAX);
        if !octets.is_empty() {
            busy = true;
            log.push(Some(id), Event::Received { side: Side::Client, octets: octets.as_slice().into() });
            for event in self.reader.receive(&octets) {
                log.push(Some(id), shown(event));
            }
        }
        if !self.ended && host.is_at_end(self.socket) {
            // The server has said all it will say: a mail program closes as well.
            self.ended = true;
            log.note(Some(id), Note::ServerClosed);
            host.close(self.socket);
            busy = true;
        }
        if !self.ended && self.seen == TcpState::Closed {
            self.ended = true;
            let note = match (self.connected, host.gave_up(self.socket)) {
                (false, true) => Note::Unreachable,
                (false, false) => Note::Refused,
                (true, true) => Note::GivenUp,
                (true, false) => Note::ServerReset,
            };
            log.note(Some(id), note);
        }
        busy | self.sample(id, host, log)
    }

    /// Notes where TCP stands. True if it has moved.
    fn sample(&mut self, id: ConnectionId, host: &Host, log: &mut Recorder) -> bool {
        let state = host.state(self.socket);
        let from = std::mem::replace(&mut self.seen, state);
        if from != state {
            log.push(Some(id), Event::TcpChanged { side: Side::Client, from, to: state });
        }
        from != state
    }
}

fn shown(event: ClientEvent) -> Event {
    match event {
        ClientEvent::Line { octets, role, answers } => {
            Event::ServerLine { octets: octets.into(), role, answers, secure: false }
        }
        ClientEvent::Downloaded { number, uid, octets } => {
            Event::Downloaded { number, uid, octets: octets.into() }
        }
    }
}

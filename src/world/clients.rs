//! The clients' hosts and the mail programs on them.

use super::program::{Connection, Trusted, Way};
use super::recorded::Drawn;
use super::setup::{Setup, Target};
use super::transport::Transport;
use super::{Recorder, Terms};
use crate::net::{Host, HostId, Link, NOBODY_ADDRESS, SERVER_ADDRESS, TcpState, link};
use crate::sorted::Map;
use crate::time::Instant;
use crate::trace::{ConnectionId, Event, Note, Side};
use std::rc::Rc;

/// The first port of the dynamic range (RFC 6335 section 6): clients' ports count up from here.
const FIRST_PORT: u16 = 49_152;

/// All clients of a world.
pub(super) struct Clients {
    seed: u64,
    /// What was drawn where their connections were recorded, by the connections' numbers.
    drawn: Rc<[Drawn]>,
    hosts: Map<u8, ClientHost>,
    connections: Map<ConnectionId, Connection>,
    /// The certificates that each client's person accepted although they could not be verified.
    exceptions: Map<u8, Vec<[u8; 32]>>,
    attempts: u32,
}

struct ClientHost {
    host: Host,
    address: [u8; 4],
    ports: u16,
}

impl Clients {
    pub(super) fn new(setup: &Setup) -> Clients {
        Clients {
            seed: setup.seed,
            drawn: Rc::clone(&setup.drawn),
            hosts: Map::new(),
            connections: Map::new(),
            exceptions: Map::new(),
            attempts: 0,
        }
    }

    pub(super) fn connect(
        &mut self,
        client: u8,
        (to, port): (Target, u16),
        terms: Terms,
        link: &mut Link,
        log: &mut Recorder,
    ) {
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
        let host = self.hosts.get_or_insert_with(client, || {
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
        let exceptions = self.exceptions.get(&client).cloned().unwrap_or_default();
        let socket = host.host.connect((address, port), from);
        let transport = Transport::new(id, Side::Client, socket, self.drawn.get(id.0 as usize));
        let way = Way { client, from: (host.address, from), to: address };
        let connection = Connection::new(way, transport, Trusted { terms, exceptions, seed });
        self.connections.insert(id, connection);
    }

    pub(super) fn send(&mut self, id: ConnectionId, octets: &[u8], log: &mut Recorder) {
        match self.connections.get_mut(&id).filter(|connection| !connection.ended) {
            Some(connection) => connection.send(id, octets, log),
            None => log.note(Some(id), Note::NotConnected),
        }
    }

    /// A person lets the program go on with a certificate, from the next connection on.
    pub(super) fn trust_anyway(&mut self, client: u8, certificate: [u8; 32], log: &mut Recorder) {
        self.exceptions.get_or_default(client).push(certificate);
        log.note(None, Note::TrustedAnyway);
    }

    pub(super) fn disconnect(&mut self, id: ConnectionId, log: &mut Recorder) {
        self.end(id, log, Note::ClientClosed);
    }

    pub(super) fn drop_line(&mut self, id: ConnectionId, log: &mut Recorder) {
        self.end(id, log, Note::LineDropped);
    }

    fn end(&mut self, id: ConnectionId, log: &mut Recorder, note: Note) {
        // A program that has closed its side goes on reading, and can die over it.
        let dies = note == Note::LineDropped;
        let open = |held: &&mut Connection| !held.ended || dies && held.is_half_closed();
        let Some(connection) = self.connections.get_mut(&id).filter(open) else {
            return log.note(Some(id), Note::NotConnected);
        };
        connection.ended = true;
        log.note(Some(id), note);
        let Some(ClientHost { host, .. }) = self.hosts.get_mut(&connection.client) else { return };
        if dies {
            connection.transport.disconnected(log);
            host.abort(connection.transport.socket);
        } else {
            connection.close(log);
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

    /// Whether the latest connection of a client is up and nothing is under way on it.
    pub(super) fn is_idle(&self, client: u8) -> bool {
        let mut own = self.connections.values().rev().filter(|connection| connection.client == client);
        own.next().is_some_and(Connection::is_idle)
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
            if connection.seen == TcpState::Closed && host.is_silent(connection.transport.socket) {
                host.remove(connection.transport.socket);
                gone.push(*id);
            }
        }
        gone.iter().for_each(|id| _ = self.connections.remove(id));
        busy
    }
}

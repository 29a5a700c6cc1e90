//! A host: an IPv4 address and a TCP/IP stack of its own (smoltcp), fed with frames and told the time.

use super::TcpState;
use crate::sorted::{Map, Set};
use crate::time::Instant;
use smoltcp::iface::{Config, Interface, PollResult, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, Ipv4Address, Ipv4Packet, TcpPacket};
use std::collections::VecDeque;
use std::time::Duration;

pub use smoltcp::iface::SocketHandle;

/// An address and a port.
pub type Peer = ([u8; 4], u16);

/// The most octets of an IP packet, as on Ethernet.
const MTU: usize = 1500;

/// Octets that a socket holds for each direction: what fits the window field without scaling.
const BUFFER: usize = 65_535;

/// How long a connection is attempted before the program is told that nobody answers.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// How long unacknowledged octets are sent again before the connection is given up.
const USER_TIMEOUT: Duration = Duration::from_secs(100);

/// One host on the link.
pub struct Host {
    interface: Interface,
    device: Queue,
    sockets: SocketSet<'static>,
    /// Sockets that were let go of. Their slots are used again, so that the set has no holes.
    free: Vec<SocketHandle>,
    /// Since when each socket has been waiting for the other end. smoltcp's own time-out would also
    /// end a connection that is merely idle.
    waiting: Map<SocketHandle, Instant>,
    /// Sockets that were reset because the other end did not answer.
    given_up: Set<SocketHandle>,
}

impl Host {
    /// A host with this address; `seed` decides its initial sequence numbers.
    pub fn new(address: [u8; 4], seed: u64) -> Host {
        let mut device = Queue::default();
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = seed;
        let mut interface = Interface::new(config, &mut device, smoltcp::time::Instant::ZERO);
        interface.update_ip_addrs(|addresses| {
            let cidr = IpCidr::new(ip(address), 24);
            addresses.push(cidr).expect("an interface holds at least one address");
        });
        Host {
            interface,
            device,
            sockets: SocketSet::new(vec![]),
            free: vec![],
            waiting: Map::new(),
            given_up: Set::new(),
        }
    }

    /// A socket that waits for a connection to `port`.
    pub fn listen(&mut self, port: u16) -> SocketHandle {
        self.add(listener(port))
    }

    /// Takes the connection that a listening socket has become. The socket that listens to `port` from
    /// then on is the first of the two, and the connection the second.
    ///
    /// smoltcp offers a segment to its sockets in the order of their handles, so a connection must come
    /// before the socket that listens: else a SYN that is sent again begins a second connection.
    pub fn accept(&mut self, listening: SocketHandle, port: u16) -> (SocketHandle, SocketHandle) {
        match self.free.pop() {
            Some(earlier) if earlier < listening => {
                let place = self.sockets.get_mut::<tcp::Socket>(listening);
                let connection = std::mem::replace(place, listener(port));
                *self.sockets.get_mut::<tcp::Socket>(earlier) = connection;
                if let Some(since) = self.waiting.remove(&listening) {
                    self.waiting.insert(earlier, since);
                }
                (listening, earlier)
            }
            Some(later) => {
                *self.sockets.get_mut::<tcp::Socket>(later) = listener(port);
                (later, listening)
            }
            None => (self.sockets.add(listener(port)), listening),
        }
    }

    /// A socket that connects to `peer` from `port`; SYN leaves with the next [`Host::transmit`].
    pub fn connect(&mut self, peer: Peer, port: u16) -> SocketHandle {
        let mut socket = socket();
        let remote = (ip(peer.0), peer.1);
        socket.connect(self.interface.context(), remote, port).expect("a fresh socket can connect");
        self.add(socket)
    }

    /// Hands a frame to the stack.
    pub fn receive(&mut self, now: Instant, frame: &[u8]) {
        self.device.inbound.push_back(frame.to_vec());
        while !self.device.inbound.is_empty() {
            self.interface.poll_ingress_single(stamp(now), &mut self.device, &mut self.sockets);
        }
        // Something was heard: whoever waits for this peer begins to count anew.
        let peer = peer_of(frame);
        for (handle, since) in self.waiting.iter_mut() {
            let endpoint = self.sockets.get::<tcp::Socket>(*handle).remote_endpoint();
            if endpoint.is_some_and(|endpoint| peer == Some((endpoint.addr, endpoint.port))) {
                *since = now;
            }
        }
    }

    /// Lets the stack act on the time and on what programs wrote, and takes the frames it sends.
    pub fn transmit(&mut self, now: Instant) -> Vec<Vec<u8>> {
        self.give_up(now);
        while self.interface.poll_egress(stamp(now), &mut self.device, &mut self.sockets) != PollResult::None
        {
        }
        for (handle, socket) in self.sockets.iter() {
            let smoltcp::socket::Socket::Tcp(socket) = socket;
            match limit(socket) {
                Some(_) => _ = self.waiting.get_or_insert_with(handle, || now),
                None => _ = self.waiting.remove(&handle),
            }
        }
        self.device.outbound.drain(..).collect()
    }

    /// When the stack next wants to act by itself. TIME-WAIT is a rest and counts only if `resting`.
    pub fn next_timer(&mut self, now: Instant, resting: bool) -> Option<Instant> {
        let mut aside = Vec::new();
        if !resting {
            // Taken out and put back in the same order, into the only empty slots there are.
            let at_rest = |handle: &SocketHandle| self.state(*handle) == TcpState::TimeWait;
            let handles: Vec<_> = self.sockets.iter().map(|(handle, _)| handle).filter(at_rest).collect();
            aside = handles.into_iter().map(|handle| (handle, self.sockets.remove(handle))).collect();
        }
        let stack = self.interface.poll_at(stamp(now), &self.sockets).map(|at| instant(at).max(now));
        for (handle, socket) in aside {
            let smoltcp::socket::Socket::Tcp(socket) = socket;
            let back = self.sockets.add(socket);
            assert_eq!(back, handle, "a socket comes back to the slot that it left");
        }
        let expiry = self.waiting.iter().filter_map(|(handle, since)| {
            limit(self.sockets.get::<tcp::Socket>(*handle)).map(|limit| *since + limit)
        });
        stack.into_iter().chain(expiry.min()).min()
    }

    /// Where a socket stands.
    pub fn state(&self, handle: SocketHandle) -> TcpState {
        self.sockets.get::<tcp::Socket>(handle).state().into()
    }

    /// The address and port at the other end, while there is one.
    pub fn peer(&self, handle: SocketHandle) -> Option<Peer> {
        let endpoint = self.sockets.get::<tcp::Socket>(handle).remote_endpoint()?;
        let IpAddress::Ipv4(address) = endpoint.addr;
        Some((address.octets(), endpoint.port))
    }

    /// Takes the octets that have arrived in order, at most `most` of them.
    pub fn read(&mut self, handle: SocketHandle, most: usize) -> Vec<u8> {
        let socket = self.sockets.get_mut::<tcp::Socket>(handle);
        let mut octets = vec![0; socket.recv_queue().min(most)];
        let count = if octets.is_empty() { 0 } else { socket.recv_slice(&mut octets).unwrap_or(0) };
        octets.truncate(count);
        octets
    }

    /// Writes octets to be sent and tells how many were taken.
    pub fn write(&mut self, handle: SocketHandle, octets: &[u8]) -> usize {
        let socket = self.sockets.get_mut::<tcp::Socket>(handle);
        if socket.can_send() { socket.send_slice(octets).unwrap_or(0) } else { 0 }
    }

    /// Whether the other end has closed its side and everything it sent was read.
    pub fn is_at_end(&self, handle: SocketHandle) -> bool {
        let socket = self.sockets.get::<tcp::Socket>(handle);
        let heard_fin = matches!(
            socket.state(),
            tcp::State::CloseWait | tcp::State::LastAck | tcp::State::Closing | tcp::State::TimeWait
        );
        heard_fin && socket.recv_queue() == 0
    }

    /// Whether the socket was reset because the other end did not answer for too long.
    pub fn gave_up(&self, handle: SocketHandle) -> bool {
        self.given_up.contains(&handle)
    }

    /// Whether a closed socket has nothing more to send, not even the RST of an abort.
    pub fn is_silent(&self, handle: SocketHandle) -> bool {
        let socket = self.sockets.get::<tcp::Socket>(handle);
        socket.state() == tcp::State::Closed && socket.remote_endpoint().is_none()
    }

    /// Closes this side in order: FIN, after what was written. What the other end still says is acknowledged
    /// at once from then on: an acknowledgement that waits would wait as long as TIME-WAIT rests.
    pub fn close(&mut self, handle: SocketHandle) {
        let socket = self.sockets.get_mut::<tcp::Socket>(handle);
        socket.set_ack_delay(None);
        socket.close();
    }

    /// Resets the connection: RST.
    pub fn abort(&mut self, handle: SocketHandle) {
        self.sockets.get_mut::<tcp::Socket>(handle).abort();
    }

    /// Forgets a socket.
    pub fn remove(&mut self, handle: SocketHandle) {
        self.waiting.remove(&handle);
        self.given_up.remove(&handle);
        *self.sockets.get_mut::<tcp::Socket>(handle) = socket();
        self.free.push(handle);
    }

    fn add(&mut self, socket: tcp::Socket<'static>) -> SocketHandle {
        match self.free.pop() {
            Some(handle) => {
                *self.sockets.get_mut::<tcp::Socket>(handle) = socket;
                handle
            }
            None => self.sockets.add(socket),
        }
    }

    /// Resets the connections for which nobody has answered for too long.
    fn give_up(&mut self, now: Instant) {
        for (handle, since) in self.waiting.iter() {
            let socket = self.sockets.get_mut::<tcp::Socket>(*handle);
            if limit(socket).is_some_and(|limit| *since + limit <= now) {
                socket.abort();
                self.given_up.insert(*handle);
            }
        }
    }
}

/// How long a socket in this state may wait for the other end; none if it waits for nothing.
fn limit(socket: &tcp::Socket<'_>) -> Option<Duration> {
    match socket.state() {
        tcp::State::SynSent | tcp::State::SynReceived => Some(CONNECT_TIMEOUT),
        tcp::State::FinWait1 | tcp::State::Closing | tcp::State::LastAck => Some(USER_TIMEOUT),
        tcp::State::Established | tcp::State::CloseWait if socket.send_queue() > 0 => Some(USER_TIMEOUT),
        _ => None,
    }
}

/// Who sent this packet: the source address and port of TCP over IPv4.
fn peer_of(packet: &[u8]) -> Option<(IpAddress, u16)> {
    let ip = Ipv4Packet::new_checked(packet).ok()?;
    let tcp = TcpPacket::new_checked(ip.payload()).ok()?;
    Some((IpAddress::Ipv4(ip.src_addr()), tcp.src_port()))
}

fn socket() -> tcp::Socket<'static> {
    let mut socket =
        tcp::Socket::new(tcp::SocketBuffer::new(vec![0; BUFFER]), tcp::SocketBuffer::new(vec![0; BUFFER]));
    // A command waits for no acknowledgement of the one before it.
    socket.set_nagle_enabled(false);
    socket
}

fn listener(port: u16) -> tcp::Socket<'static> {
    let mut socket = socket();
    socket.listen(port).expect("a fresh socket can listen on a port other than 0");
    socket
}

fn ip(address: [u8; 4]) -> IpAddress {
    IpAddress::Ipv4(Ipv4Address::from(address))
}

fn stamp(now: Instant) -> smoltcp::time::Instant {
    smoltcp::time::Instant::from_micros(i64::try_from(now.as_micros()).expect("virtual time is short"))
}

fn instant(stamp: smoltcp::time::Instant) -> Instant {
    Instant::from_micros(u64::try_from(stamp.total_micros()).unwrap_or(0))
}

/// The network card: frames wait in it.
#[derive(Default)]
struct Queue {
    inbound: VecDeque<Vec<u8>>,
    outbound: Vec<Vec<u8>>,
}

struct Receive(Vec<u8>);

struct Transmit<'a>(&'a mut Vec<Vec<u8>>);

impl Device for Queue {
    type RxToken<'a> = Receive;
    type TxToken<'a> = Transmit<'a>;

    fn receive(&mut self, _: smoltcp::time::Instant) -> Option<(Receive, Transmit<'_>)> {
        let frame = self.inbound.pop_front()?;
        Some((Receive(frame), Transmit(&mut self.outbound)))
    }

    fn transmit(&mut self, _: smoltcp::time::Instant) -> Option<Transmit<'_>> {
        Some(Transmit(&mut self.outbound))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = MTU;
        capabilities
    }
}

impl RxToken for Receive {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}

impl TxToken for Transmit<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, f: F) -> R {
        let mut frame = vec![0; length];
        let result = f(&mut frame);
        self.0.push(frame);
        result
    }
}

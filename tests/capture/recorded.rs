//! Sessions over TLS that other programs have had, as traces: proof that a file with its keys inside
//! opens decrypted.

use pop3lab::net::{Fate, FrameId, HostId, SERVER_ADDRESS};
use pop3lab::pop3::LineRole;
use pop3lab::time::Instant;
use pop3lab::trace::{ConnectionId, Event, Scene, Trace};
use smoltcp::phy::ChecksumCapabilities;
use smoltcp::wire::{IpProtocol, Ipv4Packet, Ipv4Repr, TcpControl, TcpPacket, TcpRepr, TcpSeqNumber};

/// A trace and the keys to it.
pub struct Recorded {
    pub name: &'static str,
    pub trace: Trace,
    pub keys: String,
}

/// All of them.
pub fn all() -> Vec<Recorded> {
    let files = [("tls-1.3", include_str!("tls-1.3.txt")), ("stls-1.2", include_str!("stls-1.2.txt"))];
    files.into_iter().map(|(name, text)| recorded(name, text)).collect()
}

const CLIENT: ([u8; 4], u16) = ([192, 0, 2, 10], 49_152);
const HERE: Option<ConnectionId> = Some(ConnectionId(0));

fn recorded(name: &'static str, text: &str) -> Recorded {
    let mut keys = String::new();
    let mut wire = Wire { trace: Trace::new(Scene::default()), port: 0, next: [1000, 2000], commands: 0 };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (kind, rest) = line.split_once(' ').expect("a letter and what it stands for");
        match kind {
            "P" => wire.open(rest.parse().expect("a port")),
            "K" => keys.push_str(&format!("{rest}\n")),
            "C" => wire.data(HostId::Client(0), &octets(rest)),
            "S" => wire.data(HostId::Server, &octets(rest)),
            _ => wire.line(kind.starts_with('c'), kind.ends_with('*'), rest),
        }
    }
    Recorded { name, trace: wire.trace, keys }
}

fn octets(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("hexadecimal"));
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect()
}

struct Wire {
    trace: Trace,
    port: u16,
    /// The next sequence number of the client and of the server.
    next: [i32; 2],
    commands: u32,
}

impl Wire {
    fn push(&mut self, event: Event) {
        let at = Instant::from_micros(self.trace.len() as u64 * 1000);
        self.trace.push(at, HERE, None, event);
    }

    fn open(&mut self, port: u16) {
        self.port = port;
        self.push(Event::Opened { client: 0, port: CLIENT.1, to: (SERVER_ADDRESS, port) });
        self.frame(HostId::Client(0), TcpControl::Syn, &[]);
        self.frame(HostId::Server, TcpControl::Syn, &[]);
        self.frame(HostId::Client(0), TcpControl::None, &[]);
    }

    fn data(&mut self, from: HostId, octets: &[u8]) {
        for segment in octets.chunks(1460) {
            self.frame(from, TcpControl::Psh, segment);
        }
    }

    fn frame(&mut self, from: HostId, control: TcpControl, payload: &[u8]) {
        let (mine, ends) = match from {
            HostId::Client(_) => (0, [CLIENT, (SERVER_ADDRESS, self.port)]),
            HostId::Server => (1, [(SERVER_ADDRESS, self.port), CLIENT]),
        };
        let [source, destination] = ends.map(|(address, _)| address.into());
        let first = from != HostId::Server && control == TcpControl::Syn;
        let tcp = TcpRepr {
            src_port: ends[0].1,
            dst_port: ends[1].1,
            control,
            seq_number: TcpSeqNumber(self.next[mine]),
            ack_number: (!first).then_some(TcpSeqNumber(self.next[1 - mine])),
            window_len: u16::MAX,
            window_scale: None,
            max_seg_size: None,
            sack_permitted: false,
            sack_ranges: [None; 3],
            timestamp: None,
            payload,
        };
        self.next[mine] += (payload.len() + control.len()) as i32;
        let ip = Ipv4Repr {
            src_addr: source,
            dst_addr: destination,
            next_header: IpProtocol::Tcp,
            payload_len: tcp.buffer_len(),
            hop_limit: 64,
        };
        let mut octets = vec![0; ip.buffer_len() + tcp.buffer_len()];
        let mut packet = Ipv4Packet::new_unchecked(&mut octets);
        ip.emit(&mut packet, &ChecksumCapabilities::default());
        let mut segment = TcpPacket::new_unchecked(packet.payload_mut());
        tcp.emit(&mut segment, &source.into(), &destination.into(), &ChecksumCapabilities::default());
        let fate = Fate::Arrives(Instant::from_micros(u64::MAX));
        let frame = FrameId(self.trace.frames(self.trace.len()).len() as u32);
        self.push(Event::FrameSent { frame, from, octets: octets.into(), fate });
    }

    fn line(&mut self, of_client: bool, secure: bool, text: &str) {
        let octets = text.as_bytes().into();
        let event = match of_client {
            true => Event::ClientLine { octets, command: self.commands, secure },
            false => {
                let role = if self.commands == 0 { LineRole::Greeting } else { LineRole::Status };
                Event::ServerLine { octets, role, answers: self.commands.checked_sub(1), secure }
            }
        };
        self.commands += u32::from(of_client);
        self.push(event);
    }
}

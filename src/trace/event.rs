//! The kinds of things that happen, with their data.

use super::Presented;
use crate::mail::{self, Uid};
use crate::net::{Fate, FrameId, HostId, LinkConfig, TcpState};
use crate::pki::Verdict;
use crate::policy::Policy;
use crate::pop3::{Cause, Effect, Judgement, LineRole, LogLine, Phase};
use crate::time::Instant;
use crate::tls::{Agreed, ContentType, Failure, Message, Record, TlsEvent, TlsState};
use serde::{Deserialize, Serialize, Serializer};
use std::rc::Rc;
use std::sync::Arc;

/// Counts the connections that clients of a world have attempted, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConnectionId(pub u32);

/// An end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The mail program.
    Client,
    /// The mail server.
    Server,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub enum Event {
    /// A person did something: the entry of the journal with this index.
    Acted(u32),
    /// A client began to connect.
    Opened {
        /// Which client.
        client: u8,
        /// Its port.
        port: u16,
        /// The address and port it connects to.
        to: ([u8; 4], u16),
    },
    /// A host sent a frame.
    FrameSent {
        /// Which frame.
        frame: FrameId,
        /// Whose.
        from: HostId,
        /// An IPv4 packet.
        #[serde(serialize_with = "serialize_octets")]
        octets: Arc<[u8]>,
        /// What becomes of it.
        fate: Fate,
    },
    /// A frame arrived.
    FrameArrived {
        /// Which frame.
        frame: FrameId,
        /// Where.
        to: HostId,
    },
    /// A timer of a host's TCP or of a session fired.
    TimerFired(HostId),
    /// One end's TCP moved.
    TcpChanged {
        /// Which end.
        side: Side,
        /// The state that was left.
        from: TcpState,
        /// The state that was entered.
        to: TcpState,
    },
    /// TCP handed octets to the program at this end, in order.
    Received {
        /// Which end.
        side: Side,
        /// The octets of the stream.
        #[serde(serialize_with = "serialize_octets")]
        octets: Arc<[u8]>,
    },
    /// The server's end is connected: a session begins, in AUTHORIZATION.
    SessionBegan,
    /// The server read a line and judged it.
    Judged(Judgement),
    /// The session moved.
    PhaseChanged {
        /// The phase that was left.
        from: Phase,
        /// The phase that was entered.
        to: Phase,
        /// Why.
        cause: Cause,
    },
    /// Something happened to a mailbox.
    Mailbox(Effect),
    /// New mail was put into a mailbox.
    Delivered {
        /// The mailbox.
        name: String,
        /// The unique-id it was given.
        uid: Uid,
        /// The message.
        #[serde(serialize_with = "serialize_message")]
        message: mail::Message,
    },
    /// The storage lost a message, outside of the protocol.
    Lost {
        /// The mailbox.
        name: String,
        /// The message's unique-id.
        uid: Uid,
    },
    /// The client has fetched a message.
    Downloaded {
        /// The number under which it was fetched.
        number: u32,
        /// Its unique-id, where the client knows it.
        uid: Option<String>,
        /// The message as the client has it.
        #[serde(serialize_with = "serialize_octets")]
        octets: Arc<[u8]>,
    },
    /// The server wrote a line into its log.
    Log(LogLine),
    /// A row of the terminal: a line that the client sent.
    ClientLine {
        /// Without its line end.
        #[serde(serialize_with = "serialize_octets")]
        octets: Arc<[u8]>,
        /// Its number on this connection, from 0.
        command: u32,
        /// Whether it crosses the wire encrypted.
        secure: bool,
    },
    /// A row of the terminal: a line that the client received.
    ServerLine {
        /// Without its line end.
        #[serde(serialize_with = "serialize_octets")]
        octets: Arc<[u8]>,
        /// What it is to the client.
        role: LineRole,
        /// Which of the client's lines it answers.
        answers: Option<u32>,
        /// Whether it crossed the wire encrypted.
        secure: bool,
    },
    /// A row of the terminal: what happened to the connection, or around it.
    Note(Note),
    /// One end's TLS moved.
    TlsChanged {
        /// Which end.
        side: Side,
        /// The state that was left.
        from: TlsState,
        /// The state that was entered.
        to: TlsState,
        /// Why.
        on: TlsEvent,
    },
    /// One end handed a TLS record to its TCP.
    RecordSent {
        /// Which end.
        side: Side,
        /// The record.
        sealed: Rc<Sealed>,
    },
    /// The mail program has looked at the certificates that the server showed.
    Presented(Rc<Presented>),
    /// TLS is up at one end.
    TlsEstablished {
        /// Which end.
        side: Side,
        /// What both ends agreed on.
        agreed: Rc<Agreed>,
    },
    /// TLS did not come about at one end, or broke.
    TlsFailed {
        /// Which end.
        side: Side,
        /// Why.
        failure: Failure,
    },
    /// A secret of TLS, as a line of a key log: who has it can read what is sealed with it.
    KeyLogged(String),
    /// One end speaks TLS from the next octet on.
    TlsBegan {
        /// Which end.
        side: Side,
    },
    /// The server threw away what had come in the clear behind STLS.
    Discarded {
        /// How much of it.
        octets: u32,
    },
}

/// What the terminal tells beside the lines of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Note {
    /// The client began to connect to this port.
    Connecting {
        /// The port.
        port: u16,
    },
    /// Both ends are connected.
    Connected,
    /// Nothing listens on that port: RST came back.
    Refused,
    /// Nobody answered at all.
    Unreachable,
    /// The server closed in order.
    ServerClosed,
    /// The client closed its side in order, without QUIT.
    ClientClosed,
    /// The client's program died and its system reset the connection.
    LineDropped,
    /// The server reset the connection.
    ServerReset,
    /// The other end did not acknowledge anything for too long.
    GivenUp,
    /// The client's cable was cut; it does not notice.
    CableCut,
    /// The client came back on another network, since its cable was cut.
    NewNetwork,
    /// There was no connection to send on.
    NotConnected,
    /// Time was let pass.
    TimePasses {
        /// How much of it, in microseconds.
        micros: u64,
    },
    /// New mail arrived at the server.
    NewMail {
        /// In whose mailbox.
        name: String,
    },
    /// There is no such mailbox to deliver to.
    NoSuchMailbox {
        /// The name that was given.
        name: String,
    },
    /// The simulation was stopped after too many steps without coming to rest.
    TooManySteps,
    /// The link became another.
    LinkChanged(LinkConfig),
    /// What client and server want of TLS became another.
    PolicyChanged(Policy),
    /// TLS is up: what follows is sealed.
    Secured(Rc<Agreed>),
    /// TLS did not come about, or broke.
    TlsFailed(Failure),
    /// The mail program does not believe the server's certificate.
    CertificateRefused {
        /// What is wrong with it.
        verdict: Verdict,
        /// What the server presented, the server's own certificate first.
        #[serde(serialize_with = "serialize_chain")]
        chain: Rc<[Vec<u8>]>,
    },
    /// A person lets the mail program go on with a certificate that it does not believe.
    TrustedAnyway,
    /// The server does not offer STLS: the mail program goes on in the clear.
    StlsNotOffered,
    /// The server does not offer STLS: the mail program, which requires it, gives up.
    StlsMissing,
    /// Something stood behind the answer to STLS in the clear: an honest server sends nothing there.
    Injected {
        /// How many octets.
        octets: u32,
    },
}

impl Note {
    /// Whether it changes what a panel shows although the connection goes on.
    pub fn is_news(&self) -> bool {
        matches!(self, Note::LinkChanged(_) | Note::PolicyChanged(_) | Note::Secured(_))
    }
}

/// A TLS record, and where it stands in the stream of octets that one end sends.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// How many octets that end had sent before it.
    pub start: u64,
    /// How many octets it has, its header included.
    pub length: u32,
    /// What is in it. Where it is sealed, a reader of the wire sees another type under TLS 1.3.
    pub kind: ContentType,
    /// The version in its header.
    pub version: u16,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// The messages of the handshake that end in it.
    pub messages: Vec<Message>,
    /// What is in it, decrypted.
    #[serde(serialize_with = "serialize_octets")]
    pub content: Arc<[u8]>,
}

impl Sealed {
    /// A record of which its end had sent `start` octets before it, and the messages that end in it.
    pub fn new(start: u64, record: Record, messages: Vec<Message>) -> Sealed {
        let encrypted = record.plain.is_some();
        let content = match record.plain {
            Some(plain) => plain.into(),
            None => record.octets.get(RECORD_HEADER..).unwrap_or_default().into(),
        };
        let version = record.octets.get(1..3).map_or(0, |octets| u16::from_be_bytes([octets[0], octets[1]]));
        let length = record.octets.len() as u32;
        Sealed { start, length, kind: record.kind, version, encrypted, messages, content }
    }

    /// How many octets its end had sent behind it.
    pub fn end(&self) -> u64 {
        self.start + u64::from(self.length)
    }

    /// The number of the alert in it by which its end gives up (RFC 8446 section 6.2). The farewell,
    /// close_notify, is none of these.
    pub fn alert(&self) -> Option<u8> {
        const CLOSE_NOTIFY: u8 = 0;
        match (self.kind, &self.content[..]) {
            (ContentType::Alert, [_level, number]) if *number != CLOSE_NOTIFY => Some(*number),
            _ => None,
        }
    }
}

/// The header of a TLS record: type, version, length (RFC 8446 section 5.1).
const RECORD_HEADER: usize = 5;

/// How finely one walks through what has happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// A row of the terminal at a time.
    #[default]
    Line,
    /// A frame at a time: where it is sent, and where it arrives.
    Packet,
    /// A phase at a time: of the connection and of the session on it.
    Phase,
}

impl Grain {
    /// All grains, the usual one first.
    pub const ALL: [Grain; 3] = [Grain::Line, Grain::Packet, Grain::Phase];
}

impl Event {
    /// Whether it is a row of the terminal.
    pub fn is_row(&self) -> bool {
        self.is_step(Grain::Line)
    }

    /// Whether one who walks with this grain stops behind it.
    pub fn is_step(&self, grain: Grain) -> bool {
        match grain {
            Grain::Line => {
                matches!(self, Event::ClientLine { .. } | Event::ServerLine { .. } | Event::Note(_))
            }
            Grain::Packet => matches!(self, Event::FrameSent { .. } | Event::FrameArrived { .. }),
            Grain::Phase => matches!(
                self,
                Event::Opened { .. }
                    | Event::SessionBegan
                    | Event::PhaseChanged { .. }
                    | Event::TlsEstablished { side: Side::Client, .. }
                    | Event::TlsFailed { .. }
            ),
        }
    }

    /// Whether it is a row of the body of a long answer: neither its first line nor its last.
    pub fn is_body(&self) -> bool {
        matches!(self, Event::ServerLine { role: LineRole::Body, .. })
    }
}

fn serialize_octets<S: Serializer>(octets: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(octets)
}

fn serialize_chain<S: Serializer>(chain: &Rc<[Vec<u8>]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(chain.iter())
}

fn serialize_message<S: Serializer>(message: &mail::Message, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(message.octets())
}

impl Event {
    /// The moment at which a frame that is sent will arrive, if this is one and it will.
    pub fn arrives(&self) -> Option<Instant> {
        match self {
            Event::FrameSent { fate: Fate::Arrives(at), .. } => Some(*at),
            _ => None,
        }
    }
}

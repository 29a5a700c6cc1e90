//! Everything that the panels show at one moment. A scene follows from the scene before and an event,
//! and from nothing else.

use super::{ConnectionId, Event, Note, Presented, Side};
use crate::mail::{Message, Uid};
use crate::net::{LinkConfig, TcpState};
use crate::pki::Verdict;
use crate::policy::{Policy, Road};
use crate::pop3::client;
use crate::pop3::command::keyword;
use crate::pop3::{COMMANDS, Cause, Effect, LineRole, LogLine, Phase, Verb};
use crate::sorted::{Map, Set};
use crate::time::Instant;
use crate::tls::{self, Agreed, TlsEvent, TlsState};
use std::rc::Rc;
use std::sync::Arc;

/// The state of all panels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The latest connection of each client.
    pub connections: Map<u8, Rc<Connection>>,
    /// What the server holds, by the name of the mailbox.
    pub mailboxes: Map<String, Rc<Mailbox>>,
    /// What the clients have fetched, in order.
    pub downloads: Rc<Vec<Download>>,
    /// The server's log, in order.
    pub log: Rc<Vec<LogEntry>>,
    /// What the link does to the frames that are sent now.
    pub link: LinkConfig,
    /// What both ends want of TLS in the connections that are made now.
    pub policy: Policy,
}

/// A line of the server's log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// When it was written.
    pub at: Instant,
    /// Of which connection it tells.
    pub connection: Option<ConnectionId>,
    /// What it says.
    pub line: LogLine,
}

/// One connection, both ends of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// Which one.
    pub id: ConnectionId,
    /// The client's port.
    pub port: u16,
    /// The address and port it was made to.
    pub to: ([u8; 4], u16),
    /// The client's TCP.
    pub tcp_client: TcpState,
    /// The server's TCP: LISTEN until a SYN of this connection arrives.
    pub tcp_server: TcpState,
    /// The last change of either TCP.
    pub tcp_taken: Option<(Side, TcpState, TcpState)>,
    /// What both ends wanted of TLS when it was made.
    pub policy: Policy,
    /// The client's TLS; none while there is none.
    pub tls_client: Option<TlsState>,
    /// The server's TLS.
    pub tls_server: Option<TlsState>,
    /// The last change of either TLS.
    pub tls_taken: Option<TlsMove>,
    /// The messages of the handshake that were sent so far, in order: whose, which, and whether encrypted.
    pub handshake: Rc<Vec<(Side, tls::Message, bool)>>,
    /// The alert by which an end gave up TLS: whose, and its number (RFC 8446 section 6.2).
    pub alert: Option<(Side, u8)>,
    /// What both ends agreed on, once TLS is up at the client.
    pub secured: Option<Rc<Agreed>>,
    /// What the server showed to prove who it is, and what the client thought of it.
    pub presented: Option<Rc<Presented>>,
    /// What the client does not believe, and why.
    pub refused: Option<(Verdict, Rc<[Vec<u8>]>)>,
    /// Where the session stands; none before there is one.
    pub phase: Option<Phase>,
    /// The last change of phase.
    pub phase_taken: Option<(Phase, Cause, Phase)>,
    /// The time stamp that the client read in the greeting, brackets included.
    pub stamp: Option<String>,
    /// Whether the client has read the greeting.
    pub greeted: bool,
    /// AUTH was answered with a challenge: the next line that the client sends is a response, and a secret.
    pub challenged: bool,
    /// The name in the last USER that the client sent.
    pub user: Option<String>,
    /// The commands that the client has sent, each once, whatever came of them.
    pub sent: Vec<Verb>,
    /// The mailbox that was last opened on this connection.
    pub mailbox: Option<String>,
    /// How it ended for the client, if it has.
    pub ended: Option<Note>,
}

/// A change of one end's TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TlsMove {
    /// Which end.
    pub side: Side,
    /// The state that was left.
    pub from: TlsState,
    /// The state that was entered.
    pub to: TlsState,
    /// Why.
    pub on: TlsEvent,
}

/// One mailbox of the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mailbox {
    /// The messages, the oldest first.
    pub messages: Vec<HeldMessage>,
    /// The connection whose session holds the lock.
    pub locked_by: Option<ConnectionId>,
}

/// A message that the server holds.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldMessage {
    /// Its unique-id.
    pub uid: Uid,
    /// The message.
    pub message: Message,
    /// Its number in the session that holds the lock; none without one, or if it came later.
    pub number: Option<u32>,
    /// Whether DELE marked it.
    pub marked: bool,
}

/// A message that a client has fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Download {
    /// On which connection.
    pub connection: ConnectionId,
    /// Under which number.
    pub number: u32,
    /// Its unique-id, where the client knows it.
    pub uid: Option<String>,
    /// The octets.
    pub octets: Arc<[u8]>,
}

impl Connection {
    /// Whether the client can still send on it.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether what the client says now is sealed.
    pub fn is_secure(&self) -> bool {
        self.secured.is_some()
    }

    /// The road that it takes, if it is one of the three.
    pub fn road(&self) -> Option<Road> {
        Road::of(self.policy.security, self.to.1)
    }
}

impl Scene {
    /// The scene after an event; none if the event changes nothing that a panel shows.
    pub fn after(&self, at: Instant, id: Option<ConnectionId>, event: &Event) -> Option<Scene> {
        // Most events change no panel: none of them costs a copy.
        let quiet = match event {
            Event::ServerLine { role, .. } => !matches!(role, LineRole::Greeting | LineRole::Challenge),
            Event::RecordSent { sealed, .. } => sealed.messages.is_empty() && sealed.alert().is_none(),
            Event::ClientLine { octets, .. } => !self.is_news(id, octets),
            Event::Note(note) => ending(note).is_none() && !note.is_news(),
            Event::Acted(_)
            | Event::FrameSent { .. }
            | Event::FrameArrived { .. }
            | Event::TimerFired(_)
            | Event::Received { .. }
            | Event::TlsEstablished { .. }
            | Event::TlsFailed { .. }
            | Event::KeyLogged(_)
            | Event::Discarded { .. }
            | Event::Judged(_) => true,
            _ => false,
        };
        if quiet {
            return None;
        }
        let mut next = self.clone();
        match event {
            Event::Opened { client, port, to } => {
                let connection = Connection {
                    id: id?,
                    port: *port,
                    to: *to,
                    tcp_client: TcpState::Closed,
                    tcp_server: TcpState::Listen,
                    tcp_taken: None,
                    policy: self.policy,
                    tls_client: None,
                    tls_server: None,
                    tls_taken: None,
                    handshake: Rc::default(),
                    alert: None,
                    secured: None,
                    presented: None,
                    refused: None,
                    phase: None,
                    phase_taken: None,
                    stamp: None,
                    greeted: false,
                    challenged: false,
                    user: None,
                    sent: Vec::new(),
                    mailbox: None,
                    ended: None,
                };
                next.connections.insert(*client, Rc::new(connection));
            }
            Event::TcpChanged { side, from, to } => {
                let connection = next.connection(id?)?;
                match side {
                    Side::Client => connection.tcp_client = *to,
                    Side::Server => connection.tcp_server = *to,
                }
                connection.tcp_taken = Some((*side, *from, *to));
            }
            Event::TlsBegan { side } => {
                let connection = next.connection(id?)?;
                match side {
                    Side::Client => connection.tls_client = Some(TlsState::Start),
                    Side::Server => connection.tls_server = Some(TlsState::Start),
                }
            }
            Event::TlsChanged { side, from, to, on } => {
                let connection = next.connection(id?)?;
                match side {
                    Side::Client => connection.tls_client = Some(*to),
                    Side::Server => connection.tls_server = Some(*to),
                }
                connection.tls_taken = Some(TlsMove { side: *side, from: *from, to: *to, on: *on });
            }
            Event::RecordSent { side, sealed } => {
                let sent = sealed.messages.iter().map(|message| (*side, *message, sealed.encrypted));
                let connection = next.connection(id?)?;
                Rc::make_mut(&mut connection.handshake).extend(sent);
                connection.alert = sealed.alert().map(|number| (*side, number)).or(connection.alert);
            }
            Event::Presented(presented) => next.connection(id?)?.presented = Some(Rc::clone(presented)),
            Event::PhaseChanged { from, to, cause } => {
                let connection = next.connection(id?)?;
                connection.phase = Some(*to);
                connection.phase_taken = Some((*from, *cause, *to));
            }
            Event::ServerLine { role: LineRole::Challenge, .. } => next.connection(id?)?.challenged = true,
            Event::ServerLine { octets, .. } => {
                let connection = next.connection(id?)?;
                connection.greeted = true;
                connection.stamp = client::stamp(octets);
            }
            Event::SessionBegan => next.connection(id?)?.phase = Some(Phase::Authorization),
            Event::ClientLine { octets, .. } => {
                let connection = next.connection(id?)?;
                if std::mem::take(&mut connection.challenged) {
                    return Some(next);
                }
                let verb = keyword(COMMANDS, octets).0?.verb;
                if !connection.sent.contains(&verb) {
                    connection.sent.push(verb);
                }
                if let Some(name) = user(octets) {
                    connection.user = Some(name);
                }
            }
            Event::Note(Note::LinkChanged(link)) => next.link = *link,
            Event::Note(Note::PolicyChanged(policy)) => next.policy = *policy,
            Event::Note(Note::Secured(agreed)) => {
                let connection = next.connection(id?)?;
                connection.secured = Some(Rc::clone(agreed));
                // Nothing that was learnt in the clear is believed inside TLS (RFC 2595 section 4).
                connection.stamp = None;
                connection.user = None;
                connection.sent.retain(|verb| *verb == Verb::Stls);
            }
            Event::Note(note) => {
                let connection = next.connection(id?)?;
                if let Note::CertificateRefused { verdict, chain } = note {
                    connection.refused = Some((verdict.clone(), Rc::clone(chain)));
                }
                connection.ended = Some(ending(note)?.clone());
            }
            Event::Mailbox(effect) => next.apply(id?, effect)?,
            Event::Delivered { name, uid, message } => {
                let held =
                    HeldMessage { uid: uid.clone(), message: message.clone(), number: None, marked: false };
                next.mailbox(name)?.messages.push(held);
            }
            Event::Lost { name, uid } => next.mailbox(name)?.messages.retain(|held| held.uid != *uid),
            Event::Downloaded { number, uid, octets } => {
                let download = Download {
                    connection: id?,
                    number: *number,
                    uid: uid.clone(),
                    octets: Arc::clone(octets),
                };
                Rc::make_mut(&mut next.downloads).push(download);
            }
            Event::Log(line) => {
                let entry = LogEntry { at, connection: id, line: line.clone() };
                Rc::make_mut(&mut next.log).push(entry);
            }

            _ => return None,
        }
        Some(next)
    }

    /// Whether a line of a client tells a panel something: a name, or a command not sent before.
    fn is_news(&self, id: Option<ConnectionId>, line: &[u8]) -> bool {
        let connection = self.connections.values().find(|connection| Some(connection.id) == id);
        if connection.is_some_and(|connection| connection.challenged) {
            return true;
        }
        let Some(row) = keyword(COMMANDS, line).0 else { return false };
        row.verb == Verb::User || connection.is_some_and(|connection| !connection.sent.contains(&row.verb))
    }

    /// The connection with this id, if it is still its client's latest.
    fn connection(&mut self, id: ConnectionId) -> Option<&mut Connection> {
        self.connections.values_mut().find(|connection| connection.id == id).map(Rc::make_mut)
    }

    fn mailbox(&mut self, name: &str) -> Option<&mut Mailbox> {
        self.mailboxes.get_mut(name).map(Rc::make_mut)
    }

    fn apply(&mut self, id: ConnectionId, effect: &Effect) -> Option<()> {
        match effect {
            Effect::Opened { name, messages } => {
                let mailbox = self.mailbox(name)?;
                mailbox.locked_by = Some(id);
                // One by one: to collect would sort, and a sort for each type weighs.
                let mut numbers: Map<&Uid, u32> = Map::new();
                numbers.extend(messages.iter().zip(1..));
                for held in &mut mailbox.messages {
                    held.number = numbers.get(&held.uid).copied();
                }
                if let Some(connection) = self.connection(id) {
                    connection.mailbox = Some(name.clone());
                }
            }
            Effect::Marked { name, uid } => {
                let mailbox = self.mailbox(name)?;
                mailbox
                    .messages
                    .iter_mut()
                    .filter(|held| held.uid == *uid)
                    .for_each(|held| held.marked = true);
            }
            Effect::Unmarked { name } => {
                self.mailbox(name)?.messages.iter_mut().for_each(|held| held.marked = false)
            }
            Effect::Removed { name, messages } => {
                let mailbox = self.mailbox(name)?;
                let mut removed: Set<&Uid> = Set::new();
                removed.extend(messages);
                mailbox.messages.retain(|held| !removed.contains(&held.uid));
                mailbox.let_go();
            }
            Effect::Released { name } => self.mailbox(name)?.let_go(),
        }
        Some(())
    }
}

impl Mailbox {
    /// The session is over: numbers and marks were its own.
    fn let_go(&mut self) {
        self.locked_by = None;
        for held in &mut self.messages {
            held.number = None;
            held.marked = false;
        }
    }
}

/// The name in a line, if the line is USER.
fn user(line: &[u8]) -> Option<String> {
    let (row, name) = keyword(COMMANDS, line);
    row.filter(|row| row.verb == Verb::User)?;
    Some(String::from_utf8_lossy(name?).into_owned())
}

/// The notes after which the client has no connection any more.
fn ending(note: &Note) -> Option<&Note> {
    let ends = matches!(
        note,
        Note::Refused
            | Note::Unreachable
            | Note::ServerClosed
            | Note::ClientClosed
            | Note::LineDropped
            | Note::TlsFailed(_)
            | Note::CertificateRefused { .. }
            | Note::ServerReset
            | Note::GivenUp
    );
    ends.then_some(note)
}

//! An exchange of AUTH as messages: each line with its base64 undone and its fields named. It knows lines and
//! the tables of `sasl`, and no secret.

use crate::pop3::{COMMANDS, LineRole, Verb, command};
use crate::sasl::fields::{Field, of_client, of_server};
use crate::sasl::{Flaw, Mechanism, coding};
use crate::trace::{Connection, ConnectionId, Event, Side, Trace};
use std::rc::Rc;
use std::sync::Arc;

/// A message of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whose it is.
    pub from: Side,
    /// In which line of the exchange it stands: AUTH is line 0.
    pub line: usize,
    /// Its octets, or why the line is none.
    pub octets: Result<Vec<u8>, Flaw>,
    /// What is in it.
    pub fields: Vec<Field>,
}

/// The lines of an exchange and whose each is, AUTH the first of them.
pub type Lines = Vec<(Side, Arc<[u8]>)>;

/// An exchange, as far as it has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// By which mechanism.
    pub mechanism: Mechanism,
    /// In order. An empty challenge that only says "begin" is none.
    pub list: Vec<Message>,
}

/// What somebody sends to end an exchange (RFC 5034 section 4).
pub const CANCEL: &[u8] = b"*";

impl Messages {
    /// Reads the lines of an exchange, AUTH the first of them. None if the mechanism is not known here.
    pub fn read(lines: &[(Side, Arc<[u8]>)]) -> Option<Messages> {
        let ((_, auth), rest) = lines.split_first()?;
        let mut words = command::keyword(COMMANDS, auth).1?.split(|octet| *octet == b' ');
        let mechanism = Mechanism::of_name(std::str::from_utf8(words.next()?).ok()?)?;
        let initial = words.next().map(|word| match word {
            b"=" => Ok(Vec::new()),
            word => coding::decode(word),
        });
        let mut messages = Messages { mechanism, list: Vec::new() };
        if let Some(initial) = initial {
            messages.push(Side::Client, 0, initial);
        }
        for (line, (from, octets)) in rest.iter().enumerate() {
            match from {
                Side::Client if **octets == *CANCEL => break,
                Side::Client => messages.push(*from, line + 1, coding::decode(octets)),
                Side::Server => {
                    let text = octets.strip_prefix(b"+ ").unwrap_or_default();
                    if !text.is_empty() || !messages.list.is_empty() || !mechanism.row().client_first {
                        messages.push(*from, line + 1, coding::decode(text));
                    }
                }
            }
        }
        Some(messages)
    }

    /// The messages of one end.
    pub fn of(&self, side: Side) -> impl Iterator<Item = &Message> {
        self.list.iter().filter(move |message| message.from == side)
    }

    fn push(&mut self, from: Side, line: usize, octets: Result<Vec<u8>, Flaw>) {
        let turn = self.of(from).count();
        let read = match from {
            Side::Client => of_client,
            Side::Server => of_server,
        };
        let fields = octets.as_ref().map_or_else(|_| Vec::new(), |octets| read(self.mechanism, turn, octets));
        self.list.push(Message { from, line, octets, fields });
    }
}

/// The lines of the exchange to which a row belongs, as far as it is known at a position, and which of them the
/// row is; none for the line that ends it.
pub fn lines_of(trace: &Trace, position: usize, row: u32) -> Option<(Lines, Option<usize>)> {
    let record = &trace.records()[row as usize];
    let id = record.connection?;
    let scene = trace.scene(position);
    // Nearly no session has an exchange: nothing is looked for in the others.
    let never = |held: &Rc<Connection>| held.id == id && !held.sent.contains(&Verb::Auth);
    if scene.connections.values().any(never) {
        return None;
    }
    let mut number = match &record.event {
        Event::ClientLine { command, .. } => *command,
        Event::ServerLine { answers, role: LineRole::Challenge | LineRole::Status, .. } => (*answers)?,
        _ => return None,
    };
    let said = said(trace, position, id);
    let challenge = |of: u32| said.iter().find(|line| line.challenges && line.number == of);
    let sent = |of: u32| said.iter().find(|line| line.from == Side::Client && line.number == of);
    while number > 0 && challenge(number - 1).is_some() {
        number -= 1;
    }
    let auth = sent(number)?;
    if command::keyword(COMMANDS, &auth.octets).0?.verb != Verb::Auth {
        return None;
    }
    let mut of_exchange = vec![auth];
    while let Some(next) = challenge(number) {
        number += 1;
        of_exchange.push(next);
        of_exchange.extend(sent(number));
    }
    let at = of_exchange.iter().position(|line| line.row == row);
    Some((of_exchange.iter().map(|line| (line.from, Arc::clone(&line.octets))).collect(), at))
}

/// A line that may be one of an exchange.
struct Said {
    row: u32,
    from: Side,
    number: u32,
    challenges: bool,
    octets: Arc<[u8]>,
}

fn said(trace: &Trace, position: usize, id: ConnectionId) -> Vec<Said> {
    let rows = trace.rows(position).iter();
    let said = rows.filter_map(|row| {
        let record = &trace.records()[*row as usize];
        if record.connection != Some(id) {
            return None;
        }
        match &record.event {
            Event::ClientLine { octets, command, .. } => Some(Said {
                row: *row,
                from: Side::Client,
                number: *command,
                challenges: false,
                octets: Arc::clone(octets),
            }),
            Event::ServerLine { octets, role: LineRole::Challenge, answers, .. } => Some(Said {
                row: *row,
                from: Side::Server,
                number: (*answers)?,
                challenges: true,
                octets: Arc::clone(octets),
            }),
            _ => None,
        }
    });
    said.collect()
}

//! What a line of the session means, word by word: read from the tables and the trace, so that it holds
//! for every line and not for one transcript.

use super::exchange::{CANCEL, Message, Messages, lines_of};
use super::meanings::{capability, kind, purpose, response_code};
use crate::i18n::{Id, id};
use crate::pop3::command;
use crate::pop3::{COMMANDS, CommandRow, Kind, LineRole, Phase, Refusal, Verb};
use crate::sasl::Mechanism;
use crate::sasl::fields::FieldKind;
use crate::trace::{ConnectionId, Event, Record, Side, Trace};

/// A word of a line and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The word as it stands.
    pub octets: Vec<u8>,
    /// The message that says what it is.
    pub meaning: Id,
}

/// A line explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// Whose line it is.
    pub from: Side,
    /// Its words.
    pub tokens: Vec<Token>,
    /// The command that it is, or that it answers.
    pub row: Option<&'static CommandRow>,
    /// The session's phase before the command was judged, and after all that followed from it; none if
    /// that has not happened yet at the moment on screen.
    pub phases: Option<(Phase, Phase)>,
    /// Why the command was refused.
    pub refusal: Option<Refusal>,
    /// Whether a secret stands in it, for everybody on the way to read.
    pub exposes: Option<Exposed>,
    /// What the path saw of it, if it went sealed and has been sent: the octets of the TLS record.
    pub envelope: Option<u64>,
    /// Whether it came behind STLS in the clear, and the server threw it away unread.
    pub discarded: bool,
    /// The message of an exchange of AUTH that stands in it.
    pub message: Option<(Mechanism, Message)>,
}

/// What somebody on the way has just learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposed {
    /// The password itself.
    Password,
    /// The digest of APOP, from which a weak password can be guessed.
    Digest,
    /// The same for a challenge of CRAM-MD5.
    Response,
    /// The proof of SCRAM: each guess costs as many rounds as the login.
    Proof,
}

/// What a message in the clear gives away.
fn exposed(message: &Message) -> Option<Exposed> {
    let kinds = message.fields.iter().map(|field| field.kind);
    kinds
        .filter_map(|kind| match kind {
            // A token is as good as a password.
            kind if kind.is_secret() => Some(Exposed::Password),
            FieldKind::Digest => Some(Exposed::Response),
            kind if kind.is_guessable() => Some(Exposed::Proof),
            _ => None,
        })
        .next()
}

/// The row that is explained: the one that is selected, if it has happened at this position, else the
/// first line of the last answer, which is what has just happened.
pub fn explained_row(trace: &Trace, position: usize, selected: Option<u32>) -> Option<u32> {
    if selected.is_some_and(|row| (row as usize) < position) {
        return selected;
    }
    let rows = trace.rows(position);
    let mut end = rows.len();
    while let Some(last) = end.checked_sub(1) {
        let record = &trace.records()[rows[last] as usize];
        match &record.event {
            Event::ClientLine { .. } => return Some(rows[last]),
            Event::ServerLine { role, .. } if !matches!(role, LineRole::Body | LineRole::End) => {
                return Some(rows[last]);
            }
            _ => end = record.body_from.map_or(last, |from| from as usize),
        }
    }
    None
}

/// Explains the row that is this record, as far as a person at `position` can know.
pub fn explain(trace: &Trace, position: usize, row: u32) -> Option<Explained> {
    let record = &trace.records()[row as usize];
    let id = record.connection?;
    let exchange = lines_of(trace, position, row);
    let responds = exchange.as_ref().is_some_and(|(_, at)| at.is_some_and(|at| at > 0));
    let message = exchange.and_then(|(lines, at)| {
        let Messages { mechanism, list } = Messages::read(&lines)?;
        let message = list.into_iter().find(|message| Some(message.line) == at)?;
        Some((mechanism, message))
    });
    let envelope = trace.carrier(row, position).map(|sealed| u64::from(sealed.length));
    match &record.event {
        Event::ClientLine { octets, command, secure } => {
            let at = row as usize;
            let row = if responds { Some(Verb::Auth.row()) } else { command::keyword(COMMANDS, octets).0 };
            let judged = judged(trace, position, id, *command);
            let exposes = row.and_then(|row| match row.verb {
                _ if *secure => None,
                Verb::Auth => message.as_ref().and_then(|(_, message)| exposed(message)),
                Verb::Pass if octets.len() > 5 => Some(Exposed::Password),
                Verb::Apop if octets.len() > 5 => Some(Exposed::Digest),
                _ => None,
            });
            let (phases, refusal) = judged.unzip();
            let tokens = if responds { vec![response_token(octets)] } else { client_tokens(octets) };
            let refusal = refusal.flatten();
            let discarded = !secure && phases.is_none() && discarded(&trace.records()[at..position], id);
            Some(Explained {
                from: Side::Client,
                tokens,
                row,
                phases,
                refusal,
                exposes,
                envelope,
                discarded,
                message,
            })
        }
        Event::ServerLine { octets, role, answers, .. } => {
            let asked = answers.and_then(|number| line_sent(trace, row, id, number));
            let (command, arguments) = asked.map_or((None, false), |line| {
                let (row, rest) = command::keyword(COMMANDS, line);
                (row, rest.is_some())
            });
            let judged = answers.and_then(|number| judged(trace, position, id, number));
            let (phases, refusal) = judged.unzip();
            let in_header = *role == LineRole::Body && !blank_line_before(trace, row, *answers);
            let tokens = server_tokens(octets, *role, command.map(|row| row.verb), arguments, in_header);
            let refusal = refusal.flatten();
            let row = command;
            let discarded = false;
            Some(Explained {
                from: Side::Server,
                tokens,
                row,
                phases,
                refusal,
                exposes: None,
                envelope,
                discarded,
                message,
            })
        }
        _ => None,
    }
}

/// Whether among these records the server threw away what had come behind STLS on a connection.
fn discarded(records: &[Record], id: ConnectionId) -> bool {
    let thrown = |record: &Record| matches!(record.event, Event::Discarded { .. });
    records.iter().any(|record| record.connection == Some(id) && thrown(record))
}

/// The phases around the server's judgement of the line with this number, and why it was refused.
fn judged(
    trace: &Trace,
    position: usize,
    id: ConnectionId,
    number: u32,
) -> Option<((Phase, Phase), Option<Refusal>)> {
    let known = &trace.records()[..position];
    let mine = |record: &Record| record.connection == Some(id);
    let is_it = |record: &Record| match &record.event {
        Event::Judged(judgement) => mine(record) && judgement.line == number,
        _ => false,
    };
    // From the end: what is asked about is nearly always what has just happened.
    let at = known.iter().rposition(is_it)?;
    let Event::Judged(judgement) = &known[at].event else { return None };
    let phase_at = |position: usize| {
        let scene = trace.scene(position);
        scene.connections.values().find(|held| held.id == id).and_then(|held| held.phase)
    };
    let before = phase_at(at)?;
    let followed = known[at + 1..]
        .iter()
        .take_while(|record| record.cause == known[at].cause && !matches!(record.event, Event::Judged(_)));
    let moved = followed.filter(|record| mine(record)).filter_map(|record| match record.event {
        Event::PhaseChanged { to, .. } => Some(to),
        _ => None,
    });
    Some(((before, moved.last().unwrap_or(before)), judgement.refusal.clone()))
}

/// The line with this number that the client sent on this connection, looking back from a record.
fn line_sent(trace: &Trace, before: u32, id: ConnectionId, number: u32) -> Option<&[u8]> {
    trace.records()[..before as usize].iter().rev().find_map(|record| match &record.event {
        Event::ClientLine { octets, command, .. } if record.connection == Some(id) && *command == number => {
            Some(octets.as_ref())
        }
        _ => None,
    })
}

/// Whether the answer to which this row belongs has had a blank line: then the header is over.
fn blank_line_before(trace: &Trace, row: u32, answers: Option<u32>) -> bool {
    let before = trace.records()[..row as usize].iter().rev();
    let lines = before.filter_map(|record| match &record.event {
        Event::ServerLine { octets, role, answers, .. } => Some((octets, *role, *answers)),
        _ => None,
    });
    let mut body = lines.take_while(|(_, role, of)| *role == LineRole::Body && *of == answers);
    body.any(|(octets, ..)| octets.is_empty())
}

fn token(octets: &[u8], meaning: Id) -> Token {
    Token { octets: octets.to_vec(), meaning }
}

/// A line in the middle of an exchange, whatever it looks like.
fn response_token(line: &[u8]) -> Token {
    token(
        line,
        match line {
            CANCEL => id::TOKEN_CANCEL,
            b"" => id::TOKEN_EMPTY_RESPONSE,
            _ => id::TOKEN_BASE64,
        },
    )
}

/// The words of a line that a client says.
pub(super) fn client_tokens(line: &[u8]) -> Vec<Token> {
    let (row, rest) = command::keyword(COMMANDS, line);
    let keyword = &line[..line.len() - rest.map_or(0, |rest| rest.len() + 1)];
    let Some(row) = row else {
        let mut tokens = vec![token(keyword, id::TOKEN_UNKNOWN)];
        tokens.extend(rest.map(|rest| token(rest, id::TOKEN_UNREAD)));
        return tokens;
    };
    let mut tokens = vec![token(keyword, purpose(row.verb))];
    let mut rest = rest;
    for parameter in row.parameters {
        let Some(text) = rest else { break };
        let end = match parameter.kind {
            Kind::Secret => text.len(),
            _ => text.iter().position(|octet| *octet == b' ').unwrap_or(text.len()),
        };
        tokens.push(token(&text[..end], kind(parameter.kind)));
        rest = text.get(end + 1..);
    }
    tokens.extend(rest.map(|rest| token(rest, id::TOKEN_SURPLUS)));
    tokens
}

fn server_tokens(
    line: &[u8],
    role: LineRole,
    verb: Option<Verb>,
    arguments: bool,
    in_header: bool,
) -> Vec<Token> {
    match role {
        LineRole::Challenge => {
            let (plus, message) = split(line);
            let mut tokens = vec![token(plus, id::TOKEN_CHALLENGE)];
            let message = message.filter(|message| !message.is_empty());
            tokens.extend(message.map(|message| token(message, id::TOKEN_BASE64)));
            tokens
        }
        LineRole::Greeting | LineRole::Status | LineRole::Unexpected => {
            status_tokens(line, role, verb, arguments)
        }
        LineRole::End => vec![token(line, id::TOKEN_END)],
        LineRole::Body => match verb {
            Some(Verb::List) => pair(line, id::TOKEN_NUMBER, id::TOKEN_SIZE),
            Some(Verb::Uidl) => pair(line, id::TOKEN_NUMBER, id::TOKEN_UID),
            Some(Verb::Capa) => {
                let (tag, rest) = split(line);
                let mut tokens = vec![token(tag, capability(tag))];
                tokens.extend(rest.map(|rest| token(rest, id::TOKEN_CAPABILITY_VALUE)));
                tokens
            }
            _ => mail_tokens(line, in_header),
        },
    }
}

fn status_tokens(line: &[u8], role: LineRole, verb: Option<Verb>, arguments: bool) -> Vec<Token> {
    let (status, rest) = split(line);
    let ok = status == b"+OK";
    let mut tokens = vec![token(status, if ok { id::TOKEN_OK } else { id::TOKEN_ERR })];
    let Some(rest) = rest else { return tokens };
    if role == LineRole::Greeting {
        let stamp = rest.iter().position(|octet| *octet == b'<').unwrap_or(rest.len());
        tokens.push(token(&rest[..stamp], id::TOKEN_TEXT));
        if stamp < rest.len() {
            tokens.push(token(&rest[stamp..], id::TOKEN_STAMP));
        }
        return tokens;
    }
    match verb.filter(|_| ok) {
        Some(Verb::Stat) => tokens.extend(pair(rest, id::TOKEN_COUNT, id::TOKEN_TOTAL)),
        Some(Verb::List) if arguments => tokens.extend(pair(rest, id::TOKEN_NUMBER, id::TOKEN_SIZE)),
        Some(Verb::Uidl) if arguments => tokens.extend(pair(rest, id::TOKEN_NUMBER, id::TOKEN_UID)),
        _ => {
            let code = rest.starts_with(b"[").then(|| rest.iter().position(|octet| *octet == b']')).flatten();
            let text = code.map_or(rest, |end| rest[end + 1..].trim_ascii_start());
            tokens.extend(code.map(|end| token(&rest[..=end], response_code(&rest[..=end]))));
            tokens.push(token(text, id::TOKEN_TEXT));
        }
    }
    tokens
}

/// A line of a message: a stuffed dot apart, a header field by name and value.
fn mail_tokens(line: &[u8], in_header: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    if let Some(unstuffed) = line.strip_prefix(b".") {
        tokens.push(token(b".", id::TOKEN_STUFFED));
        rest = unstuffed;
    }
    let colon = rest.iter().position(|octet| *octet == b':');
    match colon.filter(|_| in_header && !rest.starts_with(b" ") && !rest.starts_with(b"\t")) {
        Some(colon) => {
            tokens.push(token(&rest[..=colon], id::TOKEN_FIELD));
            tokens.push(token(rest[colon + 1..].trim_ascii_start(), id::TOKEN_FIELD_VALUE));
        }
        None if rest.is_empty() && in_header => tokens.push(token(rest, id::TOKEN_HEADER_ENDS)),
        None if in_header => tokens.push(token(rest, id::TOKEN_FOLDED)),
        None => tokens.push(token(rest, id::TOKEN_BODY)),
    }
    tokens
}

fn pair(line: &[u8], first: Id, second: Id) -> Vec<Token> {
    let (one, rest) = split(line);
    let mut tokens = vec![token(one, first)];
    tokens.extend(rest.map(|rest| token(rest, second)));
    tokens
}

fn split(line: &[u8]) -> (&[u8], Option<&[u8]>) {
    match line.iter().position(|octet| *octet == b' ') {
        Some(at) => (&line[..at], Some(&line[at + 1..])),
        None => (line, None),
    }
}

#[cfg(test)]
mod tests;

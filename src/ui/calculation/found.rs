//! Takes the numbers of a computation out of a session, as far as it has gone at a moment.

use super::{Calculation, Kind};
use crate::pop3::{COMMANDS, LineRole, Verb, command};
use crate::sasl::scram::{Binding, ClientFinal, ClientFirst, ServerFirst};
use crate::sasl::{Mechanism, coding, cram_md5};
use crate::trace::{ConnectionId, Event, Side, Trace};
use crate::ui::exchange::{Messages, lines_of};
use crate::ui::moves::{KNOWN, password};

/// The computation that a row is about: of the exchange that it belongs to, or of APOP. A password is filled in if
/// it is one that the page tells.
pub fn calculation(trace: &Trace, position: usize, row: u32) -> Option<Calculation> {
    match lines_of(trace, position, row) {
        Some((lines, _)) => {
            let messages = Messages::read(&lines)?;
            let id = trace.records()[row as usize].connection?;
            match messages.mechanism {
                Mechanism::CramMd5 => challenged(&messages),
                mechanism => Some(scram(&messages, Kind::Scram(mechanism.scram()?), || {
                    let scene = trace.scene(position);
                    let held = scene.connections.values().find(|held| held.id == id)?;
                    held.secured.as_ref()?.exporter
                })?),
            }
        }
        None => apop(trace, row),
    }
}

fn made(kind: Kind, name: &str, rest: Vec<String>) -> Calculation {
    let secret = password(name).unwrap_or_default();
    Calculation { kind, inputs: [vec![name.to_owned(), secret.to_owned()], rest].concat() }
}

fn challenged(messages: &Messages) -> Option<Calculation> {
    let octets = |side| messages.of(side).next().and_then(|message| message.octets.as_ref().ok());
    let challenge = String::from_utf8(octets(Side::Server)?.clone()).ok()?;
    let read = octets(Side::Client).and_then(|octets| cram_md5::read(octets).ok());
    let name = read.map_or_else(|| KNOWN[0].0.to_owned(), |(name, _)| name);
    Some(made(Kind::CramMd5, &name, vec![challenge]))
}

fn scram(messages: &Messages, kind: Kind, exporter: impl Fn() -> Option<[u8; 32]>) -> Option<Calculation> {
    let of = |side, turn| messages.of(side).nth(turn).and_then(|message| message.octets.as_ref().ok());
    let first = ClientFirst::read(of(Side::Client, 0)?).ok()?;
    let offer = ServerFirst::read(of(Side::Server, 0)?).ok()?;
    let last = of(Side::Client, 1).and_then(|octets| ClientFinal::read(octets).ok());
    let binding = match last {
        Some(last) => last.binding,
        None => {
            let bound = matches!(first.header.binding, Binding::By(_)).then(exporter).flatten();
            [first.gs2.as_bytes(), bound.as_ref().map_or(&[][..], |octets| octets)].concat()
        }
    };
    let rest = vec![
        first.nonce,
        offer.nonce,
        coding::encode(&offer.salt),
        offer.iterations.to_string(),
        coding::encode(&binding),
    ];
    Some(made(kind, &first.name, rest))
}

/// Of the line of APOP, or of the answer to it.
fn apop(trace: &Trace, row: u32) -> Option<Calculation> {
    let record = &trace.records()[row as usize];
    let id = record.connection?;
    let sent = match &record.event {
        Event::ClientLine { octets, .. } => octets,
        Event::ServerLine { role: LineRole::Status, answers, .. } => sent(trace, row, id, (*answers)?)?,
        _ => return None,
    };
    let (command, rest) = command::keyword(COMMANDS, sent);
    if command?.verb != Verb::Apop {
        return None;
    }
    let name = String::from_utf8_lossy(rest?.split(|octet| *octet == b' ').next()?).into_owned();
    let scene = trace.scene(row as usize);
    let stamp = scene.connections.values().find(|held| held.id == id)?.stamp.clone()?;
    Some(made(Kind::Apop, &name, vec![stamp]))
}

/// The line with this number, looking back from a row.
fn sent(trace: &Trace, row: u32, id: ConnectionId, number: u32) -> Option<&std::sync::Arc<[u8]>> {
    trace.records()[..row as usize].iter().rev().find_map(|record| match &record.event {
        Event::ClientLine { octets, command, .. } if record.connection == Some(id) && *command == number => {
            Some(octets)
        }
        _ => None,
    })
}

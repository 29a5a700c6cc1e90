//! Why lanes differ on a row: facts of the engine, found in the traces, that hold for any script.

use super::Cell;
use super::lane::CLIENT;
use super::stage::Stage;
use crate::policy::Security;
use crate::pop3::{LineRole, Refusal, client};
use crate::trace::{Event, Note, Trace};
use std::sync::Arc;

/// Why a lane does nothing on a row that another lane has.
#[derive(Clone, Debug, PartialEq)]
pub enum Absent {
    /// It speaks TLS from the first octet: there is nothing to ask for.
    SealedFromTheStart,
    /// It asks for TLS later, inside POP3.
    SealedLater,
    /// Its mail program wants no TLS.
    NeverSealed,
    /// The server did not offer STLS, or refused it.
    NotOffered,
    /// The connection had ended, in this way.
    Over(Note),
    /// There is no time stamp to make a digest of: the greeting came in the clear and is not believed inside TLS.
    NoStamp,
    /// The server never answered what came before.
    Unanswered,
    /// The connection is still open.
    StillOpen,
}

/// Why a lane's answer is another than that of the first lane that has one.
#[derive(Clone, Debug, PartialEq)]
pub enum Differs {
    /// The server refused here, for this reason, and not there; or there, and not here.
    Refused {
        /// Whether it was refused here.
        here: bool,
        /// Why.
        refusal: Refusal,
    },
    /// Capabilities are listed that are not listed there, and the other way round.
    Capabilities {
        /// Those that are listed here alone.
        more: Vec<String>,
        /// Those that are listed there alone.
        fewer: Vec<String>,
    },
    /// The greeting's time stamp is another: it tells the moment (RFC 1939 section 7, APOP).
    Stamp,
    /// The text is another.
    Text,
}

/// A lane that has come to its end, as far as reasons are looked for in it.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) trace: &'a Trace,
    pub(super) security: Security,
    /// For each line that was come to, whether it could be said.
    pub(super) said: &'a [bool],
}

impl Side<'_> {
    /// Why this lane does nothing at a stage.
    pub(super) fn absent(&self, stage: Stage) -> Absent {
        let end = self.trace.scene(self.trace.len());
        let connection = end.connections.get(&CLIENT);
        let over = connection.and_then(|held| held.ended.clone());
        let secured = connection.is_some_and(|held| held.is_secure());
        match (stage, over) {
            (Stage::Line(number), _) if self.said.get(number as usize) == Some(&false) => Absent::NoStamp,
            (Stage::TlsFirst, _) if self.security == Security::None => Absent::NeverSealed,
            (Stage::TlsFirst, _) => Absent::SealedLater,
            (Stage::Asks | Stage::Stls | Stage::Tls | Stage::AsksAgain, over) => {
                match (self.security, over) {
                    (Security::None, _) => Absent::NeverSealed,
                    (Security::TlsAtOnce, _) => Absent::SealedFromTheStart,
                    (_, Some(over)) if self.is_failure(&over) => Absent::Over(over),
                    _ if !secured => Absent::NotOffered,
                    _ => Absent::Unanswered,
                }
            }
            (_, Some(over)) => Absent::Over(over),
            (Stage::Close, None) => Absent::StillOpen,
            (_, None) => Absent::Unanswered,
        }
    }

    fn is_failure(&self, over: &Note) -> bool {
        !matches!(over, Note::ServerClosed | Note::ClientClosed | Note::LineDropped) || !self.was_told_no()
    }

    /// Whether the mail program has noticed that STLS is not to be had.
    fn was_told_no(&self) -> bool {
        let told = |note: &Note| matches!(note, Note::StlsNotOffered | Note::StlsMissing);
        self.trace.records().iter().any(|record| matches!(&record.event, Event::Note(note) if told(note)))
    }

    /// The lines of the server in a cell.
    fn answer(&self, cell: &Cell) -> Vec<Arc<[u8]>> {
        let records = &self.trace.records()[cell.from as usize..cell.to as usize];
        let line = |event: &'_ Event| match event {
            Event::ServerLine { octets, .. } => Some(octets.clone()),
            _ => None,
        };
        records.iter().filter_map(|record| line(&record.event)).collect()
    }

    fn refusal(&self, cell: &Cell) -> Option<&Refusal> {
        self.trace.records()[cell.from as usize..cell.to as usize].iter().find_map(|record| {
            match &record.event {
                Event::Judged(judgement) => judgement.refusal.as_ref(),
                _ => None,
            }
        })
    }

    /// Whether an answer has lines between its first and its last.
    fn is_list(&self, cell: &Cell) -> bool {
        let is_body = |event: &Event| matches!(event, Event::ServerLine { role: LineRole::Body, .. });
        self.trace.records()[cell.from as usize..cell.to as usize].iter().any(|record| is_body(&record.event))
    }
}

/// Why what was answered in a cell of one lane differs from what was answered in a cell of another, if it does.
pub(super) fn differs(
    stage: Stage,
    here: (&Side, &Cell),
    there: (&Side, &Cell),
    capa: bool,
) -> Option<Differs> {
    let (own, other) = (here.0.answer(here.1), there.0.answer(there.1));
    if own == other || matches!(stage, Stage::Tcp | Stage::Tls | Stage::TlsFirst | Stage::Close) {
        return None;
    }
    if let Some(refusal) = here.0.refusal(here.1) {
        return Some(Differs::Refused { here: true, refusal: refusal.clone() });
    }
    if let Some(refusal) = there.0.refusal(there.1) {
        return Some(Differs::Refused { here: false, refusal: refusal.clone() });
    }
    let without = |one: &[Arc<[u8]>], other: &[Arc<[u8]>]| -> Vec<String> {
        let only = one.iter().filter(|line| !other.contains(line));
        only.map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    let greets = |answer: &[Arc<[u8]>]| answer.iter().any(|line| client::stamp(line).is_some());
    if stage == Stage::Greeting && greets(&own) && greets(&other) {
        return Some(Differs::Stamp);
    }
    Some(match capa && here.0.is_list(here.1) {
        true => Differs::Capabilities { more: without(&own, &other), fewer: without(&other, &own) },
        false => Differs::Text,
    })
}

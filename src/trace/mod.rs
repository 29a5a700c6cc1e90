//! What has happened in a world, as plain records in order. Append-only: the past never changes, so
//! everything the page shows is a function of a trace and a position in it.
//!
//! ```text
//!   Record { at, connection, cause, event }  +  the Scene as it is after that event
//! ```
//!
//! A trace knows no world: nothing here can make anything happen.

pub mod event;
mod exchange;
mod presented;
pub mod scene;
mod sealing;

pub use event::{ConnectionId, Event, Grain, Note, Sealed, Side};
pub use exchange::Exchange;
pub use presented::{Outcome, Presented};
pub use scene::{Connection, Download, HeldMessage, LogEntry, Mailbox, Scene, TlsMove};
pub use sealing::Place;

use crate::time::Instant;
use sealing::Sealing;
use serde::Serialize;
use std::rc::Rc;

/// One thing that happened.
#[derive(Debug, Serialize)]
pub struct Record {
    /// When, in virtual time.
    pub at: Instant,
    /// On which connection, where it belongs to one.
    pub connection: Option<ConnectionId>,
    /// The record that led to this one; none for what a person did.
    pub cause: Option<u32>,
    /// What happened.
    pub event: Event,
    /// Everything that the panels show, as it is just after this record. Shared, so that looking at
    /// any moment costs the same. It follows from the events and is not serialised.
    #[serde(skip)]
    pub scene: Rc<Scene>,
    /// How many rows the terminal has after this record.
    #[serde(skip)]
    pub rows: u32,
    /// If this is a row of a long answer: the place, among the rows, of the first row of its body. So a
    /// body of a hundred thousand rows is passed in one step.
    #[serde(skip)]
    pub body_from: Option<u32>,
}

/// The records of a world.
#[derive(Debug)]
pub struct Trace {
    start: Rc<Scene>,
    records: Vec<Record>,
    /// For each grain, the records behind which one stops; the first are the rows of the terminal.
    steps: [Vec<u32>; Grain::ALL.len()],
    /// For each frame, by its number, the record of its leaving and of its arrival.
    frames: Vec<(u32, Option<u32>)>,
    /// The records at which a client began to connect.
    opened: Vec<u32>,
    sealing: Sealing,
}

impl Trace {
    /// A trace in which nothing has happened yet.
    pub fn new(start: Scene) -> Trace {
        Trace {
            start: Rc::new(start),
            records: Vec::new(),
            steps: Default::default(),
            frames: Vec::new(),
            opened: Vec::new(),
            sealing: Sealing::default(),
        }
    }

    /// Appends a record and gives its index.
    pub fn push(
        &mut self,
        at: Instant,
        connection: Option<ConnectionId>,
        cause: Option<u32>,
        event: Event,
    ) -> u32 {
        let index = self.records.len() as u32;
        let body_from = event.is_body().then(|| self.body_before(connection));
        for (grain, steps) in Grain::ALL.into_iter().zip(&mut self.steps) {
            if event.is_step(grain) {
                steps.push(index);
            }
        }
        match &event {
            Event::FrameSent { .. } => self.frames.push((index, None)),
            Event::FrameArrived { frame, .. } => {
                if let Some(way) = self.frames.get_mut(frame.0 as usize) {
                    way.1 = Some(index);
                }
            }
            Event::Opened { .. } => self.opened.push(index),
            _ => {}
        }
        self.sealing.note(index, connection, &event);
        let before = self.scene(self.records.len());
        let scene = match before.after(at, connection, &event) {
            Some(scene) => Rc::new(scene),
            None => Rc::clone(before),
        };
        let rows = self.steps(Grain::Line).len() as u32;
        self.records.push(Record { at, connection, cause, event, scene, rows, body_from });
        index
    }

    /// Where the body begins that a further row of a body on this connection belongs to.
    fn body_before(&self, connection: Option<ConnectionId>) -> u32 {
        let rows = self.steps(Grain::Line);
        let last = rows.last().map(|row| &self.records[*row as usize]);
        let going_on = last.filter(|last| last.connection == connection).and_then(|last| last.body_from);
        going_on.unwrap_or(rows.len() as u32)
    }

    /// All records, the oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// How many records there are: also the position at the end.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What the panels show at a position: after its first `position` records.
    pub fn scene(&self, position: usize) -> &Rc<Scene> {
        match position.checked_sub(1) {
            Some(last) => &self.records[last].scene,
            None => &self.start,
        }
    }

    /// The virtual time at a position.
    pub fn time(&self, position: usize) -> Instant {
        position.checked_sub(1).map_or(Instant::ZERO, |last| self.records[last].at)
    }

    /// The records that are rows of the terminal at a position, the oldest first.
    pub fn rows(&self, position: usize) -> &[u32] {
        let count = position.checked_sub(1).map_or(0, |last| self.records[last].rows);
        &self.steps(Grain::Line)[..count as usize]
    }

    /// The records of the frames that have been sent at a position, the oldest first, each with the record
    /// of its arrival, which may lie behind that position.
    pub fn frames(&self, position: usize) -> &[(u32, Option<u32>)] {
        let count = self.frames.partition_point(|(sent, _)| (*sent as usize) < position);
        &self.frames[..count]
    }

    /// The secrets of TLS that were logged up to a position, as lines of a key log.
    pub fn key_log(&self, position: usize) -> String {
        let lines = self.records[..position].iter().filter_map(|record| match &record.event {
            Event::KeyLogged(line) => Some([line.as_str(), "\n"]),
            _ => None,
        });
        lines.flatten().collect()
    }

    /// The records at which clients began to connect, as far as they lie before a position.
    pub fn opened(&self, position: usize) -> &[u32] {
        &self.opened[..self.opened.partition_point(|opened| (*opened as usize) < position)]
    }

    /// The TLS records that one end of a connection had handed to TCP at a position, the oldest first.
    pub fn sealed(&self, connection: ConnectionId, side: Side, position: usize) -> &[Place] {
        self.sealing.before(connection, side, position)
    }

    /// The TLS record in which the line ends that this row of the terminal is, if it went sealed and has
    /// been sent at a position.
    pub fn carrier(&self, row: u32, position: usize) -> Option<&Sealed> {
        let record = self.records.get(row as usize)?;
        let side = match &record.event {
            Event::ClientLine { .. } => Side::Client,
            Event::ServerLine { .. } => Side::Server,
            _ => return None,
        };
        self.sealed_at(self.sealing.carrier(record.connection?, side, row, position)?)
    }

    /// The TLS record of which this record tells.
    pub fn sealed_at(&self, record: u32) -> Option<&Sealed> {
        match &self.records.get(record as usize)?.event {
            Event::RecordSent { sealed, .. } => Some(sealed),
            _ => None,
        }
    }

    /// Whether anybody has said anything inside TLS so far.
    pub fn has_tls(&self) -> bool {
        !self.sealing.is_empty()
    }

    /// The records behind which one stops who walks with this grain.
    pub fn steps(&self, grain: Grain) -> &[u32] {
        &self.steps[grain as usize]
    }

    /// How many steps of a grain lie before a position.
    pub fn steps_before(&self, grain: Grain, position: usize) -> usize {
        self.steps(grain).partition_point(|step| (*step as usize) < position)
    }

    /// The position just after the first `count` steps of a grain.
    pub fn position_of_step(&self, grain: Grain, count: usize) -> usize {
        count.checked_sub(1).and_then(|last| self.steps(grain).get(last)).map_or(0, |step| *step as usize + 1)
    }

    /// The position one step back: just after the step before the last one that is shown.
    pub fn step_before(&self, grain: Grain, position: usize) -> usize {
        let shown = &self.steps(grain)[..self.steps_before(grain, position)];
        // Behind the last step, the first one back goes to it, if anything else has been shown since.
        let differs = |after: usize| after < position && !Rc::ptr_eq(self.scene(after), self.scene(position));
        match shown {
            [.., last] if differs(*last as usize + 1) => *last as usize + 1,
            [.., before, _] => *before as usize + 1,
            _ => 0,
        }
    }

    /// The position one step on: just after the next step, or the end.
    pub fn step_after(&self, grain: Grain, position: usize) -> usize {
        let shown = self.steps_before(grain, position);
        let Some(step) = self.steps(grain).get(shown) else { return self.len() };
        let after = *step as usize + 1;
        // Behind the last step, the end is the same place if nothing else is shown there.
        let last = shown + 1 == self.steps(grain).len();
        if last && Rc::ptr_eq(self.scene(after), self.scene(self.len())) { self.len() } else { after }
    }

    /// The position at which everything that happens at the next moment of virtual time has happened; none
    /// at the end.
    pub fn moment_after(&self, position: usize) -> Option<usize> {
        let now = self.records.get(position)?.at;
        let later = self.records[position..].partition_point(|record| record.at <= now);
        Some(position + later)
    }
}

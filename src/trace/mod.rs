//! What has happened in a world, as plain records in order. Append-only: the past never changes, so
//! everything the page shows is a function of a trace and a position in it.
//!
//! ```text
//!   Record { at, connection, cause, event }  +  the Scene as it is after that event
//! ```
//!
//! A trace knows no world: nothing here can make anything happen.

pub mod event;
pub mod scene;

pub use event::{ConnectionId, Event, Note, Side};
pub use scene::{Connection, Download, HeldMessage, Mailbox, Scene};

use crate::time::Instant;
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
    /// The records that are rows of the terminal.
    rows: Vec<u32>,
}

impl Trace {
    /// A trace in which nothing has happened yet.
    pub fn new(start: Scene) -> Trace {
        Trace { start: Rc::new(start), records: Vec::new(), rows: Vec::new() }
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
        if event.is_row() {
            self.rows.push(index);
        }
        let before = self.scene(self.records.len());
        let scene = match before.after(at, connection, &event) {
            Some(scene) => Rc::new(scene),
            None => Rc::clone(before),
        };
        let rows = self.rows.len() as u32;
        self.records.push(Record { at, connection, cause, event, scene, rows, body_from });
        index
    }

    /// Where the body begins that a further row of a body on this connection belongs to.
    fn body_before(&self, connection: Option<ConnectionId>) -> u32 {
        let last = self.rows.last().map(|row| &self.records[*row as usize]);
        let going_on = last.filter(|last| last.connection == connection).and_then(|last| last.body_from);
        going_on.unwrap_or(self.rows.len() as u32)
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
        &self.rows[..count as usize]
    }

    /// The position just after the first `lines` rows.
    pub fn position_of_line(&self, lines: usize) -> usize {
        lines.checked_sub(1).and_then(|last| self.rows.get(last)).map_or(0, |row| *row as usize + 1)
    }

    /// The position one line back: just after the row before the last one that is shown.
    pub fn line_before(&self, position: usize) -> usize {
        let shown = self.rows(position);
        // Behind the last row, the first step back goes to it, if it showed anything else.
        let differs = |after: usize| after < position && !Rc::ptr_eq(self.scene(after), self.scene(position));
        match shown {
            [.., last] if differs(*last as usize + 1) => *last as usize + 1,
            [.., before, _] => *before as usize + 1,
            _ => 0,
        }
    }

    /// The position one line on: just after the next row, or the end.
    pub fn line_after(&self, position: usize) -> usize {
        let shown = self.rows(position).len();
        self.rows.get(shown).map_or(self.len(), |row| *row as usize + 1)
    }
}

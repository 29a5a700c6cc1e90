//! A moment of a world, as the panels get it.

use super::lab::ME;
use super::notebook;
use crate::ledger::{Ledger, Notebook};
use crate::net::LinkConfig;
use crate::sasl::Entry;
use crate::time::Instant;
use crate::trace::{Connection, Scene, Trace};
use crate::world::World;
use std::cell::RefCell;
use std::rc::Rc;

/// A moment of a world, to be handed to components: cheap to clone and to compare.
#[derive(Clone)]
pub struct View {
    pub(super) world: Rc<RefCell<World>>,
    /// What somebody on the path has learnt: read when it is asked for, kept as long as the world is.
    pub(super) ledger: Rc<RefCell<Ledger>>,
    pub(super) eras: Rc<[Era]>,
    /// How many records have happened at this moment.
    pub position: usize,
    /// How many records there are.
    pub end: usize,
    /// Whether the position is on its way to the end by itself.
    pub walking: bool,
}

impl PartialEq for View {
    fn eq(&self, other: &View) -> bool {
        let key = |view: &View| (view.generation(), view.position, view.end, view.walking);
        key(self) == key(other) && Rc::ptr_eq(&self.world, &other.world)
    }
}

/// What the panels show at a moment. Two are equal if they are the same one: a scene is shared by all
/// moments between which nothing changed, so that a panel is drawn again only when it has to be.
#[derive(Clone)]
pub struct Shown(Rc<Scene>);

impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Shown {
    type Target = Scene;
    fn deref(&self) -> &Scene {
        &self.0
    }
}

impl Shown {
    /// The learner's latest connection.
    pub fn connection(&self) -> Option<&Connection> {
        self.connections.get(&ME).map(Rc::as_ref)
    }
}

impl View {
    /// What the panels show at this moment.
    pub fn shown(&self) -> Shown {
        Shown(self.scene())
    }

    /// Whether a person has gone back to before the end.
    pub fn is_past(&self) -> bool {
        self.position < self.end && !self.walking
    }

    /// The source of all chance in this world.
    pub fn seed(&self) -> u64 {
        self.world.borrow().setup().seed
    }

    /// The name of the server.
    pub fn host(&self) -> String {
        self.world.borrow().setup().server.host.clone()
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        self.with(|trace| trace.time(self.position))
    }

    /// The link at the end of the trace.
    pub fn link(&self) -> LinkConfig {
        self.with(|trace| trace.scene(self.end).link)
    }

    /// Everything that the panels show.
    pub fn scene(&self) -> Rc<Scene> {
        self.with(|trace| Rc::clone(trace.scene(self.position)))
    }

    /// The learner's latest connection.
    pub fn connection(&self) -> Option<Rc<Connection>> {
        self.scene().connections.get(&ME).cloned()
    }

    /// Which world it is a moment of: another number after each fork and each new start.
    pub fn generation(&self) -> u32 {
        self.eras.last().map_or(0, |era| era.generation)
    }

    /// How many records this world has in common with the one that it is a fork of.
    pub fn inherited(&self) -> usize {
        self.eras.last().map_or(0, |era| era.from)
    }

    /// A name for a record that stays the same when a fork keeps it, and is no other's.
    pub fn key(&self, record: u32) -> String {
        format!("{}.{record}", self.era(record))
    }

    /// The generation of the world in which a record happened.
    pub fn era(&self, record: u32) -> u32 {
        let era = self.eras.iter().rev().find(|era| era.from <= record as usize);
        era.map_or(0, |era| era.generation)
    }

    /// Lets the one in the middle read at most this many more packets of those before this moment. True if
    /// there are more.
    pub fn overhear(&self, most: usize) -> bool {
        self.with(|trace| notebook::read(&mut self.ledger.borrow_mut(), trace, self.position, most))
    }

    /// How many packets before this moment the one in the middle has read, and how many there are.
    pub fn overheard(&self) -> (usize, usize) {
        let sent = self.with(|trace| trace.frames(self.position).len());
        (sent.min(self.ledger.borrow().next_frame() as usize), sent)
    }

    /// Reads the notebook as it is at this moment.
    pub fn with_notebook<R>(&self, read: impl FnOnce(Notebook<'_>) -> R) -> R {
        let (_, sent) = self.overheard();
        read(self.ledger.borrow().before(u32::try_from(sent).unwrap_or(u32::MAX)))
    }

    /// What the server keeps of each account. It is the same at any moment of a world.
    pub fn kept(&self) -> Vec<(String, Vec<Entry>)> {
        self.world.borrow().kept().map(|(name, kept)| (name.to_owned(), kept.entries())).collect()
    }

    /// Reads the trace.
    pub fn with<R>(&self, read: impl FnOnce(&Trace) -> R) -> R {
        read(self.world.borrow().trace())
    }
}

/// From a record on, the trace is that of this world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    pub from: usize,
    pub generation: u32,
}

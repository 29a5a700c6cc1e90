//! The world behind the page and the moment at which one looks at it.

use super::view::{Era, View};
use super::wish::Wish;
use crate::ledger::Ledger;
use crate::recording::{Recording, Step};
use crate::world::{Setup, World};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// The learner's own client.
pub const ME: u8 = 0;

/// Another device of the same person, with a mail program of its own.
pub const OTHER: u8 = 1;

/// The port of POP3 in the clear.
pub const PORT: u16 = 110;

/// How many records may be made before the page gets to breathe: so much takes a browser a few
/// milliseconds.
const SLICE: usize = 1_000;

/// The most turns that are kept to be taken back. Each that left a world behind holds that world.
const MOST_TURNS: usize = 1_000;

/// A world, the position in its trace that is on the screen, and how one came there.
pub struct Lab {
    place: Place,
    /// Places that were left by taking a turn back, the last one first to return to.
    undone: Vec<Place>,
    /// What a person wants done when everything before it has been.
    todo: VecDeque<Todo>,
    /// Whether the world has not come to rest yet.
    running: bool,
    /// The number of the latest world.
    generation: u32,
}

#[derive(Clone)]
struct Place {
    world: Rc<RefCell<World>>,
    ledger: Rc<RefCell<Ledger>>,
    /// None follows the end.
    position: Option<usize>,
    /// The position is on its way to the end: the watch pace.
    walking: bool,
    /// Where each world that the trace on screen has been through begins in it: one more entry with each
    /// fork. What stands before it was there already.
    eras: Rc<[Era]>,
    turns: Vec<Turn>,
}

/// Something that a person did in one go, and how it is taken back.
#[derive(Clone)]
enum Turn {
    /// It went on from this many records.
    Onward(usize),
    /// It left that place for another world.
    Left(Rc<Place>),
}

enum Todo {
    /// A turn begins.
    Turn,
    Do(Wish),
    /// What a client did elsewhere, not before that moment.
    Repeat(Step),
}

/// What became of a wish to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It was done at the end of the trace.
    Onwards,
    /// It was done at an earlier moment: what came after it never happened.
    Forked,
}

impl Default for Lab {
    /// The demonstration, already connected.
    fn default() -> Lab {
        let mut lab = Lab::new(Setup::default());
        lab.act(vec![Wish::connect()]);
        // There is nothing before it to go back to.
        lab.place.turns.clear();
        lab
    }
}

impl Lab {
    /// A world in which nothing has been done yet.
    pub fn new(setup: Setup) -> Lab {
        let place = Place::new(setup, 0);
        Lab { place, undone: Vec::new(), todo: VecDeque::new(), running: false, generation: 0 }
    }

    /// What is on the screen.
    pub fn view(&self) -> View {
        let Place { world, ledger, position, walking, eras, .. } = &self.place;
        let end = world.borrow().trace().len();
        let position = position.unwrap_or(end).min(end);
        let (world, ledger, eras) = (Rc::clone(world), Rc::clone(ledger), Rc::clone(eras));
        View { world, ledger, eras, position, end, walking: *walking }
    }

    /// How the world was set up.
    pub fn setup(&self) -> Setup {
        self.place.world.borrow().setup().clone()
    }

    /// Does things one after another, each when the world has come to rest, at the moment on the screen.
    /// What they lead to is shown as far as it has happened; [`Lab::go_on`] lets the rest happen.
    pub fn act(&mut self, wishes: Vec<Wish>) -> Acted {
        let forks = self.view().is_past();
        if forks {
            let forked = self.before(self.view().position);
            self.leave_for(forked);
        }
        self.place.position = None;
        self.place.walking = false;
        self.undone.clear();
        if !forks {
            self.todo.push_back(Todo::Turn);
        }
        self.todo.extend(wishes.into_iter().map(Todo::Do));
        self.go_on();
        if forks { Acted::Forked } else { Acted::Onwards }
    }

    /// Begins anew in another world, and does things there.
    pub fn begin(&mut self, setup: Setup, wishes: Vec<Wish>) {
        self.generation += 1;
        let place = Place::new(setup, self.generation);
        self.leave_for(place);
        self.todo.extend(wishes.into_iter().map(Todo::Do));
        self.go_on();
    }

    /// Begins anew in the world of a recording, and lets what was recorded happen there.
    pub fn play(&mut self, recording: &mut Recording) {
        self.begin(recording.setup.clone(), vec![]);
        self.todo.extend(recording.steps.drain(..).map(Todo::Repeat));
        self.go_on();
    }

    /// Goes on with another world, at a position of it.
    pub fn enter(&mut self, world: World, position: usize) {
        self.generation += 1;
        let place = Place::of(world, self.generation);
        self.leave_for(place);
        self.look_at(position);
    }

    /// Lets happen what is under way, up to a limit, so that the page can breathe. True if there is more.
    pub fn go_on(&mut self) -> bool {
        let world = Rc::clone(&self.place.world);
        let mut world = world.borrow_mut();
        let stop = world.trace().len() + SLICE;
        self.running = loop {
            if world.trace().len() >= stop {
                break true;
            }
            if world.step() {
                continue;
            }
            match self.todo.pop_front() {
                None => break false,
                Some(Todo::Turn) => self.place.turn(Turn::Onward(world.trace().len())),
                Some(Todo::Repeat(Step { at, action })) => {
                    world.run_until(at);
                    world.apply(action);
                }
                Some(Todo::Do(wish)) => {
                    let action = wish.action(world.trace().scene(world.trace().len()));
                    world.apply(action);
                }
            }
        };
        self.running
    }

    /// Does what can be done before it is asked for, while nobody waits.
    pub fn prepare(&self) {
        self.place.world.borrow().prepare();
    }

    /// Whether something is still under way.
    pub fn is_running(&self) -> bool {
        self.running
    }

    /// Looks at another moment.
    pub fn look_at(&mut self, position: usize) {
        self.place.position = (position < self.view().end).then_some(position);
        self.place.walking = false;
    }

    /// Shows what happens from a position on, a moment of virtual time after the other. False if there is
    /// nothing to show.
    pub fn walk_from(&mut self, position: usize) -> bool {
        self.look_at(position);
        self.place.walking = self.place.position.is_some();
        self.place.walking
    }

    /// Whether something can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.place.turns.is_empty()
    }

    /// Whether something that was taken back can be done after all.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes back what was done last. A world that was left for it is there again.
    pub fn undo(&mut self) {
        let Some(turn) = self.place.turns.pop() else { return };
        let mut left = self.place.clone();
        left.position = None;
        left.walking = false;
        left.turns.push(turn.clone());
        self.todo.clear();
        self.place = match turn {
            Turn::Left(place) => (*place).clone(),
            Turn::Onward(from) => self.before(from),
        };
        self.undone.push(left);
        self.go_on();
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self) {
        let Some(place) = self.undone.pop() else { return };
        self.todo.clear();
        self.place = place;
        self.go_on();
    }

    /// This place, if nothing had happened after a position.
    fn before(&mut self, position: usize) -> Place {
        let forked = self.place.world.borrow().fork(position);
        self.generation += 1;
        let from = forked.trace().len();
        let era = Era { from, generation: self.generation };
        let kept = self.place.eras.iter().filter(|era| era.from < from).copied();
        let earlier = |turn: &&Turn| match turn {
            Turn::Onward(from) => *from < position,
            Turn::Left(_) => true,
        };
        Place {
            world: Rc::new(RefCell::new(forked)),
            ledger: Rc::default(),
            position: None,
            walking: false,
            eras: kept.chain([era]).collect(),
            turns: self.place.turns.iter().filter(earlier).cloned().collect(),
        }
    }

    /// Leaves this place so that one can come back to it.
    fn leave_for(&mut self, mut place: Place) {
        self.todo.clear();
        self.undone.clear();
        let mut left = self.place.clone();
        left.walking = false;
        place.turn(Turn::Left(Rc::new(left)));
        self.place = place;
    }
}

impl Place {
    fn new(setup: Setup, generation: u32) -> Place {
        Place::of(World::new(setup), generation)
    }

    fn of(world: World, generation: u32) -> Place {
        let world = Rc::new(RefCell::new(world));
        let eras = [Era { from: 0, generation }].into();
        let ledger = Rc::default();
        Place { world, ledger, position: None, walking: false, eras, turns: Vec::new() }
    }

    fn turn(&mut self, turn: Turn) {
        self.turns.push(turn);
        let surplus = self.turns.len().saturating_sub(MOST_TURNS);
        self.turns.drain(..surplus);
    }
}

/// What the tests of this folder do with a lab.
#[cfg(test)]
impl Lab {
    /// Types whole lines, CRLF included, and waits for the end of what they lead to.
    pub fn send(&mut self, octets: Vec<u8>) -> Acted {
        self.does(Wish::send(octets))
    }

    /// Does one thing and waits.
    pub fn does(&mut self, wish: Wish) -> Acted {
        let acted = self.act(vec![wish]);
        while self.go_on() {}
        acted
    }

    /// Resets the connection.
    pub fn drop_line(&mut self) -> Acted {
        self.does(Wish::DropLine { client: ME })
    }

    /// Begins anew with the same setup.
    pub fn start_over(&mut self) {
        self.begin(self.setup(), vec![Wish::connect()]);
    }
}

#[cfg(test)]
mod tests;

//! The world behind the page and the moment at which one looks at it.

use crate::trace::{Connection, ConnectionId, Scene, Trace};
use crate::world::{Action, Setup, Target, World};
use std::cell::RefCell;
use std::rc::Rc;

/// The learner's own client.
pub const ME: u8 = 0;

/// The port of POP3 in the clear.
pub const PORT: u16 = 110;

/// A world, and the position in its trace that is on the screen.
pub struct Lab {
    world: Rc<RefCell<World>>,
    /// None follows the end.
    position: Option<usize>,
    /// Where each world that the trace on screen has been through begins in it: one more entry with each
    /// fork. What stands before it was there already.
    eras: Rc<[Era]>,
}

/// From a record on, the trace is that of this world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Era {
    from: usize,
    generation: u32,
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
        Lab::connected(Setup::default(), 0)
    }
}

impl Lab {
    fn connected(setup: Setup, generation: u32) -> Lab {
        let world = Rc::new(RefCell::new(World::new(setup)));
        let eras = [Era { from: 0, generation }].into();
        let mut lab = Lab { world, position: None, eras };
        lab.connect();
        lab
    }

    /// What is on the screen.
    pub fn view(&self) -> View {
        let end = self.world.borrow().trace().len();
        let position = self.position.unwrap_or(end).min(end);
        View { world: Rc::clone(&self.world), eras: Rc::clone(&self.eras), position, end }
    }

    /// Connects to the server.
    pub fn connect(&mut self) -> Acted {
        self.act(Action::Connect { client: ME, to: Target::Server, port: PORT })
    }

    /// Writes octets to the learner's latest connection.
    pub fn send(&mut self, octets: Vec<u8>) -> Acted {
        let connection = self.latest();
        self.act(Action::Send { connection, octets })
    }

    /// Closes the learner's side without QUIT.
    pub fn disconnect(&mut self) -> Acted {
        let connection = self.latest();
        self.act(Action::Disconnect { connection })
    }

    /// Resets the learner's connection.
    pub fn drop_line(&mut self) -> Acted {
        let connection = self.latest();
        self.act(Action::DropLine { connection })
    }

    /// Begins anew: the mailboxes are as they were at first.
    pub fn start_over(&mut self) {
        let setup = self.world.borrow().setup().clone();
        *self = Lab::connected(setup, self.view().generation() + 1);
    }

    /// Does something at the moment on the screen, and shows what it led to.
    pub fn act(&mut self, action: Action) -> Acted {
        let view = self.view();
        let forks = view.is_past();
        if forks {
            let forked = self.world.borrow().fork(view.position);
            let from = forked.trace().len();
            let kept = self.eras.iter().filter(|era| era.from < from).copied();
            self.eras = kept.chain([Era { from, generation: view.generation() + 1 }]).collect();
            self.world = Rc::new(RefCell::new(forked));
        }
        self.position = None;
        self.world.borrow_mut().act(action);
        if forks { Acted::Forked } else { Acted::Onwards }
    }

    /// Looks at another moment.
    pub fn look_at(&mut self, position: usize) {
        self.position = (position < self.view().end).then_some(position);
    }

    fn latest(&self) -> ConnectionId {
        self.view().scene().connections.get(&ME).map_or(ConnectionId(0), |connection| connection.id)
    }
}

/// A moment of a world, to be handed to components: cheap to clone and to compare.
#[derive(Clone)]
pub struct View {
    world: Rc<RefCell<World>>,
    eras: Rc<[Era]>,
    /// How many records have happened at this moment.
    pub position: usize,
    /// How many records there are.
    pub end: usize,
}

impl PartialEq for View {
    fn eq(&self, other: &View) -> bool {
        let key = |view: &View| (view.generation(), view.position, view.end);
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

    /// Whether it is earlier than the end.
    pub fn is_past(&self) -> bool {
        self.position < self.end
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

    /// Reads the trace.
    pub fn with<R>(&self, read: impl FnOnce(&Trace) -> R) -> R {
        read(self.world.borrow().trace())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::TcpState;
    use crate::pop3::Phase;

    fn phase(lab: &Lab) -> Option<Phase> {
        lab.view().connection().and_then(|connection| connection.phase)
    }

    #[test]
    fn the_page_opens_connected_and_greeted() {
        let lab = Lab::default();
        let connection = lab.view().connection().unwrap();
        assert!(connection.greeted && connection.is_open());
        assert_eq!(connection.tcp_client, TcpState::Established);
    }

    #[test]
    fn typing_in_the_past_forks_there() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\n".to_vec());
        let after_user = lab.view().position;
        lab.send(b"PASS wonderland\r\n".to_vec());
        assert_eq!(phase(&lab), Some(Phase::Transaction));
        lab.look_at(after_user);
        assert_eq!(phase(&lab), Some(Phase::UserGiven));
        assert_eq!(lab.send(b"PASS wrong\r\n".to_vec()), Acted::Forked);
        assert_eq!(phase(&lab), Some(Phase::Authorization));
        assert!(!lab.view().is_past());
    }

    #[test]
    fn a_fork_keeps_the_names_of_what_it_keeps() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\n".to_vec());
        let before = lab.view();
        lab.send(b"PASS wonderland\r\n".to_vec());
        let after = lab.view().key(before.end as u32);
        lab.look_at(before.position);
        lab.send(b"PASS wrong\r\n".to_vec());
        let forked = lab.view();
        assert!(forked.inherited() >= before.position);
        assert_eq!(forked.key(0), before.key(0));
        assert_ne!(forked.key(before.end as u32), after);
    }

    #[test]
    fn looking_at_the_past_changes_nothing() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\n".to_vec());
        let end = lab.view().end;
        lab.look_at(0);
        assert_eq!(lab.view().connection(), None);
        lab.look_at(end);
        assert_eq!(lab.view().end, end);
        assert!(!lab.view().is_past());
    }

    #[test]
    fn starting_over_brings_removed_mail_back() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nDELE 1\r\nQUIT\r\n".to_vec());
        assert_eq!(lab.view().scene().mailboxes["alice"].messages.len(), 7);
        lab.start_over();
        assert_eq!(lab.view().scene().mailboxes["alice"].messages.len(), 8);
    }
}

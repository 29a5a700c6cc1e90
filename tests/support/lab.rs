//! A world with a person at the keyboard, for tests that read like what they are about:
//!
//! ```ignore
//! Lab::logged_in().types("DELE 1").expect("+OK").drops_the_line();
//! ```
//!
//! Each verb acts for the client chosen by [`Lab::as_client`] and runs the world to rest, except in
//! [`Lab::begins`], after which [`Lab::until`] goes on step by step.

#![allow(dead_code)] // Each test file uses a part of it.

use pop3lab::mail::Fault;
use pop3lab::net::TcpState;
use pop3lab::policy::{Policy, Road};
use pop3lab::pop3::Phase;
use pop3lab::trace::{Connection, ConnectionId, Event, Mailbox, Note, Record, Scene, Side};
use pop3lab::world::{Action, Setup, Target, World};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

pub struct Lab {
    pub world: World,
    client: u8,
    /// The latest connection of each client.
    latest: BTreeMap<u8, ConnectionId>,
    attempts: u32,
    /// How many lines of the server were read on each connection.
    read: BTreeMap<ConnectionId, usize>,
}

impl Lab {
    pub fn with(setup: Setup) -> Lab {
        Lab {
            world: World::new(setup),
            client: 0,
            latest: BTreeMap::new(),
            attempts: 0,
            read: BTreeMap::new(),
        }
    }

    /// The demonstration, with nobody connected.
    pub fn new() -> Lab {
        Lab::with(Setup::default())
    }

    /// The demonstration over a link that loses frames.
    pub fn losing(per_mille: u16) -> Lab {
        let mut setup = Setup::default();
        setup.link.loss_per_mille = per_mille;
        Lab::with(setup)
    }

    /// Connected, with the greeting read.
    pub fn connected() -> Lab {
        let mut lab = Lab::new();
        lab.connects().expect("+OK POP3 Lab");
        lab
    }

    /// In TRANSACTION, as alice.
    pub fn logged_in() -> Lab {
        let mut lab = Lab::connected();
        lab.logs_in();
        lab
    }

    /// Who acts from here on.
    pub fn as_client(&mut self, client: u8) -> &mut Lab {
        self.client = client;
        self
    }

    /// The demonstration, connected on this road.
    pub fn on(road: Road) -> Lab {
        Lab::on_terms(Policy { security: road.security(), ..Policy::default() }, road.port())
    }

    /// The demonstration, connected on these terms.
    pub fn on_terms(policy: Policy, port: u16) -> Lab {
        let mut setup = Setup { policy, ..Setup::default() };
        // A release is no change of behaviour.
        setup.server.implementation = "POP3-Lab".into();
        let mut lab = Lab::with(setup);
        lab.connects_to(Target::Server, port);
        lab
    }

    pub fn connects(&mut self) -> &mut Lab {
        self.connects_to(Target::Server, 110)
    }

    pub fn connects_to(&mut self, to: Target, port: u16) -> &mut Lab {
        let client = self.client;
        self.does(Action::Connect { client, to, port })
    }

    /// Logs in as alice.
    pub fn logs_in(&mut self) -> &mut Lab {
        self.types("USER alice").expect("+OK").types("PASS wonderland").expect("+OK")
    }

    /// Logs in as alice in one go, and reads nothing: for lines on which answers come late.
    pub fn logs_in_at_once(&mut self) -> &mut Lab {
        self.pastes("USER alice\r\nPASS wonderland\r\n")
    }

    /// Types a line and Enter.
    pub fn types(&mut self, line: &str) -> &mut Lab {
        self.pastes(&format!("{line}\r\n"))
    }

    /// Sends text as it is, all at once.
    pub fn pastes(&mut self, text: &str) -> &mut Lab {
        let connection = self.id();
        self.does(Action::Send { connection, octets: text.into() })
    }

    pub fn disconnects(&mut self) -> &mut Lab {
        let connection = self.id();
        self.does(Action::Disconnect { connection })
    }

    pub fn drops_the_line(&mut self) -> &mut Lab {
        let connection = self.id();
        self.does(Action::DropLine { connection })
    }

    pub fn loses_the_cable(&mut self) -> &mut Lab {
        let client = self.client;
        self.does(Action::CutCable { client })
    }

    pub fn waits(&mut self, span: Duration) -> &mut Lab {
        self.does(Action::LetTimePass { micros: span.as_micros() as u64 })
    }

    pub fn delivers(&mut self, mailbox: &str, message: &str) -> &mut Lab {
        self.does(Action::Deliver { mailbox: mailbox.into(), message: message.into(), uid: None })
    }

    pub fn breaks(&mut self, fault: Fault) -> &mut Lab {
        self.does(Action::Break { fault: Some(fault) })
    }

    /// Acts and runs the world to rest.
    pub fn does(&mut self, action: Action) -> &mut Lab {
        self.begins(action);
        self.until_idle()
    }

    /// Acts and runs nothing.
    pub fn begins(&mut self, action: Action) -> &mut Lab {
        if let Action::Connect { client, .. } = action {
            self.latest.insert(client, ConnectionId(self.attempts));
            self.attempts += 1;
        }
        self.world.apply(action);
        self
    }

    /// Steps until a record for which `done` holds, or to rest; true if there is one.
    pub fn until(&mut self, done: impl Fn(&Record) -> bool) -> bool {
        let mut seen = self.world.trace().len();
        loop {
            if self.world.trace().records()[seen..].iter().any(&done) {
                return true;
            }
            seen = self.world.trace().len();
            if !self.world.step() {
                return false;
            }
        }
    }

    pub fn until_idle(&mut self) -> &mut Lab {
        self.world.run_until_quiet();
        assert!(self.notes().iter().all(|note| **note != Note::TooManySteps), "{}", self.story());
        self
    }

    /// The next line of the server that was not read yet starts with this; long answers are skipped
    /// by [`Lab::body`] only.
    #[track_caller]
    pub fn expect(&mut self, start: &str) -> &mut Lab {
        match self.next_line() {
            Some(line) if line.starts_with(start) => self,
            other => panic!("expected {start:?}, got {other:?} in\n{}", self.story()),
        }
    }

    /// The lines of a long answer, up to the dot, with byte-stuffing left as it is.
    #[track_caller]
    pub fn body(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            match self.next_line() {
                Some(line) if line == "." => return lines,
                Some(line) => lines.push(line),
                None => panic!("a long answer without an end in\n{}", self.story()),
            }
        }
    }

    /// The server has said nothing more.
    #[track_caller]
    pub fn expect_silence(&mut self) -> &mut Lab {
        let line = self.next_line();
        assert!(line.is_none(), "expected silence, got {line:?} in\n{}", self.story());
        self
    }

    /// This happened to the connection, or to the world.
    #[track_caller]
    pub fn expect_note(&mut self, note: &Note) -> &mut Lab {
        assert!(self.notes().contains(&note), "no {note:?} in\n{}", self.story());
        self
    }

    /// The connection of the client that acts.
    pub fn id(&self) -> ConnectionId {
        *self.latest.get(&self.client).expect("the client has connected")
    }

    /// All panels as they are now.
    pub fn scene(&self) -> &Rc<Scene> {
        self.world.trace().scene(self.world.trace().len())
    }

    pub fn connection(&self) -> &Connection {
        self.scene().connections.get(&self.client).expect("the client has connected")
    }

    pub fn mailbox(&self, name: &str) -> &Mailbox {
        self.scene().mailboxes.get(name).expect("there is such a mailbox")
    }

    /// How many messages the server holds for alice.
    pub fn held(&self) -> usize {
        self.mailbox("alice").messages.len()
    }

    /// The numbers of alice's marked messages.
    pub fn marked(&self) -> Vec<u32> {
        let marked = self.mailbox("alice").messages.iter().filter(|held| held.marked);
        marked.filter_map(|held| held.number).collect()
    }

    pub fn phase(&self) -> Option<Phase> {
        self.connection().phase
    }

    /// The client's TCP and the server's.
    pub fn tcp(&self) -> (TcpState, TcpState) {
        (self.connection().tcp_client, self.connection().tcp_server)
    }

    /// Every change of TCP state of this side of the connection, in order.
    pub fn tcp_path(&self, side: Side) -> Vec<TcpState> {
        let id = self.id();
        let changes = self.events().filter(|(connection, _)| *connection == Some(id));
        changes
            .filter_map(|(_, event)| match event {
                Event::TcpChanged { side: of, to, .. } if *of == side => Some(*to),
                _ => None,
            })
            .collect()
    }

    /// What happened on the connection, or to the world.
    pub fn notes(&self) -> Vec<&Note> {
        let id = self.latest.get(&self.client).copied();
        let here = self.events().filter(|(connection, _)| connection.is_none() || *connection == id);
        here.filter_map(|(_, event)| if let Event::Note(note) = event { Some(note) } else { None }).collect()
    }

    pub fn events(&self) -> impl Iterator<Item = (Option<ConnectionId>, &Event)> {
        self.world.trace().records().iter().map(|record| (record.connection, &record.event))
    }

    /// The terminal, for whoever reads a failure.
    pub fn story(&self) -> String {
        let mut story = String::new();
        for record in self.world.trace().records() {
            let on = record.connection.map_or("-".into(), |id| id.0.to_string());
            let row = match &record.event {
                Event::ClientLine { octets, .. } => format!("C: {}", octets.escape_ascii()),
                Event::ServerLine { octets, .. } => format!("S: {}", octets.escape_ascii()),
                Event::Note(note) => format!("-- {note:?}"),
                _ => continue,
            };
            story.push_str(&format!("{:>12} {on} {row}\n", record.at.to_string()));
        }
        story
    }

    fn next_line(&mut self) -> Option<String> {
        let id = self.id();
        let read = self.read.get(&id).copied().unwrap_or(0);
        let mut lines = self.events().filter_map(|(connection, event)| match event {
            Event::ServerLine { octets, .. } if connection == Some(id) => Some(octets),
            _ => None,
        });
        let line = lines.nth(read).map(|octets| String::from_utf8_lossy(octets).into_owned())?;
        drop(lines);
        self.read.insert(id, read + 1);
        Some(line)
    }
}

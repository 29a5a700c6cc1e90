//! No mail is lost, whatever anybody does: a message leaves only by DELE and a QUIT that reached UPDATE.
//! And segments mean nothing.
//!
//! ```text
//!   moves ─▶ World ─▶ frames ─▶ segments ─▶ oracle: what must be there, and what must be answered
//! ```
#![cfg(not(target_arch = "wasm32"))]

#[path = "properties/moves.rs"]
mod moves;
#[path = "properties/oracle.rs"]
mod oracle;
#[path = "properties/segments.rs"]
mod segments;

use moves::{Deed, Move, moves, pipeline};
use oracle::{ACCOUNTS, Oracle, Tally};
use pop3lab::mail::{Account, AccountPolicy, Fault, Message};
use pop3lab::trace::{ConnectionId, Event, Side};
use pop3lab::world::{Action, Setup, Target, World};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The client that looks at the end. The two others are at work before.
const INSPECTOR: u8 = 2;

/// Small messages, each unlike all others, with lines that need byte-stuffing.
fn message(number: usize) -> Vec<u8> {
    let mut text = format!("Subject: number {number}\r\n\r\n");
    for line in 0..number % 5 {
        text.push_str(&format!("{}line {line} of {number}\r\n", ".".repeat(line)));
    }
    text.into_bytes()
}

fn mail(who: usize) -> Vec<Vec<u8>> {
    (0..6 - 3 * who).map(|number| message(100 * who + number)).collect()
}

/// A world, what is known of its connections, and the oracle that watches the wire.
struct Play {
    world: World,
    oracle: Oracle,
    latest: BTreeMap<u8, ConnectionId>,
    attempts: u32,
    cuts: u32,
    delivered: usize,
}

impl Play {
    fn new(per_mille: u16, seed: u64) -> Play {
        let account = |(who, (name, password)): (usize, &(&str, &str))| Account {
            name: (*name).into(),
            password: (*password).into(),
            messages: mail(who).iter().map(|message| Message::new(message)).collect(),
            policy: AccountPolicy::default(),
            access: Default::default(),
        };
        let mut setup = Setup { seed, ..Setup::default() };
        // The oracle reads what is on the wire. What is sealed has a test of its own, tests/secrets.rs.
        setup.policy.stls = false;
        setup.link.loss_per_mille = per_mille;
        setup.accounts = ACCOUNTS.iter().enumerate().map(account).collect();
        let known: Vec<_> = ACCOUNTS.iter().enumerate().map(|(who, (name, _))| (*name, mail(who))).collect();
        Play {
            world: World::new(setup),
            oracle: Oracle::new(&known),
            latest: BTreeMap::new(),
            attempts: 0,
            cuts: 0,
            delivered: 1000,
        }
    }

    /// Makes a move, and holds what was on the wire against the oracle.
    fn make(&mut self, Move { client, deed, events }: &Move) -> Result<(), String> {
        let connection = self.latest.get(client).copied();
        let action = match (deed, connection) {
            (Deed::Connect, _) | (Deed::Say(_) | Deed::Disconnect | Deed::Drop, None) => {
                self.connect(*client)
            }
            (Deed::Say(octets), Some(connection)) => Action::Send { connection, octets: octets.clone() },
            (Deed::Disconnect, Some(connection)) => Action::Disconnect { connection },
            (Deed::Drop, Some(connection)) => Action::DropLine { connection },
            // A client has nine more addresses to move to.
            (Deed::Cut, _) if self.cuts == 8 => self.connect(*client),
            (Deed::Cut, _) => {
                self.cuts += 1;
                Action::CutCable { client: *client }
            }
            (Deed::Deliver(who), _) => {
                self.delivered += 1;
                Action::Deliver {
                    mailbox: ACCOUNTS[*who].0.into(),
                    message: message(self.delivered),
                    uid: None,
                }
            }
            (Deed::Wait(seconds), _) => Action::LetTimePass { micros: seconds * 1_000_000 },
            (Deed::BreakUpdate(fails), _) => Action::Break { fault: fails.then_some(Fault::UpdateFails) },
        };
        // Whose connection is over connects anew with the next line, as often as not.
        if matches!(deed, Deed::Say(_) | Deed::Drop | Deed::Disconnect) && self.is_over(*client) {
            self.latest.remove(client);
        }
        self.act(action, *events)
    }

    fn connect(&mut self, client: u8) -> Action {
        self.latest.insert(client, ConnectionId(self.attempts));
        self.attempts += 1;
        Action::Connect { client, to: Target::Server, port: 110 }
    }

    fn is_over(&self, client: u8) -> bool {
        let scene = self.world.trace().scene(self.world.trace().len());
        scene.connections.get(&client).is_none_or(|connection| !connection.is_open())
    }

    fn act(&mut self, action: Action, events: Option<u8>) -> Result<(), String> {
        self.world.apply(action);
        match events {
            None => self.world.run_until_quiet(),
            Some(count) => _ = (0..count).take_while(|_| self.world.step()).count(),
        }
        self.oracle.read(&self.world)
    }

    /// When all is over, logs in to every mailbox and looks at all that is there.
    fn inspect(&mut self) -> Result<(), String> {
        self.act(Action::Break { fault: None }, None)?;
        for (name, password) in ACCOUNTS {
            // On a line that loses much, not every attempt comes through.
            let mut seen = false;
            for _ in 0..10 {
                seen = seen || self.look_into(name, password)?;
            }
            if !seen {
                return Err(format!("{name} could not be looked at in the end"));
            }
        }
        Ok(())
    }

    /// Whether all mail of a mailbox was seen; what it must be is for the oracle to say.
    fn look_into(&mut self, name: &str, password: &str) -> Result<bool, String> {
        self.act(Action::LetTimePass { micros: 1_500_000_000 }, None)?;
        let before = self.oracle.tally;
        let held = self.oracle.held(name);
        let connect = self.connect(INSPECTOR);
        self.act(connect, None)?;
        let numbers: String = (1..=held).map(|number| format!("RETR {number}\r\n")).collect();
        let octets = format!("USER {name}\r\nPASS {password}\r\nSTAT\r\nLIST\r\nUIDL\r\n{numbers}QUIT\r\n");
        self.act(Action::Send { connection: self.latest[&INSPECTOR], octets: octets.into() }, None)?;
        let after = self.oracle.tally;
        Ok((after.logins, after.fetched) == (before.logins + 1, before.fetched + held as u32))
    }

    /// All that was said, for whoever reads a failure.
    fn story(&self) -> String {
        let mut story = String::new();
        for record in self.world.trace().records() {
            let line = match &record.event {
                Event::Acted(index) => format!("{:?}", self.world.journal()[*index as usize].action),
                Event::Received { side, octets } => format!("{side:?} received {}", octets.escape_ascii()),
                Event::Note(note) => format!("-- {note:?}"),
                Event::FrameSent { from, octets, fate, .. } => {
                    format!("{from:?} {} {fate:?}", segments::read(octets))
                }
                _ => continue,
            };
            let on = record.connection.map_or("-".into(), |id| id.0.to_string());
            story.push_str(&format!("{:>12} {on} {line}\n", record.at.to_string()));
        }
        story
    }
}

/// A runner that draws the same every time it gets this salt, so that a failure can be seen again.
fn runner(cases: u32, salt: u8) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[salt; 32]))
}

/// How many games are played on each line, and how many moves they have together at least.
const GAMES: u32 = 500;
const MOVES: u32 = 34_000;

/// Plays on a line that loses `per_mille`. The games are worth nothing unless mail is removed, locks are
/// met and marks are forgotten in them.
fn no_mail_is_lost(per_mille: u16) {
    let (made, tally) = play(per_mille, 0);
    println!("{made} moves, {tally:?}");
    let often = |count: u32| count > GAMES;
    assert!(made >= MOVES && often(tally.logins) && often(tally.removed) && often(tally.fetched));
    assert!(often(tally.forgotten) && often(tally.in_use) && tally.failed_updates > GAMES / 50);
}

/// Plays the games that are drawn with this salt. How many moves were made, and what came of them.
fn play(per_mille: u16, salt: u8) -> (u32, Tally) {
    let made = Cell::new(0);
    let total = Cell::new(Tally::default());
    let seed = Cell::new(0);
    let outcome = runner(GAMES, salt).run(&(moves(10..=130), any::<u64>()), |(moves, salt)| {
        seed.set(salt);
        let mut play = Play::new(per_mille, salt);
        let mut outcome = moves.iter().try_for_each(|a_move| play.make(a_move));
        outcome = outcome.and_then(|()| play.inspect());
        made.set(made.get() + moves.len() as u32);
        total.set(total.get() + play.oracle.tally);
        outcome.map_err(|why| TestCaseError::fail(format!("{why}\n{}", play.story())))
    });
    match outcome {
        Ok(()) => (made.get(), total.get()),
        Err(TestError::Fail(why, _)) => {
            panic!("salt {salt}, {per_mille} per mille, seed {}: {why}", seed.get())
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn no_mail_is_lost_on_a_good_line() {
    no_mail_is_lost(0);
}

#[test]
fn no_mail_is_lost_on_a_bad_line() {
    no_mail_is_lost(100);
}

#[test]
fn no_mail_is_lost_on_a_hopeless_line() {
    no_mail_is_lost(300);
}

#[test]
#[ignore = "long: cargo xtask soak mail"]
fn soak_of_mail_over_ten_million_moves() {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    const LINES: [u16; 3] = [0, 100, 300];
    let rounds = AtomicUsize::new(0);
    let total = Mutex::new((0_u64, [Tally::default(); LINES.len()]));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, |it| it.get()) {
            scope.spawn(|| {
                while total.lock().unwrap().0 < 10_000_000 {
                    let round = rounds.fetch_add(1, Ordering::Relaxed);
                    let line = round % LINES.len();
                    // A round has some 35 000 moves, so that there are salts enough.
                    let (made, tally) = play(LINES[line], u8::try_from(round / LINES.len()).unwrap());
                    let mut total = total.lock().unwrap();
                    total.0 += u64::from(made);
                    total.1[line] = total.1[line] + tally;
                }
            });
        }
    });
    let (made, tallies) = total.into_inner().unwrap();
    println!("{made} moves, no mail lost");
    for (per_mille, tally) in LINES.iter().zip(tallies) {
        println!("a line that loses {per_mille} of 1000 frames: {tally:?}");
    }
}

#[test]
fn how_octets_are_cut_into_segments_means_nothing() {
    let script = proptest::collection::vec(pipeline(), 1..4).prop_map(|pipelines| pipelines.concat());
    let cuts = proptest::collection::vec((1_usize..40, any::<bool>()), 1..30);
    let outcome = runner(400, 0).run(&(script, cuts), |(octets, cuts)| {
        let whole = answers(&octets, &[(octets.len(), true)]);
        prop_assert_eq!(answers(&octets, &cuts), whole);
        Ok(())
    });
    outcome.unwrap();
}

/// What the server says to `octets` in pieces of these lengths, in turn, each with or without a rest
/// after it.
fn answers(octets: &[u8], cuts: &[(usize, bool)]) -> String {
    let mut play = Play::new(0, 1);
    let connect = play.connect(0);
    play.world.act(connect);
    let mut rest = octets;
    for (length, pause) in cuts.iter().cycle() {
        let (piece, after) = rest.split_at(rest.len().min(*length));
        play.world.apply(Action::Send { connection: ConnectionId(0), octets: piece.into() });
        if *pause {
            play.world.run_until_quiet();
        }
        if after.is_empty() {
            break;
        }
        rest = after;
    }
    play.world.run_until_quiet();
    let received = play.world.trace().records().iter().filter_map(|record| match &record.event {
        Event::Received { side: Side::Client, octets } => Some(octets.escape_ascii().to_string()),
        _ => None,
    });
    received.collect()
}

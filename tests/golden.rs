//! Same setup, same journal, same trace: to the octet, on every machine, however it was run.

#[path = "support/lab.rs"]
mod lab;
#[path = "golden/roads.rs"]
mod roads;

use lab::Lab;
use pop3lab::time::Instant;
use pop3lab::trace::{Event, Side};
use pop3lab::world::{Action, Entry, Setup, Target, World};
use sha2::{Digest, Sha256};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What each session comes to. A change of these values changes what every saved session shows, so
/// the failure prints the new ones, and whoever copies them here says in the commit why.
const GOLDEN: &[Golden] = &[
    Golden {
        name: "no loss",
        session: no_loss,
        digest: "ab1db0e6dff7bb8d23feff6ecf443777c5ac62f0b49edd67f3a5f9e895146cf6",
    },
    Golden {
        name: "50 per mille lost",
        session: some_loss,
        digest: "ced13f974a48c5951ac9e6b71c4d16ed4853a1d1ac5288bfea7d8d9f1f41c457",
    },
    Golden {
        name: "200 per mille lost",
        session: much_loss,
        digest: "ec10731fad5710d181897e4b533007d53d03120dd3cb94941563b24ab436003e",
    },
    Golden {
        name: "reset in the middle of RETR",
        session: reset,
        digest: "a80eb87670eabb3014c86054ee864391fb4997b796f0754691fd224bff9a4466",
    },
    Golden {
        name: "half-close",
        session: half_close,
        digest: "fa64cc1b739e665fd7230d1d6073f9c67f5a7aa815d56e540ac7b09cab1d775f",
    },
    Golden {
        name: "two clients and the lock",
        session: two_clients,
        digest: "9f77f8fd08f836793546acaa1053b46968901b9a7c56bd03d9922a3ddecd7962",
    },
    Golden {
        name: "cut cable, time passes",
        session: cut_cable,
        digest: "4d9915d457fc65a843d5d7ec69af98acde66d20bf501f1cba362f79564791e4a",
    },
    Golden {
        name: "refused and unreachable",
        session: nobody_there,
        digest: "74b4a8f3f46674741ea18259316397b73282fe13d72aab674ab446cd01f3b98e",
    },
    Golden {
        name: "new mail, broken storage, failed logins",
        session: faults,
        digest: "e9893e0647ed161175b55d1460370881646b682cb2e7e898c051032e400b57d4",
    },
];

/// A session, and the digest of its trace.
struct Golden {
    name: &'static str,
    session: fn() -> Lab,
    digest: &'static str,
}

/// A session with everything that POP3 has, in which each command waits for its answer.
fn session(mut lab: Lab) -> Lab {
    lab.connects();
    for line in ["CAPA", "USER alice", "PASS wrong", "USER alice", "PASS wonderland", "STAT", "LIST", "UIDL"]
    {
        lab.types(line);
    }
    lab.pastes("RETR 1\r\nTOP 3 2\r\nDELE 2\r\nNOOP\r\nRETR 7\r\nLIST 2\r\nRSET\r\nDELE 4\r\nQUIT\r\n");
    lab.connects();
    lab.pastes("USER alice\r\nPASS wonderland\r\nSTAT\r\nQUIT\r\n");
    lab
}

/// The demonstration on a line that loses frames. CAPA does not tell the version, since a release is
/// no change of behaviour.
fn losing(per_mille: u16) -> Setup {
    let mut setup = Setup::default();
    setup.link.loss_per_mille = per_mille;
    setup.server.implementation = "POP3-Lab".into();
    setup
}

fn no_loss() -> Lab {
    session(Lab::with(losing(0)))
}

fn some_loss() -> Lab {
    session(Lab::with(losing(50)))
}

fn much_loss() -> Lab {
    session(Lab::with(losing(200)))
}

fn reset() -> Lab {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1");
    let connection = lab.id();
    lab.begins(Action::Send { connection, octets: b"RETR 7\r\n".to_vec() });
    let id = Some(connection);
    // The third piece of the answer has arrived.
    for _ in 0..3 {
        assert!(lab.until(|record| {
            record.connection == id && matches!(record.event, Event::Received { side: Side::Client, .. })
        }));
        lab.world.step();
    }
    lab.drops_the_line();
    lab.connects().logs_in().types("QUIT");
    lab
}

fn half_close() -> Lab {
    let mut lab = Lab::logged_in();
    let connection = lab.id();
    lab.begins(Action::Send { connection, octets: b"DELE 1\r\nRETR 6\r\n".to_vec() }).disconnects();
    lab
}

fn two_clients() -> Lab {
    let mut lab = Lab::logged_in();
    lab.as_client(1).connects().types("USER alice").types("PASS wonderland");
    lab.as_client(0).types("DELE 3").types("QUIT");
    lab.as_client(1).types("USER alice").types("PASS wonderland").types("UIDL").types("QUIT");
    lab
}

fn cut_cable() -> Lab {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1").loses_the_cable().types("RETR 1");
    lab.connects().types("USER alice").types("PASS wonderland");
    lab.waits(Duration::from_secs(700));
    lab.types("USER alice").types("PASS wonderland").types("QUIT");
    lab
}

fn nobody_there() -> Lab {
    let mut lab = Lab::new();
    lab.connects_to(Target::Server, 143).connects_to(Target::Nobody, 110).connects().types("QUIT");
    lab
}

fn faults() -> Lab {
    let mut lab = Lab::logged_in();
    lab.delivers("alice", "Subject: late\n\n.\n").delivers("bob", "nobody reads this");
    lab.types("DELE 8").breaks(pop3lab::mail::Fault::UpdateFails).types("QUIT");
    let uid = lab.mailbox("alice").messages[0].uid.clone();
    lab.does(Action::Lose { mailbox: "alice".into(), uid }).does(Action::Break { fault: None }).connects();
    for _ in 0..5 {
        lab.types("USER erin").types("PASS nothing");
    }
    lab
}

/// SHA-256 of the records in postcard's form.
fn digest(world: &World) -> String {
    let records = postcard::to_allocvec(world.trace().records()).expect("records can be serialised");
    Sha256::digest(&records).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// A record as text, to compare one by one.
fn records(world: &World) -> impl Iterator<Item = Vec<u8>> {
    world.trace().records().iter().map(|record| postcard::to_allocvec(record).unwrap())
}

#[test]
fn the_trace_of_each_session_is_what_it_was() {
    let found: Vec<String> = GOLDEN.iter().map(|golden| digest(&(golden.session)().world)).collect();
    let lines: Vec<String> =
        GOLDEN.iter().zip(&found).map(|(golden, found)| format!("{}: {found}", golden.name)).collect();
    let same = GOLDEN.iter().zip(&found).all(|(golden, found)| golden.digest == found);
    assert!(same, "these are the values now:\n{}", lines.join("\n"));
}

#[test]
fn the_trace_of_each_road_version_and_fault_is_what_it_was() {
    let terms = roads::terms();
    let found = terms
        .iter()
        .map(|(name, policy, port)| (name.clone(), digest(&roads::session(*policy, *port).world)));
    let found: Vec<(String, String)> = found.collect();
    let known = |(name, digest): &(String, String)| roads::GOLDEN.contains(&(name.as_str(), digest.as_str()));
    let lines: Vec<String> =
        found.iter().map(|(name, digest)| format!("    (\"{name}\", \"{digest}\"),")).collect();
    let same = found.iter().all(known) && found.len() == roads::GOLDEN.len();
    assert!(same, "these are the values now:\n{}", lines.join("\n"));
}

#[test]
fn a_replay_gives_the_same_trace_and_the_same_scenes() {
    for Golden { name, session, .. } in GOLDEN {
        let world = session().world;
        let again = World::replay(world.setup().clone(), world.journal(), world.now());
        assert_eq!(digest(&again), digest(&world), "{name}");
        for position in 0..=world.trace().len() {
            assert_eq!(again.trace().scene(position), world.trace().scene(position), "{name} at {position}");
        }
    }
}

#[test]
fn a_fork_has_the_same_past() {
    for Golden { name, session, .. } in GOLDEN {
        let world = session().world;
        let past: Vec<Vec<u8>> = records(&world).collect();
        // Each fork replays from the beginning: take about thirty positions of a long session.
        for position in (0..=past.len()).step_by(past.len() / 30 + 1) {
            let fork = world.fork(position);
            let shared = fork.trace().len();
            assert!(shared >= position, "{name}: the fork at {position} has {shared} records");
            assert_eq!(fork.now(), world.trace().time(position), "{name}");
            assert!(
                records(&fork).eq(past[..shared].iter().cloned()),
                "{name}: the fork at {position} differs"
            );
        }
    }
}

#[test]
fn worlds_know_nothing_of_each_other() {
    let alone: Vec<World> = [no_loss, much_loss, two_clients].map(|session| session().world).into();
    let mut together: Vec<(World, std::vec::IntoIter<Entry>)> = Vec::new();
    for world in &alone {
        together.push((World::new(world.setup().clone()), world.journal().to_vec().into_iter()));
    }
    // One step of each in turn: the next action when it is due, else what happens next by itself.
    let mut busy = true;
    while busy {
        busy = false;
        for (world, journal) in &mut together {
            let due = journal.as_slice().first().map(|entry| entry.at);
            let next = world.next_event();
            busy |= match due {
                Some(due) if next.is_none_or(|next| next > due) => {
                    world.run_until(due);
                    world.apply(journal.next().unwrap().action);
                    true
                }
                _ => world.step(),
            };
        }
    }
    for ((world, _), alone) in together.iter().zip(&alone) {
        assert_eq!(digest(world), digest(alone));
    }
}

#[test]
fn stepping_by_hand_is_running() {
    let script: Vec<Action> = much_loss().world.journal().iter().map(|entry| entry.action.clone()).collect();
    let mut ran = World::new(losing(200));
    let mut stepped = World::new(losing(200));
    let mut crept = World::new(losing(200));
    for action in script {
        ran.act(action.clone());
        stepped.apply(action.clone());
        while stepped.step() {}
        crept.apply(action);
        while let Some(next) = crept.next_event() {
            // Stopping between events changes nothing.
            let before = Instant::from_micros(next.as_micros().saturating_sub(1)).max(crept.now());
            crept.run_until(before);
            crept.run_until(next);
        }
    }
    assert_eq!(digest(&stepped), digest(&ran));
    assert_eq!(digest(&crept), digest(&ran));
}

#[test]
fn another_seed_is_another_trace() {
    let setup = Setup { seed: 1996, ..losing(0) };
    assert_ne!(digest(&session(Lab::with(setup)).world), digest(&no_loss().world));
}

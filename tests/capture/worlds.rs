//! The worlds whose frames are judged: one for each way in which a session goes and ends.
#![cfg_attr(target_arch = "wasm32", allow(dead_code))] // There is no judge.

use crate::lab::Lab;
use pop3lab::policy::{Policy, Road, Security, Versions};
use pop3lab::pop3::COMMANDS;
use pop3lab::trace::{Event, Side};
use pop3lab::world::{Action, Setup, Target};
use std::time::Duration;

/// A way of spending time with the server.
pub struct Scenario {
    pub name: &'static str,
    pub play: fn() -> Lab,
    /// Connections that end before all that was sent has been read.
    pub broken: &'static [u32],
    /// Whether each client waits for an answer before it types on, over a link that loses nothing.
    pub turns: bool,
}

pub const SCENARIOS: &[Scenario] = &[
    Scenario { name: "session", play: session, broken: &[], turns: true },
    Scenario { name: "pipelined", play: pipelined, broken: &[], turns: false },
    Scenario { name: "losing", play: losing, broken: &[], turns: false },
    Scenario { name: "refused", play: refused, broken: &[], turns: true },
    Scenario { name: "reset", play: reset, broken: &[0], turns: false },
    Scenario { name: "cut", play: cut, broken: &[0], turns: false },
    Scenario { name: "large", play: large, broken: &[], turns: true },
    Scenario { name: "995-tls13", play: || sealed(Road::Tls, Versions::Tls13), broken: &[], turns: true },
    Scenario { name: "995-tls12", play: || sealed(Road::Tls, Versions::Tls12), broken: &[], turns: true },
    Scenario { name: "stls-tls13", play: || sealed(Road::Stls, Versions::Tls13), broken: &[], turns: true },
    Scenario { name: "stls-tls12", play: || sealed(Road::Stls, Versions::Tls12), broken: &[], turns: true },
    Scenario { name: "995-losing", play: sealed_and_losing, broken: &[], turns: false },
];

/// Every command that there is, one at a time, by two clients.
fn session() -> Lab {
    let mut lab = Lab::connected();
    let before = ["CAPA", "RETR 1", "USER alice", "PASS wrong", "USER alice", "PASS wonderland"];
    let after = ["STAT", "LIST", "LIST 2", "UIDL", "UIDL 3", "RETR 1", "TOP 3 2", "DELE 2", "NOOP", "RSET"];
    for line in before.into_iter().chain(after) {
        lab.types(line);
    }
    lab.as_client(1).connects().types("USER alice").types("PASS wonderland").types("QUIT");
    lab.as_client(0).types("RETR 5").types("DELE 1").types("LIST 1").types("QUIT");
    let spoken = |keyword: &str| before.iter().chain(&after).any(|line| line.starts_with(keyword));
    let silent = COMMANDS.iter().map(|row| row.keyword).find(|keyword| !spoken(keyword));
    assert!(
        silent.is_none_or(|keyword| ["QUIT", "APOP", "STLS"].contains(&keyword)),
        "nobody says {silent:?}"
    );
    lab
}

/// A session on a road with TLS, in one version.
fn sealed(road: Road, offers: Versions) -> Lab {
    let mut lab =
        Lab::on_terms(Policy { security: road.security(), offers, ..Policy::default() }, road.port());
    if road == Road::Stls {
        lab.types("CAPA").types("STLS");
    }
    for line in [
        "CAPA",
        "USER alice",
        "PASS wonderland",
        "STAT",
        "LIST",
        "RETR 1",
        "RETR 7",
        "TOP 3 2",
        "DELE 2",
        "QUIT",
    ] {
        lab.types(line);
    }
    lab
}

/// Records that are cut, lost and sent again.
fn sealed_and_losing() -> Lab {
    let mut setup =
        Setup { policy: Policy { security: Security::TlsAtOnce, ..Policy::default() }, ..Setup::default() };
    setup.link.loss_per_mille = 100;
    let mut lab = Lab::with(setup);
    lab.connects_to(Target::Server, 995);
    lab.logs_in_at_once().types("RETR 7").types("QUIT");
    lab
}

/// Commands that do not wait, and one that comes in two pieces.
fn pipelined() -> Lab {
    let mut lab = Lab::connected();
    lab.pastes("USER alice\r\nPASS wonderland\r\nSTAT\r\nRETR 1\r\nDELE 1\r\nRETR 6\r\nNO");
    lab.pastes("OP\r\nRETR 7\r\nTOP 5 1\r\nQUIT\r\n");
    lab
}

/// A fifth of all frames is lost, on both ways.
fn losing() -> Lab {
    let mut lab = Lab::losing(200);
    lab.connects().logs_in_at_once().types("UIDL").types("RETR 7").types("DELE 1").types("QUIT");
    lab
}

/// Ports and hosts at which nobody listens.
fn refused() -> Lab {
    let mut lab = Lab::new();
    lab.connects_to(Target::Server, 143).connects_to(Target::Nobody, 110);
    lab.connects().types("QUIT");
    lab
}

/// The client's program dies in the middle of a long answer, and comes back.
fn reset() -> Lab {
    let mut lab = in_the_middle_of_retr();
    lab.drops_the_line().connects().logs_in_at_once().types("QUIT");
    lab
}

/// The client's cable is cut in the middle of a long answer; it comes back by another way.
fn cut() -> Lab {
    let mut lab = in_the_middle_of_retr();
    lab.loses_the_cable().types("NOOP");
    lab.connects().logs_in_at_once().waits(Duration::from_secs(700));
    lab.logs_in_at_once().types("QUIT");
    lab
}

fn in_the_middle_of_retr() -> Lab {
    let mut lab = Lab::logged_in();
    let connection = lab.id();
    lab.begins(Action::Send { connection, octets: b"RETR 7\r\n".to_vec() });
    for _ in 0..3 {
        assert!(lab.until(|record| matches!(record.event, Event::Received { side: Side::Client, .. })));
        lab.world.step();
    }
    lab
}

/// A message of more than a megabyte.
fn large() -> Lab {
    let mut lab = Lab::with(Setup::default());
    let line = ".What begins with a dot is sent with two.\r\n";
    lab.delivers("erin", &format!("Subject: long\r\n\r\n{}", line.repeat(25_000)));
    lab.connects().types("USER erin").types("PASS nothing-here").types("RETR 1").types("QUIT");
    lab
}

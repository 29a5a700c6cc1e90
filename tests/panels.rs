//! Every panel is a function of the trace and the position: what it says at a moment of a long session is
//! what it says in a fresh world that was replayed to that moment and knows no more.
#![cfg(feature = "ui")]

use pop3lab::ledger::Ledger;
use pop3lab::net::LinkConfig;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Shown, Versions};
use pop3lab::trace::{ConnectionId, Event, Grain, Trace};
use pop3lab::ui::stream::Streams;
use pop3lab::ui::{calculation, cards, chain, diagram, explaining, handshake, inside, moves, notebook, rows};
use pop3lab::world::{Action, Setup, Target, World, samples};

/// How many sessions, how many actions in each, and at how many moments of each one looks.
const SESSIONS: u64 = 60;
const ACTIONS: usize = 14;
const LOOKS: usize = 25;

/// Lines of every command, good and bad, in a mix that gets somewhere.
const LINES: &[&str] = &[
    "USER alice",
    "USER alice",
    "PASS wonderland",
    "PASS wonderland",
    "PASS wrong",
    "USER erin",
    "PASS nothing-here",
    "APOP alice 0123456789abcdef0123456789abcdef",
    "CAPA",
    "STLS",
    "AUTH PLAIN",
    "AUTH CRAM-MD5",
    "AUTH SCRAM-SHA-256",
    "AUTH LOGIN YWxpY2U=",
    "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=",
    "d29uZGVybGFuZA==",
    "biwsbj1hbGljZSxyPXh5eg==",
    "*",
    "STAT",
    "LIST",
    "LIST 2",
    "UIDL",
    "UIDL 9",
    "RETR 1",
    "RETR 5",
    "RETR 0",
    "TOP 2 3",
    "DELE 1",
    "DELE 3",
    "DELE 3",
    "RSET",
    "NOOP",
    "RERT 1",
    "QUIT",
];

fn any_action(dice: &mut oorandom::Rand32, attempts: &mut u32, road: Road) -> Action {
    let mut pick = |count: usize| dice.rand_range(0..count as u32) as usize;
    let connection = ConnectionId(attempts.saturating_sub(1));
    match pick(26) {
        0..=15 => {
            let count = 1 + pick(3);
            let lines = (0..count).map(|_| format!("{}\r\n", LINES[pick(LINES.len())])).collect::<String>();
            Action::Send { connection, octets: lines.into_bytes() }
        }
        16 | 17 => {
            *attempts += 1;
            let client = u8::from(pick(4) == 0);
            let to = if pick(8) == 0 { Target::Nobody } else { Target::Server };
            let ports = [road.port(), road.port(), 110, 110, 995, 995, 111];
            Action::Connect { client, to, port: ports[pick(ports.len())] }
        }
        18 => Action::Disconnect { connection },
        19 => Action::DropLine { connection },
        20 => Action::CutCable { client: 0 },
        24 | 25 => {
            let fault = (pick(3) == 0).then(|| Fault::ALL[pick(Fault::ALL.len())]);
            let (offers, security) =
                (Versions::ALL[pick(Versions::ALL.len())], Road::ALL[pick(3)].security());
            let (asks, shows) = (pick(2) == 0, Shown::ALL[pick(Shown::ALL.len())]);
            let verify = pick(4) > 0;
            Action::ChangePolicy {
                policy: Policy { security, offers, fault, verify, asks, shows, ..Policy::default() },
            }
        }
        21 => Action::LetTimePass { micros: 1_000_000 * (1 + pick(700) as u64) },
        22 => {
            Action::Deliver { mailbox: "alice".into(), message: samples::note().octets().to_vec(), uid: None }
        }
        _ => {
            let link =
                LinkConfig { latency: 1_000 + pick(80_000) as u64, loss_per_mille: 30 * pick(6) as u16 };
            Action::ChangeLink { link }
        }
    }
}

fn any_session(seed: u64) -> World {
    let mut dice = oorandom::Rand32::new(seed);
    // Most sessions go in the clear: TLS takes its time.
    let road = match seed % 6 {
        1 => Road::Tls,
        4 => Road::Stls,
        _ => Road::Clear,
    };
    let policy = Policy { security: road.security(), by_hand: false, ..Policy::default() };
    let mut world = World::new(Setup { seed, policy, ..Setup::default() });
    let mut attempts = 1;
    world.act(Action::Connect { client: 0, to: Target::Server, port: road.port() });
    for _ in 0..ACTIONS {
        let action = any_action(&mut dice, &mut attempts, road);
        world.act(action);
    }
    world
}

/// What every panel says, as text.
fn panels(trace: &Trace, position: usize, selected: Option<u32>) -> Vec<(&'static str, String)> {
    let scene = trace.scene(position);
    let mine = scene.connections.get(&0).map(|held| held.as_ref());
    let rested = rows::sheets_at(trace, position);
    let items = rows::items(trace, position, &rows::Opened::default(), rested);
    let row = |item: &rows::Item| match item {
        rows::Item::Row(row) => format!("{:?}", trace.records()[*row as usize].event),
        other => format!("{other:?}"),
    };
    let explained = explaining::explained_row(trace, position, selected);
    let forms = [diagram::Form::Strip, diagram::Form::Column];
    vec![
        ("terminal", items.iter().map(row).collect()),
        ("explain", format!("{:?}", explained.map(|row| explaining::explain(trace, position, row)))),
        (
            "calculation",
            format!("{:?}", explained.map(|row| calculation::found::calculation(trace, position, row))),
        ),
        ("tcp", format!("{:?}", forms.map(|form| diagram::tcp(mine, form)))),
        (
            "tls",
            format!(
                "{:?}",
                mine.map(|held| (
                    handshake::ladder(held),
                    handshake::silence(held),
                    handshake::is_news(held)
                ))
            ),
        ),
        ("pop3", format!("{:?}", forms.map(|form| diagram::pop3(mine, form)))),
        ("moves", format!("{:?}", mine.map(|held| (moves::moves(scene, held), moves::ghost(scene, held))))),
        ("mailbox", format!("{:?}", (&scene.mailboxes, &scene.downloads))),
        ("certificate", format!("{:?}", mine.map(|held| held.presented.as_deref().map(chain::tree)))),
        ("log", format!("{:?}", scene.log)),
        ("link", format!("{:?}", scene.link)),
        ("wire", format!("{:?}", cards::cards(trace, position, 0, 40))),
        ("opened", format!("{:?}", opened(trace, position))),
        ("time", format!("{:?}", trace.time(position))),
        ("steps", format!("{:?}", Grain::ALL.map(|grain| trace.steps_before(grain, position)))),
    ]
}

/// The last segment, opened: what the path sees of it, and what is inside.
fn opened(trace: &Trace, position: usize) -> Option<(inside::Reading, Option<inside::Reading>)> {
    let (sent, _) = *trace.frames(position).last()?;
    let Event::FrameSent { octets, .. } = &trace.records()[sent as usize].event else { return None };
    let streams = &mut Streams::new(trace);
    Some((inside::outside(streams, sent, octets), inside::inside(streams, sent, octets)))
}

#[test]
fn what_a_panel_says_at_a_moment_is_what_a_fresh_world_says_there() {
    let mut looks = 0;
    let mut in_the_middle = 0;
    for seed in 0..SESSIONS {
        let world = any_session(seed);
        let trace = world.trace();
        let mut dice = oorandom::Rand32::new(seed ^ 0x6c6f_6f6b);
        for _ in 0..LOOKS {
            let position = dice.rand_range(0..trace.len() as u32 + 1) as usize;
            let fresh = world.fork(position);
            let fresh = fresh.trace();
            assert!(fresh.len() >= position, "seed {seed} at {position}");
            in_the_middle += usize::from(fresh.len() > position);
            let rows = trace.rows(position);
            let selected = match rows.len() {
                0 => None,
                count => {
                    dice.rand_u32().is_multiple_of(2).then(|| rows[dice.rand_range(0..count as u32) as usize])
                }
            };
            let selected =
                selected.filter(|row| !matches!(trace.records()[*row as usize].event, Event::Note(_)));
            let (here, there) = (panels(trace, position, selected), panels(fresh, position, selected));
            for ((panel, said), (_, fresh)) in here.into_iter().zip(there) {
                assert_eq!(said, fresh, "{panel}, seed {seed} at {position} of {}", trace.len());
            }
            looks += 1;
        }
    }
    // Were there moments in the middle of things, and not only those at which all is quiet?
    assert!(looks == 1_500 && in_the_middle > 300, "{looks} looks, {in_the_middle} in the middle");
}

#[test]
fn what_the_notebook_says_at_a_moment_is_what_one_says_that_was_begun_in_a_fresh_world() {
    let (mut known, mut sealed) = (0, 0);
    for seed in 0..SESSIONS {
        let world = any_session(seed);
        let trace = world.trace();
        // One for all moments, and it has seen everything.
        let mut ledger = Ledger::default();
        assert!(!notebook::read(&mut ledger, trace, trace.len(), usize::MAX));
        let mut dice = oorandom::Rand32::new(seed ^ 0x6e6f_7465);
        for _ in 0..LOOKS {
            let position = dice.rand_range(0..trace.len() as u32 + 1) as usize;
            let here = ledger.before(trace.frames(position).len() as u32);
            let mut fresh = Ledger::default();
            while notebook::read(&mut fresh, world.fork(position).trace(), position, 40) {}
            let said = notebook::sheets(here, 99);
            assert_eq!(said, notebook::sheets(fresh.notebook(), 99), "seed {seed} at {position}");
            for (_, lines) in said.0.iter().flat_map(|sheet| &sheet.sections) {
                let is =
                    |says: fn(&notebook::Says) -> bool| lines.iter().filter(|line| says(&line.says)).count();
                known += is(|says| matches!(says, notebook::Says::Known(_)));
                sealed += is(|says| matches!(says, notebook::Says::Sealed));
            }
        }
    }
    assert!(known > 1_000 && sealed > 1_000, "{known} known, {sealed} sealed");
}

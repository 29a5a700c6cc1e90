//! What a whole world does: a server, clients, real segments between them, and the trace of it all.

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;
use pop3lab::mail::{Account, Message, Store};
use pop3lab::net::{TCP_EDGES, TcpEdge, TcpState};
use pop3lab::pop3::{Config, EndCause, Entropy, LineRole, LogLine, Output, Phase, Session};
use pop3lab::time::Instant;
use pop3lab::trace::{Event, Grain, Note, Side, Trace};
use pop3lab::world::{Action, Setup, Target, World, samples};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The sample of about 200 kB.
const BIG: usize = 7;

/// Longer than the idle limit of the server.
const LONG: Duration = Duration::from_secs(700);

fn is_answer(event: &Event) -> bool {
    matches!(event, Event::Received { side: Side::Client, .. })
}

/// Logged in, with message 1 marked and the big one under way: three pieces of it have arrived.
fn in_the_middle_of_retr() -> Lab {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1").expect("+OK");
    let connection = lab.id();
    lab.begins(Action::Send { connection, octets: format!("RETR {BIG}\r\n").into() });
    for _ in 0..3 {
        assert!(lab.until(|record| is_answer(&record.event)));
        lab.world.step();
    }
    lab
}

/// After that the client has closed its side and reads on.
fn with_one_side_closed_in_the_middle_of_retr() -> Lab {
    let mut lab = in_the_middle_of_retr();
    let connection = lab.id();
    lab.begins(Action::Disconnect { connection });
    assert!(lab.until(|record| matches!(record.event, Event::TcpChanged { to: TcpState::FinWait2, .. })));
    lab
}

#[test]
fn quit_closes_in_order_and_the_server_rests_in_time_wait() {
    use TcpState::*;
    let mut lab = Lab::logged_in();
    lab.types("QUIT").expect("+OK goodbye").expect_note(&Note::ServerClosed);
    assert_eq!(lab.tcp_path(Side::Client), [SynSent, Established, CloseWait, LastAck, Closed]);
    assert_eq!(lab.tcp(), (Closed, TimeWait));
    // TIME-WAIT does not run out by itself while a person thinks.
    lab.waits(Duration::from_secs(60));
    assert_eq!(lab.tcp(), (Closed, Closed));
    assert_eq!(lab.tcp_path(Side::Server)[..3], [SynReceived, Established, FinWait1]);
}

#[test]
fn a_port_on_which_nothing_listens_refuses() {
    let mut lab = Lab::new();
    lab.connects_to(Target::Server, 143).expect_note(&Note::Refused);
    assert_eq!(lab.tcp().0, TcpState::Closed);
    assert_eq!(lab.world.now().as_millis(), 40);
}

#[test]
fn an_address_without_a_host_is_given_up_after_a_while() {
    let mut lab = Lab::new();
    lab.connects_to(Target::Nobody, 110).expect_note(&Note::Unreachable);
    assert_eq!(lab.world.now().as_millis(), 20_000);
}

#[test]
fn a_syn_that_is_sent_again_begins_no_second_connection() {
    for seed in 0..20 {
        let mut lab = Lab::with(Setup { seed, ..Lab::losing(300).world.setup().clone() });
        // Sockets whose slots are used again make the order of the slots another one.
        for _ in 0..10 {
            lab.connects().types("QUIT").waits(Duration::from_secs(120));
            let path = lab.tcp_path(Side::Server);
            let accepted = path.iter().filter(|state| **state == TcpState::SynReceived).count();
            assert!(accepted <= 1, "with seed {seed}: {path:?}");
        }
    }
}

#[test]
fn a_dropped_line_resets_the_connection_and_rubs_out_the_marks() {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1").types("DELE 3");
    assert_eq!(lab.marked(), [1, 3]);
    lab.drops_the_line().expect_note(&Note::LineDropped);
    assert_eq!(lab.tcp(), (TcpState::Closed, TcpState::Closed));
    assert_eq!((lab.phase(), lab.held()), (Some(Phase::Closed), samples::messages().len()));
    assert!(lab.marked().is_empty() && lab.mailbox("alice").locked_by.is_none());
    lab.connects().expect("+OK").logs_in().types("STAT").expect("+OK 8 ");
}

#[test]
fn a_closed_side_is_still_answered_and_nothing_is_removed() {
    let mut lab = Lab::logged_in();
    let connection = lab.id();
    lab.begins(Action::Send { connection, octets: b"DELE 1\r\nSTAT\r\nQUI".to_vec() }).disconnects();
    lab.expect("+OK message 1 marked").expect("+OK 7 ").expect_silence();
    assert_eq!((lab.phase(), lab.held()), (Some(Phase::Closed), 8));
    let ended = lab.scene().log.iter().any(
        |entry| matches!(&entry.line, LogLine::Ended { cause: EndCause::ClientClosed, tally, .. } if tally.removed == 0),
    );
    assert!(ended, "{:?}", lab.scene().log);
}

#[test]
fn a_program_that_has_closed_its_side_can_still_die() {
    let mut lab = with_one_side_closed_in_the_middle_of_retr();
    lab.drops_the_line().expect_note(&Note::LineDropped);
    assert_eq!(lab.tcp(), (TcpState::Closed, TcpState::Closed));
    assert_eq!(lab.scene().downloads.len(), 0);
}

#[test]
fn a_cut_cable_keeps_the_lock_until_the_idle_limit() {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1").loses_the_cable();
    let lost = lab.id();
    assert_eq!(lab.mailbox("alice").locked_by, Some(lost));
    // The laptop wakes up on another network, while the server still waits for the old one.
    lab.connects().expect_note(&Note::NewNetwork).expect("+OK");
    lab.types("USER alice").expect("+OK").types("PASS wonderland").expect("-ERR [IN-USE]");
    assert_eq!(lab.mailbox("alice").locked_by, Some(lost));
    lab.waits(LONG);
    assert_eq!((lab.mailbox("alice").locked_by, lab.held()), (None, 8));
    lab.connects().expect("+OK").logs_in().types("STAT").expect("+OK 8 ");
}

#[test]
fn the_second_to_log_in_is_told_that_the_mailbox_is_in_use() {
    let mut lab = Lab::logged_in();
    lab.as_client(1).connects().expect("+OK");
    lab.types("USER alice").expect("+OK").types("PASS wonderland").expect("-ERR [IN-USE]");
    lab.as_client(0).types("DELE 2").types("QUIT");
    lab.as_client(1).logs_in().types("STAT").expect("+OK 7 ");
}

#[test]
fn update_can_be_seen_between_quit_and_the_close() {
    let mut lab = Lab::logged_in();
    lab.types("DELE 2").types("QUIT");
    let trace = lab.world.trace();
    let phase_at = |position: usize| trace.scene(position).connections[&0].phase;
    let goodbye = trace.records().iter().position(
        |record| matches!(&record.event, Event::ServerLine { octets, .. } if octets.starts_with(b"+OK goodbye")),
    );
    let goodbye = goodbye.expect("the server says goodbye") + 1;
    assert_eq!(phase_at(goodbye), Some(Phase::Update));
    assert_eq!(trace.scene(goodbye).mailboxes["alice"].messages.len(), 7);
    assert_eq!(phase_at(trace.len()), Some(Phase::Closed));
}

#[test]
fn new_mail_waits_for_the_next_session() {
    let mut lab = Lab::logged_in();
    lab.delivers("alice", "Subject: late\n\nSorry.\n").types("STAT").expect("+OK 8 ");
    assert_eq!(lab.mailbox("alice").messages[8].number, None);
    lab.types("RETR 9").expect("-ERR").types("QUIT");
    lab.connects().expect("+OK").logs_in().types("STAT").expect("+OK 9 ");
    assert_eq!(lab.mailbox("alice").messages[8].number, Some(9));
}

#[test]
fn mail_for_nobody_is_told_to_the_person() {
    Lab::new().delivers("bob", "hello").expect_note(&Note::NoSuchMailbox { name: "bob".into() });
}

#[test]
fn a_lost_message_can_no_longer_be_fetched_and_numbers_stay() {
    let mut lab = Lab::logged_in();
    let uid = lab.mailbox("alice").messages[1].uid.clone();
    lab.does(Action::Lose { mailbox: "alice".into(), uid });
    assert_eq!(lab.held(), 7);
    lab.types("RETR 2").expect("-ERR message 2 is no longer").types("LIST 3").expect("+OK 3 ");
    // What was lost is not what UPDATE removes.
    lab.types("DELE 3").expect("+OK").types("QUIT").expect("+OK goodbye, 1 ");
    assert_eq!(lab.held(), 6);
}

#[test]
fn a_long_message_arrives_whole_however_much_is_lost() {
    for seed in 0..5 {
        let mut lab = Lab::with(Setup { seed, ..Lab::losing(200).world.setup().clone() });
        lab.connects().logs_in_at_once().types(&format!("RETR {BIG}"));
        let download = &lab.scene().downloads[0];
        assert_eq!(*download.octets, *samples::messages()[BIG - 1].octets(), "with seed {seed}");
        assert!(lab.events().any(|(_, event)| is_lost(event)));
    }
}

fn is_lost(event: &Event) -> bool {
    matches!(event, Event::FrameSent { fate: pop3lab::net::Fate::Lost, .. })
}

#[test]
fn a_line_dropped_in_the_middle_of_retr_removes_nothing() {
    let mut lab = in_the_middle_of_retr();
    let body =
        lab.events().filter(|(_, event)| matches!(event, Event::ServerLine { role: LineRole::Body, .. }));
    assert!(body.count() > 3);
    lab.drops_the_line();
    assert_eq!((lab.held(), lab.scene().downloads.len()), (8, 0));
    lab.connects().expect("+OK").logs_in().types("STAT").expect("+OK 8 ");
}

#[test]
fn going_back_to_the_middle_of_retr_and_dropping_the_line_there_is_a_new_past() {
    let mut lab = Lab::logged_in();
    lab.types("DELE 1").types(&format!("RETR {BIG}")).types("QUIT");
    assert_eq!(lab.held(), 7);
    let connection = lab.id();
    let middle = lab.world.trace().records().iter().enumerate();
    let middle = middle.filter(|(_, record)| is_answer(&record.event)).nth(8).unwrap().0 + 1;
    let mut fork = lab.world.fork(middle);
    fork.act(Action::DropLine { connection });
    let scene = fork.trace().scene(fork.trace().len());
    assert_eq!((scene.mailboxes["alice"].messages.len(), scene.downloads.len()), (8, 0));
}

#[test]
fn a_thousand_pipelined_retrs_need_no_more_memory_than_one() {
    const COUNT: usize = 1000;
    let message = samples::messages()[BIG - 1].clone();
    let length = message.octets().len();
    let (mut session, mut store) = session_with(message);
    let input = [&b"USER alice\r\nPASS wonderland\r\n"[..], &b"RETR 1\r\n".repeat(COUNT)].concat();
    let mut offered = 0;
    let mut sent = 0;
    let mut answers = 0;
    // Taking a chunk of each answer is enough to see all of them begin.
    while offered < input.len() || answers < COUNT {
        offered += session.receive(&input[offered..]);
        let Some(output) = session.poll(&mut store, Instant::ZERO) else { break };
        match output {
            Output::Transmit(octets) => {
                // One chunk of 8 KiB, at the worst of nothing but dots, and a status line before it.
                assert!(octets.len() <= 2 * 8 * 1024 + 512, "{} octets at once", octets.len());
                sent += octets.len();
            }
            Output::Judged(judgement) => answers += usize::from(judgement.refusal.is_none()),
            _ => {}
        }
    }
    assert_eq!(offered, input.len());
    assert!(sent >= (COUNT - 3) * length, "{sent} octets");
}

#[test]
fn nothing_is_read_above_the_high_water_mark_until_answers_are_taken() {
    let (mut session, mut store) = session_with(Message::new(b"x\r\n"));
    let flood = b"NOOP\r\n".repeat(100_000);
    let taken = session.receive(&flood);
    assert!((16 * 1024..17 * 1024).contains(&taken), "{taken} octets");
    assert_eq!(session.receive(&flood), 0);
    while session.poll(&mut store, Instant::ZERO).is_some() {}
    assert!(session.receive(&flood) > 0);
}

fn session_with(message: Message) -> (Session, Store) {
    let account = Account {
        name: "alice".into(),
        password: "wonderland".into(),
        messages: vec![message],
        policy: Default::default(),
        access: Default::default(),
    };
    (Session::new(Arc::new(Config::default()), Entropy::default(), Instant::ZERO), Store::new(&[account], 1))
}

#[test]
fn a_flood_of_lines_is_answered_line_by_line() {
    // Far more than the server reads at once, and than TCP holds.
    let mut lab = Lab::connected();
    lab.pastes(&"NOOP\r\n".repeat(20_000));
    let refused = |event: &Event| matches!(event, Event::ServerLine { octets, .. } if octets.starts_with(b"-ERR NOOP is not valid"));
    assert_eq!(lab.events().filter(|(_, event)| refused(event)).count(), 20_000);
}

#[test]
fn lines_are_walked_to_the_start_and_back() {
    let mut lab = Lab::logged_in();
    lab.types("LIST").types("RETR 5").types("QUIT");
    let trace = lab.world.trace();
    let back = walk(trace, trace.len(), |trace, position| trace.step_before(Grain::Line, position), 0);
    let forth = walk(trace, 0, |trace, position| trace.step_after(Grain::Line, position), trace.len());
    let rows = trace.rows(trace.len());
    assert_eq!(rows.len(), trace.records().iter().filter(|record| record.event.is_row()).count());
    // Each row is stopped at once, just after it; the way back begins at the end and ends at 0.
    let stops: Vec<usize> = rows.iter().map(|row| *row as usize + 1).collect();
    assert!(forth.starts_with(&stops) && forth.len() <= stops.len() + 1);
    let mut there: Vec<usize> = back.iter().rev().skip(1).copied().collect();
    there.push(trace.len());
    there.dedup();
    assert!(there.starts_with(&stops), "{there:?}");
    assert_eq!(back.last(), Some(&0));
    for (grain, position) in
        Grain::ALL.into_iter().flat_map(|grain| (0..=trace.len()).map(move |at| (grain, at)))
    {
        assert!(trace.step_before(grain, position) < position.max(1));
        assert!(trace.step_after(grain, position) > position || position == trace.len());
        assert!(trace.moment_after(position).map_or(position == trace.len(), |after| after > position));
    }
}

fn walk(trace: &Trace, from: usize, step: fn(&Trace, usize) -> usize, to: usize) -> Vec<usize> {
    let mut position = from;
    let mut stops = Vec::new();
    while position != to {
        position = step(trace, position);
        stops.push(position);
        assert!(stops.len() <= trace.len() + 1, "the walk from {from} does not end");
    }
    stops
}

#[test]
fn a_fork_at_any_line_shows_what_was_shown_there() {
    let mut lab = Lab::logged_in();
    lab.types("DELE 2")
        .types("TOP 1 0")
        .types("RSET")
        .types("DELE 1")
        .types("QUIT")
        .connects()
        .drops_the_line();
    let trace = lab.world.trace();
    for position in walk(trace, 0, |trace, position| trace.step_after(Grain::Line, position), trace.len()) {
        let fork = lab.world.fork(position);
        assert!(fork.trace().len() >= position);
        assert_eq!(fork.trace().scene(position), trace.scene(position), "at {position}");
    }
}

#[test]
fn every_record_points_back_to_its_cause() {
    let lab = in_the_middle_of_retr();
    for (index, record) in lab.world.trace().records().iter().enumerate() {
        match record.cause {
            Some(cause) => assert!((cause as usize) < index),
            None => assert!(matches!(record.event, Event::Acted(_) | Event::TimerFired(_)), "{record:?}"),
        }
    }
}

// ------------------------------------------------------------------ TCP against its table

type Change = (TcpState, TcpState);

/// The changes of state in a trace.
fn changes(world: &World) -> BTreeSet<Change> {
    let records = world.trace().records().iter();
    let mut changes: BTreeSet<Change> = records
        .filter_map(|record| match record.event {
            Event::TcpChanged { from, to, .. } => Some((from, to)),
            _ => None,
        })
        .collect();
    // The server listens before time begins: a connection finds its end in LISTEN.
    let listening = world.trace().records().iter().any(|record| {
        matches!(record.event, Event::Opened { client, .. }
            if record.scene.connections[&client].tcp_server == TcpState::Listen)
    });
    if listening {
        changes.insert((TcpState::Closed, TcpState::Listen));
    }
    changes
}

/// Ends a session in every way, after every number of steps, and lets what is left run out.
fn endings(per_mille: u16, seed: u64, seen: &mut BTreeSet<Change>) {
    let connection = pop3lab::trace::ConnectionId(0);
    let quit = Action::Send { connection, octets: b"QUIT\r\n".to_vec() };
    let ways: [&[Action]; 6] = [
        &[Action::Disconnect { connection }],
        &[Action::DropLine { connection }],
        &[Action::CutCable { client: 0 }],
        &[quit.clone(), Action::Disconnect { connection }],
        &[Action::Disconnect { connection }, Action::CutCable { client: 0 }],
        &[Action::Disconnect { connection }, Action::DropLine { connection }],
    ];
    for (way, steps) in ways.iter().flat_map(|way| (0..8).map(move |steps| (way, steps))) {
        let mut setup = Lab::losing(per_mille).world.setup().clone();
        setup.seed = seed;
        let mut world = World::new(setup);
        world.apply(Action::Connect { client: 0, to: Target::Server, port: 110 });
        for (index, action) in way.iter().enumerate() {
            for _ in 0..steps * (index == 0) as u32 + 2 * (index > 0) as u32 {
                world.step();
            }
            world.apply(action.clone());
        }
        world.run_until_quiet();
        world.act(Action::LetTimePass { micros: LONG.as_micros() as u64 });
        seen.extend(changes(&world));
    }
}

#[test]
fn tcp_moves_along_its_table_and_takes_every_edge_that_can_be_taken_here() {
    let mut seen = BTreeSet::new();
    let mut dies = with_one_side_closed_in_the_middle_of_retr();
    seen.extend(changes(&dies.drops_the_line().world));
    let mut vanishes = with_one_side_closed_in_the_middle_of_retr();
    seen.extend(changes(&vanishes.loses_the_cable().waits(LONG).world));
    seen.extend(changes(&Lab::new().connects_to(Target::Server, 143).world));
    for (per_mille, seeds) in [(0, 1), (200, 6), (400, 6)] {
        for seed in 0..seeds {
            endings(per_mille, seed, &mut seen);
        }
    }
    let unknown: Vec<String> = seen
        .iter()
        .filter(|(from, to)| !TcpEdge::between(*from, *to).is_some_and(|edge| edge.taken_here))
        .map(|(from, to)| format!("{from} to {to}"))
        .collect();
    assert!(unknown.is_empty(), "seen, and not in the table: {unknown:?}");
    let unseen: Vec<String> = TCP_EDGES
        .iter()
        .filter(|edge| edge.taken_here && !seen.contains(&(edge.from, edge.to)))
        .map(|edge| format!("{} to {}", edge.from, edge.to))
        .collect();
    assert!(unseen.is_empty(), "in the table, and not seen: {unseen:?}");
}

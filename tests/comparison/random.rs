//! What holds whatever is said, on whatever terms, over whatever link.

use super::{READ_ONE, compared};
use pop3lab::pki::Fault;
use pop3lab::policy::{Road, Security, Versions};
use pop3lab::trace::{Grain, Trace};
use pop3lab::world::World;
use pop3lab::world::comparison::{Cell, Comparison, Does, Ending, Plan, Running, Safety, Script};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// How many comparisons: a page is slower.
const COMPARISONS: u64 = if cfg!(target_arch = "wasm32") { 8 } else { 48 };

/// Lines of every command, good and bad, in a mix that gets somewhere.
const LINES: &[&str] = &[
    "USER alice",
    "USER alice",
    "USER alice",
    "PASS wonderland",
    "PASS wonderland",
    "PASS wonderland",
    "PASS wrong",
    "USER erin",
    "PASS nothing-here",
    "APOP alice md5(wonderland)",
    "APOP alice 0123456789abcdef0123456789abcdef",
    "CAPA",
    "STLS",
    "STAT",
    "LIST",
    "LIST 2",
    "UIDL",
    "UIDL 9",
    "RETR 1",
    "RETR 7",
    "RETR 0",
    "TOP 2 3",
    "DELE 1",
    "DELE 3",
    "DELE 3",
    "RSET",
    "NOOP",
    "RERT 1",
    "=1+1",
    "ＵＳＥＲ alice",
    "NOOP\u{7}\u{1b}[2J",
    "PASS 花 \u{202e}",
    ".",
    "+OK",
    "QUIT",
];

/// A plan of its own for each number.
fn any_plan(number: u64) -> Plan {
    let mut dice = oorandom::Rand32::new(number);
    let mut pick = |count: usize| dice.rand_range(0..count as u32) as usize;
    let mut lines: Vec<String> = (0..pick(16)).map(|_| LINES[pick(LINES.len())].to_owned()).collect();
    if pick(4) == 0 {
        lines.insert(0, "a".repeat(1 + pick(6_000)));
    }
    let ending = if pick(4) == 0 { Ending::LineLost } else { Ending::AsSaid };
    let mut plan = Plan::new(Script::read(&lines.join("\n"), ending));
    plan.seed = number;
    plan.link.latency = 1 + 1_000 * pick(100) as u64;
    plan.link.loss_per_mille = if pick(2) == 0 { 0 } else { pick(301) as u16 };
    for (road, terms) in Road::ALL.into_iter().zip(&mut plan.lanes) {
        let policy = &mut terms.policy;
        policy.offers = Versions::ALL[[0, 0, 1, 2, 2, 3, 4][pick(7)]];
        policy.fault = (pick(5) == 0).then(|| Fault::ALL[pick(Fault::ALL.len())]);
        (policy.verify, policy.stls, policy.login_in_the_clear) = (pick(4) > 0, pick(4) > 0, pick(4) > 0);
        if road == Road::Stls && pick(3) == 0 {
            policy.security = Security::StlsIfOffered;
        }
        if pick(12) == 0 {
            terms.port = [110, 995, 111][pick(3)];
        }
    }
    plan
}

fn every_comparison(check: impl Fn(u64, &Comparison)) {
    for number in 0..COMPARISONS {
        check(number, &Comparison::of(any_plan(number)));
    }
}

fn octets(trace: &Trace, until: usize) -> Vec<u8> {
    postcard::to_allocvec(&trace.records()[..until]).expect("a trace can be written")
}

#[test]
fn steps_only_go_on_and_lead_to_the_end_of_each_lane() {
    every_comparison(|number, comparison| {
        for grain in Grain::ALL {
            let steps = comparison.steps(grain);
            assert_eq!((steps[0].row, steps[0].at), (0, [0; 3]), "plan {number}, {grain:?}");
            for pair in steps.windows(2) {
                let on =
                    pair[0].row <= pair[1].row && (0..3).all(|lane| pair[0].at[lane] <= pair[1].at[lane]);
                assert!(on && pair[0] != pair[1], "plan {number}, {grain:?}: {pair:?}");
            }
            let last = steps.last().expect("at least the beginning");
            let ends: Vec<u32> = comparison.lanes().iter().map(|lane| lane.trace().len() as u32).collect();
            assert_eq!(last.at[..], ends, "plan {number}, {grain:?}");
            assert!((last.row as usize) < comparison.rows().len(), "plan {number}, {grain:?}");
        }
    });
}

#[test]
fn what_a_lane_does_is_its_trace_cut_into_pieces() {
    every_comparison(|number, comparison| {
        for (lane, held) in comparison.lanes().iter().enumerate() {
            let cells: Vec<Cell> = comparison
                .rows()
                .iter()
                .filter_map(|row| match &row.lanes[lane] {
                    Does::This(cell, _) => Some(*cell),
                    Does::Nothing(_) => None,
                })
                .collect();
            let mut end = 0;
            for cell in cells {
                assert!(
                    cell.from == end && cell.to >= cell.from,
                    "plan {number}, lane {lane}: {cell:?} after {end}"
                );
                let inside = |row: Option<u32>| row.is_none_or(|row| (cell.from..cell.to).contains(&row));
                assert!(inside(cell.asked) && inside(cell.answered), "plan {number}, lane {lane}: {cell:?}");
                end = cell.to;
            }
            assert_eq!(end as usize, held.trace().len(), "plan {number}, lane {lane}");
        }
    });
}

#[test]
fn the_nearest_step_of_another_grain_shows_nothing_that_is_to_come() {
    every_comparison(|number, comparison| {
        for (grain, other) in Grain::ALL.into_iter().flat_map(|grain| Grain::ALL.map(|other| (grain, other)))
        {
            let mut before = 0;
            for (at, step) in comparison.steps(grain).iter().enumerate() {
                let nearest = comparison.nearest(step, other);
                let shown = comparison.steps(other)[nearest];
                let within = (0..3).all(|lane| shown.at[lane] <= step.at[lane]) && shown.row <= step.row;
                assert!(
                    within && nearest >= before,
                    "plan {number}, {grain:?} to {other:?}: {step:?}, {shown:?}"
                );
                assert!(grain != other || nearest == at, "plan {number}, {grain:?}: {nearest} is not {at}");
                before = nearest;
            }
        }
    });
}

#[test]
fn totals_only_grow_and_what_is_given_away_stays_so() {
    every_comparison(|number, comparison| {
        for lane in comparison.lanes() {
            let mut before = lane.totals(0);
            for position in 0..=lane.trace().len() {
                let now = lane.totals(position);
                let grows = before.round_trips <= now.round_trips
                    && before.packets <= now.packets
                    && before.octets <= now.octets
                    && before.time <= now.time;
                let stays = before.safety == Safety::Open || before.safety == now.safety;
                assert!(grows && stays, "plan {number}, {:?}: {before:?}, {now:?}", lane.road);
                before = now;
            }
        }
    });
}

#[test]
fn the_same_plan_gives_the_same_comparison_however_it_is_sliced() {
    for number in 0..COMPARISONS / 4 {
        let whole = Comparison::of(any_plan(number));
        let mut running = Running::new(any_plan(number));
        while running.go_on(1 + number as usize * 7) {}
        let sliced = running.finish();
        assert_eq!(whole.rows(), sliced.rows(), "plan {number}");
        for (one, other) in whole.lanes().iter().zip(sliced.lanes()) {
            let end = one.trace().len();
            assert!(octets(one.trace(), end) == octets(other.trace(), other.trace().len()), "plan {number}");
        }
        for grain in Grain::ALL {
            assert_eq!(whole.steps(grain), sliced.steps(grain), "plan {number}");
        }
    }
}

#[test]
fn the_lab_can_be_entered_from_any_lane_at_any_step() {
    for number in 0..COMPARISONS / 4 {
        let comparison = Comparison::of(any_plan(number));
        let steps = comparison.steps(Grain::Line);
        for step in steps.iter().step_by(1 + steps.len() / 4) {
            for (lane, held) in comparison.lanes().iter().enumerate() {
                let at = step.at[lane] as usize;
                let before = octets(held.trace(), at);
                let fork = held.world.fork(at);
                assert!(octets(fork.trace(), at) == before, "plan {number}, lane {lane}, {step:?}");
            }
        }
        for (lane, held) in comparison.lanes().iter().enumerate() {
            let world = World::replay(comparison.plan().setup(lane), held.world.journal(), held.world.now());
            let end = held.trace().len();
            assert!(octets(world.trace(), end) == octets(held.trace(), end), "plan {number}, lane {lane}");
        }
    }
}

#[test]
fn five_hundred_commands_are_all_answered() {
    let script = format!("USER alice\nPASS wonderland\n{}QUIT", "NOOP\nLIST\n".repeat(250));
    let comparison = compared(&script, |_| {});
    for lane in 0..3 {
        let answered = comparison.rows().iter().filter(|row| {
            matches!(&row.lanes[lane], Does::This(cell, None) if cell.asked.is_some() && cell.answered.is_some())
        });
        assert!(answered.count() >= 503, "{:?}", Road::ALL[lane]);
    }
    let usual = compared(READ_ONE, |_| {});
    assert!(comparison.steps(Grain::Line).len() > usual.steps(Grain::Line).len() + 2 * 490);
}

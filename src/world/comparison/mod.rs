//! The three roads side by side: three worlds, one script, in rows by what is being done.
//!
//! ```text
//!   Plan ─▶ Running ─ go_on ─▶ Comparison ── rows:  Stage │ Cell │ Cell │ Cell
//!            3 worlds                     └─ steps: a row and a position of each trace, for each grain
//! ```
//!
//! Nothing here knows words: why lanes differ is data ([`Absent`], [`Differs`]).

mod difference;
mod lane;
mod plan;
mod script;
mod stage;
mod steps;
mod totals;

pub use difference::{Absent, Differs};
pub use lane::CLIENT;
pub use plan::{Plan, Terms};
pub use script::{Ending, NoStamp, Script, command, octets};
pub use stage::{Cell, Section, Stage};
pub use steps::Step;
pub use totals::{Safety, Totals};

use super::World;
use crate::policy::Road;
use crate::pop3::command::keyword;
use crate::pop3::{COMMANDS, Verb};
use crate::sorted::{Map, Set};
use crate::trace::{Grain, Trace};
use difference::Side;
use totals::Counts;

/// Three lanes under way.
pub struct Running {
    plan: Plan,
    lanes: Vec<lane::Running>,
}

/// Three lanes that have come to the end of their script.
pub struct Comparison {
    plan: Plan,
    lanes: Vec<Lane>,
    rows: Vec<Row>,
    steps: [Vec<Step>; Grain::ALL.len()],
}

/// A lane at the end of its script.
pub struct Lane {
    /// Which road it takes, or would if nothing were changed about it.
    pub road: Road,
    /// On what terms it was taken.
    pub terms: Terms,
    /// Its world, at the end.
    pub world: World,
    counts: Counts,
}

/// A row: what each lane does at a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is being done.
    pub stage: Stage,
    /// To which part of a session that belongs.
    pub section: Section,
    /// The lanes.
    pub lanes: [Does; 3],
}

/// What a lane does on a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// This part of its trace, and why what was answered differs from the first lane's answer, if it does.
    This(Cell, Option<Differs>),
    /// Nothing, for this reason.
    Nothing(Absent),
}

impl Running {
    /// Three lanes that begin.
    pub fn new(plan: Plan) -> Running {
        let lanes = (0..Road::ALL.len()).map(|lane| lane::Running::new(&plan, lane)).collect();
        Running { plan, lanes }
    }

    /// Goes on until there are about so many more records in each lane. True if there is more to come.
    pub fn go_on(&mut self, records: usize) -> bool {
        let mut more = false;
        for lane in &mut self.lanes {
            more |= lane.go_on(&self.plan, records);
        }
        more
    }

    /// Lays side by side what has happened.
    pub fn finish(self) -> Comparison {
        let Running { plan, lanes } = self;
        let cells: Vec<Map<Stage, Cell>> = lanes.iter().map(stage::stages).collect();
        let said: Vec<Vec<bool>> =
            lanes.iter().map(|lane| lane.said.iter().map(Option::is_some).collect()).collect();
        let sides: Vec<Side> = (0..lanes.len())
            .map(|lane| Side {
                trace: lanes[lane].world.trace(),
                security: plan.lanes[lane].policy.security,
                said: &said[lane],
            })
            .collect();
        let mut stages: Set<Stage> = cells.iter().flat_map(|lane| lane.keys().copied()).collect();
        let asked = (0..plan.script.lines.len() as u32).map(Stage::Line);
        stages.extend(asked);
        let rows: Vec<Row> = stages.iter().map(|stage| row(&plan, *stage, &cells, &sides)).collect();
        let traces: Vec<&Trace> = lanes.iter().map(|lane| lane.world.trace()).collect();
        let steps = Grain::ALL.map(|grain| steps::steps(&rows, &traces, grain));
        let lanes = Road::ALL.into_iter().zip(plan.lanes).zip(lanes).map(|((road, terms), lane)| {
            let counts = Counts::of(lane.world.trace());
            Lane { road, terms, world: lane.world, counts }
        });
        let lanes = lanes.collect();
        Comparison { plan, lanes, rows, steps }
    }
}

fn row(plan: &Plan, stage: Stage, cells: &[Map<Stage, Cell>], sides: &[Side]) -> Row {
    let capa = match stage {
        Stage::Asks | Stage::AsksAgain => true,
        Stage::Line(number) => {
            let line = plan.script.lines.get(number as usize);
            line.and_then(|line| keyword(COMMANDS, line.as_bytes()).0)
                .is_some_and(|row| row.verb == Verb::Capa)
        }
        _ => false,
    };
    let first = (0..sides.len()).find_map(|lane| Some((&sides[lane], cells[lane].get(&stage)?)));
    let does = |lane: usize| match cells[lane].get(&stage) {
        Some(cell) => {
            let differs =
                first.and_then(|there| difference::differs(stage, (&sides[lane], cell), there, capa));
            Does::This(*cell, differs)
        }
        None => Does::Nothing(sides[lane].absent(stage)),
    };
    Row { stage, section: stage.section(&plan.script.lines), lanes: [does(0), does(1), does(2)] }
}

impl Comparison {
    /// Compares, however long it takes.
    pub fn of(plan: Plan) -> Comparison {
        let mut running = Running::new(plan);
        while running.go_on(usize::MAX) {}
        running.finish()
    }

    /// What is compared.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The lanes, as [`Road::ALL`] has them.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// What is being done, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Where one who walks with this grain stops. The first step is the beginning, before anything.
    pub fn steps(&self, grain: Grain) -> &[Step] {
        &self.steps[grain as usize]
    }

    /// The step of another grain that shows at most what this one shows, and as much of it as can be.
    pub fn nearest(&self, step: &Step, grain: Grain) -> usize {
        let steps = self.steps(grain);
        let within =
            |other: &Step| other.row <= step.row && (0..3).all(|lane| other.at[lane] <= step.at[lane]);
        steps.partition_point(within).saturating_sub(1)
    }
}

impl Lane {
    /// What has happened in it.
    pub fn trace(&self) -> &Trace {
        self.world.trace()
    }

    /// What it has cost up to a position.
    pub fn totals(&self, position: usize) -> Totals {
        self.counts.at(self.trace(), position)
    }
}

//! One lane: a world in which a mail program takes its road and says the script, each line as soon as whatever
//! was sent before is answered.

use super::Plan;
use super::script::{self, Ending};
use crate::pop3::LineRole;
use crate::trace::{Event, Trace};
use crate::world::{Action, Target, World};

/// The only client of a lane.
pub const CLIENT: u8 = 0;

/// A lane under way.
pub(super) struct Running {
    pub(super) world: World,
    /// For each line of the script that was come to: the record with which it was said, if it could be.
    pub(super) said: Vec<Option<u32>>,
    /// The record with which the line was lost.
    pub(super) lost: Option<u32>,
}

impl Running {
    pub(super) fn new(plan: &Plan, lane: usize) -> Running {
        let mut world = World::new(plan.setup(lane));
        let port = plan.lanes[lane].port;
        world.apply(Action::Connect { client: CLIENT, to: Target::Server, port });
        Running { world, said: Vec::new(), lost: None }
    }

    /// Goes on until there are about so many more records. True if there is more to come.
    pub(super) fn go_on(&mut self, plan: &Plan, records: usize) -> bool {
        let stop = self.world.trace().len().saturating_add(records);
        while self.world.trace().len() < stop {
            if self.world.is_idle(CLIENT) && self.say_next(plan) {
                continue;
            }
            if !self.world.step() {
                return false;
            }
        }
        true
    }

    /// Does what comes next in the script. False at its end.
    fn say_next(&mut self, plan: &Plan) -> bool {
        let at = self.world.trace().len() as u32;
        let Some(line) = plan.script.lines.get(self.said.len()) else {
            let loses = plan.script.ending == Ending::LineLost && self.lost.is_none();
            if loses {
                self.lost = Some(at);
                self.act(|connection| Action::DropLine { connection });
            }
            return loses;
        };
        let stamp =
            self.world.trace().scene(at as usize).connections.get(&CLIENT).and_then(|it| it.stamp.clone());
        match script::octets(line, stamp.as_deref()) {
            Ok(octets) => {
                self.said.push(Some(at));
                self.act(|connection| Action::Send { connection, octets });
            }
            Err(script::NoStamp) => self.said.push(None),
        }
        true
    }

    fn act(&mut self, action: impl FnOnce(crate::trace::ConnectionId) -> Action) {
        let trace = self.world.trace();
        let connection = trace.scene(trace.len()).connections.get(&CLIENT).map(|held| held.id);
        if let Some(connection) = connection {
            self.world.apply(action(connection));
        }
    }
}

/// The record of the last row of the answer whose rows begin in this range of records, if it has come.
pub(super) fn answered(trace: &Trace, from: usize, to: usize) -> Option<u32> {
    let is_last = |at: &usize| match &trace.records()[*at].event {
        Event::ServerLine { role, .. } => *role != LineRole::Greeting,
        _ => false,
    };
    (from..to).rev().find(is_last).map(|at| at as u32)
}

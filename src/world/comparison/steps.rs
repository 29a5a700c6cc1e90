//! Where one stops who walks along all lanes at once: for each grain a list of steps, so that a step back costs
//! what a step on costs, wherever one is.

use super::{Cell, Does, Row};
use crate::trace::{Event, Grain, Trace};

/// A stop: the row that is being done, and the position of each lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Which row; the first one at the beginning as well.
    pub row: u32,
    /// The position in each lane's trace.
    pub at: [u32; 3],
}

/// The steps of a grain: on each row all lanes go as far as they have something to do there.
///
/// - by line: the client's line on its way, then its answer; a row without a line is one step
/// - by packet: each packet as it leaves, then the end of the row
/// - by phase: the end of each part of the session
pub(super) fn steps(rows: &[Row], traces: &[&Trace], grain: Grain) -> Vec<Step> {
    let mut steps = vec![Step::default()];
    let mut at = [0; 3];
    for (number, row) in rows.iter().enumerate() {
        let stops: Vec<Vec<u32>> = row
            .lanes
            .iter()
            .zip(traces)
            .map(|(does, trace)| match does {
                Does::This(cell, _) => stops(trace, cell, grain),
                Does::Nothing(_) => vec![],
            })
            .collect();
        let most = stops.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..most {
            for (at, stops) in at.iter_mut().zip(&stops) {
                // A lane with fewer stops waits for the others at its last one.
                *at = stops.get(place).copied().unwrap_or(*at);
            }
            steps.push(Step { row: number as u32, at });
        }
        let same = rows.get(number + 1).is_some_and(|next| next.section == row.section);
        if grain == Grain::Phase && same {
            // The part of the session goes on.
            steps.truncate(steps.len() - most);
        } else if most == 0 && steps.last().is_some_and(|last| last.row != number as u32) {
            // No lane has got to this row.
            steps.push(Step { row: number as u32, at });
        }
    }
    steps
}

/// Where one stops in a cell: at least at its end.
fn stops(trace: &Trace, cell: &Cell, grain: Grain) -> Vec<u32> {
    let mut stops = match grain {
        Grain::Phase => vec![],
        Grain::Line => cell.asked.map(|asked| on_its_way(trace, asked)).into_iter().collect(),
        Grain::Packet => {
            let sent = |at: &u32| matches!(trace.records()[*at as usize].event, Event::FrameSent { .. });
            (cell.from..cell.to).filter(sent).map(|at| at + 1).collect::<Vec<u32>>()
        }
    };
    stops.retain(|stop| *stop < cell.to);
    stops.push(cell.to);
    stops
}

/// The position after everything that happens at the moment at which a line is said: its packet has left.
fn on_its_way(trace: &Trace, line: u32) -> u32 {
    trace.moment_after(line as usize).map_or(line + 1, |position| position as u32)
}

//! A comparison as components get it: cheap to clone and to compare.

use crate::ledger::{Ledger, Notebook};
use crate::ui::notebook;
use crate::world::comparison::{Comparison, Does, Step};
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

/// A comparison, and what somebody on the path of each lane has read so far.
#[derive(Clone)]
pub struct Held(Rc<Inner>);

struct Inner {
    comparison: Comparison,
    ledgers: [RefCell<Ledger>; 3],
}

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Held {
    type Target = Comparison;
    fn deref(&self) -> &Comparison {
        &self.0.comparison
    }
}

impl Held {
    /// Holds a comparison whose notebooks are empty yet.
    pub fn new(comparison: Comparison) -> Held {
        Held(Rc::new(Inner { comparison, ledgers: Default::default() }))
    }

    /// Reads the notebook about a lane as it is at a position.
    pub fn with_notebook<R>(&self, lane: usize, position: u32, read: impl FnOnce(Notebook<'_>) -> R) -> R {
        let trace = self.lanes()[lane].trace();
        let mut ledger = self.0.ledgers[lane].borrow_mut();
        notebook::read(&mut ledger, trace, position as usize, usize::MAX);
        let frames = trace.frames(position as usize).len();
        read(ledger.before(u32::try_from(frames).unwrap_or(u32::MAX)))
    }

    /// What a row shows at a step: for each lane a position in its cell, or its end or beginning; and whether the
    /// step has come to the row at all.
    pub fn on_row(&self, row: usize, step: &Step) -> ([u32; 3], bool) {
        let mut at = step.at;
        for (at, does) in at.iter_mut().zip(&self.rows()[row].lanes) {
            *at = match does {
                Does::This(cell, _) => (*at).clamp(cell.from, cell.to),
                Does::Nothing(_) => 0,
            };
        }
        let begun = step.at.iter().any(|at| *at > 0);
        (at, begun && step.row as usize >= row)
    }

    /// The step of a grain at which a row is done.
    pub fn step_of_row(&self, row: u32, grain: crate::trace::Grain) -> usize {
        self.steps(grain).partition_point(|step| step.row <= row).saturating_sub(1)
    }
}

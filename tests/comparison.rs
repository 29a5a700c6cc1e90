//! Three lanes, one script: what each costs, counted from the protocol and found in the worlds; what stands on
//! each row, and why; and what holds whatever the script is.

#[path = "comparison/cost.rs"]
mod cost;
#[path = "comparison/random.rs"]
mod random;
#[path = "comparison/rows.rs"]
mod rows;

use pop3lab::world::comparison::{Comparison, Ending, Plan, Script};

/// What most people do: look, fetch one mail, delete it.
const READ_ONE: &str = "USER alice\nPASS wonderland\nSTAT\nLIST\nRETR 1\nDELE 1\nQUIT\n";

/// The three roads with this script, after the plan was changed.
fn compared(script: &str, change: impl FnOnce(&mut Plan)) -> Comparison {
    let mut plan = Plan::new(Script::read(script, Ending::AsSaid));
    change(&mut plan);
    Comparison::of(plan)
}

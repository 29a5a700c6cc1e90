//! The shortest legal way from where the session stands to a phase, as lines to type: a search over
//! `TRANSITIONS`.

use super::moves::fill;
use crate::pop3::{Cause, Phase, TRANSITIONS, Verb};
use crate::trace::{Connection, Scene};

/// What a line counts that a person could not compute, against one that can be typed: a known password
/// is the nearer way than a digest.
const COMPUTED: usize = 3;

/// The lines that lead from here to one of `allowed`; empty if one is there already, none if no way
/// leads there on this connection.
pub fn way(scene: &Scene, connection: &Connection, allowed: &[Phase]) -> Option<Vec<String>> {
    let from = connection.phase.filter(|_| connection.is_open())?;
    let mut reached: Vec<(usize, Phase, Vec<String>)> = vec![(0, from, vec![])];
    let mut visited: Vec<Phase> = Vec::new();
    while let Some(next) = (0..reached.len()).min_by_key(|index| reached[*index].0) {
        let (cost, phase, lines) = reached.swap_remove(next);
        if allowed.contains(&phase) {
            return Some(lines);
        }
        if visited.contains(&phase) {
            continue;
        }
        visited.push(phase);
        for row in TRANSITIONS.iter().filter(|row| row.from == phase) {
            let Cause::Accepted(verb) = row.on else { continue };
            // An exchange is more than a line, and what is to be said in it depends on what was said.
            if verb == Verb::Auth {
                continue;
            }
            // Where the way goes through USER, the name is the one that USER on the way gives.
            let mut there = connection.clone();
            if let Some(name) = lines.last().and_then(|line: &String| line.strip_prefix("USER ")) {
                there.user = Some(name.to_owned());
            }
            let Some(step) = fill(verb.row(), scene, &there) else { continue };
            let cost = cost + if step.computed { COMPUTED } else { 1 };
            reached.push((cost, row.to, [lines.clone(), vec![step.line]].concat()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::Lab;

    fn from(lines: &[&str], to: &[Phase]) -> Option<Vec<String>> {
        let mut lab = Lab::default();
        lines.iter().for_each(|line| _ = lab.send(format!("{line}\r\n").into_bytes()));
        let view = lab.view();
        way(&view.scene(), &view.connection().unwrap(), to)
    }

    #[test]
    fn the_way_to_transaction_is_a_login() {
        let login = vec!["USER alice".to_string(), "PASS wonderland".to_string()];
        assert_eq!(from(&[], &[Phase::Transaction]), Some(login));
        assert_eq!(from(&["USER erin"], &[Phase::Transaction]), Some(vec!["PASS nothing-here".into()]));
    }

    #[test]
    fn there_is_no_way_when_one_is_there_and_none_back() {
        assert_eq!(from(&[], &[Phase::Authorization]), Some(vec![]));
        assert_eq!(from(&["USER alice", "PASS wonderland"], &[Phase::Authorization]), None);
        assert_eq!(from(&["QUIT"], &[Phase::Transaction]), None);
    }

    #[test]
    fn every_way_that_is_shown_can_be_gone() {
        for goal in [Phase::UserGiven, Phase::Transaction] {
            let mut lab = Lab::default();
            for line in from(&[], &[goal]).unwrap() {
                lab.send(format!("{line}\r\n").into_bytes());
            }
            assert_eq!(lab.view().connection().unwrap().phase, Some(goal));
        }
    }
}

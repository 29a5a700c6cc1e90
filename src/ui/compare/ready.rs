//! Scripts to begin with: each shows something else about the three roads.

use super::link::USUAL;
use crate::i18n::{Id, id};
use crate::world::comparison::{Ending, Script};

/// A script that is ready.
#[derive(Clone, Copy, Debug)]
pub struct Ready {
    /// Its name in tests.
    pub name: &'static str,
    /// What it is called.
    pub title: Id,
    /// What one can see in it.
    pub shows: Id,
    /// What is said, one command a line.
    pub text: &'static str,
    /// What happens behind its last line.
    pub ending: Ending,
}

impl Ready {
    /// The script itself.
    pub fn script(&self) -> Script {
        Script::read(self.text, self.ending)
    }
}

/// All of them, the plainest first.
pub const READY: &[Ready] = &[
    Ready {
        name: "read",
        title: id::READY_READ,
        shows: id::READY_READ_SHOWS,
        text: USUAL,
        ending: Ending::AsSaid,
    },
    Ready {
        name: "look",
        title: id::READY_LOOK,
        shows: id::READY_LOOK_SHOWS,
        text: "USER alice\nPASS wonderland\nSTAT\nTOP 1 0\nTOP 2 0\nQUIT\n",
        ending: Ending::AsSaid,
    },
    Ready {
        name: "wrong-password",
        title: id::READY_WRONG_PASSWORD,
        shows: id::READY_WRONG_PASSWORD_SHOWS,
        text: "USER alice\nPASS looking-glass\nSTAT\nUSER alice\nPASS wonderland\nSTAT\nQUIT\n",
        ending: Ending::AsSaid,
    },
    Ready {
        name: "keep-one",
        title: id::READY_KEEP_ONE,
        shows: id::READY_KEEP_ONE_SHOWS,
        text: "USER alice\nPASS wonderland\nUIDL\nRETR 1\nDELE 1\nRETR 2\nQUIT\n",
        ending: Ending::AsSaid,
    },
    Ready {
        name: "line-lost",
        title: id::READY_LINE_LOST,
        shows: id::READY_LINE_LOST_SHOWS,
        text: "USER alice\nPASS wonderland\nRETR 1\nDELE 1\n",
        ending: Ending::LineLost,
    },
    Ready {
        name: "apop",
        title: id::READY_APOP,
        shows: id::READY_APOP_SHOWS,
        text: "APOP alice md5(wonderland)\nSTAT\nQUIT\n",
        ending: Ending::AsSaid,
    },
];

#[cfg(test)]
mod tests {
    use super::super::checked::{Severity, check};
    use super::*;
    use crate::pop3::Refusal;
    use crate::world::comparison::{Comparison, Does, Plan, Stage};

    fn ready(name: &str) -> Script {
        READY.iter().find(|ready| ready.name == name).unwrap().script()
    }

    fn mailbox(compared: &Comparison, lane: usize) -> usize {
        let trace = compared.lanes()[lane].trace();
        trace.scene(trace.len()).mailboxes["alice"].messages.len()
    }

    #[test]
    fn only_the_wrong_password_meets_refusals() {
        for ready in READY {
            let refused =
                check(&ready.script()).iter().filter(|line| line.severity() == Some(Severity::Wrong)).count();
            assert_eq!(refused, usize::from(ready.name == "wrong-password"), "{}", ready.name);
        }
    }

    #[test]
    fn keeping_one_removes_the_other_and_a_lost_line_removes_nothing() {
        let (kept, lost) = (ready("keep-one"), ready("line-lost"));
        let before = crate::world::Setup::default().accounts[0].messages.len();
        let (kept, lost) = (Comparison::of(Plan::new(kept)), Comparison::of(Plan::new(lost)));
        for lane in 0..3 {
            assert_eq!(mailbox(&kept, lane), before - 1);
            assert_eq!(mailbox(&lost, lane), before);
        }
    }

    #[test]
    fn the_digest_cannot_be_said_behind_stls() {
        let compared = Comparison::of(Plan::new(ready("apop")));
        let row = compared.rows().iter().find(|row| row.stage == Stage::Line(0)).unwrap();
        let said = row.lanes.iter().map(|lane| matches!(lane, Does::This(..)));
        assert_eq!(said.collect::<Vec<_>>(), [true, false, true]);
    }

    /// What the check says is what every lane then does.
    #[test]
    fn a_refusal_that_is_foretold_comes_on_every_lane() {
        let checked = check(&ready("wrong-password"));
        let foretold: Vec<Option<&Refusal>> = checked.iter().map(|line| line.refusal()).collect();
        let compared = Comparison::of(Plan::new(ready("wrong-password")));
        for lane in compared.lanes() {
            let records = lane.trace().records().iter();
            let judged = records.filter_map(|record| match &record.event {
                crate::trace::Event::Judged(judged) => Some(judged.refusal.as_ref()),
                _ => None,
            });
            let judged: Vec<Option<&Refusal>> = judged.collect();
            assert_eq!(judged[judged.len() - foretold.len()..], foretold[..]);
        }
    }
}

//! The state machine of a POP3 session as a table. Every change of phase is a row of [`TRANSITIONS`]:
//! the session asks it, the diagram is drawn from it, the docs and tests read it.
//!
//! ```text
//!              ┌── USER ──▶ AUTHORIZATION, name given ── PASS ──┐
//!   AUTHORIZATION ─────────────── APOP ────────────────────────┼▶ TRANSACTION ── QUIT ──▶ UPDATE ──▶ closed
//!              └── AUTH ──▶ AUTHORIZATION, exchange under way ──┘
//! ```

use super::Verb;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a session stands. RFC 1939 has three states; AUTHORIZATION has three here, since PASS is only
/// allowed just after USER and lines are no commands while AUTH goes on, and a closed session is a place as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Nobody has said who they are.
    Authorization,
    /// AUTHORIZATION still, just after a USER: only PASS, QUIT and CAPA are of use.
    UserGiven,
    /// AUTHORIZATION still, after a challenge of AUTH: every line is a response (RFC 5034 section 4).
    Exchange,
    /// A maildrop is open and locked.
    Transaction,
    /// QUIT was received after login: marked messages are removed, then the connection is closed.
    Update,
    /// The session is over.
    Closed,
}

impl Phase {
    /// Every phase, in the order of a session.
    pub const ALL: [Phase; 6] = [
        Phase::Authorization,
        Phase::UserGiven,
        Phase::Exchange,
        Phase::Transaction,
        Phase::Update,
        Phase::Closed,
    ];
}

impl fmt::Display for Phase {
    /// The name that RFC 1939 uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Authorization | Phase::UserGiven | Phase::Exchange => "AUTHORIZATION",
            Phase::Transaction => "TRANSACTION",
            Phase::Update => "UPDATE",
            Phase::Closed => "CLOSED",
        })
    }
}

/// What moves a session from one phase to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// The command was done. QUIT after login is done even where UPDATE then fails and says -ERR.
    Accepted(Verb),
    /// The command was answered with -ERR.
    Refused(Verb),
    /// AUTH was answered with a challenge: what comes next is a response.
    Challenged,
    /// Any other line, whatever its answer: PASS must come right after USER (RFC 1939 section 7).
    AnyOther,
    /// The connection is over: closed, reset or lost.
    Ended,
    /// Nothing was said for as long as the idle limit (RFC 1939 section 3).
    Idle,
    /// More failed logins than the site allows on one connection.
    TooManyFailures,
}

/// One row of the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// The phase that is left.
    pub from: Phase,
    /// What happened.
    pub on: Cause,
    /// The phase that is entered.
    pub to: Phase,
}

const fn row(from: Phase, on: Cause, to: Phase) -> Transition {
    Transition { from, on, to }
}

/// Every change of phase there is (RFC 1939 sections 3 to 7, RFC 5034 section 4).
pub const TRANSITIONS: &[Transition] = {
    use Cause::*;
    use Phase::*;
    &[
        // RFC 2595 section 4: AUTHORIZATION begins anew, and nothing said before is remembered.
        row(Authorization, Accepted(Verb::Stls), Authorization),
        row(Authorization, Accepted(Verb::User), UserGiven),
        row(Authorization, Accepted(Verb::Apop), Transaction),
        // Where the initial response was enough.
        row(Authorization, Accepted(Verb::Auth), Transaction),
        row(Authorization, Challenged, Exchange),
        row(Authorization, Accepted(Verb::Quit), Closed),
        row(Authorization, TooManyFailures, Closed),
        row(Authorization, Idle, Closed),
        row(Authorization, Ended, Closed),
        row(UserGiven, Accepted(Verb::Stls), Authorization),
        row(UserGiven, Accepted(Verb::Pass), Transaction),
        row(UserGiven, Refused(Verb::Pass), Authorization),
        row(UserGiven, AnyOther, Authorization),
        row(UserGiven, Accepted(Verb::Quit), Closed),
        row(UserGiven, Idle, Closed),
        row(UserGiven, Ended, Closed),
        row(Exchange, Accepted(Verb::Auth), Transaction),
        // `*` among them: RFC 5034 section 4.
        row(Exchange, Refused(Verb::Auth), Authorization),
        row(Exchange, Idle, Closed),
        row(Exchange, Ended, Closed),
        row(Transaction, Accepted(Verb::Quit), Update),
        row(Transaction, Idle, Closed),
        row(Transaction, Ended, Closed),
        row(Update, Ended, Closed),
    ]
};

/// The row of `transitions` that leaves `from` on `cause`, with its index.
pub fn find(transitions: &[Transition], from: Phase, cause: Cause) -> Option<(usize, &Transition)> {
    transitions.iter().enumerate().find(|(_, row)| row.from == from && row.on == cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn no_two_rows_leave_a_phase_on_the_same_cause() {
        for (index, row) in TRANSITIONS.iter().enumerate() {
            assert_eq!(find(TRANSITIONS, row.from, row.on).map(|(found, _)| found), Some(index));
        }
    }

    #[test]
    fn every_phase_but_the_last_can_be_left_and_every_one_but_the_first_entered() {
        for phase in Phase::ALL {
            assert_eq!(TRANSITIONS.iter().any(|row| row.from == phase), phase != Phase::Closed);
        }
        for phase in &Phase::ALL[1..] {
            assert!(TRANSITIONS.iter().any(|row| row.to == *phase));
        }
    }
}

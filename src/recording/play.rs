//! From what happened on a server to what clients do in a world.
//!
//! ```text
//!   1 connected ─▶ Connect, on the port that fits       1 C: … ─▶ Send       1 lost ─▶ DropLine
//!   1 mail      ─▶ Deliver                              a long gap ─▶ LetTimePass
//! ```

use super::read::{Happened, Moment, Read};
use super::{Answers, Recording, Step, What};
use crate::policy::{Policy, Road, Shown, Versions};
use crate::sorted::Map;
use crate::time::Instant;
use crate::tls::Version;
use crate::trace::ConnectionId;
use crate::world::{Action, Drawn, Target};
use std::rc::Rc;
use std::time::Duration;

/// From this much silence on time is let pass, so that idle limits run out and one sees it; for less the clock just
/// goes on.
const LONG: Duration = Duration::from_secs(60);

/// What is known of a connection when all was read: much of it is decided after it was made.
#[derive(Default)]
struct Facts {
    sealed: bool,
    began: bool,
    /// The version of TLS, if it came about.
    version: Option<Version>,
    drawn: Drawn,
}

impl Facts {
    /// Of each connection, by the recording's number.
    fn of(happened: &[Moment]) -> Map<u64, Facts> {
        let mut all = Map::new();
        for Moment { connection, what, .. } in happened {
            let Happened::On(what) = what else { continue };
            let facts: &mut Facts = all.get_or_default(*connection);
            match what {
                What::Connected { sealed } => facts.sealed = *sealed,
                What::Began(entropy) => (facts.began, facts.drawn.entropy) = (true, *entropy),
                What::Secured { version, exporter, identity } => {
                    facts.version = Some(*version);
                    (facts.drawn.exporter, facts.drawn.identity) = (*exporter, identity.clone());
                }
                _ => {}
            }
        }
        all
    }

    fn road(&self) -> Road {
        match (self.sealed, &self.version) {
            (true, _) => Road::Tls,
            (false, Some(_)) => Road::Stls,
            (false, None) => Road::Clear,
        }
    }

    /// What both ends want of TLS, where this is what came of it.
    fn policy(&self, server: Policy) -> Policy {
        let old = self.version == Some(Version::Tls12);
        Policy {
            security: self.road().security(),
            by_hand: true,
            offers: if old { Versions::Tls12 } else { Versions::Current },
            shows: if self.drawn.identity.is_some() { Shown::Own } else { Shown::None },
            ..server
        }
    }
}

/// A connection that is open.
struct Held {
    /// The recording's number of it.
    number: u64,
    id: ConnectionId,
    client: u8,
}

/// What has been made of it so far.
#[derive(Default)]
struct Playing {
    steps: Vec<Step>,
    answers: Vec<Answers>,
    drawn: Vec<Drawn>,
    open: Vec<Held>,
    /// What is wanted of TLS; none before the first connection.
    policy: Option<Policy>,
    /// When the last step was to be.
    clock: Instant,
    left_out: usize,
}

impl Recording {
    /// None if no client connected.
    pub(super) fn of(read: Read) -> Option<Recording> {
        let Read { mut setup, recorded, fault, happened, .. } = read;
        let begin = happened.first()?.at.as_micros();
        setup.date = setup.date.saturating_add((begin / 1_000_000) as i64);
        let facts = Facts::of(&happened);
        let mut playing = Playing::default();
        if fault.is_some() {
            playing.step(Action::Break { fault });
        }
        for Moment { at, connection, what } in happened {
            let facts = facts.get(&connection).filter(|facts| facts.began || !facts.sealed);
            let at = Instant::from_micros(at.as_micros().saturating_sub(begin));
            match facts {
                Some(facts) => playing.take(at, connection, what, facts, setup.policy),
                None => playing.left_out += usize::from(is_new(&what)),
            }
        }
        // What the first connection is made on is how the world begins.
        let first =
            playing.steps.iter().position(|step| matches!(step.action, Action::ChangePolicy { .. }))?;
        if let Action::ChangePolicy { policy } = playing.steps.remove(first).action {
            setup.policy = policy;
        }
        (setup.recorded, setup.drawn) = (Rc::new(recorded), playing.drawn.into());
        let Playing { steps, answers, left_out, .. } = playing;
        Some(Recording { setup, steps, answers, left_out })
    }
}

impl Playing {
    fn take(&mut self, at: Instant, number: u64, what: Happened, facts: &Facts, server: Policy) {
        if let Happened::On(What::Began(_) | What::Secured { .. }) = what {
            return;
        }
        self.go_on(at);
        let held = self.open.iter().position(|held| held.number == number);
        let id = held.map(|at| self.open[at].id);
        match (what, id) {
            (Happened::On(What::Connected { .. }), None) => self.connect(number, facts, server),
            (Happened::Arrived(mailbox, uid, message), _) => {
                let message = message.octets().to_vec();
                self.step(Action::Deliver { mailbox, message, uid: Some(uid) });
            }
            (Happened::Gone(mailbox, uid), _) => self.step(Action::Lose { mailbox, uid }),
            (Happened::On(What::Said(octets)), Some(connection)) => {
                self.step(Action::Send { connection, octets });
            }
            (Happened::On(What::Answered(octets)), Some(id)) => {
                self.answers[id.0 as usize].octets.extend(octets);
            }
            (Happened::On(What::Ended), Some(connection)) => {
                self.step(Action::Disconnect { connection });
            }
            (Happened::On(What::Lost), Some(connection)) => {
                self.answers[connection.0 as usize].lost = true;
                self.step(Action::DropLine { connection });
                self.open.retain(|held| held.number != number);
            }
            (Happened::On(What::Closed), Some(_)) => self.open.retain(|held| held.number != number),
            // Of a connection that is over, or was left out.
            _ => {}
        }
    }

    fn connect(&mut self, number: u64, facts: &Facts, server: Policy) {
        let is_free = |client: &u8| self.open.iter().all(|held| held.client != *client);
        let Some(client) = (0..u8::MAX).find(is_free) else {
            self.left_out += 1;
            return;
        };
        let policy = facts.policy(server);
        if self.policy != Some(policy) {
            self.policy = Some(policy);
            self.step(Action::ChangePolicy { policy });
        }
        self.step(Action::Connect { client, to: Target::Server, port: facts.road().port() });
        self.open.push(Held { number, id: ConnectionId(self.drawn.len() as u32), client });
        self.drawn.push(facts.drawn.clone());
        self.answers.push(Answers::default());
    }

    /// The clock goes on to this moment.
    fn go_on(&mut self, at: Instant) {
        let gap = at.as_micros().saturating_sub(self.clock.as_micros());
        if Duration::from_micros(gap) >= LONG {
            self.step(Action::LetTimePass { micros: gap });
        }
        self.clock = self.clock.max(at);
    }

    fn step(&mut self, action: Action) {
        self.steps.push(Step { at: self.clock, action });
    }
}

/// Whether a connection begins with it.
fn is_new(what: &Happened) -> bool {
    matches!(what, Happened::On(What::Connected { .. }))
}

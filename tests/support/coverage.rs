//! What was seen while transcripts were played, and what should have been.

use super::words;
use pop3lab::mail::{Missing, OpenError};
use pop3lab::pop3::{
    COMMANDS, Cause, Effect, EndCause, Judgement, Kind, LogLine, Method, Phase, Problem, Refusal,
    TRANSITIONS, Verb,
};
use pop3lab::sasl::Flaw;
use std::collections::BTreeSet;

/// The phases in which lines are read.
const OPEN: [Phase; 3] = [Phase::Authorization, Phase::UserGiven, Phase::Transaction];

/// Everything that was seen.
#[derive(Default)]
pub struct Seen {
    accepted: BTreeSet<(Verb, Phase)>,
    not_now: BTreeSet<(Verb, Phase)>,
    moves: BTreeSet<(Phase, Cause, Phase)>,
    /// Variants, as "Type::Variant".
    variants: BTreeSet<String>,
}

/// The variants of an enum by name. The match has no wildcard, so that a new variant must be added
/// here, and with that be seen.
macro_rules! variants {
    ($($type:ident { $($variant:ident),* $(,)? })*) => {
        const VARIANTS: &[&str] = &[$($(concat!(stringify!($type), "::", stringify!($variant))),*),*];
        $(impl Named for $type {
            fn name(&self) -> &'static str {
                match self {
                    $($type::$variant { .. } => concat!(stringify!($type), "::", stringify!($variant))),*
                }
            }
        })*
    };
}

trait Named {
    fn name(&self) -> &'static str;
}

variants! {
    Refusal { Unknown, NotNow, BadArgument, LineTooLong, NotOffered, AlreadySecure, NeedsTls, NoMessage, Login, RemovalFailed, UnknownMechanism, MechanismNotNow, BadResponse, Cancelled, NotBound, UnknownLanguage, NeedsUtf8 }
    Problem { Missing, Surplus, NotANumber, Zero, TooLarge, NotADigest, Octet }
    Kind { MessageNumber, LineCount, Name, Secret, Digest, Mechanism, Response, Language }
    Flaw { NotBase64, NotUtf8, Prohibited, Empty, Parts, Escape, Extension, Nonce, Proof, Header, TooEarly, Surplus }
    Missing { NoSuchMessage, AlreadyDeleted, Gone }
    OpenError { BadCredentials, LockedOut, PlaintextNotAllowed, Locked, LoginDelay, TemporaryFailure, PermanentFailure }
    Effect { Opened, Marked, Unmarked, Removed, Released }
    LogLine { Secured, TlsFailed, LoggedIn, LoginFailed, Ended }
    EndCause { Quit, ClientClosed, Lost, Idle, TooManyFailures, TlsFailed }
    Method { UserPass, Apop, Sasl }
}

impl Seen {
    pub fn judgement(&mut self, phase: Phase, judgement: &Judgement) {
        match (judgement.verb, &judgement.refusal) {
            (Some(verb), None) => drop(self.accepted.insert((verb, phase))),
            (Some(verb), Some(Refusal::NotNow { .. })) => drop(self.not_now.insert((verb, phase))),
            _ => {}
        }
        let Some(refusal) = &judgement.refusal else { return };
        self.see(refusal);
        match refusal {
            Refusal::BadArgument { problem, .. } => {
                self.see(problem);
                if let Problem::Missing(kind) = problem {
                    self.see(kind);
                }
            }
            Refusal::NoMessage { missing, .. } => self.see(missing),
            Refusal::Login(error) => self.see(error),
            Refusal::BadResponse(flaw) => self.see(flaw),
            _ => {}
        }
    }

    pub fn change(&mut self, from: Phase, cause: Cause, to: Phase) {
        self.moves.insert((from, cause, to));
    }

    pub fn effect(&mut self, effect: &Effect) {
        self.see(effect);
    }

    pub fn log(&mut self, line: &LogLine) {
        self.see(line);
        match line {
            LogLine::LoggedIn { method, .. } => self.see(method),
            LogLine::LoginFailed { .. } | LogLine::Secured { .. } | LogLine::TlsFailed { .. } => {}
            LogLine::Ended { cause, .. } => self.see(cause),
        }
    }

    fn see(&mut self, value: &impl Named) {
        self.variants.insert(value.name().into());
    }

    /// What is in the tables and the types and was never seen, by name; and changes of phase that were
    /// seen and are in no table.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (row, phase) in COMMANDS.iter().flat_map(|row| OPEN.map(|phase| (row, phase))) {
            let (set, answer) = match row.phases.contains(&phase) {
                true => (&self.accepted, "answered with +OK"),
                false => (&self.not_now, "refused as not allowed"),
            };
            if !set.contains(&(row.verb, phase)) {
                missing.push(format!("{} in {} {answer}", row.verb, words::phase(phase)));
            }
        }
        let table: BTreeSet<_> = TRANSITIONS.iter().map(|row| (row.from, row.on, row.to)).collect();
        for (from, on, to) in table.symmetric_difference(&self.moves) {
            let (from, to) = (words::phase(*from), words::phase(*to));
            missing.push(format!(
                "a change from {from} to {to} on {} both in the table and seen",
                words::cause(*on)
            ));
        }
        let unseen = VARIANTS.iter().filter(|name| !self.variants.contains(**name));
        missing.extend(unseen.map(|name| name.to_string()));
        missing
    }
}

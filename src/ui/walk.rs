//! What moves by itself: the whole page in the watch pace or while it plays, or the wire alone behind an
//! answer that is already there.

use super::browser;
use super::lab::Lab;
use super::pace::{self, Pace, Speed};
use super::view::View;
use crate::trace::Grain;
use gloo::timers::callback::Timeout;
use yew::Callback;

/// A walk through what has happened.
pub struct Walk {
    kind: Kind,
    /// The most milliseconds for one moment.
    longest: u64,
    /// Where it goes next, and the timer for that.
    next: Option<(usize, Option<Timeout>)>,
}

enum Kind {
    /// Every panel shows it happen.
    Watch,
    /// A person lets the session play, in steps of this grain.
    Play(Grain),
    /// The wire alone shows it happen, and is here.
    Wire(usize),
}

/// How long all that one command led to takes on the wire behind the answer, in milliseconds.
const BEHIND: u64 = 2_500;

/// How long it takes when one wants to watch.
const WATCHED: u64 = 12_000;

/// How long a step of each grain stands when the session plays: long enough to be read.
const STAND: [(Grain, u32); 3] = [(Grain::Line, 700), (Grain::Packet, 350), (Grain::Phase, 1_600)];

impl Walk {
    /// The walk that begins when something has been done, from a position on; none if nothing is to move.
    pub fn after(lab: &mut Lab, from: usize, pace: Pace, wire: bool) -> Option<Walk> {
        let view = lab.view();
        let walk = |kind, within| {
            let longest = view.with(|trace| pace::longest(trace, from, view.end, within));
            Some(Walk { kind, longest, next: None })
        };
        match pace {
            Pace::Watch if lab.walk_from(from) => walk(Kind::Watch, WATCHED),
            Pace::AtOnce if wire && from < view.end && !browser::matches(STILL) => {
                walk(Kind::Wire(from), BEHIND)
            }
            _ => None,
        }
    }

    /// Begins to play from the moment on screen, at the end from the start; or stops.
    pub fn play(before: Option<Walk>, lab: &mut Lab, grain: Grain) -> Option<Walk> {
        if before.is_some_and(|walk| walk.is_playing()) {
            // Whoever stops while watching looks at the past.
            lab.look_at(lab.view().position);
            return None;
        }
        if !lab.view().is_past() {
            lab.look_at(0);
        }
        Some(Walk { kind: Kind::Play(grain), longest: 0, next: None })
    }

    /// Whether every panel moves, and can be stopped.
    pub fn is_playing(&self) -> bool {
        matches!(self.kind, Kind::Play(_) | Kind::Watch)
    }

    /// Whether every panel shows something happen.
    pub fn is_watching(&self) -> bool {
        matches!(self.kind, Kind::Watch)
    }

    /// Where the wire is, if it is behind the other panels.
    pub fn wire(&self, view: &View) -> Option<usize> {
        match self.kind {
            Kind::Wire(at) => Some(at.min(view.position)),
            _ => None,
        }
    }

    /// Takes the step that was waited for. False if that was the last one.
    pub fn step(&mut self, lab: &mut Lab) -> bool {
        let Some((next, _)) = self.next.take() else { return true };
        let end = lab.view().end;
        let there = next >= end && !lab.is_running();
        match &mut self.kind {
            Kind::Watch if there => lab.look_at(end),
            Kind::Watch => _ = lab.walk_from(next),
            Kind::Play(_) => lab.look_at(next),
            Kind::Wire(at) => *at = next,
        }
        !there
    }

    /// Sets the timer for the next step, unless it is set.
    pub fn wait(&mut self, lab: &Lab, speed: Speed, callback: Callback<()>) {
        if self.next.is_some() {
            return;
        }
        let view = lab.view();
        let (from, end) = match self.kind {
            Kind::Wire(at) => (at, view.end),
            _ => (view.position, view.end),
        };
        let next = view.with(|trace| match self.kind {
            Kind::Play(grain) => {
                let stands =
                    STAND.into_iter().find(|(held, _)| *held == grain).map_or(0, |(_, stands)| stands);
                Some((trace.step_after(grain, from), speed.of(stands)))
            }
            _ => pace::next(trace, from, end, speed, self.longest),
        });
        // At the end of what there is so far, one waits for more.
        let (next, wait) = next.unwrap_or((end, 50));
        self.next = Some((next, browser::after(wait, callback)));
    }
}

/// A person who asked the system for less motion sees the wire where it is.
const STILL: &str = "(prefers-reduced-motion: reduce)";

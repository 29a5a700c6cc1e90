//! How fast what has happened is shown: virtual time turned into a person's.

use crate::trace::Trace;

/// When the panels show what a command led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// At once; only the wire shows it happen.
    #[default]
    AtOnce,
    /// As it happens, one moment of virtual time after the other.
    Watch,
}

impl Pace {
    /// All of them, the usual one first.
    pub const ALL: [Pace; 2] = [Pace::AtOnce, Pace::Watch];

    /// The name under which it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Pace::AtOnce => "at-once",
            Pace::Watch => "watch",
        }
    }
}

/// How many times faster than usual, in quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(u32);

impl Default for Speed {
    fn default() -> Speed {
        Speed(4)
    }
}

impl Speed {
    /// All of them, the slowest first.
    pub const ALL: [Speed; 5] = [Speed(1), Speed(2), Speed(4), Speed(8), Speed(16)];

    /// The name under which it is kept and shown.
    pub fn name(self) -> &'static str {
        match self.0 {
            1 => "¼",
            2 => "½",
            8 => "2",
            16 => "4",
            _ => "1",
        }
    }

    /// How long something takes that takes so long at usual speed.
    pub fn of(self, millis: u32) -> u32 {
        millis * 4 / self.0
    }
}

/// Milliseconds that the flight of a frame takes at usual speed.
pub const FLIGHT: u64 = 250;

/// The longest that a person waits for one moment at usual speed: a retransmission that takes seconds of
/// virtual time is told by the clock, not by boredom.
const LONGEST: u64 = 1_200;

/// A shorter wait than this is no frame of the screen.
const SHORTEST: u64 = 16;

/// The most milliseconds for one moment, so that all moments from a position to `end` take about `within`
/// at most.
pub fn longest(trace: &Trace, from: usize, end: usize, within: u64) -> u64 {
    let mut at = from;
    let mut moments = 1;
    while let Some(next) = trace.moment_after(at).filter(|next| *next < end && moments < within) {
        at = next;
        moments += 1;
    }
    (within / moments).min(LONGEST)
}

/// Where one looks next and how many milliseconds later, on the way from a position to `end`, if no moment
/// takes more than `longest`; none at the end.
pub fn next(trace: &Trace, from: usize, end: usize, speed: Speed, longest: u64) -> Option<(usize, u32)> {
    if from >= end {
        return None;
    }
    let latency = trace.scene(end).link.latency.max(1);
    let mut waited = 0;
    let mut at = from;
    while let Some(next) = trace.moment_after(at).filter(|next| *next <= end) {
        let micros = trace.time(next).as_micros().saturating_sub(trace.time(at).as_micros());
        let wait = (micros * FLIGHT / latency).min(longest) * 4 / u64::from(speed.0);
        // What is sent at this very moment is seen to leave before it is waited for.
        if waited == 0 && at > from && wait >= SHORTEST {
            break;
        }
        waited += wait;
        at = next;
        if waited >= SHORTEST {
            break;
        }
    }
    Some((at.max(from + 1).min(end), waited.max(SHORTEST) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::Lab;

    /// How long it takes to watch everything after the greeting, and at how many positions one looks.
    fn watched(lines: &str, within: u64) -> (u64, usize) {
        let mut lab = Lab::default();
        let start = lab.view().end;
        lab.send(lines.as_bytes().to_vec());
        let view = lab.view();
        view.with(|trace| {
            let longest = longest(trace, start, view.end, within);
            let (mut at, mut total, mut looks) = (start, 0, 0);
            while let Some((position, wait)) = next(trace, at, view.end, Speed::default(), longest) {
                assert!(position > at);
                (at, total, looks) = (position, total + u64::from(wait), looks + 1);
            }
            assert_eq!(at, view.end);
            (total, looks)
        })
    }

    #[test]
    fn a_command_and_its_answer_take_two_flights() {
        let (total, looks) = watched("STAT\r\n", 20_000);
        assert!((2 * FLIGHT..6 * FLIGHT).contains(&total), "{total} ms");
        assert!(looks >= 2);
    }

    #[test]
    fn a_long_answer_is_over_in_time() {
        let (total, _) = watched("USER alice\r\nPASS wonderland\r\nRETR 7\r\n", 3_000);
        assert!(total < 4_000, "{total} ms");
    }
}

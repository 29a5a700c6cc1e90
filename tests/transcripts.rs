//! The server's session, told as transcripts: command by phase by outcome. Each is played in several
//! ways and must tell the same story, which is the transcript itself.

mod support;

use pop3lab::pop3::Tables;
use std::fmt::Write;
use support::coverage::Seen;
use support::dialect::{self, Step, Transcript};
use support::player::{self, Way};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What every transcript begins with.
const WORLD: &str = include_str!("transcripts/world.txt");

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("transcripts/", $name)))),*]
    };
}

/// Every file of transcripts.
const FILES: &[(&str, &str)] = files![
    "greeting.txt",
    "login.txt",
    "apop.txt",
    "auth.txt",
    "phases.txt",
    "arguments.txt",
    "lines.txt",
    "listing.txt",
    "reading.txt",
    "deleting.txt",
    "ending.txt",
    "capabilities.txt",
    "stls.txt",
    "utf8.txt",
    "sessions.txt",
];

/// A transcript with what stands before it.
struct Case {
    world: Vec<Step>,
    preamble: Vec<Step>,
    transcript: Transcript,
}

impl Case {
    fn story(&self, tables: &Tables, way: Way, seen: &mut Seen) -> Vec<String> {
        player::play(&[&self.world, &self.preamble], &self.transcript, tables, way, seen)
    }
}

fn cases() -> Vec<Case> {
    let (world, _) = dialect::parse("world.txt", WORLD);
    let mut cases = Vec::new();
    for (name, text) in FILES {
        let (preamble, transcripts) = dialect::parse(name, text);
        for transcript in transcripts {
            cases.push(Case { world: world.clone(), preamble: preamble.clone(), transcript });
        }
    }
    cases
}

/// The transcript and what came instead: lines of both as they are, lines that did not come after `-`,
/// lines that came in their place after `+`.
fn difference(expected: &[String], came: &[String]) -> String {
    let same = expected.iter().zip(came).take_while(|(a, b)| a == b).count();
    let rest = expected.len().min(came.len()) - same;
    let again = expected.iter().rev().zip(came.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    let mut tell = |mark: char, lines: &[String]| {
        lines.iter().for_each(|line| writeln!(text, "  {mark} {line}").expect("a string takes everything"));
    };
    tell(' ', &expected[..same]);
    tell('-', &expected[same..expected.len() - again]);
    tell('+', &came[same..came.len() - again]);
    tell(' ', &expected[expected.len() - again..]);
    text
}

#[test]
fn every_transcript_tells_the_same_story_in_any_pieces() {
    let mut failures = Vec::new();
    for case in cases() {
        let expected = player::expected(&case.transcript);
        let story = |way| case.story(&Tables::default(), way, &mut Seen::default());
        if let Some((way, came)) =
            Way::ALL.map(|way| (way, story(way))).into_iter().find(|(_, came)| *came != expected)
        {
            let Transcript { name, place, .. } = &case.transcript;
            failures.push(format!("{place}: {name}, sent {way:?}\n{}", difference(&expected, &came)));
        }
    }
    assert!(failures.is_empty(), "{} transcripts failed\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_command_phase_refusal_and_change_of_phase_is_seen() {
    let mut seen = Seen::default();
    for case in cases() {
        case.story(&Tables::default(), Way::Whole, &mut seen);
    }
    let missing = seen.missing();
    assert!(missing.is_empty(), "no transcript shows:\n  {}", missing.join("\n  "));
}

#[test]
fn no_two_transcripts_claim_the_same_fact() {
    let mut names: Vec<_> = cases().into_iter().map(|case| case.transcript.name).collect();
    names.sort();
    assert!(names.len() >= 60, "{} transcripts", names.len());
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

#[test]
fn a_story_that_differs_is_told_with_what_came_instead() {
    let lines = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    let told = difference(&lines("C: NOOP/S: +OK/C: QUIT"), &lines("C: NOOP/S: -ERR/close/C: QUIT"));
    assert_eq!(told, "    C: NOOP\n  - S: +OK\n  + S: -ERR\n  + close\n    C: QUIT\n");
    assert_eq!(difference(&lines("a/b"), &lines("a")), "    a\n  - b\n");
}

#[test]
fn every_octet_can_be_written_and_read_back() {
    let octets: Vec<u8> = (0..=255).chain([b'\\'; 30]).chain(*b"x ").collect();
    let text = dialect::escape(&octets);
    assert!(text.bytes().all(|octet| matches!(octet, b' '..=b'~')) && !text.ends_with(' '));
    // A brace ends a repetition, and a repeated backslash is two letters; both survive.
    assert_eq!(dialect::unescape(&text, None).unwrap(), octets);
}

// Where a panic aborts, as in wasm, it cannot count as a failure.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::*;
    use pop3lab::pop3::{COMMANDS, CommandRow, Phase, TRANSITIONS};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// Whether some transcript fails, or panics, under these tables.
    fn noticed(cases: &[Case], tables: &Tables) -> bool {
        let passes = |case: &Case| {
            let story = || case.story(tables, Way::Whole, &mut Seen::default());
            catch_unwind(AssertUnwindSafe(story)).is_ok_and(|came| came == player::expected(&case.transcript))
        };
        !cases.iter().all(passes)
    }

    /// `rows` without the row at `index`.
    fn without<T: Copy>(rows: &[T], index: usize) -> Vec<T> {
        rows.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, row)| *row).collect()
    }

    #[test]
    fn no_row_of_the_tables_can_be_lost_unnoticed() {
        let cases = cases();
        assert!(!noticed(&cases, &Tables::default()), "the transcripts fail under the whole tables");
        let mut survivors = Vec::new();
        for (index, row) in COMMANDS.iter().enumerate() {
            if !noticed(&cases, &Tables { commands: without(COMMANDS, index).into(), ..Tables::default() }) {
                survivors.push(format!("{row:?}"));
            }
        }
        for (index, row) in TRANSITIONS.iter().enumerate() {
            if !noticed(
                &cases,
                &Tables { transitions: without(TRANSITIONS, index).into(), ..Tables::default() },
            ) {
                survivors.push(format!("{row:?}"));
            }
        }
        assert!(survivors.is_empty(), "no transcript misses:\n  {}", survivors.join("\n  "));
    }

    #[test]
    fn no_command_can_be_allowed_in_another_phase_unnoticed() {
        let cases = cases();
        let mut survivors = Vec::new();
        for (index, row) in COMMANDS.iter().enumerate() {
            for phase in [Phase::Authorization, Phase::UserGiven, Phase::Transaction] {
                let mut phases: Vec<Phase> =
                    row.phases.iter().copied().filter(|held| *held != phase).collect();
                if phases.len() == row.phases.len() {
                    phases.push(phase);
                }
                // Rows hold what lives as long as the program; a test may leak a few octets.
                let changed = CommandRow { phases: phases.leak(), ..*row };
                let mut commands = COMMANDS.to_vec();
                commands[index] = changed;
                if !noticed(&cases, &Tables { commands: commands.into(), ..Tables::default() }) {
                    survivors.push(format!("{changed:?}"));
                }
            }
        }
        assert!(survivors.is_empty(), "no transcript minds:\n  {}", survivors.join("\n  "));
    }

    #[test]
    fn every_file_of_transcripts_is_played() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let known = name == "world.txt" || FILES.iter().any(|(file, _)| *file == name);
            assert!(known || !name.ends_with(".txt"), "{name} is in no list");
        }
    }
}

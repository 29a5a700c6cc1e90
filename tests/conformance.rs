//! The conformance vectors (see `tests/conformance/README.md`) against the server in a world: real
//! segments on a simulated wire, on virtual time.

#[path = "conformance/audit.rs"]
mod audit;
#[cfg(not(target_arch = "wasm32"))]
#[path = "conformance/choices.rs"]
mod choices;
#[path = "conformance/fixtures.rs"]
mod fixtures;
#[path = "conformance/interpreter.rs"]
mod interpreter;
#[cfg(not(target_arch = "wasm32"))]
#[path = "conformance/otherwise.rs"]
mod otherwise;
#[cfg(not(target_arch = "wasm32"))]
#[path = "conformance/page.rs"]
mod page;
#[path = "conformance/sasl.rs"]
mod sasl;
#[path = "conformance/wire.rs"]
mod wire;

use fixtures::{Book, Vector};
use interpreter::{Patterns, capabilities};
use std::sync::LazyLock;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Why a vector is not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// `capa` names what CAPA does not.
    NotAnnounced,
}

impl Left {
    fn told(self) -> &'static str {
        match self {
            Left::NotAnnounced => "left out, since it is not offered",
        }
    }
}

/// What came of a vector.
enum Outcome {
    Passed,
    /// The story of it, and where it went wrong.
    Failed(String),
    Left(Left),
}

fn left(book: &Book, vector: &Vector) -> Option<Left> {
    let missing = |announced: &[String]| {
        let has =
            |tag: &String| announced.iter().any(|line| line == tag || line.starts_with(&format!("{tag} ")));
        !vector.capa.iter().all(has)
    };
    (!vector.capa.is_empty() && missing(&capabilities(book, vector))).then_some(Left::NotAnnounced)
}

/// What comes of a vector. Those of the policy profile are run as well: there is none that asks for another
/// choice than ours.
fn outcome(book: &Book, vector: &Vector, patterns: &mut Patterns) -> Outcome {
    if let Some(why) = left(book, vector) {
        return Outcome::Left(why);
    }
    match interpreter::run(book, vector, patterns) {
        Ok(()) => Outcome::Passed,
        Err(failure) => {
            let story = failure.story.join("\n    ");
            Outcome::Failed(format!("{}: {}\n    {story}\n  {}", vector.id, vector.title, failure.reason))
        }
    }
}

/// Every vector and what came of it, in the same order; they are run once.
static RESULTS: LazyLock<(Book, Vec<Outcome>)> = LazyLock::new(|| {
    let book = Book::open();
    let mut patterns = Patterns::default();
    let outcomes = book.vectors.iter().map(|vector| outcome(&book, vector, &mut patterns)).collect();
    (book, outcomes)
});

/// Looks at the vectors of a profile. Gives back how many passed, and why others were left out.
fn run(profile: &str) -> (usize, Vec<Left>) {
    let (book, outcomes) = &*RESULTS;
    let (mut passed, mut stories, mut reasons) = (0, Vec::new(), Vec::new());
    for (_, outcome) in book.vectors.iter().zip(outcomes).filter(|(vector, _)| vector.profile == profile) {
        match outcome {
            Outcome::Passed => passed += 1,
            Outcome::Failed(story) => stories.push(story.as_str()),
            Outcome::Left(why) => reasons.push(*why),
        }
    }
    assert!(stories.is_empty(), "{} failed:\n{}", stories.len(), stories.join("\n"));
    (passed, reasons)
}

#[test]
fn the_server_passes_what_any_correct_server_passes() {
    let (passed, reasons) = run("core");
    assert_eq!((passed, reasons), (322, vec![]));
}

#[test]
fn the_server_passes_the_letter_of_the_rfcs() {
    let (passed, reasons) = run("strict");
    assert_eq!((passed, reasons), (27, vec![]));
}

#[test]
fn the_server_keeps_to_its_choices() {
    assert_eq!(run("policy"), (27, vec![]));
}

#[test]
fn a_message_is_sent_and_sized_as_the_vectors_say() {
    for (stored, wire) in Book::open().messages() {
        assert_eq!(stored.octets(), wire);
    }
}

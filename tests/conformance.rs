//! The conformance vectors (see `tests/conformance/README.md`) against the server in a world: real
//! segments on a simulated wire, on virtual time.

#[path = "conformance/audit.rs"]
mod audit;
#[path = "conformance/fixtures.rs"]
mod fixtures;
#[path = "conformance/interpreter.rs"]
mod interpreter;
#[path = "conformance/sasl.rs"]
mod sasl;
#[path = "conformance/wire.rs"]
mod wire;

use fixtures::{Book, Vector};
use interpreter::{Patterns, capabilities};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Whether a vector is run, or why it is not. Those of the policy profile are run as well: there is
/// none that asks for another choice than ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Run,
    /// The client would have to show a certificate.
    NeedsCertificate,
    /// The client would have to ask for TLS and then say something else, which no mail program here does.
    BreaksItsWord,
    /// `capa` names what CAPA does not: UTF8 and LANG (RFC 6856).
    NotAnnounced,
}

fn verdict(book: &Book, vector: &Vector) -> Verdict {
    if vector.needs_certificate() {
        return Verdict::NeedsCertificate;
    }
    if vector.breaks_its_word() {
        return Verdict::BreaksItsWord;
    }
    let missing = |announced: &[String]| {
        let has =
            |tag: &String| announced.iter().any(|line| line == tag || line.starts_with(&format!("{tag} ")));
        !vector.capa.iter().all(has)
    };
    match !vector.capa.is_empty() && missing(&capabilities(book, vector)) {
        true => Verdict::NotAnnounced,
        false => Verdict::Run,
    }
}

/// Runs every vector of a profile that can be run and gives back how many those were.
fn run(profile: &str) -> usize {
    let book = Book::open();
    let mut patterns = Patterns::default();
    let of_profile = book.vectors.iter().filter(|vector| vector.profile == profile);
    let mut count = 0;
    let mut stories = Vec::new();
    for vector in of_profile.filter(|vector| verdict(&book, vector) == Verdict::Run) {
        count += 1;
        if let Err(failure) = interpreter::run(&book, vector, &mut patterns) {
            let story = failure.story.join("\n    ");
            stories.push(format!("{}: {}\n    {story}\n  {}", vector.id, vector.title, failure.reason));
        }
    }
    assert!(stories.is_empty(), "{} of {count} failed:\n{}", stories.len(), stories.join("\n"));
    count
}

#[test]
fn the_server_passes_what_any_correct_server_passes() {
    assert_eq!(run("core"), 306);
}

#[test]
fn the_server_passes_the_letter_of_the_rfcs() {
    assert_eq!(run("strict"), 23);
}

#[test]
fn the_server_keeps_to_its_choices() {
    assert_eq!(run("policy"), 27);
}

#[test]
fn every_vector_is_run_or_left_for_a_reason() {
    let book = Book::open();
    let verdicts: Vec<Verdict> = book.vectors.iter().map(|vector| verdict(&book, vector)).collect();
    let count = |of: Verdict| verdicts.iter().filter(|verdict| **verdict == of).count();
    assert_eq!(verdicts.len(), 376);
    assert_eq!(count(Verdict::Run), 356);
    assert_eq!(count(Verdict::NeedsCertificate), 2);
    assert_eq!(count(Verdict::BreaksItsWord), 2);
    assert_eq!(count(Verdict::NotAnnounced), 16);
}

#[test]
fn a_message_is_sent_and_sized_as_the_vectors_say() {
    for (stored, wire) in Book::open().messages() {
        assert_eq!(stored.octets(), wire);
    }
}

//! docs/conformance.md: each requirement with what shows it, as it came out just now.

use super::choices::CHOICES;
use super::fixtures::{Book, Vector};
use super::otherwise::{Instead, OTHERWISE};
use super::{Outcome, RESULTS};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

struct Requirement {
    id: String,
    rfc: String,
    section: String,
    level: String,
    title: String,
    choice: Option<String>,
}

fn requirements() -> Vec<Requirement> {
    let file: Value = serde_json::from_str(include_str!("requirements.json")).expect("it is JSON");
    let text = |of: &Value, key: &str| of[key].as_str().map(str::to_owned);
    let one = |of: &Value| Requirement {
        id: text(of, "id").expect("an id"),
        rfc: text(of, "rfc").expect("an RFC"),
        section: text(of, "section").expect("a section"),
        level: text(of, "level").expect("a level"),
        title: text(of, "title").expect("a title"),
        choice: text(of, "choice"),
    };
    file.as_array().expect("a list").iter().map(one).collect()
}

/// Every fact that is tested, with the file that has it.
fn facts() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = vec![root.join("src"), root.join("tests")];
    let mut facts = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
                continue;
            }
            let start = match path.extension().and_then(|of| of.to_str()) {
                Some("rs") => "fn ",
                Some("txt") => "== ",
                _ => continue,
            };
            let text = std::fs::read_to_string(&path).expect("a source");
            let named = |line: &str| {
                let name = line.trim_start().strip_prefix(start)?;
                Some(name.split('(').next().unwrap_or(name).trim().to_owned())
            };
            // A function is a fact only behind `#[test]`.
            let tested = |at: usize| {
                start == "== " || text.lines().nth(at - 1).is_some_and(|it| it.contains("#[test]"))
            };
            let shown = path.strip_prefix(root).expect("below the root").display().to_string();
            for (at, line) in text.lines().enumerate().filter(|(at, _)| *at > 0) {
                if let Some(name) = named(line).filter(|_| tested(at)) {
                    facts.insert(name, shown.clone());
                }
            }
        }
    }
    facts
}

fn instead(id: &str) -> Option<&'static Instead> {
    OTHERWISE.iter().find(|(held, _)| *held == id).map(|(_, instead)| instead)
}

/// The text of the page.
fn page() -> String {
    let (book, outcomes) = &*RESULTS;
    let results: Vec<(&Vector, &Outcome)> = book.vectors.iter().zip(outcomes).collect();
    let requirements = requirements();
    let facts = facts();
    let mut page = String::from(
        "# Conformance\n\nWritten by `tests/conformance.rs` from what the server did just now. Requirements and vectors are those of \
         [tests/conformance](../tests/conformance/README.md); they were written from the RFCs, not from this server. A requirement without a vector names the \
         tests that show it, or says why there is none.\n\n",
    );
    tally(&mut page, book, &results, &requirements);
    page.push_str(
        "## Where the RFCs leave room\n\n| | what is open | this server | why |\n|---|---|---|---|\n",
    );
    for choice in CHOICES {
        let _ = writeln!(page, "| {} | {} | {} | {} |", choice.id, choice.about, choice.ours, choice.why);
    }
    let mut rfcs: Vec<&str> = Vec::new();
    for requirement in &requirements {
        if !rfcs.contains(&requirement.rfc.as_str()) {
            rfcs.push(&requirement.rfc);
        }
    }
    for rfc in rfcs {
        let _ = writeln!(
            page,
            "\n## {rfc}\n\n| | | what is asked | section | shown by | result |\n|---|---|---|---|---|---|"
        );
        for of in requirements.iter().filter(|of| of.rfc == rfc) {
            let vectors: Vec<(&Vector, &Outcome)> =
                results.iter().filter(|(vector, _)| vector.requirement == of.id).copied().collect();
            let (shown, result) = match (vectors.is_empty(), instead(&of.id)) {
                (false, _) => by_vectors(&vectors),
                (true, Some(Instead::Facts(names))) => {
                    let named = |name: &&str| {
                        format!("`{name}` ({})", facts.get(*name).map_or("nowhere", String::as_str))
                    };
                    (names.iter().map(named).collect::<Vec<_>>().join(", "), "passes".into())
                }
                (true, Some(Instead::Because(why))) => ((*why).into(), "-".into()),
                (true, None) => ("nothing".into(), "MISSING".into()),
            };
            let choice = of.choice.as_ref().map_or(String::new(), |choice| format!(" ({choice})"));
            let [title, section] =
                [&of.title, &of.section].map(|text| text.replace('|', "\\|").replace('<', "&lt;"));
            let _ = writeln!(
                page,
                "| {} | {} | {title}{choice} | {section} | {shown} | {result} |",
                of.id, of.level
            );
        }
    }
    page
}

/// The vectors by name, with their profile where it is not *core* and what they ask of the server.
fn by_vectors(vectors: &[(&Vector, &Outcome)]) -> (String, String) {
    let name = |(vector, _): &(&Vector, &Outcome)| {
        let suffix = vector.id.rsplit('-').next().expect("an id has parts");
        let notes: Vec<&str> = (vector.profile != "core")
            .then_some(vector.profile.as_str())
            .into_iter()
            .chain(vector.config.iter().map(String::as_str))
            .collect();
        if notes.is_empty() { suffix.to_owned() } else { format!("{suffix} ({})", notes.join(", ")) }
    };
    let shown: Vec<String> = vectors.iter().map(name).collect();
    let mut said: Vec<String> = Vec::new();
    for (vector, outcome) in vectors {
        let words = match outcome {
            Outcome::Passed => continue,
            Outcome::Failed(_) => "FAILS",
            Outcome::Left(why) => why.told(),
        };
        said.push(format!("{}: {words}", vector.id.rsplit('-').next().expect("an id has parts")));
    }
    let passes = vectors.iter().any(|(_, outcome)| matches!(outcome, Outcome::Passed));
    if passes {
        said.insert(0, "passes".into());
    }
    (shown.join(", "), said.join("; "))
}

fn tally(page: &mut String, book: &Book, results: &[(&Vector, &Outcome)], requirements: &[Requirement]) {
    let _ = writeln!(page, "| profile | vectors | pass | left out, with a reason |\n|---|---|---|---|");
    for profile in ["core", "strict", "policy"] {
        let of = |is: fn(&Outcome) -> bool| {
            results.iter().filter(|(vector, outcome)| vector.profile == profile && is(outcome)).count()
        };
        let [all, passed, left] =
            [of(|_| true), of(|it| matches!(it, Outcome::Passed)), of(|it| matches!(it, Outcome::Left(_)))];
        let _ = writeln!(page, "| {profile} | {all} | {passed} | {left} |");
    }
    let covered: BTreeSet<&str> = book.vectors.iter().map(|vector| vector.requirement.as_str()).collect();
    let by = |is: fn(&Instead) -> bool| {
        requirements
            .iter()
            .filter(|of| !covered.contains(of.id.as_str()) && instead(&of.id).is_some_and(is))
            .count()
    };
    let _ = writeln!(
        page,
        "\n{} requirements: {} have vectors, {} other tests, {} a reason why there is nothing to test.\n",
        requirements.len(),
        covered.len(),
        by(|it| matches!(it, Instead::Facts(_))),
        by(|it| matches!(it, Instead::Because(_))),
    );
}

#[test]
fn every_requirement_has_a_vector_a_test_or_a_reason() {
    let book = Book::open();
    let covered: BTreeSet<&str> = book.vectors.iter().map(|vector| vector.requirement.as_str()).collect();
    let requirements = requirements();
    assert_eq!(requirements.len(), 315);
    let known: BTreeSet<&str> = requirements.iter().map(|of| of.id.as_str()).collect();
    assert!(covered.is_subset(&known));
    for id in &known {
        assert!(covered.contains(id) != instead(id).is_some(), "{id} is covered twice or not at all");
    }
    assert!(OTHERWISE.iter().all(|(id, _)| known.contains(id)));
    let choices = |id: &String| CHOICES.iter().any(|choice| choice.id == id);
    assert!(requirements.iter().filter_map(|of| of.choice.as_ref()).all(choices));
}

#[test]
fn every_test_that_stands_for_a_vector_exists() {
    let facts = facts();
    for (id, instead) in OTHERWISE {
        if let Instead::Facts(names) = instead {
            for name in *names {
                assert!(facts.contains_key(*name), "{id}: there is no {name}");
            }
        }
    }
    assert!(!facts.contains_key("every_requirement_is_forgotten"));
}

#[test]
fn docs_conformance_md_says_what_happens() {
    let text = page();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/conformance.md");
    if std::env::var_os("POP3LAB_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).expect("docs/conformance.md can be written");
    }
    let held = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        held == text,
        "docs/conformance.md is not what happens now: set POP3LAB_WRITE_DOCS=1 to write it anew"
    );
}

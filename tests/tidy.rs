//! Rules about the source itself: who may import whom, what the engine may not know, how long a file
//! may be, and that both languages say the same things.
#![cfg(not(target_arch = "wasm32"))]

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of the engine, each with those it may import, beside `time` and `sorted`. Whoever adds a module says
/// here what it stands on.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("sorted", &[]),
    ("mail", &["sasl"]),
    ("mime", &["mail"]),
    ("sasl", &[]),
    ("net", &[]),
    ("tls", &[]),
    ("dissect", &[]),
    ("pki", &["dissect"]),
    // The eavesdropper has frames and no keys: whatever else it knew would prove nothing.
    ("ledger", &["dissect"]),
    ("pop3", &["mail", "sasl"]),
    ("policy", &["pki"]),
    ("trace", &["mail", "net", "pki", "policy", "pop3", "tls"]),
    ("capture", &["net", "trace"]),
    ("world", &["dissect", "mail", "net", "pki", "policy", "pop3", "sasl", "tls", "trace"]),
    ("recording", &["mail", "policy", "pop3", "sasl", "tls", "trace", "world"]),
];

/// What is not the engine, and may import all of it.
const PAGE: &[&str] = &["i18n", "ui"];

/// Crates and types that would let the system, the clock, chance or a browser into the engine.
const OUTSIDE: &str = r"(?x)
    \b( HashMap | HashSet | SystemTime | rand | getrandom | yew | web_sys | js_sys | wasm_bindgen | gloo )\b
    | \bstd::( net | fs | env | thread | process | io )\b
    | \bstd::time::( Instant | \{ [^}]* \bInstant\b )
    | \buse\ std::\{ [^}]* \b( net | fs | env | thread | process | io ) \b";

/// The most lines of a source file.
const LONGEST: usize = 450;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, by its path from there, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry of src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                found.push((path.strip_prefix(root().join("src")).unwrap().into(), text));
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The module that a file belongs to: the first part of its path.
fn module(path: &Path) -> String {
    let first = path.iter().next().expect("a path has a part").to_string_lossy();
    first.trim_end_matches(".rs").into()
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.collect::<Vec<_>>().join("\n")
}

/// Fails with a list, if there is anything in it.
fn none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn every_module_is_of_the_engine_or_of_the_page() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    let declared: BTreeSet<&str> =
        declared.captures_iter(&lib).map(|found| found.get(1).unwrap().as_str()).collect();
    let known: BTreeSet<&str> =
        MAY_IMPORT.iter().map(|(module, _)| *module).chain(PAGE.iter().copied()).collect();
    assert_eq!(declared, known, "tests/tidy.rs says what each module may import");
}

#[test]
fn modules_import_only_what_they_may() {
    let import = Regex::new(r"\bcrate::(\w+)|\buse crate::\{([^;]*)\};").unwrap();
    let name = Regex::new(r"(?:^|,)\s*(\w+)").unwrap();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let module = module(&path);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(of, _)| *of == module) else { continue };
        let text = without_comments(&text);
        for found in import.captures_iter(&text) {
            let imported: Vec<&str> = match (found.get(1), found.get(2)) {
                (Some(one), _) => vec![one.as_str()],
                (_, Some(many)) => {
                    name.captures_iter(many.as_str()).map(|of| of.get(1).unwrap().as_str()).collect()
                }
                _ => vec![],
            };
            seen += imported.len();
            let free = |of: &&str| *of == module || ["time", "sorted"].contains(of) || allowed.contains(of);
            wrong.extend(
                imported.iter().filter(|of| !free(of)).map(|of| format!("{} imports {of}", path.display())),
            );
        }
    }
    assert!(seen > 30, "the imports were not found");
    none("imports against the order of the modules", wrong);
}

#[test]
fn the_engine_knows_no_system_no_clock_no_chance_and_no_browser() {
    let outside = Regex::new(OUTSIDE).unwrap();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if MAY_IMPORT.iter().any(|(of, _)| *of == module(&path)) {
            let text = without_comments(&text);
            wrong.extend(
                outside.find_iter(&text).map(|found| format!("{}: {}", path.display(), found.as_str())),
            );
        }
    }
    none("the engine names what is outside of it", wrong);
}

#[test]
fn maps_are_the_light_ones() {
    // Those of the standard library are 26 kB of brotli on the page, for each type of theirs has its own code.
    let heavy = Regex::new(r"\b(BTreeMap|BTreeSet|BinaryHeap)\b").unwrap();
    let tests = Regex::new(r"(^|/)tests(/|\.rs$)").unwrap();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let on_the_page = !path.starts_with("bin") && !tests.is_match(&path.to_string_lossy());
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if on_the_page && heavy.is_match(&without_comments(code)) {
            wrong.push(path.display().to_string());
        }
    }
    none("heavy maps: take those of src/sorted.rs", wrong);
}

#[test]
fn no_file_is_longer_than_a_reader_likes() {
    let long = sources().into_iter().map(|(path, text)| (path, text.lines().count()));
    let long = long.filter(|(_, lines)| *lines > LONGEST);
    none("too long", long.map(|(path, lines)| format!("{}: {lines} lines", path.display())).collect());
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    none("no //! at the top", silent.map(|(path, _)| path.display().to_string()).collect());
}

/// The messages of a Fluent catalogue, attributes included, each with the variables it uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = root().join("i18n").join(language).join("pop3lab.ftl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let begin = Regex::new(r"^(-?[a-zA-Z][\w-]*) *=").unwrap();
    let attribute = Regex::new(r"^ +(\.[a-zA-Z][\w-]*) *=").unwrap();
    let variable = Regex::new(r"\$([a-zA-Z][\w-]*)").unwrap();
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut message = String::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let begins = begin.captures(line).map(|found| found[1].to_owned());
        let attributed = attribute.captures(line).map(|found| format!("{message}{}", &found[1]));
        if let Some(name) = &begins {
            message.clone_from(name);
        }
        if let Some(name) = begins.or(attributed) {
            assert!(!messages.contains_key(&name), "{language}: {name} is there twice");
            messages.insert(name.clone(), BTreeSet::new());
            current = name;
        }
        for found in variable.captures_iter(line) {
            messages.get_mut(&current).expect("a variable stands in a message").insert(found[1].into());
        }
    }
    assert!(messages.len() > 20, "{language}: the messages were not found");
    messages
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (english, japanese) = (messages("en"), messages("ja"));
    let names: BTreeSet<&String> = english.keys().chain(japanese.keys()).collect();
    let differ = names.into_iter().filter(|name| english.get(*name) != japanese.get(*name));
    let shown = differ.map(|name| format!("{name}: en {:?}, ja {:?}", english.get(name), japanese.get(name)));
    none("the catalogues differ", shown.collect());
}

#[test]
fn nothing_is_left_for_later() {
    // In two halves, or this file would be the first to be found.
    let words =
        [["TO", "DO"], ["FIX", "ME"], ["unimple", "mented!"], ["to", "do!"]].map(|halves| halves.concat());
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let listed = String::from_utf8(listed.expect("git lists the files of the project").stdout).unwrap();
    let files: Vec<&str> = listed.split_terminator('\0').collect();
    assert!(files.len() > 50, "the files were not found");
    let mut wrong = Vec::new();
    for file in files {
        // A file that was just deleted is still listed; checksums in lock files spell all sorts of words.
        let Ok(octets) = fs::read(root().join(file)) else { continue };
        if !file.ends_with("lock") && !file.ends_with("-lock.json") {
            let text = String::from_utf8_lossy(&octets);
            wrong.extend(
                words.iter().filter(|word| text.contains(*word)).map(|word| format!("{file}: {word}")),
            );
        }
    }
    none("left for later", wrong);
}

#[test]
fn style_sheets_close_what_they_open() {
    // A merge can lose a brace, and then everything below it is of no effect.
    for sheet in ["tokens", "page", "tls", "compare", "script"] {
        let text = fs::read_to_string(root().join(format!("www/{sheet}.css"))).expect("it is there");
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "www/{sheet}.css");
    }
}

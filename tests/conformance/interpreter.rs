//! Carries out the steps of a vector; `semantics` in `vectors.json` says what each means.

use super::fixtures::{Book, Vector};
use super::wire::{Peeked, Wire};
use base64::prelude::{BASE64_STANDARD, Engine};
use pop3lab::sasl::apop;
use pop3lab::world::{Action, World};
use regex::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Why a vector did not pass, and what had been said until then.
pub struct Failure {
    pub reason: String,
    pub story: Vec<String>,
}

pub struct Interpreter<'a> {
    book: &'a Book,
    pub(super) wire: Wire,
    /// What steps have saved.
    saved: BTreeMap<String, String>,
    pub(super) story: Vec<String>,
    patterns: &'a mut Patterns,
}

/// Every pattern, compiled once.
#[derive(Default)]
pub struct Patterns(BTreeMap<String, Regex>);

/// What a step is besides what is done.
const OPTIONS: [&str; 9] = [
    "on",
    "not",
    "steps",
    "delay",
    "tls",
    "tls_min",
    "client_cert",
    "assert_no_cert_request",
    "tls_close_notify",
];

pub(super) type Outcome<T = ()> = Result<T, String>;

impl Patterns {
    /// The whole text must fit, and a dot fits any character.
    fn get(&mut self, pattern: &str) -> Regex {
        let compile = || Regex::new(&format!("\\A(?s:{pattern})\\z")).expect("a pattern of the vectors");
        self.0.entry(pattern.into()).or_insert_with(compile).clone()
    }
}

/// Runs one vector, invariants and all.
pub fn run(book: &Book, vector: &Vector, patterns: &mut Patterns) -> Result<(), Failure> {
    let (setup, fault) = book.setup(vector);
    let mut wire = Wire::new(World::new(setup), vector.port());
    if fault.is_some() {
        wire.apply(Action::Break { fault });
    }
    let mut interpreter = Interpreter { book, wire, saved: BTreeMap::new(), story: Vec::new(), patterns };
    let outcome = interpreter.vector(vector).and_then(|()| interpreter.wire.audit());
    outcome.map_err(|reason| Failure { reason, story: interpreter.story })
}

/// What CAPA announces before login on the server that a vector asks for, in upper case.
pub fn capabilities(book: &Book, vector: &Vector) -> Vec<String> {
    let mut wire = Wire::new(World::new(book.setup(vector).0), vector.port());
    wire.open("A").expect("the server listens");
    wire.send("A", b"CAPA\r\n");
    let mut lines = Vec::new();
    while let Ok(line) = wire.line("A") {
        lines.push(latin1(&line).to_uppercase());
    }
    lines
}

impl Interpreter<'_> {
    fn vector(&mut self, vector: &Vector) -> Outcome {
        if vector.start != "none" {
            self.wire.open("A")?;
        }
        if matches!(vector.start.as_str(), "auth" | "trans") {
            self.fits("A", r"\+OK(?: .*)?")?;
        }
        if vector.start == "trans" {
            self.log_in("A", vector.account.as_ref().expect("trans needs an account"))?;
        }
        match vector.breaks_its_word() {
            true => self.break_word(&vector.script),
            false => self.steps(&vector.script, "A"),
        }
    }

    /// STLS, and then something else than TLS. The mail program of a world begins TLS as soon as it reads the
    /// answer, so the octets follow while that is on its way: they are the first that the server's TLS gets. A
    /// client that leaves closes its side before the answer comes, and reads it all the same.
    fn break_word(&mut self, script: &[Value]) -> Outcome {
        let [stls, answer, raw, then @ ..] = script else { return Err("STLS, its answer and octets".into()) };
        self.step(stls, "A")?;
        self.wire.until_tls_begins("A");
        self.step(raw, "A")?;
        let leaves = then.first().is_some_and(|step| step["drop"] == "fin");
        if leaves {
            self.wire.drop("A", false, true);
        }
        self.step(answer, "A")?;
        self.steps(&then[usize::from(leaves)..], "A")
    }

    fn steps(&mut self, steps: &[Value], current: &str) -> Outcome {
        steps.iter().try_for_each(|step| self.step(step, step["on"].as_str().unwrap_or(current)))
    }

    fn step(&mut self, step: &Value, on: &str) -> Outcome {
        let fields = step.as_object().expect("a step is an object");
        let known = fields.iter().find(|(key, _)| !OPTIONS.contains(&key.as_str()));
        let (what, value) = known.expect("a step says what to do");
        match what.as_str() {
            "open" => {
                self.wire.open(on)?;
                if step["assert_no_cert_request"] == true && self.wire.conn(on).asked_for_certificate {
                    return Err("the server asks for a certificate".into());
                }
            }
            "handshake" => self.wire.handshake(on).or_else(|failed| match value.as_str() {
                Some("either") => Ok(()),
                _ => Err(failed),
            })?,
            "sasl" => self.sasl(on, value)?,
            "no_pop_until_close" => {
                let said = latin1(self.wire.pending(on));
                if !self.wire.is_closed(on) {
                    // It waits for a hello, but not for ever.
                    self.wire.wait(Duration::from_secs(1200));
                }
                if !self.wire.is_closed(on) || said.contains("+OK") || said.contains("-ERR") {
                    return Err(format!("not closed, or an answer in the clear: {said:?}"));
                }
                self.wire.hang_up(on);
            }
            "c" => {
                let line = self.substitute(value.as_str().unwrap());
                self.send(on, format!("{line}\r\n").as_bytes());
            }
            "raw" => self.send(on, &octets(value)),
            "fill" => {
                let unit = octets(&value["unit"]).repeat(value["count"].as_u64().unwrap() as usize);
                self.send(on, &[octets(&value["pre"]), unit, octets(&value["post"])].concat());
            }
            "chunks" => {
                for chunk in value.as_array().unwrap() {
                    self.send(on, &octets(chunk));
                    self.wire.wait(Duration::from_secs_f64(step["delay"].as_f64().unwrap_or(0.05)));
                }
            }
            "login" => self.log_in(on, value.as_str().unwrap())?,
            "apop" => self.apop(on, value),
            "s" => {
                let text = self.fits(on, value.as_str().unwrap())?;
                let forbidden = step["not"].as_str().map(|pattern| self.pattern(pattern));
                if forbidden.is_some_and(|forbidden| forbidden.is_match(&text)) {
                    return Err(format!("{text:?} is forbidden by {}", step["not"]));
                }
            }
            "ml" => self.body(on, value)?,
            "quiet" => {
                let pending = self.wire.pending(on);
                if !pending.is_empty() {
                    return Err(format!("unexpected octets: {}", pending.escape_ascii()));
                }
            }
            "closed" => {
                if !self.wire.is_closed(on) {
                    return Err("the server did not close".into());
                }
                if step["tls_close_notify"] == true && !self.wire.ended_tls(on) {
                    return Err("the server did not end TLS".into());
                }
                let pending = self.wire.pending(on);
                if !pending.is_empty() {
                    return Err(format!("octets before the close: {}", pending.escape_ascii()));
                }
            }
            "drain" => self.wire.drain(on),
            "read_bytes" => {
                if !self.wire.read_octets(on, value.as_u64().unwrap() as usize) {
                    return Err("too few octets came".into());
                }
            }
            "drop" => {
                self.story.push(format!("-- {on} drops: {value}"));
                let how = value.as_str().unwrap();
                self.wire.drop(on, how == "rst", how == "half");
            }
            "sleep" | "advance" => self.wire.wait(Duration::from_secs_f64(value.as_f64().unwrap())),
            "deliver" => {
                let message = self.book.wire(value["message"].as_str().unwrap()).to_vec();
                self.wire.apply(Action::Deliver { mailbox: self.user(value), message, uid: None });
            }
            "expunge" => {
                let mailbox = self.user(value);
                let trace = self.wire.world.trace();
                let held = &trace.scene(trace.len()).mailboxes[&mailbox].messages;
                let uid = held[value["index"].as_u64().unwrap() as usize - 1].uid.clone();
                self.wire.apply(Action::Lose { mailbox, uid });
            }
            "alt" => self.alternatives(on, value.as_array().unwrap())?,
            "repeat" => {
                let steps = step["steps"].as_array().unwrap();
                for _ in 0..value.as_u64().unwrap() {
                    self.steps(steps, on)?;
                }
            }
            "check" => self.check(value)?,
            _ => panic!("no vector has the step {what}"),
        }
        Ok(())
    }

    /// Runs the first list of steps whose first step applies.
    fn alternatives(&mut self, on: &str, lists: &[Value]) -> Outcome {
        for list in lists.iter().map(|list| list.as_array().unwrap()) {
            if self.applies(on, &list[0])? {
                return self.steps(list, on);
            }
        }
        Err("no alternative fits".into())
    }

    fn applies(&mut self, on: &str, step: &Value) -> Outcome<bool> {
        Ok(if let Some(pattern) = step["s"].as_str() {
            match self.wire.peek(on) {
                Peeked::Line(line) => {
                    self.pattern(pattern).is_match(latin1(&line).trim_end_matches(['\r', '\n']))
                }
                Peeked::End | Peeked::Silence => false,
            }
        } else if !step["closed"].is_null() {
            self.wire.is_closed(on) && self.wire.pending(on).is_empty()
        } else if !step["quiet"].is_null() {
            matches!(self.wire.peek(on), Peeked::Silence)
        } else if let Some(lists) = step["alt"].as_array() {
            let mut any = false;
            for list in lists {
                any = any || self.applies(on, &list[0])?;
            }
            any
        } else {
            true
        })
    }

    pub(super) fn send(&mut self, on: &str, octets: &[u8]) {
        let shown: String = latin1(octets).escape_debug().take(120).collect();
        self.story.push(format!("C[{on}]: {shown}"));
        self.wire.send(on, octets);
    }

    /// Reads a line, which must fit, and saves its named groups.
    fn fits(&mut self, on: &str, pattern: &str) -> Outcome<String> {
        let text = latin1(&self.wire.line(on)?);
        self.story.push(format!("S[{on}]: {text}"));
        let pattern = self.pattern(pattern);
        let Some(groups) = pattern.captures(&text) else {
            return Err(format!("{text:?} does not fit {pattern}"));
        };
        for name in pattern.capture_names().flatten() {
            if let Some(group) = groups.name(name) {
                self.saved.insert(name.into(), group.as_str().into());
            }
        }
        Ok(text)
    }

    fn log_in(&mut self, on: &str, account: &str) -> Outcome {
        let account = self.book.account(account);
        for line in [format!("USER {}", account.user), format!("PASS {}", account.password)] {
            self.send(on, format!("{line}\r\n").as_bytes());
            self.fits(on, r"\+OK(?: .*)?")?;
        }
        Ok(())
    }

    fn apop(&mut self, on: &str, value: &Value) {
        let digest = apop::digest(&self.saved["ts"], value["secret"].as_str().unwrap().as_bytes());
        let (start, last) = digest.split_at(31);
        let digest = match value["mod"].as_str() {
            None => digest,
            Some("flip") => format!("{start}{}", if last == "0" { "1" } else { "0" }),
            Some("short") => start.into(),
            Some("long") => format!("{digest}0"),
            Some("nonhex") => format!("z{}", &digest[1..]),
            Some("upper") => digest.to_uppercase(),
            Some("extra") => format!("{digest} x"),
            Some(other) => panic!("what is {other}?"),
        };
        self.send(on, format!("APOP {} {digest}\r\n", value["user"].as_str().unwrap()).as_bytes());
    }

    /// Reads the lines of a long answer and compares them.
    fn body(&mut self, on: &str, wanted: &Value) -> Outcome {
        let mut stuffed = Vec::new();
        loop {
            match self.wire.line(on)? {
                line if line == b"." => break,
                line => stuffed.push(line),
            }
        }
        let lines: Vec<&[u8]> = stuffed.iter().map(|line| line.strip_prefix(b".").unwrap_or(line)).collect();
        let texts: Vec<String> = lines.iter().map(|line| latin1(line)).collect();
        let octets: Vec<u8> = lines.iter().flat_map(|line| [line, &b"\r\n"[..]].concat()).collect();
        self.story.push(format!("S[{on}]: ({} lines, {} octets)", lines.len(), octets.len()));
        for (key, value) in wanted.as_object().expect("ml has an object") {
            let patterns = |this: &mut Self| -> Vec<Regex> {
                let list = value.as_array().unwrap().iter();
                list.map(|pattern| this.pattern(pattern.as_str().unwrap())).collect()
            };
            let any = |pattern: &Regex| texts.iter().any(|text| pattern.is_match(text));
            let good = match key.as_str() {
                "empty" => texts.is_empty(),
                "count" => value.as_u64() == Some(texts.len() as u64),
                "max_len" => stuffed.iter().all(|line| line.len() as u64 + 2 <= value.as_u64().unwrap()),
                "lines" => {
                    let patterns = patterns(self);
                    let mut pairs = patterns.iter().zip(&texts);
                    patterns.len() == texts.len() && pairs.all(|(pattern, text)| pattern.is_match(text))
                }
                "contains" => patterns(self).iter().all(any),
                "lacks" => !patterns(self).iter().any(any),
                "each" => {
                    let pattern = self.pattern(value.as_str().unwrap());
                    texts.iter().all(|text| pattern.is_match(text))
                }
                "wire_b64" => {
                    let sent: Vec<u8> =
                        stuffed.iter().flat_map(|line| [line, &b"\r\n"[..]].concat()).collect();
                    [sent, b".\r\n".to_vec()].concat()
                        == BASE64_STANDARD.decode(value.as_str().unwrap()).unwrap()
                }
                "msg" => {
                    let wire = self.book.wire(value.as_str().unwrap());
                    let whole =
                        wanted["top"].as_u64().map_or_else(|| wire.to_vec(), |lines| top(wire, lines));
                    let longer =
                        wanted["or_extra_blank"].is_boolean() && octets == [&whole, &b"\r\n"[..]].concat();
                    octets == whole || longer
                }
                "header_ascii" => {
                    let header = texts.iter().take_while(|text| !text.is_empty());
                    header.into_iter().all(|text| text.is_ascii())
                }
                "save" => self.save(value, texts.join("\n")),
                "save_count" => self.save(value, texts.len().to_string()),
                "save_sum2" => {
                    let sizes = texts.iter().map(|text| column(text, 1).parse::<u64>().unwrap());
                    let sum: u64 = sizes.sum();
                    self.save(value, sum.to_string())
                }
                "save_octets" => self.save(value, octets.len().to_string()),
                "top" | "or_extra_blank" => true,
                _ => panic!("no vector asks for {key}"),
            };
            if !good {
                return Err(format!("the answer does not fit {key}: {value}\n{}", texts.join("\n")));
            }
        }
        Ok(())
    }

    fn save(&mut self, name: &Value, text: String) -> bool {
        self.saved.insert(name.as_str().unwrap().into(), text);
        true
    }

    fn check(&mut self, check: &Value) -> Outcome {
        let a = self.substitute(check["a"].as_str().unwrap());
        let b = self.substitute(check["b"].as_str().unwrap_or_default());
        let columns = |text: &str, index| -> Vec<String> {
            text.lines().map(|line| column(line, index).to_uppercase()).collect()
        };
        let distinct = |of: Vec<String>| BTreeSet::from_iter(&of).len() == of.len();
        let good = match check["fn"].as_str().unwrap() {
            "eq" => a == b,
            "ne" => a != b,
            "listhas" => a.lines().any(|line| line == b),
            "listlacks2" => a.lines().all(|line| column(line, 1) != b),
            "distinct1" => distinct(columns(&a, 0)),
            // Unlike keywords, unique-ids differ by case as well.
            "distinct2" => distinct(a.lines().map(|line| column(line, 1).to_owned()).collect()),
            "capsubset" => {
                let b = columns(&b, 0);
                columns(&a, 0).iter().all(|tag| tag == "STLS" || b.contains(tag))
            }
            "b64match" => {
                let text = latin1(&BASE64_STANDARD.decode(&a).map_err(|wrong| wrong.to_string())?);
                self.patterns.get(&b).is_match(&text)
            }
            "b64json" => {
                let octets = BASE64_STANDARD.decode(&a).map_err(|wrong| wrong.to_string())?;
                let json: Value = serde_json::from_slice(&octets).map_err(|wrong| wrong.to_string())?;
                !json[&b].is_null()
            }
            "b64attr" => {
                let text = latin1(&BASE64_STANDARD.decode(&a).map_err(|wrong| wrong.to_string())?);
                let (key, name) = b.split_once(':').expect("an attribute and a name");
                let value = text.split(',').find_map(|part| part.strip_prefix(&format!("{key}=")));
                value.map(|value| self.saved.insert(name.into(), value.into())).is_some()
            }
            other => panic!("no vector checks {other}"),
        };
        if good { Ok(()) } else { Err(format!("{check} does not hold: {a:?}, {b:?}")) }
    }

    fn pattern(&mut self, pattern: &str) -> Regex {
        let pattern = self.substitute(pattern);
        self.patterns.get(&pattern)
    }

    /// Puts what was saved in the place of `${name}`.
    fn substitute(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.saved {
            text = text.replace(&format!("${{{name}}}"), value);
        }
        text
    }

    fn user(&self, value: &Value) -> String {
        self.book.account(value["account"].as_str().unwrap()).user.clone()
    }
}

/// The header, the blank line and so many lines of the body.
fn top(wire: &[u8], lines: u64) -> Vec<u8> {
    let all: Vec<&[u8]> = wire.split_inclusive(|&octet| octet == b'\n').collect();
    let header = all.iter().position(|line| *line == b"\r\n").map_or(all.len(), |blank| blank + 1);
    all[..all.len().min(header + lines as usize)].concat()
}

fn column(line: &str, index: usize) -> &str {
    line.split(' ').nth(index).unwrap_or_default()
}

/// One octet for each character.
fn octets(text: &Value) -> Vec<u8> {
    text.as_str().unwrap().chars().map(|letter| letter as u32 as u8).collect()
}

fn latin1(octets: &[u8]) -> String {
    octets.iter().map(|&octet| octet as char).collect()
}

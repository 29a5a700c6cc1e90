//! What TLS is for: after it began, no eight octets in a row of a name, a password or a mail are in any frame.
//! The notebook of whoever stands on the path is held against the same secrets.
#![cfg(not(target_arch = "wasm32"))]

use pop3lab::ledger::{Fact, Ledger};
use pop3lab::mail::{Account, AccountPolicy, Message};
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Versions};
use pop3lab::trace::{ConnectionId, Event};
use pop3lab::world::{Action, Setup, Target, World};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The shortest run of octets that counts as a piece of a secret.
const RUN: usize = 8;

/// Whose mailbox it is, how it is opened, and what is in it.
#[derive(Clone, Debug)]
struct Secrets {
    name: String,
    password: String,
    /// Subject and body of each message.
    mails: Vec<(String, String)>,
}

/// How somebody comes to the mailbox.
#[derive(Clone, Copy, Debug)]
struct Visit {
    road: Road,
    offers: Versions,
    fault: Option<Fault>,
    /// Whether the program looks at the certificate; if it does, a person accepts a faulty one.
    verify: bool,
    seed: u64,
}

fn word(least: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::char::ranges(vec!['a'..='z', '0'..='9'].into()), least..24)
        .prop_map(|letters| letters.into_iter().collect())
}

fn secrets() -> impl Strategy<Value = Secrets> {
    let mails = proptest::collection::vec((word(RUN), word(RUN)), 1..4);
    (word(RUN), word(RUN), mails).prop_map(|(name, password, mails)| Secrets { name, password, mails })
}

fn visit(roads: &'static [Road]) -> impl Strategy<Value = Visit> {
    let faults = [None].into_iter().chain(Fault::ALL.map(Some)).collect::<Vec<_>>();
    let offers = [Versions::Current, Versions::Tls12, Versions::Tls13];
    (
        proptest::sample::select(roads),
        proptest::sample::select(offers.to_vec()),
        proptest::sample::select(faults),
        any::<bool>(),
        any::<u64>(),
    )
        .prop_map(|(road, offers, fault, verify, seed)| Visit { road, offers, fault, verify, seed })
}

/// Lines that a person types after the login, in any order.
fn script() -> impl Strategy<Value = Vec<&'static str>> {
    let lines = ["STAT", "LIST", "UIDL", "TOP 1 9", "RETR 1", "DELE 1", "RSET", "NOOP", "CAPA", "RETR 2"];
    proptest::collection::vec(proptest::sample::select(lines.to_vec()), 0..8)
}

/// The world after the visit. Everything is fetched in the end.
fn visited(secrets: &Secrets, visit: Visit, script: &[&str]) -> World {
    let Visit { road, offers, fault, verify, seed } = visit;
    let policy = Policy { security: road.security(), offers, fault, verify, ..Policy::default() };
    let mut setup = Setup { seed, policy, ..Setup::default() };
    let mail = |(subject, body): &(String, String)| {
        Message::new(format!("From: {body}@example.com\r\nSubject: {subject}\r\n\r\n{body}\r\n").as_bytes())
    };
    setup.accounts = vec![Account {
        name: secrets.name.clone(),
        password: secrets.password.clone(),
        messages: secrets.mails.iter().map(mail).collect(),
        policy: AccountPolicy::default(),
        access: Default::default(),
    }];
    let mut world = World::new(setup);
    let mut connection = ConnectionId(0);
    begin(&mut world, road, connection);
    if let Some((_, chain)) = refused(&world) {
        let certificate = Sha256::digest(&chain).into();
        world.act(Action::TrustAnyway { client: 0, certificate });
        connection = ConnectionId(1);
        begin(&mut world, road, connection);
    }
    let login = [format!("USER {}", secrets.name), format!("PASS {}", secrets.password)];
    let all = (1..=secrets.mails.len()).map(|number| format!("RETR {number}"));
    let script = script.iter().map(|line| line.to_string());
    for line in login.into_iter().chain(script).chain(["RSET".into()]).chain(all).chain(["QUIT".into()]) {
        say(&mut world, connection, &line);
    }
    world
}

/// Connects, and on the road of STLS goes as far as TLS.
fn begin(world: &mut World, road: Road, connection: ConnectionId) {
    world.act(Action::Connect { client: 0, to: Target::Server, port: road.port() });
    if road == Road::Stls {
        say(world, connection, "CAPA");
        say(world, connection, "STLS");
    }
}

fn say(world: &mut World, connection: ConnectionId, line: &str) {
    world.act(Action::Send { connection, octets: format!("{line}\r\n").into_bytes() });
}

/// The certificate that the client does not believe, if there is one.
fn refused(world: &World) -> Option<(usize, Vec<u8>)> {
    let scene = world.trace().scene(world.trace().len());
    let (_, chain) = scene.connections.get(&0)?.refused.as_ref()?;
    Some((chain.len(), chain.first()?.clone()))
}

/// Every run of octets that would be a leak.
fn runs(secrets: &Secrets) -> BTreeSet<Vec<u8>> {
    let texts = secrets.mails.iter().flat_map(|(subject, body)| [subject, body]);
    let texts = texts.chain([&secrets.name, &secrets.password]);
    texts.flat_map(|text| text.as_bytes().windows(RUN)).map(<[u8]>::to_vec).collect()
}

fn leaks(octets: &[u8], runs: &BTreeSet<Vec<u8>>) -> Option<String> {
    let leak = octets.windows(RUN).find(|window| runs.contains(*window))?;
    Some(String::from_utf8_lossy(leak).into_owned())
}

fn frames(world: &World) -> Vec<&[u8]> {
    let sent = world.trace().records().iter().filter_map(|record| match &record.event {
        Event::FrameSent { octets, .. } => Some(octets.as_ref()),
        _ => None,
    });
    sent.collect()
}

fn notebook(world: &World) -> Ledger {
    let mut ledger = Ledger::default();
    (0..).zip(frames(world)).for_each(|(number, frame)| ledger.see(number, frame));
    ledger
}

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[110; 32]))
}

/// Whether the whole mailbox was fetched: else nothing was risked, and nothing is proved.
fn fetched(world: &World) -> usize {
    world.trace().scene(world.trace().len()).downloads.len()
}

#[test]
fn inside_tls_nothing_of_name_password_or_mail_is_on_the_wire_or_in_the_notebook() {
    let roads = &[Road::Stls, Road::Tls];
    let outcome = runner(300).run(&(secrets(), visit(roads), script()), |(secrets, visit, script)| {
        let world = visited(&secrets, visit, &script);
        prop_assert!(fetched(&world) >= secrets.mails.len(), "nothing was fetched");
        let runs = runs(&secrets);
        for frame in frames(&world) {
            prop_assert_eq!(leaks(frame, &runs), None);
        }
        let told = format!("{:?}", notebook(&world).entries());
        prop_assert_eq!(leaks(told.as_bytes(), &runs), None);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn in_the_clear_the_notebook_holds_all_of_it() {
    let outcome =
        runner(200).run(&(secrets(), visit(&[Road::Clear]), script()), |(secrets, visit, script)| {
            let world = visited(&secrets, visit, &script);
            let ledger = notebook(&world);
            let facts: Vec<&Fact> = ledger.entries().iter().map(|entry| &entry.fact).collect();
            prop_assert!(facts.contains(&&Fact::UserName(secrets.name.clone())));
            prop_assert!(facts.contains(&&Fact::Password(secrets.password.clone())));
            for (number, (subject, body)) in (1..).zip(&secrets.mails) {
                let from = format!("{body}@example.com");
                let held = facts.iter().any(|fact| match fact {
                    Fact::Message(letter) => {
                        letter.number == number
                            && letter.subject.as_ref() == Some(subject)
                            && letter.from.as_ref() == Some(&from)
                    }
                    _ => false,
                });
                prop_assert!(held, "message {}", number);
            }
            let runs = runs(&secrets);
            prop_assert!(frames(&world).into_iter().any(|frame| leaks(frame, &runs).is_some()));
            Ok(())
        });
    outcome.unwrap();
}

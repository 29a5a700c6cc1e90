//! AUTH in a world: exchanges inside TLS that are bound to it, what guessing costs, and what is in no log.

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;
use pop3lab::mail::Lockout;
use pop3lab::policy::Road;
use pop3lab::sasl::{Channel, Client, Identity, Mechanism, coding};
use pop3lab::trace::{Event, Side};
use pop3lab::world::{Setup, Target};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What the client's end of the latest TLS connection exports.
fn exporter(lab: &Lab) -> Option<[u8; 32]> {
    lab.world.trace().records().iter().rev().find_map(|record| match &record.event {
        Event::TlsEstablished { side: Side::Client, agreed } => agreed.exporter,
        _ => None,
    })
}

fn alice(mechanism: Mechanism, password: &str, channel: Channel) -> Client {
    let identity = Identity { name: "alice".into(), acts_as: None, secret: password.into() };
    Client::new(mechanism, identity, "a nonce of the client".replace(' ', "-"), channel)
}

/// The last line that the server has sent.
fn last_line(lab: &Lab) -> String {
    let line = lab.world.trace().records().iter().rev().find_map(|record| match &record.event {
        Event::ServerLine { octets, .. } => Some(String::from_utf8_lossy(octets).into_owned()),
        _ => None,
    });
    line.expect("the server has said something")
}

/// Lets a client answer every challenge; the line that ends the exchange.
fn exchange(lab: &mut Lab, mechanism: Mechanism, client: &mut Client) -> String {
    let initial = client.begin().expect("it can begin").map(|octets| coding::encode_initial(&octets));
    lab.types(
        [format!("AUTH {mechanism}")].into_iter().chain(initial).collect::<Vec<_>>().join(" ").as_str(),
    );
    loop {
        let line = last_line(lab);
        let Some(challenge) = line.strip_prefix("+ ") else { return line };
        let challenge = coding::decode(challenge.as_bytes()).expect("base64");
        lab.types(&coding::encode(&client.respond(&challenge).expect("no doubt")));
    }
}

#[test]
fn scram_is_bound_to_the_tls_connection_on_both_roads_to_it() {
    for road in [Road::Stls, Road::Tls] {
        for mechanism in [Mechanism::ScramSha256Plus, Mechanism::ScramSha1Plus] {
            let mut lab = Lab::on(road);
            if road == Road::Stls {
                lab.types("STLS");
            }
            let exported = exporter(&lab).expect("TLS 1.3 exports");
            let mut client = alice(mechanism, "wonderland", Channel::Exporter(exported));
            assert!(exchange(&mut lab, mechanism, &mut client).starts_with("+OK "), "{road:?}, {mechanism}");
            assert!(client.is_satisfied());
        }
    }
}

#[test]
fn another_connection_is_another_channel() {
    let mut lab = Lab::on(Road::Tls);
    let first = exporter(&lab).unwrap();
    lab.connects_to(Target::Server, 995);
    assert_ne!(exporter(&lab), Some(first));
    let mechanism = Mechanism::ScramSha256Plus;
    let mut client = alice(mechanism, "wonderland", Channel::Exporter(first));
    let line = exchange(&mut lab, mechanism, &mut client);
    assert_eq!(line, "-ERR [AUTH] not bound to this TLS connection");
}

#[test]
fn what_is_sent_in_an_exchange_is_in_no_log_of_the_server() {
    let mut lab = Lab::on(Road::Tls);
    for mechanism in [Mechanism::Plain, Mechanism::Login, Mechanism::CramMd5, Mechanism::ScramSha256] {
        let mut client = alice(mechanism, "looking-glass", Channel::None);
        assert_eq!(exchange(&mut lab, mechanism, &mut client), "-ERR [AUTH] wrong name or password");
    }
    let said: Vec<String> = lab
        .world
        .trace()
        .records()
        .iter()
        .filter_map(|record| match &record.event {
            Event::Log(line) => Some(line.text(1)),
            _ => None,
        })
        .collect();
    let base64 = coding::encode(b"looking-glass");
    assert!(said.iter().filter(|line| line.contains("Authentication failed")).count() == 4, "{said:?}");
    assert!(said.iter().all(|line| !line.contains("looking-glass") && !line.contains(&base64)), "{said:?}");
}

/// When the server answered, in microseconds after the client asked.
fn answered_after(name: &str, password: &str) -> (u64, String, usize) {
    let mut setup = Setup::default();
    setup.server.failure_delay = Duration::from_secs(2);
    setup.server.lockout = Some(Lockout { guesses: 3, span: Duration::from_secs(600) });
    let mut lab = Lab::with(setup);
    lab.connects();
    let asked = lab.world.now();
    lab.types(&format!("AUTH PLAIN {}", coding::encode(format!("\0{name}\0{password}").as_bytes())));
    let octets = lab.world.trace().records().iter().filter_map(|record| match &record.event {
        Event::Received { side: Side::Client, octets } => Some(octets.len()),
        _ => None,
    });
    let octets = octets.sum();
    let took = lab.world.now() - asked;
    (took.as_micros() as u64, last_line(&lab), octets)
}

#[test]
fn nobody_can_tell_an_unknown_name_from_a_wrong_password() {
    let (wrong, unknown) = (answered_after("alice", "wronderland"), answered_after("alicf", "wronderland"));
    assert_eq!(wrong, unknown);
    assert!(wrong.0 >= 2_000_000, "{wrong:?}");
    assert!(answered_after("alice", "wonderland").0 < 2_000_000);
}

#[test]
fn guessing_takes_longer_each_time_and_ends() {
    let mut setup = Setup::default();
    setup.server.failure_delay = Duration::from_secs(1);
    let mut lab = Lab::with(setup);
    lab.connects();
    let mut spans = Vec::new();
    for _ in 0..5 {
        let asked = lab.world.now();
        lab.types("AUTH PLAIN AGFsaWNlAHdyb25n");
        spans.push((lab.world.now() - asked).as_secs());
    }
    assert_eq!(spans[..4], [1, 2, 4, 8]);
    lab.types("AUTH PLAIN AGFsaWNlAHdyb25n");
    let closed = lab.world.trace().records().iter().any(|record| {
        matches!(&record.event, Event::Log(line) if line.text(1).contains("Too many authentication failures"))
    });
    assert!(closed);
}

#[test]
fn an_unknown_name_has_a_salt_that_stays_and_differs_from_server_to_server() {
    let salt = |seed: u64| {
        let mut lab = Lab::with(Setup::with_seed(seed));
        lab.connects();
        let mut ask = || {
            lab.types(&format!("AUTH SCRAM-SHA-256 {}", coding::encode(b"n,,n=nobody,r=abc")));
            let challenge = coding::decode(&last_line(&lab).as_bytes()[2..]).unwrap();
            lab.types("*");
            let text = String::from_utf8(challenge).unwrap();
            text.split(',').find_map(|part| part.strip_prefix("s=")).unwrap().to_owned()
        };
        let (first, second) = (ask(), ask());
        assert_eq!(first, second);
        first
    };
    assert_ne!(salt(1), salt(2));
}

#[test]
fn what_the_server_keeps_can_be_listed() {
    let lab = Lab::new();
    let kept: Vec<&str> = lab.world.kept().map(|(name, _)| name).collect();
    assert_eq!(kept, ["alice", "erin"]);
    let (_, alice) = lab.world.kept().next().unwrap();
    assert_eq!(alice.entries()[0].stored, "wonderland");
}

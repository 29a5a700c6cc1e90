//! The three roads to the mailbox: what is the same on each, and what TLS changes.

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Security, Versions};
use pop3lab::pop3::{LogLine, Phase};
use pop3lab::tls::{Failure, TLS_EDGES, TlsState, Trust};
use pop3lab::trace::{Event, Note, Side};
use pop3lab::world::Action;
use sha2::{Digest, Sha256};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What is said on every road.
const SCRIPT: [&str; 12] = [
    "CAPA",
    "USER alice",
    "PASS wrong",
    "USER alice",
    "PASS wonderland",
    "LIST",
    "UIDL",
    "RETR 2",
    "TOP 5 3",
    "DELE 1",
    "STLS",
    "QUIT",
];

/// The lines that may differ, each with the roads on which it is said, and why.
const DIFFERENCES: [(&str, &[Road]); 1] = [
    // RFC 2595 section 4: it is announced where it can be given.
    ("STLS", &[Road::Clear]),
];

/// What the server says to the script on a road, and whether all of it was sealed.
fn answers(road: Road) -> (Vec<String>, bool) {
    let mut lab = Lab::on(road);
    if road == Road::Stls {
        lab.types("STLS");
    }
    let before = lab.world.trace().len();
    SCRIPT.iter().for_each(|line| _ = lab.types(line));
    let lines = lab.world.trace().records()[before..].iter().filter_map(|record| match &record.event {
        Event::ServerLine { octets, secure, .. } => {
            Some((String::from_utf8_lossy(octets).into_owned(), *secure))
        }
        _ => None,
    });
    let (lines, secure): (Vec<String>, Vec<bool>) = lines.unzip();
    (lines, secure.into_iter().all(|secure| secure))
}

#[test]
fn the_answers_are_the_same_on_every_road_but_for_the_stated_differences() {
    for road in Road::ALL {
        let (here, sealed) = answers(road);
        assert_eq!(sealed, road != Road::Clear);
        let mut expected = answers(Road::Clear).0;
        // What sends a token or binds to the channel is offered inside TLS only.
        let sasl = expected.iter_mut().find(|line| line.starts_with("SASL ")).expect("CAPA lists mechanisms");
        if road != Road::Clear {
            let (clear, tls) = (
                "SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN",
                "SASL SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 OAUTHBEARER XOAUTH2 PLAIN LOGIN",
            );
            assert_eq!(std::mem::replace(sasl, tls.into()), clear);
        }
        expected.retain(|line| DIFFERENCES.iter().all(|(differs, on)| line != differs || on.contains(&road)));
        assert_eq!(here, expected, "{road:?}");
    }
}

#[test]
fn the_differences_are_there() {
    for (line, roads) in DIFFERENCES {
        for road in Road::ALL {
            assert_eq!(
                answers(road).0.iter().any(|said| said == line),
                roads.contains(&road),
                "{line}, {road:?}"
            );
        }
    }
}

#[test]
fn both_versions_and_both_roads_come_to_tls() {
    for (offers, name) in
        [(Versions::Tls12, "TLS 1.2"), (Versions::Tls13, "TLS 1.3"), (Versions::Current, "TLS 1.3")]
    {
        for road in [Road::Stls, Road::Tls] {
            let policy = Policy { security: road.security(), offers, ..Policy::default() };
            let mut lab = Lab::on_terms(policy, road.port());
            if road == Road::Stls {
                lab.types("STLS");
            }
            let secured = lab.connection().secured.clone().expect("TLS is up");
            assert_eq!((secured.version.to_string().as_str(), secured.trust), (name, Some(Trust::Verified)));
            assert_eq!(lab.connection().tls_client, Some(TlsState::Connected));
            assert_eq!(lab.connection().tls_server, Some(TlsState::Connected));
            assert_eq!(lab.connection().road(), Some(road));
        }
    }
}

#[test]
fn a_server_of_one_version_speaks_that_one() {
    for (accepts, name) in [(Versions::Tls12, "TLS 1.2"), (Versions::Tls13, "TLS 1.3")] {
        let lab = Lab::on_terms(Policy { security: Security::TlsAtOnce, accepts, ..Policy::default() }, 995);
        assert_eq!(lab.connection().secured.as_ref().map(|it| it.version.to_string()), Some(name.into()));
    }
    let apart = Policy { offers: Versions::Tls12, accepts: Versions::Tls13, ..Policy::default() };
    let lab = Lab::on_terms(Policy { security: Security::TlsAtOnce, ..apart }, 995);
    // RFC 8446 section 6.2: protocol_version.
    assert_eq!(lab.connection().ended, Some(Note::TlsFailed(Failure::AlertReceived(70))));
}

#[test]
fn what_came_behind_stls_in_the_clear_is_thrown_away_and_counted() {
    let mut lab = Lab::on(Road::Stls);
    lab.pastes("STLS\r\nUSER alice\r\nPASS wonderland\r\nDE").expect("+OK POP3").expect("+OK Begin TLS");
    let discarded = lab.events().find_map(|(_, event)| match event {
        Event::Discarded { octets } => Some(*octets),
        _ => None,
    });
    assert_eq!(discarded, Some(31));
    assert_eq!(lab.phase(), Some(Phase::Authorization));
    // The numbers of lines go on on both sides, so that answers are told to the right ones.
    lab.types("LE 1").types("STAT").expect("-ERR unknown").expect("-ERR STAT").expect_silence();
    let numbers = |of: fn(&Event) -> Option<u32>| lab.events().filter_map(|(_, it)| of(it)).last();
    let typed =
        numbers(|event| if let Event::ClientLine { command, .. } = event { Some(*command) } else { None });
    let judged = numbers(|event| if let Event::Judged(judged) = event { Some(judged.line) } else { None });
    assert_eq!(typed, judged);
}

#[test]
fn a_name_given_in_the_clear_is_not_known_inside_tls() {
    let mut lab = Lab::on(Road::Stls);
    lab.types("USER alice").types("STLS").types("PASS wonderland");
    lab.expect("+OK POP3")
        .expect("+OK")
        .expect("+OK Begin")
        .expect("-ERR PASS is only valid right after USER");
    assert_eq!(lab.connection().user, None);
}

#[test]
fn stls_is_refused_under_tls_after_login_and_where_it_is_not_offered() {
    Lab::on(Road::Tls).types("STLS").expect("+OK POP3").expect("-ERR TLS is on already");
    let mut lab = Lab::on(Road::Stls);
    lab.types("STLS").types("STLS").expect("+OK POP3").expect("+OK Begin").expect("-ERR TLS is on already");
    Lab::logged_in().types("STLS").expect("-ERR STLS is not valid in the TRANSACTION state");
    let mut lab = Lab::on_terms(Policy { stls: false, ..Policy::default() }, 110);
    lab.types("STLS").expect("+OK POP3").expect("-ERR STLS is not offered here");
    assert!(lab.connection().is_open() && lab.connection().tls_client.is_none());
}

#[test]
fn a_server_that_insists_on_tls_takes_no_name_before_it() {
    let mut lab = Lab::on_terms(Policy { login_in_the_clear: false, ..Policy::default() }, 110);
    lab.types("USER alice").types("STLS").expect("+OK").expect("-ERR [AUTH]").expect("+OK Begin");
    lab.types("USER alice").types("PASS wonderland").expect("+OK").expect("+OK");
    assert_eq!(lab.phase(), Some(Phase::Transaction));
}

#[test]
fn a_port_of_tls_loses_patience_with_whoever_says_nothing() {
    let mut lab = Lab::on_terms(Policy::default(), 995);
    lab.expect_silence().waits(Duration::from_secs(601)).expect_note(&Note::ServerClosed);
    let failed = |(_, event): (_, &Event)| matches!(event, Event::Log(LogLine::TlsFailed { .. }));
    assert!(lab.events().any(failed));
}

#[test]
fn a_certificate_that_a_person_accepts_is_believed_and_no_other() {
    let policy =
        Policy { security: Security::TlsAtOnce, fault: Some(Fault::SelfSigned), ..Policy::default() };
    let mut lab = Lab::on_terms(policy, 995);
    let (_, chain) = lab.connection().refused.clone().expect("it is refused");
    let certificate = Sha256::digest(&chain[0]).into();
    lab.does(Action::TrustAnyway { client: 0, certificate });
    lab.connects_to(pop3lab::world::Target::Server, 995);
    assert_eq!(lab.connection().secured.as_ref().map(|it| it.trust), Some(Some(Trust::Exception)));
    lab.expect("+OK POP3").logs_in();
    let other = Policy { fault: Some(Fault::Expired), ..policy };
    lab.does(Action::ChangePolicy { policy: other }).connects_to(pop3lab::world::Target::Server, 995);
    assert!(lab.connection().refused.is_some(), "{}", lab.story());
}

#[test]
fn without_verification_any_certificate_will_do() {
    for fault in Fault::ALL {
        let security = Security::TlsAtOnce;
        let policy = Policy { security, verify: false, fault: Some(fault), ..Policy::default() };
        let mut lab = Lab::on_terms(policy, 995);
        assert_eq!(lab.connection().secured.as_ref().map(|it| it.trust), Some(Some(Trust::Unchecked)));
        lab.expect("+OK POP3").logs_in();
    }
}

#[test]
fn a_line_dropped_inside_tls_marks_nothing_and_frees_the_lock() {
    let mut lab = Lab::on(Road::Tls);
    lab.expect("+OK POP3").logs_in().types("DELE 1").drops_the_line();
    assert_eq!((lab.held(), lab.marked().len(), lab.mailbox("alice").locked_by), (8, 0, None));
    assert_eq!(lab.connection().tls_server, Some(TlsState::Failed), "nobody said close_notify");
}

#[test]
fn quit_ends_tls_in_order_before_the_connection() {
    for road in [Road::Stls, Road::Tls] {
        let mut lab = Lab::on(road);
        if road == Road::Stls {
            lab.types("STLS");
        }
        lab.types("QUIT");
        assert_eq!(lab.connection().ended, Some(Note::ServerClosed));
        assert_eq!(lab.connection().tls_client, Some(TlsState::Closed));
        assert_eq!(lab.connection().tls_server, Some(TlsState::Closed));
    }
}

#[test]
fn settings_hold_for_the_next_connection_and_not_for_this_one() {
    let mut lab = Lab::connected();
    let policy = Policy { stls: false, security: Security::TlsAtOnce, ..Policy::default() };
    lab.does(Action::ChangePolicy { policy }).types("STLS").expect("+OK Begin");
    assert_eq!(lab.connection().policy, Policy::default());
    lab.connects_to(pop3lab::world::Target::Server, 995);
    assert_eq!(lab.connection().policy, policy);
}

#[test]
fn a_handshake_without_a_network_comes_to_tls() {
    assert!(Lab::new().world.bare_handshake());
}

#[test]
fn every_move_of_tls_in_a_world_is_an_edge_of_the_table() {
    let terms = Fault::ALL.map(Some).into_iter().chain([None]).flat_map(|fault| {
        [Versions::Tls12, Versions::Tls13, Versions::Tls11, Versions::Tls10].map(|offers| (fault, offers))
    });
    for (fault, offers) in terms {
        let policy = Policy { security: Security::TlsAtOnce, fault, offers, ..Policy::default() };
        for port in [995, 110] {
            let mut lab = Lab::on_terms(policy, port);
            lab.types("QUIT");
            for (_, event) in lab.events() {
                let Event::TlsChanged { side, from, to, on } = event else { continue };
                let known = TLS_EDGES.iter().any(|edge| {
                    let own = (edge.end == pop3lab::tls::End::Client) == (*side == Side::Client);
                    own && edge.taken_here && (edge.from, edge.on, edge.to) == (*from, *on, *to)
                });
                assert!(known, "{side:?} from {from} to {to} on {on:?}");
            }
        }
    }
}

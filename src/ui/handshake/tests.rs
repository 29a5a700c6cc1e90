//! Ladders of whole sessions.

use super::*;
use crate::pki::Fault;
use crate::policy::{Policy, Road, Shown};
use crate::trace::Trace;
use crate::ui::lab::{Lab, ME};
use crate::ui::wish::Wish;
use std::rc::Rc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn lab(policy: Policy, port: u16) -> Lab {
    let mut lab = Lab::default();
    lab.act(Wish::terms(policy, port));
    lab
}

/// A connection on the road of TLS from the first octet.
fn sealed(policy: Policy) -> Lab {
    lab(Policy { security: Security::TlsAtOnce, ..policy }, 995)
}

fn offering(offers: Versions) -> Policy {
    Policy { offers, ..Policy::default() }
}

fn now(lab: &Lab) -> Rc<Connection> {
    lab.view().connection().expect("a connection")
}

/// Every moment of the latest connection, as far as it differs.
fn moments(lab: &Lab) -> Vec<Rc<Connection>> {
    let latest = now(lab).id;
    let of = |trace: &Trace, position| trace.scene(position).connections.get(&ME).cloned();
    let mut all: Vec<Rc<Connection>> =
        lab.view().with(|trace| (0..=trace.len()).filter_map(|position| of(trace, position)).collect());
    all.retain(|held| held.id == latest);
    all.dedup();
    all
}

fn rungs(ladder: &Ladder) -> Vec<Rung> {
    ladder.flights.iter().flat_map(|flight| flight.rungs.clone()).collect()
}

fn count(ladder: &Ladder, mark: Mark) -> usize {
    rungs(ladder).iter().filter(|rung| rung.mark == mark).count()
}

/// The handshake of a version where nobody asks for a client's certificate.
fn usual(version: Version) -> Vec<Row> {
    rows(version, Policy::default())
}

/// Those that were sent, and those that would have followed them.
fn marks(ladder: &Ladder) -> [usize; 4] {
    [Mark::Sent, Mark::Latest, Mark::Coming, Mark::Never].map(|mark| count(ladder, mark))
}

#[test]
fn real_handshakes_are_those_of_the_tables() {
    for (offers, version) in [
        (Versions::Current, Version::Tls13),
        (Versions::Tls13, Version::Tls13),
        (Versions::Tls12, Version::Tls12),
    ] {
        let table = usual(version);
        let held = now(&sealed(offering(offers)));
        assert_eq!(*held.handshake, table, "{offers:?}");
        let ladder = ladder(&held).unwrap();
        assert_eq!((ladder.version, ladder.broken), (Some(version), None));
        assert_eq!(marks(&ladder), [table.len() - 1, 1, 0, 0]);
    }
}

#[test]
fn who_is_asked_for_a_certificate_has_it_or_the_lack_of_it_on_the_ladder() {
    for (offers, version) in [(Versions::Tls13, Version::Tls13), (Versions::Tls12, Version::Tls12)] {
        for shows in [Shown::None, Shown::Own] {
            let policy = Policy { asks: true, shows, ..offering(offers) };
            let lab = sealed(policy);
            let table = rows(version, policy);
            assert_eq!(*now(&lab).handshake, table, "{policy:?}");
            let more = if shows == Shown::None { 2 } else { 3 };
            assert_eq!(table.len(), usual(version).len() + more);
            // It stood there before it came.
            for held in moments(&lab) {
                let Some(ladder) = ladder(&held).filter(|ladder| ladder.version.is_some()) else { continue };
                let messages: Vec<_> = rungs(&ladder).iter().map(|rung| rung.message).collect();
                assert_eq!(messages, table.iter().map(|row| row.1).collect::<Vec<_>>());
            }
        }
        let refused = now(&sealed(Policy { asks: true, shows: Shown::Expired, ..offering(offers) }));
        assert_eq!(ladder(&refused).unwrap().broken, Some(Broken::Alert(Side::Server, 45)));
    }
}

#[test]
fn the_ladder_grows_message_by_message_and_never_knows_its_future() {
    for offers in [Versions::Tls13, Versions::Tls12] {
        let mut sent = 0;
        for held in moments(&sealed(offering(offers))) {
            let Some(ladder) = ladder(&held) else { continue };
            assert!(held.handshake.len() >= sent);
            sent = held.handshake.len();
            assert_eq!(count(&ladder, Mark::Sent) + count(&ladder, Mark::Latest), sent);
            assert_eq!(count(&ladder, Mark::Latest), sent.min(1));
            assert_eq!(count(&ladder, Mark::Never), 0);
            // The order never changes, whatever has come.
            let named = usual(if offers == Versions::Tls13 { Version::Tls13 } else { Version::Tls12 });
            let messages: Vec<_> = rungs(&ladder).iter().map(|rung| rung.message).collect();
            assert_eq!(messages, named.iter().map(|row| row.1).collect::<Vec<_>>());
        }
        assert!(sent > 0);
    }
}

#[test]
fn nobody_knows_the_version_before_the_server_has_answered() {
    let accepts = Versions::Tls12;
    let lab = sealed(Policy { accepts, ..Policy::default() });
    let versions = moments(&lab).into_iter().filter_map(|held| {
        let ladder = ladder(&held)?;
        Some((held.handshake.len(), ladder.version, rungs(&ladder).len()))
    });
    for (sent, version, length) in versions {
        let known = sent > 2;
        assert_eq!(version, known.then_some(Version::Tls12), "after {sent}");
        // A client that offers both hopes for 1.3.
        assert_eq!(length, usual(if known { Version::Tls12 } else { Version::Tls13 }).len());
    }
}

#[test]
fn the_padlock_closes_once_on_each_side() {
    for (version, sealing) in [(Version::Tls13, [3, 8]), (Version::Tls12, [7, 9])] {
        let rows: Vec<_> = usual(version).iter().map(|row| (*row, Mark::Coming)).collect();
        let all: Vec<Rung> =
            flights(&rows, version == Version::Tls13).into_iter().flat_map(|flight| flight.rungs).collect();
        let closes: Vec<_> = (0..all.len()).filter(|at| all[*at].seals).collect();
        assert_eq!(closes, sealing);
    }
}

#[test]
fn tls_1_3_takes_one_flight_less() {
    let flights = |offers| ladder(&now(&sealed(offering(offers)))).unwrap().flights.len();
    assert_eq!((flights(Versions::Tls13), flights(Versions::Tls12)), (3, 4));
}

#[test]
fn each_fault_ends_the_ladder_with_an_alert_of_the_client() {
    for fault in Fault::ALL {
        for (offers, version) in [(Versions::Tls13, Version::Tls13), (Versions::Tls12, Version::Tls12)] {
            let table = usual(version);
            let held = now(&sealed(Policy { fault: Some(fault), offers, ..Policy::default() }));
            let ladder = ladder(&held).unwrap();
            assert!(matches!(ladder.broken, Some(Broken::Alert(Side::Client, _))), "{fault:?}: {ladder:?}");
            assert!(table.starts_with(&held.handshake), "{fault:?}: {:?}", held.handshake);
            let sent = held.handshake.len();
            assert_eq!(marks(&ladder), [sent, 0, 0, table.len() - sent], "{fault:?}");
            assert!(sent < table.len());
        }
    }
}

#[test]
fn a_client_of_old_gets_no_further_than_its_hello() {
    // A hello that names no signature schemes offers nothing, before its version is looked at.
    const HANDSHAKE_FAILURE: u8 = 40;
    for offers in [Versions::Tls11, Versions::Tls10] {
        let ladder = ladder(&now(&sealed(offering(offers)))).unwrap();
        assert_eq!(ladder.broken, Some(Broken::Alert(Side::Server, HANDSHAKE_FAILURE)));
        assert_eq!((ladder.version, marks(&ladder)), (None, [1, 0, 0, usual(Version::Tls12).len() - 1]));
    }
}

#[test]
fn postcards_have_no_ladder_and_stls_has_one_once_it_is_answered() {
    assert_eq!(silence(&now(&Lab::default())), Some(id::TLS_NONE));
    assert_eq!(ladder(&now(&Lab::default())), None);
    let mut lab = lab(Policy { security: Road::Stls.security(), ..Policy::default() }, 110);
    assert_eq!((ladder(&now(&lab)), silence(&now(&lab))), (None, Some(id::TLS_NOT_YET)));
    lab.act(vec![Wish::line("STLS")]);
    assert_eq!(marks(&ladder(&now(&lab)).unwrap()), [usual(Version::Tls13).len() - 1, 1, 0, 0]);
    assert_eq!(silence(&now(&lab)), None);
}

#[test]
fn a_line_that_is_dropped_inside_tls_has_no_farewell() {
    let mut lab = sealed(Policy::default());
    assert_eq!(broken(&now(&lab)), None);
    lab.drop_line();
    let ladder = ladder(&now(&lab)).unwrap();
    assert_eq!((ladder.broken, marks(&ladder)), (Some(Broken::Cut), [usual(Version::Tls13).len(), 0, 0, 0]));
}

#[test]
fn a_handshake_is_news_until_the_session_moves() {
    for (policy, port, opener) in [(Road::Tls, 995, None), (Road::Stls, 110, Some("STLS"))] {
        let mut lab = lab(Policy { security: policy.security(), ..Policy::default() }, port);
        lab.act(opener.map(Wish::line).into_iter().collect());
        assert!(is_news(&now(&lab)), "{policy:?}");
        lab.act(vec![Wish::line("USER alice")]);
        assert!(!is_news(&now(&lab)), "{policy:?}");
    }
    assert!(is_news(&now(&sealed(Policy { fault: Some(Fault::Expired), ..Policy::default() }))));
}

#[test]
fn quit_inside_tls_breaks_nothing() {
    let mut lab = sealed(Policy::default());
    lab.act(vec![Wish::line("QUIT")]);
    let held = now(&lab);
    assert_eq!((held.tls_client, broken(&held)), (Some(TlsState::Closed), None));
}

#[test]
fn messages_that_no_table_has_are_shown_all_the_same() {
    let mut held = (*now(&sealed(Policy::default()))).clone();
    held.secured = None;
    let retried = [
        (Side::Client, Message::ClientHello, CLEAR),
        (Side::Server, Message::HelloRetryRequest, CLEAR),
        (Side::Client, Message::ClientHello, CLEAR),
    ];
    held.handshake = Rc::new(retried.to_vec());
    let ladder = ladder(&held).unwrap();
    assert_eq!((ladder.version, marks(&ladder)), (None, [2, 1, usual(Version::Tls13).len() - 1, 0]));
}

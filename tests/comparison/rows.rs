//! What stands on each row, and why a lane does nothing there or is answered otherwise.

use super::{READ_ONE, compared};
use pop3lab::pki::Fault;
use pop3lab::policy::{Road, Security, Versions};
use pop3lab::pop3::{Refusal, Verb};
use pop3lab::trace::{Grain, Note};
use pop3lab::world::comparison::{Absent, Comparison, Differs, Does, Ending, Plan, Safety, Script, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const CLEAR: usize = 0;
const STLS: usize = 1;
const TLS: usize = 2;

/// The stages at which a lane does something, in order.
fn does(comparison: &Comparison, lane: usize) -> Vec<Stage> {
    let rows = comparison.rows().iter().filter(|row| matches!(row.lanes[lane], Does::This(..)));
    rows.map(|row| row.stage).collect()
}

/// What a lane does at a stage.
fn at(comparison: &Comparison, stage: Stage, lane: usize) -> &Does {
    let row = comparison.rows().iter().find(|row| row.stage == stage);
    &row.unwrap_or_else(|| panic!("no lane is ever at {stage:?}")).lanes[lane]
}

#[track_caller]
fn nothing(comparison: &Comparison, stage: Stage, lane: usize, why: Absent) {
    assert_eq!(*at(comparison, stage, lane), Does::Nothing(why));
}

fn differs(comparison: &Comparison, stage: Stage, lane: usize) -> Option<Differs> {
    match at(comparison, stage, lane) {
        Does::This(_, differs) => differs.clone(),
        Does::Nothing(why) => panic!("nothing at {stage:?}: {why:?}"),
    }
}

fn over(comparison: &Comparison, stage: Stage, lane: usize) -> Note {
    match at(comparison, stage, lane) {
        Does::Nothing(Absent::Over(note)) => note.clone(),
        other => panic!("the connection should be over at {stage:?}: {other:?}"),
    }
}

#[test]
fn each_road_has_the_stages_that_are_its_own() {
    let comparison = compared(READ_ONE, |_| {});
    let lines: Vec<Stage> = (0..7).map(Stage::Line).chain([Stage::Close]).collect();
    let own: [&[Stage]; 3] = [
        &[Stage::Tcp, Stage::Greeting],
        &[Stage::Tcp, Stage::Greeting, Stage::Asks, Stage::Stls, Stage::Tls, Stage::AsksAgain],
        &[Stage::Tcp, Stage::TlsFirst, Stage::Greeting],
    ];
    for (lane, own) in own.into_iter().enumerate() {
        assert_eq!(does(&comparison, lane), [own, &lines].concat(), "{:?}", Road::ALL[lane]);
    }
    for stage in [Stage::Asks, Stage::Stls, Stage::Tls, Stage::AsksAgain] {
        nothing(&comparison, stage, CLEAR, Absent::NeverSealed);
        nothing(&comparison, stage, TLS, Absent::SealedFromTheStart);
    }
    nothing(&comparison, Stage::TlsFirst, CLEAR, Absent::NeverSealed);
    nothing(&comparison, Stage::TlsFirst, STLS, Absent::SealedLater);
}

#[test]
fn one_walks_by_line_from_what_is_said_to_its_answer_and_all_lanes_at_once() {
    let comparison = compared(READ_ONE, |_| {});
    for (number, row) in comparison.rows().iter().enumerate() {
        let stops: Vec<[u32; 3]> = comparison
            .steps(Grain::Line)
            .iter()
            .skip(1)
            .filter_map(|step| (step.row as usize == number).then_some(step.at))
            .collect();
        for (lane, does) in row.lanes.iter().enumerate() {
            let Does::This(cell, _) = does else { continue };
            assert_eq!(stops.last().map(|at| at[lane]), Some(cell.to), "{:?}", row.stage);
            if let (Some(asked), Some(answered)) = (cell.asked, cell.answered) {
                let on_its_way = stops[0][lane];
                assert!(stops.len() == 2 && (asked + 1..=answered).contains(&on_its_way), "{:?}", row.stage);
            }
        }
    }
}

#[test]
fn the_end_begins_right_behind_the_last_answer() {
    let comparison = compared(READ_ONE, |_| {});
    for lane in [CLEAR, STLS, TLS] {
        let (Does::This(quit, _), Does::This(close, _)) =
            (at(&comparison, Stage::Line(6), lane), at(&comparison, Stage::Close, lane))
        else {
            panic!("it says QUIT, and the connection ends");
        };
        assert_eq!(Some(close.from), quit.answered.map(|answer| answer + 1), "{:?}", Road::ALL[lane]);
    }
}

#[test]
fn only_the_road_in_the_clear_exposes_the_password() {
    let safety = |script: &str| {
        let comparison = compared(script, |_| {});
        let ends = comparison.lanes().iter().map(|lane| lane.totals(lane.trace().len()).safety);
        ends.collect::<Vec<_>>()
    };
    let read = safety(READ_ONE);
    assert!(matches!(read[..], [Safety::Exposed(_), Safety::Sealed(_), Safety::Sealed(_)]), "{read:?}");
    let apop = safety("APOP alice md5(wonderland)\nQUIT");
    assert!(matches!(apop[..], [Safety::Guessable(_), Safety::Sealed(_), Safety::Sealed(_)]), "{apop:?}");
    assert_eq!(safety("CAPA\nQUIT")[CLEAR], Safety::Unsent);
}

#[test]
fn auth_in_the_clear_exposes_what_its_mechanism_sends() {
    let safety = |script: &str| {
        let compared = compared(script, |_| {});
        let lane = &compared.lanes()[0];
        lane.totals(lane.trace().len()).safety
    };
    // NUL alice NUL wonderland, as the initial response and as a response.
    let plain = "AGFsaWNlAHdvbmRlcmxhbmQ=";
    for script in [format!("AUTH PLAIN {plain}\nSTAT\nQUIT"), format!("AUTH PLAIN\n{plain}\nSTAT\nQUIT")] {
        assert!(matches!(safety(&script), Safety::Exposed(_)), "{script}");
    }
    // The name alone is no secret; the password behind it is.
    assert_eq!(safety("AUTH LOGIN\nYWxpY2U=\n*\nQUIT"), Safety::Unsent);
    assert!(matches!(safety("AUTH LOGIN\nYWxpY2U=\nd29uZGVybGFuZA==\nQUIT"), Safety::Exposed(_)));
    // alice 0…0: a digest, right or wrong.
    let digest = "YWxpY2UgMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=";
    assert!(matches!(safety(&format!("AUTH CRAM-MD5\n{digest}\nQUIT")), Safety::Guessable(_)));
    assert_eq!(safety("AUTH CRAM-MD5\n*\nQUIT"), Safety::Unsent);
}

#[test]
fn every_fault_of_a_certificate_ends_the_roads_with_tls_and_no_other() {
    for fault in Fault::ALL {
        let comparison = compared(READ_ONE, |plan| {
            plan.lanes.iter_mut().for_each(|terms| terms.policy.fault = Some(fault));
        });
        assert_eq!(does(&comparison, CLEAR).last(), Some(&Stage::Close), "{fault:?}");
        for (lane, last) in [(STLS, Stage::Tls), (TLS, Stage::TlsFirst)] {
            assert_eq!(does(&comparison, lane).last(), Some(&last), "{fault:?}");
            let note = over(&comparison, Stage::Line(0), lane);
            assert!(matches!(note, Note::CertificateRefused { .. }), "{fault:?}: {note:?}");
            let held = &comparison.lanes()[lane];
            assert_eq!(held.totals(held.trace().len()).safety, Safety::Unsent, "{fault:?}");
        }
        let note = over(&comparison, Stage::Greeting, TLS);
        assert!(matches!(note, Note::CertificateRefused { .. }), "{fault:?}: {note:?}");
    }
}

#[test]
fn a_client_that_does_not_verify_is_sealed_all_the_same() {
    let comparison = compared(READ_ONE, |plan| {
        let policy = &mut plan.lanes[TLS].policy;
        (policy.fault, policy.verify) = (Some(Fault::SelfSigned), false);
    });
    assert_eq!(does(&comparison, TLS).last(), Some(&Stage::Close));
}

#[test]
fn an_old_client_gets_no_tls() {
    for versions in [Versions::Tls11, Versions::Tls10] {
        let comparison = compared(READ_ONE, |plan| *plan = plan.clone().offering(versions));
        for lane in [STLS, TLS] {
            let note = over(&comparison, Stage::Line(0), lane);
            assert!(matches!(note, Note::TlsFailed(_)), "{versions:?}: {note:?}");
        }
        assert_eq!(does(&comparison, CLEAR).last(), Some(&Stage::Close));
    }
}

#[test]
fn where_stls_is_required_and_not_offered_the_program_gives_up() {
    let comparison = compared("CAPA\nNOOP", |plan| plan.lanes[STLS].policy.stls = false);
    assert_eq!(does(&comparison, STLS), [Stage::Tcp, Stage::Greeting, Stage::Asks, Stage::Close]);
    assert_eq!(over(&comparison, Stage::Line(0), STLS), Note::ServerClosed);
    nothing(&comparison, Stage::Close, CLEAR, Absent::StillOpen);
    nothing(&comparison, Stage::Close, TLS, Absent::StillOpen);
}

#[test]
fn where_stls_is_wished_for_and_not_offered_the_program_goes_on_in_the_clear() {
    let refuses = |plan: &mut Plan| {
        let policy = &mut plan.lanes[STLS].policy;
        (policy.stls, policy.security) = (false, Security::StlsIfOffered);
    };
    let comparison = compared(READ_ONE, refuses);
    assert!(!comparison.rows().iter().any(|row| row.stage == Stage::Stls));
    let lane = &comparison.lanes()[STLS];
    assert!(matches!(lane.totals(lane.trace().len()).safety, Safety::Exposed(_)));
}

#[test]
fn stls_that_is_not_to_be_had_is_named_where_another_lane_has_it() {
    let comparison = compared(READ_ONE, |plan| {
        // All three ask, and one is refused.
        for terms in &mut plan.lanes[..2] {
            terms.policy.security = Security::StlsIfOffered;
        }
        plan.lanes[CLEAR].policy.stls = false;
    });
    for stage in [Stage::Stls, Stage::Tls, Stage::AsksAgain] {
        nothing(&comparison, stage, CLEAR, Absent::NotOffered);
    }
    let offered = vec!["STLS".to_owned()];
    assert_eq!(
        differs(&comparison, Stage::Asks, STLS),
        Some(Differs::Capabilities { more: offered, fewer: vec![] })
    );
}

#[test]
fn a_login_in_the_clear_that_is_refused_is_told_where_it_is_not() {
    let comparison = compared(READ_ONE, |plan| {
        plan.lanes.iter_mut().for_each(|terms| terms.policy.login_in_the_clear = false);
    });
    assert_eq!(differs(&comparison, Stage::Line(0), CLEAR), None);
    let refusal = Refusal::NeedsTls(Verb::User);
    for lane in [STLS, TLS] {
        let there = Differs::Refused { here: false, refusal: refusal.clone() };
        assert_eq!(differs(&comparison, Stage::Line(0), lane), Some(there));
    }
}

#[test]
fn a_line_that_is_refused_inside_tls_only_says_why() {
    let comparison = compared("STLS\nQUIT", |_| {});
    for lane in [STLS, TLS] {
        let here = Differs::Refused { here: true, refusal: Refusal::AlreadySecure };
        assert_eq!(differs(&comparison, Stage::Line(0), lane), Some(here));
    }
}

#[test]
fn capabilities_differ_by_stls_and_by_what_tls_carries() {
    let comparison = compared("CAPA\nQUIT", |_| {});
    for lane in [STLS, TLS] {
        let Some(Differs::Capabilities { more, fewer }) = differs(&comparison, Stage::Line(0), lane) else {
            panic!("the same capabilities as in the clear");
        };
        assert_eq!((more.len(), fewer.len()), (1, 2), "{more:?} {fewer:?}");
        assert!(fewer.contains(&"STLS".into()));
        // A line is listed as a whole: inside TLS there is -PLUS, and what carries a token.
        let names = |lines: &[String]| lines.iter().find(|line| line.starts_with("SASL ")).cloned().unwrap();
        assert!(names(&more).contains("-PLUS") && !names(&fewer).contains("-PLUS"));
    }
}

#[test]
fn a_digest_is_made_where_the_time_stamp_is_believed() {
    let comparison = compared("APOP alice md5(wonderland)\nDELE 1\nQUIT", |_| {});
    assert_eq!(differs(&comparison, Stage::Greeting, TLS), Some(Differs::Stamp));
    nothing(&comparison, Stage::Line(0), STLS, Absent::NoStamp);
    assert_eq!(differs(&comparison, Stage::Line(0), TLS), None);
    assert!(matches!(differs(&comparison, Stage::Line(1), STLS), Some(Differs::Refused { here: true, .. })));
    // It takes its leave of another mailbox: of none.
    assert_eq!(differs(&comparison, Stage::Line(2), STLS), Some(Differs::Text));
}

#[test]
fn what_stands_behind_quit_is_not_come_to() {
    let comparison = compared("QUIT\nSTAT", |_| {});
    for lane in [CLEAR, STLS, TLS] {
        assert_eq!(over(&comparison, Stage::Line(1), lane), Note::ServerClosed);
    }
}

#[test]
fn a_lost_line_ends_each_lane() {
    let script = Script::read("USER alice\nPASS wonderland\nDELE 1", Ending::LineLost);
    let comparison = Comparison::of(Plan::new(script));
    for (lane, held) in comparison.lanes().iter().enumerate() {
        assert_eq!(does(&comparison, lane).last(), Some(&Stage::Close));
        let end = held.trace().scene(held.trace().len());
        assert_eq!(end.connections[&0].ended, Some(Note::LineDropped));
        // Only QUIT removes (RFC 1939 section 6).
        assert_eq!(end.mailboxes["alice"].messages.len(), 8);
    }
}

#[test]
fn a_port_at_which_nobody_listens_is_refused_at_once() {
    let comparison = compared(READ_ONE, |plan| plan.lanes[TLS].port = 111);
    assert_eq!(does(&comparison, TLS), [Stage::Tcp]);
    assert_eq!(over(&comparison, Stage::Line(0), TLS), Note::Refused);
}

#[test]
fn a_link_that_loses_all_reaches_nobody() {
    let comparison = compared(READ_ONE, |plan| plan.link.loss_per_mille = 1_000);
    for lane in [CLEAR, STLS, TLS] {
        assert_eq!(over(&comparison, Stage::Line(6), lane), Note::Unreachable);
    }
}

#[test]
fn at_a_port_of_tls_a_client_without_tls_waits_for_ever() {
    let comparison = compared(READ_ONE, |plan| plan.lanes[TLS].policy.security = Security::None);
    for stage in [Stage::Line(0), Stage::Line(6), Stage::Close] {
        let waits = at(&comparison, stage, TLS);
        assert!(
            matches!(waits, Does::Nothing(Absent::Unanswered | Absent::StillOpen)),
            "{stage:?}: {waits:?}"
        );
    }
    nothing(&comparison, Stage::Line(0), TLS, Absent::Unanswered);
}

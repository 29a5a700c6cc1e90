//! What each kind of line means.

use super::*;
use crate::i18n::{Language, Words};
use crate::mail::{MessageNumber, Missing, OpenError};
use crate::policy::{Policy, Road, Shown};
use crate::pop3::Problem;
use crate::sasl::fields::{Field, FieldKind};
use crate::sasl::{Flaw, MECHANISMS};
use crate::ui::lab::Lab;
use crate::ui::meanings::rule;
use crate::ui::moves::moves;
use crate::ui::wish::Wish;

/// What the last line with this text means.
fn explained(lines: &[&str], row: &str) -> Explained {
    let mut lab = Lab::default();
    lines.iter().for_each(|line| _ = lab.send(format!("{line}\r\n").into_bytes()));
    let view = lab.view();
    view.with(|trace| {
        let is_it = |index: &&u32| match &trace.records()[**index as usize].event {
            Event::ClientLine { octets, .. } | Event::ServerLine { octets, .. } => {
                octets.starts_with(row.as_bytes())
            }
            _ => false,
        };
        let index = trace.rows(view.position).iter().rev().find(is_it).expect(row);
        explain(trace, view.position, *index).unwrap()
    })
}

fn meanings(explained: &Explained) -> Vec<(String, Id)> {
    let word = |token: &Token| (String::from_utf8_lossy(&token.octets).into_owned(), token.meaning);
    explained.tokens.iter().map(word).collect()
}

const LOGIN: [&str; 2] = ["USER alice", "PASS wonderland"];

#[test]
fn the_words_of_a_command_are_its_keyword_and_its_arguments() {
    let top = explained(&[&LOGIN[..], &["top 1 5 x"]].concat(), "top");
    let expected = [
        ("top".to_string(), id::VERB_TOP),
        ("1".into(), id::KIND_MESSAGE_NUMBER),
        ("5".into(), id::KIND_LINE_COUNT),
        ("x".into(), id::TOKEN_SURPLUS),
    ];
    assert_eq!(meanings(&top), expected);
    assert!(matches!(top.refusal, Some(Refusal::BadArgument { problem: Problem::Surplus, .. })));
}

#[test]
fn a_password_is_one_word_and_everyone_has_read_it() {
    let pass = explained(&["USER alice", "PASS open  sesame"], "PASS");
    assert_eq!(meanings(&pass)[1], ("open  sesame".into(), id::KIND_SECRET));
    assert_eq!(pass.exposes, Some(Exposed::Password));
    assert_eq!(pass.phases, Some((Phase::UserGiven, Phase::Authorization)));
}

#[test]
fn an_answer_is_read_by_the_command_that_it_answers() {
    let stat = explained(&[&LOGIN[..], &["STAT"]].concat(), "+OK 8 2");
    assert_eq!(
        stat.tokens.iter().map(|token| token.meaning).collect::<Vec<_>>(),
        [id::TOKEN_OK, id::TOKEN_COUNT, id::TOKEN_TOTAL]
    );
    let listing = explained(&[&LOGIN[..], &["LIST"]].concat(), "7 200000");
    assert_eq!(meanings(&listing)[1].1, id::TOKEN_SIZE);
    let code = explained(&["USER alice", "PASS x"], "-ERR");
    assert_eq!(meanings(&code)[1], ("[AUTH]".into(), id::CODE_AUTH));
}

#[test]
fn the_lines_of_a_message_are_header_blank_line_and_body() {
    let message = [&LOGIN[..], &["RETR 5"]].concat();
    assert_eq!(meanings(&explained(&message, "Subject:"))[0].1, id::TOKEN_FIELD);
    let dot = explained(&message, "...");
    assert_eq!(dot.tokens[0].meaning, id::TOKEN_STUFFED);
    assert_eq!(dot.tokens[1].meaning, id::TOKEN_BODY);
}

#[test]
fn quit_leads_to_update_as_far_as_is_known() {
    let quit = explained(&[&LOGIN[..], &["QUIT"]].concat(), "QUIT");
    assert_eq!(quit.phases, Some((Phase::Transaction, Phase::Update)));
}

#[test]
fn every_command_in_every_phase_is_explained() {
    for row in COMMANDS {
        for opener in [vec![], vec!["USER alice"], LOGIN.to_vec()] {
            let line = format!("{} 1", row.keyword);
            let told = explained(&[&opener[..], &[line.as_str()]].concat(), &line);
            assert_eq!(told.row, Some(row));
            assert!(told.phases.is_some(), "{line} after {opener:?}");
        }
    }
}

/// One of each refusal there is.
fn refusals() -> Vec<Refusal> {
    let verb = Verb::Retr;
    let number = MessageNumber::new(9).unwrap();
    let problems = [
        Problem::Missing(Kind::Name),
        Problem::Surplus,
        Problem::NotANumber,
        Problem::Zero,
        Problem::TooLarge,
        Problem::NotADigest,
        Problem::Octet { octet: 0, at: 0 },
    ];
    let errors = [
        OpenError::BadCredentials,
        OpenError::PlaintextNotAllowed,
        OpenError::Locked,
        OpenError::LoginDelay { seconds: 1 },
        OpenError::TemporaryFailure,
        OpenError::PermanentFailure,
    ];
    let mut all = vec![
        Refusal::Unknown,
        Refusal::LineTooLong { limit: 255 },
        Refusal::NotOffered(verb),
        Refusal::RemovalFailed,
    ];
    for row in COMMANDS {
        let allowed = row.phases.to_vec();
        let not_now = |phase: Phase| Refusal::NotNow { verb: row.verb, phase, allowed: allowed.clone() };
        all.extend(Phase::ALL.into_iter().filter(|phase| !row.phases.contains(phase)).map(not_now));
    }
    all.extend(problems.map(|problem| Refusal::BadArgument { verb, problem }));
    all.extend(errors.map(Refusal::Login));
    let missing = [Missing::NoSuchMessage, Missing::AlreadyDeleted, Missing::Gone];
    all.extend(missing.map(|missing| Refusal::NoMessage { number, missing }));
    all
}

#[test]
fn every_refusal_has_its_rule_in_both_languages() {
    for refusal in refusals() {
        let say = |language| crate::ui::explain::rule_text(rule(&refusal).0, &refusal, Words::new(language));
        let (english, japanese) = (say(Language::English), say(Language::Japanese));
        assert!(english.ends_with('.') && english.is_ascii(), "{refusal:?}: {english}");
        assert!(japanese.ends_with('。') && japanese != english, "{refusal:?}: {japanese}");
    }
}

fn fields(explained: &Explained) -> Vec<(FieldKind, String)> {
    let (_, message) = explained.message.as_ref().expect("a message of an exchange");
    let octets = message.octets.as_ref().unwrap();
    let field =
        |field: &Field| (field.kind, String::from_utf8_lossy(&octets[field.span.clone()]).into_owned());
    message.fields.iter().map(field).collect()
}

#[test]
fn an_initial_response_is_read_field_by_field_and_everyone_has_read_the_password() {
    let auth = explained(&["AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="], "AUTH");
    let said = [(FieldKind::Authcid, "alice".into()), (FieldKind::Password, "wonderland".into())];
    assert_eq!(fields(&auth), said);
    assert_eq!(auth.exposes, Some(Exposed::Password));
    assert_eq!(meanings(&auth)[2].1, id::KIND_RESPONSE);
}

#[test]
fn a_response_is_no_command_and_knows_its_exchange() {
    let lines = ["AUTH LOGIN", "YWxpY2U=", "d29uZGVybGFuZA=="];
    let (name, password) = (explained(&lines, "YWxpY2U="), explained(&lines, "d29u"));
    assert_eq!(meanings(&name), [("YWxpY2U=".into(), id::TOKEN_BASE64)]);
    assert_eq!(fields(&name), [(FieldKind::Authcid, "alice".into())]);
    assert_eq!((name.exposes, password.exposes), (None, Some(Exposed::Password)));
    assert_eq!(password.phases, Some((Phase::Exchange, Phase::Transaction)));
    assert_eq!(password.row.map(|row| row.verb), Some(Verb::Auth));
    let prompt = explained(&lines, "+ VXNl");
    assert_eq!(fields(&prompt)[0].0, FieldKind::Prompt);
}

#[test]
fn a_line_that_is_no_base64_and_one_that_cancels_are_told_apart() {
    let junk = explained(&["AUTH LOGIN", "!!!"], "!!!");
    let (_, message) = junk.message.as_ref().unwrap();
    assert_eq!(message.octets, Err(Flaw::NotBase64));
    assert!(matches!(junk.refusal, Some(Refusal::BadResponse(Flaw::NotBase64))));
    let star = explained(&["AUTH LOGIN", "*"], "*");
    assert_eq!(meanings(&star), [("*".into(), id::TOKEN_CANCEL)]);
    assert_eq!(star.refusal, Some(Refusal::Cancelled));
    // What follows is a command again.
    let next = explained(&["AUTH LOGIN", "*", "QUIT"], "QUIT");
    assert_eq!((meanings(&next)[0].1, next.message), (id::VERB_QUIT, None));
}

#[test]
fn a_digest_and_a_proof_can_be_guessed_at_and_inside_tls_nothing_can() {
    let through = |mechanism: &str, road: Road| {
        let mut lab = Lab::default();
        let (asks, shows) = (true, Shown::Own);
        let policy = Policy { security: road.security(), asks, shows, ..Policy::default() };
        lab.act(Wish::terms(policy, road.port()));
        lab.send(format!("AUTH {mechanism}\r\n").into_bytes());
        let mut exposed = Vec::new();
        loop {
            let view = lab.view();
            let held = view.connection().unwrap();
            if held.phase != Some(Phase::Exchange) {
                return exposed;
            }
            let next = moves(&view.scene(), &held).remove(0);
            lab.send(format!("{}\r\n", next.line).into_bytes());
            let view = lab.view();
            exposed.extend(view.with(|trace| {
                let rows = trace.rows(view.position).iter().rev();
                let mut lines = rows
                    .filter(|row| matches!(trace.records()[**row as usize].event, Event::ClientLine { .. }));
                explain(trace, view.position, *lines.next()?)?.exposes
            }));
        }
    };
    assert_eq!(through("CRAM-MD5", Road::Clear), [Exposed::Response]);
    assert_eq!(through("SCRAM-SHA-256", Road::Clear), [Exposed::Proof]);
    assert_eq!(through("PLAIN", Road::Clear), [Exposed::Password]);
    for row in MECHANISMS {
        assert_eq!(through(row.name, Road::Tls), []);
    }
}

//! Past and present, forks, and what is taken back.

use super::*;
use crate::net::TcpState;
use crate::pop3::Phase;

fn phase(lab: &Lab) -> Option<Phase> {
    lab.view().connection().and_then(|connection| connection.phase)
}

#[test]
fn the_page_opens_connected_and_greeted() {
    let lab = Lab::default();
    let connection = lab.view().connection().unwrap();
    assert!(connection.greeted && connection.is_open());
    assert_eq!(connection.tcp_client, TcpState::Established);
}

#[test]
fn typing_in_the_past_forks_there() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\n".to_vec());
    let after_user = lab.view().position;
    lab.send(b"PASS wonderland\r\n".to_vec());
    assert_eq!(phase(&lab), Some(Phase::Transaction));
    lab.look_at(after_user);
    assert_eq!(phase(&lab), Some(Phase::UserGiven));
    assert_eq!(lab.send(b"PASS wrong\r\n".to_vec()), Acted::Forked);
    assert_eq!(phase(&lab), Some(Phase::Authorization));
    assert!(!lab.view().is_past());
}

#[test]
fn a_fork_keeps_the_names_of_what_it_keeps() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\n".to_vec());
    let before = lab.view();
    lab.send(b"PASS wonderland\r\n".to_vec());
    let after = lab.view().key(before.end as u32);
    lab.look_at(before.position);
    lab.send(b"PASS wrong\r\n".to_vec());
    let forked = lab.view();
    assert!(forked.inherited() >= before.position);
    assert_eq!(forked.key(0), before.key(0));
    assert_ne!(forked.key(before.end as u32), after);
}

#[test]
fn looking_at_the_past_changes_nothing() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\n".to_vec());
    let end = lab.view().end;
    lab.look_at(0);
    assert_eq!(lab.view().connection(), None);
    lab.look_at(end);
    assert_eq!(lab.view().end, end);
    assert!(!lab.view().is_past());
}

#[test]
fn starting_over_brings_removed_mail_back() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\nPASS wonderland\r\nDELE 1\r\nQUIT\r\n".to_vec());
    assert_eq!(lab.view().scene().mailboxes["alice"].messages.len(), 7);
    lab.start_over();
    assert_eq!(lab.view().scene().mailboxes["alice"].messages.len(), 8);
}

fn rows(lab: &Lab) -> usize {
    lab.view().with(|trace| trace.rows(trace.len()).len())
}

#[test]
fn undo_takes_back_the_last_line_and_redo_does_it_again() {
    let mut lab = Lab::default();
    assert!(!lab.can_undo() && !lab.can_redo());
    lab.send(b"USER alice\r\n".to_vec());
    let before = (phase(&lab), rows(&lab));
    lab.send(b"PASS wonderland\r\n".to_vec());
    let after = (phase(&lab), rows(&lab));
    lab.undo();
    assert_eq!((phase(&lab), rows(&lab)), before);
    lab.redo();
    assert_eq!((phase(&lab), rows(&lab)), after);
    lab.undo();
    lab.undo();
    assert!(!lab.can_undo());
    assert_eq!(phase(&lab), Some(Phase::Authorization));
    lab.send(b"STAT\r\n".to_vec());
    assert!(!lab.can_redo());
}

#[test]
fn undo_of_a_fork_brings_the_lost_future_back() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\n".to_vec());
    let past = lab.view().position;
    lab.send(b"PASS wonderland\r\n".to_vec());
    let (end, all) = (lab.view().end, rows(&lab));
    lab.look_at(past);
    assert_eq!(lab.send(b"QUIT\r\n".to_vec()), Acted::Forked);
    assert_eq!(phase(&lab), Some(Phase::Closed));
    lab.undo();
    assert_eq!((lab.view().position, lab.view().end, rows(&lab)), (past, end, all));
    lab.redo();
    assert_eq!(phase(&lab), Some(Phase::Closed));
}

#[test]
fn undo_of_starting_over_brings_the_session_back() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\nPASS wonderland\r\n".to_vec());
    let all = rows(&lab);
    lab.start_over();
    assert_ne!(rows(&lab), all);
    lab.undo();
    assert_eq!((phase(&lab), rows(&lab)), (Some(Phase::Transaction), all));
}

#[test]
fn a_long_answer_comes_in_slices_and_loses_nothing() {
    let lines = b"USER alice\r\nPASS wonderland\r\nRETR 7\r\nRETR 7\r\nRETR 7\r\n";
    let mut whole = Lab::default();
    whole.send(lines.to_vec());
    let mut sliced = Lab::default();
    sliced.act(vec![Wish::send(lines.to_vec())]);
    assert!(sliced.is_running());
    // What is typed meanwhile waits for its turn.
    sliced.act(vec![Wish::send(b"STAT\r\n".to_vec())]);
    while sliced.go_on() {}
    whole.send(b"STAT\r\n".to_vec());
    assert_eq!(sliced.view().end, whole.view().end);
    sliced.undo();
    while sliced.go_on() {}
    assert!(sliced.can_undo());
    assert_eq!(sliced.view().with(|trace| trace.scene(trace.len()).downloads.len()), 3);
}

#[test]
fn walking_shows_one_moment_after_the_other_and_is_not_the_past() {
    let mut lab = Lab::default();
    let before = lab.view().end;
    lab.send(b"USER alice\r\n".to_vec());
    assert!(lab.walk_from(before));
    assert!(!lab.view().is_past() && lab.view().position == before);
    lab.send(b"QUIT\r\n".to_vec());
    assert_eq!(phase(&lab), Some(Phase::Closed));
}

//! What is marked where, for each fault.

use super::*;
use crate::pki::Fault;
use crate::policy::{Policy, Security};
use crate::tls::Trust;
use crate::trace::Outcome;
use crate::ui::lab::Lab;
use crate::ui::wish::Wish;
use std::rc::Rc;

/// What a server with this fault shows.
fn presented(fault: Option<Fault>, verify: bool) -> Rc<Presented> {
    let mut lab = Lab::default();
    let policy = Policy { security: Security::TlsAtOnce, fault, verify, ..Policy::default() };
    lab.act(Wish::terms(policy, 995));
    while lab.go_on() {}
    lab.view().connection().unwrap().presented.clone().expect("certificates were shown")
}

/// The tree in short, a line for each place: who has it, whose it is, and what is wrong.
fn told(presented: &Presented) -> Vec<String> {
    let Tree { places, held, unused } = tree(presented);
    let flaw = |flaw: &Verdict| {
        let text = format!("{flaw:?}");
        text.split([' ', '{']).next().unwrap_or_default().to_owned()
    };
    let link = |link: &Link| {
        let says = link.says.as_ref().map_or("?", |says| &says.subject);
        let flaws: Vec<String> = link.flaws.iter().map(flaw).collect();
        format!("{:?} {says}: {}", link.whose, flaws.join(" "))
    };
    let place = |place: &Place| match place {
        Place::Link(held) => link(held),
        Place::Gap { name, flaw: why } => format!("Gap {name}: {}", flaw(why)),
    };
    let beside = held.iter().map(|held| format!("beside {}", link(held)));
    let unused = unused.iter().map(|held| format!("unused {}", link(held)));
    places.iter().map(place).chain(beside).chain(unused).collect()
}

const ROOT: &str = "Held POP3 Lab Root: ";
const MIDDLE: &str = "Sent POP3 Lab Intermediate: ";

#[test]
fn each_fault_is_marked_where_it_is() {
    let host = "pop3lab.example";
    let leaf = |flaws: &str| format!("Sent {host}: {flaws}");
    let [root, middle] = [ROOT, MIDDLE].map(str::to_owned);
    let beside = format!("beside {ROOT}");
    for (fault, expected) in [
        (None, vec![root.clone(), middle.clone(), leaf("")]),
        (Some(Fault::Expired), vec![root.clone(), middle.clone(), leaf("Expired")]),
        (Some(Fault::NotYetValid), vec![root.clone(), middle.clone(), leaf("NotYetValid")]),
        (
            Some(Fault::OtherHost),
            vec![root.clone(), middle.clone(), "Sent pop.elsewhere.example: OtherName".into()],
        ),
        (Some(Fault::ByAddress), vec![root.clone(), middle, leaf("ByAddress")]),
        (Some(Fault::SelfSigned), vec![leaf("SelfSigned"), beside.clone()]),
        (
            Some(Fault::UnknownAuthority),
            vec![
                "Sent Root Nobody Asked For: UnknownAuthority".into(),
                "Sent Intermediate Nobody Asked For: ".into(),
                leaf(""),
                beside.clone(),
            ],
        ),
        (
            Some(Fault::MissingIntermediate),
            vec!["Gap POP3 Lab Intermediate: MissingIntermediate".into(), leaf(""), beside],
        ),
        (
            Some(Fault::WrongClock),
            vec![root, "Sent POP3 Lab Intermediate: ClockIsWrong".into(), leaf("ClockIsWrong")],
        ),
    ] {
        // Who does not verify, or made an exception, sees the same flaws.
        for verify in [true, false] {
            assert_eq!(told(&presented(fault, verify)), expected, "{fault:?}");
        }
    }
}

#[test]
fn what_the_mail_program_thought_of_it_is_kept() {
    assert_eq!(presented(None, true).outcome, Outcome::Trusted(Trust::Verified));
    assert_eq!(presented(None, false).outcome, Outcome::Trusted(Trust::Unchecked));
    assert_eq!(presented(Some(Fault::SelfSigned), true).outcome, Outcome::Refused(Verdict::SelfSigned));
}

#[test]
fn an_exception_opens_the_line_and_one_undo_takes_it_back_with_the_connection() {
    let mut lab = Lab::default();
    let policy = Policy { security: Security::TlsAtOnce, fault: Some(Fault::OtherHost), ..Policy::default() };
    lab.act(Wish::terms(policy, 995));
    while lab.go_on() {}
    let refused = lab.view().connection().unwrap();
    let certificate = fingerprint(&refused.refused.as_ref().unwrap().1[0]);
    lab.act(Wish::trust(certificate));
    while lab.go_on() {}
    let trusted = lab.view().connection().unwrap();
    assert_eq!(trusted.secured.as_ref().unwrap().trust, Some(Trust::Exception));
    assert!(trusted.refused.is_none() && trusted.is_open());
    lab.undo();
    assert_eq!(lab.view().connection().unwrap(), refused);
}

#[test]
fn octets_that_are_no_certificate_break_nothing() {
    let mut shown = (*presented(None, true)).clone();
    for chain in [vec![], vec![vec![]], vec![b"no certificate".to_vec(), shown.chain[1].clone()]] {
        shown.chain = chain.clone().into();
        let tree = tree(&shown);
        assert_eq!(tree.places.len(), chain.len().min(1));
        assert_eq!(tree.held.len(), 1);
        assert_eq!(tree.unused.len(), chain.len().saturating_sub(1));
    }
}

#[test]
fn what_was_sent_to_no_purpose_is_told_apart() {
    let mut shown = (*presented(None, true)).clone();
    let stranger = presented(Some(Fault::UnknownAuthority), true);
    shown.chain = [&shown.chain[..], &stranger.chain[2..]].concat().into();
    assert_eq!(told(&shown).last().unwrap(), "unused Sent Root Nobody Asked For: ");
    shown.chain = [&shown.chain[..2], &shown.roots[..]].concat().into();
    assert_eq!(told(&shown), ["Both POP3 Lab Root: ", MIDDLE, "Sent pop3lab.example: "]);
}

#[test]
fn the_line_of_time_has_room_for_all_moments() {
    let shown = presented(Some(Fault::WrongClock), true);
    let says = certificate(&shown.chain[0]).unwrap();
    let Span { from, until, today, clock } = span(&says, &shown);
    assert_eq!((clock, until), (0, 1000));
    assert!(0 < from && from < today && today < until);
    let past = Presented { clock: i64::MIN, today: i64::MAX, ..(*shown).clone() };
    let Span { clock, today, .. } = span(&says, &past);
    assert_eq!((clock, today), (0, 1000));
}

#[test]
fn pem_is_what_other_programs_read() {
    let octets: Vec<u8> = (0..100).collect();
    let text = pem(&octets);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        (lines[0], *lines.last().unwrap()),
        ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----")
    );
    let body = &lines[1..lines.len() - 1];
    assert_eq!(body.iter().map(|line| line.len()).collect::<Vec<_>>(), [64, 64, 8]);
    assert_eq!(STANDARD.decode(body.concat()).unwrap(), octets);
    assert_eq!(colons(&[0x0a, 0xff]), "0A:FF");
}

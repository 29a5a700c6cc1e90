//! Sheets of whole sessions.

use super::*;
use crate::policy::{Policy, Road, Shown, Versions};
use crate::ui::lab::Lab;
use crate::ui::wish::Wish;
use crate::world::Setup;

const SESSION: [&str; 5] = ["USER alice", "PASS wonderland", "LIST", "RETR 1", "QUIT"];

fn types(lab: &mut Lab, lines: &[&str]) {
    lines.iter().for_each(|line| _ = lab.send(format!("{line}\r\n").into_bytes()));
}

fn takes(road: Road, versions: Versions) -> Lab {
    let policy = Policy { security: road.security(), offers: versions, ..Policy::default() };
    let mut lab = Lab::new(Setup::default());
    lab.act(Wish::terms(policy, road.port()));
    while lab.go_on() {}
    lab
}

fn heard(lab: &Lab) -> Ledger {
    let mut ledger = Ledger::default();
    let view = lab.view();
    assert!(!view.with(|trace| read(&mut ledger, trace, view.end, usize::MAX)));
    ledger
}

/// What stands on each line of the latest connection.
fn told(ledger: &Ledger) -> Vec<(About, &'static str)> {
    let (sheets, _) = sheets(ledger.notebook(), 1);
    let says = |line: &Line| match line.says {
        Says::Blank => "blank",
        Says::Sealed => "sealed",
        Says::Known(_) => "known",
        Says::Records { .. } | Says::Guesses(_) => "from outside",
    };
    sheets[0].sections.iter().flat_map(|(_, lines)| lines).map(|line| (line.about, says(line))).collect()
}

fn says(ledger: &Ledger, about: About) -> Option<&'static str> {
    told(ledger).into_iter().find_map(|(of, says)| (of == about).then_some(says))
}

#[test]
fn in_the_clear_the_blanks_are_filled_in() {
    let mut lab = Lab::default();
    let fresh = heard(&lab);
    assert_eq!(says(&fresh, About::Password), Some("blank"));
    assert_eq!(says(&fresh, About::Banner), Some("known"));
    types(&mut lab, &SESSION);
    let all = heard(&lab);
    for about in [About::UserName, About::Password, About::Login, About::Sizes, About::Messages, About::Quit]
    {
        assert_eq!(says(&all, about), Some("known"), "{about:?}");
    }
    // It is over: what was never said is not waited for.
    assert_eq!(says(&all, About::UniqueIds), None);
    assert!(told(&all).iter().all(|(_, says)| *says == "known"));
}

#[test]
fn inside_tls_the_same_lines_are_sealed() {
    let mut lab = takes(Road::Tls, Versions::Tls13);
    types(&mut lab, &SESSION);
    let all = heard(&lab);
    let sealed = told(&all).into_iter().filter(|(_, says)| *says == "sealed").map(|(about, _)| about);
    let expected = [
        About::UserName,
        About::Password,
        About::Login,
        About::Banner,
        About::Capabilities,
        About::Quit,
        About::Certificate,
        About::MailCount,
        About::Sizes,
        About::UniqueIds,
        About::Messages,
        About::Deleted,
    ];
    assert_eq!(sealed.collect::<Vec<_>>(), expected);
    assert_eq!(says(&all, About::ServerName), Some("known"));
    assert_eq!(says(&all, About::Guesses), Some("from outside"));
}

#[test]
fn a_sheet_in_the_clear_and_a_sealed_one_have_their_lines_in_the_same_order() {
    let clear = told(&heard(&Lab::default()));
    let sealed: Vec<About> =
        told(&heard(&takes(Road::Tls, Versions::Tls13))).into_iter().map(|(about, _)| about).collect();
    let of_clear: Vec<About> =
        clear.into_iter().map(|(about, _)| about).filter(|about| *about != About::Stamp).collect();
    let shared: Vec<About> = sealed.into_iter().filter(|about| of_clear.contains(about)).collect();
    assert_eq!(shared, of_clear);
}

#[test]
fn a_certificate_is_known_under_1_2_only() {
    for (versions, expected) in [(Versions::Tls12, "known"), (Versions::Tls13, "sealed")] {
        let all = heard(&takes(Road::Tls, versions));
        assert_eq!(says(&all, About::Certificate), Some(expected), "{versions:?}");
    }
}

#[test]
fn who_shows_a_certificate_is_known_under_1_2_only() {
    for (offers, shows, expected) in [
        (Versions::Tls12, Shown::Own, Some("known")),
        (Versions::Tls12, Shown::Expired, Some("known")),
        (Versions::Tls12, Shown::None, None),
        (Versions::Tls13, Shown::Own, None),
    ] {
        let security = Road::Tls.security();
        let mut lab = Lab::new(Setup::default());
        lab.act(Wish::terms(Policy { security, offers, asks: true, shows, ..Policy::default() }, 995));
        while lab.go_on() {}
        let all = heard(&lab);
        assert_eq!(says(&all, About::Person), expected, "{offers:?} {shows:?}");
        // That of the server is another.
        let (sheets, _) = sheets(all.notebook(), 1);
        let lines = sheets.iter().flat_map(|sheet| &sheet.sections).flat_map(|(_, lines)| lines);
        let certificates = lines.filter(|line| line.about == About::Certificate);
        let known = certificates.map(|line| if let Says::Known(of) = &line.says { of.len() } else { 0 });
        assert_eq!(known.sum::<usize>(), usize::from(offers == Versions::Tls12));
    }
}

#[test]
fn stls_keeps_what_was_said_before_it_and_seals_the_rest() {
    let mut lab = takes(Road::Stls, Versions::Tls13);
    types(&mut lab, &["CAPA", "STLS", "CAPA", "USER alice", "PASS wonderland"]);
    let all = heard(&lab);
    for (about, expected) in [
        (About::Banner, "known"),
        (About::Capabilities, "known"),
        (About::Stls, "known"),
        (About::UserName, "sealed"),
        (About::Password, "sealed"),
    ] {
        assert_eq!(says(&all, about), Some(expected), "{about:?}");
    }
}

#[test]
fn the_latest_connection_comes_first_and_the_earlier_ones_are_counted() {
    let mut lab = Lab::default();
    for _ in 0..3 {
        lab.drop_line();
        lab.does(Wish::connect());
    }
    let all = heard(&lab);
    let (two, earlier) = sheets(all.notebook(), 2);
    assert_eq!((two.iter().map(|sheet| sheet.connection).collect::<Vec<_>>(), earlier), (vec![3, 2], 2));
}

#[test]
fn only_what_the_last_telling_frame_told_is_newest() {
    let mut lab = Lab::default();
    types(&mut lab, &["USER alice", "PASS wonderland"]);
    let all = heard(&lab);
    let (sheets, _) = sheets(all.notebook(), 9);
    let lines = sheets.iter().flat_map(|sheet| &sheet.sections).flat_map(|(_, lines)| lines);
    let newest: Vec<About> = lines.filter(|line| line.newest).map(|line| line.about).collect();
    assert_eq!(newest, [About::Login]);
}

#[test]
fn reading_in_slices_gives_the_same_notebook() {
    let mut lab = Lab::default();
    types(&mut lab, &SESSION);
    let view = lab.view();
    let mut sliced = Ledger::default();
    let mut slices = 1;
    while view.with(|trace| read(&mut sliced, trace, view.end, 7)) {
        slices += 1;
    }
    assert_eq!(sliced.entries(), heard(&lab).entries());
    assert_eq!(slices, view.with(|trace| trace.frames(view.end).len().div_ceil(7)));
}

#[test]
fn a_digest_tells_the_name_as_well() {
    let mut lab = Lab::default();
    types(&mut lab, &["APOP alice 0123456789abcdef0123456789abcdef"]);
    let all = heard(&lab);
    assert_eq!((says(&all, About::UserName), says(&all, About::Password)), (Some("known"), Some("known")));
}

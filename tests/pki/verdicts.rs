//! What refusals mean that no single fault makes, and chains that mean harm.

use super::{ADDRESS, DAY, HOST, NOW};
use oorandom::Rand32;
use pop3lab::pki::{Fault, Pki, Problem, Verdict, issue, verdict};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PROBLEMS: [Problem; 5] =
    [Problem::Expired, Problem::NotYetValid, Problem::WrongName, Problem::UnknownIssuer, Problem::Other];

/// The verdict on these certificates, asked for by this name at the right time.
fn on(pki: &Pki, problem: Problem, asked: &str) -> Verdict {
    verdict(problem, &pki.chain, &pki.roots, asked, NOW, NOW)
}

fn at(fault: Option<Fault>, problem: Problem, clock: i64) -> Verdict {
    let pki = issue(7, HOST, NOW, fault);
    verdict(problem, &pki.chain, &pki.roots, HOST, clock, NOW)
}

#[test]
fn a_clock_is_wrong_only_if_the_calendar_says_otherwise() {
    let wrong = |verdict| matches!(verdict, Verdict::ClockIsWrong { .. });
    let years = 365 * DAY;
    assert!(wrong(at(None, Problem::Expired, NOW + years)));
    assert!(wrong(at(None, Problem::NotYetValid, NOW - years)));
    // Expired in truth, though the clock is wrong as well.
    assert!(matches!(at(Some(Fault::Expired), Problem::Expired, NOW + 9 * years), Verdict::Expired { .. }));
    // Expired in truth, but by this clock it is too new.
    assert!(wrong(at(Some(Fault::Expired), Problem::NotYetValid, NOW - 9 * years)));
    assert!(wrong(at(Some(Fault::NotYetValid), Problem::Expired, NOW + 9 * years)));
    assert!(matches!(
        at(Some(Fault::NotYetValid), Problem::NotYetValid, NOW - 9 * years),
        Verdict::NotYetValid { .. }
    ));
}

#[test]
fn a_time_that_suits_all_certificates_is_no_reason() {
    assert_eq!(at(None, Problem::Expired, NOW), Verdict::Other);
    assert_eq!(at(None, Problem::NotYetValid, NOW), Verdict::Other);
}

#[test]
fn an_intermediate_that_has_expired_counts_too() {
    let mut pki = issue(7, HOST, NOW, None);
    pki.chain[1] = issue(7, HOST, NOW - 9 * 365 * DAY, None).chain.remove(1);
    let Verdict::Expired { since } = on(&pki, Problem::Expired, HOST) else { panic!("it has expired") };
    assert!((NOW - 3 * 365 * DAY..NOW).contains(&since), "{since}");
}

#[test]
fn names_are_matched_as_a_verifier_matches_them() {
    let star = issue(7, "*.mail.example", NOW, None);
    // These do match, so the name is not the reason.
    assert_eq!(on(&star, Problem::WrongName, "pop.mail.example"), Verdict::Other);
    assert_eq!(on(&star, Problem::WrongName, "POP.mail.example."), Verdict::Other);
    for asked in ["mail.example", "a.pop.mail.example", "pop.mail.example.org", ""] {
        let names = vec!["*.mail.example".to_owned()];
        assert_eq!(on(&star, Problem::WrongName, asked), Verdict::OtherName { names, asked: asked.into() });
    }
    let beyond = issue(7, "bücher.example", NOW, None);
    assert_eq!(on(&beyond, Problem::WrongName, "Bücher.example"), Verdict::Other);
    let Verdict::OtherName { names, .. } = on(&beyond, Problem::WrongName, "bucher.example") else {
        panic!("another name")
    };
    assert_eq!(names, ["xn--bcher-kva.example"]);
}

#[test]
fn an_address_is_a_name_only_if_the_certificate_has_that_address() {
    let pki = issue(7, ADDRESS, NOW, None);
    assert_eq!(on(&pki, Problem::WrongName, ADDRESS), Verdict::Other);
    for address in ["192.0.2.111", "[2001:db8::1]", "::1"] {
        let names = vec![ADDRESS.to_owned()];
        let expected = Verdict::ByAddress { address: address.into(), names };
        assert_eq!(on(&pki, Problem::WrongName, address), expected);
    }
}

#[test]
fn a_root_that_is_not_sent_is_missed_all_the_same() {
    let mut pki = issue(7, HOST, NOW, Some(Fault::UnknownAuthority));
    let expected = Verdict::UnknownAuthority { authority: "Root Nobody Asked For".into() };
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), expected);
    pki.chain.truncate(2);
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), expected);
    pki.chain.truncate(1);
    let issuer = "Intermediate Nobody Asked For".into();
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), Verdict::MissingIntermediate { issuer });
}

#[test]
fn the_order_of_what_is_sent_after_the_first_does_not_matter() {
    let mut pki = issue(7, HOST, NOW, Some(Fault::UnknownAuthority));
    pki.chain.swap(1, 2);
    let expected = Verdict::UnknownAuthority { authority: "Root Nobody Asked For".into() };
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), expected);
}

#[test]
fn an_intermediate_of_others_does_not_hide_that_the_right_one_is_missing() {
    let mut pki = issue(7, HOST, NOW, Some(Fault::MissingIntermediate));
    pki.chain.push(issue(7, HOST, NOW, Some(Fault::UnknownAuthority)).chain.remove(1));
    let issuer = "POP3 Lab Intermediate".into();
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), Verdict::MissingIntermediate { issuer });
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_unknown() {
    let mut pki = issue(7, HOST, NOW, None);
    pki.roots = issue(8, HOST, NOW, None).roots;
    let authority = "POP3 Lab Root".into();
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), Verdict::UnknownAuthority { authority });
}

#[test]
fn a_chain_that_leads_to_a_root_is_no_reason() {
    let mut pki = issue(7, HOST, NOW, None);
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), Verdict::Other);
    pki.chain.push(pki.roots[0].clone());
    assert_eq!(on(&pki, Problem::UnknownIssuer, HOST), Verdict::Other);
    let alone = issue(7, HOST, NOW, Some(Fault::SelfSigned));
    let held = Pki { roots: alone.chain.clone(), ..alone };
    assert_eq!(on(&held, Problem::UnknownIssuer, HOST), Verdict::Other);
}

#[test]
fn octets_that_are_no_certificates_explain_nothing() {
    for chain in [vec![], vec![vec![]], vec![b"+OK".to_vec()]] {
        for problem in PROBLEMS {
            assert_eq!(verdict(problem, &chain, &chain, HOST, NOW, NOW), Verdict::Other);
        }
    }
}

#[test]
fn no_chain_makes_the_explanation_fail() {
    let mut random = Rand32::new(2595);
    let sound: Vec<Pki> = Fault::ALL.into_iter().map(|fault| issue(7, HOST, NOW, Some(fault))).collect();
    let names = ["", HOST, ADDRESS, "[::1]", "*.example", "日本語。example", ".", "a..b"];
    let mut seen = [0; 2];
    for round in 0..20_000 {
        let pki = &sound[round % sound.len()];
        let mut chain: Vec<Vec<u8>> = pki.chain.iter().chain(&pki.roots).cloned().collect();
        for _ in 0..random.rand_range(0..4) {
            let at = random.rand_range(0..chain.len() as u32) as usize;
            let place = random.rand_range(0..chain[at].len().max(1) as u32) as usize;
            match random.rand_range(0..6) {
                0 => chain[at].truncate(place),
                1 => chain.rotate_left(at),
                2 => chain.push(chain[at].clone()),
                _ => {
                    if let Some(octet) = chain[at].get_mut(place) {
                        *octet = random.rand_u32() as u8;
                    }
                }
            }
        }
        let asked = names[random.rand_range(0..names.len() as u32) as usize];
        let times = [i64::MIN, -1, 0, NOW, i64::MAX];
        let mut time = || times[random.rand_range(0..5) as usize];
        let problem = PROBLEMS[round / 7 % 5];
        let verdict = verdict(problem, &chain, &pki.roots, asked, time(), time());
        seen[usize::from(verdict == Verdict::Other)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 2000), "one of both is rare: {seen:?}");
}

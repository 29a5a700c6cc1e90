//! Links are read as they are meant, written as short as can be, and nothing in them breaks the page.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What a link asks for that is not as it usually is.
fn asked(change: impl FnOnce(&mut Asked)) -> Asked {
    let mut asked = Asked::default();
    change(&mut asked);
    asked
}

#[test]
fn the_page_alone_is_the_usual_comparison() {
    assert_eq!(read(""), Ok(Asked::default()));
    assert_eq!(write(&Asked::default()), "#/compare");
    assert_eq!(Asked::default().plan.script.lines.len(), 7);
}

#[test]
fn every_setting_is_read_and_written_back() {
    let query = "cmd=NOOP|PASS%20a%7Cb&rtt=250&loss=2.5&tls=1.2&110=no-login&stls=expired,no-stls,if-offered\
                 &995=other-host,no-verify&seed=7&end=lost&at=12&by=packet";
    let read = read(query).unwrap();
    let Plan { script, link, seed, lanes } = &read.plan;
    assert_eq!(script.lines, ["NOOP", "PASS a|b"]);
    assert_eq!((script.ending, *seed), (Ending::LineLost, 7));
    assert_eq!(*link, LinkConfig { latency: 125_000, loss_per_mille: 25 });
    assert!(lanes.iter().all(|terms| terms.policy.offers == Versions::Tls12));
    let [clear, stls, tls] = lanes.map(|terms| terms.policy);
    assert!(!clear.login_in_the_clear && stls.login_in_the_clear);
    assert_eq!(
        (stls.fault, stls.stls, stls.security),
        (Some(Fault::Expired), false, Security::StlsIfOffered)
    );
    assert_eq!((tls.fault, tls.verify, tls.stls), (Some(Fault::OtherHost), false, true));
    assert_eq!((read.grain, read.step), (Grain::Packet, 12));
    assert_eq!(write(&read), format!("#/compare?{query}"));
}

#[test]
fn an_empty_script_is_not_the_usual_one() {
    let silent = asked(|asked| asked.plan.script.lines.clear());
    assert_eq!(write(&silent), "#/compare?cmd=");
    assert_eq!(read("cmd="), Ok(silent));
}

#[test]
fn what_others_made_of_a_link_is_read_all_the_same() {
    let quit = asked(|asked| asked.plan.script.lines = vec!["RETR 1".into(), "QUIT".into()]);
    for query in
        ["cmd=RETR+1|QUIT", "&cmd=RETR%201||%20QUIT&", "cmd=%52ETR 1|QUIT|%0D%0A", "cmd=QUIT&cmd=RETR 1|QUIT"]
    {
        assert_eq!(read(query), Ok(quit.clone()), "{query}");
    }
    assert_eq!(read("stls=expired%2Cno-verify"), read("stls=expired,no-verify"));
}

#[test]
fn a_round_trip_of_nothing_is_the_shortest_there_is() {
    let near = read("rtt=0").unwrap();
    assert_eq!(near.plan.link.latency, 1);
    assert_eq!(write(&near), "#/compare?rtt=0");
}

#[test]
fn what_cannot_be_set_is_said() {
    for value in [
        "rtt=5001",
        "rtt=",
        "rtt=-1",
        "rtt=1.5",
        "rtt=4a",
        "rtt=99999999999999999999",
        "loss=60.1",
        "loss=61",
        "loss=1.25",
        "loss=.5",
        "loss=5.",
        "loss=%2B5",
        "tls=1.4",
        "tls=",
        "end=",
        "end=never",
        "by=letter",
        "at=4294967296",
        "seed=-1",
        "110=",
        "110=no-mail",
        "stls=expired,,no-verify",
        "995=Expired",
    ] {
        let said = value.replace("%2B", "+");
        assert_eq!(read(value), Err(Trouble::Value(said)), "{value}");
    }
    assert_eq!(read("road=995"), Err(Trouble::Setting("road".into())));
    for broken in ["cmd=%", "rtt=%ff", "110=%2"] {
        assert!(matches!(read(broken), Err(Trouble::Encoding(_))), "{broken}");
    }
    assert_eq!(read(&format!("cmd={}", "NOOP|".repeat(MOST_LINES + 1))), Err(Trouble::TooLong));
    assert_eq!(read(&format!("cmd={}", "a".repeat(LONGEST + 1))), Err(Trouble::TooLong));
}

#[test]
fn a_script_that_no_link_can_say_is_known_beforehand() {
    let lines = |count: usize| asked(|asked| asked.plan.script.lines = vec!["NOOP".into(); count]);
    assert!(lines(MOST_LINES).fits() && !lines(MOST_LINES + 1).fits());
    assert_eq!(read(write(&lines(MOST_LINES)).trim_start_matches("#/compare?")), Ok(lines(MOST_LINES)));
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    fn terms(road: Road, versions: Versions) -> impl Strategy<Value = Terms> {
        let fault = proptest::option::of(proptest::sample::select(Fault::ALL.to_vec()));
        (fault, any::<[bool; 3]>(), any::<bool>()).prop_map(move |(fault, [verify, stls, login], offered)| {
            let mut terms = Terms::of(road);
            let policy = &mut terms.policy;
            (policy.fault, policy.verify, policy.stls) = (fault, verify, stls);
            (policy.login_in_the_clear, policy.offers) = (login, versions);
            if road == Road::Stls && offered {
                policy.security = Security::StlsIfOffered;
            }
            terms
        })
    }

    fn any_asked() -> impl Strategy<Value = Asked> {
        let text = proptest::collection::vec(any::<String>(), 0..8).prop_map(|lines| lines.join("\n"));
        let versions = proptest::sample::select(Versions::ALL.to_vec());
        let lanes = versions.prop_flat_map(|versions| {
            let [clear, stls, tls] = Road::ALL.map(|road| terms(road, versions));
            (clear, stls, tls)
        });
        let link = (0..=LONGEST_TRIP, 0..=MOST_LOSS);
        let looks = (proptest::sample::select(Grain::ALL.to_vec()), any::<u32>());
        (text, any::<bool>(), link, any::<u64>(), lanes, looks).prop_map(
            |(text, lost, (trip, loss), seed, lanes, (grain, step))| {
                let ending = if lost { Ending::LineLost } else { Ending::AsSaid };
                let script = Script::read(&text.replace('\r', "\n"), ending);
                let link = LinkConfig { latency: (trip * 500).max(1), loss_per_mille: loss as u16 };
                Asked { plan: Plan { script, link, seed, lanes: lanes.into() }, grain, step: step as usize }
            },
        )
    }

    proptest! {
        #[test]
        fn every_comparison_is_asked_for_again_by_its_link(asked in any_asked()) {
            let link = write(&asked);
            prop_assert!(link.bytes().all(|octet| octet.is_ascii_graphic()), "{link}");
            let query = link.strip_prefix("#/compare").unwrap().trim_start_matches('?');
            prop_assert_eq!(read(query), Ok(asked));
        }

        #[test]
        fn no_link_breaks_the_page(query in "([a-z0-9]{0,4}|cmd|rtt|loss|110|stls|at|by)(=|&|%|[0-9a-f]{2}|\\PC|,|\\|){0,30}") {
            _ = read(&query);
        }
    }
}

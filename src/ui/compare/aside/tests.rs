//! What stands beside the lanes, rendered.

use super::*;
use crate::i18n::Language;
use crate::pki::Fault;
use crate::world::comparison::Ending;
use std::sync::mpsc;
use yew::LocalServerRenderer;
use yew::platform::Runtime;

#[derive(Properties, PartialEq)]
struct StageProps {
    language: u8,
    plan: Plan,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    let words = Words::new(Language::ALL[props.language as usize]);
    html! {
        <ContextProvider<Words> context={words}>
            <Aside shown={None} plan={props.plan.clone()} on_plan={Callback::noop()} />
        </ContextProvider<Words>>
    }
}

/// What stands beside the lanes, in English and in Japanese.
fn drawn(plan: &Plan) -> [String; 2] {
    [0, 1].map(|language| {
        let (tell, told) = mpsc::channel();
        let plan = plan.clone();
        Runtime::default().spawn_pinned(move || async move {
            let props = StageProps { language, plan };
            let page = LocalServerRenderer::<Stage>::with_props(props).hydratable(false).render().await;
            tell.send(page).expect("the test waits for the page");
        });
        told.recv().expect("it renders")
    })
}

fn plan(text: &str) -> Plan {
    Plan::new(Script::read(text, Ending::AsSaid))
}

/// The start tag of the element with this test id.
fn tag<'a>(page: &'a str, id: &str) -> &'a str {
    let wanted = format!(" data-testid=\"{id}\"");
    let mut tags = page.split('<').filter(|tag| tag.contains(&wanted));
    let found = tags.next().unwrap_or_else(|| panic!("no {id}"));
    assert!(tags.next().is_none(), "{id} is there twice");
    found.split('>').next().unwrap()
}

#[test]
fn everything_that_can_be_set_has_its_name_once() {
    for page in drawn(&plan("NOOP")) {
        let ids = "script line-lost script-state script-lines ready-read ready-look ready-wrong-password ready-keep-one \
            ready-line-lost ready-apop rtt loss seed die tls-version terms-reset terms-110 terms-stls terms-995 login-110 \
            login-stls when-stls offered-stls fault-stls verify-stls fault-995 verify-995";
        ids.split(' ').filter(|id| !id.is_empty()).for_each(|id| _ = tag(&page, id));
        assert!(!page.contains("fault-110") && !page.contains("script-back") && !page.contains(" style="));
    }
}

#[test]
fn a_line_that_will_be_refused_says_so_with_its_number_and_the_rule() {
    let [english, japanese] = drawn(&plan("USER alice\nPASS wonderland\nRETR 99\nQUIT\n"));
    assert!(english.contains("Line 3 will not be done.") && english.contains("There is no message 99"));
    assert!(japanese.contains("3 行目は実行されません。") && japanese.contains("99 番のメールはありません"));
    assert_eq!(english.matches("data-severity=\"wrong\"").count(), 1);
    assert_eq!(english.matches("data-severity=\"fine\"").count(), 3);
    assert!(english.contains("says whose mailbox is meant"));
}

#[test]
fn the_ready_script_that_is_there_is_pressed() {
    let [page, _] = drawn(&plan("APOP alice md5(wonderland)\nSTAT\nQUIT"));
    assert!(tag(&page, "ready-apop").contains("aria-pressed=\"true\""));
    assert_eq!(page.matches("aria-pressed=\"true\"").count(), 1);
    let [page, _] = drawn(&plan("QUIT"));
    assert_eq!(page.matches("aria-pressed=\"true\"").count(), 0);
}

#[test]
fn a_lane_that_is_not_as_its_road_is_meant_says_so() {
    let mut changed = plan("QUIT");
    changed.lanes[2].policy.fault = Some(Fault::Expired);
    let [page, _] = drawn(&changed);
    let lane = &page[page.find("terms-995").unwrap()..];
    assert!(
        lane.contains("class=\"changed\"") && !page[..page.len() - lane.len()].contains("class=\"changed\"")
    );
    assert!(tag(&page, "terms-reset").contains("aria-disabled=\"false\""));
    assert!(tag(&drawn(&plan("QUIT"))[0], "terms-reset").contains("aria-disabled=\"true\""));
}

#[test]
fn what_a_script_says_is_text_and_no_page() {
    let [page, _] = drawn(&plan("<img src=x>\nUSER <b>\n"));
    assert!(!page.contains("<img") && !page.contains("<b>\n") && page.contains("&lt;img"));
}

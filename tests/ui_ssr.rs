//! The page as its components render it, without a browser: landmarks, rows, machines, and that
//! nothing of it needs more than the page's policy allows.
#![cfg(feature = "ssr")]

use pop3lab::net::TCP_EDGES;
use pop3lab::pop3::{COMMANDS, Phase};
use pop3lab::ui::App;
use regex::Regex;
use std::sync::mpsc;
use yew::LocalServerRenderer;
use yew::platform::Runtime;

/// The page at its first moment: connected and greeted.
fn page() -> String {
    let (tell, told) = mpsc::channel();
    Runtime::default().spawn_pinned(move || async move {
        let page = LocalServerRenderer::<App>::new().hydratable(false).render().await;
        tell.send(page).expect("the test waits for the page");
    });
    told.recv().expect("the page renders")
}

/// Every start tag of the page that has this attribute with this value.
fn tags<'a>(page: &'a str, attribute: &str, value: &str) -> Vec<&'a str> {
    let wanted = format!(" {attribute}=\"{value}\"");
    start_tags(page).into_iter().filter(|tag| tag.contains(&wanted)).collect()
}

fn start_tags(page: &str) -> Vec<&str> {
    Regex::new("<[a-z][^>]*>").unwrap().find_iter(page).map(|found| found.as_str()).collect()
}

/// What stands between the start tag with this test id and `end`.
fn inside<'a>(page: &'a str, id: &str, end: &str) -> &'a str {
    let start = page.find(&format!("data-testid=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let length = page[start..].find(end).unwrap_or_else(|| panic!("{id} has no {end}"));
    &page[start..start + length]
}

#[test]
fn the_page_has_its_landmarks() {
    let page = page();
    // One way to the other pages, and one through time.
    for (tag, count) in [("<header", 1), ("<main", 1), ("<nav", 2), ("<h1", 1)] {
        assert_eq!(page.matches(tag).count(), count, "{tag}");
    }
    assert_eq!(tags(&page, "role", "log").len(), 1);
    // Every section is named by its heading.
    let named = Regex::new("<section[^>]* aria-labelledby=\"([a-z-]+)\"").unwrap();
    let names: Vec<_> = named.captures_iter(&page).map(|found| found[1].to_owned()).collect();
    assert_eq!(names.len(), page.matches("<section").count());
    for name in names {
        assert_eq!(tags(&page, "id", &name).len(), 1, "{name}");
    }
}

#[test]
fn everything_that_tests_and_documents_name_is_there() {
    let page = page();
    let ids = "terminal terminal-input send ghost hint state state-tcp state-tls state-pop3 next-moves wire timeline \
        step-back step-forward play grain undo redo disconnect drop-line let-time-pass start-over set-pieces rtt loss seed die \
        pace speed tab-wire tab-mailbox tab-ledger tab-server-log explain copy-session lang-en lang-ja theme";
    for id in ids.split_whitespace() {
        assert_eq!(tags(&page, "data-testid", id).len(), 1, "{id}");
    }
}

#[test]
fn the_first_rows_say_whose_they_are_and_that_they_are_in_the_clear() {
    let page = page();
    let rows = tags(&page, "data-testid", "row");
    assert_eq!(rows.len(), 3);
    assert_eq!(tags(&page, "data-from", "note").len(), 2);
    let greeting = tags(&page, "data-from", "server");
    assert_eq!(greeting.len(), 1);
    assert!(greeting[0].contains("data-secure=\"false\""));
}

#[test]
fn what_a_server_says_is_escaped() {
    // The stamp of the greeting stands in angle brackets: as it came it would be a tag.
    let page = page();
    assert!(page.contains("&lt;"), "the greeting has no stamp any more");
    assert!(!Regex::new("<[^>]*@pop3lab").unwrap().is_match(&page));
}

#[test]
fn both_machines_have_every_state() {
    let page = page();
    let tcp = inside(&page, "state-tcp", "data-testid=\"state-tls\"");
    let pop3 = inside(&page, "state-pop3", "data-testid=\"next-moves\"");
    for state in TCP_EDGES.iter().flat_map(|edge| [edge.from, edge.to]) {
        assert!(tcp.contains(&format!(">{state}<")), "{state}");
    }
    for phase in Phase::ALL {
        assert!(pop3.contains(&format!(">{phase}<")), "{phase}");
    }
}

#[test]
fn a_connection_in_the_clear_has_a_quiet_line_for_tls_and_no_ladder() {
    let page = page();
    let tls = inside(&page, "state-tls", "data-testid=\"state-pop3\"");
    assert!(tls.contains("postcards") && !tls.contains("class=\"ladder\""), "{tls}");
}

#[test]
fn the_moves_are_commands_that_are_allowed_now() {
    let page = page();
    let moves = inside(&page, "next-moves", "</section>");
    for row in COMMANDS {
        let offered = moves.contains(&format!(">{}", row.keyword));
        assert_eq!(offered, row.phases.contains(&Phase::Authorization), "{}", row.keyword);
    }
}

#[test]
fn nothing_is_inline_that_the_policy_forbids() {
    let handler = Regex::new(" on[a-z]+=").unwrap();
    for tag in start_tags(&page()) {
        assert!(!tag.starts_with("<script") && !tag.starts_with("<style"), "{tag}");
        assert!(!tag.contains(" style="), "{tag}");
        assert!(!handler.is_match(tag), "{tag}");
        assert!(!tag.contains("http://") && !tag.contains("https://") && !tag.contains("data:"), "{tag}");
    }
}

#[test]
fn no_id_stands_twice_and_every_button_says_what_kind_it_is() {
    let page = page();
    let mut ids: Vec<_> = Regex::new(" id=\"([^\"]+)\"")
        .unwrap()
        .captures_iter(&page)
        .map(|found| found[1].to_owned())
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for tag in start_tags(&page).into_iter().filter(|tag| tag.starts_with("<button")) {
        assert!(tag.contains(" type="), "{tag}");
    }
}

#[test]
fn no_message_is_shown_by_its_id() {
    let catalogue = include_str!("../i18n/en/pop3lab.ftl");
    let page = page();
    let ids = catalogue.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id.trim());
    for id in ids.filter(|id| id.contains('-')) {
        assert!(!page.contains(&format!(">{id}<")), "{id}");
    }
}

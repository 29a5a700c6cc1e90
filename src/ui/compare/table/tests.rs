//! The table says what was done on each road, in forms that other programs read as they are meant.

use super::*;
use crate::i18n::Language;
use crate::pki::Fault;
use crate::world::comparison::{Ending, Plan, Script};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ENGLISH: Words = Words::new(Language::English);

fn compared(script: &str) -> Comparison {
    Comparison::of(Plan::new(Script::read(script, Ending::AsSaid)))
}

/// The cells of a table of comma-separated values, as RFC 4180 has them read.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let lines = text.strip_suffix("\r\n").expect("CRLF at the end").split("\r\n");
    let cells = |line: &str| {
        let inside = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect("quotes");
        inside.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    lines.map(cells).collect()
}

fn row<'a>(rows: &'a [Vec<String>], name: &str) -> &'a [String] {
    rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no row {name}: {rows:#?}"))
}

#[test]
fn a_row_says_who_said_what_and_who_could_read_it() {
    let rows = read_csv(&table(&compared("USER alice\nPASS wonderland\nLIST\nQUIT"), ENGLISH, Form::Csv));
    assert_eq!(rows[0], ["What is done", "110", "STLS", "995"]);
    let pass = row(&rows, "PASS wonderland");
    assert!(pass[1].starts_with("C: PASS wonderland / S: +OK"), "{pass:?}");
    assert!(pass[1].ends_with(" / in the clear") && pass[2].ends_with(" / sealed"), "{pass:?}");
    assert!(row(&rows, "LIST")[3].contains(" … +9 lines"), "{:?}", row(&rows, "LIST"));
    assert_eq!(row(&rows, "STLS")[1], "This mail program wants no TLS.");
    assert_eq!(row(&rows, "STLS")[3], "Nothing to ask for: sealed from the first octet.");
    assert_eq!(row(&rows, "TCP connects")[1], "3 packets");
}

#[test]
fn the_totals_are_those_of_the_lanes() {
    let comparison = compared("USER alice\nPASS wonderland\nQUIT");
    let rows = read_csv(&table(&comparison, ENGLISH, Form::Csv));
    for (lane, held) in comparison.lanes().iter().enumerate() {
        let totals = held.totals(held.trace().len());
        assert_eq!(row(&rows, "Round trips")[1 + lane], totals.round_trips.to_string());
        assert_eq!(row(&rows, "Packets")[1 + lane], totals.packets.to_string());
        assert_eq!(row(&rows, "Octets")[1 + lane], totals.octets.to_string());
    }
    assert!(row(&rows, "Password")[1].starts_with("readable after"));
    assert!(row(&rows, "Password")[3].starts_with("sealed"));
}

#[test]
fn why_a_connection_failed_is_told() {
    let mut plan = Plan::new(Script::read("QUIT", Ending::AsSaid));
    plan.lanes[2].policy.fault = Some(Fault::Expired);
    let text = table(&Comparison::of(plan), ENGLISH, Form::Csv);
    let rows = read_csv(&text);
    assert!(row(&rows, "TLS from the first octet")[3].contains("has expired"), "{text}");
    assert!(row(&rows, "QUIT")[3].starts_with("The mail program hung up."), "{text}");
}

#[test]
fn no_line_of_a_script_is_a_formula_of_a_spreadsheet() {
    for line in ["=1+1", "+OK", "-ERR", "@A1", "＝1"] {
        let rows = read_csv(&table(&compared(line), ENGLISH, Form::Csv));
        assert_eq!(row(&rows, &format!("'{line}"))[1][..3], *"C: ");
        let formula = |cell: &String| cell.starts_with(['=', '+', '-', '@', '＝']);
        assert!(!rows.iter().flatten().any(formula), "{rows:?}");
    }
}

#[test]
fn a_quote_and_a_comma_stay_in_their_cell() {
    let line = "NOOP \",\"\",";
    let rows = table(&compared(line), ENGLISH, Form::Csv);
    assert!(rows.contains("\r\n\"NOOP \"\",\"\"\"\",\",\"C: NOOP \"\",\"\"\"\", / S: -ERR"), "{rows}");
}

#[test]
fn markdown_has_four_cells_in_each_row_and_no_letter_of_it_means_anything() {
    let text = table(&compared("NOOP a|b `c` <b>\x07 *d* \\|"), ENGLISH, Form::Markdown);
    assert!(text.contains("| NOOP a\\|b \\`c\\` \\<b\\>\\<07\\> \\*d\\* \\\\\\| |"), "{text}");
    for line in text.lines() {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "{line}");
        assert!(!line.chars().any(char::is_control));
    }
}

#[test]
fn columns_stand_below_each_other_in_either_language() {
    for language in Language::ALL {
        let text = table(&compared("USER 太郎\nPASS 花\nRETR 1\nQUIT"), Words::new(language), Form::Text);
        let rule = text.lines().nth(1).expect("a rule");
        assert!(rule.split("-+-").all(|column| column.len() <= WIDEST), "{text}");
        let bars: Vec<usize> = rule.match_indices('+').map(|(at, _)| at).collect();
        for line in text.lines().filter(|line| !line.starts_with('-')) {
            let mut at = 0;
            for letter in line.chars() {
                if bars.contains(&at) {
                    assert_eq!(letter, '|', "{line}\n{text}");
                }
                at += columns(letter);
            }
        }
    }
}

#[test]
fn a_long_line_is_folded_and_loses_nothing() {
    let long = "a".repeat(WIDEST) + "b c";
    assert_eq!(folded(&long), ["a".repeat(WIDEST), "b c".to_owned()]);
    let words = "one two three four five six seven eight nine ten";
    assert_eq!(folded(words).join(" "), words);
    assert!(folded(words).iter().all(|line| width(line) <= WIDEST));
    assert_eq!(folded(&"漢".repeat(21)).concat(), "漢".repeat(21));
    assert_eq!(folded(&"漢".repeat(21)).len(), 2);
    assert_eq!(folded(""), [""]);
}

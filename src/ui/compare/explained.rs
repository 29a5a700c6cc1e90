//! What is said about a script: in a sentence, and line by line.

use super::checked::{Checked, Remark, Severity};
use super::written::{LONGEST, MOST_LINES, Written};
use crate::i18n::{Words, id};
use crate::mail::OpenError;
use crate::pop3::Refusal;
use crate::ui::explain::{one as drawn, rule_text, section};
use crate::ui::meanings::rule;
use yew::prelude::*;

/// The most lines that are explained at a time.
const MOST_EXPLAINED: usize = 100;

/// The whole script in a sentence or two: what is announced.
pub(super) fn state(written: &Written, checked: &[Checked], words: Words) -> String {
    if checked.is_empty() {
        return words.say(id::SCRIPT_EMPTY);
    }
    let is_wrong = |line: &&Checked| line.severity() == Some(Severity::Wrong);
    let (wrong, count) = (checked.iter().filter(is_wrong).count(), checked.len());
    let mut said = match checked.iter().position(|line| is_wrong(&line)) {
        None => words.with(id::SCRIPT_FINE, &[("count", count.into())]),
        Some(first) => {
            let line = written.places[first] + 1;
            words.with(
                id::SCRIPT_WRONG,
                &[("wrong", wrong.into()), ("count", count.into()), ("line", line.into())],
            )
        }
    };
    if written.cut {
        said.push(' ');
        said.push_str(
            &words.with(id::SCRIPT_CUT, &[("lines", MOST_LINES.into()), ("octets", LONGEST.into())]),
        );
    }
    said
}

/// Line by line. Of a long script the beginning, and whatever is wrong.
pub(super) fn list(
    written: &Written,
    checked: &[Checked],
    words: Words,
    on_meant: &Callback<(usize, String)>,
) -> Html {
    let lines = written.places.iter().zip(checked).enumerate();
    let lines = lines.filter(|(at, (_, line))| *at < MOST_EXPLAINED / 2 || line.severity().is_some());
    let shown: Vec<Html> =
        lines.take(MOST_EXPLAINED).map(|(_, (place, line))| one(*place, line, words, on_meant)).collect();
    let more = checked.len() - shown.len();
    html! {
        <div class="script-lines" tabindex="0" role="region" aria-label={words.say(id::SCRIPT_LINES)}>
            <ol data-testid="script-lines">{ for shown }</ol>
            if more > 0 {
                <p class="empty">{ words.with(id::SCRIPT_MORE, &[("count", more.into())]) }</p>
            }
        </div>
    }
}

fn one(place: usize, line: &Checked, words: Words, on_meant: &Callback<(usize, String)>) -> Html {
    let (severity, leads) = match line.severity() {
        None => ("fine", None),
        Some(Severity::Hint) => ("hint", Some(id::SCRIPT_LINE_HINT)),
        Some(Severity::Wrong) => ("wrong", Some(id::SCRIPT_LINE_WRONG)),
    };
    let number = place + 1;
    html! {
        <li data-severity={severity} data-line={number.to_string()}>
            <span class="number" aria-hidden="true">{ number }</span>
            <div>
                <dl class="tokens">{ for line.tokens.iter().map(|token| drawn(token, words)) }</dl>
                if let Some(leads) = leads {
                    <p class="remark">
                        <b>{ words.with(leads, &[("line", number.into())]) }</b>
                        { for line.remarks.iter().map(|remark| html! { <>{ " " }{ said(place, remark, words, on_meant) }</> }) }
                    </p>
                }
            </div>
        </li>
    }
}

/// A remark in words, the rule with where it stands.
fn said(place: usize, remark: &Remark, words: Words, on_meant: &Callback<(usize, String)>) -> Html {
    let meant = |line: &String, says: String| {
        let text = words.with(id::SCRIPT_MEANT, &[("line", line.as_str().into())]);
        let line = line.clone();
        let onclick = on_meant.reform(move |_: MouseEvent| (place, line.clone()));
        html! { <>{ says }{ " " }<button type="button" class="button meant" {onclick}>{ text }</button></> }
    };
    match remark {
        Remark::Refused(refusal) => {
            let (message, source) = rule(refusal);
            let more = match refusal {
                Refusal::Login(OpenError::BadCredentials) => Some(id::SCRIPT_EVERY_LANE),
                Refusal::AlreadySecure => Some(id::SCRIPT_STLS),
                _ => None,
            };
            html! {
                <>
                    { rule_text(message, refusal, words) }
                    <span class="section">{ section(words, source) }</span>
                    if let Some(more) = more { { " " }{ words.say(more) } }
                </>
            }
        }
        Remark::Over => html! { { words.say(id::SCRIPT_OVER) } },
        Remark::FullWidth(line) => meant(line, words.say(id::HINT_FULL_WIDTH)),
        Remark::Near(line) => meant(line, String::new()),
        Remark::Digest => html! { { words.say(id::SCRIPT_DIGEST) } },
        Remark::Foreknown => html! { { words.say(id::SCRIPT_FOREKNOWN) } },
    }
}

#[cfg(test)]
mod tests {
    use super::super::checked::check;
    use super::super::written;
    use super::*;
    use crate::i18n::Language;
    use crate::world::comparison::Ending;

    fn told(text: &str, language: Language) -> String {
        let written = written::read(text, Ending::AsSaid);
        state(&written, &check(&written.script), Words::new(language))
    }

    #[test]
    fn the_first_line_that_is_wrong_is_named_by_its_place_in_the_text() {
        let text = "# mine\n\nUSER alice\nLIST\nSTAT\n";
        for language in Language::ALL {
            let said = told(text, language);
            assert!(['4', '2', '3'].into_iter().all(|number| said.contains(number)), "{said}");
        }
        assert_ne!(told("NOOP\n", Language::English), told("CAPA\n", Language::English));
    }

    #[test]
    fn what_was_cut_is_said() {
        assert!(told(&"CAPA\n".repeat(MOST_LINES + 1), Language::English).contains("1000"));
        assert!(!told(&"CAPA\n".repeat(MOST_LINES), Language::English).contains("2000"));
    }
}

//! The terminal: every line of the session, whose it is, when it was seen, and that anybody on the way
//! could read it.

use super::browser;
use super::copy;
use super::explaining::explained_row;
use super::file::{Chosen, onchoice};
use super::icons::{Icon, icon};
use super::lab::ME;
use super::notes::note_text;
use super::parts::{button, classed, plain};
use super::rows::{HELPING, Item, Opened, is_far, items, sheets, sheets_at};
use super::view::View;
use super::visible::{LONGEST, Piece, pieces};
use crate::i18n::{Id, Words, id};
use crate::tls::Trust;
use crate::trace::{Event, Note, Record, Trace};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Terminal`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// How many sheets were full when the page came to rest.
    pub rested: u32,
    /// The row that a person selected, by its record.
    pub selected: Option<u32>,
    /// Called with the record of a row that is selected.
    pub on_select: Callback<u32>,
    /// Called with the record of a row whose connection's certificates are to be seen.
    pub on_certificate: Callback<u32>,
    /// Called with the file of a recording that was chosen.
    pub on_file: Callback<Chosen>,
}

/// The log of the session. Its height is fixed, so that the prompt never moves.
#[component]
pub fn Terminal(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let opened = use_state_eq(Opened::default);
    let scroller = use_node_ref();
    {
        // Folds are named after records: those of another world mean nothing here.
        let opened = opened.clone();
        use_effect_with(props.view.generation(), move |_| opened.set(Opened::default()));
    }
    use_effect_with((props.view.clone(), scroller.clone()), |(_, scroller)| {
        to_end(scroller);
        // What comes into sight is laid out only then, and may be higher than it was taken to be.
        let scroller = scroller.clone();
        browser::after_paint(Callback::from(move |()| to_end(&scroller)));
    });
    let on_more = {
        let scroller = scroller.clone();
        use_callback(opened.clone(), move |item: Item, opened| {
            let mut next = (**opened).clone();
            match item {
                Item::Fold { body, .. } => next.unfold(body),
                _ => next.show_earlier(),
            }
            opened.set(next);
            // The button may be about to go: the log takes the focus.
            if let Some(log) = scroller.cast::<web_sys::HtmlElement>() {
                _ = log.focus();
            }
        })
    };
    let view = &props.view;
    // Another world may have fewer.
    let rested = view.with(|trace| sheets_at(trace, view.position)).min(props.rested);
    let shown = view.with(|trace| sheets(trace, items(trace, view.position, &opened, rested)));
    let explained = view.with(|trace| explained_row(trace, view.position, props.selected));
    let onkeydown = {
        let (view, on_select) = (view.clone(), props.on_select.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step: isize = match event.key().as_str() {
                "ArrowUp" => -1,
                "ArrowDown" => 1,
                _ => return,
            };
            let next = view.with(|trace| beside(trace, view.position, explained, step));
            if let Some(next) = next {
                event.prevent_default();
                on_select.emit(next);
            }
        })
    };
    let onclick = {
        let (on_select, on_certificate) = (props.on_select.clone(), props.on_certificate.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(row) = browser::data_of(&event, "certificate").and_then(|row| row.parse().ok()) {
                return on_certificate.emit(row);
            }
            let row = browser::data_of(&event, "record").and_then(|row| row.parse().ok());
            // Whoever drags over text wants the text.
            if let Some(row) = row.filter(|_| !browser::has_selection()) {
                on_select.emit(row);
            }
        })
    };
    let sheet = |(number, items): (u32, Rc<Vec<Item>>)| {
        let far = is_far(number, rested);
        let here = explained.filter(|row| items.contains(&Item::Row(*row)));
        let lines = Lines { view: view.clone(), items };
        html! { <Sheet key={number} {lines} {far} selected={here} on_more={on_more.clone()} /> }
    };
    let copied = use_state_eq(|| None::<Id>);
    let oncopy = {
        let (view, copied) = (view.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let text = view.with(|trace| copy::session(trace, view.position, words));
            let copied = copied.clone();
            browser::copy(
                &text,
                Callback::from(move |worked| {
                    copied.set(Some(if worked { id::COPIED } else { id::NOT_COPIED }));
                }),
            );
        })
    };
    {
        let copied = copied.clone();
        use_effect_with((view.generation(), view.position), move |_| copied.set(None));
    }
    html! {
        <>
        <div class="title-bar">
            <h2 id="terminal-title">{ words.say(id::TERMINAL_TITLE) }</h2>
            { classed("span", "said roles", words.say(id::TERMINAL_ROLES)) }
            <label class="button quiet file">
                { icon(Icon::Open) }{ plain("span", words.say(id::RECORDING_OPEN)) }
                <input type="file" data-testid="recording" accept="text/plain" onchange={onchoice(props.on_file.clone())} />
            </label>
            { button("quiet", "copy-session", Some(Icon::Copy), words.say(id::COPY_SESSION), oncopy) }
            <span class="said" role="status">{ copied.map(|said| words.say(said)) }</span>
        </div>
        <div class="log-place">
            <div class="log" role="log" aria-relevant="additions" tabindex="0" data-testid="terminal" aria-labelledby="terminal-title" ref={scroller} {onkeydown} {onclick}>
                { for shown.into_iter().map(sheet) }
            </div>
        </div>
        </>
    }
}

/// Scrolls to the end.
fn to_end(scroller: &NodeRef) {
    if let Some(element) = scroller.cast::<web_sys::Element>() {
        // More than there is to scroll: the end, without asking for its height.
        element.set_scroll_top(i32::MAX);
    }
}

/// What stands on a sheet. Records never change, so two are equal if they name the same records.
#[derive(Clone)]
struct Lines {
    view: View,
    items: Rc<Vec<Item>>,
}

impl PartialEq for Lines {
    fn eq(&self, other: &Lines) -> bool {
        // Names that a fork has given anew are those of other records.
        let last = |lines: &Lines| match lines.items.last() {
            Some(Item::Row(record) | Item::Fold { body: record, .. }) => Some(lines.view.era(*record)),
            _ => None,
        };
        self.items == other.items && last(self) == last(other)
    }
}

#[derive(Properties, PartialEq)]
struct SheetProps {
    lines: Lines,
    /// Whether the browser may leave it out as long as it is out of sight.
    far: bool,
    /// The row on this sheet that is explained.
    selected: Option<u32>,
    on_more: Callback<Item>,
}

/// Some rows that lie side by side.
#[component]
fn Sheet(props: &SheetProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Lines { view, items } = &props.lines;
    let draw = |trace: &Trace, item: &Item| {
        let onclick = || {
            let item = item.clone();
            props.on_more.reform(move |_: MouseEvent| item.clone())
        };
        match item {
            Item::Row(index) => {
                row(view.key(*index), *index, &trace.records()[*index as usize], props.selected, words)
            }
            Item::Fold { body, hidden } => {
                let counts = [("count", HELPING.min(*hidden).into()), ("all", (*hidden).into())];
                let text = if *hidden > HELPING { id::SHOW_MORE_LINES } else { id::SHOW_ALL_LINES };
                more(format!("fold.{body}"), &words.with(text, &counts), onclick())
            }
            Item::Earlier(count) => {
                let counts = [("count", HELPING.min(*count).into()), ("all", (*count).into())];
                more("earlier".into(), &words.with(id::SHOW_EARLIER_LINES, &counts), onclick())
            }
        }
    };
    html! {
        <div class={if props.far { "sheet far" } else { "sheet" }}>{ view.with(|trace| items.iter().map(|item| draw(trace, item)).collect::<Html>()) }</div>
    }
}

fn more(key: String, text: &str, onclick: Callback<MouseEvent>) -> Html {
    // A list in which one child has no key is patched as if none had.
    html! { <div {key} class="more"><button type="button" class="button quiet" {onclick}>{ text }</button></div> }
}

/// One row: one run of text, so that it costs little to lay out and is copied as one line.
fn row(key: String, index: u32, record: &Record, selected: Option<u32>, words: Words) -> Html {
    let time = words.with(id::MILLISECONDS, &[("count", record.at.as_millis().into())]);
    let time = html! { <span class="at">{ format!("{time:>9} ") }</span> };
    let (from, letter, octets, secure) = match &record.event {
        Event::ClientLine { octets, secure, .. } => ("client", "C: ", octets, *secure),
        Event::ServerLine { octets, secure, .. } => ("server", "S: ", octets, *secure),
        Event::Note(note) => {
            return html! {
                <div {key} class="row note" data-testid="row" data-from="note">
                    { time }{ classed("span", "text", note_text(words, note)) }
                    if matches!(note, Note::Secured(_) | Note::CertificateRefused { .. }) {
                        <button type="button" class="button quiet paper" data-certificate={index.to_string()}>
                            { icon(Icon::Certificate) }{ plain("span", words.say(id::CERTIFICATE_BUTTON)) }
                        </button>
                    }
                </div>
            };
        }
        _ => return html! {},
    };
    let held = record.scene.connections.iter().find(|(_, held)| Some(held.id) == record.connection);
    let other = held.is_some_and(|(client, _)| *client != ME);
    // What is sealed may still be sealed to a stranger.
    let trust = held.filter(|_| secure).and_then(|(_, held)| held.secured.as_ref()?.trust);
    let (trust, sealed) = match trust {
        Some(Trust::Exception) => (Some("exception"), id::SEALED_EXCEPTION),
        Some(Trust::Unchecked) => (Some("unchecked"), id::SEALED_UNCHECKED),
        Some(Trust::Verified) | None => (None, if secure { id::SEALED } else { id::IN_THE_CLEAR }),
    };
    let other = other.then(|| html! { <span class="device">{ words.say(id::OTHER_DEVICE) }{ " " }</span> });
    let refused = from == "server" && octets.starts_with(b"-ERR");
    let selected = selected == Some(index);
    html! {
        <div
            {key}
            class={classes!("row", from, refused.then_some("refused"), selected.then_some("selected"))}
            data-testid="row"
            data-from={from}
            data-secure={secure.to_string()}
            data-trust={trust}
            data-selected={selected.to_string()}
            data-record={index.to_string()}
        >
            { time }{ other }<span class="who">{ letter }</span><span class="text">{ text(octets, words) }</span>
            // The padlock is the row's background: a picture in each row would make the page slow.
            <span class="lock" role="img" aria-label={words.say(sealed)} />
        </div>
    }
}

/// The row before or after the explained one that can be explained.
fn beside(trace: &Trace, position: usize, from: Option<u32>, step: isize) -> Option<u32> {
    let rows = trace.rows(position);
    let mut at = rows.binary_search(&from?).ok()?;
    loop {
        at = at.checked_add_signed(step)?;
        let row = *rows.get(at)?;
        if !matches!(trace.records()[row as usize].event, Event::Note(_)) {
            return Some(row);
        }
    }
}

/// The octets of a line, cut off where it would never end.
pub(super) fn text(octets: &[u8], words: Words) -> Html {
    let shown = &octets[..octets.len().min(LONGEST)];
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => html! { { text } },
        Piece::Mark(name) => html! { <span class="mark">{ name }</span> },
    };
    html! {
        <>
            { for pieces(shown).into_iter().map(piece) }
            if shown.len() < octets.len() {
                { classed("span", "mark", words.with(id::MORE_OCTETS, &[("count", (octets.len() - shown.len()).into())])) }
            }
        </>
    }
}

//! The terminal: every line of the session, whose it is, when it was seen, and that anybody on the way
//! could read it.

use super::browser;
use super::explaining::explained_row;
use super::icons::{Icon, icon};
use super::lab::View;
use super::rows::{Item, items, sheets};
use super::visible::{LONGEST, Piece, pieces};
use crate::i18n::{Words, id};
use crate::time::Instant;
use crate::trace::{Event, Note, Trace};
use std::collections::BTreeSet;
use std::sync::Arc;
use yew::prelude::*;

/// Properties of [`Terminal`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// The row that a person selected, by its record.
    pub selected: Option<u32>,
    /// Called with the record of a row that is selected.
    pub on_select: Callback<u32>,
}

/// The log of the session. Its height is fixed, so that the prompt never moves.
#[component]
pub fn Terminal(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let open = use_state(BTreeSet::<u32>::new);
    let all = use_state(|| false);
    let scroller = use_node_ref();
    {
        // Folds are named after records: those of another world mean nothing here.
        let (open, all) = (open.clone(), all.clone());
        use_effect_with(props.view.generation(), move |_| {
            open.set(BTreeSet::new());
            all.set(false);
        });
    }
    use_effect_with((props.view.clone(), scroller.clone()), |(_, scroller)| {
        if let Some(element) = scroller.cast::<web_sys::Element>() {
            element.set_scroll_top(element.scroll_height());
        }
    });
    let view = &props.view;
    let shown = view.with(|trace| sheets(trace, items(trace, view.position, &open, *all)));
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
    let rows = view.with(|trace| {
        let row = |item: &Item| match item {
            Item::Row(index) => {
                let record = &trace.records()[*index as usize];
                let key = view.key(*index);
                match row_content(&record.event) {
                    Some(content) => html! {
                        <Row
                            {key}
                            at={record.at}
                            {content}
                            selected={explained == Some(*index)}
                            record={*index}
                            on_select={props.on_select.clone()}
                        />
                    },
                    None => html! {},
                }
            }
            Item::Fold { first, hidden } => {
                let (open, all, first) = (open.clone(), all.clone(), *first);
                let scroller = scroller.clone();
                let onclick = Callback::from(move |_: MouseEvent| {
                    let mut next = (*open).clone();
                    next.insert(first);
                    open.set(next);
                    // Whoever asks for more does not want the beginning to go for it.
                    all.set(true);
                    // The button is about to go: the log takes the focus.
                    if let Some(log) = scroller.cast::<web_sys::HtmlElement>() {
                        _ = log.focus();
                    }
                });
                let text = words.with(id::SHOW_ALL_LINES, &[("count", (*hidden).into())]);
                more(format!("fold.{first}"), &text, onclick)
            }
            Item::Earlier(count) => {
                let (all, scroller) = (all.clone(), scroller.clone());
                let onclick = Callback::from(move |_: MouseEvent| {
                    all.set(true);
                    if let Some(log) = scroller.cast::<web_sys::HtmlElement>() {
                        _ = log.focus();
                    }
                });
                let text = words.with(id::SHOW_EARLIER_LINES, &[("count", (*count).into())]);
                more("earlier".into(), &text, onclick)
            }
        };
        let sheet = |(number, items): &(u32, Vec<Item>)| {
            html! { <div key={*number} class="sheet">{ for items.iter().map(row) }</div> }
        };
        shown.iter().map(sheet).collect::<Html>()
    });
    html! {
        <div class="log" role="log" aria-relevant="additions" tabindex="0" data-testid="terminal" aria-labelledby="terminal-title" ref={scroller} {onkeydown}>
            { rows }
        </div>
    }
}

/// The row before or after the explained one that can be explained.
fn beside(trace: &Trace, position: usize, from: Option<u32>, step: isize) -> Option<u32> {
    let rows = trace.rows(position);
    let mut at = rows.iter().position(|row| Some(*row) == from)?;
    loop {
        at = at.checked_add_signed(step)?;
        let row = *rows.get(at)?;
        if !matches!(trace.records()[row as usize].event, Event::Note(_)) {
            return Some(row);
        }
    }
}

fn more(key: String, text: &str, onclick: Callback<MouseEvent>) -> Html {
    // A list in which one child has no key is patched as if none had.
    html! { <div {key} class="more"><button type="button" class="button quiet" {onclick}>{ text }</button></div> }
}

/// What one row shows.
#[derive(Clone, PartialEq)]
enum Content {
    Client(Arc<[u8]>),
    Server(Arc<[u8]>),
    Note(Note),
}

fn row_content(event: &Event) -> Option<Content> {
    match event {
        Event::ClientLine { octets, .. } => Some(Content::Client(Arc::clone(octets))),
        Event::ServerLine { octets, .. } => Some(Content::Server(Arc::clone(octets))),
        Event::Note(note) => Some(Content::Note(note.clone())),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    at: Instant,
    content: Content,
    /// Whether this is the row that is explained.
    selected: bool,
    record: u32,
    on_select: Callback<u32>,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let time = html! { <span class="at">{ words.with(id::MILLISECONDS, &[("count", props.at.as_millis().into())]) }</span> };
    let (from, letter, octets) = match &props.content {
        Content::Client(octets) => ("client", "C:", octets),
        Content::Server(octets) => ("server", "S:", octets),
        Content::Note(note) => {
            return html! {
                <div class="row note" data-testid="row" data-from="note">
                    { time }<span class="text">{ note_text(words, note) }</span>
                </div>
            };
        }
    };
    let (record, on_select) = (props.record, props.on_select.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        // Whoever drags over text wants the text.
        if !browser::has_selection() {
            on_select.emit(record);
        }
    });
    let refused = from == "server" && octets.starts_with(b"-ERR");
    html! {
        <div
            class={classes!("row", from, refused.then_some("refused"), props.selected.then_some("selected"))}
            data-testid="row"
            data-from={from}
            data-secure="false"
            data-selected={props.selected.to_string()}
            {onclick}
        >
            { time }
            // One cell for both, so that a copied row is one line.
            <span class="said-line"><span class="who">{ letter }{ " " }</span><span class="text">{ text(octets, words) }</span></span>
            <span class="lock" title={words.say(id::IN_THE_CLEAR)}>
                { icon(Icon::OpenLock) }<span class="unseen">{ words.say(id::CLEAR) }</span>
            </span>
        </div>
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
                <span class="mark">{ words.with(id::MORE_OCTETS, &[("count", (octets.len() - shown.len()).into())]) }</span>
            }
        </>
    }
}

/// What a note says.
pub(super) fn note_text(words: Words, note: &Note) -> String {
    match note {
        Note::Connecting { port } => words.with(id::NOTE_CONNECTING, &[("port", (*port).into())]),
        Note::Connected => words.say(id::NOTE_CONNECTED),
        Note::Refused => words.say(id::NOTE_REFUSED),
        Note::Unreachable => words.say(id::NOTE_UNREACHABLE),
        Note::ServerClosed => words.say(id::NOTE_SERVER_CLOSED),
        Note::ClientClosed => words.say(id::NOTE_CLIENT_CLOSED),
        Note::LineDropped => words.say(id::NOTE_LINE_DROPPED),
        Note::ServerReset => words.say(id::NOTE_SERVER_RESET),
        Note::GivenUp => words.say(id::NOTE_GIVEN_UP),
        Note::CableCut => words.say(id::NOTE_CABLE_CUT),
        Note::NewNetwork => words.say(id::NOTE_NEW_NETWORK),
        Note::NotConnected => words.say(id::NOTE_NOT_CONNECTED),
        Note::TimePasses { micros } => {
            words.with(id::NOTE_TIME_PASSES, &[("seconds", (micros / 1_000_000).into())])
        }
        Note::NewMail { name } => words.with(id::NOTE_NEW_MAIL, &[("name", name.as_str().into())]),
        Note::NoSuchMailbox { name } => {
            words.with(id::NOTE_NO_SUCH_MAILBOX, &[("name", name.as_str().into())])
        }
        Note::TooManySteps => words.say(id::NOTE_TOO_MANY_STEPS),
    }
}

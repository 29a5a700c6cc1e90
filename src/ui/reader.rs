//! The reader: one message over the page, as a mail program shows it and as it went over the wire.
//!
//! Whatever a message says, it is put on the page as text. Letters that cannot be seen, or that change how
//! others are seen, have the same marks as in the terminal.

use super::browser;
use super::icons::{Icon, icon};
use super::reading::{Form, Octets, Whose, forms, language, lines, source, tab_for, told, untabbed};
use super::rows::HELPING;
use super::terminal::text;
use crate::i18n::{Id, Words, id};
use crate::mime::{Attachment, Letter};
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// Properties of [`Reader`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The message.
    pub message: Octets,
    /// Whose copy of it.
    pub whose: Whose,
    /// Called when the reader has been closed.
    pub on_close: Callback<()>,
}

/// The two ways to look at a message, with the names of their tabs.
const TABS: [(&str, Id); 2] = [("decoded", id::READER_DECODED), ("source", id::READER_SOURCE)];

/// The dialog.
#[component]
pub fn Reader(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let dialog = use_node_ref();
    let tabs = [use_node_ref(), use_node_ref()];
    let at = use_state(|| 0);
    let letter = use_memo(props.message.clone(), |message| Letter::read(&message.0, &browser::decode));
    use_effect_with(dialog.clone(), |dialog| {
        // The browser moves the focus in, keeps it in, and at the end gives it back.
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            _ = dialog.show_modal();
        }
    });
    let close = {
        let dialog = dialog.clone();
        move || _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.close())
    };
    let onclick = {
        let close = close.clone();
        Callback::from(move |event: MouseEvent| {
            // Beside the sheet. Whoever drags over text and lets go there wants the text.
            if event.target_dyn_into::<HtmlDialogElement>().is_some() && !browser::has_selection() {
                close();
            }
        })
    };
    let onkeydown = {
        let (at, tabs) = (at.clone(), tabs.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = tab_for(&event.key(), *at, tabs.len()) else { return };
            event.prevent_default();
            at.set(next);
            _ = tabs[next].cast::<HtmlElement>().map(|tab| tab.focus());
        })
    };
    let tab = |(index, (name, title)): (usize, (&str, Id))| {
        let selected = *at == index;
        let onclick = {
            let at = at.clone();
            Callback::from(move |_: MouseEvent| at.set(index))
        };
        html! {
            <button
                type="button"
                class="tab"
                role="tab"
                id={format!("reader-tab-{name}")}
                data-testid={format!("reader-{name}")}
                aria-selected={selected.to_string()}
                aria-controls={selected.then_some("reader-panel")}
                tabindex={if selected { "0" } else { "-1" }}
                ref={tabs[index].clone()}
                {onclick}
            >
                { words.say(title) }
            </button>
        }
    };
    let (class, whose) = match props.whose {
        Whose::Server => ("server", id::READER_OF_SERVER),
        Whose::Client => ("client", id::READER_OF_CLIENT),
    };
    let subject = letter.subject.clone().unwrap_or_else(|| words.say(id::NO_SUBJECT));
    html! {
        <dialog
            class={classes!("reader", class)}
            role="dialog"
            data-testid="reader"
            aria-labelledby="reader-title"
            ref={dialog}
            onclose={props.on_close.reform(|_: Event| ())}
            {onclick}
        >
            <div class="reader-sheet">
                <header class="reader-head">
                    <h2 id="reader-title" lang={language(&subject)}>{ text(subject.as_bytes(), words) }</h2>
                    <button type="button" class="button quiet" data-testid="reader-close" onclick={move |_: MouseEvent| close()}>
                        { icon(Icon::Close) }<span>{ words.say(id::READER_CLOSE) }</span>
                    </button>
                    <p class="said">{ words.say(whose) }</p>
                </header>
                <div class="tabs" role="tablist" aria-label={words.say(id::READER_VIEWS)} {onkeydown}>
                    { for TABS.into_iter().enumerate().map(tab) }
                </div>
                if *at == 0 {
                    <Decoded {letter} />
                } else {
                    <Source message={props.message.clone()} />
                }
            </div>
        </dialog>
    }
}

#[derive(Properties, PartialEq)]
struct DecodedProps {
    letter: std::rc::Rc<Letter>,
}

/// The letter as a mail program shows it.
#[component]
fn Decoded(props: &DecodedProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let panel = use_node_ref();
    let letter = &props.letter;
    let texts = use_memo(letter.clone(), |letter| forms(letter));
    let chosen = use_state(|| 0);
    let shown = use_state(|| HELPING);
    let field = |name: Id, value: &Option<String>| match value {
        Some(value) => html! {
            <div><dt>{ words.say(name) }</dt><dd lang={language(value)}>{ text(value.as_bytes(), words) }</dd></div>
        },
        None => html! {},
    };
    let choice = |(index, (form, _)): (usize, &(Form, String))| {
        let (chosen, shown) = (chosen.clone(), shown.clone());
        let pressed = (*chosen == index).to_string();
        let onclick = move |_: MouseEvent| {
            chosen.set(index);
            shown.set(HELPING);
        };
        html! { <button type="button" class="button" aria-pressed={pressed} {onclick}>{ words.say(form.name()) }</button> }
    };
    html! {
        <div class="reader-panel" id="reader-panel" role="tabpanel" tabindex="0" aria-labelledby="reader-tab-decoded" ref={panel.clone()}>
            <dl class="fields">
                { field(id::READER_FROM, &letter.from) }
                { field(id::READER_TO, &letter.to) }
                { field(id::READER_DATE, &letter.date) }
            </dl>
            if !letter.flaws.is_empty() {
                <div class="flaws" role="note" data-testid="reader-flaws">
                    <p>{ words.say(id::READER_FLAWED) }</p>
                    <ul>
                        { for letter.flaws.iter().map(told).map(|(message, name)| {
                            html! { <li>{ text(words.with(message, &[("name", name.into())]).as_bytes(), words) }</li> }
                        }) }
                    </ul>
                </div>
            }
            if texts.len() > 1 {
                <div class="group" role="group" aria-label={words.say(id::READER_FORM)}>
                    { for texts.iter().enumerate().map(choice) }
                </div>
            }
            { match texts.get(*chosen) {
                None => html! { <p class="empty">{ words.say(id::READER_NO_TEXT) }</p> },
                Some((form, written)) => {
                    let lines = lines(written);
                    let line = |line: &&str| html! { <>{ text(untabbed(line).as_bytes(), words) }{ "\n" }</> };
                    html! {
                        <>
                            if *form != Form::Plain {
                                <p class="said">{ words.say(id::READER_HTML_NOTE) }</p>
                            }
                            <div
                                class={classes!("letter", (*form == Form::HtmlAsText).then_some("prose"))}
                                data-testid="reader-text"
                                lang={language(written)}
                            >
                                { for lines.iter().take(*shown).map(line) }
                            </div>
                            { more(lines.len(), &shown, &panel, words) }
                        </>
                    }
                }
            } }
            if !letter.attachments.is_empty() {
                <section class="attachments" aria-labelledby="reader-attachments">
                    <h3 id="reader-attachments">{ words.say(id::READER_ATTACHMENTS) }</h3>
                    <ul>{ for letter.attachments.iter().map(|held| attachment(held, words)) }</ul>
                </section>
            }
        </div>
    }
}

fn attachment(held: &Attachment, words: Words) -> Html {
    html! {
        <li data-testid="attachment">
            <strong>
                { match &held.name {
                    Some(name) => text(name.as_bytes(), words),
                    None => html! { { words.say(id::READER_UNNAMED) } },
                } }
            </strong>
            <span><code>{ text(held.kind.as_bytes(), words) }</code></span>
            <span>{ words.with(id::OCTETS, &[("count", held.size.into())]) }</span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct SourceProps {
    message: Octets,
}

/// The message as it is kept, line by line.
#[component]
fn Source(props: &SourceProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let panel = use_node_ref();
    let shown = use_state(|| HELPING);
    let copied = use_state(|| None::<bool>);
    let octets = &props.message.0;
    let (lines, header) = source(octets);
    let some = |lines: &[&[u8]]| {
        lines.iter().map(|line| html! { <>{ text(line, words) }{ "\n" }</> }).collect::<Html>()
    };
    let end = lines.len().min(*shown);
    let (head, body) = lines[..end].split_at(header.min(end));
    let onclick = {
        let (octets, copied) = (octets.clone(), copied.clone());
        move |_: MouseEvent| {
            let copied = copied.clone();
            let done = Callback::from(move |done| copied.set(Some(done)));
            browser::copy(&String::from_utf8_lossy(&octets), done);
        }
    };
    let outcome = copied.map(|done| words.say(if done { id::READER_COPIED } else { id::READER_NOT_COPIED }));
    html! {
        <div class="reader-panel" id="reader-panel" role="tabpanel" tabindex="0" aria-labelledby="reader-tab-source" ref={panel.clone()}>
            <p class="said">{ words.say(id::READER_SOURCE_NOTE) }</p>
            <div class="group">
                <button type="button" class="button" data-testid="reader-copy" {onclick}>{ words.say(id::READER_COPY) }</button>
                <span class="said" role="status">{ outcome }</span>
            </div>
            <div class="letter source" data-testid="reader-text">
                <span class="envelope">{ some(head) }</span>{ some(body) }
            </div>
            { more(lines.len(), &shown, &panel, words) }
        </div>
    }
}

/// The button for the lines that are not shown yet.
fn more(all: usize, shown: &UseStateHandle<usize>, panel: &NodeRef, words: Words) -> Html {
    let Some(hidden) = all.checked_sub(**shown).filter(|hidden| *hidden > 0) else { return html! {} };
    let counts = [("count", HELPING.min(hidden).into()), ("all", hidden.into())];
    let message = if hidden > HELPING { id::SHOW_MORE_LINES } else { id::SHOW_ALL_LINES };
    let (shown, panel) = (shown.clone(), panel.clone());
    let onclick = move |_: MouseEvent| {
        shown.set(*shown + HELPING);
        // The button may be about to go.
        _ = panel.cast::<HtmlElement>().map(|panel| panel.focus());
    };
    html! { <button type="button" class="button quiet more-lines" {onclick}>{ words.with(message, &counts) }</button> }
}

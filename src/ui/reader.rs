//! The reader: one message over the page, as a mail program shows it and as it went over the wire.
//!
//! Whatever a message says, it is put on the page as text. Letters that cannot be seen, or that change how
//! others are seen, have the same marks as in the terminal.

use super::browser;
use super::icons::Icon;
use super::parts::{button, classed, plain};
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
    /// The words of the page.
    pub words: Words,
    /// Called when the reader has been closed.
    pub on_close: Callback<()>,
}

/// The two ways to look at a message, with the names of their tabs.
const TABS: [(&str, Id); 2] = [("decoded", id::READER_DECODED), ("source", id::READER_SOURCE)];

/// Everything that a person does in the reader.
pub enum Doing {
    /// Chooses a tab.
    Tab(usize),
    /// Presses a key on the tabs.
    Key(KeyboardEvent),
    /// Chooses a form of the text.
    Form(usize),
    /// Asks for more lines.
    More,
    /// Copies the source.
    Copy,
    /// Learns whether it was copied.
    Copied(bool),
    /// Clicks somewhere.
    Click(MouseEvent),
    /// Closes the dialog.
    Close,
}

/// The dialog. One component and not one for each tab: each would weigh as much as all that this one says.
pub struct Reader {
    letter: Letter,
    /// Its text in each of its forms.
    texts: Vec<(Form, String)>,
    tab: usize,
    form: usize,
    /// How many lines are shown.
    shown: usize,
    copied: Option<bool>,
    dialog: NodeRef,
    tabs: [NodeRef; 2],
    panel: NodeRef,
}

impl Component for Reader {
    type Message = Doing;
    type Properties = Props;

    fn create(ctx: &Context<Reader>) -> Reader {
        let letter = Letter::read(&ctx.props().message.0, &browser::decode);
        Reader {
            texts: forms(&letter),
            letter,
            tab: 0,
            form: 0,
            shown: HELPING,
            copied: None,
            dialog: NodeRef::default(),
            tabs: Default::default(),
            panel: NodeRef::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Reader>, doing: Doing) -> bool {
        match doing {
            Doing::Tab(tab) => self.turn_to(tab),
            Doing::Key(event) => {
                let Some(next) = tab_for(&event.key(), self.tab, TABS.len()) else { return false };
                event.prevent_default();
                focus(&self.tabs[next]);
                self.turn_to(next);
            }
            Doing::Form(form) => (self.form, self.shown) = (form, HELPING),
            Doing::More => {
                self.shown += HELPING;
                // The button may be about to go.
                focus(&self.panel);
            }
            Doing::Copy => {
                let source = String::from_utf8_lossy(&ctx.props().message.0);
                browser::copy(&source, ctx.link().callback(Doing::Copied));
            }
            Doing::Copied(done) => self.copied = Some(done),
            // Beside the sheet. Whoever drags over text and lets go there wants the text.
            Doing::Click(event)
                if event.target_dyn_into::<HtmlDialogElement>().is_none() || browser::has_selection() =>
            {
                return false;
            }
            Doing::Click(_) | Doing::Close => {
                _ = self.dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.close());
            }
        }
        true
    }

    fn rendered(&mut self, _: &Context<Reader>, first: bool) {
        // The browser moves the focus in, keeps it in, and at the end gives it back.
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>().filter(|_| first) {
            _ = dialog.show_modal();
        }
    }

    fn view(&self, ctx: &Context<Reader>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let words = props.words;
        let (class, whose) = match props.whose {
            Whose::Server => ("server", id::READER_OF_SERVER),
            Whose::Client => ("client", id::READER_OF_CLIENT),
        };
        let subject = self.letter.subject.clone().unwrap_or_else(|| words.say(id::NO_SUBJECT));
        let tab = |(index, (name, title)): (usize, (&str, Id))| {
            let selected = self.tab == index;
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
                    ref={self.tabs[index].clone()}
                    onclick={link.callback(move |_: MouseEvent| Doing::Tab(index))}
                >
                    { words.say(title) }
                </button>
            }
        };
        html! {
            <dialog
                class={classes!("reader", class)}
                role="dialog"
                data-testid="reader"
                aria-labelledby="reader-title"
                ref={self.dialog.clone()}
                onclose={props.on_close.reform(|_: Event| ())}
                onclick={link.callback(Doing::Click)}
            >
                <div class="reader-sheet">
                    <header class="reader-head">
                        <h2 id="reader-title" lang={language(&subject)}>{ text(subject.as_bytes(), words) }</h2>
                        { button("quiet", "reader-close", Some(Icon::Close), words.say(id::READER_CLOSE), link.callback(|_| Doing::Close)) }
                        { classed("p", "said", words.say(whose)) }
                    </header>
                    <div
                        class="tabs"
                        role="tablist"
                        aria-label={words.say(id::READER_VIEWS)}
                        onkeydown={link.callback(Doing::Key)}
                    >
                        { for TABS.into_iter().enumerate().map(tab) }
                    </div>
                    <div
                        class="reader-panel"
                        id="reader-panel"
                        role="tabpanel"
                        tabindex="0"
                        // Another tab is another panel, which begins at its top.
                        key={self.tab}
                        aria-labelledby={format!("reader-tab-{}", TABS[self.tab].0)}
                        ref={self.panel.clone()}
                    >
                        { if self.tab == 0 { self.decoded(ctx) } else { self.source(ctx) } }
                    </div>
                </div>
            </dialog>
        }
    }
}

impl Reader {
    fn turn_to(&mut self, tab: usize) {
        (self.tab, self.shown, self.copied) = (tab, HELPING, None);
    }

    /// The letter as a mail program shows it.
    fn decoded(&self, ctx: &Context<Reader>) -> Html {
        let (words, letter) = (ctx.props().words, &self.letter);
        let fields =
            [(id::READER_FROM, &letter.from), (id::READER_TO, &letter.to), (id::READER_DATE, &letter.date)];
        let field = |(name, value): (Id, &String)| {
            html! {
                <div>{ plain("dt", words.say(name)) }<dd lang={language(value)}>{ text(value.as_bytes(), words) }</dd></div>
            }
        };
        let choice = |(index, (form, _)): (usize, &(Form, String))| {
            let pressed = (self.form == index).to_string();
            let onclick = ctx.link().callback(move |_: MouseEvent| Doing::Form(index));
            html! {
                <button type="button" class="button" aria-pressed={pressed} {onclick}>{ words.say(form.name()) }</button>
            }
        };
        html! {
            <>
                <dl class="fields">
                    { for fields.into_iter().filter_map(|(name, value)| Some(field((name, value.as_ref()?)))) }
                </dl>
                if !letter.flaws.is_empty() {
                    <div class="flaws" role="note" data-testid="reader-flaws">
                        { plain("p", words.say(id::READER_FLAWED)) }
                        <ul>
                            { for letter.flaws.iter().map(told).map(|(message, name)| {
                                let told = words.with(message, &[("name", name.into())]);
                                html! { <li>{ text(told.as_bytes(), words) }</li> }
                            }) }
                        </ul>
                    </div>
                }
                if self.texts.len() > 1 {
                    <div class="group" role="group" aria-label={words.say(id::READER_FORM)}>
                        { for self.texts.iter().enumerate().map(choice) }
                    </div>
                }
                { match self.texts.get(self.form) {
                    Some((form, written)) => self.written(*form, written, ctx),
                    None => classed("p", "empty", words.say(id::READER_NO_TEXT)),
                } }
                if !letter.attachments.is_empty() {
                    <section class="attachments" aria-labelledby="reader-attachments">
                        <h3 id="reader-attachments">{ words.say(id::READER_ATTACHMENTS) }</h3>
                        <ul>{ for letter.attachments.iter().map(|held| attachment(held, words)) }</ul>
                    </section>
                }
            </>
        }
    }

    fn written(&self, form: Form, written: &str, ctx: &Context<Reader>) -> Html {
        let words = ctx.props().words;
        let lines = lines(written);
        let line = |line: &&str| html! { <>{ text(untabbed(line).as_bytes(), words) }{ "\n" }</> };
        let class = classes!("letter", (form == Form::HtmlAsText).then_some("prose"));
        html! {
            <>
                if form != Form::Plain {
                    { classed("p", "said", words.say(id::READER_HTML_NOTE)) }
                }
                <div {class} data-testid="reader-text" lang={language(written)}>
                    { for lines.iter().take(self.shown).map(line) }
                </div>
                { self.more(lines.len(), ctx) }
            </>
        }
    }

    /// The message as it is kept, line by line.
    fn source(&self, ctx: &Context<Reader>) -> Html {
        let words = ctx.props().words;
        let (lines, header) = source(&ctx.props().message.0);
        let line = |line: &&[u8]| html! { <>{ text(line, words) }{ "\n" }</> };
        let end = lines.len().min(self.shown);
        let (head, body) = lines[..end].split_at(header.min(end));
        let onclick = ctx.link().callback(|_: MouseEvent| Doing::Copy);
        let outcome = |done| words.say(if done { id::COPIED } else { id::NOT_COPIED });
        html! {
            <>
                { classed("p", "said", words.say(id::READER_SOURCE_NOTE)) }
                <div class="group">
                    { button("", "reader-copy", None, words.say(id::READER_COPY), onclick) }
                    <span class="said" role="status">{ self.copied.map(outcome) }</span>
                </div>
                <div class="letter source" data-testid="reader-text">
                    <span class="envelope">{ for head.iter().map(line) }</span>{ for body.iter().map(line) }
                </div>
                { self.more(lines.len(), ctx) }
            </>
        }
    }

    /// The button for the lines that are not shown yet.
    fn more(&self, all: usize, ctx: &Context<Reader>) -> Html {
        let Some(hidden) = all.checked_sub(self.shown).filter(|hidden| *hidden > 0) else { return html! {} };
        let counts = [("count", HELPING.min(hidden).into()), ("all", hidden.into())];
        let message = if hidden > HELPING { id::SHOW_MORE_LINES } else { id::SHOW_ALL_LINES };
        let text = ctx.props().words.with(message, &counts);
        let onclick = ctx.link().callback(|_: MouseEvent| Doing::More);
        html! { <button type="button" class="button quiet more-lines" {onclick}>{ text }</button> }
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
            { plain("span", words.with(id::OCTETS, &[("count", held.size.into())])) }
        </li>
    }
}

fn focus(place: &NodeRef) {
    _ = place.cast::<HtmlElement>().map(|element| element.focus());
}

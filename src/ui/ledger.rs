//! The panel of the eavesdropper's notebook: what somebody on the path knows at the moment on screen, and what
//! they would know if TLS did not hide it.

use super::app::Doing;
use super::browser;
use super::icons::{Icon, icon};
use super::notebook::{About, Line, Says, Sheet, Topic, sheets};
use super::noted::{Helping, label, title, value};
use super::view::View;
use crate::i18n::{Words, id};
use crate::ledger::{Entry, Guess};
use crate::sorted::Map;
use yew::prelude::*;

/// Properties of [`Ledger`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// How many packets before it have been read.
    pub read: usize,
    /// Whether a person walks through the session: then what is new is read out.
    pub stepping: bool,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// So many connections are on the page at first, and so many more each time that a person asks.
const SHEETS: usize = 4;

/// So many facts of one line are on the page at first, the latest ones.
const FACTS: usize = 6;

/// How many helpings a person asked for more, by what is listed.
type Helpings = Map<String, usize>;

/// The panel of the notebook.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let view = &props.view;
    let helpings = use_state(|| (view.generation(), Helpings::new()));
    // Connections are numbered anew in another world.
    let asked = if helpings.0 == view.generation() { helpings.1.clone() } else { Helpings::new() };
    let onclick = {
        let (helpings, asked, generation) = (helpings.clone(), asked.clone(), view.generation());
        let on_do = props.on_do.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(frame) = browser::data_of(&event, "packet").and_then(|frame| frame.parse().ok()) {
                on_do.emit(Doing::ShowFrame(frame));
            } else if let Some(list) = browser::data_of(&event, "more") {
                let mut asked = asked.clone();
                *asked.get_or_default(list) += 1;
                helpings.set((generation, asked));
            }
        })
    };
    let (_, sent) = view.overheard();
    let page = view.with_notebook(|notebook| {
        let most = SHEETS * (1 + asked.get("sheets").copied().unwrap_or(0));
        let (sheets, earlier) = sheets(notebook, most);
        let drawn = Drawn { words, asked: &asked };
        html! {
            <>
                { news(&sheets, props.stepping, words) }
                if sheets.is_empty() {
                    <p class="empty">{ words.say(id::LEDGER_EMPTY) }</p>
                }
                { for sheets.iter().enumerate().map(|(place, sheet)| drawn.sheet(sheet, place == 0)) }
                if earlier > 0 {
                    { more("sheets", words.with(id::LEDGER_MORE_SHEETS, &[("count", earlier.into())])) }
                }
            </>
        }
    });
    html! {
        <section class="panel ledger-panel" data-testid="ledger" tabindex="0" aria-labelledby="ledger-title" {onclick}>
            <h2 id="ledger-title">{ words.say(id::LEDGER_TITLE) }</h2>
            <p class="whose-notebook"><b aria-hidden="true">{ "M" }</b>{ words.say(id::LEDGER_WHOSE) }</p>
            if props.read < sent {
                <p class="said">{ words.with(id::LEDGER_READING, &[("read", props.read.into()), ("all", sent.into())]) }</p>
            }
            { page }
        </section>
    }
}

/// What was learnt last, for those who step through a session without seeing it.
fn news(sheets: &[Sheet<'_>], stepping: bool, words: Words) -> Html {
    let lines = sheets.iter().flat_map(|sheet| &sheet.sections).flat_map(|(_, lines)| lines);
    let newest: Vec<String> =
        lines.filter(|line| line.newest).map(|line| words.say(label(line.about))).collect();
    let news = match newest.is_empty() {
        true => String::new(),
        false => words.with(id::LEDGER_NEWS, &[("what", newest.join(", ").into())]),
    };
    html! {
        <p class="unseen" role="status" aria-live={if stepping { "polite" } else { "off" }} data-testid="ledger-news">{ news }</p>
    }
}

/// A button for another helping of a list.
fn more(list: &str, text: String) -> Html {
    html! { <button type="button" class="button quiet" data-more={list.to_owned()}>{ text }</button> }
}

/// What the lines are drawn with.
struct Drawn<'d> {
    words: Words,
    asked: &'d Helpings,
}

impl Drawn<'_> {
    fn sheet(&self, sheet: &Sheet<'_>, open: bool) -> Html {
        let number = u64::from(sheet.connection) + 1;
        let column = |topics: &[Topic]| {
            let of = sheet.sections.iter().filter(|(topic, _)| topics.contains(topic));
            html! { <div class="notes">{ for of.map(|(topic, lines)| self.section(sheet.connection, *topic, lines)) }</div> }
        };
        html! {
            <details key={sheet.connection} class="notes-sheet" data-testid="ledger-connection" {open}>
                <summary><h3>{ self.words.with(id::LEDGER_CONNECTION, &[("number", number.into())]) }</h3></summary>
                <div class="note-columns">
                    { column(&[Topic::You, Topic::Way, Topic::Tls]) }
                    { column(&[Topic::Mail, Topic::Leaks]) }
                </div>
            </details>
        }
    }

    fn section(&self, connection: u32, topic: Topic, lines: &[Line<'_>]) -> Html {
        html! {
            <section key={format!("{topic:?}")} class="notes-section">
                <h4>{ self.words.say(title(topic)) }</h4>
                <dl>{ for lines.iter().map(|line| self.line(connection, line)) }</dl>
            </section>
        }
    }

    fn line(&self, connection: u32, line: &Line<'_>) -> Html {
        let words = self.words;
        let about = line.about;
        let what = words.say(label(about));
        let list = format!("{connection}-{}", about.name());
        let (class, name) = match &line.says {
            Says::Blank => ("blank", html! { { what } }),
            Says::Sealed => ("sealed-away", html! { <s>{ what }</s> }),
            _ => ("known", html! { { what } }),
        };
        let said = match &line.says {
            Says::Blank => html! { <dd class="nothing">{ words.say(id::LEDGER_BLANK) }</dd> },
            Says::Sealed => html! {
                <dd data-testid="ledger-hidden" data-fact={about.name()}>
                    { icon(Icon::Seal) }<span>{ words.say(id::LEDGER_SEALED) }<span class="unseen">{ words.say(id::LEDGER_UNREADABLE) }</span></span>
                </dd>
            },
            Says::Known(entries) => self.latest(&list, entries, |entry| self.entry(about, &list, entry)),
            Says::Records { client, server, frame } => {
                let facts = [
                    ("client", client.records.into()),
                    ("sent", client.octets.into()),
                    ("server", server.records.into()),
                    ("answered", server.octets.into()),
                ];
                self.fact(about, *frame, html! { { words.with(id::LEDGER_RECORDS, &facts) } })
            }
            Says::Guesses(guesses) => self.latest(&list, guesses, |guess| self.guess(guess)),
        };
        html! {
            <div key={about.name()} class={classes!("note-line", class, line.newest.then_some("newest"))} data-about={about.name()}>
                <dt>
                    { name }
                    if line.newest { { " " }<em class="new-note">{ words.say(id::LEDGER_NEWEST) }</em> }
                </dt>
                { said }
            </div>
        }
    }

    /// The last ones of several, and a button for those before them.
    fn latest<T>(&self, list: &str, all: &[T], draw: impl Fn(&T) -> Html) -> Html {
        let shown = FACTS * (1 + self.asked.get(list).copied().unwrap_or(0) * 4);
        let earlier = all.len().saturating_sub(shown);
        let counts = [("count", (FACTS * 4).min(earlier).into()), ("all", earlier.into())];
        html! {
            <>
                if earlier > 0 {
                    <dd>{ more(list, self.words.with(id::LEDGER_MORE_EARLIER, &counts)) }</dd>
                }
                { for all[earlier..].iter().map(draw) }
            </>
        }
    }

    fn entry(&self, about: About, list: &str, entry: &Entry) -> Html {
        let list = format!("{list}-{}", entry.frame);
        let helping = Helping { asked: self.asked.get(&list).copied().unwrap_or(0) };
        let (said, waiting) = value(about, &entry.fact, helping, self.words);
        self.fact(
            about,
            entry.frame,
            html! {
                <>
                    { said }
                    if waiting > 0 {
                        { " " }{ more(&list, self.words.with(id::LEDGER_MORE, &[("count", waiting.into())])) }
                    }
                </>
            },
        )
    }

    fn guess(&self, guess: &Guess) -> Html {
        let words = self.words;
        let said = match guess.asked {
            Some(asked) => {
                words.with(id::LEDGER_GUESS, &[("asked", asked.into()), ("octets", guess.octets.into())])
            }
            None => words.with(id::LEDGER_GUESS_FIRST, &[("octets", guess.octets.into())]),
        };
        self.fact(About::Guesses, guess.frame, html! { { said } })
    }

    /// Something that was learnt, and the button that shows where.
    fn fact(&self, about: About, frame: u32, said: Html) -> Html {
        let packet = self.words.with(id::LEDGER_PACKET, &[("number", (u64::from(frame) + 1).into())]);
        let shows = self.words.with(id::LEDGER_SHOW_PACKET, &[("packet", packet.clone().into())]);
        html! {
            <dd data-testid="ledger-entry" data-fact={about.name()}>
                <span class="noted">{ said }</span>
                { " " }
                <button type="button" class="packet" data-packet={frame.to_string()} aria-label={shows}>{ packet }</button>
            </dd>
        }
    }
}

//! The mailbox: what the server holds, with the marks of the session under way, and what the learner's
//! mail program has fetched. Each message can be opened in the reader.

use super::app::Doing;
use super::browser;
use super::deliver::Deliver;
use super::lab::{ME, OTHER};
use super::parts::{button, classed, plain};
use super::reader::Reader;
use super::reading::{Octets, Whose};
use super::terminal::text;
use super::view::Shown;
use super::wish::Wish;
use crate::i18n::{Words, id};
use crate::mail::header;
use crate::mime::encoded_word;
use crate::trace::{ConnectionId, Download, HeldMessage, Scene};
use std::sync::Arc;
use yew::prelude::*;

/// Properties of [`Mailbox`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is on screen.
    pub shown: Shown,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// So many messages are on the page at first, and so many more each time that a person asks.
const HELPING: usize = 100;

/// The panel of the mailbox.
#[component]
pub fn Mailbox(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let shown = use_state(|| HELPING);
    let opened = use_state(|| None::<Opened>);
    let on_open = use_callback((), {
        let opened = opened.setter();
        move |message, ()| opened.set(Some(message))
    });
    let on_close = use_callback((), {
        let opened = opened.setter();
        move |(), ()| opened.set(None)
    });
    let scene = &props.shown;
    let name = whose(scene);
    let Some(mailbox) = scene.mailboxes.get(&name) else { return html! {} };
    let waiting = mailbox.messages.len().saturating_sub(*shown);
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + HELPING))
    };
    let mine = scene.connections.get(&ME).map(|connection| connection.id);
    let lock = match mailbox.locked_by {
        None => words.say(id::LOCK_NOBODY),
        holder if holder == mine => words.say(id::LOCK_YOURS),
        Some(_) => words.say(id::LOCK_OTHER),
    };
    let other = scene.connections.get(&OTHER).filter(|held| held.is_open()).map(|held| held.id);
    let by_other = mailbox.locked_by.is_some() && mailbox.locked_by == other;
    let quits = props.on_do.reform(|_: MouseEvent| {
        Doing::Act(Wish::Send { client: OTHER, octets: super::typing::line("QUIT") })
    });
    let marked = mailbox.messages.iter().filter(|held| held.marked).count();
    html! {
        <>
        <section class="panel mailbox-panel" data-testid="mailbox" tabindex="0" aria-labelledby="mailbox-title">
            <div class="title-bar">
                <h2 id="mailbox-title">{ words.say(id::MAILBOX_TITLE) }</h2>
                <Deliver mailbox={name.clone()} on_do={props.on_do.clone()} />
            </div>
            <div class="sides">
                <div class="side server" data-testid="mailbox-server">
                    { plain("h3", words.with(id::MAILBOX_SERVER, &[("name", name.clone().into())])) }
                    <p class="said" data-locked={mailbox.locked_by.is_some().to_string()}>
                        { lock }
                        if by_other {
                            { " " }
                            { button("", "other-quits", None, words.say(id::OTHER_QUITS), quits) }
                        }
                        if marked > 0 { { " " }{ words.with(id::MARKED_COUNT, &[("count", marked.into())]) } }
                    </p>
                    if mailbox.messages.is_empty() {
                        { classed("p", "empty", words.say(id::MAILBOX_EMPTY)) }
                    } else {
                        <ol class="holes">
                            { for mailbox.messages.iter().take(*shown).map(|held| html! {
                                <Hole key={held.uid.as_str().to_owned()} held={Held(held.clone())} on_open={on_open.clone()} />
                            }) }
                        </ol>
                        if waiting > 0 {
                            <button type="button" class="button quiet" onclick={more}>
                                { words.with(id::SHOW_MORE_MESSAGES, &[("count", HELPING.min(waiting).into()), ("all", waiting.into())]) }
                            </button>
                        }
                    }
                </div>
                <div class="side client" data-testid="mailbox-client">
                    { plain("h3", words.say(id::MAILBOX_CLIENT)) }
                    if scene.downloads.is_empty() {
                        { classed("p", "empty", words.say(id::DOWNLOADS_EMPTY)) }
                    } else {
                        <ol class="holes">
                            { for scene.downloads.iter().enumerate().map(|(index, download)| html! {
                                <li class="hole" key={index} data-testid="download">
                                    { fetched(download, &on_open, words) }
                                </li>
                            }) }
                        </ol>
                    }
                </div>
            </div>
        </section>
        // Outside of the panel, whose text it is no part of.
        if let Some((message, whose)) = (*opened).clone() {
            <Reader {message} {whose} {words} {on_close} />
        }
        </>
    }
}

/// The message that is open in the reader.
type Opened = (Octets, Whose);

/// Whose mailbox is shown: the one that is open, else the one that was named, else the first.
fn whose(scene: &Scene) -> String {
    let connection = scene.connections.get(&ME);
    let open = connection.and_then(|held| held.mailbox.clone());
    let named =
        connection.and_then(|held| held.user.clone()).filter(|name| scene.mailboxes.contains_key(name));
    open.or(named).or_else(|| scene.mailboxes.keys().next().cloned()).unwrap_or_default()
}

/// A held message as a property: its unique-id stands for its octets, which never change.
#[derive(Clone)]
struct Held(HeldMessage);

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        let key = |held: &Held| (held.0.uid.clone(), held.0.number, held.0.marked);
        key(self) == key(other)
    }
}

#[derive(Properties, PartialEq)]
struct HoleProps {
    held: Held,
    on_open: Callback<Opened>,
}

/// One pigeon-hole.
#[component]
fn Hole(props: &HoleProps) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let held = &props.held.0;
    let number = held.number.map_or("–".into(), |number| number.to_string());
    html! {
        <li
            class={classes!("hole", held.marked.then_some("marked"))}
            data-testid="message"
            data-uid={held.uid.as_str().to_owned()}
            data-marked={held.marked.to_string()}
        >
            <span class="number">{ number }</span>
            { opener(held.message.share(), Whose::Server, &props.on_open, words, html! {
                <>
                    <code>{ held.uid.as_str() }</code>
                    if held.marked { { classed("strong", "pencil", words.say(id::MARKED)) } }
                </>
            }) }
        </li>
    }
}

fn fetched(download: &Download, on_open: &Callback<Opened>, words: Words) -> Html {
    let ConnectionId(connection) = download.connection;
    let facts = plain("span", words.with(id::FETCHED_ON, &[("connection", (connection + 1).into())]));
    html! {
        <>
            <span class="number">{ download.number }</span>
            { opener(Arc::clone(&download.octets), Whose::Client, on_open, words, facts) }
        </>
    }
}

/// What is known of a message from outside, as the button that opens it.
fn opener(octets: Arc<[u8]>, whose: Whose, on_open: &Callback<Opened>, words: Words, facts: Html) -> Html {
    let subject = match header::field(&octets, "Subject") {
        Some(value) => encoded_word::decode(&value, &browser::decode),
        None => words.say(id::NO_SUBJECT),
    };
    let size = words.with(id::OCTETS, &[("count", octets.len().into())]);
    let onclick = on_open.reform(move |_: MouseEvent| (Octets(Arc::clone(&octets)), whose));
    html! {
        <button type="button" class="opener" aria-haspopup="dialog" {onclick}>
            <span class="subject">{ text(subject.as_bytes(), words) }</span>
            { " " }
            <span class="facts"><span>{ size }</span>{ facts }</span>
        </button>
    }
}

//! What the server keeps of each account, as an administrator sees it in a list, and a thief who has copied it.

use super::view::View;
use crate::i18n::{Id, Words, id};
use crate::sasl::{Entry, Needs};
use yew::prelude::*;

/// Properties of [`Stored`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
}

/// The list. Closed at first: keys are derived once somebody wants to see them, which takes a moment.
#[component]
pub fn Stored(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            open.set(event.target_unchecked_into::<web_sys::Element>().has_attribute("open"));
        })
    };
    html! {
        <details class="stored" data-testid="stored" {ontoggle}>
            <summary>{ words.say(id::STORED_TITLE) }</summary>
            if *open {
                <p class="said">{ words.say(id::STORED_TELLS) }</p>
                { for props.view.kept().iter().map(|(name, entries)| html! {
                    <section key={name.clone()}>
                        <h3>{ name }</h3>
                        <dl>{ for entries.iter().map(|entry| one(entry, words)) }</dl>
                    </section>
                }) }
            }
        </details>
    }
}

fn one(entry: &Entry, words: Words) -> Html {
    html! {
        <div class="stored-entry">
            <dt><code>{ entry.scheme }</code></dt>
            <dd>
                <code class="stored-value">{ &entry.stored }</code>
                <span>{ words.with(id::STORED_SERVES, &[("mechanisms", serves(entry).into())]) }</span>{ " " }
                <span class="said">{ words.say(thief(entry.needs)) }</span>
            </dd>
        </div>
    }
}

/// The ways of logging in for which it is kept: to those of AUTH come USER and PASS, and APOP.
fn serves(entry: &Entry) -> String {
    let more = match entry.needs {
        Needs::Secret => "APOP, ",
        Needs::Hash => "PASS, ",
        Needs::ScramKeys | Needs::Token | Needs::Certificate => "",
    };
    format!("{more}{}", entry.serves.join(", "))
}

/// What whoever steals it can do with it.
fn thief(needs: Needs) -> Id {
    match needs {
        Needs::Secret => id::STORED_SECRET,
        Needs::Hash => id::STORED_HASH,
        Needs::ScramKeys => id::STORED_SCRAM,
        Needs::Token => id::STORED_TOKEN,
        Needs::Certificate => id::STORED_CERTIFICATE,
    }
}

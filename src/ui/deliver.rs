//! New mail: one of some letters that lie ready, or a file of one's own.

use super::app::Doing;
use super::file::{Chosen, FileTrouble, onchoice};
use super::icons::Icon;
use super::parts::{classed, opener, plain};
use super::wish::Wish;
use crate::i18n::{Id, Words, id};
use crate::mail::Message;
use crate::world::{Action, samples};
use yew::prelude::*;

/// Properties of [`Deliver`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// To whom.
    pub mailbox: String,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// A letter that lies ready: its name, what it is called, and what it is.
type Letter = (&'static str, Id, fn() -> Message);

const LETTERS: &[Letter] = &[
    ("note", id::LETTER_NOTE, samples::note),
    ("hostile", id::LETTER_HOSTILE, samples::hostile),
    ("large", id::LETTER_LARGE, samples::large),
];

/// The button, and the letters behind it.
#[component]
pub fn Deliver(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let trouble = use_state(|| None::<Id>);
    let deliver = {
        let (mailbox, on_do) = (props.mailbox.clone(), props.on_do.clone());
        Callback::from(move |message: Vec<u8>| {
            on_do.emit(Doing::Act(Wish::Act(Action::Deliver {
                mailbox: mailbox.clone(),
                message,
                uid: None,
            })));
        })
    };
    let on_read = {
        let (deliver, trouble) = (deliver.clone(), trouble.clone());
        Callback::from(move |chosen: Chosen| {
            trouble.set(chosen.as_ref().err().map(|trouble| match trouble {
                FileTrouble::TooLarge => id::LETTER_TOO_LARGE,
                FileTrouble::Unreadable => id::LETTER_UNREADABLE,
            }));
            if let Ok(octets) = chosen {
                deliver.emit(octets);
            }
        })
    };
    html! {
        <>
            { opener("deliver", "letters", Icon::Letter, words.say(id::DELIVER)) }
            <div class="pieces" id="letters" popover="auto" role="group" aria-label={words.say(id::DELIVER)}>
                { classed("p", "said", words.with(id::DELIVER_HELP, &[("name", props.mailbox.as_str().into())])) }
                { for LETTERS.iter().map(|(name, title, letter)| html! {
                    <button
                        type="button"
                        class="piece"
                        data-testid={format!("letter-{name}")}
                        popovertarget="letters"
                        popovertargetaction="hide"
                        onclick={deliver.reform(move |_: MouseEvent| letter().octets().to_vec())}
                    >
                        { plain("b", words.say(*title)) }
                    </button>
                }) }
                <label class="piece">
                    { plain("b", words.say(id::LETTER_FILE)) }
                    <input type="file" data-testid="letter-file" accept=".eml,message/rfc822,text/plain" onchange={onchoice(on_read)} />
                </label>
                <p class="said" role="status">{ trouble.map(|trouble| words.say(trouble)) }</p>
            </div>
        </>
    }
}

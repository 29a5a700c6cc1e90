//! New mail: one of some letters that lie ready, or a file of one's own.

use super::app::Doing;
use super::browser;
use super::icons::Icon;
use super::parts::{classed, opener, plain};
use super::wish::Wish;
use crate::i18n::{Id, Words, id};
use crate::mail::Message;
use crate::world::{Action, samples};
use web_sys::HtmlInputElement;
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

/// The largest file that is delivered, in octets.
const LARGEST: f64 = 20e6;

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
    let onfile = {
        let (deliver, trouble) = (deliver.clone(), trouble.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
            if file.size() > LARGEST {
                return trouble.set(Some(id::LETTER_TOO_LARGE));
            }
            let (deliver, trouble) = (deliver.clone(), trouble.clone());
            browser::read_file(
                &file,
                Callback::from(move |octets: Option<Vec<u8>>| match octets {
                    Some(octets) if !octets.is_empty() => {
                        trouble.set(None);
                        deliver.emit(octets);
                    }
                    _ => trouble.set(Some(id::LETTER_UNREADABLE)),
                }),
            );
            // The same file can be chosen again.
            input.set_value("");
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
                    <input type="file" data-testid="letter-file" accept=".eml,message/rfc822,text/plain" onchange={onfile} />
                </label>
                <p class="said" role="status">{ trouble.map(|trouble| words.say(trouble)) }</p>
            </div>
        </>
    }
}

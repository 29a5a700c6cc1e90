//! The question that a mail program asks when it does not believe a server. It says what is wrong, what may
//! be behind it and what going on costs; the safe answer is the easy one.

use super::advice::advice;
use super::app::Doing;
use super::certificate::{names, valid};
use super::chain::fingerprint;
use super::doubts::Look;
use super::icons::Icon;
use super::parts::{button, plain};
use super::tls_words::verdict_text;
use super::wish::Wish;
use crate::dissect::certificate;
use crate::i18n::{Id, Words, id};
use crate::policy::Policy;
use crate::trace::{Outcome, Presented};
use std::rc::Rc;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// A name for this question that no other has.
    pub name: AttrValue,
    /// What is doubted.
    pub presented: Rc<Presented>,
    /// What both ends want of TLS.
    pub policy: Policy,
    /// The port that was tried.
    pub port: u16,
    /// Called with what a person does.
    pub on_do: Callback<Doing>,
}

/// The question, over the page. Escape is the safe answer.
#[component]
pub fn Question(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.show_modal());
        });
    }
    let Presented { asked, chain, outcome, .. } = &*props.presented;
    let Outcome::Refused(verdict) = outcome else { return html! {} };
    let advice = advice(verdict);
    // The browser gives the focus back before anything else happens.
    let then = |doing: Option<Rc<dyn Fn() -> Doing>>| {
        let (dialog, on_do) = (dialog.clone(), props.on_do.clone());
        Callback::from(move |event: MouseEvent| {
            if event.detail() > 1 {
                return;
            }
            _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.close());
            if let Some(doing) = &doing {
                on_do.emit(doing());
            }
        })
    };
    let certificate_of_server = chain.first().map_or([0; 32], |octets| fingerprint(octets));
    let (policy, port) = (Policy { fault: None, ..props.policy }, props.port);
    let set_clock = then(Some(Rc::new(move || Doing::Take(Wish::terms(policy, port)))));
    let go_on = then(Some(Rc::new(move || Doing::Take(Wish::trust(certificate_of_server)))));
    let look = {
        let presented = Rc::clone(&props.presented);
        props.on_do.reform(move |_: MouseEvent| Doing::Certificate(Look::Into(Rc::clone(&presented))))
    };
    let says = chain.first().and_then(|octets| certificate(octets));
    let fact =
        |name: Id, value: String| html! { <div>{ plain("dt", words.say(name)) }<dd>{ value }</dd></div> };
    let answered = {
        let name = props.name.clone();
        props.on_do.reform(move |_: Event| Doing::Certificate(Look::Answered(name.clone())))
    };
    html! {
        <dialog
            class="question"
            role="alertdialog"
            data-testid="certificate-question"
            aria-labelledby="question-title"
            aria-describedby="question-wrong"
            ref={dialog.clone()}
            onclose={answered}
        >
            <div class="question-text" tabindex="0" role="group" aria-labelledby="question-title">
                <h2 id="question-title">{ words.with(id::QUESTION_TITLE, &[("host", asked.as_str().into())]) }</h2>
                <p id="question-wrong" class="wrong" data-testid="question-wrong">{ verdict_text(words, verdict) }</p>
                { plain("p", words.say(id::QUESTION_SO_FAR)) }
                if let Some(says) = says {
                    <dl class="facts-of">
                        { fact(id::QUESTION_NAMES, names(&says)) }
                        { fact(id::QUESTION_ISSUER, match says.issuer == says.subject {
                            true => words.say(id::QUESTION_ITSELF),
                            false => says.issuer.clone(),
                        }) }
                        { fact(id::X509_VALIDITY, valid(words, &says)) }
                    </dl>
                }
                { plain("h3", words.say(id::QUESTION_BEHIND)) }
                <ul>
                    { plain("li", words.say(advice.harmless)) }
                    { plain("li", words.say(id::QUESTION_DANGER)) }
                </ul>
                { plain("h3", words.say(id::QUESTION_MEND)) }
                { plain("p", words.say(advice.mend)) }
                { plain("h3", words.say(id::QUESTION_COST)) }
                { plain("p", words.say(id::QUESTION_COSTS)) }
            </div>
            <div class="answers">
                <button type="button" class="button strong" data-testid="question-cancel" autofocus={true} onclick={then(None)}>
                    { words.say(id::QUESTION_CANCEL) }
                </button>
                if advice.clock {
                    { button("", "question-clock", Some(Icon::Clock), words.say(id::QUESTION_CLOCK), set_clock) }
                }
                { button("", "question-look", Some(Icon::Certificate), words.say(id::QUESTION_LOOK), look) }
                { button("quiet go-on", "question-continue", None, words.say(id::QUESTION_CONTINUE), go_on) }
            </div>
        </dialog>
    }
}

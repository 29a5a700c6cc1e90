//! The card on which a computation is done again, with the numbers of the session or with others.

use super::browser;
use super::calculation::{Calculation, Given, Step};
use super::terminal::text;
use crate::i18n::{Id, Words, id};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`CalculationCard`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The numbers of the session.
    pub calculation: Calculation,
}

/// The card. Closed at first, and nothing is computed before it is opened.
#[component]
pub fn CalculationCard(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let open = use_state(|| false);
    // What was tried belongs to the numbers that it began with.
    let tried = use_state(|| None::<(Calculation, Calculation)>);
    let shown = match &*tried {
        Some((of, tried)) if *of == props.calculation => tried.clone(),
        _ => props.calculation.clone(),
    };
    let steps = use_memo((*open, shown.clone()), |(open, shown)| open.then(|| shown.steps()));
    let copied = use_state(|| None::<Id>);
    let try_out = {
        let (tried, of) = (tried.setter(), props.calculation.clone());
        Callback::from(move |other: Calculation| tried.set(Some((of.clone(), other))))
    };
    let back = {
        let tried = tried.setter();
        Callback::from(move |_: MouseEvent| tried.set(None))
    };
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            open.set(event.target_unchecked_into::<web_sys::Element>().has_attribute("open"))
        })
    };
    let on_copy = {
        let copied = copied.setter();
        Callback::from(move |command: String| {
            let copied = copied.clone();
            let done =
                Callback::from(move |ok| copied.set(Some(if ok { id::COPIED } else { id::NOT_COPIED })));
            browser::copy(&command, done);
        })
    };
    let (rfc, example) = shown.kind.example();
    let to_example = try_out.reform(move |_: MouseEvent| example.clone());
    let name = shown.kind.name();
    html! {
        <details class="calculation" data-testid="calculation" {ontoggle}>
            <summary>{ words.with(id::CALC_TITLE, &[("mechanism", name.into())]) }</summary>
            if let Some(steps) = &*steps {
                <fieldset class="calc-inputs">
                    <legend>{ words.say(id::CALC_INPUTS) }</legend>
                    { for shown.kind.takes().iter().enumerate().map(|(at, given)| {
                        input(&shown, at, steps.as_ref().err() == Some(given), &try_out, words)
                    }) }
                    <div class="calc-tools">
                        <button type="button" class="button" data-testid="calc-example" onclick={to_example}>
                            { words.with(id::CALC_EXAMPLE, &[("rfc", rfc.to_string().into())]) }
                        </button>
                        if shown != props.calculation {
                            <button type="button" class="button" data-testid="calc-back" onclick={back}>{ words.say(id::CALC_BACK) }</button>
                        }
                    </div>
                </fieldset>
                if let Ok(steps) = steps {
                    <p class="said">{ words.say(id::CALC_CHECK) }</p>
                    <ol class="calc-steps">{ for steps.iter().map(|held| step(held, &on_copy, words)) }</ol>
                }
                <p class="said" role="status">{ copied.map(|id| words.say(id)) }</p>
            }
        </details>
    }
}

/// A number that can be changed.
fn input(of: &Calculation, at: usize, wrong: bool, try_out: &Callback<Calculation>, words: Words) -> Html {
    let given = of.kind.takes()[at];
    let (label, name) = said(given);
    let value = of.inputs.get(at).cloned().unwrap_or_default();
    let oninput = {
        let (of, try_out) = (of.clone(), try_out.clone());
        Callback::from(move |event: InputEvent| {
            let mut other = of.clone();
            if let Some(input) = other.inputs.get_mut(at) {
                *input = event.target_unchecked_into::<HtmlInputElement>().value();
                try_out.emit(other);
            }
        })
    };
    let (field, hint) = (format!("calc-{name}"), format!("calc-{name}-wrong"));
    html! {
        <div class="calc-input">
            <label for={field.clone()}>{ words.say(label) }</label>
            <input
                id={field.clone()} data-testid={field} type="text" autocomplete="off" autocapitalize="none" spellcheck="false"
                {value} {oninput} aria-invalid={wrong.to_string()} aria-describedby={wrong.then(|| hint.clone())}
            />
            if wrong { <p class="refused" id={hint} role="status">{ words.say(id::CALC_WRONG) }</p> }
        </div>
    }
}

/// A step: its name and formula, its value, and the command that gives the same.
fn step(of: &Step, on_copy: &Callback<String>, words: Words) -> Html {
    let command = of.command.clone();
    let onclick = on_copy.reform(move |_: MouseEvent| command.clone());
    html! {
        <li data-testid="calc-step" data-name={of.name}>
            <p><strong>{ of.name }</strong>{ " = " }<code>{ of.formula }</code></p>
            <p><code class="calc-value">{ text(of.value.as_bytes(), words) }</code></p>
            if !of.command.is_empty() {
                <div class="calc-command">
                    <code>{ &of.command }</code>
                    <button type="button" class="button quiet" aria-label={words.with(id::CALC_COPY, &[("name", of.name.into())])} {onclick}>
                        { words.say(id::COPY_SESSION) }
                    </button>
                </div>
            }
        </li>
    }
}

/// What an input is called, on the page and in it.
fn said(given: Given) -> (Id, &'static str) {
    match given {
        Given::User => (id::CALC_USER, "user"),
        Given::Password => (id::CALC_PASSWORD, "password"),
        Given::Stamp => (id::CALC_STAMP, "stamp"),
        Given::Challenge => (id::CALC_CHALLENGE, "challenge"),
        Given::ClientNonce => (id::CALC_CLIENT_NONCE, "client-nonce"),
        Given::BothNonces => (id::CALC_BOTH_NONCES, "both-nonces"),
        Given::Salt => (id::CALC_SALT, "salt"),
        Given::Iterations => (id::CALC_ITERATIONS, "iterations"),
        Given::Binding => (id::CALC_BINDING, "binding"),
    }
}

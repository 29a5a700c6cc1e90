//! The explanation of the line that is selected: each of its words, what the session made of it, and
//! where it was refused the rule and the way to where it would be allowed.

use super::calculation::found::calculation;
use super::calculation_card::CalculationCard;
use super::exchange::Message;
use super::explaining::{Explained, Exposed, Token, explain, explained_row};
use super::icons::{Icon, icon};
use super::meanings::{allowed_elsewhere, rule};
use super::parts::{classed, plain};
use super::sasl_words;
use super::state::{phase_and_part, phase_name};
use super::terminal::text;
use super::view::View;
use super::way::way;
use crate::i18n::{Id, Value, Words, id};
use crate::pop3::{Phase, Refusal};
use crate::trace::Side;
use yew::prelude::*;

/// Properties of [`Explain`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// The row that is selected, by its record; else the last line that there is.
    pub selected: Option<u32>,
    /// Called with a line to be sent.
    pub on_move: Callback<String>,
}

/// The panel that explains a line.
#[component]
pub fn Explain(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let view = &props.view;
    let explained = view.with(|trace| {
        let row = explained_row(trace, view.position, props.selected)?;
        Some((explain(trace, view.position, row)?, calculation(trace, view.position, row)))
    });
    // A line that a person chose is read out; the others were read out as they came.
    let live = if props.selected.is_some() { "polite" } else { "off" };
    html! {
        <section class="panel explain-panel" data-testid="explain" tabindex="0" aria-labelledby="explain-title">
            <h2 id="explain-title">{ words.say(id::EXPLAIN_TITLE) }</h2>
            <div aria-live={live}>
                { match &explained {
                    Some((explained, _)) => shown(explained, view, words, &props.on_move),
                    None => classed("p", "empty", words.say(id::EXPLAIN_NOTHING)),
                } }
            </div>
            if let Some((_, Some(calculation))) = explained {
                <CalculationCard {calculation} />
            }
        </section>
    }
}

fn shown(explained: &Explained, view: &View, words: Words, on_move: &Callback<String>) -> Html {
    let (whose, class) = match explained.from {
        Side::Client => (id::EXPLAIN_WHOSE_CLIENT, "client"),
        Side::Server => (id::EXPLAIN_WHOSE_SERVER, "server"),
    };
    html! {
        <div class={class}>
            <p class="whose">
                { words.say(whose) }
                if let Some(row) = explained.row {
                    { classed("span", "section", section(words, (row.rfc, row.section))) }
                }
            </p>
            <dl class="tokens">
                { for explained.tokens.iter().map(|token| one(token, words)) }
            </dl>
            if let Some((mechanism, message)) = &explained.message {
                { sasl_words::message(*mechanism, message, words) }
            }
            if let Some(exposed) = explained.exposes {
                <p class="exposed" data-testid="exposed">
                    <b aria-hidden="true">{ "M" }</b>
                    { words.say(match exposed {
                        Exposed::Password => id::EXPLAIN_EXPOSED_PASSWORD,
                        Exposed::Digest => id::EXPLAIN_EXPOSED_DIGEST,
                        Exposed::Response => id::EXPLAIN_EXPOSED_RESPONSE,
                        Exposed::Proof => id::EXPLAIN_EXPOSED_PROOF,
                    }) }
                </p>
            }
            if explained.discarded {
                <p class="refused" data-testid="discarded">{ words.say(id::EXPLAIN_DISCARDED) }</p>
            }
            if let Some(octets) = explained.envelope {
                <p class="enveloped" data-testid="enveloped">
                    <b aria-hidden="true">{ "M" }</b>
                    { icon(Icon::Seal) }
                    { words.with(id::EXPLAIN_ENVELOPE, &[("count", octets.into())]) }
                </p>
            }
            if let (Some(Refusal::BadResponse(flaw)), Some((_, Message { octets: Ok(_), .. }))) = (&explained.refusal, &explained.message) {
                <p class="refused" data-testid="flaw">{ words.say(sasl_words::flaw(*flaw)) }</p>
            }
            if let Some(refusal) = &explained.refusal {
                { refused(refusal, view, words, on_move) }
            }
            if let Some((before, after)) = explained.phases {
                <p class="phases">{ moved(before, after, words) }</p>
            }
        </div>
    }
}

/// A word and what it means.
pub(super) fn one(token: &Token, words: Words) -> Html {
    html! {
        <div class="token-row">
            <dt><code>{ text(&token.octets, words) }</code></dt>
            { plain("dd", words.say(token.meaning)) }
        </div>
    }
}

pub(super) fn section(words: Words, (rfc, section): (u16, &'static str)) -> String {
    // Without the thousands separator that a number might get.
    words.with(id::EXPLAIN_SECTION, &[("rfc", rfc.to_string().into()), ("section", section.into())])
}

fn moved(before: Phase, after: Phase, words: Words) -> String {
    let name = if before == after { phase_name } else { phase_and_part };
    let (from, to) = (name(before, words), name(after, words));
    match before == after {
        true => words.with(id::EXPLAIN_STAYS, &[("phase", to.into())]),
        false => words.with(id::EXPLAIN_MOVES, &[("from", from.into()), ("to", to.into())]),
    }
}

fn refused(refusal: &Refusal, view: &View, words: Words, on_move: &Callback<String>) -> Html {
    let (message, source) = rule(refusal);
    let scene = view.scene();
    let lines = match refusal {
        Refusal::NeedsTls(_) => {
            view.connection().filter(|held| held.policy.stls).map(|_| vec!["STLS".into()])
        }
        _ => view
            .connection()
            .zip(allowed_elsewhere(refusal))
            .and_then(|(held, allowed)| way(&scene, &held, allowed)),
    };
    html! {
        <div class="refused">
            <p class="rule">
                { rule_text(message, refusal, words) }
                { classed("span", "section", section(words, source)) }
            </p>
            if let Some(lines) = lines.filter(|lines| !lines.is_empty()) {
                <div class="way" role="group" aria-label={words.say(id::EXPLAIN_PATH)}>
                    { plain("span", words.say(id::EXPLAIN_PATH)) }
                    { for lines.into_iter().map(|line| {
                        let text = words.with(id::EXPLAIN_SEND, &[("line", line.as_str().into())]);
                        let sent = line.clone();
                        let onclick = on_move.reform(move |_: MouseEvent| sent.clone());
                        html! {
                            <button type="button" class="button move" aria-label={text} {onclick}><code>{ line }</code></button>
                        }
                    }) }
                </div>
            }
        </div>
    }
}

/// A rule with the data of the refusal in it.
pub(super) fn rule_text(message: Id, refusal: &Refusal, words: Words) -> String {
    let mut variables: Vec<(&'static str, Value)> = Vec::new();
    match refusal {
        Refusal::NotNow { verb, phase, allowed } => {
            let allowed: Vec<String> = allowed.iter().map(|phase| phase_name(*phase, words)).collect();
            variables.push(("verb", verb.to_string().into()));
            variables.push(("phase", phase_name(*phase, words).into()));
            variables.push(("allowed", allowed.join(", ").into()));
        }
        Refusal::BadArgument { verb, .. } | Refusal::NotOffered(verb) | Refusal::NeedsTls(verb) => {
            variables.push(("verb", verb.to_string().into()));
        }
        Refusal::NoMessage { number, .. } | Refusal::NeedsUtf8 { number } => {
            variables.push(("number", number.value().into()));
        }
        Refusal::LineTooLong { limit } => variables.push(("limit", (*limit).into())),
        Refusal::Unknown
        | Refusal::AlreadySecure
        | Refusal::UnknownMechanism
        | Refusal::MechanismNotNow
        | Refusal::BadResponse(_)
        | Refusal::Cancelled
        | Refusal::NotBound
        | Refusal::Login(_)
        | Refusal::RemovalFailed
        | Refusal::UnknownLanguage => {}
    }
    words.with(message, &variables)
}

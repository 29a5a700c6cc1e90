//! The bar at the foot: back and on through all lanes at once, by hand or by itself.

use super::Doing;
use crate::i18n::{Words, id};
use crate::trace::Grain;
use crate::ui::icons::{Icon, icon};
use crate::ui::pace::Speed;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Properties of [`Player`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How finely one walks.
    pub grain: Grain,
    /// The step on screen.
    pub step: usize,
    /// The last one.
    pub last: usize,
    /// The row of the step, from 1, and how many there are.
    pub row: (usize, usize),
    /// Whether it goes on by itself.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The step in words, for those who do not see it.
    pub told: String,
    /// Whether that is read out.
    pub stepping: bool,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// What a grain is called.
fn grain_word(grain: Grain) -> crate::i18n::Id {
    match grain {
        Grain::Line => id::GRAIN_LINE,
        Grain::Packet => id::GRAIN_PACKET,
        Grain::Phase => id::GRAIN_PHASE,
    }
}

/// The bar.
#[component]
pub fn Player(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { grain, step, last, on_do, .. } = props;
    let (grain, step, last) = (*grain, *step, *last);
    let go = |to: usize| on_do.reform(move |_: MouseEvent| Doing::Go(to));
    let oninput = on_do.reform(|event: InputEvent| {
        Doing::Go(event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0))
    });
    let ongrain = on_do.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        Doing::Grain(
            usize::try_from(chosen).ok().and_then(|at| Grain::ALL.get(at)).copied().unwrap_or_default(),
        )
    });
    let onspeed = on_do.reform(|event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Doing::Speed(Speed::ALL.into_iter().find(|speed| speed.name() == name).unwrap_or_default())
    });
    let (row, rows) = props.row;
    let facts = [("step", step.into()), ("steps", last.into()), ("row", row.into()), ("rows", rows.into())];
    let place = words.with(id::COMPARE_PLACE, &facts);
    let play = if props.playing { (id::PAUSE, Icon::Pause) } else { (id::PLAY, Icon::Play) };
    let button = |test_id: &'static str, label, mark, idle: bool, onclick, small: bool| {
        html! {
            <button type="button" class={classes!("button", "step", (test_id == "compare-play").then_some("strong"))} data-testid={test_id} aria-disabled={idle.to_string()} title={small.then(|| words.say(label))} {onclick}>
                { icon(mark) }<span class={classes!(small.then_some("unseen"))}>{ words.say(label) }</span>
            </button>
        }
    };
    let (first, at_end) = (step == 0, step >= last);
    html! {
        <nav class="timeline compare-player" aria-label={words.say(id::TIMELINE_TITLE)}>
            <div class="group steps">
                { button("compare-first", id::STEP_FIRST, Icon::First, first, go(0), true) }
                { button("compare-back", id::STEP_BACK, Icon::Back, first, go(step.saturating_sub(1)), false) }
                { button("compare-play", play.0, play.1, false, on_do.reform(|_: MouseEvent| Doing::Play), false) }
                { button("compare-forward", id::STEP_FORWARD, Icon::Forward, at_end, go((step + 1).min(last)), false) }
                { button("compare-last", id::STEP_LAST, Icon::Last, at_end, go(last), true) }
                <label class="tool">
                    <span class="unseen">{ words.say(id::GRAIN_TITLE) }</span>
                    <select data-testid="compare-grain" onchange={ongrain}>
                        { for Grain::ALL.map(|held| html! { <option selected={held == grain}>{ words.say(grain_word(held)) }</option> }) }
                    </select>
                </label>
                <label class="tool">
                    <span class="unseen">{ words.say(id::WIRE_SPEED) }</span>
                    <select data-testid="compare-speed" onchange={onspeed}>
                        { for Speed::ALL.map(|held| html! { <option value={held.name()} selected={held == props.speed}>{ "×" }{ held.name() }</option> }) }
                    </select>
                </label>
            </div>
            <input
                type="range" data-testid="compare-slider" min="0" max={last.to_string()} value={step.to_string()}
                aria-label={words.say(id::TIMELINE_SLIDER)} aria-valuetext={place.clone()} {oninput}
            />
            <p class="place" data-testid="compare-place">{ place }</p>
            <p class="unseen" role="status" data-testid="compare-narration" aria-live={if props.stepping { "polite" } else { "off" }}>{ &props.told }</p>
        </nav>
    }
}

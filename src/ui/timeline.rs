//! The timeline: back and on through everything that has happened, as finely as one likes.

use super::app::Doing;
use super::icons::Icon;
use super::narration::sentence;
use super::parts::{Step, choice, classed, plain};
use super::view::View;
use crate::i18n::{Words, id};
use crate::trace::Grain;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// How finely one walks.
    pub grain: Grain,
    /// Whether a person walks through the session: then each step is read out.
    pub stepping: bool,
    /// Whether the session plays.
    pub playing: bool,
    /// Whether something can be taken back.
    pub can_undo: bool,
    /// Whether something that was taken back can be done again.
    pub can_redo: bool,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// The bar at the foot of the page.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let (view, grain) = (&props.view, props.grain);
    let (step, steps, time) = view.with(|trace| {
        let steps = trace.steps_before(grain, view.end);
        (trace.steps_before(grain, view.position), steps, view.now().as_millis())
    });
    let (back, on) = view.with(|trace| {
        (trace.step_before(grain, view.position), trace.step_after(grain, view.position).min(view.end))
    });
    let (first, last) = (view.position == 0, view.position >= view.end);
    let look = props.on_do.reform(Doing::LookAt);
    let to = |position: usize| look.reform(move |_: MouseEvent| position);
    let does = |doing: fn() -> Doing| props.on_do.reform(move |_: MouseEvent| doing());
    let oninput = {
        let (view, look) = (view.clone(), look.clone());
        Callback::from(move |event: InputEvent| {
            let wanted = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0);
            look.emit(view.with(|trace| match wanted {
                wanted if wanted >= steps => view.end,
                wanted => trace.position_of_step(grain, wanted),
            }));
        })
    };
    let ongrain = props.on_do.reform(|at: usize| Doing::ChooseGrain(Grain::ALL[at]));
    let button = |test_id, name, mark, idle, onclick, small| {
        Step { test_id, name, mark, idle, small }.button("", onclick)
    };
    let place = match grain {
        Grain::Line => id::TIMELINE_LINE,
        Grain::Packet => id::TIMELINE_PACKET,
        Grain::Phase => id::TIMELINE_PHASE,
    };
    let place = words.with(place, &[("step", step.into()), ("steps", steps.into()), ("time", time.into())]);
    let play = if props.playing { (id::PAUSE, Icon::Pause) } else { (id::PLAY, Icon::Play) };
    let live = props.stepping && !props.playing;
    html! {
        <nav class="timeline" data-testid="timeline" aria-label={words.say(id::TIMELINE_TITLE)}>
            <div class="group steps">
                { button("step-first", words.say(id::STEP_FIRST), Icon::First, first, to(0), true) }
                { button("step-back", words.say(id::STEP_BACK), Icon::Back, first, to(back), false) }
                { button("play", words.say(play.0), play.1, false, does(|| Doing::Play), false) }
                { button("step-forward", words.say(id::STEP_FORWARD), Icon::Forward, last, to(on), false) }
                { button("step-last", words.say(id::STEP_LAST), Icon::Last, last, to(view.end), true) }
                { choice("tool", "grain", classed("span", "unseen", words.say(id::GRAIN_TITLE)), &grains(grain, words), ongrain) }
            </div>
            <input
                type="range"
                data-testid="timeline-slider"
                min="0"
                max={steps.to_string()}
                value={step.to_string()}
                aria-label={words.say(id::TIMELINE_SLIDER)}
                aria-valuetext={place.clone()}
                {oninput}
            />
            <div class="group">
                { button("undo", words.say(id::UNDO), Icon::Undo, !props.can_undo, does(|| Doing::Undo), false) }
                { button("redo", words.say(id::REDO), Icon::Redo, !props.can_redo, does(|| Doing::Redo), true) }
            </div>
            <p class="place">
                <span data-testid="place">{ place }</span>
                if view.is_past() { { " " }{ plain("strong", words.say(id::TIMELINE_PAST)) } }
            </p>
            // What is typed is read out by the terminal; what one steps to, here.
            <p class="told" role="status" data-testid="narration" aria-live={if live { "polite" } else { "off" }}>
                // While one watches, what happens is on the wire.
                { sentence(view, if view.walking { Grain::Packet } else { grain }, words).unwrap_or_default() }
            </p>
        </nav>
    }
}

/// What a grain is called, and whether it is this one.
pub(super) fn grains(chosen: Grain, words: Words) -> [(String, bool); 3] {
    let names = [id::GRAIN_LINE, id::GRAIN_PACKET, id::GRAIN_PHASE];
    std::array::from_fn(|at| (words.say(names[at]), Grain::ALL[at] == chosen))
}

//! The timeline: back and on through everything that has happened, a line at a time.

use super::icons::{Icon, icon};
use super::lab::View;
use crate::i18n::{Id, Words, id};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// Called with the position to look at.
    pub on_look: Callback<usize>,
}

/// The bar at the foot of the page.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let view = &props.view;
    let (line, lines, time) = view.with(|trace| {
        (trace.rows(view.position).len(), trace.rows(view.end).len(), trace.time(view.position).as_millis())
    });
    let back = view.with(|trace| trace.line_before(view.position));
    let on = view.with(|trace| trace.line_after(view.position));
    let (first, last) = (view.position == 0, !view.is_past());
    let button = |test_id: &'static str, message: Id, mark: Icon, idle: bool, to: usize| {
        // Not `disabled`: a button that is disabled under the finger loses the focus.
        let onclick = props.on_look.reform(move |_: MouseEvent| to);
        html! {
            <button type="button" class="button step" data-testid={test_id} aria-disabled={idle.to_string()} {onclick}>
                { icon(mark) }<span>{ words.say(message) }</span>
            </button>
        }
    };
    let oninput = {
        let (view, on_look) = (view.clone(), props.on_look.clone());
        Callback::from(move |event: InputEvent| {
            let wanted = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0);
            on_look.emit(view.with(|trace| match wanted {
                wanted if wanted >= lines => trace.len(),
                wanted => trace.position_of_line(wanted),
            }));
        })
    };
    let place = [("line", line.into()), ("lines", lines.into()), ("time", time.into())];
    let place = words.with(id::TIMELINE_PLACE, &place);
    html! {
        <nav class="timeline" data-testid="timeline" aria-label={words.say(id::TIMELINE_TITLE)}>
            { button("step-first", id::STEP_FIRST, Icon::First, first, 0) }
            { button("step-back", id::STEP_BACK, Icon::Back, first, back) }
            { button("step-forward", id::STEP_FORWARD, Icon::Forward, last, on) }
            { button("step-last", id::STEP_LAST, Icon::Last, last, view.end) }
            <input
                type="range"
                data-testid="timeline-slider"
                min="0"
                max={lines.to_string()}
                value={line.to_string()}
                aria-label={words.say(id::TIMELINE_SLIDER)}
                aria-valuetext={place.clone()}
                {oninput}
            />
            <p class="place" role="status" aria-live={if view.is_past() { "polite" } else { "off" }}>
                { place }
                if view.is_past() { { " " }<strong>{ words.say(id::TIMELINE_PAST) }</strong> }
            </p>
        </nav>
    }
}

//! The wire: every segment between client and server as a card that flies from one to the other, and what
//! the link does to them.

use super::app::Doing;
use super::browser;
use super::cards::{Card, Flight, cards};
use super::icons::{Icon, icon};
use super::lab::ME;
use super::label::Face;
use super::number::{dice, loss_of, round_trip, with_loss, with_round_trip};
use super::opened::Opened;
use super::pace::{Pace, Speed};
use super::settings::Choice;
use super::view::View;
use super::wish::Wish;
use crate::i18n::{Words, id};
use crate::net::LinkConfig;
use crate::trace::Side;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Wire`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// The position that the wire shows: it may be behind.
    pub position: usize,
    /// The frame whose segment is open at first.
    #[prop_or_default]
    pub open: Option<u32>,
    /// When the other panels show what happened.
    pub pace: Pace,
    /// How fast cards fly.
    pub speed: Speed,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// The most cards on the page.
const MOST: usize = 60;

/// The panel of the wire.
#[component]
pub fn Wire(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let scroller = use_node_ref();
    let opened = use_state(|| props.open);
    use_effect_with((), {
        let open = props.open;
        move |()| {
            if let Some(frame) = open {
                // The card first, so that it is in sight.
                browser::focus(&format!(".card[data-frame=\"{frame}\"]"));
                browser::focus(".opened .fields");
            }
        }
    });
    let view = &props.view;
    let position = props.position;
    let (shown, earlier) = view.with(|trace| cards(trace, position, ME, MOST));
    use_effect_with((shown.last().map(|card| card.frame), scroller.clone()), |(_, scroller)| {
        if let Some(element) = scroller.cast::<web_sys::Element>() {
            element.set_scroll_top(i32::MAX);
        }
    });
    {
        // Frames are numbered anew in another world.
        let (opened, known) = (opened.clone(), use_mut_ref(|| view.generation()));
        use_effect_with(view.generation(), move |generation| {
            if known.replace(*generation) != *generation {
                opened.set(None);
            }
        });
    }
    let onclick = {
        let opened = opened.clone();
        Callback::from(move |event: MouseEvent| {
            let frame = browser::data_of(&event, "frame").and_then(|frame| frame.parse().ok());
            if frame.is_some() {
                opened.set(frame.filter(|frame| Some(*frame) != *opened));
            }
        })
    };
    let onkeydown = {
        let scroller = scroller.clone();
        Callback::from(move |event: KeyboardEvent| {
            // One stop for all cards: the arrows go from one to the next, from the latest on.
            let back = match event.key().as_str() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return,
            };
            event.prevent_default();
            browser::focus_beside(&scroller, ".card", back);
        })
    };
    let on_close = {
        let opened = opened.clone();
        Callback::from(move |()| {
            // The card has the focus again.
            if let Some(frame) = *opened {
                browser::focus(&format!(".card[data-frame=\"{frame}\"]"));
            }
            opened.set(None);
        })
    };
    // In the past a card stands where it is.
    let moving = !view.is_past();
    html! {
        <section class="panel wire-panel" data-testid="wire" aria-labelledby="wire-title">
            <h2 id="wire-title" class="unseen">{ words.say(id::WIRE_TITLE) }</h2>
            { tools(props, words) }
            <div class="ends" aria-hidden="true">
                <span class="client"><b>{ "C" }</b>{ " " }{ words.say(id::CLIENT) }</span>
                // What the two signs mean, as soon as there is anything sealed.
                if shown.iter().any(|card| !card.label.inside.is_empty()) {
                    <span class="signs">
                        <span>{ icon(Icon::Seal) }{ words.say(id::WIRE_SIGN_SEALED) }</span>
                        <span>{ icon(Icon::Key) }{ words.say(id::WIRE_SIGN_INSIDE) }</span>
                    </span>
                }
                <span class="server">{ words.say(id::SERVER) }{ " " }<b>{ "S" }</b></span>
            </div>
            <div class="wire-places">
                <div class="way-place">
                    <div class="wire-way" tabindex="0" role="region" aria-label={words.say(id::WIRE_WAY)} ref={scroller} {onclick} {onkeydown} data-moving={moving.to_string()} data-speed={props.speed.name()}>
                        if earlier > 0 {
                            <p class="empty">{ words.with(id::WIRE_EARLIER, &[("count", earlier.into())]) }</p>
                        }
                        if shown.is_empty() {
                            <p class="empty">{ words.say(id::WIRE_EMPTY) }</p>
                        }
                        <ol class="cards">
                            { for shown.iter().map(|card| drawn(card, *opened == Some(card.frame), view, words)) }
                        </ol>
                    </div>
                </div>
                if let Some(frame) = *opened {
                    <Opened view={view.clone()} {frame} {on_close} />
                }
            </div>
        </section>
    }
}

fn drawn(card: &Card, opened: bool, view: &View, words: Words) -> Html {
    let (from, arrow) = match card.from {
        Side::Client => ("from-client", id::WIRE_TO_SERVER),
        Side::Server => ("from-server", id::WIRE_TO_CLIENT),
    };
    let (flight, what) = match card.flight {
        Flight::Flying => ("flying", Some(id::WIRE_FLYING)),
        Flight::Arrived => ("arrived", None),
        Flight::Lost => ("lost", Some(id::WIRE_LOST)),
    };
    let label = &card.label;
    let kind = match (label.is_sealed(), label.carries) {
        (true, _) => "sealed",
        (false, true) => "words",
        (false, false) => "bare",
    };
    let pressed = label.pressed.then_some("pressed");
    html! {
        <li
            key={view.key(card.record)}
            class={classes!("card-row", from, flight, kind, pressed)}
            data-testid="segment"
            data-flight={flight}
            data-sealed={label.is_sealed().to_string()}
        >
            <span class="at">{ words.with(id::MILLISECONDS, &[("count", card.at.as_millis().into())]) }</span>
            <span class="lane">
                <button type="button" class="card" tabindex="-1" data-frame={card.frame.to_string()} aria-expanded={opened.to_string()}>
                    <span class="unseen">{ words.say(arrow) }{ " " }</span>
                    <span class="card-text">{ for label.faces.iter().enumerate().map(|face| drawn_face(face, words)) }</span>
                    if label.pressed { <small class="seal-pressed">{ words.say(id::WIRE_SEAL_PRESSED) }</small> }
                    if card.again { <small>{ words.say(id::WIRE_AGAIN) }</small> }
                    if let Some(what) = what {
                        <small class={if card.flight == Flight::Flying { "unseen" } else { "" }}>{ words.say(what) }</small>
                    }
                </button>
                if !label.inside.is_empty() {
                    <span class="inside-text" data-testid="segment-inside-text">
                        <span>
                            { icon(Icon::Key) }<span class="unseen">{ words.say(id::WIRE_INSIDE) }{ " " }</span>{ &label.inside }
                        </span>
                    </span>
                }
            </span>
        </li>
    }
}

/// Something that the path sees: what can be read as it is, what is sealed as a seal and a length.
pub(super) fn drawn_face((place, face): (usize, &Face), words: Words) -> Html {
    let gap = if place > 0 { " · " } else { "" };
    match face {
        Face::Open(text) => html! { <>{ gap }{ text }</> },
        Face::Sealed { octets } => html! {
            <>
                { gap }
                <span class="seal">
                    { icon(Icon::Seal) }<span class="unseen">{ words.say(id::WIRE_SEALED) }{ " " }</span>
                    { words.with(id::OCTETS, &[("count", (*octets).into())]) }
                </span>
            </>
        },
    }
}

/// What the link does, the dice, and how fast cards fly.
fn tools(props: &Props, words: Words) -> Html {
    let link = props.view.link();
    let seed = props.view.seed();
    let set = |change: fn(LinkConfig, u64) -> LinkConfig| {
        props.on_do.reform(move |number: u64| Doing::Act(Wish::link(change(link, number))))
    };
    let rtt = set(with_round_trip);
    let loss = set(with_loss);
    let reseed = props.on_do.reform(Doing::Reseed);
    let die = {
        let reseed = reseed.clone();
        Callback::from(move |_: MouseEvent| reseed.emit(browser::dice()))
    };
    let onspeed = props.on_do.reform(|event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Doing::Choose(Choice::Speed(
            Speed::ALL.into_iter().find(|speed| speed.name() == name).unwrap_or_default(),
        ))
    });
    let onpace = props.on_do.reform(|event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Doing::Choose(Choice::Pace(
            Pace::ALL.into_iter().find(|pace| pace.name() == name).unwrap_or_default(),
        ))
    });
    html! {
        <div class="tools" role="group" aria-label={words.say(id::LINK_TITLE)}>
            { round_trip(link).drawn(words, rtt) }
            { loss_of(link).drawn(words, loss) }
            { dice(seed).drawn(words, reseed) }
            <button type="button" class="button" data-testid="die" title={words.say(id::LINK_DIE)} onclick={die}>
                { icon(Icon::Die) }<span class="unseen">{ words.say(id::LINK_DIE) }</span>
            </button>
            <label class="tool">
                <span>{ words.say(id::PACE_TITLE) }</span>
                <select data-testid="pace" onchange={onpace}>
                    { for Pace::ALL.map(|pace| html! {
                        <option value={pace.name()} selected={pace == props.pace}>
                            { words.say(match pace { Pace::AtOnce => id::PACE_AT_ONCE, Pace::Watch => id::PACE_WATCH }) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="tool">
                <span>{ words.say(id::WIRE_SPEED) }</span>
                <select data-testid="speed" onchange={onspeed}>
                    { for Speed::ALL.map(|speed| html! {
                        <option value={speed.name()} selected={speed == props.speed}>{ "×" }{ speed.name() }</option>
                    }) }
                </select>
            </label>
        </div>
    }
}

//! The head of a lane: which road it is, client and server, and what is on the wire between them just now.

use super::held::Held;
use crate::i18n::{Words, id};
use crate::trace::Side;
use crate::ui::cards::{Card, Flight, cards};
use crate::ui::icons::{Icon, icon};
use crate::ui::notes::note_text;
use crate::ui::roads::sign;
use crate::ui::state::phase_name;
use crate::ui::wire::drawn_face;
use crate::world::comparison::CLIENT;
use yew::prelude::*;

/// Properties of [`Head`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// Which lane.
    pub lane: usize,
    /// Its position.
    pub at: u32,
    /// Called to go on from here in the lab.
    pub on_enter: Callback<usize>,
}

/// How many of the last segments are looked at for one that says something.
const LAST: usize = 4;

/// The head of a lane.
#[component]
pub fn Head(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { held, lane, at, on_enter } = props;
    let compared = &held.lanes()[*lane];
    let (_, name, means, mark) = sign(compared.road);
    let scene = compared.trace().scene(*at as usize);
    let connection = scene.connections.get(&CLIENT);
    let phase = connection.filter(|held| held.is_open()).and_then(|held| held.phase);
    let secured = connection.and_then(|held| held.secured.as_ref());
    let shown = on_the_wire(held, *lane, *at);
    let onclick = on_enter.reform({
        let lane = *lane;
        move |_: MouseEvent| lane
    });
    let title = words.with(id::COMPARE_ENTER_MEANS, &[("road", name.into())]);
    html! {
        <>
            <div class="lane-title">
                <span class="lane-name">{ icon(mark) }<b>{ name }</b></span>
                <button type="button" class="button" data-testid={format!("enter-{}", compared.road.name())} {title} {onclick}>
                    { words.say(id::COMPARE_ENTER) }<span class="unseen">{ " " }{ name }</span>
                </button>
            </div>
            <p class="said lane-means">{ words.say(means) }</p>
            <div class="stage" data-testid="stage" data-secure={secured.is_some().to_string()}>
                <span class="end client"><b aria-hidden="true">{ "C" }</b><span>{ words.say(id::COMPARE_CLIENT) }</span></span>
                <span class="between">
                    if let Some(card) = shown { { drawn(&card, words) } }
                </span>
                <span class="end server"><b aria-hidden="true">{ "S" }</b><span>{ words.say(id::COMPARE_SERVER) }</span></span>
            </div>
            <p class="lane-state said">
                { icon(if secured.is_some() { Icon::Lock } else { Icon::OpenLock }) }
                <span>
                    { secured.map_or(words.say(id::COMPARE_CLEAR), |agreed| agreed.version.to_string()) }
                    if let Some(phase) = phase { { " · " }{ phase_name(phase, words) } }
                    if let Some(note) = connection.and_then(|held| held.ended.as_ref()) {
                        { " · " }{ note_text(words, note) }
                    }
                </span>
            </p>
        </>
    }
}

/// The last segment that says something: an acknowledgement alone is shown where there is nothing else.
fn on_the_wire(held: &Held, lane: usize, at: u32) -> Option<Card> {
    let (mut last, _) = cards(held.lanes()[lane].trace(), at as usize, CLIENT, LAST);
    let says = |card: &Card| card.label.carries || card.label.open_text() != Some("ACK");
    let place = last.iter().rposition(says).or(last.len().checked_sub(1))?;
    Some(last.swap_remove(place))
}

fn drawn(card: &Card, words: Words) -> Html {
    let from = if card.from == Side::Client { "from-client" } else { "from-server" };
    let flight = match card.flight {
        Flight::Flying => "flying",
        Flight::Arrived => "arrived",
        Flight::Lost => "lost",
    };
    let kind = if card.label.is_sealed() { "sealed" } else { "words" };
    html! {
        <span key={card.frame} class={classes!("stage-card", from, flight, kind, card.label.pressed.then_some("pressed"))}>
            { for card.label.faces.iter().enumerate().map(|face| drawn_face(face, words)) }
            if card.flight == Flight::Lost { <small>{ words.say(id::WIRE_LOST) }</small> }
        </span>
    }
}

//! A row: what is being done, and what crosses the wire on each lane meanwhile.

use super::cell::{Card, cards};
use super::held::Held;
use super::said;
use crate::i18n::{Words, id};
use crate::trace::Side;
use crate::ui::icons::{Icon, icon};
use crate::ui::wire::drawn_face;
use crate::world::comparison::{Cell, Does, Stage};
use yew::prelude::*;

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// Which row.
    pub row: usize,
    /// How far each lane is in it.
    pub at: [u32; 3],
    /// Whether the step on screen has come to it.
    pub begun: bool,
    /// Whether it is the row of that step.
    pub now: bool,
}

/// A row of the table.
#[component]
pub fn Row(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { held, row: number, at, begun, now } = props;
    let row = &held.rows()[*number];
    let first = number.checked_sub(1).is_none_or(|before| held.rows()[before].section != row.section);
    let spoken = matches!(row.stage, Stage::Line(_));
    let doing = said::stage(row.stage, held.plan(), words);
    // What is called as the part of the session that it is need not be called so twice.
    let section = Some(words.say(said::section(row.section))).filter(|section| first && *section != doing);
    html! {
        <div
            role="row"
            class={classes!("compare-row", first.then_some("first"), now.then_some("now"), (!begun).then_some("to-come"))}
            data-testid="compare-row"
            data-row={number.to_string()}
            aria-current={now.then_some("step")}
        >
            <div role="rowheader" class="doing">
                if let Some(section) = section { <span class="section-name">{ section }</span> }
                <button type="button" class="row-name" data-row={number.to_string()} tabindex="-1">
                    if spoken { <code>{ doing }</code> } else { { doing } }
                </button>
            </div>
            { for (0..3).map(|lane| cell(held, *number, lane, at[lane], *begun, words)) }
        </div>
    }
}

fn cell(held: &Held, row: usize, lane: usize, at: u32, begun: bool, words: Words) -> Html {
    let compared = &held.lanes()[lane];
    let road = compared.road.name();
    let (class, shown) = match &held.rows()[row].lanes[lane] {
        Does::Nothing(why) if begun => {
            // Once is enough for a reason that holds on.
            let before = row.checked_sub(1).map(|before| &held.rows()[before].lanes[lane]);
            let same = before.is_some_and(|before| matches!(before, Does::Nothing(held) if held == why));
            let why = if same { words.say(id::COMPARE_AS_ABOVE) } else { said::absent(why, words) };
            ("nothing", html! { <span class="why">{ why }</span> })
        }
        Does::Nothing(_) => ("nothing", html! {}),
        Does::This(cell, _) if at <= cell.from => ("awaited", html! {}),
        Does::This(cell, differs) => {
            let Cell { to, .. } = *cell;
            let differs = differs.as_ref().filter(|_| at >= to);
            let shown = html! {
                <>
                    { for cards(compared.trace(), cell, at).iter().map(|card| drawn(card, words)) }
                    if let Some(differs) = differs {
                        <p class="differs" data-testid="differs">
                            <b aria-hidden="true">{ "≠" }</b><span class="unseen">{ words.say(id::COMPARE_DIFFERS) }{ " " }</span>
                            { said::differs(differs, words) }
                        </p>
                    }
                </>
            };
            ("done", shown)
        }
    };
    html! { <div role="cell" class={classes!("lane-cell", class)} data-lane={road}>{ shown }</div> }
}

/// A card in a cell: the client's on the left, the server's on the right.
pub fn drawn(card: &Card, words: Words) -> Html {
    let (from, letter, who) = match card.from {
        Side::Client => ("from-client", "C", id::COMPARE_CLIENT),
        Side::Server => ("from-server", "S", id::COMPARE_SERVER),
    };
    let sealed = !card.inside.is_empty();
    let kind = if sealed { "sealed" } else { "words" };
    html! {
        <p class={classes!("crossed", from, kind, card.refused.then_some("refused"), card.pressed.then_some("pressed"))} data-sealed={sealed.to_string()}>
            <b class="who" aria-hidden="true">{ letter }</b><span class="unseen">{ words.say(who) }{ ": " }</span>
            <span class="crossed-card">
                <span class="card-text">{ for card.faces.iter().enumerate().map(|face| drawn_face(face, words)) }</span>
                if card.pressed { <small class="seal-pressed">{ words.say(id::WIRE_SEAL_PRESSED) }</small> }
                if card.packets > 1 { <small class="how-many">{ format!("×{}", card.packets) }</small> }
            </span>
            if sealed {
                <span class="crossed-inside">
                    { icon(Icon::Key) }<span class="unseen">{ words.say(id::WIRE_INSIDE) }{ " " }</span>{ &card.inside }
                </span>
            }
        </p>
    }
}

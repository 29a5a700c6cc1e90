//! The lanes beside each other: a head for each, the rows, and what it has come to.

use super::Doing;
use super::head::Head;
use super::held::Held;
use super::readable::Readable;
use super::row::Row;
use super::said;
use super::totals::Total;
use crate::i18n::{Words, id};
use crate::ui::browser;
use crate::ui::icons::icon;
use crate::ui::roads::sign;
use crate::world::comparison::Step;
use yew::prelude::*;

/// Properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// The step on screen.
    pub step: Step,
    /// The lane that a narrow page shows.
    pub shown: usize,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// The table of the lanes.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { held, step, shown, on_do } = props;
    let on_enter = use_callback(on_do.clone(), |lane, on_do| on_do.emit(Doing::Enter(lane)));
    let does =
        |doing: Option<Doing>, on_do: &Callback<Doing>| doing.into_iter().for_each(|doing| on_do.emit(doing));
    let onclick = {
        let on_do = on_do.clone();
        Callback::from(move |event: MouseEvent| {
            let row = browser::data_of(&event, "row").and_then(|row| row.parse().ok());
            does(row.map(Doing::GoToRow), &on_do);
        })
    };
    let onkeydown = {
        let on_do = on_do.clone();
        Callback::from(move |event: KeyboardEvent| does(key(event), &on_do))
    };
    let lanes = 0..held.lanes().len();
    let road = |lane: usize| held.lanes()[lane].road.name();
    html! {
        <section class="panel lanes" data-shown={road(*shown)} aria-label={words.say(id::COMPARE_TABLE)}>
            <div class="lane-tabs" role="group" aria-label={words.say(id::ROADS_TITLE)}>
                { for lanes.clone().map(|lane| {
                    let (_, name, _, mark) = sign(held.lanes()[lane].road);
                    let onclick = on_do.reform(move |_: MouseEvent| Doing::Lane(lane));
                    html! {
                        <button type="button" class="button road" data-testid={format!("show-{}", road(lane))} aria-pressed={(lane == *shown).to_string()} {onclick}>
                            { icon(mark) }<b>{ name }</b>
                        </button>
                    }
                }) }
            </div>
            <div class="other-lanes" data-testid="other-lanes">
                <p class="section-name">{ words.say(id::COMPARE_OTHER_LANES) }</p>
                <ul>{ for lanes.clone().filter(|lane| *lane != *shown).map(|lane| summary(held, lane, step.at[lane], words)) }</ul>
            </div>
            <div role="table" class="lane-table" aria-label={words.say(id::COMPARE_TABLE)} {onclick} {onkeydown}>
                <div role="rowgroup" class="lane-heads">
                    <div role="row" class="lane-row">
                        <div role="columnheader" class="doing"><span class="unseen">{ words.say(id::COMPARE_DOING) }</span></div>
                        { for lanes.clone().map(|lane| html! {
                            <div role="columnheader" class="lane-head" data-testid={format!("lane-{}", road(lane))} data-lane={road(lane)}>
                                <Head held={held.clone()} {lane} at={step.at[lane]} on_enter={on_enter.clone()} />
                            </div>
                        }) }
                    </div>
                </div>
                <div role="rowgroup" class="lane-rows" tabindex="0" aria-label={words.say(id::COMPARE_TABLE)}>
                    { for (0..held.rows().len()).map(|row| {
                        let (at, begun) = held.on_row(row, step);
                        let now = begun && row == step.row as usize;
                        html! { <Row key={row} held={held.clone()} {row} {at} {begun} {now} /> }
                    }) }
                </div>
                <div role="rowgroup" class="lane-feet">
                    <div role="row" class="lane-row">
                        <div role="rowheader" class="doing">{ words.say(id::COMPARE_READABLE) }</div>
                        { for lanes.clone().map(|lane| html! {
                            <div role="cell" class="lane-foot" data-testid={format!("readable-{}", road(lane))} data-lane={road(lane)}>
                                <Readable held={held.clone()} {lane} at={step.at[lane]} />
                            </div>
                        }) }
                    </div>
                    <div role="row" class="lane-row">
                        <div role="rowheader" class="doing">{ words.say(id::COMPARE_SO_FAR) }</div>
                        { for lanes.map(|lane| html! {
                            <div role="cell" class="lane-foot" data-testid={format!("totals-{}", road(lane))} data-lane={road(lane)}>
                                <Total held={held.clone()} {lane} at={step.at[lane]} />
                            </div>
                        }) }
                    </div>
                </div>
            </div>
        </section>
    }
}

/// What a lane has come to, in one line.
fn summary(held: &Held, lane: usize, at: u32, words: Words) -> Html {
    let compared = &held.lanes()[lane];
    let totals = compared.totals(at as usize);
    let (_, name, _, mark) = sign(compared.road);
    let trips = format!("{} {}", words.say(id::COMPARE_ROUND_TRIPS), totals.round_trips);
    let time = words.with(id::MILLISECONDS, &[("count", totals.time.as_millis().into())]);
    html! {
        <li>{ icon(mark) }<b>{ name }</b><span>{ trips }{ " · " }{ time }{ " · " }{ said::safety(totals.safety, words) }</span></li>
    }
}

/// What a key does among the rows.
fn key(event: KeyboardEvent) -> Option<Doing> {
    let plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
    let doing = match event.key().as_str() {
        "ArrowRight" => Doing::By(1),
        "ArrowLeft" => Doing::By(-1),
        "ArrowDown" => Doing::ByRows(1),
        "ArrowUp" => Doing::ByRows(-1),
        "Home" => Doing::Go(0),
        "End" => Doing::Go(usize::MAX),
        _ => return None,
    };
    if !plain {
        return None;
    }
    event.prevent_default();
    Some(doing)
}

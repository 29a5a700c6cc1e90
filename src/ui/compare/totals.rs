//! What a lane has cost so far, beside what the others have.

use super::held::Held;
use super::said;
use crate::i18n::{Id, Words, id};
use crate::world::comparison::{Safety, Totals};
use yew::prelude::*;

/// Properties of [`Total`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// Which lane.
    pub lane: usize,
    /// Its position.
    pub at: u32,
}

/// What is added up: what it is called, its unit if it has one, and the number.
type Sum = (&'static str, Id, &'static str, fn(&Totals) -> u64);

const SUMS: [Sum; 4] = [
    ("round-trips", id::COMPARE_ROUND_TRIPS, "", |totals| totals.round_trips.into()),
    ("packets", id::COMPARE_PACKETS, "", |totals| totals.packets.into()),
    ("octets", id::COMPARE_OCTETS, "", |totals| totals.octets),
    ("time", id::COMPARE_TIME, "", |totals| totals.time.as_millis()),
];

/// The totals of a lane.
#[component]
pub fn Total(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { held, lane, at } = props;
    let lanes = held.lanes();
    let totals = lanes[*lane].totals(*at as usize);
    let ends: Vec<Totals> = lanes.iter().map(|lane| lane.totals(lane.trace().len())).collect();
    let safety = match totals.safety {
        Safety::Open => "open",
        Safety::Sealed(_) => "sealed",
        Safety::Exposed(_) | Safety::Guessable(_) => "exposed",
    };
    html! {
        <dl class="totals">
            { for SUMS.iter().map(|(name, label, unit, of)| {
                let most = ends.iter().map(of).max().unwrap_or(0);
                html! {
                    <div class="total" data-total={*name}>
                        <dt>{ words.say(*label) }</dt>
                        <dd>{ of(&totals) }{ *unit }</dd>
                        { bar(of(&totals), most) }
                    </div>
                }
            }) }
            <div class={classes!("total", "safety", safety)} data-total="password">
                <dt>{ words.say(id::COMPARE_PASSWORD) }</dt>
                <dd>{ said::safety(totals.safety, words) }</dd>
            </div>
        </dl>
    }
}

/// How much of the most that any lane comes to in the end.
fn bar(of: u64, most: u64) -> Html {
    let width = (of * 100).checked_div(most).unwrap_or(0);
    html! {
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="bar-all" width="100" height="4" /><rect class="bar-of" width={width.to_string()} height="4" />
        </svg>
    }
}

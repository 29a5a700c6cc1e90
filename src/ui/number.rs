//! Settings that are numbers: what a link does, and the dice.

use super::compare::link::{LONGEST_TRIP, MOST_LOSS};
use super::tenths;
use crate::i18n::{Id, Words, id};
use crate::net::LinkConfig;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A number that can be set.
pub(super) struct Number {
    test_id: &'static str,
    label: Id,
    unit: &'static str,
    value: String,
    most: u64,
}

/// The round trip of a link, in milliseconds.
pub(super) fn round_trip(link: LinkConfig) -> Number {
    let value = (link.round_trip() / 1000).to_string();
    Number { test_id: "rtt", label: id::LINK_RTT, unit: "ms", value, most: LONGEST_TRIP }
}

/// What a link loses, in per cent.
pub(super) fn loss_of(link: LinkConfig) -> Number {
    let value = tenths(link.loss_per_mille.into());
    Number { test_id: "loss", label: id::LINK_LOSS, unit: "%", value, most: MOST_LOSS / 10 }
}

/// The source of all chance.
pub(super) fn dice(seed: u64) -> Number {
    Number { test_id: "seed", label: id::LINK_SEED, unit: "", value: seed.to_string(), most: u32::MAX.into() }
}

/// The link with a round trip of so many milliseconds.
pub(super) fn with_round_trip(link: LinkConfig, trip: u64) -> LinkConfig {
    LinkConfig { latency: (trip * 500).max(1), ..link }
}

/// The link that loses so many per cent.
pub(super) fn with_loss(link: LinkConfig, percent: u64) -> LinkConfig {
    LinkConfig { loss_per_mille: percent as u16 * 10, ..link }
}

impl Number {
    /// Its field.
    pub(super) fn drawn(self, words: Words, to: Callback<u64>) -> Html {
        let Number { test_id, label, unit, value, most } = self;
        let kept = value.clone();
        let onchange = Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            match input.value().trim().parse::<u64>() {
                Ok(number) if number <= most => to.emit(number),
                // What cannot be set is not set.
                _ => input.set_value(&kept),
            }
        });
        html! {
            <label class="tool">
                <span>{ words.say(label) }</span>
                <input type="number" inputmode="numeric" data-testid={test_id} min="0" max={most.to_string()} {value} {onchange} />
                { unit }
            </label>
        }
    }
}

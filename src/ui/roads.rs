//! The three roads to the mailbox, as three buttons.

use super::app::Doing;
use super::icons::{Icon, icon};
use super::wish::Wish;
use crate::i18n::{Id, Words, id};
use crate::policy::{Policy, Road};
use yew::prelude::*;

/// Properties of [`Roads`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The road of the learner's connection, if it is one of the three.
    pub road: Option<Road>,
    /// What both ends want of TLS.
    pub policy: Policy,
    /// Called with what a person does.
    pub on_do: Callback<Doing>,
}

/// A road: its name in tests, what stands on its button, what it means, and its sign.
pub(super) const fn sign(road: Road) -> (&'static str, &'static str, Id, Icon) {
    match road {
        Road::Clear => ("road-110", "110", id::ROAD_110_MEANS, Icon::Postcard),
        Road::Stls => ("road-stls", "STLS", id::ROAD_STLS_MEANS, Icon::Sealing),
        Road::Tls => ("road-995", "995", id::ROAD_995_MEANS, Icon::Seal),
    }
}

/// The roads. Choosing one starts a fresh connection.
#[component]
pub fn Roads(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let policy = props.policy;
    let chosen = props.road.map(|road| words.say(sign(road).2));
    html! {
        <div class="roads" role="group" aria-label={words.say(id::ROADS_TITLE)}>
            { for Road::ALL.into_iter().map(|road| {
                let (test_id, name, means, mark) = sign(road);
                let on_do = props.on_do.clone();
                let onclick = Callback::from(move |event: MouseEvent| {
                    if event.detail() <= 1 {
                        let policy = Policy { security: road.security(), by_hand: true, ..policy };
                        on_do.emit(Doing::Take(Wish::terms(policy, road.port())));
                    }
                });
                html! {
                    <button
                        key={test_id}
                        type="button"
                        class="button road"
                        data-testid={test_id}
                        aria-pressed={(props.road == Some(road)).to_string()}
                        title={words.say(means)}
                        {onclick}
                    >
                        { icon(mark) }<b>{ name }</b><span class="unseen">{ words.say(means) }</span>
                    </button>
                }
            }) }
            <span class="said road-means">{ chosen }</span>
        </div>
    }
}

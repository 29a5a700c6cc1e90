//! What a comparison can be set to: the link, the dice and TLS for all lanes, and for each lane what can go
//! wrong there.

use crate::i18n::{Id, Words, id};
use crate::pki::Fault;
use crate::policy::{Policy, Road, Security, Versions};
use crate::ui::browser;
use crate::ui::icons::{Icon, icon};
use crate::ui::number::{dice, loss_of, round_trip, with_loss, with_round_trip};
use crate::ui::roads::sign;
use crate::ui::security::Chooser;
use crate::ui::tls_words::{fault, security, versions};
use crate::world::comparison::{Plan, Terms};
use yew::prelude::*;

/// Properties of [`Settings`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub plan: Plan,
    /// Called with what is to be compared instead.
    pub on_change: Callback<Plan>,
}

/// When the mail program of the STLS lane begins TLS.
const UPGRADES: [Security; 2] = [Security::StlsRequired, Security::StlsIfOffered];

/// The settings.
#[component]
pub fn Settings(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let plan = &props.plan;
    let set = |to: fn(&mut Plan, u64)| {
        let plan = plan.clone();
        props.on_change.reform(move |number: u64| {
            let mut plan = plan.clone();
            to(&mut plan, number);
            plan
        })
    };
    let seed = set(|plan, seed| plan.seed = seed);
    let die = seed.reform(|_: MouseEvent| browser::dice());
    let meant = Plan::new(plan.script.clone());
    let reset = {
        let meant = meant.clone();
        props.on_change.reform(move |_: MouseEvent| meant.clone())
    };
    // What mail programs offer holds for all lanes.
    let (offers, terms) = (offered(plan), plan.lanes[0]);
    let offering = {
        let plan = plan.clone();
        props.on_change.reform(move |(policy, _): (Policy, u16)| plan.clone().offering(policy.offers))
    };
    let offering = Chooser { words, now: (Policy { offers, ..terms.policy }, terms.port), set: &offering };
    html! {
        <div class="terms" role="group" aria-label={words.say(id::TERMS_TITLE)}>
            <div class="tools" role="group" aria-label={words.say(id::TERMS_ALL)}>
                { round_trip(plan.link).drawn(words, set(|plan, trip| plan.link = with_round_trip(plan.link, trip))) }
                { loss_of(plan.link).drawn(words, set(|plan, percent| plan.link = with_loss(plan.link, percent))) }
                { dice(plan.seed).drawn(words, seed) }
                <button type="button" class="button" data-testid="die" title={words.say(id::TERMS_DIE)} onclick={die}>
                    { icon(Icon::Die) }<span class="unseen">{ words.say(id::TERMS_DIE) }</span>
                </button>
                { offering.one("tls-version", id::TERMS_OFFERS, &Versions::ALL.map(|held| {
                    (versions(held).to_owned(), held == offers)
                }), |(policy, port), at| (Policy { offers: Versions::ALL[at], ..policy }, port)) }
                <button
                    type="button"
                    class="button reset"
                    data-testid="terms-reset"
                    aria-disabled={(*plan == meant).to_string()}
                    onclick={reset}
                >{ words.say(id::TERMS_RESET) }</button>
            </div>
            <div class="lane-terms">
                { for (0..Road::ALL.len()).map(|at| lane(at, props, words)) }
            </div>
        </div>
    }
}

/// The versions that the mail programs offer.
fn offered(plan: &Plan) -> Versions {
    plan.lanes[Road::ALL.len() - 1].policy.offers
}

/// Whether a lane differs from how its road is meant. What all lanes have in common does not count.
fn is_changed(plan: &Plan, at: usize) -> bool {
    let meant = Terms::of(Road::ALL[at]);
    let offers = plan.lanes[at].policy.offers;
    plan.lanes[at] != Terms { policy: Policy { offers, ..meant.policy }, ..meant }
}

fn lane(at: usize, props: &Props, words: Words) -> Html {
    let road = Road::ALL[at];
    let (_, name, means, mark) = sign(road);
    let set = {
        let plan = props.plan.clone();
        props.on_change.reform(move |(policy, port): (Policy, u16)| {
            let mut plan = plan.clone();
            plan.lanes[at] = Terms { port, policy };
            plan
        })
    };
    let Terms { port, policy } = props.plan.lanes[at];
    let choose = Chooser { words, now: (policy, port), set: &set };
    let login = |test_id: &'static str| {
        let to = |policy: Policy, login_in_the_clear: bool| Policy { login_in_the_clear, ..policy };
        choose.whether(test_id, id::SECURITY_LOGIN, policy.login_in_the_clear, to)
    };
    let certificate = |[fault, verify]: [&'static str; 2]| {
        html! {
            <>
                { choose.one(fault, id::SECURITY_CERTIFICATE, &faults(policy, words), |(policy, port), at| {
                    let fault = at.checked_sub(1).map(|at| Fault::ALL[at]);
                    (Policy { fault, ..policy }, port)
                }) }
                { choose.whether(verify, id::SECURITY_VERIFY, policy.verify, |policy, verify| Policy { verify, ..policy }) }
            </>
        }
    };
    let choices = match road {
        Road::Clear => login("login-110"),
        Road::Stls => html! {
            <>
                { choose.one("when-stls", id::SECURITY_WHEN, &UPGRADES.map(|held| {
                    (words.say(security(held, false)), held == policy.security)
                }), |(policy, port), at| (Policy { security: UPGRADES[at], ..policy }, port)) }
                { choose.whether("offered-stls", id::SECURITY_STLS, policy.stls, |policy, stls| Policy { stls, ..policy }) }
                { login("login-stls") }
                { certificate(["fault-stls", "verify-stls"]) }
            </>
        },
        Road::Tls => certificate(["fault-995", "verify-995"]),
    };
    let test_id = format!("terms-{}", road.name());
    html! {
        <details key={name} class="lane-term" data-testid={test_id}>
            <summary>
                { icon(mark) }<b>{ name }</b>
                if is_changed(&props.plan, at) {
                    <span class="changed">{ words.say(id::TERMS_CHANGED) }</span>
                } else {
                    <span class="said">{ words.say(means) }</span>
                }
            </summary>
            <div role="group" aria-label={words.with(id::TERMS_LANE, &[("lane", name.into())])}>{ choices }</div>
        </details>
    }
}

/// The faults that a certificate can have, with which of them it has.
fn faults(policy: Policy, words: Words) -> Vec<(String, bool)> {
    let name = |held: Option<Fault>| -> Id { held.map_or(id::FAULT_NONE, fault) };
    let all = [None].into_iter().chain(Fault::ALL.map(Some));
    all.map(|held| (words.say(name(held)), held == policy.fault)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::comparison::Script;

    #[test]
    fn a_lane_is_changed_by_its_own_settings_and_not_by_what_all_have() {
        let mut plan = Plan::new(Script::default()).offering(Versions::Tls12);
        plan.link = with_round_trip(plan.link, 500);
        assert!((0..3).all(|at| !is_changed(&plan, at)));
        assert_eq!(offered(&plan), Versions::Tls12);
        plan.lanes[1].policy.stls = false;
        assert_eq!([0, 1, 2].map(|at| is_changed(&plan, at)), [false, true, false]);
    }
}

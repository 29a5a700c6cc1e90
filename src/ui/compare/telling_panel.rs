//! The panel beside the lanes that tells what is happening at this step.

use super::held::Held;
use super::said;
use super::telling::{in_the_end, of_the_end, on_lane, tells};
use crate::i18n::{Words, id};
use crate::ui::icons::icon;
use crate::ui::roads::sign;
use crate::world::comparison::{Stage, Step};
use yew::prelude::*;

/// Properties of [`Telling`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// The step on screen.
    pub step: Step,
    /// Whether it is the last one.
    pub last: bool,
}

/// The panel.
#[component]
pub fn Telling(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { held, step, last } = props;
    let begun = step.at.iter().any(|at| *at > 0);
    let row = &held.rows()[step.row as usize];
    let doing = said::stage(row.stage, held.plan(), words);
    html! {
        <section class="panel telling" data-testid="compare-explained" aria-labelledby="telling-title">
            <h2 id="telling-title">{ words.say(id::COMPARE_EXPLAINED) }</h2>
            if !begun {
                <p class="tells">{ words.say(id::COMPARE_TELL_START) }</p>
                <p class="to-do">{ words.say(id::COMPARE_TO_DO) }</p>
            } else {
                if *last {
                    <h3>{ words.say(id::COMPARE_END) }</h3>
                    <p class="tells">{ words.say(of_the_end(held)) }</p>
                } else {
                    <h3>
                        <span class="section-name">{ words.say(said::section(row.section)) }</span>
                        if matches!(row.stage, Stage::Line(_)) { <code>{ doing }</code> } else { <span>{ doing }</span> }
                    </h3>
                    <p class="tells">{ words.say(tells(row)) }</p>
                }
                <ul class="tells-lanes">
                    { for held.lanes().iter().enumerate().map(|(lane, compared)| {
                        let (_, name, _, mark) = sign(compared.road);
                        html! {
                            <li data-lane={compared.road.name()}>
                                <b>{ icon(mark) }{ name }</b><span>{ if *last { in_the_end(held, lane, words) } else { on_lane(held, step, lane, words) } }</span>
                            </li>
                        }
                    }) }
                </ul>
            }
        </section>
    }
}

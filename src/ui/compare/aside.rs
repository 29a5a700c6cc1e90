//! What stands beside the lanes: what is happening, the script, and the settings.

use super::editor::Editor;
use super::held::Held;
use super::telling_panel::Telling;
use super::terms::Settings;
use crate::i18n::{Words, id};
use crate::world::comparison::{Plan, Script, Step};
use yew::prelude::*;

/// Properties of [`Aside`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is on the screen, with its step and whether that is the last one; none as long as it is worked out.
    pub shown: Option<(Held, Step, bool)>,
    /// What is to be compared.
    pub plan: Plan,
    /// Called with what is to be compared instead.
    pub on_plan: Callback<Plan>,
}

/// The panels.
#[component]
pub fn Aside(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Props { shown, plan, on_plan } = props;
    let on_script = {
        let plan = plan.clone();
        on_plan.reform(move |script: Script| Plan { script, ..plan.clone() })
    };
    html! {
        <div class="compare-aside">
            if let Some((held, step, last)) = shown.clone() { <Telling {held} {step} {last} /> }
            <details class="panel fold" data-testid="script-fold">
                <summary>{ words.say(id::SCRIPT_TITLE) }</summary>
                <Editor script={plan.script.clone()} on_change={on_script} />
            </details>
            <details class="panel fold" data-testid="terms-fold">
                <summary>{ words.say(id::TERMS_TITLE) }</summary>
                <Settings plan={plan.clone()} on_change={on_plan} />
            </details>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

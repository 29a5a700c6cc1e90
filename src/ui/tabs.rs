//! The panels of which one is shown at a time: beside the state machines where there is room for both,
//! all of them on a narrow page.

use super::app::Doing;
use super::ledger::Ledger;
use super::mailbox::Mailbox;
use super::pace::{Pace, Speed};
use super::server_log::ServerLog;
use super::view::View;
use super::wire::Wire;
use super::{browser, state};
use crate::i18n::{Id, Words, id};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What each word of a line means.
    Explain,
    /// The state machines.
    State,
    /// The segments between client and server.
    Wire,
    /// What the server holds, and what the client has.
    Mailbox,
    /// What somebody on the path knows.
    Ledger,
    /// What the administrator sees.
    ServerLog,
}

impl Tab {
    const ALL: [Tab; 6] = [Tab::Explain, Tab::State, Tab::Wire, Tab::Mailbox, Tab::Ledger, Tab::ServerLog];

    /// Its name in tests and in the document.
    fn name(self) -> &'static str {
        match self {
            Tab::Explain => "explain",
            Tab::State => "state",
            Tab::Wire => "wire",
            Tab::Mailbox => "mailbox",
            Tab::Ledger => "ledger",
            Tab::ServerLog => "server-log",
        }
    }

    fn title(self) -> Id {
        match self {
            Tab::Explain => id::EXPLAIN_TITLE,
            Tab::State => id::STATE_TITLE,
            Tab::Wire => id::WIRE_TITLE,
            Tab::Mailbox => id::MAILBOX_TITLE,
            Tab::Ledger => id::LEDGER_TITLE,
            Tab::ServerLog => id::SERVER_LOG_TITLE,
        }
    }

    /// The tabs of a page: a wide one shows the first two panels all the time.
    fn of(wide: bool) -> &'static [Tab] {
        if wide { &Tab::ALL[2..] } else { &Tab::ALL }
    }

    /// The tab that is shown: on a wide page the wire stands in for what is shown anyway.
    fn shown(self, wide: bool) -> Tab {
        if Tab::of(wide).contains(&self) { self } else { Tab::Wire }
    }

    /// Whether the wire can be seen.
    pub fn is_wire(self, wide: bool) -> bool {
        self.shown(wide) == Tab::Wire
    }
}

/// What stands at the bottom.
pub struct Bottom {
    /// The tab that was chosen.
    pub tab: Tab,
    /// Whether the page is wide.
    pub wide: bool,
    /// The moment on screen.
    pub view: View,
    /// The moment that follows it a frame later: the wire's.
    pub settled: View,
    /// Where the wire is, if it is behind.
    pub wire: Option<usize>,
    /// The frame whose segment the wire opens as it comes forth.
    pub opened: Option<u32>,
    /// Whether a person walks through the session.
    pub stepping: bool,
    /// When the panels show what happened.
    pub pace: Pace,
    /// How fast things move.
    pub speed: Speed,
    /// The panel of that name.
    pub explain: Html,
    /// The panel of that name.
    pub state: Html,
    /// Called with what a person does.
    pub on_do: Callback<Doing>,
}

/// The tabs and the panel of the one that is shown.
pub fn tabs(bottom: Bottom, words: Words) -> Html {
    let Bottom { wide, view, on_do, .. } = bottom;
    let shown = bottom.tab.shown(wide);
    let now = view.shown();
    let all = Tab::of(wide);
    let onkeydown = {
        let on_do = on_do.clone();
        Callback::from(move |event: KeyboardEvent| {
            let at = all.iter().position(|tab| *tab == shown).unwrap_or(0);
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % all.len(),
                "ArrowLeft" => (at + all.len() - 1) % all.len(),
                "Home" => 0,
                "End" => all.len() - 1,
                _ => return,
            };
            event.prevent_default();
            on_do.emit(Doing::ShowTab(all[to]));
            // The tab that is chosen is the one that has the focus.
            let tab = event.target().and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
            let list = tab.and_then(|tab| tab.parent_element()?.dyn_into::<HtmlElement>().ok());
            browser::focus_child(list, to as u32);
        })
    };
    let tab = |tab: &Tab| {
        let tab = *tab;
        let chosen = tab == shown;
        let onclick = on_do.reform(move |_: MouseEvent| Doing::ShowTab(tab));
        html! {
            <button
                key={tab.name()}
                type="button"
                class="tab"
                role="tab"
                id={format!("tab-{}", tab.name())}
                data-testid={format!("tab-{}", tab.name())}
                aria-selected={chosen.to_string()}
                aria-controls="tab-panel"
                tabindex={if chosen { "0" } else { "-1" }}
                {onclick}
            >
                { words.say(tab.title()) }
            </button>
        }
    };
    let panel = match shown {
        Tab::Explain => bottom.explain,
        Tab::State => bottom.state,
        Tab::Wire => {
            html! { <Wire position={bottom.wire.unwrap_or(bottom.settled.position)} view={bottom.settled} open={bottom.opened} pace={bottom.pace} speed={bottom.speed} on_do={on_do.clone()} /> }
        }
        Tab::Mailbox => html! { <Mailbox shown={view.shown()} on_do={on_do.clone()} /> },
        Tab::Ledger => {
            let read = bottom.settled.overheard().0;
            html! { <Ledger view={bottom.settled} {read} stepping={bottom.stepping} on_do={on_do.clone()} /> }
        }
        Tab::ServerLog => html! { <ServerLog shown={view.shown()} view={view.clone()} /> },
    };
    html! {
        <div class={classes!("bottom", shown.name())}>
            if !wide { { state::lamps(&now, words) } }
            <div class="tabs" role="tablist" aria-label={words.say(id::TABS_TITLE)} {onkeydown}>
                { for all.iter().map(tab) }
            </div>
            <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={format!("tab-{}", shown.name())}>
                { panel }
            </div>
        </div>
    }
}

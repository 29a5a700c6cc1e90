//! The head of the page: what it is, the connection, and the settings.

use super::app::Doing;
use super::choices;
use super::icons::{Icon, icon};
use super::lab::ME;
use super::roads::Roads;
use super::security::SecuritySettings;
use super::set_pieces::{IDLE_SECONDS, SET_PIECES};
use super::theme::Theme;
use super::wish::Wish;
use crate::i18n::{Id, Words, id};
use crate::policy::{Policy, Road};
use yew::prelude::*;

/// Properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether the client can send.
    pub open: bool,
    /// The road of the learner's connection, if it is one of the three.
    pub road: Option<Road>,
    /// Its port.
    pub port: u16,
    /// What both ends want of TLS.
    pub policy: Policy,
    /// The name of the server.
    pub host: String,
    /// The theme that is chosen.
    pub theme: Theme,
    /// The address at which the roads are compared.
    pub compare: AttrValue,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// The head of the page.
#[component]
pub fn Header(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let button = |test_id: &'static str, message: Id, mark: Icon, doing: fn() -> Doing| {
        let on_do = props.on_do.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            // The second click of a double click may hit the button that took this one's place.
            if event.detail() <= 1 {
                on_do.emit(doing());
            }
        });
        html! {
            <button key={test_id} type="button" class="button" data-testid={test_id} {onclick}>
                { icon(mark) }<span>{ words.say(message) }</span>
            </button>
        }
    };
    html! {
        <header class="head">
            { choices::title(words) }
            { choices::nav(false, props.compare.clone(), words) }
            <Roads road={props.road} policy={props.policy} on_do={props.on_do.clone()} />
            <div class="group" role="group" aria-label={words.say(id::CONNECTION_GROUP)}>
                if props.open {
                    { button("disconnect", id::DISCONNECT, Icon::Disconnect, || Doing::Act(Wish::Disconnect { client: ME })) }
                    { button("drop-line", id::DROP_LINE, Icon::Drop, || Doing::Act(Wish::DropLine { client: ME })) }
                } else {
                    { button("connect", id::CONNECT, Icon::Connect, || Doing::Act(Wish::Reconnect { client: ME })) }
                }
                { button("let-time-pass", id::LET_TIME_PASS, Icon::Clock, || Doing::Act(Wish::pass(IDLE_SECONDS))) }
                { button("start-over", id::START_OVER, Icon::Again, || Doing::StartOver) }
                { set_pieces(&props.on_do, words) }
                <SecuritySettings policy={props.policy} host={props.host.clone()} port={props.port} on_do={props.on_do.clone()} />
            </div>
            { choices::choices(props.theme, &props.on_do, words) }
        </header>
    }
}

/// The scenes, behind one button. The browser itself opens and closes the list, and gives the focus back.
fn set_pieces(on_do: &Callback<Doing>, words: Words) -> Html {
    html! {
        <>
            <button key="set-pieces" type="button" class="button" data-testid="set-pieces" popovertarget="set-pieces">
                { icon(Icon::Mask) }<span>{ words.say(id::SET_PIECES_TITLE) }</span>
            </button>
            <div key="pieces" class="pieces" id="set-pieces" popover="auto" role="group" aria-label={words.say(id::SET_PIECES_TITLE)}>
                <p class="said">{ words.say(id::SET_PIECES_HELP) }</p>
                { for SET_PIECES.iter().map(|piece| html! {
                    <button
                        type="button"
                        class="piece"
                        data-testid={format!("set-piece-{}", piece.name)}
                        popovertarget="set-pieces"
                        popovertargetaction="hide"
                        onclick={on_do.reform(move |_: MouseEvent| Doing::Stage(piece))}
                    >
                        <b>{ words.say(piece.title) }</b>
                        <span>{ words.say(piece.tells) }</span>
                    </button>
                }) }
            </div>
        </>
    }
}

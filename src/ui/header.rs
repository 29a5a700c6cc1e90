//! The head of the page: what it is, the connection, and the settings.

use super::app::{Doing, Theme};
use super::icons::{Icon, icon};
use super::lab::{PORT, View};
use crate::i18n::{Language, Words};
use yew::prelude::*;

/// Properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// The theme that is chosen.
    pub theme: Theme,
    /// What a person does.
    pub on_do: Callback<Doing>,
}

/// The head of the page.
#[component]
pub fn Header(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let open = props.view.connection().is_some_and(|connection| connection.is_open());
    let button = |id: &'static str, message: &str, mark: Icon, doing: fn() -> Doing| {
        let onclick = props.on_do.reform(move |_: MouseEvent| doing());
        html! {
            <button type="button" class="button" data-testid={id} {onclick}>
                { icon(mark) }<span>{ words.say(message) }</span>
            </button>
        }
    };
    let language = |language: Language| {
        let chosen = words.language() == language;
        let onclick = props.on_do.reform(move |_: MouseEvent| Doing::Speak(language));
        html! {
            <button
                type="button"
                class="button quiet"
                data-testid={format!("lang-{}", language.tag())}
                lang={language.tag()}
                aria-pressed={chosen.to_string()}
                {onclick}
            >
                { match language { Language::English => "English", Language::Japanese => "日本語" } }
            </button>
        }
    };
    html! {
        <header class="head">
            <h1><span class="stamp" aria-hidden="true">{ "POP3" }</span>{ words.say("product-name") }</h1>
            <p class="road">
                { icon(Icon::Postcard) }
                <span><b>{ words.with("road-port", [("port", PORT.into())]) }</b>{ " " }<span class="long">{ words.say("road-110-means") }</span></span>
            </p>
            <div class="group" role="group" aria-label={words.say("connection-group")}>
                if open {
                    { button("disconnect", "disconnect", Icon::Disconnect, || Doing::Disconnect) }
                    { button("drop-line", "drop-line", Icon::Drop, || Doing::DropLine) }
                } else {
                    { button("connect", "connect", Icon::Connect, || Doing::Connect) }
                }
                { button("start-over", "start-over", Icon::Again, || Doing::StartOver) }
            </div>
            <div class="group settings" role="group" aria-label={words.say("settings-group")}>
                { for Language::ALL.into_iter().map(language) }
                <button
                    type="button"
                    class="button quiet"
                    data-testid="theme"
                    onclick={props.on_do.reform(|_: MouseEvent| Doing::ChangeTheme)}
                >
                    { icon(Icon::Moon) }
                    <span>{ words.say(&format!("theme-{}", props.theme.name())) }</span>
                </button>
            </div>
        </header>
    }
}

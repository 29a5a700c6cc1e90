//! What stands in the head of every page: its name, the way to the other pages, language and theme.

use super::app::Doing;
use super::icons::{Icon, icon};
use super::settings::Choice;
use super::theme::Theme;
use crate::i18n::{Language, Words, id};
use yew::prelude::*;

/// The name of the product, behind its stamp.
pub fn title(words: Words) -> Html {
    html! {
        <h1><span class="stamp" aria-hidden="true">{ "POP3" }</span><span class="unseen">{ "POP3 " }</span>{ words.say(id::PRODUCT_NAME) }</h1>
    }
}

/// The way to the other pages; `compare` is the address at which one was last.
pub fn nav(comparing: bool, compare: AttrValue, words: Words) -> Html {
    html! {
        <nav class="pages" aria-label={words.say(id::NAV_TITLE)}>
            // The lab's own name stands before it already.
            if comparing { <a href="#/lab" data-testid="nav-lab">{ words.say(id::NAV_LAB) }</a> }
            <a href={compare} data-testid="nav-compare" aria-current={comparing.then_some("page")}>{ words.say(id::NAV_COMPARE) }</a>
        </nav>
    }
}

/// Language and theme.
pub fn choices(theme: Theme, on_do: &Callback<Doing>, words: Words) -> Html {
    let language = |language: Language| {
        let chosen = words.language() == language;
        let onclick = on_do.reform(move |_: MouseEvent| Doing::Choose(Choice::Language(language)));
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
        <div class="group settings" role="group" aria-label={words.say(id::SETTINGS_GROUP)}>
            { for Language::ALL.into_iter().map(language) }
            <button
                type="button"
                class="button quiet theme"
                data-testid="theme"
                onclick={on_do.reform(|_: MouseEvent| Doing::Choose(Choice::NextTheme))}
            >
                { icon(Icon::Moon) }
                <span>{ words.say(match theme {
                    Theme::System => id::THEME_SYSTEM,
                    Theme::Light => id::THEME_LIGHT,
                    Theme::Dark => id::THEME_DARK,
                }) }</span>
            </button>
        </div>
    }
}

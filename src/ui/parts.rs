//! The plain parts of the page, each made in one place. `html!` writes some 150 octets of code for each element
//! that stands in it, and 400 for a button: what occurs often is lighter, and shorter to read, as a call.

use super::icons::{Icon, icon};
use web_sys::HtmlSelectElement;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag, VText};

/// An element that holds a text.
pub(super) fn plain(tag: &'static str, text: String) -> Html {
    classed(tag, "", text)
}

/// An element of a class that holds a text. It has no other attribute, and not even that if the class is empty.
pub(super) fn classed(tag: &'static str, class: &'static str, text: String) -> Html {
    let class = (!class.is_empty()).then(|| AttributeOrProperty::Attribute(class.into()));
    let mut element = VTag::new(tag);
    element.set_attributes(Attributes::Dynamic { keys: &["class"], values: Box::new([class]) });
    if let Some(children) = element.children_mut() {
        *children = VText::new(text).into();
    }
    element.into()
}

/// A button: the classes it has beside that of all buttons, its name in tests, and what is written on it.
pub(super) fn button(
    class: &'static str,
    test_id: &'static str,
    mark: Option<Icon>,
    name: String,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button key={test_id} type="button" class={classes!("button", class)} data-testid={test_id} {onclick}>
            { for mark.map(icon) }{ plain("span", name) }
        </button>
    }
}

/// A button that throws the dice: it shows nothing but its icon.
pub(super) fn die(name: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="button" data-testid="die" title={name.clone()} {onclick}>
            { icon(Icon::Die) }{ classed("span", "unseen", name) }
        </button>
    }
}

/// A button that opens what has this id, and closes it again: the browser does that by itself.
pub(super) fn opener(test_id: &'static str, opens: &'static str, mark: Icon, name: String) -> Html {
    html! {
        <button key={test_id} type="button" class="button" data-testid={test_id} popovertarget={opens}>
            { icon(mark) }{ plain("span", name) }
        </button>
    }
}

/// A step of a player, or what stands beside the steps.
pub(super) struct Step {
    /// Its name in tests.
    pub(super) test_id: &'static str,
    /// What it is called.
    pub(super) name: String,
    /// Its icon.
    pub(super) mark: Icon,
    /// Whether there is nothing for it to do.
    pub(super) idle: bool,
    /// Whether only its icon is seen.
    pub(super) small: bool,
}

impl Step {
    /// Its button. It is never `disabled`: a button that is disabled under the finger loses the focus.
    pub(super) fn button(self, class: &'static str, onclick: Callback<MouseEvent>) -> Html {
        let Step { test_id, name, mark, idle, small } = self;
        let title: Option<String> = small.then(|| name.clone());
        html! {
            <button type="button" class={classes!("button", "step", class)} data-testid={test_id} aria-disabled={idle.to_string()} {title} {onclick}>
                { icon(mark) }{ classed("span", if small { "unseen" } else { "" }, name) }
            </button>
        }
    }
}

/// One of several, of which there is at least one: the class of its label, the label itself, and what there is
/// to choose from, with which it is.
pub(super) fn choice(
    class: &'static str,
    test_id: &'static str,
    label: Html,
    options: &[(String, bool)],
    on_choice: Callback<usize>,
) -> Html {
    let last = options.len() - 1;
    let onchange = on_choice.reform(move |event: Event| {
        let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        usize::try_from(at).unwrap_or(0).min(last)
    });
    html! {
        <label {class}>
            { label }
            <select data-testid={test_id} {onchange}>
                { for options.iter().map(|(text, selected)| html! { <option selected={*selected}>{ text }</option> }) }
            </select>
        </label>
    }
}

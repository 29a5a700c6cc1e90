//! What one takes away from a comparison: its link, its table, a printed page.

use super::Doing;
use super::table::Form;
use crate::i18n::{Words, id};
use crate::ui::icons::{Icon, icon};
use yew::prelude::*;

/// Something to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// The address of this step of this comparison.
    Link,
    /// The table.
    Table(Form),
}

/// The forms of the table, each with its name in tests and its name.
const FORMS: [(Form, &str, &str); 3] = [
    (Form::Text, "copy-text", ""),
    (Form::Markdown, "copy-markdown", "Markdown"),
    (Form::Csv, "copy-csv", "CSV"),
];

/// The buttons, and whether the last copy was made.
pub fn tools(on_do: &Callback<Doing>, copied: Option<bool>, words: Words) -> Html {
    let copy = |what: Copy| on_do.reform(move |_: MouseEvent| Doing::Copy(what));
    html! {
        <div class="group compare-tools">
            <button type="button" class="button" data-testid="copy-link" onclick={copy(Copy::Link)}>
                { icon(Icon::Copy) }<span>{ words.say(id::COMPARE_COPY_LINK) }</span>
            </button>
            <button type="button" class="button" data-testid="copy-table" popovertarget="copy-forms">
                { icon(Icon::Copy) }<span>{ words.say(id::COMPARE_COPY_TABLE) }</span>
            </button>
            <div class="pieces forms" id="copy-forms" popover="auto" role="group" aria-label={words.say(id::COMPARE_COPY_TABLE)}>
                { for FORMS.map(|(form, test_id, name)| {
                    let name = if name.is_empty() { words.say(id::COMPARE_FORM_TEXT) } else { name.to_owned() };
                    html! {
                        <button type="button" class="button" data-testid={test_id} popovertarget="copy-forms" popovertargetaction="hide" onclick={copy(Copy::Table(form))}>
                            { words.with(id::COMPARE_COPY_AS, &[("form", name.into())]) }
                        </button>
                    }
                }) }
            </div>
            <button type="button" class="button" data-testid="print" onclick={on_do.reform(|_: MouseEvent| Doing::Print)}>
                { icon(Icon::Letter) }<span>{ words.say(id::COMPARE_PRINT) }</span>
            </button>
            <span class="said" role="status" data-testid="compare-copied">
                { copied.map(|done| words.say(if done { id::COMPARE_COPIED } else { id::COMPARE_NOT_COPIED })) }
            </span>
        </div>
    }
}

//! Where the script is written: ready ones, a person's own text, and what each line of it will lead to.

use super::checked::check;
use super::explained::{list, state};
use super::ready::READY;
use super::written::{self, Written};
use crate::i18n::{Words, id};
use crate::ui::browser;
use crate::world::comparison::{Ending, Script};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The script. If it becomes another from outside, the text does as well.
    pub script: Script,
    /// Called with the script whenever it has become another one.
    pub on_change: Callback<Script>,
}

/// For how long nobody types before the page says something about the script, in milliseconds.
const REST: u32 = 500;

/// What stands in the editor.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    text: Rc<str>,
    ending: Ending,
}

impl Draft {
    fn of(script: &Script) -> Draft {
        let text: String = script.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        Draft { text: text.into(), ending: script.ending }
    }

    fn read(&self) -> Written {
        written::read(&self.text, self.ending)
    }
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let draft = use_state(|| Draft::of(&props.script));
    // What the page speaks about: it follows when nobody types for a moment.
    let rested = use_state(|| (*draft).clone());
    // A text of one's own whose place a ready script has taken.
    let kept = use_state(|| None::<Draft>);
    let last = use_mut_ref(|| props.script.clone());
    // Scripts that the page around this one has been told of and has not handed back yet.
    let told = use_mut_ref(Vec::<Script>::new);
    let area = use_node_ref();

    use_effect_with(props.script.clone(), {
        let (draft, rested, last, told) = (draft.clone(), rested.clone(), last.clone(), told.clone());
        move |script: &Script| {
            let mut told = told.borrow_mut();
            if let Some(at) = told.iter().position(|held| held == script) {
                told.drain(..=at);
            } else if *last.borrow() != *script {
                last.replace(script.clone());
                draft.set(Draft::of(script));
                rested.set(Draft::of(script));
            }
        }
    });
    use_effect_with((*draft).clone(), {
        let rested = rested.clone();
        move |draft: &Draft| {
            let draft = draft.clone();
            let set = Callback::from(move |()| rested.set(draft.clone()));
            let timer = browser::after(REST, set);
            move || drop(timer)
        }
    });
    let write = {
        let (draft, on_change) = (draft.clone(), props.on_change.clone());
        Callback::from(move |next: Draft| {
            let script = next.read().script;
            draft.set(next);
            if *last.borrow() != script {
                last.replace(script.clone());
                told.borrow_mut().push(script.clone());
                on_change.emit(script);
            }
        })
    };
    // Another text at once, which the page then speaks about at once.
    let replace = {
        let (write, rested) = (write.clone(), rested.clone());
        Callback::from(move |next: Draft| {
            rested.set(next.clone());
            write.emit(next);
        })
    };
    let oninput = {
        let (write, ending) = (write.clone(), draft.ending);
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            write.emit(Draft { text: text.into(), ending });
        })
    };
    let onlost = {
        let (replace, text) = (replace.clone(), Rc::clone(&draft.text));
        Callback::from(move |event: Event| {
            let lost = event.target_unchecked_into::<HtmlInputElement>().checked();
            let ending = if lost { Ending::LineLost } else { Ending::AsSaid };
            replace.emit(Draft { text: Rc::clone(&text), ending });
        })
    };
    let script = draft.read().script;
    let chosen = READY.iter().find(|ready| ready.script() == script);
    let take = {
        let (replace, kept, draft) = (replace.clone(), kept.clone(), draft.clone());
        Callback::from(move |script: Script| {
            let ready = Draft::of(&script);
            let is_own = READY.iter().all(|ready| Draft::of(&ready.script()) != *draft);
            if is_own && !draft.text.trim().is_empty() && *draft != ready {
                kept.set(Some((*draft).clone()));
            }
            replace.emit(ready);
        })
    };
    let onback = {
        let (replace, kept, area) = (replace.clone(), kept.clone(), area.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(draft) = (*kept).clone() {
                replace.emit(draft);
            }
            kept.set(None);
            // The button is gone, and the focus with it.
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                _ = area.focus();
            }
        })
    };
    let on_meant = {
        let (replace, draft, area) = (replace.clone(), draft.clone(), area.clone());
        Callback::from(move |(place, line): (usize, String)| {
            let text = written::replaced(&draft.text, place, &line).into();
            replace.emit(Draft { text, ending: draft.ending });
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                _ = area.focus();
            }
        })
    };
    let explained = use_memo((*rested).clone(), |draft| {
        let written = draft.read();
        let checked = check(&written.script);
        (written, checked)
    });
    let (written, checked) = &*explained;
    let rows = draft.text.lines().take(16).count().clamp(6, 16);
    html! {
        <div class="script"><div class="script-grid">
            <div class="ready" role="group" aria-label={words.say(id::SCRIPT_READY)}>
                { for READY.iter().map(|ready| {
                    let pressed = chosen.is_some_and(|chosen| chosen.name == ready.name);
                    let onclick = take.reform(move |_: MouseEvent| ready.script());
                    html! {
                        <button
                            key={ready.name}
                            type="button"
                            class="button"
                            data-testid={format!("ready-{}", ready.name)}
                            aria-pressed={pressed.to_string()}
                            title={words.say(ready.shows)}
                            {onclick}
                        >{ words.say(ready.title) }</button>
                    }
                }) }
                if kept.is_some() {
                    <button key="back" type="button" class="button strong" data-testid="script-back" onclick={onback}>
                        { words.say(id::SCRIPT_BACK) }
                    </button>
                }
            </div>
            <p class="said shows">{ words.say(chosen.map_or(id::SCRIPT_OWN, |ready| ready.shows)) }</p>
            <div class="own">
                <label class="script-label" for="script">{ words.say(id::SCRIPT_LABEL) }</label>
                <textarea
                    id="script"
                    data-testid="script"
                    ref={area}
                    rows={rows.to_string()}
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    wrap="off"
                    aria-describedby="script-help script-state"
                    value={AttrValue::from(Rc::clone(&draft.text))}
                    {oninput}
                />
                <label class="setting check">
                    <input type="checkbox" data-testid="line-lost" checked={draft.ending == Ending::LineLost} onchange={onlost} />
                    <span>{ words.say(id::SCRIPT_LINE_LOST) }</span>
                </label>
            </div>
            <div class="explained">
                <p id="script-state" class="script-state" role="status" data-testid="script-state">{ state(written, checked, words) }</p>
                { list(written, checked, words, &on_meant) }
            </div>
            <p id="script-help" class="said">{ words.say(id::SCRIPT_HELP) }{ " " }{ words.say(id::PROMPT_HELP) }</p>
        </div></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_becomes_a_text_and_the_text_that_script() {
        for ready in READY {
            assert_eq!(Draft::of(&ready.script()).read().script, ready.script());
        }
    }
}

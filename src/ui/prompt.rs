//! The prompt: where a person types, with a suggestion, the history, and care for those who write with
//! an input method.

use super::browser;
use super::moves::{ghost, moves};
use super::notes::silence;
use super::parts::{classed, plain};
use super::replay::Told;
use super::route::Trouble;
use super::slip::near;
use super::typing::{History, narrowed, pipeline, remembered};
use super::view::View;
use crate::i18n::{Id, Words, id};
use crate::pop3::{COMMANDS, Kind};
use crate::trace::{Connection, Scene};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Something that the page, not the server, says about what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The line has full-width letters; this is the line with narrow ones.
    FullWidth(String),
    /// The keyword is one slip away from one that exists; this is the line with that one.
    Near(String),
    /// `help` was typed: these are the lines that make sense now.
    Help,
    /// The line was sent in the past: what came after it is gone.
    Forked,
    /// The paste is too large to be sent.
    TooLarge,
    /// A scene was played, in which one can see this.
    Staged(Id),
    /// A recording was played, or cannot be.
    Recording(Told),
    /// The address could not be followed.
    BadLink(Trouble),
}

/// Properties of [`Prompt`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// What the page has to say.
    pub hint: Option<Hint>,
    /// What stood in the shell's prompt.
    pub early_text: String,
    /// Whether that prompt had the focus, which this one then takes over.
    pub early_focus: bool,
    /// Called with octets to be sent.
    pub on_send: Callback<Vec<u8>>,
    /// Called when the page has something to say, or no more.
    pub on_hint: Callback<Option<Hint>>,
    /// Called at each key.
    pub on_key: Callback<()>,
}

/// The most octets that one paste may have.
const LARGEST_PASTE: usize = 256 * 1024;

/// The prompt.
#[component]
pub fn Prompt(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let value = use_state(|| props.early_text.clone());
    let history = use_mut_ref(|| History::from_kept(&browser::recall("history").unwrap_or_default()));
    let input = use_node_ref();
    let touch = *use_memo((), |()| browser::is_touch());
    use_effect_with((input.clone(), props.early_focus), |(input, focused)| {
        if let Some(input) = input.cast::<HtmlInputElement>().filter(|_| *focused) {
            _ = input.focus();
        }
    });
    let suggestion = suggestion(&props.view, &value);
    let closed = props.view.connection().is_none_or(|connection| !connection.is_open());
    let rest = suggestion.as_ref().map(|line| line[value.len()..].to_owned()).unwrap_or_default();

    // Sends whole lines; false if the page has something to say about them first. What it has said
    // already it does not say again: a second Enter sends the line as it stands.
    let send = {
        let (history, on_send, on_hint) = (history.clone(), props.on_send.clone(), props.on_hint.clone());
        let said = props.hint.clone();
        let challenged = props.view.connection().is_some_and(|connection| connection.challenged);
        Rc::new(move |text: &str| {
            let hint = about(text);
            if hint.is_some() && hint != said {
                on_hint.emit(hint);
                return false;
            }
            remembered(text, challenged).for_each(|line| history.borrow_mut().push(line));
            on_send.emit(pipeline(text));
            let history = history.clone();
            browser::after_paint(Callback::from(move |()| {
                browser::remember("history", &history.borrow().kept().join("\n"));
            }));
            true
        })
    };
    // Says text to the server: that it was typed, what it leads to and the empty prompt are drawn together.
    let say = {
        let (value, input, on_key) = (value.clone(), input.clone(), props.on_key.clone());
        move |text: String| {
            let (value, input, send, on_key) =
                (value.clone(), input.clone(), Rc::clone(&send), on_key.clone());
            browser::together(move || {
                on_key.emit(());
                if send(&text) {
                    set(&input, &value, "");
                }
            });
        }
    };
    let submit = {
        let (value, input, say) = (value.clone(), input.clone(), say.clone());
        // The element knows best: the state may be a frame behind a fast typist.
        move || say(input.cast::<HtmlInputElement>().map_or((*value).clone(), |input| input.value()))
    };
    let onsubmit = {
        let submit = submit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit();
        })
    };
    let onkeydown = {
        let (value, history, input) = (value.clone(), history.clone(), input.clone());
        let (suggestion, on_key) = (suggestion.clone(), props.on_key.clone());
        Callback::from(move |event: KeyboardEvent| {
            // The Enter that ends a composition belongs to the input method. Safari reports it as 229.
            let composing = event.is_composing() || event.key_code() == 229;
            if event.key() == "Enter" {
                // Sooner than by way of the form, which would first press its button.
                event.prevent_default();
                if !composing {
                    return submit();
                }
            }
            on_key.emit(());
            if composing {
                return;
            }
            let Some(element) = input.cast::<HtmlInputElement>() else { return };
            let text = element.value();
            let at_end = element.selection_start().ok().flatten() == Some(text.encode_utf16().count() as u32);
            let accept =
                || suggestion.clone().filter(|line| line.len() > text.len() && line.starts_with(&text));
            let next = match event.key().as_str() {
                _ if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() => None,
                "ArrowUp" => history.borrow_mut().older(&text),
                "ArrowDown" => history.borrow_mut().newer(),
                "ArrowRight" if at_end => accept(),
                // Tab completes what was begun; on an empty prompt it moves on, as everywhere.
                "Tab" if !text.is_empty() => accept(),
                _ => None,
            };
            if let Some(text) = next {
                event.prevent_default();
                set(&input, &value, &text);
            }
        })
    };
    let onpaste = {
        let (input, say, on_hint) = (input.clone(), say.clone(), props.on_hint.clone());
        Callback::from(move |event: Event_| {
            let (Some(text), Some(element)) = (browser::pasted(&event), input.cast::<HtmlInputElement>())
            else {
                return;
            };
            if text.len() > LARGEST_PASTE {
                event.prevent_default();
                return on_hint.emit(Some(Hint::TooLarge));
            }
            if !text.contains(['\n', '\r']) {
                return;
            }
            event.prevent_default();
            // What stands in the prompt belongs to the first and the last line, as in any terminal.
            let (before, after) = browser::around_selection(&element);
            say(format!("{before}{}{after}", text.replace("\r\n", "\n").replace('\r', "\n")));
        })
    };
    let oninput = {
        let (value, on_hint, hint) = (value.clone(), props.on_hint.clone(), props.hint.is_some());
        Callback::from(move |event: InputEvent| {
            value.set(event.target_unchecked_into::<HtmlInputElement>().value());
            if hint {
                on_hint.emit(None);
            }
        })
    };
    let send_meant = |meant: &String| {
        let (say, meant) = (say.clone(), meant.clone());
        Callback::from(move |_: MouseEvent| say(meant.clone()))
    };
    let tone = match &props.hint {
        Some(Hint::Staged(_)) => "plain",
        Some(Hint::Recording(told)) if told.is_good() => "plain",
        _ => "warning",
    };
    let quiet = props.view.connection().and_then(|connection| silence(&connection));
    let hinted = props.hint.is_some() || quiet.is_some();
    let hint = match &props.hint {
        None => quiet.map(|says| plain("p", words.say(says))).unwrap_or_default(),
        Some(Hint::Forked) => plain("p", words.say(id::HINT_FORKED)),
        Some(Hint::TooLarge) => plain("p", words.say(id::HINT_TOO_LARGE)),
        Some(Hint::Staged(tells)) => plain("p", words.say(*tells)),
        Some(Hint::Recording(told)) => plain("p", told.said(words)),
        Some(Hint::BadLink(trouble)) => {
            let what = match trouble {
                Trouble::Page(name) => words.with(id::LINK_PAGE, &[("name", name.as_str().into())]),
                Trouble::Setting(name) => words.with(id::LINK_SETTING, &[("name", name.as_str().into())]),
                Trouble::Value(name) => words.with(id::LINK_VALUE, &[("name", name.as_str().into())]),
                Trouble::Encoding(text) => words.with(id::LINK_ENCODING, &[("text", text.as_str().into())]),
                Trouble::TooLong => words.say(id::LINK_TOO_LONG),
            };
            html! { <p>{ what }</p> }
        }
        Some(Hint::Help) => {
            let keywords: Vec<&str> = COMMANDS.iter().map(|row| row.keyword).collect();
            plain("p", words.with(id::HINT_HELP, &[("commands", keywords.join(" ").into())]))
        }
        Some(hint @ (Hint::FullWidth(meant) | Hint::Near(meant))) => html! {
            <p>
                { words.say(if matches!(hint, Hint::Near(_)) { id::HINT_NEAR } else { id::HINT_FULL_WIDTH }) }{ " " }
                <button type="button" class="button" onclick={send_meant(meant)}>
                    { words.with(id::SEND_MEANT, &[("line", meant.as_str().into())]) }
                </button>
            </p>
        },
    };
    html! {
        <form class="prompt" {onsubmit}>
            <label class="who" for="prompt">{ "C: " }{ classed("span", "unseen", words.say(id::PROMPT_LABEL)) }</label>
            <div class="typing">
                <div class="ghost" aria-hidden="true">
                    <span class="typed">{ (*value).clone() }</span><span data-testid="ghost">{ rest.clone() }</span>
                </div>
                <input
                    id="prompt"
                    type="text"
                    data-testid="terminal-input"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="send"
                    aria-describedby="prompt-help"
                    value={(*value).clone()}
                    ref={input}
                    {oninput}
                    {onkeydown}
                    {onpaste}
                />
            </div>
            <button type="submit" class="button strong" data-testid="send">{ words.say(id::SEND) }</button>
            // What the page has to say stands in the place of the help, so that the prompt never moves.
            <div class="below">
            <div class="hint" role="status" data-testid="hint" data-tone={tone}>{ hint }</div>
            <p id="prompt-help" class={classes!("help", hinted.then_some("unseen"))}>
                if props.view.is_past() {
                    { words.say(id::PROMPT_PAST) }
                } else if closed {
                    { words.say(id::PROMPT_CLOSED) }
                } else if rest.is_empty() || touch {
                    { words.say(id::PROMPT_HELP) }
                } else {
                    { words.with(id::PROMPT_SUGGESTION, &[("line", shortened(&suggestion.unwrap_or_default()).into())]) }
                }
            </p>
            </div>
        </form>
    }
}

/// A line that fits into a sentence: what is computed for an exchange has hundreds of letters.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(12) {
        Some((cut, _)) if line.len() > 30 => format!("{}…", &line[..cut]),
        _ => line.to_owned(),
    }
}

type Event_ = yew::events::Event;

/// Puts text into the prompt, the cursor behind it.
fn set(input: &NodeRef, value: &UseStateHandle<String>, text: &str) {
    if let Some(element) = input.cast::<HtmlInputElement>() {
        element.set_value(text);
    }
    value.set(text.to_owned());
}

/// What the page has to say about a line before it is sent.
fn about(text: &str) -> Option<Hint> {
    if text.trim().eq_ignore_ascii_case("help") || text.trim() == "?" {
        return Some(Hint::Help);
    }
    if let Some(narrow) = narrowed(text) {
        return Some(Hint::FullWidth(narrow));
    }
    let keyword = text.split(' ').next()?;
    let meant = near(keyword)?;
    Some(Hint::Near(format!("{meant}{}", &text[keyword.len()..])))
}

/// The line that begins with what was typed and that one would most likely want.
fn suggestion(view: &View, typed: &str) -> Option<String> {
    let (scene, connection) = (view.scene(), view.connection()?);
    let likely = ghost(&scene, &connection);
    if connection.challenged && typed.is_empty() {
        // Where the next response is an empty line, or nobody knows it, calling AUTH off is no advice.
        return likely.map(|held| held.line).filter(|line| !line.is_empty());
    }
    let likely = likely.into_iter().chain(moves(&scene, &connection)).map(|held| held.line);
    let likely = likely.chain(completions(typed, &scene, &connection));
    let upper = typed.to_ascii_uppercase();
    let mut fitting =
        likely.filter(|line| line.len() > typed.len() && line.to_ascii_uppercase().starts_with(&upper));
    // What was typed stays as it was typed, in whatever case.
    fitting.next().map(|line| format!("{typed}{}", &line[typed.len()..]))
}

/// Every command and, once one that takes the number of a message is there, every number there is.
fn completions<'a>(
    typed: &'a str,
    scene: &'a Scene,
    connection: &Connection,
) -> impl Iterator<Item = String> + 'a {
    let mailbox = connection.mailbox.as_ref().and_then(|name| scene.mailboxes.get(name));
    let keyword = typed.split_once(' ').map(|(keyword, _)| keyword);
    let row = COMMANDS.iter().find(|row| keyword.is_some_and(|word| word.eq_ignore_ascii_case(row.keyword)));
    let numbered =
        row.filter(|row| row.parameters.first().is_some_and(|first| first.kind == Kind::MessageNumber));
    // One at a time: there may be ten thousand, and the first that fits is enough.
    let numbers = numbered.zip(mailbox).into_iter().flat_map(|(row, mailbox)| {
        let numbers = mailbox.messages.iter().filter_map(|held| held.number);
        numbers.map(|number| format!("{} {number}", row.keyword))
    });
    let keywords = COMMANDS.iter().filter(|_| !typed.is_empty()).map(|row| row.keyword.to_owned());
    keywords.chain(numbers)
}

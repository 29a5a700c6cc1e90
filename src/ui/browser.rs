//! The few things that are asked of the browser itself: its language, its storage, its decoders, and
//! the shell (www/boot.js) that outlives a crash of the engine.

use crate::i18n::Language;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, CustomEvent, CustomEventInit, Element, HtmlElement, HtmlInputElement, IdleRequestOptions,
    ScrollIntoViewOptions, ScrollLogicalPosition, Storage, TextDecoder, Window,
};
use yew::scheduler::{self, Runnable};
use yew::{Callback, Properties};

/// The window; none where the page is rendered without a browser.
fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Reads a setting that lasts; none if there is none, or storage is forbidden.
pub fn recall(key: &str) -> Option<String> {
    storage()?.get_item(&format!("pop3lab.{key}")).ok()?
}

/// Keeps a setting. Where the browser does not let us, the page goes on without.
pub fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(&format!("pop3lab.{key}"), value);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// The language for which the shell fetched the catalogue, while it fetched the program.
pub fn first_language() -> Language {
    let language = of_shell("language").and_then(|tag| tag.as_string());
    language.and_then(|tag| Language::from_tag(&tag)).unwrap_or(Language::English)
}

/// Whether there are words of this language: the shell may have fetched its catalogue.
pub fn knows(language: Language) -> bool {
    let words = || js_sys::Reflect::get(&of_shell("words")?, &language.tag().into()).ok()?.as_string();
    if !language.is_known()
        && let Some(words) = words()
    {
        language.learn(words);
    }
    language.is_known()
}

/// Has the shell fetch the catalogue of a language; `pop3lab:fetched` says that it has, or cannot.
pub fn fetch_words(language: Language) {
    dispatch("pop3lab:fetch", language.tag());
}

/// Sets the language and the theme on the document, where style sheets and screen readers find them.
pub fn dress(language: Language, theme: &str, title: &str) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    document.set_title(title);
    if let Some(root) = document.document_element() {
        _ = root.set_attribute("lang", language.tag());
        _ = root.set_attribute("data-theme", theme);
    }
}

/// Decodes octets in a charset that the browser knows; without a browser that is UTF-8.
pub fn decode(charset: &str, octets: &[u8]) -> Option<String> {
    if window().is_none() {
        return charset.eq_ignore_ascii_case("utf-8").then(|| String::from_utf8_lossy(octets).into_owned());
    }
    let decoder = TextDecoder::new_with_label(charset).ok()?;
    decoder.decode_with_u8_array(octets).ok()
}

/// Tells the shell what is about to be done.
pub fn tell_doing(what: &str) {
    dispatch("pop3lab:doing", what);
}

/// Tells the shell what the session says after its first `known` lines, so that it can be copied even if
/// the engine breaks.
pub fn tell_session(known: usize, lines: Vec<String>) {
    dispatch("pop3lab:session", &format!("{known}\n{}", lines.join("\n")));
}

/// If the button that was pressed is gone, and the focus with it, gives it to the prompt; where that would
/// raise a keyboard, to the terminal.
pub fn keep_focus() {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    if document.active_element().is_some_and(|element| element.tag_name() != "BODY") {
        return;
    }
    let place = if is_touch() { ".log" } else { "#prompt" };
    let place =
        document.query_selector(place).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        _ = place.focus();
    }
}

/// Scrolls an element into sight, no further than needed.
pub fn show(id: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = window().and_then(|window| window.document()?.get_element_by_id(id)) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the list that an element is in so that it begins there, and nothing else.
pub fn show_first(id: &str) {
    let found = window().and_then(|window| window.document()?.get_element_by_id(id));
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let list = found.as_ref().and_then(|found| found.parent_element()?.dyn_into::<HtmlElement>().ok());
    if let (Some(found), Some(list)) = (found, list) {
        list.set_scroll_top(found.offset_top() - list.offset_top());
    }
}

/// Gives the focus to the first element that a selector finds.
pub fn focus(selector: &str) {
    let found = window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        _ = found.focus();
    }
}

/// Gives the focus to a child of an element, by its place.
pub fn focus_child(parent: Option<HtmlElement>, place: u32) {
    let child = parent.and_then(|parent| parent.children().item(place));
    if let Some(child) = child.and_then(|child| child.dyn_into::<HtmlElement>().ok()) {
        _ = child.focus();
    }
}

/// Gives the focus to the neighbour, among what a selector finds in an element, of what has it; to the last
/// if none has.
pub fn focus_beside(within: &yew::NodeRef, selector: &str, back: bool) {
    let Some(found) = within.cast::<Element>().and_then(|place| place.query_selector_all(selector).ok())
    else {
        return;
    };
    let all: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let active = window().and_then(|window| window.document()?.active_element());
    let at = all.iter().position(|held| active.as_ref() == Some(held.as_ref()));
    let next = match at {
        None => all.len().checked_sub(1),
        Some(at) if back => at.checked_sub(1),
        Some(at) => Some(at + 1),
    };
    if let Some(next) = next.and_then(|next| all.get(next)) {
        _ = next.focus();
    }
}

/// Tells the shell that the engine has panicked.
pub fn crashed(message: &str) {
    dispatch("pop3lab:crash", message);
}

fn dispatch(name: &str, detail: &str) {
    let Some(window) = window() else { return };
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        _ = window.dispatch_event(&event);
    }
}

/// Calls back whenever the window gets the event `name`, for as long as the listener is kept.
pub fn on_event(name: &'static str, callback: Callback<()>) -> Option<EventListener> {
    Some(EventListener::new(&window()?.into(), name, move |_| callback.emit(())))
}

/// Calls back once the next frame has been painted and the browser has nothing else to do; at once where there are no
/// frames. Whoever asks for another frame right behind the one with the answer makes Chromium hold back what
/// else there is to do until that one is there, from the release of the key on.
pub fn after_paint(callback: Callback<()>) {
    /// Milliseconds that it waits at most.
    const LATEST: u32 = 100;
    let Some(held) = window() else { return callback.emit(()) };
    let window = held.clone();
    let painted = Closure::once_into_js(move || {
        let idle = Closure::once_into_js(move || callback.emit(()));
        let options = IdleRequestOptions::new();
        options.set_timeout(LATEST);
        // Safari does not know idleness.
        if window.request_idle_callback_with_options(idle.unchecked_ref(), &options).is_err() {
            _ = window.set_timeout_with_callback(idle.unchecked_ref());
        }
    });
    _ = held.request_animation_frame(painted.unchecked_ref());
}

/// Calls back once the page has been there for a while.
pub fn later(callback: Callback<()>) {
    const WHILE: u32 = 600;
    if window().is_some() {
        Timeout::new(WHILE, move || callback.emit(())).forget();
    }
}

/// Does several things, and lets the page be drawn once for all of them.
pub fn together(things: impl FnOnce() + 'static) {
    struct Things<F>(F);
    impl<F: FnOnce()> Runnable for Things<F> {
        fn run(self: Box<Self>) {
            (self.0)();
        }
    }
    scheduler::push(Box::new(Things(things)));
}

/// The text of a paste.
pub fn pasted(event: &yew::events::Event) -> Option<String> {
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text").ok()
}

/// Copies a text; calls back with whether the browser let us.
pub fn copy(text: &str, done: Callback<bool>) {
    // Only a page that came over TLS, or from this machine, has a clipboard.
    let clipboard = window().map(|window| window.navigator().clipboard()).filter(|held| !held.is_undefined());
    let Some(clipboard) = clipboard else { return done.emit(false) };
    let refused = done.clone();
    let copied = Closure::once(move |_: JsValue| done.emit(true));
    let refused = Closure::once(move |_: JsValue| refused.emit(false));
    _ = clipboard.write_text(text).then2(&copied, &refused);
    copied.forget();
    refused.forget();
}

/// What the shell hands over.
#[derive(Default, PartialEq, Properties)]
pub struct Early {
    /// Lines that were sent before the engine had arrived.
    #[prop_or_default]
    pub lines: Vec<String>,
    /// What stands in the prompt.
    #[prop_or_default]
    pub text: String,
    /// Whether the prompt has the focus.
    #[prop_or_default]
    pub focused: bool,
}

/// What was typed before the engine had arrived.
pub fn typed_early() -> Early {
    let field = |name: &str| of_shell(name).unwrap_or(JsValue::UNDEFINED);
    let lines = field("lines").dyn_into::<js_sys::Array>().unwrap_or_default();
    let lines = lines.iter().filter_map(|line| line.as_string()).collect();
    let text = field("text").as_string().unwrap_or_default();
    Early { lines, text, focused: field("focused").is_truthy() }
}

/// What the shell holds under this name.
fn of_shell(name: &str) -> Option<JsValue> {
    let window = JsValue::from(window()?);
    let shell = js_sys::Reflect::get(&window, &"pop3labShell".into()).ok()?;
    js_sys::Reflect::get(&shell, &name.into()).ok()
}

/// Whether text on the page is selected.
pub fn has_selection() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok()).flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// What `data-NAME` says at the place of an event: of the nearest element around it that has one.
pub fn data_of(event: &yew::events::Event, name: &str) -> Option<String> {
    let place = event.target()?.dyn_into::<Element>().ok()?;
    let attribute = format!("data-{name}");
    place.closest(&format!("[{attribute}]")).ok()??.get_attribute(&attribute)
}

/// The text of an input before and after what is selected in it.
pub fn around_selection(input: &HtmlInputElement) -> (String, String) {
    let text: Vec<u16> = input.value().encode_utf16().collect();
    let place = |at: Option<u32>| at.map_or(text.len(), |at| (at as usize).min(text.len()));
    let start = place(input.selection_start().ok().flatten());
    let end = place(input.selection_end().ok().flatten()).max(start);
    (String::from_utf16_lossy(&text[..start]), String::from_utf16_lossy(&text[end..]))
}

/// Calls back after so many milliseconds, unless what is returned is dropped before.
pub fn after(millis: u32, callback: Callback<()>) -> Option<Timeout> {
    window().map(|_| Timeout::new(millis, move || callback.emit(())))
}

/// Whether the page is this wide; without a browser it is as wide as one likes.
pub fn is_wide(query: &str) -> bool {
    window().is_none() || matches(query)
}

/// Whether a media query holds; false without a browser.
pub fn matches(query: &str) -> bool {
    let query = window().and_then(|window| window.match_media(query).ok()).flatten();
    query.is_some_and(|query| query.matches())
}

/// Calls back whenever a media query begins or ceases to hold, for as long as the listener is kept.
pub fn on_media(query: &str, callback: Callback<bool>) -> Option<EventListener> {
    let list = window()?.match_media(query).ok()??;
    let target = list.clone();
    Some(EventListener::new(&target, "change", move |_| callback.emit(list.matches())))
}

/// What stands behind `#` in the address.
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Shows another page of this site: one can go back from it.
pub fn go_to(hash: &str) {
    _ = window().map(|window| window.location().set_hash(hash));
}

/// Makes the address one at which the page as it is now is found again, without going anywhere. Inside of another
/// page the address is not ours.
pub fn set_address(hash: &str) {
    let own = window().filter(|window| window.top().is_ok_and(|top| top.as_ref() == Some(window)));
    let history = own.and_then(|window| window.history().ok());
    // A browser that finds it too often refuses: then the address stays behind.
    _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(hash)));
}

/// The whole address of a page of this site.
pub fn address_of(hash: &str) -> String {
    let address = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let site = address.split('#').next().unwrap_or_default();
    format!("{site}{hash}")
}

/// Prints the page.
pub fn print() {
    _ = window().map(|window| window.print());
}

/// Scrolls what surrounds an element, and nothing else, until it is in sight.
pub fn show_within(selector: &str) {
    let page = window().and_then(|window| window.document());
    let Some(element) = page.and_then(|page| page.query_selector(selector).ok().flatten()) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// A number that nobody knows before; it becomes the seed of a world, which decides all else.
pub fn dice() -> u64 {
    (js_sys::Math::random() * 1e9) as u64
}

/// Reads a file that a person chose; none if it cannot be read.
pub fn read_file(file: &web_sys::File, callback: Callback<Option<Vec<u8>>>) {
    let failed = callback.clone();
    let done =
        Closure::once(move |buffer: JsValue| callback.emit(Some(js_sys::Uint8Array::new(&buffer).to_vec())));
    let failed = Closure::once(move |_: JsValue| failed.emit(None));
    _ = file.array_buffer().then2(&done, &failed);
    done.forget();
    failed.forget();
}

/// Whether the pointer is a finger: then a focused prompt would raise the keyboard over the page.
pub fn is_touch() -> bool {
    matches("(pointer: coarse)")
}

//! Files that a person chooses: read as a whole, and never sent anywhere.

use super::browser;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The largest file that is read, in octets.
const LARGEST: f64 = 20e6;

/// Why there is nothing of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// It is larger than 20 MB.
    TooLarge,
    /// The browser cannot read it, or it is empty.
    Unreadable,
}

/// What is in a file that was chosen.
pub type Chosen = Result<Vec<u8>, FileTrouble>;

/// What an input for files calls when a person has chosen one.
pub fn onchoice(on_read: Callback<Chosen>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
        if file.size() > LARGEST {
            on_read.emit(Err(FileTrouble::TooLarge));
        } else {
            let read = on_read.reform(|octets: Option<Vec<u8>>| {
                octets.filter(|octets| !octets.is_empty()).ok_or(FileTrouble::Unreadable)
            });
            browser::read_file(&file, read);
        }
        // The same file can be chosen again.
        input.set_value("");
    })
}

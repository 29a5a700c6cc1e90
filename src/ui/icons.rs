//! The icons: one small set on a 16 x 16 grid, in the colour of the text beside them.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A card that anybody can read.
    Postcard,
    /// One step back.
    Back,
    /// One step on.
    Forward,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Two ends that meet.
    Connect,
    /// Two ends apart.
    Disconnect,
    /// A line that breaks.
    Drop,
    /// Round again.
    Again,
    /// The theme.
    Moon,
    /// Away with it.
    Close,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Postcard => "M1.5 3.5h13v9h-13zM9 6h3.5v3H9zM3.5 7h3M3.5 9.5h3",
            Icon::Back => "M10.5 3 5 8l5.5 5",
            Icon::Forward => "M5.5 3 11 8l-5.5 5",
            Icon::First => "M12 3 6.5 8l5.5 5M4 3v10",
            Icon::Last => "M4 3l5.5 5L4 13M12 3v10",
            Icon::Connect => "M1 8h4M11 8h4M5 5h3v6H5zM8 6.5h3M8 9.5h3",
            Icon::Disconnect => "M1 8h3M12 8h3M4 5h2v6H4zM10 5h2v6h-2z",
            Icon::Drop => "M1 8h4l2-4 2 8 2-4h4",
            Icon::Again => "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
            Icon::Moon => "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z",
            Icon::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
        }
    }
}

/// The icon as a picture beside a word, of which a screen reader says nothing.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={icon.path()} /></svg>
    }
}

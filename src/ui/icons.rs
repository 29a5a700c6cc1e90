//! The icons: one small set on a 16 x 16 grid, in the colour of the text beside them.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A card that anybody can read.
    Postcard,
    /// An envelope with a seal.
    Seal,
    /// A card that goes into an envelope.
    Sealing,
    /// What opens a seal.
    Key,
    /// A padlock, closed.
    Lock,
    /// A padlock, open.
    OpenLock,
    /// A certificate with its ribbon.
    Certificate,
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
    /// Goes on by itself.
    Play,
    /// Stands still.
    Pause,
    /// Takes back.
    Undo,
    /// Does again.
    Redo,
    /// Chance.
    Die,
    /// A clock.
    Clock,
    /// A scene.
    Mask,
    /// Two sheets.
    Copy,
    /// A folder that opens.
    Open,
    /// An envelope that comes in.
    Letter,
    /// Away with it.
    Close,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Postcard => "M1.5 3.5h13v9h-13zM9 6h3.5v3H9zM3.5 7h3M3.5 9.5h3",
            Icon::Seal => {
                "M1.5 3.5h13v9h-13zM1.5 4l6.5 4L14.5 4M8 7.2a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8z"
            }
            Icon::Sealing => "M1.5 7.5h13v6h-13zM1.5 7.5 8 11l6.5-3.5M4 5.5v-3h8v3M6 4h4",
            Icon::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 10v1.5",
            Icon::OpenLock => "M3.5 7.5h9v6h-9zM5.5 7.5V4a2.5 2.5 0 0 1 4.8-1M8 10v1.5",
            Icon::Certificate => {
                "M2 2.5h12v8h-4.5M2 2.5v8h3M4.5 5h7M7.5 8.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6.5 12v3l1-.7 1 .7v-3"
            }
            Icon::Key => "M5 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7.5 8h7M12 8v2.5M14.5 8v2",
            Icon::Back => "M10.5 3 5 8l5.5 5",
            Icon::Forward => "M5.5 3 11 8l-5.5 5",
            Icon::First => "M12 3 6.5 8l5.5 5M4 3v10",
            Icon::Last => "M4 3l5.5 5L4 13M12 3v10",
            Icon::Connect => "M1 8h4M11 8h4M5 5h3v6H5zM8 6.5h3M8 9.5h3",
            Icon::Disconnect => "M1 8h3M12 8h3M4 5h2v6H4zM10 5h2v6h-2z",
            Icon::Drop => "M1 8h4l2-4 2 8 2-4h4",
            Icon::Again => "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
            Icon::Play => "M5 3l8 5-8 5z",
            Icon::Pause => "M5 3v10M11 3v10",
            Icon::Undo => "M3 6h7a3.5 3.5 0 0 1 0 7H6M6 3 3 6l3 3",
            Icon::Redo => "M13 6H6a3.5 3.5 0 0 0 0 7h4M10 3l3 3-3 3",
            Icon::Die => "M2.5 2.5h11v11h-11zM5.5 5.5h0M10.5 5.5h0M8 8h0M5.5 10.5h0M10.5 10.5h0",
            Icon::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.5V8l2.5 2",
            Icon::Mask => {
                "M2.5 3.5c3.5 1.2 7.5 1.2 11 0v4.5a5.5 5.5 0 0 1-11 0zM5.5 7.5h1M9.5 7.5h1M6 11c1.3-1 2.7-1 4 0"
            }
            Icon::Open => "M1.5 12.5v-9h4l1.5 2h6.5v2M1.5 12.5l2.5-5h11l-2.5 5z",
            Icon::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Icon::Letter => "M1.5 4.5h13v8.5h-13zM1.5 5l6.5 4.5L14.5 5",
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

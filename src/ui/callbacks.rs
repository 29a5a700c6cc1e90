//! What the components of the page call: each callback as a message to the page.

use super::app::{App, Doing};
use super::compare::link::Asked;
use super::doubts::Look;
use super::file::Chosen;
use super::lab::ME;
use super::prompt::Hint;
use super::wish::Wish;
use crate::world::comparison::Comparison;
use crate::world::{Setup, World};
use std::cell::OnceCell;
use yew::prelude::*;

/// The callbacks. Made once: a callback made anew is another one, and whoever has it is drawn
/// again.
pub struct Callbacks {
    pub doing: Callback<Doing>,
    pub send: Callback<Vec<u8>>,
    pub send_line: Callback<String>,
    pub connect: Callback<()>,
    pub hint: Callback<Option<Hint>>,
    pub select: Callback<u32>,
    pub certificate: Callback<u32>,
    pub typed: Callback<()>,
    pub file: Callback<Chosen>,
}

impl Callbacks {
    pub fn new(ctx: &Context<App>) -> Callbacks {
        let link = ctx.link();
        Callbacks {
            doing: link.callback(|doing| doing),
            send: link.callback(|octets| Doing::Act(Wish::send(octets))),
            send_line: link.callback(|line: String| Doing::Act(Wish::line(&line))),
            connect: link.callback(|()| Doing::Act(Wish::Reconnect { client: ME })),
            hint: link.callback(Doing::Hint),
            select: link.callback(Doing::Select),
            certificate: link.callback(|row| Doing::Certificate(Look::At(row))),
            typed: link.callback(|()| Doing::Typed),
            file: link.callback(Doing::Replay),
        }
    }
}

/// Makes one handshake each time it is called, before it comes back: the bench of connections measures how long
/// that takes in the same program.
pub fn bare_handshakes() -> Callback<()> {
    let world = OnceCell::new();
    Callback::from(move |()| {
        _ = world.get_or_init(|| World::new(Setup::default())).bare_handshake();
    })
}

/// Works out the usual comparison each time it is called, before it comes back: the bench of comparisons measures it.
pub fn comparisons() -> Callback<()> {
    Callback::from(|()| _ = Comparison::of(Asked::default().plan))
}

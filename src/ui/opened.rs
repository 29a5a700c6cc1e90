//! A segment that was opened: what everybody on the path sees of it, and set apart from that what is inside
//! for those who have the key.

use super::icons::{Icon, icon};
use super::inside::{inside, outside};
use super::octets::Octets;
use super::stream::Streams;
use super::view::View;
use crate::i18n::{Words, id};
use crate::trace::Event;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Opened`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// The number of the frame.
    pub frame: u32,
    /// Called to close it.
    pub on_close: Callback<()>,
}

/// The fields and octets of a frame.
#[component]
pub fn Opened(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    // A frame is read with what came before it: what happens later changes nothing of it.
    let read = use_memo((props.frame, props.view.generation()), |(frame, _)| {
        props.view.with(|trace| {
            let (sent, _) = *trace.frames(trace.len()).get(*frame as usize)?;
            let Event::FrameSent { octets, .. } = &trace.records()[sent as usize].event else { return None };
            let streams = &mut Streams::new(trace);
            let outside = outside(streams, sent, octets);
            Some((Rc::new(outside), inside(streams, sent, octets).map(Rc::new)))
        })
    });
    let Some((outside, inside)) = &*read else { return html! {} };
    let title = [("frame", (props.frame + 1).into()), ("count", outside.octets.len().into())];
    let on_close = &props.on_close;
    html! {
        <div
            class={classes!("opened", inside.is_some().then_some("two"))}
            role="group"
            aria-labelledby="opened-title"
            data-testid="segment-opened"
        >
            <h3 id="opened-title">{ words.with(id::SEGMENT_TITLE, &title) }</h3>
            <button type="button" class="button quiet close" onclick={on_close.reform(|_| ())}>{ words.say(id::CLOSE) }</button>
            if inside.is_some() {
                <p class="reading-of path"><b aria-hidden="true">{ "M" }</b>{ words.say(id::SEGMENT_OUTSIDE) }</p>
            }
            <Octets reading={outside.clone()} prefix="note" label={words.say(id::SEGMENT_FIELDS)} {on_close} />
            if let Some(inside) = inside {
                <div class="inside" role="group" aria-labelledby="inside-title" data-testid="segment-inside">
                    <p class="reading-of" id="inside-title">{ icon(Icon::Key) }{ words.say(id::SEGMENT_INSIDE) }</p>
                    <Octets reading={inside.clone()} prefix="inside" label={words.say(id::SEGMENT_INSIDE_FIELDS)} {on_close} />
                </div>
            }
        </div>
    }
}

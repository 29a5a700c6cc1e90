//! Every octet of a certificate, and what it is for: each shown where the other is.

use super::browser;
use super::chain::fingerprint;
use super::fields::{name, x509};
use super::visible::plain;
use crate::dissect::{Note, Value, certificate_notes, leaves};
use crate::i18n::Words;
use crate::i18n::id;
use std::ops::Range;
use yew::prelude::*;

/// Properties of [`Octets`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// A certificate in DER, or what was sent as one.
    pub octets: Vec<u8>,
}

/// The most octets that are drawn: more than certificates of mail servers have.
const MOST: usize = 4_096;

/// The fields and octets of a certificate. Type and length of an element are shown with the element.
#[component]
pub fn Octets(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let chosen = use_state(|| 0usize);
    let octets = &props.octets[..props.octets.len().min(MOST)];
    let notes = certificate_notes(octets);
    let last = notes.len().saturating_sub(1);
    let at = (*chosen).min(last);
    let span = notes.get(at).map(|note| note.span.clone()).unwrap_or_default();
    let list = use_node_ref();
    {
        // What the arrows choose is in sight.
        let list = list.clone();
        use_effect_with(at, move |at| browser::show_child(&list, *at as u32));
    }
    let onclick = {
        let chosen = chosen.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(note) = browser::data_of(&event, "note").and_then(|note| note.parse().ok()) {
                chosen.set(note);
            }
        })
    };
    let onkeydown = {
        let chosen = chosen.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (at + 1).min(last),
                "ArrowUp" => at.saturating_sub(1),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            chosen.set(to);
        })
    };
    // Two certificates may be open at once: their notes have different names.
    let print: String = fingerprint(&props.octets)[..4].iter().map(|octet| format!("{octet:02x}")).collect();
    let named = |index: usize| format!("der-{print}-{index}");
    let field = |(index, note): (usize, &Note)| {
        html! {
            <li
                id={named(index)}
                role="option"
                class={format!("field d{}", note.depth.min(5))}
                aria-selected={(index == at).to_string()}
                data-note={index.to_string()}
            >
                <span class="name">{ words.say(name(note.field)) }</span>{ " " }
                <span class="value">{ value(note, octets) }</span>
            </li>
        }
    };
    let place = [("from", span.start.into()), ("to", span.end.saturating_sub(1).into())];
    html! {
        <div class="der">
            <ul
                class="fields"
                role="listbox"
                tabindex="0"
                aria-label={words.say(id::CERTIFICATE_FIELDS)}
                aria-activedescendant={named(at)}
                onclick={onclick.clone()}
                ref={list}
                {onkeydown}
            >
                { for notes.iter().enumerate().map(field) }
            </ul>
            <p class="said">{ words.with(id::SEGMENT_OCTETS, &place) }</p>
            <pre class="octets" {onclick} tabindex="0">{ hex(octets, &notes, &span) }</pre>
        </div>
    }
}

/// What a field says.
fn value(note: &Note, octets: &[u8]) -> String {
    let octets = octets.get(note.span.clone()).unwrap_or_default();
    match note.value {
        Value::Number(number) => number.to_string(),
        Value::Octets => plain(octets, 60),
        Value::X509(value) => x509::value(value, octets),
        _ => String::new(),
    }
}

/// The octets in rows of sixteen, each by the note that names it.
fn hex(octets: &[u8], notes: &[Note], chosen: &Range<usize>) -> Html {
    let mut owner = vec![0usize; octets.len()];
    for leaf in leaves(notes) {
        let index = notes.iter().position(|note| std::ptr::eq(note, leaf)).unwrap_or(0);
        owner.iter_mut().take(leaf.span.end).skip(leaf.span.start).for_each(|held| *held = index);
    }
    let row = |(row, line): (usize, &[u8])| {
        let start = row * 16;
        // Octets of the same note are one piece: a hundred pieces are lighter than a thousand.
        let pieces = (start..start + line.len()).collect::<Vec<_>>();
        let pieces =
            pieces.chunk_by(|a, b| owner[*a] == owner[*b] && chosen.contains(a) == chosen.contains(b));
        let piece = |piece: &[usize]| {
            let lit = chosen.contains(&piece[0]).then_some("lit");
            let text: Vec<String> = piece.iter().map(|at| format!("{:02x}", octets[*at])).collect();
            html! { <><span class={classes!(lit)} data-note={owner[piece[0]].to_string()}>{ text.join(" ") }</span>{ " " }</> }
        };
        let letter =
            |octet: &u8| if octet.is_ascii_graphic() || *octet == b' ' { char::from(*octet) } else { '·' };
        let letters: String = line.iter().map(letter).collect();
        let fill = " ".repeat((16 - line.len()) * 3);
        html! { <>{ format!("{start:04x}  ") }{ for pieces.map(piece) }{ format!("{fill} {letters}\n") }</> }
    };
    octets.chunks(16).enumerate().map(row).collect()
}

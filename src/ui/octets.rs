//! Octets and what each of them is, as a list and as a dump: what is chosen in the one is lit in the other.

use super::browser;
use super::fields::{self, name};
use super::inside::Reading;
use super::visible::plain;
use crate::dissect::{Note, Value, leaves};
use crate::i18n::{Words, id};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Octets`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown.
    pub reading: Rc<Reading>,
    /// With what the ids of its notes begin: no two readings on the page have the same.
    pub prefix: AttrValue,
    /// What the list is called.
    pub label: String,
    /// Called when a person wants no more of it.
    #[prop_or_default]
    pub on_close: Callback<()>,
}

/// The most octets that are drawn: more than frames of this link and certificates of mail servers have.
pub const MOST: usize = 4_096;

/// The list, the place of what is chosen, and the dump.
#[component]
pub fn Octets(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let Reading { octets, notes, first } = &*props.reading;
    let (first, prefix) = (*first, &props.prefix);
    let chosen = use_state(|| first);
    {
        let chosen = chosen.clone();
        use_effect_with(props.reading.clone(), move |_| chosen.set(first));
    }
    // What the arrows choose is in sight; at first what there is to look at, with what follows it.
    use_effect_with((*chosen, first, prefix.clone()), |(at, first, prefix)| match at == first {
        true => browser::show_first(&format!("{prefix}-{at}")),
        false => browser::show(&format!("{prefix}-{at}")),
    });
    let at = (*chosen).min(notes.len().saturating_sub(1));
    let span = notes.get(at).map(|note| note.span.clone()).unwrap_or_default();
    let onclick = {
        let chosen = chosen.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(note) = browser::data_of(&event, "note").and_then(|note| note.parse().ok()) {
                chosen.set(note);
            }
        })
    };
    let onkeydown = {
        let (chosen, last, on_close) =
            (chosen.clone(), notes.len().saturating_sub(1), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (at + 1).min(last),
                "ArrowUp" => at.saturating_sub(1),
                "Home" => 0,
                "End" => last,
                "Escape" => return on_close.emit(()),
                _ => return,
            };
            event.prevent_default();
            chosen.set(to);
        })
    };
    let field = |(index, note): (usize, &Note)| {
        let here = index == at;
        html! {
            <li
                key={index}
                id={format!("{prefix}-{index}")}
                role="option"
                class={format!("field d{}", note.depth.min(9))}
                aria-selected={here.to_string()}
                data-note={index.to_string()}
            >
                <span class="name">{ words.say(name(note.field)) }</span>{ " " }
                <span class="value">{ value(note, octets, words) }</span>
            </li>
        }
    };
    let place = [("from", span.start.into()), ("to", span.end.saturating_sub(1).into())];
    html! {
        <>
            <ul
                class="fields"
                role="listbox"
                tabindex="0"
                aria-label={props.label.clone()}
                aria-activedescendant={format!("{prefix}-{at}")}
                onclick={onclick.clone()}
                {onkeydown}
            >
                { for notes.iter().enumerate().map(field) }
            </ul>
            <p class="said">{ words.with(id::SEGMENT_OCTETS, &place) }</p>
            <pre class="octets" {onclick} tabindex="0">{ hex(octets, notes, &span) }</pre>
        </>
    }
}

/// What a field says.
fn value(note: &Note, octets: &[u8], words: Words) -> String {
    match note.value {
        Value::None => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Hex(number, digits) => format!("0x{number:0width$x}", width = digits as usize),
        Value::Named(number, digits, name) => {
            format!("{name} (0x{number:0width$x})", width = digits as usize)
        }
        Value::Words(count) => words.with(id::OCTETS, &[("count", (u64::from(count) * 4).into())]),
        Value::Address([a, b, c, d]) => format!("{a}.{b}.{c}.{d}"),
        Value::Flags(flags) => flags.names().collect::<Vec<_>>().join(" "),
        Value::Octets => plain(&octets[note.span.clone()], 60),
        Value::Opaque => fields::binary(&octets[note.span.clone()]),
        Value::X509(value) => fields::x509::value(value, &octets[note.span.clone()]),
        Value::Checksum { said, computed } => match computed {
            None => format!("0x{said:04x}"),
            Some(right) if right == said => format!("0x{said:04x} ({})", words.say(id::CHECKSUM_RIGHT)),
            Some(right) => {
                let right = format!("0x{right:04x}");
                format!("0x{said:04x} ({})", words.with(id::CHECKSUM_WRONG, &[("right", right.into())]))
            }
        },
    }
}

/// The octets in rows of sixteen, each by the note that names it.
fn hex(octets: &[u8], notes: &[Note], chosen: &Range<usize>) -> Html {
    let mut owner = vec![0usize; octets.len().min(MOST)];
    for leaf in leaves(notes) {
        let index = notes.iter().position(|note| std::ptr::eq(note, leaf)).unwrap_or(0);
        owner.iter_mut().take(leaf.span.end).skip(leaf.span.start).for_each(|held| *held = index);
    }
    let row = |(row, line): (usize, &[u8])| {
        let octet = |(column, octet): (usize, &u8)| {
            let at = row * 16 + column;
            let lit = chosen.contains(&at).then_some("lit");
            let space = if column + 1 == line.len() { "" } else { " " };
            html! { <><span class={classes!(lit)} data-note={owner[at].to_string()}>{ format!("{octet:02x}") }</span>{ space }</> }
        };
        let letter =
            |octet: &u8| if octet.is_ascii_graphic() || *octet == b' ' { char::from(*octet) } else { '·' };
        let letters: String = line.iter().map(letter).collect();
        let fill = " ".repeat((16 - line.len()) * 3);
        html! { <>{ format!("{:04x}  ", row * 16) }{ for line.iter().enumerate().map(octet) }{ format!("{fill}  {letters}\n") }</> }
    };
    octets[..octets.len().min(MOST)].chunks(16).enumerate().map(row).collect()
}

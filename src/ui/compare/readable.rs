//! What somebody on the path of a lane can read so far: the lines of the notebook that matter to a person, in few
//! words. What TLS hides is struck through.

use super::held::Held;
use crate::i18n::{Words, id};
use crate::ledger::Fact;
use crate::mime::encoded_word;
use crate::ui::browser;
use crate::ui::icons::{Icon, icon};
use crate::ui::notebook::{About, Line, Says, sheets};
use crate::ui::noted::label;
use crate::ui::visible::plain;
use yew::prelude::*;

/// Properties of [`Readable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is compared.
    pub held: Held,
    /// Which lane.
    pub lane: usize,
    /// Its position.
    pub at: u32,
}

/// The lines that are shown.
const SHOWN: [About; 4] = [About::ServerName, About::UserName, About::Password, About::Messages];

/// The most letters of a value.
const LONGEST: usize = 40;

/// What can be read on the path.
#[component]
pub fn Readable(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let read = props.held.with_notebook(props.lane, props.at, |notebook| {
        let (sheets, _) = sheets(notebook, 1);
        let lines = sheets.first().into_iter().flat_map(|sheet| &sheet.sections).flat_map(|(_, lines)| lines);
        let shown: Vec<Html> =
            lines.filter(|line| SHOWN.contains(&line.about)).filter_map(|line| drawn(line, words)).collect();
        shown
    });
    match read.is_empty() {
        true => html! { <p class="said">{ words.say(id::COMPARE_READABLE_NOTHING) }</p> },
        false => html! { <ul class="readable">{ for read }</ul> },
    }
}

fn drawn(line: &Line<'_>, words: Words) -> Option<Html> {
    let what = words.say(label(line.about));
    match &line.says {
        Says::Sealed => Some(html! {
            <li class="hidden-fact">{ icon(Icon::Seal) }<s>{ what }</s><span class="unseen">{ " " }{ words.say(id::LEDGER_UNREADABLE) }</span></li>
        }),
        Says::Known(entries) => {
            let fact = &entries.last()?.fact;
            let loud = matches!(fact, Fact::Password(_)).then_some("loud");
            let value = short(line.about, fact)?;
            Some(html! { <li class="known-fact">{ what }{ " " }<b class={classes!(loud)}>{ value }</b></li> })
        }
        _ => None,
    }
}

/// A fact in few words.
fn short(about: About, fact: &Fact) -> Option<String> {
    let text = |text: &str| plain(text.as_bytes(), LONGEST);
    Some(match (about, fact) {
        (About::ServerName, Fact::TlsBegan { sni, .. }) => text(sni.as_deref()?),
        (About::UserName, Fact::UserName(name) | Fact::ApopDigest { name, .. }) => text(name),
        (_, Fact::Password(password)) => text(password),
        (_, Fact::ApopDigest { digest, .. }) => format!("md5 {}", plain(digest.as_bytes(), 8)),
        (_, Fact::Message(letter)) => {
            let subject = letter.subject.as_ref()?;
            text(&encoded_word::decode(subject.as_bytes(), &browser::decode))
        }
        _ => return None,
    })
}

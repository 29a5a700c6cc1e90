//! What the notebook says, in words: the names of its lines, and each fact. What was sent is shown as text and
//! nothing else, whatever it says.

use super::browser;
use super::notebook::{About, Topic};
use super::parts::{classed, plain};
use super::terminal::text;
use super::tls_words::{alert, day};
use crate::dissect::names;
use crate::i18n::{Id, Words, id};
use crate::ledger::{End, Fact, How, Letter, Named};
use crate::mime::encoded_word;
use yew::prelude::*;

/// How much of a list a person wants to see.
#[derive(Clone, Copy)]
pub struct Helping {
    /// How often they asked for more.
    pub asked: usize,
}

impl Helping {
    /// So many lines at first, so many more each time.
    const FIRST: usize = 5;
    const MORE: usize = 100;

    fn of(self, all: usize) -> usize {
        all.min(Helping::FIRST + self.asked * Helping::MORE)
    }
}

/// What a section is called.
pub fn title(topic: Topic) -> Id {
    match topic {
        Topic::You => id::LEDGER_YOU,
        Topic::Way => id::LEDGER_WAY,
        Topic::Tls => id::LEDGER_TLS,
        Topic::Mail => id::LEDGER_MAIL,
        Topic::Leaks => id::LEDGER_LEAKS,
    }
}

/// What a line is called.
pub fn label(about: About) -> Id {
    match about {
        About::UserName => id::NOTED_USER_NAME,
        About::Password => id::NOTED_PASSWORD,
        About::Person => id::NOTED_PERSON,
        About::Login => id::NOTED_LOGIN,
        About::Ends => id::NOTED_ENDS,
        About::Banner => id::NOTED_BANNER,
        About::Stamp => id::NOTED_STAMP,
        About::Capabilities => id::NOTED_CAPABILITIES,
        About::Quit => id::NOTED_QUIT,
        About::Closed => id::NOTED_CLOSED,
        About::Lost => id::NOTED_LOST,
        About::Stls => id::NOTED_STLS,
        About::ServerName => id::NOTED_SERVER_NAME,
        About::Offer => id::NOTED_OFFER,
        About::Agreed => id::NOTED_AGREED,
        About::Certificate => id::NOTED_CERTIFICATE,
        About::Alert => id::NOTED_ALERT,
        About::MailCount => id::NOTED_MAIL_COUNT,
        About::Sizes => id::NOTED_SIZES,
        About::UniqueIds => id::NOTED_UNIQUE_IDS,
        About::Messages => id::NOTED_MESSAGES,
        About::Deleted => id::NOTED_DELETED,
        About::Records => id::NOTED_RECORDS,
        About::Guesses => id::NOTED_GUESSES,
    }
}

/// What a fact says on a line, and how many lines of its list are not shown yet.
pub fn value(about: About, fact: &Fact, helping: Helping, words: Words) -> (Html, usize) {
    let said = |id: Id| html! { { words.say(id) } };
    let sent = |octets: &str| html! { <code>{ text(octets.as_bytes(), words) }</code> };
    let html = match (about, fact) {
        (
            About::UserName,
            Fact::UserName(name) | Fact::ApopDigest { name, .. } | Fact::CramMd5 { name, .. },
        ) => sent(name),
        (_, Fact::Password(password)) => {
            html! { <><strong class="loud">{ sent(password) }</strong>{ " " }{ classed("span", "said", words.say(id::NOTED_IN_THE_CLEAR)) }</> }
        }
        (_, Fact::ApopDigest { digest, .. }) => {
            html! { <>{ sent(digest) }{ " " }{ classed("span", "said", words.say(id::NOTED_DIGEST)) }</> }
        }
        (_, Fact::CramMd5 { challenge, digest, .. }) => {
            html! { <>{ sent(digest) }{ " " }<span class="said">{ words.say(id::NOTED_RESPONSE) }</span>{ " " }{ sent(challenge) }</> }
        }
        (_, Fact::Login { ok }) => said(if *ok { id::NOTED_LOGIN_OK } else { id::NOTED_LOGIN_REFUSED }),
        (_, Fact::Connected { client, server }) => {
            plain("code", format!("{} → {}", end(client), end(server)))
        }
        (_, Fact::Refused { client, server }) => html! {
            <>{ plain("code", format!("{} → {}", end(client), end(server))) }{ " " }{ said(id::NOTED_NOBODY_THERE) }</>
        },
        (_, Fact::Banner(of) | Fact::Stamp(of)) => sent(of),
        (_, Fact::Capabilities(list)) => sent(&list.join(", ")),
        (_, Fact::MailCount { messages, octets }) => {
            html! { { words.with(id::NOTED_COUNT, &[("messages", (*messages).into()), ("octets", (*octets).into())]) } }
        }
        (_, Fact::Sizes(list)) => {
            let total: u64 = list.iter().fold(0, |sum, (_, octets)| sum.saturating_add(*octets));
            let sum = [("messages", list.len().into()), ("octets", total.into())];
            let row = |(number, octets): &(u32, u64)| {
                let octets = words.with(id::OCTETS, &[("count", (*octets).into())]);
                html! { <li><span class="number">{ number }</span>{ " " }{ octets }</li> }
            };
            return listed(words.with(id::NOTED_COUNT, &sum), list, helping, row);
        }
        (_, Fact::UniqueIds(list)) => {
            let sum = words.with(id::NOTED_MESSAGE_COUNT, &[("count", list.len().into())]);
            let row = |(number, uid): &(u32, String)| {
                html! { <li><span class="number">{ number }</span>{ " " }{ sent(uid) }</li> }
            };
            return listed(sum, list, helping, row);
        }
        (_, Fact::Message(message)) => letter(message, words),
        (_, Fact::Deleted { number }) => {
            html! { { words.with(id::NOTED_MARKED, &[("number", (*number).into())]) } }
        }
        (_, Fact::Undeleted) => said(id::NOTED_UNMARKED),
        (_, Fact::StlsAsked) => said(id::NOTED_STLS_ASKED),
        (_, Fact::StlsAnswered { ok }) => said(if *ok { id::NOTED_STLS_OK } else { id::NOTED_STLS_REFUSED }),
        (About::ServerName, Fact::TlsBegan { sni, .. }) => match sni {
            Some(name) => html! { <strong>{ sent(name) }</strong> },
            None => said(id::NOTED_NO_NAME),
        },
        (_, Fact::TlsBegan { versions, suites, .. }) => {
            let versions: Vec<String> =
                versions.iter().map(|code| named(names::version(*code), *code)).collect();
            let facts = [("versions", versions.join(", ").into()), ("count", (*suites).into())];
            html! { { words.with(id::NOTED_OFFERED, &facts) } }
        }
        (_, Fact::TlsAgreed { version, suite, group }) => {
            let group = group.map(|code| named(names::group(code), code));
            let chosen = [
                Some(named(names::version(*version), *version)),
                Some(named(names::suite(*suite), *suite)),
                group,
            ];
            sent(&chosen.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        (_, Fact::TlsGroup(code)) => sent(&named(names::group(*code), *code)),
        (_, Fact::Certificate { chain, .. }) => {
            html! { <ul class="noted-list">{ for chain.iter().map(|of| certificate(of, words)) }</ul> }
        }
        (_, Fact::TlsAlert { from_client, level, description }) => {
            let who = words.say(if *from_client { id::THE_CLIENT } else { id::THE_SERVER });
            let level = names::alert_level(*level).map_or_else(|| level.to_string(), str::to_owned);
            html! { { words.with(id::NOTED_ALERTED, &[("who", who.into()), ("alert", alert(*description).into()), ("level", level.into())]) } }
        }
        (_, Fact::Quit { ok }) => said(if *ok { id::NOTED_QUIT_OK } else { id::NOTED_QUIT_REFUSED }),
        (_, Fact::Closed { how: How::Fin }) => said(id::NOTED_FIN),
        (_, Fact::Closed { how: How::Reset }) => said(id::NOTED_RESET),
        (_, Fact::LostTrack) => said(id::NOTED_LOST_TRACK),
        (_, Fact::Full) => said(id::NOTED_FULL),
        // These are summed up.
        (_, Fact::UserName(_) | Fact::Sealed { .. }) => html! {},
    };
    (html, 0)
}

/// A sum, and the first ones of what was summed up.
fn listed<T>(sum: String, list: &[T], helping: Helping, row: impl Fn(&T) -> Html) -> (Html, usize) {
    let shown = helping.of(list.len());
    let rows = list[..shown].iter().map(row);
    (html! { <>{ sum }<ol class="noted-list numbers">{ for rows }</ol></> }, list.len() - shown)
}

/// Who wrote what about what.
fn letter(letter: &Letter, words: Words) -> Html {
    let field = |name: Id, value: &Option<String>| {
        value.as_ref().map(|value| {
            let read = encoded_word::decode(value.as_bytes(), &browser::decode);
            let class = if name == id::NOTED_SUBJECT { "subject" } else { "field-value" };
            html! { <li>{ classed("span", "field-name", words.say(name)) }{ " " }<span class={class}>{ text(read.as_bytes(), words) }</span></li> }
        })
    };
    let facts = [("number", letter.number.into()), ("octets", letter.octets.into())];
    let what = match letter.lines {
        None => words.with(id::NOTED_LETTER, &facts),
        Some(_) => words.with(id::NOTED_TOP, &facts),
    };
    html! {
        <>
            { what }
            if !letter.complete { { " " }{ words.say(id::NOTED_INCOMPLETE) } }
            <ul class="noted-list">
                { field(id::NOTED_SUBJECT, &letter.subject) }
                { field(id::READER_FROM, &letter.from) }
                { field(id::READER_TO, &letter.to) }
                { field(id::READER_DATE, &letter.date) }
            </ul>
        </>
    }
}

fn certificate(of: &Named, words: Words) -> Html {
    let valid = [("from", day(of.not_before).into()), ("until", day(of.not_after).into())];
    let names = of.mailboxes.iter().chain(&of.dns_names).map(String::as_str).collect::<Vec<_>>().join(", ");
    let issuer = words.with(id::NOTED_ISSUER, &[("issuer", of.issuer.as_str().into())]);
    html! {
        <li>
            <strong><code>{ text(of.subject.as_bytes(), words) }</code></strong>
            if !names.is_empty() && names != of.subject { { " " }<code>{ text(names.as_bytes(), words) }</code> }
            { " " }{ text(issuer.as_bytes(), words) }{ " " }{ words.with(id::NOTED_VALID, &valid) }
        </li>
    }
}

/// A number of the registries by its name, if it has one.
fn named(name: Option<&'static str>, code: u16) -> String {
    name.map_or_else(|| format!("0x{code:04x}"), str::to_owned)
}

fn end((address, port): &End) -> String {
    let [a, b, c, d] = address;
    format!("{a}.{b}.{c}.{d}:{port}")
}

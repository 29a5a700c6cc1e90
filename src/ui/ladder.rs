//! The TLS machine as it is drawn: where both ends stand, what they agreed on, and the ladder of the
//! handshake. The ladder is a list of lists, so a screen reader reads the same that the eye sees.

use super::handshake::{Broken, Flight, Ladder, Mark, Rung, broken, silence};
use super::icons::{Icon, icon};
use super::parts::{classed, plain};
use super::state::{lamp, said_move};
use super::tls_words::{alert, failure_text, verdict_text, versions};
use crate::i18n::{Id, Words, id};
use crate::tls::{Agreed, TlsEvent, TlsState, Trust};
use crate::trace::{Connection, Note, Side};
use yew::prelude::*;

/// Where both ends stand, and the step just taken; or why there is nothing to stand anywhere.
pub fn said_tls(connection: Option<&Connection>, ladder: Option<&Ladder>, words: Words) -> Html {
    let Some(held) = connection else { return plain("p", words.say(id::NO_CONNECTION)) };
    if let Some(silent) = silence(held) {
        return classed("p", "step", words.say(silent));
    }
    let state = |state: Option<TlsState>| match state {
        Some(state) => state.to_string(),
        None => words.say(id::LAMP_TLS_NONE),
    };
    let step = held.tls_taken.map(|taken| {
        let why = said_event(taken.on, words);
        said_move(taken.side, taken.from.to_string(), taken.to.to_string(), why, words)
    });
    html! {
        <>
            <p class="lamps">
                { lamp("client", &words.say(id::CLIENT), state(held.tls_client)) }
                { lamp("server", &words.say(id::SERVER), state(held.tls_server)) }
            </p>
            { step.unwrap_or_default() }
            { outcome(held, ladder, words) }
        </>
    }
}

/// The lamps of TLS on a strip where room is short: one if both ends say the same.
pub fn lamps_tls(held: &Connection, words: Words) -> Html {
    match (held.tls_client, held.tls_server) {
        (None, None) => lamp("none", "TLS", words.say(id::LAMP_TLS_NONE)),
        (client, server) if client == server => {
            lamp("tls", "TLS", client.map_or(String::new(), |state| state.to_string()))
        }
        (client, server) => html! {
            <>
                { for client.map(|state| lamp("client", "TLS C", state.to_string())) }
                { for server.map(|state| lamp("server", "TLS S", state.to_string())) }
            </>
        },
    }
}

/// What came of it so far: the versions on offer, the one that was chosen, what was agreed on, or what
/// went wrong.
fn outcome(held: &Connection, ladder: Option<&Ladder>, words: Words) -> Html {
    let why = match &held.ended {
        Some(Note::TlsFailed(failure)) => Some(failure_text(words, failure)),
        Some(Note::CertificateRefused { verdict, .. }) => Some(verdict_text(words, verdict)),
        _ => None,
    };
    if let Some(why) = why {
        return html! { <p class="outcome failed">{ why }</p> };
    }
    if let Some(agreed) = &held.secured {
        return html! {
            <p class="outcome agreed" data-testid="tls-agreed">{ icon(Icon::Seal) }{ plain("span", said_agreed(agreed, words)) }</p>
        };
    }
    // A ladder says this itself.
    let Some(ladder) = ladder else {
        let end = broken(held).map(|end| classed("p", "outcome failed", said_broken(end, words)));
        return end.unwrap_or_default();
    };
    let said = match ladder.version {
        Some(version) => words.with(id::TLS_CHOSEN, &[("version", version.to_string().into())]),
        None => words.with(id::TLS_OFFERED, &[("versions", versions(held.policy.offers).into())]),
    };
    html! { <p class="outcome">{ said }</p> }
}

/// The ladder: a rung for what each end sends in one go.
pub fn picture(ladder: &Ladder, words: Words) -> Html {
    html! {
        <ol class="ladder" aria-label={words.say(id::TLS_LADDER)}>
            { for ladder.flights.iter().map(|flight| drawn(flight, words)) }
            { for ladder.broken.map(|end| html! {
                <li key="end" class={classes!("flight", "broken", side_of(end).map(voice))}>
                    { classed("span", "why", said_broken(end, words)) }
                </li>
            }) }
        </ol>
    }
}

fn drawn(flight: &Flight, words: Words) -> Html {
    let begun = flight.rungs.iter().any(|rung| matches!(rung.mark, Mark::Sent | Mark::Latest));
    let latest = flight.rungs.iter().any(|rung| rung.mark == Mark::Latest);
    let (letter, says) = match flight.side {
        Side::Client => ("C", id::TLS_CLIENT_SENDS),
        Side::Server => ("S", id::TLS_SERVER_SENDS),
    };
    let first = flight.rungs.first().map(|rung| rung.message.to_string()).unwrap_or_default();
    // Its key changes when it becomes the latest, so that it is drawn then.
    html! {
        <li
            key={format!("{letter}{first}{latest}")}
            class={classes!("flight", voice(flight.side), begun.then_some("begun"), latest.then_some("taken"))}
        >
            <span class="who"><span aria-hidden="true">{ letter }</span>{ classed("span", "unseen", words.say(says)) }</span>
            <ol>{ for flight.rungs.iter().map(|rung| message(rung, words)) }</ol>
        </li>
    }
}

fn message(rung: &Rung, words: Words) -> Html {
    let (class, says) = match (rung.mark, rung.sealed) {
        (Mark::Sent, false) => ("sent", id::TLS_RUNG_CLEAR),
        (Mark::Sent, true) => ("sent", id::TLS_RUNG_SEALED),
        (Mark::Latest, false) => ("sent latest", id::TLS_RUNG_LATEST_CLEAR),
        (Mark::Latest, true) => ("sent latest", id::TLS_RUNG_LATEST_SEALED),
        (Mark::Coming, _) => ("coming", id::TLS_RUNG_COMING),
        (Mark::Never, _) => ("never", id::TLS_RUNG_NEVER),
    };
    let sent = matches!(rung.mark, Mark::Sent | Mark::Latest);
    let look = classes!("message", class, rung.sealed.then_some("sealed"), rung.for_show.then_some("show"));
    let name = rung.message.to_string();
    html! {
        <li class={look} data-message={name.clone()} title={rung.for_show.then(|| format!("{name}: {}", words.say(id::TLS_FOR_SHOW)))}>
            if rung.seals { { icon(if sent { Icon::Lock } else { Icon::OpenLock }) } }
            // What is there for show shall not take the room of what matters.
            if rung.for_show {
                <code aria-hidden="true">{ "CCS" }</code><span class="unseen">{ &name }</span>
            } else {
                <code>{ &name }</code>
            }
            { classed("span", "unseen", format!(" ({})", words.say(says))) }
        </li>
    }
}

const fn voice(side: Side) -> &'static str {
    match side {
        Side::Client => "from-client",
        Side::Server => "from-server",
    }
}

const fn side_of(end: Broken) -> Option<Side> {
    match end {
        Broken::Alert(side, _) | Broken::GaveUp(side) => Some(side),
        Broken::Cut => None,
    }
}

fn said_broken(end: Broken, words: Words) -> String {
    let who = |side| match side {
        Side::Client => words.say(id::THE_CLIENT),
        Side::Server => words.say(id::THE_SERVER),
    };
    match end {
        Broken::Alert(side, number) => {
            let facts = [("who", who(side).into()), ("alert", alert(number).into())];
            words.with(id::TLS_END_ALERT, &facts)
        }
        Broken::GaveUp(side) => words.with(id::TLS_END_GAVE_UP, &[("who", who(side).into())]),
        Broken::Cut => words.say(id::TLS_END_CUT),
    }
}

fn said_agreed(agreed: &Agreed, words: Words) -> String {
    let trust = match agreed.trust {
        Some(Trust::Verified) | None => id::TLS_TRUST_VERIFIED,
        Some(Trust::Exception) => id::TLS_TRUST_EXCEPTION,
        Some(Trust::Unchecked) => id::TLS_TRUST_UNCHECKED,
    };
    let (_, suite) = agreed.cipher.suite(agreed.version);
    let facts = [
        ("version", agreed.version.to_string().into()),
        ("suite", suite.into()),
        ("group", agreed.group.to_string().into()),
        ("trust", words.say(trust).into()),
    ];
    words.with(id::TLS_AGREED, &facts)
}

/// Why an end moved.
fn said_event(event: TlsEvent, words: Words) -> String {
    let about =
        |says: Id, message: crate::tls::Message| words.with(says, &[("message", message.to_string().into())]);
    match event {
        TlsEvent::Sent(message) => about(id::TLS_SENT, message),
        TlsEvent::Received(message) => about(id::TLS_RECEIVED, message),
        TlsEvent::AlertSent => words.say(id::TLS_ALERT_SENT),
        TlsEvent::AlertReceived => words.say(id::TLS_ALERT_RECEIVED),
        TlsEvent::CloseSent => words.say(id::TLS_CLOSE_SENT),
        TlsEvent::CloseReceived => words.say(id::TLS_CLOSE_RECEIVED),
        TlsEvent::Disconnected => words.say(id::TLS_DISCONNECTED),
        TlsEvent::GaveUp => words.say(id::TLS_GAVE_UP),
    }
}

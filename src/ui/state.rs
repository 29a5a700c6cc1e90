//! The state machines: pictures, the same in words, and the moves that are open.

use super::browser;
use super::diagram::{Diagram, Form, Weight, pop3, tcp};
use super::handshake;
use super::icons::{Icon, icon};
use super::lab::PORT;
use super::ladder::{self, lamps_tls, said_tls};
use super::moves::{Move, moves};
use super::parts::{classed, plain};
use super::view::Shown;
use crate::i18n::{Id, Words, id};
use crate::net::{TcpEdge, TcpEvent};
use crate::policy::Security;
use crate::pop3::{Cause, Phase, Verb};
use crate::trace::{Connection, Side};
use yew::prelude::*;

/// Properties of [`State`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is on screen.
    pub shown: Shown,
    /// Called with a line to be sent.
    pub on_move: Callback<String>,
    /// Called to connect.
    pub on_connect: Callback<()>,
}

/// A wide page that is not high, and one that is lower still.
const LOW: &str = "(min-width: 1100px) and (max-height: 999px)";
const LOWER: &str = "(min-width: 1100px) and (max-height: 849px)";

/// The panel of the state machines.
#[component]
pub fn State(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let connection = props.shown.connection();
    // On a low page the wire needs the room more than machines that stand still most of the time.
    let (room, some_room) = *use_memo((), |()| (!browser::matches(LOW), !browser::matches(LOWER)));
    let machine = |test_id: &'static str, title: Id, drawn: Html, said: Html, open: bool| {
        html! {
            <details class="machine" data-testid={test_id} {open}>
                <summary>
                    { plain("h3", words.say(title)) }
                    <div class="said">{ said }</div>
                </summary>
                { drawn }
            </details>
        }
    };
    let pictures = |test_id: &'static str, draw: fn(Option<&Connection>, Form) -> Diagram| {
        html! {
            <>
                { picture(&draw(connection, Form::Strip), "strip", test_id, words) }
                { picture(&draw(connection, Form::Column), "column", test_id, words) }
            </>
        }
    };
    let open = connection.map(|held| moves(&props.shown, held)).unwrap_or_default();
    // There are many, and they have a line of their own.
    let (mechanisms, open): (Vec<Move>, Vec<Move>) =
        open.into_iter().partition(|held| held.line.starts_with(AUTH));
    let closed = connection.is_none_or(|held| !held.is_open());
    let port = connection.map_or(PORT, |held| held.to.1);
    html! {
        <section class="panel state-panel" data-testid="state" aria-labelledby="state-title">
            <div class="title-bar">
                <h2 id="state-title">{ words.say(id::STATE_TITLE) }</h2>
                <span class="said legend">
                    <i class="taken" />{ words.say(id::LEGEND_TAKEN) }<i class="open" />{ words.say(id::LEGEND_OPEN) }
                </span>
            </div>
            <div class="machines">
                { machine("state-tcp", id::STATE_TCP, pictures("state-tcp", tcp), said_tcp(connection, words), room) }
                if let Some((held, ladder)) = connection.and_then(|held| Some((held, handshake::ladder(held)?))) {
                    { machine("state-tls", id::STATE_TLS, ladder::picture(&ladder, words), said_tls(connection, Some(&ladder), words), room || some_room && handshake::is_news(held)) }
                } else {
                    <div class="machine quiet" data-testid="state-tls">
                        { plain("h3", words.say(id::STATE_TLS)) }
                        <div class="said">{ said_tls(connection, None, words) }</div>
                    </div>
                }
                { machine("state-pop3", id::STATE_POP3, pictures("state-pop3", pop3), said_pop3(connection, words), true) }
            </div>
            <div class="next" data-testid="next-moves" role="group" aria-labelledby="next-title">
                <h3 id="next-title">{ words.say(id::NEXT_MOVES) }</h3>
                <span class="moves">
                if closed {
                    <button type="button" key="connect" class="button move" onclick={props.on_connect.reform(|_| ())}>
                        { icon(Icon::Connect) }{ plain("span", words.with(id::CONNECT_TO, &[("port", port.into())])) }
                    </button>
                }
                { for open.into_iter().map(|held| one(held, &props.on_move, words)) }
                </span>
                if !mechanisms.is_empty() {
                    <span class="moves mechanisms" role="group" aria-label={words.say(id::NEXT_MECHANISMS)}>
                        <span class="said" aria-hidden="true">{ "AUTH" }</span>
                        { for mechanisms.into_iter().map(|held| one(held, &props.on_move, words)) }
                    </span>
                }
            </div>
        </section>
    }
}

/// What the line that begins an exchange begins with.
const AUTH: &str = "AUTH ";

/// A line that can be sent, as a button. The name of a mechanism stands alone, behind the word for all of them.
fn one(held: Move, on_move: &Callback<String>, words: Words) -> Html {
    let line = held.line.clone();
    let onclick = on_move.reform(move |_: MouseEvent| line.clone());
    let note = match (held.verb, held.line.as_str(), held.computed) {
        (Verb::Auth, _, true) => Some(id::RESPONSE_COMPUTED),
        (_, _, true) => Some(id::COMPUTED_FOR_YOU),
        (Verb::Auth, "*", _) => Some(id::RESPONSE_CANCELS),
        _ => None,
    };
    let empty = held.line.is_empty().then(|| words.say(id::RESPONSE_EMPTY));
    let name = held.line.strip_prefix(AUTH).map(|_| held.line.clone());
    html! {
        <button type="button" key={held.line.clone()} class="button move" title={held.line.clone()} aria-label={name} {onclick}>
            if let Some(empty) = empty { { empty } } else {
                <code>{ held.line.strip_prefix(AUTH).unwrap_or(&held.line) }</code>
            }
            if let Some(note) = note { <small>{ words.say(note) }</small> }
        </button>
    }
}

/// A machine as a picture. Screen readers have it in words.
fn picture(diagram: &Diagram, form: &'static str, test_id: &str, words: Words) -> Html {
    let head = |weight: Weight| match weight {
        Weight::Idle => "idle",
        Weight::Open => "open",
        Weight::Taken => "taken",
    };
    // Taken last, so that it lies over the others; its key is its own, so that it is drawn when it is taken.
    let (taken, others): (Vec<_>, Vec<_>) =
        diagram.edges.iter().partition(|edge| edge.weight == Weight::Taken);
    let edges = others.into_iter().chain(taken);
    html! {
        <svg
            class={classes!("picture", form)}
            viewBox={format!("0 0 {} {}", diagram.width, diagram.height)}
            aria-hidden="true"
            focusable="false"
        >
            <defs>
                { for [Weight::Idle, Weight::Open, Weight::Taken].map(|weight| html! {
                    <marker
                        id={format!("{form}-{}{test_id}", head(weight))}
                        class={classes!("head", head(weight))}
                        viewBox="0 0 8 8"
                        refX="7"
                        refY="4"
                        markerWidth="9"
                        markerHeight="9"
                        markerUnits="userSpaceOnUse"
                        orient="auto"
                    >
                        <path d="M0 0L8 4L0 8Z" />
                    </marker>
                }) }
            </defs>
            { for edges.map(|edge| html! {
                <g key={format!("{}{}{}", edge.path, edge.label, edge.weight == Weight::Taken)} class={classes!("edge", head(edge.weight))}>
                    <path d={edge.path.clone()} pathLength="1" marker-end={format!("url(#{form}-{}{test_id})", head(edge.weight))} />
                    <text x={edge.label_at.0.to_string()} y={edge.label_at.1.to_string()}>{ &edge.label }</text>
                </g>
            }) }
            { for diagram.nodes.iter().map(|node| {
                let (x, y) = (node.at.0 - node.size.0 / 2, node.at.1 - node.size.1 / 2);
                let class = match node.here.as_slice() {
                    [] => "node",
                    [Side::Client] => "node client",
                    [Side::Server] => "node server",
                    _ => "node both",
                };
                html! {
                    <g class={class}>
                        <rect x={x.to_string()} y={y.to_string()} width={node.size.0.to_string()} height={node.size.1.to_string()} rx="6" />
                        <text x={node.at.0.to_string()} y={(node.at.1 + if node.part.is_some() { -3 } else { 5 }).to_string()}>{ &node.label }</text>
                        if let Some(part) = node.part {
                            <text class="part" x={node.at.0.to_string()} y={(node.at.1 + 14).to_string()}>{ words.say(part) }</text>
                        }
                        { for node.here.iter().map(|side| {
                            let (letter, at) = match side {
                                Side::Client => ("C", x + 2),
                                Side::Server => ("S", x + node.size.0 - 2),
                            };
                            html! {
                                <g class={format!("token {}", if *side == Side::Client { "client" } else { "server" })}>
                                    <circle cx={at.to_string()} cy={(y + 1).to_string()} r="9" />
                                    <text x={at.to_string()} y={(y + 5).to_string()}>{ letter }</text>
                                </g>
                            }
                        }) }
                    </g>
                }
            }) }
        </svg>
    }
}

/// Where everything stands, in one line: for pages on which the pictures are a tab away.
pub fn lamps(shown: &Shown, words: Words) -> Html {
    let Some(held) = shown.connection() else { return html! {} };
    let phase = held.phase.map(|phase| phase.to_string()).unwrap_or_default();
    html! {
        <p class="lamps strip-of-lamps" data-testid="lamps">
            { lamp("client", "TCP C", held.tcp_client.to_string()) }
            { lamp("server", "TCP S", held.tcp_server.to_string()) }
            { lamps_tls(held, words) }
            if held.phase.is_some() { { lamp("server", &words.say(id::STATE_POP3), phase) } }
        </p>
    }
}

/// A state with a lamp beside it, in the colour of whoever stands there.
pub(super) fn lamp(side: &str, letter: &str, state: String) -> Html {
    html! { <span class={format!("lamp {side}")}><b>{ letter }</b>{ " " }<code>{ state }</code></span> }
}

fn said_tcp(connection: Option<&Connection>, words: Words) -> Html {
    let Some(held) = connection else { return plain("p", words.say(id::NO_CONNECTION)) };
    let step = held.tcp_taken.map(|(side, from, to)| {
        let why = TcpEdge::between(from, to).map_or(String::new(), |edge| words.say(tcp_event(edge.on)));
        said_move(side, from.to_string(), to.to_string(), why, words)
    });
    html! {
        <>
            <p class="lamps">
                { lamp("client", &words.say(id::CLIENT), held.tcp_client.to_string()) }
                { lamp("server", &words.say(id::SERVER), held.tcp_server.to_string()) }
            </p>
            { step.unwrap_or_default() }
        </>
    }
}

/// Who went from where to where, and why.
pub(super) fn said_move(side: Side, from: String, to: String, why: String, words: Words) -> Html {
    let who = words.say(match side {
        Side::Client => id::THE_CLIENT,
        Side::Server => id::THE_SERVER,
    });
    let arguments = [("who", who.into()), ("from", from.into()), ("to", to.into()), ("why", why.into())];
    classed("p", "step", words.with(id::STEP_MOVE, &arguments))
}

fn tcp_event(event: TcpEvent) -> Id {
    match event {
        TcpEvent::PassiveOpen => id::TCP_PASSIVE_OPEN,
        TcpEvent::ActiveOpen => id::TCP_ACTIVE_OPEN,
        TcpEvent::Close => id::TCP_CLOSE,
        TcpEvent::Syn => id::TCP_SYN,
        TcpEvent::SynAck => id::TCP_SYN_ACK,
        TcpEvent::Ack => id::TCP_ACK,
        TcpEvent::Fin => id::TCP_FIN,
        TcpEvent::FinAck => id::TCP_FIN_ACK,
        TcpEvent::Reset => id::TCP_RESET,
        TcpEvent::TimeOut => id::TCP_TIME_OUT,
    }
}

/// The name of a phase with, where RFC 1939 has no name of its own, which part of it.
pub(super) fn phase_name(phase: Phase, words: Words) -> String {
    match phase {
        Phase::UserGiven => format!("{phase} ({})", words.say(id::PHASE_NAME_GIVEN)),
        Phase::Exchange => format!("{phase} ({})", words.say(id::PHASE_EXCHANGE)),
        _ => phase.to_string(),
    }
}

fn said_pop3(connection: Option<&Connection>, words: Words) -> Html {
    let phase = connection.and_then(|held| held.phase);
    let Some((held, phase)) = connection.zip(phase) else {
        let at_once = connection.is_some_and(|held| held.policy.security == Security::TlsAtOnce);
        return html! { <p>{ words.say(if at_once { id::NO_SESSION_BEFORE_TLS } else { id::NO_SESSION }) }</p> };
    };
    let step = held.phase_taken.map(|(from, cause, to)| {
        html! { <p class="step">{ said_step(from, cause, to, words) }</p> }
    });
    html! {
        <>
            <p class="lamps">
                { lamp("server", &words.say(id::SERVER), phase_name(phase, words)) }
            </p>
            { step.unwrap_or_default() }
        </>
    }
}

/// The name of a phase with its part, also where nobody has given a name yet: in a sentence about both.
pub(super) fn phase_and_part(phase: Phase, words: Words) -> String {
    match phase {
        Phase::Authorization => format!("{phase} ({})", words.say(id::PHASE_NOBODY)),
        _ => phase_name(phase, words),
    }
}

/// From where to where a session went, and why.
pub(super) fn said_step(from: Phase, cause: Cause, to: Phase, words: Words) -> String {
    let why = match cause {
        Cause::Accepted(verb) => words.with(id::CAUSE_ACCEPTED, &[("verb", verb.to_string().into())]),
        Cause::Refused(verb) => words.with(id::CAUSE_REFUSED, &[("verb", verb.to_string().into())]),
        Cause::Challenged => words.say(id::CAUSE_CHALLENGED),
        Cause::AnyOther => words.say(id::CAUSE_ANY_OTHER),
        Cause::Ended => words.say(id::CAUSE_ENDED),
        Cause::Idle => words.say(id::CAUSE_IDLE),
        Cause::TooManyFailures => words.say(id::CAUSE_TOO_MANY_FAILURES),
    };
    let arguments = [
        ("from", phase_and_part(from, words).into()),
        ("to", phase_and_part(to, words).into()),
        ("why", why.into()),
    ];
    words.with(id::STEP_POP3, &arguments)
}

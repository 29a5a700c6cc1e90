//! The state machines: pictures, the same in words, and the moves that are open.

use super::diagram::{Diagram, Form, Weight, pop3, tcp};
use super::icons::{Icon, icon};
use super::lab::View;
use super::moves::moves;
use crate::i18n::Words;
use crate::net::{TcpEdge, TcpEvent};
use crate::pop3::{Cause, Phase};
use crate::trace::{Connection, Side};
use yew::prelude::*;

/// Properties of [`State`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The moment on screen.
    pub view: View,
    /// Called with a line to be sent.
    pub on_move: Callback<String>,
    /// Called to connect.
    pub on_connect: Callback<()>,
}

/// The panel of the state machines.
#[component]
pub fn State(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let scene = props.view.scene();
    let connection = props.view.connection();
    let connection = connection.as_deref();
    let machine = |id: &'static str, title: &str, draw: fn(Option<&Connection>, Form) -> Diagram, said: Html| {
        html! {
            <div class="machine" data-testid={id}>
                <h3>{ words.say(title) }</h3>
                <div class="said">{ said }</div>
                { picture(&draw(connection, Form::Strip), "strip", &words, props.view.position) }
                { picture(&draw(connection, Form::Column), "column", &words, props.view.position) }
            </div>
        }
    };
    let open = connection.map(|held| moves(&scene, held)).unwrap_or_default();
    let closed = connection.is_none_or(|held| !held.is_open());
    html! {
        <section class="panel state-panel" data-testid="state" aria-labelledby="state-title">
            <h2 id="state-title">{ words.say("state-title") }</h2>
            <div class="machines">
                { machine("state-tcp", "state-tcp", tcp, said_tcp(connection, &words)) }
                { machine("state-pop3", "state-pop3", pop3, said_pop3(connection, &words)) }
            </div>
            <div class="next" data-testid="next-moves" role="group" aria-labelledby="next-title">
                <h3 id="next-title">{ words.say("next-moves") }</h3>
                if closed {
                    <button type="button" class="button move" onclick={props.on_connect.reform(|_| ())}>
                        { icon(Icon::Connect) }<span>{ words.say("connect") }</span>
                    </button>
                }
                { for open.into_iter().map(|held| {
                    let line = held.line.clone();
                    let onclick = props.on_move.reform(move |_: MouseEvent| line.clone());
                    html! {
                        <button type="button" key={held.line.clone()} class="button move" {onclick}>
                            <code>{ held.line }</code>
                            if held.computed { <small>{ words.say("computed-for-you") }</small> }
                        </button>
                    }
                }) }
            </div>
        </section>
    }
}

/// A machine as a picture. Screen readers have it in words.
fn picture(diagram: &Diagram, form: &'static str, words: &Words, position: usize) -> Html {
    let class = |weight: Weight| match weight {
        Weight::Idle => "edge",
        Weight::Open => "edge open",
        Weight::Taken => "edge taken",
    };
    // Taken last, so that it lies over the others; keyed by the moment, so that it is drawn anew.
    let mut edges: Vec<_> = diagram.edges.iter().collect();
    edges.sort_by_key(|edge| edge.weight == Weight::Taken);
    html! {
        <svg
            class={classes!("picture", form)}
            viewBox={format!("0 0 {} {}", diagram.width, diagram.height)}
            aria-hidden="true"
            focusable="false"
        >
            { for edges.into_iter().map(|edge| html! {
                <g key={format!("{}{}{}", edge.path, edge.label, if edge.weight == Weight::Taken { position } else { 0 })} class={class(edge.weight)}>
                    <path d={edge.path.clone()} pathLength="1" />
                    <path class="head" d={arrow_head(&edge.path)} />
                    <text x={edge.label_at.0.to_string()} y={edge.label_at.1.to_string()}>{ &edge.label }</text>
                </g>
            }) }
            { for diagram.nodes.iter().map(|node| {
                let (x, y) = (node.at.0 - node.size.0 / 2.0, node.at.1 - node.size.1 / 2.0);
                let class = match node.here.as_slice() {
                    [] => "node",
                    [Side::Client] => "node client",
                    [Side::Server] => "node server",
                    _ => "node both",
                };
                html! {
                    <g class={class}>
                        <rect x={x.to_string()} y={y.to_string()} width={node.size.0.to_string()} height={node.size.1.to_string()} rx="6" />
                        <text x={node.at.0.to_string()} y={(node.at.1 + if node.part.is_some() { -3.0 } else { 4.5 }).to_string()}>{ &node.label }</text>
                        if let Some(part) = node.part {
                            <text class="part" x={node.at.0.to_string()} y={(node.at.1 + 14.0).to_string()}>{ words.say(part) }</text>
                        }
                        { for node.here.iter().map(|side| {
                            let (letter, at) = match side {
                                Side::Client => ("C", x + 2.0),
                                Side::Server => ("S", x + node.size.0 - 2.0),
                            };
                            html! {
                                <g class={format!("token {}", if *side == Side::Client { "client" } else { "server" })}>
                                    <circle cx={at.to_string()} cy={(y + 1.0).to_string()} r="9" />
                                    <text x={at.to_string()} y={(y + 5.5).to_string()}>{ letter }</text>
                                </g>
                            }
                        }) }
                    </g>
                }
            }) }
        </svg>
    }
}

/// The head of an arrow at the end of a path made of `M`, then `L` or `Q`.
fn arrow_head(path: &str) -> String {
    let numbers: Vec<f32> =
        path.split(|letter: char| letter.is_ascii_alphabetic() || letter == ' ').filter_map(|part| part.parse().ok()).collect();
    let [.., from_x, from_y, x, y] = numbers[..] else { return String::new() };
    let (dx, dy) = (x - from_x, y - from_y);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let (ux, uy) = (dx / length * 7.0, dy / length * 7.0);
    let (left_x, left_y) = (x - ux - uy * 0.5, y - uy + ux * 0.5);
    let (right_x, right_y) = (x - ux + uy * 0.5, y - uy - ux * 0.5);
    format!("M{left_x:.1} {left_y:.1}L{x:.1} {y:.1}L{right_x:.1} {right_y:.1}Z")
}

fn lamp(side: &str, letter: &str, state: String) -> Html {
    html! { <span class={format!("lamp {side}")}><b>{ letter }</b>{ " " }<code>{ state }</code></span> }
}

fn said_tcp(connection: Option<&Connection>, words: &Words) -> Html {
    let Some(held) = connection else { return html! { <p>{ words.say("no-connection") }</p> } };
    let step = held.tcp_taken.map(|(side, from, to)| {
        let who = words.say(match side {
            Side::Client => "the-client",
            Side::Server => "the-server",
        });
        let why = TcpEdge::between(from, to).map_or(String::new(), |edge| words.say(tcp_event(edge.on)));
        let arguments =
            [("who", who.into()), ("from", from.to_string().into()), ("to", to.to_string().into()), ("why", why.into())];
        html! { <p class="step">{ words.with("step-tcp", arguments) }</p> }
    });
    html! {
        <>
            <p class="lamps">
                { lamp("client", &words.say("client"), held.tcp_client.to_string()) }
                { lamp("server", &words.say("server"), held.tcp_server.to_string()) }
            </p>
            { step.unwrap_or_default() }
        </>
    }
}

fn tcp_event(event: TcpEvent) -> &'static str {
    match event {
        TcpEvent::PassiveOpen => "tcp-passive-open",
        TcpEvent::ActiveOpen => "tcp-active-open",
        TcpEvent::Close => "tcp-close",
        TcpEvent::Syn => "tcp-syn",
        TcpEvent::SynAck => "tcp-syn-ack",
        TcpEvent::Ack => "tcp-ack",
        TcpEvent::Fin => "tcp-fin",
        TcpEvent::FinAck => "tcp-fin-ack",
        TcpEvent::Reset => "tcp-reset",
        TcpEvent::TimeOut => "tcp-time-out",
    }
}

/// The name of a phase with, where RFC 1939 has no name of its own, which part of it.
fn phase_name(phase: Phase, words: &Words) -> String {
    match phase {
        Phase::UserGiven => format!("{phase} ({})", words.say("phase-name-given")),
        _ => phase.to_string(),
    }
}

fn said_pop3(connection: Option<&Connection>, words: &Words) -> Html {
    let phase = connection.and_then(|held| held.phase);
    let Some((held, phase)) = connection.zip(phase) else { return html! { <p>{ words.say("no-session") }</p> } };
    let step = held.phase_taken.map(|(from, cause, to)| {
        let why = match cause {
            Cause::Accepted(verb) => words.with("cause-accepted", [("verb", verb.to_string().into())]),
            Cause::Refused(verb) => words.with("cause-refused", [("verb", verb.to_string().into())]),
            Cause::AnyOther => words.say("cause-any-other"),
            Cause::Ended => words.say("cause-ended"),
            Cause::Idle => words.say("cause-idle"),
            Cause::TooManyFailures => words.say("cause-too-many-failures"),
        };
        let arguments = [
            ("from", phase_name(from, words).into()),
            ("to", phase_name(to, words).into()),
            ("why", why.into()),
        ];
        html! { <p class="step">{ words.with("step-pop3", arguments) }</p> }
    });
    html! {
        <>
            <p class="lamps">
                { lamp("server", &words.say("server"), phase_name(phase, words)) }
            </p>
            { step.unwrap_or_default() }
        </>
    }
}

//! The state machines as pictures: the tables of the engine give nodes and edges, the layouts below
//! give places, and everything between is computed.

use crate::i18n::{Id, id};
use crate::net::{TCP_EDGES, TcpEvent, TcpState};
use crate::policy::Security;
use crate::pop3::{Cause, Phase, TRANSITIONS, Transition, Verb};
use crate::trace::{Connection, Side};

/// The two forms of each picture: a strip from left to right, or a column from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For wide panels.
    Strip,
    /// For narrow ones.
    Column,
}

/// A picture of a machine. Lengths are CSS pixels at scale 1, whole ones: that is fine enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Its states.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// A state in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The standard's name of it.
    pub label: String,
    /// The message that says which part of that state it is.
    pub part: Option<Id>,
    /// Its middle.
    pub at: (i32, i32),
    /// Its width and height.
    pub size: (i32, i32),
    /// Who stands there.
    pub here: Vec<Side>,
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It exists.
    Idle,
    /// It leaves the state in which one is.
    Open,
    /// It is the one just taken.
    Taken,
}

/// An edge in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// What moves along it.
    pub label: String,
    /// The path, as SVG writes it.
    pub path: String,
    /// Where the label stands.
    pub label_at: (i32, i32),
    /// How it is drawn.
    pub weight: Weight,
}

/// Where a state stands.
type Place<S> = (S, (i32, i32));

const TCP_STRIP: &[Place<TcpState>] = &[
    (TcpState::Closed, (34, 92)),
    (TcpState::SynSent, (126, 38)),
    (TcpState::Listen, (126, 146)),
    (TcpState::SynReceived, (250, 146)),
    (TcpState::Established, (250, 38)),
    (TcpState::FinWait1, (388, 38)),
    (TcpState::CloseWait, (388, 146)),
    (TcpState::Closing, (510, 92)),
    (TcpState::FinWait2, (510, 38)),
    (TcpState::LastAck, (510, 146)),
    (TcpState::TimeWait, (630, 92)),
];
const TCP_STRIP_END: (i32, i32) = (630, 146);

const TCP_COLUMN: &[Place<TcpState>] = &[
    (TcpState::Closed, (170, 20)),
    (TcpState::SynSent, (74, 78)),
    (TcpState::Listen, (278, 78)),
    (TcpState::SynReceived, (278, 152)),
    (TcpState::Established, (74, 152)),
    (TcpState::FinWait1, (74, 226)),
    (TcpState::CloseWait, (278, 226)),
    (TcpState::Closing, (186, 300)),
    (TcpState::FinWait2, (74, 300)),
    (TcpState::LastAck, (278, 300)),
    (TcpState::TimeWait, (74, 374)),
];
const TCP_COLUMN_END: (i32, i32) = (278, 374);

const POP3_STRIP: &[Place<Phase>] = &[
    (Phase::Authorization, (62, 64)),
    (Phase::UserGiven, (226, 64)),
    (Phase::Transaction, (388, 64)),
    (Phase::Update, (525, 64)),
    (Phase::Closed, (640, 64)),
];

const POP3_COLUMN: &[Place<Phase>] = &[
    (Phase::Authorization, (150, 28)),
    (Phase::UserGiven, (150, 116)),
    (Phase::Transaction, (150, 204)),
    (Phase::Update, (150, 290)),
    (Phase::Closed, (150, 372)),
];

/// The TCP of both ends.
pub fn tcp(connection: Option<&Connection>, form: Form) -> Diagram {
    let (places, end, width, height) = match form {
        Form::Strip => (TCP_STRIP, TCP_STRIP_END, 680, 170),
        Form::Column => (TCP_COLUMN, TCP_COLUMN_END, 340, 396),
    };
    let standing = |state: TcpState| -> Vec<Side> {
        let sides = connection.map(|held| [(Side::Client, held.tcp_client), (Side::Server, held.tcp_server)]);
        sides.into_iter().flatten().filter(|(_, at)| *at == state).map(|(side, _)| side).collect()
    };
    // CLOSED stands twice: before a connection, and after it.
    let begun = connection.is_some_and(|held| held.tcp_taken.is_some());
    let mut nodes: Vec<Node> = places
        .iter()
        .map(|(state, at)| {
            let here = if *state == TcpState::Closed && begun { vec![] } else { standing(*state) };
            node(state.to_string(), None, *at, here)
        })
        .collect();
    nodes.push(node("CLOSED".into(), None, end, if begun { standing(TcpState::Closed) } else { vec![] }));
    let taken = connection.and_then(|held| held.tcp_taken);
    let edges = TCP_EDGES.iter().filter_map(|edge| {
        let is_taken = taken.is_some_and(|(_, from, to)| (from, to) == (edge.from, edge.to));
        if !is_taken
            && (!edge.taken_here
                || edge.on == TcpEvent::Reset
                || edge.from == TcpState::SynReceived && edge.on == TcpEvent::Fin)
        {
            return None;
        }
        let index = |state: TcpState| places.iter().position(|(place, _)| *place == state);
        let to = if edge.to == TcpState::Closed { nodes.len() - 1 } else { index(edge.to)? };
        let weight = if is_taken { Weight::Taken } else { Weight::Idle };
        let (from, to) = (&nodes[index(edge.from)?], &nodes[to]);
        Some(match (edge.on, form) {
            // In a column FIN-WAIT-2 stands between the two, and there is no room for a word beside it.
            (TcpEvent::FinAck, Form::Column) => bent(from, to, "", weight, 14, form),
            _ => straight(from, to, tcp_label(edge.on), weight),
        })
    });
    let edges = edges.collect();
    Diagram { width, height, nodes, edges }
}

fn tcp_label(event: TcpEvent) -> &'static str {
    match event {
        TcpEvent::PassiveOpen => "listen",
        TcpEvent::ActiveOpen => "connect",
        TcpEvent::Close => "close",
        TcpEvent::Syn => "SYN",
        TcpEvent::SynAck => "SYN ACK",
        TcpEvent::Ack => "ACK",
        TcpEvent::Fin => "FIN",
        TcpEvent::FinAck => "FIN ACK",
        TcpEvent::Reset => "RST",
        TcpEvent::TimeOut => "2 MSL",
    }
}

/// The server's session.
pub fn pop3(connection: Option<&Connection>, form: Form) -> Diagram {
    let (places, width, height) = match form {
        Form::Strip => (POP3_STRIP, 680, 128),
        Form::Column => (POP3_COLUMN, 300, 396),
    };
    let phase = connection.and_then(|held| held.phase);
    // Between nobody and somebody stands a name, or an exchange of AUTH: never both.
    let exchanges = |(from, _, to): (Phase, Cause, Phase)| [from, to].contains(&Phase::Exchange);
    let exchange = connection.and_then(|held| held.phase_taken).is_some_and(exchanges);
    let shown = |place: Phase| match place {
        Phase::UserGiven if exchange => Phase::Exchange,
        place => place,
    };
    let nodes: Vec<Node> = places
        .iter()
        .map(|(place, at)| {
            let place = shown(*place);
            let here = if phase == Some(place) { vec![Side::Server] } else { vec![] };
            let part = match place {
                Phase::Authorization => Some(id::PHASE_NOBODY),
                Phase::UserGiven => Some(id::PHASE_NAME_GIVEN),
                Phase::Exchange => Some(id::PHASE_EXCHANGE),
                _ => None,
            };
            node(place.to_string(), part, *at, here)
        })
        .collect();
    let taken = connection.and_then(|held| held.phase_taken);
    let edges = TRANSITIONS.iter().filter_map(|row| {
        let weight = match (taken == Some((row.from, row.on, row.to)), phase == Some(row.from)) {
            (true, _) => Weight::Taken,
            (false, true) => Weight::Open,
            (false, false) => Weight::Idle,
        };
        // Two rows between the same phases share a path: the one just taken has it.
        let beside = taken.is_some_and(|(from, on, to)| (from, to) == (row.from, row.to) && on != row.on);
        let drawn = always_drawn(row) || is_loop(row) && connection.is_some_and(asks_for_tls);
        if weight != Weight::Taken && (beside || !drawn) {
            return None;
        }
        let index = |phase: Phase| places.iter().position(|(place, _)| shown(*place) == phase);
        let (from, to) = (index(row.from)?, index(row.to)?);
        let label = pop3_label(row);
        if to == from {
            return Some(looped(&nodes[from], &label, weight, form));
        }
        if to == from + 1 {
            return Some(straight(&nodes[from], &nodes[to], &label, weight));
        }
        let bend = match row.on {
            Cause::Accepted(Verb::Apop | Verb::Auth) => -44,
            _ if to < from => 34,
            _ => 52,
        };
        Some(bent(&nodes[from], &nodes[to], &label, weight, bend, form))
    });
    let edges = edges.collect();
    Diagram { width, height, nodes, edges }
}

/// The edges that belong to the picture one should remember; the others are drawn when they are taken.
fn always_drawn(row: &Transition) -> bool {
    match row.on {
        Cause::Accepted(Verb::Stls) => false,
        // AUTH goes where APOP goes: its own path is drawn when it is taken.
        Cause::Accepted(Verb::Auth) => row.from == Phase::Exchange,
        Cause::Challenged => true,
        Cause::Accepted(_) => row.from != Phase::UserGiven || row.to != Phase::Closed,
        Cause::Refused(_) => true,
        Cause::Ended => row.from == Phase::Update,
        Cause::AnyOther | Cause::Idle | Cause::TooManyFailures => false,
    }
}

/// Whether a row leads back to where it began, as STLS does.
fn is_loop(row: &Transition) -> bool {
    row.from == row.to
}

/// Whether STLS is still ahead on this connection. Postcards that are meant to stay postcards need no loop
/// in their picture, although the server would go along with it; inside TLS nobody may ask for it again.
fn asks_for_tls(connection: &Connection) -> bool {
    let wants = matches!(connection.policy.security, Security::StlsIfOffered | Security::StlsRequired);
    wants && connection.policy.stls && connection.is_open() && !connection.is_secure()
}

fn pop3_label(row: &Transition) -> String {
    match row.on {
        Cause::Accepted(verb) => verb.to_string(),
        Cause::Refused(verb) => format!("{verb} -ERR"),
        Cause::Challenged => "AUTH +".into(),
        Cause::AnyOther => "not PASS".into(),
        Cause::Ended if row.from == Phase::Update => "FIN".into(),
        Cause::Ended => "end".into(),
        Cause::Idle => "⏱".into(),
        Cause::TooManyFailures => "-ERR × n".into(),
    }
}

fn node(label: String, part: Option<Id>, at: (i32, i32), here: Vec<Side>) -> Node {
    let width = label.len() as i32 * 8 + 14;
    Node { label, part, at, size: (width, if part.is_some() { 44 } else { 28 }), here }
}

/// How far an edge ends before the border of a node.
const GAP: i32 = 3;

/// A steep line that is not as high as this has no room for a word that is wider than it.
const SHORT: i32 = 30;

/// The point where the line from the middle of `node` towards `to` leaves it.
fn border(node: &Node, to: (i32, i32)) -> (i32, i32) {
    let (dx, dy) = (to.0 - node.at.0, to.1 - node.at.1);
    let (half_width, half_height) = (node.size.0 / 2 + GAP, node.size.1 / 2 + GAP);
    // Through the left or right border if the line is flatter than the node's diagonal.
    if dx.abs() * half_height > dy.abs() * half_width {
        (node.at.0 + half_width * dx.signum(), node.at.1 + dy * half_width / dx.abs().max(1))
    } else {
        (node.at.0 + dx * half_height / dy.abs().max(1), node.at.1 + half_height * dy.signum())
    }
}

fn straight(from: &Node, to: &Node, label: &str, weight: Weight) -> Edge {
    let (start, end) = (border(from, to.at), border(to, from.at));
    let path = format!("M{} {}L{} {}", start.0, start.1, end.0, end.1);
    let middle = (start.0.midpoint(end.0), start.1.midpoint(end.1));
    // On a steep line; above a flat one, or above the nodes where there is no room between them.
    let room = (end.0 - start.0).abs() > label.len() as i32 * 8;
    let above = match start.1 == end.1 {
        true if room => 5,
        true => from.size.1 / 2 + 11,
        false => -4,
    };
    // Beside it if it would vanish below the word.
    let short = start.1 != end.1 && (end.1 - start.1).abs() < SHORT && !room;
    let beside = if short { label.len() as i32 * 4 + 10 } else { 0 };
    let label_at = (middle.0 - beside, middle.1 - above);
    Edge { label: label.into(), path, label_at, weight }
}

/// An edge that comes back to where it began: over the corner of a strip, beside one of a column, where
/// no other edge leaves.
fn looped(node: &Node, label: &str, weight: Weight, form: Form) -> Edge {
    let (left, top) = (node.at.0 - node.size.0 / 2, node.at.1 - node.size.1 / 2);
    let (path, label_at) = match form {
        Form::Strip => {
            let (x, y) = (left + 8, top - GAP);
            let path = format!("M{x} {y}C{} {} {} {} {} {y}", x - 4, y - 30, x + 40, y - 30, x + 36);
            (path, (x + 18, y - 26))
        }
        Form::Column => {
            let (x, y) = (left - GAP, top + 5);
            let path = format!("M{x} {y}C{} {} {} {} {x} {}", x - 34, y - 6, x - 34, y + 20, y + 14);
            (path, (x - 46, y + 11))
        }
    };
    Edge { label: label.into(), path, label_at, weight }
}

/// An edge that goes around: above or below a strip, to the right or left of a column.
fn bent(from: &Node, to: &Node, label: &str, weight: Weight, bend: i32, form: Form) -> Edge {
    let leave = |node: &Node, other: &Node| {
        let (half_width, half_height) = (node.size.0 / 2 + GAP, node.size.1 / 2 + GAP);
        let side = bend.signum();
        match form {
            Form::Strip => {
                let towards = (other.at.0 - node.at.0).signum() * half_width * 2 / 5;
                (node.at.0 + towards, node.at.1 + half_height * side)
            }
            Form::Column => {
                let towards = (other.at.1 - node.at.1).signum() * half_height / 3;
                (node.at.0 - half_width * side, node.at.1 + towards)
            }
        }
    };
    let (start, end) = (leave(from, to), leave(to, from));
    let (control, label_at) = match form {
        Form::Strip => {
            let (x, y) = (start.0.midpoint(end.0), start.1 + bend);
            ((x, y), (x, start.1.midpoint(y) + if bend < 0 { -4 } else { 4 }))
        }
        Form::Column => {
            let outermost = if bend > 0 { start.0.min(end.0) } else { start.0.max(end.0) };
            let (x, y) = (outermost - bend * 3 / 2, start.1.midpoint(end.1));
            ((x, y), (start.0.midpoint(end.0).midpoint(x), y))
        }
    };
    let path = format!("M{} {}Q{} {} {} {}", start.0, start.1, control.0, control.1, end.0, end.1);
    Edge { label: label.into(), path, label_at, weight }
}

#[cfg(test)]
mod tests;

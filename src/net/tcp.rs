//! The TCP state machine as a table (RFC 9293 section 3.3.2). The machine itself runs in smoltcp: its
//! states are sampled after each frame, and a test holds every change it makes against this table.

use serde::{Deserialize, Serialize};
use smoltcp::socket::tcp;
use std::fmt;

/// Where one end of a connection stands.
#[allow(missing_docs)] // The names are those of RFC 9293.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TcpState {
    #[default]
    Closed,
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
}

impl From<tcp::State> for TcpState {
    fn from(state: tcp::State) -> TcpState {
        match state {
            tcp::State::Closed => TcpState::Closed,
            tcp::State::Listen => TcpState::Listen,
            tcp::State::SynSent => TcpState::SynSent,
            tcp::State::SynReceived => TcpState::SynReceived,
            tcp::State::Established => TcpState::Established,
            tcp::State::FinWait1 => TcpState::FinWait1,
            tcp::State::FinWait2 => TcpState::FinWait2,
            tcp::State::CloseWait => TcpState::CloseWait,
            tcp::State::Closing => TcpState::Closing,
            tcp::State::LastAck => TcpState::LastAck,
            tcp::State::TimeWait => TcpState::TimeWait,
        }
    }
}

impl fmt::Display for TcpState {
    /// The name that RFC 9293 uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TcpState::Closed => "CLOSED",
            TcpState::Listen => "LISTEN",
            TcpState::SynSent => "SYN-SENT",
            TcpState::SynReceived => "SYN-RECEIVED",
            TcpState::Established => "ESTABLISHED",
            TcpState::FinWait1 => "FIN-WAIT-1",
            TcpState::FinWait2 => "FIN-WAIT-2",
            TcpState::CloseWait => "CLOSE-WAIT",
            TcpState::Closing => "CLOSING",
            TcpState::LastAck => "LAST-ACK",
            TcpState::TimeWait => "TIME-WAIT",
        })
    }
}

/// What moves an end of a connection along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TcpEvent {
    /// The program waits for connections.
    PassiveOpen,
    /// The program connects: SYN is sent.
    ActiveOpen,
    /// The program closes: FIN is sent.
    Close,
    /// SYN arrives.
    Syn,
    /// SYN and ACK arrive.
    SynAck,
    /// The awaited ACK arrives.
    Ack,
    /// FIN arrives.
    Fin,
    /// FIN arrives with the ACK of our own.
    FinAck,
    /// RST arrives or is sent, or nobody answers for too long.
    Reset,
    /// Twice the longest life of a segment has passed.
    TimeOut,
}

/// One edge of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TcpEdge {
    /// The state that is left.
    pub from: TcpState,
    /// What happened.
    pub on: TcpEvent,
    /// The state that is entered.
    pub to: TcpState,
    /// Whether it can be seen here; the others are in RFC 9293 all the same.
    pub taken_here: bool,
}

const fn edge(from: TcpState, on: TcpEvent, to: TcpState) -> TcpEdge {
    TcpEdge { from, on, to, taken_here: true }
}

const fn never(from: TcpState, on: TcpEvent, to: TcpState) -> TcpEdge {
    TcpEdge { from, on, to, taken_here: false }
}

/// Every edge of the machine.
pub const TCP_EDGES: &[TcpEdge] = {
    use TcpEvent::*;
    use TcpState::*;
    &[
        edge(Closed, PassiveOpen, Listen),
        edge(Closed, ActiveOpen, SynSent),
        edge(Listen, Syn, SynReceived),
        // Our server never stops listening, and never sends from a listening socket.
        never(Listen, TcpEvent::Close, Closed),
        never(Listen, ActiveOpen, SynSent),
        edge(SynSent, SynAck, Established),
        edge(SynSent, Reset, Closed),
        // Two ends that connect to each other at the same time: no client here listens.
        never(SynSent, Syn, SynReceived),
        edge(SynReceived, Ack, Established),
        edge(SynReceived, Reset, Listen),
        edge(SynReceived, Reset, Closed),
        // The ACK of our SYN was lost and comes with the FIN.
        edge(SynReceived, Fin, CloseWait),
        // The session greets as soon as it is connected and closes no earlier.
        never(SynReceived, TcpEvent::Close, FinWait1),
        edge(Established, TcpEvent::Close, FinWait1),
        edge(Established, Fin, CloseWait),
        edge(Established, Reset, Closed),
        edge(FinWait1, Ack, FinWait2),
        edge(FinWait1, Fin, Closing),
        edge(FinWait1, FinAck, TimeWait),
        edge(FinWait1, Reset, Closed),
        edge(FinWait2, Fin, TimeWait),
        edge(FinWait2, Reset, Closed),
        edge(CloseWait, TcpEvent::Close, LastAck),
        edge(CloseWait, Reset, Closed),
        edge(Closing, Ack, TimeWait),
        edge(Closing, Reset, Closed),
        edge(LastAck, Ack, Closed),
        edge(TimeWait, TimeOut, Closed),
    ]
};

impl TcpEdge {
    /// The edge from one state to another.
    pub fn between(from: TcpState, to: TcpState) -> Option<&'static TcpEdge> {
        TCP_EDGES.iter().find(|edge| edge.from == from && edge.to == to)
    }
}

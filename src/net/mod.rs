//! The network: hosts with a real TCP/IP stack (smoltcp) each, and the link between them.
//!
//! ```text
//!   Host ──frames──▶ Link (latency, loss, cut cables) ──frames──▶ Host
//! ```
//!
//! Nothing here knows POP3, or anything else that TCP carries.

pub mod host;
pub mod link;
pub mod tcp;

pub use host::{Host, Peer, SocketHandle};
pub use link::{Arrival, Fate, FrameId, HostId, Link, LinkConfig};
pub use tcp::{TCP_EDGES, TcpEdge, TcpEvent, TcpState};

/// The address of the server. All addresses are of a range kept for documentation (RFC 5737).
pub const SERVER_ADDRESS: [u8; 4] = [192, 0, 2, 110];

/// An address at which nobody answers.
pub const NOBODY_ADDRESS: [u8; 4] = [192, 0, 2, 254];

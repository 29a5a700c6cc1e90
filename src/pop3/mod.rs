//! POP3 itself (RFC 1939, 2449, 2595, 3206, 5034): the tables, the server's session and the client's reader.
//!
//! ```text
//!   octets ─▶ lines ─▶ command ──▶ session ──▶ Output: Transmit · PhaseChanged · Judged · Effect · Log · Close
//!                      COMMANDS    TRANSITIONS
//! ```
//!
//! Sans-IO: there is no socket here, no clock and no mailbox. Time is told, the store is lent.

mod answer;
pub mod capability;
pub mod channel;
pub mod client;
pub mod command;
pub mod config;
pub mod entropy;
mod japanese;
pub mod language;
pub mod lines;
mod log;
pub mod output;
pub mod refusal;
mod reply;
pub mod session;
pub mod state;

pub use channel::{Channel, Tls};
pub use client::{Client, ClientEvent, LineRole};
pub use command::{COMMANDS, Command, CommandRow, Kind, Parameter, Verb};
pub use config::{Config, Tables};
pub use entropy::Entropy;
pub use language::Language;
pub use output::{Effect, EndCause, Judgement, LogLine, Method, Output, Tally};
pub use refusal::{Problem, Refusal};
pub use session::Session;
pub use state::{Cause, Phase, TRANSITIONS, Transition};

//! Ways to show who one is (SASL, RFC 4422), both sides of each. No session, no store and no socket: octets in,
//! octets out, before any base64.
//!
//! ```text
//!   Client ── initial response ─▶ Server ── Step::Challenge ─▶ Client ── response ─▶ Server ─▶ Step::Succeeded
//!   secret, channel               Credentials, channel                                        or Step::Failed
//! ```
//!
//! [`MECHANISMS`] is the table; [`fields`] reads any message of any of them field by field, and the
//! `Work` of [`scram`], [`cram_md5`] and [`apop`] is everything that was computed on the way, as plain data.

pub mod apop;
pub mod bearer;
mod client;
pub mod coding;
pub mod cram_md5;
mod credentials;
mod failure;
pub mod fields;
mod hash;
mod mechanism;
pub mod plain;
pub mod prep;
pub mod scram;
mod server;

pub use client::{Channel, Client, Doubt, Identity, Work};
pub use credentials::{Access, Accounts, Credentials, Entry};
pub use failure::{Failure, Flaw};
pub use hash::{Hash, hex, same};
pub use mechanism::{Guard, MECHANISMS, Mechanism, MechanismRow, Needs};
pub use server::{Fresh, Server, Step, Terms};

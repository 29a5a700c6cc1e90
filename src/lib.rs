//! A POP3 server, a client and a TCP/IP stack in one process, deterministic to the byte.
//!
//! ```text
//!  you type ─▶ Action ─▶ World ────────────────────────────────────────▶ Trace (append-only) ─▶ views
//!                         │  client host                    server host │
//!                         │  Client ─ TLS ─ TCP ══ Link ══ TCP ─ TLS ─ Session ─ Maildrop
//!                         └─ one virtual clock, one seed ───────────────┘
//! ```
//!
//! The engine is sans-IO: no socket, no clock, no randomness but the setup's seed, no browser. The same
//! [`world::Setup`] and the same journal of [`world::Action`]s give the same [`trace::Trace`], to the
//! byte, on every machine. Read the modules in this order:

pub mod time;

pub mod sorted;

pub mod mail;

pub mod mime;

pub mod sasl;

pub mod pop3;

pub mod net;

pub mod tls;

pub mod dissect;

pub mod ledger;

pub mod pki;

pub mod policy;

pub mod trace;

pub mod capture;

pub mod world;

pub mod recording;

#[cfg(feature = "ui")]
pub mod i18n;

#[cfg(feature = "ui")]
pub mod ui;

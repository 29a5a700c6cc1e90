//! How a server is set up, and the tables that its sessions obey.

use super::{COMMANDS, CommandRow, TRANSITIONS, Transition};
use crate::mail::Lockout;
use crate::sasl::{MECHANISMS, Mechanism};
use std::sync::Arc;
use std::time::Duration;

/// How a server is set up, the same for all of its sessions.
#[derive(Clone, Debug)]
pub struct Config {
    /// The name in the greeting's time stamp.
    pub host: String,
    /// What CAPA says after IMPLEMENTATION.
    pub implementation: String,
    /// Whether APOP is offered, and a time stamp with it.
    pub apop: bool,
    /// Whether STLS is offered before TLS.
    pub stls: bool,
    /// Whether names and passwords are taken without TLS (RFC 2595 section 2.3).
    pub login_in_the_clear: bool,
    /// The mechanisms of AUTH, in the order of CAPA; each is offered where its row of [`MECHANISMS`] allows it.
    pub mechanisms: Vec<Mechanism>,
    /// What the server knows and nobody else: nonces and what is invented for unknown names follow from it.
    pub secret: [u8; 32],
    /// Whether TOP and UIDL are offered.
    pub top_and_uidl: bool,
    /// The most octets of a command line, CRLF included (RFC 2449 section 4 asks for 255).
    pub line_limit: u32,
    /// The most octets of a line with a response of AUTH, CRLF included: such lines may be longer
    /// (RFC 5034 section 4), and tokens are.
    pub response_limit: u32,
    /// Silence after which the session ends (RFC 1939 section 3 asks for 10 minutes or more).
    pub idle_limit: Duration,
    /// Failed logins after which the connection is closed.
    pub failed_logins: u32,
    /// How long the answer to the first failed login of a connection is held back. It doubles with each, up to
    /// sixteen times as long.
    pub failure_delay: Duration,
    /// When the store closes a name to guessing; none is never.
    pub lockout: Option<Lockout>,
    /// The tables that the session obeys; other than the standard's own only in tests.
    pub tables: Tables,
}

/// The two tables that drive a session.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The commands it knows.
    pub commands: Arc<[CommandRow]>,
    /// The changes of phase it makes.
    pub transitions: Arc<[Transition]>,
}

impl Default for Tables {
    fn default() -> Tables {
        Tables { commands: COMMANDS.into(), transitions: TRANSITIONS.into() }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            host: "pop3lab.example".into(),
            implementation: concat!("POP3-Lab-", env!("CARGO_PKG_VERSION")).into(),
            apop: true,
            stls: false,
            login_in_the_clear: true,
            mechanisms: MECHANISMS.iter().map(|row| row.mechanism).collect(),
            secret: [0; 32],
            top_and_uidl: true,
            line_limit: 255,
            response_limit: 12_288,
            idle_limit: Duration::from_secs(600),
            failed_logins: 5,
            failure_delay: Duration::ZERO,
            lockout: None,
            tables: Tables::default(),
        }
    }
}

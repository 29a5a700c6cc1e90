//! How a server is set up, and the tables that its sessions obey.

use super::{COMMANDS, CommandRow, TRANSITIONS, Transition};
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
    /// Whether TOP and UIDL are offered.
    pub top_and_uidl: bool,
    /// The most octets of a command line, CRLF included (RFC 2449 section 4 asks for 255).
    pub line_limit: u32,
    /// Silence after which the session ends (RFC 1939 section 3 asks for 10 minutes or more).
    pub idle_limit: Duration,
    /// Failed logins after which the connection is closed.
    pub failed_logins: u32,
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
            top_and_uidl: true,
            line_limit: 255,
            idle_limit: Duration::from_secs(600),
            failed_logins: 5,
            tables: Tables::default(),
        }
    }
}

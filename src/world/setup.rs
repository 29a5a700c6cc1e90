//! What a world begins with, and what a person can do in it.

use super::recorded::{Drawn, Recorded};
use super::samples;
use crate::mail::{Account, AccountPolicy, Fault, Uid};
use crate::net::LinkConfig;
use crate::policy::Policy;
use crate::pop3::Config;
use crate::sasl::Access;
use crate::time::Instant;
use crate::trace::ConnectionId;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Everything that is decided before the first SYN.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The ports on which the server listens.
    pub listens: Vec<Listener>,
    /// What both ends want of TLS at first.
    pub policy: Policy,
    /// The calendar: seconds from 1970 to the beginning of virtual time.
    pub date: i64,
    /// The link between all hosts.
    pub link: LinkConfig,
    /// The source of all chance in this world.
    pub seed: u64,
    /// How the server behaves.
    pub server: Config,
    /// The mailboxes and what is in them.
    pub accounts: Vec<Account>,
    /// What a server elsewhere knew and held, where what it did is played again.
    pub recorded: Rc<Recorded>,
    /// What its sessions drew and were told, by the number of the connection.
    pub drawn: Rc<[Drawn]>,
}

/// The mail address of `alice`: whom the certificate is for that mail programs can show.
pub const ADDRESS: &str = "alice@pop3lab.example";

/// The bearer token that opens the mailbox of `alice`, as if an authorization server had issued it.
pub const TOKEN: &str = "a-token-for-alice";

impl Default for Setup {
    /// The demonstration: `alice` with the sample mail and `erin` with an empty mailbox, on port 110.
    fn default() -> Setup {
        let account = |name: &str, password: &str, messages| Account {
            name: name.into(),
            password: password.into(),
            messages,
            policy: AccountPolicy::default(),
            access: Access::default(),
        };
        let mut alice = account("alice", "wonderland", samples::messages());
        alice.access.tokens.push(TOKEN.into());
        alice.access.certificate = Some(ADDRESS.into());
        Setup {
            listens: vec![Listener { port: 110, tls: false }, Listener { port: 995, tls: true }],
            policy: Policy::default(),
            date: DATE,
            link: LinkConfig::default(),
            seed: 1939,
            server: Config::default(),
            accounts: vec![alice, account("erin", "nothing-here", vec![])],
            recorded: Rc::default(),
            drawn: Rc::default(),
        }
    }
}

impl Setup {
    /// The same with a server of another name, whose certificates are made for it.
    pub fn renamed(mut self, host: String) -> Setup {
        self.server.host = host;
        self
    }

    /// The same with other dice.
    pub fn reseeded(self, seed: u64) -> Setup {
        Setup { seed, drawn: Rc::default(), ..self }
    }

    /// The demonstration with other dice.
    pub fn with_seed(seed: u64) -> Setup {
        Setup { seed, ..Setup::default() }
    }
}

/// A port on which a server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Which one.
    pub port: u16,
    /// Whether TLS begins with the first octet there (RFC 8314 section 3.3).
    pub tls: bool,
}

/// 2026-06-01 09:00 UTC: the day on which every session takes place.
const DATE: i64 = 1_780_304_400;

/// Whom a client connects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// The server.
    Server,
    /// An address at which nobody answers.
    Nobody,
}

/// Everything that a person can do. Octets are as sent, CRLF included; a paste is one action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// A client's program connects. Connections are numbered in this order.
    Connect {
        /// Which client.
        client: u8,
        /// To whom.
        to: Target,
        /// To which port.
        port: u16,
    },
    /// Octets are written to a connection.
    Send {
        /// Which one.
        connection: ConnectionId,
        /// What.
        octets: Vec<u8>,
    },
    /// The client closes its side in order, without QUIT, and goes on reading.
    Disconnect {
        /// Which connection.
        connection: ConnectionId,
    },
    /// The client's program dies and its system resets the connection.
    DropLine {
        /// Which connection.
        connection: ConnectionId,
    },
    /// A client's cable is cut. The next time it connects it has another address.
    CutCable {
        /// Which client.
        client: u8,
    },
    /// Nobody does anything for a while: idle limits and TIME-WAIT run out.
    LetTimePass {
        /// Microseconds.
        micros: u64,
    },
    /// New mail arrives at the server.
    Deliver {
        /// In whose mailbox.
        mailbox: String,
        /// The message, in any line ends.
        message: Vec<u8>,
        /// Its unique-id, if it has one already.
        uid: Option<Uid>,
    },
    /// The storage loses a message, outside of the protocol: the one way in which mail leaves without
    /// DELE and QUIT. Tests use it.
    Lose {
        /// Out of whose mailbox.
        mailbox: String,
        /// Which message.
        uid: Uid,
    },
    /// Something behind the server breaks, or is mended.
    Break {
        /// What; none mends it.
        fault: Option<Fault>,
    },
    /// A person looks at a certificate that was refused and lets the mail program go on with it.
    TrustAnyway {
        /// Whose mail program.
        client: u8,
        /// The SHA-256 of the certificate.
        certificate: [u8; 32],
    },
    /// Client and server are set up anew for the connections to come.
    ChangePolicy {
        /// What they want of TLS from now on.
        policy: Policy,
    },
    /// The link becomes another: longer or shorter, better or worse.
    ChangeLink {
        /// What it does to the frames that are sent from now on.
        link: LinkConfig,
    },
}

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was done.
    pub at: Instant,
    /// What was done.
    pub action: Action,
}

//! What a person wants done, said without the numbers of connections: a set piece is a list of these.

use super::lab::{ME, PORT};
use crate::net::LinkConfig;
use crate::pki::Fault;
use crate::policy::Policy;
use crate::trace::{ConnectionId, Scene};
use crate::world::{Action, Target};

/// Something that a person wants done. It becomes an [`Action`] when its turn has come, since only then
/// is it known which connection is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A client connects.
    Connect {
        /// Which client.
        client: u8,
        /// To whom.
        to: Target,
        /// To which port.
        port: u16,
    },
    /// A client writes octets to its latest connection.
    Send {
        /// Which client.
        client: u8,
        /// What, line ends included.
        octets: Vec<u8>,
    },
    /// A client closes its latest connection without QUIT.
    Disconnect {
        /// Which client.
        client: u8,
    },
    /// A client's latest connection is reset.
    DropLine {
        /// Which client.
        client: u8,
    },
    /// A client connects again as it did before.
    Reconnect {
        /// Which client.
        client: u8,
    },
    /// Something that names no connection.
    Act(Action),
}

impl Wish {
    /// The learner connects to the server.
    pub fn connect() -> Wish {
        Wish::Connect { client: ME, to: Target::Server, port: PORT }
    }

    /// The learner connects to this port of the server.
    pub fn connect_to(port: u16) -> Wish {
        Wish::Connect { client: ME, to: Target::Server, port }
    }

    /// The learner connects anew, on other terms. Whatever connection there was is closed, and the mailbox
    /// stays as it is.
    pub fn terms(policy: Policy, port: u16) -> Vec<Wish> {
        vec![
            Wish::Disconnect { client: ME },
            Wish::Act(Action::ChangePolicy { policy }),
            Wish::Connect { client: ME, to: Target::Server, port },
        ]
    }

    /// The learner lets the mail program go on with the server's certificate of this SHA-256, and connects
    /// again on the same terms.
    pub fn trust(certificate: [u8; 32]) -> Vec<Wish> {
        vec![Wish::Act(Action::TrustAnyway { client: ME, certificate }), Wish::Reconnect { client: ME }]
    }

    /// The learner writes octets.
    pub fn send(octets: Vec<u8>) -> Wish {
        Wish::Send { client: ME, octets }
    }

    /// The learner types a line.
    pub fn line(line: &str) -> Wish {
        Wish::send(super::typing::line(line))
    }

    /// The link becomes another.
    pub fn link(link: LinkConfig) -> Wish {
        Wish::Act(Action::ChangeLink { link })
    }

    /// Nobody does anything for so many seconds.
    pub fn pass(seconds: u64) -> Wish {
        Wish::Act(Action::LetTimePass { micros: seconds * 1_000_000 })
    }

    /// What it is, for the copy of the session that outlives the engine.
    pub fn told(&self) -> String {
        match self {
            Wish::Send { octets, .. } => {
                let line = |line: &str| format!("C: {line}");
                String::from_utf8_lossy(octets).lines().map(line).collect::<Vec<_>>().join("\n")
            }
            Wish::Connect { port, .. } => format!("= connect to port {port}"),
            Wish::Reconnect { .. } => "= connect again".into(),
            Wish::Disconnect { .. } => "= disconnect".into(),
            Wish::DropLine { .. } => "= drop the line".into(),
            Wish::Act(action) => told(action),
        }
    }

    /// What it means at a moment.
    pub fn action(self, scene: &Scene) -> Action {
        let latest = |client| scene.connections.get(&client).map_or(ConnectionId(0), |held| held.id);
        match self {
            Wish::Connect { client, to, port } => Action::Connect { client, to, port },
            Wish::Reconnect { client } => {
                let port = scene.connections.get(&client).map_or(PORT, |held| held.to.1);
                Action::Connect { client, to: Target::Server, port }
            }
            Wish::Send { client, octets } => Action::Send { connection: latest(client), octets },
            Wish::Disconnect { client } => Action::Disconnect { connection: latest(client) },
            Wish::DropLine { client } => Action::DropLine { connection: latest(client) },
            Wish::Act(action) => action,
        }
    }
}

/// An action that has no line of its own: in few words, since all of its data would weigh.
fn told(action: &Action) -> String {
    let what = match action {
        Action::LetTimePass { micros } => return format!("= let {} s pass", micros / 1_000_000),
        Action::Deliver { message, .. } => return format!("= deliver {} octets", message.len()),
        Action::ChangeLink { link } => {
            return format!("= round trip {} us, {} per mille lost", link.round_trip(), link.loss_per_mille);
        }
        Action::ChangePolicy { policy } => {
            let fault = policy.fault.map_or("none", Fault::name);
            return format!("= security {}, fault {fault}", policy.security as u8);
        }
        Action::TrustAnyway { .. } => "trust the certificate anyway",
        Action::CutCable { .. } => "cut the cable",
        Action::Break { .. } => "break something behind the server",
        Action::Lose { .. } => "lose a message",
        Action::Connect { .. }
        | Action::Send { .. }
        | Action::Disconnect { .. }
        | Action::DropLine { .. } => "act",
    };
    format!("= {what}")
}

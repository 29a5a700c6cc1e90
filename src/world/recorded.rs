//! A session that took place elsewhere, over real sockets, can take place again in a world: the same code answers the
//! same lines, if what it drew then by chance is put in the place of this world's own.

use crate::mail::{Message, Uid};
use crate::pop3::Entropy;

/// What a server elsewhere knew and held. Nothing of it, in a world of its own.
#[derive(Debug, Default)]
pub struct Recorded {
    /// What only that server knew ([`crate::pop3::Config::secret`]).
    pub secret: Option<[u8; 32]>,
    /// What the salts of its accounts follow from.
    pub salts: Option<u64>,
    /// What is in its mailboxes at the beginning beside what the accounts say: the name of the mailbox, the
    /// unique-id, and the message.
    pub mail: Vec<(String, Uid, Message)>,
}

/// What one of its sessions drew, and was told of TLS.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// All chance of the session.
    pub entropy: Entropy,
    /// What its TLS exported, which mechanisms are bound to: here both ends take it for what theirs exports.
    pub exporter: Option<[u8; 32]>,
    /// Whose certificate the client had shown.
    pub identity: Option<String>,
}

//! What can be wrong with a certificate, or with who looks at it.

use serde::{Deserialize, Serialize};

/// Something that keeps a client from believing the server. Two of them are faults of the client: the
/// certificates are right then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// The certificate was valid until some days ago.
    Expired,
    /// The certificate will be valid in some days.
    NotYetValid,
    /// The certificate is for another host.
    OtherHost,
    /// The client asks for an address, and the certificate is for a name.
    ByAddress,
    /// The server has signed its certificate itself.
    SelfSigned,
    /// All certificates are sent, up to a root that the client does not hold.
    UnknownAuthority,
    /// The server sends its own certificate, and not the one that leads from there to the root.
    MissingIntermediate,
    /// The clock of the client is years off.
    WrongClock,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Fault; 8] = [
        Fault::Expired,
        Fault::NotYetValid,
        Fault::OtherHost,
        Fault::ByAddress,
        Fault::SelfSigned,
        Fault::UnknownAuthority,
        Fault::MissingIntermediate,
        Fault::WrongClock,
    ];

    /// The name that links and tests call it by: `other-host`.
    pub const fn name(self) -> &'static str {
        match self {
            Fault::Expired => "expired",
            Fault::NotYetValid => "not-yet-valid",
            Fault::OtherHost => "other-host",
            Fault::ByAddress => "by-address",
            Fault::SelfSigned => "self-signed",
            Fault::UnknownAuthority => "unknown-authority",
            Fault::MissingIntermediate => "missing-intermediate",
            Fault::WrongClock => "wrong-clock",
        }
    }

    /// The fault of this name.
    pub fn named(name: &str) -> Option<Fault> {
        Fault::ALL.into_iter().find(|fault| fault.name() == name)
    }
}

//! How an exchange fails.

use serde::{Deserialize, Serialize};

/// Why the server ended an exchange without success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A message cannot be read.
    Malformed(Flaw),
    /// There is no such name, or it was not proved, or it may not act for the other that it asked for. The
    /// client is not told which.
    Unproved {
        /// The name that was given, prepared.
        name: String,
    },
    /// The two ends are not bound to the same TLS connection, or somebody has hidden from the client that they
    /// could be (RFC 5802 section 6).
    NotBound {
        /// The name that was given, prepared.
        name: String,
    },
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// The line is not base64.
    NotBase64,
    /// Text that is not UTF-8.
    NotUtf8,
    /// A character that no name and no password may have (RFC 4013 section 2.3).
    Prohibited,
    /// A name, a password or a token is empty.
    Empty,
    /// Not as many parts, or not in the order, that the mechanism has.
    Parts,
    /// `=` that stands for neither `,` nor `=` (RFC 5802 section 5.1).
    Escape,
    /// An extension that must be understood, and is not (RFC 5802 section 5.1, `m=`).
    Extension,
    /// A nonce that is empty, not printable, or not the one that was agreed.
    Nonce,
    /// A digest or a proof without the shape of one.
    Proof,
    /// A beginning that says nothing, or nothing known, of channel binding (RFC 5801 section 4).
    Header,
    /// The mechanism begins with the server, so there is nothing to respond to yet.
    TooEarly,
    /// Something was said where nothing is expected any more.
    Surplus,
}

//! Why a connection failed, in the words of an administrator: for logs, never for learners.

use super::Failure;
use std::fmt;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Failure::Certificate { .. } => "certificate verify failed",
            Failure::AlertReceived(number) => return write!(f, "SSL alert number {number}"),
            Failure::NotTls { .. } => "wrong version number: the client does not speak TLS",
            Failure::NoVersionInCommon => "unsupported protocol version",
            Failure::NoSuiteInCommon => "no shared cipher",
            Failure::Undecryptable => "decryption failed or bad record mac",
            Failure::OutOfTurn => "unexpected message",
            Failure::Malformed => "decode error",
            Failure::Misbehaved => "illegal parameter",
            Failure::Truncated => "unexpected eof while reading",
            Failure::BadName => "no usable host name",
            Failure::BadRoot => "bad trusted certificate",
            Failure::BadKey => "bad private key",
            Failure::NoRandomness => "no entropy",
            Failure::TooOld => "version too old",
            Failure::Other => "internal error",
        })
    }
}

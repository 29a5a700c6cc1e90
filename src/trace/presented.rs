//! What a server showed to prove who it is, and what the mail program thought of it: all that is needed to
//! look at it again later. Nothing is verified here.

use crate::pki::Verdict;
use crate::tls::Trust;
use serde::{Serialize, Serializer};
use std::rc::Rc;

/// What was shown on one connection. Certificates are in DER, times in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Presented {
    /// The host that the mail program asked for, as it was typed.
    pub asked: String,
    /// What the server sent, its own certificate first.
    #[serde(serialize_with = "serialize_certificates")]
    pub chain: Rc<[Vec<u8>]>,
    /// The authorities that the client's computer holds.
    #[serde(serialize_with = "serialize_certificates")]
    pub roots: Rc<[Vec<u8>]>,
    /// What the client's clock said.
    pub clock: i64,
    /// What the time was.
    pub today: i64,
    /// What the mail program thought of it.
    pub outcome: Outcome,
}

/// What a mail program thinks of certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// It goes on, for this reason.
    Trusted(Trust),
    /// It closes, for this reason.
    Refused(Verdict),
}

fn serialize_certificates<S: Serializer>(
    certificates: &Rc<[Vec<u8>]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(certificates.iter())
}

//! Why a connection failed, in our own words: rustls' would change with its versions, and their tables
//! of names would weigh more than all of this file.

use super::scope::Seen;
use rustls::{CertificateError, Error, InvalidMessage, PeerIncompatible};
use serde::{Deserialize, Serialize};

/// Why there is no connection, or no longer one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The other end's certificate was not accepted.
    Certificate {
        /// What is wrong with it.
        problem: CertificateProblem,
        /// What that end showed, each certificate in DER, its own first.
        chain: Vec<Vec<u8>>,
    },
    /// The other end gave up and said why, by a number of RFC 8446 section 6.
    AlertReceived(u8),
    /// What arrived is no record of TLS.
    NotTls {
        /// Its first octets.
        octets: Vec<u8>,
    },
    /// There is no version that both ends speak.
    NoVersionInCommon,
    /// There is no suite, no group or no signature scheme that both ends speak.
    NoSuiteInCommon,
    /// A record was changed on its way, or was encrypted with other keys.
    Undecryptable,
    /// A message arrived whose turn it was not.
    OutOfTurn,
    /// A message arrived that cannot be read.
    Malformed,
    /// The other end did what the RFC forbids.
    Misbehaved,
    /// The connection ended and nobody had said close_notify: something may be missing (RFC 8446 section 6.1).
    Truncated,
    /// What was typed is neither a host name nor an address.
    BadName,
    /// A certificate that is to be trusted cannot be read.
    BadRoot,
    /// The key to the certificate cannot be read.
    BadKey,
    /// There is no randomness.
    NoRandomness,
    /// The server speaks a version of old, and this client does not get further than its hello.
    TooOld,
    /// Something else.
    Other,
}

/// What is wrong with a certificate, or with the way from it to one that is trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateProblem {
    /// It cannot be read.
    BadEncoding,
    /// Its time is over. Seconds since 1970.
    Expired {
        /// The date on this machine.
        now: u64,
        /// The last moment at which it was valid.
        not_after: u64,
    },
    /// Its time has not begun. Seconds since 1970.
    NotYetValid {
        /// The date on this machine.
        now: u64,
        /// The first moment at which it is valid.
        not_before: u64,
    },
    /// It is not for the name that was typed.
    WrongName,
    /// No way leads from it to a certificate that is trusted.
    UnknownIssuer,
    /// A signature in the chain, or that of the handshake, was not made with the key that it names.
    BadSignature,
    /// It uses an algorithm that is not known here.
    UnsupportedAlgorithm,
    /// It may not be used by a server, or by a client if that has shown it.
    WrongPurpose,
    /// An authority's own certificate is shown as if it were a server's or a client's.
    CaAsEndEntity,
    /// A certificate that is no authority's signed another.
    EndEntityAsCa,
    /// More authorities follow one another than the first allowed.
    PathTooLong,
    /// An authority is limited to other names.
    NameConstraint,
    /// It was revoked.
    Revoked,
    /// It has a critical extension that is not known here.
    UnhandledExtension,
    /// The server showed none.
    Missing,
    /// Something else.
    Other,
}

impl Failure {
    /// What rustls says, in our words, with what was `seen` before it said that.
    pub(super) fn new(error: &Error, seen: &mut Seen) -> Failure {
        let chain = std::mem::take(&mut seen.chain);
        match error {
            Error::InvalidCertificate(error) => {
                // Where rustls has no name for it, the verifier has kept one.
                let problem = match error {
                    CertificateError::Other(_) => seen.problem.take(),
                    error => Some(error.into()),
                };
                Failure::Certificate { problem: problem.unwrap_or(CertificateProblem::Other), chain }
            }
            Error::NoCertificatesPresented => {
                Failure::Certificate { problem: CertificateProblem::Missing, chain }
            }
            Error::AlertReceived(alert) => Failure::AlertReceived((*alert).into()),
            Error::PeerIncompatible(what) => match what {
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::SupportedVersionsExtensionRequired
                // rustls looks for it first, and hellos from before TLS 1.2 have none.
                | PeerIncompatible::SignatureAlgorithmsExtensionRequired
                | PeerIncompatible::Tls12NotOffered
                | PeerIncompatible::Tls12NotOfferedOrEnabled => Failure::NoVersionInCommon,
                _ => Failure::NoSuiteInCommon,
            },
            Error::InvalidMessage(InvalidMessage::UnknownProtocolVersion) => Failure::NoVersionInCommon,
            Error::InvalidMessage(_) | Error::PeerSentOversizedRecord => Failure::Malformed,
            Error::DecryptError => Failure::Undecryptable,
            Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => {
                Failure::OutOfTurn
            }
            Error::PeerMisbehaved(_) => Failure::Misbehaved,
            Error::FailedToGetRandomBytes => Failure::NoRandomness,
            // Only the client of old says this.
            Error::HandshakeNotComplete => Failure::TooOld,
            _ => Failure::Other,
        }
    }
}

impl From<&CertificateError> for CertificateProblem {
    fn from(error: &CertificateError) -> CertificateProblem {
        match error {
            CertificateError::BadEncoding => CertificateProblem::BadEncoding,
            CertificateError::ExpiredContext { time, not_after } => {
                CertificateProblem::Expired { now: time.as_secs(), not_after: not_after.as_secs() }
            }
            CertificateError::NotValidYetContext { time, not_before } => {
                CertificateProblem::NotYetValid { now: time.as_secs(), not_before: not_before.as_secs() }
            }
            CertificateError::Revoked => CertificateProblem::Revoked,
            CertificateError::UnhandledCriticalExtension => CertificateProblem::UnhandledExtension,
            CertificateError::UnknownIssuer => CertificateProblem::UnknownIssuer,
            CertificateError::BadSignature => CertificateProblem::BadSignature,
            CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
                CertificateProblem::UnsupportedAlgorithm
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                CertificateProblem::WrongName
            }
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                CertificateProblem::WrongPurpose
            }
            _ => CertificateProblem::Other,
        }
    }
}

impl From<&webpki::Error> for CertificateProblem {
    fn from(error: &webpki::Error) -> CertificateProblem {
        use webpki::Error::*;
        match error {
            CaUsedAsEndEntity => CertificateProblem::CaAsEndEntity,
            EndEntityUsedAsCa => CertificateProblem::EndEntityAsCa,
            PathLenConstraintViolated => CertificateProblem::PathTooLong,
            NameConstraintViolation => CertificateProblem::NameConstraint,
            UnsupportedCriticalExtension => CertificateProblem::UnhandledExtension,
            UnsupportedCertVersion | ExtensionValueInvalid | MalformedExtensions | MalformedDnsIdentifier => {
                CertificateProblem::BadEncoding
            }
            _ => CertificateProblem::Other,
        }
    }
}

//! How an end decides whether to trust the other: webpki decides, unless a person at the client has.

use super::policy::Trust;
use super::provider::ALGORITHMS;
use super::scope;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, OtherError, RootCertStore,
    SignatureScheme,
};
use sha2::{Digest, Sha256};
use std::fmt;
use webpki::{EndEntityCert, KeyUsage};

/// What a client trusts.
pub(super) struct Verifier {
    pub roots: RootCertStore,
    /// Whether chain and name are looked at.
    pub verify: bool,
    /// SHA-256 of certificates that are trusted whatever they say.
    pub exceptions: Vec<[u8; 32]>,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let trust = if !self.verify {
            Trust::Unchecked
        } else if self.exceptions.contains(&Sha256::digest(leaf).into()) {
            Trust::Exception
        } else {
            Trust::Verified
        };
        shown(leaf, rest, trust);
        if trust == Trust::Verified {
            let verified = EndEntityCert::try_from(leaf).and_then(|leaf| {
                vouched(&leaf, rest, &self.roots, now, KeyUsage::server_auth())?;
                leaf.verify_is_valid_for_subject_name(name)
            });
            verified.map_err(problem)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        signed_12(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        signed_13(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ALGORITHMS.supported_schemes()
    }
}

/// Whom a server believes to be who they say. rustls has a verifier of its own for this, which could do
/// with lists of what was revoked as well, and would bring all the code for them.
pub(super) struct Clients {
    /// The authorities; without any no client is asked.
    pub roots: RootCertStore,
    /// Their names, which clients are told.
    pub hints: Vec<DistinguishedName>,
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clients")
    }
}

impl ClientCertVerifier for Clients {
    fn offer_client_auth(&self) -> bool {
        !self.roots.is_empty()
    }

    fn client_auth_mandatory(&self) -> bool {
        // Passwords go on to be taken.
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.hints
    }

    fn verify_client_cert(
        &self,
        leaf: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        shown(leaf, rest, Trust::Verified);
        let verified = EndEntityCert::try_from(leaf)
            .and_then(|leaf| vouched(&leaf, rest, &self.roots, now, KeyUsage::client_auth()));
        verified.map_err(problem)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        signed_12(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        signed_13(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ALGORITHMS.supported_schemes()
    }
}

/// Notes what the other end showed.
fn shown(leaf: &CertificateDer<'_>, rest: &[CertificateDer<'_>], trust: Trust) {
    let chain = std::iter::once(leaf).chain(rest).map(|certificate| certificate.to_vec()).collect();
    scope::ask(|scope| (scope.seen.chain, scope.seen.trust) = (chain, Some(trust)));
}

/// Whether an authority vouches for a certificate and this use of it.
fn vouched(
    leaf: &EndEntityCert<'_>,
    rest: &[CertificateDer<'_>],
    roots: &RootCertStore,
    now: UnixTime,
    usage: KeyUsage,
) -> Result<(), webpki::Error> {
    leaf.verify_for_usage(ALGORITHMS.all, &roots.roots, rest, now, usage, None, None).map(drop)
}

fn signed_12(
    message: &[u8],
    leaf: &CertificateDer<'_>,
    signed: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, Error> {
    scope::ask(|scope| scope.seen.scheme = Some(signed.scheme.into()));
    verify_tls12_signature(message, leaf, signed, &ALGORITHMS)
}

fn signed_13(
    message: &[u8],
    leaf: &CertificateDer<'_>,
    signed: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, Error> {
    scope::ask(|scope| scope.seen.scheme = Some(signed.scheme.into()));
    verify_tls13_signature(message, leaf, signed, &ALGORITHMS)
}

/// What webpki says, as rustls says it: the alert follows from that. What rustls has no name for is kept.
fn problem(error: webpki::Error) -> Error {
    use webpki::Error::*;
    scope::ask(|scope| scope.seen.problem = Some((&error).into()));
    let problem = match error {
        BadDer | BadDerTime | TrailingData(_) => CertificateError::BadEncoding,
        CertExpired { time, not_after } => CertificateError::ExpiredContext { time, not_after },
        CertNotValidYet { time, not_before } => CertificateError::NotValidYetContext { time, not_before },
        InvalidCertValidity => CertificateError::Expired,
        UnknownIssuer => CertificateError::UnknownIssuer,
        CertNotValidForName(_) => CertificateError::NotValidForName,
        InvalidSignatureForPublicKey => CertificateError::BadSignature,
        UnsupportedSignatureAlgorithmContext(it) => CertificateError::UnsupportedSignatureAlgorithmContext {
            signature_algorithm_id: it.signature_algorithm_id,
            supported_algorithms: it.supported_algorithms,
        },
        UnsupportedSignatureAlgorithmForPublicKeyContext(it) => {
            CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext {
                signature_algorithm_id: it.signature_algorithm_id,
                public_key_algorithm_id: it.public_key_algorithm_id,
            }
        }
        RequiredEkuNotFoundContext(_) => CertificateError::InvalidPurpose,
        error => CertificateError::Other(other(error)),
    };
    problem.into()
}

/// What rustls has no name for. It has room for it with its `std` only, which comes with `serve`.
fn other(_error: webpki::Error) -> OtherError {
    #[cfg(feature = "serve")]
    return OtherError(std::sync::Arc::new(_error));
    #[cfg(not(feature = "serve"))]
    OtherError()
}

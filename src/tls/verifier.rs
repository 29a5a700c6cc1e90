//! How a client decides whether to trust a server: webpki decides, unless a person has.

use super::policy::Trust;
use super::provider::ALGORITHMS;
use super::scope;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};
use std::fmt;

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
        let chain = std::iter::once(leaf).chain(rest).map(|certificate| certificate.to_vec()).collect();
        let trust = if !self.verify {
            Trust::Unchecked
        } else if self.exceptions.contains(&Sha256::digest(leaf).into()) {
            Trust::Exception
        } else {
            Trust::Verified
        };
        scope::ask(|scope| (scope.seen.chain, scope.seen.trust) = (chain, Some(trust)));
        if trust == Trust::Verified {
            let leaf = ParsedCertificate::try_from(leaf)?;
            verify_server_cert_signed_by_trust_anchor(&leaf, &self.roots, rest, now, ALGORITHMS.all)?;
            verify_server_name(&leaf, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        scope::ask(|scope| scope.seen.scheme = Some(signed.scheme.into()));
        verify_tls12_signature(message, leaf, signed, &ALGORITHMS)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        scope::ask(|scope| scope.seen.scheme = Some(signed.scheme.into()));
        verify_tls13_signature(message, leaf, signed, &ALGORITHMS)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ALGORITHMS.supported_schemes()
    }
}

//! Signatures: ECDSA on P-256 with SHA-256, made as RFC 6979 has it, so that they need no randomness.

use super::scope;
use p256::ecdsa::signature::{Signer as _, Verifier};
use p256::ecdsa::{DerSignature, VerifyingKey};
use p256::pkcs8::DecodePrivateKey;
use rustls::crypto::{KeyProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, PrivateKeyDer, SignatureVerificationAlgorithm, alg_id,
};
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use std::sync::Arc;

/// The one scheme that is spoken here.
const SCHEME: SignatureScheme = SignatureScheme::ECDSA_NISTP256_SHA256;

/// What can be verified.
pub(in crate::tls) const ALGORITHMS: WebPkiSupportedAlgorithms =
    WebPkiSupportedAlgorithms { all: &[&EcdsaP256], mapping: &[(SCHEME, &[&EcdsaP256])] };

#[derive(Debug)]
struct EcdsaP256;

impl SignatureVerificationAlgorithm for EcdsaP256 {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P256
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA256
    }

    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature = DerSignature::from_bytes(signature).map_err(|_| InvalidSignature)?;
        let key = VerifyingKey::from_sec1_bytes(key).map_err(|_| InvalidSignature)?;
        key.verify(message, &signature).map_err(|_| InvalidSignature)
    }
}

/// A key to sign with. `None` if `octets` are neither a PKCS #8 document with a key of P-256 nor the 32
/// octets of the secret number alone.
pub(in crate::tls) fn key(octets: &[u8]) -> Option<Arc<dyn SigningKey>> {
    let key = match octets.len() {
        32 => p256::ecdsa::SigningKey::from_slice(octets).ok()?,
        _ => p256::ecdsa::SigningKey::from_pkcs8_der(octets).ok()?,
    };
    Some(Arc::new(Secret(Arc::new(key))))
}

/// Reads keys for rustls.
#[derive(Debug)]
pub(super) struct Keys;

impl KeyProvider for Keys {
    fn load_private_key(&self, der: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, Error> {
        key(der.secret_der()).ok_or_else(|| Error::General("not a key of P-256".into()))
    }
}

#[derive(Clone, Debug)]
struct Secret(Arc<p256::ecdsa::SigningKey>);

impl SigningKey for Secret {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&SCHEME).then(|| Box::new(self.clone()) as _)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Secret {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        scope::ask(|scope| scope.seen.scheme = Some(SCHEME.into()));
        let signature: DerSignature =
            self.0.try_sign(message).map_err(|_| Error::General("not signed".into()))?;
        Ok(signature.as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SCHEME
    }
}

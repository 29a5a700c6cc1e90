//! Signatures: ECDSA on P-256 with SHA-256, made as RFC 6979 has it, so that they need no randomness.

use super::scope;
use p256::ecdsa::signature::{Signer as _, Verifier};
use p256::ecdsa::{DerSignature, VerifyingKey};
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
    let secret = if octets.len() == 32 { octets } else { secret(octets)? };
    let key = p256::ecdsa::SigningKey::from_slice(secret).ok()?;
    Some(Arc::new(Secret(Arc::new(key))))
}

/// The secret number in a PKCS #8 document (RFC 5208 section 5) that holds a key of P-256 (RFC 5915
/// section 3). That is all there is to read, and pkcs8 with der would weigh 7 kB.
fn secret(document: &[u8]) -> Option<&[u8]> {
    const INTEGER: u8 = 0x02;
    const OCTETS: u8 = 0x04;
    const SEQUENCE: u8 = 0x30;
    const EC_KEY_ON_P256: &[u8] = &[
        0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
        0x01, 0x07,
    ];
    let (document, _) = element(SEQUENCE, document)?;
    let (_version, rest) = element(INTEGER, document)?;
    let (algorithm, rest) = element(SEQUENCE, rest)?;
    let (key, _) = element(OCTETS, rest)?;
    let (key, _) = element(SEQUENCE, key)?;
    let (_version, rest) = element(INTEGER, key)?;
    let (secret, _) = element(OCTETS, rest)?;
    (algorithm == EC_KEY_ON_P256).then_some(secret)
}

/// The content of the element of DER that `octets` begin with, and what follows it.
fn element(tag: u8, octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match *octets {
        [it, length @ ..=0x7f, ref rest @ ..] if it == tag => (length, rest),
        [it, 0x81, length @ 0x80..=0xff, ref rest @ ..] if it == tag => (length, rest),
        _ => return None,
    };
    rest.split_at_checked(length.into())
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

#[cfg(test)]
mod tests {
    use super::{key, secret};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const DOCUMENT: &[u8] = include_bytes!("../../../tests/tls/server.key");

    #[test]
    fn both_forms_of_a_key_are_read() {
        assert_eq!(secret(DOCUMENT).map(<[u8]>::len), Some(32));
        assert!(key(DOCUMENT).is_some());
        assert!(secret(DOCUMENT).and_then(key).is_some());
    }

    #[test]
    fn what_is_no_key_of_p256_is_none() {
        for length in (0..DOCUMENT.len()).filter(|length| *length != 32) {
            assert!(key(&DOCUMENT[..length]).is_none(), "cut to {length}");
        }
        let at = DOCUMENT.windows(8).position(|it| it == [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]).unwrap();
        let mut other = DOCUMENT.to_vec();
        other[at + 7] = 8;
        assert!(key(&other).is_none(), "another curve");
        assert!(key(&[0; 32]).is_none(), "zero");
        assert!(key(&[0xff; 32]).is_none(), "more than the order of the group");
    }
}

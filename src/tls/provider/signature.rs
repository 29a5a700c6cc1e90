//! Signatures: ECDSA on P-256 with SHA-256, made as RFC 6979 has it, so that they need no randomness.

use super::group;
use super::scope;
use p256::ecdsa::signature::{Signer as _, Verifier};
use p256::ecdsa::{Signature, VerifyingKey};
use rustls::crypto::{KeyProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, PrivateKeyDer, SignatureVerificationAlgorithm, alg_id,
};
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use std::sync::Arc;

/// The one scheme that is spoken here.
const SCHEME: SignatureScheme = SignatureScheme::ECDSA_NISTP256_SHA256;

const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;

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
        let signature = signature_in(signature).ok_or(InvalidSignature)?;
        let key = group::point(key).ok_or(InvalidSignature)?;
        let key = VerifyingKey::from_affine(key).map_err(|_| InvalidSignature)?;
        key.verify(message, &signature).map_err(|_| InvalidSignature)
    }
}

/// A signature in DER: the SEQUENCE of two numbers (RFC 3279 section 2.2.3). What DER allows of it is little, and the
/// crate for all of DER would weigh 2 kB.
fn signature_in(der: &[u8]) -> Option<Signature> {
    let (numbers, []) = element(SEQUENCE, der)? else { return None };
    let (r, rest) = number(numbers)?;
    let (s, []) = number(rest)? else { return None };
    Signature::from_scalars(r, s).ok()
}

/// The number of at most 32 octets, none of them needless, that `octets` begin with, and what follows it.
fn number(octets: &[u8]) -> Option<([u8; 32], &[u8])> {
    let (content, rest) = element(INTEGER, octets)?;
    let digits = match content {
        // The sign of a number whose first bit would be taken for one.
        [0, digits @ ..] if is_high(digits) => digits,
        [0x01..=0x7f, ..] => content,
        _ => return None,
    };
    let mut number = [0; 32];
    number[32_usize.checked_sub(digits.len())?..].copy_from_slice(digits);
    Some((number, rest))
}

/// Whether DER would take the first bit of a number for its sign.
fn is_high(digits: &[u8]) -> bool {
    digits.first().is_some_and(|first| *first >= 0x80)
}

/// The DER of a signature.
fn der_of(signature: &Signature) -> Vec<u8> {
    let (r, s) = signature.split_bytes();
    let mut numbers = Vec::new();
    for number in [r, s] {
        let digits = &number[number.iter().take_while(|octet| **octet == 0).count()..];
        let sign: &[u8] = if is_high(digits) { &[0] } else { &[] };
        numbers.extend_from_slice(&[INTEGER, (sign.len() + digits.len()) as u8]);
        numbers.extend_from_slice(sign);
        numbers.extend_from_slice(digits);
    }
    [&[SEQUENCE, numbers.len() as u8][..], &numbers].concat()
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
    const OCTETS: u8 = 0x04;
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
        let signature = self.0.try_sign(message).map_err(|_| Error::General("not signed".into()))?;
        Ok(der_of(&signature))
    }

    fn scheme(&self) -> SignatureScheme {
        SCHEME
    }
}

#[cfg(test)]
mod tests {
    use super::{der_of, key, secret, signature_in};
    use p256::ecdsa::{DerSignature, Signature};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const DOCUMENT: &[u8] = include_bytes!("../../../tests/tls/server.key");

    #[test]
    fn both_forms_of_a_key_are_read() {
        assert_eq!(secret(DOCUMENT).map(<[u8]>::len), Some(32));
        assert!(key(DOCUMENT).is_some());
        assert!(secret(DOCUMENT).and_then(key).is_some());
    }

    /// A signature of two numbers that end with these octets.
    fn signature(r: &[u8], s: &[u8]) -> Signature {
        let whole = |end: &[u8]| {
            let mut number = [0; 32];
            number[32 - end.len()..].copy_from_slice(end);
            number
        };
        Signature::from_scalars(whole(r), whole(s)).unwrap()
    }

    #[test]
    fn signatures_are_written_and_read_as_der_has_them() {
        for (r, s) in [
            (&[1][..], &[0x7f][..]),
            (&[0x80], &[1, 0]),
            (&[0x7f; 32], &[0x80; 32]),
            (&[0xfe; 32], &[0xff; 31]),
        ] {
            let signature = signature(r, s);
            let der = der_of(&signature);
            assert_eq!(der, DerSignature::from(signature).as_bytes());
            assert_eq!(signature_in(&der), Some(signature));
        }
    }

    #[test]
    fn what_is_no_signature_in_der_is_none() {
        let der = der_of(&signature(&[0x80; 32], &[0x12; 32]));
        for length in 0..der.len() {
            assert_eq!(signature_in(&der[..length]), None, "cut to {length}");
        }
        assert_eq!(signature_in(&[&der[..], &[0]].concat()), None, "something behind it");
        for (octets, why) in [
            (&[0x30, 6, 2, 1, 1, 2, 1, 0][..], "zero"),
            (&[0x30, 6, 2, 1, 1, 2, 1, 0x80], "below zero"),
            (&[0x30, 7, 2, 1, 1, 2, 2, 0, 1], "a needless zero"),
            (&[0x30, 5, 2, 1, 1, 2, 0], "no octets"),
            (&[0x30, 0x81, 6, 2, 1, 1, 2, 1, 1], "a needless octet of the length"),
            (&[0x31, 6, 2, 1, 1, 2, 1, 1], "another tag"),
        ] {
            assert_eq!(signature_in(octets), None, "{why}");
        }
        let long = [&[0x30, 0x27, 2, 1, 1, 2, 0x22, 0][..], &[0xff; 33]].concat();
        assert_eq!(signature_in(&long), None, "33 octets");
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

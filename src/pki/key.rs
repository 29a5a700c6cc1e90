//! Keys on the curve P-256 that a seed decides: whoever knows the seed knows them.

use super::der;
use crate::dissect::oid;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

/// A private key, and the public one that belongs to it.
pub struct Key {
    secret: SigningKey,
    /// The public key as a point in full (SEC 1 section 2.3.3).
    point: Vec<u8>,
}

impl Key {
    /// The key that a seed gives for this use.
    pub fn of(seed: &[u8], purpose: &str) -> Key {
        let mut secret = digest(seed, purpose, b"key");
        // One in 2^32 digests is no number of this curve; the digest of it is another try.
        loop {
            if let Ok(secret) = SigningKey::from_slice(&secret) {
                let point = secret.verifying_key().to_sec1_point(false).as_bytes().to_vec();
                return Key { secret, point };
            }
            secret = Sha256::digest(secret).into();
        }
    }

    /// The private key, as the number it is, in 32 octets.
    pub fn scalar(&self) -> [u8; 32] {
        self.secret.to_bytes().into()
    }

    /// The public key with the names of its kind and its curve: SubjectPublicKeyInfo (RFC 5480 section 2).
    pub fn info(&self) -> Vec<u8> {
        der::sequence(&[&kind(), &der::bits(0, &self.point)])
    }

    /// A short name for the key: the first 160 bits of its SHA-256 (RFC 7093 section 2, method 1).
    pub fn id(&self) -> Vec<u8> {
        Sha256::digest(&self.point)[..20].to_vec()
    }

    /// The ECDSA signature of these octets, in DER. The same octets have the same signature (RFC 6979).
    pub fn sign(&self, octets: &[u8]) -> Vec<u8> {
        let signature: Signature = self.secret.sign(octets);
        let (r, s) = signature.split_bytes();
        der::sequence(&[&der::number(&r), &der::number(&s)])
    }
}

/// The private key in the form that other programs read: PKCS #8 (RFC 5958), with RFC 5915 inside.
pub fn pkcs8(scalar: &[u8; 32]) -> Vec<u8> {
    let key = der::sequence(&[&der::element(0x02, &[1]), &der::octets(scalar)]);
    der::sequence(&[&der::element(0x02, &[0]), &kind(), &der::octets(&key)])
}

/// Octets that a seed gives for this use.
pub fn digest(seed: &[u8], purpose: &str, what: &[u8]) -> [u8; 32] {
    let hash = Sha256::new().chain_update(b"POP3 Lab").chain_update(seed);
    hash.chain_update(what).chain_update(purpose).finalize().into()
}

/// Which kind of key and which curve.
fn kind() -> Vec<u8> {
    der::sequence(&[&der::object(oid::EC_PUBLIC_KEY), &der::object(oid::P256)])
}

//! SHA-256 and SHA-384, and HMAC over them, as rustls asks for them.

use rustls::crypto::hash::{Context, Hash, HashAlgorithm, Output};
use rustls::crypto::hmac::{Hmac, Key, Tag};
use sha2::{Digest, Sha256, Sha384};
use std::marker::PhantomData;

pub(super) static SHA256: Hashing<Sha256> = Hashing(HashAlgorithm::SHA256, PhantomData);
pub(super) static SHA384: Hashing<Sha384> = Hashing(HashAlgorithm::SHA384, PhantomData);
pub(super) static HMAC_SHA256: Authentication = Authentication { hash: &SHA256, block: 64 };
pub(super) static HMAC_SHA384: Authentication = Authentication { hash: &SHA384, block: 128 };

/// A hash of RustCrypto.
pub(super) struct Hashing<D>(HashAlgorithm, PhantomData<D>);

struct Running<D>(D);

impl<D: Digest + Clone + Send + Sync + 'static> Hash for Hashing<D> {
    fn start(&self) -> Box<dyn Context> {
        Box::new(Running(D::new()))
    }

    fn hash(&self, data: &[u8]) -> Output {
        Output::new(&D::digest(data))
    }

    fn output_len(&self) -> usize {
        <D as Digest>::output_size()
    }

    fn algorithm(&self) -> HashAlgorithm {
        self.0
    }
}

impl<D: Digest + Clone + Send + Sync + 'static> Context for Running<D> {
    fn fork_finish(&self) -> Output {
        Output::new(&self.0.clone().finalize())
    }

    fn fork(&self) -> Box<dyn Context> {
        Box::new(Running(self.0.clone()))
    }

    fn finish(self: Box<Self>) -> Output {
        Output::new(&self.0.finalize())
    }

    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
}

/// HMAC over one of these hashes (RFC 2104), written against rustls' own trait: so it is there once,
/// not once for each hash.
pub(super) struct Authentication {
    hash: &'static dyn Hash,
    /// Octets that the hash takes at once.
    block: usize,
}

/// The two hashes of HMAC, each after the padded key.
struct Keyed {
    inner: Box<dyn Context>,
    outer: Box<dyn Context>,
    length: usize,
}

impl Hmac for Authentication {
    fn with_key(&self, key: &[u8]) -> Box<dyn Key> {
        let mut padded = match key.len() > self.block {
            true => self.hash.hash(key).as_ref().to_vec(),
            false => key.to_vec(),
        };
        padded.resize(self.block, 0);
        let begun = |pad: u8| {
            let mut context = self.hash.start();
            context.update(&padded.iter().map(|octet| octet ^ pad).collect::<Vec<_>>());
            context
        };
        Box::new(Keyed { inner: begun(0x36), outer: begun(0x5c), length: self.hash.output_len() })
    }

    fn hash_output_len(&self) -> usize {
        self.hash.output_len()
    }
}

impl Key for Keyed {
    fn sign_concat(&self, first: &[u8], middle: &[&[u8]], last: &[u8]) -> Tag {
        let mut inner = self.inner.fork();
        inner.update(first);
        middle.iter().for_each(|octets| inner.update(octets));
        inner.update(last);
        let mut outer = self.outer.fork();
        outer.update(inner.finish().as_ref());
        Tag::new(outer.finish().as_ref())
    }

    fn tag_len(&self) -> usize {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn tag(hmac: &dyn Hmac, key: &[u8], data: &[u8]) -> String {
        let tag = hmac.with_key(key).sign(&[data]);
        tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
    }

    // RFC 4231, test cases 2 and 6: a short key, and one longer than a block.
    #[test]
    fn the_test_vectors_of_rfc_4231_hold() {
        let (key, data) = (b"Jefe", b"what do ya want for nothing?");
        assert_eq!(
            tag(&HMAC_SHA256, key, data),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            tag(&HMAC_SHA384, key, data),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e\
             8e2240ca5e69e2c78b3239ecfab21649"
        );
        let (key, data) = ([0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(
            tag(&HMAC_SHA256, &key, data),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert_eq!(
            tag(&HMAC_SHA384, &key, data),
            "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6\
             0c2ef6ab4030fe8296248df163f44952"
        );
    }
}

//! The three hashes, and what is built of them: HMAC (RFC 2104) and PBKDF2 (RFC 8018 section 5.2).

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hash {
    /// Broken for signatures; HMAC over it still stands. 16 octets.
    Md5,
    /// As MD5. 20 octets.
    Sha1,
    /// 32 octets.
    Sha256,
}

/// Octets that each of the three takes at once.
const BLOCK: usize = 64;

impl Hash {
    /// The hash of `octets`.
    pub fn digest(self, octets: &[u8]) -> Vec<u8> {
        match self {
            Hash::Md5 => Md5::digest(octets).to_vec(),
            Hash::Sha1 => Sha1::digest(octets).to_vec(),
            Hash::Sha256 => Sha256::digest(octets).to_vec(),
        }
    }

    /// HMAC of `octets` under `key`.
    pub fn hmac(self, key: &[u8], octets: &[u8]) -> Vec<u8> {
        let (inner, outer) = self.pads(key);
        self.digest(&[&outer, &self.digest(&[&inner, octets].concat())[..]].concat())
    }

    /// The key as HMAC mixes it into its inner and its outer hash: filled up to a block, and each octet
    /// XORed with 0x36 or 0x5c. A key longer than a block is hashed first.
    pub fn pads(self, key: &[u8]) -> ([u8; BLOCK], [u8; BLOCK]) {
        let mut padded = [0; BLOCK];
        let hashed = (key.len() > BLOCK).then(|| self.digest(key));
        let key = hashed.as_deref().unwrap_or(key);
        padded[..key.len()].copy_from_slice(key);
        (padded.map(|octet| octet ^ 0x36), padded.map(|octet| octet ^ 0x5c))
    }

    /// PBKDF2 with HMAC, one block of it: `Hi` of RFC 5802 section 2.2. At most `iterations` rounds of two
    /// hashes; this is where guessing is made expensive.
    pub fn stretch(self, secret: &[u8], salt: &[u8], iterations: u32) -> Vec<u8> {
        let pads = self.pads(secret);
        match self {
            Hash::Md5 => rounds::<Md5>(pads, salt, iterations),
            Hash::Sha1 => rounds::<Sha1>(pads, salt, iterations),
            Hash::Sha256 => rounds::<Sha256>(pads, salt, iterations),
        }
    }
}

/// The padded keys are hashed once and not once a round, which makes it twice as quick.
fn rounds<D: Digest + Clone>(
    (inner, outer): ([u8; BLOCK], [u8; BLOCK]),
    salt: &[u8],
    iterations: u32,
) -> Vec<u8> {
    let (inner, outer) = (D::new().chain_update(inner), D::new().chain_update(outer));
    let hmac =
        |octets: &[u8]| outer.clone().chain_update(inner.clone().chain_update(octets).finalize()).finalize();
    let mut last = hmac(&[salt, &1_u32.to_be_bytes()].concat());
    let mut sum = last.to_vec();
    for _ in 1..iterations {
        last = hmac(&last);
        sum.iter_mut().zip(&last).for_each(|(sum, octet)| *sum ^= octet);
    }
    sum
}

/// Compares secrets in a time that depends on their lengths only.
pub fn same(held: &[u8], given: &[u8]) -> bool {
    held.len() == given.len() && held.iter().zip(given).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
}

/// Lower-case hexadecimal digits.
pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Whether `text` is so many octets in lower-case hexadecimal digits.
pub(super) fn is_hex(text: &str, octets: usize) -> bool {
    text.len() == 2 * octets && text.bytes().all(|octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    // RFC 2202 section 2 and 3, RFC 4231 section 4: cases 2 and 6 of each.
    #[test]
    fn hmac_is_as_its_rfcs_have_it() {
        let data = b"what do ya want for nothing?";
        assert_eq!(hex(&Hash::Md5.hmac(b"Jefe", data)), "750c783e6ab0b503eaa86e310a5db738");
        assert_eq!(hex(&Hash::Sha1.hmac(b"Jefe", data)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(hex(&Hash::Md5.hmac(&[0xaa; 80], long)), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
        assert_eq!(hex(&Hash::Sha1.hmac(&[0xaa; 80], long)), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
        assert_eq!(
            hex(&Hash::Sha256.hmac(&[0xaa; 131], long)),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    // RFC 6070 section 2, and the first block of RFC 7914 section 11.
    #[test]
    fn pbkdf2_is_as_its_rfcs_have_it() {
        let sha1 = |iterations| hex(&Hash::Sha1.stretch(b"password", b"salt", iterations));
        assert_eq!(sha1(1), "0c60c80f961f0e71f3a9b524af6012062fe037a6");
        assert_eq!(sha1(2), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
        assert_eq!(sha1(4096), "4b007901b765489abead49d926f721d065a429c1");
        let sha256 = hex(&Hash::Sha256.stretch(b"passwd", b"salt", 1));
        assert_eq!(sha256, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    }

    #[test]
    fn a_key_of_just_a_block_is_not_hashed() {
        let (inner, _) = Hash::Md5.pads(&[7; BLOCK]);
        assert_eq!(inner, [7 ^ 0x36; BLOCK]);
        assert_ne!(Hash::Md5.pads(&[7; BLOCK + 1]).0, inner);
    }

    #[test]
    fn secrets_are_the_same_only_as_a_whole() {
        assert!(same(b"abc", b"abc") && same(b"", b""));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab") && !same(b"", b"a"));
    }
}

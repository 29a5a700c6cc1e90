//! The arithmetic under rustls: RustCrypto's, with randomness and date from the [scope].
//!
//! ```text
//!  Cipher × Version ─▶ SUITES ─▶ aead (seals, opens) + digest (hash, HMAC)
//!  Group            ─▶ GROUPS ─▶ group (ECDHE)         signature (ECDSA on P-256)
//! ```
//!
//! It decides nothing: which suites and groups are offered is the policy's choice.

mod aead;
mod digest;
mod exporter;
mod group;
mod signature;

pub(super) use exporter::export;
pub(super) use signature::key;

use super::scope;
use super::version::{Cipher, Group};
use aead::Aead;
use digest::{HMAC_SHA256, HMAC_SHA384, SHA256, SHA384};
use rustls::crypto::hash::Hash;
use rustls::crypto::tls12::PrfUsingHmac;
use rustls::crypto::tls13::HkdfUsingHmac;
use rustls::crypto::{
    CipherSuiteCommon, CryptoProvider, GetRandomFailed, KeyExchangeAlgorithm, SecureRandom, SupportedKxGroup,
};
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{CipherSuite, SignatureScheme, SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite};
use std::time::Duration;

pub(super) use signature::ALGORITHMS;

/// The suites of each cipher: that of TLS 1.3, that of TLS 1.2.
static SUITES: [(Cipher, Tls13CipherSuite, Tls12CipherSuite); 3] = [
    (
        Cipher::Aes128Gcm,
        tls13(CipherSuite::TLS13_AES_128_GCM_SHA256, &aead::AES_128_GCM, &SHA256, &HKDF_SHA256),
        tls12(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, &aead::AES_128_GCM, &SHA256, &PRF_SHA256),
    ),
    (
        Cipher::Aes256Gcm,
        tls13(CipherSuite::TLS13_AES_256_GCM_SHA384, &aead::AES_256_GCM, &SHA384, &HKDF_SHA384),
        tls12(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, &aead::AES_256_GCM, &SHA384, &PRF_SHA384),
    ),
    (
        Cipher::ChaCha20Poly1305,
        tls13(CipherSuite::TLS13_CHACHA20_POLY1305_SHA256, &aead::CHACHA20_POLY1305, &SHA256, &HKDF_SHA256),
        tls12(
            CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            &aead::CHACHA20_POLY1305,
            &SHA256,
            &PRF_SHA256,
        ),
    ),
];

static GROUPS: [(Group, &dyn SupportedKxGroup); 2] =
    [(Group::X25519, &group::X25519), (Group::P256, &group::P256)];

static HKDF_SHA256: HkdfUsingHmac<'static> = HkdfUsingHmac(&HMAC_SHA256);
static HKDF_SHA384: HkdfUsingHmac<'static> = HkdfUsingHmac(&HMAC_SHA384);
static PRF_SHA256: PrfUsingHmac<'static> = PrfUsingHmac(&HMAC_SHA256);
static PRF_SHA384: PrfUsingHmac<'static> = PrfUsingHmac(&HMAC_SHA384);

/// Records after which GCM asks for new keys (RFC 8446 section 5.5).
const CONFIDENTIALITY_LIMIT: u64 = 1 << 24;

const fn tls13(
    suite: CipherSuite,
    aead: &'static Aead,
    hash: &'static dyn Hash,
    hkdf: &'static HkdfUsingHmac<'static>,
) -> Tls13CipherSuite {
    let common =
        CipherSuiteCommon { suite, hash_provider: hash, confidentiality_limit: CONFIDENTIALITY_LIMIT };
    Tls13CipherSuite { common, hkdf_provider: hkdf, aead_alg: aead, quic: None }
}

const fn tls12(
    suite: CipherSuite,
    aead: &'static Aead,
    hash: &'static dyn Hash,
    prf: &'static PrfUsingHmac<'static>,
) -> Tls12CipherSuite {
    let common =
        CipherSuiteCommon { suite, hash_provider: hash, confidentiality_limit: CONFIDENTIALITY_LIMIT };
    Tls12CipherSuite {
        common,
        prf_provider: prf,
        kx: KeyExchangeAlgorithm::ECDHE,
        sign: &[SignatureScheme::ECDSA_NISTP256_SHA256],
        aead_alg: aead,
    }
}

/// A provider of these ciphers and groups, in this order.
pub(super) fn provider(ciphers: &[Cipher], groups: &[Group]) -> CryptoProvider {
    let row = |cipher| SUITES.iter().find(|(of, ..)| of == cipher);
    let rows: Vec<_> = ciphers.iter().filter_map(row).collect();
    let tls13 = rows.iter().map(|(_, suite, _)| SupportedCipherSuite::Tls13(suite));
    let tls12 = rows.iter().map(|(.., suite)| SupportedCipherSuite::Tls12(suite));
    CryptoProvider {
        cipher_suites: tls13.chain(tls12).collect(),
        kx_groups: groups
            .iter()
            .filter_map(|group| GROUPS.iter().find(|(of, _)| of == group))
            .map(|(_, group)| *group)
            .collect(),
        signature_verification_algorithms: ALGORITHMS,
        secure_random: &Scoped,
        key_provider: &signature::Keys,
    }
}

/// The randomness and the date of the end that is calling.
#[derive(Debug)]
pub(super) struct Scoped;

impl SecureRandom for Scoped {
    fn fill(&self, octets: &mut [u8]) -> Result<(), GetRandomFailed> {
        let filled = scope::ask(|scope| scope.chance.fill(octets)).ok_or(GetRandomFailed)?;
        filled.map_err(|_| GetRandomFailed)
    }
}

impl TimeProvider for Scoped {
    fn current_time(&self) -> Option<UnixTime> {
        let now = scope::ask(|scope| scope.now)?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn outside_of_a_call_there_is_no_randomness_and_no_date() {
        assert!(Scoped.fill(&mut [0; 8]).is_err());
        assert!(Scoped.current_time().is_none());
        assert!(group::X25519.start().is_err());
        assert!(group::P256.start().is_err());
    }

    #[test]
    fn suites_have_the_numbers_that_are_shown() {
        use super::super::Version;
        for (cipher, tls13, tls12) in &SUITES {
            assert_eq!(u16::from(tls13.common.suite), cipher.suite(Version::Tls13).0);
            assert_eq!(u16::from(tls12.common.suite), cipher.suite(Version::Tls12).0);
        }
    }
}

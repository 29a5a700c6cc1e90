//! The names of what two ends agree on: version, cipher, group.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Version {
    /// RFC 5246.
    Tls12,
    /// RFC 8446.
    Tls13,
}

/// Versions that an end is ready to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Versions {
    /// TLS 1.2, and rather TLS 1.3.
    #[default]
    Both,
    /// TLS 1.2.
    Only12,
    /// TLS 1.3.
    Only13,
}

/// What encrypts the records, and the hash that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cipher {
    /// AES with keys of 128 bits in Galois/counter mode, SHA-256.
    Aes128Gcm,
    /// AES with keys of 256 bits in Galois/counter mode, SHA-384.
    Aes256Gcm,
    /// ChaCha20 with Poly1305, SHA-256.
    ChaCha20Poly1305,
}

/// A group in which the keys are exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Group {
    /// Curve25519 (RFC 7748).
    X25519,
    /// The curve P-256 of NIST.
    P256,
}

impl Cipher {
    /// Every cipher, the preferred first.
    pub const ALL: [Cipher; 3] = [Cipher::Aes128Gcm, Cipher::Aes256Gcm, Cipher::ChaCha20Poly1305];

    /// The number of the cipher suite that it is in a version, and its name in the registry of IANA.
    pub fn suite(self, version: Version) -> (u16, &'static str) {
        use Version::{Tls12, Tls13};
        match (version, self) {
            (Tls13, Cipher::Aes128Gcm) => (0x1301, "TLS_AES_128_GCM_SHA256"),
            (Tls13, Cipher::Aes256Gcm) => (0x1302, "TLS_AES_256_GCM_SHA384"),
            (Tls13, Cipher::ChaCha20Poly1305) => (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            (Tls12, Cipher::Aes128Gcm) => (0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            (Tls12, Cipher::Aes256Gcm) => (0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            (Tls12, Cipher::ChaCha20Poly1305) => (0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
        }
    }
}

impl Group {
    /// Every group, the preferred first.
    pub const ALL: [Group; 2] = [Group::X25519, Group::P256];
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Version::Tls12 => "TLS 1.2",
            Version::Tls13 => "TLS 1.3",
        })
    }
}

impl fmt::Display for Group {
    /// The name in the registry of IANA.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Group::X25519 => "x25519",
            Group::P256 => "secp256r1",
        })
    }
}

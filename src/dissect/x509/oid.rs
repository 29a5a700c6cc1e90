//! Object identifiers that certificates use, as octets, with the names that their standards give them.

use std::fmt::Write;

macro_rules! known {
    ($($(#[$doc:meta])* $constant:ident = $octets:literal, $name:literal;)*) => {
        $($(#[$doc])* pub const $constant: &[u8] = $octets;)*
        const NAMES: &[(&[u8], &str)] = &[$(($constant, $name)),*];
    };
}

#[allow(missing_docs)] // What they are is their name.
mod table {
    known! {
        COMMON_NAME = b"\x55\x04\x03", "CN";
        SURNAME = b"\x55\x04\x04", "SN";
        COUNTRY = b"\x55\x04\x06", "C";
        LOCALITY = b"\x55\x04\x07", "L";
        STATE = b"\x55\x04\x08", "ST";
        ORGANIZATION = b"\x55\x04\x0a", "O";
        UNIT = b"\x55\x04\x0b", "OU";
        SUBJECT_KEY_IDENTIFIER = b"\x55\x1d\x0e", "subjectKeyIdentifier";
        KEY_USAGE = b"\x55\x1d\x0f", "keyUsage";
        SUBJECT_ALT_NAME = b"\x55\x1d\x11", "subjectAltName";
        BASIC_CONSTRAINTS = b"\x55\x1d\x13", "basicConstraints";
        NAME_CONSTRAINTS = b"\x55\x1d\x1e", "nameConstraints";
        CRL_DISTRIBUTION_POINTS = b"\x55\x1d\x1f", "cRLDistributionPoints";
        CERTIFICATE_POLICIES = b"\x55\x1d\x20", "certificatePolicies";
        AUTHORITY_KEY_IDENTIFIER = b"\x55\x1d\x23", "authorityKeyIdentifier";
        EXTENDED_KEY_USAGE = b"\x55\x1d\x25", "extKeyUsage";
        AUTHORITY_INFO_ACCESS = b"\x2b\x06\x01\x05\x05\x07\x01\x01", "authorityInfoAccess";
        SERVER_AUTH = b"\x2b\x06\x01\x05\x05\x07\x03\x01", "serverAuth";
        CLIENT_AUTH = b"\x2b\x06\x01\x05\x05\x07\x03\x02", "clientAuth";
        SIGNED_TIMESTAMPS = b"\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x02", "signedCertificateTimestampList";
        EC_PUBLIC_KEY = b"\x2a\x86\x48\xce\x3d\x02\x01", "id-ecPublicKey";
        P256 = b"\x2a\x86\x48\xce\x3d\x03\x01\x07", "secp256r1";
        P384 = b"\x2b\x81\x04\x00\x22", "secp384r1";
        ECDSA_SHA256 = b"\x2a\x86\x48\xce\x3d\x04\x03\x02", "ecdsa-with-SHA256";
        ECDSA_SHA384 = b"\x2a\x86\x48\xce\x3d\x04\x03\x03", "ecdsa-with-SHA384";
        ED25519 = b"\x2b\x65\x70", "id-Ed25519";
        RSA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "rsaEncryption";
        RSA_SHA256 = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", "sha256WithRSAEncryption";
        RSA_SHA384 = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", "sha384WithRSAEncryption";
        EMAIL_ADDRESS = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", "emailAddress";
    }

    /// The name of an object identifier, if it is one of these.
    pub fn name(octets: &[u8]) -> Option<&'static str> {
        NAMES.iter().find(|(of, _)| *of == octets).map(|(_, name)| *name)
    }
}

pub use table::*;

/// The numbers of an object identifier with dots between them (X.690 section 8.19); empty if the octets
/// are none, or a number in it is above 2^64.
pub fn dotted(octets: &[u8]) -> String {
    let mut text = String::new();
    let mut number = 0_u64;
    for octet in octets {
        if number >> 57 != 0 {
            return String::new();
        }
        number = number << 7 | u64::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        // The first two numbers share a place, and the first is 0, 1 or 2.
        let first = text.is_empty().then(|| (number / 40).min(2));
        let written = match first {
            Some(first) => write!(text, "{first}.{}", number - 40 * first),
            None => write!(text, ".{number}"),
        };
        debug_assert!(written.is_ok(), "text can always be written");
        number = 0;
    }
    if octets.last().is_none_or(|last| last & 0x80 != 0) { String::new() } else { text }
}

/// The name of an object identifier, or its numbers where it has none here.
pub fn name_or_numbers(octets: &[u8]) -> String {
    name(octets).map_or_else(|| dotted(octets), str::to_owned)
}

//! Commands for a POSIX shell with `openssl` in it. Whatever octets go in, none of them is read by the shell.

use crate::sasl::{Hash, hex};

/// Prints these octets: as text where one could have typed them, else by their numbers.
pub(super) fn printed(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) if octets.iter().all(|octet| matches!(octet, b' '..=b'~')) => {
            format!("printf %s '{}'", text.replace('\'', "'\\''"))
        }
        _ => {
            let numbers: String = octets.iter().map(|octet| format!("\\{octet:03o}")).collect();
            format!("printf '{numbers}'")
        }
    }
}

/// The hash of octets.
pub(super) fn digest(hash: Hash, octets: &[u8]) -> String {
    format!("{} | openssl dgst -{}", printed(octets), name(hash))
}

/// HMAC of octets.
pub(super) fn hmac(hash: Hash, key: &[u8], octets: &[u8]) -> String {
    format!("{} -mac HMAC -macopt hexkey:{}", digest(hash, octets), hex(key))
}

/// PBKDF2, as long as the hash is. It prints digits in pairs with colons between them.
pub(super) fn pbkdf2(hash: Hash, password: &[u8], salt: &[u8], iterations: u32) -> String {
    let (name, length) = (name(hash), hash.digest(b"").len());
    let (password, salt) = (hex(password), hex(salt));
    format!(
        "openssl kdf -keylen {length} -kdfopt digest:{name} -kdfopt hexpass:{password} -kdfopt hexsalt:{salt} \
         -kdfopt iter:{iterations} PBKDF2 | tr -d : | tr A-F a-f"
    )
}

/// XOR of two texts of the same length: here it is the shell that computes, four octets at a time.
pub(super) fn xor(a: &[u8], b: &[u8]) -> String {
    let terms = a.chunks(4).zip(b.chunks(4));
    let terms: String = terms.map(|(a, b)| format!(" $((0x{} ^ 0x{}))", hex(a), hex(b))).collect();
    format!("printf %08x{terms}")
}

fn name(hash: Hash) -> &'static str {
    match hash {
        Hash::Md5 => "md5",
        Hash::Sha1 => "sha1",
        Hash::Sha256 => "sha256",
    }
}

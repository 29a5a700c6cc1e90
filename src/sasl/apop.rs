//! APOP (RFC 1939 section 7): the MD5 of the greeting's time stamp and the shared secret.

use super::hash::{Hash, hex, is_hex};

/// Everything that is computed for one login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The time stamp, brackets included, and the secret behind it.
    pub input: Vec<u8>,
    /// MD5 of that.
    pub digest: Vec<u8>,
}

impl Work {
    /// Computes it. `stamp` includes its brackets.
    pub fn new(stamp: &str, secret: &[u8]) -> Work {
        let input = [stamp.as_bytes(), secret].concat();
        Work { digest: Hash::Md5.digest(&input), input }
    }
}

/// The digest that APOP sends: 32 lower-case hexadecimal digits. `stamp` includes its brackets.
pub fn digest(stamp: &str, secret: &[u8]) -> String {
    hex(&Work::new(stamp, secret).digest)
}

/// Whether `text` has the shape of a digest.
pub fn is_digest(text: &str) -> bool {
    is_hex(text, 16)
}

/// The time stamp in a greeting, brackets included, if there is one that a client may trust: an
/// RFC 822 msg-id of printable ASCII (CVE-2007-1558).
pub fn stamp(greeting: &str) -> Option<&str> {
    let start = greeting.find('<')?;
    let end = start + greeting[start..].find('>')?;
    let stamp = &greeting[start..=end];
    let inner = &stamp[1..stamp.len() - 1];
    let sound = inner.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'<');
    (sound && inner.split('@').filter(|part| !part.is_empty()).count() == 2).then_some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_example_of_rfc_1939() {
        let digest = digest("<1896.697170952@dbc.mtview.ca.us>", b"tanstaaf");
        assert_eq!(digest, "c4c9334bac560ecc979e58001b3e22fb");
        assert!(is_digest(&digest));
    }

    #[test]
    fn a_stamp_is_a_msg_id_of_printable_ascii() {
        assert_eq!(stamp("+OK ready <1.2@x>"), Some("<1.2@x>"));
        assert_eq!(stamp("+OK ready"), None);
        assert_eq!(stamp("+OK <12>"), None);
        assert_eq!(stamp("+OK <a b@c>"), None);
        assert_eq!(stamp("+OK <é@c>"), None);
    }

    #[test]
    fn upper_case_short_and_long_digests_are_none() {
        let digest = digest("<1@x>", b"s");
        assert!(!is_digest(&digest.to_uppercase()) || digest.bytes().all(|o| o.is_ascii_digit()));
        assert!(!is_digest(&digest[1..]));
        assert!(!is_digest(&format!("{digest}0")));
    }
}

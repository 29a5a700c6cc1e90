//! APOP (RFC 1939 section 7): the MD5 of the greeting's time stamp and the shared secret.

use md5::{Digest, Md5};

/// The digest that APOP sends: 32 lower-case hexadecimal digits. `stamp` includes its brackets.
pub fn digest(stamp: &str, secret: &[u8]) -> String {
    let hash = Md5::new().chain_update(stamp).chain_update(secret).finalize();
    hash.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Whether `text` has the shape of a digest.
pub fn is_digest(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'))
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

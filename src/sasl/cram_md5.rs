//! CRAM-MD5 (RFC 2195): the server sends a msg-id that it never sent before, the client its HMAC-MD5 under the
//! password.
//!
//! ```text
//!   S: <1896.697170952@postoffice.reston.mci.net>
//!   C: tim b913a602c7eda7a495b4e6e7334d3890
//! ```

use super::hash::{Hash, hex, is_hex};
use super::plain::utf8;
use super::{Flaw, prep};

/// Everything that is computed for one response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What the server sent.
    pub challenge: Vec<u8>,
    /// The password, filled up to 64 octets, XOR 0x36 each.
    pub inner_key: Vec<u8>,
    /// The same, XOR 0x5c.
    pub outer_key: Vec<u8>,
    /// MD5 of the inner key and the challenge.
    pub inner: Vec<u8>,
    /// MD5 of the outer key and that.
    pub digest: Vec<u8>,
}

impl Work {
    /// Computes it.
    pub fn new(secret: &str, challenge: &[u8]) -> Work {
        let (inner_key, outer_key) = Hash::Md5.pads(secret.as_bytes());
        let inner = Hash::Md5.digest(&[&inner_key[..], challenge].concat());
        let digest = Hash::Md5.digest(&[&outer_key[..], &inner].concat());
        let challenge = challenge.to_vec();
        Work { challenge, inner_key: inner_key.into(), outer_key: outer_key.into(), inner, digest }
    }

    /// The digest as it is sent: 32 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(&self.digest)
    }
}

/// The client's message: the name, a blank, the digest.
pub fn response(name: &str, work: &Work) -> Vec<u8> {
    format!("{name} {}", work.hex()).into_bytes()
}

/// Reads the client's message: the name, prepared, and the digest. A name may have blanks in it, so the last
/// blank counts. Upper-case digits are none (ambiguity A11).
pub fn read(octets: &[u8]) -> Result<(String, String), Flaw> {
    let (name, digest) = utf8(octets)?.rsplit_once(' ').ok_or(Flaw::Parts)?;
    if !is_hex(digest, 16) {
        return Err(Flaw::Proof);
    }
    Ok((prep::prepare(name)?, digest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_example_of_rfc_2195() {
        let work = Work::new("tanstaaftanstaaf", b"<1896.697170952@postoffice.reston.mci.net>");
        assert_eq!(response("tim", &work), b"tim b913a602c7eda7a495b4e6e7334d3890");
        assert_eq!(work.digest, Hash::Md5.hmac(b"tanstaaftanstaaf", &work.challenge));
    }

    #[test]
    fn the_last_blank_ends_the_name_and_a_digest_has_its_shape() {
        let read = |text: &str| read(text.as_bytes());
        let digest = "b913a602c7eda7a495b4e6e7334d3890";
        assert_eq!(read(&format!("user name {digest}")), Ok(("user name".into(), digest.into())));
        assert_eq!(read(&format!("tim{digest}")), Err(Flaw::Parts));
        assert_eq!(read(&format!(" {digest}")), Err(Flaw::Empty));
        assert_eq!(read(""), Err(Flaw::Parts));
        assert_eq!(read(&format!("tim {}", &digest[1..])), Err(Flaw::Proof));
        assert_eq!(read(&format!("tim {}", digest.to_uppercase())), Err(Flaw::Proof));
    }
}

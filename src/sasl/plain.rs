//! PLAIN (RFC 4616), LOGIN (draft-murchison-sasl-login-00) and EXTERNAL (RFC 4422 appendix A): names and
//! passwords as they are.
//!
//! ```text
//!   PLAIN     C: authzid NUL authcid NUL password
//!   LOGIN     S: Username:   C: alice   S: Password:   C: wonderland
//!   EXTERNAL  C: authzid, or nothing
//! ```

use super::{Flaw, prep};

/// The first question of LOGIN, as deployed clients expect it; the draft says `User Name` and a NUL.
pub const ASKS_NAME: &[u8] = b"Username:";
/// The second question of LOGIN.
pub const ASKS_PASSWORD: &[u8] = b"Password:";

/// A message of PLAIN, prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Whose mailbox it shall be, where that is another's.
    pub authzid: Option<String>,
    /// Whose password it is.
    pub authcid: String,
    /// The password.
    pub password: String,
}

impl Plain {
    /// Reads a message: three parts, UTF-8, no name and no password empty.
    pub fn read(octets: &[u8]) -> Result<Plain, Flaw> {
        let text = utf8(octets)?;
        let parts: Vec<&str> = text.split('\0').collect();
        let [authzid, authcid, password] = parts[..] else { return Err(Flaw::Parts) };
        Ok(Plain {
            authzid: optional(authzid)?,
            authcid: prep::prepare(authcid)?,
            password: prep::prepare(password)?,
        })
    }

    /// The message.
    pub fn octets(&self) -> Vec<u8> {
        let authzid = self.authzid.as_deref().unwrap_or_default();
        format!("{authzid}\0{}\0{}", self.authcid, self.password).into_bytes()
    }
}

/// Reads an answer to one of LOGIN's questions.
pub fn answer(octets: &[u8]) -> Result<String, Flaw> {
    prep::prepare(utf8(octets)?)
}

/// Reads whose mailbox a message of EXTERNAL asks for; none is that of the certificate.
pub fn external(octets: &[u8]) -> Result<Option<String>, Flaw> {
    optional(utf8(octets)?)
}

pub(super) fn utf8(octets: &[u8]) -> Result<&str, Flaw> {
    std::str::from_utf8(octets).map_err(|_| Flaw::NotUtf8)
}

/// An authorization identity, which may be left out.
pub(super) fn optional(name: &str) -> Result<Option<String>, Flaw> {
    if name.is_empty() { Ok(None) } else { prep::prepare(name).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_message_of_plain_has_three_parts() {
        let plain = Plain::read(b"\0alice\0wonderland").unwrap();
        assert_eq!((plain.authzid.as_deref(), plain.authcid.as_str()), (None, "alice"));
        assert_eq!(plain.octets(), b"\0alice\0wonderland");
        for (octets, flaw) in [
            (&b"alicewonderland"[..], Flaw::Parts),
            (b"alice\0wonderland", Flaw::Parts),
            (b"\0alice\0wonderland\0", Flaw::Parts),
            (b"\0\0wonderland", Flaw::Empty),
            (b"\0alice\0", Flaw::Empty),
            (b"", Flaw::Parts),
            (b"\0ali\xffce\0wonderland", Flaw::NotUtf8),
            (b"\0alice\xc0\x80\0wonderland", Flaw::NotUtf8),
            (b"\0alice\r\n+OK injected\0x", Flaw::Prohibited),
        ] {
            assert_eq!(Plain::read(octets), Err(flaw), "{}", octets.escape_ascii());
        }
    }
}

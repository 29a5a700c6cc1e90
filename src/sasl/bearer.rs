//! OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's and Microsoft's pages): a token from somewhere else opens the
//! mailbox, and whoever holds it is believed. So it never crosses a line in the clear.
//!
//! ```text
//!   OAUTHBEARER  C: n,a=alice, ^A host=... ^A port=... ^A auth=Bearer TOKEN ^A ^A
//!   XOAUTH2      C: user=alice ^A auth=Bearer TOKEN ^A ^A
//!   refused      S: {"status":"invalid_token",...}   C: ^A, or nothing   S: -ERR
//! ```

use super::plain::utf8;
use super::scram::{Binding, Header};
use super::{Flaw, Mechanism, plain};

/// A message of either, as the server reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Whose mailbox; OAUTHBEARER may leave it to the token.
    pub name: Option<String>,
    /// What the client says of channel binding, in OAUTHBEARER.
    pub binding: Binding,
    /// The token; none if the scheme is another than Bearer.
    pub token: Option<String>,
}

/// What ends each part.
const END: char = '\u{1}';

impl Bearer {
    /// Reads the client's first message.
    pub fn read(mechanism: Mechanism, octets: &[u8]) -> Result<Bearer, Flaw> {
        let text = utf8(octets)?;
        let (name, binding, parts) = match mechanism {
            Mechanism::OauthBearer => {
                let (header, rest) = Header::read(text)?;
                (header.authzid, header.binding, rest.strip_prefix(END).ok_or(Flaw::Parts)?)
            }
            _ => (None, Binding::None, text),
        };
        let parts = parts.strip_suffix("\u{1}\u{1}").ok_or(Flaw::Parts)?;
        let pair = |part| str::split_once(part, '=').ok_or(Flaw::Parts);
        let pairs = parts.split(END).map(pair).collect::<Result<Vec<_>, _>>()?;
        let value = |key| pairs.iter().find(|(held, _)| *held == key).map(|(_, value)| *value);
        let name = match (mechanism, value("user")) {
            (Mechanism::Xoauth2, Some(user)) => Some(plain::answer(user.as_bytes())?),
            (Mechanism::Xoauth2, None) => return Err(Flaw::Parts),
            _ => name,
        };
        // RFC 6750 section 2.1, and section 4 of RFC 7628: the scheme is there in any case.
        let (scheme, token) = value("auth").ok_or(Flaw::Parts)?.split_once(' ').unwrap_or_default();
        let token = scheme.eq_ignore_ascii_case("bearer").then(|| token.to_owned());
        Ok(Bearer { name, binding, token })
    }
}

/// The client's first message; a server may be named, for whoever stands between.
pub fn request(mechanism: Mechanism, name: &str, token: &str, server: Option<(&str, u16)>) -> Vec<u8> {
    let mut text = match mechanism {
        Mechanism::OauthBearer => {
            Header { binding: Binding::None, authzid: Some(name.into()) }.text() + "\u{1}"
        }
        _ => format!("user={name}\u{1}"),
    };
    if let Some((host, port)) = server.filter(|_| mechanism == Mechanism::OauthBearer) {
        text += &format!("host={host}\u{1}port={port}\u{1}");
    }
    (text + &format!("auth=Bearer {token}\u{1}\u{1}")).into_bytes()
}

/// What the server says of a token that it does not take (RFC 7628 section 3.2.2).
pub fn refusal(mechanism: Mechanism) -> Vec<u8> {
    match mechanism {
        Mechanism::OauthBearer => br#"{"status":"invalid_token","scope":"mail"}"#.to_vec(),
        _ => br#"{"status":"401","schemes":"bearer","scope":"mail"}"#.to_vec(),
    }
}

/// What the client says to that: it has nothing more to say, but POP3 wants a line.
pub fn dummy(mechanism: Mechanism) -> Vec<u8> {
    if mechanism == Mechanism::OauthBearer { b"\x01".to_vec() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_asked_for_is_read_again() {
        for mechanism in [Mechanism::OauthBearer, Mechanism::Xoauth2] {
            let octets = request(mechanism, "o,l=ive", "abc", Some(("pop.example", 995)));
            let bearer = Bearer::read(mechanism, &octets).unwrap();
            assert_eq!((bearer.name.as_deref(), bearer.token.as_deref()), (Some("o,l=ive"), Some("abc")));
        }
    }

    #[test]
    fn the_scheme_is_read_in_any_case_and_unknown_keys_are_passed_over() {
        let bearer =
            Bearer::read(Mechanism::OauthBearer, b"n,,\x01foo=bar\x01auth=bEaReR x\x01\x01").unwrap();
        assert_eq!((bearer.name, bearer.token.as_deref()), (None, Some("x")));
        let bearer = Bearer::read(Mechanism::OauthBearer, b"n,,\x01auth=Basic x\x01\x01").unwrap();
        assert_eq!(bearer.token, None);
    }

    #[test]
    fn a_message_without_its_parts_is_none() {
        for octets in [
            "auth=Bearer x\x01\x01",
            "\x01",
            "",
            "n,,",
            "n,,\x01auth=Bearer x",
            "n,,\x01a\x01\x01",
            "n,,\x01foo=bar\x01\x01",
        ] {
            assert!(Bearer::read(Mechanism::OauthBearer, octets.as_bytes()).is_err(), "{octets:?}");
        }
        for octets in ["user=a\x01", "auth=Bearer x\x01\x01", "user=\x01auth=Bearer x\x01\x01", "n,,\x01\x01"]
        {
            assert!(Bearer::read(Mechanism::Xoauth2, octets.as_bytes()).is_err(), "{octets:?}");
        }
    }
}

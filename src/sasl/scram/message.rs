//! The messages of SCRAM as text and as data (RFC 5802 section 7). Every reader takes anything and says what is
//! wrong with it.

use crate::sasl::plain::utf8;
use crate::sasl::{Flaw, coding, prep};

/// What a client says of channel binding (RFC 5801 section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// `n`: it cannot, or does not want to.
    None,
    /// `y`: it could, and has seen no -PLUS. If there was one, somebody has taken it out of the list.
    Unoffered,
    /// `p=`: it does, by this type.
    By(String),
}

/// The header in front of a first message: `n,,` or `p=tls-exporter,a=alice,`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the client says of channel binding.
    pub binding: Binding,
    /// Whose mailbox it shall be, where that is another's.
    pub authzid: Option<String>,
}

impl Header {
    /// Reads a header, and gives what follows it.
    pub fn read(text: &str) -> Result<(Header, &str), Flaw> {
        let (flag, rest) = text.split_once(',').ok_or(Flaw::Header)?;
        let (authzid, rest) = rest.split_once(',').ok_or(Flaw::Header)?;
        let binding = match (flag, flag.strip_prefix("p=")) {
            ("n", _) => Binding::None,
            ("y", _) => Binding::Unoffered,
            (_, Some(by)) if !by.is_empty() && by.bytes().all(|octet| octet.is_ascii_graphic()) => {
                Binding::By(by.to_owned())
            }
            _ => return Err(Flaw::Header),
        };
        let authzid = match authzid.strip_prefix("a=") {
            Some(name) => Some(prep::prepare(&unescape(name)?)?),
            None if authzid.is_empty() => None,
            None => return Err(Flaw::Header),
        };
        Ok((Header { binding, authzid }, rest))
    }

    /// The header, both commas included.
    pub fn text(&self) -> String {
        let flag = match &self.binding {
            Binding::None => "n".into(),
            Binding::Unoffered => "y".into(),
            Binding::By(by) => format!("p={by}"),
        };
        let authzid = self.authzid.as_ref().map_or(String::new(), |name| format!("a={}", escape(name)));
        format!("{flag},{authzid},")
    }
}

/// The client's first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFirst {
    /// The header as it was sent, which comes again in `c=`.
    pub gs2: String,
    /// What it says.
    pub header: Header,
    /// Who it is, prepared.
    pub name: String,
    /// The client's nonce.
    pub nonce: String,
    /// All behind the header.
    pub bare: String,
}

impl ClientFirst {
    /// A message to be sent.
    pub fn new(header: Header, name: &str, nonce: &str) -> ClientFirst {
        let bare = format!("n={},r={nonce}", escape(name));
        ClientFirst { gs2: header.text(), header, name: name.into(), nonce: nonce.into(), bare }
    }

    /// Reads one. What follows the nonce is passed over (RFC 5802 section 5.1, extensions).
    pub fn read(octets: &[u8]) -> Result<ClientFirst, Flaw> {
        let text = utf8(octets)?;
        let (header, bare) = Header::read(text)?;
        let mut attributes = bare.split(',');
        let first = attributes.next().unwrap_or_default();
        if first.starts_with("m=") {
            return Err(Flaw::Extension);
        }
        let name = prep::prepare(&unescape(first.strip_prefix("n=").ok_or(Flaw::Parts)?)?)?;
        let nonce = attributes.next().and_then(|next| next.strip_prefix("r=")).ok_or(Flaw::Nonce)?;
        extensions(attributes)?;
        let gs2 = text[..text.len() - bare.len()].to_owned();
        Ok(ClientFirst { gs2, header, name, nonce: sound(nonce)?.to_owned(), bare: bare.to_owned() })
    }

    /// The message.
    pub fn text(&self) -> String {
        format!("{}{}", self.gs2, self.bare)
    }
}

/// The server's first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFirst {
    /// The client's nonce and the server's.
    pub nonce: String,
    /// The salt.
    pub salt: Vec<u8>,
    /// The rounds of stretching.
    pub iterations: u32,
}

impl ServerFirst {
    /// The message.
    pub fn text(&self) -> String {
        format!("r={},s={},i={}", self.nonce, coding::encode(&self.salt), self.iterations)
    }

    /// Reads one.
    pub fn read(octets: &[u8]) -> Result<ServerFirst, Flaw> {
        let mut attributes = utf8(octets)?.split(',');
        let mut value = |key| attributes.next().and_then(|next| next.strip_prefix(key)).ok_or(Flaw::Parts);
        let (nonce, salt, iterations) = (value("r=")?, value("s=")?, value("i=")?);
        let plain = iterations.bytes().all(|octet| octet.is_ascii_digit()) && !iterations.starts_with('0');
        let iterations = iterations.parse().ok().filter(|_| plain).ok_or(Flaw::Parts)?;
        extensions(attributes)?;
        Ok(ServerFirst {
            nonce: sound(nonce)?.to_owned(),
            salt: coding::decode(salt.as_bytes())?,
            iterations,
        })
    }
}

/// The client's last message with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFinal {
    /// The header again, and the octets of the channel behind it.
    pub binding: Vec<u8>,
    /// Both nonces.
    pub nonce: String,
    /// The proof; empty in a message that is not finished.
    pub proof: Vec<u8>,
    /// All in front of the proof.
    pub without_proof: String,
}

impl ClientFinal {
    /// A message without its proof, which is computed over it.
    pub fn new(gs2: &str, channel: &[u8], nonce: &str) -> ClientFinal {
        let binding = [gs2.as_bytes(), channel].concat();
        let without_proof = format!("c={},r={nonce}", coding::encode(&binding));
        ClientFinal { binding, nonce: nonce.into(), proof: Vec::new(), without_proof }
    }

    /// Reads one: the binding, the nonce, what else there may be, and the proof at the end.
    pub fn read(octets: &[u8]) -> Result<ClientFinal, Flaw> {
        let (without_proof, proof) = utf8(octets)?.rsplit_once(",p=").ok_or(Flaw::Proof)?;
        let mut attributes = without_proof.split(',');
        let mut value = |key| attributes.next().and_then(|next| next.strip_prefix(key)).ok_or(Flaw::Parts);
        let (binding, nonce) = (value("c=")?, value("r=")?);
        extensions(attributes)?;
        Ok(ClientFinal {
            binding: coding::decode(binding.as_bytes())?,
            nonce: sound(nonce)?.to_owned(),
            proof: coding::decode(proof.as_bytes()).map_err(|_| Flaw::Proof)?,
            without_proof: without_proof.to_owned(),
        })
    }

    /// The message.
    pub fn text(&self) -> String {
        format!("{},p={}", self.without_proof, coding::encode(&self.proof))
    }
}

/// Attributes that nobody here knows are letters with values, or the message is none.
fn extensions<'t>(mut attributes: impl Iterator<Item = &'t str>) -> Result<(), Flaw> {
    let fits = |attribute: &str| match attribute.as_bytes() {
        [b'm', b'=', ..] => Err(Flaw::Extension),
        [key, b'=', _, ..] if key.is_ascii_alphabetic() => Ok(()),
        _ => Err(Flaw::Parts),
    };
    attributes.try_for_each(fits)
}

/// A nonce is printable and has no comma, and there is one.
fn sound(nonce: &str) -> Result<&str, Flaw> {
    let printable = nonce.bytes().all(|octet| octet.is_ascii_graphic() && octet != b',');
    if printable && !nonce.is_empty() { Ok(nonce) } else { Err(Flaw::Nonce) }
}

/// A name as it travels: `,` and `=` would end it.
fn escape(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

fn unescape(name: &str) -> Result<String, Flaw> {
    let mut parts = name.split('=');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (letter, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (_, Some(rest)) => ('=', rest),
            _ => return Err(Flaw::Escape),
        };
        text.push(letter);
        text.push_str(rest);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_first_message_says_what_is_wrong_with_it() {
        for (text, flaw) in [
            ("x,,n=user,r=abc", Flaw::Header),
            ("n=user,r=abc", Flaw::Header),
            ("p=,,n=user,r=abc", Flaw::Header),
            ("n,b=x,n=user,r=abc", Flaw::Header),
            ("n,,m=ext,n=user,r=abcdefgh", Flaw::Extension),
            ("n,,n=us=41er,r=abcdefgh", Flaw::Escape),
            ("n,,n=us=2cer,r=abcdefgh", Flaw::Escape),
            ("n,,n=,r=abcdefgh", Flaw::Empty),
            ("n,,n=user", Flaw::Nonce),
            ("n,,n=user,r=", Flaw::Nonce),
            ("n,,n=user,r=a b", Flaw::Nonce),
            ("n,,n=user,r=a,x", Flaw::Parts),
            ("n,,r=abc,n=user", Flaw::Parts),
            ("", Flaw::Header),
        ] {
            assert_eq!(ClientFirst::read(text.as_bytes()), Err(flaw), "{text}");
        }
    }

    #[test]
    fn names_travel_escaped_and_extensions_are_passed_over() {
        let header = Header { binding: Binding::By("tls-exporter".into()), authzid: Some("a=b".into()) };
        let first = ClientFirst::new(header, "smith,j=1", "abc");
        assert_eq!(first.text(), "p=tls-exporter,a=a=3Db,n=smith=2Cj=3D1,r=abc");
        assert_eq!(ClientFirst::read(first.text().as_bytes()), Ok(first));
        assert_eq!(ClientFirst::read(b"n,,n=user,r=abc,x=y").unwrap().bare, "n=user,r=abc,x=y");
    }

    #[test]
    fn the_proof_is_the_end_of_a_final_message() {
        for (text, flaw) in [
            ("c=biws,r=abc", Flaw::Proof),
            ("c=biws,r=abc,p=!", Flaw::Proof),
            ("r=abc,c=biws,p=AAAA", Flaw::Parts),
            ("c=b,r=abc,p=AAAA", Flaw::NotBase64),
            ("c=biws,p=AAAA,r=abc", Flaw::Parts),
            ("garbage", Flaw::Proof),
            ("", Flaw::Proof),
        ] {
            assert_eq!(ClientFinal::read(text.as_bytes()), Err(flaw), "{text}");
        }
    }

    #[test]
    fn rounds_are_a_positive_decimal_number() {
        for text in
            ["r=a,s=AAAA,i=0", "r=a,s=AAAA,i=-1", "r=a,s=AAAA,i=", "r=a,s=AAAA,i=4294967296", "r=a,s=AAAA"]
        {
            assert!(ServerFirst::read(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(ServerFirst::read(b"r=a,s=AAAA,i=4096").unwrap().text(), "r=a,s=AAAA,i=4096");
    }
}

//! Reads any message of an exchange field by field, for whoever explains it. It judges nothing: of a message that is
//! broken it names what it still can, and what has no name is [`FieldKind::Other`].

use super::Mechanism;
use std::ops::Range;

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub kind: FieldKind,
    /// Which octets of the message, before base64; the letters and signs around a value are not in it.
    pub span: Range<usize>,
}

/// What a part of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// Whose mailbox it shall be.
    Authzid,
    /// Whose secret it is.
    Authcid,
    /// The password itself.
    Password,
    /// A question of LOGIN.
    Prompt,
    /// The msg-id of CRAM-MD5.
    Challenge,
    /// The digest of CRAM-MD5.
    Digest,
    /// `n`, `y` or `p=`: what is said of channel binding.
    BindingFlag,
    /// The client's nonce, or both.
    Nonce,
    /// `s=`.
    Salt,
    /// `i=`.
    Iterations,
    /// `c=`: the header again, and the octets of the channel.
    Binding,
    /// `p=`: the client's proof.
    Proof,
    /// `v=`: the server's proof.
    Signature,
    /// `e=`: why the server ends it.
    Error,
    /// `host=`.
    Host,
    /// `port=`.
    Port,
    /// The scheme and the token.
    Token,
    /// What the server says of a token, in JSON.
    Status,
    /// Anything else.
    Other,
}

impl FieldKind {
    /// Whether whoever reads it can log in with it.
    pub fn is_secret(self) -> bool {
        matches!(self, FieldKind::Password | FieldKind::Token)
    }

    /// Whether whoever reads it can try passwords against it at home, as quickly as their computers are.
    pub fn is_guessable(self) -> bool {
        matches!(self, FieldKind::Digest | FieldKind::Proof)
    }
}

/// The fields of the client's message number `turn` of this exchange, from 0.
pub fn of_client(mechanism: Mechanism, turn: usize, octets: &[u8]) -> Vec<Field> {
    use FieldKind::*;
    match (mechanism, turn) {
        (Mechanism::Plain, _) => {
            let parts = parts(octets, 0, 0);
            let kinds = if parts.len() == 3 { [Authzid, Authcid, Password] } else { [Other; 3] };
            named(parts.into_iter().zip(kinds.into_iter().chain(std::iter::repeat(Other))))
        }
        (Mechanism::Login, 0) => whole(Authcid, octets),
        (Mechanism::Login, 1) => whole(Password, octets),
        (Mechanism::External, _) => whole(Authzid, octets),
        (Mechanism::CramMd5, _) => match octets.iter().rposition(|octet| *octet == b' ') {
            Some(blank) => named([(0..blank, Authcid), (blank + 1..octets.len(), Digest)].into_iter()),
            None => whole(Other, octets),
        },
        (Mechanism::OauthBearer | Mechanism::Xoauth2, 0) => bearer(mechanism, octets),
        (
            Mechanism::ScramSha1
            | Mechanism::ScramSha256
            | Mechanism::ScramSha1Plus
            | Mechanism::ScramSha256Plus,
            turn,
        ) => named(parts(octets, b',', 0).into_iter().enumerate().map(|(at, part)| match turn {
            0 if at == 0 => (part, BindingFlag),
            0 => attribute(octets, part, &[(b'a', Authzid), (b'n', Authcid), (b'r', Nonce)]),
            _ => attribute(octets, part, &[(b'c', Binding), (b'r', Nonce), (b'p', Proof)]),
        })),
        _ => whole(Other, octets),
    }
}

/// The fields of the server's challenge number `turn` of this exchange, from 0; an empty challenge in front of
/// a mechanism in which the client begins does not count.
pub fn of_server(mechanism: Mechanism, turn: usize, octets: &[u8]) -> Vec<Field> {
    use FieldKind::*;
    match (mechanism, turn) {
        (Mechanism::Login, _) => whole(Prompt, octets),
        (Mechanism::CramMd5, 0) => whole(Challenge, octets),
        (Mechanism::OauthBearer | Mechanism::Xoauth2, 0) => whole(Status, octets),
        (mechanism, _) if mechanism.scram().is_some() => {
            let known = [(b'r', Nonce), (b's', Salt), (b'i', Iterations), (b'v', Signature), (b'e', Error)];
            named(parts(octets, b',', 0).into_iter().map(|part| attribute(octets, part, &known)))
        }
        _ => whole(Other, octets),
    }
}

fn bearer(mechanism: Mechanism, octets: &[u8]) -> Vec<Field> {
    use FieldKind::*;
    let mut fields = Vec::new();
    for (at, part) in parts(octets, 1, 0).into_iter().enumerate() {
        if at == 0 && mechanism == Mechanism::OauthBearer {
            for (at, part) in parts(&octets[part.clone()], b',', part.start).into_iter().enumerate() {
                fields.push(if at == 0 {
                    (part, BindingFlag)
                } else {
                    attribute(octets, part, &[(b'a', Authzid)])
                });
            }
            continue;
        }
        let keys: [(&[u8], FieldKind); 4] =
            [(b"user=", Authcid), (b"auth=", Token), (b"host=", Host), (b"port=", Port)];
        let key = keys.into_iter().find(|(key, _)| octets[part.clone()].starts_with(key));
        fields
            .push(key.map_or((part.clone(), Other), |(key, kind)| (part.start + key.len()..part.end, kind)));
    }
    named(fields.into_iter())
}

/// The value behind a letter and `=`, if the letter is known.
fn attribute(octets: &[u8], part: Range<usize>, known: &[(u8, FieldKind)]) -> (Range<usize>, FieldKind) {
    let kind = match &octets[part.clone()] {
        [key, b'=', ..] => known.iter().find(|(held, _)| held == key).map(|(_, kind)| *kind),
        _ => None,
    };
    kind.map_or((part.clone(), FieldKind::Other), |kind| (part.start + 2..part.end, kind))
}

fn whole(kind: FieldKind, octets: &[u8]) -> Vec<Field> {
    named(std::iter::once((0..octets.len(), kind)))
}

/// The fields that have octets in them.
fn named(parts: impl Iterator<Item = (Range<usize>, FieldKind)>) -> Vec<Field> {
    parts.filter(|(span, _)| !span.is_empty()).map(|(span, kind)| Field { kind, span }).collect()
}

/// The parts between separators, counted from `base`.
fn parts(octets: &[u8], separator: u8, base: usize) -> Vec<Range<usize>> {
    let mut start = base;
    let part = |part: &[u8]| {
        let span = start..start + part.len();
        start = span.end + 1;
        span
    };
    octets.split(|octet| *octet == separator).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sasl::MECHANISMS;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read<'t>(text: &'t str, fields: &[Field]) -> Vec<(FieldKind, &'t str)> {
        fields.iter().map(|field| (field.kind, &text[field.span.clone()])).collect()
    }

    #[test]
    fn every_part_of_a_message_has_its_name() {
        use FieldKind::*;
        let client =
            |mechanism, turn, text: &'static str| read(text, &of_client(mechanism, turn, text.as_bytes()));
        let server =
            |mechanism, turn, text: &'static str| read(text, &of_server(mechanism, turn, text.as_bytes()));
        assert_eq!(
            client(Mechanism::Plain, 0, "\0alice\0secret"),
            [(Authcid, "alice"), (Password, "secret")]
        );
        assert_eq!(client(Mechanism::CramMd5, 0, "a b 0f"), [(Authcid, "a b"), (Digest, "0f")]);
        assert_eq!(
            client(Mechanism::ScramSha256Plus, 0, "p=tls-exporter,a=bob,n=alice,r=xyz"),
            [(BindingFlag, "p=tls-exporter"), (Authzid, "bob"), (Authcid, "alice"), (Nonce, "xyz")]
        );
        assert_eq!(
            server(Mechanism::ScramSha1, 0, "r=xyz,s=QQ==,i=4096"),
            [(Nonce, "xyz"), (Salt, "QQ=="), (Iterations, "4096")]
        );
        assert_eq!(
            client(Mechanism::ScramSha1, 1, "c=biws,r=xyz,p=AAAA"),
            [(Binding, "biws"), (Nonce, "xyz"), (Proof, "AAAA")]
        );
        assert_eq!(server(Mechanism::ScramSha1, 1, "v=AAAA"), [(Signature, "AAAA")]);
        assert_eq!(
            client(Mechanism::OauthBearer, 0, "n,a=o,\x01host=h\x01auth=Bearer x\x01\x01"),
            [(BindingFlag, "n"), (Authzid, "o"), (Host, "h"), (Token, "Bearer x")]
        );
        assert_eq!(
            client(Mechanism::Xoauth2, 0, "user=o\x01auth=Bearer x\x01\x01"),
            [(Authcid, "o"), (Token, "Bearer x")]
        );
    }

    #[test]
    fn of_anything_fields_are_in_order_and_inside() {
        let mut random = oorandom::Rand32::new(5034);
        let letters = b"n,=apcrsv\x00\x01 u\xff";
        for round in 0..2000 {
            let length = random.rand_range(0..40) as usize;
            let octets: Vec<u8> =
                (0..length).map(|_| letters[random.rand_range(0..letters.len() as u32) as usize]).collect();
            for row in MECHANISMS {
                let turn = round % 3;
                for fields in
                    [of_client(row.mechanism, turn, &octets), of_server(row.mechanism, turn, &octets)]
                {
                    let mut at = 0;
                    for field in fields {
                        assert!(
                            field.span.start >= at && field.span.end <= length,
                            "{}",
                            octets.escape_ascii()
                        );
                        at = field.span.end;
                    }
                }
            }
        }
    }
}

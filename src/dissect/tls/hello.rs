//! The hellos (RFC 8446 section 4.1), in which the two ends agree on how to go on. They look the same
//! in TLS 1.2, which says in them what TLS 1.3 says in extensions.

use super::extension::{self, Place};
use super::message::{ClientHello, Message, ServerHello};
use super::vector::{codes8, codes16, list, opaque};
use super::{Cursor, Field, TlsField, Value, code8, code16, names};

/// SHA-256 of "HelloRetryRequest": with it for a random a ServerHello is one (RFC 8446 section 4.1.3).
#[rustfmt::skip]
pub const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// Whether a message begins as a HelloRetryRequest does: type, length, version, and that random.
pub fn is_retry(message: &[u8]) -> bool {
    message.first() == Some(&2) && message.get(6..).is_some_and(|rest| rest.starts_with(&RETRY))
}

/// Reads a ClientHello.
pub fn client(c: &mut Cursor<'_>) -> Option<ClientHello> {
    let legacy_version = code16(c, TlsField::HelloVersion, names::version)?;
    let random = random(c)?;
    let session_id_len = opaque::<1>(c, TlsField::SessionId)?.len();
    let suites =
        list::<2, _>(c, TlsField::CipherSuites, |c| codes16(c, TlsField::CipherSuite, names::suite))?;
    list::<1, _>(c, TlsField::CompressionMethods, |c| codes8(c, TlsField::CompressionMethod, compression))?;
    let said = extension::block(c, Place::ClientHello);
    Some(ClientHello {
        legacy_version,
        versions: said.versions,
        suites,
        groups: said.groups,
        server_name: said.server_name,
        signature_schemes: said.schemes,
        key_shares: said.key_shares,
        extensions: said.kinds,
        random,
        session_id_len,
    })
}

/// Reads a ServerHello, or a HelloRetryRequest.
pub fn server(c: &mut Cursor<'_>) -> Option<ServerHello> {
    let legacy_version = code16(c, TlsField::HelloVersion, names::version)?;
    let random = random(c)?;
    let retry = random == RETRY;
    opaque::<1>(c, TlsField::SessionId)?;
    let suite = code16(c, TlsField::CipherSuite, names::suite)?;
    code8(c, TlsField::CompressionMethod, compression)?;
    let said = extension::block(c, if retry { Place::RetryRequest } else { Place::ServerHello });
    Some(ServerHello {
        version: said.versions.first().copied().unwrap_or(legacy_version),
        suite,
        group: said.key_shares.first().copied(),
        random,
        retry,
    })
}

/// Reads EncryptedExtensions.
pub fn encrypted_extensions(c: &mut Cursor<'_>) -> Option<Message> {
    extension::block(c, Place::Elsewhere);
    Some(Message::EncryptedExtensions)
}

fn random(c: &mut Cursor<'_>) -> Option<[u8; 32]> {
    c.array(Field::Tls(TlsField::Random), |_| Value::Opaque)
}

/// RFC 3749: there was one that compressed, and it told too much.
fn compression(code: u8) -> Option<&'static str> {
    match code {
        0 => Some("null"),
        1 => Some("DEFLATE"),
        _ => None,
    }
}

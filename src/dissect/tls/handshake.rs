//! Handshake messages (RFC 8446 section 4): type, length, and what the type says.

use super::message::Message;
use super::{Cursor, Field, TlsField, code8, exchange, hello, named, names, proof, vector};

/// Types of messages.
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const NEW_SESSION_TICKET: u8 = 4;
const ENCRYPTED_EXTENSIONS: u8 = 8;
const CERTIFICATE: u8 = 11;
const SERVER_KEY_EXCHANGE: u8 = 12;
const CERTIFICATE_REQUEST: u8 = 13;
const SERVER_HELLO_DONE: u8 = 14;
const CERTIFICATE_VERIFY: u8 = 15;
const CLIENT_KEY_EXCHANGE: u8 = 16;
const FINISHED: u8 = 20;
const CERTIFICATE_STATUS: u8 = 22;
const KEY_UPDATE: u8 = 24;

/// The messages in what records carry, joined: whole messages only. Some look different in different
/// versions; before one was agreed on, any will do.
pub fn messages(version: u16, octets: &[u8]) -> Vec<Message> {
    let mut messages = Vec::new();
    read(&mut Cursor::new(octets), version, |message| messages.push(message));
    messages
}

/// Reads messages up to the end, and tells of each that is there as a whole.
pub fn read(c: &mut Cursor<'_>, version: u16, mut tell: impl FnMut(Message)) {
    while let Some(&kind) = c.unread().first() {
        let name =
            if hello::is_retry(c.unread()) { Some("HelloRetryRequest") } else { names::handshake(kind) };
        let value = named(kind.into(), 2, name);
        if let Some(message) = c.group_as(Field::Tls(TlsField::Handshake), value, |c| message(c, version)) {
            tell(message);
        }
    }
}

/// Reads one message; `None` if it goes on after the end.
fn message(c: &mut Cursor<'_>, version: u16) -> Option<Message> {
    let kind = code8(c, TlsField::HandshakeType, names::handshake)?;
    let length = vector::length::<3>(c)?;
    let is_whole = length <= c.unread().len();
    let message = c.limited(length, |c| body(c, kind, version));
    is_whole.then(|| message.unwrap_or(Message::Other(kind)))
}

/// Reads what the type says; `None` if it is not as it should be.
fn body(c: &mut Cursor<'_>, kind: u8, version: u16) -> Option<Message> {
    Some(match kind {
        CLIENT_HELLO => Message::ClientHello(hello::client(c)?),
        SERVER_HELLO => Message::ServerHello(hello::server(c)?),
        ENCRYPTED_EXTENSIONS => hello::encrypted_extensions(c)?,
        CERTIFICATE => proof::certificate(c, version)?,
        CERTIFICATE_REQUEST => proof::certificate_request(c, version)?,
        CERTIFICATE_VERIFY => proof::certificate_verify(c)?,
        CERTIFICATE_STATUS => proof::certificate_status(c)?,
        SERVER_KEY_EXCHANGE => exchange::server_key(c, version)?,
        CLIENT_KEY_EXCHANGE => exchange::client_key(c)?,
        SERVER_HELLO_DONE => Message::ServerHelloDone,
        FINISHED => exchange::finished(c),
        NEW_SESSION_TICKET => exchange::new_session_ticket(c, version)?,
        KEY_UPDATE => exchange::key_update(c)?,
        _ => return None,
    })
}

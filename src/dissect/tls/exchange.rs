//! Messages by which the ends exchange keys, and what they do with them.

use super::message::Message;
use super::vector::opaque;
use super::{Cursor, Field, TLS12, TLS13, TlsField, code8, code16, extension, names, number};
use extension::Place;

/// The curve is told by its name (RFC 8422 section 5.4); nothing else is in use.
const NAMED_CURVE: u8 = 3;

/// Reads a ServerKeyExchange of ECDHE; `None` for any other, whose layout only the suite tells.
pub fn server_key(c: &mut Cursor<'_>, version: u16) -> Option<Message> {
    let kind = code8(c, TlsField::CurveType, |kind| (kind == NAMED_CURVE).then_some("named_curve"))?;
    if kind != NAMED_CURVE {
        return None;
    }
    let group = code16(c, TlsField::NamedGroup, names::group)?;
    opaque::<1>(c, TlsField::KeyExchange)?;
    if version < TLS12 {
        return None;
    }
    let scheme = code16(c, TlsField::SignatureScheme, names::signature_scheme)?;
    opaque::<2>(c, TlsField::Signature)?;
    Some(Message::ServerKeyExchange { group, scheme })
}

/// Reads a ClientKeyExchange of ECDHE (RFC 8422 section 5.7).
pub fn client_key(c: &mut Cursor<'_>) -> Option<Message> {
    opaque::<1>(c, TlsField::KeyExchange)?;
    Some(Message::ClientKeyExchange)
}

/// Reads a Finished (RFC 8446 section 4.4.4, RFC 5246 section 7.4.9).
pub fn finished(c: &mut Cursor<'_>) -> Message {
    c.opaque(Field::Tls(TlsField::VerifyData));
    Message::Finished
}

/// Reads a NewSessionTicket (RFC 8446 section 4.6.1, RFC 5077 section 3.3).
pub fn new_session_ticket(c: &mut Cursor<'_>, version: u16) -> Option<Message> {
    c.u32(Field::Tls(TlsField::TicketLifetime), number)?;
    if version >= TLS13 {
        c.u32(Field::Tls(TlsField::TicketAgeAdd), |add| super::Value::Hex(add.into(), 8))?;
        opaque::<1>(c, TlsField::TicketNonce)?;
    }
    opaque::<2>(c, TlsField::Ticket)?;
    if version >= TLS13 {
        extension::block(c, Place::Elsewhere);
    }
    Some(Message::NewSessionTicket)
}

/// Reads a KeyUpdate (RFC 8446 section 4.6.3).
pub fn key_update(c: &mut Cursor<'_>) -> Option<Message> {
    let requested = code8(c, TlsField::KeyUpdate, |requested| match requested {
        0 => Some("update_not_requested"),
        1 => Some("update_requested"),
        _ => None,
    })?;
    Some(Message::KeyUpdate { requested: requested == 1 })
}

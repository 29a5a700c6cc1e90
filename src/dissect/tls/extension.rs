//! Extensions (RFC 8446 section 4.2). The same one can look different in different messages, and may be
//! empty where it only says yes.

use super::vector::{codes8, codes16, each, list, opaque, text, vector};
use super::{Cursor, Field, TlsField, code8, code16, named, names, number, proof};

/// Types of extensions that are read.
const SERVER_NAME: u16 = 0;
const STATUS_REQUEST: u16 = 5;
const SUPPORTED_GROUPS: u16 = 10;
const EC_POINT_FORMATS: u16 = 11;
const SIGNATURE_ALGORITHMS: u16 = 13;
const PROTOCOL_NEGOTIATION: u16 = 16;
const PADDING: u16 = 21;
const RECORD_SIZE_LIMIT: u16 = 28;
const SESSION_TICKET: u16 = 35;
const SUPPORTED_VERSIONS: u16 = 43;
const COOKIE: u16 = 44;
const PSK_KEY_EXCHANGE_MODES: u16 = 45;
const CERTIFICATE_AUTHORITIES: u16 = 47;
const SIGNATURE_ALGORITHMS_CERT: u16 = 50;
const KEY_SHARE: u16 = 51;
const RENEGOTIATION_INFO: u16 = 0xff01;

/// Where extensions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The client asks.
    ClientHello,
    /// The server answers.
    ServerHello,
    /// The server asks the client to ask again.
    RetryRequest,
    /// In any other message.
    Elsewhere,
}

/// What extensions said.
#[derive(Debug, Default)]
pub struct Said {
    /// All of them, in their order.
    pub kinds: Vec<u16>,
    /// supported_versions.
    pub versions: Vec<u16>,
    /// supported_groups.
    pub groups: Vec<u16>,
    /// signature_algorithms.
    pub schemes: Vec<u16>,
    /// The groups of key_share.
    pub key_shares: Vec<u16>,
    /// server_name, if it is a host.
    pub server_name: Option<String>,
}

/// Reads all extensions of a message. TLS 1.2 can do without any, so there may be nothing.
pub fn block(c: &mut Cursor<'_>, place: Place) -> Said {
    let mut said = Said::default();
    list::<2, _>(c, TlsField::Extensions, |c| {
        each(c, |c| {
            let kind = c.unread().first_chunk().map(|octets| u16::from_be_bytes(*octets));
            let value = kind.map_or(super::Value::None, |kind| named(kind, 4, names::extension(kind)));
            c.group_as(Field::Tls(TlsField::Extension), value, |c| extension(c, place, &mut said))
        });
    });
    said
}

fn extension(c: &mut Cursor<'_>, place: Place, said: &mut Said) -> Option<()> {
    let kind = code16(c, TlsField::ExtensionType, names::extension)?;
    said.kinds.push(kind);
    // One that is not as it should be says nothing about the next.
    vector::<2, _>(c, |c| _ = data(c, kind, place, said))
}

/// Reads what an extension says; `None` if it is cut short, or empty, as when a server only says that it
/// took notice.
fn data(c: &mut Cursor<'_>, kind: u16, place: Place, said: &mut Said) -> Option<()> {
    let asked = place == Place::ClientHello;
    match kind {
        SERVER_NAME => vector::<2, _>(c, |c| each(c, |c| server_name(c, said)))?,
        SUPPORTED_GROUPS => {
            said.groups = vector::<2, _>(c, |c| codes16(c, TlsField::NamedGroup, names::group))?;
        }
        SIGNATURE_ALGORITHMS => said.schemes = schemes(c)?,
        SIGNATURE_ALGORITHMS_CERT => _ = schemes(c)?,
        SUPPORTED_VERSIONS if asked => said.versions = vector::<1, _>(c, versions)?,
        SUPPORTED_VERSIONS => said.versions = versions(c),
        KEY_SHARE if asked => vector::<2, _>(c, |c| each(c, |c| key_share(c, said)))?,
        KEY_SHARE if place == Place::RetryRequest => {
            said.key_shares.push(code16(c, TlsField::NamedGroup, names::group)?);
        }
        KEY_SHARE => key_share(c, said)?,
        EC_POINT_FORMATS => vector::<1, _>(c, |c| codes8(c, TlsField::PointFormat, names::point_format))?,
        PSK_KEY_EXCHANGE_MODES => vector::<1, _>(c, |c| codes8(c, TlsField::PskMode, names::psk_mode))?,
        PROTOCOL_NEGOTIATION => {
            vector::<2, _>(c, |c| each(c, |c| text::<1>(c, TlsField::Protocol).map(|_| ())))?;
        }
        STATUS_REQUEST if asked => {
            code8(c, TlsField::StatusType, |kind| (kind == 1).then_some("ocsp"))?;
            opaque::<2>(c, TlsField::ResponderIds)?;
            opaque::<2>(c, TlsField::RequestExtensions)?;
        }
        STATUS_REQUEST => proof::status(c)?,
        CERTIFICATE_AUTHORITIES => list::<2, _>(c, TlsField::Authorities, proof::authorities)?,
        RENEGOTIATION_INFO => _ = opaque::<1>(c, TlsField::RenegotiatedConnection)?,
        COOKIE => _ = opaque::<2>(c, TlsField::Cookie)?,
        RECORD_SIZE_LIMIT => _ = c.u16(Field::Tls(TlsField::RecordSizeLimit), number)?,
        SESSION_TICKET => c.opaque(Field::Tls(TlsField::Ticket)),
        PADDING => c.opaque(Field::Padding),
        _ => c.opaque(Field::Tls(TlsField::ExtensionData)),
    }
    Some(())
}

/// Reads one name; only names of hosts are defined (RFC 6066 section 3).
fn server_name(c: &mut Cursor<'_>, said: &mut Said) -> Option<()> {
    const HOST_NAME: u8 = 0;
    let kind = code8(c, TlsField::NameType, |kind| (kind == HOST_NAME).then_some("host_name"))?;
    let octets = c.unread();
    let start = c.unread_span().start;
    let span = text::<2>(c, TlsField::HostName)?;
    if kind == HOST_NAME {
        let name = &octets[span.start - start..span.end - start];
        said.server_name = Some(String::from_utf8_lossy(name).into_owned());
    }
    Some(())
}

/// Reads a key and the group it is of.
fn key_share(c: &mut Cursor<'_>, said: &mut Said) -> Option<()> {
    c.group(Field::Tls(TlsField::KeyShare), |c| {
        said.key_shares.push(code16(c, TlsField::NamedGroup, names::group)?);
        opaque::<2>(c, TlsField::KeyExchange).map(|_| ())
    })
}

fn versions(c: &mut Cursor<'_>) -> Vec<u16> {
    codes16(c, TlsField::Version, names::version)
}

fn schemes(c: &mut Cursor<'_>) -> Option<Vec<u16>> {
    vector::<2, _>(c, |c| codes16(c, TlsField::SignatureScheme, names::signature_scheme))
}

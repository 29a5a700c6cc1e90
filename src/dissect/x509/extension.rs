//! Extensions: what a certificate says beyond a name and a key (RFC 5280 section 4.2).

use super::{Certificate, X509Field, X509Value, oid};
use crate::dissect::Value;
use crate::dissect::cursor::Cursor;
use crate::dissect::der::{self, tag};

/// Reads an extension, and notes what it says in the certificate.
pub fn read(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    der::element(c, X509Field::Extension, tag::SEQUENCE, |c, _| {
        // Whatever is wrong inside is marked there, and the next extension is read all the same.
        let Some(id) = der::object(c, X509Field::ExtensionId) else { return Some(()) };
        der::boolean(c, X509Field::Critical);
        der::element(c, X509Field::ExtensionValue, tag::OCTET_STRING, |c, length| match id {
            oid::AUTHORITY_KEY_IDENTIFIER => authority_key(c, certificate),
            oid::SUBJECT_KEY_IDENTIFIER => subject_key(c, certificate),
            oid::KEY_USAGE => key_usage(c, certificate),
            oid::EXTENDED_KEY_USAGE => purposes(c),
            oid::BASIC_CONSTRAINTS => constraints(c, certificate),
            oid::SUBJECT_ALT_NAME => names(c, certificate),
            _ => der::contents(c, length, |_| X509Value::Binary.into()).map(drop),
        });
        Some(())
    })
}

/// RFC 5280 section 4.2.1.1.
fn authority_key(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    der::element(c, X509Field::AuthorityKeyIdentifier, tag::SEQUENCE, |c, _| {
        let key = der::value(c, X509Field::KeyIdentifier, 0x80, |_| X509Value::Binary.into());
        certificate.authority_key = key.map(<[u8]>::to_vec);
        while der::any(c, X509Field::Element).is_some() {}
        Some(())
    })
}

/// RFC 5280 section 4.2.1.2.
fn subject_key(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    let binary = |_: &[u8]| X509Value::Binary.into();
    let key = der::value(c, X509Field::SubjectKeyIdentifier, tag::OCTET_STRING, binary);
    certificate.subject_key = key.map(<[u8]>::to_vec);
    Some(())
}

/// RFC 5280 section 4.2.1.3.
fn key_usage(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    let usage = X509Value::usage;
    let octets = der::bits(c, X509Field::KeyUsage, |c, length| {
        der::contents(c, length, |octets| X509Value::KeyUsage(usage(octets)).into())
    });
    certificate.key_usage = octets.map(usage);
    Some(())
}

/// RFC 5280 section 4.2.1.12.
fn purposes(c: &mut Cursor<'_>) -> Option<()> {
    der::element(c, X509Field::ExtendedKeyUsage, tag::SEQUENCE, |c, _| {
        while der::object(c, X509Field::Purpose).is_some() {}
        Some(())
    })
}

/// RFC 5280 section 4.2.1.9.
fn constraints(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    der::element(c, X509Field::BasicConstraints, tag::SEQUENCE, |c, _| {
        certificate.is_authority = der::boolean(c, X509Field::Authority).unwrap_or(false);
        der::small(c, X509Field::PathLength);
        Some(())
    })
}

/// RFC 5280 section 4.2.1.6.
fn names(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    der::element(c, X509Field::SubjectAltNames, tag::SEQUENCE, |c, _| {
        while name(c, certificate).is_some() {}
        Some(())
    })
}

/// A GeneralName: a host by its name or its address, a person, or something that nobody here asks for.
fn name(c: &mut Cursor<'_>, certificate: &mut Certificate) -> Option<()> {
    match der::next_tag(c)? {
        tag @ (0x81 | 0x82) => {
            let (field, names) = match tag {
                0x81 => (X509Field::Mailbox, &mut certificate.mailboxes),
                _ => (X509Field::DnsName, &mut certificate.dns_names),
            };
            let name = der::value(c, field, tag, |_| Value::Octets)?;
            names.push(String::from_utf8_lossy(name).into_owned());
        }
        ip @ 0x87 => {
            let address = der::value(c, X509Field::IpAddress, ip, |octets| match octets.try_into() {
                Ok(address) => Value::Address(address),
                Err(_) => X509Value::Binary.into(),
            })?;
            certificate.addresses.extend(<[u8; 4]>::try_from(address));
        }
        _ => drop(der::any(c, X509Field::Element)?),
    }
    Some(())
}

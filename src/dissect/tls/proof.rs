//! Messages by which an end shows who it is: certificates, and signatures with their keys.

use super::extension::{self, Place};
use super::message::Message;
use super::vector::{codes8, codes16, each, list, opaque, vector};
use super::{Cursor, Field, TLS13, TlsField, code8, code16, names};
use crate::dissect::x509;
use std::ops::Range;

/// Reads a Certificate: with context and extensions in TLS 1.3 (RFC 8446 section 4.4.2), bare before
/// (RFC 5246 section 7.4.2).
pub fn certificate(c: &mut Cursor<'_>, version: u16) -> Option<Message> {
    let mut chain = Vec::new();
    if version >= TLS13 {
        opaque::<1>(c, TlsField::RequestContext)?;
    }
    list::<3, _>(c, TlsField::CertificateList, |c| {
        each(c, |c| {
            let certificate = match version {
                TLS13.. => c.group(Field::Tls(TlsField::CertificateEntry), entry)?,
                _ => certificate_data(c)?,
            };
            chain.push(certificate);
            Some(())
        });
    })?;
    Some(Message::Certificate { chain })
}

/// Reads a certificate with its extensions.
fn entry(c: &mut Cursor<'_>) -> Option<Range<usize>> {
    let certificate = certificate_data(c)?;
    extension::block(c, Place::Elsewhere);
    Some(certificate)
}

/// Reads a certificate, and says where it is.
fn certificate_data(c: &mut Cursor<'_>) -> Option<Range<usize>> {
    list::<3, _>(c, TlsField::Certificate, |c| {
        let span = c.unread_span();
        x509::certificate(c);
        span
    })
}

/// Reads a CertificateRequest (RFC 8446 section 4.3.2, RFC 5246 section 7.4.4).
pub fn certificate_request(c: &mut Cursor<'_>, version: u16) -> Option<Message> {
    if version >= TLS13 {
        opaque::<1>(c, TlsField::RequestContext)?;
        extension::block(c, Place::Elsewhere);
        return Some(Message::CertificateRequest);
    }
    list::<1, _>(c, TlsField::CertificateTypes, |c| {
        codes8(c, TlsField::CertificateType, names::certificate_type);
    })?;
    vector::<2, _>(c, |c| codes16(c, TlsField::SignatureScheme, names::signature_scheme))?;
    list::<2, _>(c, TlsField::Authorities, authorities)?;
    Some(Message::CertificateRequest)
}

/// Reads the names of authorities up to the end.
pub fn authorities(c: &mut Cursor<'_>) {
    each(c, |c| list::<2, _>(c, TlsField::DistinguishedName, x509::issuer));
}

/// Reads a CertificateVerify (RFC 8446 section 4.4.3; the same in RFC 5246 section 7.4.8).
pub fn certificate_verify(c: &mut Cursor<'_>) -> Option<Message> {
    let scheme = code16(c, TlsField::SignatureScheme, names::signature_scheme)?;
    opaque::<2>(c, TlsField::Signature)?;
    Some(Message::CertificateVerify { scheme })
}

/// Reads a CertificateStatus (RFC 6066 section 8), which TLS 1.3 made an extension.
pub fn certificate_status(c: &mut Cursor<'_>) -> Option<Message> {
    status(c)?;
    None
}

/// Reads what a responder said of a certificate.
pub fn status(c: &mut Cursor<'_>) -> Option<()> {
    code8(c, TlsField::StatusType, |kind| (kind == 1).then_some("ocsp"))?;
    opaque::<3>(c, TlsField::OcspResponse)?;
    Some(())
}

//! Certificates (RFC 5280): a note on every octet, and in short what one says.
//!
//! ```text
//!   30 82 01 a5 30 82 01 4b a0 03 02 01 02 02 10 5b … 30 0a 06 08 2a 86 48 ce 3d 04 03 02 03 48 00 30 …
//!   └ Certificate ────────────────────────────────────────────────────────────────────────────────┘
//!               └ TbsCertificate ───────────────────┘ └ SignatureAlgorithm ─────────────┘ └ Signature ┘
//!                           └ Version ───┘ └ SerialNumber ┘
//! ```
//!
//! Believes nothing: no signature is verified here, no date compared, no name matched. Inside a TLS message
//! the same is read by `certificate`, from its place in the frame.

mod extension;
mod field;
mod name;
pub mod oid;
mod time;

pub use field::{X509Field, X509Value};

use super::Value;
use super::cursor::Cursor;
use super::der::{self, tag};
use std::ops::Range;

/// What a certificate says. Whatever could not be read in an extension is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The common name of who holds the key, or else the whole name in short.
    pub subject: String,
    /// The same of who signed it.
    pub issuer: String,
    /// The serial number, as octets.
    pub serial: Vec<u8>,
    /// The first second in which it is valid, counted from 1970.
    pub not_before: i64,
    /// The last second in which it is valid, counted from 1970.
    pub not_after: i64,
    /// The hosts it is for, by name; a name may begin with `*.`.
    pub dns_names: Vec<String>,
    /// The hosts it is for, by IPv4 address.
    pub addresses: Vec<[u8; 4]>,
    /// The people it is for, by their mail addresses.
    pub mailboxes: Vec<String>,
    /// Whether its subject may issue certificates.
    pub is_authority: bool,
    /// For what the key may be used, if that is said; see [`X509Value::KeyUsage`].
    pub key_usage: Option<u16>,
    /// The short name of the key of who signed it, if there is one.
    pub authority_key: Option<Vec<u8>>,
    /// The short name of the key in it, if there is one.
    pub subject_key: Option<Vec<u8>>,
    /// What kind of key it holds; a curve by its own name.
    pub public_key_algorithm: String,
    /// How it is signed.
    pub signature_algorithm: String,
    /// Where in the octets the part is that is signed.
    pub tbs_span: Range<usize>,
    /// Where the name of who signed it is.
    pub issuer_span: Range<usize>,
    /// Where the name of who holds the key is.
    pub subject_span: Range<usize>,
    /// Where the key is, with what kind of key it is.
    pub public_key_span: Range<usize>,
    /// Where the signature is, its tag and length included.
    pub signature_span: Range<usize>,
}

/// Reads a certificate where it stands; the spans are those of the frame.
pub(super) fn certificate(c: &mut Cursor<'_>) -> Option<Certificate> {
    der::element(c, X509Field::Certificate, tag::SEQUENCE, |c, _| {
        // All three are read, whatever is wrong with one of them.
        let (tbs, tbs_span) = spanned(c, signed);
        let algorithm = algorithm(c, X509Field::SignatureAlgorithm);
        let object = algorithm.map_or(&[][..], |(object, _)| object);
        let (signature, signature_span) = spanned(c, |c| signature(c, object));
        signature?;
        let signature_algorithm = algorithm.map(|_| oid::name_or_numbers(object))?;
        Some(Certificate { signature_algorithm, tbs_span, signature_span, ..tbs? })
    })
}

/// Reads the name of an authority where it stands by itself.
pub(super) fn issuer(c: &mut Cursor<'_>) {
    name::read(c, X509Field::Issuer);
}

/// What is read, and where it stood.
fn spanned<'a, T>(c: &mut Cursor<'a>, read: impl FnOnce(&mut Cursor<'a>) -> T) -> (T, Range<usize>) {
    let start = c.unread_span().start;
    let result = read(c);
    (result, start..c.unread_span().start)
}

/// The part that is signed.
fn signed(c: &mut Cursor<'_>) -> Option<Certificate> {
    der::element(c, X509Field::TbsCertificate, tag::SEQUENCE, |c, _| {
        der::element(c, X509Field::Version, 0xa0, |c, _| der::small(c, X509Field::VersionNumber));
        let serial = der::integer(c, X509Field::SerialNumber);
        let algorithm = algorithm(c, X509Field::SignatureAlgorithm);
        let issuer = name::read(c, X509Field::Issuer);
        let validity = validity(c);
        let subject = name::read(c, X509Field::Subject);
        let (public_key, public_key_span) = spanned(c, public_key);
        while let Some(0x81 | 0x82 | 0xa1 | 0xa2) = der::next_tag(c) {
            der::any(c, X509Field::UniqueIdentifier)?;
        }
        let mut certificate = Certificate::default();
        extensions(c, &mut certificate);
        algorithm?;
        let (issuer, subject, (not_before, not_after)) = (issuer?, subject?, validity?);
        Some(Certificate {
            subject: subject.text,
            issuer: issuer.text,
            serial: serial?.to_vec(),
            not_before,
            not_after,
            public_key_algorithm: public_key?,
            issuer_span: issuer.span,
            subject_span: subject.span,
            public_key_span,
            ..certificate
        })
    })
}

/// An algorithm and, if there is one, the object identifier that it is told, such as a curve.
fn algorithm<'a>(c: &mut Cursor<'a>, field: X509Field) -> Option<(&'a [u8], Option<&'a [u8]>)> {
    der::element(c, field, tag::SEQUENCE, |c, _| {
        let object = der::object(c, X509Field::Algorithm)?;
        let parameters = der::any(c, X509Field::Parameters);
        let parameters = parameters.filter(|(tag, _)| *tag == tag::OBJECT_IDENTIFIER);
        Some((object, parameters.map(|(_, octets)| octets)))
    })
}

fn validity(c: &mut Cursor<'_>) -> Option<(i64, i64)> {
    der::element(c, X509Field::Validity, tag::SEQUENCE, |c, _| {
        let not_before = moment(c, X509Field::NotBefore);
        let not_after = moment(c, X509Field::NotAfter);
        Some((not_before?, not_after?))
    })
}

fn moment(c: &mut Cursor<'_>, field: X509Field) -> Option<i64> {
    let tag = der::next_tag(c).filter(|tag| matches!(*tag, tag::UTC_TIME | tag::GENERALIZED_TIME))?;
    let octets = der::value(c, field, tag, |octets| match time::read(tag, octets) {
        Some(seconds) => X509Value::Time(seconds).into(),
        None => Value::Octets,
    })?;
    time::read(tag, octets)
}

/// The key; gives the name of its algorithm.
fn public_key(c: &mut Cursor<'_>) -> Option<String> {
    der::element(c, X509Field::PublicKeyInfo, tag::SEQUENCE, |c, _| {
        let (object, curve) = algorithm(c, X509Field::KeyAlgorithm)?;
        der::bits(c, X509Field::PublicKey, |c, length| match c.unread().first() {
            // A point in full: both coordinates have the same length.
            Some(4) if object == oid::EC_PUBLIC_KEY && length % 2 == 1 => {
                let binary = |_: &[u8]| X509Value::Binary.into();
                c.u8(X509Field::PointForm.into(), super::number)?;
                c.slice(X509Field::PointX.into(), length / 2, binary)?;
                c.slice(X509Field::PointY.into(), length / 2, binary).map(drop)
            }
            _ => der::contents(c, length, |_| X509Value::Binary.into()).map(drop),
        })?;
        Some(oid::name_or_numbers(curve.unwrap_or(object)))
    })
}

fn extensions(c: &mut Cursor<'_>, certificate: &mut Certificate) {
    der::element(c, X509Field::Extensions, 0xa3, |c, _| {
        der::element(c, X509Field::ExtensionList, tag::SEQUENCE, |c, _| {
            while extension::read(c, certificate).is_some() {}
            Some(())
        })
    });
}

fn signature(c: &mut Cursor<'_>, algorithm: &[u8]) -> Option<()> {
    der::bits(c, X509Field::Signature, |c, length| match algorithm {
        oid::ECDSA_SHA256 | oid::ECDSA_SHA384 => {
            der::element(c, X509Field::EcdsaSignature, tag::SEQUENCE, |c, _| {
                der::integer(c, X509Field::SignatureR)?;
                der::integer(c, X509Field::SignatureS).map(drop)
            })
        }
        _ => der::contents(c, length, |_| X509Value::Binary.into()).map(drop),
    })
}

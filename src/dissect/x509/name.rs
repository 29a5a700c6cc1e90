//! Distinguished names: who issued a certificate, and who holds its key (RFC 5280 section 4.1.2.4).

use super::{X509Field, oid};
use crate::dissect::cursor::Cursor;
use crate::dissect::der::{self, tag};
use std::ops::Range;

/// A name, in short and where it stands.
pub struct Name {
    /// The common name, or else every part of the name: `O=POP3 Lab, C=JP`.
    pub text: String,
    /// All of it.
    pub span: Range<usize>,
}

/// Reads a name.
pub fn read(c: &mut Cursor<'_>, field: X509Field) -> Option<Name> {
    let start = c.unread_span().start;
    let mut parts = Vec::new();
    der::element(c, field, tag::SEQUENCE, |c, _| {
        while let Some(()) = der::element(c, X509Field::RelativeName, tag::SET, |c, _| {
            while let Some(part) = attribute(c) {
                parts.push(part);
            }
            Some(())
        }) {}
        Some(())
    })?;
    Some(Name { text: short(&parts), span: start..c.unread_span().start })
}

/// Reads a part of a name: its object identifier and its text.
fn attribute<'a>(c: &mut Cursor<'a>) -> Option<(&'a [u8], String)> {
    der::element(c, X509Field::Attribute, tag::SEQUENCE, |c, _| {
        let object = der::object(c, X509Field::AttributeType)?;
        let (tag, octets) = der::any(c, X509Field::AttributeValue)?;
        Some((object, text(tag, octets)))
    })
}

/// Text as its type writes it. What is no such text keeps a mark where it is broken.
fn text(tag: u8, octets: &[u8]) -> String {
    match tag {
        tag::BMP_STRING => {
            let units =
                octets.chunks(2).map(|pair| pair.iter().fold(0, |sum, octet| sum << 8 | u16::from(*octet)));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        // Latin 1 in practice.
        tag::TELETEX_STRING => octets.iter().map(|octet| char::from(*octet)).collect(),
        _ => String::from_utf8_lossy(octets).into_owned(),
    }
}

fn short(parts: &[(&[u8], String)]) -> String {
    // The last is the most special.
    if let Some((_, name)) = parts.iter().rfind(|(object, _)| *object == oid::COMMON_NAME) {
        return name.clone();
    }
    let part = |(object, text): &(&[u8], String)| format!("{}={text}", oid::name_or_numbers(object));
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

//! Vectors: a length of one to three octets, and that many octets (RFC 8446 section 3.4).

use super::{Cursor, Field, TlsField, Value, code8, code16};
use std::ops::Range;

/// A length of `N` octets.
pub fn length<const N: usize>(c: &mut Cursor<'_>) -> Option<usize> {
    const { assert!(N <= 3) };
    let sum = |octets: [u8; N]| octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
    c.array::<N>(Field::Tls(TlsField::Length), |octets| Value::Number(sum(octets) as u64)).map(sum)
}

/// Reads a vector; `None` if its length is cut short. One that goes on after the end of what it stands in
/// is read as far as it is there.
pub fn vector<const N: usize, T>(c: &mut Cursor<'_>, read: impl FnOnce(&mut Cursor<'_>) -> T) -> Option<T> {
    let length = length::<N>(c)?;
    Some(c.limited(length, read))
}

/// A group of this name with a vector in it.
pub fn list<const N: usize, T>(
    c: &mut Cursor<'_>,
    field: TlsField,
    read: impl FnOnce(&mut Cursor<'_>) -> T,
) -> Option<T> {
    c.group(Field::Tls(field), |c| vector::<N, T>(c, read))
}

/// A vector of octets that are no text, and where they are.
pub fn opaque<const N: usize>(c: &mut Cursor<'_>, field: TlsField) -> Option<Range<usize>> {
    octets::<N>(c, field, |c, field| c.opaque(field))
}

/// A vector of octets that are text, and where they are.
pub fn text<const N: usize>(c: &mut Cursor<'_>, field: TlsField) -> Option<Range<usize>> {
    octets::<N>(c, field, |c, field| c.rest(field))
}

fn octets<const N: usize>(
    c: &mut Cursor<'_>,
    field: TlsField,
    read: fn(&mut Cursor<'_>, Field),
) -> Option<Range<usize>> {
    list::<N, _>(c, field, |c| {
        let span = c.unread_span();
        read(c, Field::Tls(field));
        span
    })
}

/// Codes of one octet up to the end.
pub fn codes8(c: &mut Cursor<'_>, field: TlsField, name: fn(u8) -> Option<&'static str>) {
    while code8(c, field, name).is_some() {}
}

/// Codes of two octets up to the end.
pub fn codes16(c: &mut Cursor<'_>, field: TlsField, name: fn(u16) -> Option<&'static str>) -> Vec<u16> {
    std::iter::from_fn(|| code16(c, field, name)).collect()
}

/// Reads one thing after the other up to the end, or up to the first that cannot be read.
pub fn each(c: &mut Cursor<'_>, mut read: impl FnMut(&mut Cursor<'_>) -> Option<()>) {
    while !c.unread().is_empty() && read(c).is_some() {}
}

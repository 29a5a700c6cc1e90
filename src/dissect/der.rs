//! Elements of DER (X.690): a tag, a length and contents, with a note for each of the three.
//!
//! ```text
//!   02 02 04 d2
//!   ╵  ╵  └───┴ Contents: 1234
//!   ╵  └ Length: 2
//!   └ Type: INTEGER
//! ```
//!
//! Knows no certificate. An element either is not there (another tag, a length that DER does not write:
//! nothing beyond that is read) or is read to its end, whatever is in it. So reading can go on after it.

use super::cursor::Cursor;
use super::x509::{X509Field, X509Value};
use super::{Field, Value};

#[allow(missing_docs)] // The names are those of X.680.
pub mod tag {
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const OBJECT_IDENTIFIER: u8 = 0x06;
    pub const UTF8_STRING: u8 = 0x0c;
    pub const PRINTABLE_STRING: u8 = 0x13;
    pub const TELETEX_STRING: u8 = 0x14;
    pub const IA5_STRING: u8 = 0x16;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const BMP_STRING: u8 = 0x1e;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;
}

/// Reads an element with this tag, its contents by `read`, which is told how many octets they should be.
pub fn element<'a, T>(
    c: &mut Cursor<'a>,
    field: X509Field,
    tag: u8,
    read: impl FnOnce(&mut Cursor<'a>, usize) -> Option<T>,
) -> Option<T> {
    next_tag(c).filter(|next| *next == tag)?;
    c.group(field.into(), |c| {
        c.u8(X509Field::Tag.into(), |tag| X509Value::Type(tag).into())?;
        let length = length(c)?;
        let whole = length <= c.unread().len();
        c.limited(length, |c| read(c, length)).filter(|_| whole)
    })
}

/// Reads an element whose contents are one value.
pub fn value<'a>(
    c: &mut Cursor<'a>,
    field: X509Field,
    tag: u8,
    value: impl FnOnce(&'a [u8]) -> Value,
) -> Option<&'a [u8]> {
    element(c, field, tag, |c, length| contents(c, length, value))
}

/// Reads whatever element is next, without looking into it; gives its tag and its contents.
pub fn any<'a>(c: &mut Cursor<'a>, field: X509Field) -> Option<(u8, &'a [u8])> {
    // A tag of several octets (X.690 section 8.1.2.4) stands nowhere in a certificate.
    let tag = next_tag(c).filter(|tag| tag & 0x1f != 0x1f)?;
    let contents = value(c, field, tag, |octets| match tag {
        tag::OBJECT_IDENTIFIER => X509Value::object(octets),
        tag::UTF8_STRING | tag::PRINTABLE_STRING | tag::TELETEX_STRING | tag::IA5_STRING => Value::Octets,
        _ => X509Value::Binary.into(),
    })?;
    Some((tag, contents))
}

/// Reads an INTEGER that is no counter: only its octets matter.
pub fn integer<'a>(c: &mut Cursor<'a>, field: X509Field) -> Option<&'a [u8]> {
    value(c, field, tag::INTEGER, |_| X509Value::Binary.into())
}

/// Reads an INTEGER that should be small; `None` if it is below 0 or above 255.
pub fn small(c: &mut Cursor<'_>, field: X509Field) -> Option<u8> {
    let number = |octets: &[u8]| match octets {
        [number] | [0, number] if octets.len() == 2 || *number < 0x80 => Some(*number),
        _ => None,
    };
    let value = value(c, field, tag::INTEGER, |octets| match number(octets) {
        Some(number) => super::number(number),
        None => X509Value::Binary.into(),
    });
    value.and_then(number)
}

/// Reads a BOOLEAN.
pub fn boolean(c: &mut Cursor<'_>, field: X509Field) -> Option<bool> {
    let octets = value(c, field, tag::BOOLEAN, |octets| match octets {
        [octet] => Value::Hex((*octet).into(), 2),
        _ => X509Value::Binary.into(),
    });
    octets.map(|octets| octets.iter().any(|octet| *octet != 0))
}

/// Reads an OBJECT IDENTIFIER; gives its octets.
pub fn object<'a>(c: &mut Cursor<'a>, field: X509Field) -> Option<&'a [u8]> {
    value(c, field, tag::OBJECT_IDENTIFIER, X509Value::object)
}

/// Reads a BIT STRING, what is in it by `read`, which is told how many octets that should be.
pub fn bits<'a, T>(
    c: &mut Cursor<'a>,
    field: X509Field,
    read: impl FnOnce(&mut Cursor<'a>, usize) -> Option<T>,
) -> Option<T> {
    element(c, field, tag::BIT_STRING, |c, length| {
        c.u8(X509Field::UnusedBits.into(), super::number)?;
        read(c, length - 1)
    })
}

/// Reads contents that are one value.
pub fn contents<'a>(
    c: &mut Cursor<'a>,
    length: usize,
    value: impl FnOnce(&'a [u8]) -> Value,
) -> Option<&'a [u8]> {
    c.slice(X509Field::Contents.into(), length, value)
}

/// The tag of the element that is next, if there is one.
pub fn next_tag(c: &Cursor<'_>) -> Option<u8> {
    c.unread().first().copied()
}

/// Reads a length of at most three octets after the first; `None` if DER would write it shorter.
fn length(c: &mut Cursor<'_>) -> Option<usize> {
    let more = match *c.unread().first()? {
        0..=0x7f => 0,
        first @ 0x81..=0x83 => usize::from(first - 0x80),
        _ => return None,
    };
    let said = |octets: &[u8]| match octets {
        [length] => usize::from(*length),
        _ => octets[1..].iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)),
    };
    let number = |octets: &[u8]| super::number(said(octets) as u64);
    let length = said(c.slice(X509Field::Length.into(), 1 + more, number)?);
    let shortest = match length {
        0..=0x7f => 0,
        0x80..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 3,
    };
    (more == shortest).then_some(length)
}

impl From<X509Field> for Field {
    fn from(field: X509Field) -> Field {
        Field::X509(field)
    }
}

impl From<X509Value> for Value {
    fn from(value: X509Value) -> Value {
        Value::X509(value)
    }
}

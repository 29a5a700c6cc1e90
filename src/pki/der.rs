//! Writes the few elements of DER (X.690) that a certificate is made of. [`dissect`](crate::dissect) reads them.

use crate::time::date::Date;

/// An element: its tag, the length of its contents, and these.
pub fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    // Up to 127 the length is one octet; above, that octet tells how many follow.
    let octets = length.to_be_bytes();
    let significant = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
    let mut der = vec![tag];
    match length {
        0..=0x7f => der.push(length as u8),
        _ => {
            der.push(0x80 | significant.len() as u8);
            der.extend_from_slice(significant);
        }
    }
    der.extend_from_slice(contents);
    der
}

/// An element that is made of elements.
pub fn group(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    element(tag, &parts.concat())
}

/// SEQUENCE.
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    group(0x30, parts)
}

/// OBJECT IDENTIFIER, of its octets.
pub fn object(octets: &[u8]) -> Vec<u8> {
    element(0x06, octets)
}

/// INTEGER, of the octets of a number that is not below 0.
pub fn number(octets: &[u8]) -> Vec<u8> {
    let digits = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
    match digits.first() {
        Some(..=0x7f) => element(0x02, digits),
        // Its first bit would be taken for a sign.
        _ => group(0x02, &[&[0], digits]),
    }
}

/// OCTET STRING.
pub fn octets(octets: &[u8]) -> Vec<u8> {
    element(0x04, octets)
}

/// BIT STRING; of its last octet so many bits do not count.
pub fn bits(unused: u8, octets: &[u8]) -> Vec<u8> {
    group(0x03, &[&[unused], octets])
}

/// BOOLEAN that is true; false is left out wherever it is the default.
pub fn yes() -> Vec<u8> {
    element(0x01, &[0xff])
}

/// UTCTime up to 2049, GeneralizedTime after it (RFC 5280 section 4.1.2.5).
pub fn time(unix: i64) -> Vec<u8> {
    let Date { year, month, day, hour, minute, second } = Date::from_unix(unix);
    let rest = format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    match year {
        1950..=2049 => element(0x17, format!("{:02}{rest}", year % 100).as_bytes()),
        _ => element(0x18, format!("{year:04}{rest}").as_bytes()),
    }
}

//! The two ways in which a certificate writes a time (RFC 5280 section 4.1.2.5).

use crate::dissect::der::tag;
use crate::time::date::Date;

/// Seconds since 1970; `None` if it is not written as RFC 5280 wants it: to the second, and in UTC.
pub fn read(tag: u8, octets: &[u8]) -> Option<i64> {
    let two = |pair: &[u8]| match pair {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + ones - b'0'),
        _ => None,
    };
    let (century, rest) = match tag {
        tag::UTC_TIME => (None, octets),
        tag::GENERALIZED_TIME => (Some(two(octets.get(..2)?)?), &octets[2..]),
        _ => return None,
    };
    let [pairs @ .., b'Z'] = rest else { return None };
    let pairs: Option<Vec<u8>> = pairs.chunks(2).map(two).collect();
    let [year, month, day, hour, minute, second] = pairs?[..] else { return None };
    // UTCTime has two digits of the year and stands for 1950 to 2049.
    let century = century.unwrap_or(if year < 50 { 20 } else { 19 });
    Date { year: u16::from(century) * 100 + u16::from(year), month, day, hour, minute, second }.to_unix()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn both_ways_are_read() {
        assert_eq!(read(tag::UTC_TIME, b"700101000000Z"), Some(0));
        assert_eq!(read(tag::UTC_TIME, b"500101000000Z"), Some(-631_152_000));
        assert_eq!(read(tag::UTC_TIME, b"491231235959Z"), Some(2_524_607_999));
        assert_eq!(read(tag::GENERALIZED_TIME, b"20500101000000Z"), Some(2_524_608_000));
    }

    #[test]
    fn other_ways_are_not() {
        for octets in [
            "",
            "Z",
            "7001010000Z",
            "700101000000",
            "700101000000+0000",
            "701301000000Z",
            "7001010000000Z",
            "70010100000\u{b2}Z",
        ] {
            assert_eq!(read(tag::UTC_TIME, octets.as_bytes()), None, "{octets}");
        }
        for octets in ["2", "20", "700101000000Z", "20500101000000.5Z", "20500132000000Z"] {
            assert_eq!(read(tag::GENERALIZED_TIME, octets.as_bytes()), None, "{octets}");
        }
        assert_eq!(read(tag::UTF8_STRING, b"700101000000Z"), None);
    }
}

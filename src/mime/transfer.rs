//! Content-Transfer-Encoding (RFC 2045 section 6), undone as far as it goes.

use super::Flaw;
use std::borrow::Cow;

/// Undoes the transfer encoding that is called `encoding`. Broken input gives what could be read of it.
pub fn decode<'a>(encoding: &str, body: &'a [u8]) -> (Cow<'a, [u8]>, Option<Flaw>) {
    let (octets, flaw) = match encoding.to_ascii_lowercase().as_str() {
        "" | "7bit" | "8bit" | "binary" => return (Cow::Borrowed(body), None),
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => return (Cow::Borrowed(body), Some(Flaw::Encoding(encoding.to_owned()))),
    };
    (Cow::Owned(octets), flaw)
}

/// Not by the crate, which gives up at the first wrong letter: a person wants to see the rest.
fn base64(body: &[u8]) -> (Vec<u8>, Option<Flaw>) {
    let mut octets = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count, mut padding) = (0_u32, 0, 0);
    let mut broken = false;
    for &letter in body {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            // RFC 2045 section 6.8: letters outside of the alphabet are ignored, though they are a sign
            // of an error; the ends of lines are not.
            _ => {
                broken |= !letter.is_ascii_whitespace();
                continue;
            }
        };
        // Nothing follows the padding, unless two encodings were put end to end.
        broken |= padding > 0;
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            octets.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        2 => octets.push((bits >> 4) as u8),
        3 => octets.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        _ => {}
    }
    broken |= (count + padding) % 4 != 0 || count == 1;
    (octets, broken.then_some(Flaw::Base64))
}

fn quoted_printable(body: &[u8]) -> (Vec<u8>, Option<Flaw>) {
    let mut octets = Vec::with_capacity(body.len());
    let mut broken = false;
    for line in body.split_inclusive(|&octet| octet == b'\n') {
        let end = line.strip_suffix(b"\r\n").or(line.strip_suffix(b"\n"));
        // RFC 2045 section 6.7, rule 3: blanks at the end of a line were added on the way.
        let text = end.unwrap_or(line).trim_ascii_end();
        let (text, soft) = match text.strip_suffix(b"=") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut at = 0;
        while let Some(&octet) = text.get(at) {
            let value = (octet == b'=').then(|| text.get(at + 1..at + 3).and_then(hexadecimal)).flatten();
            broken |= octet == b'=' && value.is_none();
            octets.push(value.unwrap_or(octet));
            at += if value.is_some() { 3 } else { 1 };
        }
        if !soft {
            octets.extend_from_slice(end.map_or(&[], |end| &line[end.len()..]));
        }
    }
    (octets, broken.then_some(Flaw::QuotedPrintable))
}

/// The octet that two hexadecimal digits name.
pub(super) fn hexadecimal(digits: &[u8]) -> Option<u8> {
    // Parsing allows a sign.
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[track_caller]
    fn reads(encoding: &str, body: &str, text: &str, flaw: Option<Flaw>) {
        let (octets, found) = decode(encoding, body.as_bytes());
        assert_eq!((octets.escape_ascii().to_string().as_str(), found), (text, flaw), "{body}");
    }

    #[test]
    fn three_encodings_change_nothing_and_no_name_is_one_of_them() {
        for encoding in ["", "7bit", "8BIT", "binary"] {
            reads(encoding, "a=3D", "a=3D", None);
        }
    }

    #[test]
    fn an_encoding_that_nobody_knows_changes_nothing_and_is_named() {
        reads("x-uuencode", "abc", "abc", Some(Flaw::Encoding("x-uuencode".into())));
    }

    #[test]
    fn base64_is_read_across_lines() {
        reads("Base64", "aGVs\r\nbG8=\r\n", "hello", None);
        reads("base64", "aGVsbA==", "hell", None);
        reads("base64", "", "", None);
    }

    #[test]
    fn broken_base64_is_read_as_far_as_it_goes() {
        for body in ["aGVs!bG8=", "aGVsbG8", "aGVsbG8=!", "aGVsbG8=="] {
            reads("base64", body, "hello", Some(Flaw::Base64));
        }
        reads("base64", "aGVsb", "hel", Some(Flaw::Base64));
        reads("base64", "!", "", Some(Flaw::Base64));
    }

    #[test]
    fn quoted_printable_has_soft_ends_of_lines_and_octets_by_their_digits() {
        reads("quoted-printable", "a=3Db=3d=C3=A9=\r\nc  \r\nd", r"a=b=\xc3\xa9c\r\nd", None);
        reads("quoted-printable", "a= \r\nb=", "ab", None);
    }

    #[test]
    fn in_broken_quoted_printable_the_mark_stays() {
        for (body, text) in
            [("a=ZZb", "a=ZZb"), ("a=+1", "a=+1"), ("a=4=\r\nb", "a=4b"), ("=\u{e9}", r"=\xc3\xa9")]
        {
            reads("quoted-printable", body, text, Some(Flaw::QuotedPrintable));
        }
    }
}

//! Header fields as a person reads them: encoded words (RFC 2047) in any charset that the decoder knows.

use super::Decoder;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Decodes the value of a header field. What cannot be decoded stays as it is.
pub fn decode(value: &[u8], decoder: Decoder<'_>) -> String {
    let value = String::from_utf8_lossy(value);
    let mut text = String::new();
    let mut rest = value.as_ref();
    let mut after_encoded = false;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        match encoded_word(from, decoder) {
            Some((decoded, length)) => {
                // RFC 2047 section 6.2: blanks between two encoded words are not shown.
                if !(after_encoded && before.trim().is_empty()) {
                    text.push_str(before);
                }
                text.push_str(&decoded);
                rest = &from[length..];
                after_encoded = true;
            }
            None => {
                text.push_str(before);
                text.push_str("=?");
                rest = &from[2..];
                after_encoded = false;
            }
        }
    }
    text.push_str(rest);
    text
}

/// Reads `=?charset?encoding?text?=` and tells how many octets it has.
fn encoded_word(from: &str, decoder: Decoder<'_>) -> Option<(String, usize)> {
    let mut parts = from[2..].splitn(4, '?');
    let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
    if !parts.next()?.starts_with('=') || text.contains(' ') {
        return None;
    }
    let octets = match encoding {
        "B" | "b" => STANDARD.decode(text).ok()?,
        "Q" | "q" => quoted(text.as_bytes())?,
        _ => return None,
    };
    // RFC 2231 section 5: a language may follow the charset.
    let charset = charset.split('*').next()?;
    let length = 2 + charset_and_rest(&from[2..])?;
    Some((decoder(charset, &octets)?, length))
}

/// The octets up to and with the closing `?=` of an encoded word, of which the first `=?` is read.
fn charset_and_rest(after: &str) -> Option<usize> {
    let mut marks = after.match_indices('?').map(|(at, _)| at);
    let third = marks.nth(2)?;
    Some(third + 2)
}

/// The Q encoding: `_` is a blank, `=XX` an octet.
fn quoted(text: &[u8]) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'_' => octets.push(b' '),
            b'=' => {
                let digits = std::str::from_utf8(text.get(at + 1..at + 3)?).ok()?;
                octets.push(u8::from_str_radix(digits, 16).ok()?);
                at += 2;
            }
            octet => octets.push(octet),
        }
        at += 1;
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_8(charset: &str, octets: &[u8]) -> Option<String> {
        charset.eq_ignore_ascii_case("utf-8").then(|| String::from_utf8_lossy(octets).into_owned())
    }

    fn decoded(value: &str) -> String {
        decode(value.as_bytes(), &utf_8)
    }

    #[test]
    fn both_encodings_are_read() {
        assert_eq!(decoded("=?UTF-8?B?44Oi?= x"), "モ x");
        assert_eq!(decoded("a =?utf-8?q?caf=C3=A9_au_lait?="), "a café au lait");
    }

    #[test]
    fn blanks_between_encoded_words_go_and_others_stay() {
        assert_eq!(decoded("=?utf-8?q?a?= =?utf-8?q?b?= c =?utf-8?q?d?="), "ab c d");
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for text in ["=?x-none?B?44Oi?=", "=?utf-8?B?***?=", "=?utf-8?q?a", "=?", "plain", "=?utf-8?q?=ZZ?="]
        {
            assert_eq!(decoded(text), text);
        }
    }
}

//! A value with parameters, as in Content-Type and Content-Disposition (RFC 2045 section 5.1, RFC 2231).

use super::transfer::hexadecimal;
use super::{Decoder, encoded_word};

/// More parameters than this of one field are not read.
const MOST: usize = 100;

/// A value and what follows it after semicolons.
#[derive(Debug, Default)]
pub struct Parameters {
    /// What stands before the first semicolon, in small letters.
    pub value: String,
    named: Vec<(String, Vec<u8>)>,
}

impl Parameters {
    /// Reads the value of a field that is unfolded.
    pub fn read(field: &[u8]) -> Parameters {
        let end = field.iter().position(|octet| matches!(octet, b';' | b'(')).unwrap_or(field.len());
        let value = String::from_utf8_lossy(field[..end].trim_ascii()).to_ascii_lowercase();
        let mut named = Vec::new();
        let mut rest = after_semicolon(&field[end..]);
        while !rest.is_empty() && named.len() < MOST {
            let end = rest.iter().position(|octet| matches!(octet, b'=' | b';')).unwrap_or(rest.len());
            let name = String::from_utf8_lossy(rest[..end].trim_ascii()).to_ascii_lowercase();
            rest = &rest[end..];
            if let [b'=', text @ ..] = rest {
                let (value, length) = one_value(text.trim_ascii_start());
                named.push((name, value));
                rest = &text.trim_ascii_start()[length..];
            }
            rest = after_semicolon(rest);
        }
        Parameters { value, named }
    }

    /// The octets of the parameter called `name`.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.named.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_slice())
    }

    /// The parameter called `name` as text, in any of the forms in which mail programs write it.
    pub fn text(&self, name: &str, decoder: Decoder<'_>) -> Option<String> {
        if let Some(value) = self.get(&format!("{name}*")) {
            return Some(extended(value, decoder));
        }
        // RFC 2231 section 3: a long value in numbered pieces, of which some are written in percents.
        let mut pieces = Vec::new();
        let mut percents = false;
        for number in 0..MOST {
            if let Some(piece) = self.get(&format!("{name}*{number}*")) {
                percents = true;
                pieces.extend_from_slice(piece);
            } else if let Some(piece) = self.get(&format!("{name}*{number}")) {
                pieces.extend_from_slice(piece);
            } else {
                break;
            }
        }
        match self.get(name) {
            _ if percents => Some(extended(&pieces, decoder)),
            _ if !pieces.is_empty() => Some(String::from_utf8_lossy(&pieces).into_owned()),
            // RFC 2047 section 5 forbids encoded words here; they are common all the same.
            value => value.map(|value| encoded_word::decode(value, decoder)),
        }
    }
}

fn after_semicolon(text: &[u8]) -> &[u8] {
    match text.iter().position(|&octet| octet == b';') {
        Some(at) => text[at + 1..].trim_ascii_start(),
        None => &[],
    }
}

/// The value at the beginning of `text`, quoted or not, and how many octets it takes there.
fn one_value(text: &[u8]) -> (Vec<u8>, usize) {
    let [b'"', quoted @ ..] = text else {
        let end = text.iter().position(|octet| matches!(octet, b';' | b' ' | b'\t')).unwrap_or(text.len());
        return (text[..end].to_vec(), end);
    };
    let mut value = Vec::new();
    let mut octets = quoted.iter().enumerate();
    while let Some((at, &octet)) = octets.next() {
        match octet {
            b'"' => return (value, at + 2),
            b'\\' => value.extend(octets.next().map(|(_, &quoted)| quoted)),
            octet => value.push(octet),
        }
    }
    (value, text.len())
}

/// RFC 2231 section 4: `charset'language'text`, with octets as percents.
fn extended(value: &[u8], decoder: Decoder<'_>) -> String {
    let mut parts = value.splitn(3, |&octet| octet == b'\'');
    let (charset, text) = match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(text)) => (charset, text),
        _ => (&b""[..], value),
    };
    let mut octets = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&octet) = text.get(at) {
        let read = (octet == b'%').then(|| text.get(at + 1..at + 3).and_then(hexadecimal)).flatten();
        octets.push(read.unwrap_or(octet));
        at += if read.is_some() { 3 } else { 1 };
    }
    let decoded = std::str::from_utf8(charset).ok().and_then(|charset| decoder(charset, &octets));
    decoded.unwrap_or_else(|| String::from_utf8_lossy(&octets).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Knows one charset, in which all letters are large.
    fn loud(charset: &str, octets: &[u8]) -> Option<String> {
        (charset == "loud").then(|| String::from_utf8_lossy(octets).to_uppercase())
    }

    #[track_caller]
    fn file_name(field: &str, name: Option<&str>) {
        let read = Parameters::read(field.as_bytes()).text("filename", &loud);
        assert_eq!(read.as_deref(), name, "{field}");
    }

    #[test]
    fn value_and_names_are_in_small_letters_and_comments_are_left_out() {
        let read = Parameters::read(b"Text/Plain (a comment); CharSet = US-ascii (Plain text); a=b");
        assert_eq!(read.value, "text/plain");
        assert_eq!(read.get("charset"), Some(&b"US-ascii"[..]));
        assert_eq!(read.get("a"), Some(&b"b"[..]));
    }

    #[test]
    fn a_quoted_value_may_hold_anything() {
        file_name(r#"x; filename="a \"b\"; c=d"; e=f"#, Some(r#"a "b"; c=d"#));
        file_name(r#"x; filename="never closed"#, Some("never closed"));
        file_name(r#"x; filename="\"#, Some(""));
    }

    #[test]
    fn a_file_name_is_read_in_every_form() {
        file_name("x; filename=a.txt", Some("a.txt"));
        file_name("x; filename=plain; filename*=loud'en'caf%41%20%zz%", Some("CAFA %ZZ%"));
        file_name("x; filename*=none''%E3%83%A2", Some("モ"));
        file_name("x; filename*=no-quotes%21", Some("no-quotes!"));
        file_name("x; filename*1*=%21; filename*0*=loud''a; filename*2=b", Some("A!B"));
        file_name("x; filename*0=\"a \"; filename*1=b", Some("a b"));
        file_name("x; filename=\"=?loud?Q?a=21?=\"", Some("A!"));
        file_name("x; name=a", None);
    }

    #[test]
    fn nonsense_has_no_parameters() {
        for field in ["", ";", ";;;=;", "x; filename", "x; =a", "\0\u{ff}"] {
            file_name(field, None);
        }
    }
}

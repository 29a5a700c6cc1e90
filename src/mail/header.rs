//! Reading one header field of a message, unfolded but not decoded: encoded words (RFC 2047) are for
//! whoever shows them, since only the page knows every charset.

/// The value of the first field called `name` (any case), unfolded, without the blanks around it.
/// Octets that are not ASCII are kept as they are. The lines of `message` end in CRLF.
pub fn field(message: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut found: Option<Vec<u8>> = None;
    for line in message.split_inclusive(|&octet| octet == b'\n') {
        let line = line.strip_suffix(b"\r\n").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        match &mut found {
            // RFC 5322 section 2.2.3: a line that starts with a blank goes on with the field above.
            Some(value) if line.first().is_some_and(|octet| matches!(octet, b' ' | b'\t')) => {
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            }
            Some(_) => break,
            None => {
                let Some(colon) = line.iter().position(|&octet| octet == b':') else { continue };
                if line[..colon].eq_ignore_ascii_case(name.as_bytes()) {
                    found = Some(line[colon + 1..].trim_ascii().to_vec());
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_folded_field_is_one_value() {
        let message = b"To: x\r\nsubject:  a\r\n\tb\r\nDate: y\r\n\r\nSubject: no\r\n";
        assert_eq!(field(message, "Subject").unwrap(), b"a b");
    }

    #[test]
    fn the_body_has_no_fields() {
        assert_eq!(field(b"To: x\r\n\r\nSubject: no\r\n", "Subject"), None);
    }
}

//! Octets as text and back: what can be read stays as it is.

use std::fmt::Write;

/// Octets as a text without line ends.
pub(super) fn escaped(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '\r' => text.push_str("\\r"),
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                letter if letter.is_control() => {
                    letter.encode_utf8(&mut [0; 4]).bytes().for_each(|octet| push(&mut text, octet));
                }
                letter => text.push(letter),
            }
        }
        chunk.invalid().iter().for_each(|octet| push(&mut text, *octet));
    }
    // Editors and mail programs like to take a blank at the end of a line away.
    if text.ends_with(' ') {
        text.pop();
        push(&mut text, b' ');
    }
    text
}

fn push(text: &mut String, octet: u8) {
    // Writing to a String never fails.
    _ = write!(text, "\\x{octet:02x}");
}

/// The octets that a text stands for; none if it has a backslash before what means nothing.
pub(super) fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'\\' => match rest.next()? {
                b'\\' => b'\\',
                b'r' => b'\r',
                b'n' => b'\n',
                b't' => b'\t',
                b'x' => digit(rest.next())? << 4 | digit(rest.next())?,
                _ => return None,
            },
            octet => octet,
        });
    }
    Some(octets)
}

fn digit(octet: Option<u8>) -> Option<u8> {
    char::from(octet?).to_digit(16).map(|digit| digit as u8)
}

/// Octets in hexadecimal.
pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        _ = write!(text, "{octet:02x}");
        text
    })
}

/// Exactly 32 octets in hexadecimal.
pub(super) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut octets = [0; 32];
    let mut digits = text.bytes();
    for octet in &mut octets {
        *octet = digit(digits.next())? << 4 | digit(digits.next())?;
    }
    digits.next().is_none().then_some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        assert_eq!(escaped("PASS 不思議の国 ".as_bytes()), "PASS 不思議の国\\x20");
        assert_eq!(escaped(b"a\\b\0\x1b[1m\xff\xc3\r\n"), "a\\\\b\\x00\\x1b[1m\\xff\\xc3\\r\\n");
    }

    #[test]
    fn all_octets_come_back() {
        let all: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        assert_eq!(unescaped(&escaped(&all)), Some(all));
        for bad in ["\\", "\\q", "\\x", "\\x0", "\\xg0"] {
            assert_eq!(unescaped(bad), None, "{bad}");
        }
    }

    #[test]
    fn thirty_two_octets_are_sixty_four_digits() {
        let octets: [u8; 32] = std::array::from_fn(|at| at as u8 * 7);
        assert_eq!(unhex(&hex(&octets)), Some(octets));
        assert_eq!(unhex(&hex(&[1; 31])), None);
        assert_eq!(unhex(&hex(&[1; 33])), None);
    }
}

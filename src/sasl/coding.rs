//! Messages as POP3 carries them: in base64 (RFC 4648 section 4), nothing else on the line (RFC 5034 section 4).

use super::Flaw;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A message in base64.
pub fn encode(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Reads a line in base64: no blank, no octet from elsewhere, padding where it belongs, no spare bit set. An
/// empty line is an empty message.
pub fn decode(line: &[u8]) -> Result<Vec<u8>, Flaw> {
    STANDARD.decode(line).map_err(|_| Flaw::NotBase64)
}

/// Reads an initial response, in which `=` stands for an empty message (RFC 5034 section 4).
pub fn decode_initial(word: &str) -> Result<Vec<u8>, Flaw> {
    if word == "=" { Ok(Vec::new()) } else { decode(word.as_bytes()) }
}

/// What stands behind AUTH and the mechanism's name for this initial response.
pub fn encode_initial(octets: &[u8]) -> String {
    if octets.is_empty() { "=".into() } else { encode(octets) }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn only_base64_as_it_is_written_is_read() {
        assert_eq!(decode(b"AGFsaWNl"), Ok(b"\0alice".to_vec()));
        assert_eq!(decode(b""), Ok(vec![]));
        for line in
            ["!!!!", "AAA", "=AAA", "AAA=BBB", "dGVz dA==", "AA=A", "AAAA====", "d-V_", "=", "dGVzdB=="]
        {
            assert_eq!(decode(line.as_bytes()), Err(Flaw::NotBase64), "{line}");
        }
    }

    #[test]
    fn an_empty_initial_response_is_an_equals_sign() {
        assert_eq!(decode_initial("="), Ok(vec![]));
        assert_eq!(decode_initial(&encode_initial(b"")), Ok(vec![]));
        assert_eq!(decode_initial("*"), Err(Flaw::NotBase64));
        assert_eq!(decode_initial(&encode_initial(b"x")), Ok(b"x".to_vec()));
    }
}

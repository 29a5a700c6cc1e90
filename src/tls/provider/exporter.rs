//! Octets exported from a connection (RFC 8446 section 7.5) for binding to it (RFC 9266). rustls can do that, but
//! not for connections that are driven without its buffers, as ours are.

use super::SUITES;
use crate::tls::version::Cipher;
use rustls::crypto::tls13::OkmBlock;

/// What RFC 9266 section 2 names them by.
const LABEL: &[u8] = b"EXPORTER-Channel-Binding";

/// The octets that this exporter secret of TLS 1.3 gives; the context is empty.
pub fn export(cipher: Cipher, secret: &[u8]) -> Option<[u8; 32]> {
    let (_, suite, _) = SUITES.iter().find(|(of, ..)| *of == cipher)?;
    let hash = suite.common.hash_provider;
    let nothing = hash.hash(b"");
    let expand = |secret: &[u8], label: &[u8], octets: &mut [u8]| {
        let length = (octets.len() as u16).to_be_bytes();
        let name = [b"tls13 ", label].concat();
        let sizes = [name.len() as u8, nothing.as_ref().len() as u8];
        let info: [&[u8]; 5] = [&length, &sizes[..1], &name, &sizes[1..], nothing.as_ref()];
        suite.hkdf_provider.expander_for_okm(&OkmBlock::new(secret)).expand_slice(&info, octets).ok()
    };
    let mut derived = vec![0; hash.output_len()];
    expand(secret, LABEL, &mut derived)?;
    let mut exported = [0; 32];
    expand(&derived, b"exporter", &mut exported)?;
    Some(exported)
}

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

// rustls' own exporter needs its `std`, which comes with `serve`.
#[cfg(all(test, feature = "serve"))]
mod tests {
    use crate::tls::scope::Scope;
    use crate::tls::{Chance, Cipher, ClientTls, Endpoint, Output, ServerTls, Versions};
    use rustls::ClientConnection;
    use std::sync::Arc;

    /// What rustls itself exports at a client with buffers, and what our server says.
    fn exported(cipher: Cipher) -> ([u8; 32], Option<[u8; 32]>) {
        let chain = vec![include_bytes!("../../../tests/tls/server.der").to_vec()];
        let key = include_bytes!("../../../tests/tls/server.key").to_vec();
        let mut server = Endpoint::server(&ServerTls::new(chain, key), Chance::seeded(7, 1)).unwrap();
        let policy = ClientTls {
            versions: Versions::Only13,
            ciphers: vec![cipher],
            verify: false,
            ..ClientTls::default()
        };
        let mut scope = Scope::new(Chance::seeded(7, 0), 0);
        let config = Arc::new(policy.config().unwrap());
        let name = "pop3lab.example".try_into().unwrap();
        let mut client = scope.during(|| ClientConnection::new(config, name)).unwrap();
        let mut ours = None;
        for _ in 0..4 {
            let mut octets = Vec::new();
            while scope.during(|| client.write_tls(&mut octets)).unwrap() > 0 {}
            server.receive(0, &octets);
            while let Some(output) = server.poll() {
                match output {
                    Output::Transmit(record) => {
                        scope.during(|| client.read_tls(&mut record.octets.as_slice())).unwrap();
                        scope.during(|| client.process_new_packets()).unwrap();
                    }
                    Output::Established(agreed) => ours = agreed.exporter,
                    _ => {}
                }
            }
        }
        let theirs = scope.during(|| client.export_keying_material([0; 32], super::LABEL, Some(b"")));
        (theirs.unwrap(), ours)
    }

    #[test]
    fn what_is_exported_is_what_rustls_exports() {
        for cipher in Cipher::ALL {
            let (theirs, ours) = exported(cipher);
            assert_eq!(ours, Some(theirs), "{cipher:?}");
        }
    }
}

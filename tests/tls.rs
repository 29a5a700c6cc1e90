//! Two ends of TLS speak to each other, and nothing else is there.

#[path = "tls/client.rs"]
mod client;
#[path = "tls/failures.rs"]
mod failures;
#[path = "tls/key_log.rs"]
mod key_log;
#[path = "tls/machine.rs"]
mod machine;
#[path = "tls/pair.rs"]
mod pair;
#[path = "tls/same.rs"]
mod same;

use pair::*;
use pop3lab::tls::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_cipher_and_group_works_in_both_versions() {
    for (versions, version) in [(Versions::Only12, Version::Tls12), (Versions::Only13, Version::Tls13)] {
        for cipher in Cipher::ALL {
            for group in Group::ALL {
                let mut exporters = Vec::new();
                let client = ClientTls { versions, ciphers: vec![cipher], groups: vec![group], ..trusting() };
                let mut pair = Pair::with(&client, &serving(), 7).drive();
                let story = format!("{version}, {cipher:?}, {group}: {:?}", pair.failure(End::Client));
                for end in [End::Client, End::Server] {
                    let agreed = pair.of_end(end).find_map(|output| match output {
                        Output::Established(agreed) => Some(agreed.clone()),
                        _ => None,
                    });
                    let client = end == End::Client;
                    let exporter = agreed.as_ref().and_then(|agreed| agreed.exporter);
                    exporters.push(exporter);
                    let expected = Agreed {
                        version,
                        cipher,
                        group,
                        scheme: 0x0403,
                        name: Some(HOST.into()),
                        chain: if client { vec![SERVER.to_vec()] } else { vec![] },
                        trust: client.then_some(Trust::Verified),
                        exporter,
                    };
                    assert_eq!(agreed, Some(expected), "{story}, at the {end:?}");
                }
                assert_eq!(exporters[0], exporters[1], "{story}");
                assert_eq!(exporters[0].is_some(), version == Version::Tls13, "{story}");
                pair.says(End::Server, b"+OK ready\r\n");
                pair.says(End::Client, &[b'x'; 40_000]);
                let pair = pair.drive();
                assert_eq!(pair.heard(End::Client), b"+OK ready\r\n", "{story}");
                assert_eq!(pair.heard(End::Server), [b'x'; 40_000], "{story}");
                assert_eq!(pair.disagreed, [""; 0], "{story}");
            }
        }
    }
}

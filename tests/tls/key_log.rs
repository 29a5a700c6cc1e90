//! The key log is enough to read along.

use crate::pair::*;
use aes_gcm::aead::{AeadInOut, KeyInit};
use pop3lab::tls::*;
use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn hmac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut padded = key.to_vec();
    padded.resize(64, 0);
    let under = |pad: u8, data: &[u8]| {
        let key: Vec<u8> = padded.iter().map(|octet| octet ^ pad).collect();
        Sha256::digest([&key[..], data].concat())
    };
    under(0x5c, &under(0x36, data)).to_vec()
}

/// HKDF-Expand-Label of RFC 8446 section 7.1, for no more octets than the hash has.
fn expand(secret: &[u8], label: &str, length: u8) -> Vec<u8> {
    let label = format!("tls13 {label}");
    let info = [&[0, length, label.len() as u8], label.as_bytes(), &[0, 1]].concat();
    hmac(secret, &info)[..length.into()].to_vec()
}

fn lines(pair: &Pair, end: End) -> Vec<String> {
    let lines = pair.of_end(end).filter_map(|output| match output {
        Output::Key(line) => Some(line.clone()),
        _ => None,
    });
    lines.collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn a_record_can_be_read_with_it() {
    let mut pair = Pair::established();
    pair.says(End::Server, b"+OK ready\r\n");
    let record = pair.transmitted(End::Server).last().unwrap().octets.clone();
    let lines = lines(&pair, End::Client);
    let line = lines.iter().find(|line| line.starts_with("SERVER_TRAFFIC_SECRET_0 ")).unwrap();
    let [_, random, secret] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    assert_eq!(unhex(random), pair.transmitted(End::Client)[0].octets[11..43]);

    let secret = unhex(secret);
    let cipher = aes_gcm::Aes128Gcm::new_from_slice(&expand(&secret, "key", 16)).unwrap();
    // The first record with these keys, so that the nonce is the vector as it is.
    let nonce: [u8; 12] = expand(&secret, "iv", 12).try_into().unwrap();
    let mut content = record[5..record.len() - 16].to_vec();
    let tag: [u8; 16] = record[record.len() - 16..].try_into().unwrap();
    let octets = content.as_mut_slice().into();
    cipher.decrypt_inout_detached(&nonce.into(), &record[..5], octets, &tag.into()).unwrap();
    assert_eq!(content, b"+OK ready\r\n\x17");
}

#[test]
fn only_the_client_says_it_and_every_secret_once() {
    let labels = |versions| {
        let pair = Pair::with(&ClientTls { versions, ..trusting() }, &serving(), 1).drive();
        assert_eq!(lines(&pair, End::Server), [""; 0]);
        let lines = lines(&pair, End::Client);
        let mut labels: Vec<_> =
            lines.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        labels.sort();
        labels
    };
    assert_eq!(labels(Versions::Only12), ["CLIENT_RANDOM"]);
    assert_eq!(
        labels(Versions::Only13),
        [
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "CLIENT_TRAFFIC_SECRET_0",
            "EXPORTER_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_TRAFFIC_SECRET_0"
        ]
    );
}

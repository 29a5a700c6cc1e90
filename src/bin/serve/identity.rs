//! Who the server is inside TLS: a certificate and a key from files, or made at the start by an authority
//! that lives as long as the program.

use crate::chance;
use crate::wire::date;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::pkcs8::DecodePrivateKey;
use pop3lab::pki;
use pop3lab::tls::ServerTls;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use std::fs;

/// The server's certificate, and who issued it.
pub struct Identity {
    /// What the ends of connections are set to.
    pub tls: ServerTls,
    /// The authority, if it was made here, in DER.
    pub authority: Option<Vec<u8>>,
}

impl Identity {
    /// A new authority, and a certificate of it for `host`.
    pub fn made(host: &str) -> Identity {
        let now = i64::try_from(date()).unwrap_or(i64::MAX);
        let made = pki::issue_from(&chance::octets::<32>(), host, now);
        let authority = made.roots.into_iter().next();
        Identity { tls: ServerTls::new(made.chain, made.key.to_vec()), authority }
    }

    /// The certificates and the key in these files, in PEM.
    pub fn read(certificate: &str, key: &str) -> Result<Identity, String> {
        let chain = certificates(certificate)?;
        let text = fs::read(key).map_err(|error| format!("cannot read {key}: {error}."))?;
        let found = PrivateKeyDer::from_pem_slice(&text)
            .map_err(|_| format!("{key} holds no private key in PEM, or one that a passphrase guards."))?;
        let secret = secret(&found).ok_or_else(|| {
            format!(
                "the key in {key} is {}; serve signs with ECDSA on the curve P-256 only. Make one by \
                 `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`, with a certificate for it.",
                kind(&found)
            )
        })?;
        let point = secret.public_key().to_sec1_point(false);
        if !chain[0].windows(point.len()).any(|octets| octets == point.as_bytes()) {
            return Err(format!(
                "the key in {key} does not belong to the first certificate in {certificate}."
            ));
        }
        let tls = ServerTls::new(chain, secret.to_bytes().to_vec());
        Ok(Identity { tls, authority: None })
    }

    /// What people compare before they trust the authority: its name, and SHA-256 of its certificate.
    pub fn fingerprint(&self) -> Option<String> {
        let der = self.authority.as_deref()?;
        let hash: Vec<String> = Sha256::digest(der).iter().map(|octet| format!("{octet:02X}")).collect();
        Some(format!("{}, SHA-256 {}", pki::holder(der)?, hash.join(":")))
    }

    /// The authority in PEM, for programs that are to trust it.
    pub fn authority_pem(&self) -> Option<String> {
        self.authority.as_deref().map(|der| pem("CERTIFICATE", der))
    }
}

/// The certificates in a PEM file, in DER; at least one.
pub fn certificates(path: &str) -> Result<Vec<Vec<u8>>, String> {
    let found = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| format!("cannot read certificates from {path}: {error}."))?;
    match found.is_empty() {
        true => Err(format!("{path} holds no certificate in PEM; a server's own must stand first.")),
        false => Ok(found.iter().map(|der| der.to_vec()).collect()),
    }
}

/// Text armour (RFC 7468).
fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The key, if it is on the curve P-256.
fn secret(key: &PrivateKeyDer<'_>) -> Option<SecretKey> {
    match key {
        PrivateKeyDer::Pkcs8(document) => SecretKey::from_pkcs8_der(document.secret_pkcs8_der()).ok(),
        PrivateKeyDer::Sec1(document) => SecretKey::from_sec1_der(document.secret_sec1_der()).ok(),
        _ => None,
    }
}

/// What an unusable key is, as people call it.
fn kind(key: &PrivateKeyDer<'_>) -> &'static str {
    // Object identifiers stand in a PKCS #8 document as they are (RFC 5958, RFC 8017, RFC 8410, RFC 5480).
    const KINDS: [(&[u8], &str); 6] = [
        (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01], "an RSA key"),
        (&[0x2b, 0x65, 0x70], "an Ed25519 key"),
        (&[0x2b, 0x65, 0x71], "an Ed448 key"),
        (&[0x2b, 0x81, 0x04, 0x00, 0x22], "a key on the curve P-384"),
        (&[0x2b, 0x81, 0x04, 0x00, 0x23], "a key on the curve P-521"),
        (&[0x2b, 0x81, 0x04, 0x00, 0x0a], "a key on the curve secp256k1"),
    ];
    if matches!(key, PrivateKeyDer::Pkcs1(_)) {
        return "an RSA key";
    }
    let der = key.secret_der();
    let named = KINDS.iter().find(|(object, _)| der.windows(object.len()).any(|window| window == *object));
    named.map_or("of a kind that is not known here", |(_, kind)| kind)
}

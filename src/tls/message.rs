//! Which messages of the handshake go through the records. It reads their types and where they end, and
//! of a ServerHello which one it is; all else is none of its business.

use super::version::Version;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A message of the handshake (RFC 8446 section 4, RFC 5246 section 7.4).
#[allow(missing_docs)] // The names are those of the RFCs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Message {
    HelloRequest,
    ClientHello,
    ServerHello,
    /// A ServerHello that only asks for another ClientHello (RFC 8446 section 4.1.4).
    HelloRetryRequest,
    NewSessionTicket,
    EndOfEarlyData,
    EncryptedExtensions,
    Certificate,
    ServerKeyExchange,
    CertificateRequest,
    ServerHelloDone,
    CertificateVerify,
    ClientKeyExchange,
    Finished,
    CertificateStatus,
    KeyUpdate,
    /// Not a message but a record of its own; in TLS 1.2 it is a step of the handshake all the same.
    ChangeCipherSpec,
    /// Any other type.
    Other(u8),
    /// A Certificate with none in it: a client was asked for one and has none (RFC 8446 section 4.4.2.4).
    EmptyCertificate,
}

/// Each message with its type and its name.
const TYPES: &[(u8, Message, &str)] = &[
    (0, Message::HelloRequest, "HelloRequest"),
    (1, Message::ClientHello, "ClientHello"),
    (2, Message::ServerHello, "ServerHello"),
    (4, Message::NewSessionTicket, "NewSessionTicket"),
    (5, Message::EndOfEarlyData, "EndOfEarlyData"),
    (8, Message::EncryptedExtensions, "EncryptedExtensions"),
    (11, Message::Certificate, "Certificate"),
    (12, Message::ServerKeyExchange, "ServerKeyExchange"),
    (13, Message::CertificateRequest, "CertificateRequest"),
    (14, Message::ServerHelloDone, "ServerHelloDone"),
    (15, Message::CertificateVerify, "CertificateVerify"),
    (16, Message::ClientKeyExchange, "ClientKeyExchange"),
    (20, Message::Finished, "Finished"),
    (22, Message::CertificateStatus, "CertificateStatus"),
    (24, Message::KeyUpdate, "KeyUpdate"),
];

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Message::HelloRetryRequest => f.write_str("HelloRetryRequest"),
            Message::ChangeCipherSpec => f.write_str("ChangeCipherSpec"),
            Message::EmptyCertificate => f.write_str("Certificate (empty)"),
            Message::Other(number) => write!(f, "message of type {number}"),
            known => f.write_str(TYPES.iter().find(|(_, it, _)| it == known).map_or("", |(.., name)| name)),
        }
    }
}

/// Puts together the messages of one direction: several may share a record, and one may span several.
#[derive(Default)]
pub struct Messages {
    waiting: Vec<u8>,
}

impl Messages {
    /// The messages that `content` completes, and the version that each ServerHello among them chooses.
    pub fn receive(&mut self, content: &[u8]) -> Vec<(Message, Option<Version>)> {
        self.waiting.extend_from_slice(content);
        let mut found = Vec::new();
        while let [kind, a, b, c, ref rest @ ..] = self.waiting[..] {
            let length = u32::from_be_bytes([0, a, b, c]) as usize;
            let Some(body) = rest.get(..length) else { break };
            found.push(named(kind, body));
            self.waiting.drain(..4 + length);
        }
        found
    }
}

fn named(kind: u8, body: &[u8]) -> (Message, Option<Version>) {
    let message = TYPES.iter().find(|(number, ..)| *number == kind);
    match message.map_or(Message::Other(kind), |(_, message, _)| *message) {
        // The two octets before it are the version of old.
        Message::ServerHello if body.get(2..34) == Some(&RETRY) => (Message::HelloRetryRequest, None),
        Message::ServerHello => (Message::ServerHello, Some(chosen(body))),
        // The length of the list, and in TLS 1.3 before it that of the context.
        Message::Certificate if matches!(body, [0, 0, 0] | [0, 0, 0, 0]) => (Message::EmptyCertificate, None),
        other => (other, None),
    }
}

/// The random octets that make a ServerHello a HelloRetryRequest: SHA-256 of these words (RFC 8446
/// section 4.1.3).
const RETRY: [u8; 32] = [
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2,
    0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
];

/// TLS 1.3 if a ServerHello has the extension supported_versions, which only it answers with.
fn chosen(body: &[u8]) -> Version {
    const SUPPORTED_VERSIONS: [u8; 2] = [0, 43];
    let mut extensions = extensions(body).unwrap_or_default();
    while let [a, b, high, low, rest @ ..] = extensions {
        if [*a, *b] == SUPPORTED_VERSIONS {
            return Version::Tls13;
        }
        extensions = rest.get(usize::from(u16::from_be_bytes([*high, *low]))..).unwrap_or_default();
    }
    Version::Tls12
}

/// What stands behind version, random octets, session, suite and compression.
fn extensions(body: &[u8]) -> Option<&[u8]> {
    let session = usize::from(*body.get(34)?);
    body.get(35 + session + 2 + 1 + 2..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn any_split_gives_the_same_messages() {
        let stream = [11, 0, 0, 2, 9, 9, 14, 0, 0, 0, 99, 0, 0, 1, 7, 20, 0, 0];
        for step in 1..=stream.len() {
            let mut messages = Messages::default();
            let found: Vec<_> = stream.chunks(step).flat_map(|piece| messages.receive(piece)).collect();
            let names: Vec<_> = found.iter().map(|(message, _)| message.to_string()).collect();
            assert_eq!(names, ["Certificate", "ServerHelloDone", "message of type 99"]);
        }
    }

    #[test]
    fn a_retry_is_told_by_its_random_octets() {
        assert_eq!(Sha256::digest("HelloRetryRequest")[..], RETRY);
        let hello = [&[3, 3][..], &RETRY, &[0, 0x13, 1, 0, 0, 0]].concat();
        assert_eq!(named(2, &hello).0, Message::HelloRetryRequest);
    }

    #[test]
    fn a_server_hello_cut_short_is_read_as_far_as_it_goes() {
        let whole =
            [&[3, 3][..], &[7; 32], &[1, 5, 0x13, 1, 0, 0, 10, 0, 9, 0, 0, 0, 43, 0, 2, 3, 4]].concat();
        assert_eq!(named(2, &whole).1, Some(Version::Tls13));
        for length in 0..46 {
            assert_eq!(named(2, &whole[..length]).1, Some(Version::Tls12));
        }
    }
}

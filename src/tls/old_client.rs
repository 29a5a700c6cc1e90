//! A client of old: it can say a ClientHello of TLS 1.0 or 1.1, and hear that nobody speaks that any more.
//!
//! The hello is a real one (RFC 2246 and RFC 4346 section 7.4.1.2, with the extensions of RFC 6066 and RFC
//! 8422). What such a client would do if it were welcome is not here: both versions are forbidden (RFC 8996).

use super::chance::Chance;
use super::engine::{Saying, Step};
use super::failure::Failure;
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, Error, InvalidMessage};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt;

/// The newest version that an old client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OldVersion {
    /// 1999, RFC 2246.
    Tls10,
    /// 2006, RFC 4346.
    Tls11,
}

impl OldVersion {
    /// As it stands in records and hellos.
    fn wire(self) -> [u8; 2] {
        match self {
            OldVersion::Tls10 => [3, 1],
            OldVersion::Tls11 => [3, 2],
        }
    }
}

impl fmt::Display for OldVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OldVersion::Tls10 => "TLS 1.0",
            OldVersion::Tls11 => "TLS 1.1",
        })
    }
}

/// What was usual: AES and 3DES in CBC mode with SHA-1, elliptic curves first.
const SUITES: &[u16] = &[
    0xC009, // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    0xC00A, // TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
    0xC013, // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    0xC014, // TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
    0x0033, // TLS_DHE_RSA_WITH_AES_128_CBC_SHA
    0x002F, // TLS_RSA_WITH_AES_128_CBC_SHA
    0x0035, // TLS_RSA_WITH_AES_256_CBC_SHA
    0x000A, // TLS_RSA_WITH_3DES_EDE_CBC_SHA
];

/// secp256r1, secp384r1, secp521r1.
const GROUPS: &[u16] = &[23, 24, 25];

pub(super) struct OldClient {
    version: OldVersion,
    /// A record that is to be sent.
    outgoing: Option<Vec<u8>>,
}

impl OldClient {
    /// A client whose hello is ready.
    pub fn new(version: OldVersion, name: &str, chance: &mut Chance) -> Result<OldClient, Failure> {
        let host = ServerName::try_from(name).map_err(|_| Failure::BadName)?;
        let mut random = [0; 32];
        chance.fill(&mut random).map_err(|_| Failure::NoRandomness)?;
        let hello = hello(version, &host, &random);
        Ok(OldClient { version, outgoing: Some(record(22, version, &hello)) })
    }

    fn alert(&mut self, level: u8, description: AlertDescription) {
        self.outgoing = Some(record(21, self.version, &[level, description.into()]));
    }

    /// Sends what is to be sent, or looks at the record that has arrived.
    pub fn step(&mut self, incoming: &mut Vec<u8>, sayings: &mut VecDeque<Saying>) -> Step {
        // It never gets to where it could say anything of the program.
        if sayings.drain(..).any(|saying| matches!(saying, Saying::Close)) {
            self.alert(1, AlertDescription::CloseNotify);
        }
        if let Some(record) = self.outgoing.take() {
            return Step::Transmit(record);
        }
        let error = match std::mem::take(incoming)[..] {
            [] => return Step::Blocked,
            [21, 3, _, _, _, _, 0] => return Step::Ended,
            [21, 3, _, _, _, _, description] => {
                return Step::Failed(Error::AlertReceived(description.into()));
            }
            // The server answers: there is one more who speaks it.
            [22, 3, ..] => Error::HandshakeNotComplete,
            _ => InvalidMessage::InvalidContentType.into(),
        };
        self.alert(2, AlertDescription::HandshakeFailure);
        Step::Failed(error)
    }
}

fn record(kind: u8, version: OldVersion, content: &[u8]) -> Vec<u8> {
    let mut record = vec![kind];
    record.extend(version.wire());
    record.extend(counted(content));
    record
}

/// A ClientHello with its header.
fn hello(version: OldVersion, host: &ServerName<'_>, random: &[u8; 32]) -> Vec<u8> {
    let mut hello = version.wire().to_vec();
    hello.extend(random);
    // No session to go on with, then the suites, then no compression.
    hello.push(0);
    hello.extend(numbers(SUITES));
    hello.extend([1, 0]);
    let mut extensions = Vec::new();
    let mut extension = |kind: u16, content: &[u8]| {
        extensions.extend(kind.to_be_bytes());
        extensions.extend(counted(content));
    };
    if let ServerName::DnsName(name) = host {
        // A list of one name, whose type is host_name.
        let name = [&[0][..], &counted(name.as_ref().as_bytes())].concat();
        extension(0, &counted(&name));
    }
    extension(10, &numbers(GROUPS));
    // Points are not compressed.
    extension(11, &[1, 0]);
    hello.extend(counted(&extensions));
    let [_, length @ ..] = (hello.len() as u32).to_be_bytes();
    [&[1][..], &length, &hello].concat()
}

/// Octets after their length in two octets.
fn counted(octets: &[u8]) -> Vec<u8> {
    [&(octets.len() as u16).to_be_bytes()[..], octets].concat()
}

/// Numbers of two octets after their length.
fn numbers(numbers: &[u16]) -> Vec<u8> {
    counted(&numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<_>>())
}

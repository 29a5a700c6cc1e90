//! What TLS says before it falls silent: hellos, TLS 1.2's certificates, alerts.

use super::fact::{Fact, Named};
use super::lines::shorten;
use super::records::Found;
use crate::dissect::certificate;
use crate::dissect::tls::{Message, TLS13, alert, messages};

/// Most names that are kept of a certificate, and most certificates of a chain.
const MOST_NAMES: usize = 32;

/// How far the two ends are.
#[derive(Clone, Debug, Default)]
pub struct Handshake {
    began: bool,
    /// The version that was agreed on.
    version: Option<u16>,
}

impl Handshake {
    /// Reads what is found in one direction. True if that end changes to its keys by it.
    pub fn found(&mut self, from_client: bool, found: Found, facts: &mut Vec<Fact>) -> bool {
        match found {
            // TLS 1.3 sends one that means nothing (RFC 8446 appendix D.4).
            Found::ChangeCipherSpec => return self.version.is_some_and(|version| version < TLS13),
            Found::Sealed(kind, octets) => facts.push(Fact::Sealed { from_client, kind, octets }),
            Found::Alert(content) => facts.extend(alert(&content).map(|alert| Fact::TlsAlert {
                from_client,
                level: alert.level,
                description: alert.description,
            })),
            Found::Message(octets) => self.message(from_client, &octets, facts),
        }
        false
    }

    fn message(&mut self, from_client: bool, octets: &[u8], facts: &mut Vec<Fact>) {
        match messages(self.version.unwrap_or(0), octets).pop() {
            Some(Message::ClientHello(hello)) if !self.began => {
                self.began = true;
                let sni = hello.server_name.map(|mut name| {
                    shorten(&mut name);
                    name
                });
                // Who speaks nothing newer than TLS 1.2 says so where versions stood before.
                let versions =
                    if hello.versions.is_empty() { vec![hello.legacy_version] } else { hello.versions };
                facts.push(Fact::TlsBegan { sni, versions, suites: hello.suites.len() as u32 });
            }
            // One that asks the client to try again agrees on nothing yet.
            Some(Message::ServerHello(hello)) if !hello.retry && self.version.is_none() => {
                let (version, suite, group) = (hello.version, hello.suite, hello.group);
                self.version = Some(version);
                facts.push(Fact::TlsAgreed { version, suite, group });
            }
            Some(Message::ServerKeyExchange { group, .. }) => facts.push(Fact::TlsGroup(group)),
            Some(Message::Certificate { chain }) => {
                let chain = chain.into_iter().take(MOST_NAMES);
                let chain = chain.filter_map(|span| named(octets.get(span)?)).collect();
                facts.push(Fact::Certificate { from_client, chain });
            }
            _ => {}
        }
    }
}

fn named(octets: &[u8]) -> Option<Named> {
    let mut certificate = certificate(octets)?;
    certificate.dns_names.truncate(MOST_NAMES);
    certificate.mailboxes.truncate(MOST_NAMES);
    let texts = certificate.dns_names.iter_mut().chain(&mut certificate.mailboxes);
    texts.chain([&mut certificate.subject, &mut certificate.issuer]).for_each(shorten);
    Some(Named {
        subject: certificate.subject,
        issuer: certificate.issuer,
        dns_names: certificate.dns_names,
        mailboxes: certificate.mailboxes,
        not_before: certificate.not_before,
        not_after: certificate.not_after,
    })
}

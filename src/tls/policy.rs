//! What each end is set to, as plain data, and what the two agreed on.

use super::failure::Failure;
use super::provider::{self, Scoped};
use super::scope;
use super::verifier::{Clients, Verifier};
use super::version::{Cipher, Group, Version, Versions};
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::pki_types::CertificateDer;
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, DistinguishedName, KeyLog, RootCertStore, ServerConfig, SignatureScheme,
    SupportedProtocolVersion,
};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};
use std::sync::Arc;

/// What a client offers and what it trusts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientTls {
    /// The versions that it offers.
    pub versions: Versions,
    /// The ciphers that it offers, the preferred first.
    pub ciphers: Vec<Cipher>,
    /// The groups that it offers, the preferred first: for that one it sends a key at once.
    pub groups: Vec<Group>,
    /// Certificates of the authorities that it trusts, in DER.
    pub roots: Vec<Vec<u8>>,
    /// Whether it looks at the server's chain and name at all.
    pub verify: bool,
    /// SHA-256 of servers' certificates that a person has accepted as they are.
    pub exceptions: Vec<[u8; 32]>,
    /// The certificate that it shows to a server that asks for one, and those that lead to an authority, in
    /// DER, however broken; empty if it has none.
    pub chain: Vec<Vec<u8>>,
    /// The key of that certificate, as [`ServerTls::key`] has it.
    pub key: Vec<u8>,
}

/// A [`ServerTls`] whose keys and certificates have been read.
#[derive(Clone, Debug)]
pub struct ReadyServer(pub(super) Arc<ServerConfig>);

/// What a server accepts, and who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTls {
    /// The versions that it accepts.
    pub versions: Versions,
    /// The ciphers that it accepts, the preferred first; the client's order counts.
    pub ciphers: Vec<Cipher>,
    /// The groups that it accepts, the preferred first.
    pub groups: Vec<Group>,
    /// Its certificate and those that lead to an authority, in DER. Shown as they are, however broken.
    pub chain: Vec<Vec<u8>>,
    /// The key of its certificate, on P-256: a PKCS #8 document in DER, or the 32 octets of the secret number.
    pub key: Vec<u8>,
    /// Certificates, in DER, of the authorities whose word it takes for who a client is. Without any it asks no
    /// client for a certificate (RFC 8314 section 4.2). A client may show none; one that does not verify
    /// ends the handshake.
    pub client_roots: Vec<Vec<u8>>,
}

/// What both ends agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The version.
    pub version: Version,
    /// The cipher; [`Cipher::suite`] names the suite.
    pub cipher: Cipher,
    /// The group in which the keys were exchanged.
    pub group: Group,
    /// The scheme of the latest signature, the server's or the client's, by its number in RFC 8446 section 4.2.3.
    pub scheme: u16,
    /// The host name that the client asked for; a server sees none if it was an address.
    pub name: Option<String>,
    /// What the other end showed, in DER, its own certificate first; empty at a server that was shown none.
    pub chain: Vec<Vec<u8>>,
    /// Why this end goes on with it; `None` if there is nothing. A server has verified what it was shown.
    pub trust: Option<Trust>,
    /// What programs at the two ends can bind themselves to (RFC 9266): octets that only these two can know.
    /// None in TLS 1.2, where it would need a look at an extension (RFC 9266 section 4.2).
    pub exporter: Option<[u8; 32]>,
}

/// Why the other end is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trust {
    /// An authority vouches for it.
    Verified,
    /// A person has accepted this very certificate.
    Exception,
    /// Nobody looked.
    Unchecked,
}

impl Default for ClientTls {
    /// Everything that can be spoken here is offered, nobody is trusted.
    fn default() -> ClientTls {
        ClientTls {
            versions: Versions::Both,
            ciphers: Cipher::ALL.to_vec(),
            groups: Group::ALL.to_vec(),
            roots: Vec::new(),
            verify: true,
            exceptions: Vec::new(),
            chain: Vec::new(),
            key: Vec::new(),
        }
    }
}

impl ServerTls {
    /// Everything that can be spoken here is accepted, and no client is asked who it is.
    pub fn new(chain: Vec<Vec<u8>>, key: Vec<u8>) -> ServerTls {
        let (ciphers, groups) = (Cipher::ALL.to_vec(), Group::ALL.to_vec());
        ServerTls { versions: Versions::Both, ciphers, groups, chain, key, client_roots: Vec::new() }
    }
}

impl Versions {
    fn rustls(self) -> &'static [&'static SupportedProtocolVersion] {
        static BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];
        match self {
            Versions::Both => &BOTH,
            Versions::Only12 => &BOTH[1..],
            Versions::Only13 => &BOTH[..1],
        }
    }
}

impl ClientTls {
    pub(super) fn config(&self) -> Result<ClientConfig, Failure> {
        let roots = store(&self.roots)?;
        let verifier = Verifier { roots, verify: self.verify, exceptions: self.exceptions.clone() };
        let shown = match self.chain[..] {
            [] => None,
            _ => Some(certified(&self.chain, &self.key)?),
        };
        let provider = provider::provider(&self.ciphers, &self.groups);
        let mut config = ClientConfig::builder_with_details(Arc::new(provider), Arc::new(Scoped))
            .with_protocol_versions(self.versions.rustls())
            .map_err(|_| Failure::NoSuiteInCommon)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(Arc::new(Shown(shown)));
        config.resumption = Resumption::disabled();
        config.key_log = Arc::new(Keys);
        Ok(config)
    }
}

impl ServerTls {
    /// Reads keys and certificates once for many connections.
    ///
    /// Fails if its key or a root cannot be read or there is nothing that it accepts.
    pub fn ready(&self) -> Result<ReadyServer, Failure> {
        self.config().map(|config| ReadyServer(Arc::new(config)))
    }

    fn config(&self) -> Result<ServerConfig, Failure> {
        let shown = Shown(Some(certified(&self.chain, &self.key)?));
        let roots = store(&self.client_roots)?;
        let hints = roots.roots.iter().map(|root| DistinguishedName::in_sequence(&root.subject)).collect();
        let provider = provider::provider(&self.ciphers, &self.groups);
        let mut config = ServerConfig::builder_with_details(Arc::new(provider), Arc::new(Scoped))
            .with_protocol_versions(self.versions.rustls())
            .map_err(|_| Failure::NoSuiteInCommon)?
            .with_client_cert_verifier(Arc::new(Clients { roots, hints }))
            .with_cert_resolver(Arc::new(shown));
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.send_half_rtt_data = false;
        config.key_log = Arc::new(Exporter);
        Ok(config)
    }
}

/// Certificates that are trusted, as rustls has them.
fn store(roots: &[Vec<u8>]) -> Result<RootCertStore, Failure> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(CertificateDer::from(root.as_slice())).map_err(|_| Failure::BadRoot)?;
    }
    Ok(store)
}

/// A chain and the key of its first certificate, as rustls has them.
fn certified(chain: &[Vec<u8>], key: &[u8]) -> Result<Arc<CertifiedKey>, Failure> {
    let key = provider::key(key).ok_or(Failure::BadKey)?;
    let chain = chain.iter().map(|der| CertificateDer::from(der.clone())).collect();
    Ok(Arc::new(CertifiedKey::new(chain, key)))
}

/// Shows the same certificate to everybody, or none.
struct Shown(Option<Arc<CertifiedKey>>);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().map(str::to_owned);
        scope::ask(|scope| scope.seen.name = name);
        self.0.clone()
    }
}

impl ResolvesClientCert for Shown {
    fn resolve(&self, _authorities: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        // It is shown to a server that trusts other authorities as well: that one says so by an alert.
        self.0.clone()
    }

    fn has_certs(&self) -> bool {
        self.0.is_some()
    }
}

/// Writes down the secrets as other programs read them (the file named by SSLKEYLOGFILE).
#[derive(Debug)]
struct Keys;

impl KeyLog for Keys {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let line = format!("{label} {} {}", hex(client_random), hex(secret));
        scope::ask(|scope| scope.seen.keys.push(line));
        Exporter.log(label, client_random, secret);
    }
}

/// Takes from the secrets the one of which others are exported.
#[derive(Debug)]
struct Exporter;

impl KeyLog for Exporter {
    fn log(&self, label: &str, _: &[u8], secret: &[u8]) {
        if label == "EXPORTER_SECRET" {
            scope::ask(|scope| scope.seen.exporter = Some(secret.to_vec()));
        }
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        // Writing to a String never fails.
        let _ = write!(text, "{octet:02x}");
        text
    })
}

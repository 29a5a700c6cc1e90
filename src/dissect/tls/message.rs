//! What handshake messages say, in short: as much as anybody on the way can tell, and what the page draws.

use std::ops::Range;

/// A handshake message, in short. Numbers have their names in [`super::names`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The client says what it can do (RFC 8446 section 4.1.2).
    ClientHello(ClientHello),
    /// The server chose, or asks the client to try again (RFC 8446 sections 4.1.3 and 4.1.4).
    ServerHello(ServerHello),
    /// The server answers extensions where nobody else can read it (RFC 8446 section 4.3.1).
    EncryptedExtensions,
    /// Who one is.
    Certificate {
        /// Where among the octets that were read the certificates are, the sender's own first.
        chain: Vec<Range<usize>>,
    },
    /// The server wants to know who the client is.
    CertificateRequest,
    /// The server's half of the keys, and its signature on it (RFC 8422 section 5.4); TLS 1.2 only.
    ServerKeyExchange {
        /// The group of the key.
        group: u16,
        /// How it is signed.
        scheme: u16,
    },
    /// The server waits for the client's half; TLS 1.2 only.
    ServerHelloDone,
    /// The client's half of the keys; TLS 1.2 only.
    ClientKeyExchange,
    /// A signature on the handshake: the sender holds the key of its certificate.
    CertificateVerify {
        /// How it is signed.
        scheme: u16,
    },
    /// Proof that both ends saw the same handshake.
    Finished,
    /// By which the session can be resumed.
    NewSessionTicket,
    /// From now on the sender uses its next keys (RFC 8446 section 4.6.3).
    KeyUpdate {
        /// Whether the other end is to do the same.
        requested: bool,
    },
    /// Another, or one that is not as it should be, by its type.
    Other(u8),
}

/// What a client says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHello {
    /// What stands where versions stood before TLS 1.3.
    pub legacy_version: u16,
    /// The versions that are spoken, best first; empty if the client knows nothing of TLS 1.3.
    pub versions: Vec<u16>,
    /// The suites, best first.
    pub suites: Vec<u16>,
    /// The groups for the exchange of keys, best first.
    pub groups: Vec<u16>,
    /// The host that is asked for, for anybody to read.
    pub server_name: Option<String>,
    /// The signatures that are understood, best first.
    pub signature_schemes: Vec<u16>,
    /// The groups of the keys that are here already.
    pub key_shares: Vec<u16>,
    /// All extensions, in their order.
    pub extensions: Vec<u16>,
    /// 32 octets of chance.
    pub random: [u8; 32],
    /// The octets of the session's name.
    pub session_id_len: usize,
}

/// What the server chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerHello {
    /// The version.
    pub version: u16,
    /// The suite.
    pub suite: u16,
    /// The group for the exchange of keys; TLS 1.2 tells in ServerKeyExchange.
    pub group: Option<u16>,
    /// 32 octets of chance, or those that mean: try again.
    pub random: [u8; 32],
    /// Whether it is a HelloRetryRequest.
    pub retry: bool,
}

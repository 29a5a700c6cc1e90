//! The state machines of TLS as one table: those of RFC 8446 appendix A, and for TLS 1.2 the order of
//! RFC 5246 section 7.3 told in the same manner. The machines themselves run in rustls; the endpoint
//! walks along here by the messages that it sees, and tests hold what it does against the table.
//!
//! It does not know what is in a message.

use super::message::Message;
use super::version::Version;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum End {
    /// The one that connected.
    Client,
    /// The one that has the certificate.
    Server,
}

/// Where one end of a connection stands.
///
/// The names are those of RFC 8446 appendix A where it has one. WAIT_FLIGHT2 and WAIT_EOED are left out:
/// without early data a server passes through them at once.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TlsState {
    #[default]
    Start,
    WaitSh,
    WaitEe,
    WaitCertCr,
    WaitCert,
    WaitCv,
    /// TLS 1.2: the ServerKeyExchange is awaited.
    WaitSke,
    /// TLS 1.2: the ServerHelloDone is awaited.
    WaitShd,
    RecvdCh,
    Negotiated,
    /// TLS 1.2: the ClientKeyExchange is awaited.
    WaitCke,
    /// TLS 1.2: the ChangeCipherSpec is awaited.
    WaitCcs,
    WaitFinished,
    Connected,
    /// One end has said close_notify, the other not yet.
    Closing,
    Closed,
    Failed,
    /// TLS 1.2: the ClientKeyExchange is awaited, and behind it the CertificateVerify.
    WaitCkeCv,
}

impl fmt::Display for TlsState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TlsState::Start => "START",
            TlsState::WaitSh => "WAIT_SH",
            TlsState::WaitEe => "WAIT_EE",
            TlsState::WaitCertCr => "WAIT_CERT_CR",
            TlsState::WaitCert => "WAIT_CERT",
            TlsState::WaitCv => "WAIT_CV",
            TlsState::WaitSke => "WAIT_SKE",
            TlsState::WaitShd => "WAIT_SHD",
            TlsState::RecvdCh => "RECVD_CH",
            TlsState::Negotiated => "NEGOTIATED",
            TlsState::WaitCke => "WAIT_CKE",
            TlsState::WaitCcs => "WAIT_CCS",
            TlsState::WaitFinished => "WAIT_FINISHED",
            TlsState::Connected => "CONNECTED",
            TlsState::Closing => "CLOSING",
            TlsState::Closed => "CLOSED",
            TlsState::Failed => "FAILED",
            TlsState::WaitCkeCv => "WAIT_CKE_CV",
        })
    }
}

/// What moves an end along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TlsEvent {
    /// This end sends a message.
    Sent(Message),
    /// A message arrives and is accepted.
    Received(Message),
    /// This end gives up, and says so by an alert.
    AlertSent,
    /// The other end gives up.
    AlertReceived,
    /// This end says close_notify.
    CloseSent,
    /// The other end says close_notify.
    CloseReceived,
    /// The connection below ends.
    Disconnected,
    /// This end gives up and says nothing: it has no randomness, for example.
    GaveUp,
}

/// One edge of the machine of one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TlsEdge {
    /// Whose machine it belongs to.
    pub end: End,
    /// The only version that has it, if it is not in both.
    pub version: Option<Version>,
    /// The state that is left.
    pub from: TlsState,
    /// What happened.
    pub on: TlsEvent,
    /// The state that is entered.
    pub to: TlsState,
    /// Whether it can be seen here; the others are in the RFCs all the same.
    pub taken_here: bool,
}

const fn edge(end: End, version: Option<Version>, from: TlsState, on: TlsEvent, to: TlsState) -> TlsEdge {
    TlsEdge { end, version, from, on, to, taken_here: true }
}

const fn never(end: End, version: Option<Version>, from: TlsState, on: TlsEvent, to: TlsState) -> TlsEdge {
    TlsEdge { end, version, from, on, to, taken_here: false }
}

const BOTH: Option<Version> = None;
const TLS12: Option<Version> = Some(Version::Tls12);
const TLS13: Option<Version> = Some(Version::Tls13);

/// Every edge of both machines in both versions.
pub const TLS_EDGES: &[TlsEdge] = {
    use End::*;
    use Message::*;
    use TlsEvent::*;
    use TlsState::*;
    &[
        // RFC 8446 appendix A.1. What a client sends in answer to Finished ends with its own.
        edge(Client, BOTH, Start, Sent(ClientHello), WaitSh),
        edge(Client, BOTH, WaitSh, Received(HelloRetryRequest), Start),
        edge(Client, TLS13, WaitSh, Received(ServerHello), WaitEe),
        edge(Client, TLS13, WaitEe, Received(EncryptedExtensions), WaitCertCr),
        edge(Client, TLS13, WaitCertCr, Received(Certificate), WaitCv),
        edge(Client, TLS13, WaitCertCr, Received(CertificateRequest), WaitCert),
        edge(Client, TLS13, WaitCert, Received(Certificate), WaitCv),
        edge(Client, TLS13, WaitCv, Received(CertificateVerify), WaitFinished),
        edge(Client, TLS13, WaitFinished, Sent(Finished), Connected),
        // RFC 5246 section 7.3.
        edge(Client, TLS12, WaitSh, Received(ServerHello), WaitCert),
        edge(Client, TLS12, WaitCert, Received(Certificate), WaitSke),
        edge(Client, TLS12, WaitSke, Received(ServerKeyExchange), WaitShd),
        // A server may ask for a certificate before it is done.
        edge(Client, TLS12, WaitShd, Received(CertificateRequest), WaitShd),
        edge(Client, TLS12, WaitShd, Received(ServerHelloDone), WaitCcs),
        edge(Client, TLS12, WaitCcs, Received(ChangeCipherSpec), WaitFinished),
        edge(Client, TLS12, WaitFinished, Received(Finished), Connected),
        // RFC 8446 appendix A.2. That the parameters are chosen shows in the ServerHello.
        edge(Server, BOTH, Start, Received(ClientHello), RecvdCh),
        edge(Server, BOTH, RecvdCh, Sent(HelloRetryRequest), Start),
        edge(Server, BOTH, RecvdCh, Sent(ServerHello), Negotiated),
        edge(Server, TLS13, Negotiated, Sent(Finished), WaitFinished),
        // That a certificate is wanted shows in the CertificateRequest.
        edge(Server, BOTH, Negotiated, Sent(CertificateRequest), WaitCert),
        edge(Server, TLS13, WaitCert, Received(EmptyCertificate), WaitFinished),
        edge(Server, TLS13, WaitCert, Received(Certificate), WaitCv),
        edge(Server, TLS13, WaitCv, Received(CertificateVerify), WaitFinished),
        edge(Server, TLS13, WaitFinished, Received(Finished), Connected),
        edge(Server, TLS12, Negotiated, Sent(ServerHelloDone), WaitCke),
        edge(Server, TLS12, WaitCert, Received(EmptyCertificate), WaitCke),
        edge(Server, TLS12, WaitCert, Received(Certificate), WaitCkeCv),
        edge(Server, TLS12, WaitCkeCv, Received(ClientKeyExchange), WaitCv),
        edge(Server, TLS12, WaitCv, Received(CertificateVerify), WaitCcs),
        edge(Server, TLS12, WaitCke, Received(ClientKeyExchange), WaitCcs),
        edge(Server, TLS12, WaitCcs, Received(ChangeCipherSpec), WaitFinished),
        edge(Server, TLS12, WaitFinished, Sent(Finished), Connected),
        // How it ends: in each state in which an end can wait. Failures first, the client's side.
        edge(Client, BOTH, WaitSh, AlertSent, Failed),
        edge(Client, BOTH, WaitSh, AlertReceived, Failed),
        edge(Client, BOTH, WaitSh, Disconnected, Failed),
        // Only the client of old may close before it is connected.
        edge(Client, BOTH, WaitSh, CloseSent, Closing),
        edge(Client, BOTH, WaitSh, CloseReceived, Closed),
        edge(Client, TLS13, WaitEe, AlertSent, Failed),
        edge(Client, TLS13, WaitEe, AlertReceived, Failed),
        edge(Client, TLS13, WaitEe, Disconnected, Failed),
        edge(Client, TLS13, WaitCertCr, AlertSent, Failed),
        never(Client, TLS13, WaitCertCr, AlertReceived, Failed),
        edge(Client, TLS13, WaitCertCr, Disconnected, Failed),
        edge(Client, TLS13, WaitCert, AlertSent, Failed),
        edge(Client, TLS13, WaitCert, Disconnected, Failed),
        edge(Client, TLS13, WaitCv, AlertSent, Failed),
        never(Client, TLS13, WaitCv, AlertReceived, Failed),
        never(Client, TLS13, WaitCv, Disconnected, Failed),
        edge(Client, TLS12, WaitCert, AlertSent, Failed),
        // Another record in the midst of a long message: rustls gives up without a word.
        edge(Client, TLS12, WaitCert, GaveUp, Failed),
        edge(Client, TLS12, WaitCert, AlertReceived, Failed),
        edge(Client, TLS12, WaitCert, Disconnected, Failed),
        edge(Client, TLS12, WaitSke, AlertSent, Failed),
        edge(Client, TLS12, WaitSke, AlertReceived, Failed),
        edge(Client, TLS12, WaitSke, Disconnected, Failed),
        edge(Client, TLS12, WaitShd, AlertSent, Failed),
        edge(Client, TLS12, WaitShd, AlertReceived, Failed),
        edge(Client, TLS12, WaitShd, Disconnected, Failed),
        edge(Client, TLS12, WaitCcs, AlertSent, Failed),
        edge(Client, TLS12, WaitCcs, AlertReceived, Failed),
        edge(Client, TLS12, WaitCcs, Disconnected, Failed),
        edge(Client, BOTH, WaitFinished, AlertSent, Failed),
        never(Client, BOTH, WaitFinished, AlertReceived, Failed),
        edge(Client, BOTH, WaitFinished, Disconnected, Failed),
        edge(Server, BOTH, Start, AlertSent, Failed),
        edge(Server, BOTH, Start, AlertReceived, Failed),
        edge(Server, BOTH, Start, Disconnected, Failed),
        edge(Server, BOTH, RecvdCh, AlertSent, Failed),
        edge(Server, BOTH, RecvdCh, GaveUp, Failed),
        edge(Server, BOTH, WaitCert, AlertSent, Failed),
        edge(Server, BOTH, WaitCert, AlertReceived, Failed),
        edge(Server, BOTH, WaitCert, Disconnected, Failed),
        edge(Server, TLS12, WaitCkeCv, AlertSent, Failed),
        edge(Server, TLS12, WaitCkeCv, AlertReceived, Failed),
        edge(Server, TLS12, WaitCkeCv, Disconnected, Failed),
        edge(Server, BOTH, WaitCv, AlertSent, Failed),
        edge(Server, BOTH, WaitCv, AlertReceived, Failed),
        edge(Server, BOTH, WaitCv, Disconnected, Failed),
        edge(Server, TLS12, WaitCke, AlertSent, Failed),
        edge(Server, TLS12, WaitCke, AlertReceived, Failed),
        edge(Server, TLS12, WaitCke, Disconnected, Failed),
        edge(Server, TLS12, WaitCcs, AlertSent, Failed),
        edge(Server, TLS12, WaitCcs, AlertReceived, Failed),
        edge(Server, TLS12, WaitCcs, Disconnected, Failed),
        edge(Server, BOTH, WaitFinished, AlertSent, Failed),
        edge(Server, BOTH, WaitFinished, AlertReceived, Failed),
        edge(Server, BOTH, WaitFinished, Disconnected, Failed),
        edge(Client, BOTH, Connected, AlertSent, Failed),
        edge(Client, BOTH, Connected, AlertReceived, Failed),
        edge(Client, BOTH, Connected, Disconnected, Failed),
        edge(Client, BOTH, Connected, CloseSent, Closing),
        edge(Client, BOTH, Connected, CloseReceived, Closing),
        // No alert follows close_notify.
        never(Client, BOTH, Closing, AlertSent, Failed),
        edge(Client, BOTH, Closing, GaveUp, Failed),
        edge(Client, BOTH, Closing, AlertReceived, Failed),
        edge(Client, BOTH, Closing, CloseSent, Closed),
        edge(Client, BOTH, Closing, CloseReceived, Closed),
        edge(Client, BOTH, Closing, Disconnected, Closed),
        edge(Server, BOTH, Connected, AlertSent, Failed),
        edge(Server, BOTH, Connected, AlertReceived, Failed),
        edge(Server, BOTH, Connected, Disconnected, Failed),
        edge(Server, BOTH, Connected, CloseSent, Closing),
        edge(Server, BOTH, Connected, CloseReceived, Closing),
        // No alert follows close_notify.
        never(Server, BOTH, Closing, AlertSent, Failed),
        edge(Server, BOTH, Closing, GaveUp, Failed),
        edge(Server, BOTH, Closing, AlertReceived, Failed),
        edge(Server, BOTH, Closing, CloseSent, Closed),
        edge(Server, BOTH, Closing, CloseReceived, Closed),
        edge(Server, BOTH, Closing, Disconnected, Closed),
    ]
};

impl TlsEdge {
    /// The edge that an end takes out of a state.
    pub fn of(end: End, version: Option<Version>, from: TlsState, on: TlsEvent) -> Option<&'static TlsEdge> {
        TLS_EDGES.iter().find(|edge| {
            let both = edge.version.is_none() || edge.version == version;
            edge.end == end && both && edge.from == from && edge.on == on
        })
    }
}

/// Follows one end along the table.
pub(super) struct Machine {
    end: End,
    version: Option<Version>,
    state: TlsState,
}

impl Machine {
    pub fn new(end: End) -> Machine {
        Machine { end, version: None, state: TlsState::Start }
    }

    pub fn state(&self) -> TlsState {
        self.state
    }

    /// A ServerHello chose this version.
    pub fn choose(&mut self, version: Version) {
        self.version = Some(version);
    }

    /// Takes the edge that `on` leads along, if there is one, and gives the state that was left and the
    /// one that was entered.
    pub fn step(&mut self, on: TlsEvent) -> Option<(TlsState, TlsState)> {
        let edge = TlsEdge::of(self.end, self.version, self.state, on);
        let to = match on {
            // Whatever the table says, it is over then. Tests see to it that the table says it too.
            TlsEvent::AlertSent | TlsEvent::AlertReceived | TlsEvent::GaveUp => TlsState::Failed,
            _ => edge?.to,
        };
        Some((std::mem::replace(&mut self.state, to), to))
    }
}

//! What octets of TLS are for. There are no words here: the page has them.

/// What octets of TLS are for; lengths are all one field, since what they measure stands after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TlsField {
    // ------------------------------------------------------------ records, RFC 8446 section 5
    /// Group: a record. Its value is its type.
    Record,
    /// Group: what this frame has of a record that other frames have the rest of.
    PartOfRecord,
    /// What the record carries; of an encrypted one of TLS 1.3 it says application_data always.
    ContentType,
    /// What the header says of the version: TLS 1.2 or less, for the sake of old machines on the way.
    RecordVersion,
    /// How many octets follow that belong to it.
    Length,
    /// The end of a header that began in an earlier frame.
    RecordHeader,
    /// Part of a record whose beginning is not known here.
    Fragment,
    /// The part of the nonce that TLS 1.2 sends along (RFC 5288 section 3), or the IV of a block cipher.
    Nonce,
    /// What only the two ends can read.
    Ciphertext,
    /// What tells whether anybody changed the record on its way.
    Tag,
    /// The one octet of a change_cipher_spec.
    ChangeCipherSpec,
    /// What the two programs say to each other.
    ApplicationData,

    // ------------------------------------------------------------ alerts, RFC 8446 section 6
    /// Warning or fatal.
    AlertLevel,
    /// What it says.
    AlertDescription,

    // ------------------------------------------------------------ handshake, RFC 8446 section 4
    /// Group: a handshake message. Its value is which.
    Handshake,
    /// Which message it is.
    HandshakeType,
    /// The version of a hello; TLS 1.3 says it in an extension, and TLS 1.2 here.
    HelloVersion,
    /// 32 octets of chance, by which no handshake is like another.
    Random,
    /// Group and its octets: what a session was called that might be resumed.
    SessionId,
    /// Group: what the client can do, best first.
    CipherSuites,
    /// How to encrypt.
    CipherSuite,
    /// Group: ways to compress; none is in use.
    CompressionMethods,
    /// How to compress.
    CompressionMethod,
    /// Group: ask and tell more than the first versions had room for.
    Extensions,
    /// Group: one of them. Its value is which.
    Extension,
    /// Which extension it is.
    ExtensionType,
    /// Group: the certificates that were sent, and what stands around them.
    CertificateList,
    /// Group: a certificate with its extensions (RFC 8446 section 4.4.2).
    CertificateEntry,
    /// Group: an X.509 certificate with its length.
    Certificate,
    /// Group and its octets: which request a certificate answers.
    RequestContext,
    /// Group: the kinds of certificates that a client may show.
    CertificateTypes,
    /// One of them.
    CertificateType,
    /// Group: the authorities that a server trusts.
    Authorities,
    /// Group and its octets: the name of one.
    DistinguishedName,
    /// How the curve is told; by its name.
    CurveType,
    /// Group and its octets: the public half of a key for this connection.
    KeyExchange,
    /// Group and its octets: a signature.
    Signature,
    /// Proves that both ends saw the same handshake.
    VerifyData,
    /// How long a ticket is good for, in seconds.
    TicketLifetime,
    /// Hides a ticket's age.
    TicketAgeAdd,
    /// Group and its octets: tells tickets of one connection apart.
    TicketNonce,
    /// Group and its octets: by which a session can be resumed.
    Ticket,
    /// Whether the other end is to change its keys too.
    KeyUpdate,

    // ------------------------------------------------------------ extensions
    /// Data of an extension that is not read here.
    ExtensionData,
    /// What kind of name follows: host_name is 0.
    NameType,
    /// Group and its octets: the host that is asked for (RFC 6066 section 3).
    HostName,
    /// A group for the exchange of keys (RFC 8446 section 4.2.7).
    NamedGroup,
    /// How points on a curve are written (RFC 8422 section 5.1.2).
    PointFormat,
    /// How a signature is made (RFC 8446 section 4.2.3).
    SignatureScheme,
    /// A version that is spoken, or the one that was chosen (RFC 8446 section 4.2.1).
    Version,
    /// Group: a key for one of the groups (RFC 8446 section 4.2.8).
    KeyShare,
    /// How pre-shared keys may be used (RFC 8446 section 4.2.9).
    PskMode,
    /// Group and its octets: verify data of the handshake before (RFC 5746).
    RenegotiatedConnection,
    /// Group and its octets: a protocol of ALPN (RFC 7301).
    Protocol,
    /// What kind of status: OCSP is 1 (RFC 6066 section 8).
    StatusType,
    /// Group and its octets: who may answer for the status.
    ResponderIds,
    /// Group and its octets: extensions of the request for it.
    RequestExtensions,
    /// Group and its octets: what the responder said.
    OcspResponse,
    /// Group and its octets: what a client is to say again (RFC 8446 section 4.2.2).
    Cookie,
    /// The largest record that is taken (RFC 8449).
    RecordSizeLimit,
}

//! What the standards call their numbers: IANA's registries of TLS, as far as they are met today. What is
//! not in a table has no name here and is shown as a number.
//!
//! Numbers that RFC 8701 sets aside, so that nobody may rely on knowing all of them, are named `GREASE`.

/// Numbers with their names, in the order of the numbers.
type Table = [(u16, &'static str)];

/// Types of records (RFC 8446 section 5.1).
const CONTENT_TYPES: &Table = &[
    (20, "change_cipher_spec"),
    (21, "alert"),
    (22, "handshake"),
    (23, "application_data"),
    (24, "heartbeat"),
];

/// Versions (RFC 6101, 2246, 4346, 5246 and 8446).
const VERSIONS: &Table = &[
    (0x0300, "SSL 3.0"),
    (0x0301, "TLS 1.0"),
    (0x0302, "TLS 1.1"),
    (0x0303, "TLS 1.2"),
    (0x0304, "TLS 1.3"),
];

/// Handshake messages (RFC 8446 section 4, RFC 5246 section 7.4, RFC 6066 section 8), called by their structures.
const HANDSHAKES: &Table = &[
    (0, "HelloRequest"),
    (1, "ClientHello"),
    (2, "ServerHello"),
    (4, "NewSessionTicket"),
    (5, "EndOfEarlyData"),
    (8, "EncryptedExtensions"),
    (11, "Certificate"),
    (12, "ServerKeyExchange"),
    (13, "CertificateRequest"),
    (14, "ServerHelloDone"),
    (15, "CertificateVerify"),
    (16, "ClientKeyExchange"),
    (20, "Finished"),
    (22, "CertificateStatus"),
    (24, "KeyUpdate"),
    (25, "CompressedCertificate"),
];

/// Cipher suites: those of RFC 8446 appendix B.4, and those of RFC 5246, 5288, 5289, 6655, 7251, 7905
/// and 8422 that clients still offer.
const SUITES: &Table = &[
    (0x0000, "TLS_NULL_WITH_NULL_NULL"),
    (0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"),
    (0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
    (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
    (0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
    (0x003c, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
    (0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
    (0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
    (0x006b, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
    (0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
    (0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
    (0x009e, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
    (0x009f, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
    (0x00ff, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
    (0x1301, "TLS_AES_128_GCM_SHA256"),
    (0x1302, "TLS_AES_256_GCM_SHA384"),
    (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
    (0x1304, "TLS_AES_128_CCM_SHA256"),
    (0x1305, "TLS_AES_128_CCM_8_SHA256"),
    (0x5600, "TLS_FALLBACK_SCSV"),
    (0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
    (0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    (0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    (0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
    (0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
    (0xc024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
    (0xc027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
    (0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
    (0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    (0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    (0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    (0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
    (0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"),
    (0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"),
    (0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xccaa, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
];

/// Groups for the exchange of keys (RFC 8446 section 4.2.7, RFC 8422 section 5.1.1, RFC 7919), and
/// the hybrids with ML-KEM that newer clients offer.
const GROUPS: &Table = &[
    (0x0017, "secp256r1"),
    (0x0018, "secp384r1"),
    (0x0019, "secp521r1"),
    (0x001d, "x25519"),
    (0x001e, "x448"),
    (0x0100, "ffdhe2048"),
    (0x0101, "ffdhe3072"),
    (0x0102, "ffdhe4096"),
    (0x0103, "ffdhe6144"),
    (0x0104, "ffdhe8192"),
    (0x11eb, "SecP256r1MLKEM768"),
    (0x11ec, "X25519MLKEM768"),
    (0x11ed, "SecP384r1MLKEM1024"),
];

/// Signature schemes (RFC 8446 section 4.2.3). Those of TLS 1.2 alone are pairs of hash and signature
/// (RFC 5246 section 7.4.1.4.1), called here as their successors would be.
const SCHEMES: &Table = &[
    (0x0201, "rsa_pkcs1_sha1"),
    (0x0202, "dsa_sha1"),
    (0x0203, "ecdsa_sha1"),
    (0x0301, "rsa_pkcs1_sha224"),
    (0x0302, "dsa_sha224"),
    (0x0303, "ecdsa_sha224"),
    (0x0401, "rsa_pkcs1_sha256"),
    (0x0402, "dsa_sha256"),
    (0x0403, "ecdsa_secp256r1_sha256"),
    (0x0501, "rsa_pkcs1_sha384"),
    (0x0502, "dsa_sha384"),
    (0x0503, "ecdsa_secp384r1_sha384"),
    (0x0601, "rsa_pkcs1_sha512"),
    (0x0602, "dsa_sha512"),
    (0x0603, "ecdsa_secp521r1_sha512"),
    (0x0804, "rsa_pss_rsae_sha256"),
    (0x0805, "rsa_pss_rsae_sha384"),
    (0x0806, "rsa_pss_rsae_sha512"),
    (0x0807, "ed25519"),
    (0x0808, "ed448"),
    (0x0809, "rsa_pss_pss_sha256"),
    (0x080a, "rsa_pss_pss_sha384"),
    (0x080b, "rsa_pss_pss_sha512"),
];

/// Extensions (RFC 8446 section 4.2, RFC 6066, 7366, 7627, 5077, 5746 and others).
const EXTENSIONS: &Table = &[
    (0, "server_name"),
    (1, "max_fragment_length"),
    (5, "status_request"),
    (10, "supported_groups"),
    (11, "ec_point_formats"),
    (13, "signature_algorithms"),
    (14, "use_srtp"),
    (15, "heartbeat"),
    (16, "application_layer_protocol_negotiation"),
    (18, "signed_certificate_timestamp"),
    (19, "client_certificate_type"),
    (20, "server_certificate_type"),
    (21, "padding"),
    (22, "encrypt_then_mac"),
    (23, "extended_master_secret"),
    (27, "compress_certificate"),
    (28, "record_size_limit"),
    (35, "session_ticket"),
    (41, "pre_shared_key"),
    (42, "early_data"),
    (43, "supported_versions"),
    (44, "cookie"),
    (45, "psk_key_exchange_modes"),
    (47, "certificate_authorities"),
    (48, "oid_filters"),
    (49, "post_handshake_auth"),
    (50, "signature_algorithms_cert"),
    (51, "key_share"),
    (57, "quic_transport_parameters"),
    (0xfe0d, "encrypted_client_hello"),
    (0xff01, "renegotiation_info"),
];

/// What alerts say (RFC 8446 section 6, RFC 5246 section 7.2).
const ALERTS: &Table = &[
    (0, "close_notify"),
    (10, "unexpected_message"),
    (20, "bad_record_mac"),
    (21, "decryption_failed"),
    (22, "record_overflow"),
    (30, "decompression_failure"),
    (40, "handshake_failure"),
    (41, "no_certificate"),
    (42, "bad_certificate"),
    (43, "unsupported_certificate"),
    (44, "certificate_revoked"),
    (45, "certificate_expired"),
    (46, "certificate_unknown"),
    (47, "illegal_parameter"),
    (48, "unknown_ca"),
    (49, "access_denied"),
    (50, "decode_error"),
    (51, "decrypt_error"),
    (60, "export_restriction"),
    (70, "protocol_version"),
    (71, "insufficient_security"),
    (80, "internal_error"),
    (86, "inappropriate_fallback"),
    (90, "user_canceled"),
    (100, "no_renegotiation"),
    (109, "missing_extension"),
    (110, "unsupported_extension"),
    (111, "certificate_unobtainable"),
    (112, "unrecognized_name"),
    (113, "bad_certificate_status_response"),
    (114, "bad_certificate_hash_value"),
    (115, "unknown_psk_identity"),
    (116, "certificate_required"),
    (120, "no_application_protocol"),
];

/// What a type of record is called.
pub fn content_type(code: u8) -> Option<&'static str> {
    find(CONTENT_TYPES, code.into())
}

/// What a version is called.
pub fn version(code: u16) -> Option<&'static str> {
    greased(VERSIONS, code)
}

/// What a handshake message is called.
pub fn handshake(code: u8) -> Option<&'static str> {
    find(HANDSHAKES, code.into())
}

/// What a cipher suite is called.
pub fn suite(code: u16) -> Option<&'static str> {
    greased(SUITES, code)
}

/// What a group for the exchange of keys is called.
pub fn group(code: u16) -> Option<&'static str> {
    greased(GROUPS, code)
}

/// What a signature scheme is called.
pub fn signature_scheme(code: u16) -> Option<&'static str> {
    greased(SCHEMES, code)
}

/// What an extension is called.
pub fn extension(code: u16) -> Option<&'static str> {
    greased(EXTENSIONS, code)
}

/// What an alert says, by its description.
pub fn alert(code: u8) -> Option<&'static str> {
    find(ALERTS, code.into())
}

/// How grave an alert is (RFC 8446 section 6).
pub fn alert_level(code: u8) -> Option<&'static str> {
    find(&[(1, "warning"), (2, "fatal")], code.into())
}

/// What a format of points on a curve is called (RFC 8422 section 5.1.2).
pub fn point_format(code: u8) -> Option<&'static str> {
    find(
        &[(0, "uncompressed"), (1, "ansiX962_compressed_prime"), (2, "ansiX962_compressed_char2")],
        code.into(),
    )
}

/// What a way to use pre-shared keys is called (RFC 8446 section 4.2.9).
pub fn psk_mode(code: u8) -> Option<&'static str> {
    find(&[(0, "psk_ke"), (1, "psk_dhe_ke")], code.into())
}

/// What a kind of certificate that a client may show is called (RFC 5246 section 7.4.4, RFC 8422 section 5.5).
pub fn certificate_type(code: u8) -> Option<&'static str> {
    find(&[(1, "rsa_sign"), (2, "dss_sign"), (64, "ecdsa_sign")], code.into())
}

fn find(table: &Table, code: u16) -> Option<&'static str> {
    table.iter().find(|(held, _)| *held == code).map(|(_, name)| *name)
}

/// RFC 8701 section 2: 0x0a0a, 0x1a1a and so on up to 0xfafa.
fn greased(table: &Table, code: u16) -> Option<&'static str> {
    let [first, second] = code.to_be_bytes();
    if first == second && first & 0x0f == 0x0a { Some("GREASE") } else { find(table, code) }
}

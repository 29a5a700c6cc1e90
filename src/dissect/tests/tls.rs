//! Handshakes of OpenSSL: whole, cut anywhere, changed, and over frames.

mod frames;
mod junk;
mod said;

use super::*;
use crate::dissect::tls::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A handshake that was recorded.
struct Handshake {
    client: Vec<u8>,
    server: Vec<u8>,
    /// The messages of both ends, none of them encrypted.
    client_says: Vec<Vec<u8>>,
    server_says: Vec<Vec<u8>>,
}

/// TLS 1.2, with a client that shows a certificate, and a ticket.
fn tls12() -> Handshake {
    handshake(include_str!("../../../tests/handshakes/tls12.hex"))
}

/// TLS 1.3, with a second ClientHello, a client that shows a certificate, and a ticket.
fn tls13() -> Handshake {
    handshake(include_str!("../../../tests/handshakes/tls13.hex"))
}

/// TLS 1.2, whose client does not know who issued the certificate.
fn refused() -> Handshake {
    handshake(include_str!("../../../tests/handshakes/refused.hex"))
}

fn handshake(text: &str) -> Handshake {
    let of = |who: &str| -> Vec<Vec<u8>> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(who)?.strip_prefix(' '));
        lines.map(octets).collect()
    };
    let [client, server] = ["client", "server"].map(|who| of(who).concat());
    Handshake { client, server, client_says: of("client-says"), server_says: of("server-says") }
}

fn octets(hex: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits");
    (0..hex.len()).step_by(2).map(digit).collect()
}

/// Every stream, and every message, with the version of its connection.
fn streams() -> [Vec<u8>; 6] {
    let [a, b, c] = [tls12(), tls13(), refused()];
    [a.client, a.server, b.client, b.server, c.client, c.server]
}

fn says() -> Vec<(u16, Vec<u8>)> {
    let [a, b] = [tls12(), tls13()];
    let of = |version, says: Vec<Vec<u8>>| says.into_iter().map(move |message| (version, message));
    of(TLS12, a.client_says)
        .chain(of(TLS12, a.server_says))
        .chain(of(TLS13, b.client_says))
        .chain(of(TLS13, b.server_says))
        .collect()
}

/// The outline of a message without its octets: a line for each note on what it says.
fn read(version: u16, message: &[u8]) -> String {
    let notes = dissect_record(HANDSHAKE, version, message);
    check_notes(message, &notes);
    let said = outline(&notes).into_iter().map(|line| line.replace("Tls(", "").replace(')', ""));
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_that_openssl_says_is_unknown() {
    for (version, message) in says() {
        let notes = dissect_record(HANDSHAKE, version, &message);
        check_notes(&message, &notes);
        for note in leaves(&notes) {
            let unread = matches!(note.field, Field::Unknown | Field::Truncated)
                || matches!(note.field, Field::Tls(TlsField::ExtensionData));
            assert!(!unread, "{note:?}\n{}", read(version, &message));
            // Of numbers in hexadecimal only this has no name.
            if let (Field::Tls(field), Value::Hex(..)) = (note.field, note.value) {
                assert_eq!(field, TlsField::TicketAgeAdd, "{note:?}");
            }
        }
    }
}

#[test]
fn leaves_tile_every_message_whole_or_cut_short() {
    for (version, message) in says() {
        for end in 0..=message.len() {
            let notes = dissect_record(HANDSHAKE, version, &message[..end]);
            check_notes(&message[..end], &notes);
            assert!(notes.iter().all(|note| note.field != Field::Unknown), "cut at {end}");
            assert_eq!(messages(version, &message[..end]).len(), usize::from(end == message.len()));
        }
    }
}

#[test]
fn every_octet_of_a_server_hello_has_a_name() {
    let expected = "\
0..88 Handshake HelloRetryRequest
  0..1 HandshakeType ServerHello
  1..4 Length 84
  4..6 HelloVersion TLS 1.2
  6..38 Random Opaque
  38..71 SessionId
    38..39 Length 32
    39..71 SessionId Opaque
  71..73 CipherSuite TLS_AES_256_GCM_SHA384
  73..74 CompressionMethod null
  74..88 Extensions
    74..76 Length 12
    76..82 Extension supported_versions
      76..78 ExtensionType supported_versions
      78..80 Length 2
      80..82 Version TLS 1.3
    82..88 Extension key_share
      82..84 ExtensionType key_share
      84..86 Length 2
      86..88 NamedGroup secp384r1";
    assert_eq!(read(TLS13, &tls13().server_says[0]), expected);
}

#[test]
fn messages_that_both_versions_have_are_read_by_the_version() {
    let request = read(TLS12, &tls12().server_says[3]);
    assert!(request.contains("CertificateType ecdsa_sign") && request.contains("ecdsa_secp256r1_sha256"));
    // With the name of an authority, which is cut short by its list.
    let request = read(TLS12, &[13, 0, 0, 13, 1, 64, 0, 2, 4, 3, 0, 5, 0, 9, 0x30, 1, 2]);
    assert!(request.ends_with("16..17 Unknown Octets"), "{request}");
    let name = b"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01X";
    let request = read(TLS12, &[&[13, 0, 0, 24, 1, 64, 0, 2, 4, 3, 0, 16, 0, 14][..], name].concat());
    assert!(request.contains("X509(Object(Some(\"CN\""), "{request}");
    assert!(request.ends_with("X509(Contents Octets"), "{request}");
    let request = read(TLS13, &tls13().server_says[3]);
    assert!(request.contains("RequestContext") && request.contains("Extension signature_algorithms"));
    let ticket = |says: Vec<Vec<u8>>, version| {
        let ticket = says.into_iter().find(|message| message[0] == 4).expect("the server gave a ticket");
        read(version, &ticket)
    };
    assert!(!ticket(tls12().server_says, TLS12).contains("TicketNonce"));
    assert!(ticket(tls13().server_says, TLS13).contains("TicketNonce"));
}

#[test]
fn application_data_is_lines() {
    let notes = dissect_record(APPLICATION_DATA, TLS13, b"+OK\r\nLI");
    let expected = ["0..5 Line", "  0..3 LineText Octets", "  3..5 LineEnd Octets", "5..7 PartOfLine Octets"];
    assert_eq!(outline(&notes), expected);
}

#[test]
fn other_records_are_read_by_their_type() {
    let read = |kind, content: &[u8]| outline(&dissect_record(kind, TLS12, content)).join(", ");
    assert_eq!(read(ALERT, &[2, 48]), "0..1 Tls(AlertLevel) fatal, 1..2 Tls(AlertDescription) unknown_ca");
    assert_eq!(read(CHANGE_CIPHER_SPEC, &[1]), "0..1 Tls(ChangeCipherSpec) 1");
    assert_eq!(read(ALERT, &[2]), "0..1 Tls(AlertLevel) fatal");
    assert_eq!(read(CHANGE_CIPHER_SPEC, &[1, 1]), "0..1 Tls(ChangeCipherSpec) 1, 1..2 Unknown Octets");
    assert_eq!(read(99, &[1, 1]), "0..2 Unknown Octets");
}

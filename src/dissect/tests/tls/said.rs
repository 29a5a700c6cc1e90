//! What messages say in short, and what numbers are called.

use super::*;
use sha2::{Digest, Sha256};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What a hello or a signature says by the names of its numbers.
fn called(of: &[u16], name: fn(u16) -> Option<&'static str>) -> Vec<&'static str> {
    of.iter().map(|code| name(*code).unwrap_or("?")).collect()
}

fn client_hello(version: u16, message: &[u8]) -> ClientHello {
    match messages(version, message).pop() {
        Some(Message::ClientHello(hello)) => hello,
        other => panic!("{other:?} is no ClientHello"),
    }
}

#[test]
fn a_client_hello_tells_what_the_client_can_do() {
    let hello = client_hello(TLS12, &tls13().client_says[0]);
    assert_eq!(hello.legacy_version, TLS12);
    assert_eq!(called(&hello.versions, names::version), ["TLS 1.3", "TLS 1.2"]);
    assert_eq!(hello.suites[0], 0x1302);
    assert_eq!(
        called(&hello.groups[..5], names::group),
        ["x25519", "secp256r1", "x448", "secp521r1", "secp384r1"]
    );
    assert_eq!(called(&hello.key_shares, names::group), ["x25519"]);
    assert_eq!(hello.server_name.as_deref(), Some("mail.example.net"));
    assert_eq!(names::signature_scheme(hello.signature_schemes[0]), Some("ecdsa_secp256r1_sha256"));
    assert_eq!(hello.session_id_len, 32);
    assert_eq!(hello.extensions[0], 0);
    assert_eq!(hello.random[..], tls13().client_says[0][6..38]);
    let again = client_hello(TLS13, &tls13().client_says[1]);
    assert_eq!(called(&again.key_shares, names::group), ["secp384r1"]);
    // A client that speaks TLS 1.2 only does not say so in an extension.
    let older = client_hello(TLS12, &tls12().client_says[0]);
    assert_eq!((older.versions, older.key_shares), (vec![], vec![]));
    assert_eq!(
        called(&older.suites, names::suite),
        [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
        ]
    );
}

#[test]
fn a_server_hello_tells_what_was_chosen() {
    let hello = |version, message: &[u8]| match messages(version, message).pop() {
        Some(Message::ServerHello(hello)) => hello,
        other => panic!("{other:?} is no ServerHello"),
    };
    let [retry, chosen, older] = [
        hello(TLS12, &tls13().server_says[0]),
        hello(TLS12, &tls13().server_says[1]),
        hello(TLS12, &tls12().server_says[0]),
    ];
    assert_eq!((retry.version, retry.group, retry.retry), (TLS13, Some(0x0018), true));
    assert_eq!((chosen.version, chosen.group, chosen.retry), (TLS13, Some(0x0018), false));
    assert_eq!((older.version, older.group, older.retry), (TLS12, None, false));
    assert_eq!(names::suite(chosen.suite), Some("TLS_AES_256_GCM_SHA384"));
    assert_eq!(names::suite(older.suite), Some("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
    assert_eq!(retry.random[..], Sha256::digest(b"HelloRetryRequest")[..]);
}

#[test]
fn the_messages_of_a_handshake_follow_each_other() {
    let chain = |span| Message::Certificate { chain: vec![span] };
    let scheme = 0x0403;
    let server = tls12().server_says.concat();
    let said = messages(TLS12, &server);
    assert!(matches!(said[0], Message::ServerHello(_)));
    assert_eq!(
        said[1..],
        [
            chain(86..514),
            Message::ServerKeyExchange { group: 0x001d, scheme },
            Message::CertificateRequest,
            Message::ServerHelloDone,
            Message::NewSessionTicket,
            Message::Finished,
        ]
    );
    let said = messages(TLS12, &tls12().client_says.concat());
    let rest = [Message::ClientKeyExchange, Message::CertificateVerify { scheme }, Message::Finished];
    assert_eq!(said[2..], rest);
    let said = messages(TLS13, &tls13().server_says[2..].concat());
    assert_eq!(
        said,
        [
            Message::EncryptedExtensions,
            Message::CertificateRequest,
            chain(73..501),
            Message::CertificateVerify { scheme },
            Message::Finished,
            Message::NewSessionTicket,
        ]
    );
}

#[test]
fn certificates_are_read_where_they_stand() {
    let mut seen = 0;
    for (version, message) in says() {
        for said in messages(version, &message) {
            let Message::Certificate { chain } = said else { continue };
            let [span] = &chain[..] else { panic!("one certificate, not {chain:?}") };
            let certificate = certificate(&message[span.clone()]).expect("a whole certificate");
            assert_eq!(certificate.dns_names, ["mail.example.net"]);
            let notes = dissect_record(HANDSHAKE, version, &message);
            let begin = notes
                .iter()
                .find(|note| note.field == Field::X509(X509Field::Certificate))
                .expect("it is dissected as well");
            assert_eq!(begin.span, *span);
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn a_message_that_is_not_as_it_should_be_is_told_by_its_type() {
    let cases: [(&[u8], Message); 6] = [
        (&[1, 0, 0, 1, 3], Message::Other(1)),
        (&[0, 0, 0, 0], Message::Other(0)),
        (&[99, 0, 0, 2, 1, 2], Message::Other(99)),
        // Finite field Diffie-Hellman: nothing in it tells its layout.
        (&[12, 0, 0, 2, 0, 8], Message::Other(12)),
        (&[24, 0, 0, 1, 1], Message::KeyUpdate { requested: true }),
        (&[14, 0, 0, 0], Message::ServerHelloDone),
    ];
    for (octets, expected) in cases {
        check_notes(octets, &dissect_record(HANDSHAKE, TLS13, octets));
        assert_eq!(messages(TLS13, octets), [expected]);
    }
}

#[test]
fn an_extension_that_is_not_as_it_should_be_says_nothing_of_the_next() {
    // An empty server_name, one whose list has half a length, one whose list is longer than all there is.
    for name in [&[0, 0, 0, 0][..], &[0, 0, 0, 1, 0xff], &[0, 0, 0, 3, 0xff, 0xff, 0]] {
        let extensions = [name, &[0, 10, 0, 4, 0, 2, 0, 29]].concat();
        let begin = [&[3, 3][..], &[7; 32], &[0, 0, 2, 0x13, 1, 1, 0, 0, extensions.len() as u8]].concat();
        let length = (begin.len() + extensions.len()) as u8;
        let hello = [&[1, 0, 0, length][..], &begin, &extensions].concat();
        let said = client_hello(TLS13, &hello);
        assert_eq!((said.extensions, said.groups, said.server_name), (vec![0, 10], vec![29], None));
        check_notes(&hello, &dissect_record(HANDSHAKE, TLS13, &hello));
    }
}

#[test]
fn an_alert_is_two_octets() {
    let told = alert(&[2, 48]).expect("an alert");
    assert_eq!((told.level, told.description), (2, 48));
    assert_eq!(names::alert(told.description), Some("unknown_ca"));
    assert_eq!([alert(&[2]), alert(&[2, 48, 0]), alert(&[])], [None; 3]);
}

#[test]
fn a_stream_is_cut_into_records() {
    let server = tls12().server;
    let told: Vec<(u8, bool)> = records(&server).map(|record| (record.kind, record.complete)).collect();
    let [hs, ccs, data] = [HANDSHAKE, CHANGE_CIPHER_SPEC, APPLICATION_DATA].map(|kind| (kind, true));
    assert_eq!(told, [hs, hs, hs, hs, hs, hs, ccs, hs, data, (ALERT, true)]);
    for end in 0..=server.len() {
        let cut: Vec<Record> = records(&server[..end]).collect();
        let covered = tiled(cut.iter().map(|record| record.span.clone())).expect("one after the other");
        // What is missing is a header that is not there as a whole.
        assert!((0..5).contains(&(end - covered)), "{covered} of {end}");
        let incomplete = cut.iter().position(|record| !record.complete);
        assert!(incomplete.is_none_or(|at| at + 1 == cut.len()), "{cut:?}");
    }
    assert_eq!(records(b"+OK POP3 ready\r\n").count(), 0);
    // No record is so long, and no content has that type.
    assert_eq!(records(&[22, 3, 3, 0xff, 0xff, 0]).count(), 0);
    assert_eq!(records(&[24, 3, 3, 0, 1, 0]).count(), 0);
}

#[test]
fn tables_are_in_order_and_name_nothing_twice() {
    let all = |name: fn(u16) -> Option<&'static str>| {
        (0..=u16::MAX).filter_map(name).filter(|name| *name != "GREASE").collect::<Vec<_>>()
    };
    for (named, count) in [
        (all(names::suite), 37),
        (all(names::group), 13),
        (all(names::signature_scheme), 23),
        (all(names::extension), 31),
        (all(names::version), 5),
    ] {
        let distinct: std::collections::BTreeSet<_> = named.iter().collect();
        assert_eq!((named.len(), distinct.len()), (count, count), "{named:?}");
    }
    assert_eq!(names::suite(0xfafa), Some("GREASE"));
    assert_eq!(names::group(0x0a1a), None);
    assert_eq!((0..=u8::MAX).filter_map(names::alert).count(), 34);
}

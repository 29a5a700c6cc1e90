//! Certificates that OpenSSL made, whole, cut short, and with octets changed.

use super::*;
use crate::dissect::x509::oid;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// For mail.example and others, on P-256; with most extensions there are, and times of both kinds.
const LEAF: &[u8] = include_bytes!("certificates/leaf.der");
/// The authority that signed it, which has no common name.
const ROOT: &[u8] = include_bytes!("certificates/root.der");
/// An authority of the last century, on RSA.
const RSA: &[u8] = include_bytes!("certificates/rsa.der");

const ALL: [&[u8]; 3] = [LEAF, ROOT, RSA];

#[track_caller]
fn check_certificate(der: &[u8]) -> Vec<Note> {
    let notes = certificate_notes(der);
    check_notes(der, &notes);
    notes
}

/// The certificate with octets changed, cut out, doubled or added.
fn mutated(whole: &[u8], random: &mut Rand32) -> Vec<u8> {
    let mut der = whole.to_vec();
    for _ in 0..random.rand_range(1..4) {
        let at = random.rand_range(0..der.len() as u32) as usize;
        match random.rand_range(0..8) {
            0 if der.len() > 1 => drop(der.remove(at)),
            1 => der.insert(at, der[at]),
            2 => der.truncate(at.max(1)),
            3 => der.extend_from_slice(&whole[..at.min(9)]),
            // Small numbers are lengths and types more often than large ones are.
            _ => der[at] = random.rand_u32() as u8 >> random.rand_range(0..8),
        }
    }
    der
}

#[test]
fn every_octet_of_a_certificate_has_a_name() {
    let expected = include_str!("certificates/leaf.txt");
    for (line, expected) in outline(&check_certificate(LEAF)).iter().zip(expected.lines()) {
        assert_eq!(line.replace("X509(", "").replace(')', ""), expected);
    }
    assert_eq!(check_certificate(LEAF).len(), expected.lines().count());
}

#[test]
fn a_certificate_is_summed_up() {
    let leaf = certificate(LEAF).expect("a certificate");
    assert_eq!((&*leaf.subject, &*leaf.issuer), ("mail.example", "C=JP, O=Root without a common name"));
    assert_eq!(leaf.serial[..4], [0, 0x80, 0xff, 0]);
    assert_eq!((leaf.not_before, leaf.not_after), (1_709_251_200, 2_556_143_999));
    assert_eq!(leaf.dns_names, ["mail.example", "*.mail.example"]);
    assert_eq!(leaf.addresses, [[192, 0, 2, 110]]);
    assert!(!leaf.is_authority);
    let usages: Vec<_> = leaf.key_usage.map(X509Value::usages).into_iter().flatten().collect();
    assert_eq!(usages, ["digitalSignature", "keyAgreement", "decipherOnly"]);
    assert_eq!((&*leaf.public_key_algorithm, &*leaf.signature_algorithm), ("secp256r1", "ecdsa-with-SHA256"));
    assert!(leaf.subject_key.is_some_and(|of| of.starts_with(&[0x49, 0xeb, 0xcd, 0xdf])));

    let root = certificate(ROOT).expect("a certificate");
    assert!(root.is_authority);
    assert_eq!(leaf.authority_key, root.subject_key);
    assert_eq!(LEAF[leaf.issuer_span], ROOT[root.subject_span.clone()]);
    assert_eq!(ROOT[root.issuer_span], ROOT[root.subject_span]);

    let rsa = certificate(RSA).expect("a certificate");
    assert_eq!((rsa.not_before, rsa.not_after), (915_148_800, 1_262_303_999));
    assert_eq!(rsa.public_key_algorithm, "rsaEncryption");
    assert_eq!(rsa.signature_algorithm, "sha256WithRSAEncryption");
}

#[test]
fn the_spans_of_a_certificate_follow_each_other_in_it() {
    for der in ALL {
        let found = certificate(der).expect("a certificate");
        let Certificate { tbs_span, issuer_span, subject_span, public_key_span, signature_span, .. } = found;
        assert!(tbs_span.start < issuer_span.start && issuer_span.end < subject_span.start);
        assert!(subject_span.end == public_key_span.start && public_key_span.end < tbs_span.end);
        assert!(tbs_span.end < signature_span.start && signature_span.end == der.len());
    }
}

#[test]
fn leaves_tile_every_certificate_whole_or_cut_short() {
    for der in ALL {
        for end in 0..=der.len() {
            let notes = check_certificate(&der[..end]);
            assert!(notes.iter().all(|note| note.field != Field::Unknown), "cut at {end}");
            assert_eq!(certificate(&der[..end]).is_some(), end == der.len());
        }
        let more = [der, &[0]].concat();
        assert_eq!(check_certificate(&more).last().map(|note| note.field), Some(Field::Unknown));
        assert_eq!(certificate(&more), None);
    }
}

#[test]
fn leaves_tile_certificates_that_cannot_be() {
    let mut random = Rand32::new(5280);
    let mut read = 0;
    for round in 0..30_000 {
        let der = mutated(ALL[round % 3], &mut random);
        check_certificate(&der);
        read += u32::from(certificate(&der).is_some());
    }
    assert!((1000..29_000).contains(&read), "one of both is rare: {read}");
}

#[test]
fn leaves_tile_junk_that_begins_like_a_certificate() {
    let mut random = Rand32::new(690);
    for _ in 0..30_000 {
        let types = [0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x17, 0x0c, 0xa0, 0xa3, 0x80, 0x82, 0x01, 0x00];
        let octet = |random: &mut Rand32| match random.rand_range(0..3) {
            0 => types[random.rand_range(0..types.len() as u32) as usize],
            1 => random.rand_range(0..12) as u8,
            _ => random.rand_u32() as u8,
        };
        let der: Vec<u8> = (0..random.rand_range(0..60)).map(|_| octet(&mut random)).collect();
        check_certificate(&der);
        assert_eq!(certificate(&der), None);
    }
}

#[test]
fn what_is_wrong_in_one_part_leaves_the_others_readable() {
    // The first time is no time any more.
    let at = LEAF.windows(3).position(|octets| octets == *b"240").expect("a time");
    let der = with(LEAF, at, b"x");
    assert_eq!(certificate(&der), None);
    let notes = check_certificate(&der);
    let fields = |notes: &[Note]| notes.iter().map(|note| note.field).collect::<Vec<_>>();
    assert_eq!(fields(&notes), fields(&certificate_notes(LEAF)));
}

#[test]
fn lengths_that_der_does_not_write_are_not_read() {
    // The same length in three octets where two would do, without a length, and of four octets.
    for begin in [&[0x30, 0x83, 0x00, 0x02, 0xa2][..], &[0x30, 0x80], &[0x30, 0x84, 0, 0, 0x02, 0xa2]] {
        let der = [begin, &LEAF[4..]].concat();
        assert_eq!(certificate(&der), None);
        assert_eq!(check_certificate(&der).last().map(|note| note.field), Some(Field::Unknown));
    }
}

#[test]
fn a_length_that_goes_beyond_the_octets_makes_no_certificate() {
    // Every part is there, and the whole is said to be an octet longer.
    let der = with(LEAF, 2, &[0x02, 0xa3]);
    check_certificate(&der);
    assert_eq!(certificate(&der), None);
}

#[test]
fn a_certificate_is_read_where_it_stands() {
    let frame = [b"\x0b\0\0", LEAF, b"more"].concat();
    let mut cursor = Cursor::new(&frame);
    cursor.octets(Field::Unknown, 3);
    let found = cursor.limited(LEAF.len(), crate::dissect::x509::certificate).expect("a certificate");
    cursor.rest(Field::Unknown);
    assert_eq!(frame[found.tbs_span], LEAF[certificate(LEAF).expect("a certificate").tbs_span]);
    check_notes(&frame, &cursor.into_notes());
}

#[test]
fn object_identifiers_are_written_with_dots() {
    for (octets, dotted) in [
        (oid::ECDSA_SHA256, "1.2.840.10045.4.3.2"),
        (oid::SIGNED_TIMESTAMPS, "1.3.6.1.4.1.11129.2.4.2"),
        (oid::COMMON_NAME, "2.5.4.3"),
        (b"\x88\x37", "2.999"),
        (b"\x27", "0.39"),
        (b"", ""),
        (b"\x2a\x86", ""),
        (b"\x2a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", ""),
    ] {
        assert_eq!(oid::dotted(octets), dotted);
    }
}

#[test]
fn types_have_the_names_of_the_standard() {
    assert_eq!(X509Value::name(0x30), "SEQUENCE");
    assert_eq!(X509Value::name(0xa3), "[3]");
    assert_eq!(X509Value::name(0x82), "[2]");
}

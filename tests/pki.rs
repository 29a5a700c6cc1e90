//! Certificates from a seed, verified by webpki as a client would, and what each refusal means.

#[cfg(not(target_arch = "wasm32"))]
#[path = "pki/rcgen.rs"]
mod rcgen_too;
#[path = "pki/verdicts.rs"]
mod verdicts;

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use pop3lab::dissect::{certificate, certificate_notes, leaves};
use pop3lab::pki::{
    Fault, Pki, Problem, Verdict, holder, issue, issue_from, issue_to_person, pkcs8, verdict,
};
use rustls_pki_types::alg_id::{ECDSA_P256, ECDSA_SHA256};
use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, ServerName, SignatureVerificationAlgorithm,
    UnixTime,
};
use sha2::{Digest, Sha256};
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use webpki::{EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert};

const HOST: &str = "pop.example";
const ADDRESS: &str = "192.0.2.110";
const PERSON: &str = "alice@example";
/// 2026-03-14 15:09:26 UTC.
const NOW: i64 = 1_773_500_966;
const DAY: i64 = 86_400;

/// ECDSA on P-256 with SHA-256, which is all that these certificates use.
#[derive(Debug)]
struct P256;

impl SignatureVerificationAlgorithm for P256 {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        ECDSA_P256
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        ECDSA_SHA256
    }

    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature = DerSignature::from_bytes(signature).map_err(|_| InvalidSignature)?;
        let key = VerifyingKey::from_sec1_bytes(key).map_err(|_| InvalidSignature)?;
        key.verify(message, &signature).map_err(|_| InvalidSignature)
    }
}

/// What a client says that asks for a name or an address and whose clock says this.
fn verify(pki: &Pki, asked: &str, clock: i64) -> Result<(), Error> {
    verify_for(KeyUsage::server_auth(), pki, clock)?;
    let leaf = CertificateDer::from(&pki.chain[0][..]);
    let name = ServerName::try_from(asked).expect("a name or an address");
    EndEntityCert::try_from(&leaf)?.verify_is_valid_for_subject_name(&name)
}

/// What somebody says who wants a certificate for this usage.
fn verify_for(usage: KeyUsage, pki: &Pki, clock: i64) -> Result<(), Error> {
    let roots: Vec<_> = pki.roots.iter().map(|der| CertificateDer::from(&der[..])).collect();
    let anchors: Result<Vec<_>, Error> = roots.iter().map(anchor_from_trusted_cert).collect();
    let sent: Vec<_> = pki.chain.iter().map(|der| CertificateDer::from(&der[..])).collect();
    let leaf = EndEntityCert::try_from(&sent[0])?;
    let clock = UnixTime::since_unix_epoch(Duration::from_secs(clock as u64));
    leaf.verify_for_usage(&[&P256], &anchors?, &sent[1..], clock, usage, None, None).map(drop)
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::CertExpired { .. } => Problem::Expired,
        Error::CertNotValidYet { .. } => Problem::NotYetValid,
        Error::CertNotValidForName(_) => Problem::WrongName,
        Error::UnknownIssuer => Problem::UnknownIssuer,
        _ => Problem::Other,
    }
}

/// What the client is told, and what is explained, for one fault.
fn refusal(fault: Fault) -> (Error, Verdict) {
    let pki = issue(7, HOST, NOW, Some(fault));
    let asked = if fault == Fault::ByAddress { ADDRESS } else { HOST };
    let clock = if fault == Fault::WrongClock { NOW - 24 * 365 * DAY } else { NOW };
    let error = verify(&pki, asked, clock).expect_err("a fault is refused");
    let verdict = verdict(problem(&error), &pki.chain, &pki.roots, asked, clock, NOW);
    (error, verdict)
}

#[test]
fn certificates_without_a_fault_are_believed() {
    for seed in [0, 1, 7, u64::MAX] {
        for now in [0, NOW, 2_524_608_000 - DAY, 4_102_444_800, 200_000_000_000] {
            let pki = issue(seed, HOST, now, None);
            assert_eq!(verify(&pki, HOST, now), Ok(()), "seed {seed} at {now}");
            assert_eq!(pki.chain.len(), 2);
        }
    }
    assert_eq!(verify(&issue(7, ADDRESS, NOW, None), ADDRESS, NOW), Ok(()));
    assert_eq!(verify(&issue(7, "Bücher.example", NOW, None), "xn--bcher-kva.example", NOW), Ok(()));
}

#[test]
fn an_authority_of_another_seed_is_unknown_and_no_forgery() {
    let [first, second] = [[1; 32], [2; 32]].map(|seed| issue_from(&seed, HOST, NOW));
    assert_eq!(verify(&first, HOST, NOW), Ok(()));
    // Under one name the first authority's signature would be judged by the second one's key.
    let strange = Pki { roots: second.roots, ..first };
    assert_eq!(verify(&strange, HOST, NOW), Err(Error::UnknownIssuer));
}

#[test]
fn a_certificate_of_a_person_is_for_clients_and_names_the_person() {
    let pki = issue_to_person(7, PERSON, NOW, None);
    assert_eq!(verify_for(KeyUsage::client_auth(), &pki, NOW), Ok(()));
    let as_server = verify_for(KeyUsage::server_auth(), &pki, NOW);
    assert!(matches!(as_server, Err(Error::RequiredEkuNotFoundContext(_))), "{as_server:?}");
    let server = verify_for(KeyUsage::client_auth(), &issue(7, HOST, NOW, None), NOW);
    assert!(matches!(server, Err(Error::RequiredEkuNotFoundContext(_))), "{server:?}");
    assert_eq!(holder(&pki.chain[0]).as_deref(), Some(PERSON));
    // Without an address the common name tells; what is no certificate is nobody's.
    assert_eq!(holder(&issue(7, HOST, NOW, None).chain[0]).as_deref(), Some(HOST));
    assert_eq!(holder(&pki.chain[0][1..]), None);
    // The same authority has issued the server's.
    let server = issue(7, HOST, NOW, None);
    assert_eq!((&pki.roots, &pki.chain[1..]), (&server.roots, &server.chain[1..]));
    assert_ne!(pki.key, server.key);
}

#[test]
fn faults_of_a_persons_certificate_are_those_of_a_servers() {
    for (fault, problem) in [
        (Fault::Expired, Problem::Expired),
        (Fault::NotYetValid, Problem::NotYetValid),
        (Fault::SelfSigned, Problem::UnknownIssuer),
        (Fault::UnknownAuthority, Problem::UnknownIssuer),
        (Fault::MissingIntermediate, Problem::UnknownIssuer),
    ] {
        let pki = issue_to_person(7, PERSON, NOW, Some(fault));
        let error = verify_for(KeyUsage::client_auth(), &pki, NOW).expect_err("a fault is refused");
        assert_eq!(self::problem(&error), problem, "{fault:?}");
    }
    assert_eq!(
        issue_to_person(7, PERSON, NOW, Some(Fault::OtherHost)),
        issue_to_person(7, PERSON, NOW, None)
    );
}

#[test]
fn each_fault_is_refused_and_explained() {
    let other = || vec!["pop.elsewhere.example".to_owned()];
    let midnight = NOW - NOW % DAY;
    let clock = NOW - 24 * 365 * DAY;
    for fault in Fault::ALL {
        let expected = match fault {
            Fault::Expired => (Problem::Expired, Verdict::Expired { since: midnight - 12 * DAY - 1 }),
            Fault::NotYetValid => (Problem::NotYetValid, Verdict::NotYetValid { from: midnight + 9 * DAY }),
            Fault::OtherHost => {
                (Problem::WrongName, Verdict::OtherName { names: other(), asked: HOST.into() })
            }
            Fault::ByAddress => {
                let names = vec![HOST.to_owned()];
                (Problem::WrongName, Verdict::ByAddress { address: ADDRESS.into(), names })
            }
            Fault::SelfSigned => (Problem::UnknownIssuer, Verdict::SelfSigned),
            Fault::UnknownAuthority => {
                let authority = "Root Nobody Asked For".into();
                (Problem::UnknownIssuer, Verdict::UnknownAuthority { authority })
            }
            Fault::MissingIntermediate => {
                let issuer = "POP3 Lab Intermediate".into();
                (Problem::UnknownIssuer, Verdict::MissingIntermediate { issuer })
            }
            Fault::WrongClock => {
                let valid = (midnight - 30 * DAY, midnight + 60 * DAY - 1);
                (Problem::NotYetValid, Verdict::ClockIsWrong { clock, valid })
            }
        };
        let (error, verdict) = refusal(fault);
        assert_eq!((problem(&error), verdict), expected, "{}: {error:?}", fault.name());
    }
}

#[test]
fn a_client_that_asks_rightly_finds_nothing_wrong_where_the_fault_is_its_own() {
    for fault in [Fault::ByAddress, Fault::WrongClock] {
        assert_eq!(issue(7, HOST, NOW, Some(fault)), issue(7, HOST, NOW, None));
    }
}

#[test]
fn the_missing_intermediate_would_have_been_enough() {
    let mut pki = issue(7, HOST, NOW, Some(Fault::MissingIntermediate));
    pki.chain.push(issue(7, HOST, NOW, None).chain.remove(1));
    assert_eq!(verify(&pki, HOST, NOW), Ok(()));
}

#[test]
fn the_unknown_root_would_have_been_enough() {
    let mut pki = issue(7, HOST, NOW, Some(Fault::UnknownAuthority));
    pki.roots.push(pki.chain[2].clone());
    assert_eq!(verify(&pki, HOST, NOW), Ok(()));
}

#[test]
fn the_key_is_the_one_in_the_certificate() {
    for fault in [None, Some(Fault::SelfSigned)] {
        let pki = issue(7, HOST, NOW, fault);
        let key = p256::ecdsa::SigningKey::from_slice(&pki.key).expect("a key");
        let point = key.verifying_key().to_sec1_point(false);
        assert!(pki.chain[0].windows(65).any(|octets| octets == point.as_bytes()));
        // As OpenSSL writes it without the public key: version 0, the kind, and the number inside.
        let wrapped = pkcs8(&pki.key);
        assert_eq!((wrapped.len(), &wrapped[wrapped.len() - 32..]), (67, &pki.key[..]));
    }
}

#[test]
fn the_same_seed_gives_the_same_octets_everywhere() {
    let mut hash = Sha256::new();
    for fault in Fault::ALL.into_iter().map(Some).chain([None]) {
        let pki = issue(1939, HOST, NOW, fault);
        pki.roots.iter().chain(&pki.chain).for_each(|der| hash.update(der));
        hash.update(pki.key);
    }
    let digest: String = hash.finalize().iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(digest, "da8f677a5d286bf8c04468f20676206485a0b2179f2ef207051756d8f63432c8");
    assert_ne!(issue(1, HOST, NOW, None).key, issue(2, HOST, NOW, None).key);
}

#[test]
fn every_octet_of_what_is_issued_has_a_note_and_is_summed_up() {
    for fault in Fault::ALL {
        let pki = issue(7, HOST, NOW, Some(fault));
        for der in pki.roots.iter().chain(&pki.chain) {
            let notes = certificate_notes(der);
            assert_eq!(leaves(&notes).map(|leaf| leaf.span.len()).sum::<usize>(), der.len());
            let told = certificate(der).expect("a certificate");
            assert_eq!(told.serial.len(), 16);
            assert_eq!(told.is_authority, told.dns_names.is_empty());
            assert_eq!(told.signature_algorithm, "ecdsa-with-SHA256");
        }
    }
}

#[test]
fn any_host_whatever_gets_a_certificate() {
    let long = "x".repeat(300);
    for host in ["", ".", "*", "日本語", "::1", "a b", &long] {
        for fault in Fault::ALL.into_iter().map(Some).chain([None]) {
            for now in [i64::MIN, -1, i64::MAX] {
                let pki = issue(0, host, now, fault);
                assert!(pki.chain.iter().all(|der| certificate(der).is_some()), "{host}");
            }
        }
    }
}

#[test]
fn faults_are_found_by_their_names() {
    for fault in Fault::ALL {
        assert_eq!(Fault::named(fault.name()), Some(fault));
    }
    assert_eq!(Fault::named("none"), None);
}

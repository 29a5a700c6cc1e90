//! The same certificates by another hand: rcgen, told the same things, writes the same octets.

use super::{HOST, NOW, PERSON};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use pop3lab::dissect::{Certificate, certificate};
use pop3lab::pki::{Fault, issue, issue_to_person};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, Error, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyIdMethod, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PublicKeyData, SanType, SerialNumber,
    SignatureAlgorithm,
};
use time::OffsetDateTime;

struct Key {
    secret: SigningKey,
    point: Vec<u8>,
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        &self.point
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

impl rcgen::SigningKey for Key {
    fn sign(&self, octets: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: DerSignature = self.secret.sign(octets);
        Ok(signature.as_bytes().to_vec())
    }
}

/// What rcgen has to be told for a certificate like this one.
fn like(told: &Certificate) -> CertificateParams {
    let date = |seconds| OffsetDateTime::from_unix_timestamp(seconds).expect("a date");
    let mut params = CertificateParams::default();
    params.not_before = date(told.not_before);
    params.not_after = date(told.not_after);
    params.serial_number = Some(SerialNumber::from_slice(&told.serial));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, &*told.subject);
    params.key_identifier_method = KeyIdMethod::PreSpecified(told.subject_key.clone().expect("a key id"));
    params.use_authority_key_identifier_extension = true;
    if told.is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    } else {
        let name = |name: &String| SanType::DnsName(name.as_str().try_into().expect("a name"));
        let address = |address: &[u8; 4]| SanType::IpAddress((*address).into());
        let mailbox = |mailbox: &String| SanType::Rfc822Name(mailbox.as_str().try_into().expect("ASCII"));
        let hosts = told.dns_names.iter().map(name).chain(told.addresses.iter().map(address));
        params.subject_alt_names = hosts.chain(told.mailboxes.iter().map(mailbox)).collect();
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![match told.mailboxes[..] {
            [] => ExtendedKeyUsagePurpose::ServerAuth,
            _ => ExtendedKeyUsagePurpose::ClientAuth,
        }];
    }
    params
}

#[test]
fn rcgen_writes_the_same_octets() {
    for whose in [HOST, "192.0.2.110", "*.mail.example", PERSON] {
        for now in [NOW, 2_524_608_000, 4_102_444_800] {
            let issue = if whose == PERSON { issue_to_person } else { issue };
            let pki = issue(7, whose, now, Some(Fault::SelfSigned));
            let secret = SigningKey::from_slice(&pki.key).expect("a key");
            let point = secret.verifying_key().to_sec1_point(false).as_bytes().to_vec();
            let key = Key { secret, point };
            let params = like(&certificate(&pki.chain[0]).expect("a certificate"));
            let alone = params.self_signed(&key).expect("rcgen can do that");
            assert_eq!(alone.der()[..], pki.chain[0], "{whose}");
        }
    }
}

/// The keys of the authorities are nobody's to have, so only what is signed is compared here.
#[test]
fn rcgen_has_the_same_parts_signed_by_the_authorities() {
    for fault in [None, Some(Fault::UnknownAuthority), Some(Fault::OtherHost)] {
        let pki = issue(7, HOST, NOW, fault);
        let sent: Vec<&Vec<u8>> = pki.chain.iter().chain(&pki.roots).collect();
        for der in &sent {
            let told = certificate(der).expect("a certificate");
            let above = sent.iter().map(|der| (certificate(der).expect("a certificate"), der));
            let (above, _) =
                above.into_iter().find(|(above, _)| above.subject == told.issuer).expect("it is sent");
            let point = |told: &Certificate, der: &[u8]| der[told.public_key_span.clone()][26..].to_vec();
            // Signs with a key of its own: the signature is not looked at.
            let secret = SigningKey::from_slice(&pki.key).expect("a key");
            let key = Key { secret, point: point(&told, der) };
            let mut params = like(&told);
            if told.subject.starts_with("POP3 Lab I") || told.subject.starts_with("Intermediate") {
                params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
            }
            let issuer = like(&above);
            let other =
                params.signed_by(&key, &Issuer::from_params(&issuer, &key)).expect("rcgen can do that");
            let other_told = certificate(other.der()).expect("a certificate");
            assert_eq!(other.der()[other_told.tbs_span], der[told.tbs_span], "{}", told.subject);
        }
    }
}

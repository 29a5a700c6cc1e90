//! A server asks who the client is: what is shown, what is believed, and what is said of what is not.

use crate::pair::*;
use pop3lab::pki::{Fault, Pki, holder};
use pop3lab::tls::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BOTH: [Versions; 2] = [Versions::Only12, Versions::Only13];

/// What an end sent in its handshake, by name.
fn messages(pair: &Pair, end: End) -> Vec<String> {
    let mut reader = Messages::default();
    let records = pair.transmitted(end).into_iter().filter(|record| record.kind == ContentType::Handshake);
    let found = records.flat_map(|record| reader.receive(record.content()));
    found.map(|(message, _)| message.to_string()).collect()
}

fn agreed(pair: &Pair, end: End) -> Option<Agreed> {
    pair.of_end(end).find_map(|output| match output {
        Output::Established(agreed) => Some(agreed.clone()),
        _ => None,
    })
}

fn handshake(versions: Versions, client: ClientTls, server: &ServerTls) -> Pair {
    Pair::with(&ClientTls { versions, ..client }, server, 7).drive()
}

#[test]
fn a_certificate_that_verifies_tells_the_server_who_it_is() {
    for versions in BOTH {
        let mut pair = handshake(versions, showing(&person(None)), &asking());
        let server = agreed(&pair, End::Server).expect("the server has agreed");
        assert_eq!((&server.chain, server.trust), (&person(None).chain, Some(Trust::Verified)));
        assert_eq!(holder(&server.chain[0]).as_deref(), Some(ADDRESS));
        let client = agreed(&pair, End::Client).expect("the client has agreed");
        assert_eq!((client.exporter, client.scheme), (server.exporter, server.scheme));
        assert!(messages(&pair, End::Server).contains(&"CertificateRequest".to_owned()));
        let said = messages(&pair, End::Client);
        let expected = match versions {
            Versions::Only12 => {
                &["ClientHello", "Certificate", "ClientKeyExchange", "CertificateVerify", "Finished"][..]
            }
            _ => &["ClientHello", "Certificate", "CertificateVerify", "Finished"],
        };
        assert_eq!(said, expected);
        pair.says(End::Client, b"CAPA\r\n");
        assert_eq!(pair.drive().heard(End::Server), b"CAPA\r\n");
    }
}

#[test]
fn who_has_none_says_so_and_goes_on() {
    for versions in BOTH {
        let pair = handshake(versions, trusting(), &asking());
        let server = agreed(&pair, End::Server).expect("the server has agreed");
        assert_eq!((server.chain, server.trust), (vec![], None));
        assert_eq!(messages(&pair, End::Client)[1], "Certificate (empty)");
        assert!(!messages(&pair, End::Client).contains(&"CertificateVerify".to_owned()));
    }
}

#[test]
fn who_is_not_asked_shows_nothing() {
    for versions in BOTH {
        let pair = handshake(versions, showing(&person(None)), &serving());
        assert_eq!(agreed(&pair, End::Server).map(|agreed| agreed.chain), Some(vec![]));
        assert!(messages(&pair, End::Client).iter().all(|message| !message.starts_with("Certificate")));
        assert!(!messages(&pair, End::Server).contains(&"CertificateRequest".to_owned()));
    }
}

#[test]
fn what_does_not_verify_is_refused_by_its_alert() {
    use CertificateProblem::*;
    let expired = |problem: &CertificateProblem| matches!(problem, Expired { now: NOW, .. });
    let (own, later) = (person(None), person(Some(Fault::NotYetValid)));
    let another = person(Some(Fault::UnknownAuthority));
    let server = Pki { chain: vec![SERVER.to_vec()], key: [0; 32], roots: vec![] };
    let authority = Pki { chain: own.chain[1..].to_vec(), ..own.clone() };
    type Expected<'a> = &'a dyn Fn(&CertificateProblem) -> bool;
    let cases: [(&str, Pki, Expected<'_>, u8); 7] = [
        ("expired", person(Some(Fault::Expired)), &expired, 45),
        ("early", later, &|problem| matches!(problem, NotYetValid { .. }), 45),
        ("of a stranger", another.clone(), &|problem| *problem == UnknownIssuer, 48),
        ("signed by itself", person(Some(Fault::SelfSigned)), &|problem| *problem == UnknownIssuer, 48),
        ("of a server", server, &|problem| *problem == WrongPurpose, 43),
        ("of an authority", authority, &|problem| *problem == CaAsEndEntity, 46),
        ("not its own", Pki { key: [7; 32], ..own }, &|problem| *problem == BadSignature, 51),
    ];
    for (case, shown, expected, number) in &cases {
        for versions in BOTH {
            let mut client = ClientTls { versions, ..showing(shown) };
            let mut server = asking();
            if *case == "of a server" {
                client.key = SERVER_KEY.to_vec();
                server.client_roots = vec![AUTHORITY.to_vec()];
            }
            let pair = Pair::with(&client, &server, 7).drive();
            let Some(Failure::Certificate { problem, chain }) = pair.failure(End::Server) else {
                panic!("{case}, {versions:?}: {:?}", pair.failure(End::Server));
            };
            assert!(expected(problem), "{case}, {versions:?}: {problem:?}");
            assert_eq!(chain, &client.chain, "{case}: what was shown can be looked at");
            assert_eq!(pair.failure(End::Client), Some(&Failure::AlertReceived(*number)), "{case}");
            assert_eq!(agreed(&pair, End::Server), None, "{case}: nobody is let in");
            // In TLS 1.3 a client is done before anybody has looked at what it showed.
            assert_eq!(agreed(&pair, End::Client).is_some(), versions == Versions::Only13, "{case}");
        }
    }
}

#[test]
fn a_certificate_of_a_client_without_its_key_is_no_policy() {
    let shown = Pki { key: [0; 32], ..person(None) };
    let client = Endpoint::client(&showing(&shown), HOST, Chance::seeded(1, 1), NOW);
    assert_eq!(client.err(), Some(Failure::BadKey));
    let server = ServerTls { client_roots: vec![vec![0x30, 0]], ..serving() };
    assert_eq!(Endpoint::server(&server, Chance::seeded(1, 1)).err(), Some(Failure::BadRoot));
}

#[test]
fn any_split_of_it_gives_the_same_outputs() {
    for versions in BOTH {
        let client = ClientTls { versions, ..showing(&person(None)) };
        let whole = Pair::with(&client, &asking(), 3).drive();
        for piece in [1, 5, 100] {
            let mut pair = Pair::with(&client, &asking(), 3);
            pair.piece = piece;
            assert!(pair.drive().log == whole.log, "{versions:?} in pieces of {piece}");
        }
    }
}

//! Clients with certificates of their own, for AUTH EXTERNAL.

use super::client::{Client, date};
use super::mail::{eml, folder};
use super::program::{Program, pem, text};
use pop3lab::pki::{self, Fault, Pki};

/// A certificate for `address`, made of this seed, as it stands today.
fn person(seed: u64, address: &str, fault: Option<Fault>) -> Pki {
    pki::issue_to_person(seed, address, date() as i64, fault)
}

/// A server that believes the authority of seed 1.
fn program() -> Program {
    let root = folder(["alice"]);
    eml(&root, "alice", 1);
    let authority = person(1, "nobody@localhost", None).roots.remove(0);
    let authority = pem(&root, ".clients.pem", "CERTIFICATE", &authority);
    Program::start(&["--mail", text(&root), "--client-ca", text(&authority)])
}

#[test]
fn a_certificate_opens_the_mailbox_of_its_address_without_a_password() {
    let program = program();
    let mut alice = Client::with_certificate(&program, &person(1, "alice@localhost", None)).unwrap();
    let capabilities = String::from_utf8(alice.fetches("CAPA").unwrap()).unwrap();
    assert!(capabilities.contains(" EXTERNAL"), "{capabilities}");
    assert!(alice.asks("AUTH EXTERNAL =").unwrap().starts_with("+OK"));
    assert!(alice.asks("STAT").unwrap().starts_with("+OK 1 "));
}

#[test]
fn the_certificate_of_somebody_else_opens_nothing() {
    let program = program();
    let mut bob = Client::with_certificate(&program, &person(1, "bob@localhost", None)).unwrap();
    assert!(bob.asks("AUTH EXTERNAL =").unwrap().starts_with("-ERR"));
}

#[test]
fn without_a_certificate_a_password_is_as_good_as_ever() {
    let program = program();
    let mut client = Client::tls(&program).unwrap();
    let capabilities = String::from_utf8(client.fetches("CAPA").unwrap()).unwrap();
    assert!(!capabilities.contains(" EXTERNAL"), "{capabilities}");
    assert!(client.asks("AUTH EXTERNAL =").unwrap().starts_with("-ERR"));
    assert!(client.logs_in("alice", "alice-secret").unwrap().starts_with("+OK"));
}

#[test]
fn a_certificate_of_another_authority_or_of_last_year_ends_the_handshake() {
    let program = program();
    let (stranger, old) =
        (person(2, "alice@localhost", None), person(1, "alice@localhost", Some(Fault::Expired)));
    for own in [stranger, old] {
        assert!(Client::with_certificate(&program, &own).is_err());
    }
    assert!(program.log().contains("TLS"), "{}", program.log());
}

#[test]
fn asking_for_certificates_needs_an_authority() {
    let said = Program::refuses(&["--tls", "127.0.0.1:0", "--with", "client-cert"]);
    assert!(said.contains("--client-ca"), "{said}");
}

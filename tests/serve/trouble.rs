//! What can go wrong outside of it is said in one sentence, and loses nothing.

use super::client::Client;
use super::mail::{eml, folder, mbox, mbox_of};
use super::program::{Program, pem, scratch, text};
use pop3lab::pki;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_busy_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = Program::refuses(&["--plain", &address]);
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
}

#[test]
fn a_folder_without_users_is_named() {
    let root = scratch("empty");
    let said = Program::refuses(&["--plain", "127.0.0.1:0", "--mail", text(&root)]);
    assert!(said.contains("users") && said.contains("NAME:PASSWORD"), "{said}");
}

#[test]
fn a_certificate_or_a_key_that_cannot_be_used_gets_a_sentence() {
    /// What stands before the 32 octets of an Ed25519 key (RFC 8410).
    const ED25519: &str = "302e020100300506032b657004220420";
    let root = scratch("pem");
    let (ours, other) = (pki::issue(1, "localhost", 0, None), pki::issue(2, "localhost", 0, None));
    let certificate = pem(&root, "certificate.pem", "CERTIFICATE", &ours.chain[0]);
    let fitting = pem(&root, "key.pem", "PRIVATE KEY", &pki::pkcs8(&ours.key));
    let foreign = pem(&root, "foreign.pem", "PRIVATE KEY", &pki::pkcs8(&other.key));
    let rsa = pem(&root, "rsa.pem", "RSA PRIVATE KEY", b"numbers");
    let ed25519 = u128::from_str_radix(ED25519, 16).unwrap().to_be_bytes();
    let ed25519 = pem(&root, "ed25519.pem", "PRIVATE KEY", &[&ed25519[..], &[7; 32]].concat());
    let (missing, words) = (root.join("missing.pem"), root.join("words.pem"));
    fs::write(&words, "Dear customer,\n").unwrap();
    for (certificate, key, told) in [
        (&missing, &fitting, "missing.pem"),
        (&certificate, &missing, "missing.pem"),
        (&words, &fitting, "words.pem holds no certificate"),
        (&certificate, &words, "words.pem holds no private key"),
        (&certificate, &foreign, "does not belong"),
        (&certificate, &rsa, "an RSA key"),
        (&certificate, &ed25519, "an Ed25519 key"),
    ] {
        let flags = ["--tls", "127.0.0.1:0", "--cert", text(certificate), "--key", text(key)];
        let said = Program::refuses(&flags);
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn a_place_where_the_authority_cannot_be_written_is_named() {
    let said = Program::refuses(&["--tls", "127.0.0.1:0", "--ca-out", "/dev/full"]);
    assert!(said.contains("/dev/full") && said.contains("No space left"), "{said}");
}

#[test]
fn a_full_disk_loses_no_mail_of_an_mbox() {
    let root = folder(["alice"]);
    mbox(&root, "alice", 3);
    // Whatever is written beside the mailbox finds no room.
    symlink("/dev/full", root.join(".alice.new")).unwrap();
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut client = Client::plain(&program).unwrap();
    client.logs_in("alice", "alice-secret").unwrap();
    client.asks("DELE 2").unwrap();
    let answer = client.asks("QUIT").unwrap();
    assert!(answer.starts_with("-ERR"), "{answer}");
    assert_eq!(fs::read(root.join("alice")).unwrap(), mbox_of([1, 2, 3]));
    assert!(!root.join(".alice.new").exists(), "half a mailbox is left beside it");
    let log = program.log();
    let sentence = log.lines().find(|line| line.contains("No space left"));
    assert!(sentence.is_some_and(|line| line.contains("alice")), "{log}");
}

#[test]
fn a_place_that_takes_no_more_files_loses_no_mail_of_a_folder() {
    let root = folder(["alice"]);
    eml(&root, "alice", 3);
    let program = Program::start(&["--mail", text(&root), "--write"]);
    let mut client = Client::plain(&program).unwrap();
    client.logs_in("alice", "alice-secret").unwrap();
    client.asks("DELE 1").unwrap();
    client.asks("DELE 2").unwrap();
    // Nothing can be moved to where a file is in the way.
    fs::write(root.join(".alice.removing"), "in the way").unwrap();
    let answer = client.asks("QUIT").unwrap();
    assert!(answer.starts_with("-ERR"), "{answer}");
    assert_eq!(super::mail::files(&root.join("alice")), ["1.eml", "2.eml", "3.eml"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_mail_file_that_cannot_be_read_closes_its_mailbox_and_no_other() {
    let root = folder(["alice", "bob"]);
    eml(&root, "alice", 2);
    eml(&root, "bob", 2);
    // Not even the administrator can read this one.
    symlink("/proc/self/mem", root.join("alice/3.eml")).unwrap();
    let program = Program::start(&["--mail", text(&root)]);
    let mut alice = Client::plain(&program).unwrap();
    let answer = alice.logs_in("alice", "alice-secret").unwrap();
    assert!(answer.starts_with("-ERR [SYS/TEMP]"), "{answer}");
    let mut bob = Client::plain(&program).unwrap();
    assert!(bob.logs_in("bob", "bob-secret").unwrap().starts_with("+OK"));
    let log = program.log();
    assert!(log.lines().any(|line| line.contains("3.eml") && line.contains("alice")), "{log}");

    // And once it is mended, all is there.
    fs::remove_file(root.join("alice/3.eml")).unwrap();
    assert!(alice.logs_in("alice", "alice-secret").unwrap().starts_with("+OK"));
    assert_eq!(alice.asks("STAT").unwrap().split(' ').nth(1), Some("2"));
}

#[test]
fn secrets_are_not_in_the_log() {
    let root = folder(["alice"]);
    let program = Program::start(&["--mail", text(&root)]);
    let mut client = Client::plain(&program).unwrap();
    client.logs_in("alice", "a-wrong-guess").unwrap();
    client.logs_in("alice", "alice-secret").unwrap();
    client.asks("AUTH PLAIN AGFsaWNlAGFsaWNlLXNlY3JldA==").unwrap();
    client.asks("QUIT").unwrap();
    let log = program.log();
    assert!(log.contains("alice"), "{log}");
    for secret in ["wrong-guess", "alice-secret", "AGFsaWNl"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn a_slow_disk_keeps_waiting_whose_mail_is_on_it_and_nobody_else() {
    let root = folder(["alice", "bob"]);
    eml(&root, "bob", 2);
    // A file that begins once somebody writes it.
    assert!(Command::new("mkfifo").arg(root.join("alice")).status().unwrap().success());
    let program = Program::start(&["--mail", text(&root)]);
    thread::scope(|scope| {
        let alice = scope.spawn(|| Client::plain(&program).unwrap().logs_in("alice", "alice-secret"));
        thread::sleep(Duration::from_millis(200));
        let asked = Instant::now();
        let mut bob = Client::plain(&program).unwrap();
        assert!(bob.logs_in("bob", "bob-secret").unwrap().starts_with("+OK"));
        assert!(bob.asks("QUIT").unwrap().starts_with("+OK"));
        assert!(asked.elapsed() < Duration::from_secs(1), "bob waited {:?}", asked.elapsed());
        let mut second = Client::plain(&program).unwrap();
        let answer = second.logs_in("alice", "alice-secret").unwrap();
        assert!(answer.starts_with("-ERR [IN-USE]"), "{answer}");
        fs::write(root.join("alice"), mbox_of([1, 2])).unwrap();
        assert!(alice.join().unwrap().unwrap().starts_with("+OK"));
    });
}

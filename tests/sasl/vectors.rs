//! The file of examples.

use crate::people::{People, identity, server, terms};
use base64::prelude::{BASE64_STANDARD, Engine};
use pop3lab::sasl::bearer::Bearer;
use pop3lab::sasl::plain::Plain;
use pop3lab::sasl::scram::Keys;
use pop3lab::sasl::{
    Accounts, Channel, Client, Credentials, Fresh, Hash, Identity, Mechanism, Server, Step, Terms, Work,
    apop, coding, cram_md5, plain, scram,
};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn vectors() -> Value {
    let file: Value = serde_json::from_str(include_str!("../conformance/auth_vectors.json")).expect("JSON");
    file["vectors"].clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn unhex(value: &Value) -> Vec<u8> {
    let pairs = text(value).as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn apop_is_as_rfc_1939_has_it() {
    let vectors = vectors();
    let one = std::slice::from_ref(&vectors["apop_rfc1939"]);
    for of in one.iter().chain(list(&vectors["apop_extra"])) {
        assert_eq!(apop::digest(text(&of["timestamp"]), text(&of["secret"]).as_bytes()), text(&of["digest"]));
    }
}

#[test]
fn cram_md5_is_as_rfc_2195_has_it_on_both_sides() {
    let vectors = vectors();
    for of in ["cram_md5_rfc2195", "cram_md5_long_key", "cram_md5_user_with_space"].map(|key| &vectors[key]) {
        let (user, secret, challenge) = (text(&of["user"]), text(&of["secret"]), text(&of["challenge"]));
        let mut client =
            Client::new(Mechanism::CramMd5, identity(user, secret), "unused".into(), Channel::None);
        let response = client.respond(challenge.as_bytes()).unwrap();
        let expected = match of["response"].as_str() {
            Some(response) => response.to_owned(),
            None => format!("{user} {}", text(&of["digest"])),
        };
        assert_eq!(response, expected.as_bytes());
        let Some(Work::CramMd5(work)) = client.work() else { panic!("no work was shown") };
        assert_eq!(work, &cram_md5::Work::new(secret, challenge.as_bytes()));

        let people = People::of(&[(user, secret)]);
        let fresh = Fresh { nonce: "unused".into(), stamp: challenge.into() };
        let mut server = Server::new(Mechanism::CramMd5, fresh);
        assert_eq!(server.step(&terms(&people), None), Step::Challenge(challenge.into()));
        let done = server.step(&terms(&people), Some(expected.as_bytes()));
        assert_eq!(done, Step::Succeeded { name: user.into(), mailbox: user.into() });
    }
    let of = &vectors["cram_md5_rfc2195"];
    assert_eq!(coding::encode(text(&of["challenge"]).as_bytes()), text(&of["challenge_b64"]));
    assert_eq!(coding::encode(text(&of["response"]).as_bytes()), text(&of["response_b64"]));
}

/// An account with the salt of a vector, which no seed gives.
struct Salted {
    credentials: Credentials,
}

impl Accounts for Salted {
    fn credentials(&self, _: &str) -> Option<&Credentials> {
        Some(&self.credentials)
    }

    fn of_token(&self, _: &str) -> Option<&str> {
        None
    }

    fn of_certificate(&self, _: &str) -> Option<&str> {
        None
    }
}

#[test]
fn scram_is_as_rfc_5802_and_rfc_7677_have_it_on_both_sides() {
    let vectors = vectors();
    let keys = vectors.as_object().unwrap().keys().filter(|key| key.starts_with("scram_"));
    let mut count = 0;
    for key in keys {
        count += 1;
        let of = &vectors[key];
        let hash = if text(&of["hash"]) == "sha1" { Hash::Sha1 } else { Hash::Sha256 };
        let mechanism = match (hash, of["channel_binding_data_hex"].is_string()) {
            (Hash::Sha1, false) => Mechanism::ScramSha1,
            (_, false) => Mechanism::ScramSha256,
            (_, true) => Mechanism::ScramSha256Plus,
        };
        let gs2 = text(&of["gs2_header"]);
        let acts_as = gs2.split_once("a=").map(|(_, rest)| rest.trim_end_matches(',').to_owned());
        let channel: Option<[u8; 32]> = of["channel_binding_data_hex"]
            .is_string()
            .then(|| unhex(&of["channel_binding_data_hex"]).try_into().unwrap());
        let known = match (channel, gs2.starts_with('y')) {
            (Some(octets), _) => Channel::Exporter(octets),
            (None, true) => Channel::Unoffered,
            (None, false) => Channel::None,
        };
        let (user, password) = (text(&of["user"]), text(&of["password"]));
        let identity = Identity { name: user.into(), acts_as: acts_as.clone(), secret: password.into() };
        let mut client = Client::new(mechanism, identity, text(&of["client_nonce"]).into(), known);
        let salt = BASE64_STANDARD.decode(text(&of["salt_b64"])).unwrap();
        let iterations = of["iterations"].as_u64().unwrap() as u32;
        let access =
            pop3lab::sasl::Access { acts_as: acts_as.iter().cloned().collect(), ..Default::default() };
        let credentials =
            Credentials::derive(user, password, 1, access).salted(hash, salt.clone(), iterations);
        let accounts = Salted { credentials };
        let terms = Terms {
            accounts: &accounts,
            channel: channel.as_ref(),
            plus: channel.is_some(),
            certificate: None,
            secret: b"",
        };
        let fresh = Fresh { nonce: text(&of["server_nonce"]).into(), stamp: "unused".into() };
        let mut server = Server::new(mechanism, fresh);

        let messages = &of["messages"];
        let octets = |key: &str| text(&messages[key]).as_bytes().to_vec();
        let first = client.begin().unwrap().unwrap();
        assert_eq!(first, octets("client_first"), "{key}");
        assert_eq!(server.step(&terms, Some(&first)), Step::Challenge(octets("server_first")), "{key}");
        let last = client.respond(&octets("server_first")).unwrap();
        assert_eq!(last, octets("client_final"), "{key}");
        assert_eq!(server.step(&terms, Some(&last)), Step::Challenge(octets("server_final")), "{key}");
        assert!(!client.is_satisfied());
        assert_eq!(client.respond(&octets("server_final")).unwrap(), b"", "{key}");
        assert!(client.is_satisfied());
        let mailbox = acts_as.unwrap_or_else(|| user.into());
        assert_eq!(server.step(&terms, Some(b"")), Step::Succeeded { name: user.into(), mailbox }, "{key}");
        for (name, message) in messages.as_object().unwrap() {
            assert_eq!(coding::encode(text(message).as_bytes()), text(&of["messages_b64"][name]), "{key}");
        }

        let Some(Work::Scram(work)) = client.work() else { panic!("{key}: no work was shown") };
        assert_eq!(work.salted_password, unhex(&of["salted_password_hex"]), "{key}");
        assert_eq!(work.client_key, unhex(&of["client_key_hex"]), "{key}");
        assert_eq!(work.stored_key, unhex(&of["stored_key_hex"]), "{key}");
        assert_eq!(work.server_key, unhex(&of["server_key_hex"]), "{key}");
        assert_eq!(work.auth_message, text(&of["auth_message"]), "{key}");
        assert_eq!(work.client_signature, unhex(&of["client_signature_hex"]), "{key}");
        assert_eq!(coding::encode(&work.client_proof), text(&of["proof_b64"]), "{key}");
        assert_eq!(coding::encode(&work.server_signature), text(&of["server_signature_b64"]), "{key}");
        let keys = Keys::derive(hash, password, salt, iterations);
        assert_eq!((keys.stored_key, keys.server_key), (work.stored_key.clone(), work.server_key.clone()));
    }
    assert_eq!(count, 6);
    assert_eq!(scram::ITERATIONS, 4096);
}

#[test]
fn plain_is_as_rfc_4616_has_it_on_both_sides() {
    for of in list(&vectors()["plain"]["cases"]) {
        let [authzid, authcid, password] =
            ["authzid", "authcid", "password"].map(|key| text(&of[key]).to_owned());
        let acts_as = (!authzid.is_empty()).then_some(authzid);
        let identity = Identity { name: authcid.clone(), acts_as: acts_as.clone(), secret: password.clone() };
        let mut client = Client::new(Mechanism::Plain, identity, "unused".into(), Channel::None);
        let message = client.begin().unwrap().unwrap();
        assert_eq!(coding::encode(&message), text(&of["b64"]));
        assert_eq!(Plain::read(&message), Ok(Plain { authzid: acts_as, authcid, password }));
    }
}

#[test]
fn login_asks_as_deployed_clients_expect_it() {
    let of = &vectors()["login"];
    let people = People::of(&[("alice", "wonderland")]);
    let (mut server, terms) = (server(Mechanism::Login), terms(&people));
    let mut say = |line: Option<&Value>| {
        let octets = line.map(|line| coding::decode(text(line).as_bytes()).unwrap());
        server.step(&terms, octets.as_deref())
    };
    assert_eq!(say(None), Step::Challenge(coding::decode(text(&of["prompt_user"]).as_bytes()).unwrap()));
    assert_eq!(say(Some(&of["user_b64"])), Step::Challenge(plain::ASKS_PASSWORD.into()));
    assert_eq!(coding::encode(plain::ASKS_PASSWORD), text(&of["prompt_pass"]));
    assert!(matches!(say(Some(&of["pass_b64"])), Step::Succeeded { .. }));
}

#[test]
fn bearer_tokens_are_as_rfc_7628_and_google_have_them() {
    let vectors = vectors();
    let read =
        |mechanism, key: &Value| Bearer::read(mechanism, &coding::decode(text(key).as_bytes()).unwrap());
    let of = &vectors["oauthbearer_rfc7628"];
    let bearer = read(Mechanism::OauthBearer, &of["ok_initial_response_b64"]).unwrap();
    assert_eq!(bearer.name.as_deref(), Some("user@example.com"));
    assert_eq!(bearer.token.as_deref(), Some("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="));
    let failed = read(Mechanism::OauthBearer, &of["failed_initial_response_b64"]).unwrap();
    assert_eq!(failed.token, None);
    let dummy = pop3lab::sasl::bearer::dummy(Mechanism::OauthBearer);
    assert_eq!(coding::encode(&dummy), text(&of["dummy_response_b64"]));
    let of = &vectors["xoauth2"];
    let bearer = read(Mechanism::Xoauth2, &of["initial_response_b64"]).unwrap();
    assert_eq!(bearer.name.as_deref(), Some(text(&of["user"])));
    let token = bearer.token.unwrap();
    let again = pop3lab::sasl::bearer::request(Mechanism::Xoauth2, text(&of["user"]), &token, None);
    assert_eq!(coding::encode(&again), text(&of["initial_response_b64"]));
}

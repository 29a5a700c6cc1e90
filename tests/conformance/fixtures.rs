//! The vectors and the mailboxes they run on, as `vectors.json` has them.

use base64::prelude::{BASE64_STANDARD, Engine};
use pop3lab::mail::{Account, AccountPolicy, Fault, Message};
use pop3lab::policy::{Security, Shown, Versions};
use pop3lab::sasl::Mechanism;
use pop3lab::world::{ADDRESS, Setup};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The whole file.
pub struct Book {
    pub vectors: Vec<Vector>,
    accounts: BTreeMap<String, Credentials>,
    maildrops: BTreeMap<String, Vec<Fixture>>,
}

/// One vector.
pub struct Vector {
    pub id: String,
    /// Which requirement it is for.
    pub requirement: String,
    pub title: String,
    pub profile: String,
    /// How far the harness goes before the script: none, raw, connect, auth or trans.
    pub start: String,
    /// Who is logged in at the beginning, if `start` is trans.
    pub account: Option<String>,
    pub config: Vec<String>,
    /// Capabilities without which the vector does not apply.
    pub capa: Vec<String>,
    pub script: Vec<Value>,
    /// Where it is run: none, implicit or implicit-raw.
    pub tls: String,
}

/// A name and a password, and which maildrop they open.
pub struct Credentials {
    pub user: String,
    pub password: String,
    maildrop: String,
    token: Option<String>,
}

/// A message as it is stored, and as it is sent.
struct Fixture {
    stored: Message,
    wire: Vec<u8>,
}

impl Book {
    pub fn open() -> Book {
        let file: Value = serde_json::from_str(include_str!("vectors.json")).expect("vectors.json is JSON");
        let fixtures = &file["fixtures"];
        Book {
            vectors: array(&file["vectors"]).iter().map(vector).collect(),
            accounts: entries(&fixtures["accounts"]).map(|(key, of)| (key, credentials(of))).collect(),
            maildrops: entries(&fixtures["maildrops"])
                .map(|(key, of)| (key, array(&of["messages"]).iter().map(fixture).collect()))
                .collect(),
        }
    }

    pub fn account(&self, key: &str) -> &Credentials {
        &self.accounts[key]
    }

    /// The message "maildrop:index" as RETR delivers it.
    pub fn wire(&self, reference: &str) -> &[u8] {
        let (maildrop, index) = reference.split_once(':').expect("a reference is maildrop:index");
        let index: usize = index.parse().expect("messages are counted");
        &self.maildrops[maildrop][index - 1].wire
    }

    /// Every message as the store takes it, and as it should be sent.
    pub fn messages(&self) -> impl Iterator<Item = (&Message, &[u8])> {
        self.maildrops.values().flatten().map(|fixture| (&fixture.stored, fixture.wire.as_slice()))
    }

    /// The server that a vector asks for, and what is broken in it from the beginning.
    pub fn setup(&self, vector: &Vector) -> (Setup, Option<Fault>) {
        let mut setup = Setup { accounts: self.mailboxes(), ..Setup::default() };
        setup.policy.stls = false;
        if vector.is_sealed() {
            setup.policy.security = Security::TlsAtOnce;
        }
        let mut fault = None;
        let policy = |setup: &mut Setup, name: &str, policy: AccountPolicy| {
            let named = setup.accounts.iter_mut().filter(|account| ["", &account.name].contains(&name));
            named.for_each(|account| account.policy = policy);
        };
        for flag in &vector.config {
            match flag.as_str() {
                // What this server does anyway, or what the harness can do to it.
                "apop" | "cleartext" | "lock" | "clock" | "idle-timer" | "deliver" | "expunge-hook"
                | "utf8-user" | "implicit-tls" | "no-tls" | "scram-plus" | "odd-usernames" => {}
                "stls" => setup.policy.stls = true,
                "tls-required" => setup.policy.login_in_the_clear = false,
                "tls13" => setup.policy.offers = Versions::Tls13,
                "no-scram-plus" => setup.server.mechanisms.retain(|of| !of.row().binds_channel),
                "oauth-token" => {
                    for held in self.accounts.values().filter(|held| held.token.is_some()) {
                        let account = setup.accounts.iter_mut().find(|account| account.name == held.user);
                        account.expect("every account is set up").access.tokens.extend(held.token.clone());
                    }
                }
                "client-cert" => {
                    (setup.policy.asks, setup.policy.shows) = (true, Shown::Own);
                    let alice = setup.accounts.iter_mut().find(|account| account.name == "alice");
                    alice.expect("there is an alice").access.certificate = Some(ADDRESS.into());
                }
                "authzid-proxy" => {
                    let admin = setup.accounts.iter_mut().find(|account| account.name == "admin");
                    admin.expect("there is an admin").access.acts_as.push("alice".into());
                }
                sasl if sasl.starts_with("sasl:") => {
                    let offered =
                        Mechanism::of_name(&sasl[5..]).map(|of| setup.server.mechanisms.contains(&of));
                    assert_eq!(offered, Some(true), "{}: {sasl}", vector.id);
                }
                "no-apop" => setup.server.apop = false,
                "no-top-uidl" => setup.server.top_and_uidl = false,
                "login-delay:60" => {
                    policy(&mut setup, "", AccountPolicy { login_delay: 60, ..Default::default() });
                }
                "per-user-policy" => {
                    let alice = AccountPolicy { login_delay: 5, expire: Some(30), ..Default::default() };
                    policy(&mut setup, "alice", alice);
                }
                "apop-only-mrose" | "cleartext-off:mrose" => {
                    policy(&mut setup, "mrose", AccountPolicy { plaintext: false, ..Default::default() });
                }
                "update-failure" => fault = Some(Fault::UpdateFails),
                "temp-failure" => fault = Some(Fault::TemporaryFailure),
                "perm-failure" => fault = Some(Fault::PermanentFailure),
                other => panic!("{}: what is {other}?", vector.id),
            }
        }
        (setup, fault)
    }

    fn mailboxes(&self) -> Vec<Account> {
        let account = |held: &Credentials| Account {
            name: held.user.clone(),
            password: held.password.clone(),
            messages: self.maildrops[&held.maildrop].iter().map(|fixture| fixture.stored.clone()).collect(),
            policy: AccountPolicy::default(),
            access: Default::default(),
        };
        self.accounts.values().map(account).collect()
    }
}

impl Vector {
    /// Whether it is run inside TLS: where it says so, and where a token is sent, which is taken nowhere else
    /// (`semantics`: any vector without STLS may be).
    pub fn is_sealed(&self) -> bool {
        const TOKENS: [&str; 2] = ["sasl:OAUTHBEARER", "sasl:XOAUTH2"];
        self.tls == "implicit" || self.config.iter().any(|flag| TOKENS.contains(&flag.as_str()))
    }

    /// The port that the client connects to.
    pub fn port(&self) -> u16 {
        if self.is_sealed() || self.tls == "implicit-raw" { 995 } else { 110 }
    }

    /// Whether the client asks for TLS by STLS and then sends something else.
    pub fn breaks_its_word(&self) -> bool {
        let stls = self.script.iter().position(|step| step["c"] == "STLS");
        let next = |at: usize| self.script[at + 1..].iter().find(|step| step["s"].is_null());
        stls.and_then(next).is_some_and(|step| !step["raw"].is_null())
    }
}

fn vector(of: &Value) -> Vector {
    Vector {
        id: text(&of["id"]),
        requirement: text(&of["requirement"]),
        title: text(&of["title"]),
        profile: text(&of["profile"]),
        start: text(&of["start"]),
        account: of["account"].as_str().map(str::to_owned),
        config: array(&of["config"]).iter().map(text).collect(),
        capa: array(&of["capa"]).iter().map(text).collect(),
        script: array(&of["script"]).clone(),
        tls: text(&of["tls"]),
    }
}

fn credentials(of: &Value) -> Credentials {
    Credentials {
        user: text(&of["user"]),
        password: text(&of["password"]),
        maildrop: text(&of["maildrop"]),
        token: of["oauth_token"].as_str().map(str::to_owned),
    }
}

fn fixture(of: &Value) -> Fixture {
    let (raw, wire) = match &of["gen"] {
        Value::Null => (octets(&of["raw_b64"]), octets(&of["wire_b64"])),
        generator => {
            let mut message = octets(&generator["head_b64"]);
            let (before, after) = generator["line"].as_str().unwrap().split_once("%06d").unwrap();
            for number in 0..generator["count"].as_u64().unwrap() {
                message.extend(format!("{before}{number:06}{after}\r\n").bytes());
            }
            (message.clone(), message)
        }
    };
    let hash: String = Sha256::digest(&wire).iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(hash, text(&of["sha256"]), "a fixture is not what it was");
    Fixture { stored: Message::new(&raw), wire }
}

fn octets(of: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(of.as_str().expect("base64 is text")).expect("base64")
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_else(|| panic!("{of} is no text")).into()
}

fn array(of: &Value) -> &Vec<Value> {
    of.as_array().unwrap_or_else(|| panic!("{of} is no array"))
}

fn entries(of: &Value) -> impl Iterator<Item = (String, &Value)> {
    let of = of.as_object().unwrap_or_else(|| panic!("{of} is no object"));
    of.iter().map(|(key, value)| (key.clone(), value))
}

//! What is computed for a login, step by step, from numbers that anybody may change: each with its formula and the
//! command by which `openssl` gives the same. It has no session; [`found`] takes the numbers out of one.

pub mod found;
mod shell;

use crate::sasl::scram::{self, Binding, ClientFirst, Header, Work};
use crate::sasl::{Hash, apop, coding, cram_md5, hex, prep};
use shell::{digest, hmac, pbkdf2, printed, xor};

/// A way of computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RFC 1939 section 7.
    Apop,
    /// RFC 2195.
    CramMd5,
    /// RFC 5802, or with SHA-256 RFC 7677.
    Scram(Hash),
}

/// A number, or a text, that goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Who logs in.
    User,
    /// The password.
    Password,
    /// The time stamp in the greeting, brackets included.
    Stamp,
    /// What CRAM-MD5 challenges with.
    Challenge,
    /// The client's nonce.
    ClientNonce,
    /// The client's nonce with the server's behind it.
    BothNonces,
    /// In base64.
    Salt,
    /// The rounds of stretching.
    Iterations,
    /// `c=`, in base64.
    Binding,
}

/// A computation with its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// How it is computed.
    pub kind: Kind,
    /// Of what: the inputs of [`Kind::takes`] in that order.
    pub inputs: Vec<String>,
}

/// A step of a computation. All of it is the words of the RFC and of a shell, in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the RFC calls it.
    pub name: &'static str,
    /// The value: digits, base64 or text.
    pub value: String,
    /// The formula.
    pub formula: &'static str,
    /// What prints the value in a POSIX shell; empty for what is only put together.
    pub command: String,
}

/// The most rounds that are computed while somebody waits.
const MOST_ROUNDS: u32 = 50_000;

impl Kind {
    /// What it takes.
    pub fn takes(self) -> &'static [Given] {
        use Given::*;
        match self {
            Kind::Apop => &[User, Password, Stamp],
            Kind::CramMd5 => &[User, Password, Challenge],
            Kind::Scram(_) => &[User, Password, ClientNonce, BothNonces, Salt, Iterations, Binding],
        }
    }

    /// The name that a mail program would list it under.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Apop => "APOP",
            Kind::CramMd5 => "CRAM-MD5",
            Kind::Scram(Hash::Sha256) => "SCRAM-SHA-256",
            Kind::Scram(_) => "SCRAM-SHA-1",
        }
    }

    /// The RFC that has an example, and its inputs.
    pub fn example(self) -> (u16, Calculation) {
        let (rfc, inputs): (u16, &[&str]) = match self {
            Kind::Apop => (1939, &["mrose", "tanstaaf", "<1896.697170952@dbc.mtview.ca.us>"]),
            Kind::CramMd5 => {
                (2195, &["tim", "tanstaaftanstaaf", "<1896.697170952@postoffice.reston.mci.net>"])
            }
            Kind::Scram(Hash::Sha256) => (
                7677,
                &[
                    "user",
                    "pencil",
                    "rOprNGfwEbeRWgbNEkqO",
                    "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                    "W22ZaJ0SNY7soEsUEjb6gQ==",
                    "4096",
                    "biws",
                ],
            ),
            Kind::Scram(_) => (
                5802,
                &[
                    "user",
                    "pencil",
                    "fyko+d2lbbFgONRv9qkxdawL",
                    "fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j",
                    "QSXCR+Q6sek8bf92",
                    "4096",
                    "biws",
                ],
            ),
        };
        (rfc, Calculation { kind: self, inputs: inputs.iter().map(|text| (*text).to_owned()).collect() })
    }
}

impl Calculation {
    /// The steps; or the input with which nothing can be computed.
    pub fn steps(&self) -> Result<Vec<Step>, Given> {
        match self.kind {
            Kind::Apop => self.apop(),
            Kind::CramMd5 => self.cram_md5(),
            Kind::Scram(hash) => self.scram(hash),
        }
    }

    fn text(&self, given: Given) -> &str {
        let at = self.kind.takes().iter().position(|takes| *takes == given);
        at.and_then(|at| self.inputs.get(at)).map_or("", String::as_str)
    }

    /// A name or a password as RFC 4013 wants it; none is empty.
    fn prepared(&self, given: Given) -> Result<String, Given> {
        prep::prepare(self.text(given)).map_err(|_| given)
    }

    fn apop(&self) -> Result<Vec<Step>, Given> {
        let work = apop::Work::new(self.text(Given::Stamp), self.text(Given::Password).as_bytes());
        let value = hex(&work.digest);
        let line = format!("APOP {} {value}", self.text(Given::User));
        let command = digest(Hash::Md5, &work.input);
        Ok(vec![
            Step { name: "digest", value, formula: "MD5(timestamp password)", command },
            Step { name: "APOP", value: line, formula: "APOP user digest", command: String::new() },
        ])
    }

    fn cram_md5(&self) -> Result<Vec<Step>, Given> {
        let (name, password) = (self.prepared(Given::User)?, self.prepared(Given::Password)?);
        let work = cram_md5::Work::new(&password, self.text(Given::Challenge).as_bytes());
        let response = cram_md5::response(&name, &work);
        // HMAC takes a key of at most a block: of a longer one its hash.
        let long = password.len() > work.inner_key.len();
        let mut key =
            if long { Hash::Md5.digest(password.as_bytes()) } else { password.clone().into_bytes() };
        key.resize(work.inner_key.len(), 0);
        let (ipad, opad) = (vec![0x36; key.len()], vec![0x5c; key.len()]);
        let before = [&work.inner_key[..], &work.challenge].concat();
        let outer = [&work.outer_key[..], &work.inner].concat();
        let step =
            |name, octets: &[u8], formula, command| Step { name, value: hex(octets), formula, command };
        Ok(vec![
            step("inner key", &work.inner_key, "K XOR ipad (0x36)", xor(&key, &ipad)),
            step("inner", &work.inner, "MD5(inner key + challenge)", digest(Hash::Md5, &before)),
            step("outer key", &work.outer_key, "K XOR opad (0x5c)", xor(&key, &opad)),
            step("digest", &work.digest, "MD5(outer key + inner)", digest(Hash::Md5, &outer)),
            step(
                "HMAC-MD5",
                &work.digest,
                "HMAC(password, challenge)",
                hmac(Hash::Md5, password.as_bytes(), &work.challenge),
            ),
            Step {
                name: "response",
                value: coding::encode(&response),
                formula: "base64(user digest)",
                command: base64(&response),
            },
        ])
    }

    fn scram(&self, hash: Hash) -> Result<Vec<Step>, Given> {
        let (name, password) = (self.prepared(Given::User)?, self.prepared(Given::Password)?);
        let salt = coding::decode(self.text(Given::Salt).as_bytes());
        let salt = salt.ok().filter(|salt| !salt.is_empty()).ok_or(Given::Salt)?;
        let iterations = self.text(Given::Iterations).parse().ok();
        let iterations = iterations.filter(|rounds| (1..=MOST_ROUNDS).contains(rounds));
        let iterations: u32 = iterations.ok_or(Given::Iterations)?;
        let (nonce, both) = (self.text(Given::ClientNonce), self.text(Given::BothNonces));
        let binding = self.text(Given::Binding);
        coding::decode(binding.as_bytes()).map_err(|_| Given::Binding)?;
        let first = ClientFirst::new(Header { binding: Binding::None, authzid: None }, &name, nonce);
        let offer = format!("r={both},s={},i={iterations}", self.text(Given::Salt));
        let message = scram::auth_message(&first, &offer, &format!("c={binding},r={both}"));
        let work = Work::new(hash, &password, &salt, iterations, message);
        let auth = work.auth_message.as_bytes();
        let step =
            |name, octets: &[u8], formula, command| Step { name, value: hex(octets), formula, command };
        let sent = |name, octets: &[u8], formula| Step {
            name,
            value: coding::encode(octets),
            formula,
            command: base64(octets),
        };
        Ok(vec![
            step(
                "SaltedPassword",
                &work.salted_password,
                "Hi(password, salt, i)",
                pbkdf2(hash, password.as_bytes(), &salt, iterations),
            ),
            step(
                "ClientKey",
                &work.client_key,
                "HMAC(SaltedPassword, \"Client Key\")",
                hmac(hash, &work.salted_password, b"Client Key"),
            ),
            step("StoredKey", &work.stored_key, "H(ClientKey)", digest(hash, &work.client_key)),
            Step {
                name: "AuthMessage",
                value: work.auth_message.clone(),
                formula: "client-first-message-bare , server-first-message , client-final-message-without-proof",
                command: String::new(),
            },
            step(
                "ClientSignature",
                &work.client_signature,
                "HMAC(StoredKey, AuthMessage)",
                hmac(hash, &work.stored_key, auth),
            ),
            step(
                "ClientProof",
                &work.client_proof,
                "ClientKey XOR ClientSignature",
                xor(&work.client_key, &work.client_signature),
            ),
            sent("p=", &work.client_proof, "base64(ClientProof)"),
            step(
                "ServerKey",
                &work.server_key,
                "HMAC(SaltedPassword, \"Server Key\")",
                hmac(hash, &work.salted_password, b"Server Key"),
            ),
            step(
                "ServerSignature",
                &work.server_signature,
                "HMAC(ServerKey, AuthMessage)",
                hmac(hash, &work.server_key, auth),
            ),
            sent("v=", &work.server_signature, "base64(ServerSignature)"),
        ])
    }
}

/// Prints octets in base64.
fn base64(octets: &[u8]) -> String {
    format!("{} | openssl base64 -A", printed(octets))
}

#[cfg(test)]
mod tests;

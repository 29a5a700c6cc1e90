//! What a server keeps of an account so that each mechanism can work, and what a thief of it would have.
//!
//! ```text
//!   password ─▶ {PLAIN}          itself: APOP, CRAM-MD5 need it
//!            ─▶ {SSHA256}        one round of a salted hash: USER, PLAIN, LOGIN
//!            ─▶ {SCRAM-SHA-256}  4096 rounds: SCRAM
//! ```

use super::scram::{ITERATIONS, Keys};
use super::{Hash, MECHANISMS, Needs, coding, prep, same};
use std::cell::OnceCell;

/// Where a server looks up who somebody is.
pub trait Accounts {
    /// What is kept of the account of this name.
    fn credentials(&self, name: &str) -> Option<&Credentials>;
    /// Whose token this is.
    fn of_token(&self, token: &str) -> Option<&str>;
    /// Whose certificate has this identity.
    fn of_certificate(&self, identity: &str) -> Option<&str>;
}

/// What an account may do beside logging in by its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether the server keeps the password itself: without it APOP and CRAM-MD5 cannot work.
    pub keeps_secret: bool,
    /// Bearer tokens that open the mailbox, as an authorization server has issued them.
    pub tokens: Vec<String>,
    /// The accounts whose mailboxes it may open as well (RFC 4422 section 3.4.1).
    pub acts_as: Vec<String>,
    /// The identity in the client's certificate that is this account.
    pub certificate: Option<String>,
}

impl Default for Access {
    fn default() -> Access {
        Access { keeps_secret: true, tokens: Vec::new(), acts_as: Vec::new(), certificate: None }
    }
}

/// What is kept of one account.
#[derive(Debug)]
pub struct Credentials {
    secret: Option<String>,
    salt: Vec<u8>,
    hashed: Vec<u8>,
    salts: [Vec<u8>; 2],
    /// Derived when they are first needed while the secret is kept: 4096 rounds for each mailbox would hold up
    /// every start of a world.
    keys: [OnceCell<Keys>; 2],
    access: Access,
}

/// The hashes of SCRAM, in the order of `salts` and `keys`.
const HASHES: [Hash; 2] = [Hash::Sha1, Hash::Sha256];

/// One thing that is kept, as an administrator sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is for.
    pub needs: Needs,
    /// The name of the form, as Dovecot calls it.
    pub scheme: &'static str,
    /// What stands there.
    pub stored: String,
    /// The mechanisms of [`MECHANISMS`] that work with it.
    pub serves: Vec<&'static str>,
}

impl Credentials {
    /// Derives what is kept of a password. `seed` decides the salts, which differ for each name.
    pub fn derive(name: &str, password: &str, seed: u64, access: Access) -> Credentials {
        let prepared = prep::prepare(password).unwrap_or_else(|_| password.to_owned());
        let salt = |label: &str| salt(&seed.to_be_bytes(), label, name);
        let salts = [salt("SCRAM-SHA-1"), salt("SCRAM-SHA-256")];
        let salt = salt("SSHA256");
        let keys = HASHES.map(|_| OnceCell::new());
        let hashed = hashed(&prepared, &salt);
        let kept = Credentials { secret: Some(prepared), salt, hashed, salts, keys, access };
        if kept.access.keeps_secret {
            return kept;
        }
        HASHES.iter().for_each(|hash| _ = kept.scram(*hash));
        Credentials { secret: None, ..kept }
    }

    /// Credentials for a name that nobody has, the same each time: whoever asks sees a salt, and no proof fits.
    /// `key` is the server's own secret, or anybody could tell these salts from others.
    pub(super) fn invented(name: &str, key: &[u8]) -> Credentials {
        let draw = |label: &str| Hash::Sha256.hmac(key, format!("{label}\0{name}").as_bytes());
        let salt = |label: &str| salt(key, label, name);
        let keys = |hash: Hash, label: &str| {
            let cut = |octets: Vec<u8>| hash.digest(&octets);
            let (stored_key, server_key) =
                (cut(draw(&format!("{label} stored"))), cut(draw(&format!("{label} server"))));
            OnceCell::from(Keys { salt: salt(label), iterations: ITERATIONS, stored_key, server_key })
        };
        Credentials {
            secret: None,
            salt: salt("SSHA256"),
            hashed: draw("SSHA256 hash"),
            salts: [Vec::new(), Vec::new()],
            keys: [keys(Hash::Sha1, "SCRAM-SHA-1"), keys(Hash::Sha256, "SCRAM-SHA-256")],
            access: Access { keeps_secret: false, ..Access::default() },
        }
    }

    /// The password itself, where it is kept.
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// Whether this is the password.
    pub fn is_password(&self, password: &str) -> bool {
        let prepared = prep::prepare(password).unwrap_or_else(|_| password.to_owned());
        same(&self.hashed, &hashed(&prepared, &self.salt))
    }

    /// What SCRAM needs, for one of its two hashes; of MD5 there is no SCRAM, it gives those of SHA-1.
    pub fn scram(&self, hash: Hash) -> &Keys {
        let at = usize::from(hash == Hash::Sha256);
        self.keys[at].get_or_init(|| {
            let secret = self.secret.as_deref().unwrap_or_default();
            Keys::derive(HASHES[at], secret, self.salts[at].clone(), ITERATIONS)
        })
    }

    /// The same with another salt and other rounds, for one of the two hashes of SCRAM: as a list has them that
    /// came from elsewhere. Without the secret nothing can be derived anew, and nothing changes.
    pub fn salted(mut self, hash: Hash, salt: Vec<u8>, iterations: u32) -> Credentials {
        if let Some(secret) = &self.secret {
            let at = usize::from(hash == Hash::Sha256);
            self.keys[at] = OnceCell::from(Keys::derive(HASHES[at], secret, salt, iterations));
        }
        self
    }

    /// What it may do beside.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Everything that is kept.
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |needs, scheme, stored| {
            let serves = MECHANISMS.iter().filter(|row| row.needs == needs).map(|row| row.name).collect();
            Entry { needs, scheme, stored, serves }
        };
        let scram = |hash, scheme, names: [&'static str; 2]| {
            let Keys { salt, iterations, stored_key, server_key } = self.scram(hash);
            let [salt, stored_key, server_key] =
                [salt, stored_key, server_key].map(|octets| coding::encode(octets));
            let stored = format!("{iterations},{salt},{stored_key},{server_key}");
            Entry { serves: names.to_vec(), ..entry(Needs::ScramKeys, scheme, stored) }
        };
        let mut entries = Vec::new();
        entries.extend(self.secret().map(|secret| entry(Needs::Secret, "PLAIN", secret.into())));
        let hashed = [&self.hashed[..], &self.salt].concat();
        entries.push(entry(Needs::Hash, "SSHA256", coding::encode(&hashed)));
        entries.push(scram(Hash::Sha1, "SCRAM-SHA-1", ["SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"]));
        entries.push(scram(Hash::Sha256, "SCRAM-SHA-256", ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]));
        let tokens = self.access.tokens.iter();
        entries.extend(tokens.map(|token| entry(Needs::Token, "TOKEN", token.clone())));
        let certificate = self.access.certificate.clone();
        entries.extend(certificate.map(|identity| entry(Needs::Certificate, "CERTIFICATE", identity)));
        entries
    }
}

/// SHA-256 of password and salt: one round, quickly guessed.
fn hashed(password: &str, salt: &[u8]) -> Vec<u8> {
    Hash::Sha256.digest(&[password.as_bytes(), salt].concat())
}

/// Sixteen octets for a name and a use.
fn salt(key: &[u8], label: &str, name: &str) -> Vec<u8> {
    let mut octets = Hash::Sha256.hmac(key, format!("salt\0{label}\0{name}").as_bytes());
    octets.truncate(16);
    octets
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn kept(keeps_secret: bool) -> Credentials {
        let access = Access { keeps_secret, tokens: vec!["abc".into()], ..Access::default() };
        Credentials::derive("alice", "wonderland", 7, access)
    }

    #[test]
    fn the_keys_are_the_same_whether_the_secret_is_kept_or_not() {
        for hash in HASHES {
            assert_eq!(kept(true).scram(hash), kept(false).scram(hash));
        }
        assert!(kept(false).is_password("wonderland") && !kept(false).is_password("wonder"));
        assert_eq!((kept(true).secret(), kept(false).secret()), (Some("wonderland"), None));
    }

    #[test]
    fn salts_differ_by_name_by_use_and_by_seed() {
        let of = |name, seed| Credentials::derive(name, "wonderland", seed, Access::default());
        let alice = of("alice", 7);
        for other in [of("erin", 7), of("alice", 8)] {
            assert_ne!(other.salt, alice.salt);
            assert_ne!(other.salts, alice.salts);
        }
        assert_ne!(alice.salts[0], alice.salts[1]);
    }

    #[test]
    fn an_invented_account_looks_like_any_other_and_stays_the_same() {
        let invented = || Credentials::invented("nobody", b"key");
        for hash in HASHES {
            let (keys, real) = (invented().scram(hash).clone(), kept(true).scram(hash).clone());
            assert_eq!(keys.salt.len(), real.salt.len());
            assert_eq!((keys.iterations, keys.stored_key.len()), (real.iterations, real.stored_key.len()));
            assert_eq!(&keys, invented().scram(hash));
            assert_ne!(keys.salt, Credentials::invented("somebody", b"key").scram(hash).salt);
            assert_ne!(keys.salt, Credentials::invented("nobody", b"other").scram(hash).salt);
        }
        assert!(!invented().is_password(""));
    }

    #[test]
    fn what_is_listed_has_the_secret_only_where_it_is_kept() {
        let schemes =
            |kept: &Credentials| kept.entries().iter().map(|entry| entry.scheme).collect::<Vec<_>>();
        assert_eq!(schemes(&kept(true)), ["PLAIN", "SSHA256", "SCRAM-SHA-1", "SCRAM-SHA-256", "TOKEN"]);
        assert_eq!(schemes(&kept(false))[0], "SSHA256");
        assert!(kept(false).entries().iter().all(|entry| !entry.stored.contains("wonderland")));
        assert_eq!(kept(true).entries()[0].serves, ["CRAM-MD5"]);
        assert_eq!(kept(true).entries()[3].serves, ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]);
    }
}

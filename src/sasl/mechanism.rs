//! The mechanisms as a table: server, capabilities and page read [`MECHANISMS`].

use super::Hash;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A way to show who one is. The strongest come first: so CAPA lists them, and so a client chooses.
#[allow(missing_docs)] // Each is described by its row of MECHANISMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    External,
    ScramSha256Plus,
    ScramSha1Plus,
    ScramSha256,
    ScramSha1,
    CramMd5,
    OauthBearer,
    Xoauth2,
    Plain,
    Login,
}

/// Where a mechanism may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The secret does not cross the line: anywhere.
    Anywhere,
    /// The secret itself crosses the line: inside TLS, or where a site takes logins in the clear
    /// (RFC 2595 section 2.3).
    UnlessAllowed,
    /// Inside TLS only, whatever a site thinks of it.
    Tls,
}

/// What a server must keep for a mechanism to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The secret in the clear: whoever steals the list can log in anywhere.
    Secret,
    /// A hash of the password is enough, since the password is sent.
    Hash,
    /// Salt, iterations, StoredKey and ServerKey: whoever steals them still has to guess.
    ScramKeys,
    /// Which token is whose.
    Token,
    /// Which certificate is whose.
    Certificate,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MechanismRow {
    /// Which mechanism.
    pub mechanism: Mechanism,
    /// Its name in CAPA and AUTH.
    pub name: &'static str,
    /// Where it may be used.
    pub guard: Guard,
    /// Whether it proves that both ends are ends of the same TLS connection (RFC 5056).
    pub binds_channel: bool,
    /// Whether the client speaks first, so that AUTH may carry an initial response.
    pub client_first: bool,
    /// Whether the secret itself is sent, readable by the server and by whoever carries the line.
    pub sends_secret: bool,
    /// What the server keeps for it.
    pub needs: Needs,
    /// The RFC that defines it; none for a draft and for a vendor's page.
    pub rfc: Option<u16>,
}

/// Every mechanism there is here.
pub const MECHANISMS: &[MechanismRow] = {
    use Guard::*;
    use Mechanism::*;
    use Needs::*;
    const fn row(
        mechanism: Mechanism,
        name: &'static str,
        guard: Guard,
        needs: Needs,
        rfc: u16,
    ) -> MechanismRow {
        MechanismRow {
            mechanism,
            name,
            guard,
            binds_channel: matches!(mechanism, ScramSha1Plus | ScramSha256Plus),
            client_first: !matches!(mechanism, CramMd5 | Login),
            sends_secret: matches!(mechanism, Plain | Login | Xoauth2 | OauthBearer),
            needs,
            rfc: if rfc == 0 { None } else { Some(rfc) },
        }
    }
    &[
        row(External, "EXTERNAL", Tls, Certificate, 4422),
        row(ScramSha256Plus, "SCRAM-SHA-256-PLUS", Tls, ScramKeys, 7677),
        row(ScramSha1Plus, "SCRAM-SHA-1-PLUS", Tls, ScramKeys, 5802),
        row(ScramSha256, "SCRAM-SHA-256", Anywhere, ScramKeys, 7677),
        row(ScramSha1, "SCRAM-SHA-1", Anywhere, ScramKeys, 5802),
        row(CramMd5, "CRAM-MD5", Anywhere, Secret, 2195),
        // RFC 7628 section 4: a bearer token is money for whoever finds it.
        row(OauthBearer, "OAUTHBEARER", Tls, Token, 7628),
        row(Xoauth2, "XOAUTH2", Tls, Token, 0),
        row(Plain, "PLAIN", UnlessAllowed, Needs::Hash, 4616),
        row(Login, "LOGIN", UnlessAllowed, Needs::Hash, 0),
    ]
};

impl Mechanism {
    /// The row of [`MECHANISMS`] for this mechanism.
    pub fn row(self) -> &'static MechanismRow {
        MECHANISMS.iter().find(|row| row.mechanism == self).expect("every mechanism has a row")
    }

    /// The mechanism of this name, in any case (RFC 5034 section 5).
    pub fn of_name(name: &str) -> Option<Mechanism> {
        MECHANISMS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.mechanism)
    }

    /// The hash of a SCRAM mechanism.
    pub fn scram(self) -> Option<Hash> {
        match self {
            Mechanism::ScramSha1 | Mechanism::ScramSha1Plus => Some(Hash::Sha1),
            Mechanism::ScramSha256 | Mechanism::ScramSha256Plus => Some(Hash::Sha256),
            _ => None,
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn names_are_as_rfc_5034_wants_them_and_found_in_any_case() {
        for row in MECHANISMS {
            let fits = |octet: u8| matches!(octet, b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_');
            assert!(row.name.bytes().all(fits) && row.name.len() <= 20, "{}", row.name);
            assert_eq!(Mechanism::of_name(&row.name.to_lowercase()), Some(row.mechanism));
        }
        assert_eq!(Mechanism::of_name("SCRAM-SHA-512"), None);
    }

    #[test]
    fn what_sends_a_secret_is_guarded() {
        for row in MECHANISMS {
            assert!(!row.sends_secret || row.guard != Guard::Anywhere, "{}", row.name);
            assert!(!row.binds_channel || row.guard == Guard::Tls, "{}", row.name);
        }
    }
}

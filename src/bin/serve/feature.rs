//! What `--with` switches on, by the names of the conformance vectors. One row, one feature.

use pop3lab::mail::{Account, Fault};
use pop3lab::pop3::Config;
use pop3lab::sasl::{MECHANISMS, Mechanism};
use pop3lab::tls::Versions;
use std::collections::BTreeMap;

/// What features change before the server begins.
pub struct Terms {
    /// How sessions behave.
    pub config: Config,
    /// By the key that the fixtures give them.
    pub accounts: BTreeMap<String, Account>,
    /// What is broken behind the server.
    pub fault: Option<Fault>,
    /// The versions of TLS; none is no TLS at all.
    pub versions: Option<Versions>,
    /// Whether clients are asked for a certificate.
    pub client_certificates: bool,
    /// Whether bearer tokens of the accounts are taken.
    pub tokens: bool,
    /// The mechanisms that were named; none is all.
    mechanisms: Vec<Mechanism>,
}

/// A feature that was asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Feature {
    row: &'static Row,
    /// What stands after the colon.
    argument: String,
}

/// A row of [`FEATURES`].
pub struct Row {
    name: &'static str,
    /// What stands after the colon; empty if nothing does.
    argument: &'static str,
    /// What it does, for `--help`.
    pub about: &'static str,
    apply: Apply,
}

/// Changes the terms, or says what is wrong with the argument.
type Apply = fn(&mut Terms, &str) -> Result<(), String>;

const fn row(name: &'static str, argument: &'static str, about: &'static str, apply: Apply) -> Row {
    Row { name, argument, about, apply }
}

/// What this server does anyway, or what the control port can do.
const ALWAYS: Apply = |_, _| Ok(());

/// Every feature.
pub const FEATURES: &[Row] = &[
    row("cleartext", "", "names and passwords without TLS (so anyway)", |terms, _| {
        terms.config.login_in_the_clear = true;
        Ok(())
    }),
    row("tls-required", "", "names and passwords inside TLS only", |terms, _| {
        terms.config.login_in_the_clear = false;
        Ok(())
    }),
    row("stls", "", "STLS in the clear (so anyway)", |terms, _| {
        terms.config.stls = true;
        Ok(())
    }),
    row("no-stls", "", "no STLS", |terms, _| {
        terms.config.stls = false;
        Ok(())
    }),
    row("no-tls", "", "no TLS at all", |terms, _| {
        terms.versions = None;
        Ok(())
    }),
    row("tls13", "", "TLS 1.3 and nothing older", |terms, _| {
        terms.versions = Some(Versions::Only13);
        Ok(())
    }),
    row("tls12", "", "TLS 1.2 and nothing newer", |terms, _| {
        terms.versions = Some(Versions::Only12);
        Ok(())
    }),
    row("implicit-tls", "", "TLS from the first octet: by --tls", ALWAYS),
    row("apop", "", "APOP (so anyway)", |terms, _| {
        terms.config.apop = true;
        Ok(())
    }),
    row("no-apop", "", "no APOP, and no time stamp in the greeting", |terms, _| {
        terms.config.apop = false;
        Ok(())
    }),
    row("no-top-uidl", "", "neither TOP nor UIDL", |terms, _| {
        terms.config.top_and_uidl = false;
        Ok(())
    }),
    row("sasl", "MECHANISM", "AUTH with this mechanism; all of them if none is named", |terms, name| {
        let mechanism = Mechanism::of_name(name).ok_or_else(|| {
            let names: Vec<_> = MECHANISMS.iter().map(|row| row.name).collect();
            format!("there is no mechanism {name:?}, but {}.", names.join(", "))
        })?;
        terms.mechanisms.push(mechanism);
        Ok(())
    }),
    row("scram-plus", "", "SCRAM bound to TLS (so anyway)", ALWAYS),
    row("no-scram-plus", "", "SCRAM without its -PLUS forms", |terms, _| {
        terms.config.mechanisms.retain(|mechanism| !mechanism.row().binds_channel);
        Ok(())
    }),
    row("client-cert", "", "asks for client certificates: by --client-ca", |terms, _| {
        terms.client_certificates = true;
        Ok(())
    }),
    row("oauth-token", "", "takes the bearer tokens of the accounts", |terms, _| {
        terms.tokens = true;
        Ok(())
    }),
    row("authzid-proxy", "", "admin may act as alice", |terms, _| {
        account(terms, "admin")?.access.acts_as.push("alice".into());
        Ok(())
    }),
    row("cleartext-off", "ACCOUNT", "this account not without TLS", |terms, name| {
        account(terms, name)?.policy.plaintext = false;
        Ok(())
    }),
    row("apop-only-mrose", "", "the account mrose not by a password in the clear", |terms, _| {
        account(terms, "mrose")?.policy.plaintext = false;
        Ok(())
    }),
    row("login-delay", "SECONDS", "so long between two logins to a mailbox", |terms, text| {
        let seconds = number(text)?;
        terms.accounts.values_mut().for_each(|account| account.policy.login_delay = seconds);
        Ok(())
    }),
    row("expire", "DAYS", "mail stays so long; with 0, fetched mail goes at QUIT", |terms, text| {
        let days = number(text)?;
        terms.accounts.values_mut().for_each(|account| account.policy.expire = Some(days));
        Ok(())
    }),
    row("per-user-policy", "", "alice has other terms than all others", |terms, _| {
        let policy = &mut account(terms, "alice")?.policy;
        (policy.login_delay, policy.expire) = (5, Some(30));
        Ok(())
    }),
    row("update-failure", "", "QUIT cannot remove mail", |terms, _| {
        terms.fault = Some(Fault::UpdateFails);
        Ok(())
    }),
    row("temp-failure", "", "logins meet a passing outage", |terms, _| {
        terms.fault = Some(Fault::TemporaryFailure);
        Ok(())
    }),
    row("perm-failure", "", "logins meet a broken mailbox", |terms, _| {
        terms.fault = Some(Fault::PermanentFailure);
        Ok(())
    }),
    row("exporter", "", "keys exported from TLS (so anyway)", ALWAYS),
    row("odd-usernames", "", "names with commas and the like (so anyway)", ALWAYS),
    row("utf8-user", "", "names and passwords in UTF-8 (so anyway)", ALWAYS),
    row("lock", "", "one session per mailbox (so anyway)", ALWAYS),
    row("clock", "", "tests put the clock forward: by --control", ALWAYS),
    row("idle-timer", "", "silence ends a session: by --idle", ALWAYS),
    row("deliver", "", "tests deliver mail: by --control", ALWAYS),
    row("expunge-hook", "", "tests lose mail: by --control", ALWAYS),
];

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.name == other.name
    }
}

impl Eq for Row {}

impl Row {
    /// As it is written after `--with`.
    pub fn written(&self) -> String {
        if self.argument.is_empty() { self.name.into() } else { format!("{}:{}", self.name, self.argument) }
    }
}

impl std::fmt::Debug for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.row.name, self.argument)
    }
}

impl Feature {
    /// Reads `NAME` or `NAME:ARGUMENT`.
    pub fn read(text: &str) -> Result<Feature, String> {
        let (name, argument) = text.split_once(':').unwrap_or((text, ""));
        let row = FEATURES.iter().find(|row| row.name == name);
        let row = row.ok_or(format!("there is no feature {name:?}; --help lists them."))?;
        if row.argument.is_empty() != argument.is_empty() {
            return Err(format!("the feature {name} is written {}.", row.written()));
        }
        Ok(Feature { row, argument: argument.into() })
    }
}

impl Terms {
    /// The terms with these accounts, before any feature.
    pub fn new(config: Config, accounts: BTreeMap<String, Account>) -> Terms {
        Terms {
            config,
            accounts,
            fault: None,
            versions: Some(Versions::Both),
            client_certificates: false,
            tokens: false,
            mechanisms: Vec::new(),
        }
    }

    /// Switches all of these on.
    pub fn apply(mut self, features: &[Feature]) -> Result<Terms, String> {
        for Feature { row, argument } in features {
            (row.apply)(&mut self, argument).map_err(|problem| format!("--with {}: {problem}", row.name))?;
        }
        if !self.mechanisms.is_empty() {
            let named = std::mem::take(&mut self.mechanisms);
            // A mechanism brings its -PLUS form with it, unless that is taken away.
            let is_named = |of: Mechanism| {
                let name = of.row().name;
                named.iter().any(|of| of.row().name == name.strip_suffix("-PLUS").unwrap_or(name))
                    || named.contains(&of)
            };
            self.config.mechanisms.retain(|of| is_named(*of));
        }
        if !self.tokens {
            self.accounts.values_mut().for_each(|account| account.access.tokens.clear());
        }
        self.config.stls &= self.versions.is_some();
        Ok(self)
    }
}

fn account<'t>(terms: &'t mut Terms, key: &str) -> Result<&'t mut Account, String> {
    terms.accounts.get_mut(key).ok_or(format!("there is no account {key:?}."))
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("{text:?} is no whole number."))
}

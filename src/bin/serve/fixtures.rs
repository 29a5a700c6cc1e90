//! Accounts and maildrops from a file, in the shape of the conformance vectors: the whole document or
//! its member `fixtures`.
//!
//! ```text
//!   { "accounts":  { "alice": { "user": "alice", "password": "wonderland", "maildrop": "basic" } },
//!     "maildrops": { "basic": { "messages": [ { "raw_b64": "...", "size": 155 },
//!                                             { "gen": { "head_b64": "...", "line": "n %06d", "count": 9 } } ] } } }
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pop3lab::mail::{Account, AccountPolicy, Message};
use pop3lab::sasl::Access;
use pop3lab::world::Setup;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the mailboxes hold at the beginning, and what can be put into them later.
pub struct Fixtures {
    /// Every account by the name that the file gives it, which may differ from the one that USER gives.
    pub accounts: BTreeMap<String, Account>,
    /// Every maildrop by its name.
    pub maildrops: BTreeMap<String, Vec<Message>>,
}

impl Fixtures {
    /// The accounts of the page's demonstration; each has a maildrop of its own name.
    pub fn demonstration() -> Fixtures {
        let named = |account: Account| (account.name.clone(), account);
        let accounts: BTreeMap<_, _> = Setup::default().accounts.into_iter().map(named).collect();
        let maildrops = accounts.iter().map(|(name, account)| (name.clone(), account.messages.clone()));
        Fixtures { maildrops: maildrops.collect(), accounts }
    }

    /// Reads the file at `path`.
    pub fn read(path: &str) -> Result<Fixtures, String> {
        let octets = std::fs::read(path).map_err(|error| format!("cannot read {path}: {error}."))?;
        Fixtures::parse(&octets).map_err(|problem| format!("{path} does not hold fixtures: {problem}."))
    }

    fn parse(octets: &[u8]) -> Result<Fixtures, String> {
        let mut document: serde_json::Value =
            serde_json::from_slice(octets).map_err(|error| error.to_string())?;
        let inner = document.get_mut("fixtures").map(serde_json::Value::take);
        let file: File =
            serde_json::from_value(inner.unwrap_or(document)).map_err(|error| error.to_string())?;

        let mut maildrops = BTreeMap::new();
        for (name, maildrop) in file.maildrops {
            let messages = maildrop.messages.into_iter().enumerate();
            let messages = messages.map(|(at, written)| {
                written.message().map_err(|problem| format!("message {name}:{} {problem}", at + 1))
            });
            let messages = messages.collect::<Result<Vec<_>, _>>()?;
            maildrops.insert(name, messages);
        }
        let mut accounts = BTreeMap::new();
        for (key, WrittenAccount { user, password, maildrop, oauth_token }) in file.accounts {
            let Some(messages) = maildrops.get(&maildrop).cloned() else {
                return Err(format!("account {key} has the maildrop {maildrop:?}, which is not there"));
            };
            let policy = AccountPolicy::default();
            let access = Access { tokens: oauth_token.into_iter().collect(), ..Access::default() };
            accounts.insert(key, Account { name: user, password, messages, policy, access });
        }
        Ok(Fixtures { accounts, maildrops })
    }
}

#[derive(Deserialize)]
struct File {
    accounts: BTreeMap<String, WrittenAccount>,
    maildrops: BTreeMap<String, WrittenMaildrop>,
}

#[derive(Deserialize)]
struct WrittenAccount {
    user: String,
    password: String,
    maildrop: String,
    oauth_token: Option<String>,
}

#[derive(Deserialize)]
struct WrittenMaildrop {
    messages: Vec<WrittenMessage>,
}

#[derive(Deserialize)]
struct WrittenMessage {
    raw_b64: Option<String>,
    r#gen: Option<Recipe>,
    /// Octets as sent, if the file says so.
    size: Option<u64>,
}

/// A message too long to write down: a head, and `count` lines with their numbers in them.
#[derive(Deserialize)]
struct Recipe {
    head_b64: String,
    line: String,
    count: u32,
}

impl WrittenMessage {
    fn message(self) -> Result<Message, String> {
        let octets = match (self.raw_b64, self.r#gen) {
            (Some(text), _) => decode(&text)?,
            (None, Some(recipe)) => recipe.cook()?,
            (None, None) => return Err("has neither raw_b64 nor gen".into()),
        };
        let message = Message::new(&octets);
        match self.size {
            Some(size) if size != message.size() => {
                Err(format!("has {} octets, where its size says {size}", message.size()))
            }
            _ => Ok(message),
        }
    }
}

impl Recipe {
    fn cook(&self) -> Result<Vec<u8>, String> {
        // The number stands in the line as `%d` or `%06d`, as in C and Python.
        let split =
            self.line.split_once('%').and_then(|(before, rest)| Some((before, rest.split_once('d')?)));
        let Some((before, (width, after))) = split else { return Err("has no %d in its line".into()) };
        let digits = match width.strip_prefix('0') {
            Some(digits) => digits.parse().ok().filter(|digits| *digits <= 20),
            None => width.is_empty().then_some(0),
        };
        let Some(digits) = digits else {
            return Err("has something else than %d or %06d in its line".into());
        };
        let mut octets = decode(&self.head_b64)?;
        for number in 0..self.count {
            octets.extend(format!("{before}{number:0digits$}{after}\r\n").bytes());
        }
        Ok(octets)
    }
}

fn decode(text: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|error| format!("is not in base64: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(messages: &str) -> Result<Fixtures, String> {
        let accounts = r#"{"a": {"user": "alice", "password": "p", "maildrop": "m"}}"#;
        let text =
            format!(r#"{{"accounts": {accounts}, "maildrops": {{"m": {{"messages": [{messages}]}}}}}}"#);
        Fixtures::parse(text.as_bytes())
    }

    #[test]
    fn messages_are_written_out_or_made_from_a_recipe() {
        let recipe = r#"{"gen": {"head_b64": "DQo=", "line": "n %03d.", "count": 2}}"#;
        let fixtures = parse(&format!(r#"{{"raw_b64": "eA==", "size": 3}}, {recipe}"#)).unwrap();
        let octets: Vec<_> = fixtures.accounts["a"].messages.iter().map(Message::octets).collect();
        assert_eq!(octets, [&b"x\r\n"[..], b"\r\nn 000.\r\nn 001.\r\n"]);
        assert_eq!(fixtures.accounts["a"].name, "alice");
    }

    #[test]
    fn the_whole_document_does_as_well_as_its_fixtures() {
        let whole = br#"{"vectors": [], "fixtures": {"accounts": {}, "maildrops": {}}}"#;
        assert!(Fixtures::parse(whole).is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_message_is_told_with_its_place() {
        for (message, problem) in [
            ("{}", "neither"),
            (r#"{"raw_b64": "?"}"#, "base64"),
            (r#"{"raw_b64": "eA==", "size": 4}"#, "has 3 octets"),
            (r#"{"gen": {"head_b64": "", "line": "%s", "count": 1}}"#, "%d"),
        ] {
            let told = parse(message).err().unwrap_or_default();
            assert!(told.starts_with("message m:1 ") && told.contains(problem), "{message}: {told}");
        }
    }
}

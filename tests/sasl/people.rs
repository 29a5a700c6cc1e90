//! Accounts, and an exchange between a client and a server that know them.

use pop3lab::sasl::{
    Access, Accounts, Channel, Client, Credentials, Doubt, Fresh, Identity, Mechanism, Server, Step, Terms,
};
use std::collections::BTreeMap;

/// Accounts by name.
pub struct People(pub BTreeMap<String, Credentials>);

impl People {
    pub fn of(people: &[(&str, &str)]) -> People {
        let access = Access::default;
        let held = |(name, password): &(&str, &str)| {
            (name.to_string(), Credentials::derive(name, password, 1, access()))
        };
        People(people.iter().map(held).collect())
    }

    pub fn with(mut self, name: &str, password: &str, access: Access) -> People {
        self.0.insert(name.into(), Credentials::derive(name, password, 1, access));
        self
    }

    fn find(&self, is: impl Fn(&Access) -> bool) -> Option<&str> {
        self.0.iter().find(|(_, held)| is(held.access())).map(|(name, _)| name.as_str())
    }
}

impl Accounts for People {
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        self.0.get(name)
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.find(|access| access.tokens.iter().any(|held| held == token))
    }

    fn of_certificate(&self, identity: &str) -> Option<&str> {
        self.find(|access| access.certificate.as_deref() == Some(identity))
    }
}

pub const CHANNEL: [u8; 32] = [7; 32];

pub fn terms(people: &People) -> Terms<'_> {
    Terms { accounts: people, channel: None, plus: false, certificate: None, secret: b"the server's own" }
}

/// Terms inside TLS, with a certificate.
pub fn sealed(people: &People) -> Terms<'_> {
    Terms { channel: Some(&CHANNEL), plus: true, certificate: Some("alice@example"), ..terms(people) }
}

pub fn server(mechanism: Mechanism) -> Server {
    Server::new(mechanism, Fresh { nonce: "SERVER".into(), stamp: "<1.2@pop3lab.example>".into() })
}

pub fn identity(name: &str, secret: &str) -> Identity {
    Identity { name: name.into(), acts_as: None, secret: secret.into() }
}

pub fn client(mechanism: Mechanism, identity: Identity) -> Client {
    Client::new(mechanism, identity, "CLIENT".into(), Channel::Exporter(CHANNEL))
}

/// Lets the two talk to the end. `initial` says whether AUTH carries the first response.
pub fn talk(
    client: &mut Client,
    server: &mut Server,
    terms: &Terms<'_>,
    initial: bool,
) -> Result<Step, Doubt> {
    let first = if initial { client.begin()? } else { None };
    let mut step = server.step(terms, first.as_deref());
    for _ in 0..10 {
        let Step::Challenge(challenge) = &step else { return Ok(step) };
        let response = client.respond(challenge)?;
        step = server.step(terms, Some(&response));
    }
    panic!("an exchange without an end");
}

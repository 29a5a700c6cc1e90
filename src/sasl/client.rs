//! The client's side of an exchange: it answers challenges, and believes a server that proves itself.

use super::scram::{self, Binding, ClientFinal, ClientFirst, EXPORTER, Header, ServerFirst};
use super::{Flaw, Mechanism, bearer, coding, cram_md5, plain, prep, same};

/// The client's side of one exchange.
#[derive(Debug)]
pub struct Client {
    mechanism: Mechanism,
    identity: Identity,
    channel: Channel,
    nonce: String,
    /// How many messages were sent.
    sent: u32,
    first: Option<ClientFirst>,
    work: Option<Work>,
    satisfied: bool,
}

/// Who a client wants to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Whose secret it is.
    pub name: String,
    /// Whose mailbox it shall be, where that is another's.
    pub acts_as: Option<String>,
    /// The password, or the token.
    pub secret: String,
}

/// What a client knows of the TLS connection that it speaks through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Nothing: it does not bind, and says so.
    None,
    /// It could bind, and the server has listed no -PLUS.
    Unoffered,
    /// The octets exported from it (RFC 9266).
    Exporter([u8; 32]),
}

/// What was computed for a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// For CRAM-MD5.
    CramMd5(cram_md5::Work),
    /// For SCRAM.
    Scram(Box<scram::Work>),
}

/// Why a client does not go on: it cancels by `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The name or the password has letters that none may have.
    Identity(Flaw),
    /// What the server sent cannot be read.
    Malformed(Flaw),
    /// The mechanism binds to the TLS connection, and there are no octets of it.
    NoChannel,
    /// The server asks for fewer rounds than RFC 7677 section 4 wants, which would make guessing cheap.
    TooFewRounds(u32),
    /// The server asks for so many rounds that it would take minutes: this is how one keeps a client busy.
    TooManyRounds(u32),
    /// The server's nonce does not begin with the client's: it answers somebody else.
    Nonce,
    /// The server does not know the keys: it is another one.
    ServerUnproved,
    /// The server says why it ends the exchange.
    Refused(String),
}

/// The most rounds that a client takes upon itself.
const MOST_ROUNDS: u32 = 100_000;

impl Client {
    /// The beginning of an exchange. `nonce` must never have been used before: printable, no comma. `channel`
    /// is what a mechanism of SCRAM says it is bound to.
    pub fn new(mechanism: Mechanism, identity: Identity, nonce: String, channel: Channel) -> Client {
        Client { mechanism, identity, channel, nonce, sent: 0, first: None, work: None, satisfied: false }
    }

    /// The initial response, which AUTH may carry; none if the server begins.
    pub fn begin(&mut self) -> Result<Option<Vec<u8>>, Doubt> {
        if self.mechanism.row().client_first { self.respond(b"").map(Some) } else { Ok(None) }
    }

    /// The response to a challenge. A client that has not begun takes an empty challenge as an invitation.
    pub fn respond(&mut self, challenge: &[u8]) -> Result<Vec<u8>, Doubt> {
        let sent = self.sent;
        self.sent += 1;
        let response = match (self.mechanism, sent) {
            (Mechanism::Plain, 0) => {
                let (authcid, password) = (self.name()?, self.secret()?);
                plain::Plain { authzid: self.acts_as()?, authcid, password }.octets()
            }
            (Mechanism::Login, 0) => self.name()?.into_bytes(),
            (Mechanism::Login, 1) => self.secret()?.into_bytes(),
            (Mechanism::External, 0) => self.acts_as()?.unwrap_or_default().into_bytes(),
            (Mechanism::CramMd5, 0) => {
                let work = cram_md5::Work::new(&self.secret()?, challenge);
                let response = cram_md5::response(&self.name()?, &work);
                self.work = Some(Work::CramMd5(work));
                response
            }
            (Mechanism::OauthBearer | Mechanism::Xoauth2, 0) => {
                let name = self.acts_as()?.map_or_else(|| self.name(), Ok)?;
                bearer::request(self.mechanism, &name, &self.identity.secret, None)
            }
            (Mechanism::OauthBearer | Mechanism::Xoauth2, 1) => bearer::dummy(self.mechanism),
            (mechanism, 0) if mechanism.scram().is_some() => self.scram_first()?,
            (mechanism, 1) if mechanism.scram().is_some() => self.scram_last(challenge)?,
            (mechanism, 2) if mechanism.scram().is_some() => self.believe(challenge)?,
            _ => return Err(Doubt::Malformed(Flaw::Surplus)),
        };
        Ok(response)
    }

    /// What was computed until now.
    pub fn work(&self) -> Option<&Work> {
        self.work.as_ref()
    }

    /// Whether the server has proved itself as well, which only SCRAM asks of it.
    pub fn is_satisfied(&self) -> bool {
        self.satisfied
    }

    fn name(&self) -> Result<String, Doubt> {
        prep::prepare(&self.identity.name).map_err(Doubt::Identity)
    }

    fn secret(&self) -> Result<String, Doubt> {
        prep::prepare(&self.identity.secret).map_err(Doubt::Identity)
    }

    fn acts_as(&self) -> Result<Option<String>, Doubt> {
        self.identity.acts_as.as_deref().map(prep::prepare).transpose().map_err(Doubt::Identity)
    }

    fn scram_first(&mut self) -> Result<Vec<u8>, Doubt> {
        let binding = match (self.mechanism.row().binds_channel, self.channel) {
            (true, Channel::Exporter(_)) => Binding::By(EXPORTER.into()),
            (true, _) => return Err(Doubt::NoChannel),
            (false, Channel::Unoffered) => Binding::Unoffered,
            (false, _) => Binding::None,
        };
        let header = Header { binding, authzid: self.acts_as()? };
        let first = ClientFirst::new(header, &self.name()?, &self.nonce);
        Ok(self.first.insert(first).text().into_bytes())
    }

    fn scram_last(&mut self, challenge: &[u8]) -> Result<Vec<u8>, Doubt> {
        let offer = ServerFirst::read(challenge).map_err(Doubt::Malformed)?;
        let (Some(first), Some(hash)) = (&self.first, self.mechanism.scram()) else {
            return Err(Doubt::Malformed(Flaw::Surplus));
        };
        if !offer.nonce.starts_with(&first.nonce) || offer.nonce.len() == first.nonce.len() {
            return Err(Doubt::Nonce);
        }
        match offer.iterations {
            few if few < scram::ITERATIONS => return Err(Doubt::TooFewRounds(few)),
            many if many > MOST_ROUNDS => return Err(Doubt::TooManyRounds(many)),
            _ => {}
        }
        let channel: &[u8] = match &self.channel {
            Channel::Exporter(octets) if self.mechanism.row().binds_channel => octets,
            _ => &[],
        };
        let mut last = ClientFinal::new(&first.gs2, channel, &offer.nonce);
        let server_first = plain::utf8(challenge).map_err(Doubt::Malformed)?;
        let message = scram::auth_message(first, server_first, &last.without_proof);
        let work = scram::Work::new(hash, &self.secret()?, &offer.salt, offer.iterations, message);
        last.proof.clone_from(&work.client_proof);
        self.work = Some(Work::Scram(Box::new(work)));
        Ok(last.text().into_bytes())
    }

    /// Looks at the server's proof.
    fn believe(&mut self, challenge: &[u8]) -> Result<Vec<u8>, Doubt> {
        let text = plain::utf8(challenge).map_err(Doubt::Malformed)?;
        if let Some(error) = text.strip_prefix("e=") {
            return Err(Doubt::Refused(error.to_owned()));
        }
        let signature = text.strip_prefix("v=").and_then(|rest| rest.split(',').next());
        let signature = signature.ok_or(Doubt::Malformed(Flaw::Parts))?;
        let signature = coding::decode(signature.as_bytes()).map_err(Doubt::Malformed)?;
        match &self.work {
            Some(Work::Scram(work)) if same(&work.server_signature, &signature) => {
                self.satisfied = true;
                Ok(Vec::new())
            }
            _ => Err(Doubt::ServerUnproved),
        }
    }
}

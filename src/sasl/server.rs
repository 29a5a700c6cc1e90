//! The server's side of an exchange. It has no store: whoever drives it lends the [`Accounts`] for each step.
//!
//! Whether a name exists changes nothing that can be seen: what is not there is invented, and the same is computed
//! for it (RFC 5802 section 9).

use super::bearer::{self, Bearer};
use super::scram::{self, Binding, ClientFinal, ClientFirst, EXPORTER, Keys, ServerFirst};
use super::{Accounts, Credentials, Failure, Flaw, Hash, Mechanism, cram_md5, plain, same};

/// The server's side of one exchange.
#[derive(Debug)]
pub struct Server {
    mechanism: Mechanism,
    fresh: Fresh,
    state: State,
}

/// What was never sent before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The server's part of SCRAM's nonce: printable, no comma.
    pub nonce: String,
    /// CRAM-MD5's challenge: a msg-id, brackets included.
    pub stamp: String,
}

/// What is lent for a step.
pub struct Terms<'a> {
    /// Who there is.
    pub accounts: &'a dyn Accounts,
    /// The octets exported from the TLS connection (RFC 9266), where they can be had.
    pub channel: Option<&'a [u8; 32]>,
    /// Whether a -PLUS is offered on this connection.
    pub plus: bool,
    /// The identity in the certificate that the client has shown to TLS.
    pub certificate: Option<&'a str>,
    /// The server's own secret, for what it invents.
    pub secret: &'a [u8],
}

/// What the server does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It sends these octets and waits for a response.
    Challenge(Vec<u8>),
    /// Somebody has shown who they are.
    Succeeded {
        /// Who it is.
        name: String,
        /// Whose mailbox it shall be.
        mailbox: String,
    },
    /// Nobody has.
    Failed(Failure),
}

#[derive(Debug)]
enum State {
    /// Nothing was said.
    Begin,
    /// The client was asked to begin, or asked for what CRAM-MD5 and LOGIN ask for first.
    Asked,
    /// LOGIN has the name.
    Named(String),
    /// SCRAM has the first message, and has answered it.
    Offered(Box<Offer>),
    /// SCRAM has sent its own proof: an empty line ends it.
    Proved(Step),
    /// A token was refused, and the client was told why: whatever it says now.
    Refused(Failure),
    Over,
}

/// What SCRAM remembers between its messages.
#[derive(Debug)]
struct Offer {
    first: ClientFirst,
    answer: ServerFirst,
    keys: Keys,
}

impl Server {
    /// The beginning of an exchange.
    pub fn new(mechanism: Mechanism, fresh: Fresh) -> Server {
        Server { mechanism, fresh, state: State::Begin }
    }

    /// Which mechanism it is.
    pub fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// Takes a response, at first the initial one if there is one.
    pub fn step(&mut self, terms: &Terms<'_>, response: Option<&[u8]>) -> Step {
        let state = std::mem::replace(&mut self.state, State::Over);
        let step = match (state, response) {
            (State::Begin, None) => {
                self.state = State::Asked;
                Ok(Step::Challenge(self.question()))
            }
            (State::Begin, Some(_)) if !self.mechanism.row().client_first => {
                Err(Failure::Malformed(Flaw::TooEarly))
            }
            (State::Begin | State::Asked, Some(octets)) => self.first(terms, octets),
            (State::Named(name), Some(octets)) => plain::answer(octets)
                .map_err(Failure::Malformed)
                .and_then(|password| by_password(terms, &name, None, &password)),
            (State::Offered(offer), Some(octets)) => self.last(terms, &offer, octets),
            (State::Proved(step), Some(b"")) => Ok(step),
            (State::Refused(failure), _) => Err(failure),
            (State::Proved(_) | State::Over, Some(_)) => Err(Failure::Malformed(Flaw::Surplus)),
            (_, None) => Err(Failure::Malformed(Flaw::Parts)),
        };
        step.unwrap_or_else(Step::Failed)
    }

    /// What is said to a client that has said nothing.
    fn question(&self) -> Vec<u8> {
        match self.mechanism {
            Mechanism::CramMd5 => self.fresh.stamp.clone().into_bytes(),
            Mechanism::Login => plain::ASKS_NAME.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The client's first message.
    fn first(&mut self, terms: &Terms<'_>, octets: &[u8]) -> Result<Step, Failure> {
        let flawed = Failure::Malformed;
        match self.mechanism {
            Mechanism::Plain => {
                let plain = plain::Plain::read(octets).map_err(flawed)?;
                by_password(terms, &plain.authcid, plain.authzid.as_deref(), &plain.password)
            }
            Mechanism::Login => {
                self.state = State::Named(plain::answer(octets).map_err(flawed)?);
                Ok(Step::Challenge(plain::ASKS_PASSWORD.to_vec()))
            }
            Mechanism::External => {
                let authzid = plain::external(octets).map_err(flawed)?;
                let name = terms.certificate.and_then(|identity| terms.accounts.of_certificate(identity));
                let shown = authzid.as_deref().or(terms.certificate).unwrap_or_default();
                let name = name.ok_or_else(|| Failure::Unproved { name: shown.into() })?;
                concluded(terms, name, authzid.as_deref(), |_| true)
            }
            Mechanism::CramMd5 => {
                let (name, digest) = cram_md5::read(octets).map_err(flawed)?;
                let challenge = self.fresh.stamp.as_bytes();
                concluded(terms, &name, None, |held| {
                    let fits = cram_md5::Work::new(held.secret().unwrap_or_default(), challenge).hex();
                    held.secret().is_some() & same(fits.as_bytes(), digest.as_bytes())
                })
            }
            Mechanism::OauthBearer | Mechanism::Xoauth2 => self.token(terms, octets),
            _ => self.offer(terms, octets),
        }
    }

    fn token(&mut self, terms: &Terms<'_>, octets: &[u8]) -> Result<Step, Failure> {
        let Bearer { name, binding, token } =
            Bearer::read(self.mechanism, octets).map_err(Failure::Malformed)?;
        if matches!(binding, Binding::By(_)) {
            return Err(Failure::NotBound { name: name.unwrap_or_default() });
        }
        let holder = token.as_deref().and_then(|token| terms.accounts.of_token(token));
        let outcome = match holder {
            Some(holder) => concluded(terms, holder, name.as_deref(), |_| true),
            None => Err(Failure::Unproved { name: name.unwrap_or_default() }),
        };
        outcome.or_else(|failure| {
            self.state = State::Refused(failure);
            Ok(Step::Challenge(bearer::refusal(self.mechanism)))
        })
    }

    /// SCRAM: the nonces, the salt and the rounds.
    fn offer(&mut self, terms: &Terms<'_>, octets: &[u8]) -> Result<Step, Failure> {
        let first = ClientFirst::read(octets).map_err(Failure::Malformed)?;
        // RFC 5802 section 6. A client that could bind and believes that the server cannot was lied to.
        let bound = match &first.header.binding {
            Binding::By(by) => {
                self.mechanism.row().binds_channel && by == EXPORTER && terms.channel.is_some()
            }
            Binding::Unoffered => !self.mechanism.row().binds_channel && !terms.plus,
            Binding::None => !self.mechanism.row().binds_channel,
        };
        if !bound {
            return Err(Failure::NotBound { name: first.name });
        }
        let (held, invented) = held(terms, &first.name);
        let keys = held.or(invented.as_ref()).map(|held| held.scram(self.hash()).clone());
        let keys = keys.ok_or(Failure::Malformed(Flaw::Parts))?;
        let nonce = format!("{}{}", first.nonce, self.fresh.nonce);
        let answer = ServerFirst { nonce, salt: keys.salt.clone(), iterations: keys.iterations };
        let challenge = answer.text().into_bytes();
        self.state = State::Offered(Box::new(Offer { first, answer, keys }));
        Ok(Step::Challenge(challenge))
    }

    /// SCRAM: the proof.
    fn last(&mut self, terms: &Terms<'_>, offer: &Offer, octets: &[u8]) -> Result<Step, Failure> {
        let Offer { first, answer, keys } = offer;
        let last = ClientFinal::read(octets).map_err(Failure::Malformed)?;
        if last.nonce != answer.nonce {
            return Err(Failure::Malformed(Flaw::Nonce));
        }
        let channel: &[u8] = match (&first.header.binding, terms.channel) {
            (Binding::By(_), Some(channel)) => channel,
            _ => &[],
        };
        if !same(&last.binding, &[first.gs2.as_bytes(), channel].concat()) {
            return Err(Failure::NotBound { name: first.name.clone() });
        }
        let message = scram::auth_message(first, &answer.text(), &last.without_proof);
        let proved = keys.proves(self.hash(), message.as_bytes(), &last.proof);
        let step = concluded(terms, &first.name, first.header.authzid.as_deref(), |_| proved)?;
        self.state = State::Proved(step);
        Ok(Step::Challenge(scram::server_final(&keys.signature(self.hash(), message.as_bytes()))))
    }

    fn hash(&self) -> Hash {
        self.mechanism.scram().unwrap_or(Hash::Sha1)
    }
}

/// What is kept of a name, or what is invented for it.
fn held<'a>(terms: &Terms<'a>, name: &str) -> (Option<&'a Credentials>, Option<Credentials>) {
    let held = terms.accounts.credentials(name);
    let invented = held.is_none().then(|| Credentials::invented(name, terms.secret));
    (held, invented)
}

fn by_password(
    terms: &Terms<'_>,
    name: &str,
    authzid: Option<&str>,
    password: &str,
) -> Result<Step, Failure> {
    concluded(terms, name, authzid, |held| held.is_password(password))
}

/// Judges who it is and whether they may open what they asked for.
fn concluded(
    terms: &Terms<'_>,
    name: &str,
    authzid: Option<&str>,
    proved: impl Fn(&Credentials) -> bool,
) -> Result<Step, Failure> {
    let (held, invented) = held(terms, name);
    // The same work for an invented account, so that time tells nothing.
    let proved = held.or(invented.as_ref()).is_some_and(proved);
    let mailbox = authzid.unwrap_or(name);
    let allowed = held
        .is_some_and(|held| mailbox == name || held.access().acts_as.iter().any(|other| other == mailbox));
    match proved && allowed {
        true => Ok(Step::Succeeded { name: name.to_owned(), mailbox: mailbox.to_owned() }),
        false => Err(Failure::Unproved { name: name.to_owned() }),
    }
}

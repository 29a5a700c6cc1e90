//! AUTH (RFC 5034): begins an exchange, and drives it line by line until it succeeds or not.
//!
//! ```text
//!   C: AUTH CRAM-MD5
//!   S: + PDEuMkBwb3AzbGFiLmV4YW1wbGU+
//!   C: YWxpY2UgYjkxM2E2MDJjN2VkYTdhNDk1YjRlNmU3MzM0ZDM4OTA=
//!   S: +OK the maildrop is yours, 3 messages (83 octets)
//! ```

use super::login::Login;
use super::{Session, State};
use crate::mail::Mailstore;
use crate::pop3::lines::Line;
use crate::pop3::output::Method;
use crate::pop3::{Cause, Refusal, Verb};
use crate::sasl::{Failure, Fresh, Guard, Mechanism, Server, Step, Terms, coding};
use crate::time::Instant;

impl Session {
    /// AUTH with a mechanism, and an initial response if there is one.
    pub(super) fn authenticate(
        &mut self,
        store: &mut impl Mailstore,
        name: &str,
        initial: Option<String>,
        now: Instant,
    ) -> Result<(), Refusal> {
        let mechanism = Mechanism::of_name(name).filter(|of| self.config.mechanisms.contains(of));
        let mechanism = mechanism.ok_or(Refusal::UnknownMechanism)?;
        if !self.channel.carries(&self.config, mechanism) {
            // RFC 2595 section 2.3: without a look at what came with it.
            let guarded = mechanism.row().guard != Guard::Anywhere && !self.channel.is_secure();
            return Err(if guarded { Refusal::NeedsTls(Verb::Auth) } else { Refusal::MechanismNotNow });
        }
        let response =
            initial.map(|word| coding::decode_initial(&word)).transpose().map_err(Refusal::BadResponse)?;
        let fresh = self.entropy.fresh(self.exchanges, &self.config);
        self.exchanges += 1;
        self.advance(store, Server::new(mechanism, fresh), response.as_deref(), now)
    }

    /// A line while an exchange is under way: a response whatever it looks like, or `*`.
    pub(super) fn respond(
        &mut self,
        store: &mut impl Mailstore,
        line: &Line,
        now: Instant,
    ) -> Result<(), Refusal> {
        let State::Exchange(server) = &mut self.state else { return Err(self.not_now(Verb::Auth)) };
        let fresh = Fresh { nonce: String::new(), stamp: String::new() };
        let over = Server::new(server.mechanism(), fresh);
        let server = std::mem::replace(&mut **server, over);
        match line {
            Line::TooLong => Err(Refusal::LineTooLong { limit: self.config.response_limit }),
            Line::Whole(octets) | Line::Long(octets) if octets == b"*" => Err(Refusal::Cancelled),
            Line::Whole(octets) | Line::Long(octets) => coding::decode(octets)
                .map_err(Refusal::BadResponse)
                .and_then(|response| self.advance(store, server, Some(&response), now)),
        }
    }

    /// Hands a response to the server's side of the exchange, and does what it says.
    fn advance(
        &mut self,
        store: &mut impl Mailstore,
        mut server: Server,
        response: Option<&[u8]>,
        now: Instant,
    ) -> Result<(), Refusal> {
        let terms = Terms {
            accounts: store,
            channel: self.channel.exporter(),
            plus: self.channel.binds(&self.config),
            certificate: self.channel.identity(),
            secret: &self.config.secret,
        };
        let mechanism = server.mechanism();
        let method = Method::Sasl(mechanism);
        let verb = Verb::Auth;
        match server.step(&terms, response) {
            Step::Challenge(octets) => {
                if let State::Exchange(held) = &mut self.state {
                    **held = server;
                } else if !self.enter(store, Cause::Challenged, State::Exchange(Box::new(server))) {
                    return Err(self.not_now(verb));
                }
                // Nothing but base64 stands behind the blank (RFC 5034 section 4).
                self.transmit(format!("+ {}\r\n", coding::encode(&octets)).into_bytes());
                Ok(())
            }
            Step::Succeeded { name, mailbox } => {
                self.log_in(store, &Login { name: &name, mailbox: &mailbox, method, verb }, &|_| true, now)
            }
            // The store says how it refuses, as to everybody.
            Step::Failed(Failure::Unproved { name }) => {
                self.log_in(store, &Login { name: &name, mailbox: &name, method, verb }, &|_| false, now)
            }
            Step::Failed(Failure::NotBound { .. }) => {
                self.failed(now);
                Err(Refusal::NotBound)
            }
            Step::Failed(Failure::Malformed(flaw)) => Err(Refusal::BadResponse(flaw)),
        }
    }
}

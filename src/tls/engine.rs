//! What runs an end: rustls as client or as server, or the client of old. It does one thing at a time and
//! says what came of it.

use super::machine::End;
use super::old_client::OldClient;
use super::policy::Agreed;
use super::provider;
use super::scope::Seen;
use super::version::{Cipher, Group, Version};
use rustls::client::UnbufferedClientConnection;
use rustls::server::UnbufferedServerConnection;
use rustls::unbuffered::{ConnectionState, EncodeError, EncryptError, UnbufferedStatus};
use rustls::{CommonState, Error, ProtocolVersion};
use std::collections::VecDeque;

pub(super) enum Engine {
    Client(Box<UnbufferedClientConnection>),
    Server(Box<UnbufferedServerConnection>),
    Old(OldClient),
}

/// What an end wants to say once it can.
pub(super) enum Saying {
    /// Something of the program.
    Plain(Vec<u8>),
    /// close_notify.
    Close,
}

/// One thing that an engine did.
pub(super) enum Step {
    /// These octets, one record or several, are to be sent.
    Transmit(Vec<u8>),
    /// The other program said this.
    Plain(Vec<u8>),
    /// The other end has said close_notify.
    Ended,
    /// Nothing that shows; there is more to do.
    Again,
    /// There is nothing to do, and what is written could be sent.
    Ready,
    /// There is nothing to do until something arrives.
    Blocked,
    /// It is over.
    Failed(Error),
}

impl Engine {
    pub fn end(&self) -> End {
        match self {
            Engine::Client(_) | Engine::Old(_) => End::Client,
            Engine::Server(_) => End::Server,
        }
    }

    /// Does the next thing: with the records in `incoming`, from which it takes what it is done with, or
    /// with the first of `sayings`.
    pub fn step(&mut self, incoming: &mut Vec<u8>, sayings: &mut VecDeque<Saying>) -> Step {
        let (discard, step) = match self {
            Engine::Client(client) => next(client.process_tls_records(incoming), sayings),
            Engine::Server(server) => next(server.process_tls_records(incoming), sayings),
            Engine::Old(old) => (0, old.step(incoming, sayings)),
        };
        incoming.drain(..discard.min(incoming.len()));
        step
    }

    pub fn is_handshaking(&self) -> bool {
        self.common().is_none_or(CommonState::is_handshaking)
    }

    fn common(&self) -> Option<&CommonState> {
        match self {
            Engine::Client(client) => Some(client),
            Engine::Server(server) => Some(server),
            Engine::Old(_) => None,
        }
    }

    /// What was agreed on, once it is.
    pub fn agreed(&self, seen: &Seen, name: Option<String>) -> Option<Agreed> {
        let common = self.common()?;
        let version = match common.protocol_version()? {
            ProtocolVersion::TLSv1_3 => Version::Tls13,
            _ => Version::Tls12,
        };
        let suite = u16::from(common.negotiated_cipher_suite()?.suite());
        let group = match u16::from(common.negotiated_key_exchange_group()?.name()) {
            0x001D => Group::X25519,
            _ => Group::P256,
        };
        let cipher = Cipher::ALL.into_iter().find(|cipher| cipher.suite(version).0 == suite)?;
        Some(Agreed {
            version,
            cipher,
            group,
            scheme: seen.scheme?,
            name,
            chain: seen.chain.clone(),
            trust: seen.trust,
            exporter: seen.exporter.as_ref().and_then(|secret| provider::export(cipher, secret)),
        })
    }
}

/// Turns a status of rustls into a step, and says how many of the octets it is done with.
fn next<Data>(
    UnbufferedStatus { discard, state, .. }: UnbufferedStatus<'_, '_, Data>,
    sayings: &mut VecDeque<Saying>,
) -> (usize, Step) {
    let step = match state {
        Err(error) => Step::Failed(error),
        Ok(ConnectionState::EncodeTlsData(mut data)) => {
            let mut octets = Vec::new();
            let mut encoded = data.encode(&mut octets);
            if let Err(EncodeError::InsufficientSize(short)) = &encoded {
                octets.resize(short.required_size, 0);
                encoded = data.encode(&mut octets);
            }
            octets.truncate(encoded.unwrap_or_default());
            Step::Transmit(octets)
        }
        Ok(ConnectionState::TransmitTlsData(sent)) => {
            sent.done();
            Step::Again
        }
        Ok(ConnectionState::ReadTraffic(mut traffic)) => {
            let mut plain = Vec::new();
            while let Some(Ok(record)) = traffic.next_record() {
                plain.extend_from_slice(record.payload);
            }
            Step::Plain(plain)
        }
        Ok(ConnectionState::PeerClosed) => Step::Ended,
        Ok(ConnectionState::WriteTraffic(mut traffic)) => match sayings.pop_front() {
            None => Step::Ready,
            Some(saying) => {
                let mut say = |octets: &mut [u8]| match &saying {
                    Saying::Plain(plain) => traffic.encrypt(plain, octets),
                    Saying::Close => traffic.queue_close_notify(octets),
                };
                // It tells how much room it needs once it had too little.
                let mut octets = Vec::new();
                let mut said = say(&mut octets);
                if let Err(EncryptError::InsufficientSize(short)) = &said {
                    octets.resize(short.required_size, 0);
                    said = say(&mut octets);
                }
                octets.truncate(said.as_ref().copied().unwrap_or_default());
                said.map_or(Step::Failed(Error::EncryptError), |_| Step::Transmit(octets))
            }
        },
        // Early data is never accepted, so that nothing of it can be there.
        Ok(_) => Step::Blocked,
    };
    (discard, step)
}

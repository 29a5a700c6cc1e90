//! The certificates of a world: made when they are first needed, from the seed, for the server's name or for
//! a person, and remembered for the next world of the same seed and name.

use super::setup::ADDRESS;
use crate::pki::{self, Fault, Pki};
use crate::policy::{Policy, Shown, Versions};
use crate::tls::{self, Chance, ClientTls, Endpoint, Output, ServerTls};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// What the fault "wrong clock" does to the clients' clocks, in seconds: an empty battery sets them back by
/// about six years.
const CLOCK_ERROR: i64 = -6 * 365 * 86_400;

/// The certificates with each fault.
#[derive(Debug)]
pub(super) struct Certificates {
    seed: u64,
    host: String,
    date: i64,
}

/// What certificates follow from: a seed, the host that they are for, or none if they are a person's, a date,
/// and what is wrong with them.
type From = (u64, Option<String>, i64, Option<Fault>);

/// The most that are remembered: each fault of two worlds, and what a person can show there.
const MOST: usize = 24;

thread_local! {
    /// What was made before, the latest first. The same always comes of the same, and making it takes as long as a
    /// handshake: so a fork, a new start and a scene with the same dice find it here.
    static MADE: RefCell<VecDeque<(From, Rc<Pki>)>> = const { RefCell::new(VecDeque::new()) };
}

impl Certificates {
    pub(super) fn new(seed: u64, host: &str, date: i64) -> Certificates {
        Certificates { seed, host: host.to_owned(), date }
    }

    /// The server's certificates with this fault.
    pub(super) fn with(&self, fault: Option<Fault>) -> Rc<Pki> {
        self.of(Some(self.host.clone()), fault)
    }

    fn of(&self, host: Option<String>, fault: Option<Fault>) -> Rc<Pki> {
        let from = (self.seed, host, self.date, fault);
        MADE.with_borrow_mut(|made| {
            if let Some((_, known)) = made.iter().find(|(known, _)| *known == from) {
                return Rc::clone(known);
            }
            let seed = self.seed ^ 0x706b_6900;
            let pki = Rc::new(match &from.1 {
                Some(host) => pki::issue(seed, host, self.date, fault),
                None => pki::issue_to_person(seed, ADDRESS, self.date, fault),
            });
            made.truncate(MOST - 1);
            made.push_front((from, Rc::clone(&pki)));
            pki
        })
    }

    /// The authorities that every client holds.
    pub(super) fn roots(&self) -> Vec<Vec<u8>> {
        self.with(None).roots.clone()
    }

    /// What a server presents.
    pub(super) fn server(&self, policy: Policy) -> ServerTls {
        let pki = self.with(policy.fault);
        let tls = ServerTls::new(pki.chain.clone(), pki.key.to_vec());
        let client_roots = if policy.asks { self.roots() } else { vec![] };
        ServerTls { versions: versions(policy.accepts), client_roots, ..tls }
    }

    /// What a client believes. The authorities that it holds are the same, whatever is wrong at the server.
    pub(super) fn client(&self, policy: Policy, exceptions: Vec<[u8; 32]>) -> ClientTls {
        let roots = self.roots();
        let versions = versions(policy.offers);
        // Made only where somebody asks, since it takes as long as a handshake.
        let shown = (policy.asks && policy.shows != Shown::None).then(|| self.of(None, policy.shows.fault()));
        let (chain, key) = shown.map_or((vec![], vec![]), |pki| (pki.chain.clone(), pki.key.to_vec()));
        ClientTls { versions, roots, verify: policy.verify, exceptions, chain, key, ..ClientTls::default() }
    }

    /// Lets a client and a server come to TLS with nothing between them. True if both do.
    pub(super) fn bare_handshake(&self, policy: Policy) -> bool {
        let now = u64::try_from(self.date).unwrap_or(0);
        let client =
            Endpoint::client(&self.client(policy, vec![]), &self.host, Chance::seeded(self.seed, 0), now);
        let server = Endpoint::server(&self.server(policy), Chance::seeded(self.seed, 1));
        let (Ok(mut client), Ok(mut server)) = (client, server) else { return false };
        while deliver(&mut client, &mut server, now) | deliver(&mut server, &mut client, now) {}
        client.is_established() && server.is_established()
    }

    /// How a client names the server that it connects to.
    pub(super) fn name(&self, policy: Policy, address: [u8; 4]) -> String {
        match policy.fault {
            Some(Fault::ByAddress) => address.map(|octet| octet.to_string()).join("."),
            _ => self.host.clone(),
        }
    }
}

/// Hands what one end says to the other. True if it said anything.
fn deliver(from: &mut Endpoint, to: &mut Endpoint, now: u64) -> bool {
    let mut said = false;
    while let Some(output) = from.poll() {
        if let Output::Transmit(record) = output {
            to.receive(now, &record.octets);
            said = true;
        }
    }
    said
}

/// The versions for an end that speaks current ones; what an old client offers is no matter of settings.
fn versions(versions: Versions) -> tls::Versions {
    match versions {
        Versions::Tls13 => tls::Versions::Only13,
        Versions::Tls12 => tls::Versions::Only12,
        Versions::Current | Versions::Tls11 | Versions::Tls10 => tls::Versions::Both,
    }
}

/// By how many seconds the clients' clocks are wrong.
pub(super) fn clock_error(policy: Policy) -> i64 {
    if policy.fault == Some(Fault::WrongClock) { CLOCK_ERROR } else { 0 }
}

//! What is compared: the script, the link, and what both ends want of TLS on each lane.

use super::script::Script;
use crate::net::LinkConfig;
use crate::policy::{Policy, Road, Versions};
use crate::world::Setup;

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What is said.
    pub script: Script,
    /// What every link does.
    pub link: LinkConfig,
    /// The dice of all lanes.
    pub seed: u64,
    /// The lanes, as [`Road::ALL`] has them.
    pub lanes: [Terms; 3],
}

/// On what terms a lane is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The port.
    pub port: u16,
    /// What both ends want of TLS.
    pub policy: Policy,
}

impl Terms {
    /// A road as it is meant to be: the mail program does by itself what its security asks for.
    pub fn of(road: Road) -> Terms {
        let policy = Policy { security: road.security(), by_hand: false, ..Policy::default() };
        Terms { port: road.port(), policy }
    }
}

impl Plan {
    /// The three roads as they are meant to be, with this script.
    pub fn new(script: Script) -> Plan {
        let Setup { link, seed, .. } = Setup::default();
        Plan { script, link, seed, lanes: Road::ALL.map(Terms::of) }
    }

    /// The same with clients that offer these versions of TLS.
    pub fn offering(mut self, versions: Versions) -> Plan {
        self.lanes.iter_mut().for_each(|terms| terms.policy.offers = versions);
        self
    }

    /// What the world of a lane begins with: mailboxes are equal and fresh.
    pub fn setup(&self, lane: usize) -> Setup {
        Setup { link: self.link, seed: self.seed, policy: self.lanes[lane].policy, ..Setup::default() }
    }
}

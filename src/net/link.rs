//! The link: carries frames with a latency, loses some, and can be cut.

use crate::sorted::{Map, Set};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// One end of the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HostId {
    /// The host on which the server runs.
    Server,
    /// A client's host.
    Client(u8),
}

/// What the link does to every frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkConfig {
    /// Microseconds from one end to the other; at least one.
    pub latency: u64,
    /// Of a thousand frames, how many are lost on the average.
    pub loss_per_mille: u16,
}

impl Default for LinkConfig {
    /// 40 ms there and back, and nothing is lost.
    fn default() -> LinkConfig {
        LinkConfig { latency: 20_000, loss_per_mille: 0 }
    }
}

impl LinkConfig {
    /// Microseconds there and back.
    pub fn round_trip(self) -> u64 {
        2 * self.latency
    }
}

/// Counts the frames of a world, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FrameId(pub u32);

/// What becomes of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It arrives at this moment.
    Arrives(Instant),
    /// It is lost on the way.
    Lost,
    /// The cable is cut.
    Cut,
    /// Nobody has the address it goes to.
    NoSuchHost,
}

/// A frame at the end of its way.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Which frame.
    pub frame: FrameId,
    /// Whose it is now.
    pub to: HostId,
    /// Its octets: an IPv4 packet.
    pub octets: Arc<[u8]>,
}

/// The link between all hosts.
#[derive(Debug)]
pub struct Link {
    config: LinkConfig,
    random: oorandom::Rand32,
    hosts: Map<[u8; 4], HostId>,
    /// Every address that was ever given out: none is given out twice.
    used: Set<[u8; 4]>,
    cut: Set<HostId>,
    frames: u32,
    in_flight: Map<(Instant, FrameId), Arrival>,
}

impl Link {
    /// A link on which nobody is yet.
    pub fn new(config: LinkConfig, seed: u64) -> Link {
        Link {
            config,
            random: oorandom::Rand32::new(seed),
            hosts: Map::new(),
            used: Set::new(),
            cut: Set::new(),
            frames: 0,
            in_flight: Map::new(),
        }
    }

    /// What it does to every frame that is sent from now on.
    pub fn configure(&mut self, config: LinkConfig) {
        self.config = config;
    }

    /// What it does to every frame.
    pub fn config(&self) -> LinkConfig {
        self.config
    }

    /// Gives a host an address. An address it had before is nobody's from then on, and its cable is
    /// whole again: it has come back on another network.
    pub fn attach(&mut self, host: HostId, address: [u8; 4]) {
        self.hosts.retain(|_, held| *held != host);
        self.in_flight.retain(|_, arrival| arrival.to != host);
        self.hosts.insert(address, host);
        self.used.insert(address);
        self.cut.remove(&host);
    }

    /// Whether this address was ever given to a host.
    pub fn was_given(&self, address: [u8; 4]) -> bool {
        self.used.contains(&address)
    }

    /// Cuts the cable of a host: nothing reaches it and nothing of it gets through, what is on the way
    /// included.
    pub fn cut(&mut self, host: HostId, from_host: impl Fn(&[u8]) -> bool) {
        self.cut.insert(host);
        self.in_flight.retain(|_, arrival| arrival.to != host && !from_host(&arrival.octets));
    }

    /// Whether the cable of this host is cut.
    pub fn is_cut(&self, host: HostId) -> bool {
        self.cut.contains(&host)
    }

    /// Takes a frame from a host and decides its fate.
    pub fn send(&mut self, now: Instant, from: HostId, octets: Arc<[u8]>) -> (FrameId, Fate) {
        let frame = FrameId(self.frames);
        self.frames += 1;
        // One draw for every frame, so that other settings do not shift the dice.
        let dice = self.random.rand_range(0..1000);
        let to = destination(&octets).and_then(|address| self.hosts.get(&address).copied());
        let fate = match to {
            _ if self.cut.contains(&from) => Fate::Cut,
            None => Fate::NoSuchHost,
            Some(to) if self.cut.contains(&to) => Fate::Cut,
            Some(_) if dice < u32::from(self.config.loss_per_mille) => Fate::Lost,
            Some(to) => {
                let at = now + Duration::from_micros(self.config.latency.max(1));
                self.in_flight.insert((at, frame), Arrival { frame, to, octets });
                Fate::Arrives(at)
            }
        };
        (frame, fate)
    }

    /// When the next frame arrives.
    pub fn next_arrival(&self) -> Option<Instant> {
        self.in_flight.keys().next().map(|(at, _)| *at)
    }

    /// The next frame that has arrived by `now`.
    pub fn receive(&mut self, now: Instant) -> Option<Arrival> {
        self.in_flight.remove_first_if(|(at, _), _| *at <= now)
    }
}

/// The destination address of an IPv4 packet (RFC 791 section 3.1: octets 16 to 19).
fn destination(packet: &[u8]) -> Option<[u8; 4]> {
    packet.get(16..20)?.try_into().ok()
}

/// The source address of an IPv4 packet (RFC 791 section 3.1: octets 12 to 15).
pub fn source(packet: &[u8]) -> Option<[u8; 4]> {
    packet.get(12..16)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn packet(last: u8) -> Arc<[u8]> {
        let mut octets = [0; 20];
        octets[19] = last;
        octets.into()
    }

    fn link(loss_per_mille: u16) -> Link {
        let mut link = Link::new(LinkConfig { latency: 5, loss_per_mille }, 7);
        link.attach(HostId::Server, [0, 0, 0, 1]);
        link
    }

    #[test]
    fn a_frame_arrives_after_the_latency_and_in_order() {
        let mut link = link(0);
        let now = Instant::from_micros(10);
        link.send(now, HostId::Client(0), packet(1));
        link.send(now, HostId::Client(0), packet(1));
        assert_eq!(link.next_arrival(), Some(Instant::from_micros(15)));
        assert!(link.receive(now).is_none());
        let at = Instant::from_micros(15);
        assert_eq!(link.receive(at).unwrap().frame, FrameId(0));
        assert_eq!(link.receive(at).unwrap().frame, FrameId(1));
    }

    #[test]
    fn about_as_many_frames_are_lost_as_the_setting_says() {
        let mut link = link(200);
        let lost = (0..10_000)
            .filter(|_| link.send(Instant::ZERO, HostId::Client(0), packet(1)).1 == Fate::Lost)
            .count();
        assert!((1_800..2_200).contains(&lost), "{lost} of 10 000");
    }

    #[test]
    fn a_cut_cable_swallows_what_is_on_the_way_and_what_comes_later() {
        let mut link = link(0);
        link.send(Instant::ZERO, HostId::Client(0), packet(1));
        link.cut(HostId::Server, |_| false);
        assert_eq!(link.next_arrival(), None);
        assert_eq!(link.send(Instant::ZERO, HostId::Client(0), packet(1)).1, Fate::Cut);
        assert_eq!(link.send(Instant::ZERO, HostId::Server, packet(1)).1, Fate::Cut);
    }

    #[test]
    fn a_frame_to_nobody_goes_nowhere() {
        assert_eq!(link(0).send(Instant::ZERO, HostId::Client(0), packet(9)).1, Fate::NoSuchHost);
    }
}

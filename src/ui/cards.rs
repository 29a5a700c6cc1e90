//! The segments on the wire as cards: where each is at a moment, and what stands on it.

use super::label::{self, Label};
use super::stream::Streams;
use crate::dissect::{Segment, TcpFlags, segment};
use crate::net::{Fate, HostId};
use crate::sorted::Set;
use crate::time::Instant;
use crate::trace::{Event, Side, Trace};

/// A segment on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The number of its frame.
    pub frame: u32,
    /// The record of its sending.
    pub record: u32,
    /// When it was sent.
    pub at: Instant,
    /// Whose it is.
    pub from: Side,
    /// What stands on it.
    pub label: Label,
    /// Where it is.
    pub flight: Flight,
    /// Whether the same has been sent before.
    pub again: bool,
}

/// Where a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flight {
    /// On its way.
    Flying,
    /// At the other end.
    Arrived,
    /// Nowhere: the link has lost it, the cable is cut, or nobody has that address.
    Lost,
}

/// The most letters of a line on a card.
const LONGEST: usize = 48;

/// How far back one looks for the first sending of what may be sent again.
const LOOK_BACK: usize = 60;

/// The last cards of a client at a position, at most `most`, the oldest first, and how many came before.
pub fn cards(trace: &Trace, position: usize, client: u8, most: usize) -> (Vec<Card>, usize) {
    let frames = trace.frames(position);
    let others = trace.scene(position).connections.keys().any(|held| *held != client);
    let addresses = others.then(|| addresses(trace, client));
    let read = |(sent, arrived): &(u32, Option<u32>)| {
        let record = &trace.records()[*sent as usize];
        let Event::FrameSent { frame, from, octets, fate } = &record.event else { return None };
        let segment = segment(octets);
        let of_client = match (from, &addresses) {
            (HostId::Client(held), _) => *held == client,
            (HostId::Server, None) => true,
            (HostId::Server, Some(addresses)) => {
                segment.as_ref().is_some_and(|segment| addresses.contains(&segment.destination.0))
            }
        };
        let flight = match fate {
            Fate::Arrives(_) if arrived.is_some_and(|record| (record as usize) < position) => Flight::Arrived,
            // A cable may be cut while it is on its way.
            Fate::Arrives(at) if arrived.is_none() && trace.time(position) > *at => Flight::Lost,
            Fate::Arrives(_) => Flight::Flying,
            Fate::Lost | Fate::Cut | Fate::NoSuchHost => Flight::Lost,
        };
        let card = Card {
            frame: frame.0,
            record: *sent,
            at: record.at,
            from: if *from == HostId::Server { Side::Server } else { Side::Client },
            label: Label::default(),
            flight,
            again: false,
        };
        of_client.then_some((card, segment))
    };
    let mut latest: Vec<(Card, Option<Segment>)> =
        frames.iter().rev().filter_map(read).take(most + LOOK_BACK).collect();
    latest.reverse();
    for index in 0..latest.len() {
        let (before, rest) = latest.split_at_mut(index);
        let (card, segment) = &mut rest[0];
        let same = |(_, earlier): &(Card, Option<Segment>)| match (earlier, &segment) {
            (Some(earlier), Some(segment)) => is_same(earlier, segment),
            _ => false,
        };
        card.again = before.iter().any(same);
    }
    let shown = latest.split_off(latest.len().saturating_sub(most));
    let earlier = if addresses.is_some() { latest.len() } else { frames.len() - shown.len() };
    // Only what is shown is read.
    let mut streams = Streams::new(trace);
    let labelled =
        shown.into_iter().map(|(card, _)| Card { label: label_of(&mut streams, card.record), ..card });
    (labelled.collect(), earlier)
}

/// What stands on the card of a frame.
fn label_of(streams: &mut Streams<'_>, sent: u32) -> Label {
    match &streams.trace().records()[sent as usize].event {
        Event::FrameSent { octets, .. } => label::label(streams, sent, octets, LONGEST),
        _ => Label::default(),
    }
}

/// Whether two segments have the same place in the same stream, and take room in it.
fn is_same(one: &Segment, other: &Segment) -> bool {
    let takes_room = |segment: &Segment| {
        !segment.data.is_empty()
            || segment.flags.contains(TcpFlags::SYN)
            || segment.flags.contains(TcpFlags::FIN)
    };
    let stream =
        |segment: &Segment| (segment.source, segment.destination, segment.sequence, segment.data.len());
    takes_room(one) && takes_room(other) && stream(one) == stream(other)
}

/// Every address that a client has sent from.
fn addresses(trace: &Trace, client: u8) -> Set<[u8; 4]> {
    let sent = trace.records().iter().filter_map(|record| match &record.event {
        Event::FrameSent { from: HostId::Client(held), octets, .. } if *held == client => segment(octets),
        _ => None,
    });
    sent.map(|segment| segment.source.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::LinkConfig;
    use crate::policy::{Road, Versions};
    use crate::ui::lab::{Lab, ME};
    use crate::ui::stream::tests::session;
    use crate::ui::wish::Wish;

    fn shown(lab: &Lab, position: usize) -> Vec<Card> {
        lab.view().with(|trace| cards(trace, position, ME, 500).0)
    }

    #[test]
    fn a_connection_begins_with_three_segments_and_a_greeting() {
        let lab = Lab::default();
        let cards = shown(&lab, lab.view().end);
        let labels: Vec<String> = cards.iter().map(|card| card.label.open()).collect();
        assert_eq!(labels[..3], ["SYN", "SYN ACK", "ACK"]);
        assert!(labels.iter().any(|label| label.starts_with("+OK POP3 Lab")));
        assert!(cards.iter().all(|card| card.flight == Flight::Arrived && !card.again));
    }

    #[test]
    fn a_card_flies_from_its_sending_to_its_arrival() {
        let lab = Lab::default();
        let view = lab.view();
        let (sent, arrived) = view.with(|trace| trace.frames(trace.len())[0]);
        assert_eq!(shown(&lab, sent as usize).len(), 0);
        assert_eq!(shown(&lab, sent as usize + 1)[0].flight, Flight::Flying);
        assert_eq!(shown(&lab, arrived.unwrap() as usize)[0].flight, Flight::Flying);
        assert_eq!(shown(&lab, arrived.unwrap() as usize + 1)[0].flight, Flight::Arrived);
    }

    #[test]
    fn what_is_lost_is_sent_again() {
        let mut lab = Lab::default();
        lab.does(Wish::link(LinkConfig { latency: 20_000, loss_per_mille: 400 }));
        lab.send(b"USER alice\r\nPASS wonderland\r\nLIST\r\n".to_vec());
        let cards = shown(&lab, lab.view().end);
        let lost = cards.iter().position(|card| card.flight == Flight::Lost && card.label.carries).unwrap();
        let again = cards[lost + 1..].iter().find(|card| card.again && card.from == cards[lost].from);
        assert_eq!(again.unwrap().label, cards[lost].label);
    }

    /// What the path sees of each segment that carries something, and what is inside.
    fn told(road: Road, offers: Versions, lines: &str) -> Vec<(String, String)> {
        let lab = session(road, offers, lines);
        let cards = shown(&lab, lab.view().end).into_iter();
        let mine = cards.skip_while(|card| card.label.open() != "SYN").filter(|card| card.label.carries);
        mine.map(|card| (card.label.open(), card.label.inside)).collect()
    }

    #[test]
    fn a_handshake_of_tls_1_3_is_sealed_behind_the_server_hello() {
        let cards = told(Road::Tls, Versions::Tls13, "");
        assert_eq!(cards[0], ("ClientHello".into(), String::new()));
        assert_eq!(cards[1].0.rsplit_once('[').unwrap().0, "ServerHello · ChangeCipherSpec · ");
        assert_eq!(cards[1].1, "EncryptedExtensions · Certificate · CertificateVerify · Finished");
        assert!(cards[2..].iter().any(|(_, inside)| inside.starts_with("+OK POP3 Lab")));
    }

    #[test]
    fn a_handshake_of_tls_1_2_is_sealed_from_its_last_message_on() {
        let cards = told(Road::Tls, Versions::Tls12, "");
        assert_eq!(cards[1].0, "ServerHello · Certificate · ServerKeyExchange · ServerHelloDone");
        assert_eq!(cards[2].0.rsplit_once('[').unwrap().0, "ClientKeyExchange · ChangeCipherSpec · ");
        assert_eq!(cards[2].1, "Finished");
    }

    #[test]
    fn a_password_in_an_envelope_is_its_length() {
        let cards = told(Road::Tls, Versions::Tls13, "USER alice\r\nPASS wonderland\r\n");
        let inside = |text: &str| cards.iter().find(|(_, inside)| inside.starts_with(text)).unwrap();
        // Both lines at once: 29 octets of text, one of type, 16 of tag, 5 of header.
        assert_eq!(inside("USER alice +1").0, "[51]");
        let quit = told(Road::Tls, Versions::Tls13, "QUIT\r\n");
        assert!(
            quit.iter().any(|(seen, inside)| seen == "[24]" && inside == "Alert 0 close_notify"),
            "{quit:?}"
        );
    }

    #[test]
    fn the_seal_is_pressed_once_at_each_end() {
        let lab = session(Road::Tls, Versions::Tls13, "USER alice\r\n");
        let cards = shown(&lab, lab.view().end);
        let pressed = cards.iter().filter(|card| card.label.pressed).map(|card| card.from);
        assert_eq!(pressed.collect::<Vec<_>>(), [Side::Server, Side::Client]);
    }

    #[test]
    fn another_device_has_a_wire_of_its_own() {
        let mut lab = Lab::default();
        let before = shown(&lab, lab.view().end).len();
        lab.does(Wish::Connect { client: 1, to: crate::world::Target::Server, port: 110 });
        assert_eq!(shown(&lab, lab.view().end).len(), before);
    }

    #[test]
    fn only_the_latest_are_shown_and_the_others_counted() {
        let mut lab = Lab::default();
        lab.send(b"NOOP\r\n".repeat(40));
        lab.send(b"CAPA\r\n".to_vec());
        let end = lab.view().end;
        let all = shown(&lab, end);
        let (some, earlier) = lab.view().with(|trace| cards(trace, end, ME, 5));
        assert_eq!(some[..], all[all.len() - 5..]);
        assert_eq!(earlier, all.len() - 5);
    }
}

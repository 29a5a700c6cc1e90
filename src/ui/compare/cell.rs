//! What crosses the wire while a lane does one thing: a card for each turn of client and server, as the path sees
//! it, and what is inside for the two ends.

use crate::dissect::{TcpFlags, segment};
use crate::net::HostId;
use crate::trace::{Event, Record, Side, Trace};
use crate::ui::label::{Face, label};
use crate::ui::stream::Streams;
use crate::ui::visible::plain;
use crate::world::comparison::Cell;

/// A card, or several of one side that say one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whose it is.
    pub from: Side,
    /// What can be seen on the path.
    pub faces: Vec<Face>,
    /// What is inside, if something is sealed.
    pub inside: String,
    /// Whether the first sealed record of this end is among it: the seal is pressed.
    pub pressed: bool,
    /// Whether the server refused.
    pub refused: bool,
    /// How many IP packets it took, acknowledgements not counted.
    pub packets: u32,
}

/// The most letters of a line.
const LONGEST: usize = 60;

/// What crossed in a cell, as far as it has happened at a position.
pub fn cards(trace: &Trace, cell: &Cell, position: u32) -> Vec<Card> {
    let range = cell.from..cell.to.min(position);
    if range.is_empty() {
        return vec![];
    }
    let speaks =
        |record: &Record| matches!(record.event, Event::ClientLine { .. } | Event::ServerLine { .. });
    let whole = &trace.records()[cell.from as usize..cell.to as usize];
    match whole.iter().any(speaks) {
        true => said(trace, range),
        false => sent(trace, range),
    }
}

/// Lines: of each side the first one, and how many follow.
fn said(trace: &Trace, range: std::ops::Range<u32>) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut lines = 0;
    let mut weighs = [(0, 0); 2];
    for record in &trace.records()[range.start as usize..range.end as usize] {
        let (side, octets, secure) = match &record.event {
            Event::ClientLine { octets, secure, .. } => (Side::Client, octets, *secure),
            Event::ServerLine { octets, secure, .. } => (Side::Server, octets, *secure),
            Event::FrameSent { from, octets, .. } => {
                let data = segment(octets).map_or(0, |segment| segment.data.len() as u64);
                let weight = &mut weighs[usize::from(*from == HostId::Server)];
                weight.0 += u32::from(data > 0);
                weight.1 += data;
                continue;
            }
            _ => continue,
        };
        if cards.last().is_some_and(|card| card.from == side) {
            lines += 1;
            continue;
        }
        more(cards.last_mut(), lines);
        lines = 0;
        let text = plain(octets, LONGEST);
        let sealed = Face::Sealed { octets: 0 };
        let (faces, inside) =
            if secure { (vec![sealed], text) } else { (vec![Face::Open(text)], String::new()) };
        let refused = side == Side::Server && octets.starts_with(b"-ERR");
        cards.push(Card { from: side, faces, inside, pressed: false, refused, packets: 0 });
    }
    more(cards.last_mut(), lines);
    for card in &mut cards {
        let (packets, data) = weighs[usize::from(card.from == Side::Server)];
        card.packets = packets;
        if let [Face::Sealed { octets }] = &mut card.faces[..] {
            *octets = data;
        }
    }
    cards
}

/// Says how many lines follow the first one.
fn more(card: Option<&mut Card>, lines: u32) {
    let Some(card) = card.filter(|_| lines > 0) else { return };
    match &mut card.faces[..] {
        [Face::Open(text)] => text.push_str(&format!(" +{lines}")),
        _ => card.inside.push_str(&format!(" +{lines}")),
    }
}

/// Segments without lines in them: TCP, TLS, the close. An acknowledgement that carries nothing else counts where
/// it is all there is to see.
fn sent(trace: &Trace, range: std::ops::Range<u32>) -> Vec<Card> {
    let mut streams = Streams::new(trace);
    let mut cards: Vec<Card> = Vec::new();
    let mut data = false;
    for at in range {
        let Event::FrameSent { from, octets, .. } = &trace.records()[at as usize].event else { continue };
        let side = if *from == HostId::Server { Side::Server } else { Side::Client };
        let Some(segment) = segment(octets) else { continue };
        let bare = segment.data.is_empty()
            && ![TcpFlags::SYN, TcpFlags::FIN, TcpFlags::RST]
                .iter()
                .any(|flag| segment.flags.contains(*flag));
        data |= !segment.data.is_empty();
        if bare && data {
            continue;
        }
        let label = label(&mut streams, at, octets, LONGEST);
        match cards.last_mut().filter(|card| card.from == side) {
            Some(card) => {
                card.packets += 1;
                card.pressed |= label.pressed;
                join(card, label.faces, label.inside);
            }
            None => cards.push(Card {
                from: side,
                faces: label.faces,
                inside: label.inside,
                pressed: label.pressed,
                refused: false,
                packets: 1,
            }),
        }
    }
    cards
}

/// Puts on a card what goes on in the next segment.
fn join(card: &mut Card, faces: Vec<Face>, inside: String) {
    for face in faces {
        match (card.faces.last_mut(), face) {
            (Some(Face::Sealed { octets }), Face::Sealed { octets: more }) => *octets += more,
            (_, face) => card.faces.push(face),
        }
    }
    if !inside.is_empty() {
        let gap = if card.inside.is_empty() { "" } else { " · " };
        card.inside.push_str(&format!("{gap}{inside}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Words};
    use crate::policy::Versions;
    use crate::world::comparison::{Comparison, Does, Ending, Plan, Script, Stage};

    fn said(card: &Card) -> String {
        let words = Words::new(Language::English);
        let faces: Vec<String> = card.faces.iter().map(|face| face.said(words)).collect();
        let inside = if card.inside.is_empty() { String::new() } else { format!(" ({})", card.inside) };
        let from = if card.from == Side::Client { 'C' } else { 'S' };
        format!("{from} {}{inside}", faces.join(" · "))
    }

    /// What crosses on each lane at a stage.
    fn at(stage: Stage, versions: Versions) -> [Vec<String>; 3] {
        let script = Script::read("USER alice\nPASS wonderland\nLIST\nQUIT", Ending::AsSaid);
        let compared = Comparison::of(Plan::new(script).offering(versions));
        let row = compared.rows().iter().find(|row| row.stage == stage).unwrap();
        [0, 1, 2].map(|lane| match &row.lanes[lane] {
            Does::This(cell, _) => {
                cards(compared.lanes()[lane].trace(), cell, u32::MAX).iter().map(said).collect()
            }
            Does::Nothing(_) => vec![],
        })
    }

    #[test]
    fn a_password_is_on_a_postcard_or_in_an_envelope() {
        let [clear, _, tls] = at(Stage::Line(1), Versions::Tls13);
        assert_eq!(clear[0], "C PASS wonderland");
        assert_eq!(tls[0], "C an envelope of 39 octets (PASS wonderland)");
        assert_eq!((clear.len(), tls.len()), (2, 2));
    }

    #[test]
    fn a_long_answer_is_its_first_line_and_a_number() {
        let [clear, stls, _] = at(Stage::Line(2), Versions::Tls13);
        assert!(clear[1].starts_with("S +OK 8 messages") && clear[1].ends_with(" +9"), "{clear:?}");
        assert!(stls[1].ends_with(" +9)"), "{stls:?}");
    }

    #[test]
    fn a_handshake_shows_its_flights() {
        let [none, _, tls] = at(Stage::TlsFirst, Versions::Tls12);
        assert_eq!(none, Vec::<String>::new());
        assert_eq!(tls.len(), 4, "{tls:?}");
        assert!(tls[0].starts_with("C ClientHello"));
    }

    #[test]
    fn tcp_opens_with_three_segments() {
        let [clear, ..] = at(Stage::Tcp, Versions::Tls13);
        assert_eq!(clear, ["C SYN", "S SYN ACK", "C ACK"]);
    }
}

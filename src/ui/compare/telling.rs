//! What is happening at a step, on each road, and why it matters: from the kind of the row and from what the lanes
//! really did, for any script.

use super::cell::{Card, cards};
use super::said;
use crate::i18n::{Id, Words, id};
use crate::trace::Side;
use crate::ui::label::Face;
use crate::ui::notes::note_text;
use crate::ui::tls_words::agreed_text;
use crate::world::comparison::{CLIENT, Cell, Comparison, Does, Lane, Row, Safety, Section, Stage, Step};

/// What a row is about, on any road.
pub fn tells(row: &Row) -> Id {
    match (row.stage, row.section) {
        (Stage::TlsFirst, _) => id::COMPARE_TELL_TLS_FIRST,
        (Stage::Asks, _) => id::COMPARE_TELL_ASKS,
        (Stage::AsksAgain, _) => id::COMPARE_TELL_ASKS_AGAIN,
        (Stage::Tls, _) => id::COMPARE_TELL_TLS,
        (_, Section::Tls) => id::COMPARE_TELL_STLS,
        (_, Section::Tcp) => id::COMPARE_TELL_TCP,
        (_, Section::Greeting) => id::COMPARE_TELL_GREETING,
        (_, Section::Capabilities) => id::COMPARE_TELL_CAPABILITIES,
        (_, Section::Authentication) => id::COMPARE_TELL_AUTHENTICATION,
        (_, Section::Listing) => id::COMPARE_TELL_LISTING,
        (_, Section::Retrieval) => id::COMPARE_TELL_RETRIEVAL,
        (_, Section::Marking) => id::COMPARE_TELL_MARKING,
        (_, Section::Update) => id::COMPARE_TELL_UPDATE,
        (_, Section::Other) => id::COMPARE_TELL_OTHER,
        (_, Section::Close) => id::COMPARE_TELL_CLOSE,
    }
}

/// What a lane does on the row of a step, in a sentence or two.
pub fn on_lane(comparison: &Comparison, step: &Step, lane: usize, words: Words) -> String {
    let row = &comparison.rows()[step.row as usize];
    let held = &comparison.lanes()[lane];
    match &row.lanes[lane] {
        Does::Nothing(absent) => said::absent(absent, words),
        Does::This(cell, _) if step.at[lane] <= cell.from => words.say(id::COMPARE_LANE_WAITS),
        Does::This(cell, differs) => {
            let mut told = does(held, row, cell, step.at[lane], words);
            // What the answer has to do with another's is known when there is one.
            if let Some(differs) = differs.as_ref().filter(|_| step.at[lane] >= cell.to) {
                told = format!("{told} {}", said::differs(differs, words));
            }
            told
        }
    }
}

/// What can be said of all lanes in the end.
pub fn of_the_end(comparison: &Comparison) -> Id {
    let skips = |row: &Row| {
        let skips = |does: &Does| matches!(does, Does::Nothing(_));
        matches!(row.stage, Stage::Line(_)) && row.lanes.iter().any(skips)
    };
    let apart = comparison.rows().iter().any(skips);
    if apart { id::COMPARE_TELL_END_APART } else { id::COMPARE_TELL_END }
}

/// What a lane has come to in the end, beside the first one.
pub fn in_the_end(comparison: &Comparison, lane: usize, words: Words) -> String {
    let totals = |lane: &Lane| lane.totals(lane.trace().len());
    let (first, own) = (totals(&comparison.lanes()[0]), totals(&comparison.lanes()[lane]));
    let facts = [
        ("trips", own.round_trips.into()),
        ("octets", own.octets.into()),
        ("ms", own.time.as_millis().into()),
        ("safety", said::safety(own.safety, words).into()),
    ];
    let told = words.with(id::COMPARE_LANE_END, &facts);
    let more = (own.round_trips.checked_sub(first.round_trips), own.octets.checked_sub(first.octets));
    match more {
        (Some(trips), Some(octets)) if octets > 0 => {
            let road = comparison.lanes()[0].road.name();
            let facts = [("trips", trips.into()), ("octets", octets.into()), ("road", road.into())];
            format!("{told} {}", words.with(id::COMPARE_MORE_THAN, &facts))
        }
        _ => told,
    }
}

fn does(lane: &Lane, row: &Row, cell: &Cell, position: u32, words: Words) -> String {
    let trace = lane.trace();
    let ended = trace.scene(position as usize).connections.get(&CLIENT).and_then(|held| held.ended.clone());
    let crossed = cards(trace, cell, position);
    match row.stage {
        Stage::Tcp => {
            let port = lane.terms.port;
            let count = lane.totals(position as usize).packets;
            words.with(id::COMPARE_LANE_TCP, &[("count", count.into()), ("port", port.into())])
        }
        Stage::TlsFirst | Stage::Tls => {
            let connection = trace.scene(position as usize).connections.get(&CLIENT);
            match (connection.and_then(|held| held.secured.as_ref()), ended) {
                (Some(agreed), _) => {
                    words.with(id::COMPARE_LANE_SEAL, &[("agreed", agreed_text(words, agreed).into())])
                }
                (None, Some(note)) => note_text(words, &note),
                (None, None) => words.say(id::COMPARE_LANE_SEALING),
            }
        }
        Stage::Close => ended.map_or(words.say(id::COMPARE_LANE_CLOSE), |note| note_text(words, &note)),
        _ if crossed.iter().any(is_sealed) => {
            let octets =
                |side: Side| crossed.iter().filter(|card| card.from == side).map(sealed).sum::<u64>();
            let facts = [("asked", octets(Side::Client).into()), ("answered", octets(Side::Server).into())];
            let answered = octets(Side::Server) > 0;
            words.with(if answered { id::COMPARE_LANE_SEALED } else { id::COMPARE_LANE_ASKED }, &facts)
        }
        _ => {
            let before = lane.totals(cell.from as usize).safety;
            let after = lane.totals(position as usize).safety;
            words.say(match (after, row.section) {
                (Safety::Exposed(_), _) if before != after => id::COMPARE_LANE_SECRET,
                (Safety::Guessable(_), _) if before != after => id::COMPARE_LANE_DIGEST,
                (_, Section::Retrieval) if crossed.last().is_some_and(|card| !card.refused) => {
                    id::COMPARE_LANE_MAIL
                }
                _ => id::COMPARE_LANE_CLEAR,
            })
        }
    }
}

fn is_sealed(card: &Card) -> bool {
    sealed(card) > 0
}

/// The sealed octets on a card.
fn sealed(card: &Card) -> u64 {
    let octets = |face: &Face| if let Face::Sealed { octets } = face { *octets } else { 0 };
    card.faces.iter().map(octets).sum()
}

/// A step across all lanes in words: for those who do not see it.
pub fn narration(comparison: &Comparison, step: &Step, words: Words) -> String {
    let row = &comparison.rows()[step.row as usize];
    let lane = |lane: usize| {
        let road = comparison.lanes()[lane].road.name().to_ascii_uppercase();
        let crossed = match &row.lanes[lane] {
            Does::This(cell, _) => cards(comparison.lanes()[lane].trace(), cell, step.at[lane]),
            Does::Nothing(_) => vec![],
        };
        let said = crossed.iter().map(|card| {
            let from =
                words.say(if card.from == Side::Client { id::COMPARE_CLIENT } else { id::COMPARE_SERVER });
            let faces: Vec<String> = card.faces.iter().map(|face| face.said(words)).collect();
            format!("{from}: {}", faces.join(", "))
        });
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => format!("{road}: {}", on_lane(comparison, step, lane, words)),
            false => format!("{road}: {}", said.join("; ")),
        }
    };
    let doing = said::stage(row.stage, comparison.plan(), words);
    let lanes = [lane(0), lane(1), lane(2)].join(" | ");
    words.with(id::COMPARE_NARRATION, &[("doing", doing.into()), ("lanes", lanes.into())])
}

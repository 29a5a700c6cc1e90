//! What each road costs, reckoned from the protocols alone: who speaks when, and how long what they say is.
//! Nothing here looks at a frame, but for the last comparison.

use super::{READ_ONE, compared};
use pop3lab::policy::{Road, Versions};
use pop3lab::tls::ContentType;
use pop3lab::trace::{Event, Side, Trace};
use pop3lab::world::comparison::{Comparison, Does, Lane, Stage};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// IPv4 and TCP, each without options.
const HEADERS: u64 = 20 + 20;

/// What SYN has beside that: maximum segment size, window scale, SACK permitted, and what pads them.
const OPTIONS: u64 = 4 + 3 + 2 + 3;

/// What fits a segment.
const MAXIMUM_SEGMENT: u64 = 1500 - HEADERS;

/// What stands around what is in a record: the header (RFC 8446 section 5.1).
const RECORD: u64 = 5;

/// ChangeCipherSpec, as a record.
const CHANGE_CIPHER_SPEC: u64 = RECORD + 1;

/// close_notify, before it is sealed.
const ALERT: u64 = 2;

/// What was said on a lane, in octets: the only thing that is taken from its world.
struct Said {
    greeting: u64,
    /// Each line of the client, and the answer to it.
    commands: Vec<(u64, u64)>,
    /// The messages of the handshake in each record of each end, before they are sealed.
    client: Vec<u64>,
    server: Vec<u64>,
}

impl Said {
    fn on(trace: &Trace) -> Said {
        let mut said = Said { greeting: 0, commands: vec![], client: vec![], server: vec![] };
        let crlf = |line: &[u8]| line.len() as u64 + 2;
        for record in trace.records() {
            match &record.event {
                Event::ClientLine { octets, .. } => said.commands.push((crlf(octets), 0)),
                Event::ServerLine { octets, .. } => match said.commands.last_mut() {
                    Some((_, answer)) => *answer += crlf(octets),
                    None => said.greeting += crlf(octets),
                },
                Event::RecordSent { side, sealed } if sealed.kind == ContentType::Handshake => {
                    let messages = match side {
                        Side::Client => &mut said.client,
                        Side::Server => &mut said.server,
                    };
                    messages.push(sealed.content.len() as u64);
                }
                _ => {}
            }
        }
        said
    }
}

/// What a lane should cost.
#[derive(Debug, Default, PartialEq)]
struct Cost {
    round_trips: u32,
    packets: u32,
    octets: u64,
}

impl Cost {
    /// One end says something in one go; an acknowledgement alone says nothing.
    fn says(&mut self, octets: u64) {
        let packets = octets.div_ceil(MAXIMUM_SEGMENT).max(1);
        self.packets += packets as u32;
        self.octets += octets + packets * HEADERS;
    }

    /// The client says something and waits for what the server says. Each acknowledges by what it says next.
    fn asks(&mut self, asked: u64, answered: u64) {
        self.says(asked);
        self.says(answered);
        self.round_trips += 1;
    }
}

/// What stands around something sealed by AES-GCM beside the header: under TLS 1.3 its type and the tag
/// (RFC 8446 section 5.2), under 1.2 the explicit nonce and the tag (RFC 5288 section 3).
fn seal(versions: Versions) -> u64 {
    match versions {
        Versions::Tls13 => 1 + 16,
        _ => 8 + 16,
    }
}

/// What the script costs on a road, if this is said on it.
fn reckoned(road: Road, versions: Versions, said: &Said) -> Cost {
    let sealed = |octets: u64| RECORD + octets + seal(versions);
    // The server reads a message from its store: what stands before it leaves in a record of its own.
    let answer =
        |octets: u64| if octets > 1_000 { sealed(octets) + RECORD + seal(versions) } else { sealed(octets) };
    let mut cost = Cost::default();
    cost.asks(OPTIONS, OPTIONS);
    let (before, inside): (&[(u64, u64)], _) = match road {
        Road::Clear => (&said.commands, &[][..]),
        // CAPA and STLS.
        Road::Stls => said.commands.split_at(2),
        Road::Tls => (&[], &said.commands[..]),
    };
    if road != Road::Tls {
        // The acknowledgement that completes TCP's handshake lets the server greet.
        cost.asks(0, said.greeting);
    }
    before.iter().for_each(|(asked, answered)| cost.asks(*asked, *answered));
    // The farewell of TLS: the server's with the last answer, the client's with its FIN.
    let mut farewell = 0;
    if road != Road::Clear {
        farewell = sealed(ALERT);
        let greeting = if road == Road::Tls { sealed(said.greeting) } else { 0 };
        match versions {
            Versions::Tls13 => {
                let (hello, finished) = (said.client[0], said.client[1]);
                let (chosen, rest) = (said.server[0], said.server[1]);
                cost.asks(RECORD + hello, RECORD + chosen + CHANGE_CIPHER_SPEC + sealed(rest));
                let finished = CHANGE_CIPHER_SPEC + sealed(finished);
                match road {
                    // A server of POP3 speaks first, and waits with that for Finished.
                    Road::Tls => cost.asks(finished, greeting),
                    // A client that speaks first waits for nothing.
                    _ => cost.says(finished),
                }
            }
            _ => {
                let (hello, exchange, finished) = (said.client[0], said.client[1], said.client[2]);
                let (flight, last) = (said.server[0], said.server[1]);
                cost.asks(RECORD + hello, RECORD + flight);
                let finished = RECORD + exchange + CHANGE_CIPHER_SPEC + sealed(finished);
                // The greeting travels behind the server's Finished.
                cost.asks(finished, CHANGE_CIPHER_SPEC + sealed(last) + greeting);
            }
        }
        inside.iter().for_each(|(asked, answered)| cost.asks(sealed(*asked), answer(*answered)));
        cost.octets += farewell;
    }
    // The server's FIN is on its last answer. Nobody waits for the client's, which is acknowledged.
    cost.says(farewell);
    cost.says(0);
    cost
}

fn read_one(versions: Versions) -> Comparison {
    compared(READ_ONE, |plan| *plan = plan.clone().offering(versions))
}

fn found(lane: &Lane) -> Cost {
    let totals = lane.totals(lane.trace().len());
    Cost { round_trips: totals.round_trips, packets: totals.packets, octets: totals.octets }
}

#[test]
fn the_worlds_cost_what_the_protocols_do() {
    for versions in [Versions::Tls13, Versions::Tls12] {
        for lane in read_one(versions).lanes() {
            let reckoned = reckoned(lane.road, versions, &Said::on(lane.trace()));
            assert_eq!(found(lane), reckoned, "{:?}, {versions:?}", lane.road);
        }
    }
}

/// TCP is one, the greeting one, each of the seven commands one. Nobody waits for the close.
///
/// A server of POP3 speaks first. Under TLS 1.3 its greeting waits for the client's Finished (no server here
/// sends anything earlier, which RFC 8446 section 4.4.4 would allow): the handshake is one, and the greeting one
/// as in the clear. Under TLS 1.2 the handshake is two, but the greeting travels behind the server's Finished. So
/// 995 costs one more with either. STLS adds CAPA, STLS, the handshake and CAPA; there the client speaks first,
/// and TLS 1.3 saves the second half of the handshake.
#[test]
fn what_tls_costs_in_round_trips_follows_from_who_speaks_first() {
    let trips = |versions| read_one(versions).lanes().iter().map(|lane| found(lane).round_trips).collect();
    let (newer, older): (Vec<u32>, Vec<u32>) = (trips(Versions::Tls13), trips(Versions::Tls12));
    assert_eq!(newer, [9, 9 + 4, 9 + 1]);
    assert_eq!(older, [9, 9 + 5, 9 + 1]);
}

/// The figures that one reads everywhere, one round trip for TLS 1.3 and two for 1.2, are those of the handshake.
#[test]
fn the_handshake_itself_takes_one_round_trip_or_two() {
    for (versions, handshake, greeting) in [(Versions::Tls13, 1, 1), (Versions::Tls12, 2, 0)] {
        let comparison = read_one(versions);
        assert_eq!(trips(&comparison, Road::Tls, Stage::TlsFirst), handshake, "{versions:?}");
        assert_eq!(trips(&comparison, Road::Tls, Stage::Greeting), greeting, "{versions:?}");
        assert_eq!(trips(&comparison, Road::Stls, Stage::Tls), handshake, "{versions:?}");
        assert_eq!(trips(&comparison, Road::Stls, Stage::Greeting), 1, "{versions:?}");
    }
}

/// The round trips of one stage on one road.
fn trips(comparison: &Comparison, road: Road, stage: Stage) -> u32 {
    let lane = &comparison.lanes()[road as usize];
    let row = comparison.rows().iter().find(|row| row.stage == stage).expect("such a row");
    let Does::This(cell, _) = &row.lanes[road as usize] else { panic!("{road:?} does nothing at {stage:?}") };
    lane.totals(cell.to as usize).round_trips - lane.totals(cell.from as usize).round_trips
}

/// Each round trip takes its time, and the two FINs another.
#[test]
fn the_time_is_that_of_the_round_trips() {
    for trip in [40, 250] {
        let comparison = compared(READ_ONE, |plan| plan.link.latency = trip * 500);
        for lane in comparison.lanes() {
            let totals = lane.totals(lane.trace().len());
            assert_eq!(totals.time.as_millis(), trip * u64::from(totals.round_trips + 1), "{:?}", lane.road);
        }
    }
}

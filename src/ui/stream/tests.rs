//! Frames of whole sessions, held against what was really sent.

use super::*;
use crate::net::LinkConfig;
use crate::policy::{Policy, Road, Versions};
use crate::trace::Trace;
use crate::ui::lab::{Lab, ME};
use crate::ui::wish::Wish;
use crate::world::{Setup, Target};
use std::collections::BTreeMap;

/// A session on a road, with these lines.
pub(crate) fn session(road: Road, offers: Versions, lines: &str) -> Lab {
    let mut lab = Lab::new(Setup::default());
    let policy = Policy { security: road.security(), offers, ..Policy::default() };
    lab.act(Wish::terms(policy, road.port()));
    lab.send(lines.as_bytes().to_vec());
    while lab.is_running() {
        lab.go_on();
    }
    lab
}

/// The frames of a trace that carry data: the record of each, its octets, and its segment.
fn carrying(trace: &Trace) -> Vec<(u32, &[u8], Segment)> {
    let read = |(sent, _): &(u32, Option<u32>)| match &trace.records()[*sent as usize].event {
        Event::FrameSent { octets, .. } => Some((*sent, octets.as_ref(), segment(octets)?)),
        _ => None,
    };
    trace.frames(trace.len()).iter().filter_map(read).filter(|(.., held)| !held.data.is_empty()).collect()
}

/// Every octet of a record is found in frames, at its place, and those of clear ones are the same there.
/// Gives how many records were found, and how many parts of them.
fn check(trace: &Trace) -> (usize, usize) {
    let mut streams = Streams::new(trace);
    let mut seen: BTreeMap<(ConnectionId, Side, usize), Vec<bool>> = BTreeMap::new();
    let mut parts = 0;
    for (sent, octets, segment) in carrying(trace) {
        let data = &octets[segment.data.clone()];
        let mut end = 0;
        for part in streams.parts(sent, &segment) {
            assert!(part.span.start >= end && part.span.end <= data.len(), "{part:?}");
            end = part.span.end;
            let of = seen.entry((part.connection, part.side, part.number));
            let of = of.or_insert_with(|| vec![false; part.sealed.length as usize]);
            of[part.from..part.from + part.span.len()].fill(true);
            let clear = octets_of(part.sealed);
            if part.sealed.encrypted {
                if part.from == 0 && part.span.len() >= 5 {
                    let header = &data[part.span.start..];
                    assert_eq!(u16::from_be_bytes([header[3], header[4]]) as u32 + 5, part.sealed.length);
                }
            } else {
                assert_eq!(data[part.span.clone()], clear[part.from..part.from + part.span.len()]);
            }
            parts += 1;
        }
    }
    assert!(seen.values().all(|octets| octets.iter().all(|seen| *seen)), "octets of records are missing");
    (seen.len(), parts)
}

/// How many records the trace tells of.
fn records(trace: &Trace) -> usize {
    (0..trace.len()).filter(|at| trace.sealed_at(*at as u32).is_some()).count()
}

const LOGIN: &str = "USER alice\r\nPASS wonderland\r\n";

#[test]
fn every_octet_of_every_record_is_found() {
    for road in [Road::Stls, Road::Tls] {
        for offers in [Versions::Tls12, Versions::Tls13] {
            let mut lab = session(road, offers, "");
            if road == Road::Stls {
                lab.send(b"CAPA\r\nSTLS\r\n".to_vec());
            }
            lab.send(format!("{LOGIN}LIST\r\nRETR 7\r\nQUIT\r\n").into_bytes());
            while lab.is_running() {
                lab.go_on();
            }
            lab.view().with(|trace| {
                let (found, parts) = check(trace);
                assert_eq!(found, records(trace), "{road:?} {offers:?}");
                // Records of a large letter are cut over segments.
                assert!(found > 20 && parts > found + 50, "{found} records in {parts} parts");
            });
        }
    }
}

#[test]
fn what_is_sent_again_is_of_the_same_records() {
    let mut lab = session(Road::Tls, Versions::Current, "");
    lab.does(Wish::link(LinkConfig { latency: 20_000, loss_per_mille: 250 }));
    lab.send(format!("{LOGIN}RETR 3\r\nLIST\r\nQUIT\r\n").into_bytes());
    while lab.is_running() {
        lab.go_on();
    }
    lab.view().with(|trace| {
        check(trace);
        let mut streams = Streams::new(trace);
        let mut read: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (sent, _, segment) in carrying(trace) {
            let parts = streams.parts(sent, &segment);
            let parts: Vec<_> = parts.into_iter().map(|part| (part.number, part.from, part.span)).collect();
            let place = (segment.source, segment.sequence, segment.data.len());
            read.entry(place).or_default().push(parts);
        }
        assert!(read.values().any(|parts| parts.len() > 1), "nothing was sent again");
        assert!(read.values().all(|parts| parts.iter().all(|held| *held == parts[0])));
    });
}

#[test]
fn without_tls_there_are_no_parts() {
    let mut lab = Lab::default();
    lab.send(format!("{LOGIN}RETR 1\r\n").into_bytes());
    lab.view().with(|trace| {
        let mut streams = Streams::new(trace);
        assert!(
            carrying(trace).into_iter().all(|(sent, _, segment)| streams.parts(sent, &segment).is_empty())
        );
    });
}

#[test]
fn the_lines_before_stls_are_of_no_record() {
    let mut lab = session(Road::Stls, Versions::Current, "");
    lab.send(b"CAPA\r\n".to_vec());
    lab.send(b"STLS\r\n".to_vec());
    lab.view().with(|trace| {
        let mut streams = Streams::new(trace);
        let with_parts: Vec<bool> = carrying(trace)
            .into_iter()
            .map(|(sent, _, segment)| !streams.parts(sent, &segment).is_empty())
            .collect();
        // Greeting, CAPA, its answer, STLS, its answer; then the handshake.
        assert_eq!(with_parts[..6], [false, false, false, false, false, true]);
        assert!(with_parts[5..].iter().all(|tls| *tls));
    });
}

#[test]
fn a_second_client_and_a_second_connection_have_streams_of_their_own() {
    let mut lab = session(Road::Tls, Versions::Current, LOGIN);
    lab.does(Wish::Connect { client: 1, to: Target::Server, port: 995 });
    lab.does(Wish::Send { client: 1, octets: b"USER erin\r\n".to_vec() });
    // A new network: the ports begin anew, at another address.
    lab.does(Wish::Act(crate::world::Action::CutCable { client: ME }));
    lab.does(Wish::Reconnect { client: ME });
    lab.send(b"CAPA\r\n".to_vec());
    lab.view().with(|trace| {
        check(trace);
        let mut streams = Streams::new(trace);
        let mut of: BTreeMap<ConnectionId, usize> = BTreeMap::new();
        for (sent, _, segment) in carrying(trace) {
            let parts = streams.parts(sent, &segment);
            assert!(!parts.is_empty());
            *of.entry(parts[0].connection).or_default() += 1;
        }
        assert_eq!(of.len(), 3, "{of:?}");
    });
}

#[test]
fn a_row_that_went_sealed_was_carried_by_the_record_that_has_its_text() {
    let mut lab = session(Road::Stls, Versions::Current, "");
    lab.send(b"CAPA\r\nSTLS\r\n".to_vec());
    lab.send(format!("{LOGIN}NOOP\r\nNOOP\r\nRETR 5\r\nRETR 3\r\nQUIT\r\n").into_bytes());
    while lab.is_running() {
        lab.go_on();
    }
    lab.view().with(|trace| {
        let mut sealed = 0;
        for row in trace.rows(trace.len()) {
            let (octets, secure) = match &trace.records()[*row as usize].event {
                Event::ClientLine { octets, secure, .. } | Event::ServerLine { octets, secure, .. } => {
                    (octets, *secure)
                }
                _ => continue,
            };
            let carrier = trace.carrier(*row, trace.len());
            assert_eq!(carrier.is_some(), secure);
            let Some(carrier) = carrier else { continue };
            // The end of the line, at least: a record may begin in the middle of it.
            let ends = [&octets[octets.len().saturating_sub(3)..], b"\r\n"].concat();
            let within = carrier.content.windows(ends.len()).any(|held| held == ends)
                || ends.ends_with(&carrier.content[..carrier.content.len().min(ends.len())]);
            assert!(within, "{}", String::from_utf8_lossy(octets));
            sealed += 1;
        }
        assert!(sealed > 30, "{sealed}");
    });
}

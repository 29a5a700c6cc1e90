//! Compares what tshark reads in a capture with what the trace tells: frames, lines, and where TLS
//! begins. It works alike for plain connections, for STLS and for TLS from the first octet.

use crate::tshark::{self, Frame, Seen, Stream};
use pop3lab::capture::{About, pcapng};
use pop3lab::dissect::segment;
use pop3lab::net::HostId;
use pop3lab::pop3::LineRole;
use pop3lab::trace::{ConnectionId, Event, Trace};
use std::path::PathBuf;
use std::{fs, process};

/// The date of the beginning of virtual time here: 1 November 2026.
const ZERO: u64 = 1_793_491_200;

/// What is asked of a capture.
#[derive(Clone, Copy, Default)]
pub struct Claim<'a> {
    /// Lines of a key log.
    pub keys: &'a str,
    /// Connections that ended before all that was sent had been read.
    pub broken: &'a [u32],
    /// Whether no command was sent before the answer to the last one, over a link that loses nothing.
    /// tshark takes only the first line of a segment for a command, or an answer.
    pub turns: bool,
}

/// Writes the capture of a trace, lets tshark read it, and tells what is not as it should be.
pub fn complaints(name: &str, trace: &Trace, claim: Claim) -> Vec<String> {
    let about = About { zero: ZERO, keys: claim.keys, ..About::default() };
    complaints_about(name, &pcapng(trace, trace.len(), &about), trace, claim)
}

/// The same for a capture that was written before.
pub fn complaints_about(name: &str, capture: &[u8], trace: &Trace, claim: Claim) -> Vec<String> {
    let connections = connections(trace);
    let seen = seen(name, capture, connections.len());

    let mut wrong = Vec::new();
    compare_frames(trace, &seen, &mut wrong);
    // tshark numbers connections by their first frames, as clients do.
    for (stream, connection) in connections.into_iter().enumerate() {
        let told = Told::new(trace, connection);
        let whole = !claim.broken.contains(&connection.0);
        let mut own = Vec::new();
        compare_lines(&told, &seen, stream as u32, whole, &mut own);
        compare_tls(&told, &seen, stream as u32, &mut own);
        if claim.turns {
            compare_dialogue(&told, &seen, stream as u32, &mut own);
        }
        wrong.extend(own.into_iter().map(|what| format!("connection {stream}: {what}")));
    }
    wrong
}

/// How many frames tshark sees in the capture of a trace, and how many octets they have in all.
pub fn counted(name: &str, trace: &Trace) -> (usize, usize) {
    let seen = seen(name, &pcapng(trace, trace.len(), &About::default()), 1);
    (seen.frames.len(), seen.frames.iter().map(|frame| frame.octets).sum())
}

/// What tshark reads in a capture with so many connections.
fn seen(name: &str, capture: &[u8], connections: usize) -> Seen {
    let folder: PathBuf = std::env::temp_dir().join(format!("pop3lab-capture-{}", process::id()));
    fs::create_dir_all(&folder).expect("there is a place for temporary files");
    let file = folder.join(format!("{name}.pcapng"));
    fs::write(&file, capture).expect("there is room for temporary files");
    let seen = tshark::read(&file, connections);
    fs::remove_file(&file).expect("a file that was just written");
    // It stays as long as another test has a file in it.
    _ = fs::remove_dir(&folder);
    seen
}

fn connections(trace: &Trace) -> Vec<ConnectionId> {
    let opened = trace.records().iter().filter(|record| matches!(record.event, Event::Opened { .. }));
    opened.filter_map(|record| record.connection).collect()
}

/// The same frames of the same length at the same moment, and nothing to object to in any of them.
fn compare_frames(trace: &Trace, seen: &Seen, wrong: &mut Vec<String>) {
    let sent = trace.frames(trace.len()).iter().map(|(sent, _)| &trace.records()[*sent as usize]);
    let sent = sent.filter_map(|record| match &record.event {
        Event::FrameSent { octets, .. } => Some((octets.len(), ZERO * 1_000_000 + record.at.as_micros())),
        _ => None,
    });
    let sent: Vec<(usize, u64)> = sent.collect();
    if sent.len() != seen.frames.len() {
        wrong.push(format!("{} frames were sent, {} are seen", sent.len(), seen.frames.len()));
    }
    for (number, (frame, sent)) in (1..).zip(seen.frames.iter().zip(sent)) {
        if (frame.octets, frame.micros) != sent {
            wrong.push(format!("frame {number} is {:?} and not {sent:?}", (frame.octets, frame.micros)));
        }
        wrong.extend(frame.objections.iter().map(|objection| format!("frame {number}: {objection}")));
    }
}

/// What the trace tells of a connection.
#[derive(Default)]
struct Told {
    /// Lines of the client, and whether they are encrypted.
    of_client: Vec<(bool, String)>,
    /// Lines that the client has received.
    of_server: Vec<(bool, String)>,
    /// The lines among these that begin an answer.
    answers: Vec<String>,
    /// The number of the first frame that carries TLS, from 1.
    tls_from: Option<usize>,
}

impl Told {
    fn new(trace: &Trace, connection: ConnectionId) -> Told {
        let mut told = Told::default();
        let mut ends = None;
        for record in trace.records().iter().filter(|record| record.connection == Some(connection)) {
            match &record.event {
                Event::Opened { port, to, .. } => ends = Some((*port, *to)),
                Event::ClientLine { octets, secure, .. } => told.of_client.push((*secure, text(octets))),
                Event::ServerLine { octets, role, secure, .. } => {
                    told.of_server.push((*secure, text(octets)));
                    if matches!(role, LineRole::Greeting | LineRole::Status | LineRole::Unexpected) {
                        told.answers.push(text(octets));
                    }
                }
                _ => {}
            }
        }
        if told.of_client.iter().chain(&told.of_server).any(|(secure, _)| *secure) {
            // The client says hello: a handshake record (RFC 8446 section 5.1) at the start of a segment.
            let hello = trace.frames(trace.len()).iter().position(|(sent, _)| {
                let Event::FrameSent { octets, from: HostId::Client(_), .. } =
                    &trace.records()[*sent as usize].event
                else {
                    return false;
                };
                segment(octets).is_some_and(|segment| {
                    ends == Some((segment.source.1, segment.destination))
                        && octets[segment.data].starts_with(&[0x16, 0x03])
                })
            });
            told.tls_from = hello.map(|index| index + 1);
        }
        told
    }
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// Whole lines, without their ends.
fn lines(octets: &[u8]) -> Vec<String> {
    let whole = octets.split_inclusive(|octet| *octet == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
    whole.map(|line| text(line.strip_suffix(b"\r").unwrap_or(line))).collect()
}

/// The lines of both ends, plain and encrypted.
fn compare_lines(told: &Told, seen: &Seen, stream: u32, whole: bool, wrong: &mut Vec<String>) {
    let nothing = Stream::default();
    for (secure, streams) in [(false, &seen.plain), (true, &seen.decrypted)] {
        let carried = streams.get(&stream).unwrap_or(&nothing);
        let sides = [
            ("client", &carried.of_client, &told.of_client),
            ("server", &carried.of_server, &told.of_server),
        ];
        for (side, octets, told_lines) in sides {
            let of_this = told_lines.iter().filter(|(is_secure, _)| *is_secure == secure);
            let told_lines: Vec<&String> = of_this.map(|(_, line)| line).collect();
            // Behind the plain lines of a connection that was secured there are records of TLS.
            let octets = match told.tls_from {
                Some(_) if !secure => &octets[..first_octets(octets, told_lines.len())],
                _ => octets,
            };
            let seen_lines = lines(octets);
            let seen_lines: Vec<&String> = seen_lines.iter().collect();
            let same = match side {
                _ if whole => seen_lines == told_lines,
                // What the client typed last may never have been sent, what the server sent never read.
                "client" => told_lines.starts_with(&seen_lines),
                _ => seen_lines.starts_with(&told_lines),
            };
            if !same {
                let at = seen_lines.iter().zip(&told_lines).take_while(|(seen, told)| seen == told).count();
                wrong.push(format!(
                    "{} lines of the {side} are told and {} seen (encrypted: {secure}); line {at} is {:?} and not {:?}",
                    told_lines.len(), seen_lines.len(), seen_lines.get(at), told_lines.get(at),
                ));
            }
        }
    }
}

/// How many octets the first `count` lines have.
fn first_octets(octets: &[u8], count: usize) -> usize {
    octets.split_inclusive(|octet| *octet == b'\n').take(count).map(<[u8]>::len).sum()
}

/// TLS begins at the frame at which the client begins it, and nowhere else; from there on POP is read
/// in TLS only.
fn compare_tls(told: &Told, seen: &Seen, stream: u32, wrong: &mut Vec<String>) {
    let own: Vec<(usize, &Frame)> =
        (1..).zip(&seen.frames).filter(|(_, frame)| frame.stream == stream).collect();
    let with = |frame: &Frame, protocol: &str| frame.protocols.split(':').any(|it| it == protocol);
    let tls = own.iter().find(|(_, frame)| with(frame, "tls")).map(|(number, _)| *number);
    if tls != told.tls_from {
        wrong.push(format!("TLS begins at frame {tls:?} and not {:?}", told.tls_from));
    }
    let bare = own.iter().find(|(number, frame)| {
        tls.is_some_and(|tls| *number >= tls) && with(frame, "pop") && !with(frame, "tls")
    });
    if let Some((number, _)) = bare {
        wrong.push(format!("POP without TLS in frame {number}"));
    }
}

/// Commands and first lines of answers, as the POP dissector takes them apart.
fn compare_dialogue(told: &Told, seen: &Seen, stream: u32, wrong: &mut Vec<String>) {
    let own = || seen.frames.iter().filter(|frame| frame.stream == stream);
    let requests: Vec<&String> = own().flat_map(|frame| &frame.requests).collect();
    let responses: Vec<&String> = own().flat_map(|frame| &frame.responses).collect();
    let commands: Vec<&String> = told.of_client.iter().map(|(_, line)| line).collect();
    if requests != commands {
        wrong.push(format!("commands are {requests:?} and not {commands:?}"));
    }
    if responses != told.answers.iter().collect::<Vec<_>>() {
        wrong.push(format!("answers are {responses:?} and not {:?}", told.answers));
    }
}

//! What tshark, Wireshark without windows, reads in a capture file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What it reads in one frame.
#[derive(Debug, Default)]
pub struct Frame {
    /// Octets on the wire.
    pub octets: usize,
    /// Microseconds since 1970.
    pub micros: u64,
    /// Which TCP connection, from 0.
    pub stream: u32,
    /// The protocols found in each other, the outermost first.
    pub protocols: String,
    /// What it objects to: a bad checksum, a malformed packet, any expert's error.
    pub objections: Vec<String>,
    /// The first commands of the segments, or TLS records, that end here.
    pub requests: Vec<String>,
    /// The first lines of answers that begin here.
    pub responses: Vec<String>,
}

/// The octets that two ends have sent each other.
#[derive(Debug, Default)]
pub struct Stream {
    pub of_client: Vec<u8>,
    pub of_server: Vec<u8>,
}

/// What it reads in a file.
#[derive(Debug, Default)]
pub struct Seen {
    pub frames: Vec<Frame>,
    /// What TCP carries, by connection.
    pub plain: BTreeMap<u32, Stream>,
    /// What TLS carries, decrypted, by connection.
    pub decrypted: BTreeMap<u32, Stream>,
}

const FIELDS: [&str; 13] = [
    "frame.len",
    "frame.time_epoch",
    "tcp.stream",
    "frame.protocols",
    "ip.checksum.status",
    "tcp.checksum.status",
    "_ws.malformed",
    "_ws.expert.severity",
    "_ws.expert.message",
    "pop.request.command",
    "pop.request.parameter",
    "pop.response.indicator",
    "pop.response.description",
];

/// Stands between several values of a field; nothing here has it in a line.
const BETWEEN: char = '\u{1f}';

/// The severity of an expert's error (`PI_ERROR`).
const ERROR: &str = "8388608";

/// What its reassembly of records says of a segment that is sent again, as on any line that loses frames.
const SENT_AGAIN: &str = "New fragment overlaps old data (retransmission?)";

/// Lets tshark read the file once; `connections` is how many its streams are looked for.
pub fn read(file: &Path, connections: usize) -> Seen {
    let program = std::env::var_os("POP3LAB_TSHARK").unwrap_or("tshark".into());
    let mut tshark = Command::new(program);
    tshark.arg("-r").arg(file).args(["-n", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]);
    // A person's own settings must not judge.
    tshark.env("WIRESHARK_CONFIG_DIR", file.with_extension("settings"));
    tshark.args(["-T", "fields", "-E", "separator=/t"]).args(["-E", &format!("aggregator={BETWEEN}")]);
    for field in FIELDS {
        tshark.args(["-e", field]);
    }
    for stream in 0..connections {
        tshark.args(["-z", &format!("follow,tcp,raw,{stream}"), "-z", &format!("follow,tls,raw,{stream}")]);
    }
    let output = tshark.output();
    let output = output.expect("tshark can be started: install it, or run `cargo xtask test capture`");
    assert!(output.status.success(), "tshark: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let (frames, follows) = text.split_once("\n=====").unwrap_or((&text, ""));
    let frames = frames.lines().filter(|line| !line.is_empty()).map(frame).collect();
    let mut seen = Seen { frames, ..Seen::default() };
    for follow in follows.split("=====").filter(|follow| follow.contains("\nFollow: ")) {
        seen.follow(follow);
    }
    seen
}

/// A line of fields.
fn frame(line: &str) -> Frame {
    let values: Vec<Vec<&str>> = line
        .split('\t')
        .map(|field| field.split(BETWEEN).filter(|value| !value.is_empty()).collect())
        .collect();
    let [octets, time, stream, protocols, ip, tcp, malformed, severity, message, rest @ ..] = &values[..]
    else {
        panic!("tshark said {line:?}");
    };
    let mut objections = Vec::new();
    for (checksum, status) in [("IP", ip), ("TCP", tcp)] {
        match status[..] {
            ["1"] => {}
            ["0"] => objections.push(format!("{checksum} checksum is bad")),
            _ => objections.push(format!("{checksum} checksum was not looked at: {status:?}")),
        }
    }
    let sent_again = message.contains(&SENT_AGAIN);
    if !sent_again && (!malformed.is_empty() || severity.contains(&ERROR)) {
        objections.push(message.join(", "));
    }
    Frame {
        octets: octets.concat().parse().expect("a length"),
        micros: micros(&time.concat()),
        stream: stream.concat().parse().expect("a number of a stream"),
        protocols: protocols.concat(),
        objections,
        requests: joined(&rest[0], &rest[1]),
        responses: joined(&rest[2], &rest[3]),
    }
}

/// First words, each with what follows it. Only the last of a frame may stand alone.
fn joined(firsts: &[&str], rests: &[&str]) -> Vec<String> {
    let rests = rests.iter().map(Some).chain(std::iter::repeat(None));
    let lines = firsts.iter().zip(rests).map(|(first, rest)| match rest {
        Some(rest) => format!("{first} {rest}"),
        None => first.to_string(),
    });
    lines.collect()
}

/// Seconds with nine decimals.
fn micros(time: &str) -> u64 {
    let (seconds, nanos) = time.split_once('.').expect("seconds and a fraction");
    seconds.parse::<u64>().expect("seconds") * 1_000_000 + nanos.parse::<u64>().expect("a fraction") / 1000
}

impl Seen {
    /// One block of `-z follow`: what each end has sent, in hexadecimal; what comes from the second end
    /// is indented.
    fn follow(&mut self, text: &str) {
        let after = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
        let number = after("Filter: tcp.stream eq ").and_then(|number| number.parse().ok());
        let number: u32 = number.expect("a number of a stream");
        // The first end to speak; of the other it does not always know the name. Clients have high ports.
        let first = after("Node 0: ").and_then(|node| node.rsplit(':').next()?.parse::<u32>().ok());
        let client_first = first >= Some(49_152);
        let streams = if text.contains("Follow: tls") { &mut self.decrypted } else { &mut self.plain };
        let stream = streams.entry(number).or_default();
        for line in text.lines().skip_while(|line| !line.starts_with("Node 1: ")).skip(1) {
            let of_client = line.starts_with('\t') != client_first;
            let octets = if of_client { &mut stream.of_client } else { &mut stream.of_server };
            for pair in line.trim().as_bytes().chunks(2) {
                let pair = std::str::from_utf8(pair).expect("hexadecimal");
                octets.push(u8::from_str_radix(pair, 16).expect("hexadecimal"));
            }
        }
    }
}

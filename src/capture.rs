//! What a tap on the cables has seen, as a file that Wireshark opens: pcapng, with the keys inside.
//!
//! ```text
//!   Section Header │ Interface │ Name Resolution │ Decryption Secrets │ Enhanced Packet │ …
//! ```
//!
//! It knows frames, moments and fates, and nothing of what the frames carry. Sections are those of
//! draft-ietf-opsawg-pcapng.
//!
//! **Where the tap is.** Every host has one where its cable begins, so that each frame is in the file
//! once, at the moment it is sent, and those that the link loses are in it too. A tap behind the loss
//! would show holes in the stream of octets, which look like a bad capture, and segments that are sent
//! again for no reason to be seen. A comment on the packet tells which frames never arrive.

use crate::net::Fate;
use crate::time::Instant;
use crate::trace::{Event, Trace};

/// Raw IP, the link type of packets that begin with their IPv4 header (LINKTYPE_RAW).
const RAW_IP: u16 = 101;

/// NSS key log lines, as the secrets of a Decryption Secrets Block (section 4.7): "TLSK".
const TLS_KEY_LOG: u32 = 0x544c_534b;

/// Most octets of a host's name (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 255;

// Block types (section 11.1).
const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION: u32 = 1;
const NAME_RESOLUTION: u32 = 4;
const ENHANCED_PACKET: u32 = 6;
const DECRYPTION_SECRETS: u32 = 0x0a;

// Options (section 3.5): of any block, of the section header, and of an interface.
const COMMENT: u16 = 1;
const APPLICATION: u16 = 4;
const NAME: u16 = 2;
const TIME_RESOLUTION: u16 = 9;

/// What a file tells beside the frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// The date of the beginning of virtual time, in seconds since 1970 UTC.
    pub zero: u64,
    /// Names of hosts, for readers that show names instead of addresses. What cannot be a name, being
    /// empty or longer than 255 octets or with a NUL in it, is left out.
    pub names: &'a [([u8; 4], &'a str)],
    /// The secrets of TLS connections as lines of an NSS key log, so that the file opens decrypted.
    pub keys: &'a str,
}

/// A pcapng file of the frames that have been sent at a position of a trace, the oldest first.
pub fn pcapng(trace: &Trace, position: usize, about: &About) -> Vec<u8> {
    let mut file = section_header();
    file.extend(interface_description());
    if about.names.iter().any(|(_, name)| is_name(name)) {
        file.extend(name_resolution(about.names));
    }
    // Section 4.7: secrets stand before the packets that need them, or a reader in one pass fails.
    if !about.keys.is_empty() {
        file.extend(decryption_secrets(about.keys));
    }
    let now = trace.time(position);
    for (sent, arrived) in trace.frames(position) {
        let record = &trace.records()[*sent as usize];
        if let Event::FrameSent { octets, fate, .. } = &record.event {
            let comment = comment(*fate, arrived.is_some(), now);
            file.extend(enhanced_packet(about.zero, record.at, octets, comment));
        }
    }
    file
}

/// What is said of a frame that does not arrive. One that is still on its way at `now` may arrive.
fn comment(fate: Fate, arrived: bool, now: Instant) -> Option<&'static str> {
    match fate {
        Fate::Lost => Some("The link loses this frame: it never arrives."),
        Fate::Cut => Some("The cable is cut: this frame never arrives."),
        Fate::NoSuchHost => Some("Nobody has the address that this frame goes to."),
        Fate::Arrives(at) if at < now && !arrived => {
            Some("The cable was cut while this frame was on its way: it never arrives.")
        }
        Fate::Arrives(_) => None,
    }
}

/// Section 4.1. The length of the section is left open: there is only one.
fn section_header() -> Vec<u8> {
    let mut body = Body::default();
    body.u32(0x1a2b_3c4d).u16(1).u16(0).u32(u32::MAX).u32(u32::MAX);
    body.option(COMMENT, b"Simulated: no packet in this file was ever on a real network.");
    body.option(APPLICATION, b"POP3 Lab").end_of_options();
    body.block(SECTION_HEADER)
}

/// Section 4.2. Whole packets, and microseconds.
fn interface_description() -> Vec<u8> {
    let mut body = Body::default();
    body.u16(RAW_IP).u16(0).u32(0);
    body.option(NAME, b"pop3lab").option(TIME_RESOLUTION, &[6]).end_of_options();
    body.block(INTERFACE_DESCRIPTION)
}

/// Section 4.5: a record of type 1 for each IPv4 address, then an empty one.
fn name_resolution(names: &[([u8; 4], &str)]) -> Vec<u8> {
    let mut body = Body::default();
    for (address, name) in names.iter().filter(|(_, name)| is_name(name)) {
        let value = [&address[..], name.as_bytes(), &[0]].concat();
        body.option(1, &value);
    }
    body.u16(0).u16(0);
    body.block(NAME_RESOLUTION)
}

fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && !name.contains('\0')
}

/// Section 4.7.
fn decryption_secrets(keys: &str) -> Vec<u8> {
    let mut body = Body::default();
    body.u32(TLS_KEY_LOG).u32(keys.len() as u32).padded(keys.as_bytes());
    body.block(DECRYPTION_SECRETS)
}

/// Section 4.3: a packet of the only interface, all of it.
fn enhanced_packet(zero: u64, at: Instant, octets: &[u8], comment: Option<&str>) -> Vec<u8> {
    let mut body = Body::default();
    let micros = zero.saturating_mul(1_000_000).saturating_add(at.as_micros());
    body.u32(0).u32((micros >> 32) as u32).u32(micros as u32);
    body.u32(octets.len() as u32).u32(octets.len() as u32).padded(octets);
    if let Some(comment) = comment {
        body.option(COMMENT, comment.as_bytes()).end_of_options();
    }
    body.block(ENHANCED_PACKET)
}

/// The body of a block under way. Numbers are little-endian on every machine; a reader learns that from
/// the section header (section 3.6.1).
#[derive(Default)]
struct Body(Vec<u8>);

impl Body {
    fn u16(&mut self, number: u16) -> &mut Body {
        self.0.extend(number.to_le_bytes());
        self
    }

    fn u32(&mut self, number: u32) -> &mut Body {
        self.0.extend(number.to_le_bytes());
        self
    }

    /// Octets, and zeros up to the next 32 bits.
    fn padded(&mut self, octets: &[u8]) -> &mut Body {
        self.0.extend(octets);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self
    }

    /// Section 3.5: code, length without the padding, value. Values here are short. The records of a
    /// Name Resolution Block look the same.
    fn option(&mut self, code: u16, value: &[u8]) -> &mut Body {
        self.u16(code).u16(value.len() as u16).padded(value)
    }

    fn end_of_options(&mut self) {
        self.u16(0).u16(0);
    }

    /// Section 3.1: type, length, body, length again. Bodies end at 32 bits by now.
    fn block(self, kind: u32) -> Vec<u8> {
        let length = (self.0.len() as u32 + 12).to_le_bytes();
        [&kind.to_le_bytes()[..], &length, &self.0, &length].concat()
    }
}

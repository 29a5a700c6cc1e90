//! Reads the frames on the wire: enough of IPv4 (RFC 791) and TCP (RFC 9293) to follow two streams.

use std::fmt;

/// An address and a port.
pub type End = ([u8; 4], u16);

/// One TCP segment.
pub struct Segment<'a> {
    pub from: End,
    pub to: End,
    seq: u32,
    pub syn: bool,
    pub fin: bool,
    pub rst: bool,
    pub payload: &'a [u8],
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = [(self.syn, " SYN"), (self.fin, " FIN"), (self.rst, " RST")];
        write!(f, "port {} to {}, octet {}", self.from.1, self.to.1, self.seq)?;
        flags.iter().filter(|(is, _)| *is).try_for_each(|(_, name)| f.write_str(name))?;
        write!(f, ", {} octets", self.payload.len())
    }
}

/// Reads a whole IPv4 packet.
pub fn read(packet: &[u8]) -> Segment<'_> {
    let word = |at: usize| u16::from_be_bytes([packet[at], packet[at + 1]]);
    let address = |at: usize| [packet[at], packet[at + 1], packet[at + 2], packet[at + 3]];
    let tcp = usize::from(packet[0] & 0x0f) * 4;
    let payload = tcp + usize::from(packet[tcp + 12] >> 4) * 4;
    let flags = packet[tcp + 13];
    Segment {
        from: (address(12), word(tcp)),
        to: (address(16), word(tcp + 2)),
        seq: u32::from_be_bytes(address(tcp + 4)),
        fin: flags & 0x01 != 0,
        syn: flags & 0x02 != 0,
        rst: flags & 0x04 != 0,
        payload: &packet[payload..usize::from(word(2))],
    }
}

/// What one end has said, from the first octet; retransmissions say nothing new.
#[derive(Default)]
pub struct Stream {
    first: Option<u32>,
    pub octets: Vec<u8>,
}

impl Stream {
    /// Takes in a segment of this end; an error if the end skips octets that it never sent.
    pub fn take(&mut self, segment: &Segment<'_>) -> Result<(), String> {
        if segment.syn {
            self.first = Some(segment.seq.wrapping_add(1));
        }
        let Some(first) = self.first else { return Ok(()) };
        let offset = segment.seq.wrapping_sub(first) as usize;
        let end = offset + segment.payload.len();
        if !segment.payload.is_empty() && end > self.octets.len() {
            let known = self.octets.len().checked_sub(offset);
            let known = known.ok_or_else(|| format!("octet {offset} is sent after {}", self.octets.len()))?;
            self.octets.extend_from_slice(&segment.payload[known..]);
        }
        Ok(())
    }
}

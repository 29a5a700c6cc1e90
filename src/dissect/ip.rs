//! Reads the header of an IPv4 packet (RFC 791 section 3.1), and knows how checksums are made.

use super::{Cursor, Field, Value, number};

/// The header without options, in octets: no header is shorter.
const SHORTEST: usize = 20;

/// The protocol number of TCP.
pub const TCP: u8 = 6;

/// What the header says of the rest of the packet.
#[derive(Clone, Copy, Debug)]
pub struct Ipv4 {
    /// The address of the sender.
    pub source: [u8; 4],
    /// The address it goes to.
    pub destination: [u8; 4],
    /// The octets after the header, by the total length.
    pub payload: usize,
    /// Whether they are all there, and no fragment of something larger.
    pub whole: bool,
    /// Whether they begin with a TCP header.
    pub tcp: bool,
}

/// Reads the header; `None` if it is cut short, or cannot be the header of an IPv4 packet.
pub fn header(c: &mut Cursor<'_>) -> Option<Ipv4> {
    let packet = c.unread();
    let mut first = c.packed::<1>(Field::VersionAndHeaderLength)?;
    let version = first.take(4, Field::Version, number);
    let length = 4 * usize::from(first.take(4, Field::HeaderLength, |words| Value::Words(words as u8)));
    if version != 4 || length < SHORTEST {
        return None;
    }
    let mut services = c.packed::<1>(Field::DifferentiatedServices)?;
    services.take(6, Field::Dscp, number);
    services.take(2, Field::Ecn, number);
    let total = usize::from(c.u16(Field::TotalLength, number)?);
    c.u16(Field::Identification, |id| Value::Hex(id.into(), 4))?;
    let mut fragment = c.packed::<2>(Field::FlagsAndFragmentOffset)?;
    fragment.take(1, Field::ReservedFlag, number);
    fragment.take(1, Field::DontFragment, number);
    let more = fragment.take(1, Field::MoreFragments, number) == 1;
    let offset = fragment.take(13, Field::FragmentOffset, number);
    c.u8(Field::TimeToLive, number)?;
    let protocol = c.u8(Field::Protocol, number)?;
    let covered = packet.get(..length).map(|header| [header]);
    c.u16(Field::HeaderChecksum, |said| checksum(said, covered))?;
    let source = c.array(Field::Source, Value::Address)?;
    let destination = c.array(Field::Destination, Value::Address)?;
    c.octets(Field::Ipv4Options, length - SHORTEST)?;
    let payload = total.checked_sub(length)?;
    let whole = payload <= c.unread().len() && !more && offset == 0;
    Some(Ipv4 { source, destination, payload, whole, tcp: protocol == TCP && offset == 0 })
}

/// Compares a checksum with the octets that it covers, itself included (RFC 1071). Only the last of the
/// pieces may have an odd number of octets.
pub fn checksum<const N: usize>(said: u16, covered: Option<[&[u8]; N]>) -> Value {
    let computed = covered.map(|pieces| {
        let sum: u64 = pieces.iter().flat_map(|piece| piece.chunks(2)).map(word).sum();
        // Both 0x0000 and 0xffff are zero in ones' complement: what adds up is right as it stands.
        if fold(sum) == 0xffff { said } else { !fold(sum - u64::from(said)) }
    });
    Value::Checksum { said, computed }
}

/// Two octets as a number; one alone is filled up with zero.
fn word(octets: &[u8]) -> u64 {
    let second = octets.get(1).copied().unwrap_or(0);
    u64::from(u16::from_be_bytes([octets[0], second]))
}

/// The sum in ones' complement: what is carried out is added again.
fn fold(mut sum: u64) -> u16 {
    loop {
        match u16::try_from(sum) {
            Ok(folded) => return folded,
            Err(_) => sum = (sum & 0xffff) + (sum >> 16),
        }
    }
}

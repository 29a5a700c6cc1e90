//! Reads the header of a TCP segment with its options (RFC 9293 section 3.1). It knows no connection:
//! numbers are as they stand there, neither counted from the first nor scaled.

use super::ip::{self, Ipv4};
use super::{Cursor, Field, Segment, TcpFlags, Value, number};

/// The header without options, in octets: no header is shorter.
const SHORTEST: usize = 20;

/// Kinds of options: RFC 9293 section 3.2, RFC 7323, RFC 2018.
const END_OF_OPTIONS: u8 = 0;
const NO_OPERATION: u8 = 1;
const MAXIMUM_SEGMENT_SIZE: u8 = 2;
const WINDOW_SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const TIMESTAMPS: u8 = 8;

/// Reads the header; `None` if it is cut short, or says that it is shorter than can be. What may still be
/// read after it is the data.
pub fn header(c: &mut Cursor<'_>, ip: &Ipv4) -> Option<Segment> {
    let octets = c.unread();
    let source = c.u16(Field::SourcePort, number)?;
    let destination = c.u16(Field::DestinationPort, number)?;
    let sequence = c.u32(Field::SequenceNumber, number)?;
    let acknowledgement = c.u32(Field::AcknowledgementNumber, number)?;
    let mut shared = c.packed::<2>(Field::DataOffsetAndFlags)?;
    let length = 4 * usize::from(shared.take(4, Field::DataOffset, |words| Value::Words(words as u8)));
    shared.take(4, Field::Reserved, number);
    let flags = shared.take(8, Field::TcpFlags, |bits| Value::Flags(TcpFlags::from_bits(bits as u8)));
    let flags = TcpFlags::from_bits(flags as u8);
    if length < SHORTEST {
        return None;
    }
    let window = c.u16(Field::Window, number)?;
    let before = pseudo_header(ip);
    let covered = ip.whole.then_some([&before[..], octets]);
    c.u16(Field::TcpChecksum, |said| ip::checksum(said, covered))?;
    c.u16(Field::UrgentPointer, number)?;
    c.group(Field::TcpOptions, |c| c.limited(length - SHORTEST, options));
    (length <= octets.len()).then(|| Segment {
        source: (ip.source, source),
        destination: (ip.destination, destination),
        sequence,
        acknowledgement: flags.contains(TcpFlags::ACK).then_some(acknowledgement),
        flags,
        window,
        data: c.unread_span(),
    })
}

/// What the checksum covers beside the segment: addresses, protocol, and the length of the segment.
fn pseudo_header(ip: &Ipv4) -> [u8; 12] {
    let [[a, b, c, d], [e, f, g, h]] = [ip.source, ip.destination];
    let [high, low] = (ip.payload as u16).to_be_bytes();
    [a, b, c, d, e, f, g, h, 0, ip::TCP, high, low]
}

/// Reads options up to the first that cannot be one; the rest is noted as unknown by whoever set the limit.
fn options(c: &mut Cursor<'_>) -> Option<()> {
    while let Some(&kind) = c.unread().first() {
        match kind {
            END_OF_OPTIONS => {
                c.u8(Field::EndOfOptions, number)?;
                c.rest(Field::Padding);
            }
            NO_OPERATION => _ = c.u8(Field::NoOperation, number)?,
            MAXIMUM_SEGMENT_SIZE => c.group(Field::MaximumSegmentSizeOption, option)?,
            WINDOW_SCALE => c.group(Field::WindowScaleOption, option)?,
            SACK_PERMITTED => c.group(Field::SackPermittedOption, option)?,
            SACK => c.group(Field::SackOption, option)?,
            TIMESTAMPS => c.group(Field::TimestampsOption, option)?,
            _ => c.group(Field::OtherOption, option)?,
        }
    }
    Some(())
}

/// Reads an option that has a length; `None` if it is cut short, or is shorter than can be.
fn option(c: &mut Cursor<'_>) -> Option<()> {
    let kind = c.u8(Field::OptionKind, number)?;
    let length = c.u8(Field::OptionLength, number)?;
    // The two octets that were just read count as well.
    let data = usize::from(length).checked_sub(2)?;
    match (kind, data) {
        (MAXIMUM_SEGMENT_SIZE, 2) => _ = c.u16(Field::MaximumSegmentSize, number)?,
        (WINDOW_SCALE, 1) => _ = c.u8(Field::ShiftCount, number)?,
        (SACK, _) if data.is_multiple_of(8) => {
            for _ in 0..data / 8 {
                c.u32(Field::LeftEdge, number)?;
                c.u32(Field::RightEdge, number)?;
            }
        }
        (TIMESTAMPS, 8) => {
            c.u32(Field::TimestampValue, number)?;
            c.u32(Field::TimestampEchoReply, number)?;
        }
        _ => c.octets(Field::OptionData, data)?,
    }
    Some(())
}

//! Frames whole, cut short, and of chance. Frames that say what cannot be have a file of their own.

mod lengths;
mod tls;
mod x509;

use super::*;
use oorandom::Rand32;
use smoltcp::wire::{IpProtocol, Ipv4Packet, TcpPacket};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// SYN from 192.0.2.10:49152 to 192.0.2.110:110, with options: MSS, nothing, window scale, SACK
/// permitted, timestamps, one for experiments, and the end with padding.
#[rustfmt::skip]
const SYN: [u8; 68] = [
    0x45, 0x00, 0x00, 0x44, 0x19, 0x39, 0x40, 0x00, 0x40, 0x06, 0x9d, 0x02,
    0xc0, 0x00, 0x02, 0x0a, 0xc0, 0x00, 0x02, 0x6e,
    0xc0, 0x00, 0x00, 0x6e, 0x11, 0x22, 0x33, 0x44, 0x00, 0x00, 0x00, 0x00,
    0xc0, 0x02, 0xfa, 0xf0, 0xf9, 0xe6, 0x00, 0x00,
    0x02, 0x04, 0x05, 0xb4, 0x01, 0x03, 0x03, 0x07, 0x04, 0x02,
    0x08, 0x0a, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
    0xfd, 0x04, 0xab, 0xcd, 0x00, 0x00, 0x00, 0x00,
];

/// `USER alice` on the same connection.
#[rustfmt::skip]
const USER: [u8; 52] = [
    0x45, 0x00, 0x00, 0x34, 0x19, 0x3a, 0x40, 0x00, 0x40, 0x06, 0x9d, 0x11,
    0xc0, 0x00, 0x02, 0x0a, 0xc0, 0x00, 0x02, 0x6e,
    0xc0, 0x00, 0x00, 0x6e, 0x11, 0x22, 0x33, 0x45, 0x55, 0x66, 0x77, 0x88,
    0x50, 0x18, 0xfa, 0xf0, 0xc6, 0xb2, 0x00, 0x00,
    b'U', b'S', b'E', b'R', b' ', b'a', b'l', b'i', b'c', b'e', b'\r', b'\n',
];

/// Where things are in both frames.
const IHL: usize = 0;
const TOTAL_LENGTH: usize = 3;
const FRAGMENT: usize = 6;
const PROTOCOL: usize = 9;
const DATA_OFFSET: usize = 32;
const OPTIONS: usize = 40;

/// The frame with some octets put over those at `at`.
fn with(frame: &[u8], at: usize, octets: &[u8]) -> Vec<u8> {
    let mut frame = frame.to_vec();
    frame[at..at + octets.len()].copy_from_slice(octets);
    frame
}

/// The notes as lines, indented by their depth.
fn outline(notes: &[Note]) -> Vec<String> {
    let line = |note: &Note| {
        let indent = "  ".repeat(note.depth.into());
        let bits = note.bits.as_ref().map_or(String::new(), |bits| format!(" bits {bits:?}"));
        let value = match &note.value {
            Value::None => String::new(),
            Value::Number(number) => format!(" {number}"),
            Value::Hex(number, digits) => format!(" {number:#0width$x}", width = 2 + usize::from(*digits)),
            Value::Named(_, _, name) => format!(" {name}"),
            Value::Flags(flags) => format!(" {}", flags.names().collect::<Vec<_>>().join(" ")),
            Value::Checksum { said, computed } if *computed == Some(*said) => {
                format!(" {said:#06x} is right")
            }
            Value::Checksum { said, computed } => format!(" {said:#06x} against {computed:x?}"),
            other => format!(" {other:?}"),
        };
        format!("{indent}{:?}{bits} {:?}{value}", note.span, note.field)
    };
    notes.iter().map(line).collect()
}

/// The outline from the first note on this field.
fn from(field: Field, frame: &[u8]) -> Vec<String> {
    check(frame);
    let notes = dissect(frame);
    let first = notes.iter().position(|note| note.field == field).expect("there is such a note");
    outline(&notes[first..])
}

/// The checksums in a frame: header, then segment.
fn checksums(frame: &[u8]) -> Vec<(u16, Option<u16>)> {
    let checksum = |note: Note| match note.value {
        Value::Checksum { said, computed } => Some((said, computed)),
        _ => None,
    };
    dissect(frame).into_iter().filter_map(checksum).collect()
}

/// Every octet is in one leaf, every leaf in its groups, and every bit of what is shared in one field.
#[track_caller]
fn check(frame: &[u8]) {
    check_notes(frame, &dissect(frame));
}

/// The same of notes on any octets.
#[track_caller]
fn check_notes(frame: &[u8], notes: &[Note]) {
    let story = || format!("{frame:02x?}\n{}", outline(notes).join("\n"));
    let spans: Vec<_> = leaves(notes).map(|leaf| leaf.span.clone()).collect();
    assert_eq!(tiled(spans.into_iter()), Some(frame.len()), "{}", story());
    for (index, note) in notes.iter().enumerate() {
        let inside = notes[index + 1..].iter().take_while(|inner| inner.depth > note.depth);
        let parts: Vec<&Note> = inside.filter(|part| part.depth == note.depth + 1).collect();
        let bits: Vec<_> = parts.iter().filter_map(|part| part.bits.clone()).collect();
        if note.bits.is_some() {
            assert!(parts.is_empty(), "bits are not divided\n{}", story());
        } else if !bits.is_empty() {
            assert!(parts.iter().all(|part| part.bits.is_some() && part.span == note.span), "{}", story());
            let bits = bits.into_iter().map(|bits| bits.start.into()..bits.end.into());
            assert_eq!(tiled(bits), Some(8 * note.span.len()), "{}", story());
        } else if let [first, .., last] | [first @ last] = &parts[..] {
            assert_eq!(first.span.start..last.span.end, note.span, "{}", story());
        }
    }
    assert!(notes.first().is_none_or(|first| first.depth == 0), "{}", story());
    assert!(notes.is_sorted_by(|note, next| next.depth <= note.depth + 1), "{}", story());
}

/// Where spans end that begin at 0, each where the one before ended, none of them empty.
fn tiled(mut spans: impl Iterator<Item = Range<usize>>) -> Option<usize> {
    spans.try_fold(0, |at, span| (span.start == at && span.end > at).then_some(span.end))
}

/// Frames with some octets changed, cut off, or added, and frames of nothing but chance.
fn junk() -> impl Iterator<Item = Vec<u8>> {
    let mut random = Rand32::new(1939);
    (0..20_000).map(move |_| {
        let mut frame = match random.rand_range(0..3) {
            0 => SYN.to_vec(),
            1 => USER.to_vec(),
            _ => (0..random.rand_range(0..120)).map(|_| random.rand_u32() as u8).collect(),
        };
        for _ in 0..random.rand_range(0..4) {
            // A small number is a length more often than a large one is.
            let octet = random.rand_u32() as u8 >> random.rand_range(0..8);
            // Half of the changes are in the headers' first octets or in the options.
            let at = if random.rand_range(0..2) == 0 {
                [0, 2, 3, 6, 7, 9, 32, 41, 45, 49, 51][random.rand_range(0..11) as usize]
            } else {
                random.rand_range(0..64) as usize
            };
            if let Some(place) = frame.get_mut(at) {
                *place = octet;
            }
        }
        match random.rand_range(0..4) {
            0 => frame.truncate(random.rand_range(0..70) as usize),
            1 => frame.resize(frame.len() + random.rand_range(0..20) as usize, 0x0a),
            _ => {}
        }
        frame
    })
}

#[test]
fn every_octet_of_a_syn_has_a_name() {
    check(&SYN);
    let expected = "\
0..20 Ipv4Header
  0..1 VersionAndHeaderLength 0x45
    0..1 bits 0..4 Version 4
    0..1 bits 4..8 HeaderLength Words(5)
  1..2 DifferentiatedServices 0x00
    1..2 bits 0..6 Dscp 0
    1..2 bits 6..8 Ecn 0
  2..4 TotalLength 68
  4..6 Identification 0x1939
  6..8 FlagsAndFragmentOffset 0x4000
    6..8 bits 0..1 ReservedFlag 0
    6..8 bits 1..2 DontFragment 1
    6..8 bits 2..3 MoreFragments 0
    6..8 bits 3..16 FragmentOffset 0
  8..9 TimeToLive 64
  9..10 Protocol 6
  10..12 HeaderChecksum 0x9d02 is right
  12..16 Source Address([192, 0, 2, 10])
  16..20 Destination Address([192, 0, 2, 110])
20..68 TcpHeader
  20..22 SourcePort 49152
  22..24 DestinationPort 110
  24..28 SequenceNumber 287454020
  28..32 AcknowledgementNumber 0
  32..34 DataOffsetAndFlags 0xc002
    32..34 bits 0..4 DataOffset Words(12)
    32..34 bits 4..8 Reserved 0
    32..34 bits 8..16 TcpFlags SYN
  34..36 Window 64240
  36..38 TcpChecksum 0xf9e6 is right
  38..40 UrgentPointer 0
  40..68 TcpOptions
    40..44 MaximumSegmentSizeOption
      40..41 OptionKind 2
      41..42 OptionLength 4
      42..44 MaximumSegmentSize 1460
    44..45 NoOperation 1
    45..48 WindowScaleOption
      45..46 OptionKind 3
      46..47 OptionLength 3
      47..48 ShiftCount 7
    48..50 SackPermittedOption
      48..49 OptionKind 4
      49..50 OptionLength 2
    50..60 TimestampsOption
      50..51 OptionKind 8
      51..52 OptionLength 10
      52..56 TimestampValue 256
      56..60 TimestampEchoReply 0
    60..64 OtherOption
      60..61 OptionKind 253
      61..62 OptionLength 4
      62..64 OptionData Octets
    64..65 EndOfOptions 0
    65..68 Padding Octets";
    assert_eq!(outline(&dissect(&SYN)).join("\n"), expected);
}

#[test]
fn a_segment_is_summed_up() {
    let user = segment(&USER).expect("a whole segment");
    let expected = Segment {
        source: ([192, 0, 2, 10], 49152),
        destination: ([192, 0, 2, 110], 110),
        sequence: 0x1122_3345,
        acknowledgement: Some(0x5566_7788),
        flags: TcpFlags::from_bits(0x18),
        window: 64240,
        data: 40..52,
    };
    assert_eq!(user, expected);
    let syn = segment(&SYN).expect("a whole segment");
    assert_eq!((syn.flags, syn.acknowledgement, syn.data), (TcpFlags::SYN, None, 68..68));
}

#[test]
fn leaves_tile_every_frame_whole_or_cut_short() {
    for frame in [&SYN[..], &USER[..]] {
        for end in 0..=frame.len() {
            check(&frame[..end]);
            assert_eq!(segment(&frame[..end]).is_some(), end == frame.len());
            let notes = dissect(&frame[..end]);
            assert!(notes.iter().all(|note| !matches!(note.field, Field::Unknown | Field::Surplus)));
        }
    }
}

#[test]
fn leaves_tile_junk() {
    junk().for_each(|frame| check(&frame));
}

#[test]
fn notes_on_a_whole_tile_any_part_of_it() {
    let whole = dissect(&SYN);
    for begin in 0..SYN.len() {
        for end in begin..=SYN.len() {
            let mut cursor = Cursor::new(&SYN[begin..end]);
            cursor.part_of(whole.clone(), begin);
            check_notes(&SYN[begin..end], &cursor.into_notes());
        }
    }
}

#[test]
fn junk_is_a_segment_when_smoltcp_reads_one() {
    let mut seen = [0; 2];
    for frame in junk() {
        let ip = Ipv4Packet::new_checked(&frame[..]).ok().filter(|ip| {
            let fragment = ip.more_frags() || ip.frag_offset() != 0;
            ip.version() == 4 && ip.next_header() == IpProtocol::Tcp && !fragment
        });
        let tcp = ip.as_ref().and_then(|ip| TcpPacket::new_checked(ip.payload()).ok());
        let data = segment(&frame).map(|segment| &frame[segment.data]);
        assert_eq!(data, tcp.as_ref().map(TcpPacket::payload), "{frame:02x?}");
        seen[usize::from(data.is_some())] += 1;
        if let (Some(ip), Some(tcp)) = (ip, tcp) {
            let valid = tcp.verify_checksum(&ip.src_addr().into(), &ip.dst_addr().into());
            let right = |(said, computed): &(u16, Option<u16>)| *computed == Some(*said);
            let told: Vec<bool> = checksums(&frame).iter().map(right).collect();
            assert_eq!(told, [ip.verify_checksum(), valid], "{frame:02x?}");
        }
    }
    assert!(seen.iter().all(|count| *count > 3000), "one of both is rare: {seen:?}");
}

#[test]
fn any_octet_changed_is_told_by_a_checksum() {
    for (at, octet) in USER.iter().enumerate() {
        let frame = with(&USER, at, &[!octet]);
        let right = checksums(&frame).iter().all(|(said, computed)| *computed == Some(*said));
        assert!(!right || segment(&frame).is_none(), "octet {at}");
    }
    assert_eq!(checksums(&with(&USER, 10, &[0, 0])), [(0, Some(0x9d11)), (0xc6b2, Some(0xc6b2))]);
    assert_eq!(checksums(&with(&USER, 36, &[0, 0])), [(0x9d11, Some(0x9d11)), (0, Some(0xc6b2))]);
}

#[test]
fn data_of_odd_length_has_a_checksum_too() {
    let frame = with(&USER[..51], TOTAL_LENGTH, &[51]);
    // One octet less in the length, and LF is missing from the last word.
    let (said, computed) = checksums(&frame)[1];
    assert_eq!((said, computed), (0xc6b2, Some(0xc6b2 + 0x0001 + 0x000a)));
}

#[test]
fn both_zeros_of_ones_complement_are_right() {
    // The sequence number makes up for the checksum, so that the segment adds up to 0xffff without it.
    for said in [0x0000, 0xffff_u16] {
        let frame = with(&with(&USER, 36, &said.to_be_bytes()), 24, &[0xd7, 0xd4]);
        assert_eq!(checksums(&frame)[1], (said, Some(said)));
    }
}

#[test]
fn a_checksum_over_octets_that_are_not_there_is_not_computed() {
    assert_eq!(checksums(&USER[..19]), [(0x9d11, None)]);
    assert_eq!(checksums(&USER[..51]), [(0x9d11, Some(0x9d11)), (0xc6b2, None)]);
}

#[test]
fn data_is_cut_into_lines() {
    let cases: [(&[u8], &[&str]); 4] = [
        (b"USER alice\r\n", &["  40..52 Line", "    40..50 LineText Octets", "    50..52 LineEnd Octets"]),
        (b"USER alice\r.", &["  40..52 PartOfLine Octets"]),
        // The end of a line whose CR came before, an empty line, and LF alone.
        (
            b"\n\r\n.\r\r\nX\nY\r",
            &[
                "  40..41 Line",
                "    40..41 LineEnd Octets",
                "  41..43 Line",
                "    41..43 LineEnd Octets",
                "  43..47 Line",
                "    43..45 LineText Octets",
                "    45..47 LineEnd Octets",
                "  47..49 Line",
                "    47..48 LineText Octets",
                "    48..49 LineEnd Octets",
                "  49..51 PartOfLine Octets",
                "51..52 Surplus Octets",
            ],
        ),
        (b"\n", &["  40..41 Line", "    40..41 LineEnd Octets", "41..52 Surplus Octets"]),
    ];
    for (data, expected) in cases {
        let frame = with(&with(&USER, OPTIONS, data), TOTAL_LENGTH, &[40 + data.len() as u8]);
        assert_eq!(from(Field::Data, &frame)[1..], *expected, "{}", data.escape_ascii());
    }
}

#[test]
fn a_segment_without_data_has_no_note_on_it() {
    let notes = dissect(&with(&USER[..40], TOTAL_LENGTH, &[40]));
    assert!(notes.iter().all(|note| !matches!(note.field, Field::Data | Field::TcpOptions)));
}

#[test]
fn flags_are_named_in_one_order() {
    let all: Vec<&str> = TcpFlags::from_bits(0xff).names().collect();
    assert_eq!(all, ["SYN", "ACK", "FIN", "RST", "PSH", "URG", "ECE", "CWR"]);
    let frame = with(&USER, DATA_OFFSET + 1, &[0x12]);
    assert_eq!(from(Field::TcpFlags, &frame)[0], "    32..34 bits 8..16 TcpFlags SYN ACK");
}

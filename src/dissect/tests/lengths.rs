//! Frames whose lengths, offsets and protocols cannot be, or lead elsewhere.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn an_ipv4_header_that_cannot_be_one_is_not_read() {
    for first in [0x44, 0x40, 0x65, 0x00] {
        let frame = with(&USER, IHL, &[first]);
        check(&frame);
        let notes = dissect(&frame);
        let read: Vec<(Range<usize>, Field)> =
            leaves(&notes).map(|leaf| (leaf.span.clone(), leaf.field)).collect();
        assert_eq!(read, [(0..1, Field::VersionAndHeaderLength), (1..52, Field::Unknown)]);
    }
}

#[test]
fn an_ipv4_header_goes_no_further_than_the_frame() {
    let long = with(&USER, IHL, &[0x4f]);
    assert_eq!(from(Field::Destination, &long)[1..], ["  20..52 Truncated Octets"]);
    // With room for it there are options, and what was the TCP header's first word is one of them.
    let options = with(&USER, IHL, &[0x46]);
    assert_eq!(
        from(Field::Ipv4Options, &options)[..3],
        ["  20..24 Ipv4Options Octets", "24..52 TcpHeader", "  24..26 SourcePort 4386",]
    );
}

#[test]
fn a_total_length_shorter_than_the_header_leaves_the_rest_unknown() {
    for total in [0, 19] {
        let frame = with(&USER, TOTAL_LENGTH, &[total]);
        assert_eq!(from(Field::Destination, &frame)[1..], ["20..52 Unknown Octets"]);
    }
}

#[test]
fn a_packet_ends_where_its_total_length_says() {
    let padded = [&USER[..], &[0; 6]].concat();
    assert_eq!(from(Field::LineEnd, &padded)[1..], ["52..58 Surplus Octets"]);
    assert_eq!(segment(&padded), segment(&USER));
    let early = with(&USER, TOTAL_LENGTH, &[44]);
    assert_eq!(
        from(Field::Data, &early),
        ["40..44 Data", "  40..44 PartOfLine Octets", "44..52 Surplus Octets"]
    );
    let in_the_header = with(&USER, TOTAL_LENGTH, &[23]);
    assert_eq!(
        from(Field::SourcePort, &in_the_header)[1..],
        ["  22..23 Truncated Octets", "23..52 Surplus Octets"]
    );
    let nothing = with(&USER, TOTAL_LENGTH, &[20]);
    assert_eq!(from(Field::Destination, &nothing)[1..], ["20..52 Surplus Octets"]);
}

#[test]
fn a_total_length_beyond_the_frame_is_read_as_far_as_it_goes() {
    let frame = with(&USER, TOTAL_LENGTH, &[53]);
    assert_eq!(from(Field::LineEnd, &frame), ["    50..52 LineEnd Octets"]);
    assert_eq!(segment(&frame), None);
    assert_eq!(checksums(&frame)[1], (0xc6b2, None));
}

#[test]
fn only_the_beginning_of_a_tcp_segment_is_read_as_one() {
    for (at, octets) in [(PROTOCOL, &[17][..]), (FRAGMENT, &[0x20, 0x01]), (FRAGMENT, &[0x00, 0x01])] {
        let frame = with(&USER, at, octets);
        assert_eq!(from(Field::Destination, &frame)[1..], ["20..52 Unknown Octets"]);
        assert_eq!(segment(&frame), None);
    }
    // The first fragment has the header, but not all that the checksum covers.
    let first = with(&USER, FRAGMENT, &[0x20, 0x00]);
    assert_eq!(from(Field::TcpHeader, &first)[0], "20..40 TcpHeader");
    assert_eq!((segment(&first), checksums(&first)[1]), (None, (0xc6b2, None)));
}

#[test]
fn a_tcp_header_shorter_than_can_be_is_not_read_further() {
    let frame = with(&USER, DATA_OFFSET, &[0x40]);
    assert_eq!(from(Field::TcpFlags, &frame)[1..], ["34..52 Unknown Octets"]);
    assert_eq!(segment(&frame), None);
}

#[test]
fn a_tcp_header_goes_no_further_than_the_packet() {
    // Fifteen words are sixty octets, of which the frame has 32: kind 85 says that it has 83 octets.
    let frame = with(&USER, DATA_OFFSET, &[0xf0]);
    assert_eq!(
        from(Field::TcpOptions, &frame),
        [
            "  40..52 TcpOptions",
            "    40..52 OtherOption",
            "      40..41 OptionKind 85",
            "      41..42 OptionLength 83",
            "      42..52 Truncated Octets",
        ]
    );
    assert_eq!(segment(&frame), None);
}

#[test]
fn an_option_shorter_than_its_own_head_ends_the_reading() {
    for length in [0, 1] {
        let frame = with(&SYN, OPTIONS + 1, &[length]);
        assert_eq!(
            from(Field::OptionKind, &frame)[1..],
            [format!("      41..42 OptionLength {length}"), "    42..68 Unknown Octets".into(),]
        );
        assert!(segment(&frame).is_some(), "where the data begins does not depend on options");
    }
}

#[test]
fn an_option_goes_no_further_than_the_options() {
    let frame = with(&SYN, 61, &[9]);
    assert_eq!(from(Field::OtherOption, &frame)[3..], ["      62..68 Truncated Octets"]);
    let alone = with(&SYN, 64, &[1, 1, 1, 2]);
    assert_eq!(
        from(Field::OptionData, &alone)[4..],
        ["    67..68 MaximumSegmentSizeOption", "      67..68 OptionKind 2"]
    );
}

#[test]
fn an_option_of_the_wrong_length_is_not_looked_into() {
    for (kind, length) in [(2, 5), (3, 4), (4, 3), (5, 11), (8, 9)] {
        let frame = with(&SYN, OPTIONS, &[kind, length]);
        let expected = [
            format!("      41..42 OptionLength {length}"),
            format!("      42..{} OptionData Octets", OPTIONS + usize::from(length)),
        ];
        assert_eq!(from(Field::OptionLength, &frame)[..2], expected, "kind {kind}");
    }
}

#[test]
fn blocks_that_have_arrived_are_read_edge_by_edge() {
    let frame = with(&SYN, OPTIONS, &[5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0]);
    assert_eq!(
        from(Field::SackOption, &frame)[..7],
        [
            "    40..58 SackOption",
            "      40..41 OptionKind 5",
            "      41..42 OptionLength 18",
            "      42..46 LeftEdge 1",
            "      46..50 RightEdge 2",
            "      50..54 LeftEdge 256",
            "      54..58 RightEdge 512",
        ]
    );
}

//! What the fields of a frame are called.

mod tls;
pub mod x509;

use crate::dissect::Field;
use crate::i18n::{Id, id};

/// The name of a field.
pub fn name(field: Field) -> Id {
    match field {
        Field::Ipv4Header => id::FIELD_IPV4_HEADER,
        Field::VersionAndHeaderLength => id::FIELD_VERSION_AND_HEADER_LENGTH,
        Field::Version => id::FIELD_VERSION,
        Field::HeaderLength => id::FIELD_HEADER_LENGTH,
        Field::DifferentiatedServices => id::FIELD_DIFFERENTIATED_SERVICES,
        Field::Dscp => id::FIELD_DSCP,
        Field::Ecn => id::FIELD_ECN,
        Field::TotalLength => id::FIELD_TOTAL_LENGTH,
        Field::Identification => id::FIELD_IDENTIFICATION,
        Field::FlagsAndFragmentOffset => id::FIELD_FLAGS_AND_FRAGMENT_OFFSET,
        Field::ReservedFlag => id::FIELD_RESERVED_FLAG,
        Field::DontFragment => id::FIELD_DONT_FRAGMENT,
        Field::MoreFragments => id::FIELD_MORE_FRAGMENTS,
        Field::FragmentOffset => id::FIELD_FRAGMENT_OFFSET,
        Field::TimeToLive => id::FIELD_TIME_TO_LIVE,
        Field::Protocol => id::FIELD_PROTOCOL,
        Field::HeaderChecksum => id::FIELD_HEADER_CHECKSUM,
        Field::Source => id::FIELD_SOURCE,
        Field::Destination => id::FIELD_DESTINATION,
        Field::Ipv4Options => id::FIELD_IPV4_OPTIONS,
        Field::TcpHeader => id::FIELD_TCP_HEADER,
        Field::SourcePort => id::FIELD_SOURCE_PORT,
        Field::DestinationPort => id::FIELD_DESTINATION_PORT,
        Field::SequenceNumber => id::FIELD_SEQUENCE_NUMBER,
        Field::AcknowledgementNumber => id::FIELD_ACKNOWLEDGEMENT_NUMBER,
        Field::DataOffsetAndFlags => id::FIELD_DATA_OFFSET_AND_FLAGS,
        Field::DataOffset => id::FIELD_DATA_OFFSET,
        Field::Reserved => id::FIELD_RESERVED,
        Field::TcpFlags => id::FIELD_TCP_FLAGS,
        Field::Window => id::FIELD_WINDOW,
        Field::TcpChecksum => id::FIELD_TCP_CHECKSUM,
        Field::UrgentPointer => id::FIELD_URGENT_POINTER,
        Field::TcpOptions => id::FIELD_TCP_OPTIONS,
        Field::EndOfOptions => id::FIELD_END_OF_OPTIONS,
        Field::NoOperation => id::FIELD_NO_OPERATION,
        Field::MaximumSegmentSizeOption => id::FIELD_MAXIMUM_SEGMENT_SIZE_OPTION,
        Field::WindowScaleOption => id::FIELD_WINDOW_SCALE_OPTION,
        Field::SackPermittedOption => id::FIELD_SACK_PERMITTED_OPTION,
        Field::SackOption => id::FIELD_SACK_OPTION,
        Field::TimestampsOption => id::FIELD_TIMESTAMPS_OPTION,
        Field::OtherOption => id::FIELD_OTHER_OPTION,
        Field::OptionKind => id::FIELD_OPTION_KIND,
        Field::OptionLength => id::FIELD_OPTION_LENGTH,
        Field::MaximumSegmentSize => id::FIELD_MAXIMUM_SEGMENT_SIZE,
        Field::ShiftCount => id::FIELD_SHIFT_COUNT,
        Field::LeftEdge => id::FIELD_LEFT_EDGE,
        Field::RightEdge => id::FIELD_RIGHT_EDGE,
        Field::TimestampValue => id::FIELD_TIMESTAMP_VALUE,
        Field::TimestampEchoReply => id::FIELD_TIMESTAMP_ECHO_REPLY,
        Field::OptionData => id::FIELD_OPTION_DATA,
        Field::Padding => id::FIELD_PADDING,
        Field::Data => id::FIELD_DATA,
        Field::Line => id::FIELD_LINE,
        Field::LineText => id::FIELD_LINE_TEXT,
        Field::LineEnd => id::FIELD_LINE_END,
        Field::PartOfLine => id::FIELD_PART_OF_LINE,
        Field::Tls(field) => tls::name(field),
        Field::X509(field) => x509::name(field),
        Field::Truncated => id::FIELD_TRUNCATED,
        Field::Unknown => id::FIELD_UNKNOWN,
        Field::Surplus => id::FIELD_SURPLUS,
    }
}

/// Octets that are no text: the first of them, since all are below.
pub fn binary(octets: &[u8]) -> String {
    const MOST: usize = 32;
    let shown: String = octets.iter().take(MOST).map(|octet| format!("{octet:02x}")).collect();
    if octets.len() > MOST { shown + "…" } else { shown }
}

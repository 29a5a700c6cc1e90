//! What octets can be, and what they can say. There are no words here: the page has them.

use super::tls::TlsField;
use super::x509::{X509Field, X509Value};

/// What octets are for. Groups and leaves are told apart by where a note stands, see [`super::leaves`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    // ------------------------------------------------------------ IPv4, RFC 791
    /// Group: the header of the packet.
    Ipv4Header,
    /// Shared by version and header length.
    VersionAndHeaderLength,
    /// Bits: 4.
    Version,
    /// Bits: the length of the IPv4 header, in words of four octets.
    HeaderLength,
    /// Shared by DSCP and ECN: once the type of service (RFC 2474, RFC 3168).
    DifferentiatedServices,
    /// Bits: how routers should treat the packet.
    Dscp,
    /// Bits: explicit congestion notification.
    Ecn,
    /// The octets of the packet, header included.
    TotalLength,
    /// Tells which fragments belong together.
    Identification,
    /// Shared by the three flags and the fragment offset.
    FlagsAndFragmentOffset,
    /// Bits: 0.
    ReservedFlag,
    /// Bits: DF.
    DontFragment,
    /// Bits: MF.
    MoreFragments,
    /// Bits: where the fragment belongs, in units of eight octets.
    FragmentOffset,
    /// How many routers may still pass it on.
    TimeToLive,
    /// What the packet carries: 6 is TCP.
    Protocol,
    /// Of the IPv4 header alone.
    HeaderChecksum,
    /// The address of the sender.
    Source,
    /// The address it goes to.
    Destination,
    /// Options of IPv4, not looked into.
    Ipv4Options,

    // ------------------------------------------------------------ TCP, RFC 9293
    /// Group: the header of the segment.
    TcpHeader,
    /// The port of the sender.
    SourcePort,
    /// The port it goes to.
    DestinationPort,
    /// The number of the first octet of data, or of SYN.
    SequenceNumber,
    /// The number of the octet that is expected next; it counts with ACK only.
    AcknowledgementNumber,
    /// Shared by data offset, reserved bits and flags.
    DataOffsetAndFlags,
    /// Bits: the length of the TCP header, in words of four octets.
    DataOffset,
    /// Bits: 0.
    Reserved,
    /// Bits: the control bits.
    TcpFlags,
    /// How many octets may be sent to the sender; window scaling is not applied.
    Window,
    /// Of the segment, with the addresses before it.
    TcpChecksum,
    /// Where urgent data ends; it counts with URG only.
    UrgentPointer,

    // ------------------------------------------------------------ TCP options, RFC 9293, 7323 and 2018
    /// Group: the options of TCP.
    TcpOptions,
    /// Kind 0: no options follow.
    EndOfOptions,
    /// Kind 1: fills up.
    NoOperation,
    /// Group: kind 2.
    MaximumSegmentSizeOption,
    /// Group: kind 3.
    WindowScaleOption,
    /// Group: kind 4, which has no data.
    SackPermittedOption,
    /// Group: kind 5.
    SackOption,
    /// Group: kind 8.
    TimestampsOption,
    /// Group: a kind that is not read here.
    OtherOption,
    /// Which option it is.
    OptionKind,
    /// Its octets, kind and length included.
    OptionLength,
    /// The largest segment that the sender takes.
    MaximumSegmentSize,
    /// By how many bits windows are to be shifted.
    ShiftCount,
    /// The first sequence number of a block that has arrived.
    LeftEdge,
    /// The first sequence number after that block.
    RightEdge,
    /// TSval: the sender's clock.
    TimestampValue,
    /// TSecr: what the other end's clock said.
    TimestampEchoReply,
    /// Data of an option that is not read here, or that has not the length it should have.
    OptionData,
    /// What follows the end of options, up to a whole word; or what makes a ClientHello longer (RFC 7685).
    Padding,

    // ------------------------------------------------------------ data
    /// Group: what TCP carries.
    Data,
    /// Group: a line and its end. The line may have begun in an earlier segment.
    Line,
    /// A line without its end.
    LineText,
    /// CRLF, or LF alone.
    LineEnd,
    /// The beginning of a line that goes on in a later segment.
    PartOfLine,

    /// What TLS makes of its octets.
    Tls(TlsField),

    // ------------------------------------------------------------ certificates
    /// A part of a certificate.
    X509(X509Field),

    // ------------------------------------------------------------ what could not be read
    /// What is left of a field that goes on after the end of the frame, or of what it stands in.
    Truncated,
    /// Octets that nothing before them explains: another protocol, a later fragment, or whatever
    /// follows a length that cannot be.
    Unknown,
    /// Octets after the end of the packet.
    Surplus,
}

/// What a note says of its octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing: its parts speak.
    None,
    /// A number.
    Number(u64),
    /// A number to be shown in hexadecimal, with this many digits.
    Hex(u64, u8),
    /// A number that the standards have a name for, with its digits in hexadecimal.
    Named(u16, u8, &'static str),
    /// A length in words of four octets.
    Words(u8),
    /// An IPv4 address.
    Address([u8; 4]),
    /// Control bits.
    Flags(TcpFlags),
    /// The octets speak for themselves.
    Octets,
    /// The octets are no text: keys, signatures, what is encrypted.
    Opaque,
    /// What is said in a certificate only.
    X509(X509Value),
    /// A checksum.
    Checksum {
        /// What stands in the frame.
        said: u16,
        /// What should stand there, if all that it covers is there. The same as `said` if that is right.
        computed: Option<u16>,
    },
}

/// The control bits of a segment (RFC 9293 section 3.1, RFC 3168 for ECE and CWR).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TcpFlags(u8);

#[allow(missing_docs)] // The names are those of the RFCs.
impl TcpFlags {
    pub const FIN: TcpFlags = TcpFlags(0x01);
    pub const SYN: TcpFlags = TcpFlags(0x02);
    pub const RST: TcpFlags = TcpFlags(0x04);
    pub const PSH: TcpFlags = TcpFlags(0x08);
    pub const ACK: TcpFlags = TcpFlags(0x10);
    pub const URG: TcpFlags = TcpFlags(0x20);
    pub const ECE: TcpFlags = TcpFlags(0x40);
    pub const CWR: TcpFlags = TcpFlags(0x80);
}

/// The names, those first that tell most about a segment.
const NAMES: [(TcpFlags, &str); 8] = [
    (TcpFlags::SYN, "SYN"),
    (TcpFlags::ACK, "ACK"),
    (TcpFlags::FIN, "FIN"),
    (TcpFlags::RST, "RST"),
    (TcpFlags::PSH, "PSH"),
    (TcpFlags::URG, "URG"),
    (TcpFlags::ECE, "ECE"),
    (TcpFlags::CWR, "CWR"),
];

impl TcpFlags {
    /// The bits as they stand in the header.
    pub fn from_bits(bits: u8) -> TcpFlags {
        TcpFlags(bits)
    }

    /// Whether all of these are set.
    pub fn contains(self, flags: TcpFlags) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// The names of those that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().filter(move |(flag, _)| self.contains(*flag)).map(|(_, name)| name)
    }
}

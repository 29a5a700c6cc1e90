//! What the octets of a certificate can be, and what they can say there. No words but the standard's.

use super::oid;
use crate::dissect::Value;

/// What octets of a certificate are for (RFC 5280 section 4.1). All but the last few are groups: an
/// element of DER with its tag, its length and its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum X509Field {
    /// All of it.
    Certificate,
    /// What is signed.
    TbsCertificate,
    /// The version, in the wrapper that marks it.
    Version,
    /// The version: 2 is v3.
    VersionNumber,
    /// Tells apart what one issuer has issued.
    SerialNumber,
    /// How it is signed; stands twice, inside what is signed and before the signature.
    SignatureAlgorithm,
    /// How the key that is in it is used.
    KeyAlgorithm,
    /// Which algorithm.
    Algorithm,
    /// What the algorithm wants to know besides, such as a curve.
    Parameters,
    /// The name of who signed it.
    Issuer,
    /// The name of who holds the key.
    Subject,
    /// A step of a name.
    RelativeName,
    /// A part of such a step: what it is, and what it says.
    Attribute,
    /// What that part is.
    AttributeType,
    /// What that part says.
    AttributeValue,
    /// From when until when.
    Validity,
    /// The first second of it.
    NotBefore,
    /// The last second of it.
    NotAfter,
    /// The key, and what kind of key it is.
    PublicKeyInfo,
    /// The key.
    PublicKey,
    /// Issuer or subject by a number: of v2, and of no use.
    UniqueIdentifier,
    /// The extensions, in the wrapper that marks them.
    Extensions,
    /// The extensions.
    ExtensionList,
    /// An extension.
    Extension,
    /// Which extension.
    ExtensionId,
    /// Whether who does not know it must refuse the certificate.
    Critical,
    /// What the extension says, wrapped.
    ExtensionValue,
    /// Which key of the issuer signed it.
    AuthorityKeyIdentifier,
    /// Which key of the subject is in it.
    SubjectKeyIdentifier,
    /// A short name of a key.
    KeyIdentifier,
    /// For what the key may be used.
    KeyUsage,
    /// For which purposes it may be used.
    ExtendedKeyUsage,
    /// One of these purposes.
    Purpose,
    /// Whether the subject may issue certificates.
    BasicConstraints,
    /// That it may.
    Authority,
    /// How many authorities may follow it.
    PathLength,
    /// Whom it is for.
    SubjectAltNames,
    /// A person by a mail address.
    Mailbox,
    /// A host by its name.
    DnsName,
    /// A host by its address.
    IpAddress,
    /// Something else: an element that is not looked into.
    Element,
    /// The signature.
    Signature,
    /// The two numbers of an ECDSA signature (RFC 3279 section 2.2.3).
    EcdsaSignature,
    /// The first of them.
    SignatureR,
    /// The second of them.
    SignatureS,

    // ------------------------------------------------------------ leaves
    /// What type of element it is.
    Tag,
    /// How many octets its contents are.
    Length,
    /// What it says.
    Contents,
    /// How many bits of the last octet do not count.
    UnusedBits,
    /// How a point of a curve is written: 4 is in full (SEC 1 section 2.3.3).
    PointForm,
    /// The first coordinate of a public key.
    PointX,
    /// The second coordinate of a public key.
    PointY,
}

/// What octets of a certificate say, where a number would not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum X509Value {
    /// The tag of an element; [`X509Value::name`] has its name.
    Type(u8),
    /// An object identifier, by its name if that is known; [`oid::dotted`] writes its octets.
    Object(Option<&'static str>),
    /// A time, in seconds since 1970.
    Time(i64),
    /// The bits of a key usage, the first of them the lowest; [`X509Value::usages`] has their names.
    KeyUsage(u16),
    /// Octets that are no text.
    Binary,
}

/// The names of tags, as X.680 writes them.
const TYPES: [(u8, &str); 15] = [
    (0x01, "BOOLEAN"),
    (0x02, "INTEGER"),
    (0x03, "BIT STRING"),
    (0x04, "OCTET STRING"),
    (0x05, "NULL"),
    (0x06, "OBJECT IDENTIFIER"),
    (0x0c, "UTF8String"),
    (0x13, "PrintableString"),
    (0x14, "TeletexString"),
    (0x16, "IA5String"),
    (0x17, "UTCTime"),
    (0x18, "GeneralizedTime"),
    (0x1e, "BMPString"),
    (0x30, "SEQUENCE"),
    (0x31, "SET"),
];

/// The names of the bits of a key usage (RFC 5280 section 4.2.1.3), the lowest first.
const USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

impl X509Value {
    /// What an object identifier says.
    pub(in crate::dissect) fn object(octets: &[u8]) -> Value {
        X509Value::Object(oid::name(octets)).into()
    }

    /// What the bits of a key usage say; the first of them is the highest of the first octet.
    pub(super) fn usage(octets: &[u8]) -> u16 {
        let bit = |octet: Option<&u8>| octet.map_or(0, |octet| u16::from(octet.reverse_bits()));
        bit(octets.first()) | bit(octets.get(1)) << 8
    }

    /// The name of a tag: of a type, or `[2]` where the standard that uses it says what it means.
    pub fn name(tag: u8) -> String {
        let known = TYPES.iter().find(|(of, _)| *of == tag);
        known.map_or_else(|| format!("[{}]", tag & 0x1f), |(_, name)| (*name).to_owned())
    }

    /// The names of the bits of a key usage that are set.
    pub fn usages(bits: u16) -> impl Iterator<Item = &'static str> {
        USAGES.into_iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, name)| name)
    }
}

//! What the fields of a certificate are called, and what their values look like.

use crate::dissect::{X509Field, X509Value, oid};
use crate::i18n::{Id, id};
use crate::time::date::Date;

/// The name of a field.
pub fn name(field: X509Field) -> Id {
    match field {
        X509Field::Certificate => id::X509_CERTIFICATE,
        X509Field::TbsCertificate => id::X509_TBS_CERTIFICATE,
        X509Field::Version => id::X509_VERSION,
        X509Field::VersionNumber => id::X509_VERSION_NUMBER,
        X509Field::SerialNumber => id::X509_SERIAL_NUMBER,
        X509Field::SignatureAlgorithm => id::X509_SIGNATURE_ALGORITHM,
        X509Field::KeyAlgorithm => id::X509_KEY_ALGORITHM,
        X509Field::Algorithm => id::X509_ALGORITHM,
        X509Field::Parameters => id::X509_PARAMETERS,
        X509Field::Issuer => id::X509_ISSUER,
        X509Field::Subject => id::X509_SUBJECT,
        X509Field::RelativeName => id::X509_RELATIVE_NAME,
        X509Field::Attribute => id::X509_ATTRIBUTE,
        X509Field::AttributeType => id::X509_ATTRIBUTE_TYPE,
        X509Field::AttributeValue => id::X509_ATTRIBUTE_VALUE,
        X509Field::Validity => id::X509_VALIDITY,
        X509Field::NotBefore => id::X509_NOT_BEFORE,
        X509Field::NotAfter => id::X509_NOT_AFTER,
        X509Field::PublicKeyInfo => id::X509_PUBLIC_KEY_INFO,
        X509Field::PublicKey => id::X509_PUBLIC_KEY,
        X509Field::UniqueIdentifier => id::X509_UNIQUE_IDENTIFIER,
        X509Field::Extensions => id::X509_EXTENSIONS,
        X509Field::ExtensionList => id::X509_EXTENSION_LIST,
        X509Field::Extension => id::X509_EXTENSION,
        X509Field::ExtensionId => id::X509_EXTENSION_ID,
        X509Field::Critical => id::X509_CRITICAL,
        X509Field::ExtensionValue => id::X509_EXTENSION_VALUE,
        X509Field::AuthorityKeyIdentifier => id::X509_AUTHORITY_KEY_IDENTIFIER,
        X509Field::SubjectKeyIdentifier => id::X509_SUBJECT_KEY_IDENTIFIER,
        X509Field::KeyIdentifier => id::X509_KEY_IDENTIFIER,
        X509Field::KeyUsage => id::X509_KEY_USAGE,
        X509Field::ExtendedKeyUsage => id::X509_EXTENDED_KEY_USAGE,
        X509Field::Purpose => id::X509_PURPOSE,
        X509Field::BasicConstraints => id::X509_BASIC_CONSTRAINTS,
        X509Field::Authority => id::X509_AUTHORITY,
        X509Field::PathLength => id::X509_PATH_LENGTH,
        X509Field::SubjectAltNames => id::X509_SUBJECT_ALT_NAMES,
        X509Field::Mailbox => id::X509_MAILBOX,
        X509Field::DnsName => id::X509_DNS_NAME,
        X509Field::IpAddress => id::X509_IP_ADDRESS,
        X509Field::Element => id::X509_ELEMENT,
        X509Field::Signature => id::X509_SIGNATURE,
        X509Field::EcdsaSignature => id::X509_ECDSA_SIGNATURE,
        X509Field::SignatureR => id::X509_SIGNATURE_R,
        X509Field::SignatureS => id::X509_SIGNATURE_S,
        X509Field::Tag => id::X509_TAG,
        X509Field::Length => id::X509_LENGTH,
        X509Field::Contents => id::X509_CONTENTS,
        X509Field::UnusedBits => id::X509_UNUSED_BITS,
        X509Field::PointForm => id::X509_POINT_FORM,
        X509Field::PointX => id::X509_POINT_X,
        X509Field::PointY => id::X509_POINT_Y,
    }
}

/// What a field says, whose octets these are.
pub fn value(value: X509Value, octets: &[u8]) -> String {
    match value {
        X509Value::Type(tag) => X509Value::name(tag),
        X509Value::Object(Some(name)) => format!("{name} ({})", oid::dotted(octets)),
        X509Value::Object(None) => oid::dotted(octets),
        X509Value::Time(seconds) => Date::from_unix(seconds).to_string(),
        X509Value::KeyUsage(bits) => X509Value::usages(bits).collect::<Vec<_>>().join(", "),
        X509Value::Binary => super::binary(octets),
    }
}

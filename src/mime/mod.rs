//! What the octets of a message mean to a person: its parts, their encodings, their text.
//!
//! ```text
//!   octets ──▶ Part (a tree) ──▶ Letter: who, when, the text as plain and as HTML, attachments, flaws
//!                 │ fields, transfer encodings          │ encoded words, charsets by the Decoder
//! ```
//!
//! Every input has a meaning, however broken: what cannot be read is left out or stays as it is, and a
//! [`Flaw`] says so. Time is linear in the octets, and depth and count of parts have a limit. It knows no
//! charset but UTF-8 (the others are for the [`Decoder`]), and HTML is only ever turned into text.

pub mod encoded_word;
pub mod html;
pub mod letter;
pub mod parameters;
pub mod part;
pub mod transfer;

pub use letter::{Attachment, Letter};
pub use part::Part;

/// Turns octets in a charset into text; none if it does not know the charset.
pub type Decoder<'a> = &'a dyn Fn(&str, &[u8]) -> Option<String>;

/// Something in a message that could not be read as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Base64 with letters that are none, or with an end that is missing.
    Base64,
    /// Quoted-printable with a `=` that nothing readable follows.
    QuotedPrintable,
    /// A transfer encoding that RFC 2045 does not have.
    Encoding(String),
    /// A charset that the decoder does not know.
    Charset(String),
    /// Octets that are no text in the charset that was named.
    Text,
    /// Parts whose boundary is not named, or not there, or never closed.
    Boundary,
    /// More parts, or parts more deeply within each other, than are read here.
    Limit,
}

//! Phrases that several answers share.

/// "1 message", "2 messages".
pub(super) fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// How many messages and how many octets, as RFC 1939 says it in its examples.
pub(super) fn drop_listing(messages: usize, octets: u64) -> String {
    format!("{} ({})", count(messages as u64, "message"), count(octets, "octet"))
}

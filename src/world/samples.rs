//! The sample mail of the demonstration account (see mail/README.md).

use crate::mail::Message;

/// The files, in the order in which they are numbered.
const SAMPLES: &[&[u8]] = &[
    include_bytes!("../../mail/01-welcome.eml"),
    include_bytes!("../../mail/02-agenda.eml"),
    include_bytes!("../../mail/03-iso-2022-jp.eml"),
    include_bytes!("../../mail/04-utf-8-ja.eml"),
    include_bytes!("../../mail/05-dots.eml"),
    include_bytes!("../../mail/06-newsletter.eml"),
    include_bytes!("../../mail/07-big.eml"),
    include_bytes!("../../mail/08-no-newline.eml"),
];

/// The sample messages, the oldest first.
pub fn messages() -> Vec<Message> {
    SAMPLES.iter().map(|octets| Message::new(octets)).collect()
}

/// A message that means harm and must be shown, not obeyed. It is not in any mailbox at first.
pub fn hostile() -> Message {
    let mut octets = include_bytes!("../../mail/hostile.eml").to_vec();
    octets.extend([b'a'; 100_000]);
    octets.extend_from_slice(b"\r\n--=_tarts--\r\n");
    Message::new(&octets)
}

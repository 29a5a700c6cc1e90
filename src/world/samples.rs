//! The sample mail of the demonstration account (see mail/README.md).

use super::minutes;
use crate::mail::Message;
use std::sync::LazyLock;

/// The files, in the order in which they are numbered, but the long one.
const SAMPLES: &[&[u8]] = &[
    include_bytes!("../../mail/01-welcome.eml"),
    include_bytes!("../../mail/02-agenda.eml"),
    include_bytes!("../../mail/03-iso-2022-jp.eml"),
    include_bytes!("../../mail/04-utf-8-ja.eml"),
    include_bytes!("../../mail/05-dots.eml"),
    include_bytes!("../../mail/06-newsletter.eml"),
    include_bytes!("../../mail/08-no-newline.eml"),
];

/// The sample messages, the oldest first.
pub fn messages() -> Vec<Message> {
    // Made once: a comparison asks for them four times.
    static MESSAGES: LazyLock<Vec<Message>> = LazyLock::new(|| {
        let mut messages: Vec<Message> = SAMPLES.iter().map(|octets| Message::new(octets)).collect();
        messages.insert(6, Message::new(minutes::letter().as_bytes()));
        messages
    });
    MESSAGES.clone()
}

/// A short letter that can be delivered at any time.
pub fn note() -> Message {
    Message::new(
        b"From: Bob <bob@pop3lab.example>\r\nTo: alice@pop3lab.example\r\nSubject: Are you still connected?\r\n\
        Date: Mon, 02 Nov 2026 09:30:00 +0000\r\n\r\n\
        If so, you will not see this yet.\r\nA session counts its mail when it begins, and keeps counting the same.\r\n\
        Say QUIT and come back.\r\n\r\nBob\r\n",
    )
}

/// One message of 10 MB.
pub fn large() -> Message {
    let line = "The attic holds what the house has forgotten. This line is there to be long.\r\n";
    let mut large =
        String::from("From: The Attic <attic@pop3lab.example>\r\nSubject: Ten megabytes of attic\r\n\r\n");
    large.extend(std::iter::repeat_n(line, 10_000_000 / line.len() + 1));
    Message::new(large.as_bytes())
}

/// The mail of somebody who keeps everything: one message of 10 MB, and 9 999 short ones.
pub fn everything() -> Vec<Message> {
    let short = |number: u32| {
        let mail = format!(
            "From: A Friend <friend@pop3lab.example>\r\nSubject: Card number {number}\r\n\r\nStill here. Still fine.\r\n"
        );
        Message::new(mail.as_bytes())
    };
    [large()].into_iter().chain((2..=10_000).map(short)).collect()
}

/// A message that means harm and must be shown, not obeyed. It is not in any mailbox at first.
pub fn hostile() -> Message {
    let mut octets = include_bytes!("../../mail/hostile.eml").to_vec();
    octets.extend([b'a'; 100_000]);
    octets.extend_from_slice(b"\r\n--=_tarts--\r\n");
    Message::new(&octets)
}

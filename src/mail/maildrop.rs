//! The maildrop as one session sees it: numbers that never shift, and the marks made by DELE.
//!
//! It is a snapshot: mail that arrives later is not in it (RFC 1939 section 4 and 5). A mark lives
//! here and nowhere else, so dropping a maildrop drops its marks.

use super::{Message, Uid};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;

/// A message number: 1 is the first message; 0 cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageNumber(NonZeroU32);

impl MessageNumber {
    /// The number `number`, unless it is 0.
    pub fn new(number: u32) -> Option<MessageNumber> {
        NonZeroU32::new(number).map(MessageNumber)
    }

    /// As a plain integer, from 1.
    pub fn value(self) -> u32 {
        self.0.get()
    }

    /// The number of the entry at `index`, counted from 0.
    fn at(index: usize) -> MessageNumber {
        let number = u32::try_from(index + 1).expect("a maildrop has fewer than 2^32 messages");
        MessageNumber(NonZeroU32::new(number).expect("one more than an index is not zero"))
    }

    fn index(self) -> usize {
        self.value() as usize - 1
    }
}

impl fmt::Display for MessageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a message number names nothing (RFC 1939 section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// The maildrop has fewer messages than that.
    NoSuchMessage,
    /// DELE marked it earlier in this session.
    AlreadyDeleted,
    /// The storage lost it behind the session's back.
    Gone,
}

/// One message of a maildrop.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What UIDL prints.
    pub uid: Uid,
    /// The message itself.
    pub message: Message,
    marked: bool,
    gone: bool,
    retrieved: bool,
}

impl Entry {
    /// An entry that is there and bears no mark.
    pub fn new(uid: Uid, message: Message) -> Entry {
        Entry { uid, message, marked: false, gone: false, retrieved: false }
    }

    /// Whether DELE marked it.
    pub fn is_marked(&self) -> bool {
        self.marked
    }
}

/// A maildrop that a session has opened. Give it back to the store by `commit` or `release`.
#[derive(Debug)]
pub struct Maildrop {
    owner: String,
    entries: Vec<Entry>,
}

impl Maildrop {
    /// The messages of `owner`, numbered from 1 in this order.
    pub fn new(owner: String, entries: Vec<Entry>) -> Maildrop {
        Maildrop { owner, entries }
    }

    /// The mailbox name under which the store knows it.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The message with this number, if it can still be referred to.
    pub fn get(&self, number: MessageNumber) -> Result<&Entry, Missing> {
        let entry = self.entries.get(number.index()).ok_or(Missing::NoSuchMessage)?;
        match entry {
            Entry { marked: true, .. } => Err(Missing::AlreadyDeleted),
            Entry { gone: true, .. } => Err(Missing::Gone),
            _ => Ok(entry),
        }
    }

    /// Marks a message as deleted, as DELE does.
    pub fn mark(&mut self, number: MessageNumber) -> Result<(), Missing> {
        self.get(number)?;
        self.entries[number.index()].marked = true;
        Ok(())
    }

    /// Remembers that a message was fetched by RETR, which matters where mail does not stay after that.
    pub fn note_retrieved(&mut self, number: MessageNumber) {
        if let Some(entry) = self.entries.get_mut(number.index()) {
            entry.retrieved = true;
        }
    }

    /// Rubs out all marks, as RSET does.
    pub fn unmark_all(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.marked = false);
    }

    /// The messages without a mark, with their numbers: what LIST and UIDL show.
    pub fn listing(&self) -> impl Iterator<Item = (MessageNumber, &Entry)> {
        self.numbered().filter(|(_, entry)| !entry.marked)
    }

    /// The marked messages, with their numbers: what UPDATE removes.
    pub fn marked(&self) -> impl Iterator<Item = (MessageNumber, &Entry)> {
        self.numbered().filter(|(_, entry)| entry.marked)
    }

    /// The messages that RETR fetched, with their numbers: what UPDATE may remove under EXPIRE 0.
    pub fn retrieved(&self) -> impl Iterator<Item = (MessageNumber, &Entry)> {
        self.numbered().filter(|(_, entry)| entry.retrieved)
    }

    /// How many messages bear no mark, and their sizes in octets together: the drop listing of STAT.
    pub fn stat(&self) -> (usize, u64) {
        self.listing().fold((0, 0), |(count, octets), (_, entry)| (count + 1, octets + entry.message.size()))
    }

    /// Tells the maildrop that storage has lost the message with this unique-id.
    pub fn lose(&mut self, uid: &Uid) {
        self.entries.iter_mut().filter(|entry| entry.uid == *uid).for_each(|entry| entry.gone = true);
    }

    fn numbered(&self) -> impl Iterator<Item = (MessageNumber, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (MessageNumber::at(index), entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn three() -> Maildrop {
        let entry = |uid: &str| Entry::new(Uid::new(uid).unwrap(), Message::new(b"x\r\n"));
        Maildrop::new("alice".into(), vec![entry("a"), entry("b"), entry("c")])
    }

    fn number(value: u32) -> MessageNumber {
        MessageNumber::new(value).unwrap()
    }

    #[test]
    fn numbers_do_not_shift_when_a_message_is_marked() {
        let mut maildrop = three();
        maildrop.mark(number(1)).unwrap();
        let left: Vec<_> = maildrop.listing().map(|(n, entry)| (n.value(), entry.uid.to_string())).collect();
        assert_eq!(left, [(2, "b".into()), (3, "c".into())]);
        assert_eq!(maildrop.stat(), (2, 6));
    }

    #[test]
    fn a_marked_message_cannot_be_referred_to_until_the_marks_are_rubbed_out() {
        let mut maildrop = three();
        maildrop.mark(number(2)).unwrap();
        assert_eq!(maildrop.mark(number(2)), Err(Missing::AlreadyDeleted));
        maildrop.unmark_all();
        assert!(maildrop.get(number(2)).is_ok());
    }

    #[test]
    fn a_number_past_the_end_names_nothing() {
        assert_eq!(three().get(number(4)).unwrap_err(), Missing::NoSuchMessage);
        assert_eq!(three().get(number(u32::MAX)).unwrap_err(), Missing::NoSuchMessage);
    }
}

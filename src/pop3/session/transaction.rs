//! The commands of the TRANSACTION state (RFC 1939 section 5 and 7): each looks at the maildrop, or
//! marks in it. Nothing is removed here.

use super::super::reply::{count, drop_listing};
use super::body::Body;
use super::{Command, Effect, Output, Refusal, Session, State, Verb};
use crate::mail::{Entry, Maildrop, Mailstore, MessageNumber};

impl Session {
    /// The commands of TRANSACTION.
    pub(super) fn transact(
        &mut self,
        store: &mut impl Mailstore,
        verb: Verb,
        command: Command,
    ) -> Result<(), Refusal> {
        let not_now = self.not_now(verb);
        let State::Transaction(maildrop) = &mut self.state else { return Err(not_now) };
        store.refresh(maildrop);
        let name = maildrop.owner().to_owned();
        match command {
            Command::Stat => {
                let (count, octets) = maildrop.stat();
                self.ok(&format!("{count} {octets}"));
            }
            Command::List(Some(number)) => {
                let size = entry(maildrop, number)?.message.size();
                self.ok(&format!("{number} {size}"));
            }
            Command::List(None) => {
                let (count, octets) = maildrop.stat();
                let lines =
                    maildrop.listing().map(|(number, entry)| format!("{number} {}", entry.message.size()));
                let lines: Vec<_> = lines.collect();
                self.ok(&drop_listing(count, octets));
                self.list(lines);
            }
            Command::Uidl(Some(number)) => {
                let uid = entry(maildrop, number)?.uid.clone();
                self.ok(&format!("{number} {uid}"));
            }
            Command::Uidl(None) => {
                let lines: Vec<_> =
                    maildrop.listing().map(|(number, entry)| format!("{number} {}", entry.uid)).collect();
                self.ok("unique-ids follow");
                self.list(lines);
            }
            Command::Retr(number) => {
                let message = entry(maildrop, number)?.message.clone();
                self.tally.retrieved += 1;
                // Wireshark reads the length of the body from this number.
                self.ok(&format!("{} octets", message.size()));
                let end = message.octets().len();
                self.body = Some(Body { message, at: 0, end });
            }
            Command::Top(number, lines) => {
                let message = entry(maildrop, number)?.message.clone();
                self.tally.looked_at += 1;
                // As for RETR: Wireshark finds an answer to TOP malformed that begins with no number.
                let end = message.top(lines).end;
                let lines = count(lines, "line");
                self.ok(&format!("{end} octets, the header and up to {lines} of the body"));
                self.body = Some(Body { message, at: 0, end });
            }
            Command::Dele(number) => {
                let uid = entry(maildrop, number)?.uid.clone();
                maildrop.mark(number).map_err(|missing| Refusal::NoMessage { number, missing })?;
                self.ok(&format!("message {number} marked, to be removed at QUIT"));
                self.queue.push_back(Output::Effect(Effect::Marked { name, uid }));
            }
            Command::Rset => {
                maildrop.unmark_all();
                let (count, octets) = maildrop.stat();
                self.ok(&format!("no message is marked, the maildrop has {}", drop_listing(count, octets)));
                self.queue.push_back(Output::Effect(Effect::Unmarked { name }));
            }
            _ => self.ok("still here"),
        }
        Ok(())
    }
}

fn entry(maildrop: &Maildrop, number: MessageNumber) -> Result<&Entry, Refusal> {
    maildrop.get(number).map_err(|missing| Refusal::NoMessage { number, missing })
}

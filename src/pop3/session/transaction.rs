//! The commands of the TRANSACTION state (RFC 1939 section 5 and 7): each looks at the maildrop, or
//! marks in it. Nothing is removed here.

use super::super::answer::Answer;
use super::body::Body;
use super::{Command, Effect, Output, Refusal, Session, State, Verb};
use crate::mail::{Entry, Maildrop, Mailstore, Message, MessageNumber};

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
                self.say(Answer::Listing(count, octets));
                self.list(lines);
            }
            Command::Uidl(Some(number)) => {
                let uid = entry(maildrop, number)?.uid.clone();
                self.ok(&format!("{number} {uid}"));
            }
            Command::Uidl(None) => {
                let lines: Vec<_> =
                    maildrop.listing().map(|(number, entry)| format!("{number} {}", entry.uid)).collect();
                self.say(Answer::UniqueIds);
                self.list(lines);
            }
            Command::Retr(number) => {
                let message = readable(maildrop, number, self.utf8)?;
                maildrop.note_retrieved(number);
                self.tally.retrieved += 1;
                self.say(Answer::Octets(message.size()));
                let end = message.octets().len();
                self.body = Some(Body { message, at: 0, end });
            }
            Command::Top(number, lines) => {
                let message = readable(maildrop, number, self.utf8)?;
                self.tally.looked_at += 1;
                let end = message.top(lines).end;
                self.say(Answer::Top(end as u64, lines));
                self.body = Some(Body { message, at: 0, end });
            }
            Command::Dele(number) => {
                let uid = entry(maildrop, number)?.uid.clone();
                maildrop.mark(number).map_err(|missing| Refusal::NoMessage { number, missing })?;
                self.say(Answer::Marked(number));
                self.queue.push_back(Output::Effect(Effect::Marked { name, uid }));
            }
            Command::Rset => {
                maildrop.unmark_all();
                let (count, octets) = maildrop.stat();
                self.say(Answer::Unmarked(count, octets));
                self.queue.push_back(Output::Effect(Effect::Unmarked { name }));
            }
            _ => self.say(Answer::StillHere),
        }
        Ok(())
    }
}

fn entry(maildrop: &Maildrop, number: MessageNumber) -> Result<&Entry, Refusal> {
    maildrop.get(number).map_err(|missing| Refusal::NoMessage { number, missing })
}

/// The message, if it may be sent: RFC 6856 section 5 keeps headers in UTF-8 from whoever did not say UTF8.
fn readable(maildrop: &Maildrop, number: MessageNumber, utf8: bool) -> Result<Message, Refusal> {
    let message = &entry(maildrop, number)?.message;
    if !utf8 && message.has_utf8_header() {
        return Err(Refusal::NeedsUtf8 { number });
    }
    Ok(message.clone())
}

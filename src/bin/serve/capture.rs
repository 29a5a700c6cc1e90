//! `--capture FILE`: what passes, written down as it happens, for the lab to open. It holds passwords and mail, so that
//! nobody but its owner may read it.

use crate::log::Log;
use pop3lab::mail::{Account, Maildrop, Message, Uid};
use pop3lab::recording::What;
use pop3lab::recording::write::{self, Head};
use pop3lab::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// The most octets: the lab opens no larger file.
const LARGEST: usize = 16 * 1024 * 1024;

/// Where what passes is written down.
pub struct Capture {
    path: String,
    kept: Mutex<Kept>,
    log: Arc<Log>,
}

struct Kept {
    /// None when it is full, or could not be written.
    file: Option<File>,
    size: usize,
    /// The accounts that are written down.
    met: BTreeSet<String>,
    /// What was left in each mailbox, by the recording.
    mailboxes: BTreeMap<String, Vec<Uid>>,
}

impl Capture {
    /// Begins a file; what was in it before is gone.
    pub fn begin(path: &str, head: &Head<'_>, log: Arc<Log>) -> Result<Capture, String> {
        let written = create(path).and_then(|mut file| {
            file.write_all(write::head(head).as_bytes())?;
            Ok(file)
        });
        let file = written.map_err(|error| format!("cannot write {path}: {error}."))?;
        let kept = Kept { file: Some(file), size: 0, met: BTreeSet::new(), mailboxes: BTreeMap::new() };
        Ok(Capture { path: path.to_owned(), kept: Mutex::new(kept), log })
    }

    /// Something happened on the connection of this number.
    pub fn event(&self, at: Instant, connection: u64, what: &What) {
        self.with(|_| write::event(at, connection, what));
    }

    /// Somebody asks for this account.
    pub fn meet(&self, account: &Account) {
        self.with(|kept| match kept.met.insert(account.name.clone()) {
            true => write::account(account),
            false => String::new(),
        });
    }

    /// A session has opened this mailbox.
    pub fn opened(&self, at: Instant, connection: u64, maildrop: &Maildrop) {
        let name = maildrop.owner();
        let now: Vec<(&Uid, &Message)> =
            maildrop.listing().map(|(_, entry)| (&entry.uid, &entry.message)).collect();
        self.with(|kept| {
            let uids = now.iter().map(|(uid, _)| (*uid).clone()).collect();
            let Some(before) = kept.mailboxes.insert(name.to_owned(), uids) else {
                return write::mailbox(name, now);
            };
            let (gone, arrived) = changes(&before, &now);
            let gone = gone.into_iter().map(|uid| write::gone(at, connection, name, uid));
            let arrived =
                arrived.iter().map(|(uid, message)| write::arrived(at, connection, name, uid, message));
            gone.chain(arrived).collect()
        });
    }

    /// UPDATE has removed these.
    pub fn removed(&self, name: &str, removed: &[Uid]) {
        self.with(|kept| {
            if let Some(left) = kept.mailboxes.get_mut(name) {
                left.retain(|uid| !removed.contains(uid));
            }
            String::new()
        });
    }

    /// Writes a text. Where that fails no mail is lost, and only the recording ends.
    fn with(&self, text: impl FnOnce(&mut Kept) -> String) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text(&mut kept);
        let full = kept.size + text.len() > LARGEST;
        let Some(file) = &mut kept.file else { return };
        let text = if full { "# It is full: what came then is missing.\n" } else { &text };
        let written = file.write_all(text.as_bytes());
        kept.size += text.len();
        let trouble = match written {
            Err(error) => format!("cannot go on with {}: {error}", self.path),
            Ok(()) if full => format!("{} is full: what comes is not written down", self.path),
            Ok(()) => return,
        };
        kept.file = None;
        self.log.trouble(&trouble);
    }
}

/// What must have gone from a mailbox, and what must have come, between two times that it was opened. Mail comes at the
/// end: where the order is another one, what stands behind it has gone and come again.
fn changes<'m, M>(before: &'m [Uid], now: &'m [(&'m Uid, M)]) -> (Vec<&'m Uid>, &'m [(&'m Uid, M)]) {
    let (mut gone, mut same) = (Vec::new(), 0);
    for uid in before {
        if now.get(same).is_some_and(|(held, _)| *held == uid) {
            same += 1;
        } else {
            gone.push(uid);
        }
    }
    (gone, &now[same..])
}

#[cfg(unix)]
fn create(path: &str) -> io::Result<File> {
    use std::fs::Permissions;
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    // One that was there already has other rights, and a device keeps them.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

#[cfg(not(unix))]
fn create(path: &str) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &str, now: &str) -> (String, String) {
        let uids = |text: &str| -> Vec<Uid> {
            text.split_terminator(' ').map(|uid| Uid::new(uid).unwrap()).collect()
        };
        let (before, now) = (uids(before), uids(now));
        let now: Vec<(&Uid, ())> = now.iter().map(|uid| (uid, ())).collect();
        let (gone, arrived) = changes(&before, &now);
        let text = |uids: Vec<&Uid>| uids.into_iter().map(Uid::as_str).collect::<Vec<_>>().join(" ");
        (text(gone), text(arrived.iter().map(|(uid, ())| *uid).collect()))
    }

    #[test]
    fn a_mailbox_becomes_what_it_is_by_what_went_and_came() {
        for (before, now, gone, arrived) in [
            ("a b c", "a b c", "", ""),
            ("a b c", "a c", "b", ""),
            ("a b", "a b c d", "", "c d"),
            ("a b c", "b d", "a c", "d"),
            ("a b", "c a b", "a b", "c a b"),
            ("a c", "a b c", "c", "b c"),
            ("", "a", "", "a"),
            ("a", "", "a", ""),
        ] {
            assert_eq!(changed(before, now), (gone.into(), arrived.into()), "{before} to {now}");
        }
    }
}

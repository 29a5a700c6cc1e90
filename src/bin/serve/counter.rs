//! Where a session meets the post office. The lock on it is in hand while something is looked up, and let go while files are
//! read or removed: that mailbox is locked for everybody else, and whoever wants another one does not wait for a slow disk.

use crate::capture::Capture;
use crate::post::Post;
use pop3lab::mail::{AccountPolicy, CommitError, Maildrop, Mailstore, OpenError, Proof, Uid};
use pop3lab::sasl::{Accounts, Credentials};
use pop3lab::time::Instant;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// A session's turn at the post office.
pub struct Counter<'s> {
    post: &'s Mutex<Post>,
    /// Held by each UPDATE of files that is under way.
    updates: &'s RwLock<()>,
    /// None only while files are in hand.
    held: Option<MutexGuard<'s, Post>>,
    /// Where what passes is written down, and as which connection's.
    capture: Option<(&'s Capture, u64)>,
}

impl<'s> Counter<'s> {
    /// Waits for its turn.
    pub fn new(
        post: &'s Mutex<Post>,
        updates: &'s RwLock<()>,
        capture: Option<(&'s Capture, u64)>,
    ) -> Counter<'s> {
        Counter { post, updates, held: Some(lock(post)), capture }
    }

    /// Somebody asks for this account.
    fn meet(&self, name: &str) {
        if let Some((capture, _)) = self.capture
            && let Some(account) = self.post().named(name)
        {
            capture.meet(account);
        }
    }

    /// The same, where the name was found by something else.
    fn met<'n>(&self, name: Option<&'n str>) -> Option<&'n str> {
        name.inspect(|name| self.meet(name))
    }

    fn post(&self) -> &Post {
        self.held.as_deref().expect("held but for the time that files take")
    }

    fn post_mut(&mut self) -> &mut Post {
        self.held.as_deref_mut().expect("held but for the time that files take")
    }

    /// Steps aside for as long as this takes.
    fn aside<T>(&mut self, work: impl FnOnce() -> T) -> T {
        self.held = None;
        let done = work();
        self.held = Some(lock(self.post));
        done
    }
}

/// A panic in one session must not shut the others out of their mail.
pub fn lock(post: &Mutex<Post>) -> MutexGuard<'_, Post> {
    post.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Accounts for Counter<'_> {
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        self.meet(name);
        self.post().credentials(name)
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.met(self.post().of_token(token))
    }

    fn of_certificate(&self, identity: &str) -> Option<&str> {
        self.met(self.post().of_certificate(identity))
    }
}

impl Mailstore for Counter<'_> {
    fn open(&mut self, name: &str, proof: &Proof<'_>, now: Instant) -> Result<Maildrop, OpenError> {
        self.meet(name);
        let (maildrop, folder) = self.post_mut().admit(name, proof, now)?;
        let maildrop = match folder {
            None => maildrop,
            Some(folder) => {
                let read = self.aside(|| folder.read());
                self.post_mut().give(maildrop, read)?
            }
        };
        if let Some((capture, number)) = self.capture {
            capture.opened(now, number, &maildrop);
        }
        Ok(maildrop)
    }

    fn commit(&mut self, maildrop: Maildrop) -> Result<Vec<Uid>, CommitError> {
        let name = maildrop.owner().to_owned();
        let done = match self.post_mut().update(maildrop) {
            Ok(update) => {
                let updates = self.updates;
                let removed = self.aside(|| {
                    // Whoever stops the server waits for this, and lets no other begin.
                    let _under_way = updates.read();
                    update.folder.remove(&update.read, &update.doomed)
                });
                self.post_mut().finish(update, removed)
            }
            Err(done) => done,
        };
        if let (Some((capture, _)), Ok(removed)) = (self.capture, &done) {
            capture.removed(&name, removed);
        }
        done
    }

    fn release(&mut self, maildrop: Maildrop) {
        self.post_mut().close(maildrop);
    }

    fn refresh(&self, maildrop: &mut Maildrop) {
        self.post().refresh(maildrop);
    }

    fn policy(&self, name: &str) -> AccountPolicy {
        self.post().policy(name)
    }

    fn policies(&self) -> Vec<AccountPolicy> {
        self.post().policies()
    }
}

//! The post office: a [`Store`] for each account, so that one can be put back to its beginning while
//! sessions go on in the others. It knows no socket and no clock.
//!
//! Where mail is in a folder, the store keeps the lock and judges the login, and the messages are read from
//! the files for each session.

use crate::feature::Terms;
use crate::folder::{Folder, Read};
use crate::log::Log;
use pop3lab::mail::{Account, AccountPolicy, CommitError, Entry, Fault, Lockout, Maildrop, Mailstore};
use pop3lab::mail::{Message, OpenError, Proof, Store, Uid};
use pop3lab::sasl::{Accounts, Credentials};
use pop3lab::time::Instant;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Every mailbox, and what it held at the beginning.
pub struct Post {
    /// By the key that the fixtures give them.
    accounts: BTreeMap<String, Account>,
    /// Every maildrop that can be delivered from, by its name.
    maildrops: BTreeMap<String, Vec<Message>>,
    /// By the name that USER gives.
    mailboxes: BTreeMap<String, Mailbox>,
    /// Answers for names that nobody has.
    nobody: Store,
    fault: Option<Fault>,
    lockout: Option<Lockout>,
    /// What the salts of all stores follow from.
    salts: u64,
    /// Goes into the unique-ids of the next store.
    seed: u64,
    log: Arc<Log>,
}

struct Mailbox {
    store: Store,
    /// Where its mail is, if not in the store.
    folder: Option<Arc<Folder>>,
    /// A session holds the lock.
    open: bool,
    /// What that session was given of the folder.
    read: Option<Read>,
}

impl Post {
    /// Everything as the terms say; `seed` goes into the unique-ids and the salts.
    pub fn new(
        terms: &Terms,
        maildrops: BTreeMap<String, Vec<Message>>,
        folders: Vec<(String, Folder)>,
        seed: u64,
        log: Arc<Log>,
    ) -> Post {
        let mut nobody = Store::new(&[], seed);
        (nobody.fault, nobody.lockout) = (terms.fault, terms.config.lockout);
        let mut post = Post {
            accounts: terms.accounts.clone(),
            maildrops,
            mailboxes: BTreeMap::new(),
            nobody,
            fault: terms.fault,
            lockout: terms.config.lockout,
            salts: seed,
            seed,
            log,
        };
        terms.accounts.values().for_each(|account| post.place(account));
        for (name, folder) in folders {
            if let Some(mailbox) = post.mailboxes.get_mut(&name) {
                mailbox.folder = Some(Arc::new(folder));
            }
        }
        post
    }

    /// The account that the fixtures call `key`.
    pub fn account(&self, key: &str) -> Option<&Account> {
        self.accounts.get(key)
    }

    /// The account of this name.
    pub fn named(&self, name: &str) -> Option<&Account> {
        self.accounts.values().find(|account| account.name == name)
    }

    /// Every account's key.
    pub fn keys(&self) -> Vec<String> {
        self.accounts.keys().cloned().collect()
    }

    /// The message of the fixtures written `maildrop:index`, counted from 1.
    pub fn message(&self, reference: &str) -> Option<&Message> {
        let (maildrop, index) = reference.split_once(':')?;
        let index = index.parse::<usize>().ok()?.checked_sub(1)?;
        self.maildrops.get(maildrop)?.get(index)
    }

    /// Whether a session has this mailbox open.
    pub fn is_open(&self, name: &str) -> bool {
        self.mailboxes.get(name).is_some_and(|mailbox| mailbox.open)
    }

    /// Puts a mailbox in the place of what was there under its name. New unique-ids: the old ones
    /// named messages that are gone. No session may have it open, or its lock would be forgotten.
    pub fn place(&mut self, account: &Account) {
        self.seed = self.seed.wrapping_add(1);
        let mut store = Store::salted(std::slice::from_ref(account), self.seed, self.salts);
        (store.fault, store.lockout) = (self.fault, self.lockout);
        let folder = self.mailboxes.remove(&account.name).and_then(|mailbox| mailbox.folder);
        self.mailboxes.insert(account.name.clone(), Mailbox { store, folder, open: false, read: None });
    }

    /// Puts new mail into a mailbox; none if there is no such mailbox, or it is not ours to put into.
    pub fn deliver(&mut self, name: &str, message: Message) -> Option<Uid> {
        self.mailboxes.get_mut(name).filter(|mailbox| mailbox.folder.is_none())?.store.deliver(name, message)
    }

    /// Loses the message at `index`, counted from 1, as broken storage would; none if it is not there.
    pub fn expunge(&mut self, name: &str, index: usize) -> Option<Uid> {
        let store = &mut self.mailboxes.get_mut(name)?.store;
        let uid = store.mailboxes().next()?.1.get(index.checked_sub(1)?)?.0.clone();
        store.expunge(name, &uid);
        Some(uid)
    }

    fn holder(&mut self, maildrop: &Maildrop) -> &mut Mailbox {
        let mailbox = self.mailboxes.get_mut(maildrop.owner());
        mailbox.expect("a maildrop comes from a mailbox that stays")
    }
}

impl Accounts for Post {
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        self.mailboxes.get(name)?.store.credentials(name)
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.mailboxes.values().find_map(|mailbox| mailbox.store.of_token(token))
    }

    fn of_certificate(&self, identity: &str) -> Option<&str> {
        self.mailboxes.values().find_map(|mailbox| mailbox.store.of_certificate(identity))
    }
}

/// A mailbox in files whose session has come to UPDATE: it stays locked until [`Post::finish`].
pub struct Update {
    maildrop: Maildrop,
    pub folder: Arc<Folder>,
    pub read: Read,
    /// What is to be removed.
    pub doomed: Vec<Uid>,
}

impl Post {
    /// Opens and locks a mailbox. If its mail is in files they are still to be read, and [`Post::give`] has the maildrop.
    pub fn admit(
        &mut self,
        name: &str,
        proof: &Proof<'_>,
        now: Instant,
    ) -> Result<(Maildrop, Option<Arc<Folder>>), OpenError> {
        let Some(mailbox) = self.mailboxes.get_mut(name) else {
            return self.nobody.open(name, proof, now).map(|maildrop| (maildrop, None));
        };
        let maildrop = mailbox.store.open(name, proof, now)?;
        mailbox.open = true;
        Ok((maildrop, mailbox.folder.clone()))
    }

    /// A maildrop with what was read; if that failed the mailbox is closed again.
    pub fn give(&mut self, maildrop: Maildrop, read: io::Result<Read>) -> Result<Maildrop, OpenError> {
        let name = maildrop.owner().to_owned();
        match read {
            Ok(read) => {
                let entries = read.messages.iter();
                let entries =
                    entries.map(|(uid, message)| Entry::new(uid.clone(), message.clone())).collect();
                self.holder(&maildrop).read = Some(read);
                Ok(Maildrop::new(name, entries))
            }
            Err(error) => {
                self.log.trouble(&format!("cannot read the mailbox of {name}: {error}"));
                self.close(maildrop);
                Err(OpenError::TemporaryFailure)
            }
        }
    }

    /// UPDATE: where mail is in files, what is to be done to them; otherwise it is done.
    pub fn update(&mut self, maildrop: Maildrop) -> Result<Update, Result<Vec<Uid>, CommitError>> {
        let fails = self.fault == Some(Fault::UpdateFails);
        let mailbox = self.holder(&maildrop);
        let (Some(folder), Some(read)) = (mailbox.folder.clone(), mailbox.read.take()) else {
            mailbox.open = false;
            return Err(mailbox.store.commit(maildrop));
        };
        if fails {
            self.close(maildrop);
            return Err(Err(CommitError));
        }
        let fetched_goes = mailbox.store.policy(maildrop.owner()).expire == Some(0);
        let fetched = maildrop.retrieved().filter(|_| fetched_goes);
        let mut doomed: Vec<Uid> =
            maildrop.marked().chain(fetched).map(|(_, entry)| entry.uid.clone()).collect();
        doomed.sort();
        doomed.dedup();
        Ok(Update { maildrop, folder, read, doomed })
    }

    /// The files were removed, or not: the mailbox is closed.
    pub fn finish(&mut self, update: Update, removed: io::Result<()>) -> Result<Vec<Uid>, CommitError> {
        let removed = removed.map_err(|error| {
            self.log.trouble(&format!("cannot remove mail of {}: {error}", update.maildrop.owner()));
            CommitError
        });
        self.close(update.maildrop);
        removed.map(|()| update.doomed)
    }

    /// Closes a mailbox without an UPDATE.
    pub fn close(&mut self, maildrop: Maildrop) {
        let mailbox = self.holder(&maildrop);
        (mailbox.open, mailbox.read) = (false, None);
        mailbox.store.release(maildrop);
    }

    /// Tells an open maildrop what has been lost.
    pub fn refresh(&self, maildrop: &mut Maildrop) {
        if let Some(mailbox) = self.mailboxes.get(maildrop.owner()) {
            mailbox.store.refresh(maildrop);
        }
    }

    /// The policy of one mailbox.
    pub fn policy(&self, name: &str) -> AccountPolicy {
        self.mailboxes.get(name).map(|mailbox| mailbox.store.policy(name)).unwrap_or_default()
    }

    /// The policies of all.
    pub fn policies(&self) -> Vec<AccountPolicy> {
        self.mailboxes.values().flat_map(|mailbox| mailbox.store.policies()).collect()
    }
}

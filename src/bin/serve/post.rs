//! The post office: a [`Store`] for each account, so that one can be put back to its beginning while
//! sessions go on in the others. It knows no socket and no clock.

use crate::fixtures::Fixtures;
use pop3lab::mail::{Account, AccountPolicy, CommitError, Fault, Maildrop, Mailstore, Message, OpenError};
use pop3lab::mail::{Proof, Store, Uid};
use pop3lab::sasl::{Accounts, Credentials};
use pop3lab::time::Instant;
use std::collections::BTreeMap;

/// Every mailbox, and what it held at the beginning.
pub struct Post {
    fixtures: Fixtures,
    /// By the name that USER gives.
    mailboxes: BTreeMap<String, Mailbox>,
    /// Answers for names that nobody has.
    nobody: Store,
    fault: Option<Fault>,
    /// Goes into the unique-ids of the next store.
    seed: u64,
}

struct Mailbox {
    store: Store,
    /// A session holds the lock.
    open: bool,
}

impl Post {
    /// Everything as the fixtures say; `seed` goes into the unique-ids.
    pub fn new(fixtures: Fixtures, seed: u64) -> Post {
        let accounts: Vec<Account> = fixtures.accounts.values().cloned().collect();
        let (mailboxes, nobody) = (BTreeMap::new(), Store::new(&[], 0));
        let mut post = Post { fixtures, mailboxes, nobody, fault: None, seed };
        accounts.iter().for_each(|account| post.place(account));
        post
    }

    /// The account that the fixtures call `key`.
    pub fn account(&self, key: &str) -> Option<&Account> {
        self.fixtures.accounts.get(key)
    }

    /// The message of the fixtures written `maildrop:index`, counted from 1.
    pub fn message(&self, reference: &str) -> Option<&Message> {
        let (maildrop, index) = reference.split_once(':')?;
        let index = index.parse::<usize>().ok()?.checked_sub(1)?;
        self.fixtures.maildrops.get(maildrop)?.get(index)
    }

    /// Whether a session has this mailbox open.
    pub fn is_open(&self, name: &str) -> bool {
        self.mailboxes.get(name).is_some_and(|mailbox| mailbox.open)
    }

    /// Puts a mailbox in the place of what was there under its name. New unique-ids: the old ones
    /// named messages that are gone. No session may have it open, or its lock would be forgotten.
    pub fn place(&mut self, account: &Account) {
        self.seed = self.seed.wrapping_add(1);
        let mut store = Store::new(std::slice::from_ref(account), self.seed);
        store.fault = self.fault;
        self.mailboxes.insert(account.name.clone(), Mailbox { store, open: false });
    }

    /// Puts new mail into a mailbox; none if there is no such mailbox.
    pub fn deliver(&mut self, name: &str, message: Message) -> Option<Uid> {
        self.mailboxes.get_mut(name)?.store.deliver(name, message)
    }

    /// Loses the message at `index`, counted from 1, as broken storage would; none if it is not there.
    pub fn expunge(&mut self, name: &str, index: usize) -> Option<Uid> {
        let store = &mut self.mailboxes.get_mut(name)?.store;
        let uid = store.mailboxes().next()?.1.get(index.checked_sub(1)?)?.0.clone();
        store.expunge(name, &uid);
        Some(uid)
    }

    /// Breaks something in every mailbox, or mends it.
    pub fn set_fault(&mut self, fault: Option<Fault>) {
        self.fault = fault;
        self.nobody.fault = fault;
        self.mailboxes.values_mut().for_each(|mailbox| mailbox.store.fault = fault);
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

impl Mailstore for Post {
    fn open(&mut self, name: &str, proof: &Proof<'_>, now: Instant) -> Result<Maildrop, OpenError> {
        let Some(mailbox) = self.mailboxes.get_mut(name) else { return self.nobody.open(name, proof, now) };
        let maildrop = mailbox.store.open(name, proof, now)?;
        mailbox.open = true;
        Ok(maildrop)
    }

    fn commit(&mut self, maildrop: Maildrop) -> Result<Vec<Uid>, CommitError> {
        let mailbox = self.holder(&maildrop);
        mailbox.open = false;
        mailbox.store.commit(maildrop)
    }

    fn release(&mut self, maildrop: Maildrop) {
        let mailbox = self.holder(&maildrop);
        mailbox.open = false;
        mailbox.store.release(maildrop);
    }

    fn refresh(&self, maildrop: &mut Maildrop) {
        if let Some(mailbox) = self.mailboxes.get(maildrop.owner()) {
            mailbox.store.refresh(maildrop);
        }
    }

    fn policy(&self, name: &str) -> AccountPolicy {
        self.mailboxes.get(name).map(|mailbox| mailbox.store.policy(name)).unwrap_or_default()
    }

    fn policies(&self) -> Vec<AccountPolicy> {
        self.mailboxes.values().flat_map(|mailbox| mailbox.store.policies()).collect()
    }
}

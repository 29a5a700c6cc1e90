//! The store: every mailbox of the server, with its exclusive lock.
//!
//! A message leaves a mailbox in one place only, [`Store::commit`], and only if its maildrop bears a
//! mark, or was fetched where the mailbox says EXPIRE 0. Everything else adds or looks.

use super::guessing::{Guesses, Lockout};
use super::{Entry, Maildrop, Message, Uid};
use crate::sasl::{Access, Accounts, Credentials};
use crate::sorted::{Map, Set};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a session needs of the place where mail is kept, and of who may open it.
pub trait Mailstore: Accounts {
    /// Opens and locks the mailbox `name` if `proof` holds, as a snapshot of what is in it now.
    fn open(&mut self, name: &str, proof: &Proof<'_>, now: Instant) -> Result<Maildrop, OpenError>;
    /// UPDATE: removes what is marked and releases the lock; the lock goes even if removing fails.
    fn commit(&mut self, maildrop: Maildrop) -> Result<Vec<Uid>, CommitError>;
    /// Releases the lock and removes nothing.
    fn release(&mut self, maildrop: Maildrop);
    /// Tells an open maildrop what storage has lost since it was opened.
    fn refresh(&self, maildrop: &mut Maildrop);
    /// The policy of one mailbox, for capabilities after login.
    fn policy(&self, name: &str) -> AccountPolicy;
    /// The policies of all mailboxes, for capabilities before login (RFC 2449 section 6.5 and 6.7).
    fn policies(&self) -> Vec<AccountPolicy>;
}

/// How somebody shows who they are, without the store knowing the method.
pub struct Proof<'a> {
    /// Whether the secret itself crossed the wire, readable by whoever carries the line.
    pub plaintext: bool,
    /// Who shows it: where somebody opens another's mailbox, not that one.
    pub by: &'a str,
    /// Whether what the client sent fits what is kept of the account.
    pub verify: &'a dyn Fn(&Credentials) -> bool,
}

/// Why a mailbox was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenError {
    /// No such mailbox, or the proof does not hold: nobody is told which (RFC 1939 section 13).
    BadCredentials,
    /// Too many wrong proofs for this name: for a while the right one is refused as well, and nobody is told
    /// that it was right.
    LockedOut,
    /// The method shows the secret to the path, and this mailbox does not allow that.
    PlaintextNotAllowed,
    /// Another session holds the lock (RFC 2449 section 8.1.2).
    Locked,
    /// Too soon after the login before (RFC 2449 section 8.1.1).
    LoginDelay {
        /// Whole seconds still to wait.
        seconds: u64,
    },
    /// Something behind the server is down for now (RFC 3206 section 4).
    TemporaryFailure,
    /// Something behind the server is broken and needs a person (RFC 3206 section 4).
    PermanentFailure,
}

/// UPDATE could not remove the marked messages; they are all still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitError;

/// What a site allows and announces for one mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPolicy {
    /// Whether USER and PASS may be used where the path can read them.
    pub plaintext: bool,
    /// Days after which the site may remove mail; none is EXPIRE NEVER. With 0 days UPDATE removes what RETR has
    /// fetched (RFC 2449 section 6.7); nobody removes anything otherwise, however long time goes on.
    pub expire: Option<u32>,
    /// Seconds that must lie between two logins.
    pub login_delay: u32,
}

impl Default for AccountPolicy {
    fn default() -> AccountPolicy {
        AccountPolicy { plaintext: true, expire: None, login_delay: 0 }
    }
}

/// One mailbox as a setup names it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name that USER gives.
    pub name: String,
    /// The secret that PASS sends and APOP proves.
    pub password: String,
    /// What is in it at the beginning, the oldest first.
    pub messages: Vec<Message>,
    /// What the site allows it.
    pub policy: AccountPolicy,
    /// What it may do beside, and whether the password is kept.
    pub access: Access,
}

/// Something that goes wrong behind the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// UPDATE cannot remove messages.
    UpdateFails,
    /// Logins meet a passing outage.
    TemporaryFailure,
    /// Logins meet a broken mailbox.
    PermanentFailure,
}

/// All mailboxes of a server.
#[derive(Debug)]
pub struct Store {
    mailboxes: Map<String, Mailbox>,
    /// What is held against a proof for a name that nobody has.
    nobody: Credentials,
    guesses: Guesses,
    /// What goes wrong, if anything.
    pub fault: Option<Fault>,
    /// After how many wrong proofs a name is closed, and for how long; none is never.
    pub lockout: Option<Lockout>,
}

#[derive(Debug)]
struct Mailbox {
    credentials: Credentials,
    policy: AccountPolicy,
    messages: Vec<(Uid, Message)>,
    /// What the storage has lost: a session under way is told at its next command.
    lost: Vec<Uid>,
    /// Counts deliveries and never goes back, so that no unique-id is used twice.
    delivered: u32,
    /// Tells the unique-ids of one mailbox from those of another.
    validity: u32,
    locked: bool,
    last_login: Option<Instant>,
}

impl Mailbox {
    fn deliver(&mut self, message: Message) -> Uid {
        self.delivered += 1;
        let uid = Uid::new(&format!("{:08x}.{:04}", self.validity, self.delivered));
        let uid = uid.expect("hexadecimal and decimal digits and a dot");
        self.messages.push((uid.clone(), message));
        uid
    }
}

impl Store {
    /// A store with these accounts; `seed` goes into the unique-ids and the salts.
    pub fn new(accounts: &[Account], seed: u64) -> Store {
        Store::salted(accounts, seed, seed)
    }

    /// The same, where the salts follow from a seed of their own.
    pub fn salted(accounts: &[Account], seed: u64, salts: u64) -> Store {
        let mut random = oorandom::Rand32::new(seed);
        let credentials =
            |name: &str, password: &str, access| Credentials::derive(name, password, salts, access);
        let mut store = Store {
            mailboxes: Map::new(),
            nobody: credentials("", "nobody has this secret", Access::default()),
            guesses: Guesses::default(),
            fault: None,
            lockout: None,
        };
        for account in accounts {
            let mut mailbox = Mailbox {
                credentials: credentials(&account.name, &account.password, account.access.clone()),
                policy: account.policy,
                messages: Vec::new(),
                lost: Vec::new(),
                delivered: 0,
                validity: random.rand_u32(),
                locked: false,
                last_login: None,
            };
            for message in &account.messages {
                mailbox.deliver(message.clone());
            }
            store.mailboxes.insert(account.name.clone(), mailbox);
        }
        store
    }

    /// Puts a message into a mailbox; none if there is no such mailbox.
    pub fn deliver(&mut self, name: &str, message: Message) -> Option<Uid> {
        Some(self.mailboxes.get_mut(name)?.deliver(message))
    }

    /// Puts a message into a mailbox under the unique-id that it has elsewhere. False if there is no such mailbox, or
    /// another message of that name in it.
    pub fn deliver_as(&mut self, name: &str, uid: &Uid, message: Message) -> bool {
        let Some(mailbox) = self.mailboxes.get_mut(name) else { return false };
        let is_new = mailbox.messages.iter().all(|(held, _)| held != uid);
        if is_new {
            mailbox.lost.retain(|lost| lost != uid);
            mailbox.messages.push((uid.clone(), message));
        }
        is_new
    }

    /// Loses a message as broken storage would; the tests' hook, outside of the protocol. False if
    /// there is no such message.
    pub fn expunge(&mut self, name: &str, uid: &Uid) -> bool {
        let Some(mailbox) = self.mailboxes.get_mut(name) else { return false };
        let Some(at) = mailbox.messages.iter().position(|(held, _)| held == uid) else { return false };
        mailbox.lost.push(mailbox.messages.remove(at).0);
        true
    }

    /// The mailboxes by name, each with what it holds.
    pub fn mailboxes(&self) -> impl Iterator<Item = (&str, &[(Uid, Message)])> {
        self.mailboxes.iter().map(|(name, mailbox)| (name.as_str(), mailbox.messages.as_slice()))
    }

    /// What is kept of each account, by name: what an administrator sees, and a thief.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &Credentials)> {
        self.mailboxes.iter().map(|(name, mailbox)| (name.as_str(), &mailbox.credentials))
    }

    /// The account with such access.
    fn find(&self, is: impl Fn(&Access) -> bool) -> Option<&str> {
        self.kept().find(|(_, held)| is(held.access())).map(|(name, _)| name)
    }

    fn unlock(&mut self, name: &str) -> &mut Mailbox {
        let mailbox = self.mailboxes.get_mut(name).expect("a maildrop comes from a mailbox that stays");
        mailbox.locked = false;
        mailbox
    }
}

impl Accounts for Store {
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        self.mailboxes.get(name).map(|mailbox| &mailbox.credentials)
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.find(|access| access.tokens.iter().any(|held| held == token))
    }

    fn of_certificate(&self, identity: &str) -> Option<&str> {
        self.find(|access| access.certificate.as_deref() == Some(identity))
    }
}

impl Mailstore for Store {
    fn open(&mut self, name: &str, proof: &Proof<'_>, now: Instant) -> Result<Maildrop, OpenError> {
        match self.fault {
            Some(Fault::TemporaryFailure) => return Err(OpenError::TemporaryFailure),
            Some(Fault::PermanentFailure) => return Err(OpenError::PermanentFailure),
            Some(Fault::UpdateFails) | None => {}
        }
        let closed = self.guesses.is_closed(proof.by, self.lockout, now);
        let Some(mailbox) = self.mailboxes.get_mut(name) else {
            // The same work as for a known name, so that time tells nothing.
            (proof.verify)(&self.nobody);
            return Err(self.guesses.wrong(proof.by, self.lockout, closed, now));
        };
        if proof.plaintext && !mailbox.policy.plaintext {
            // RFC 8314 section 4.1: without a word on whether the password was right.
            return Err(OpenError::PlaintextNotAllowed);
        }
        if !(proof.verify)(&mailbox.credentials) || closed {
            return Err(self.guesses.wrong(proof.by, self.lockout, closed, now));
        }
        self.guesses.right(proof.by);
        let delay = Duration::from_secs(mailbox.policy.login_delay.into());
        if let Some(left) =
            mailbox.last_login.and_then(|last| delay.checked_sub(now - last)).filter(|left| !left.is_zero())
        {
            return Err(OpenError::LoginDelay { seconds: left.as_micros().div_ceil(1_000_000) as u64 });
        }
        // The lock is looked at last: who cannot log in does not learn of it (POP-1939-46).
        if mailbox.locked {
            return Err(OpenError::Locked);
        }
        mailbox.locked = true;
        mailbox.last_login = Some(now);
        let entries = mailbox.messages.iter().map(|(uid, message)| Entry::new(uid.clone(), message.clone()));
        Ok(Maildrop::new(name.into(), entries.collect()))
    }

    fn commit(&mut self, maildrop: Maildrop) -> Result<Vec<Uid>, CommitError> {
        let fails = self.fault == Some(Fault::UpdateFails);
        let mailbox = self.unlock(maildrop.owner());
        let fetched = maildrop.retrieved().filter(|(_, entry)| !entry.is_marked());
        let fetched = fetched.filter(|_| mailbox.policy.expire == Some(0));
        let marked = maildrop.marked().chain(fetched).map(|(_, entry)| entry.uid.clone());
        let marked: Vec<Uid> = marked.filter(|uid| !mailbox.lost.contains(uid)).collect();
        if fails && !marked.is_empty() {
            return Err(CommitError);
        }
        let mut removed: Set<&Uid> = Set::new();
        removed.extend(&marked);
        mailbox.messages.retain(|(uid, _)| !removed.contains(uid));
        Ok(marked)
    }

    fn release(&mut self, maildrop: Maildrop) {
        self.unlock(maildrop.owner());
    }

    fn refresh(&self, maildrop: &mut Maildrop) {
        let Some(mailbox) = self.mailboxes.get(maildrop.owner()) else { return };
        mailbox.lost.iter().for_each(|uid| maildrop.lose(uid));
    }

    fn policy(&self, name: &str) -> AccountPolicy {
        self.mailboxes.get(name).map(|mailbox| mailbox.policy).unwrap_or_default()
    }

    fn policies(&self) -> Vec<AccountPolicy> {
        self.mailboxes.values().map(|mailbox| mailbox.policy).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::MessageNumber;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const RIGHT: Proof<'static> =
        Proof { plaintext: true, by: "alice", verify: &|held| held.is_password("wonderland") };
    const WRONG: Proof<'static> = Proof { plaintext: true, by: "alice", verify: &|_| false };

    fn store() -> Store {
        let messages = vec![Message::new(b"a\r\n"), Message::new(b"b\r\n")];
        let policy = AccountPolicy::default();
        let access = Access::default();
        Store::new(
            &[Account { name: "alice".into(), password: "wonderland".into(), messages, policy, access }],
            1,
        )
    }

    fn open(store: &mut Store) -> Result<Maildrop, OpenError> {
        store.open("alice", &RIGHT, Instant::ZERO)
    }

    #[test]
    fn a_second_session_finds_the_mailbox_locked_until_the_first_lets_go() {
        let mut store = store();
        let first = open(&mut store).unwrap();
        assert_eq!(open(&mut store).unwrap_err(), OpenError::Locked);
        store.release(first);
        assert!(open(&mut store).is_ok());
    }

    #[test]
    fn a_wrong_password_does_not_learn_of_the_lock() {
        let mut store = store();
        let _first = open(&mut store).unwrap();
        assert_eq!(store.open("alice", &WRONG, Instant::ZERO).unwrap_err(), OpenError::BadCredentials);
    }

    #[test]
    fn too_many_guesses_close_a_name_for_a_while_whether_anybody_has_it_or_not() {
        let mut store = store();
        store.lockout = Some(Lockout { guesses: 2, span: Duration::from_secs(60) });
        let mut ask = |name: &str, proof: &Proof<'_>, seconds| {
            let now = Instant::ZERO + Duration::from_secs(seconds);
            store.open(name, &Proof { by: name, ..*proof }, now).map(|maildrop| store.release(maildrop)).err()
        };
        for name in ["alice", "nobody"] {
            assert_eq!(ask(name, &WRONG, 0), Some(OpenError::BadCredentials));
            assert_eq!(ask(name, &WRONG, 1), Some(OpenError::BadCredentials));
            assert_eq!(ask(name, &RIGHT, 60), Some(OpenError::LockedOut));
        }
        assert_eq!(ask("nobody", &RIGHT, 61), Some(OpenError::BadCredentials));
        assert_eq!(ask("alice", &RIGHT, 61), None);
        assert_eq!(ask("alice", &WRONG, 62), Some(OpenError::BadCredentials));
        assert_eq!(ask("alice", &RIGHT, 62), None, "one wrong guess is none too many");
    }

    #[test]
    fn release_removes_nothing_and_commit_what_is_marked() {
        let mut store = store();
        let mut maildrop = open(&mut store).unwrap();
        maildrop.mark(MessageNumber::new(1).unwrap()).unwrap();
        store.release(maildrop);
        let mut maildrop = open(&mut store).unwrap();
        assert_eq!(maildrop.stat().0, 2);
        maildrop.mark(MessageNumber::new(1).unwrap()).unwrap();
        assert_eq!(store.commit(maildrop).unwrap().len(), 1);
        assert_eq!(open(&mut store).unwrap().stat().0, 1);
    }

    #[test]
    fn a_failed_commit_removes_nothing_and_still_unlocks() {
        let mut store = store();
        store.fault = Some(Fault::UpdateFails);
        let mut maildrop = open(&mut store).unwrap();
        maildrop.mark(MessageNumber::new(1).unwrap()).unwrap();
        assert_eq!(store.commit(maildrop), Err(CommitError));
        assert_eq!(open(&mut store).unwrap().stat().0, 2);
    }

    #[test]
    fn a_unique_id_is_never_used_again() {
        let mut store = store();
        let mut maildrop = open(&mut store).unwrap();
        maildrop.mark(MessageNumber::new(2).unwrap()).unwrap();
        let removed = store.commit(maildrop).unwrap();
        let fresh = store.deliver("alice", Message::new(b"b\r\n")).unwrap();
        assert_ne!(removed[0], fresh);
    }

    #[test]
    fn mail_that_arrives_during_a_session_waits_for_the_next() {
        let mut store = store();
        let maildrop = open(&mut store).unwrap();
        store.deliver("alice", Message::new(b"c\r\n")).unwrap();
        assert_eq!(maildrop.stat().0, 2);
        store.commit(maildrop).unwrap();
        assert_eq!(open(&mut store).unwrap().stat().0, 3);
    }
}

//! Mail as a server keeps it: messages as exact octets, the maildrop that one session sees, and the
//! store that outlives sessions.
//!
//! ```text
//!   Store ──open──▶ Maildrop (numbers, marks) ──commit──▶ Store     removes what is marked
//!                                             ──release─▶ Store     removes nothing
//! ```
//!
//! Nothing here knows POP3 commands, connections or time zones; what is kept of a password is `sasl`'s business.

mod guessing;
pub mod header;
pub mod maildrop;
pub mod mbox;
pub mod message;
pub mod store;

pub use guessing::Lockout;
pub use maildrop::{Entry, Maildrop, MessageNumber, Missing};
pub use message::{Message, Uid};
pub use store::{Account, AccountPolicy, CommitError, Fault, Mailstore, OpenError, Proof, Store};

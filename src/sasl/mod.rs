//! Ways to show who one is without, or with, sending the secret. No session, no store: strings in,
//! strings out, for both sides.

pub mod apop;

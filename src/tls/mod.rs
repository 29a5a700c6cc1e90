//! TLS 1.2 and 1.3, both ends, over rustls with RustCrypto below it. It knows nothing of what is said
//! through it, and nothing of what carries it.
//!
//! ```text
//!  receive ─▶ records ─▶ rustls ─▶ Output ─▶ poll        policy    what each end is set to
//!    write ─▶              │ ▲                           machine   the states, as a table
//!                          ▼ │ scope: chance, date       failure   why it went wrong
//!                        provider ─▶ verifier            old_client  a hello of 1999
//! ```
//!
//! Everything is decided by the octets that arrive, the date that is handed in and the [`Chance`] that an
//! end owns: the same on every machine, however many ends there are and however the octets were split.

mod chance;
mod endpoint;
mod engine;
mod failure;
mod machine;
mod message;
mod old_client;
mod policy;
mod provider;
mod reason;
mod record;
mod scope;
mod verifier;
mod version;

pub use chance::{Chance, Exhausted, Source};
pub use endpoint::{Endpoint, Output};
pub use failure::{CertificateProblem, Failure};
pub use machine::{End, TLS_EDGES, TlsEdge, TlsEvent, TlsState};
pub use message::{Message, Messages};
pub use old_client::OldVersion;
pub use policy::{Agreed, ClientTls, ReadyServer, ServerTls, Trust};
pub use record::{ContentType, Record};
pub use version::{Cipher, Group, Version, Versions};

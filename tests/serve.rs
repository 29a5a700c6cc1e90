//! The program `serve` from outside: it is started, spoken to, put into trouble and stopped.
//!
//! ```text
//!   Program (the process) ◀── Client (a socket, in the clear or inside TLS) ◀── a test
//! ```
#![cfg(all(feature = "serve", unix))]

#[path = "serve/capture.rs"]
mod capture;
#[path = "serve/certificate.rs"]
mod certificate;
#[path = "serve/client.rs"]
mod client;
#[path = "serve/control.rs"]
mod control;
#[path = "serve/folder.rs"]
mod folder;
#[path = "serve/load.rs"]
mod load;
#[path = "serve/mail.rs"]
mod mail;
#[path = "serve/program.rs"]
mod program;
#[path = "serve/soak.rs"]
mod soak;
#[path = "serve/stop.rs"]
mod stop;
#[path = "serve/trouble.rs"]
mod trouble;

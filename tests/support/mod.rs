//! What `tests/transcripts.rs` plays its transcripts with.
//!
//! ```text
//!   tests/transcripts/*.txt ─▶ dialect ─▶ player (Session, Store, time) ─▶ story, compared with the text
//!                                            └────▶ coverage: what was seen on the way
//! ```

pub mod coverage;
pub mod dialect;
pub mod player;
pub mod words;

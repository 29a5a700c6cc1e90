//! What a server has done over real sockets, as a text from which it can be done again in a world.
//!
//! ```text
//!   POP3 Lab recording 1
//!   date 1780304400                          how the server is set up, a setting on each line
//!   host mail.example.org
//!   account alice                            whom it knows: what it keeps of the account follows
//!   password wonderland
//!   mailbox alice                            what was in it when it was first opened
//!   mail 6bfaa1a9.0001
//!   | Subject: Tea
//!   |
//!   | At five.
//!   0.000000 1 connected                     seconds, the number of the connection, what happened on it
//!   0.000180 1 began 17034087563218 180
//!   0.000180 1 S: +OK POP3 Lab at your service <00000f7e1b1d0c12.180@mail.example.org>
//!   0.020411 1 C: USER alice
//! ```
//!
//! A line that begins with `#` is a comment. Text is UTF-8; `\r`, `\n`, `\t`, `\\` and `\xHH` are octets, as is the blank
//! at the end of a line. Behind `C:` and `S:` stands a line, without its CRLF; behind `C-` and `S-` stand octets and no
//! more than those. What was said inside TLS stands here as it was said.
//!
//! Nothing of TCP and of TLS is kept but that they came about: the world's own carry the session when it is played. And the
//! server's answers are not believed, but computed anew; [`Recording::difference`] tells where they are others.

mod difference;
mod play;
mod read;
mod text;
pub mod write;

pub use difference::Difference;
pub use read::{Flaw, Unreadable};

use crate::pop3::Entropy;
use crate::time::Instant;
use crate::tls::Version;
use crate::world::{Action, Setup, World};

/// What a text begins with.
const FIRST_LINE: &str = "POP3 Lab recording 1";

/// What was recorded, ready to be played.
#[derive(Debug)]
pub struct Recording {
    /// The world in which it can be played.
    pub setup: Setup,
    /// What the clients did, each when the world has come to rest after what was before it.
    pub steps: Vec<Step>,
    /// What the server said, by the number of the connection in the world.
    answers: Vec<Answers>,
    /// How many connections are not among them, since TLS did not come about, or too many were open at a time.
    pub left_out: usize,
}

/// Something that a client did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Not before this moment.
    pub at: Instant,
    /// What it was.
    pub action: Action,
}

/// What the server said on a connection.
#[derive(Debug, Default)]
struct Answers {
    octets: Vec<u8>,
    /// Whether the client may have heard less.
    lost: bool,
}

/// What happened on a connection, as the server saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A client connected, in the clear or to begin TLS at once.
    Connected {
        /// Whether TLS is to begin with the first octet.
        sealed: bool,
    },
    /// The session began, with this chance.
    Began(Entropy),
    /// TLS came about.
    Secured {
        /// Its version.
        version: Version,
        /// What it exported.
        exporter: Option<[u8; 32]>,
        /// Whose certificate the client has shown.
        identity: Option<String>,
    },
    /// The client said this.
    Said(Vec<u8>),
    /// The server said this.
    Answered(Vec<u8>),
    /// The client says no more.
    Ended,
    /// The connection broke: the client was gone, or TLS failed.
    Lost,
    /// The server closed it.
    Closed,
}

impl Recording {
    /// On how many connections something was said.
    pub fn connections(&self) -> usize {
        self.answers.len()
    }

    /// The world in which all of it has happened.
    pub fn played(&self) -> World {
        let mut world = World::new(self.setup.clone());
        for Step { at, action } in &self.steps {
            world.run_until_quiet();
            world.run_until(*at);
            world.apply(action.clone());
        }
        world.run_until_quiet();
        world
    }
}

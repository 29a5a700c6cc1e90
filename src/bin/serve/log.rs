//! Where the server's log goes.

use pop3lab::pop3::LogLine;
use std::io::{self, Write};

/// Where log lines go.
pub struct Log {
    quiet: bool,
}

impl Log {
    /// A log on standard error, or one that drops everything.
    pub fn new(quiet: bool) -> Log {
        Log { quiet }
    }

    /// Writes what a session has to say.
    pub fn session(&self, session: u64, line: &LogLine) {
        self.write(&line.text(session));
    }

    /// Writes what a test did by the control port.
    pub fn control(&self, line: &str) {
        self.write(&format!("control: {line}"));
    }

    fn write(&self, text: &str) {
        if !self.quiet {
            // Nobody reading the log is no reason to stop serving.
            _ = writeln!(io::stderr(), "{text}");
        }
    }
}

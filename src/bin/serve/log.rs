//! Where the server's log goes: lines on standard error, without secrets.

use pop3lab::pop3::LogLine;
use std::io::{self, Write};

/// Where log lines go.
pub struct Log {
    quiet: bool,
}

impl Log {
    /// A log on standard error, or one that drops everything but trouble.
    pub fn new(quiet: bool) -> Log {
        Log { quiet }
    }

    /// Writes what a session has to say.
    pub fn session(&self, session: u64, line: &LogLine) {
        if !self.quiet {
            write(&line.text(session));
        }
    }

    /// Writes what the server itself does.
    pub fn event(&self, line: &str) {
        if !self.quiet {
            write(line);
        }
    }

    /// Writes what somebody should see to.
    pub fn trouble(&self, line: &str) {
        write(line);
    }
}

/// Names come from strangers: what would move the cursor of a terminal is shown instead of done.
fn write(text: &str) {
    let plain: String =
        text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
    // Nobody reading the log is no reason to stop serving.
    _ = writeln!(io::stderr(), "{plain}");
}

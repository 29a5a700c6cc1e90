//! The server's log, in lines as a mail server writes them. Secrets never reach it.
//!
//! ```text
//!   pop3-login: Login: user=<alice>, method=PLAIN, session=7
//!   pop3(alice)<7>: Disconnected: Logged out, top=0, retr=1, del=1, size=812
//! ```

use super::{EndCause, LogLine, Method};
use crate::mail::OpenError;

impl LogLine {
    /// The line, as the administrator reads it, with the number of the session.
    pub fn text(&self, session: u64) -> String {
        match self {
            LogLine::Secured { version, suite } => {
                format!("pop3-login: TLS: {version} with cipher {suite}, session={session}")
            }
            LogLine::TlsFailed { why } => {
                format!("pop3-login: TLS handshake failed: {why}, session={session}")
            }
            LogLine::LoggedIn { name, method } => {
                format!("pop3-login: Login: user=<{name}>, method={}, session={session}", word(*method))
            }
            LogLine::LoginFailed { name, method, error } => {
                let method = word(*method);
                format!("pop3-login: {}: user=<{name}>, method={method}, session={session}", failure(error))
            }
            LogLine::Ended { name: None, cause, .. } => {
                format!("pop3-login: Disconnected: {}, session={session}", ending(*cause))
            }
            LogLine::Ended { name: Some(name), cause, tally } => format!(
                "pop3({name})<{session}>: Disconnected: {}, top={}, retr={}, del={}, size={}",
                ending(*cause),
                tally.looked_at,
                tally.retrieved,
                tally.removed,
                tally.octets
            ),
        }
    }
}

fn word(method: Method) -> &'static str {
    match method {
        Method::UserPass => "PLAIN",
        Method::Apop => "APOP",
        Method::Sasl(mechanism) => mechanism.row().name,
    }
}

fn failure(error: &OpenError) -> String {
    match error {
        OpenError::BadCredentials => "Authentication failed".into(),
        OpenError::LockedOut => "Authentication refused, too many failures for this name".into(),
        OpenError::PlaintextNotAllowed => "Plaintext authentication not allowed".into(),
        OpenError::Locked => "Mailbox is locked by another session".into(),
        OpenError::LoginDelay { seconds } => format!("Login delayed for {seconds} s"),
        OpenError::TemporaryFailure => "Mail store not available".into(),
        OpenError::PermanentFailure => "Mailbox is damaged".into(),
    }
}

fn ending(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Quit => "Logged out",
        EndCause::ClientClosed => "Connection closed",
        EndCause::Lost => "Connection lost",
        EndCause::Idle => "Inactivity",
        EndCause::TooManyFailures => "Too many authentication failures",
        EndCause::TlsFailed => "TLS handshake failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_leaves_the_lines_that_an_administrator_knows() {
        let name = String::from("alice");
        let line = LogLine::LoggedIn { name: name.clone(), method: Method::Apop };
        assert_eq!(line.text(7), "pop3-login: Login: user=<alice>, method=APOP, session=7");
        let line = LogLine::Ended { name: Some(name), cause: EndCause::Quit, tally: Default::default() };
        assert_eq!(line.text(7), "pop3(alice)<7>: Disconnected: Logged out, top=0, retr=0, del=0, size=0");
    }
}

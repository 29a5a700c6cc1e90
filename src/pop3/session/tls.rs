//! TLS around a session (RFC 2595, RFC 8314): STLS, and what is forgotten with it. The session knows that it
//! is sealed, and nothing of how.

use super::{Session, State};
use crate::mail::Mailstore;
use crate::pop3::{Cause, Channel, EndCause, Language, LogLine, Output, Refusal, Tls, Verb};

impl Session {
    /// TLS is up after [`Output::StartTls`]. AUTHORIZATION begins anew, without a greeting: nothing that was
    /// said in the clear is remembered, the greeting's time stamp included (RFC 2595 section 4). A session that
    /// began inside TLS is told as well, for its log and for what AUTH offers.
    pub fn tls_established(&mut self, tls: Tls) {
        let (version, suite) = (tls.version.clone(), tls.suite.clone());
        self.queue.push_back(Output::Log(LogLine::Secured { version, suite }));
        if !self.upgrading && !self.channel.is_secure() {
            return;
        }
        self.channel = Channel(Some(tls));
        if std::mem::take(&mut self.upgrading) {
            self.stamp = None;
            self.utf8 = false;
            self.language = Language::default();
        }
    }

    /// TLS did not come about after [`Output::StartTls`]: there is nobody left to talk to.
    pub fn tls_failed(&mut self, store: &mut impl Mailstore, why: &str) {
        if !self.closing {
            self.queue.push_back(Output::Log(LogLine::TlsFailed { why: why.into() }));
            self.end(store, Cause::Ended, EndCause::TlsFailed);
        }
    }

    /// STLS: whatever came behind it in the clear is thrown away, since nobody knows who put it there (the
    /// hole of CVE-2011-0411), and the next octets belong to TLS.
    pub(super) fn start_tls(&mut self, store: &mut impl Mailstore) -> Result<(), Refusal> {
        if self.channel.is_secure() {
            return Err(Refusal::AlreadySecure);
        }
        if !self.enter(store, Cause::Accepted(Verb::Stls), State::Authorization) {
            return Err(self.not_now(Verb::Stls));
        }
        // Wireshark looks for these words to know where TLS begins.
        self.ok("Begin TLS negotiation");
        let (lines, octets) = self.lines.clear();
        self.read += lines as u32;
        self.upgrading = true;
        self.queue.push_back(Output::StartTls { discarded: octets as u32 });
        Ok(())
    }
}

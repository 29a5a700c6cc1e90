//! What a mail program does by itself before anybody logs in: CAPA, STLS, the handshake, CAPA, as its
//! security asks for it (RFC 2595 section 4).
//!
//! ```text
//!   greeting ─▶ CAPA ─▶ STLS listed? ── yes ─▶ STLS ─▶ +OK ─▶ TLS ─▶ CAPA ─▶ done
//!                            └─ no ─▶ STLS required? ── yes ─▶ QUIT    no ─▶ done, in the clear
//! ```

use crate::policy::Security;
use crate::pop3::{ClientEvent, LineRole};
use crate::trace::Note;

/// How far the program is.
#[derive(Debug)]
pub(super) struct Opening {
    required: bool,
    awaits: Awaits,
}

#[derive(Debug, PartialEq)]
enum Awaits {
    Greeting,
    /// The answer to CAPA, and whether STLS stood in it so far.
    Capabilities {
        stls: bool,
    },
    AnswerToStls,
    Tls,
    Nothing,
}

/// What the program does next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// It sends this line.
    Send(&'static [u8]),
    /// It tells a person, and goes on in the clear.
    Tell(Note),
    /// It tells a person, and takes its leave.
    GiveUp(Note),
}

const CAPA: &[u8] = b"CAPA\r\n";
const STLS: &[u8] = b"STLS\r\n";

impl Opening {
    /// What a program with this security does; nothing if it begins TLS at once or never.
    pub(super) fn of(security: Security) -> Option<Opening> {
        let required = match security {
            Security::None | Security::TlsAtOnce => return None,
            Security::StlsIfOffered => false,
            Security::StlsRequired => true,
        };
        Some(Opening { required, awaits: Awaits::Greeting })
    }

    /// Whether the program has nothing more to do by itself.
    pub(super) fn is_over(&self) -> bool {
        self.awaits == Awaits::Nothing
    }

    /// The program reads something.
    pub(super) fn hear(&mut self, event: &ClientEvent) -> Option<Step> {
        let ClientEvent::Line { octets, role, .. } = event else { return None };
        let ok = octets.starts_with(b"+OK");
        match (&mut self.awaits, role) {
            (Awaits::Greeting, LineRole::Greeting) if ok => {
                self.awaits = Awaits::Capabilities { stls: false };
                Some(Step::Send(CAPA))
            }
            (Awaits::Capabilities { .. }, LineRole::Status) if !ok => self.not_offered(),
            (Awaits::Capabilities { stls }, LineRole::Body) => {
                *stls |= octets.eq_ignore_ascii_case(b"STLS");
                None
            }
            (Awaits::Capabilities { stls: true }, LineRole::End) => {
                self.awaits = Awaits::AnswerToStls;
                Some(Step::Send(STLS))
            }
            (Awaits::Capabilities { stls: false }, LineRole::End) => self.not_offered(),
            (Awaits::AnswerToStls, LineRole::Status) if ok => {
                self.awaits = Awaits::Tls;
                None
            }
            (Awaits::AnswerToStls, LineRole::Status) => self.not_offered(),
            _ => None,
        }
    }

    /// TLS is up: what the server can do is asked for anew.
    pub(super) fn secured(&mut self) -> Option<Step> {
        let awaited = std::mem::replace(&mut self.awaits, Awaits::Nothing) == Awaits::Tls;
        awaited.then_some(Step::Send(CAPA))
    }

    fn not_offered(&mut self) -> Option<Step> {
        self.awaits = Awaits::Nothing;
        Some(if self.required { Step::GiveUp(Note::StlsMissing) } else { Step::Tell(Note::StlsNotOffered) })
    }
}

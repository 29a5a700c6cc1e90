//! What a mail program tells a person whose server it does not believe: what may be behind it, who can mend
//! it, and what is safe to do. Words only; what is wrong has been found before.

use crate::i18n::{Id, id};
use crate::pki::Verdict;

/// What is said about one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What may be behind it that means no harm.
    pub harmless: Id,
    /// Who can mend it, and how.
    pub mend: Id,
    /// The person can mend it here: by setting the clock.
    pub clock: bool,
}

/// What is said about a verdict.
pub fn advice(verdict: &Verdict) -> Advice {
    let says = |harmless, mend| Advice { harmless, mend, clock: false };
    match verdict {
        Verdict::Expired { .. } => says(id::HARMLESS_EXPIRED, id::MEND_EXPIRED),
        Verdict::NotYetValid { .. } => says(id::HARMLESS_NOT_YET_VALID, id::MEND_NOT_YET_VALID),
        Verdict::ClockIsWrong { .. } => Advice { clock: true, ..says(id::HARMLESS_CLOCK, id::MEND_CLOCK) },
        Verdict::OtherName { .. } => says(id::HARMLESS_OTHER_NAME, id::MEND_OTHER_NAME),
        Verdict::ByAddress { .. } => says(id::HARMLESS_BY_ADDRESS, id::MEND_BY_ADDRESS),
        Verdict::SelfSigned => says(id::HARMLESS_SELF_SIGNED, id::MEND_SELF_SIGNED),
        Verdict::MissingIntermediate { .. } => says(id::HARMLESS_INTERMEDIATE, id::MEND_INTERMEDIATE),
        Verdict::UnknownAuthority { .. } => says(id::HARMLESS_AUTHORITY, id::MEND_AUTHORITY),
        Verdict::Other => says(id::HARMLESS_OTHER, id::MEND_OTHER),
    }
}

//! What a refusal means. A verifier says that an issuer is unknown; whether the server signed for itself,
//! forgot a certificate, or belongs to an authority that nobody here knows, the chain tells.
//!
//! Explains only: whether a certificate is believed has been decided before, and no signature is looked at.

use super::host::{Host, is_for};
use super::path::{End, Path, path};
use crate::dissect::{Certificate, certificate};
use serde::{Deserialize, Serialize};

/// What the verifier said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// A certificate is not valid any more.
    Expired,
    /// A certificate is not valid yet.
    NotYetValid,
    /// The certificate is not for what was asked for.
    WrongName,
    /// Nothing leads from the certificate to a root that the client holds.
    UnknownIssuer,
    /// Anything else.
    Other,
}

/// Why it said so. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// A certificate is too old, by the calendar as well as by the client's clock.
    Expired {
        /// Its last second.
        since: i64,
    },
    /// A certificate is too new, by the calendar as well as by the client's clock.
    NotYetValid {
        /// Its first second.
        from: i64,
    },
    /// The clock of the client is wrong: by the calendar there is nothing to complain of, or the opposite.
    ClockIsWrong {
        /// What the clock says.
        clock: i64,
        /// The first and the last second in which all that was sent is valid.
        valid: (i64, i64),
    },
    /// The certificate is for other hosts.
    OtherName {
        /// The names it is for, and the addresses.
        names: Vec<String>,
        /// The name that was asked for, as it was typed.
        asked: String,
    },
    /// An address was asked for, and the certificate is not for that address.
    ByAddress {
        /// The address, as it was typed.
        address: String,
        /// The names it is for, and the addresses.
        names: Vec<String>,
    },
    /// The server's certificate is signed by itself.
    SelfSigned,
    /// The server has sent its own certificate only, and not that of who signed it.
    MissingIntermediate {
        /// Who signed it.
        issuer: String,
    },
    /// The certificates lead up to an authority that the client does not hold.
    UnknownAuthority {
        /// That authority.
        authority: String,
    },
    /// There is nothing more to say.
    Other,
}

/// Why `problem` came up. `chain` is what the server sent, `roots` what the client holds, both in DER; `asked`
/// is what was typed; `clock` is what the client takes for the time, and `today` what it is, in seconds
/// since 1970. Octets that are no certificates are no reason for anything: that is [`Verdict::Other`].
pub fn verdict(
    problem: Problem,
    chain: &[Vec<u8>],
    roots: &[Vec<u8>],
    asked: &str,
    clock: i64,
    today: i64,
) -> Verdict {
    let sent = read(chain);
    let Some(Some((_, leaf))) = sent.first() else { return Verdict::Other };
    match problem {
        Problem::Expired | Problem::NotYetValid => {
            time(problem, &sent.iter().flatten().map(|(_, one)| one).collect::<Vec<_>>(), clock, today)
        }
        Problem::WrongName => name(leaf, asked),
        Problem::UnknownIssuer => issuer(chain, roots),
        Problem::Other => Verdict::Other,
    }
}

/// A certificate and its octets.
pub(super) type Sent<'a> = (&'a [u8], Certificate);

pub(super) fn read(certificates: &[Vec<u8>]) -> Vec<Option<Sent<'_>>> {
    certificates.iter().map(|der| Some((&**der, certificate(der)?))).collect()
}

fn time(problem: Problem, chain: &[&Certificate], clock: i64, today: i64) -> Verdict {
    let from = chain.iter().map(|one| one.not_before).max().unwrap_or(i64::MIN);
    let until = chain.iter().map(|one| one.not_after).min().unwrap_or(i64::MAX);
    let (by_clock, by_calendar) = match problem {
        Problem::Expired => (clock > until, today > until),
        _ => (clock < from, today < from),
    };
    match (by_clock, by_calendar) {
        (true, true) if problem == Problem::Expired => Verdict::Expired { since: until },
        (true, true) => Verdict::NotYetValid { from },
        (true, false) => Verdict::ClockIsWrong { clock, valid: (from, until) },
        (false, _) => Verdict::Other,
    }
}

fn name(leaf: &Certificate, asked: &str) -> Verdict {
    let address = |[a, b, c, d]: &[u8; 4]| format!("{a}.{b}.{c}.{d}");
    let names = || leaf.dns_names.iter().cloned().chain(leaf.addresses.iter().map(address)).collect();
    let by_address = || Verdict::ByAddress { address: asked.to_owned(), names: names() };
    match Host::read(asked) {
        Host::V4(asked) if leaf.addresses.contains(&asked) => Verdict::Other,
        Host::V4(_) | Host::V6(_) => by_address(),
        Host::Name(host) if leaf.dns_names.iter().any(|name| is_for(name, &host)) => Verdict::Other,
        Host::Name(_) => Verdict::OtherName { names: names(), asked: asked.to_owned() },
    }
}

fn issuer(chain: &[Vec<u8>], roots: &[Vec<u8>]) -> Verdict {
    let Some(Path { steps, end }) = path(chain, roots) else { return Verdict::Other };
    let top = steps.last().and_then(|top| certificate(chain.get(*top)?));
    match (end, top) {
        // All is there: what the verifier disliked is something else.
        (End::Held(_) | End::Root(_), _) | (_, None) => Verdict::Other,
        (End::Itself, _) if steps.len() == 1 => Verdict::SelfSigned,
        (End::Itself, Some(top)) => Verdict::UnknownAuthority { authority: top.subject },
        // A root may be left out (RFC 8446 section 4.4.2), and roots sign no servers themselves.
        (End::Missing, Some(top)) if top.is_authority => Verdict::UnknownAuthority { authority: top.issuer },
        (End::Missing, Some(top)) => Verdict::MissingIntermediate { issuer: top.issuer },
    }
}

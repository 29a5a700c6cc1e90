//! Certificates made from a seed: a root, an intermediate and a server's or a person's, right or with one
//! [`Fault`]; and what a refusal of such certificates means.
//!
//! ```text
//!   POP3 Lab Root ──signs──▶ POP3 Lab Intermediate ──signs──▶ the server's certificate, or a person's
//!   20 years, held by        10 years, sent by                90 days, sent by the end that shows who
//!   the end that verifies    the other                        it is
//! ```
//!
//! The same seed, host, date and fault give the same octets on every machine. Whoever knows the seed has
//! the private keys: what comes of a seed of a world may never protect anything. Knows no TLS, no POP3 and
//! no clock.

mod certificate;
mod der;
mod fault;
mod host;
mod key;
mod path;
mod verdict;

pub use fault::Fault;
pub use key::pkcs8;
pub use path::{End, Path, path};
pub use verdict::{Problem, Verdict, verdict};

use crate::dissect::certificate as read;
use crate::time::date::DAY;
use certificate::{Draft, Role};
use host::Host;
use key::{Key, digest};

/// What one end holds and what the other sends: the client and the server, or for a person's certificate
/// the server and the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pki {
    /// The certificates in DER that one end believes.
    pub roots: Vec<Vec<u8>>,
    /// The certificates in DER as the other sends them, its own first.
    pub chain: Vec<Vec<u8>>,
    /// The private key of that one: a number for P-256 in 32 octets. [`pkcs8`] wraps it for other programs.
    pub key: [u8; 32],
}

const ROOT: &str = "POP3 Lab Root";
const INTERMEDIATE: &str = "POP3 Lab Intermediate";
/// The names of the authority that the client does not hold.
const STRANGER: [&str; 2] = ["Root Nobody Asked For", "Intermediate Nobody Asked For"];
/// A host that nobody has asked for either, and another should somebody do so.
const OTHER_HOSTS: [&str; 2] = ["pop.elsewhere.example", "pop.somewhere.example"];

/// How long a server's or a person's certificate is valid, in days. Of these, 30 are over.
const LIFETIME: i64 = 90;
const AGE: i64 = 30;
const YEAR: i64 = 365;

/// The first and the last `now`, so that every date fits into the four digits of a year.
const DATES: (i64, i64) = (0, 252_000_000_000);

/// Issues certificates for `host` (a name, or an IPv4 address) as they stand at `now`, in seconds since
/// 1970. Dates are whole days; a `now` before 1970 or after 9955 is taken for the nearest day of these.
pub fn issue(seed: u64, host: &str, now: i64, fault: Option<Fault>) -> Pki {
    for_host([ROOT, INTERMEDIATE], &seed.to_be_bytes(), host, now, fault)
}

/// Issues certificates whose keys follow from `seed`. They are as hard to guess as that is: 32 octets
/// from an operating system are good for real ones.
///
/// The authorities have a mark in their names that follows from the seed too. Whoever still trusts an earlier
/// one of the same name, but with another key, is told by Thunderbird that "an error occurred", and not that the
/// new one is unknown.
pub fn issue_from(seed: &[u8], host: &str, now: i64) -> Pki {
    let [a, b, c, d, ..] = digest(seed, "mark", &[]);
    let [root, intermediate] =
        [ROOT, INTERMEDIATE].map(|name| format!("{name} {a:02X}{b:02X}-{c:02X}{d:02X}"));
    for_host([&root, &intermediate], seed, host, now, None)
}

/// Issues certificates for a host, by authorities of these names.
fn for_host(authorities: [&str; 2], seed: &[u8], host: &str, now: i64, fault: Option<Fault>) -> Pki {
    let host = Host::read(host);
    let named = match fault {
        Some(Fault::OtherHost) => {
            let other = OTHER_HOSTS.into_iter().find(|other| host != Host::Name((*other).into()));
            Host::Name(other.unwrap_or_default().into())
        }
        _ => host,
    };
    let subject = match &named {
        Host::Name(name) | Host::V6(name) => name.clone(),
        Host::V4([a, b, c, d]) => format!("{a}.{b}.{c}.{d}"),
    };
    made(authorities, seed, (&subject, "server", Role::Server(named)), now, fault)
}

/// Issues a certificate to the person with this mail address, in ASCII: for clients (RFC 5280 section 4.2.1.12,
/// clientAuth), by the same authorities. Dates are those of [`issue`]; of the faults those that have to do
/// with hosts or with clocks change nothing.
pub fn issue_to_person(seed: u64, address: &str, now: i64, fault: Option<Fault>) -> Pki {
    let role = Role::Person(address.to_owned());
    made([ROOT, INTERMEDIATE], &seed.to_be_bytes(), (address, "client", role), now, fault)
}

/// Whose certificate this is, in DER: the first mail address in it or, if there is none, its common name. It
/// believes what stands there; whether that can be believed is for a verifier to say. `None` if it cannot be read.
pub fn holder(der: &[u8]) -> Option<String> {
    let certificate = read(der)?;
    Some(certificate.mailboxes.into_iter().next().unwrap_or(certificate.subject))
}

/// Makes the certificate of this subject, with the key for this purpose, and the authorities of these names above it.
fn made(
    names: [&str; 2],
    seed: &[u8],
    (subject, purpose, role): (&str, &str, Role),
    now: i64,
    fault: Option<Fault>,
) -> Pki {
    let today = now.clamp(DATES.0, DATES.1) / DAY;
    // Verifiers refuse dates before 1970.
    let days = |from: i64, length: i64| ((today + from).max(0) * DAY, (today + from + length) * DAY - 1);
    let serial = |purpose: &str, (from, _): (i64, i64)| {
        let digest = digest(seed, purpose, &from.to_be_bytes());
        std::array::from_fn(|at| digest[at])
    };
    let authority = |subject: &str, key: &Key, validity: (i64, i64), below, issuer: (&str, &Key)| {
        let serial = serial(subject, validity);
        let draft = Draft { subject, key, serial, validity, role: Role::Authority { below } };
        draft.signed_by(issuer.0, issuer.1)
    };
    // A root with its intermediate, and the key of this one.
    let authorities = |[root, intermediate]: [&str; 2]| {
        let (root_key, key) = (Key::of(seed, root), Key::of(seed, intermediate));
        let signer = (root, &root_key);
        let certificate = authority(root, &root_key, days(-7 * YEAR, 20 * YEAR), None, signer);
        let below = authority(intermediate, &key, days(-3 * YEAR, 10 * YEAR), Some(0), signer);
        (certificate, below, key)
    };
    let (root, intermediate, signer) = authorities(names);

    let validity = match fault {
        Some(Fault::Expired) => days(-LIFETIME - 12, LIFETIME),
        Some(Fault::NotYetValid) => days(9, LIFETIME),
        _ => days(-AGE, LIFETIME),
    };
    let key = Key::of(seed, purpose);
    let serial = serial(subject, validity);
    let draft = Draft { subject, key: &key, serial, validity, role };

    let chain = match fault {
        Some(Fault::SelfSigned) => vec![draft.signed_by(subject, &key)],
        Some(Fault::MissingIntermediate) => vec![draft.signed_by(names[1], &signer)],
        Some(Fault::UnknownAuthority) => {
            let (root, intermediate, signer) = authorities(STRANGER);
            vec![draft.signed_by(STRANGER[1], &signer), intermediate, root]
        }
        _ => vec![draft.signed_by(names[1], &signer), intermediate],
    };
    Pki { roots: vec![root], chain, key: key.scalar() }
}

//! The certificates that a server showed, as a tree from the authority down to the server: which the client
//! holds, which are missing, and what is wrong with which.
//!
//! ```text
//!   Root          held      │ Gap { what is missing, why that matters }
//!   Intermediate  sent      │
//!   server        sent, the flaws of each beside it
//! ```
//!
//! What is wrong is found by the same code that explains a refusal, whether there was a refusal or not: an
//! exception does not make a certificate better.

use crate::dissect::{Certificate, certificate};
use crate::pki::{End, Path, Problem, Verdict, path, verdict};
use crate::trace::Presented;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// All certificates of a connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// From the authority down to the server.
    pub places: Vec<Place>,
    /// Roots that the client holds, to which nothing of that leads.
    pub held: Vec<Link>,
    /// What the server sent besides, to no purpose.
    pub unused: Vec<Link>,
}

/// A place in the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// There is a certificate.
    Link(Box<Link>),
    /// There should be one.
    Gap {
        /// Whose.
        name: String,
        /// Why that matters.
        flaw: Verdict,
    },
}

/// A certificate in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Who has it.
    pub whose: Whose,
    /// Its octets, in DER.
    pub octets: Vec<u8>,
    /// What it says, if it is a certificate.
    pub says: Option<Certificate>,
    /// What is wrong with it.
    pub flaws: Vec<Verdict>,
}

/// Who has a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The client's computer.
    Held,
    /// The server sent it.
    Sent,
    /// Both.
    Both,
}

/// A time in which a certificate is valid, and other times, in thousandths of a line that has room for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first second of it.
    pub from: u16,
    /// The last second of it.
    pub until: u16,
    /// Today.
    pub today: u16,
    /// What the client's clock says.
    pub clock: u16,
}

/// The tree of what a server showed.
pub fn tree(presented: &Presented) -> Tree {
    let Presented { chain, roots, .. } = presented;
    // Octets that are no certificate stand where the server's should be.
    let way = path(chain, roots).unwrap_or(Path { steps: vec![0], end: End::Missing });
    let mut places = Vec::new();
    let mut root = None;
    for (above, step) in way.steps.iter().enumerate() {
        let Some(octets) = chain.get(*step) else { continue };
        let mut link = Link::new(octets, Whose::Sent, presented);
        if above == 0 {
            link.flaws.extend(presented.problem(Problem::WrongName));
        }
        if above + 1 == way.steps.len() {
            match way.end {
                End::Held(held) => (link.whose, root) = (Whose::Both, Some(held)),
                End::Itself => link.flaws.extend(presented.problem(Problem::UnknownIssuer)),
                End::Root(_) | End::Missing => {}
            }
        }
        places.push(Place::Link(Box::new(link)));
    }
    match way.end {
        End::Root(held) => {
            root = Some(held);
            places.extend(
                roots
                    .get(held)
                    .map(|octets| Place::Link(Box::new(Link::new(octets, Whose::Held, presented)))),
            );
        }
        End::Missing => places.extend(presented.problem(Problem::UnknownIssuer).map(gap)),
        End::Held(_) | End::Itself => {}
    }
    places.reverse();
    let others = |all: &[Vec<u8>], used: &[usize], whose| -> Vec<Link> {
        let left = all.iter().enumerate().filter(|(at, _)| !used.contains(at));
        left.map(|(_, octets)| Link::new(octets, whose, presented)).collect()
    };
    let used: Vec<usize> = root.into_iter().collect();
    let held = if root.is_some() { vec![] } else { others(roots, &used, Whose::Held) };
    Tree { places, held, unused: others(chain, &way.steps, Whose::Sent) }
}

/// What is missing, by what a refusal for it means.
fn gap(flaw: Verdict) -> Place {
    let name = match &flaw {
        Verdict::MissingIntermediate { issuer: name } | Verdict::UnknownAuthority { authority: name } => {
            name.clone()
        }
        _ => String::new(),
    };
    Place::Gap { name, flaw }
}

impl Presented {
    /// What this problem would mean here, if there is any such problem.
    fn problem(&self, problem: Problem) -> Option<Verdict> {
        let found = verdict(problem, &self.chain, &self.roots, &self.asked, self.clock, self.today);
        Some(found).filter(|found| *found != Verdict::Other)
    }
}

impl Link {
    fn new(octets: &[u8], whose: Whose, presented: &Presented) -> Link {
        let says = certificate(octets);
        let problem = says.as_ref().and_then(|says| match presented.clock {
            clock if clock > says.not_after => Some(Problem::Expired),
            clock if clock < says.not_before => Some(Problem::NotYetValid),
            _ => None,
        });
        let alone = [octets.to_vec()];
        let time = problem
            .map(|problem| verdict(problem, &alone, &[], &presented.asked, presented.clock, presented.today));
        Link { whose, octets: octets.to_vec(), says, flaws: time.into_iter().collect() }
    }
}

/// Where the times of a certificate stand on a line.
pub fn span(says: &Certificate, presented: &Presented) -> Span {
    let Presented { clock, today, .. } = *presented;
    let first = says.not_before.min(clock).min(today);
    let last = says.not_after.max(clock).max(today);
    let length = i128::from(last) - i128::from(first);
    let place = |at: i64| match length {
        0 => 0,
        length => ((i128::from(at) - i128::from(first)) * 1000 / length) as u16,
    };
    Span {
        from: place(says.not_before),
        until: place(says.not_after),
        today: place(today),
        clock: place(clock),
    }
}

/// SHA-256 of a certificate: what an exception remembers it by.
pub fn fingerprint(octets: &[u8]) -> [u8; 32] {
    Sha256::digest(octets).into()
}

/// Octets as `AB:CD:EF`.
pub fn colons(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":")
}

/// A certificate as text (RFC 7468).
pub fn pem(octets: &[u8]) -> String {
    let text = STANDARD.encode(octets);
    // Base64 is ASCII: any cut is between two letters.
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

#[cfg(test)]
#[path = "chain/tests.rs"]
mod tests;

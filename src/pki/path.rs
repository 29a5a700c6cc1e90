//! The way from a server's certificate up to an authority that the client holds, as far as it leads. Goes
//! by names and by the names of keys: no signature is looked at.

use super::verdict::Sent;

/// How far certificates lead up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The places in the chain of those that are on the way, the server's own first. None is there twice.
    pub steps: Vec<usize>,
    /// What is above the last of them.
    pub end: End,
}

/// What is above the last certificate on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The client holds that very certificate: its root with this index.
    Held(usize),
    /// The client's root with this index has issued it.
    Root(usize),
    /// Nothing: it has signed itself, and the client does not hold it.
    Itself,
    /// Whoever issued it was not sent, and the client does not hold it.
    Missing,
}

/// The way up from the first certificate of `chain`; `None` if that is no certificate. Both are in DER, and
/// what cannot be read leads nowhere.
pub fn path(chain: &[Vec<u8>], roots: &[Vec<u8>]) -> Option<Path> {
    let (chain, roots) = (super::verdict::read(chain), super::verdict::read(roots));
    let at = |step: usize| chain.get(step).and_then(Option::as_ref);
    let mut top = at(0)?;
    let mut steps = vec![0];
    // Up from the server's own, each step to one that was not used yet.
    while !issued(top, top) {
        let above = |step: &usize| !steps.contains(step) && at(*step).is_some_and(|above| issued(above, top));
        let Some(step) = (1..chain.len()).find(above) else { break };
        steps.push(step);
        top = at(step)?;
    }
    let holds =
        |fits: &dyn Fn(&Sent<'_>) -> bool| roots.iter().position(|root| root.as_ref().is_some_and(fits));
    let end = if let Some(root) = holds(&|root| root.0 == top.0) {
        End::Held(root)
    } else if steps.len() == 1 && issued(top, top) {
        End::Itself
    } else if let Some(root) = holds(&|root| issued(root, top)) {
        End::Root(root)
    } else if issued(top, top) {
        End::Itself
    } else {
        End::Missing
    };
    Some(Path { steps, end })
}

/// Whether `above` may have signed `below`: by its name and, if both have it, by the name of its key.
fn issued((above_octets, above): &Sent<'_>, (below_octets, below): &Sent<'_>) -> bool {
    let name = above_octets.get(above.subject_span.clone());
    let same_key = match (&above.subject_key, &below.authority_key) {
        (Some(above), Some(below)) => above == below,
        _ => true,
    };
    name.is_some() && name == below_octets.get(below.issuer_span.clone()) && same_key
}

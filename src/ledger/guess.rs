//! Requests and answers among sealed records, by nothing but their lengths and their order.

use super::fact::{Entry, Fact, Guess};
use crate::dissect::names;
use crate::dissect::tls::{APPLICATION_DATA, TLS13};

/// What turns a record into content: the type that TLS 1.3 hides in it, nonce, and tag.
fn overhead(version: u16, suite: u16) -> u64 {
    let name = names::suite(suite).unwrap_or("");
    let tag = if name.ends_with("CCM_8") || name.ends_with("CCM_8_SHA256") { 8 } else { 16 };
    match version {
        TLS13.. => tag + 1,
        // RFC 5288 section 3, RFC 6655 section 3: part of the nonce is sent along.
        _ if name.contains("GCM") || name.contains("CCM") => tag + 8,
        // RFC 7905 section 2: all of it is known.
        _ if name.contains("CHACHA20") => tag,
        // The rest fill up blocks: how much, nobody tells.
        _ => 0,
    }
}

/// The requests and answers of one connection, in order.
pub fn guesses<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Guess> {
    let mut agreed = None;
    // TLS 1.3 seals its handshake as well: what the server says before the client does, and the client's
    // first record, which is its Finished, unless it shows a certificate, which nobody can tell.
    let mut shaken = false;
    let mut from_server = true;
    let mut guesses: Vec<Guess> = Vec::new();
    for entry in entries {
        let (from_client, octets) = match entry.fact {
            Fact::TlsAgreed { version, suite, .. } => {
                agreed = Some((version, suite));
                shaken = version < TLS13;
                continue;
            }
            Fact::Sealed { from_client, kind: APPLICATION_DATA, octets } => (from_client, u64::from(octets)),
            _ => continue,
        };
        if !shaken {
            shaken = from_client;
            continue;
        }
        let (version, suite) = agreed.unwrap_or((TLS13, 0));
        let octets = octets.saturating_sub(overhead(version, suite));
        let asks = from_client.then_some(octets);
        match guesses.last_mut() {
            Some(guess) if !from_client || !from_server => {
                guess.frame = entry.frame;
                match (asks, &mut guess.asked) {
                    (Some(more), Some(asked)) => *asked += more,
                    _ => guess.octets += octets,
                }
            }
            _ => guesses.push(Guess {
                frame: entry.frame,
                asked: asks,
                octets: if from_client { 0 } else { octets },
            }),
        }
        from_server = !from_client;
    }
    guesses
}

//! Three lanes, one script: what each costs, counted from the protocol and found in the worlds.

use pop3lab::policy::Versions;
use pop3lab::world::comparison::{Comparison, Ending, Plan, Script};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What most people do: look, fetch one mail, delete it.
const READ_ONE: &str = "USER alice\nPASS wonderland\nSTAT\nLIST\nRETR 1\nDELE 1\nQUIT\n";

/// How often the clients of the three lanes wait for an answer, from the first SYN to the end.
fn round_trips(versions: Versions) -> Vec<u32> {
    let compared = Comparison::of(Plan::new(Script::read(READ_ONE, Ending::AsSaid)).offering(versions));
    let trips = compared.lanes().iter().map(|lane| lane.totals(lane.trace().len()).round_trips);
    trips.collect()
}

/// TCP is one, the greeting one, each of the seven commands one. Nobody waits for the close.
///
/// A server of POP3 speaks first. Under TLS 1.3 its greeting waits for the client's Finished: the handshake is one,
/// and the greeting one as in the clear. Under TLS 1.2 the handshake is two, but the greeting travels behind the
/// server's Finished. So 995 costs one more with either. STLS adds CAPA, STLS, the handshake and CAPA; there the
/// client speaks first, and TLS 1.3 saves the second half of the handshake.
#[test]
fn what_tls_costs_in_round_trips_follows_from_who_speaks_first() {
    assert_eq!(round_trips(Versions::Tls13), [9, 9 + 4, 9 + 1]);
    assert_eq!(round_trips(Versions::Tls12), [9, 9 + 5, 9 + 1]);
}

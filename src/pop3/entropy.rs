//! What a session draws: the time stamp of its greeting, and what is new in each exchange of AUTH.

use super::Config;
use crate::sasl::{Fresh, Hash, coding};
use crate::time::Instant;

/// All chance of one connection. Whatever a session draws follows from it and from [`Config::secret`], so that a
/// session can be played again to the octet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entropy {
    /// Differs between connections.
    pub number: u64,
    /// When the connection began, by the server's clock.
    pub since: Instant,
}

impl Entropy {
    /// That of a connection which begins now.
    pub const fn new(number: u64, since: Instant) -> Entropy {
        Entropy { number, since }
    }

    /// The time stamp in the greeting, brackets included: another one for each connection (RFC 1939 section 7, APOP).
    pub(super) fn stamp(self, host: &str) -> String {
        format!("<{:016x}.{}@{host}>", self.number, self.since.as_micros())
    }

    /// What was never sent before: it follows from the server's secret, this connection and the number of the
    /// exchange in it.
    pub(super) fn fresh(self, exchange: u32, config: &Config) -> Fresh {
        let since = self.since.as_micros();
        let seed = [&self.number.to_be_bytes()[..], &since.to_be_bytes(), &exchange.to_be_bytes()].concat();
        let octets = Hash::Sha256.hmac(&config.secret, &seed);
        let (nonce, digits) = octets.split_at(18);
        let digits = digits.iter().take(8).fold(0_u64, |number, octet| number << 8 | u64::from(*octet));
        Fresh { nonce: coding::encode(nonce), stamp: format!("<{digits}.{since}@{}>", config.host) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn nothing_fresh_comes_twice() {
        let fresh = |secret, number, since, exchange| {
            let config = Config { secret: [secret; 32], ..Config::default() };
            Entropy::new(number, Instant::from_micros(since)).fresh(exchange, &config)
        };
        let drawn =
            [fresh(1, 1, 0, 0), fresh(1, 1, 0, 1), fresh(1, 2, 0, 0), fresh(1, 1, 1, 0), fresh(2, 1, 0, 0)];
        for (at, one) in drawn.iter().enumerate() {
            assert!(one.nonce.bytes().all(|octet| octet.is_ascii_graphic() && octet != b','));
            for other in &drawn[at + 1..] {
                assert!(one.nonce != other.nonce && one.stamp != other.stamp);
            }
        }
    }
}

//! Where an end of a connection takes its random octets from. It knows no operating system: whoever
//! wants one hands in a [`Source`].

use sha2::{Digest, Sha256};

/// Something that gives random octets.
pub trait Source: Send {
    /// Fills all of `octets`, or says that it cannot.
    fn fill(&mut self, octets: &mut [u8]) -> Result<(), Exhausted>;
}

/// The source has no random octets to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// The randomness of one end of one connection. Each end owns its own, so that what one draws never
/// changes what another gets.
pub struct Chance(Box<dyn Source>);

impl Chance {
    /// Octets that anybody can compute who knows `seed`: for demonstrations, never for real secrets.
    /// `stream` tells apart those who share a seed, for example the two ends of each connection.
    pub fn seeded(seed: u64, stream: u64) -> Chance {
        Chance(Box::new(Seeded { seed, stream, block: 0, rest: Vec::new() }))
    }

    /// Octets from elsewhere, for example from the operating system.
    pub fn from_source(source: Box<dyn Source>) -> Chance {
        Chance(source)
    }

    /// Fills all of `octets`, or says that the source cannot.
    pub fn fill(&mut self, octets: &mut [u8]) -> Result<(), Exhausted> {
        self.0.fill(octets)
    }
}

/// SHA-256 of seed, stream and a count of blocks: the same octets on every machine.
struct Seeded {
    seed: u64,
    stream: u64,
    block: u64,
    /// What is left of the last block, its end first.
    rest: Vec<u8>,
}

impl Source for Seeded {
    fn fill(&mut self, octets: &mut [u8]) -> Result<(), Exhausted> {
        for octet in octets {
            if self.rest.is_empty() {
                let block = [self.seed, self.stream, self.block].map(u64::to_be_bytes);
                self.rest.extend(Sha256::digest(block.as_flattened()).iter().rev());
                self.block += 1;
            }
            *octet = self.rest.pop().ok_or(Exhausted)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn drawn(mut chance: Chance, pieces: &[usize]) -> Vec<u8> {
        let fill = |&length: &usize| {
            let mut octets = vec![0; length];
            chance.fill(&mut octets).unwrap();
            octets
        };
        pieces.iter().flat_map(fill).collect()
    }

    #[test]
    fn how_much_is_drawn_at_once_changes_nothing() {
        let whole = drawn(Chance::seeded(7, 1), &[100]);
        assert_eq!(drawn(Chance::seeded(7, 1), &[1, 31, 32, 0, 33, 3]), whole);
    }

    #[test]
    fn seed_and_stream_both_matter() {
        let one = drawn(Chance::seeded(7, 1), &[32]);
        assert_ne!(drawn(Chance::seeded(7, 2), &[32]), one);
        assert_ne!(drawn(Chance::seeded(8, 1), &[32]), one);
    }
}

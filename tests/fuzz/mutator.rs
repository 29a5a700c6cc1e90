//! Bends octets: a few changes of the kinds that find faults, decided by a seed.

use oorandom::Rand32;

pub struct Mutator(Rand32);

/// Octets and words that programs stumble over.
const WORDS: [&[u8]; 16] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n.\r\n",
    b"..",
    b"\0",
    b"\xff\xff",
    b" ",
    b"=",
    b"*",
    b"<",
    b">",
    b"4294967295",
    b"-1",
    b"\xe3\x81",
    b"\x7f",
];

impl Mutator {
    pub fn new(seed: u64) -> Mutator {
        Mutator(Rand32::new(seed))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.rand_range(0..end.max(1) as u32) as usize
    }

    /// Something of the corpus, and one to eight changes to it.
    pub fn bend(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut octets = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(8) {
            self.change(&mut octets, corpus);
        }
        octets
    }

    fn change(&mut self, octets: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.below(octets.len() + 1);
        let end = at + self.below((octets.len() - at).min(64) + 1);
        match self.below(8) {
            0 if at < octets.len() => octets[at] ^= 1 << self.below(8),
            1 if at < octets.len() => octets[at] = self.0.rand_u32() as u8,
            2 => drop(octets.drain(at..end)),
            3 => octets.truncate(at),
            4 => drop(octets.splice(at..at, WORDS[self.below(WORDS.len())].iter().copied())),
            5 => {
                let again = octets[at..end].repeat(1 + self.below(40));
                octets.splice(at..at, again);
            }
            6 => {
                let other = &corpus[self.below(corpus.len())];
                let from = self.below(other.len() + 1);
                octets.truncate(at);
                octets.extend_from_slice(&other[from..]);
            }
            _ => {
                let number = self.0.rand_u32().to_be_bytes();
                octets.splice(at..end, number);
            }
        }
    }
}

//! Frames of connections that are made up octet by octet, as a tap sees them.

use pop3lab::ledger::{End, Entry, Fact, Ledger};

pub const CLIENT: End = ([192, 0, 2, 10], 49152);
pub const SERVER: End = ([192, 0, 2, 110], 4321);

pub const FIN: u8 = 0x01;
pub const SYN: u8 = 0x02;
pub const RST: u8 = 0x04;
pub const ACK: u8 = 0x10;

/// A connection, and its frames so far.
pub struct Wire {
    pub frames: Vec<Vec<u8>>,
    /// What either end sends next: the client's first.
    pub next: [u32; 2],
    /// Most octets of data in a frame.
    pub most: usize,
}

impl Wire {
    /// Nobody has said anything.
    pub fn new() -> Wire {
        Wire { frames: vec![], next: [u32::MAX - 20, 7_000_000], most: 1460 }
    }

    /// After SYN, SYN and ACK.
    pub fn open() -> Wire {
        let mut wire = Wire::new();
        wire.opens();
        wire
    }

    pub fn opens(&mut self) -> &mut Wire {
        self.frames.push(frame(CLIENT, SERVER, self.next[0], None, SYN, b""));
        self.next[0] = self.next[0].wrapping_add(1);
        self.says(1, SYN, b"").says(0, 0, b"")
    }

    /// One end says something, in frames that are no longer than may be.
    pub fn says(&mut self, who: usize, flags: u8, data: &[u8]) -> &mut Wire {
        let ends = [CLIENT, SERVER];
        let mut pieces: Vec<&[u8]> = data.chunks(self.most).collect();
        if pieces.is_empty() {
            pieces.push(b"");
        }
        for piece in pieces {
            let (seq, ack) = (self.next[who], Some(self.next[1 - who]));
            self.frames.push(frame(ends[who], ends[1 - who], seq, ack, flags | ACK, piece));
            let controls = u32::from(flags & SYN != 0) + u32::from(flags & FIN != 0);
            self.next[who] = seq.wrapping_add(piece.len() as u32 + controls);
        }
        self
    }

    pub fn client(&mut self, data: impl AsRef<[u8]>) -> &mut Wire {
        self.says(0, 0, data.as_ref())
    }

    pub fn server(&mut self, data: impl AsRef<[u8]>) -> &mut Wire {
        self.says(1, 0, data.as_ref())
    }

    /// Both ends close.
    pub fn closes(&mut self) -> &mut Wire {
        self.says(1, FIN, b"").says(0, FIN, b"").says(1, 0, b"")
    }

    pub fn ledger(&self) -> Ledger {
        read(&self.frames)
    }

    pub fn facts(&self) -> Vec<Fact> {
        facts(self.ledger().entries())
    }
}

/// What is learnt from frames in this order.
pub fn read<F: AsRef<[u8]>>(frames: impl IntoIterator<Item = F>) -> Ledger {
    let mut ledger = Ledger::default();
    for (number, frame) in frames.into_iter().enumerate() {
        ledger.see(number as u32, frame.as_ref());
    }
    ledger
}

pub fn facts(entries: &[Entry]) -> Vec<Fact> {
    entries.iter().map(|entry| entry.fact.clone()).collect()
}

/// The same facts in an order of their own.
pub fn sorted(facts: &[Fact]) -> Vec<String> {
    let mut sorted: Vec<String> = facts.iter().map(|fact| format!("{fact:?}")).collect();
    sorted.sort();
    sorted
}

/// An IPv4 packet with a TCP segment; the checksums are left out.
pub fn frame(from: End, to: End, seq: u32, ack: Option<u32>, flags: u8, data: &[u8]) -> Vec<u8> {
    let total = (40 + data.len() as u16).to_be_bytes();
    let flags = flags | if ack.is_some() { ACK } else { 0 };
    [
        &[0x45, 0][..],
        &total,
        &[0, 0, 0x40, 0, 64, 6, 0, 0],
        &from.0,
        &to.0,
        &from.1.to_be_bytes(),
        &to.1.to_be_bytes(),
        &seq.to_be_bytes(),
        &ack.unwrap_or(0).to_be_bytes(),
        &[0x50, flags, 0xff, 0xff, 0, 0, 0, 0],
        data,
    ]
    .concat()
}

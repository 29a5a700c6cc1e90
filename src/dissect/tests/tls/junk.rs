//! Records and messages with some octets changed, cut off or added, and of nothing but chance.

use super::frames::frame;
use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Octets that may have been one of these.
fn mutants(seeds: Vec<Vec<u8>>, seed: u64) -> impl Iterator<Item = (Vec<u8>, Rand32)> {
    let mut random = Rand32::new(seed);
    (0..8_000).map(move |_| {
        let mut octets = match random.rand_range(0..8) {
            0 => (0..random.rand_range(0..90)).map(|_| random.rand_u32() as u8).collect(),
            _ => seeds[random.rand_range(0..seeds.len() as u32) as usize].clone(),
        };
        for _ in 0..random.rand_range(0..6) {
            // Half of the changes are where lengths are dense.
            let end = if random.rand_range(0..2) == 0 { 120 } else { octets.len().max(1) as u32 };
            let octet = random.rand_u32() as u8 >> random.rand_range(0..8);
            if let Some(place) = octets.get_mut(random.rand_range(0..end) as usize) {
                *place = octet;
            }
        }
        match random.rand_range(0..4) {
            0 => octets.truncate(random.rand_range(0..octets.len() as u32 + 1) as usize),
            1 => octets.resize(octets.len() + random.rand_range(0..20) as usize, 0x16),
            _ => {}
        }
        (octets, random)
    })
}

#[test]
fn leaves_tile_messages_that_were_changed() {
    let seeds = says().into_iter().map(|(_, message)| message).collect();
    let mut seen = [0; 2];
    for (octets, mut random) in mutants(seeds, 8446) {
        let version = [TLS12, TLS13, 0, u16::MAX][random.rand_range(0..4) as usize];
        check_notes(&octets, &dissect_record(HANDSHAKE, version, &octets));
        for message in messages(version, &octets) {
            if let Message::Certificate { chain } = &message {
                assert!(chain.iter().all(|span| octets.get(span.clone()).is_some()));
            }
            seen[usize::from(matches!(message, Message::Other(_)))] += 1;
        }
        let kind = random.rand_u32() as u8;
        check_notes(&octets, &dissect_record(kind, version, &octets));
    }
    assert!(seen.iter().all(|count| *count > 300), "one of both is rare: {seen:?}");
}

#[test]
fn leaves_tile_frames_whatever_their_pieces_say() {
    for (stream, mut random) in mutants(streams().to_vec(), 5246) {
        let mut below = |end: usize| random.rand_range(0..end as u32 + 1) as usize;
        let cut = below(stream.len());
        let data = &stream[cut..(cut + below(1460)).min(stream.len())];
        let known: Vec<Record> = records(&stream).collect();
        assert!(tiled(known.iter().map(|record| record.span.clone())).is_some());
        let mut pieces: Vec<Piece<'_>> = known
            .iter()
            .filter_map(|record| {
                let content = match below(2) {
                    0 => Content::Clear(&stream[record.span.clone()]),
                    1 => Content::Clear(&[]),
                    _ => Content::Sealed(Seal { nonce: below(20), tag: below(20) }),
                };
                Piece::of(record.span.clone(), cut..cut + data.len(), content)
            })
            .collect();
        // Half of them are not true.
        if below(1) == 0 {
            for piece in &mut pieces {
                match below(4) {
                    0 => piece.from = below(40),
                    1 => piece.length = below(40),
                    2 => piece.span.start = below(40),
                    3 => piece.span.end = below(2000),
                    _ => {}
                }
            }
        }
        let frame = frame(data);
        check_notes(&frame, &dissect_pieces(&frame, &pieces));
    }
}

#[test]
fn records_of_any_stream_follow_each_other() {
    for (stream, _) in mutants(streams().to_vec(), 1939) {
        let found: Vec<Record> = records(&stream).collect();
        let end = tiled(found.iter().map(|record| record.span.clone())).expect("one after the other");
        assert!(end <= stream.len());
        for record in found {
            assert_eq!(record.fragment, record.span.start + 5..record.span.end);
            messages(record.version, &stream[record.fragment]);
        }
    }
}

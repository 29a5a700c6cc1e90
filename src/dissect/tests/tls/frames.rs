//! Records as TCP cuts them, and what the pieces in a frame say.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A frame that carries this data.
pub fn frame(data: &[u8]) -> Vec<u8> {
    let length = 40 + data.len() as u16;
    [&with(&USER, 2, &length.to_be_bytes())[..40], data].concat()
}

/// The pieces that some of a stream has of its records, by whether each can be read.
fn pieces(stream: &[u8], data: Range<usize>, sealed: fn(&Record) -> Option<Seal>) -> Vec<Piece<'_>> {
    let piece = |record: Record| {
        let content = match sealed(&record) {
            Some(seal) => Content::Sealed(seal),
            None => Content::Clear(&stream[record.span.clone()]),
        };
        Piece::of(record.span, data.clone(), content)
    };
    records(stream).filter_map(piece).collect()
}

/// The notes on the data of a frame, from the group of all of it on.
fn noted(data: &[u8], pieces: &[Piece<'_>]) -> Vec<String> {
    let frame = frame(data);
    let notes = dissect_pieces(&frame, pieces);
    check_notes(&frame, &notes);
    let first = notes.iter().position(|note| note.field == Field::Data).expect("there is data");
    outline(&notes[first + 1..]).iter().map(|line| line.replace("Tls(", "").replace(')', "")).collect()
}

/// For each octet of the data what the leaf it is in is for, and what it says.
fn names_of(data: &[u8], pieces: &[Piece<'_>]) -> Vec<(Field, Value)> {
    let frame = frame(data);
    let notes = dissect_pieces(&frame, pieces);
    check_notes(&frame, &notes);
    let data = leaves(&notes).filter(|leaf| leaf.span.start >= 40);
    data.flat_map(|leaf| leaf.span.clone().map(|_| (leaf.field, leaf.value))).collect()
}

#[test]
fn an_octet_has_the_same_name_wherever_its_record_is_cut() {
    for stream in [tls12().server, tls13().client] {
        let all = names_of(&stream, &pieces(&stream, 0..stream.len(), |_| None));
        assert_eq!(all.len(), stream.len());
        for at in (0..=stream.len()).step_by(3) {
            let [before, after] = [0..at, at..stream.len()]
                .map(|data| names_of(&stream[data.clone()], &pieces(&stream, data, |_| None)));
            assert_eq!([before, after].concat(), all, "cut at {at}");
        }
    }
}

#[test]
fn an_encrypted_record_has_its_parts_wherever_it_is_cut() {
    let record = [&[23, 3, 3, 0, 34][..], &[0xaa; 34]].concat();
    let expected = [
        "  40..79 Record application_data",
        "    40..41 ContentType application_data",
        "    41..43 RecordVersion TLS 1.2",
        "    43..45 Length 34",
        "    45..53 Nonce Opaque",
        "    53..63 Ciphertext Opaque",
        "    63..79 Tag Opaque",
    ];
    let seal = |_: &Record| Some(Seal::EXPLICIT);
    assert_eq!(noted(&record, &pieces(&record, 0..39, seal)), expected);
    let all = names_of(&record, &pieces(&record, 0..39, seal));
    for at in 5..=39 {
        let [before, after] =
            [0..at, at..39].map(|data| names_of(&record[data.clone()], &pieces(&record, data, seal)));
        assert_eq!([before, after].concat(), all, "cut at {at}");
    }
    // In the header itself the two ends of a field are not the field.
    assert_eq!(
        noted(&record[2..30], &pieces(&record, 2..30, seal)),
        [
            "  40..68 PartOfRecord",
            "    40..43 RecordHeader Opaque",
            "    43..51 Nonce Opaque",
            "    51..61 Ciphertext Opaque",
            "    61..68 Tag Opaque"
        ]
    );
    // TLS 1.3 sends no nonce along.
    let implicit = noted(&record, &pieces(&record, 0..39, |_| Some(Seal::IMPLICIT)));
    assert_eq!(implicit[4..], ["    45..63 Ciphertext Opaque", "    63..79 Tag Opaque"]);
}

#[test]
fn a_suite_tells_what_stands_around_ciphertext() {
    let seal = |version, suite| Seal::of(version, suite);
    assert_eq!(seal(TLS13, 0x1301), Seal::IMPLICIT);
    assert_eq!(seal(TLS12, 0xc02b), Seal::EXPLICIT);
    assert_eq!(seal(TLS12, 0xcca9), Seal::IMPLICIT);
    assert_eq!(seal(TLS12, 0xc0ac), Seal::EXPLICIT);
    assert_eq!(seal(TLS13, 0x1305).tag, 8);
    assert_eq!([seal(TLS12, 0xc009), seal(TLS12, 0xffff)], [Seal { nonce: 0, tag: 0 }; 2]);
    // With AES-GCM of TLS 1.2, Finished is 16 octets between nonce and tag, and QUIT is 6.
    let client = tls12().client;
    let sealed: Vec<usize> = records(&client)
        .skip_while(|record| record.kind != CHANGE_CIPHER_SPEC)
        .skip(1)
        .map(|record| record.fragment.len() - Seal::EXPLICIT.nonce - Seal::EXPLICIT.tag)
        .collect();
    assert_eq!(sealed[..2], [16, 6]);
}

#[test]
fn tls_can_begin_in_the_middle_of_a_frame() {
    let record = [21, 3, 3, 0, 2, 1, 0];
    let data = [b"STLS\r\n", &record[..], b"\r\n"].concat();
    let piece = Piece { span: 6..13, from: 0, length: 7, content: Content::Clear(&[]) };
    assert_eq!(
        noted(&data, &[piece]),
        [
            "  40..46 Line",
            "    40..44 LineText Octets",
            "    44..46 LineEnd Octets",
            "  46..53 Record alert",
            "    46..47 ContentType alert",
            "    47..49 RecordVersion TLS 1.2",
            "    49..51 Length 2",
            "    51..52 AlertLevel warning",
            "    52..53 AlertDescription close_notify",
            "  53..55 Line",
            "    53..55 LineEnd Octets",
        ]
    );
}

#[test]
fn a_part_without_its_beginning_is_a_fragment() {
    let hello = &tls12().client[..174];
    let piece = |from, length| Piece { span: 0..length, from, length: 174, content: Content::Clear(&[]) };
    // The beginning is read as far as it goes.
    let begin = noted(&hello[..11], &[piece(0, 11)]);
    assert_eq!(begin[0], "  40..51 PartOfRecord handshake");
    assert_eq!(begin.last().unwrap(), "      49..51 HelloVersion TLS 1.2");
    assert_eq!(noted(&hello[11..], &[piece(11, 163)])[1..], ["    40..203 Fragment Opaque"]);
    assert_eq!(
        noted(&hello[3..], &[piece(3, 171)])[1..],
        ["    40..42 RecordHeader Opaque", "    42..211 Fragment Opaque"]
    );
}

#[test]
fn pieces_that_cannot_be_leave_lines() {
    let hello = tls12().client;
    let data = &hello[..20];
    let content = Content::Clear(&hello);
    let far = usize::MAX;
    let cases = [
        vec![Piece { span: far..far, from: 0, length: 5, content }],
        vec![Piece { span: 0..far, from: far, length: far, content }],
        vec![Piece {
            span: 0..20,
            from: far,
            length: 3,
            content: Content::Sealed(Seal { nonce: far, tag: far }),
        }],
        vec![
            Piece { span: 8..12, from: 0, length: 4, content },
            Piece { span: 2..9, from: 2, length: 9, content: Content::Sealed(Seal::IMPLICIT) },
        ],
        vec![Piece { span: Range { start: 9, end: 3 }, from: 0, length: 0, content }],
    ];
    for pieces in cases {
        noted(data, &pieces);
    }
}

#[test]
fn a_piece_is_what_a_record_and_a_frame_share() {
    let content = Content::Sealed(Seal::IMPLICIT);
    let piece = |data| Piece::of(100..200, data, content).map(|piece| (piece.span, piece.from, piece.length));
    assert_eq!(piece(0..100), None);
    assert_eq!(piece(50..120), Some((50..70, 0, 100)));
    assert_eq!(piece(120..150), Some((0..30, 20, 100)));
    assert_eq!(piece(150..300), Some((0..50, 50, 100)));
    assert_eq!(piece(200..300), None);
}

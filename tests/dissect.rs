//! What is said of frames, on the frames of real sessions, against what smoltcp itself reads in them.

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;
use pop3lab::dissect::{Field, TcpFlags, Value, dissect, leaves, segment};
use pop3lab::trace::Event;
use pop3lab::world::Target;
use smoltcp::wire::{Ipv4Packet, TcpPacket};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The octets of every frame that was sent.
fn frames(lab: &Lab) -> Vec<&[u8]> {
    lab.events()
        .filter_map(
            |(_, event)| if let Event::FrameSent { octets, .. } = event { Some(&**octets) } else { None },
        )
        .collect()
}

/// A long answer and marks over a line that loses a tenth of its frames, a port at which nobody
/// listens, and a line that is dropped.
fn session() -> Lab {
    let mut lab = Lab::losing(100);
    lab.connects().logs_in_at_once().types("LIST").types("RETR 7").types("DELE 1").types("QUIT");
    lab.connects_to(Target::Server, 143);
    lab.connects().logs_in_at_once().drops_the_line();
    lab
}

#[test]
fn leaves_tile_every_frame_that_is_sent() {
    let lab = session();
    for frame in frames(&lab) {
        let notes = dissect(frame);
        let mut at = 0;
        for leaf in leaves(&notes) {
            assert!(
                leaf.span.start == at && leaf.span.end > at,
                "{leaf:?} begins not at {at} in {frame:02x?}"
            );
            at = leaf.span.end;
        }
        assert_eq!(at, frame.len());
    }
}

#[test]
fn nothing_in_a_frame_is_unknown_and_its_checksums_are_right() {
    let lab = session();
    let mut fields = BTreeSet::new();
    for frame in frames(&lab) {
        let mut checksums = 0;
        for note in dissect(frame) {
            assert!(
                !matches!(note.field, Field::Unknown | Field::Truncated | Field::Surplus | Field::OptionData),
                "{note:?} in {frame:02x?}"
            );
            if let Value::Checksum { said, computed } = note.value {
                assert_eq!(computed, Some(said), "{note:?} in {frame:02x?}");
                checksums += 1;
            }
            fields.insert(format!("{:?}", note.field));
        }
        assert_eq!(checksums, 2);
    }
    for seen in ["MaximumSegmentSize", "SackPermittedOption", "LeftEdge", "Line", "PartOfLine"] {
        assert!(fields.contains(seen), "no {seen} among {fields:?}");
    }
}

#[test]
fn a_segment_is_what_smoltcp_reads() {
    let lab = session();
    let mut flags = BTreeSet::new();
    let frames = frames(&lab);
    assert!(frames.len() > 300, "{} frames", frames.len());
    for frame in frames {
        let ip = Ipv4Packet::new_checked(frame).expect("a host sends IPv4 packets");
        let tcp = TcpPacket::new_checked(ip.payload()).expect("with TCP in them");
        let segment = segment(frame).expect("a whole segment");
        assert_eq!(segment.source, (ip.src_addr().octets(), tcp.src_port()));
        assert_eq!(segment.destination, (ip.dst_addr().octets(), tcp.dst_port()));
        assert_eq!(segment.sequence, tcp.seq_number().0 as u32);
        assert_eq!(segment.acknowledgement, tcp.ack().then(|| tcp.ack_number().0 as u32));
        assert_eq!(segment.window, tcp.window_len());
        assert_eq!(&frame[segment.data], tcp.payload());
        let set = [
            (TcpFlags::SYN, tcp.syn()),
            (TcpFlags::ACK, tcp.ack()),
            (TcpFlags::FIN, tcp.fin()),
            (TcpFlags::RST, tcp.rst()),
            (TcpFlags::PSH, tcp.psh()),
            (TcpFlags::URG, tcp.urg()),
            (TcpFlags::ECE, tcp.ece()),
            (TcpFlags::CWR, tcp.cwr()),
        ];
        for (flag, is_set) in set {
            assert_eq!(segment.flags.contains(flag), is_set, "{flag:?} in {frame:02x?}");
        }
        flags.extend(segment.flags.names());
    }
    assert_eq!(flags, BTreeSet::from(["SYN", "ACK", "FIN", "RST", "PSH"]));
}

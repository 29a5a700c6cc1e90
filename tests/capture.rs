//! Capture files: what stands in them, by a reader of our own; and whether Wireshark reads in them what
//! the trace tells, as a judge from outside. `cargo xtask test capture` brings the judge.

#[path = "capture/blocks.rs"]
mod blocks;
#[cfg(not(target_arch = "wasm32"))]
#[path = "capture/judge.rs"]
mod judge;
#[path = "support/lab.rs"]
mod lab;
#[cfg(not(target_arch = "wasm32"))]
#[path = "capture/recorded.rs"]
mod recorded;
#[cfg(not(target_arch = "wasm32"))]
#[path = "capture/tshark.rs"]
mod tshark;
#[path = "capture/worlds.rs"]
mod worlds;

use blocks::{File, Packet};
use pop3lab::capture::{About, pcapng};
use pop3lab::net::{Fate, SERVER_ADDRESS};
use pop3lab::trace::{Event, Trace};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use worlds::SCENARIOS;

const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const NAMES: u32 = 4;
const PACKET: u32 = 6;
const SECRETS: u32 = 10;

fn scenario(name: &str) -> lab::Lab {
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name);
    (scenario.expect("there is such a scenario").play)()
}

fn read(trace: &Trace, position: usize, about: &About) -> File {
    blocks::read(&pcapng(trace, position, about)).expect("a file that is well formed")
}

/// The frames of a trace that were sent before a position.
fn sent(trace: &Trace, position: usize) -> Vec<(u64, &[u8], Fate)> {
    let records = trace.records()[..position].iter();
    let frames = records.filter_map(|record| match &record.event {
        Event::FrameSent { octets, fate, .. } => Some((record.at.as_micros(), &**octets, *fate)),
        _ => None,
    });
    frames.collect()
}

#[test]
fn a_file_holds_every_frame_once_at_the_moment_it_was_sent() {
    for worlds::Scenario { name, play, .. } in SCENARIOS {
        let lab = play();
        let trace = lab.world.trace();
        let file = read(trace, trace.len(), &About { zero: 5_000_000_000, ..About::default() });
        let sent = sent(trace, trace.len());
        assert_eq!(file.packets.len(), sent.len(), "{name}");
        assert_eq!(file.kinds[..2], [SECTION, INTERFACE], "{name}");
        assert!(file.kinds[2..].iter().all(|kind| *kind == PACKET), "{name}: {:?}", file.kinds);
        for (packet, (micros, octets, _)) in file.packets.iter().zip(sent) {
            assert_eq!(packet.octets, octets, "{name}");
            assert_eq!(packet.micros, 5_000_000_000_000_000 + micros, "{name}");
        }
    }
}

#[test]
fn a_position_in_the_past_has_the_frames_that_were_sent_by_then() {
    let lab = scenario("pipelined");
    let trace = lab.world.trace();
    for position in (0..trace.len()).step_by(50) {
        let packets = read(trace, position, &About::default()).packets;
        assert!(
            packets.iter().map(|packet| &packet.octets[..]).eq(sent(trace, position).iter().map(|it| it.1))
        );
    }
}

#[test]
fn exactly_the_frames_that_never_arrive_have_a_comment() {
    for name in ["losing", "refused", "reset", "cut"] {
        let lab = scenario(name);
        let trace = lab.world.trace();
        let packets = read(trace, trace.len(), &About::default()).packets;
        let mut with_comment = 0;
        for (Packet { comment, .. }, (_, arrived)) in packets.iter().zip(trace.frames(trace.len())) {
            assert_eq!(comment.is_none(), arrived.is_some(), "{name}: {comment:?}");
            with_comment += usize::from(comment.is_some());
        }
        assert_eq!(with_comment > 0, name != "reset", "{name}: {with_comment} comments");
    }
}

#[test]
fn a_comment_tells_what_becomes_of_the_frame() {
    let said = |name, position: fn(&Trace) -> usize| {
        let lab = scenario(name);
        let trace = lab.world.trace();
        let comments = read(trace, position(trace), &About::default()).packets;
        comments.into_iter().filter_map(|packet| packet.comment).collect::<Vec<_>>().join(" ")
    };
    assert!(said("losing", Trace::len).contains("loses this frame"));
    assert!(said("refused", Trace::len).contains("Nobody has the address"));
    assert!(said("cut", Trace::len).contains("cable is cut:"));
    assert!(said("cut", Trace::len).contains("was cut while this frame was on its way"));
    // A frame that is still on its way may arrive.
    let first_sent = |trace: &Trace| trace.frames(trace.len())[0].0 as usize + 1;
    assert_eq!(said("cut", first_sent), "");
}

#[test]
fn keys_and_names_stand_before_the_packets() {
    let lab = scenario("refused");
    let trace = lab.world.trace();
    // One octet more each time: every padding that there is.
    for keys in
        ["CLIENT_RANDOM 1 2\n", "CLIENT_RANDOM 1 23\n", "CLIENT_RANDOM 1 234\n", "CLIENT_RANDOM 12 345\n"]
    {
        let names = [(SERVER_ADDRESS, "pop3lab.example"), ([192, 0, 2, 10], &keys[..9])];
        let file = read(trace, trace.len(), &About { zero: 0, names: &names, keys });
        assert_eq!(file.kinds[..5], [SECTION, INTERFACE, NAMES, SECRETS, PACKET]);
        assert_eq!(file.keys.as_deref(), Some(keys));
        assert_eq!(file.names, names.map(|(address, name)| (address, name.to_owned())));
    }
}

#[test]
fn what_cannot_be_a_name_is_left_out() {
    let trace = scenario("refused");
    let long = "a".repeat(256);
    let names = ["", "a\0b", &long].map(|name| (SERVER_ADDRESS, name));
    let file = read(trace.world.trace(), 0, &About { names: &names, ..About::default() });
    assert_eq!(file.kinds, [SECTION, INTERFACE]);
    let names = ["", &long[1..]].map(|name| (SERVER_ADDRESS, name));
    let file = read(trace.world.trace(), 0, &About { names: &names, ..About::default() });
    assert_eq!(file.names, [(SERVER_ADDRESS, long[1..].to_owned())]);
}

/// The tests in here start tshark. They are for `cargo xtask test capture`.
#[cfg(not(target_arch = "wasm32"))]
mod wireshark {
    use super::judge::{Claim, complaints, complaints_about, counted};
    use super::{About, SCENARIOS, pcapng, recorded, scenario, worlds};
    use pop3lab::policy::Versions;
    use pop3lab::world::comparison::{Comparison, Ending, Plan, Script};

    #[test]
    #[ignore = "needs tshark: cargo xtask test capture"]
    fn it_reads_what_the_trace_tells() {
        for worlds::Scenario { name, play, broken, turns } in SCENARIOS {
            let lab = play();
            let keys = lab.world.trace().key_log(lab.world.trace().len());
            let claim = Claim { broken, turns: *turns, keys: &keys };
            let wrong = complaints(name, lab.world.trace(), claim);
            assert!(wrong.is_empty(), "{name}:\n  {}", wrong.join("\n  "));
        }
    }

    #[test]
    #[ignore = "needs tshark: cargo xtask test capture"]
    fn it_counts_what_a_comparison_counts() {
        let script = "USER alice\nPASS wonderland\nSTAT\nLIST\nRETR 1\nRETR 7\nDELE 1\nQUIT";
        for (versions, loss) in [(Versions::Tls13, 0), (Versions::Tls12, 0), (Versions::Current, 100)] {
            let mut plan = Plan::new(Script::read(script, Ending::AsSaid)).offering(versions);
            plan.link.loss_per_mille = loss;
            for lane in Comparison::of(plan).lanes() {
                let name = format!("compared-{}-{versions:?}-{loss}", lane.road.name());
                let trace = lane.trace();
                let totals = lane.totals(trace.len());
                let (packets, octets) = counted(&name, trace);
                assert_eq!((packets as u32, octets as u64), (totals.packets, totals.octets), "{name}");
                let keys = trace.key_log(trace.len());
                let wrong =
                    complaints(&name, trace, Claim { keys: &keys, turns: loss == 0, ..Claim::default() });
                assert!(wrong.is_empty(), "{name}:\n  {}", wrong.join("\n  "));
            }
        }
    }

    #[test]
    #[ignore = "needs tshark: cargo xtask test capture"]
    fn it_opens_tls_with_the_keys_inside() {
        for recorded::Recorded { name, trace, keys } in recorded::all() {
            let wrong = complaints(name, &trace, Claim { keys: &keys, turns: true, ..Claim::default() });
            assert!(wrong.is_empty(), "{name}:\n  {}", wrong.join("\n  "));
        }
    }

    #[test]
    #[ignore = "needs tshark: cargo xtask test capture"]
    fn it_opens_nothing_without_the_keys() {
        for recorded::Recorded { name, trace, .. } in recorded::all() {
            let wrong = complaints(&format!("{name}-locked"), &trace, Claim::default()).join("\n");
            assert!(wrong.contains("lines of the server are told and 0 seen (encrypted: true)"), "{wrong}");
        }
    }

    #[test]
    #[ignore = "needs tshark: cargo xtask test capture"]
    fn it_sees_when_an_octet_is_another() {
        let lab = scenario("refused");
        let trace = lab.world.trace();
        let mut capture = pcapng(trace, trace.len(), &About { zero: 1_793_491_200, ..About::default() });
        let goodbye = capture.windows(7).position(|octets| octets == b"goodbye").expect("the answer to QUIT");
        capture[goodbye] = b'G';
        let wrong = complaints_about("another-octet", &capture, trace, Claim::default());
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].ends_with("TCP checksum is bad"), "{wrong:?}");
        assert!(wrong[1].contains("Bad checksum"), "{wrong:?}");
        assert!(wrong[2].contains("+OK Goodbye"), "{wrong:?}");
    }
}

//! The sessions of TLS: each road, both versions, each fault in both, and the clients of old. One script.

use super::lab::Lab;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Versions};
use pop3lab::world::{Setup, Target};

/// Each session by its name, with the digest of its trace.
pub const GOLDEN: &[(&str, &str)] = &[
    ("110", "97d027b8dded31344c0477245ea3a95686bb90182e3e1873e3f67f83b607a480"),
    ("STLS, TLS 1.3", "a18e7ceab4ee0978d6480bed345265a6fd69c3c8d29438dd9dbdae47cee42fc0"),
    ("995, TLS 1.3", "029e967b43f671cd6c2c3cfcb47275340515f1ed1f0197e125f025acc9dfcb41"),
    ("995, TLS 1.3, expired", "99fcee89d2b7ccf0cc87de5dc62b3999283117398bcdd990d1be480e1e2519b6"),
    ("995, TLS 1.3, not-yet-valid", "24e342e77184ef3b1c230df156c05014b18e2e0eab582a40835fc3f2989ee0bf"),
    ("995, TLS 1.3, other-host", "d7fe52c19ea1d4274f0967c658c715cb7374442671a92d4ed6ab66ff8ce35c66"),
    ("995, TLS 1.3, by-address", "a9256dff9d2f3f16cfb5f3cd88c1618c841df63e22364f026d6c60dcbabf9c1b"),
    ("995, TLS 1.3, self-signed", "4e8bca7f4303cd8c871a0facb98ebf5491a3f3d625ab857fe9c117934424a290"),
    ("995, TLS 1.3, unknown-authority", "62dcb0daa0bc0c0e694e67c8065f23bd0ba5d922cb70fe83a4028d24e17f001e"),
    (
        "995, TLS 1.3, missing-intermediate",
        "ea739a14a693454c42ff6046992a5bdf4fad8660726136c23db429b67ac7b872",
    ),
    ("995, TLS 1.3, wrong-clock", "2f730f0cfce61bc3e2ff7490f177110d8c0b55bf5bae018e05ea6633cc5c8d2c"),
    ("STLS, TLS 1.2", "125a33fee87befe5889f5e7d8b749ee569fc66d2b11257592aacf82774bb0ad1"),
    ("995, TLS 1.2", "7c2713d1a402ab6867b6c007cf75add075d6139915b64ac7ea13d83a495e13ff"),
    ("995, TLS 1.2, expired", "0c2a6b36cc5d5b4977e3bffe382e792bdb3fb2b8d59e38ea38ee395f1cadafe8"),
    ("995, TLS 1.2, not-yet-valid", "637bb38474ebbb9f5e88cd8368f6cfd1b2a80a715544d751a908c4c93571e3fd"),
    ("995, TLS 1.2, other-host", "5f796569aaf74916a725a7f8830e0a4634f7296f95c972b06c09690d9bc8e954"),
    ("995, TLS 1.2, by-address", "36c3e7c275925389a660a83e833065be0413d523c06ca14cd020453573e817cf"),
    ("995, TLS 1.2, self-signed", "b1b89b86337055d74d3aa4ea073cf8f8eb37cc80960921a2ee683ddbbc540027"),
    ("995, TLS 1.2, unknown-authority", "fa6e2c6b82f6d14de5b26377061c8b4b844649a420d37c64f8edfed1771f818e"),
    (
        "995, TLS 1.2, missing-intermediate",
        "ca8c9ded5d4db7ca7f2f51d313e915d02ffee9eaafa49994d61f97daa8dc6213",
    ),
    ("995, TLS 1.2, wrong-clock", "6f02c08ff92df505bd643326f5846c8b25683c3bc578ac9923b5dbfd3f10fc47"),
    ("995, TLS 1.1", "1eb15dbbaf3897341e129474ceaf0fa6616d9b7329a61f6a2b59fc6e20df42b6"),
    ("995, TLS 1.0", "5a37ed1342f1c0c09b3d9060437f3aeb0b25ff4bf37527b6a4bc9ae5d5da9417"),
];

/// What is set in each session, by its name, and the port.
pub fn terms() -> Vec<(String, Policy, u16)> {
    let mut terms = Vec::new();
    let on = |road: Road| (Policy { security: road.security(), ..Policy::default() }, road.port());
    let (clear, port) = on(Road::Clear);
    terms.push(("110".into(), clear, port));
    let ((by_stls, _), (at_once, tls)) = (on(Road::Stls), on(Road::Tls));
    for (name, offers) in [("TLS 1.3", Versions::Tls13), ("TLS 1.2", Versions::Tls12)] {
        terms.push((format!("STLS, {name}"), Policy { offers, ..by_stls }, 110));
        terms.push((format!("995, {name}"), Policy { offers, ..at_once }, tls));
        for fault in Fault::ALL {
            let policy = Policy { offers, fault: Some(fault), ..at_once };
            terms.push((format!("995, {name}, {}", fault.name()), policy, tls));
        }
    }
    for (name, offers) in [("TLS 1.1", Versions::Tls11), ("TLS 1.0", Versions::Tls10)] {
        terms.push((format!("995, {name}"), Policy { offers, ..at_once }, tls));
    }
    terms
}

/// The script on these terms. Where a road has its own commands before the login, they come first.
pub fn session(policy: Policy, port: u16) -> Lab {
    let mut setup = Setup { policy, ..Setup::default() };
    setup.server.implementation = "POP3-Lab".into();
    let mut lab = Lab::with(setup);
    lab.connects_to(Target::Server, port);
    if policy.security == Road::Stls.security() {
        lab.types("CAPA").types("STLS");
    }
    for line in SCRIPT {
        lab.types(line);
    }
    lab
}

/// What is said on every road.
pub const SCRIPT: [&str; 10] =
    ["CAPA", "USER alice", "PASS wonderland", "STAT", "LIST", "UIDL", "RETR 2", "DELE 1", "TOP 3 2", "QUIT"];

//! The sessions of TLS: each road, both versions, each fault in both, and the clients of old. One script.

use super::lab::Lab;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Versions};
use pop3lab::world::{Setup, Target};

/// Each session by its name, with the digest of its trace.
pub const GOLDEN: &[(&str, &str)] = &[
    ("110", "08e94137d7287aba564aabab933daafed7628685155e6950a2f799f15f5b6760"),
    ("STLS, TLS 1.3", "418d39913fb1cb86bc7889a3ef30112a55b21e9c8a2ab2c8ba0272b3609331f1"),
    ("995, TLS 1.3", "2277e09b46d1aa453e421acccea0ee8065b06f4c5ab4a7efbde90b0719c5a8e4"),
    ("995, TLS 1.3, expired", "2beff133f6056a65b5ae660d16fb5683f04c06d8efbdea4274ccd0afbf46d261"),
    ("995, TLS 1.3, not-yet-valid", "69d8c8081b71e81152172a26951dda3db8bca994d9231d9ba3e2135140690df7"),
    ("995, TLS 1.3, other-host", "f85750deeaf6c31ca8cf7670021f8ade67c99effd344f45c65d4e72888329e19"),
    ("995, TLS 1.3, by-address", "54e504173457d74648b3bcb4dc5cad13b45d8e4a1116cc710507b5cebaf169f5"),
    ("995, TLS 1.3, self-signed", "d5ae8d84bcd80b23d53540545da5de772ebc31217dc44ab0d000ec4e0409f50a"),
    ("995, TLS 1.3, unknown-authority", "13efacb4db67c126da84e3caa96245f07655e63dac5cbc8ac780ef12280ecc41"),
    (
        "995, TLS 1.3, missing-intermediate",
        "5ea13aec9474a2786f18ca19db2fe5a9ed01f251dd9dc0339db6c7202ff56090",
    ),
    ("995, TLS 1.3, wrong-clock", "7da34c13f2f99a582629cba87e00b99a65a8246026cd6176ba583e35df8003ef"),
    ("STLS, TLS 1.2", "df60120bb09a5d095970c090fbcf5892ee0eced5ae3ba464db14922b4b1466bf"),
    ("995, TLS 1.2", "a93cf4453718e497cb0e41d23f776de9acac7a25cb4e7b201e079cc2c4839403"),
    ("995, TLS 1.2, expired", "ad4f7a85ac09e3fd1c959afc7633455926b601650f45f5740632d04ddeaa00cd"),
    ("995, TLS 1.2, not-yet-valid", "bc491173ebec3040c283dbf4afd2948953ee50da06e3d98cf57c423d3a8c23a5"),
    ("995, TLS 1.2, other-host", "095736b40d8dc97065c279202c9033007169c056712621f0606798e8e4c9b6f5"),
    ("995, TLS 1.2, by-address", "1db53e701e8d1f39eb031f9551256539738f7954bd2313ad3567e460b99e1c09"),
    ("995, TLS 1.2, self-signed", "993db986388e56274f4ad5843bb8fd6a5b099e171a188195e529db5a912ec4fe"),
    ("995, TLS 1.2, unknown-authority", "264a91f526babc634ad080b3f9651e864ab54166b5602f74a272185b93b9c6dd"),
    (
        "995, TLS 1.2, missing-intermediate",
        "f6475be1cc5667edf0bb3ffc9138ef1524924a253f8a66bb13cbcfa71c5365ee",
    ),
    ("995, TLS 1.2, wrong-clock", "cb3fd8e49d91046fa1064214994bc767bb16c88e42df754989156a9e5a432bb6"),
    ("995, TLS 1.1", "65fd80373fc6030762521527c04254c334f6002fcf7cb5c7ba294b137ab09831"),
    ("995, TLS 1.0", "e6258864b4e266ca798b0838a46fdfb3020418400c893346ad17d42a1b458b10"),
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

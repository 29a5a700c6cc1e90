//! The sessions of TLS: each road, both versions, each fault in both, and the clients of old. One script.

use super::lab::Lab;
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Road, Versions};
use pop3lab::world::{Setup, Target};

/// Each session by its name, with the digest of its trace.
pub const GOLDEN: &[(&str, &str)] = &[
    ("110", "08e94137d7287aba564aabab933daafed7628685155e6950a2f799f15f5b6760"),
    ("STLS, TLS 1.3", "c9946802ecc323c828ac1e951d39b0ac135e551a49a4e999c43dc93543b41618"),
    ("995, TLS 1.3", "c849b2858981d4587ba5c07d6cd14f439bb6e0bc00924205d0b0e22df41f168a"),
    ("995, TLS 1.3, expired", "e05edfe3772f5cdf7fc2dc6f9d43431fe185c0fc13a860e4ff2a5cefec480328"),
    ("995, TLS 1.3, not-yet-valid", "ac287b3340b87dc691cf90491ffd925e3fdba619587ab9e83146d81dff77e3c9"),
    ("995, TLS 1.3, other-host", "12dbc4c5db4d64d08bfca0209adcdcad86543dfa99abe249a8a454aaa80fa9c6"),
    ("995, TLS 1.3, by-address", "676606d75d53e35dd30194b3e3dc3fbb238c25df3157ad0ea2e0622d595b055f"),
    ("995, TLS 1.3, self-signed", "f01dc04cda26650281a6597605bb3f6576bdf0a434de83b3d8f67d4b5ae8394d"),
    ("995, TLS 1.3, unknown-authority", "66f1e0d1a458ae7a5bd2bf8378ac48bc11bb7353d81625365ed69738f81cd036"),
    (
        "995, TLS 1.3, missing-intermediate",
        "6aef0a2eefd5fe30fc678359f5cde199ec393426a32ff2980e9f43e805105af5",
    ),
    ("995, TLS 1.3, wrong-clock", "352ef64b2af20bf4328cb939f6bdc8145cab16807b2c3cf1f54ec7050fc1ebe5"),
    ("STLS, TLS 1.2", "bec5305de755e4e2e5dc891e8dc2e68d517efec53344e0421d169b49fd0e869f"),
    ("995, TLS 1.2", "c078d9143a597c87f013116a07e72cf5f77a20503e24568f13ee6127bb5d3026"),
    ("995, TLS 1.2, expired", "d189ea3f9ff7736a67a755921d1475084d2f393a29c94a9afffd7c60be149cd1"),
    ("995, TLS 1.2, not-yet-valid", "ded1c20ae45a4a72e7b39259a080d079ed26a1d9cee279d787e3958025a3e651"),
    ("995, TLS 1.2, other-host", "9cc3e3ec0a5749d8b5afde5c089d1f7ab06dbb660bd445fa4bc9fa44346b685a"),
    ("995, TLS 1.2, by-address", "c0575a6c5796be3c60bfea5f9c546f91ee55ec573a96c3508d2bc36511af2dc8"),
    ("995, TLS 1.2, self-signed", "fc4bfcd1352f7ec2899db1370fe5ec14d88ab79dbab9929845f60825bea13f86"),
    ("995, TLS 1.2, unknown-authority", "fa22d5dd2669e6e2b6d6979c75f9b09e6b7e22c4bdcb6ed95504bc4e2326e569"),
    (
        "995, TLS 1.2, missing-intermediate",
        "8ff1d1008788c80e31e89d0eb09e00fe8de2fcc688b74328dcea4447fd9ef925",
    ),
    ("995, TLS 1.2, wrong-clock", "a8c91e361c2c8d7b5069def5a4d55b81665a1f50a08ce7c84729142602244f6d"),
    ("995, TLS 1.1", "74af2d4a45c674bade5205c7f8f6d1f554397d1eb1e0598846211516626ab2be"),
    ("995, TLS 1.0", "8757ca631d49fcaaa20a11c7dcec276e6583a64e3567ce3235bb658624b57fe2"),
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

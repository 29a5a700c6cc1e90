//! Scenes in which something goes wrong on purpose, on one button each: a world, and what is done in it.

use super::lab::{ME, OTHER, PORT};
use super::wish::Wish;
use crate::i18n::{Id, id};
use crate::mail::{Account, AccountPolicy};
use crate::net::LinkConfig;
use crate::pki::Fault;
use crate::policy::{Policy, Road, Security, Shown, Versions};
use crate::world::{Action, Setup, Target, samples};

/// A scene.
pub struct SetPiece {
    /// Its name in tests and links.
    pub name: &'static str,
    /// What it is called.
    pub title: Id,
    /// What one can see in it.
    pub tells: Id,
    /// What it changes about the world.
    setup: fn(&mut Setup),
    /// What is done there.
    wishes: fn() -> Vec<Wish>,
}

impl SetPiece {
    /// The world of this scene: the demonstration, with these dice, and what the scene changes about it.
    /// Whichever scene was on before leaves nothing behind.
    pub fn setup(&self, seed: u64) -> Setup {
        let mut setup = Setup::with_seed(seed);
        (self.setup)(&mut setup);
        setup
    }

    /// What is done there, in order.
    pub fn wishes(&self) -> Vec<Wish> {
        (self.wishes)()
    }
}

/// All scenes, the most common trouble first.
pub const SET_PIECES: &[SetPiece] = &[
    SetPiece {
        name: "locked",
        title: id::PIECE_LOCKED,
        tells: id::PIECE_LOCKED_TELLS,
        setup: |_| {},
        wishes: || {
            let other = Wish::Connect { client: OTHER, to: Target::Server, port: PORT };
            let login = b"USER alice\r\nPASS wonderland\r\n".to_vec();
            let opens = Wish::Send { client: OTHER, octets: login };
            [vec![other, opens], logged_in()].concat()
        },
    },
    SetPiece {
        name: "dropped",
        title: id::PIECE_DROPPED,
        tells: id::PIECE_DROPPED_TELLS,
        setup: |_| {},
        wishes: || {
            let marks = vec![Wish::line("DELE 1"), Wish::line("DELE 2"), Wish::DropLine { client: ME }];
            [logged_in(), marks, logged_in(), vec![Wish::line("LIST")]].concat()
        },
    },
    SetPiece {
        name: "cable",
        title: id::PIECE_CABLE,
        tells: id::PIECE_CABLE_TELLS,
        setup: |_| {},
        wishes: || {
            let cut = vec![Wish::line("DELE 1"), Wish::Act(Action::CutCable { client: ME })];
            [logged_in(), cut, logged_in()].concat()
        },
    },
    SetPiece {
        name: "idle",
        title: id::PIECE_IDLE,
        tells: id::PIECE_IDLE_TELLS,
        setup: |_| {},
        wishes: || [logged_in(), vec![Wish::line("DELE 1"), Wish::pass(IDLE_SECONDS)]].concat(),
    },
    SetPiece {
        name: "unreachable",
        title: id::PIECE_UNREACHABLE,
        tells: id::PIECE_UNREACHABLE_TELLS,
        setup: |_| {},
        wishes: || vec![Wish::Connect { client: ME, to: Target::Nobody, port: PORT }],
    },
    SetPiece {
        name: "closed-port",
        title: id::PIECE_CLOSED_PORT,
        tells: id::PIECE_CLOSED_PORT_TELLS,
        setup: |_| {},
        wishes: || vec![Wish::Connect { client: ME, to: Target::Server, port: CLOSED_PORT }],
    },
    SetPiece {
        name: "lossy",
        title: id::PIECE_LOSSY,
        tells: id::PIECE_LOSSY_TELLS,
        setup: |setup| setup.link = LinkConfig { latency: 300_000, loss_per_mille: 200 },
        wishes: || [logged_in(), vec![Wish::line("RETR 2")]].concat(),
    },
    SetPiece {
        name: "dots",
        title: id::PIECE_DOTS,
        tells: id::PIECE_DOTS_TELLS,
        setup: |_| {},
        wishes: || [logged_in(), vec![Wish::line("RETR 5")]].concat(),
    },
    SetPiece {
        name: "expired",
        title: id::PIECE_EXPIRED,
        tells: id::PIECE_EXPIRED_TELLS,
        setup: |setup| {
            setup.policy =
                Policy { fault: Some(Fault::Expired), security: Security::TlsAtOnce, ..setup.policy };
        },
        wishes: || vec![Wish::connect_to(TLS_PORT)],
    },
    SetPiece {
        name: "no-tls-at-995",
        title: id::PIECE_NO_TLS,
        tells: id::PIECE_NO_TLS_TELLS,
        setup: |_| {},
        wishes: || vec![Wish::connect_to(TLS_PORT)],
    },
    SetPiece {
        name: "tls-at-110",
        title: id::PIECE_TLS_AT_110,
        tells: id::PIECE_TLS_AT_110_TELLS,
        setup: |setup| setup.policy.security = Security::TlsAtOnce,
        wishes: || vec![Wish::connect()],
    },
    SetPiece {
        name: "stls-missing",
        title: id::PIECE_STLS_MISSING,
        tells: id::PIECE_STLS_MISSING_TELLS,
        setup: |setup| {
            let security = Security::StlsIfOffered;
            setup.policy = Policy { stls: false, security, by_hand: false, ..setup.policy };
        },
        wishes: logged_in,
    },
    SetPiece {
        name: "behind-stls",
        title: id::PIECE_BEHIND_STLS,
        tells: id::PIECE_BEHIND_STLS_TELLS,
        setup: |setup| setup.policy.security = Security::StlsRequired,
        wishes: || {
            let at_once = Wish::send(b"STLS\r\nUSER alice\r\nPASS wonderland\r\n".to_vec());
            vec![Wish::connect(), at_once, Wish::line("STAT")]
        },
    },
    SetPiece {
        name: "old-client",
        title: id::PIECE_OLD_CLIENT,
        tells: id::PIECE_OLD_CLIENT_TELLS,
        setup: |setup| {
            let security = Security::TlsAtOnce;
            setup.policy = Policy { offers: Versions::Tls10, security, ..setup.policy };
        },
        wishes: || vec![Wish::connect_to(TLS_PORT)],
    },
    SetPiece {
        name: "external",
        title: id::PIECE_EXTERNAL,
        tells: id::PIECE_EXTERNAL_TELLS,
        setup: |setup| {
            let (security, shows) = (Security::TlsAtOnce, Shown::Own);
            setup.policy = Policy { asks: true, shows, security, offers: Versions::Tls12, ..setup.policy };
        },
        wishes: || vec![Wish::connect_to(TLS_PORT), Wish::line("CAPA"), Wish::line("AUTH EXTERNAL =")],
    },
    SetPiece {
        name: "huge",
        title: id::PIECE_HUGE,
        tells: id::PIECE_HUGE_TELLS,
        setup: |setup| {
            setup.accounts.push(Account {
                name: "zoe".into(),
                password: "keeps-everything".into(),
                messages: samples::everything(),
                policy: AccountPolicy::default(),
                access: Default::default(),
            });
        },
        wishes: || {
            let lines = ["USER zoe", "PASS keeps-everything", "STAT"];
            [vec![Wish::connect()], lines.map(Wish::line).to_vec()].concat()
        },
    },
];

/// The port of POP3 inside TLS.
const TLS_PORT: u16 = Road::Tls.port();

/// A port on which nothing listens: the one beside POP3's.
pub const CLOSED_PORT: u16 = 111;

/// A little more than the server's idle limit of ten minutes (RFC 1939 section 3).
pub const IDLE_SECONDS: u64 = 601;

fn logged_in() -> Vec<Wish> {
    vec![Wish::connect(), Wish::line("USER alice"), Wish::line("PASS wonderland")]
}

/// The scene of this name.
pub fn named(name: &str) -> Option<&'static SetPiece> {
    SET_PIECES.iter().find(|piece| piece.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, Note};
    use crate::ui::lab::Lab;

    /// The rows of the terminal in a scene, at its end.
    fn rows(name: &str) -> Vec<String> {
        let lab = played(name);
        let view = lab.view();
        view.with(|trace| {
            let line = |row: &u32| match &trace.records()[*row as usize].event {
                Event::ClientLine { octets, .. } => format!("C: {}", String::from_utf8_lossy(octets)),
                Event::ServerLine { octets, .. } => format!("S: {}", String::from_utf8_lossy(octets)),
                Event::Note(note) => format!("{note:?}"),
                _ => String::new(),
            };
            trace.rows(trace.len()).iter().map(line).collect()
        })
    }

    fn played(name: &str) -> Lab {
        let piece = named(name).unwrap();
        let mut lab = Lab::default();
        lab.begin(piece.setup(lab.setup().seed), piece.wishes());
        while lab.go_on() {}
        lab
    }

    #[test]
    fn a_locked_mailbox_is_refused_with_in_use() {
        assert!(rows("locked").last().unwrap().starts_with("S: -ERR [IN-USE]"));
    }

    #[test]
    fn after_a_dropped_line_nothing_is_gone() {
        let lab = played("dropped");
        let scene = lab.view().scene();
        assert_eq!(scene.mailboxes["alice"].messages.len(), 8);
        assert!(scene.mailboxes["alice"].messages.iter().all(|held| !held.marked));
        assert!(rows("dropped").contains(&"LineDropped".into()));
    }

    #[test]
    fn a_cut_cable_leaves_the_lock_behind_until_time_has_passed() {
        let mut lab = played("cable");
        assert!(rows("cable").last().unwrap().starts_with("S: -ERR [IN-USE]"));
        lab.does(Wish::pass(IDLE_SECONDS));
        assert_eq!(lab.view().scene().mailboxes["alice"].locked_by, None);
        assert_eq!(lab.view().scene().mailboxes["alice"].messages.len(), 8);
    }

    #[test]
    fn an_idle_session_is_closed_without_update() {
        let lab = played("idle");
        let scene = lab.view().scene();
        assert_eq!(scene.connections[&ME].ended, Some(Note::ServerClosed));
        assert_eq!(scene.mailboxes["alice"].messages.len(), 8);
    }

    #[test]
    fn nobody_answers_and_nothing_listens_are_two_things() {
        assert_eq!(rows("unreachable").last().unwrap(), "Unreachable");
        assert_eq!(rows("closed-port").last().unwrap(), "Refused");
    }

    #[test]
    fn a_lossy_line_loses_frames_and_no_octet() {
        let lab = played("lossy");
        let lost = |event: &Event| matches!(event, Event::FrameSent { fate: crate::net::Fate::Lost, .. });
        let lost =
            lab.view().with(|trace| trace.records().iter().filter(|record| lost(&record.event)).count());
        assert!(lost >= 2, "{lost} lost");
        let scene = lab.view().scene();
        let sent = &samples::messages()[1];
        assert_eq!(&*scene.downloads[0].octets, sent.octets());
    }

    #[test]
    fn a_message_with_dots_arrives_as_it_is_held() {
        let lab = played("dots");
        assert_eq!(&*lab.view().scene().downloads[0].octets, samples::messages()[4].octets());
        assert!(rows("dots").iter().any(|row| row.starts_with("S: ..")));
    }

    #[test]
    fn the_scenes_of_tls_end_as_they_say() {
        assert!(rows("expired").last().unwrap().starts_with("CertificateRefused"));
        assert_eq!(rows("no-tls-at-995").last().unwrap(), "Connected");
        assert!(rows("tls-at-110").last().unwrap().starts_with("TlsFailed(NotTls"));
        assert!(rows("old-client").last().unwrap().starts_with("TlsFailed(AlertReceived"));
        assert!(rows("external").contains(&"C: AUTH EXTERNAL =".into()));
        assert!(rows("external").last().unwrap().starts_with("S: +OK the maildrop is yours"));
        assert!(rows("stls-missing").contains(&"StlsNotOffered".into()));
        assert!(rows("stls-missing").last().unwrap().starts_with("S: +OK the maildrop is yours"));
        // The name and the password behind STLS were never read.
        assert!(rows("behind-stls").last().unwrap().starts_with("S: -ERR STAT is not valid in the AUTH"));
    }

    #[test]
    fn the_huge_mailbox_is_huge() {
        let told = rows("huge").last().unwrap().clone();
        let mut words = told.split(' ').skip(2).map(|word| word.parse::<u64>().unwrap());
        assert_eq!(words.next(), Some(10_000));
        assert!(words.next().unwrap() > 10_000_000);
    }

    #[test]
    fn every_scene_has_a_name_of_its_own() {
        for piece in SET_PIECES {
            assert_eq!(SET_PIECES.iter().filter(|other| other.name == piece.name).count(), 1);
        }
    }
}

//! Which mail program gets through which door, and what each fault of a certificate comes to: the error, what
//! is on the wire, and the sentence that a learner reads. docs/roads.md is written from here.

#[path = "support/lab.rs"]
mod lab;
#[path = "matrix/page.rs"]
mod page;
#[path = "matrix/wire.rs"]
mod wire;

use lab::Lab;
use pop3lab::i18n::{Language, Words};
use pop3lab::pki::Fault;
use pop3lab::policy::{Policy, Security, Versions};
use pop3lab::trace::{Event, Note, Side};
use pop3lab::ui::notes::{note_text, silence};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A door of the server: its name, the port, and whether STLS is offered there.
const DOORS: [(&str, u16, bool); 4] = [
    ("110 with STLS", 110, true),
    ("110 without STLS", 110, false),
    ("995", 995, true),
    ("closed port", 111, true),
];

/// A mail program: its name, its security, and whether a person types what comes before the login.
const PROGRAMS: [(&str, Security, bool); 5] = [
    ("no TLS", Security::None, true),
    ("STLS if offered", Security::StlsIfOffered, false),
    ("STLS required", Security::StlsRequired, false),
    ("TLS at once", Security::TlsAtOnce, true),
    ("STLS typed", Security::None, true),
];

/// What a program comes to at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The login works, and everybody on the way reads it.
    InTheClear,
    /// The login works, and nobody on the way reads it.
    Sealed,
    /// Nothing comes until somebody speaks, and then it is over.
    Silence,
    /// The program goes away before it has sent a password.
    GaveUp,
    /// Nobody listens.
    Refused,
}

/// What each program comes to at each door, in the order of PROGRAMS.
const ENDS: [[End; 5]; 4] = {
    use End::*;
    [
        [InTheClear, Sealed, Sealed, GaveUp, Sealed],
        [InTheClear, InTheClear, GaveUp, GaveUp, InTheClear],
        [Silence, Silence, Silence, Sealed, Silence],
        [Refused, Refused, Refused, Refused, Refused],
    ]
};

/// The program at the door: what it finds, and after that what comes of STLS, where a person types it, and
/// of the login.
fn meets(door: usize, program: usize) -> Meeting {
    let ((_, port, stls), (name, security, by_hand)) = (DOORS[door], PROGRAMS[program]);
    let mut lab = Lab::on_terms(Policy { security, by_hand, stls, ..Policy::default() }, port);
    let before = silence(lab.connection());
    if name == "STLS typed" && lab.connection().is_open() {
        lab.types("STLS");
    }
    for line in ["USER alice", "PASS wonderland"] {
        if lab.connection().is_open() {
            lab.types(line);
        }
    }
    Meeting { lab, silence: before }
}

/// What came of it.
struct Meeting {
    lab: Lab,
    /// What the page says of the silence that there was at first.
    silence: Option<pop3lab::i18n::Id>,
}

impl Meeting {
    fn end(&self) -> End {
        let said = |secure: bool| {
            self.lab.events().any(|(_, event)| match event {
                Event::ClientLine { octets, secure: sealed, .. } => {
                    octets.starts_with(b"PASS") && *sealed == secure
                }
                _ => false,
            })
        };
        let inside = self.lab.connection().mailbox.is_some();
        match self.lab.connection().ended {
            Some(Note::Refused) => End::Refused,
            _ if self.silence.is_some() => End::Silence,
            _ if inside && said(true) => End::Sealed,
            _ if inside && said(false) => End::InTheClear,
            _ => End::GaveUp,
        }
    }

    /// What the learner reads beside the lines of the protocol, in this language.
    fn sentences(&self, language: Language) -> Vec<String> {
        let words = Words::new(language);
        let said = self.silence.map(|says| words.say(says));
        let notes = self.lab.notes();
        said.into_iter().chain(notes.into_iter().map(|note| note_text(words, note))).collect()
    }
}

#[test]
fn each_program_comes_to_this_at_each_door() {
    for (door, ends) in ENDS.iter().enumerate() {
        for (program, end) in ends.iter().enumerate() {
            let meeting = meets(door, program);
            let what = (DOORS[door].0, PROGRAMS[program].0);
            assert_eq!(meeting.end(), *end, "{what:?}\n{}", meeting.lab.story());
        }
    }
}

#[test]
fn no_password_leaves_a_program_that_gives_up() {
    for (door, ends) in ENDS.iter().enumerate() {
        for program in (0..ends.len()).filter(|program| ends[*program] == End::GaveUp) {
            let meeting = meets(door, program);
            let seen = wire::frames(&meeting.lab).concat();
            assert!(!seen.windows(10).any(|octets| octets == b"wonderland"));
        }
    }
}

#[test]
fn every_meeting_is_told_in_both_languages_and_is_not_told_the_same() {
    for door in 0..DOORS.len() {
        for program in 0..PROGRAMS.len() {
            let meeting = meets(door, program);
            let [english, japanese] = [Language::English, Language::Japanese].map(|it| meeting.sentences(it));
            assert_eq!(english.len(), japanese.len());
            assert!(english.iter().zip(&japanese).all(|(one, other)| !one.is_empty() && one != other));
        }
    }
}

/// The alert that a client sends for each fault: RFC 8446 section 6.2.
fn alert(fault: Fault) -> &'static str {
    match fault {
        Fault::Expired | Fault::NotYetValid | Fault::WrongClock => "fatal certificate_expired",
        Fault::OtherHost | Fault::ByAddress => "fatal bad_certificate",
        Fault::SelfSigned | Fault::UnknownAuthority | Fault::MissingIntermediate => "fatal unknown_ca",
    }
}

/// A client that meets a fault, on the road of TLS.
fn meets_fault(fault: Fault, offers: Versions) -> Lab {
    let security = Security::TlsAtOnce;
    Lab::on_terms(Policy { security, offers, fault: Some(fault), ..Policy::default() }, 995)
}

const VERSIONS: [(Versions, bool); 2] = [(Versions::Tls12, false), (Versions::Tls13, true)];

#[test]
fn each_fault_ends_in_its_alert_which_is_sealed_in_tls_1_3() {
    for fault in Fault::ALL {
        for (offers, sealed) in VERSIONS {
            let lab = meets_fault(fault, offers);
            let records = wire::records(&lab);
            let last = records.iter().rfind(|record| record.from == Side::Client).unwrap();
            assert_eq!((last.what.as_str(), last.sealed), (alert(fault), sealed), "{fault:?} {offers:?}");
            let refused = lab.connection().refused.as_ref().unwrap();
            let (says, in_japanese) = (Words::new(Language::English), Words::new(Language::Japanese));
            let verdict = |words| pop3lab::ui::tls_words::verdict_text(words, &refused.0);
            assert_ne!(verdict(says), verdict(in_japanese));
        }
    }
}

#[test]
fn no_two_faults_are_told_in_the_same_words() {
    let words = Words::new(Language::English);
    let told = Fault::ALL.map(|fault| {
        let lab = meets_fault(fault, Versions::Current);
        pop3lab::ui::tls_words::verdict_text(words, &lab.connection().refused.as_ref().unwrap().0)
    });
    for (at, one) in told.iter().enumerate() {
        assert!(!told[..at].contains(one), "{one}");
    }
}

/// What clients of about 2010 and of about 2000 offer.
const OLD: [Versions; 2] = [Versions::Tls11, Versions::Tls10];

fn meets_old(offers: Versions) -> Lab {
    Lab::on_terms(Policy { security: Security::TlsAtOnce, offers, ..Policy::default() }, 995)
}

#[test]
fn a_client_of_old_is_refused_by_a_real_alert() {
    for offers in OLD {
        let lab = meets_old(offers);
        let records = wire::records(&lab);
        assert_eq!(records[0].what, "ClientHello");
        // Its hello lacks what every hello of TLS 1.2 has, which the server notices before the version.
        assert_eq!(records[1].what, "fatal handshake_failure");
        assert!(!records[1].sealed && records[1].from == Side::Server);
        assert!(matches!(lab.connection().ended, Some(Note::TlsFailed(_))));
    }
}

// A page of docs is compared with the file, which wasm cannot read.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn docs_roads_md_says_what_happens() {
    let text = page::page();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/roads.md");
    if std::env::var_os("POP3LAB_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).expect("docs/roads.md can be written");
    }
    let held = std::fs::read_to_string(path).unwrap_or_default();
    assert!(held == text, "docs/roads.md is not what happens now: set POP3LAB_WRITE_DOCS=1 to write it anew");
}

//! A client that shows a certificate to a server that asks for one, in a world: what AUTH EXTERNAL makes of
//! it, what happens to certificates that do not verify, and what the path sees.

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;
use pop3lab::ledger::{Fact, Ledger};
use pop3lab::policy::{Policy, Road, Security, Shown, Versions};
use pop3lab::pop3::{LogLine, Phase};
use pop3lab::tls::{Failure, Message, TlsEvent};
use pop3lab::trace::{Event, Note, Side};
use pop3lab::world::{ADDRESS, Action};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BOTH: [Versions; 2] = [Versions::Tls12, Versions::Tls13];

/// On port 995 with a server that asks and a mail program that has this to show.
fn on_995(shows: Shown, offers: Versions) -> Policy {
    Policy { security: Security::TlsAtOnce, asks: true, shows, offers, ..Policy::default() }
}

/// The mechanisms that CAPA lists now.
fn listed(lab: &mut Lab) -> Vec<String> {
    let from = lab.world.trace().len();
    lab.types("CAPA");
    let lines = lab.world.trace().records()[from..].iter().filter_map(|record| match &record.event {
        Event::ServerLine { octets, .. } => String::from_utf8(octets.to_vec()).ok(),
        _ => None,
    });
    let sasl = lines.filter_map(|line| Some(line.strip_prefix("SASL ")?.to_owned())).next();
    sasl.unwrap_or_default().split(' ').map(str::to_owned).collect()
}

fn offers_external(lab: &mut Lab) -> bool {
    listed(lab).contains(&"EXTERNAL".to_owned())
}

/// The last line that the server has sent.
fn last_line(lab: &Lab) -> String {
    let line = lab.world.trace().records().iter().rev().find_map(|record| match &record.event {
        Event::ServerLine { octets, .. } => Some(String::from_utf8_lossy(octets).into_owned()),
        _ => None,
    });
    line.unwrap_or_default()
}

fn has(lab: &Lab, is: impl Fn(&Event) -> bool) -> bool {
    lab.world.trace().records().iter().any(|record| is(&record.event))
}

fn phase(lab: &Lab) -> Phase {
    lab.scene().connections.values().next_back().and_then(|held| held.phase).expect("a session has begun")
}

/// What somebody on the path has written down of the client's certificate.
fn overheard(lab: &Lab) -> Vec<String> {
    let mut ledger = Ledger::default();
    for record in lab.world.trace().records() {
        if let Event::FrameSent { frame, octets, .. } = &record.event {
            ledger.see(frame.0, octets);
        }
    }
    let shown = ledger.entries().iter().filter_map(|entry| match &entry.fact {
        Fact::Certificate { from_client: true, chain } => chain.first(),
        _ => None,
    });
    shown.flat_map(|named| named.mailboxes.clone()).collect()
}

#[test]
fn who_has_shown_a_certificate_logs_in_without_a_password_and_not_by_itself() {
    for offers in BOTH {
        let mut lab = Lab::on_terms(on_995(Shown::Own, offers), 995);
        // RFC 2595 section 4, RFC 8314 section 3.1: still in AUTHORIZATION.
        assert_eq!(phase(&lab), Phase::Authorization, "{offers:?}");
        assert!(offers_external(&mut lab), "{offers:?}");
        lab.types("STAT");
        assert!(last_line(&lab).starts_with("-ERR"), "{offers:?}");
        lab.types("AUTH EXTERNAL =");
        assert!(last_line(&lab).starts_with("+OK"), "{offers:?}: {}", last_line(&lab));
        assert_eq!(phase(&lab), Phase::Transaction, "{offers:?}");
    }
}

#[test]
fn it_is_the_same_after_stls_and_nothing_of_it_is_there_before() {
    let policy = Policy { security: Security::StlsRequired, ..on_995(Shown::Own, Versions::Current) };
    let mut lab = Lab::on_terms(policy, 110);
    assert!(!offers_external(&mut lab));
    lab.types("AUTH EXTERNAL =");
    assert!(last_line(&lab).starts_with("-ERR"));
    lab.types("STLS");
    assert!(offers_external(&mut lab));
    lab.types("AUTH EXTERNAL");
    assert_eq!(last_line(&lab), "+ ");
    lab.types("");
    assert!(last_line(&lab).starts_with("+OK"));
}

#[test]
fn a_name_may_be_given_and_only_its_own_opens_the_mailbox() {
    for (name, opens) in [("YWxpY2U=", true), ("ZXJpbg==", false)] {
        let mut lab = Lab::on_terms(on_995(Shown::Own, Versions::Current), 995);
        lab.types(&format!("AUTH EXTERNAL {name}"));
        assert_eq!(last_line(&lab).starts_with("+OK"), opens);
    }
}

#[test]
fn who_has_none_is_let_in_and_is_not_offered_external() {
    for offers in BOTH {
        let mut lab = Lab::on_terms(on_995(Shown::None, offers), 995);
        assert!(!offers_external(&mut lab), "{offers:?}");
        lab.types("AUTH EXTERNAL =");
        assert!(last_line(&lab).starts_with("-ERR"), "{offers:?}");
        lab.logs_in();
    }
}

#[test]
fn nobody_is_asked_where_the_server_does_not_ask() {
    for offers in BOTH {
        let policy = Policy { asks: false, ..on_995(Shown::Own, offers) };
        let mut lab = Lab::on_terms(policy, 995);
        assert!(!offers_external(&mut lab), "{offers:?}");
        let asked = |event: &Event| matches!(event, Event::RecordSent { sealed, .. } if sealed.messages.contains(&Message::CertificateRequest));
        assert!(!has(&lab, asked), "{offers:?}");
    }
}

#[test]
fn what_does_not_verify_ends_the_connection_by_its_alert() {
    for offers in BOTH {
        for (shows, number) in [(Shown::Expired, 45), (Shown::Stranger, 48)] {
            let story = format!("{shows:?}, {offers:?}");
            let lab = Lab::on_terms(on_995(shows, offers), 995);
            let alert = |event: &Event| {
                let Event::RecordSent { side: Side::Server, sealed } = event else { return false };
                sealed.alert() == Some(number)
            };
            assert!(has(&lab, alert), "{story}: the alert is on the wire");
            let refused = |event: &Event| {
                let Event::TlsFailed { side: Side::Server, failure } = event else { return false };
                matches!(failure, Failure::Certificate { chain, .. } if chain.len() > 1)
            };
            assert!(has(&lab, refused), "{story}");
            let why = Note::TlsFailed(Failure::AlertReceived(number));
            let told = |event: &Event| matches!(event, Event::Note(note) if *note == why);
            assert!(has(&lab, told), "{story}: the mail program says why");
            let logged = |event: &Event| matches!(event, Event::Log(LogLine::TlsFailed { why }) if why.contains("certificate"));
            assert!(has(&lab, logged), "{story}: the server writes it down");
            assert!(!has(&lab, |event| matches!(event, Event::SessionBegan)), "{story}: no session begins");
            let accepted = |event: &Event| {
                let on = TlsEvent::Received(Message::Certificate);
                matches!(event, Event::TlsChanged { side: Side::Server, on: moved, .. } if *moved == on)
            };
            assert!(!has(&lab, accepted), "{story}: the machine does not go on by it");
        }
    }
}

#[test]
fn the_path_reads_who_one_is_in_tls_12_and_not_in_tls_13() {
    assert_eq!(overheard(&Lab::on_terms(on_995(Shown::Own, Versions::Tls12), 995)), [ADDRESS]);
    assert_eq!(overheard(&Lab::on_terms(on_995(Shown::Stranger, Versions::Tls12), 995)), [ADDRESS]);
    assert_eq!(overheard(&Lab::on_terms(on_995(Shown::None, Versions::Tls12), 995)), [""; 0]);
    assert_eq!(overheard(&Lab::on_terms(on_995(Shown::Own, Versions::Tls13), 995)), [""; 0]);
}

#[test]
fn what_is_set_holds_for_the_connections_to_come() {
    let mut lab = Lab::on(Road::Tls);
    lab.does(Action::ChangePolicy { policy: on_995(Shown::Own, Versions::Current) });
    assert!(!offers_external(&mut lab));
    lab.types("QUIT").connects_to(pop3lab::world::Target::Server, 995);
    assert!(offers_external(&mut lab));
}

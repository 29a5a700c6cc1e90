//! The page of docs.
#![cfg_attr(target_arch = "wasm32", allow(dead_code))]

use super::wire::{self, Said};
use super::{DOORS, End, Meeting, OLD, PROGRAMS, VERSIONS, meets, meets_fault, meets_old};
use pop3lab::i18n::{Language, Words};
use pop3lab::pki::Fault;
use pop3lab::policy::Versions;
use pop3lab::trace::Side;
use pop3lab::ui::notes::note_text;
use pop3lab::ui::tls_words::verdict_text;
use std::fmt::Write;

/// All of it.
pub fn page() -> String {
    let mut page = String::from(
        "# Roads, doors and faults\n\nWritten by `tests/matrix.rs`, from what the lab does. Every meeting is a session between real stacks; nothing here is typed.\n\n\
         In the columns of the wire, C is the client and S the server; what stands in ⟦ ⟧ is sealed, and is shown decrypted.\n\n\
         ## Which mail program gets through which door\n\n\
         In each meeting the program connects, does what its security asks for, and, if it is still there, logs in as alice.\n\n",
    );
    let names: Vec<&str> = PROGRAMS.iter().map(|(name, ..)| *name).collect();
    let _ = writeln!(page, "| | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    for (door, (name, ..)) in DOORS.iter().enumerate() {
        let ends: Vec<&str> = (0..PROGRAMS.len()).map(|program| short(meets(door, program).end())).collect();
        let _ = writeln!(page, "| {name} | {} |", ends.join(" | "));
    }
    page.push('\n');
    for (door, (door_name, ..)) in DOORS.iter().enumerate() {
        for (program, (program_name, ..)) in PROGRAMS.iter().enumerate() {
            let meeting = meets(door, program);
            let _ = writeln!(page, "### {door_name}, {program_name}\n");
            let _ = writeln!(page, "On the wire: {}\n", told(&wire::all(&meeting.lab)));
            sentences(&mut page, &meeting);
        }
    }
    faults(&mut page);
    old_clients(&mut page);
    page
}

fn short(end: End) -> &'static str {
    match end {
        End::InTheClear => "logs in, readable by all",
        End::Sealed => "logs in, sealed",
        End::Silence => "silence",
        End::GaveUp => "gives up, no password sent",
        End::Refused => "refused",
    }
}

fn told(said: &[Said]) -> String {
    if said.is_empty() {
        return "silence".into();
    }
    let one = |said: &Said| {
        let letter = if said.from == Side::Client { "C" } else { "S" };
        let what = said.what.replace('|', "\\|");
        let what: String =
            what.chars().map(|it| if it.is_control() || it == '\u{fffd}' { '·' } else { it }).collect();
        if said.sealed { format!("{letter} ⟦{what}⟧") } else { format!("{letter} `{what}`") }
    };
    said.iter().map(one).collect::<Vec<_>>().join(" → ")
}

fn sentences(page: &mut String, meeting: &Meeting) {
    for language in [Language::English, Language::Japanese] {
        for sentence in meeting.sentences(language) {
            let _ = writeln!(page, "- {sentence}");
        }
    }
    page.push('\n');
}

fn faults(page: &mut String) {
    page.push_str("## What each fault of a certificate comes to\n\n| fault | the verifier says | alert, 1.2 | alert, 1.3 | the learner reads |\n|---|---|---|---|---|\n");
    for fault in Fault::ALL {
        let lab = meets_fault(fault, Versions::Current);
        let problem = wire_problem(&lab);
        let (verdict, _) = lab.connection().refused.clone().expect("a fault is refused");
        let says = [Language::English, Language::Japanese].map(|it| verdict_text(Words::new(it), &verdict));
        let alerts = VERSIONS.map(|(offers, _)| {
            let records = wire::records(&meets_fault(fault, offers));
            let last = records.into_iter().rfind(|said| said.from == Side::Client);
            told(last.as_slice())
        });
        let _ = writeln!(
            page,
            "| {} | {problem} | {} | {} | {} |",
            fault.name(),
            alerts[0],
            alerts[1],
            says.join("<br>")
        );
    }
}

fn old_clients(page: &mut String) {
    page.push_str(
        "\n## Clients that are too old\n\n| it offers | on the wire | the learner reads |\n|---|---|---|\n",
    );
    for offers in OLD {
        let lab = meets_old(offers);
        let says = [Language::English, Language::Japanese].map(|language| {
            let words = Words::new(language);
            lab.notes().last().map(|note| note_text(words, note)).unwrap_or_default()
        });
        let name = pop3lab::ui::tls_words::versions(offers);
        let _ = writeln!(page, "| {name} at most | {} | {} |", told(&wire::all(&lab)), says.join("<br>"));
    }
}

/// What rustls said, before the chain was looked at.
fn wire_problem(lab: &super::Lab) -> String {
    let failure = lab.events().find_map(|(_, event)| match event {
        pop3lab::trace::Event::TlsFailed { side: Side::Client, failure } => Some(failure.clone()),
        _ => None,
    });
    match failure {
        Some(pop3lab::tls::Failure::Certificate { problem, .. }) => {
            let text = format!("{problem:?}");
            text.split(' ').next().unwrap_or_default().to_owned()
        }
        other => format!("{other:?}"),
    }
}

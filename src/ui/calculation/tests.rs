//! The examples of the RFCs, and every command in a shell.

use super::*;
use crate::policy::{Policy, Road};
use crate::pop3::Phase;
use crate::ui::lab::Lab;
use crate::ui::moves::moves;
use crate::ui::wish::Wish;

const KINDS: [Kind; 4] = [Kind::Apop, Kind::CramMd5, Kind::Scram(Hash::Sha1), Kind::Scram(Hash::Sha256)];

fn value(calculation: &Calculation, name: &str) -> String {
    let steps = calculation.steps().unwrap();
    steps.into_iter().find(|step| step.name == name).expect(name).value
}

#[test]
fn the_examples_of_the_rfcs_give_their_numbers() {
    for (kind, name, expected) in [
        (Kind::Apop, "digest", "c4c9334bac560ecc979e58001b3e22fb"),
        (Kind::CramMd5, "digest", "b913a602c7eda7a495b4e6e7334d3890"),
        (Kind::CramMd5, "response", "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"),
        (Kind::Scram(Hash::Sha1), "SaltedPassword", "1d96ee3a529b5a5f9e47c01f229a2cb8a6e15f7d"),
        (Kind::Scram(Hash::Sha1), "p=", "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="),
        (Kind::Scram(Hash::Sha1), "v=", "rmF9pqV8S7suAoZWja4dJRkFsKQ="),
        (Kind::Scram(Hash::Sha256), "p=", "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
        (Kind::Scram(Hash::Sha256), "v=", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
    ] {
        assert_eq!(value(&kind.example().1, name), expected, "{} {name}", kind.name());
    }
}

#[test]
fn an_input_that_cannot_be_used_is_named() {
    let spoilt = |kind: Kind, given: Given, text: &str| {
        let (_, mut calculation) = kind.example();
        let at = kind.takes().iter().position(|takes| *takes == given).unwrap();
        calculation.inputs[at] = text.into();
        calculation.steps().err()
    };
    let scram = Kind::Scram(Hash::Sha1);
    for (given, text) in [
        (Given::Salt, "!"),
        (Given::Salt, ""),
        (Given::Iterations, "0"),
        (Given::Iterations, "4294967295"),
        (Given::Iterations, "-1"),
        (Given::Binding, "?"),
        (Given::User, ""),
        (Given::Password, ""),
        (Given::Password, "\u{7}"),
    ] {
        assert_eq!(spoilt(scram, given, text), Some(given), "{text}");
    }
    assert_eq!(spoilt(Kind::CramMd5, Given::Password, ""), Some(Given::Password));
    assert_eq!(spoilt(Kind::Apop, Given::Password, ""), None);
}

/// The numbers of a session after so many lines of what is computed, taken from its last line.
fn of_session(mechanism: &str, road: Road, said: usize) -> Option<Calculation> {
    let mut lab = Lab::default();
    let policy = Policy { security: road.security(), ..Policy::default() };
    lab.act(Wish::terms(policy, road.port()));
    lab.send(format!("AUTH {mechanism}\r\n").into_bytes());
    for _ in 0..said {
        let view = lab.view();
        let held = view.connection().unwrap();
        assert_eq!(held.phase, Some(Phase::Exchange));
        lab.send(format!("{}\r\n", moves(&view.scene(), &held)[0].line).into_bytes());
    }
    let view = lab.view();
    view.with(|trace| {
        let rows = trace.rows(view.position).iter().rev();
        let mut lines =
            rows.filter(|row| !matches!(trace.records()[**row as usize].event, crate::trace::Event::Note(_)));
        found::calculation(trace, view.position, *lines.next()?)
    })
}

#[test]
fn the_numbers_of_a_session_are_found_as_soon_as_they_are_there_and_give_what_is_sent() {
    for (mechanism, road) in [
        ("SCRAM-SHA-1", Road::Clear),
        ("SCRAM-SHA-256", Road::Clear),
        ("SCRAM-SHA-1-PLUS", Road::Tls),
        ("SCRAM-SHA-256-PLUS", Road::Tls),
    ] {
        assert_eq!(of_session(mechanism, road, 0), None);
        // Known before the proof is sent, and the same once the server has answered.
        let (before, after) = (of_session(mechanism, road, 1).unwrap(), of_session(mechanism, road, 2));
        assert_eq!(Some(&before), after.as_ref(), "{mechanism}");
        assert_eq!(before.inputs[..2], ["alice", "wonderland"]);
        assert!(before.steps().is_ok());
    }
    let cram = of_session("CRAM-MD5", Road::Clear, 0).unwrap();
    assert!(cram.inputs[2].starts_with('<'));
    assert_eq!(of_session("PLAIN", Road::Clear, 1), None);
}

/// What a shell prints.
#[cfg(unix)]
fn run(command: &str) -> String {
    let output = std::process::Command::new("sh").args(["-c", command]).output().expect("a shell");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    // `openssl dgst` says first what it has read.
    text.rsplit("= ").next().unwrap_or_default().to_owned()
}

#[cfg(unix)]
#[test]
fn every_command_prints_its_value() {
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        return eprintln!("there is no openssl here");
    }
    let hostile = |kind: Kind| {
        let (_, mut calculation) = kind.example();
        calculation.inputs[0] = "o'l\"ive $(exit 1) `exit 1` 100%s".into();
        calculation.inputs[1] =
            "pä'ss\\n$HOME 0123456789 0123456789 0123456789 0123456789 0123456789 long".into();
        calculation
    };
    for calculation in KINDS.into_iter().flat_map(|kind| [kind.example().1, hostile(kind)]) {
        for step in calculation.steps().unwrap().iter().filter(|step| !step.command.is_empty()) {
            let printed = if step.command.contains("base64") {
                // Its padding is what else is behind an equals sign.
                let output = std::process::Command::new("sh").args(["-c", &step.command]).output().unwrap();
                String::from_utf8(output.stdout).unwrap()
            } else {
                run(&step.command)
            };
            assert_eq!(printed, step.value, "{}", step.command);
        }
    }
}

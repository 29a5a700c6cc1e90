//! What is on the wire: records by their names, and whatever is no record as it is.

use super::lab::Lab;
use pop3lab::dissect::{names, segment, tls};
use pop3lab::net::HostId;
use pop3lab::tls::ContentType;
use pop3lab::trace::{Event, Sealed, Side};

/// Something that one end said.
pub struct Said {
    pub from: Side,
    pub what: String,
    /// Whether only who has the key can read it.
    pub sealed: bool,
}

/// Every frame, as it is.
pub fn frames(lab: &Lab) -> Vec<Vec<u8>> {
    let sent = lab.events().filter_map(|(_, event)| match event {
        Event::FrameSent { octets, .. } => Some(octets.to_vec()),
        _ => None,
    });
    sent.collect()
}

/// The records of TLS, in the order in which they were sent.
pub fn records(lab: &Lab) -> Vec<Said> {
    said(lab).into_iter().filter_map(|(said, record)| record.then_some(said)).collect()
}

/// Everything that was said: records, and lines in the clear up to each end's first record.
pub fn all(lab: &Lab) -> Vec<Said> {
    said(lab).into_iter().map(|(said, _)| said).collect()
}

fn said(lab: &Lab) -> Vec<(Said, bool)> {
    let mut all: Vec<(Said, bool)> = Vec::new();
    for (_, event) in lab.events() {
        match event {
            Event::RecordSent { side, sealed } => {
                let said = Said { from: *side, what: name(sealed), sealed: sealed.encrypted };
                all.push((said, true));
            }
            Event::FrameSent { from, octets, .. } => {
                let from = if *from == HostId::Server { Side::Server } else { Side::Client };
                let began = all.iter().any(|(said, record)| *record && said.from == from);
                let Some(segment) = segment(octets).filter(|_| !began) else { continue };
                let text = String::from_utf8_lossy(&octets[segment.data]).into_owned();
                for line in text.lines() {
                    // Time stamps tell nothing here.
                    let what = line.split(" <").next().unwrap_or_default().to_owned();
                    all.push((Said { from, what, sealed: false }, false));
                }
            }
            _ => {}
        }
    }
    all
}

fn name(sealed: &Sealed) -> String {
    match sealed.kind {
        ContentType::Alert => match tls::alert(&sealed.content) {
            Some(alert) => {
                let level = if alert.level == 2 { "fatal" } else { "warning" };
                let number = alert.description.to_string();
                format!("{level} {}", names::alert(alert.description).unwrap_or(&number))
            }
            None => "alert".into(),
        },
        ContentType::ApplicationData => {
            let text = String::from_utf8_lossy(&sealed.content);
            text.lines().next().unwrap_or_default().split(" <").next().unwrap_or_default().to_owned()
        }
        _ => {
            let messages: Vec<String> = sealed.messages.iter().map(ToString::to_string).collect();
            messages.join(", ")
        }
    }
}

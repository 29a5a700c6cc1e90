//! What has just happened, in one sentence: for those who step through a session without seeing it, and
//! for everybody else.

use super::label::{Label, label};
use super::notes::note_text;
use super::state::{phase_name, said_step};
use super::stream::Streams;
use super::tls_words::{agreed_text, failure_text_at};
use super::view::View;
use super::visible::plain;
use crate::i18n::{Words, id};
use crate::net::{Fate, HostId};
use crate::pop3::{LineRole, Phase};
use crate::trace::{Event, Grain, Side, Trace};

/// The most letters of a line that are told.
const LONGEST: usize = 120;

/// The sentence about the last step of a grain at the moment on screen; none before the first one.
pub fn sentence(view: &View, grain: Grain, words: Words) -> Option<String> {
    view.with(|trace| {
        let last = trace.steps_before(grain, view.position).checked_sub(1)?;
        let record = &trace.records()[trace.steps(grain)[last] as usize];
        Some(match &record.event {
            Event::ClientLine { octets, .. } => {
                words.with(id::TELL_CLIENT_LINE, &[("line", plain(octets, LONGEST).into())])
            }
            Event::ServerLine { octets, role, .. } => {
                let tells = match role {
                    LineRole::Body => id::TELL_BODY_LINE,
                    LineRole::End => id::TELL_BODY_ENDS,
                    _ => id::TELL_SERVER_LINE,
                };
                words.with(tells, &[("line", plain(octets, LONGEST).into())])
            }
            Event::Note(note) => note_text(words, note),
            Event::FrameSent { from, fate, .. } => {
                let label = label_of(trace, trace.steps(grain)[last])?;
                let arrives = matches!(fate, Fate::Arrives(_));
                let tells = match (from, arrives, label.tls) {
                    (HostId::Client(_), true, false) => id::TELL_CLIENT_SENDS,
                    (HostId::Server, true, false) => id::TELL_SERVER_SENDS,
                    (HostId::Client(_), false, false) => id::TELL_CLIENT_SENDS_IN_VAIN,
                    (HostId::Server, false, false) => id::TELL_SERVER_SENDS_IN_VAIN,
                    (HostId::Client(_), true, true) => id::TELL_CLIENT_SENDS_TLS,
                    (HostId::Server, true, true) => id::TELL_SERVER_SENDS_TLS,
                    (HostId::Client(_), false, true) => id::TELL_CLIENT_SENDS_TLS_IN_VAIN,
                    (HostId::Server, false, true) => id::TELL_SERVER_SENDS_TLS_IN_VAIN,
                };
                words.with(tells, &[("segment", label.said(words).into())])
            }
            Event::FrameArrived { frame, to } => {
                let sent = trace.frames(trace.len()).get(frame.0 as usize).map(|(sent, _)| *sent)?;
                let tells = if *to == HostId::Server { id::TELL_SERVER_GETS } else { id::TELL_CLIENT_GETS };
                words.with(tells, &[("segment", label_of(trace, sent)?.said(words).into())])
            }
            Event::PhaseChanged { from, to, cause } => said_step(*from, *cause, *to, words),
            Event::SessionBegan => {
                let phase = phase_name(Phase::Authorization, words);
                words.with(id::TELL_SESSION_BEGINS, &[("phase", phase.into())])
            }
            Event::TlsEstablished { agreed, .. } => agreed_text(words, agreed),
            Event::TlsFailed { side, failure } => {
                let tells = match side {
                    Side::Client => id::TELL_TLS_FAILED_CLIENT,
                    Side::Server => id::TELL_TLS_FAILED_SERVER,
                };
                words.with(tells, &[("why", failure_text_at(words, *side, failure).into())])
            }
            Event::Opened { to, .. } => words.with(id::NOTE_CONNECTING, &[("port", to.1.into())]),
            _ => return None,
        })
    })
}

/// What stands on the frame that this record of the trace sent.
fn label_of(trace: &Trace, sent: u32) -> Option<Label> {
    let Event::FrameSent { octets, .. } = &trace.records()[sent as usize].event else { return None };
    Some(label(&mut Streams::new(trace), sent, octets, LONGEST))
}

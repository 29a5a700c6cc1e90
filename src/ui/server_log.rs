//! The server's log: what the administrator sees of the same session, and nothing else.

use super::parts::classed;
use super::stored::Stored;
use super::view::{Shown, View};
use crate::i18n::{Id, Words, id};
use crate::pop3::{EndCause, LogLine};
use crate::trace::LogEntry;
use yew::prelude::*;

/// Properties of [`ServerLog`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is on screen.
    pub shown: Shown,
    /// The same moment, for what is kept of the accounts.
    pub view: View,
}

/// The panel of the log.
#[component]
pub fn ServerLog(props: &Props) -> Html {
    let words = use_context::<Words>().expect("the page provides words");
    let log = &props.shown.log;
    let line = |(index, entry): (usize, &LogEntry)| {
        let session = entry.connection.map_or(0, |connection| u64::from(connection.0) + 1);
        html! {
            <li key={index}>
                <code>
                    { classed("span", "at", words.with(id::MILLISECONDS, &[("count", entry.at.as_millis().into())])) }
                    { " " }{ entry.line.text(session) }
                </code>
                { classed("span", "said", words.say(means(&entry.line))) }
            </li>
        }
    };
    html! {
        <section class="panel log-panel" data-testid="server-log" tabindex="0" aria-labelledby="server-log-title">
            <h2 id="server-log-title">{ words.say(id::SERVER_LOG_TITLE) }</h2>
            if log.is_empty() {
                { classed("p", "empty", words.say(id::SERVER_LOG_EMPTY)) }
            } else {
                <ol class="log-lines">{ for log.iter().enumerate().map(line) }</ol>
            }
            <Stored view={props.view.clone()} />
        </section>
    }
}

/// What a line of the log tells the one who reads it.
fn means(line: &LogLine) -> Id {
    match line {
        LogLine::Secured { .. } => id::LOG_SECURED,
        LogLine::TlsFailed { .. } => id::LOG_TLS_FAILED,
        LogLine::LoggedIn { .. } => id::LOG_LOGGED_IN,
        LogLine::LoginFailed { .. } => id::LOG_LOGIN_FAILED,
        LogLine::Ended { cause, .. } => match cause {
            EndCause::Quit => id::LOG_QUIT,
            EndCause::ClientClosed => id::LOG_CLIENT_CLOSED,
            EndCause::Lost => id::LOG_LOST,
            EndCause::Idle => id::LOG_IDLE,
            EndCause::TooManyFailures => id::LOG_TOO_MANY_FAILURES,
            EndCause::TlsFailed => id::LOG_NO_TLS,
        },
    }
}

//! The client's side: it sends what a person types and reads the answers as a mail program must. It
//! knows the greeting, which command each answer belongs to, and where a long answer ends.

use super::command::{self, Lines as AnswerLines};
use super::{COMMANDS, Verb};
use crate::sasl::apop;
use crate::sorted::Map;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// One connection as the client knows it.
#[derive(Debug, Default)]
pub struct Client {
    greeted: bool,
    stamp: Option<String>,
    typed: Vec<u8>,
    sent: u32,
    expected: VecDeque<Expected>,
    reading: Option<Expected>,
    /// AUTH was answered with a challenge, and the response has not been sent.
    challenged: bool,
    partial: Vec<u8>,
    message: Vec<u8>,
    uids: Map<u32, String>,
}

/// An answer that the client waits for.
#[derive(Clone, Debug)]
struct Expected {
    /// Counts the lines sent on this connection, from 0.
    command: u32,
    verb: Option<Verb>,
    /// The first argument, where it is a number.
    number: Option<u32>,
    many: bool,
}

/// What a line of the server is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineRole {
    /// The first line of a connection.
    Greeting,
    /// The first line of an answer.
    Status,
    /// A challenge of AUTH: the next line that is sent is a response (RFC 5034 section 4).
    Challenge,
    /// A line of a long answer.
    Body,
    /// The single dot that ends a long answer.
    End,
    /// A line that no command asked for.
    Unexpected,
}

/// What the client learnt from octets that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientEvent {
    /// A whole line arrived; `octets` are as sent, without CRLF.
    Line {
        /// The octets.
        octets: Vec<u8>,
        /// What it is.
        role: LineRole,
        /// Which of the lines sent on this connection it answers, from 0.
        answers: Option<u32>,
    },
    /// STLS was answered with +OK: TLS begins with the next octet, in both directions.
    StartTls {
        /// What had arrived behind that answer. An honest server sends nothing there: whatever it is, it is
        /// for TLS to judge and is never read as an answer (RFC 2595 section 9).
        rest: Vec<u8>,
    },
    /// RETR was answered whole: the client has this message now.
    Downloaded {
        /// The number under which it was fetched.
        number: u32,
        /// Its unique-id, where UIDL told it before.
        uid: Option<String>,
        /// Its octets, with byte-stuffing undone.
        octets: Vec<u8>,
    },
}

impl Client {
    /// The time stamp of the greeting, brackets included, if APOP can be used.
    pub fn stamp(&self) -> Option<&str> {
        self.stamp.as_deref()
    }

    /// Whether the next line that is sent is a response of AUTH, whatever it looks like.
    pub fn is_challenged(&self) -> bool {
        self.challenged
    }

    /// Notes what is sent, and gives back each line that it completes, without its line end, with its
    /// number on this connection.
    pub fn send(&mut self, octets: &[u8]) -> Vec<(u32, Vec<u8>)> {
        let mut lines = Vec::new();
        for &octet in octets {
            if octet != b'\n' {
                self.typed.push(octet);
                continue;
            }
            let mut line = std::mem::take(&mut self.typed);
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            let response = std::mem::take(&mut self.challenged);
            self.expected.push_back(if response { answer_to(self.sent) } else { expected(self.sent, &line) });
            lines.push((self.sent, line));
            self.sent += 1;
        }
        lines
    }

    /// Reads octets of the server.
    pub fn receive(&mut self, octets: &[u8]) -> Vec<ClientEvent> {
        let mut events = Vec::new();
        for (at, &octet) in octets.iter().enumerate() {
            if octet != b'\n' {
                self.partial.push(octet);
                continue;
            }
            let mut line = std::mem::take(&mut self.partial);
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            if self.read_line(line, &mut events) {
                self.forget();
                events.push(ClientEvent::StartTls { rest: octets[at + 1..].to_vec() });
                break;
            }
        }
        events
    }

    /// Whether the greeting was read, and whatever was sent is answered whole.
    pub fn is_idle(&self) -> bool {
        self.greeted && self.typed.is_empty() && self.expected.is_empty() && self.reading.is_none()
    }

    /// The server says nothing more. A line that it did not end is given back: it is no answer to anything.
    pub fn end(&mut self) -> Option<ClientEvent> {
        let octets = std::mem::take(&mut self.partial);
        let event = ClientEvent::Line { octets, role: LineRole::Unexpected, answers: None };
        (!matches!(&event, ClientEvent::Line { octets, .. } if octets.is_empty())).then_some(event)
    }

    /// Nothing that was learnt in the clear is believed inside TLS, and lines that were sent behind STLS are
    /// not answered any more (RFC 2595 section 4). The numbers of lines go on.
    fn forget(&mut self) {
        *self = Client { greeted: true, sent: self.sent, ..Client::default() };
    }

    /// Reads a line. True if TLS begins behind it.
    fn read_line(&mut self, octets: Vec<u8>, events: &mut Vec<ClientEvent>) -> bool {
        if let Some(answer) = &self.reading {
            let answers = Some(answer.command);
            if octets == b"." {
                let done = self.reading.take();
                events.push(ClientEvent::Line { octets, role: LineRole::End, answers });
                let message = std::mem::take(&mut self.message);
                if let Some(Expected { verb: Some(Verb::Retr), number: Some(number), .. }) = done {
                    let uid = self.uids.get(&number).cloned();
                    events.push(ClientEvent::Downloaded { number, uid, octets: message });
                }
            } else {
                let content = octets.strip_prefix(b".").unwrap_or(&octets);
                match answer.verb {
                    Some(Verb::Retr) => {
                        self.message.extend_from_slice(content);
                        self.message.extend_from_slice(b"\r\n");
                    }
                    Some(Verb::Uidl) => self.uids.extend(uid(content)),
                    _ => {}
                }
                events.push(ClientEvent::Line { octets, role: LineRole::Body, answers });
            }
        } else if !self.greeted {
            self.greeted = true;
            self.stamp = stamp(&octets);
            events.push(ClientEvent::Line { octets, role: LineRole::Greeting, answers: None });
        } else if let Some(answer) = self.expected.pop_front() {
            if answer.verb == Some(Verb::Auth) && (octets == b"+" || octets.starts_with(b"+ ")) {
                let answers = Some(answer.command);
                events.push(ClientEvent::Line { octets, role: LineRole::Challenge, answers });
                // A line that was sent without waiting is the response, and no command.
                match self.expected.front_mut() {
                    Some(next) => *next = answer_to(next.command),
                    None => self.challenged = true,
                }
                return false;
            }
            let ok = octets == b"+OK" || octets.starts_with(b"+OK ");
            let answers = Some(answer.command);
            if ok && answer.verb == Some(Verb::Uidl) && !answer.many {
                self.uids.extend(uid(&octets[3..]));
            }
            events.push(ClientEvent::Line { octets, role: LineRole::Status, answers });
            let starts_tls = ok && answer.verb == Some(Verb::Stls);
            self.reading = (ok && answer.many).then_some(answer);
            return starts_tls;
        } else {
            events.push(ClientEvent::Line { octets, role: LineRole::Unexpected, answers: None });
        }
        false
    }
}

/// The time stamp of a greeting, brackets included, if APOP can be used.
pub fn stamp(greeting: &[u8]) -> Option<String> {
    apop::stamp(&String::from_utf8_lossy(greeting)).map(str::to_owned)
}

/// Whether a line gives away what lets somebody in, so that it belongs into no history and no log: PASS, APOP and
/// AUTH, and any line that is a response of AUTH.
pub fn is_secret(line: &[u8], challenged: bool) -> bool {
    let verb = command::keyword(COMMANDS, line).0.map(|row| row.verb);
    challenged || matches!(verb, Some(Verb::Pass | Verb::Apop | Verb::Auth))
}

/// What a response of AUTH is answered with.
fn answer_to(command: u32) -> Expected {
    Expected { command, verb: Some(Verb::Auth), number: None, many: false }
}

/// What answer a line asks for, by the table of commands.
fn expected(command: u32, line: &[u8]) -> Expected {
    let (row, rest) = command::keyword(COMMANDS, line);
    let number = rest.and_then(|rest| {
        let word = rest.split(|&octet| octet == b' ').next()?;
        std::str::from_utf8(word).ok()?.parse().ok()
    });
    let many = match row.map(|row| row.answer) {
        Some(AnswerLines::Many) => true,
        Some(AnswerLines::ManyWithoutArgument) => rest.is_none(),
        Some(AnswerLines::One) | None => false,
    };
    Expected { command, verb: row.map(|row| row.verb), number, many }
}

/// Reads "1 whqtswO00WBw418f9t5JxYwZ".
fn uid(text: &[u8]) -> Option<(u32, String)> {
    let text = std::str::from_utf8(text).ok()?;
    let (number, uid) = text.trim_start().split_once(' ')?;
    Some((number.parse().ok()?, uid.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn roles(events: &[ClientEvent]) -> Vec<(LineRole, Option<u32>)> {
        let role = |event: &ClientEvent| match event {
            ClientEvent::Line { role, answers, .. } => Some((*role, *answers)),
            ClientEvent::StartTls { .. } | ClientEvent::Downloaded { .. } => None,
        };
        events.iter().filter_map(role).collect()
    }

    #[test]
    fn answers_to_a_pipeline_find_their_commands() {
        use LineRole::*;
        let mut client = Client::default();
        client.send(b"LIST\r\nLIST 1\r\nRETR 9\r\nNOOP\r\n");
        let events = client.receive(b"+OK hi\r\n+OK\r\n1 5\r\n.\r\n+OK 1 5\r\n-ERR no\r\n+OK\r\n* extra\r\n");
        let expected = [
            (Greeting, None),
            (Status, Some(0)),
            (Body, Some(0)),
            (End, Some(0)),
            (Status, Some(1)),
            (Status, Some(2)),
            (Status, Some(3)),
            (Unexpected, None),
        ];
        assert_eq!(roles(&events), expected);
    }

    #[test]
    fn a_message_is_downloaded_with_stuffing_undone_in_any_pieces() {
        let stream = b"+OK hi\r\n+OK\r\n1 a\r\n.\r\n+OK 8 octets\r\n..\r\n...x\r\n.\r\n";
        for size in 1..=stream.len() {
            let mut client = Client::default();
            client.send(b"UIDL\r\nRETR 1\r\n");
            let events: Vec<_> = stream.chunks(size).flat_map(|piece| client.receive(piece)).collect();
            let expected = ClientEvent::Downloaded {
                number: 1,
                uid: Some("a".into()),
                octets: b".\r\n..x\r\n".to_vec(),
            };
            assert_eq!(events.last(), Some(&expected), "in pieces of {size}");
        }
    }

    #[test]
    fn what_was_learnt_before_tls_is_forgotten_and_what_came_behind_stls_is_for_tls() {
        let mut client = Client::default();
        client.send(b"UIDL 1\r\nSTLS\r\nNOOP\r\n");
        let events = client.receive(b"+OK <1.2@x>\r\n+OK 1 a\r\n+OK Begin\r\n+OK injected\r\n");
        assert_eq!(events.last(), Some(&ClientEvent::StartTls { rest: b"+OK injected\r\n".to_vec() }));
        assert_eq!(
            roles(&events),
            [(LineRole::Greeting, None), (LineRole::Status, Some(0)), (LineRole::Status, Some(1))]
        );
        assert_eq!(client.stamp(), None);
        client.send(b"RETR 1\r\n");
        let events = client.receive(b"+OK\r\n.\r\n");
        assert_eq!(roles(&events), [(LineRole::Status, Some(3)), (LineRole::End, Some(3))]);
        assert!(matches!(events.last(), Some(ClientEvent::Downloaded { uid: None, .. })));
    }

    #[test]
    fn lines_of_an_exchange_are_responses_whether_they_were_waited_for_or_not() {
        use LineRole::*;
        let stream = b"+OK hi\r\n+ VXNlcm5hbWU6\r\n+ UGFzc3dvcmQ6\r\n+OK in\r\n+OK 0 0\r\n";
        let expected = [
            (Greeting, None),
            (Challenge, Some(0)),
            (Challenge, Some(1)),
            (Status, Some(2)),
            (Status, Some(3)),
        ];
        // "LIST" is base64 as well: it asks for no list here.
        let lines = ["AUTH LOGIN\r\n", "LIST\r\n", "RETR\r\n", "STAT\r\n"];
        let mut client = Client::default();
        client.send(lines.concat().as_bytes());
        assert_eq!(roles(&client.receive(stream)), expected);

        let mut client = Client::default();
        let mut events = Vec::new();
        let mut answers = stream.split_inclusive(|octet| *octet == b'\n');
        for (at, line) in [""].into_iter().chain(lines).enumerate() {
            client.send(line.as_bytes());
            events.extend(client.receive(answers.next().unwrap()));
            assert_eq!(client.is_challenged(), at == 1 || at == 2);
        }
        assert_eq!(roles(&events), expected);
    }

    #[test]
    fn a_plus_is_a_challenge_of_auth_only() {
        let mut client = Client::default();
        client.send(b"NOOP\r\nAUTH PLAIN\r\n");
        let events = client.receive(b"+OK hi\r\n+ x\r\n+\r\n");
        assert_eq!(roles(&events)[1..], [(LineRole::Status, Some(0)), (LineRole::Challenge, Some(1))]);
    }

    #[test]
    fn what_lets_somebody_in_is_secret() {
        for line in ["PASS x", "pass x", "APOP a b", "AUTH PLAIN AGEAYg==", "auth"] {
            assert!(is_secret(line.as_bytes(), false), "{line}");
        }
        assert!(!is_secret(b"USER alice", false) && !is_secret(b"AGEAYg==", false));
        assert!(is_secret(b"AGEAYg==", true));
    }

    #[test]
    fn a_refused_stls_begins_nothing() {
        let mut client = Client::default();
        client.send(b"STLS\r\n");
        let events = client.receive(b"+OK hi\r\n-ERR no\r\n");
        assert_eq!(roles(&events), [(LineRole::Greeting, None), (LineRole::Status, Some(0))]);
    }

    #[test]
    fn a_time_stamp_is_remembered() {
        let mut client = Client::default();
        client.receive(b"+OK ready <1.2@x>\r\n");
        assert_eq!(client.stamp(), Some("<1.2@x>"));
    }
}

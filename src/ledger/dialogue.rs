//! The lines of both ends as a dialogue: which answer belongs to which command, and what is learnt from it.
//!
//! ```text
//!   client   USER alice   PASS wonderland   RETR 1 ─▶ waiting
//!   server   +OK          +OK               +OK … .  ─▶ facts
//! ```
//!
//! It knows no server: what a command does, its answer tells. Where a client sends lines ahead, answers come
//! in the order of the commands (RFC 2449 section 6.6).

use super::answer::{self, Answer};
use super::command::{self, Command, Mechanism, Said, word};
use super::fact::Fact;
use super::letter::Reading;
use super::lines::{Line, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::VecDeque;

/// Most commands that wait for an answer.
pub const WAITING: usize = 4096;

/// What was said so far in the clear.
#[derive(Clone, Debug, Default)]
pub struct Dialogue {
    greeted: bool,
    waiting: VecDeque<Command>,
    answer: Option<Answer>,
    /// STLS was sent, and not refused: TLS may follow.
    turning: bool,
    /// The server has asked to go on with AUTH: the next line of the client is no command.
    challenged: bool,
    /// What the server asked last, decoded.
    challenge: Vec<u8>,
    /// How many responses came with this AUTH.
    responses: u32,
}

impl Dialogue {
    /// Whether the client may turn to TLS at the next line.
    pub fn client_may_turn(&self) -> bool {
        self.turning
    }

    /// Whether the next line of the server begins an answer, or is TLS if the client's are: in the middle of
    /// an answer anything may stand. No answer begins as a record does.
    pub fn server_may_turn(&self) -> bool {
        self.answer.is_none()
    }

    /// Reads a line of the client. False if more commands wait than are kept.
    pub fn client(&mut self, line: &Line, facts: &mut Vec<Fact>) -> bool {
        if std::mem::take(&mut self.challenged) {
            self.response(&line.kept, facts);
            return true;
        }
        let (command, said) = command::read(&line.kept);
        match said {
            Some(Said::Name(name)) => facts.push(Fact::UserName(name)),
            Some(Said::Password(password)) => facts.push(Fact::Password(password)),
            Some(Said::Digest { name, digest }) => facts.push(Fact::ApopDigest { name, digest }),
            Some(Said::Response(response)) => {
                self.responses = 0;
                self.decode(command, &response, facts);
            }
            None => {}
        }
        if command == Command::Stls {
            self.turning = true;
            facts.push(Fact::StlsAsked);
        }
        self.waiting.push_back(command);
        self.waiting.len() <= WAITING
    }

    /// Reads a line of the server.
    pub fn server(&mut self, line: Line, facts: &mut Vec<Fact>) {
        if let Some(answer) = &mut self.answer {
            if answer.line(line)
                && let Some(answer) = self.answer.take()
            {
                facts.extend(answer.finish(true));
            }
            return;
        }
        let (status, rest) = word(&line.kept);
        let ok = status.eq_ignore_ascii_case(b"+OK");
        if !std::mem::replace(&mut self.greeted, true) {
            facts.push(Fact::Banner(text(if ok { rest } else { &line.kept })));
            facts.extend(stamp(rest).map(Fact::Stamp));
            return;
        }
        if status == b"+" && matches!(self.waiting.front(), Some(Command::Auth(_))) {
            self.challenged = true;
            self.challenge = STANDARD.decode(rest).unwrap_or_default();
            return;
        }
        let Some(command) = self.waiting.pop_front() else { return };
        self.answered(command, ok, rest, facts);
    }

    /// Nothing more comes: what was under way is all there will be.
    pub fn end(&mut self, facts: &mut Vec<Fact>) {
        facts.extend(self.answer.take().and_then(|answer| answer.finish(false)));
    }

    fn answered(&mut self, command: Command, ok: bool, rest: &[u8], facts: &mut Vec<Fact>) {
        let fact = match command {
            Command::Auth(Mechanism::None) if ok => return self.answer = Some(Answer::Skipped),
            Command::Auth(Mechanism::None) | Command::Other => None,
            Command::Login => Some(Fact::Login { ok }),
            Command::Auth(_) => {
                self.responses = 0;
                Some(Fact::Login { ok })
            }
            Command::Stls => {
                self.turning &= ok;
                Some(Fact::StlsAnswered { ok })
            }
            Command::Quit => Some(Fact::Quit { ok }),
            _ if !ok => None,
            Command::Capa => return self.answer = Some(Answer::Capabilities(vec![])),
            Command::Stat => {
                answer::size(rest).map(|(messages, octets)| Fact::MailCount { messages, octets })
            }
            Command::List { all: true } => return self.answer = Some(Answer::Sizes(vec![])),
            Command::List { all: false } => answer::size(rest).map(|size| Fact::Sizes(vec![size])),
            Command::Uidl { all: true } => return self.answer = Some(Answer::UniqueIds(vec![])),
            Command::Uidl { all: false } => answer::unique_id(rest).map(|id| Fact::UniqueIds(vec![id])),
            Command::Fetch { number, lines } => {
                return self.answer = Some(Answer::Letter(Reading::new(number, lines)));
            }
            Command::Dele(number) => Some(Fact::Deleted { number }),
            Command::Rset => Some(Fact::Undeleted),
        };
        facts.extend(fact);
    }

    /// A line of the client that goes on with AUTH.
    fn response(&mut self, line: &[u8], facts: &mut Vec<Fact>) {
        if let Some(command) = self.waiting.front().copied() {
            self.decode(command, line, facts);
        }
    }

    /// Reads a response in base64, in which nothing is secret.
    fn decode(&mut self, command: Command, response: &[u8], facts: &mut Vec<Fact>) {
        let Command::Auth(mechanism) = command else { return };
        let Ok(decoded) = STANDARD.decode(response) else { return };
        match mechanism {
            Mechanism::Plain => {
                // RFC 4616 section 2: for whom, who, password.
                let mut parts = decoded.splitn(3, |octet| *octet == 0).skip(1);
                facts.extend(parts.next().map(|name| Fact::UserName(text(name))));
                facts.extend(parts.next().map(|password| Fact::Password(text(password))));
            }
            Mechanism::Login if self.responses == 0 => facts.push(Fact::UserName(text(&decoded))),
            Mechanism::Login => facts.push(Fact::Password(text(&decoded))),
            Mechanism::CramMd5 => {
                // RFC 2195 section 2: the name, a space, the digest.
                let space = decoded.iter().rposition(|octet| *octet == b' ');
                facts.extend(space.map(|at| Fact::CramMd5 {
                    name: text(&decoded[..at]),
                    challenge: text(&self.challenge),
                    digest: text(&decoded[at + 1..]),
                }));
            }
            Mechanism::None | Mechanism::Other => {}
        }
        self.responses = self.responses.saturating_add(1);
    }
}

/// The time stamp in a greeting (RFC 1939 section 7, APOP), brackets included.
fn stamp(greeting: &[u8]) -> Option<String> {
    let start = greeting.iter().position(|octet| *octet == b'<')?;
    let length = greeting[start..].iter().position(|octet| *octet == b'>')?;
    let stamp = &greeting[start..=start + length];
    stamp.contains(&b'@').then(|| text(stamp))
}

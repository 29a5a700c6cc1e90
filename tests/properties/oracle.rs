//! Says what must be in every mailbox, from nothing but the frames on the wire and the mail that was
//! put in. It knows RFC 1939 and no part of the server: no scene, no store, no table.
//!
//! A server answers a command when it has carried it out, and the answer is on the wire at that moment,
//! even if it is lost there. So the order of the answers is the order of what happened.

use super::segments::{self, End, Segment, Stream};
use pop3lab::net::HostId;
use pop3lab::trace::Event;
use pop3lab::world::{Action, World};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Who has a mailbox, and the password.
pub const ACCOUNTS: [(&str, &str); 2] = [("alice", "wonderland"), ("bob", "builder")];

pub struct Oracle {
    mailboxes: BTreeMap<String, Vec<Rc<Mail>>>,
    sessions: BTreeMap<End, Session>,
    /// The unique-id of each message, once UIDL has told it.
    uids: BTreeMap<u32, String>,
    /// Counts all mail there ever was.
    delivered: u32,
    /// The records that were read.
    seen: usize,
    pub tally: Tally,
}

/// How often it was of any interest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub logins: u32,
    pub in_use: u32,
    pub removed: u32,
    /// Marks that were never carried out.
    pub forgotten: u32,
    pub fetched: u32,
    pub failed_updates: u32,
}

#[derive(PartialEq, Eq)]
struct Mail {
    /// Which of all mail there ever was.
    id: u32,
    octets: Vec<u8>,
}

/// One connection.
#[derive(Default)]
struct Session {
    up: Stream,
    down: Stream,
    /// How far both streams were read.
    heard: usize,
    told: usize,
    greeted: bool,
    state: State,
    over: bool,
}

#[derive(Default)]
enum State {
    #[default]
    Stranger,
    Named(String),
    In {
        name: String,
        /// What was there at the login, and whether it is marked.
        mail: Vec<(Rc<Mail>, bool)>,
    },
    Gone,
}

type Verdict = Result<(), String>;

impl Oracle {
    /// Knows what is in the mailboxes at the beginning.
    pub fn new(mailboxes: &[(&str, Vec<Vec<u8>>)]) -> Oracle {
        let mut oracle = Oracle {
            mailboxes: BTreeMap::new(),
            sessions: BTreeMap::new(),
            uids: BTreeMap::new(),
            delivered: 0,
            seen: 0,
            tally: Tally::default(),
        };
        for (name, messages) in mailboxes {
            oracle.mailboxes.insert((*name).into(), Vec::new());
            messages.iter().for_each(|message| oracle.deliver(name, message));
        }
        oracle
    }

    /// How many messages must be there.
    pub fn held(&self, name: &str) -> usize {
        self.mailboxes[name].len()
    }

    /// Reads what was on the wire since the last time.
    pub fn read(&mut self, world: &World) -> Verdict {
        let records = world.trace().records();
        while self.seen < records.len() {
            match &records[self.seen].event {
                Event::Acted(index) => {
                    if let Action::Deliver { mailbox, message, .. } = &world.journal()[*index as usize].action
                    {
                        self.deliver(mailbox, message);
                    }
                }
                Event::FrameSent { from, octets, .. } => self.frame(*from, octets)?,
                Event::FrameArrived { to: HostId::Server, .. } => {
                    let cause = records[self.seen].cause.expect("a frame arrives because it was sent");
                    if let Event::FrameSent { octets, .. } = &records[cause as usize].event {
                        let segment = segments::read(octets);
                        if segment.rst {
                            self.end(segment.from);
                        }
                    }
                }
                _ => {}
            }
            self.seen += 1;
        }
        Ok(())
    }

    fn deliver(&mut self, name: &str, message: &[u8]) {
        let id = self.delivered;
        self.delivered += 1;
        let mailbox = self.mailboxes.get_mut(name).expect("mail for somebody");
        mailbox.push(Rc::new(Mail { id, octets: message.into() }));
    }

    fn frame(&mut self, from: HostId, octets: &[u8]) -> Verdict {
        let segment = segments::read(octets);
        match from {
            HostId::Client(_) => self.sessions.entry(segment.from).or_default().up.take(&segment),
            HostId::Server => self.answers(&segment),
        }
    }

    fn answers(&mut self, segment: &Segment<'_>) -> Verdict {
        let client = segment.to;
        let Some(session) = self.sessions.get_mut(&client) else { return Ok(()) };
        if segment.syn && session.over && session.down.octets.is_empty() {
            // The server had given up a connection that never came about and its RST was lost: the client's SYN,
            // sent again, begins another one between the same ports (RFC 9293 section 3.10.7.2).
            *session = Session { up: std::mem::take(&mut session.up), ..Session::default() };
        }
        session.down.take(segment)?;
        while let Some(exchange) = self.sessions.get_mut(&client).and_then(Session::next_exchange) {
            self.judge(client, &exchange?)?;
        }
        if segment.fin || segment.rst {
            self.end(client);
        }
        Ok(())
    }

    /// The session is over; without QUIT, its marks are void.
    fn end(&mut self, client: End) {
        let Some(session) = self.sessions.get_mut(&client) else { return };
        session.over = true;
        if let State::In { mail, .. } = std::mem::replace(&mut session.state, State::Gone) {
            self.tally.forgotten += mail.iter().filter(|(_, marked)| *marked).count() as u32;
        }
    }

    /// One command and its answer: are they what they must be, and what follows from them?
    fn judge(&mut self, client: End, Exchange { line, status, body }: &Exchange) -> Verdict {
        let (verb, rest) =
            line.split_once(' ').map_or((line.as_str(), None), |(verb, rest)| (verb, Some(rest)));
        let ok = status.starts_with("+OK");
        let wrong = |why: &str| Err(format!("{why}\n  C: {line}\n  S: {status}"));
        let session = self.sessions.get_mut(&client).expect("it was just read from");
        let State::In { name, mail } = &mut session.state else {
            return match (verb, rest, ok) {
                ("USER", Some(name), true) => {
                    session.state = State::Named(name.into());
                    Ok(())
                }
                ("PASS", Some(secret), _) => self.login(client, secret, ok, status),
                ("QUIT", None, true) => {
                    session.state = State::Gone;
                    Ok(())
                }
                ("STAT" | "LIST" | "UIDL" | "RETR" | "TOP" | "DELE" | "RSET" | "NOOP", _, true) => {
                    wrong("carried out before the login")
                }
                // Whatever else is said between USER and PASS, the name may be forgotten.
                _ => Ok(()),
            };
        };
        let left = || mail.iter().enumerate().filter(|(_, (_, marked))| !marked);
        let number = rest.and_then(plain_number);
        let index =
            number.map(|number| number.wrapping_sub(1)).filter(|index| left().any(|(at, _)| at == *index));
        match (verb, rest) {
            ("STAT", None) => {
                let octets: usize = left().map(|(_, (mail, _))| mail.octets.len()).sum();
                if status != &format!("+OK {} {octets}", left().count()) {
                    return wrong("STAT counts other mail than there is");
                }
            }
            ("LIST", None) => {
                let lines: Vec<String> =
                    left().map(|(at, (mail, _))| format!("{} {}", at + 1, mail.octets.len())).collect();
                if !ok || *body != lines {
                    return wrong(&format!("LIST shows {body:?} and not {lines:?}"));
                }
            }
            ("UIDL", None) => {
                let shown: Vec<(usize, u32)> = left().map(|(at, (mail, _))| (at + 1, mail.id)).collect();
                if !ok || shown.len() != body.len() {
                    return wrong("UIDL shows other mail than there is");
                }
                for ((number, id), line) in shown.iter().zip(body) {
                    let known = self.uids.entry(*id).or_insert_with(|| {
                        line.split_once(' ').map_or_else(String::new, |(_, uid)| uid.into())
                    });
                    if *line != format!("{number} {known}") {
                        return wrong(&format!("{line:?} instead of the unique-id {known}"));
                    }
                }
                if self.uids.values().collect::<BTreeSet<_>>().len() < self.uids.len() {
                    return wrong("two messages have had the same unique-id");
                }
            }
            ("RETR", Some(_)) if number.is_some() => match index {
                Some(index) if ok => {
                    let octets: String = body.iter().map(|line| format!("{line}\r\n")).collect();
                    if octets.as_bytes() != mail[index].0.octets {
                        return wrong("RETR gives another message than was put in");
                    }
                    self.tally.fetched += 1;
                }
                None if !ok => {}
                _ => return wrong("RETR of what is there is refused, or of what is not is obeyed"),
            },
            ("DELE", Some(_)) if number.is_some() => match index {
                Some(index) if ok => mail[index].1 = true,
                None if !ok => {}
                _ => return wrong("DELE of what is there is refused, or of what is not is obeyed"),
            },
            ("RSET", None) if ok => mail.iter_mut().for_each(|(_, marked)| *marked = false),
            ("NOOP" | "CAPA", None) if ok => {}
            ("QUIT", None) => {
                let marked: Vec<u32> =
                    mail.iter().filter(|(_, marked)| *marked).map(|(mail, _)| mail.id).collect();
                let name = name.clone();
                session.state = State::Gone;
                if ok {
                    self.tally.removed += marked.len() as u32;
                    self.mailboxes.get_mut(&name).unwrap().retain(|mail| !marked.contains(&mail.id));
                } else {
                    self.tally.failed_updates += 1;
                }
            }
            ("TOP", Some(_)) => {}
            ("LIST" | "UIDL", Some(_)) if number.is_some() && ok != index.is_some() => {
                return wrong("a single message is there and not shown, or the other way round");
            }
            ("LIST" | "UIDL" | "RETR" | "DELE", _) if number.is_some() => {}
            ("RSET" | "NOOP" | "CAPA", None) => return wrong("refused for no reason"),
            _ if ok => return wrong("obeyed although it is no command of this state"),
            _ => {}
        }
        Ok(())
    }

    fn login(&mut self, client: End, secret: &str, ok: bool, status: &str) -> Verdict {
        let wrong = |why: &str| Err(format!("{why}\n  C: PASS {secret}\n  S: {status}"));
        self.tally.in_use += u32::from(status.starts_with("-ERR [IN-USE]"));
        let session = self.sessions.get_mut(&client).expect("it was just read from");
        let State::Named(name) = &session.state else {
            return if ok { wrong("a login without a name") } else { Ok(()) };
        };
        let name = name.clone();
        session.state = State::Stranger;
        if !ok {
            return Ok(());
        }
        if !ACCOUNTS.contains(&(name.as_str(), secret)) {
            return wrong("a login with a wrong password");
        }
        let inside = |other: &Session| matches!(&other.state, State::In { name: of, .. } if *of == name);
        if self.sessions.values().any(inside) {
            return wrong("two sessions have the mailbox at the same time");
        }
        self.tally.logins += 1;
        let mail = self.mailboxes[&name].iter().map(|mail| (Rc::clone(mail), false)).collect();
        self.sessions.get_mut(&client).expect("it is still there").state = State::In { name, mail };
        Ok(())
    }
}

/// A line of the client, and its whole answer.
struct Exchange {
    line: String,
    status: String,
    /// The lines of a long answer, with byte-stuffing undone.
    body: Vec<String>,
}

impl Session {
    /// The next exchange that is complete on the wire.
    fn next_exchange(&mut self) -> Option<Result<Exchange, String>> {
        if !self.greeted {
            let (_, length) = line(&self.down.octets)?;
            self.told = length;
            self.greeted = true;
        }
        let mut told = self.told;
        let (status, length) = line(&self.down.octets[told..])?;
        told += length;
        let Some((said, length)) = line(&self.up.octets[self.heard..]) else {
            return Some(Err(format!("nobody asked for {status:?}")));
        };
        if self.over {
            return Some(Err(format!("{status:?} after the end")));
        }
        let word = said.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let long = match word.as_str() {
            "CAPA" | "RETR" | "TOP" => true,
            "LIST" | "UIDL" => !said.contains(' '),
            _ => false,
        };
        let mut body = Vec::new();
        while long && status.starts_with("+OK") {
            let (text, length) = line(&self.down.octets[told..])?;
            told += length;
            if text == "." {
                break;
            }
            body.push(text.strip_prefix('.').map(str::to_owned).unwrap_or(text));
        }
        self.heard += length;
        self.told = told;
        // Keywords are matched in any case, arguments as they are.
        let line = format!("{word}{}", &said[word.len()..]);
        Some(Ok(Exchange { line, status, body }))
    }
}

/// The line that the octets begin with, an octet a letter, and its length with its line end.
fn line(octets: &[u8]) -> Option<(String, usize)> {
    let end = octets.iter().position(|&octet| octet == b'\n')?;
    let line = octets[..end].strip_suffix(b"\r").unwrap_or(&octets[..end]);
    Some((line.iter().map(|&octet| octet as char).collect(), end + 1))
}

/// A number that is digits and nothing else; zeros in front mean nothing.
fn plain_number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|_| text.bytes().all(|octet| octet.is_ascii_digit()))
}

impl std::ops::Add for Tally {
    type Output = Tally;
    fn add(self, other: Tally) -> Tally {
        Tally {
            logins: self.logins + other.logins,
            in_use: self.in_use + other.in_use,
            removed: self.removed + other.removed,
            forgotten: self.forgotten + other.forgotten,
            fetched: self.fetched + other.fetched,
            failed_updates: self.failed_updates + other.failed_updates,
        }
    }
}

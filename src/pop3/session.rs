//! One POP3 session, the server's side. It has no socket, no clock and no mailbox of its own: octets
//! go in by [`Session::receive`], everything it wants to happen comes out of [`Session::poll`] in order.
//!
//! ```text
//!   receive ─▶ Lines ─▶ poll: one command at a time, when all before it has been taken ─▶ Output
//! ```
//!
//! Work is done when somebody polls, so whoever is slow to take the answers holds up the commands, and
//! a thousand pipelined RETRs need no more memory than one.

mod auth;
mod body;
mod language;
mod login;
mod tls;
mod transaction;

use super::answer::Answer;
use super::command::{self, Command};
use super::lines::{Line, Lines};
use super::output::{Effect, EndCause, Judgement, LogLine, Method, Output, Tally};
use super::state::find;
use super::{Cause, Channel, Config, Entropy, Language, Phase, Refusal, Tls, Verb};
use crate::mail::{Maildrop, Mailstore};
use crate::sasl::{self, apop, same};
use crate::time::Instant;
use body::Body;
use login::Login;
use std::collections::VecDeque;
use std::sync::Arc;

/// Data lives in the state: RETR before login cannot be written.
#[derive(Debug)]
enum State {
    Authorization,
    UserGiven(String),
    Exchange(Box<sasl::Server>),
    Transaction(Maildrop),
    Update,
    Closed,
}

impl State {
    fn phase(&self) -> Phase {
        match self {
            State::Authorization => Phase::Authorization,
            State::UserGiven(_) => Phase::UserGiven,
            State::Exchange(_) => Phase::Exchange,
            State::Transaction(_) => Phase::Transaction,
            State::Update => Phase::Update,
            State::Closed => Phase::Closed,
        }
    }
}

/// One session. Make it when the connection is up, feed it, and poll it until it has nothing more.
#[derive(Debug)]
pub struct Session {
    config: Arc<Config>,
    state: State,
    lines: Lines,
    queue: VecDeque<Output>,
    body: Option<Body>,
    /// What it runs in.
    channel: Channel,
    /// STLS was answered and TLS is not up yet: what comes is not for this session.
    upgrading: bool,
    /// The greeting's time stamp, brackets included.
    stamp: Option<String>,
    /// What it draws follows from this and the server's secret.
    entropy: Entropy,
    /// How many exchanges were begun.
    exchanges: u32,
    name: Option<String>,
    /// How many lines have been read.
    read: u32,
    failures: u32,
    tally: Tally,
    /// UTF8 was said.
    utf8: bool,
    language: Language,
    heard: Instant,
    /// Until when answers are held back, after a failed login.
    held_until: Option<Instant>,
    /// No more octets will come, though answers may still go out.
    input_over: bool,
    /// Close was queued: nothing more is read or answered.
    closing: bool,
}

impl Session {
    /// A session that begins now, in the clear; its greeting is queued already. `entropy` must
    /// differ between connections.
    pub fn new(config: Arc<Config>, entropy: Entropy, now: Instant) -> Session {
        Session::begin(config, entropy, now, false)
    }

    /// A session that begins now inside TLS, as on port 995 (RFC 8314 section 3.3).
    pub fn over_tls(config: Arc<Config>, entropy: Entropy, now: Instant) -> Session {
        Session::begin(config, entropy, now, true)
    }

    fn begin(config: Arc<Config>, entropy: Entropy, now: Instant, secure: bool) -> Session {
        let stamp = config.apop.then(|| entropy.stamp(&config.host));
        let lines = Lines::new(config.line_limit as usize, config.response_limit as usize);
        let mut session = Session {
            config,
            state: State::Authorization,
            lines,
            queue: VecDeque::new(),
            body: None,
            channel: Channel(secure.then(Tls::default)),
            upgrading: false,
            stamp,
            entropy,
            exchanges: 0,
            name: None,
            read: 0,
            failures: 0,
            tally: Tally::default(),
            utf8: false,
            language: Language::default(),
            heard: now,
            held_until: None,
            input_over: false,
            closing: false,
        };
        let greeting = match &session.stamp {
            Some(stamp) => format!("POP3 Lab at your service {stamp}"),
            None => "POP3 Lab at your service".into(),
        };
        session.ok(&greeting);
        session
    }

    /// Where the session stands.
    pub fn phase(&self) -> Phase {
        self.state.phase()
    }

    /// Takes in octets and tells how many. The rest is to be offered again after polling: input is not
    /// read while too much of it waits.
    pub fn receive(&mut self, octets: &[u8]) -> usize {
        if self.upgrading {
            // Thrown away, but counted: the client counts the lines that it sent as well.
            self.read += octets.iter().filter(|octet| **octet == b'\n').count() as u32;
            return octets.len();
        }
        if self.closing || self.phase() == Phase::Closed {
            return octets.len();
        }
        self.lines.push(octets)
    }

    /// The client has closed its side: what it said is still answered, then the connection is closed
    /// without UPDATE (POP-1939-122).
    pub fn input_ended(&mut self) {
        self.input_over = true;
    }

    /// The connection is over. Without a QUIT before it there is no UPDATE: marks are dropped and the
    /// lock is released (RFC 1939 section 6).
    pub fn disconnected(&mut self, store: &mut impl Mailstore) {
        self.queue.retain(|output| !matches!(output, Output::Transmit(_) | Output::Close));
        self.body = None;
        self.held_until = None;
        self.lines.clear();
        let orderly = std::mem::replace(&mut self.closing, true);
        if self.phase() != Phase::Closed && self.enter(store, Cause::Ended, State::Closed) && !orderly {
            self.close(EndCause::Lost);
            self.queue.retain(|output| *output != Output::Close);
        }
    }

    /// When an answer is given that is held back after a failed login. Unlike an idle limit this is not waited
    /// for in vain: somebody is there and waits as well.
    pub fn owes(&self) -> Option<Instant> {
        self.held_until
    }

    /// When the session wants to be told that time has passed, if nothing is heard until then.
    pub fn timeout(&self) -> Option<Instant> {
        if self.held_until.is_some() {
            return self.held_until;
        }
        let waiting = !self.closing && self.body.is_none() && self.queue.is_empty();
        (waiting && self.phase() != Phase::Closed).then(|| self.heard + self.config.idle_limit)
    }

    /// Tells the time. Past the idle limit the session closes silently, without UPDATE.
    pub fn handle_timeout(&mut self, store: &mut impl Mailstore, now: Instant) {
        if self.held_until.is_none() && self.timeout().is_some_and(|at| at <= now) {
            self.end(store, Cause::Idle, EndCause::Idle);
        }
    }

    /// The next thing to happen; none until more octets, the end of input or a time-out come.
    pub fn poll(&mut self, store: &mut impl Mailstore, now: Instant) -> Option<Output> {
        if self.held_until.is_some_and(|until| now < until) {
            return None;
        }
        self.held_until = None;
        loop {
            if let Some(output) = self.queue.pop_front() {
                return Some(output);
            }
            if let Some(body) = &mut self.body {
                self.heard = now;
                let octets = body.next_chunk();
                if body.at == body.end {
                    self.body = None;
                }
                self.transmit(octets);
            } else if self.closing {
                return None;
            } else if let Some(line) = self.lines.next_line() {
                self.heard = now;
                self.obey(store, line, now);
                if self.held_until.is_some() {
                    return None;
                }
            } else if self.input_over {
                self.end(store, Cause::Ended, EndCause::ClientClosed);
            } else {
                return None;
            }
        }
    }

    /// Reads one line, does what it says, and answers it exactly once.
    fn obey(&mut self, store: &mut impl Mailstore, line: Line, now: Instant) {
        let phase = self.phase();
        let number = self.read;
        self.read += 1;
        let commands = Arc::clone(&self.config.tables.commands);
        let keyword = |octets: &[u8]| command::keyword(&commands, octets).0.map(|row| row.verb);
        let (verb, outcome) = match line {
            _ if phase == Phase::Exchange => (Some(Verb::Auth), self.respond(store, &line, now)),
            Line::TooLong => (None, Err(Refusal::LineTooLong { limit: self.config.line_limit })),
            // AUTH with its initial response may be as long as a response (ambiguity A18).
            Line::Long(octets) if keyword(&octets) != Some(Verb::Auth) => {
                (None, Err(Refusal::LineTooLong { limit: self.config.line_limit }))
            }
            Line::Whole(octets) | Line::Long(octets) => {
                let verb = keyword(&octets);
                let parsed = command::parse(&commands, phase, &octets);
                (verb, parsed.and_then(|(verb, command)| self.execute(store, verb, command, now)))
            }
        };
        if let Err(refusal) = &outcome {
            self.answer("-ERR", &refusal.text_in(self.language));
        }
        let refused = outcome.is_err();
        let judgement = Judgement { line: number, verb, refusal: outcome.err() };
        // PASS must come right after USER; whatever else came instead, the name is forgotten. A PASS
        // that cannot be read counts as refused.
        let cause = match verb {
            Some(verb @ Verb::Pass) => Cause::Refused(verb),
            _ => Cause::AnyOther,
        };
        if phase == Phase::UserGiven && self.phase() == Phase::UserGiven {
            self.enter(store, cause, State::Authorization);
        }
        // Whatever ends an exchange, commands are read again.
        if refused && self.phase() == Phase::Exchange {
            self.enter(store, Cause::Refused(Verb::Auth), State::Authorization);
        }
        // The judgement stands before everything that followed from it.
        self.queue.push_front(Output::Judged(judgement));
        if matches!(self.phase(), Phase::Update | Phase::Closed) {
            self.close(EndCause::Quit);
        }
        if self.failures >= self.config.failed_logins && !self.closing {
            self.end(store, Cause::TooManyFailures, EndCause::TooManyFailures);
        }
    }

    fn execute(
        &mut self,
        store: &mut impl Mailstore,
        verb: Verb,
        command: Command,
        now: Instant,
    ) -> Result<(), Refusal> {
        if !self.offers(verb) {
            return Err(Refusal::NotOffered(verb));
        }
        if matches!(verb, Verb::User | Verb::Pass)
            && !self.channel.is_secure()
            && !self.config.login_in_the_clear
        {
            return Err(Refusal::NeedsTls(verb));
        }
        match command {
            Command::Capa => self.tell_capabilities(store),
            Command::Utf8 => {
                self.utf8 = true;
                self.say(Answer::Utf8);
            }
            Command::Lang(None) => self.tell_languages(),
            Command::Lang(Some(range)) => self.choose_language(&range)?,
            Command::Stls => self.start_tls(store)?,
            Command::Quit => self.quit(store)?,
            Command::User(name) => {
                // The same answer whether the mailbox exists or not (RFC 1939 section 13).
                if self.enter(store, Cause::Accepted(Verb::User), State::UserGiven(name)) {
                    self.say(Answer::NameTaken);
                } else {
                    return Err(self.not_now(verb));
                }
            }
            Command::Pass(secret) => {
                let name = match &self.state {
                    State::UserGiven(name) => name.clone(),
                    _ => return Err(self.not_now(verb)),
                };
                let login = Login { name: &name, mailbox: &name, method: Method::UserPass, verb };
                self.log_in(store, &login, &|held| held.is_password(&secret), now)?;
            }
            Command::Apop(name, digest) => {
                let Some(stamp) = self.stamp.clone() else { return Err(Refusal::NotOffered(Verb::Apop)) };
                let fits = |secret: &str| {
                    same(apop::digest(&stamp, secret.as_bytes()).as_bytes(), digest.as_bytes())
                };
                let login = Login { name: &name, mailbox: &name, method: Method::Apop, verb };
                self.log_in(store, &login, &|held| held.secret().is_some_and(fits), now)?;
            }
            Command::Auth(mechanism, initial) => self.authenticate(store, &mechanism, initial, now)?,
            Command::Stat
            | Command::List(_)
            | Command::Uidl(_)
            | Command::Retr(_)
            | Command::Top(..)
            | Command::Dele(_)
            | Command::Noop
            | Command::Rset => self.transact(store, verb, command)?,
        }
        Ok(())
    }

    /// QUIT: after login the marked messages are removed, the lock is released, and only then is the
    /// answer given (ambiguity A29). Before login there is nothing to update.
    fn quit(&mut self, store: &mut impl Mailstore) -> Result<(), Refusal> {
        let cause = Cause::Accepted(Verb::Quit);
        if find(&self.config.tables.transitions, self.phase(), cause).is_none() {
            return Err(self.not_now(Verb::Quit));
        }
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Transaction(maildrop) => {
                let name = maildrop.owner().to_owned();
                self.state = State::Update;
                self.changed(Phase::Transaction, cause);
                let Ok(messages) = store.commit(maildrop) else {
                    self.queue.push_back(Output::Effect(Effect::Released { name }));
                    return Err(Refusal::RemovalFailed);
                };
                self.tally.removed = messages.len() as u32;
                let farewell = Answer::Removed(messages.len() as u64);
                self.queue.push_back(Output::Effect(Effect::Removed { name, messages }));
                self.say(farewell);
            }
            before_login => {
                self.changed(before_login.phase(), cause);
                self.say(Answer::Goodbye);
            }
        }
        Ok(())
    }

    /// Ends the session without UPDATE.
    fn end(&mut self, store: &mut impl Mailstore, cause: Cause, why: EndCause) {
        self.enter(store, cause, State::Closed);
        self.close(why);
    }

    /// Nothing more is read; the connection is closed after what is queued.
    fn close(&mut self, why: EndCause) {
        self.closing = true;
        self.lines.clear();
        let tally = self.tally;
        self.queue.push_back(Output::Log(LogLine::Ended { name: self.name.clone(), cause: why, tally }));
        self.queue.push_back(Output::Close);
    }

    /// Moves along a row of the table, or not at all. A maildrop that is left behind is released.
    fn enter(&mut self, store: &mut impl Mailstore, cause: Cause, next: State) -> bool {
        let from = self.phase();
        let known =
            find(&self.config.tables.transitions, from, cause).is_some_and(|(_, row)| row.to == next.phase());
        let left = if known { std::mem::replace(&mut self.state, next) } else { next };
        if known {
            self.changed(from, cause);
        }
        if let State::Transaction(maildrop) = left {
            let name = maildrop.owner().to_owned();
            store.release(maildrop);
            self.queue.push_back(Output::Effect(Effect::Released { name }));
        }
        known
    }

    fn changed(&mut self, from: Phase, cause: Cause) {
        self.queue.push_back(Output::PhaseChanged { from, to: self.phase(), cause });
    }

    fn not_now(&self, verb: Verb) -> Refusal {
        let row = self.config.tables.commands.iter().find(|row| row.verb == verb);
        Refusal::NotNow { verb, phase: self.phase(), allowed: row.map_or(vec![], |row| row.phases.to_vec()) }
    }

    fn offers(&self, verb: Verb) -> bool {
        match verb {
            Verb::Apop => self.config.apop && self.stamp.is_some(),
            Verb::Stls => self.config.stls || self.channel.is_secure(),
            Verb::Top | Verb::Uidl => self.config.top_and_uidl,
            _ => true,
        }
    }

    fn say(&mut self, answer: Answer) {
        self.ok(&answer.text(self.language));
    }

    fn ok(&mut self, text: &str) {
        self.answer("+OK", text);
    }

    fn answer(&mut self, status: &str, text: &str) {
        self.transmit(format!("{status} {text}\r\n").into_bytes());
    }

    /// The lines of a multi-line answer and its end. None of ours starts with a dot.
    fn list(&mut self, lines: Vec<String>) {
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).chain([".\r\n"]).collect();
        self.transmit(text.into_bytes());
    }

    /// Queues octets, together with those just before them: one answer is one write.
    fn transmit(&mut self, octets: Vec<u8>) {
        self.tally.octets += octets.len() as u64;
        match self.queue.back_mut() {
            Some(Output::Transmit(before)) => before.extend(octets),
            _ => self.queue.push_back(Output::Transmit(octets)),
        }
    }
}

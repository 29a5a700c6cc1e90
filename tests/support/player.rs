//! Plays a transcript against the real session and store, and writes down what happens as a story: the
//! same dialect, so that a story and its transcript can be compared line by line.

use super::coverage::Seen;
use super::dialect::{Step, StepKind, Transcript, escape, unescape};
use super::words;
use pop3lab::mail::{
    Account, AccountPolicy, CommitError, Fault, Lockout, Maildrop, Mailstore, Message, OpenError, Proof,
    Store, Uid,
};
use pop3lab::pop3::{
    Config, EndCause, Entropy, Judgement, LogLine, Output, Phase, Session, Tables, Tls, Verb,
};
use pop3lab::sasl::{Accounts, Credentials, Mechanism, apop};
use pop3lab::time::Instant;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// How the client's octets reach the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As much as stands together in the transcript, in one piece.
    Whole,
    /// Three octets at a time.
    InThrees,
    /// One octet at a time.
    ByteByByte,
    /// One octet at a time, and only one output is taken after each: a host that is slow to poll.
    Slowly,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Whole, Way::InThrees, Way::ByteByByte, Way::Slowly];

    fn piece(self) -> usize {
        match self {
            Way::Whole => usize::MAX,
            Way::InThrees => 3,
            Way::ByteByByte | Way::Slowly => 1,
        }
    }
}

/// Plays `transcript` after `preambles` and gives back its story.
pub fn play(
    preambles: &[&[Step]],
    transcript: &Transcript,
    tables: &Tables,
    way: Way,
    seen: &mut Seen,
) -> Vec<String> {
    let mut player = Player::new(tables, way, seen);
    for step in preambles.iter().copied().flatten() {
        player.step(step);
    }
    player.story.clear();
    for step in &transcript.steps {
        player.step(step);
    }
    player.finish();
    fold(player.story)
}

/// Writes many equal lines as one and their number.
fn fold(story: Vec<String>) -> Vec<String> {
    let mut folded = Vec::new();
    for run in story.chunk_by(|a, b| a == b) {
        match run.len() {
            1..20 => folded.extend_from_slice(run),
            times => folded.extend([run[0].clone(), format!("times {times}")]),
        }
    }
    folded
}

/// The lines of a transcript that a story should repeat.
pub fn expected(transcript: &Transcript) -> Vec<String> {
    transcript.steps.iter().flat_map(|step| step.source.clone()).collect()
}

struct Player<'s> {
    config: Config,
    accounts: Vec<Account>,
    store: Option<Watched>,
    sessions: BTreeMap<u32, Seat>,
    now: Instant,
    way: Way,
    /// How many pieces of answers are still taken; none is any number.
    allowance: Option<u32>,
    batch: Vec<Step>,
    /// Unique-ids that are in no mailbox although no session removed them.
    expunged: Vec<Uid>,
    story: Vec<String>,
    seen: &'s mut Seen,
}

/// One session, and what the player knows of it.
struct Seat {
    number: u32,
    session: Session,
    stamp: Option<String>,
    phase: Phase,
    /// What was sent and the session has not taken in.
    waiting: Vec<u8>,
    /// What was sent, line by line, and not judged.
    unjudged: VecDeque<Sent>,
    /// The end of what was sent, if it is no whole line.
    unended: Vec<u8>,
    /// Octets of an answer whose line has not ended.
    partial: Vec<u8>,
    transmitted: u64,
    /// The answer whose status line is due: whether it should be +OK.
    due: Option<bool>,
    closed: bool,
}

/// A step's worth of octets.
struct Sent {
    source: Vec<String>,
    /// The lines that end in it.
    lines: VecDeque<Vec<u8>>,
    told: bool,
}

/// The store, with an eye on its locks.
struct Watched {
    store: Store,
    locked: BTreeSet<String>,
    /// Everything that was ever in a mailbox.
    delivered: BTreeMap<String, Vec<Uid>>,
}

impl Accounts for Watched {
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        self.store.credentials(name)
    }

    fn of_token(&self, token: &str) -> Option<&str> {
        self.store.of_token(token)
    }

    fn of_certificate(&self, identity: &str) -> Option<&str> {
        self.store.of_certificate(identity)
    }
}

impl Mailstore for Watched {
    fn open(&mut self, name: &str, proof: &Proof<'_>, now: Instant) -> Result<Maildrop, OpenError> {
        let maildrop = self.store.open(name, proof, now)?;
        assert!(self.locked.insert(name.into()), "{name} was opened twice");
        Ok(maildrop)
    }

    fn commit(&mut self, maildrop: Maildrop) -> Result<Vec<Uid>, CommitError> {
        self.locked.remove(maildrop.owner());
        self.store.commit(maildrop)
    }

    fn release(&mut self, maildrop: Maildrop) {
        self.locked.remove(maildrop.owner());
        self.store.release(maildrop);
    }

    fn refresh(&self, maildrop: &mut Maildrop) {
        self.store.refresh(maildrop);
    }

    fn policy(&self, name: &str) -> AccountPolicy {
        self.store.policy(name)
    }

    fn policies(&self) -> Vec<AccountPolicy> {
        self.store.policies()
    }
}

impl Watched {
    fn uids(&self, name: &str) -> Vec<Uid> {
        let mailbox = self.store.mailboxes().find(|(held, _)| *held == name);
        mailbox.map_or(vec![], |(_, messages)| messages.iter().map(|(uid, _)| uid.clone()).collect())
    }
}

impl<'s> Player<'s> {
    fn new(tables: &Tables, way: Way, seen: &'s mut Seen) -> Player<'s> {
        let config = Config {
            implementation: "POP3-Lab".into(),
            mechanisms: Vec::new(),
            tables: tables.clone(),
            ..Config::default()
        };
        Player {
            config,
            accounts: Vec::new(),
            store: None,
            sessions: BTreeMap::new(),
            now: Instant::ZERO,
            way,
            allowance: None,
            batch: Vec::new(),
            expunged: Vec::new(),
            story: Vec::new(),
            seen,
        }
    }

    fn step(&mut self, step: &Step) {
        if self.batch.last().is_some_and(|before| before.session != step.session) {
            self.send();
        }
        match &step.kind {
            StepKind::Sent { .. } => self.batch.push(step.clone()),
            StepKind::Expected => {}
            StepKind::Told { word, rest, message } => {
                self.send();
                self.told(step, word, rest, message);
            }
        }
    }

    /// Sends what was gathered, in the pieces that the way asks for.
    fn send(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        let Some(number) = batch.first().map(|step| step.session) else { return };
        let mut octets = Vec::new();
        let seat = self.sessions.get_mut(&number).expect("a session that is connected");
        for step in batch {
            let StepKind::Sent { text, ended } = &step.kind else { continue };
            let mut sent =
                unescape(text, seat.stamp.as_deref()).unwrap_or_else(|wrong| panic!("{wrong}: {text}"));
            sent.extend_from_slice(if *ended { b"\r\n" } else { b"" });
            octets.extend_from_slice(&sent);
            let mut lines = VecDeque::new();
            for octet in sent {
                seat.unended.push(octet);
                if octet == b'\n' {
                    lines.push_back(std::mem::take(&mut seat.unended));
                }
            }
            seat.unjudged.push_back(Sent { source: step.source, lines, told: false });
        }
        let size = self.way.piece().min(octets.len().max(1));
        for piece in octets.chunks(size) {
            self.seat(number).waiting.extend_from_slice(piece);
            self.offer(number);
        }
        self.drain(number);
        // What has to wait for its answer stands where it was sent.
        let seat = self.sessions.get_mut(&number).expect("a session that is connected");
        for sent in seat.unjudged.iter_mut().filter(|sent| !sent.told) {
            sent.told = true;
            self.story.extend(sent.source.clone());
        }
    }

    /// Lines that nobody will judge, since they have no end or the session has, stand where they were sent.
    fn tell_unjudged(&mut self, number: u32) {
        let unjudged = std::mem::take(&mut self.seat(number).unjudged);
        for sent in unjudged.into_iter().filter(|sent| !sent.told) {
            self.story.extend(sent.source);
        }
    }

    /// Offers what waits until the session takes nothing more.
    fn offer(&mut self, number: u32) {
        loop {
            let seat = self.seat(number);
            let taken = seat.session.receive(&seat.waiting);
            seat.waiting.drain(..taken);
            let left = seat.waiting.len();
            let mut polled = self.poll(number);
            if self.way != Way::Slowly {
                while self.poll(number) {
                    polled = true;
                }
            }
            if left == 0 || (taken == 0 && !polled) {
                break;
            }
        }
    }

    /// Takes everything that the session has to say, as far as the allowance goes.
    fn drain(&mut self, number: u32) {
        self.offer(number);
        while self.poll(number) {}
        // What is held back comes when time has passed.
        if self.allowance.is_some() || self.seat(number).session.owes().is_some() {
            return;
        }
        let seat = self.seat(number);
        let (phase, told) = (seat.session.phase(), seat.phase);
        if phase != told {
            self.broken(number, &format!("the phase is {} without a word", words::phase(phase)));
        }
        if self.seat(number).due.is_some() {
            self.broken(number, "a line was not answered");
        }
        if !self.seat(number).waiting.is_empty() {
            self.broken(number, "octets were not taken in");
        }
        self.end_partial_line(number);
        self.tell_unjudged(number);
    }

    /// Takes one output; whether there was one.
    fn poll(&mut self, number: u32) -> bool {
        if self.allowance == Some(0) {
            return false;
        }
        let seat = self.sessions.get_mut(&number).expect("a session that is connected");
        let store = self.store.as_mut().expect("a store, since there is a session");
        let Some(output) = seat.session.poll(store, self.now) else { return false };
        if let (Output::Transmit(_), Some(allowance)) = (&output, &mut self.allowance) {
            *allowance -= 1;
        }
        self.note(number, output);
        true
    }

    /// Writes one output into the story.
    fn note(&mut self, number: u32, output: Output) {
        if !matches!(output, Output::Transmit(_)) {
            self.end_partial_line(number);
        }
        match output {
            Output::Transmit(octets) => self.transmitted(number, &octets),
            // How much that was depends on the pieces in which it came.
            Output::StartTls { discarded: _ } => self.say(number, "start TLS"),
            Output::Close => {
                self.seat(number).closed = true;
                self.say(number, "close");
            }
            Output::PhaseChanged { from, to, cause } => {
                if self.seat(number).phase != from {
                    self.broken(number, &format!("it left {}", words::phase(from)));
                }
                self.seat(number).phase = to;
                self.seen.change(from, cause, to);
                self.say(number, &format!("= {} on {}", words::phase(to), words::cause(cause)));
            }
            Output::Judged(judgement) => self.judged(number, &judgement),
            Output::Effect(effect) => {
                self.seen.effect(&effect);
                self.say(number, &format!("* {}", words::effect(&effect)));
            }
            Output::Log(line) => {
                self.seen.log(&line);
                self.say(number, &format!("log {}", words::log(&line)));
                let transmitted = self.seat(number).transmitted;
                match line {
                    // What was lost on the way was counted when it was queued.
                    LogLine::Ended { cause: EndCause::Lost, .. } => {}
                    LogLine::Ended { tally, .. } if tally.octets != transmitted => {
                        self.broken(
                            number,
                            &format!("{transmitted} octets sent and {} counted", tally.octets),
                        );
                    }
                    _ => {}
                }
            }
        }
    }

    fn judged(&mut self, number: u32, judgement: &Judgement) {
        let seat = self.sessions.get_mut(&number).expect("a session that is connected");
        if seat.due.replace(judgement.refusal.is_none()).is_some() {
            self.broken(number, "a line was not answered");
        }
        let seat = self.sessions.get_mut(&number).expect("a session that is connected");
        let mut line = None;
        while let Some(sent) = seat.unjudged.front_mut() {
            if !std::mem::replace(&mut sent.told, true) {
                self.story.extend(sent.source.clone());
            }
            line = sent.lines.pop_front();
            if sent.lines.is_empty() {
                seat.unjudged.pop_front();
            }
            if line.is_some() {
                break;
            }
        }
        let phase = seat.phase;
        self.seen.judgement(phase, judgement);
        if let Some(refusal) = &judgement.refusal {
            self.say(number, &format!("! {}", words::refusal(refusal)));
        }
        let Some(line) = line else { return self.broken(number, "a line was judged that was not sent") };
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let verb = if phase == Phase::Exchange { Some(Verb::Auth) } else { words::verb(line) };
        if judgement.verb.is_some() && judgement.verb != verb {
            self.broken(number, &format!("it was judged as {:?}", judgement.verb));
        }
    }

    fn transmitted(&mut self, number: u32, octets: &[u8]) {
        if self.seat(number).closed {
            self.broken(number, "octets after the close");
        }
        self.seat(number).transmitted += octets.len() as u64;
        for line in octets.split_inclusive(|&octet| octet == b'\n') {
            let seat = self.seat(number);
            seat.partial.extend_from_slice(line);
            let Some(whole) = seat.partial.strip_suffix(b"\r\n").map(<[u8]>::to_vec) else { continue };
            seat.partial.clear();
            if let Some(ok) = seat.due.take() {
                // RFC 1939 section 3, and RFC 2449 section 3: printable ASCII, or UTF-8 where LANG chose another
                // language (RFC 6856 section 3), which this does not follow: the transcripts hold every octet.
                let status = if ok { "+OK " } else { "-ERR " };
                // RFC 5034 section 4: a challenge is base64 behind one blank, however long.
                let challenge = ok && whole.strip_prefix(b"+ ").is_some_and(is_base64);
                let text = std::str::from_utf8(&whole);
                let sound = whole.len() <= 510 && text.is_ok_and(|text| !text.chars().any(char::is_control));
                if !challenge && (!whole.starts_with(status.as_bytes()) || !sound) {
                    self.broken(number, &format!("no sound status line, {status}was due"));
                }
            }
            let text = escape(&whole);
            self.say(number, if text.is_empty() { "S:".into() } else { format!("S: {text}") }.as_str());
        }
    }

    fn end_partial_line(&mut self, number: u32) {
        let partial = std::mem::take(&mut self.seat(number).partial);
        if !partial.is_empty() {
            self.say(number, &format!("S- {}", escape(&partial)));
        }
    }

    /// Does what a step says, or answers what it asks.
    fn told(&mut self, step: &Step, word: &str, rest: &str, message: &[u8]) {
        let number = step.session;
        if self.setting(word, rest, message) {
            return self.story.extend(step.source.clone());
        }
        match word {
            "phase" => {
                let phase = words::phase(self.seat(number).session.phase());
                return self.say(number, &format!("phase {phase}"));
            }
            "timeout" => {
                let timeout = self.seat(number).session.timeout();
                let text = timeout.map_or("none".into(), |at| (at.as_micros() as f64 / 1e6).to_string());
                return self.say(number, &format!("timeout {text}"));
            }
            "lock" => {
                let name = rest.split(' ').next().expect("a first word");
                let held = self.store().locked.contains(name);
                return self.say(number, &format!("lock {name} {}", if held { "held" } else { "free" }));
            }
            "mailbox" => {
                let name = rest.split(':').next().expect("a first word");
                let uids = self.store().uids(name);
                return self.say(number, &format!("mailbox {name}: {}", words::uids(uids.iter())));
            }
            "login" => return self.log_in(step, rest),
            _ => {}
        }
        if word == "disconnected" {
            self.end_partial_line(number);
            self.tell_unjudged(number);
            self.allowance = None;
        }
        self.story.extend(step.source.clone());
        match word {
            "connect" => self.connect(number),
            "connected" => {
                let from = self.story.len();
                self.connect(number);
                if self.story[from..].iter().all(|line| line.contains("S: +OK ")) {
                    self.story.truncate(from);
                }
            }
            "wait" => self.wait(rest.parse().expect("seconds")),
            "deliver" => {
                let uid = self.store().store.deliver(rest, Message::new(message)).expect("a mailbox");
                self.store().delivered.entry(rest.into()).or_default().push(uid);
            }
            "expunge" => {
                let (name, index) = rest.split_once(' ').expect("a name and a number");
                let uid = self.store().uids(name)[index.parse::<usize>().expect("a number") - 1].clone();
                self.store().store.expunge(name, &uid);
                self.expunged.push(uid);
            }
            "input-ended" => {
                self.seat(number).session.input_ended();
                self.drain(number);
            }
            "disconnected" => {
                let seat = self.sessions.get_mut(&number).expect("a session that is connected");
                (seat.due, seat.waiting) = (None, Vec::new());
                seat.session.disconnected(self.store.as_mut().expect("a store, since there is a session"));
                seat.closed = true;
                self.drain(number);
            }
            "tls" => {
                self.tell_unjudged(number);
                let seat = self.sessions.get_mut(&number).expect("a session that is connected");
                // What was sent in the clear has nothing to do with what comes inside TLS.
                seat.unended.clear();
                let tls = Tls { version: "TLSv1.3".into(), suite: "SUITE".into(), ..Tls::default() };
                match (rest, rest.strip_prefix("up as ")) {
                    ("up", _) => seat.session.tls_established(tls),
                    (_, Some(name)) => {
                        seat.session.tls_established(Tls { identity: Some(name.into()), ..tls });
                    }
                    _ => {
                        let store = self.store.as_mut().expect("a store, since there is a session");
                        seat.session.tls_failed(store, rest.strip_prefix("failed: ").expect("a reason"));
                    }
                }
                self.drain(number);
            }
            "take" => {
                self.allowance = (rest != "all").then(|| rest.parse().expect("how many pieces"));
                self.drain(number);
            }
            _ => panic!("no such step: {word}"),
        }
    }

    /// Settings: what the server is like, before the first connection; faults come at any time.
    fn setting(&mut self, word: &str, rest: &str, message: &[u8]) -> bool {
        let words: Vec<&str> = rest.split(' ').collect();
        if word == "fault" {
            self.store().store.fault = match rest {
                "update-fails" => Some(Fault::UpdateFails),
                "temporary" => Some(Fault::TemporaryFailure),
                "permanent" => Some(Fault::PermanentFailure),
                "none" => None,
                _ => panic!("no such fault: {rest}"),
            };
            return true;
        }
        if !matches!(word, "account" | "mail" | "policy" | "config" | "access") {
            return false;
        }
        assert!(self.store.is_none(), "{word} comes before the first connection");
        let seconds = |text: &str| text.parse().expect("a number");
        match (word, words.as_slice()) {
            ("account", [name, ..]) => {
                let password = rest[name.len()..].strip_prefix(' ').expect("a password");
                let password = unescape(password, None).expect("a password that can be read");
                let password = String::from_utf8(password).expect("a password of ASCII");
                let (name, policy) = (name.to_string(), AccountPolicy::default());
                self.accounts.retain(|account| account.name != name);
                self.accounts.push(Account {
                    name,
                    password,
                    messages: Vec::new(),
                    policy,
                    access: Default::default(),
                });
            }
            ("mail", [name]) => self.account(name).messages.push(Message::new(message)),
            ("policy", [name, "no-plaintext"]) => self.account(name).policy.plaintext = false,
            ("policy", [name, "expire", days]) => self.account(name).policy.expire = Some(seconds(days)),
            ("policy", [name, "login-delay", delay]) => {
                self.account(name).policy.login_delay = seconds(delay)
            }
            ("config", ["stls"]) => self.config.stls = true,
            ("config", ["no-stls"]) => self.config.stls = false,
            ("config", ["no-login-in-the-clear"]) => self.config.login_in_the_clear = false,
            ("config", ["no-apop"]) => self.config.apop = false,
            ("config", ["sasl", names @ ..]) => {
                let of_name = |name: &&str| Mechanism::of_name(name).expect("a mechanism");
                self.config.mechanisms = names.iter().map(of_name).collect();
            }
            ("config", ["failure-delay", delay]) => {
                self.config.failure_delay = Duration::from_secs(seconds(delay).into());
            }
            ("config", ["lockout", guesses, span]) => {
                let span = Duration::from_secs(seconds(span).into());
                self.config.lockout = Some(Lockout { guesses: seconds(guesses), span });
            }
            ("access", [name, "token", token]) => self.account(name).access.tokens.push(token.to_string()),
            ("access", [name, "acts-as", other]) => self.account(name).access.acts_as.push(other.to_string()),
            ("access", [name, "certificate", identity]) => {
                self.account(name).access.certificate = Some(identity.to_string());
            }
            ("access", [name, "keeps-no-secret"]) => self.account(name).access.keeps_secret = false,
            ("config", ["no-top-and-uidl"]) => self.config.top_and_uidl = false,
            ("config", ["line-limit", limit]) => self.config.line_limit = seconds(limit),
            ("config", ["failed-logins", limit]) => self.config.failed_logins = seconds(limit),
            ("config", ["idle-limit", limit]) => {
                self.config.idle_limit = Duration::from_secs(seconds(limit).into());
            }
            _ => panic!("no such setting: {word} {rest}"),
        }
        true
    }

    fn connect(&mut self, number: u32) {
        self.store();
        // Differs between connections, and is easy to recognise.
        let entropy = 0x1000 + u64::from(number) + ((self.sessions.len() as u64) << 16);
        let session = Session::new(Arc::new(self.config.clone()), Entropy::new(entropy, self.now), self.now);
        let seat = Seat {
            number,
            session,
            stamp: None,
            phase: Phase::Authorization,
            waiting: Vec::new(),
            unjudged: VecDeque::new(),
            unended: Vec::new(),
            partial: Vec::new(),
            transmitted: 0,
            due: Some(true),
            closed: false,
        };
        if let Some(before) = self.sessions.insert(number, seat) {
            self.let_go(before);
        }
        let from = self.story.len();
        self.drain(number);
        let greeting = self.story.get(from).cloned().unwrap_or_default();
        self.seat(number).stamp = apop::stamp(&greeting).map(str::to_owned);
    }

    /// USER and PASS that work, without a word: where a transcript is about something else.
    fn log_in(&mut self, step: &Step, name: &str) {
        let password = self.account(name).password.clone();
        let mut unseen = Seen::default();
        let from = self.story.len();
        let number = step.session;
        std::mem::swap(self.seen, &mut unseen);
        for text in [format!("USER {name}"), format!("PASS {password}")] {
            let text = escape(text.as_bytes());
            let source = vec![format!("C: {text}")];
            let kind = StepKind::Sent { text, ended: true };
            self.batch.push(Step { session: number, kind, source });
        }
        self.send();
        std::mem::swap(self.seen, &mut unseen);
        if self.seat(number).phase == Phase::Transaction {
            self.story.truncate(from);
        }
        self.story.extend(step.source.clone());
    }

    fn wait(&mut self, seconds: f64) {
        self.now = self.now + Duration::from_micros((seconds * 1e6).round() as u64);
        let numbers: Vec<u32> = self.sessions.keys().copied().collect();
        for number in numbers {
            let seat = self.sessions.get_mut(&number).expect("a session that is connected");
            seat.session
                .handle_timeout(self.store.as_mut().expect("a store, since there is a session"), self.now);
            self.drain(number);
        }
    }

    /// What holds at the end of every transcript: nobody keeps a lock, and mail is only missing where
    /// the story says so.
    fn finish(&mut self) {
        self.send();
        for (_, seat) in std::mem::take(&mut self.sessions) {
            self.let_go(seat);
        }
        let Some(store) = &self.store else { return };
        for name in &store.locked {
            self.story.push(format!("BROKEN: the lock of {name} stayed behind"));
        }
        for (name, delivered) in &store.delivered {
            let left = store.uids(name);
            let due: Vec<_> = delivered.iter().filter(|uid| !self.expunged.contains(uid)).collect();
            if !due.into_iter().eq(&left) {
                self.story.push(format!("left {name}: {}", words::uids(left.iter())));
            }
        }
    }

    fn let_go(&mut self, mut seat: Seat) {
        let store = self.store.as_mut().expect("a store, since there is a session");
        seat.session.disconnected(store);
        while let Some(output) = seat.session.poll(store, self.now) {
            if matches!(output, Output::Transmit(_) | Output::Close) {
                self.story.push(format!("BROKEN: session {} talks to nobody", seat.number));
            }
        }
        if seat.session.phase() != Phase::Closed || seat.session.timeout().is_some() {
            self.story.push(format!("BROKEN: session {} goes on without a connection", seat.number));
        }
    }

    fn store(&mut self) -> &mut Watched {
        let (accounts, lockout) = (&self.accounts, self.config.lockout);
        self.store.get_or_insert_with(|| {
            let mut store = Store::new(accounts, 1);
            store.lockout = lockout;
            let mut watched = Watched { store, locked: BTreeSet::new(), delivered: BTreeMap::new() };
            for account in accounts {
                watched.delivered.insert(account.name.clone(), watched.uids(&account.name));
            }
            watched
        })
    }

    fn account(&mut self, name: &str) -> &mut Account {
        self.accounts.iter_mut().find(|account| account.name == name).expect("an account with this name")
    }

    fn seat(&mut self, number: u32) -> &mut Seat {
        self.sessions.get_mut(&number).expect("a session that is connected")
    }

    fn broken(&mut self, number: u32, what: &str) {
        self.say(number, &format!("BROKEN: {what}"));
    }

    fn say(&mut self, number: u32, line: &str) {
        self.story.push(if number == 1 { line.into() } else { format!("{number} {line}") });
    }
}

fn is_base64(octets: &[u8]) -> bool {
    let letters = octets.strip_suffix(b"==").or(octets.strip_suffix(b"=")).unwrap_or(octets);
    octets.len().is_multiple_of(4)
        && letters.iter().all(|octet| matches!(octet, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/'))
}

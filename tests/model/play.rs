//! Random sessions, played to the engine and to the reference alike.

use super::reference::{Answer, Rule, Server};
use oorandom::Rand32;
use pop3lab::mail::{Account, AccountPolicy, Message, Store};
use pop3lab::pop3::{Config, Entropy, Output, Session};
use pop3lab::sasl::apop;
use pop3lab::time::Instant;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

const ACCOUNTS: [(&str, &str); 2] = [("alice", "wonderland"), ("bob", "the builder")];

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub commands: u64,
    pub sessions: u64,
    pub positive: u64,
    pub in_use: u64,
    pub lost: u64,
}

/// The engine and the reference, side by side.
struct Play {
    store: Store,
    config: Arc<Config>,
    seats: Vec<Option<Session>>,
    stamps: Vec<String>,
    reference: Server,
    /// The unique-id of each mail, once it was told.
    uids: BTreeMap<usize, String>,
    dice: Rand32,
    story: VecDeque<String>,
    tally: Tally,
}

/// Plays so many commands with so many clients. An error is where the two differ, with what led to it.
pub fn play(seed: u64, clients: usize, commands: u64, broken: Option<Rule>) -> Result<Tally, String> {
    let account = |(name, password): &(&str, &str)| Account {
        name: (*name).into(),
        password: (*password).into(),
        messages: vec![],
        policy: AccountPolicy::default(),
        access: Default::default(),
    };
    let accounts: Vec<Account> = ACCOUNTS.iter().map(account).collect();
    let mut play = Play {
        store: Store::new(&accounts, seed),
        // How many failures are too many is no rule of RFC 1939.
        config: Arc::new(Config { failed_logins: u32::MAX, ..Config::default() }),
        seats: (0..clients).map(|_| None).collect(),
        stamps: vec![String::new(); clients],
        reference: Server::new(&ACCOUNTS, broken),
        uids: BTreeMap::new(),
        dice: Rand32::new(seed),
        story: VecDeque::new(),
        tally: Tally::default(),
    };
    while play.tally.commands < commands {
        play.turn().map_err(|wrong| {
            let story: Vec<String> = play.story.iter().cloned().collect();
            format!("seed {seed}, {clients} clients: {wrong}\n  {}", story.join("\n  "))
        })?;
    }
    Ok(play.tally)
}

impl Play {
    fn roll(&mut self, sides: u32) -> u32 {
        self.dice.rand_range(0..sides)
    }

    fn tell(&mut self, line: String) {
        self.story.push_back(line);
        if self.story.len() > 60 {
            self.story.pop_front();
        }
    }

    /// One client does something.
    fn turn(&mut self) -> Result<(), String> {
        let client = self.roll(self.seats.len() as u32) as usize;
        if self.roll(12) == 0 {
            self.deliver();
        }
        if self.reference.is_over(client) {
            return self.connect(client);
        }
        if self.roll(60) == 0 {
            self.tally.lost += 1;
            self.tell(format!("{client}: the connection is lost"));
            self.reference.lose(client);
            if let Some(mut session) = self.seats[client].take() {
                session.disconnected(&mut self.store);
                while session.poll(&mut self.store, Instant::ZERO).is_some() {}
            }
            return Ok(());
        }
        // Some do not wait for answers.
        let mut batch = Vec::new();
        for _ in 0..=self.roll(3) {
            let line = self.line(client);
            let over = line.eq_ignore_ascii_case("QUIT");
            batch.push(line);
            if over {
                break;
            }
        }
        self.say(client, &batch)
    }

    fn deliver(&mut self) {
        let mailbox = self.roll(2) as usize;
        let mut lines = vec![format!("Subject: {}", self.roll(1000)), String::new()];
        for _ in 0..self.roll(6) {
            let dots = ".".repeat(self.roll(3) as usize);
            let word = if self.roll(3) == 0 { String::new() } else { format!("word {}", self.roll(100)) };
            lines.push(dots + &word);
        }
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
        self.tell(format!("mail for {}: {text:?}", ACCOUNTS[mailbox].0));
        self.store.deliver(ACCOUNTS[mailbox].0, Message::new(text.as_bytes()));
        self.reference.deliver(mailbox, lines);
    }

    fn connect(&mut self, client: usize) -> Result<(), String> {
        self.tally.sessions += 1;
        self.tell(format!("{client}: connects"));
        self.reference.connect(client);
        let entropy = self.tally.sessions;
        let mut session =
            Session::new(Arc::clone(&self.config), Entropy::new(entropy, Instant::ZERO), Instant::ZERO);
        let (greeting, _) = drain(&mut session, &mut self.store);
        let greeting = String::from_utf8_lossy(&greeting).into_owned();
        let stamp = greeting.find('<').and_then(|from| greeting[from..].split_inclusive('>').next());
        self.stamps[client] = stamp.ok_or("a greeting without a time stamp")?.into();
        self.seats[client] = Some(session);
        Ok(())
    }

    /// A line that makes sense more often than not.
    fn line(&mut self, client: usize) -> String {
        let (name, password) = ACCOUNTS[self.roll(2) as usize];
        let number = match self.roll(20) {
            0 => "0".to_owned(),
            1 => "4294967297".to_owned(),
            2 => "x".to_owned(),
            3 => "-1".to_owned(),
            _ => (1 + self.roll(6)).to_string(),
        };
        let inside = self.reference.is_logged_in(client);
        let sensible = self.roll(8) != 0;
        let line = match (inside == sensible, self.roll(12)) {
            (false, 0..=4) => format!("USER {name}"),
            (false, 5..=8) => format!("PASS {password}"),
            (false, 9) => format!("PASS {password}x"),
            (false, 10) => "APOP".to_owned(),
            (false, _) => format!("USER {name}x"),
            (true, 0) => "STAT".to_owned(),
            (true, 1) => "LIST".to_owned(),
            (true, 2) => format!("LIST {number}"),
            (true, 3) => "UIDL".to_owned(),
            (true, 4) => format!("UIDL {number}"),
            (true, 5) => format!("RETR {number}"),
            (true, 6) => format!("TOP {number} {}", self.roll(5)),
            (true, 7 | 8) => format!("DELE {number}"),
            (true, 9) => if self.roll(3) == 0 { "RSET" } else { "NOOP" }.to_owned(),
            (true, 10) => if self.roll(3) == 0 { "QUIT" } else { "LIST" }.to_owned(),
            (true, _) => ["STAT x", "LIST ", "RETR", "TOP 1", "DELE 1 2", "", "XYZZY", "QUIT x", "RSET 1"]
                [self.roll(9) as usize]
                .to_owned(),
        };
        if self.roll(10) == 0 && line != "APOP" { line.to_ascii_lowercase() } else { line }
    }

    /// Lines sent at once, cut anywhere, and answered one by one.
    fn say(&mut self, client: usize, lines: &[String]) -> Result<(), String> {
        let mut octets = Vec::new();
        let mut expected = Vec::new();
        for line in lines {
            self.tally.commands += 1;
            if line == "APOP" {
                let (name, password) = ACCOUNTS[self.roll(2) as usize];
                let right = self.roll(3) != 0;
                let secret = if right { password } else { "guess" };
                let digest = apop::digest(&self.stamps[client], secret.as_bytes());
                octets.extend_from_slice(format!("APOP {name} {digest}\r\n").as_bytes());
                self.tell(format!("{client}: APOP {name}, {right}"));
                expected.push(self.reference.apop(client, name, right));
            } else {
                octets.extend_from_slice(format!("{line}\r\n").as_bytes());
                self.tell(format!("{client}: {line}"));
                expected.push(self.reference.line(client, line));
            }
        }
        let cut = self.roll(octets.len() as u32) as usize;
        let session = self.seats[client].as_mut().expect("the client is connected");
        let mut answers = Vec::new();
        let mut closed = false;
        for piece in [&octets[..cut], &octets[cut..]] {
            session.receive(piece);
            let (said, over) = drain(session, &mut self.store);
            answers.extend(said);
            closed |= over;
        }
        let mut rest = answers.as_slice();
        for answer in expected {
            self.compare(&answer, &mut rest)?;
        }
        if !rest.is_empty() {
            return Err(format!("nobody asked for {}", rest.escape_ascii()));
        }
        if closed != self.reference.is_over(client) {
            return Err(format!("closed: {closed}"));
        }
        if closed && let Some(mut session) = self.seats[client].take() {
            session.disconnected(&mut self.store);
            drain(&mut session, &mut self.store);
        }
        Ok(())
    }

    /// Reads one answer off the wire and holds it to what it must be.
    fn compare(&mut self, expected: &Answer, rest: &mut &[u8]) -> Result<(), String> {
        let status = line(rest)?;
        let differs = || Err(format!("{expected:?} was due, and {status:?} came"));
        let text = status.strip_prefix("+OK ");
        self.tally.positive += u64::from(text.is_some());
        match (expected, text) {
            (Answer::Fine, Some(_)) => Ok(()),
            (Answer::Exactly(words), Some(text)) if words == text => Ok(()),
            (Answer::UniqueId(number, id), Some(text)) => self.uid(*number, *id, text),
            (Answer::Lines(lines), Some(_)) => {
                let came = long(rest)?;
                if came == *lines { Ok(()) } else { Err(format!("{lines:?} was due, and {came:?} came")) }
            }
            (Answer::UniqueIds(ids), Some(_)) => {
                let came = long(rest)?;
                if came.len() != ids.len() {
                    return Err(format!("{ids:?} was due, and {came:?} came"));
                }
                ids.iter().zip(&came).try_for_each(|((number, id), text)| self.uid(*number, *id, text))
            }
            (Answer::Refused, None) if status.starts_with("-ERR ") && !status.contains("[IN-USE]") => Ok(()),
            (Answer::InUse, None) if status.starts_with("-ERR [IN-USE] ") => {
                self.tally.in_use += 1;
                Ok(())
            }
            _ => differs(),
        }
    }

    /// A unique-id is the same each time, and nobody else's.
    fn uid(&mut self, number: usize, id: usize, text: &str) -> Result<(), String> {
        let uid =
            text.strip_prefix(&format!("{number} ")).ok_or(format!("{text:?} is not about {number}"))?;
        let others = self.uids.iter().filter(|(other, _)| **other != id).any(|(_, held)| held == uid);
        let held = self.uids.entry(id).or_insert_with(|| uid.into());
        match held == uid && !others {
            true => Ok(()),
            false => Err(format!("mail {id} had {held:?} for a unique-id, and has {uid:?}")),
        }
    }
}

/// Everything that the session says now, and whether it closes.
fn drain(session: &mut Session, store: &mut Store) -> (Vec<u8>, bool) {
    let (mut octets, mut closed) = (Vec::new(), false);
    while let Some(output) = session.poll(store, Instant::ZERO) {
        match output {
            Output::Transmit(more) => octets.extend(more),
            Output::Close => closed = true,
            _ => {}
        }
    }
    (octets, closed)
}

fn line(rest: &mut &[u8]) -> Result<String, String> {
    let end = rest.windows(2).position(|pair| pair == b"\r\n").ok_or("an answer is missing")?;
    let line = String::from_utf8(rest[..end].to_vec()).map_err(|_| "an answer is no UTF-8")?;
    *rest = &rest[end + 2..];
    Ok(line)
}

/// The lines of a long answer up to its end, as they are on the wire.
fn long(rest: &mut &[u8]) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    loop {
        match line(rest)? {
            end if end == "." => return Ok(lines),
            line => lines.push(line),
        }
    }
}

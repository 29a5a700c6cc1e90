//! People with mail programs, good ones and bad ones, each with a mailbox of its own and a memory of what must be
//! in it.
//!
//! ```text
//!   Person ── a visit: a row of VISITS ──▶ serve ──▶ is what I got what must be there?
//!      └───── new mail, as a file ───────▶ FOLDER
//! ```

use super::client::Client;
use super::mail::{message, password};
use super::program::Program;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a visit is for.
type Visit = fn(&mut Person<'_>) -> Result<(), String>;

/// Every kind of visit, with its name in the log. All are as frequent as others.
pub const VISITS: &[(&str, Visit)] = &[
    ("fetches and deletes", |person| person.fetches_and_deletes()),
    ("fetches all", |person| person.fetches_all()),
    ("drops the line", |person| person.drops_the_line()),
    ("half-closes after QUIT", |person| person.half_closes_after_quit()),
    ("half-closes without QUIT", |person| person.half_closes_without_quit()),
    ("floods with a long line", |person| person.floods()),
    ("reads slowly", |person| person.reads_slowly()),
    ("finds the mailbox locked", |person| person.comes_twice()),
    ("speaks no TLS to the TLS port", |person| person.speaks_no_tls()),
    ("breaks off the handshake", |person| person.breaks_off_the_handshake()),
    ("sends a broken record", |person| person.sends_a_broken_record()),
];

pub struct Person<'p> {
    program: &'p Program,
    root: &'p Path,
    name: String,
    /// What must be in the mailbox: numbers of messages by the numbers of their files.
    mail: BTreeMap<usize, usize>,
    next: usize,
    chance: u64,
    /// The longest wait for an answer that was due.
    pub longest: Duration,
    /// How many answers were waited for.
    pub answers: u64,
    /// How many messages were fetched, octet by octet what they must be.
    pub fetched: u64,
    /// How many were deleted.
    pub deleted: u64,
}

impl<'p> Person<'p> {
    /// Somebody whose mailbox is there and holds `1.eml` to `COUNT.eml`.
    pub fn new(program: &'p Program, root: &'p Path, name: &str, count: usize, seed: u64) -> Person<'p> {
        Person {
            program,
            root,
            name: name.into(),
            mail: (1..=count).map(|number| (number, number)).collect(),
            next: count + 1,
            chance: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            longest: Duration::ZERO,
            answers: 0,
            fetched: 0,
            deleted: 0,
        }
    }

    /// A number below `below`, from a xorshift generator.
    pub fn draw(&mut self, below: usize) -> usize {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        (self.chance >> 16) as usize % below
    }

    /// New mail arrives, if there is little.
    pub fn gets_mail(&mut self) {
        if self.mail.len() < 8 {
            let mailbox = self.root.join(&self.name);
            let (file, number) = (self.next, self.draw(1000));
            fs::write(mailbox.join("arriving"), message(number)).unwrap();
            fs::rename(mailbox.join("arriving"), mailbox.join(format!("{file}.eml"))).unwrap();
            self.mail.insert(file, number);
            self.next += 1;
        }
    }

    /// Whether the files are what must be there.
    pub fn finds_everything(&self) -> Result<(), String> {
        let mailbox = self.root.join(&self.name);
        let found = super::mail::files(&mailbox);
        let mut due: Vec<String> = self.mail.keys().map(|file| format!("{file}.eml")).collect();
        due.sort();
        if found != due {
            return Err(format!("{} has {found:?}, not {due:?}", self.name));
        }
        let same = |(file, number): (&usize, &usize)| {
            fs::read(mailbox.join(format!("{file}.eml"))).is_ok_and(|octets| octets == message(*number))
        };
        self.mail.iter().all(same).then_some(()).ok_or(format!("{}: a file has changed", self.name))
    }

    fn connects(&mut self) -> io::Result<Client> {
        let begun = Instant::now();
        let client = match self.draw(3) {
            0 => Client::plain(self.program),
            1 => Client::tls(self.program),
            _ => Client::stls(self.program),
        };
        self.waited(begun);
        client
    }

    /// An answer came that was due since then.
    fn waited(&mut self, since: Instant) {
        self.longest = self.longest.max(since.elapsed());
        self.answers += 1;
    }

    /// Asks, and waits a while before the next, as people do.
    fn asks(&mut self, client: &mut Client, line: &str) -> Result<String, String> {
        let begun = Instant::now();
        let answer = client.asks(line).map_err(|error| format!("{} said {line}: {error}", self.name))?;
        self.waited(begun);
        sleep(Duration::from_millis(self.draw(60) as u64));
        Ok(answer)
    }

    fn is_told(&mut self, client: &mut Client, line: &str) -> Result<(), String> {
        let answer = self.asks(client, line)?;
        let good = answer.starts_with("+OK");
        good.then_some(()).ok_or_else(|| format!("{} said {line}: {answer}", self.name))
    }

    /// A session that has its mailbox open. The server may take a moment to notice that the last one is over.
    fn logs_in(&mut self) -> Result<Client, String> {
        let latest = Instant::now() + Duration::from_secs(10);
        loop {
            let mut client = self.connects().map_err(|error| format!("{} connected: {error}", self.name))?;
            let (name, password) = (self.name.clone(), password(&self.name));
            self.is_told(&mut client, &format!("USER {name}"))?;
            let answer = self.asks(&mut client, &format!("PASS {password}"))?;
            if answer.starts_with("+OK") {
                return Ok(client);
            }
            if !answer.contains("[IN-USE]") || Instant::now() > latest {
                return Err(format!("{name} could not log in: {answer}"));
            }
            drop(client);
            sleep(Duration::from_millis(50));
        }
    }

    /// The messages in their order: numbers of their files, and of what must be in them.
    fn due(&self) -> Vec<(usize, usize)> {
        self.mail.iter().map(|(file, number)| (*file, *number)).collect()
    }

    fn fetches(&mut self, client: &mut Client, index: usize) -> Result<(), String> {
        let number = self.due()[index].1;
        let begun = Instant::now();
        let body = client.fetches(&format!("RETR {}", index + 1));
        let body = body.map_err(|error| format!("{} fetched {}: {error}", self.name, index + 1))?;
        self.waited(begun);
        self.fetched += 1;
        (body == message(number)).then_some(()).ok_or_else(|| format!("{}: not my mail", self.name))
    }

    /// Marks one message, if there is any; says which file it has.
    fn marks(&mut self, client: &mut Client) -> Result<Option<usize>, String> {
        if self.mail.is_empty() {
            return Ok(None);
        }
        let index = self.draw(self.mail.len());
        self.is_told(client, &format!("DELE {}", index + 1))?;
        Ok(Some(self.due()[index].0))
    }

    fn has_deleted(&mut self, file: Option<usize>) {
        if let Some(file) = file {
            self.mail.remove(&file);
            self.deleted += 1;
        }
    }

    fn fetches_and_deletes(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        let answer = self.asks(&mut client, "STAT")?;
        let count = self.mail.len();
        if answer.split(' ').nth(1) != Some(&count.to_string()) {
            return Err(format!("{} has {count} messages, and is told {answer}", self.name));
        }
        if count > 0 {
            let index = self.draw(count);
            self.fetches(&mut client, index)?;
        }
        let file = self.marks(&mut client)?;
        self.is_told(&mut client, "QUIT")?;
        self.has_deleted(file);
        Ok(())
    }

    fn fetches_all(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        for index in 0..self.mail.len() {
            self.fetches(&mut client, index)?;
        }
        self.is_told(&mut client, "QUIT")
    }

    fn drops_the_line(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        self.marks(&mut client).map(drop)
    }

    fn half_closes_after_quit(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        let file = self.marks(&mut client)?;
        let gone = |error: io::Error| format!("{} half-closed: {error}", self.name);
        client.says(b"NOOP\r\nQUIT\r\n").map_err(gone)?;
        client.says_no_more().map_err(gone)?;
        // The server heard QUIT, and says that it has.
        for _ in 0..2 {
            client.line().map_err(gone)?;
        }
        self.has_deleted(file);
        Ok(())
    }

    fn half_closes_without_quit(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        self.marks(&mut client)?;
        _ = client.says_no_more();
        _ = client.hears_out();
        Ok(())
    }

    fn floods(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        // It may be cut off in the middle, which is as well.
        for _ in 0..20 {
            if client.says(&[b'A'; 10_000]).is_err() {
                return Ok(());
            }
        }
        _ = client.says(b"\r\n");
        _ = client.line();
        Ok(())
    }

    fn reads_slowly(&mut self) -> Result<(), String> {
        let mut client = self.logs_in()?;
        if self.mail.is_empty() || client.says(&b"RETR 1\r\n".repeat(500)).is_err() {
            return Ok(());
        }
        for _ in 0..20 {
            sleep(Duration::from_millis(40));
            _ = client.line();
        }
        Ok(())
    }

    fn comes_twice(&mut self) -> Result<(), String> {
        let mut first = self.logs_in()?;
        let mut second = self.connects().map_err(|error| format!("{}: {error}", self.name))?;
        let (name, password) = (self.name.clone(), password(&self.name));
        self.is_told(&mut second, &format!("USER {name}"))?;
        let answer = self.asks(&mut second, &format!("PASS {password}"))?;
        if !answer.starts_with("-ERR [IN-USE]") {
            return Err(format!("{name} came twice: {answer}"));
        }
        self.is_told(&mut first, "QUIT")
    }

    fn speaks_no_tls(&mut self) -> Result<(), String> {
        let mut client = Client::silent(self.program.tls).map_err(|error| error.to_string())?;
        _ = client.says_below(b"USER alice\r\nPASS wonderland\r\n");
        _ = client.hears_out();
        Ok(())
    }

    fn breaks_off_the_handshake(&mut self) -> Result<(), String> {
        let mut client = Client::silent(self.program.tls).map_err(|error| error.to_string())?;
        // A record is announced that never comes.
        _ = client.says_below(&[22, 3, 1, 2, 0, 1]);
        sleep(Duration::from_millis(200));
        Ok(())
    }

    fn sends_a_broken_record(&mut self) -> Result<(), String> {
        let mut client = Client::tls(self.program).map_err(|error| format!("{}: {error}", self.name))?;
        _ = client.says_below(&[23, 3, 3, 0, 32]);
        _ = client.says_below(&[0xA5; 32]);
        _ = client.hears_out();
        Ok(())
    }
}

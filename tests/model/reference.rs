//! RFC 1939 as plain data: a server that knows the rules and nothing of how ours keeps them. It was written from
//! the RFC, and is slow and simple on purpose. It says what an answer must be, not how it is worded.

/// A rule that can be broken on purpose, so that the comparison is seen to notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    RsetUnmarks,
    NumbersStay,
    ListLeavesOutMarked,
    MarkedCannotBeReferredTo,
    OneSessionHasTheLock,
    QuitRemoves,
    OnlyQuitRemoves,
    UniqueIdsStay,
    PassNeedsUser,
    NewMailWaits,
    TopStopsInTheBody,
    DotsAreStuffed,
}

impl Rule {
    pub const ALL: [Rule; 12] = [
        Rule::RsetUnmarks,
        Rule::NumbersStay,
        Rule::ListLeavesOutMarked,
        Rule::MarkedCannotBeReferredTo,
        Rule::OneSessionHasTheLock,
        Rule::QuitRemoves,
        Rule::OnlyQuitRemoves,
        Rule::UniqueIdsStay,
        Rule::PassNeedsUser,
        Rule::NewMailWaits,
        Rule::TopStopsInTheBody,
        Rule::DotsAreStuffed,
    ];
}

#[derive(Clone, Debug)]
pub struct Mail {
    /// Which of all mail there ever was: it stands for the unique-id.
    pub id: usize,
    /// The lines, without their ends.
    pub lines: Vec<String>,
}

impl Mail {
    fn size(&self) -> usize {
        self.lines.iter().map(|line| line.len() + 2).sum()
    }
}

#[derive(Clone, Debug)]
pub struct Mailbox {
    pub name: String,
    pub password: String,
    pub mail: Vec<Mail>,
    locked: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    mail: Mail,
    marked: bool,
}

#[derive(Clone, Debug)]
enum State {
    Authorization,
    UserGiven(String),
    Transaction { mailbox: usize, drop: Vec<Entry> },
    Over,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// +OK with any words.
    Fine,
    /// +OK with exactly these.
    Exactly(String),
    /// +OK, a number, and the unique-id of a mail.
    UniqueId(usize, usize),
    /// +OK, and these lines as they are on the wire.
    Lines(Vec<String>),
    /// +OK, and for each line a number and the unique-id of a mail.
    UniqueIds(Vec<(usize, usize)>),
    /// -ERR.
    Refused,
    /// -ERR [IN-USE].
    InUse,
}

pub struct Server {
    pub mailboxes: Vec<Mailbox>,
    sessions: Vec<State>,
    delivered: usize,
    broken: Option<Rule>,
}

impl Server {
    pub fn new(accounts: &[(&str, &str)], broken: Option<Rule>) -> Server {
        let mailbox = |(name, password): &(&str, &str)| Mailbox {
            name: (*name).into(),
            password: (*password).into(),
            mail: Vec::new(),
            locked: false,
        };
        let mailboxes = accounts.iter().map(mailbox).collect();
        Server { mailboxes, sessions: Vec::new(), delivered: 0, broken }
    }

    fn keeps(&self, rule: Rule) -> bool {
        self.broken != Some(rule)
    }

    /// A new session, in the place of one that is over.
    pub fn connect(&mut self, client: usize) {
        self.sessions.resize(self.sessions.len().max(client + 1), State::Over);
        self.sessions[client] = State::Authorization;
    }

    pub fn is_over(&self, client: usize) -> bool {
        matches!(self.sessions.get(client), None | Some(State::Over))
    }

    pub fn is_logged_in(&self, client: usize) -> bool {
        matches!(self.sessions.get(client), Some(State::Transaction { .. }))
    }

    pub fn deliver(&mut self, mailbox: usize, lines: Vec<String>) {
        let mail = Mail { id: self.delivered, lines };
        self.delivered += 1;
        if !self.keeps(Rule::NewMailWaits) {
            for state in &mut self.sessions {
                if let State::Transaction { mailbox: open, drop } = state
                    && *open == mailbox
                {
                    drop.push(Entry { mail: mail.clone(), marked: false });
                }
            }
        }
        self.mailboxes[mailbox].mail.push(mail);
    }

    /// Section 6: a session that ends otherwise than by QUIT removes nothing.
    pub fn lose(&mut self, client: usize) {
        let state = std::mem::replace(&mut self.sessions[client], State::Over);
        if let State::Transaction { mailbox, drop } = state {
            self.mailboxes[mailbox].locked = false;
            if !self.keeps(Rule::OnlyQuitRemoves) {
                self.remove(mailbox, &drop);
            }
        }
    }

    fn remove(&mut self, mailbox: usize, drop: &[Entry]) {
        let gone = |mail: &Mail| drop.iter().any(|entry| entry.marked && entry.mail.id == mail.id);
        self.mailboxes[mailbox].mail.retain(|mail| !gone(mail));
    }

    /// What a line must be answered with.
    pub fn line(&mut self, client: usize, line: &str) -> Answer {
        let (word, rest) = line.split_once(' ').map_or((line, None), |(word, rest)| (word, Some(rest)));
        let word = word.to_ascii_uppercase();
        match self.sessions[client].clone() {
            State::Over => Answer::Refused,
            State::Transaction { mailbox, drop } => self.transaction(client, mailbox, drop, &word, rest),
            state => self.authorization(client, &state, &word, rest),
        }
    }

    /// Section 7, APOP: whether the digest was right was seen to before.
    pub fn apop(&mut self, client: usize, name: &str, right: bool) -> Answer {
        match self.sessions[client] {
            State::Authorization if right => self.open(client, name),
            // Not between USER and PASS, and PASS must come right behind USER.
            State::UserGiven(_) => {
                self.sessions[client] = State::Authorization;
                Answer::Refused
            }
            _ => Answer::Refused,
        }
    }

    fn authorization(&mut self, client: usize, state: &State, word: &str, rest: Option<&str>) -> Answer {
        let given = match state {
            State::UserGiven(name) => Some(name.clone()),
            _ => None,
        };
        if self.keeps(Rule::PassNeedsUser) || word != "NOOP" {
            self.sessions[client] = State::Authorization;
        }
        match (word, rest, given) {
            ("QUIT", None, _) => {
                self.sessions[client] = State::Over;
                Answer::Fine
            }
            ("USER", Some(name), None) if !name.is_empty() && !name.contains(' ') => {
                self.sessions[client] = State::UserGiven(name.into());
                Answer::Fine
            }
            ("PASS", Some(secret), Some(name)) => {
                let held = self.mailboxes.iter().find(|mailbox| mailbox.name == name);
                match held.is_some_and(|mailbox| mailbox.password == secret) {
                    true => self.open(client, &name),
                    false => Answer::Refused,
                }
            }
            _ => Answer::Refused,
        }
    }

    fn open(&mut self, client: usize, name: &str) -> Answer {
        let Some(at) = self.mailboxes.iter().position(|mailbox| mailbox.name == name) else {
            return Answer::Refused;
        };
        let exclusive = self.keeps(Rule::OneSessionHasTheLock);
        let mailbox = &mut self.mailboxes[at];
        if mailbox.locked && exclusive {
            return Answer::InUse;
        }
        mailbox.locked = true;
        let drop = mailbox.mail.iter().map(|mail| Entry { mail: mail.clone(), marked: false }).collect();
        self.sessions[client] = State::Transaction { mailbox: at, drop };
        Answer::Fine
    }

    fn transaction(
        &mut self,
        client: usize,
        mailbox: usize,
        mut drop: Vec<Entry>,
        word: &str,
        rest: Option<&str>,
    ) -> Answer {
        let hides = self.keeps(Rule::ListLeavesOutMarked);
        let left: Vec<(usize, &Mail)> = drop
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.marked || !hides)
            .enumerate()
            // Section 5: numbers are those of the beginning, whatever is marked.
            .map(|(row, (at, entry))| match self.keeps(Rule::NumbersStay) {
                true => (at + 1, &entry.mail),
                false => (row + 1, &entry.mail),
            })
            .collect();
        let id = |number: usize, mail: &Mail| if self.keeps(Rule::UniqueIdsStay) { mail.id } else { number };
        let words: Vec<&str> = rest.map_or(vec![], |rest| rest.split(' ').collect());
        let refers = self.keeps(Rule::MarkedCannotBeReferredTo);
        let named = |word: &str| {
            let number = decimal(word)?;
            let entry = drop.get(number.checked_sub(1)?)?;
            (!entry.marked || !refers).then_some((number, &entry.mail))
        };
        match (word, words.as_slice()) {
            ("STAT", []) => {
                let octets: usize = left.iter().map(|(_, mail)| mail.size()).sum();
                Answer::Exactly(format!("{} {octets}", left.len()))
            }
            ("LIST", []) => {
                Answer::Lines(left.iter().map(|(number, mail)| format!("{number} {}", mail.size())).collect())
            }
            ("LIST", [word]) => named(word).map_or(Answer::Refused, |(number, mail)| {
                Answer::Exactly(format!("{number} {}", mail.size()))
            }),
            ("UIDL", []) => {
                Answer::UniqueIds(left.iter().map(|(number, mail)| (*number, id(*number, mail))).collect())
            }
            ("UIDL", [word]) => named(word)
                .map_or(Answer::Refused, |(number, mail)| Answer::UniqueId(number, id(number, mail))),
            ("RETR", [word]) => named(word).map_or(Answer::Refused, |(_, mail)| self.sent(&mail.lines)),
            ("TOP", [word, count]) => match (named(word), decimal(count)) {
                (Some((_, mail)), Some(count)) => {
                    let header =
                        mail.lines.iter().position(String::is_empty).map_or(mail.lines.len(), |at| at + 1);
                    let end = match self.keeps(Rule::TopStopsInTheBody) {
                        true => header.saturating_add(count).min(mail.lines.len()),
                        false => mail.lines.len(),
                    };
                    self.sent(&mail.lines[..end])
                }
                _ => Answer::Refused,
            },
            ("DELE", [word]) => match named(word).map(|(number, _)| number) {
                Some(number) => {
                    drop[number - 1].marked = true;
                    self.sessions[client] = State::Transaction { mailbox, drop };
                    Answer::Fine
                }
                None => Answer::Refused,
            },
            ("RSET", []) => {
                if self.keeps(Rule::RsetUnmarks) {
                    drop.iter_mut().for_each(|entry| entry.marked = false);
                }
                self.sessions[client] = State::Transaction { mailbox, drop };
                Answer::Fine
            }
            ("NOOP", []) => Answer::Fine,
            ("QUIT", []) => {
                if self.keeps(Rule::QuitRemoves) {
                    self.remove(mailbox, &drop);
                }
                self.mailboxes[mailbox].locked = false;
                self.sessions[client] = State::Over;
                Answer::Fine
            }
            _ => Answer::Refused,
        }
    }

    /// Section 3: a line that begins with a dot gets another.
    fn sent(&self, lines: &[String]) -> Answer {
        let stuffs = self.keeps(Rule::DotsAreStuffed);
        let line =
            |line: &String| if stuffs && line.starts_with('.') { format!(".{line}") } else { line.clone() };
        Answer::Lines(lines.iter().map(line).collect())
    }
}

/// Digits only; what no number of a message can be is none.
fn decimal(word: &str) -> Option<usize> {
    (!word.is_empty() && word.bytes().all(|octet| octet.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

//! What each line of a script is, and what will come of it: the engine's own session is asked, with every line
//! in turn. It knows what holds on every lane and nothing of what differs between them.

use crate::i18n::id;
use crate::mail::{Account, Message, OpenError, Store};
use crate::pop3::command::keyword;
use crate::pop3::{COMMANDS, Entropy, Output, Refusal, Session, Verb, client};
use crate::time::Instant;
use crate::ui::explaining::{Token, client_tokens};
use crate::ui::slip::near;
use crate::ui::typing::narrowed;
use crate::world::Setup;
use crate::world::comparison::{Script, octets};
use std::sync::Arc;

/// A line of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Its words, and what they mean.
    pub tokens: Vec<Token>,
    /// What there is to say about it, the gravest first.
    pub remarks: Vec<Remark>,
}

/// Something to say about a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// The server will refuse it.
    Refused(Refusal),
    /// The connection has ended before it.
    Over,
    /// It has full-width letters; this is the line with narrow ones.
    FullWidth(String),
    /// The keyword is one slip away from one that exists; this is the line with that one.
    Near(String),
    /// The digest is made of each lane's own time stamp.
    Digest,
    /// A digest is written out, and the time stamp that it is made of cannot be known beforehand.
    Foreknown,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Hint,
    /// It will not be done. Saying it is allowed, and teaches something.
    Wrong,
}

impl Remark {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            // Somebody may want to see just that; and STLS is refused only where TLS is on already.
            Remark::Refused(Refusal::Login(OpenError::BadCredentials) | Refusal::AlreadySecure) => {
                Severity::Hint
            }
            Remark::Refused(_) | Remark::Over => Severity::Wrong,
            Remark::FullWidth(_) | Remark::Near(_) | Remark::Digest | Remark::Foreknown => Severity::Hint,
        }
    }
}

impl Checked {
    /// The gravest of what there is to say.
    pub fn severity(&self) -> Option<Severity> {
        self.remarks.iter().map(Remark::severity).max()
    }

    /// Why the server will refuse it, if it will.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.remarks.iter().find_map(|remark| match remark {
            Remark::Refused(refusal) => Some(refusal),
            _ => None,
        })
    }
}

/// Checks a script, line by line.
pub fn check(script: &Script) -> Vec<Checked> {
    let mut rehearsal = Rehearsal::new();
    script.lines.iter().map(|line| checked(line, &mut rehearsal)).collect()
}

fn checked(line: &str, rehearsal: &mut Rehearsal) -> Checked {
    // The stamp is there: a lane without one says so itself.
    let said = octets(line, Some(&rehearsal.stamp)).unwrap_or_default();
    let made = said.strip_suffix(b"\r\n") != Some(line.as_bytes());
    let mut tokens = client_tokens(line.as_bytes());
    if made {
        // A secret may have blanks in it.
        let before: usize = tokens.iter().take(2).map(|token| token.octets.len() + 1).sum();
        if let Some(digest) = line.as_bytes().get(before..) {
            tokens.truncate(2);
            tokens.push(Token { octets: digest.to_vec(), meaning: id::KIND_DIGEST });
        }
    }
    let mut remarks = Vec::new();
    if rehearsal.over {
        remarks.push(Remark::Over);
    } else if let Some(refusal) = rehearsal.say(&said) {
        remarks.push(Remark::Refused(refusal));
    }
    let (row, rest) = keyword(COMMANDS, line.as_bytes());
    if let Some(narrow) = narrowed(line) {
        remarks.push(Remark::FullWidth(narrow));
    } else if row.is_none()
        && let Some(meant) = near(line.split(' ').next().unwrap_or(line))
    {
        let rest = rest.map_or(String::new(), |rest| format!(" {}", String::from_utf8_lossy(rest)));
        remarks.push(Remark::Near(format!("{meant}{rest}")));
    } else if row.is_some_and(|row| row.verb == Verb::Apop) {
        remarks.push(if made { Remark::Digest } else { Remark::Foreknown });
    }
    Checked { tokens, remarks }
}

/// A session with the demonstration's server to which the script is said beforehand. It is one that is sealed,
/// and so takes a login on any terms.
struct Rehearsal {
    session: Session,
    store: Store,
    stamp: String,
    over: bool,
}

impl Rehearsal {
    fn new() -> Rehearsal {
        let Setup { accounts, server, seed, .. } = Setup::default();
        // Which messages there are matters, and not what is in them.
        let blank = |account: Account| Account {
            messages: account.messages.iter().map(|_| Message::new(b"")).collect(),
            ..account
        };
        let accounts: Vec<Account> = accounts.into_iter().map(blank).collect();
        let session = Session::over_tls(Arc::new(server), Entropy::new(seed, Instant::ZERO), Instant::ZERO);
        let store = Store::new(&accounts, seed);
        let mut rehearsal = Rehearsal { session, store, stamp: String::new(), over: false };
        let greeting = rehearsal.session.poll(&mut rehearsal.store, Instant::default());
        if let Some(Output::Transmit(octets)) = greeting {
            rehearsal.stamp = client::stamp(octets.trim_ascii_end()).unwrap_or_default();
        }
        rehearsal
    }

    /// Says a line, and tells why it is refused, if it is.
    fn say(&mut self, line: &[u8]) -> Option<Refusal> {
        let mut refusal = None;
        let mut rest = line;
        // Input is taken in parts while too much of it waits.
        while !rest.is_empty() {
            let taken = self.session.receive(rest);
            let mut moved = taken > 0;
            rest = &rest[taken..];
            while let Some(output) = self.session.poll(&mut self.store, Instant::default()) {
                moved = true;
                match output {
                    Output::Judged(judgement) => refusal = refusal.or(judgement.refusal),
                    Output::Close => self.over = true,
                    _ => {}
                }
            }
            if !moved {
                break;
            }
        }
        refusal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{MessageNumber, Missing};
    use crate::pop3::{Phase, Problem};
    use crate::world::comparison::Ending;

    fn remarks(text: &str) -> Vec<Vec<Remark>> {
        let checked = check(&Script::read(text, Ending::AsSaid));
        checked.into_iter().map(|line| line.remarks).collect()
    }

    /// What there is to say about the last line.
    fn last(text: &str) -> Vec<Remark> {
        remarks(text).pop().unwrap()
    }

    fn not_now(verb: Verb, phase: Phase) -> Vec<Remark> {
        vec![Remark::Refused(Refusal::NotNow { verb, phase, allowed: verb.row().phases.to_vec() })]
    }

    const LOGIN: &str = "USER alice\nPASS wonderland\n";

    #[test]
    fn a_session_as_it_should_be_needs_no_remark() {
        let all = format!("CAPA\n{LOGIN}STAT\nLIST\nUIDL 2\nRETR 7\nTOP 1 5\nDELE 1\nRSET\nNOOP\nQUIT");
        assert!(remarks(&all).iter().all(Vec::is_empty), "{:?}", remarks(&all));
    }

    #[test]
    fn every_command_knows_where_it_belongs() {
        assert_eq!(last("STAT"), not_now(Verb::Stat, Phase::Authorization));
        assert_eq!(last("USER alice\nLIST"), not_now(Verb::List, Phase::UserGiven));
        assert_eq!(last(&format!("{LOGIN}USER erin")), not_now(Verb::User, Phase::Transaction));
        // The name is forgotten by then.
        assert_eq!(last("USER alice\nFOO\nPASS wonderland"), not_now(Verb::Pass, Phase::Authorization));
    }

    #[test]
    fn a_wrong_password_is_a_hint_and_what_needs_the_login_will_be_refused() {
        let said = remarks("USER alice\nPASS rabbit\nSTAT");
        assert_eq!(said[1], [Remark::Refused(Refusal::Login(OpenError::BadCredentials))]);
        assert_eq!(said[1][0].severity(), Severity::Hint);
        assert_eq!(said[2], not_now(Verb::Stat, Phase::Authorization));
        assert_eq!(said[2][0].severity(), Severity::Wrong);
    }

    #[test]
    fn what_is_wrong_with_an_argument_is_what_the_server_says() {
        let wrong = |line: &str| match last(&format!("{LOGIN}{line}")).remove(0) {
            Remark::Refused(Refusal::BadArgument { problem, .. }) => problem,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(wrong("RETR x"), Problem::NotANumber);
        assert_eq!(wrong("RETR 0"), Problem::Zero);
        assert_eq!(wrong("STAT "), Problem::Surplus);
        assert!(matches!(wrong("RETR"), Problem::Missing(_)));
        let number = MessageNumber::new(99).unwrap();
        let none = Refusal::NoMessage { number, missing: Missing::NoSuchMessage };
        assert_eq!(last(&format!("{LOGIN}RETR 99")), [Remark::Refused(none)]);
        let marked = last(&format!("{LOGIN}DELE 1\nRETR 1")).remove(0);
        assert!(matches!(
            marked,
            Remark::Refused(Refusal::NoMessage { missing: Missing::AlreadyDeleted, .. })
        ));
    }

    #[test]
    fn a_slip_and_full_width_letters_come_with_what_was_meant() {
        assert_eq!(
            last("USRE alice"),
            [Remark::Refused(Refusal::Unknown), Remark::Near("USER alice".into())]
        );
        assert_eq!(
            last("ＵＳＥＲ　ａｌｉｃｅ"),
            [Remark::Refused(Refusal::Unknown), Remark::FullWidth("USER alice".into())]
        );
        assert_eq!(last("HELO"), [Remark::Refused(Refusal::Unknown)]);
    }

    #[test]
    fn behind_quit_nothing_is_heard() {
        assert_eq!(last("QUIT\nNOOP"), [Remark::Over]);
        assert_eq!(last(&format!("{LOGIN}QUIT\nQUIT")), [Remark::Over]);
        // The server has its limit of failed logins.
        assert_eq!(last(&format!("{}NOOP", "USER a\nPASS b\n".repeat(5))), [Remark::Over]);
    }

    #[test]
    fn a_long_line_is_refused_whole() {
        let long = format!("USER {}", "a".repeat(1_990));
        assert!(matches!(last(&long)[0], Remark::Refused(Refusal::LineTooLong { limit: 255 })));
        assert_eq!(last(&format!("{long}\nUSER alice")), []);
    }

    #[test]
    fn a_digest_is_made_here_or_cannot_be_known() {
        assert_eq!(last("APOP alice md5(wonderland)"), [Remark::Digest]);
        assert_eq!(last("APOP alice md5(wonderland)\nSTAT"), []);
        let bad = Remark::Refused(Refusal::Login(OpenError::BadCredentials));
        assert_eq!(last("APOP alice md5(rabbit)"), [bad.clone(), Remark::Digest]);
        let literal = "APOP alice c4c9334bac560ecc979e58001b3e22fb";
        assert_eq!(last(literal), [bad, Remark::Foreknown]);
        let words = check(&Script::read("APOP alice md5(a b)", Ending::AsSaid)).remove(0).tokens;
        assert_eq!(words.last().unwrap().octets, b"md5(a b)");
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn stls_in_a_script_is_refused_only_where_tls_is_on() {
        assert_eq!(last("STLS"), [Remark::Refused(Refusal::AlreadySecure)]);
        assert_eq!(last("STLS")[0].severity(), Severity::Hint);
    }

    #[test]
    fn nonsense_is_checked_to_its_end() {
        let nonsense = [
            "\u{0}\u{1}",
            "APOP",
            "APOP  md5(",
            "APOP md5()",
            "PASS \u{10ffff}",
            " ",
            "md5(x)",
            "APOP a md5()",
        ];
        assert_eq!(remarks(&nonsense.join("\n")).len(), nonsense.len() - 1);
        let many = "RETR 7\n".repeat(998);
        assert_eq!(remarks(&format!("{LOGIN}{many}")).len(), 1_000);
    }
}

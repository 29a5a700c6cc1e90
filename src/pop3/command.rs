//! The commands as a table. Parser, session, client, completion, `next-moves` and tests read
//! [`COMMANDS`].

use super::{Phase, Problem, Refusal};
use crate::mail::MessageNumber;
use crate::sasl::{apop, prep};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A command keyword. Keywords are matched in any case (RFC 1939 section 3).
#[allow(missing_docs)] // Each is described by its row of COMMANDS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verb {
    Capa,
    Stls,
    User,
    Pass,
    Apop,
    Auth,
    Stat,
    List,
    Uidl,
    Retr,
    Top,
    Dele,
    Noop,
    Rset,
    Quit,
    Utf8,
    Lang,
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The number of a message, from 1.
    MessageNumber,
    /// How many lines of the body, from 0.
    LineCount,
    /// The name of a mailbox.
    Name,
    /// Everything up to the end of the line, blanks included (RFC 1939 section 7, PASS).
    Secret,
    /// 32 lower-case hexadecimal digits (RFC 1939 section 7, APOP).
    Digest,
    /// The name of a mechanism (RFC 5034 section 5).
    Mechanism,
    /// An initial response in base64, or `=` for an empty one (RFC 5034 section 4).
    Response,
    /// A range of languages, such as `ja`, or `*` (RFC 6856 section 3).
    Language,
}

/// One argument in a command's syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What stands there.
    pub kind: Kind,
    /// Whether it may be left out.
    pub optional: bool,
}

/// When a positive answer goes on over several lines, up to a line that is a single dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Always one line.
    One,
    /// Always several.
    Many,
    /// Several if the command came without an argument.
    ManyWithoutArgument,
}

/// One row of the table of commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandRow {
    /// Which command it is.
    pub verb: Verb,
    /// What the client types, in upper case.
    pub keyword: &'static str,
    /// The arguments, in order, each after one space.
    pub parameters: &'static [Parameter],
    /// The phases in which it may be given.
    pub phases: &'static [Phase],
    /// How long a positive answer is.
    pub answer: Lines,
    /// The RFC that defines it.
    pub rfc: u16,
    /// The section of that RFC.
    pub section: &'static str,
}

const fn one(kind: Kind) -> Parameter {
    Parameter { kind, optional: false }
}

const fn maybe(kind: Kind) -> Parameter {
    Parameter { kind, optional: true }
}

/// Every command this server knows.
pub const COMMANDS: &[CommandRow] = {
    use Kind::*;
    use Lines::*;
    use Phase::*;
    const BEFORE_LOGIN: &[Phase] = &[Authorization];
    // RFC 2595 section 4 allows it in AUTHORIZATION, of which UserGiven is a part; the name is forgotten.
    const ALL_BEFORE_LOGIN: &[Phase] = &[Authorization, UserGiven];
    const AFTER_USER: &[Phase] = &[UserGiven];
    const AFTER_LOGIN: &[Phase] = &[Transaction];
    const WHILE_OPEN: &[Phase] = &[Authorization, UserGiven, Transaction];
    const fn row(
        verb: Verb,
        keyword: &'static str,
        parameters: &'static [Parameter],
        phases: &'static [Phase],
        answer: Lines,
        (rfc, section): (u16, &'static str),
    ) -> CommandRow {
        CommandRow { verb, keyword, parameters, phases, answer, rfc, section }
    }
    &[
        row(Verb::Capa, "CAPA", &[], WHILE_OPEN, Many, (2449, "5")),
        row(Verb::Stls, "STLS", &[], ALL_BEFORE_LOGIN, One, (2595, "4")),
        row(Verb::User, "USER", &[one(Name)], BEFORE_LOGIN, One, (1939, "7")),
        row(Verb::Pass, "PASS", &[one(Secret)], AFTER_USER, One, (1939, "7")),
        row(Verb::Apop, "APOP", &[one(Name), one(Digest)], BEFORE_LOGIN, One, (1939, "7")),
        row(Verb::Auth, "AUTH", &[one(Mechanism), maybe(Response)], BEFORE_LOGIN, One, (5034, "4")),
        row(Verb::Stat, "STAT", &[], AFTER_LOGIN, One, (1939, "5")),
        row(Verb::List, "LIST", &[maybe(MessageNumber)], AFTER_LOGIN, ManyWithoutArgument, (1939, "5")),
        row(Verb::Uidl, "UIDL", &[maybe(MessageNumber)], AFTER_LOGIN, ManyWithoutArgument, (1939, "7")),
        row(Verb::Retr, "RETR", &[one(MessageNumber)], AFTER_LOGIN, Many, (1939, "5")),
        row(Verb::Top, "TOP", &[one(MessageNumber), one(LineCount)], AFTER_LOGIN, Many, (1939, "7")),
        row(Verb::Dele, "DELE", &[one(MessageNumber)], AFTER_LOGIN, One, (1939, "5")),
        row(Verb::Noop, "NOOP", &[], AFTER_LOGIN, One, (1939, "5")),
        row(Verb::Rset, "RSET", &[], AFTER_LOGIN, One, (1939, "5")),
        row(Verb::Quit, "QUIT", &[], WHILE_OPEN, One, (1939, "4, 6")),
        row(Verb::Utf8, "UTF8", &[], BEFORE_LOGIN, One, (6856, "2.1")),
        row(Verb::Lang, "LANG", &[maybe(Language)], WHILE_OPEN, ManyWithoutArgument, (6856, "3")),
    ]
};

impl Verb {
    /// The row of [`COMMANDS`] for this verb.
    pub fn row(self) -> &'static CommandRow {
        COMMANDS.iter().find(|row| row.verb == self).expect("every verb has a row")
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().keyword)
    }
}

/// A command line that is well formed, arguments and all.
#[allow(missing_docs)] // Each is described by its row of COMMANDS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Capa,
    Stls,
    User(String),
    Pass(String),
    Apop(String, String),
    Auth(String, Option<String>),
    Stat,
    List(Option<MessageNumber>),
    Uidl(Option<MessageNumber>),
    Retr(MessageNumber),
    Top(MessageNumber, u64),
    Dele(MessageNumber),
    Noop,
    Rset,
    Quit,
    Utf8,
    Lang(Option<String>),
}

/// The row whose keyword starts `line`, in any case, and what follows the keyword's one space.
pub fn keyword<'t, 'l>(
    commands: &'t [CommandRow],
    line: &'l [u8],
) -> (Option<&'t CommandRow>, Option<&'l [u8]>) {
    let space = line.iter().position(|&octet| octet == b' ');
    let word = &line[..space.unwrap_or(line.len())];
    let row = commands.iter().find(|row| row.keyword.as_bytes().eq_ignore_ascii_case(word));
    (row, space.map(|at| &line[at + 1..]))
}

/// Reads a line, without its line end, in a session that stands in `phase`.
pub fn parse(commands: &[CommandRow], phase: Phase, line: &[u8]) -> Result<(Verb, Command), Refusal> {
    let (row, rest) = keyword(commands, line);
    let Some(row) = row else { return Err(Refusal::Unknown) };
    let verb = row.verb;
    if !row.phases.contains(&phase) {
        return Err(Refusal::NotNow { verb, phase, allowed: row.phases.to_vec() });
    }
    let command = arguments(row, rest).map_err(|problem| Refusal::BadArgument { verb, problem })?;
    Ok((verb, command))
}

/// One argument as it was read.
enum Value {
    Number(MessageNumber),
    Lines(u64),
    Text(String),
}

fn arguments(row: &CommandRow, rest: Option<&[u8]>) -> Result<Command, Problem> {
    let octets = rest.unwrap_or_default();
    let wrong = |at: usize| Problem::Octet { octet: octets[at], at: (row.keyword.len() + 1 + at) as u32 };
    // Control octets and octets beyond ASCII are in no argument of RFC 1939 (section 3); names and passwords
    // may be UTF-8 (RFC 6856 section 2.2).
    let named = row.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::Name | Kind::Secret));
    let bad = |octet: &u8| !matches!(octet, b' '..=b'~') && (octet.is_ascii() || !named);
    let ill_formed = std::str::from_utf8(octets).err().map(|error| error.valid_up_to());
    if let Some(at) = octets.iter().position(bad).into_iter().chain(ill_formed).min() {
        return Err(wrong(at));
    }
    let beyond_ascii = octets.iter().position(|octet| !octet.is_ascii());
    let mut rest = rest.map(|octets| String::from_utf8_lossy(octets).into_owned());
    let mut values = Vec::new();
    for parameter in row.parameters {
        let Some(text) = rest.take() else {
            if parameter.optional {
                break;
            }
            return Err(Problem::Missing(parameter.kind));
        };
        let (word, after) = match text.split_once(' ') {
            Some((word, after)) if parameter.kind != Kind::Secret => {
                (word.to_owned(), Some(after.to_owned()))
            }
            _ => (text, None),
        };
        rest = after;
        let word = match (beyond_ascii, parameter.kind) {
            // What looks the same is the same name, and some letters are in none (SASLprep). A password is
            // prepared where it is compared.
            (Some(at), kind) if !word.is_ascii() => match (prep::prepare(&word), kind) {
                (Err(_), Kind::Name | Kind::Secret) => return Err(wrong(at)),
                (Ok(prepared), Kind::Name) => prepared,
                _ => word,
            },
            _ => word,
        };
        values.push(value(parameter.kind, word)?);
    }
    if rest.is_some() {
        return Err(Problem::Surplus);
    }
    Ok(command(row.verb, values))
}

fn value(kind: Kind, word: String) -> Result<Value, Problem> {
    if word.is_empty() {
        return Err(Problem::Missing(kind));
    }
    match kind {
        // Whether it is base64, the exchange finds out.
        Kind::Name | Kind::Secret | Kind::Mechanism | Kind::Response | Kind::Language => {
            Ok(Value::Text(word))
        }
        Kind::Digest if apop::is_digest(&word) => Ok(Value::Text(word)),
        Kind::Digest => Err(Problem::NotADigest),
        Kind::MessageNumber | Kind::LineCount if !word.bytes().all(|octet| octet.is_ascii_digit()) => {
            Err(Problem::NotANumber)
        }
        Kind::LineCount => word.parse().map(Value::Lines).map_err(|_| Problem::TooLarge),
        Kind::MessageNumber => {
            let number = word.parse().map_err(|_| Problem::TooLarge)?;
            MessageNumber::new(number).map(Value::Number).ok_or(Problem::Zero)
        }
    }
}

fn command(verb: Verb, values: Vec<Value>) -> Command {
    use Value::*;
    let mut values = values.into_iter();
    match (verb, values.next(), values.next()) {
        (Verb::Capa, None, None) => Command::Capa,
        (Verb::Stls, None, None) => Command::Stls,
        (Verb::User, Some(Text(name)), None) => Command::User(name),
        (Verb::Pass, Some(Text(secret)), None) => Command::Pass(secret),
        (Verb::Apop, Some(Text(name)), Some(Text(digest))) => Command::Apop(name, digest),
        (Verb::Auth, Some(Text(mechanism)), None) => Command::Auth(mechanism, None),
        (Verb::Auth, Some(Text(mechanism)), Some(Text(response))) => Command::Auth(mechanism, Some(response)),
        (Verb::Stat, None, None) => Command::Stat,
        (Verb::List, None, None) => Command::List(None),
        (Verb::List, Some(Number(number)), None) => Command::List(Some(number)),
        (Verb::Uidl, None, None) => Command::Uidl(None),
        (Verb::Uidl, Some(Number(number)), None) => Command::Uidl(Some(number)),
        (Verb::Retr, Some(Number(number)), None) => Command::Retr(number),
        (Verb::Top, Some(Number(number)), Some(Lines(lines))) => Command::Top(number, lines),
        (Verb::Dele, Some(Number(number)), None) => Command::Dele(number),
        (Verb::Noop, None, None) => Command::Noop,
        (Verb::Rset, None, None) => Command::Rset,
        (Verb::Quit, None, None) => Command::Quit,
        (Verb::Utf8, None, None) => Command::Utf8,
        (Verb::Lang, None, None) => Command::Lang(None),
        (Verb::Lang, Some(Text(range)), None) => Command::Lang(Some(range)),
        (verb, ..) => panic!("the parameters of {verb} in COMMANDS are not those of its Command"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn refused(phase: Phase, line: &str) -> Refusal {
        parse(COMMANDS, phase, line.as_bytes()).unwrap_err()
    }

    fn problem(line: &str) -> Problem {
        let (row, _) = keyword(COMMANDS, line.as_bytes());
        match refused(row.unwrap().phases[0], line) {
            Refusal::BadArgument { problem, .. } => problem,
            other => panic!("{line:?} gave {other:?}"),
        }
    }

    /// A word that fits each kind.
    fn sample(kind: Kind) -> &'static str {
        match kind {
            Kind::MessageNumber => "1",
            Kind::LineCount => "0",
            Kind::Name | Kind::Secret => "alice",
            Kind::Digest => "c4c9334bac560ecc979e58001b3e22fb",
            Kind::Mechanism => "PLAIN",
            Kind::Response => "=",
            Kind::Language => "ja",
        }
    }

    #[test]
    fn every_row_reads_with_all_of_its_arguments_and_with_none_of_the_optional_ones() {
        for row in COMMANDS {
            for optional in [true, false] {
                let words: Vec<_> = row
                    .parameters
                    .iter()
                    .filter(|p| optional || !p.optional)
                    .map(|p| sample(p.kind))
                    .collect();
                let line = [&[row.keyword], &words[..]].concat().join(" ").to_lowercase();
                assert!(parse(COMMANDS, row.phases[0], line.as_bytes()).is_ok(), "{line}");
            }
        }
    }

    #[test]
    fn a_command_in_another_phase_is_not_now_whatever_its_arguments() {
        let Refusal::NotNow { verb, phase, allowed } = refused(Phase::Authorization, "RETR x y") else {
            panic!()
        };
        assert_eq!((verb, phase, allowed), (Verb::Retr, Phase::Authorization, vec![Phase::Transaction]));
    }

    #[test]
    fn only_the_exact_keyword_is_known() {
        for line in ["STA", "QUITX", "", " STAT", "LIST\t1", "RETR1", "HELO there", "STARTTLS"] {
            assert_eq!(refused(Phase::Transaction, line), Refusal::Unknown, "{line:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_argument_is_told_apart() {
        assert_eq!(problem("RETR"), Problem::Missing(Kind::MessageNumber));
        assert_eq!(problem("RETR "), Problem::Missing(Kind::MessageNumber));
        assert_eq!(problem("LIST  1"), Problem::Missing(Kind::MessageNumber));
        assert_eq!(problem("TOP 1"), Problem::Missing(Kind::LineCount));
        assert_eq!(problem("RETR 1 2"), Problem::Surplus);
        assert_eq!(problem("STAT "), Problem::Surplus);
        assert_eq!(problem("RETR 0"), Problem::Zero);
        assert_eq!(problem("RETR -1"), Problem::NotANumber);
        assert_eq!(problem("RETR 0x1"), Problem::NotANumber);
        assert_eq!(problem("RETR 4294967297"), Problem::TooLarge);
        assert_eq!(problem("TOP 1 18446744073709551616"), Problem::TooLarge);
        assert_eq!(problem("APOP alice C4C9334BAC560ECC979E58001B3E22FB"), Problem::NotADigest);
        assert_eq!(problem("DELE 1\0"), Problem::Octet { octet: 0, at: 6 });
        assert_eq!(problem("RETR １"), Problem::Octet { octet: 0xEF, at: 5 });
        assert_eq!(problem("PASS p\u{2028}"), Problem::Octet { octet: 0xE2, at: 6 });
    }

    #[test]
    fn names_and_passwords_may_be_utf_8_and_look_alikes_are_the_same_name() {
        let (_, command) = parse(COMMANDS, Phase::Authorization, "USER ju\u{308}rgen".as_bytes()).unwrap();
        assert_eq!(command, Command::User("jürgen".into()));
        let (_, command) = parse(COMMANDS, Phase::UserGiven, "PASS pässword".as_bytes()).unwrap();
        assert_eq!(command, Command::Pass("pässword".into()));
        let refusal = parse(COMMANDS, Phase::Authorization, b"USER \xC3\xBC\xED\xA0\x80").unwrap_err();
        let problem = Problem::Octet { octet: 0xED, at: 7 };
        assert_eq!(refusal, Refusal::BadArgument { verb: Verb::User, problem });
    }

    #[test]
    fn a_password_is_everything_after_the_first_space() {
        let (_, command) = parse(COMMANDS, Phase::UserGiven, b"PASS  open  sesame ").unwrap();
        assert_eq!(command, Command::Pass(" open  sesame ".into()));
    }
}

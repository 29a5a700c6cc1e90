//! What a line of the client asks for, as far as the notebook cares: enough to know how long the answer is
//! and what it tells. Whether the server takes the command, its answer tells.

use super::lines::text;

/// A command whose answer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// PASS or APOP.
    Login,
    /// AUTH, with lines of its own before the answer (RFC 5034 section 4).
    Auth(Mechanism),
    Capa,
    Stat,
    /// LIST, of all messages or of one.
    List {
        all: bool,
    },
    /// UIDL, of all messages or of one.
    Uidl {
        all: bool,
    },
    /// RETR, or TOP with the number of lines.
    Fetch {
        number: u32,
        lines: Option<u64>,
    },
    Dele(u32),
    Rset,
    Stls,
    Quit,
    /// Another, whose answer is a line and tells nothing new.
    Other,
}

/// How AUTH tells name and password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Nothing is asked: the answer is the list of mechanisms, as some servers have it.
    None,
    /// Both in one response (RFC 4616).
    Plain,
    /// A response each, never a standard and in use all the same.
    Login,
    /// A challenge, and a digest of it (RFC 2195).
    CramMd5,
    /// One that tells nothing that could be read.
    Other,
}

/// What a line says beside what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Name(String),
    Password(String),
    Digest {
        name: String,
        digest: String,
    },
    /// The response that comes with AUTH.
    Response(Vec<u8>),
}

/// Reads a line of the client, without its line end.
pub fn read(line: &[u8]) -> (Command, Option<Said>) {
    let (keyword, rest) = word(line);
    let (first, second) = word(rest);
    let alone = rest.is_empty();
    let command = match keyword.to_ascii_uppercase().as_slice() {
        b"USER" if !alone => return (Command::Other, Some(Said::Name(text(rest)))),
        // RFC 1939 section 7: blanks belong to the password.
        b"PASS" => return (Command::Login, (!alone).then(|| Said::Password(text(rest)))),
        b"APOP" => {
            let said = || Said::Digest { name: text(first), digest: text(second) };
            return (Command::Login, (!second.is_empty()).then(said));
        }
        b"AUTH" => {
            let response = (!second.is_empty()).then(|| Said::Response(second.to_vec()));
            return (Command::Auth(mechanism(first)), response);
        }
        b"CAPA" => Command::Capa,
        b"STAT" => Command::Stat,
        b"LIST" => Command::List { all: alone },
        b"UIDL" => Command::Uidl { all: alone },
        b"RETR" => fetch(first, None),
        b"TOP" => fetch(first, number(second)),
        b"DELE" => number(first).map_or(Command::Other, Command::Dele),
        b"RSET" => Command::Rset,
        b"STLS" => Command::Stls,
        b"QUIT" => Command::Quit,
        _ => Command::Other,
    };
    (command, None)
}

fn mechanism(name: &[u8]) -> Mechanism {
    match name.to_ascii_uppercase().as_slice() {
        b"" => Mechanism::None,
        b"PLAIN" => Mechanism::Plain,
        b"LOGIN" => Mechanism::Login,
        b"CRAM-MD5" => Mechanism::CramMd5,
        _ => Mechanism::Other,
    }
}

/// A server that takes a number as no number would be answers with several lines all the same.
fn fetch(of: &[u8], lines: Option<u64>) -> Command {
    Command::Fetch { number: number(of).unwrap_or(0), lines }
}

/// What stands before the first space, and what after it.
pub fn word(octets: &[u8]) -> (&[u8], &[u8]) {
    match octets.iter().position(|octet| *octet == b' ') {
        Some(space) => (&octets[..space], &octets[space + 1..]),
        None => (octets, &[]),
    }
}

/// A number in decimal digits, if it is one and not too large.
pub fn number<N: std::str::FromStr>(octets: &[u8]) -> Option<N> {
    let digits = octets.iter().all(u8::is_ascii_digit).then_some(octets)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

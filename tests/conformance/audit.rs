//! What holds for every octet of a server, whatever a vector asks about: INV-1 to INV-6 of
//! `vectors.json`. It reads both directions of a connection from beginning to end, by itself.

use base64::prelude::{BASE64_STANDARD, Engine};
use std::collections::VecDeque;

/// Both directions of one connection.
#[derive(Default)]
pub struct Dialogue {
    client: Vec<u8>,
    server: Vec<u8>,
    /// TLS has begun: no greeting comes, and what was asked before is not answered any more.
    sealed: bool,
    /// TLS began with the first octet, so that the greeting comes inside.
    pub greets: bool,
    /// What was wrong before that.
    wrong_before: Option<String>,
    /// The client did not wait for all answers.
    pub cut_short: bool,
}

/// The most octets of a status line or a capability line, CRLF included (RFC 2449 section 4).
const LONGEST: usize = 512;

/// The commands with a long answer, and whether an argument makes it a short one.
const LONG: [(&str, bool); 6] =
    [("CAPA", false), ("LIST", true), ("UIDL", true), ("RETR", false), ("TOP", false), ("LANG", true)];

impl Dialogue {
    pub fn sent(&mut self, octets: &[u8]) {
        self.client.extend_from_slice(octets);
    }

    pub fn received(&mut self, octets: &[u8]) {
        self.server.extend_from_slice(octets);
    }

    /// TLS begins: what was said before is over, and checked. True if anything was.
    pub fn begins_tls(&mut self) -> bool {
        let before = Dialogue { cut_short: true, ..std::mem::take(self) };
        let said = !before.server.is_empty();
        let wrong_before = before.check(false).err();
        *self = Dialogue { sealed: true, wrong_before, ..Dialogue::default() };
        said
    }

    /// Says what is wrong with what the server sent until now, when it has `closed` or waits.
    pub fn check(&self, closed: bool) -> Result<(), String> {
        if let Some(wrong) = &self.wrong_before {
            return Err(format!("before TLS: {wrong}"));
        }
        // The greeting is an answer to nothing.
        let greeting: &[&[u8]] = if self.sealed && !self.greets { &[] } else { &[b""] };
        let mut asked: VecDeque<&[u8]> = greeting.iter().copied().collect();
        asked.extend(
            self.client.split_inclusive(|&octet| octet == b'\n').filter(|line| line.ends_with(b"\n")),
        );
        let mut long: Option<&[u8]> = None;
        let mut over = false;
        for line in self.server.split_inclusive(|&octet| octet == b'\n') {
            let shown = line.escape_ascii();
            let Some(line) = line.strip_suffix(b"\n") else {
                if self.cut_short {
                    break;
                }
                return Err(format!("INV-2: the last line has no end: {shown}"));
            };
            let Some(line) = line.strip_suffix(b"\r") else {
                return Err(format!("INV-2: a bare LF: {shown}"));
            };
            if let Some(command) = long {
                if word(command) == "CAPA" && line.len() + 2 > LONGEST {
                    return Err(format!("INV-3: a capability line that is too long: {shown}"));
                }
                if line == b"." {
                    long = None;
                }
                continue;
            }
            if over {
                return Err(format!("INV-4: something after the answer to QUIT: {shown}"));
            }
            let Some(command) = asked.pop_front() else {
                return Err(format!("INV-4: nobody asked: {shown}"));
            };
            // RFC 5034 section 4: a challenge has nothing but base64, and the next line is a response.
            let challenge = line.strip_prefix(b"+ ").filter(|_| word(command) == "AUTH");
            if challenge.is_some_and(|base64| BASE64_STANDARD.decode(base64).is_ok()) {
                if let Some(response) = asked.front_mut() {
                    *response = b"AUTH";
                }
                continue;
            }
            let ok = status(line)?;
            long = (ok && is_long(command)).then_some(command);
            over = ok && word(command) == "QUIT" && !command.trim_ascii().contains(&b' ');
        }
        match () {
            () if self.cut_short => Ok(()),
            () if long.is_some() => Err("INV-4: a long answer has no end".into()),
            // A server that has closed answers nothing more.
            () if !closed && !asked.is_empty() => Err(format!("INV-4: {} lines have no answer", asked.len())),
            () => Ok(()),
        }
    }
}

/// Whether a status line is positive; an error if it is none.
fn status(line: &[u8]) -> Result<bool, String> {
    let shown = line.escape_ascii();
    let (ok, rest) = match (line.strip_prefix(b"+OK"), line.strip_prefix(b"-ERR")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err(format!("INV-1: neither +OK nor -ERR: {shown}")),
    };
    let text = match rest {
        b"" => b"",
        [b' ', text @ ..] => text,
        _ => return Err(format!("INV-1: no space after the status: {shown}")),
    };
    if line.len() + 2 > LONGEST {
        return Err(format!("INV-3: a status line that is too long: {shown}"));
    }
    if !text.iter().all(|octet| matches!(octet, b' '..=b'~')) {
        return Err(format!("INV-5: not printable ASCII: {shown}"));
    }
    if text.first() == Some(&b'[') && !is_response_code(text) {
        return Err(format!("INV-6: not a response code: {shown}"));
    }
    Ok(ok)
}

/// RFC 2449 section 3: "[" 1*<any char but "[", "]", "/" and blanks> *("/" level) "]".
fn is_response_code(text: &[u8]) -> bool {
    let Some(end) = text.iter().position(|&octet| octet == b']') else { return false };
    let levels = text[1..end].split(|&octet| octet == b'/');
    let level = |level: &[u8]| {
        !level.is_empty() && level.iter().all(|octet| octet.is_ascii_graphic() && *octet != b'[')
    };
    levels.into_iter().all(level) && matches!(text.get(end + 1), None | Some(b' '))
}

fn is_long(command: &[u8]) -> bool {
    let argued = command.trim_ascii().contains(&b' ');
    LONG.iter().any(|(long, short_with)| *long == word(command) && !(argued && *short_with))
}

/// The keyword of a line, in upper case.
fn word(command: &[u8]) -> String {
    let word = command.split(|octet| octet.is_ascii_whitespace()).next().unwrap_or_default();
    String::from_utf8_lossy(word).to_ascii_uppercase()
}

//! What is said on every lane of a comparison: POP3 and nothing else, one command a line.
//!
//! What a person cannot know beforehand is written as what it is made of: `APOP alice md5(wonderland)` sends the
//! digest of the greeting's time stamp, whatever it will be, and of that secret.

use crate::pop3::COMMANDS;
use crate::pop3::command::{Kind, keyword};
use crate::sasl::apop;

/// A script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The commands, in order, as a person wrote them.
    pub lines: Vec<String>,
    /// What happens behind the last of them.
    pub ending: Ending,
}

/// What happens behind the last line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// Nothing but what the lines have led to.
    #[default]
    AsSaid,
    /// The line is lost: the mail program dies, and its system resets the connection.
    LineLost,
}

/// A line that cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoStamp;

impl Script {
    /// The script in this text: one command a line, without what is blank and without comments.
    pub fn read(text: &str, ending: Ending) -> Script {
        let lines = text.lines().filter_map(command);
        Script { lines: lines.map(str::to_owned).collect(), ending }
    }
}

/// The command on a line of a script; none on a blank line, and none in a comment, which begins with `#`.
pub fn command(line: &str) -> Option<&str> {
    let line = line.trim_start();
    (!line.is_empty() && !line.starts_with('#')).then_some(line)
}

/// The octets of a line, CRLF included, after a greeting with this time stamp.
///
/// # Errors
///
/// The line asks for a digest of a time stamp that the client does not have.
pub fn octets(line: &str, stamp: Option<&str>) -> Result<Vec<u8>, NoStamp> {
    let line = match secret(line) {
        Some((before, secret)) => {
            format!("{before}{}", apop::digest(stamp.ok_or(NoStamp)?, secret.as_bytes()))
        }
        None => line.to_owned(),
    };
    Ok(format!("{line}\r\n").into_bytes())
}

/// What stands before `md5(…)` and the secret in it, if a digest can stand there (RFC 1939 section 7, APOP).
fn secret(line: &str) -> Option<(&str, &str)> {
    let (row, _) = keyword(COMMANDS, line.as_bytes());
    row?.parameters.iter().find(|parameter| parameter.kind == Kind::Digest)?;
    let (before, rest) = line.split_at(line.find(" md5(")? + 1);
    Some((before, rest.strip_prefix("md5(")?.trim_end().strip_suffix(')')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn blank_lines_and_margins_say_nothing() {
        let script = Script::read("  USER alice\r\n\n\t\nPASS  two blanks \n", Ending::AsSaid);
        assert_eq!(script.lines, ["USER alice", "PASS  two blanks "]);
    }

    #[test]
    fn comments_say_nothing() {
        let script = Script::read("# one mail\nUSER alice\n  # who else\nPASS #1\n", Ending::AsSaid);
        assert_eq!(script.lines, ["USER alice", "PASS #1"]);
    }

    #[test]
    fn a_digest_is_made_of_the_stamp_and_the_secret() {
        let line = octets("APOP mrose md5(tanstaaf)", Some("<1896.697170952@dbc.mtview.ca.us>"));
        assert_eq!(line.as_deref(), Ok(&b"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"[..]));
        assert_eq!(octets("APOP mrose md5(tanstaaf)", None), Err(NoStamp));
    }

    #[test]
    fn only_apop_has_a_digest() {
        assert_eq!(octets("PASS md5(x)", None).as_deref(), Ok(&b"PASS md5(x)\r\n"[..]));
        assert_eq!(octets("APOP alice md5(x", None).as_deref(), Ok(&b"APOP alice md5(x\r\n"[..]));
    }
}

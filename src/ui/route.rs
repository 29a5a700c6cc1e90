//! What the address asks for: `#/lab?road=995&cmd=USER%20alice|PASS%20wonderland|STAT` takes this road and
//! types these lines.

use crate::policy::Road;

/// The most lines that a link may type.
const MOST_LINES: usize = 200;

/// The most octets of a line. A longer one is the server's to refuse, up to here.
const LONGEST: usize = 2_000;

/// Why a link cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such page.
    Page(String),
    /// There is no such setting.
    Setting(String),
    /// This is not percent-encoded UTF-8.
    Encoding(String),
    /// It types too much.
    TooLong,
}

/// What a hash asks for; nothing for the lab as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The road to take.
    pub road: Option<Road>,
    /// The lines to type.
    pub lines: Vec<String>,
}

/// Reads a hash.
pub fn read(hash: &str) -> Result<Asked, Trouble> {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    let (page, query) = hash.split_once('?').unwrap_or((hash, ""));
    if !matches!(page, "" | "/" | "/lab") {
        return Err(Trouble::Page(decode(page).unwrap_or_else(|_| page.to_owned())));
    }
    let mut asked = Asked::default();
    let lines = &mut asked.lines;
    for setting in query.split('&').filter(|setting| !setting.is_empty()) {
        match setting.split_once('=').unwrap_or((setting, "")) {
            // Split before it is decoded, so that %7C is a bar of the line.
            ("cmd", commands) => {
                for line in commands.split('|').filter(|line| !line.is_empty()) {
                    lines.push(decode(line)?);
                }
            }
            ("road", name) => {
                asked.road = Some(road(name).ok_or_else(|| Trouble::Setting(format!("road={name}")))?)
            }
            (name, _) => return Err(Trouble::Setting(decode(name).unwrap_or_else(|_| name.to_owned()))),
        }
    }
    let fits = lines.len() <= MOST_LINES && lines.iter().all(|line| line.len() <= LONGEST);
    if fits { Ok(asked) } else { Err(Trouble::TooLong) }
}

/// A road by its name.
fn road(name: &str) -> Option<Road> {
    Road::ALL.into_iter().find(|road| road.name() == name)
}

/// Undoes percent-encoding. Line ends are taken out: a line is one line.
fn decode(text: &str) -> Result<String, Trouble> {
    let broken = || Trouble::Encoding(text.to_owned());
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit().ok_or_else(broken)?, digit().ok_or_else(broken)?);
                (high * 16 + low) as u8
            }
            // As forms write it.
            b'+' => b' ',
            octet => octet,
        });
    }
    octets.retain(|octet| !matches!(octet, b'\r' | b'\n'));
    String::from_utf8(octets).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_types_its_lines_in_order() {
        let lines = read("#/lab?cmd=USER%20alice|PASS%20wonderland|STAT");
        assert_eq!(lines.unwrap().lines, ["USER alice", "PASS wonderland", "STAT"]);
    }

    #[test]
    fn the_lab_alone_types_nothing() {
        for hash in ["", "#", "#/", "#/lab", "#/lab?", "#/lab?cmd="] {
            assert_eq!(read(hash), Ok(Asked::default()), "{hash}");
        }
    }

    #[test]
    fn a_bar_and_a_plus_can_be_written_in_a_line() {
        assert_eq!(read("#/lab?cmd=PASS%20a%7Cb%2Bc|NOOP").unwrap().lines, ["PASS a|b+c", "NOOP"]);
        assert_eq!(read("#/lab?cmd=USER+alice").unwrap().lines, ["USER alice"]);
    }

    #[test]
    fn other_letters_come_through() {
        assert_eq!(read("#/lab?cmd=USER%20%E5%A4%AA%E9%83%8E").unwrap().lines, ["USER 太郎"]);
    }

    #[test]
    fn a_line_end_does_not_make_two_lines_of_one() {
        assert_eq!(read("#/lab?cmd=NOOP%0D%0ADELE%201").unwrap().lines, ["NOOPDELE 1"]);
    }

    #[test]
    fn what_cannot_be_followed_is_said() {
        assert_eq!(read("#/nowhere"), Err(Trouble::Page("/nowhere".into())));
        assert_eq!(read("#/lab?road=stls&cmd=CAPA").unwrap().road, Some(Road::Stls));
        assert_eq!(read("#/lab?road=143"), Err(Trouble::Setting("road=143".into())));
        assert_eq!(read("#/lab?rtt=5"), Err(Trouble::Setting("rtt".into())));
        for broken in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(read(&format!("#/lab?cmd={broken}")), Err(Trouble::Encoding(broken.into())));
        }
        assert_eq!(read(&format!("#/lab?cmd={}", "NOOP|".repeat(MOST_LINES + 1))), Err(Trouble::TooLong));
        assert_eq!(read(&format!("#/lab?cmd={}", "a".repeat(LONGEST + 1))), Err(Trouble::TooLong));
    }
}

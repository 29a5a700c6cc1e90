//! What the address asks for: `#/lab?road=995&cmd=USER%20alice|PASS%20wonderland|STAT` takes this road and
//! types these lines, `tls=1.2` is all that the mail program offers, and with `cert=own` the server asks for the
//! certificate that the mail program has; `#/compare` has the roads side by side, see [`link`].

use super::compare::link;
use crate::policy::{Road, Shown, Versions};

/// The most lines that a link may type.
pub(super) const MOST_LINES: usize = 200;

/// The most octets of a line. A longer one is the server's to refuse, up to here.
pub(super) const LONGEST: usize = 2_000;

/// Why a link cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such page.
    Page(String),
    /// There is no such setting.
    Setting(String),
    /// There is such a setting, but it cannot be set so.
    Value(String),
    /// This is not percent-encoded UTF-8.
    Encoding(String),
    /// It types too much.
    TooLong,
}

/// A page, and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The lab.
    Lab(Asked),
    /// The roads side by side.
    Compare(link::Asked),
}

/// What is asked of the lab; nothing for the lab as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The road to take.
    pub road: Option<Road>,
    /// What the mail program offers of TLS.
    pub offers: Versions,
    /// What the mail program has to show to a server that asks for a certificate; none where it does not ask.
    pub shows: Option<Shown>,
    /// The lines to type.
    pub lines: Vec<String>,
}

/// Reads a hash.
pub fn read(hash: &str) -> Result<Page, Trouble> {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    let (page, query) = hash.split_once('?').unwrap_or((hash, ""));
    Ok(match page {
        "" | "/" | "/lab" => Page::Lab(lab(query)?),
        "/compare" => Page::Compare(link::read(query)?),
        page => return Err(Trouble::Page(decode(page).unwrap_or_else(|_| page.to_owned()))),
    })
}

fn lab(query: &str) -> Result<Asked, Trouble> {
    let mut asked = Asked::default();
    for setting in settings(query) {
        let known = match setting {
            ("cmd", commands) => {
                asked.lines.extend(lines(commands)?);
                continue;
            }
            ("road", name) => road(name).map(|road| asked.road = Some(road)),
            ("tls", name) => {
                let held = link::VERSIONS.iter().find(|(held, _)| *held == name);
                held.map(|(_, offers)| asked.offers = *offers)
            }
            ("cert", name) => {
                let held = Shown::ALL.into_iter().find(|held| held.name() == name);
                held.map(|held| asked.shows = Some(held))
            }
            (name, _) => return Err(Trouble::Setting(decode(name).unwrap_or_else(|_| name.to_owned()))),
        };
        known.ok_or_else(|| Trouble::Setting(format!("{}={}", setting.0, setting.1)))?;
    }
    let fits = asked.lines.len() <= MOST_LINES && asked.lines.iter().all(|line| line.len() <= LONGEST);
    if fits { Ok(asked) } else { Err(Trouble::TooLong) }
}

/// The settings in a query, by name.
pub(super) fn settings(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let settings = query.split('&').filter(|setting| !setting.is_empty());
    settings.map(|setting| setting.split_once('=').unwrap_or((setting, "")))
}

/// The lines of a `cmd`. They are split before they are decoded, so that %7C is a bar of the line.
pub(super) fn lines(commands: &str) -> Result<Vec<String>, Trouble> {
    commands.split('|').filter(|line| !line.is_empty()).map(decode).collect()
}

/// A road by its name.
fn road(name: &str) -> Option<Road> {
    Road::ALL.into_iter().find(|road| road.name() == name)
}

/// Undoes percent-encoding. Line ends are taken out: a line is one line.
pub(super) fn decode(text: &str) -> Result<String, Trouble> {
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

/// Percent-encodes all but what means nothing anywhere in an address (RFC 3986 section 2.3).
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for octet in text.bytes() {
        match octet {
            b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(octet)),
            octet if octet.is_ascii_alphanumeric() => encoded.push(char::from(octet)),
            octet => encoded.push_str(&format!("%{octet:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a hash asks of the lab.
    fn read(hash: &str) -> Result<Asked, Trouble> {
        super::read(hash).map(|page| match page {
            Page::Lab(asked) => asked,
            Page::Compare(_) => panic!("{hash} is no link to the lab"),
        })
    }

    #[test]
    fn a_link_to_the_comparison_is_not_one_to_the_lab() {
        let compared = link::Asked { step: 3, ..link::Asked::default() };
        assert_eq!(super::read("#/compare?at=3"), Ok(Page::Compare(compared)));
        assert_eq!(read("#/lab?at=3"), Err(Trouble::Setting("at".into())));
    }

    #[test]
    fn what_is_encoded_is_decoded_again() {
        let line = "PASS a|b+c&d=%41 太郎~";
        assert_eq!(encode(line), "PASS%20a%7Cb%2Bc%26d%3D%2541%20%E5%A4%AA%E9%83%8E~");
        assert_eq!(decode(&encode(line)).as_deref(), Ok(line));
    }

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
        let asked = read("#/lab?road=995&tls=1.2&cert=stranger").unwrap();
        assert_eq!((asked.offers, asked.shows), (Versions::Tls12, Some(Shown::Stranger)));
        for setting in ["road=143", "tls=1.4", "cert=", "cert=his"] {
            assert_eq!(read(&format!("#/lab?{setting}")), Err(Trouble::Setting(setting.into())));
        }
        assert_eq!(read("#/lab?rtt=5"), Err(Trouble::Setting("rtt".into())));
        for broken in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(read(&format!("#/lab?cmd={broken}")), Err(Trouble::Encoding(broken.into())));
        }
        assert_eq!(read(&format!("#/lab?cmd={}", "NOOP|".repeat(MOST_LINES + 1))), Err(Trouble::TooLong));
        assert_eq!(read(&format!("#/lab?cmd={}", "a".repeat(LONGEST + 1))), Err(Trouble::TooLong));
    }
}

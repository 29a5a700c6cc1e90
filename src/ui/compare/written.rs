//! A script as a person writes it: blank lines and comments between its lines, and which line of the text each
//! line of the script is.

use crate::world::comparison::{Ending, Script, command};

/// The most lines of a script.
pub const MOST_LINES: usize = 1_000;

/// The most octets of a line. A longer one is the server's to refuse, up to here.
pub const LONGEST: usize = 2_000;

/// A text that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What is said.
    pub script: Script,
    /// For each line of the script the place of its line in the text, from 0.
    pub places: Vec<usize>,
    /// Whether there was more than a script may have: what is too much is not said.
    pub cut: bool,
}

/// Reads a text: one command a line, with blank lines and comments between them.
pub fn read(text: &str, ending: Ending) -> Written {
    let mut written = Written { script: Script { lines: vec![], ending }, places: vec![], cut: false };
    for (place, line) in text.lines().enumerate() {
        let Some(line) = command(line) else { continue };
        if written.places.len() == MOST_LINES {
            written.cut = true;
            break;
        }
        let fits = line.floor_char_boundary(LONGEST);
        written.cut |= fits < line.len();
        written.places.push(place);
        written.script.lines.push(line[..fits].to_owned());
    }
    written
}

/// The text with another line at this place, and all others as they were.
pub fn replaced(text: &str, place: usize, line: &str) -> String {
    let lines = text.split('\n').enumerate();
    let lines: Vec<&str> = lines.map(|(at, held)| if at == place { line } else { held }).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        read(text, Ending::AsSaid).script.lines
    }

    #[test]
    fn what_is_short_enough_is_the_script_of_the_engine() {
        for text in [
            "",
            "\n\n",
            "  USER alice\r\n\n\t\nPASS  two blanks \n",
            "a\nb",
            "# a\nb # c",
            "ＵＳＥＲ\n\u{3000}\n",
        ] {
            assert_eq!(read(text, Ending::LineLost).script, Script::read(text, Ending::LineLost), "{text:?}");
        }
    }

    #[test]
    fn comments_say_nothing_and_each_line_knows_its_place() {
        let written = read("# one mail\nUSER alice\n\n  # the password\nPASS #1\n", Ending::AsSaid);
        assert_eq!(written.script.lines, ["USER alice", "PASS #1"]);
        assert_eq!(written.places, [1, 4]);
    }

    #[test]
    fn what_is_too_much_is_cut_and_that_is_known() {
        let all = "NOOP\n".repeat(MOST_LINES);
        assert!(!read(&all, Ending::AsSaid).cut);
        let more = read(&format!("{all}QUIT"), Ending::AsSaid);
        assert_eq!((more.cut, more.script.lines.len()), (true, MOST_LINES));
        assert_eq!(lines(&"é".repeat(LONGEST))[0].len(), LONGEST);
        assert_eq!(lines(&format!("a{}", "é".repeat(LONGEST)))[0].len(), LONGEST - 1);
    }

    #[test]
    fn a_replaced_line_leaves_the_others_alone() {
        assert_eq!(replaced("# a\n\nRERT 1\n", 2, "RETR 1"), "# a\n\nRETR 1\n");
    }
}

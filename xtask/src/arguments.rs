//! The words after a chore's name: flags, options with a value, and the rest.

use crate::Result;

pub struct Arguments {
    chore: &'static str,
    words: Vec<String>,
    /// What stood after `--`, meant for another program.
    passed_on: Vec<String>,
}

impl Arguments {
    pub fn new(chore: &'static str, words: impl Iterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.collect();
        let passed_on = match words.iter().position(|word| word == "--") {
            Some(at) => words.drain(at..).skip(1).collect(),
            None => Vec::new(),
        };
        Self { chore, words, passed_on }
    }

    /// Takes `name` out, and says whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Takes `name VALUE` or `name=VALUE` out.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        if let Some(at) = self.words.iter().position(|word| word.starts_with(&joined)) {
            return Ok(Some(self.words.remove(at)[joined.len()..].to_owned()));
        }
        let Some(at) = self.words.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 == self.words.len() {
            return Err(format!("write a value after {name}."));
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    pub fn passed_on(&mut self) -> Vec<String> {
        std::mem::take(&mut self.passed_on)
    }

    /// The words that are left, none of which may look like an option.
    pub fn names(self) -> Result<Vec<String>> {
        match self.words.iter().find(|word| word.starts_with('-')) {
            None => Ok(self.words),
            Some(word) => Err(self.unknown(word)),
        }
    }

    /// Ends the reading where no further word is wanted.
    pub fn finish(self) -> Result {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(self.unknown(word)),
        }
    }

    fn unknown(&self, word: &str) -> String {
        let chore = self.chore;
        format!("it does not know `{word}`; see `cargo xtask help` for what {chore} takes.")
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments::new("serve", line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        let mut read = arguments("--port 1 --under=/a/ --dev name");
        assert_eq!(read.value("--port").unwrap().as_deref(), Some("1"));
        assert_eq!(read.value("--under").unwrap().as_deref(), Some("/a/"));
        assert!(read.flag("--dev"));
        assert_eq!(read.names().unwrap(), ["name"]);
    }

    #[test]
    fn what_follows_two_dashes_is_passed_on() {
        let mut read = arguments("browser -- --headed smoke");
        assert_eq!(read.passed_on(), ["--headed", "smoke"]);
        assert_eq!(read.names().unwrap(), ["browser"]);
    }

    #[test]
    fn a_word_nobody_asked_for_is_refused() {
        assert!(arguments("--prot 1").finish().is_err());
        assert!(arguments("--prot").names().is_err());
        assert!(arguments("--port").value("--port").is_err());
    }
}

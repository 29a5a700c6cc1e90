//! Every word that the page shows, in the reader's language, from the Fluent catalogues in `i18n/`.
//! `build.rs` reads them and makes the tables that are included here.

include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// A message, the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(usize);

/// A piece of a message.
enum Piece {
    /// Text as it stands.
    Text(&'static str),
    /// The value of this variable.
    Variable(&'static str),
    /// One of several, by the value of this variable; the last field is the index of the default.
    Select(&'static str, &'static [(&'static str, &'static [Piece])], usize),
}

/// The value of a variable.
pub enum Value {
    /// Text as it stands.
    Text(String),
    /// A number, which also decides about the plural.
    Number(u64),
}

/// The variables of a message, by their names.
pub type Variables<'a> = &'a [(&'static str, Value)];

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::Number(number as u64)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Number(number.into())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Value {
        Value::Number(number.into())
    }
}

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All languages, in the order of their buttons.
    pub const ALL: [Language; 2] = [Language::English, Language::Japanese];

    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Japanese => "ja",
        }
    }

    /// The language that a tag such as `ja-JP` asks for, if we have it.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    fn catalogue(self) -> &'static [&'static [Piece]] {
        match self {
            Language::English => ENGLISH,
            Language::Japanese => JAPANESE,
        }
    }

    /// The plural category of a number (Unicode CLDR, cardinal).
    fn plural(self, number: u64) -> &'static str {
        match (self, number) {
            (Language::English, 1) => "one",
            _ => "other",
        }
    }
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(Language);

impl Words {
    /// The words of `language`.
    pub fn new(language: Language) -> Words {
        Words(language)
    }

    /// Which language it is.
    pub fn language(self) -> Language {
        self.0
    }

    /// A message without variables.
    pub fn say(self, id: Id) -> String {
        self.with(id, &[])
    }

    /// A message with its variables. One that is not given shows its name.
    pub fn with(self, id: Id, variables: Variables<'_>) -> String {
        let mut text = String::new();
        self.write(self.0.catalogue()[id.0], variables, &mut text);
        text
    }

    fn write(self, pieces: &[Piece], variables: Variables<'_>, text: &mut String) {
        let value = |name: &str| variables.iter().find(|(held, _)| *held == name).map(|(_, value)| value);
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Variable(name) => match value(name) {
                    Some(Value::Text(value)) => text.push_str(value),
                    Some(Value::Number(number)) => text.push_str(&number.to_string()),
                    None => text.push_str(name),
                },
                Piece::Select(name, variants, default) => {
                    let fits = |key: &str| match value(name) {
                        Some(Value::Text(value)) => value == key,
                        Some(Value::Number(number)) => {
                            self.0.plural(*number) == key || number.to_string() == key
                        }
                        None => false,
                    };
                    let chosen = variants.iter().position(|(key, _)| fits(key)).unwrap_or(*default);
                    self.write(variants[chosen].1, variables, text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_chooses_the_plural_of_its_language() {
        let octets = |language, count: u64| Words::new(language).with(id::OCTETS, &[("count", count.into())]);
        assert_eq!(octets(Language::English, 1), "1 octet");
        assert_eq!(octets(Language::English, 2), "2 octets");
        assert_eq!(octets(Language::Japanese, 1), "1 オクテット");
    }

    #[test]
    fn a_tag_with_a_region_finds_its_language() {
        assert_eq!(Language::from_tag("ja-JP"), Some(Language::Japanese));
        assert_eq!(Language::from_tag("EN"), Some(Language::English));
        assert_eq!(Language::from_tag("fr"), None);
    }
}

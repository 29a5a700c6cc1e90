//! Every word that the page shows, in the reader's language, from the Fluent catalogues in `i18n/`.
//! `build.rs` reads them and makes the names and the texts that are included here.

include!(concat!(env!("OUT_DIR"), "/ids.rs"));

/// A message, the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(usize);

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

    /// The message with this number.
    fn message(self, number: usize) -> &'static str {
        thread_local! {
            static ENGLISH: Messages = Messages::read(include_str!(concat!(env!("OUT_DIR"), "/en.words")));
            static JAPANESE: Messages = Messages::read(include_str!(concat!(env!("OUT_DIR"), "/ja.words")));
        }
        match self {
            Language::English => ENGLISH.with(|messages| messages.0[number]),
            Language::Japanese => JAPANESE.with(|messages| messages.0[number]),
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
    pub const fn new(language: Language) -> Words {
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
        self.write(self.0.message(id.0), variables, &mut text);
        text
    }

    /// Writes what stands there up to the end, or up to what ends the part that it is of, and gives back the rest.
    fn write<'m>(self, mut message: &'m str, variables: Variables<'_>, text: &mut String) -> &'m str {
        let value = |name: &str| variables.iter().find(|(held, _)| *held == name).map(|(_, value)| value);
        while let Some(at) = message.find([VARIABLE, SELECT, VARIANT, END]) {
            text.push_str(&message[..at]);
            let mark = message[at..].chars().next();
            let rest = &message[at + 1..];
            match mark {
                Some(VARIABLE) => {
                    let (name, rest) = rest.split_once(END).unwrap_or((rest, ""));
                    match value(name) {
                        Some(Value::Text(value)) => text.push_str(value),
                        Some(Value::Number(number)) => text.push_str(&number.to_string()),
                        None => text.push_str(name),
                    }
                    message = rest;
                }
                Some(SELECT) => {
                    let (name, rest) = rest.split_once(VARIANT).unwrap_or((rest, ""));
                    message = self.select(value(name), rest, variables, text);
                }
                _ => return &message[at..],
            }
        }
        text.push_str(message);
        ""
    }

    /// Writes the variant that fits a value, or the last, and gives back what follows all of them.
    fn select<'m>(
        self,
        value: Option<&Value>,
        mut variants: &'m str,
        variables: Variables<'_>,
        text: &mut String,
    ) -> &'m str {
        let fits = |key: &str| match value {
            Some(Value::Text(value)) => value == key,
            Some(Value::Number(number)) => self.0.plural(*number) == key || number.to_string() == key,
            None => false,
        };
        let mut found = false;
        loop {
            let (key, message) = variants.split_once(VARIANT).unwrap_or((variants, ""));
            let chosen = !found && (key.is_empty() || fits(key));
            found |= chosen;
            let mut unused = String::new();
            let rest = self.write(message, variables, if chosen { text } else { &mut unused });
            match rest.strip_prefix(VARIANT) {
                Some(next) => variants = next,
                None => return rest.strip_prefix(END).unwrap_or(rest),
            }
        }
    }
}

/// The messages of a catalogue, in the order of their names.
struct Messages(Vec<&'static str>);

impl Messages {
    fn read(catalogue: &'static str) -> Messages {
        Messages(catalogue.split('\0').collect())
    }
}

// How `build.rs` writes a message: text as it is, and between these what is no text.
//
//   VARIABLE name END          SELECT name (VARIANT key VARIANT message)… VARIANT VARIANT message END
const VARIABLE: char = '\u{1}';
const SELECT: char = '\u{2}';
const VARIANT: char = '\u{3}';
const END: char = '\u{4}';

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
    fn what_a_choice_does_not_know_is_its_default() {
        let words = Words::new(Language::English);
        let text =
            format!("{SELECT}count{VARIANT}one{VARIANT}a {VARIABLE}count{END}{VARIANT}{VARIANT}many{END}!");
        let written = |count: Option<u64>| {
            let mut written = String::new();
            let variables: Vec<_> = count.map(|count| ("count", count.into())).into_iter().collect();
            assert_eq!(words.write(&text, &variables, &mut written), "");
            written
        };
        assert_eq!(
            (written(Some(1)).as_str(), written(Some(7)).as_str(), written(None).as_str()),
            ("a 1!", "many!", "many!")
        );
    }

    #[test]
    fn no_message_shows_a_mark_of_the_catalogue() {
        for language in Language::ALL {
            for number in 0..id::COUNT {
                let text = Words::new(language).say(Id(number));
                assert!(!text.is_empty() && text.chars().all(|letter| letter >= ' '), "{text:?}");
            }
        }
    }

    #[test]
    fn a_tag_with_a_region_finds_its_language() {
        assert_eq!(Language::from_tag("ja-JP"), Some(Language::Japanese));
        assert_eq!(Language::from_tag("EN"), Some(Language::English));
        assert_eq!(Language::from_tag("fr"), None);
    }
}

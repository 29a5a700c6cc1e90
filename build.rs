//! Turns the Fluent catalogues in `i18n/` into tables, so that the page needs no parser and a message
//! that does not exist does not compile. Refuses catalogues that differ in their messages or variables.
//! The page fetches the one of its reader: `cargo xtask build` lays both beside the program.

fn main() {
    println!("cargo::rerun-if-changed=i18n");
    #[cfg(feature = "ui")]
    catalogues::write();
}

#[cfg(feature = "ui")]
mod catalogues {
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write;
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::{env, fs};

    /// A message as it is written in a catalogue, and the variables it uses.
    type Messages = BTreeMap<String, (String, BTreeSet<String>)>;

    pub fn write() {
        let english = read("en");
        let japanese = read("ja");
        for (id, (_, variables)) in &english {
            let Some((_, others)) = japanese.get(id) else { panic!("{id} is in English only") };
            assert_eq!(variables, others, "the variables of {id} differ between the languages");
        }
        for id in japanese.keys() {
            assert!(english.contains_key(id), "{id} is in Japanese only");
        }
        let mut code =
            String::from("/// Every message of the catalogues.\npub mod id {\n    use super::Id;\n");
        for (index, id) in english.keys().enumerate() {
            let name = id.replace('-', "_").to_uppercase();
            writeln!(code, "    /// `{id}`\n    pub const {name}: Id = Id({index});").unwrap();
        }
        // What is fetched beside a program must be what was made with it.
        let mut hasher = DefaultHasher::new();
        (&english, &japanese).hash(&mut hasher);
        let version = format!("{:016x}", hasher.finish());
        writeln!(code, "    /// What every catalogue of this program begins with.\n    pub const VERSION: &str = {version:?};").unwrap();
        let count = english.len();
        writeln!(
            code,
            "    /// How many there are.\n    #[cfg(test)]\n    pub const COUNT: usize = {count};\n}}"
        )
        .unwrap();
        let folder = env::var("OUT_DIR").expect("cargo names the folder of what is generated");
        let write = |name: &str, text: &str| {
            fs::write(format!("{folder}/{name}"), text).expect("that folder can be written to");
        };
        write("ids.rs", &code);
        for (name, messages) in [("en", &english), ("ja", &japanese)] {
            let messages: Vec<&str> = messages.values().map(|(message, _)| message.as_str()).collect();
            write(
                &format!("{name}.txt"),
                &format!("{version}{MESSAGE}{}", messages.join(&MESSAGE.to_string())),
            );
        }
    }

    // How a catalogue is written: see `src/i18n.rs`, which reads it. Tables of pieces would be easier to read and
    // would weigh twice as much, since each piece is a pointer and a length.
    const MESSAGE: char = '\0';
    const VARIABLE: char = '\u{1}';
    const SELECT: char = '\u{2}';
    const VARIANT: char = '\u{3}';
    const END: char = '\u{4}';

    fn read(tag: &str) -> Messages {
        let path = format!("i18n/{tag}/pop3lab.ftl");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{path} is not Fluent: {errors:?}"));
        let mut messages = Messages::new();
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            let pattern = message.value.unwrap_or_else(|| panic!("{path}: {} says nothing", message.id.name));
            let code = pieces(&pattern, &mut variables);
            let before = messages.insert(message.id.name.to_owned(), (code, variables));
            assert!(before.is_none(), "{path}: {} is there twice", message.id.name);
        }
        messages
    }

    fn pieces(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> String {
        let piece = |element: &PatternElement<&str>| match element {
            PatternElement::TextElement { value } => text(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => text(value),
                Expression::Inline(inline) => format!("{VARIABLE}{}{END}", variable(inline, variables)),
                Expression::Select { selector, variants } => {
                    let selector = variable(selector, variables);
                    // The default comes last, and has no key: whatever is not one of the others is it.
                    let (others, default): (Vec<_>, Vec<_>) =
                        variants.iter().partition(|variant| !variant.default);
                    let mut code = format!("{SELECT}{selector}");
                    for variant in others {
                        let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) =
                            variant.key;
                        code.push_str(&format!(
                            "{VARIANT}{key}{VARIANT}{}",
                            pieces(&variant.value, variables)
                        ));
                    }
                    let default = default.first().expect("Fluent asks for one");
                    format!("{code}{VARIANT}{VARIANT}{}{END}", pieces(&default.value, variables))
                }
            },
        };
        pattern.elements.iter().map(piece).collect()
    }

    fn text(value: &str) -> String {
        assert!(value.chars().all(|letter| letter > END), "words have no control characters: {value:?}");
        value.to_owned()
    }

    fn variable(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> String {
        let InlineExpression::VariableReference { id } = inline else {
            panic!("only variables and text are read in braces, not {inline:?}");
        };
        variables.insert(id.name.to_owned());
        id.name.to_owned()
    }
}

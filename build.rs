//! Turns the Fluent catalogues in `i18n/` into tables, so that the page needs no parser and a message
//! that does not exist does not compile. Refuses catalogues that differ in their messages or variables.

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
    use std::{env, fs};

    /// A message as Rust writes it, and the variables it uses.
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
        code.push_str("}\n");
        for (name, messages) in [("ENGLISH", &english), ("JAPANESE", &japanese)] {
            writeln!(code, "static {name}: &[&[Piece]] = &[").unwrap();
            messages.values().for_each(|(message, _)| writeln!(code, "    {message},").unwrap());
            code.push_str("];\n");
        }
        let folder = env::var("OUT_DIR").expect("cargo names the folder of what is generated");
        fs::write(format!("{folder}/catalogues.rs"), code).expect("that folder can be written to");
    }

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
        let pieces = pattern.elements.iter().map(|element| match element {
            PatternElement::TextElement { value } => format!("Piece::Text({value:?})"),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    format!("Piece::Text({value:?})")
                }
                Expression::Inline(inline) => format!("Piece::Variable({:?})", variable(inline, variables)),
                Expression::Select { selector, variants } => {
                    let selector = variable(selector, variables);
                    let default =
                        variants.iter().position(|variant| variant.default).expect("Fluent asks for one");
                    let variants =
                        variants.iter().map(|variant| {
                            let (VariantKey::Identifier { name: key }
                            | VariantKey::NumberLiteral { value: key }) = variant.key;
                            format!("({key:?}, {})", pieces(&variant.value, variables))
                        });
                    let variants: Vec<_> = variants.collect();
                    format!("Piece::Select({selector:?}, &[{}], {default})", variants.join(", "))
                }
            },
        });
        let pieces: Vec<_> = pieces.collect();
        format!("&[{}]", pieces.join(", "))
    }

    fn variable(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> String {
        let InlineExpression::VariableReference { id } = inline else {
            panic!("only variables and text are read in braces, not {inline:?}");
        };
        variables.insert(id.name.to_owned());
        id.name.to_owned()
    }
}

//! The file with names and passwords.

use std::path::Path;

/// Reads the names and passwords of `folder`: lines `NAME:PASSWORD`; empty lines and those with `#` in
/// front are passed over.
pub fn users(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let path = folder.join("users");
    let shown = path.display();
    let text = std::fs::read_to_string(&path).map_err(|error| {
        format!("cannot read {shown}: {error}. It must have a line NAME:PASSWORD for each account.")
    })?;
    parse(&text).map_err(|problem| format!("{shown}, {problem}."))
}

fn parse(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut users: Vec<(String, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, password)) = line.split_once(':') else {
            return Err(format!("line {number} is not NAME:PASSWORD"));
        };
        // The name is the name of a file as well.
        let is_file = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
        if !is_file || name == "users" {
            return Err(format!("line {number}: {name:?} cannot be the name of a mailbox"));
        }
        if password.is_empty() {
            return Err(format!("line {number}: {name} has no password"));
        }
        if users.iter().any(|(before, _)| before == name) {
            return Err(format!("line {number}: {name} is there twice"));
        }
        users.push((name.into(), password.into()));
    }
    match users.is_empty() {
        true => Err("which names nobody".into()),
        false => Ok(users),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_password_may_hold_colons_and_blanks() {
        let users = parse("# class of 2026\n\nalice:won:der land \nbob:x\n").unwrap();
        assert_eq!(users[0], ("alice".into(), "won:der land ".into()));
        assert_eq!(users.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, problem) in [
            ("", "nobody"),
            ("a:b\nalice\n", "line 2"),
            ("../etc:x", "cannot be"),
            ("users:x", "cannot be"),
            ("a:x\na:y", "twice"),
            ("a:", "no password"),
        ] {
            let told = parse(text).unwrap_err();
            assert!(told.contains(problem), "{text:?}: {told}");
        }
    }
}

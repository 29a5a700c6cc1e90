//! Folders of mail for tests.

use super::program::scratch;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with accounts `NAME`, whose passwords are `NAME-secret`, and nothing else yet.
pub fn folder<'n>(names: impl IntoIterator<Item = &'n str>) -> PathBuf {
    let root = scratch("mail");
    let users: String = names.into_iter().map(|name| format!("{name}:{}\n", password(name))).collect();
    fs::write(root.join("users"), users).unwrap();
    root
}

pub fn password(name: &str) -> String {
    format!("{name}-secret")
}

/// A message unlike all others, with lines that need stuffing.
pub fn message(number: usize) -> Vec<u8> {
    let lines: String = (0..number % 7).map(|line| format!("{}line {line}\r\n", ".".repeat(line))).collect();
    format!("Subject: number {number}\r\n\r\n{lines}").into_bytes()
}

/// A mailbox with files `1.eml` to `COUNT.eml`.
pub fn eml(root: &Path, name: &str, count: usize) {
    fs::create_dir(root.join(name)).unwrap();
    for number in 1..=count {
        fs::write(root.join(name).join(format!("{number}.eml")), message(number)).unwrap();
    }
}

/// A Maildir, where even messages are old and have flags.
pub fn maildir(root: &Path, name: &str, count: usize) {
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(root.join(name).join(part)).unwrap();
    }
    for number in 1..=count {
        let file = format!("{}.M{number}P1.host", 1_700_000_000 + number);
        let file = if number % 2 == 0 { format!("cur/{file}:2,S") } else { format!("new/{file}") };
        fs::write(root.join(name).join(file), message(number)).unwrap();
    }
}

/// An mbox file.
pub fn mbox(root: &Path, name: &str, count: usize) {
    fs::write(root.join(name), mbox_of(1..=count)).unwrap();
}

/// What an mbox file with these messages holds.
pub fn mbox_of(numbers: impl IntoIterator<Item = usize>) -> Vec<u8> {
    let mut file = Vec::new();
    for number in numbers {
        file.extend(b"From someone@example.org Sat Jan  3 01:05:34 2026\n");
        file.extend(String::from_utf8(message(number)).unwrap().replace("\r\n", "\n").bytes());
        file.push(b'\n');
    }
    file
}

/// The names of the files in a mailbox and below it, in order.
pub fn files(mailbox: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![mailbox.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(mailbox).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

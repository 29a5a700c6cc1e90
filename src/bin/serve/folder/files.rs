//! A mailbox with a file for each message: `.eml` files, or a Maildir.
//!
//! Removing is all or nothing, whenever the machine stops:
//!
//! ```text
//!   each file ──rename──▶ .NAME.removing/ ──rename──▶ .NAME.removed/ ──▶ nothing
//!   stopped here: all go back ─┘                 └─ stopped here: all are gone
//! ```

use pop3lab::mail::Uid;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files of a mailbox, below it, in the order of its messages.
pub fn find(mailbox: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if is_maildir(mailbox) {
        for part in ["new", "cur"] {
            found.extend(files_in(&mailbox.join(part))?.into_iter().map(|name| Path::new(part).join(name)));
        }
    } else {
        found.extend(files_in(mailbox)?.into_iter().filter(|name| {
            let extension = name.extension().unwrap_or_default();
            extension.eq_ignore_ascii_case("eml")
        }));
    }
    found.sort_by_cached_key(|path| order(path));
    Ok(found)
}

/// What UIDL says of a file: in a Maildir its name without flags, which no other file ever has; elsewhere
/// its name and what is in it.
pub fn uid(relative: &Path, stored: &[u8]) -> Uid {
    let name = relative.file_name().unwrap_or_default();
    match relative.parent() {
        Some(part) if part != Path::new("") => super::uid(&[base(name)]),
        _ => super::uid(&[name.as_encoded_bytes(), stored]),
    }
}

/// Removes files, all or none. One that is not what it was when it was read stays.
pub fn remove<'f>(
    root: &Path,
    name: &str,
    doomed: impl Iterator<Item = (&'f Path, &'f Uid)>,
) -> io::Result<()> {
    let removing = root.join(format!(".{name}.removing"));
    if let Err(error) = move_away(&root.join(name), &removing, doomed) {
        mend(root, name)?;
        return Err(error);
    }
    if removing.exists() {
        let removed = root.join(format!(".{name}.removed"));
        fs::rename(&removing, &removed)?;
        sync(root)?;
        fs::remove_dir_all(&removed)?;
    }
    Ok(())
}

fn move_away<'f>(
    mailbox: &Path,
    removing: &Path,
    doomed: impl Iterator<Item = (&'f Path, &'f Uid)>,
) -> io::Result<()> {
    for (relative, uid_read) in doomed {
        let Some(relative) = current(mailbox, relative)? else { continue };
        let from = mailbox.join(&relative);
        if uid(&relative, &fs::read(&from)?) == *uid_read {
            let to = removing.join(&relative);
            fs::create_dir_all(to.parent().unwrap_or(removing))?;
            fs::rename(&from, &to)?;
        }
    }
    Ok(())
}

/// Puts back what was about to be removed, and finishes what was decided.
pub fn mend(root: &Path, name: &str) -> io::Result<()> {
    let (removing, removed) = (root.join(format!(".{name}.removing")), root.join(format!(".{name}.removed")));
    if removed.exists() {
        fs::remove_dir_all(&removed)?;
    }
    if !removing.exists() {
        return Ok(());
    }
    let mailbox = root.join(name);
    for part in ["", "new", "cur"] {
        let folder = removing.join(part);
        if folder.is_dir() {
            for file in files_in(&folder)? {
                fs::rename(folder.join(&file), mailbox.join(part).join(&file))?;
            }
        }
    }
    fs::remove_dir_all(&removing)
}

/// Where a file is now: a mail program may have moved it within its Maildir, or given it flags.
fn current(mailbox: &Path, relative: &Path) -> io::Result<Option<PathBuf>> {
    if mailbox.join(relative).exists() {
        return Ok(Some(relative.into()));
    }
    let name = base(relative.file_name().unwrap_or_default());
    let is_it = |path: &PathBuf| base(path.file_name().unwrap_or_default()) == name;
    Ok(if is_maildir(mailbox) { find(mailbox)?.into_iter().find(is_it) } else { None })
}

/// Names of plain files that are not hidden.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !hidden && entry.path().is_file() {
            names.push(entry.file_name().into());
        }
    }
    Ok(names)
}

fn is_maildir(mailbox: &Path) -> bool {
    mailbox.join("new").is_dir() && mailbox.join("cur").is_dir()
}

/// A name in a Maildir without its flags.
fn base(name: &OsStr) -> &[u8] {
    name.as_encoded_bytes().split(|octet| *octet == b':').next().unwrap_or_default()
}

/// By the number that the name begins with, which in a Maildir is the time of delivery, then by the name.
fn order(path: &Path) -> (u64, Vec<u8>) {
    let name = base(path.file_name().unwrap_or_default());
    let digits = name.iter().take_while(|octet| octet.is_ascii_digit());
    let number = digits.fold(None, |number: Option<u64>, digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    });
    (number.unwrap_or(u64::MAX), name.to_vec())
}

/// Has the folder itself written down.
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

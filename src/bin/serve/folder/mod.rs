//! Mail in files: a folder with a mailbox for each account, and their passwords.
//!
//! ```text
//!   FOLDER/users          alice:wonderland
//!   FOLDER/alice          a folder of .eml files, a Maildir (it has `new` and `cur`), or an mbox file
//! ```
//!
//! A mailbox is read when somebody logs in, and forgotten when the session ends. Nothing is written unless
//! that was asked for.

mod files;
mod mbox;
mod users;

pub use users::users;

use pop3lab::mail::{Message, Uid};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most octets of a mailbox: all of it is in memory while a session has it open.
const MOST: u64 = 256 * 1024 * 1024;

/// One account's mailbox.
#[derive(Debug)]
pub struct Folder {
    /// The folder of all mailboxes.
    root: PathBuf,
    name: String,
    /// Whether anything may be removed.
    write: bool,
}

/// A mailbox as it was read.
pub struct Read {
    /// The messages, the oldest first.
    pub messages: Vec<(Uid, Message)>,
    place: Place,
}

/// Where messages stand, in their order.
enum Place {
    /// In files, by their paths below the mailbox.
    Files(Vec<PathBuf>),
    /// In one file.
    Mbox(mbox::Pieces),
    /// Nowhere: there is no mailbox yet, which is as good as an empty one.
    None,
}

impl Folder {
    /// The mailbox of an account in `root`.
    pub fn new(root: &Path, name: &str, write: bool) -> Folder {
        Folder { root: root.into(), name: name.into(), write }
    }

    /// Reads all messages, once what an earlier program left half done is finished or undone.
    pub fn read(&self) -> io::Result<Read> {
        if self.write {
            files::mend(&self.root, &self.name)?;
        }
        let path = self.root.join(&self.name);
        let kind = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Read { messages: vec![], place: Place::None });
            }
            found => found?,
        };
        if kind.is_dir() {
            let found = files::find(&path)?;
            let mut messages = Vec::new();
            let mut octets = 0;
            for relative in &found {
                let stored = read_file(&path.join(relative), &mut octets)?;
                messages.push((files::uid(relative, &stored), Message::new(&stored)));
            }
            return Ok(Read { messages, place: Place::Files(found) });
        }
        let stored = read_file(&path, &mut 0)?;
        let (pieces, messages) = mbox::Pieces::read(&stored)?;
        Ok(Read { messages, place: Place::Mbox(pieces) })
    }

    /// Removes these messages of a mailbox as it was read: all of them or, with an error, none. What has
    /// arrived since stays, and so does what is no longer the same.
    pub fn remove(&self, read: &Read, uids: &[Uid]) -> io::Result<()> {
        if uids.is_empty() {
            return Ok(());
        }
        if !self.write {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        let doomed = |index: &usize| uids.contains(&read.messages[*index].0);
        let doomed: Vec<usize> = (0..read.messages.len()).filter(doomed).collect();
        match &read.place {
            Place::None => Ok(()),
            Place::Mbox(pieces) => pieces.remove(&self.root, &self.name, &doomed),
            Place::Files(files) => {
                let doomed = doomed.iter().map(|index| (files[*index].as_path(), &read.messages[*index].0));
                files::remove(&self.root, &self.name, doomed)
            }
        }
    }
}

/// A file, unless it is too much together with what was read before.
fn read_file(path: &Path, octets: &mut u64) -> io::Result<Vec<u8>> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    *octets += fs::metadata(path).map_err(named)?.len();
    if *octets > MOST {
        return Err(io::Error::other("the mailbox is larger than 256 MiB"));
    }
    fs::read(path).map_err(named)
}

/// A unique-id that follows from these octets.
fn uid(parts: &[&[u8]]) -> Uid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let text: String = hash.finalize()[..16].iter().map(|octet| format!("{octet:02x}")).collect();
    Uid::new(&text).expect("32 hexadecimal digits are a unique-id")
}

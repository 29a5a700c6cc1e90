//! A mailbox in one file. What is to stay is written beside it and takes its place in one step.

use pop3lab::mail::mbox::split;
use pop3lab::mail::{Message, Uid};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::ops::Range;
use std::path::Path;
use std::{fs, io};

/// Where the messages stood when the file was read.
pub struct Pieces {
    pieces: Vec<Range<usize>>,
    length: usize,
    hash: [u8; 32],
}

impl Pieces {
    /// Finds the messages of a file. The unique-id of one follows from its octets, and from how many equal
    /// ones stand before it.
    pub fn read(stored: &[u8]) -> io::Result<(Pieces, Vec<(Uid, Message)>)> {
        let found = split(stored);
        let found = found.map_err(|_| io::Error::other("an mbox file must begin with a line `From `"))?;
        let mut before: HashMap<&[u8], u64> = HashMap::new();
        let mut messages = Vec::new();
        for piece in &found {
            let nth = before.entry(&piece.octets).or_default();
            messages.push((super::uid(&[&piece.octets, &nth.to_be_bytes()]), Message::new(&piece.octets)));
            *nth += 1;
        }
        let pieces = found.into_iter().map(|piece| piece.whole).collect();
        Ok((Pieces { pieces, length: stored.len(), hash: Sha256::digest(stored).into() }, messages))
    }

    /// Writes the file without these messages. What was appended since stays; if anything else has changed,
    /// nothing is done.
    pub fn remove(&self, root: &Path, name: &str, doomed: &[usize]) -> io::Result<()> {
        let path = root.join(name);
        let mut file = fs::File::open(&path)?;
        file.lock()?;
        let mut stored = Vec::new();
        file.read_to_end(&mut stored)?;
        let known = stored.get(..self.length).unwrap_or_default();
        if <[u8; 32]>::from(Sha256::digest(known)) != self.hash {
            return Err(io::Error::other("another program has changed the mailbox"));
        }
        let kept = (0..self.pieces.len()).filter(|index| !doomed.contains(index));
        let kept = kept.map(|index| &stored[self.pieces[index].clone()]);
        let beside = root.join(format!(".{name}.new"));
        let written = write(&beside, kept.chain([&stored[self.length..]]), file.metadata()?.permissions())
            .and_then(|()| fs::rename(&beside, &path));
        if let Err(error) = written {
            // On a full disk it is in the way. That it cannot be removed is the smaller trouble.
            _ = fs::remove_file(&beside);
            return Err(error);
        }
        fs::File::open(root)?.sync_all()
    }
}

/// Writes a file that is on the disk when this is over.
fn write<'p>(
    path: &Path,
    parts: impl Iterator<Item = &'p [u8]>,
    permissions: fs::Permissions,
) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.set_permissions(permissions)?;
    file.sync_all()
}

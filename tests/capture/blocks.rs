//! A reader of pcapng, written from the draft and not from the writer: it takes one section with one
//! interface, and complains of everything that is not as the draft says.

/// What stands in a file.
#[derive(Debug, Default)]
pub struct File {
    /// The types of its blocks, in order.
    pub kinds: Vec<u32>,
    /// Names of hosts.
    pub names: Vec<([u8; 4], String)>,
    /// Lines of an NSS key log.
    pub keys: Option<String>,
    pub packets: Vec<Packet>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Microseconds since 1970.
    pub micros: u64,
    pub octets: Vec<u8>,
    pub comment: Option<String>,
}

type Result<T> = std::result::Result<T, String>;

/// Reads a whole file.
pub fn read(octets: &[u8]) -> Result<File> {
    let mut file = File::default();
    let mut rest = Cursor(octets);
    while !rest.0.is_empty() {
        let whole = rest.0;
        let kind = rest.u32()?;
        let length = rest.u32()? as usize;
        if !length.is_multiple_of(4) || length < 12 {
            return Err(format!("a block of {length} octets"));
        }
        let body = rest.take(length - 12)?;
        if rest.u32()? as usize != length {
            return Err(format!("the lengths of a block differ: {:02x?}", &whole[..length]));
        }
        if file.kinds.is_empty() != (kind == 0x0a0d_0d0a) {
            return Err(format!("block {} is of type {kind:#x}", file.kinds.len()));
        }
        file.kinds.push(kind);
        file.read_block(kind, Cursor(body))?;
    }
    Ok(file)
}

impl File {
    fn read_block(&mut self, kind: u32, mut body: Cursor) -> Result<()> {
        match kind {
            0x0a0d_0d0a => {
                body.expect(&[0x4d, 0x3c, 0x2b, 0x1a])?;
                body.expect(&[1, 0, 0, 0])?;
                body.expect(&[0xff; 8])?;
                body.options()?;
            }
            1 => {
                // Raw IP, nothing in the reserved octets, packets of any length.
                body.expect(&[101, 0, 0, 0, 0, 0, 0, 0])?;
                let options = body.options()?;
                if !options.contains(&(9, vec![6])) {
                    return Err(format!("time is not told in microseconds: {options:?}"));
                }
            }
            4 => loop {
                let (kind, length) = (body.u16()?, body.u16()?.into());
                let value = body.padded(length)?;
                match (kind, value) {
                    (0, []) => break body.end()?,
                    (1, [a, b, c, d, name @ .., 0]) => {
                        self.names.push(([*a, *b, *c, *d], text(name)?));
                    }
                    other => return Err(format!("a name is {other:?}")),
                }
            },
            6 => {
                if self.kinds.iter().filter(|kind| **kind == 1).count() != 1 {
                    return Err("a packet without its interface".into());
                }
                body.expect(&[0, 0, 0, 0])?;
                let micros = u64::from(body.u32()?) << 32 | u64::from(body.u32()?);
                let (length, original) = (body.u32()?, body.u32()?);
                if length != original {
                    return Err(format!("{length} octets of {original}"));
                }
                let octets = body.padded(length as usize)?.to_vec();
                let comment = body.options()?.into_iter().find(|(code, _)| *code == 1);
                let comment = comment.map(|(_, value)| text(&value)).transpose()?;
                self.packets.push(Packet { micros, octets, comment });
            }
            0x0a => {
                if self.kinds.contains(&6) {
                    return Err("secrets behind a packet".into());
                }
                body.expect(b"KSLT")?;
                let length = body.u32()? as usize;
                self.keys = Some(text(body.padded(length)?)?);
                body.end()?;
            }
            other => return Err(format!("a block of type {other:#x}")),
        }
        Ok(())
    }
}

fn text(octets: &[u8]) -> Result<String> {
    String::from_utf8(octets.to_vec()).map_err(|error| error.to_string())
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("it ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn u16(&mut self) -> Result<u16> {
        self.take(2).map(|octets| u16::from_le_bytes([octets[0], octets[1]]))
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    /// So many octets, and the zeros that fill them up.
    fn padded(&mut self, length: usize) -> Result<&'a [u8]> {
        let value = self.take(length)?;
        self.expect(&[0, 0, 0][..length.wrapping_neg() % 4])?;
        Ok(value)
    }

    fn expect(&mut self, octets: &[u8]) -> Result<()> {
        let found = self.take(octets.len())?;
        if found == octets { Ok(()) } else { Err(format!("{found:02x?} instead of {octets:02x?}")) }
    }

    /// Codes and values up to the end of options; there may be none at all.
    fn options(&mut self) -> Result<Vec<(u16, Vec<u8>)>> {
        let mut options = Vec::new();
        while !self.0.is_empty() {
            let (code, length) = (self.u16()?, self.u16()?);
            if code == 0 {
                self.end()?;
                return if length == 0 { Ok(options) } else { Err("options end with a length".into()) };
            }
            options.push((code, self.padded(length.into())?.to_vec()));
        }
        if options.is_empty() { Ok(options) } else { Err("options without an end".into()) }
    }

    fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(format!("{:02x?} is too much", self.0)) }
    }
}

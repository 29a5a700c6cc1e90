//! What lies between a session and its socket: nothing, or TLS.
//!
//! ```text
//!   session ── write ──▶ [ TLS ] ──▶ socket
//!   session ◀── Heard ── [ TLS ] ◀── socket
//! ```

use crate::server::PATIENCE;
use pop3lab::tls::{Agreed, Endpoint, Failure, Output};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many octets are read from the socket at one go: a record of TLS and more.
const READ: usize = 20 * 1024;

/// How long a client may take to close after the server has.
const FAREWELL: Duration = Duration::from_secs(1);

/// One connection.
pub struct Wire {
    stream: TcpStream,
    tls: Option<Box<Endpoint>>,
    /// How long a read waits.
    patience: Duration,
    /// How long a client may take nothing before it is given up.
    limit: Duration,
    buffer: Box<[u8; READ]>,
    /// Octets that wait to be written with the next ones.
    outbox: Vec<u8>,
}

/// What a session hears.
pub enum Heard {
    /// Octets for it.
    Octets(Vec<u8>),
    /// TLS is up.
    Established(Agreed),
    /// The client says no more.
    Ended,
    /// TLS did not come about, or broke.
    Failed(Failure),
}

impl Wire {
    /// A connection in the clear.
    pub fn new(stream: TcpStream, limit: Duration) -> io::Result<Wire> {
        // An answer is one write already, so there is nothing to wait for.
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Wire {
            stream,
            tls: None,
            patience: Duration::ZERO,
            limit,
            buffer: Box::new([0; READ]),
            outbox: Vec::new(),
        })
    }

    /// TLS begins with the next octet, in both directions.
    pub fn start_tls(&mut self, endpoint: Endpoint) {
        self.tls = Some(Box::new(endpoint));
    }

    /// Waits so long for octets, and reads them.
    pub fn listen(&mut self, patience: Duration) -> io::Result<Vec<Heard>> {
        // A time-out of zero would mean none at all.
        let patience = patience.clamp(Duration::from_millis(1), PATIENCE);
        if patience != self.patience {
            self.stream.set_read_timeout(Some(patience))?;
            self.patience = patience;
        }
        let count = match self.stream.read(&mut self.buffer[..]) {
            Ok(count) => count,
            Err(error) if is_late(&error) => return Ok(vec![]),
            Err(error) => return Err(error),
        };
        let octets = &self.buffer[..count];
        match &mut self.tls {
            None if count == 0 => Ok(vec![Heard::Ended]),
            None => Ok(vec![Heard::Octets(octets.to_vec())]),
            Some(tls) => {
                if count == 0 {
                    tls.disconnected();
                } else {
                    tls.receive(date(), octets);
                }
                let mut heard = self.turn()?;
                if count == 0 {
                    heard.push(Heard::Ended);
                }
                Ok(heard)
            }
        }
    }

    /// Sends what the session says; what comes of it is a failure of TLS at worst. A client that takes
    /// nothing for too long is given up.
    pub fn write(&mut self, octets: &[u8]) -> io::Result<Vec<Heard>> {
        match &mut self.tls {
            None => self.send(octets).map(|()| vec![]),
            Some(tls) => {
                tls.write(date(), octets);
                self.turn()
            }
        }
    }

    /// Closes in order. To close a socket with unread octets resets it, and a reset may overtake the last
    /// answer; so what the client still says is read for a while and dropped.
    pub fn close(&mut self) -> io::Result<()> {
        if let Some(tls) = &mut self.tls {
            tls.close(date());
            self.turn()?;
        }
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_read_timeout(Some(PATIENCE))?;
        let until = Instant::now() + FAREWELL;
        while Instant::now() < until {
            match self.stream.read(&mut self.buffer[..]) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if is_late(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Does what the end of TLS wants done, and tells what the session must know.
    fn turn(&mut self) -> io::Result<Vec<Heard>> {
        let mut heard = Vec::new();
        while let Some(output) = self.tls.as_mut().and_then(|tls| tls.poll()) {
            match output {
                Output::Transmit(record) => self.outbox.extend_from_slice(&record.octets),
                Output::Plain(octets) => heard.push(Heard::Octets(octets)),
                Output::Established(agreed) => heard.push(Heard::Established(agreed)),
                Output::Ended => heard.push(Heard::Ended),
                Output::Failed(failure) => heard.push(Heard::Failed(failure)),
                Output::Read(_) | Output::Moved { .. } | Output::Key(_) => {}
            }
        }
        let mut octets = std::mem::take(&mut self.outbox);
        self.send(&octets)?;
        octets.clear();
        self.outbox = octets;
        Ok(heard)
    }

    fn send(&mut self, mut octets: &[u8]) -> io::Result<()> {
        let mut taken = Instant::now();
        while !octets.is_empty() {
            match self.stream.write(octets) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => {
                    octets = &octets[count..];
                    taken = Instant::now();
                }
                Err(error) if is_late(&error) && taken.elapsed() < self.limit => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The date for certificates, in seconds since 1970.
pub fn date() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether a read or a write just took longer than the socket's time-out, or was interrupted.
pub fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

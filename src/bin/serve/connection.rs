//! One mail client's connection: a [`Session`] and the socket it speaks through.
//!
//! ```text
//!   ┌─▶ poll until nothing is left, each answer taken by the socket before the next is asked for
//!   └── receive what the socket has, or hear that it ended, or that it is late
//! ```
//!
//! No rule of POP3 is here. Whoever reads slowly is answered slowly, and holds up nobody else.

use crate::server::{self, PATIENCE, Server};
use pop3lab::pop3::{Output, Session};
use pop3lab::time::Instant;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// How many octets are read from the socket at one go.
const READ: usize = 4096;

/// How long a client may take to close after the server has.
const FAREWELL: Duration = Duration::from_secs(1);

/// Speaks POP3 until the connection is over.
pub fn attend(server: &Server, stream: TcpStream) {
    let session = Session::new(Arc::clone(&server.config), server::entropy(), server.clock.now());
    let mut connection = Connection { server, stream, session, number: server.next_session() };
    // What went wrong with the socket is of no interest: the connection is over either way.
    _ = connection.converse();
    connection.session.disconnected(&mut *server.post());
    while let Some(output) = connection.poll() {
        connection.note(&output);
    }
}

/// Tells a client that there is no place for it.
pub fn turn_away(mut stream: TcpStream) {
    _ = stream.write_all(b"-ERR [SYS/TEMP] too many connections, come back later\r\n");
}

struct Connection<'s> {
    server: &'s Server,
    stream: TcpStream,
    session: Session,
    number: u64,
}

impl Connection<'_> {
    fn converse(&mut self) -> io::Result<()> {
        // An answer is one write already, so there is nothing to wait for.
        self.stream.set_nodelay(true)?;
        self.stream.set_write_timeout(Some(PATIENCE))?;
        let mut buffer = [0; READ];
        let mut unread = 0..0;
        let mut ended = false;
        loop {
            while let Some(output) = self.poll() {
                match output {
                    Output::Transmit(octets) => self.send(&octets)?,
                    Output::Close => return self.close(),
                    other => self.note(&other),
                }
            }
            if !unread.is_empty() {
                unread.start += self.session.receive(&buffer[unread.clone()]);
                continue;
            }
            if ended {
                return Ok(());
            }
            match self.listen(&mut buffer)? {
                Heard::Octets(count) => unread = 0..count,
                Heard::End => {
                    ended = true;
                    self.session.input_ended();
                }
                Heard::Nothing => {}
            }
            self.session.handle_timeout(&mut *self.server.post(), self.server.clock.now());
        }
    }

    /// Asks the session for its next output, with the post office in hand for that long only.
    fn poll(&mut self) -> Option<Output> {
        self.session.poll(&mut *self.server.post(), self.server.clock.now())
    }

    fn note(&self, output: &Output) {
        if let Output::Log(line) = output {
            self.server.log.session(self.number, line);
        }
    }

    /// Waits for octets, though never past the session's time-out.
    fn listen(&self, buffer: &mut [u8]) -> io::Result<Heard> {
        let left = self.session.timeout().map_or(PATIENCE, |at| left(self.server.clock.now(), at));
        // A time-out of zero would mean none at all.
        self.stream.set_read_timeout(Some(left.clamp(Duration::from_millis(1), PATIENCE)))?;
        match (&self.stream).read(buffer) {
            Ok(0) => Ok(Heard::End),
            Ok(count) => Ok(Heard::Octets(count)),
            Err(error) if is_late(&error) => Ok(Heard::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Writes everything. A client that takes nothing for as long as the idle limit is given up.
    fn send(&mut self, mut octets: &[u8]) -> io::Result<()> {
        let mut limit = self.server.clock.now() + self.server.config.idle_limit;
        while !octets.is_empty() {
            match self.stream.write(octets) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => {
                    octets = &octets[count..];
                    limit = self.server.clock.now() + self.server.config.idle_limit;
                }
                Err(error) if is_late(&error) && self.server.clock.now() < limit => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Closes in order. To close a socket with unread octets resets it, and a reset may overtake the
    /// last answer; so what the client still says is read for a while and dropped.
    fn close(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_read_timeout(Some(PATIENCE))?;
        let until = std::time::Instant::now() + FAREWELL;
        while std::time::Instant::now() < until {
            match self.stream.read(&mut [0; READ]) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if is_late(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// What came from the socket.
enum Heard {
    Octets(usize),
    /// The client has closed its side.
    End,
    /// Neither, for now.
    Nothing,
}

fn left(now: Instant, at: Instant) -> Duration {
    if now < at { at - now } else { Duration::ZERO }
}

/// Whether a read or a write just took longer than the socket's time-out, or was interrupted.
fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

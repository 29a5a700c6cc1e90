//! A mail client that does what a test tells it, right or wrong.

use super::program::Program;
use pop3lab::pki;
use pop3lab::tls::{Chance, ClientTls, Endpoint, Output};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub struct Client {
    stream: TcpStream,
    tls: Option<Box<Endpoint>>,
    heard: Vec<u8>,
    /// What its TLS exports.
    pub exporter: Option<[u8; 32]>,
    /// Its own certificate with what leads to an authority, and its key.
    certificate: Option<(Vec<Vec<u8>>, Vec<u8>)>,
}

impl Client {
    /// Connects in the clear, and hears the greeting.
    pub fn plain(program: &Program) -> io::Result<Client> {
        let mut client = Client::silent(program.plain)?;
        client.line()?;
        Ok(client)
    }

    /// Connects inside TLS, and hears the greeting.
    pub fn tls(program: &Program) -> io::Result<Client> {
        let mut client = Client::silent(program.tls)?;
        client.start_tls(program)?;
        client.line()?;
        Ok(client)
    }

    /// The same, with a certificate that it shows if it is asked for one.
    pub fn with_certificate(program: &Program, own: &pki::Pki) -> io::Result<Client> {
        let mut client = Client::silent(program.tls)?;
        client.certificate = Some((own.chain.clone(), own.key.to_vec()));
        client.start_tls(program)?;
        client.line()?;
        Ok(client)
    }

    /// Connects in the clear, and upgrades by STLS.
    pub fn stls(program: &Program) -> io::Result<Client> {
        let mut client = Client::plain(program)?;
        client.asks("STLS")?;
        client.start_tls(program)?;
        Ok(client)
    }

    /// Connects, and says and hears nothing yet.
    pub fn silent(port: u16) -> io::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_write_timeout(Some(Duration::from_secs(20)))?;
        Ok(Client { stream, tls: None, heard: vec![], exporter: None, certificate: None })
    }

    fn start_tls(&mut self, program: &Program) -> io::Result<()> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let (chain, key) = self.certificate.clone().unwrap_or_default();
        let policy = ClientTls { roots: vec![program.root.clone()], chain, key, ..ClientTls::default() };
        let chance = Chance::seeded(NEXT.fetch_add(1, Ordering::Relaxed), 1);
        let endpoint = Endpoint::client(&policy, "localhost", chance, date());
        self.tls = Some(Box::new(endpoint.map_err(|failure| io::Error::other(failure.to_string()))?));
        self.turn()?;
        while !self.tls.as_ref().is_some_and(|tls| tls.is_established()) {
            self.hear()?;
        }
        Ok(())
    }

    /// USER and PASS.
    pub fn logs_in(&mut self, name: &str, password: &str) -> io::Result<String> {
        self.asks(&format!("USER {name}"))?;
        self.asks(&format!("PASS {password}"))
    }

    /// Says a line, and hears the first line of the answer.
    pub fn asks(&mut self, line: &str) -> io::Result<String> {
        self.says(format!("{line}\r\n").as_bytes())?;
        self.line()
    }

    /// Says a line, and hears all lines of the answer: without its first, without stuffing, without the last dot.
    pub fn fetches(&mut self, line: &str) -> io::Result<Vec<u8>> {
        let first = self.asks(line)?;
        if !first.starts_with("+OK") {
            return Err(io::Error::other(first));
        }
        let mut body = Vec::new();
        loop {
            let line = self.octets()?;
            match line.strip_prefix(b".") {
                Some(b"\r\n") => return Ok(body),
                Some(stuffed) => body.extend_from_slice(stuffed),
                None => body.extend(line),
            }
        }
    }

    /// Says these octets.
    pub fn says(&mut self, octets: &[u8]) -> io::Result<()> {
        match &mut self.tls {
            None => self.stream.write_all(octets),
            Some(tls) => {
                tls.write(date(), octets);
                self.turn()
            }
        }
    }

    /// Says these octets below TLS.
    pub fn says_below(&mut self, octets: &[u8]) -> io::Result<()> {
        self.stream.write_all(octets)
    }

    /// Says no more, and still listens.
    pub fn says_no_more(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)
    }

    /// Whatever there is to hear until the server closes.
    pub fn hears_out(&mut self) -> io::Result<usize> {
        while self.hear()? {}
        Ok(self.heard.len())
    }

    /// A line without its end.
    pub fn line(&mut self) -> io::Result<String> {
        let line = self.octets()?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn octets(&mut self) -> io::Result<Vec<u8>> {
        let mut looked = 0;
        loop {
            if let Some(end) = self.heard[looked..].iter().position(|octet| *octet == b'\n') {
                return Ok(self.heard.drain(..=looked + end).collect());
            }
            looked = self.heard.len();
            if !self.hear()? {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Waits for octets; false once the server has closed.
    fn hear(&mut self) -> io::Result<bool> {
        let mut buffer = [0; 16 * 1024];
        let count = self.stream.read(&mut buffer)?;
        match &mut self.tls {
            None => self.heard.extend(&buffer[..count]),
            Some(tls) if count > 0 => {
                tls.receive(date(), &buffer[..count]);
                self.turn()?;
            }
            Some(_) => {}
        }
        Ok(count > 0)
    }

    fn turn(&mut self) -> io::Result<()> {
        while let Some(output) = self.tls.as_mut().and_then(|tls| tls.poll()) {
            match output {
                Output::Transmit(record) => self.stream.write_all(&record.octets)?,
                Output::Plain(octets) => self.heard.extend(octets),
                Output::Established(agreed) => self.exporter = agreed.exporter,
                Output::Failed(failure) => return Err(io::Error::other(failure.to_string())),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Seconds since 1970.
pub fn date() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

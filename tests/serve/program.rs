//! A running `serve`, on ports that were free.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

pub struct Program {
    process: Mutex<Child>,
    number: u32,
    /// Its port in the clear.
    pub plain: u16,
    /// Its port inside TLS.
    pub tls: u16,
    /// What a client must trust, in DER.
    pub root: Vec<u8>,
    control: Mutex<BufReader<TcpStream>>,
    scratch: PathBuf,
}

impl Program {
    /// Starts it with these flags, besides those that say where to listen.
    pub fn start(flags: &[&str]) -> Program {
        let scratch = scratch("program");
        let authority = scratch.join("authority.pem");
        let doors = ["--plain", "--tls", "--control"].into_iter().flat_map(|flag| [flag, "127.0.0.1:0"]);
        let mut process = Command::new(env!("CARGO_BIN_EXE_serve"))
            .args(doors)
            .args(["--ca-out", text(&authority)])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(File::create(scratch.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut port = || -> u16 {
            let line = told.next().and_then(Result::ok);
            let line = line.unwrap_or_else(|| panic!("{}", fs::read_to_string(scratch.join("log")).unwrap()));
            let digits = line.rsplit(':').next().unwrap().split(' ').next().unwrap();
            digits.parse().unwrap_or_else(|_| panic!("{line}"))
        };
        let (plain, tls, control) = (port(), port(), port());
        let control = TcpStream::connect(("127.0.0.1", control)).unwrap();
        Program {
            number: process.id(),
            process: Mutex::new(process),
            plain,
            tls,
            root: certificate(&authority),
            control: Mutex::new(BufReader::new(control)),
            scratch,
        }
    }

    /// The sentence with which it refuses to start.
    pub fn refuses(flags: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_serve")).args(flags).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("serve: ") && said.ends_with(".\n") && said.lines().count() == 1, "{said}");
        said
    }

    /// Says one line on the control port; what it answers.
    pub fn control(&self, line: &str) -> String {
        let mut control = self.control.lock().unwrap();
        control.get_mut().write_all(format!("{line}\n").as_bytes()).unwrap();
        let mut answer = String::new();
        control.read_line(&mut answer).unwrap();
        answer.trim_end().into()
    }

    /// What it has written on standard error.
    pub fn log(&self) -> String {
        fs::read_to_string(self.scratch.join("log")).unwrap()
    }

    /// Asks it to end, as a system does, and waits until it has; how long that took.
    pub fn stops(&self) -> Duration {
        let asked = Instant::now();
        self.signal("-TERM");
        let status = self.process.lock().unwrap().wait().unwrap();
        assert_eq!(status.code(), Some(0), "{}", self.log());
        asked.elapsed()
    }

    /// Asks it twice to end, as somebody in a hurry does; the status it ends with.
    pub fn stops_at_once(&self) -> Option<i32> {
        self.signal("-INT");
        // Two signals of a kind that wait together are one.
        while !self.log().contains("stopping") {
            thread::sleep(Duration::from_millis(5));
        }
        self.signal("-INT");
        self.process.lock().unwrap().wait().unwrap().code()
    }

    /// Ends it as a power cut does.
    pub fn is_killed(&self) {
        self.signal("-KILL");
        self.process.lock().unwrap().wait().unwrap();
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.number.to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// How many octets of memory it holds (Linux only).
    pub fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.number)).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        1024 * line.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        _ = process.kill();
        _ = process.wait();
        _ = fs::remove_dir_all(&self.scratch);
    }
}

/// A new empty folder.
pub fn scratch(name: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = path.join(format!("serve-{name}-{}-{number}", std::process::id()));
    fs::create_dir_all(&path).unwrap();
    path
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file with these octets in PEM under this label.
pub fn pem(root: &Path, name: &str, label: &str, octets: &[u8]) -> PathBuf {
    let path = root.join(name);
    let code = STANDARD.encode(octets);
    fs::write(&path, format!("-----BEGIN {label}-----\n{code}\n-----END {label}-----\n")).unwrap();
    path
}

/// The certificate in a PEM file, in DER.
fn certificate(path: &Path) -> Vec<u8> {
    let pem = fs::read_to_string(path).unwrap();
    let code: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(code).unwrap()
}

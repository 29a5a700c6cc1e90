//! A static file server for one folder, strict as the host we hope for: it sends the page's policy.
//!
//! It knows GET and HEAD, keeps connections open, and hands out `.br` and `.gz` twins.

use std::fs;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Nothing but the page's own origin, no inline script, and WebAssembly.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("eml", "message/rfc822"),
    ("txt", "text/plain; charset=utf-8"),
];

/// A folder, and the path under which the world sees it: `/`, or `/some/sub/path/`.
pub struct Site {
    pub folder: PathBuf,
    pub under: String,
}

struct Answer {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
}

impl Site {
    /// Answers for ever, each connection in a thread of its own.
    pub fn serve(self, listener: TcpListener) {
        let site = Arc::new(self);
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(&site);
            std::thread::spawn(move || site.converse(stream));
        }
    }

    fn converse(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let read = reader.by_ref().take(16_384).read_until(b'\n', &mut head)?;
                if read == 0 || head.len() > 65_536 {
                    return Ok(());
                }
            }
            let head = String::from_utf8_lossy(&head);
            let mut words = head.split_whitespace();
            let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            let answer = match method {
                "GET" | "HEAD" => self.answer(target, &accepted(&head)),
                _ => Answer::plain("405 Method Not Allowed"),
            };
            let mut out = format!(
                "HTTP/1.1 {}\r\n{}Content-Length: {}\r\n\r\n",
                answer.status,
                answer.headers,
                answer.body.len()
            )
            .into_bytes();
            if method != "HEAD" {
                out.extend(answer.body);
            }
            stream.write_all(&out)?;
        }
    }

    fn answer(&self, target: &str, accepted: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or("");
        if self.under.strip_suffix('/') == Some(path) && !path.is_empty() {
            let mut moved = Answer::plain("308 Permanent Redirect");
            moved.headers += &format!("Location: {}\r\n", self.under);
            return moved;
        }
        let Some(inner) = path.strip_prefix(&self.under) else {
            return Answer::plain("404 Not Found");
        };
        // No part may lead out of the folder, hide, or start the path anew as `//` would.
        let strange = |part: &str| part.starts_with('.') || part.contains(['\\', '%', '\0']);
        if inner.split('/').any(strange) || inner.starts_with('/') || inner.contains("//") {
            return Answer::plain("404 Not Found");
        }
        let mut file = self.folder.join(inner);
        if inner.is_empty() || inner.ends_with('/') {
            file.push("index.html");
        }
        self.file(&file, accepted).unwrap_or_else(|_| Answer::plain("404 Not Found"))
    }

    fn file(&self, file: &Path, accepted: &str) -> Result<Answer> {
        let extension = file.extension().and_then(|it| it.to_str()).unwrap_or("");
        let known = TYPES.iter().find(|(known, _)| *known == extension);
        let media_type = known.map_or("application/octet-stream", |(_, name)| name);
        let twin = [("br", "br"), ("gzip", "gz")]
            .into_iter()
            .filter(|(coding, _)| accepts(accepted, coding))
            .find_map(|(coding, ending)| {
                let body = fs::read(file.with_added_extension(ending)).ok()?;
                Some((format!("Content-Encoding: {coding}\r\n"), body))
            });
        let (coding, body) = match twin {
            Some(twin) => twin,
            None => (String::new(), fs::read(file)?),
        };
        let name = file.file_name().and_then(|it| it.to_str()).unwrap_or("");
        let keep = match is_hashed(name) {
            true => "max-age=31536000, immutable",
            false => "no-cache",
        };
        Ok(Answer {
            status: "200 OK",
            headers: format!(
                "Content-Type: {media_type}\r\n{coding}Cache-Control: {keep}\r\n\
                 Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n\
                 Content-Security-Policy: {POLICY}\r\n"
            ),
            body,
        })
    }
}

impl Answer {
    fn plain(status: &'static str) -> Self {
        Self {
            status,
            headers: format!("Content-Type: text/plain\r\nContent-Security-Policy: {POLICY}\r\n"),
            body: format!("{status}\n").into_bytes(),
        }
    }
}

/// The value of Accept-Encoding, in lower case.
fn accepted(head: &str) -> String {
    let mut lines = head.lines().map(|line| line.to_ascii_lowercase());
    let value = lines.find_map(|it| it.strip_prefix("accept-encoding:").map(str::to_owned));
    value.unwrap_or_default()
}

fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|offer| {
        let (name, weight) = offer.split_once(";q=").unwrap_or((offer, "1"));
        name.trim() == coding && weight.trim().parse() != Ok(0.0)
    })
}

/// Whether a name carries the hash of its content, as `page-50777285eb2d789.css` does.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() >= 12 && hash.bytes().all(|it| it.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{Site, accepts, is_hashed};

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("page-50777285eb2d789.css"));
        assert!(is_hashed("pop3lab-820e9628625bc853_bg.wasm"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("html-newsletter.eml"));
    }

    #[test]
    fn a_coding_with_weight_zero_is_refused() {
        assert!(accepts(" gzip, br;q=0.5", "br"));
        assert!(!accepts(" gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let site = Site { folder: env!("CARGO_MANIFEST_DIR").into(), under: "/sub/path/".into() };
        let status = |target| site.answer(target, "").status;
        assert_eq!(status("/sub/path/Cargo.toml?a=b"), "200 OK");
        assert_eq!(status("/sub/path"), "308 Permanent Redirect");
        assert_eq!(status("/Cargo.toml"), "404 Not Found");
        assert_eq!(status("/sub/path/../Cargo.toml"), "404 Not Found");
        assert_eq!(status("/sub/path/%2e%2e/Cargo.toml"), "404 Not Found");
        assert_eq!(status("/sub/path//etc/passwd"), "404 Not Found");
    }
}

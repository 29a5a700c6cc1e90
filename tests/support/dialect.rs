//! The dialect of the transcripts, described in `tests/transcripts/README.md`: sections, steps, escapes.
//! It does not know what a session is.

use pop3lab::sasl::apop;

/// One transcript: a fact, and the steps that show it.
pub struct Transcript {
    pub name: String,
    /// The file and line of its name, for whoever looks for it.
    pub place: String,
    pub steps: Vec<Step>,
}

/// One line of a transcript, with the lines of text that belong to it.
#[derive(Clone)]
pub struct Step {
    /// Which session it is about; 1 is the one that needs no number.
    pub session: u32,
    pub kind: StepKind,
    /// As it was written: what a story repeats.
    pub source: Vec<String>,
}

#[derive(Clone)]
pub enum StepKind {
    /// The client sends this; still escaped.
    Sent { text: String, ended: bool },
    /// Something is done or asked: a word, what follows it, and a message if one follows.
    Told { word: String, rest: String, message: Vec<u8> },
    /// The server does this: for comparing only.
    Expected,
}

/// Every transcript of a file, and what stands before the first.
pub fn parse(file: &str, text: &str) -> (Vec<Step>, Vec<Transcript>) {
    let mut preamble = Vec::new();
    let mut transcripts: Vec<Transcript> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", index + 1);
        if let Some(name) = line.strip_prefix("== ") {
            transcripts.push(Transcript { name: name.into(), place, steps: Vec::new() });
        } else if !line.is_empty() && !line.starts_with('#') {
            let steps = transcripts.last_mut().map_or(&mut preamble, |transcript| &mut transcript.steps);
            read_line(steps, line).unwrap_or_else(|wrong| panic!("{place}: {wrong}: {line}"));
        }
    }
    (preamble, transcripts)
}

fn read_line(steps: &mut Vec<Step>, line: &str) -> Result<(), String> {
    if let Some(text) = line.strip_prefix('|') {
        let Some(Step { kind: StepKind::Told { message, .. }, source, .. }) = steps.last_mut() else {
            return Err("text that belongs to nothing".into());
        };
        let (text, end) = match text.strip_prefix('-') {
            Some(text) => (text, ""),
            None => (text, "\r\n"),
        };
        message.extend(unescape(text.strip_prefix(' ').unwrap_or(text), None)?);
        message.extend(end.bytes());
        source.push(line.into());
        return Ok(());
    }
    let (session, rest) = match line.split_once(' ') {
        Some((number, rest)) if number.bytes().all(|octet| octet.is_ascii_digit()) => {
            (number.parse().map_err(|_| "too large a number for a session")?, rest)
        }
        _ => (1, line),
    };
    let kind = if let Some(text) = rest.strip_prefix("C:") {
        StepKind::Sent { text: text.strip_prefix(' ').unwrap_or(text).into(), ended: true }
    } else if let Some(text) = rest.strip_prefix("C-") {
        StepKind::Sent { text: text.strip_prefix(' ').unwrap_or(text).into(), ended: false }
    } else if ["S:", "S-", "! ", "= ", "* ", "log ", "left ", "times ", "close", "start TLS"]
        .iter()
        .any(|mark| rest.starts_with(mark))
    {
        StepKind::Expected
    } else {
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        StepKind::Told { word: word.into(), rest: rest.into(), message: Vec::new() }
    };
    steps.push(Step { session, kind, source: vec![line.into()] });
    Ok(())
}

/// The octets that `text` stands for. `\{digest SECRET}` needs the greeting's time stamp.
pub fn unescape(text: &str, stamp: Option<&str>) -> Result<Vec<u8>, String> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        octets.extend(plain.bytes());
        let mut letters = escape.chars();
        match letters.next() {
            Some('r') => octets.push(b'\r'),
            Some('n') => octets.push(b'\n'),
            Some('t') => octets.push(b'\t'),
            Some('0') => octets.push(0),
            Some('\\') => octets.push(b'\\'),
            Some('x') => {
                let digits = escape.get(1..3).ok_or("\\x without two digits")?;
                octets.push(u8::from_str_radix(digits, 16).map_err(|_| "\\x without two digits")?);
                letters = escape[3..].chars();
            }
            Some('{') => {
                let (inner, after) = escape[1..].split_once('}').ok_or("\\{ without }")?;
                octets.extend(braces(inner, stamp)?);
                letters = after.chars();
            }
            _ => return Err("no such escape".into()),
        }
        rest = letters.as_str();
    }
    octets.extend(rest.bytes());
    Ok(octets)
}

/// `\{A*300}`, or `\{digest SECRET}`.
fn braces(inner: &str, stamp: Option<&str>) -> Result<Vec<u8>, String> {
    if let Some(secret) = inner.strip_prefix("digest ") {
        let stamp = stamp.ok_or("a digest needs a greeting with a time stamp")?;
        return Ok(apop::digest(stamp, secret.as_bytes()).into_bytes());
    }
    let (text, times) = inner.rsplit_once('*').ok_or("neither digest nor repetition")?;
    Ok(unescape(text, stamp)?.repeat(times.parse().map_err(|_| "how many times?")?))
}

/// The one way in which a story writes octets.
pub fn escape(octets: &[u8]) -> String {
    let mut text = String::new();
    for run in octets.chunk_by(|a, b| a == b) {
        let one = match run[0] {
            b'\r' => "\\r".into(),
            b'\n' => "\\n".into(),
            b'\t' => "\\t".into(),
            0 => "\\0".into(),
            b'\\' => "\\\\".into(),
            octet @ b' '..=b'~' => char::from(octet).to_string(),
            octet => format!("\\x{octet:02X}"),
        };
        match run.len() {
            1..20 => text.push_str(&one.repeat(run.len())),
            times => text.push_str(&format!("\\{{{one}*{times}}}")),
        }
    }
    // A blank at the end of a line would be lost in an editor.
    match text.strip_suffix(' ') {
        Some(start) => format!("{start}\\x20"),
        None => text,
    }
}

//! A comparison that has come to its end as a table to copy: a row for what is being done, a column for each
//! road, and what it came to.
//!
//! The script is the learner's own, so nothing in it is hidden.

use super::said::{LONGEST, absent, differs, safety, stage};
use crate::i18n::{Id, Words, id};
use crate::pop3::LineRole;
use crate::trace::{Event, Note};
use crate::ui::notes::note_text;
use crate::ui::visible::plain;
use crate::world::comparison::{Cell, Comparison, Does, Lane, Totals};

/// How the table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns of plain text.
    Text,
    /// Markdown, as GitHub has it.
    Markdown,
    /// Comma-separated values (RFC 4180).
    Csv,
}

/// A row: what is being done, then each lane. A cell has lines.
type Row = [Vec<String>; 4];

/// How a total is said.
type Total = fn(&Totals, Words) -> String;

/// The widest column of plain text, in columns of a terminal.
const WIDEST: usize = 40;

/// The whole table.
pub fn table(comparison: &Comparison, words: Words, form: Form) -> String {
    let done = rows(comparison, words);
    let totals = totals(comparison, words);
    match form {
        Form::Text => text(&done, &totals),
        Form::Markdown => markdown(done.iter().chain(&totals)),
        Form::Csv => done.iter().chain(&totals).map(csv).collect(),
    }
}

/// The names of the columns, and what is done on each row.
fn rows(comparison: &Comparison, words: Words) -> Vec<Row> {
    let mut rows = vec![["", "110", "STLS", "995"].map(|name| vec![name.to_owned()])];
    rows[0][0] = vec![words.say(id::COMPARE_DOES)];
    for row in comparison.rows() {
        let does = |lane: usize| match &row.lanes[lane] {
            Does::This(cell, other) => {
                let mut lines = done(&comparison.lanes()[lane], cell, words);
                lines.extend(other.as_ref().map(|other| differs(other, words)));
                lines
            }
            Does::Nothing(why) => vec![absent(why, words)],
        };
        rows.push([vec![stage(row.stage, comparison.plan(), words)], does(0), does(1), does(2)]);
    }
    rows
}

/// What each lane came to.
fn totals(comparison: &Comparison, words: Words) -> Vec<Row> {
    let kinds: [(Id, Total); 5] = [
        (id::COMPARE_ROUND_TRIPS, |totals, _| totals.round_trips.to_string()),
        (id::COMPARE_PACKETS, |totals, _| totals.packets.to_string()),
        (id::COMPARE_OCTETS, |totals, _| totals.octets.to_string()),
        (id::COMPARE_TIME, |totals, _| totals.time.as_millis().to_string()),
        (id::COMPARE_PASSWORD, |totals, words| safety(totals.safety, words)),
    ];
    let row = |(name, value): (Id, Total)| {
        let lane = |at: usize| {
            let lane = &comparison.lanes()[at];
            vec![value(&lane.totals(lane.trace().len()), words)]
        };
        [vec![words.say(name)], lane(0), lane(1), lane(2)]
    };
    kinds.map(row).into()
}

/// What a lane did: what the client said, the first line of the answer, whether anybody could read it, and how
/// the connection ended if it ended here otherwise than it should. Without any of that, how many packets it took.
fn done(lane: &Lane, cell: &Cell, words: Words) -> Vec<String> {
    let trace = lane.trace();
    let (from, to) = (cell.from as usize, cell.to as usize);
    let (mut lines, mut more, mut sealed, mut ends) = (Vec::new(), 0_u32, None, None);
    for record in &trace.records()[from..to] {
        match &record.event {
            Event::ClientLine { octets, secure, .. } => {
                lines.push(format!("C: {}", plain(octets, LONGEST)));
                sealed = Some(*secure);
            }
            Event::ServerLine { role: LineRole::Body | LineRole::End, .. } => more += 1,
            Event::ServerLine { octets, secure, .. } => {
                lines.push(format!("S: {}", plain(octets, LONGEST)));
                sealed = Some(*secure);
            }
            Event::Note(note) if tells(note) => ends = Some(note_text(words, note)),
            _ => {}
        }
    }
    if let Some(answer) = lines.last_mut().filter(|_| more > 0) {
        answer.push_str(&words.with(id::COMPARE_MORE_LINES, &[("count", more.into())]));
    }
    lines.extend(sealed.map(|sealed| words.say(if sealed { id::COMPARE_SEALED } else { id::COMPARE_CLEAR })));
    lines.extend(ends);
    if lines.is_empty() {
        let packets = trace.frames(to).len() - trace.frames(from).len();
        lines.push(words.with(id::COMPARE_PACKET_COUNT, &[("count", packets.into())]));
    }
    lines
}

/// Whether a note says what the row does not say by itself.
fn tells(note: &Note) -> bool {
    !matches!(note, Note::Connecting { .. } | Note::Connected | Note::ServerClosed)
}

/// Comma-separated values. A spreadsheet takes what begins like a formula for one: an apostrophe keeps it from
/// that. Answers begin with `S: `, so that +OK and -ERR need none.
fn csv(row: &Row) -> String {
    let cell = |lines: &Vec<String>| {
        let text = lines.join(" / ").replace('"', "\"\"");
        let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        format!("\"{}{text}\"", if formula { "'" } else { "" })
    };
    row.each_ref().map(cell).join(",") + "\r\n"
}

/// Markdown. What means something in it is escaped.
fn markdown<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let escaped = |line: &String| {
        let mut text = String::new();
        for letter in line.chars() {
            if "\\`*_[]<>&|~$".contains(letter) {
                text.push('\\');
            }
            text.push(letter);
        }
        text
    };
    let cell = |lines: &Vec<String>| lines.iter().map(escaped).collect::<Vec<_>>().join("<br>");
    let mut text = String::new();
    for (number, row) in rows.enumerate() {
        text.push_str(&format!("| {} |\n", row.each_ref().map(cell).join(" | ")));
        if number == 0 {
            text.push_str("| --- | --- | --- | --- |\n");
        }
    }
    text
}

/// Columns of plain text, with a rule below the names and above the totals.
fn text(done: &[Row], totals: &[Row]) -> String {
    let folded = |row: &Row| row.each_ref().map(|cell| cell.iter().flat_map(|line| folded(line)).collect());
    let rows: Vec<Row> = done.iter().chain(totals).map(folded).collect();
    let widest = |column: usize| {
        let lines = rows.iter().flat_map(|row| &row[column]);
        lines.map(|line| width(line)).max().unwrap_or(0)
    };
    let widths = [widest(0), widest(1), widest(2), widest(3)];
    let rule = widths.map(|width| "-".repeat(width)).join("-+-") + "\n";
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number == 1 || number == done.len() {
            text.push_str(&rule);
        }
        for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
            let cell = |column: usize| {
                let said = row[column].get(line).map_or("", String::as_str);
                format!("{said}{}", " ".repeat(widths[column] - width(said)))
            };
            let written = [cell(0), cell(1), cell(2), cell(3)].join(" | ");
            text.push_str(written.trim_end());
            text.push('\n');
        }
    }
    text
}

/// A line as lines that fit a column, broken at blanks where there are any.
fn folded(line: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line;
    loop {
        let mut wide = 0;
        let over = rest.char_indices().find(|(_, letter)| {
            wide += columns(*letter);
            wide > WIDEST
        });
        let Some((over, letter)) = over else { break };
        // Among wide letters any place will do. Where there is no blank, the first letter too many begins a line.
        let blank = rest[..over].rfind(' ').filter(|at| *at > 0 && columns(letter) < 2);
        let (cut, next) = blank.map_or((over, over), |at| (at, at + 1));
        lines.push(rest[..cut].to_owned());
        rest = &rest[next..];
    }
    lines.push(rest.to_owned());
    lines
}

/// How many columns of a terminal a text takes.
fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How many columns a letter takes: none if it stands on the one before, two if it is wide (Unicode, UAX 11).
fn columns(letter: char) -> usize {
    match u32::from(letter) {
        0x0300..=0x036f | 0x200b..=0x200d | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;

//! What is being done, so that lanes can be laid side by side: the rows of a comparison.
//!
//! ```text
//!            110          STLS               995
//!   Tcp      SYN …        SYN …              SYN …
//!   TlsFirst ·            ·                  ClientHello …
//!   Greeting +OK …        +OK …              +OK …
//!   Asks     ·            CAPA               ·
//!   Stls     ·            STLS               ·
//!   Tls      ·            ClientHello …      ·
//!   AsksAgain·            CAPA               ·
//!   Line(0)  USER alice   USER alice         USER alice
//! ```

use super::lane::{CLIENT, Running, answered};
use crate::pop3::command::keyword;
use crate::pop3::{COMMANDS, LineRole, Verb};
use crate::sorted::Map;
use crate::trace::{Event, Note, Side, Trace};

/// What is being done. In the order in which a session does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The connection is made.
    Tcp,
    /// TLS begins with the first octet (RFC 8314 section 3.3).
    TlsFirst,
    /// The server greets.
    Greeting,
    /// The mail program asks by itself what the server can do, to see whether STLS is among it.
    Asks,
    /// It asks for TLS (RFC 2595 section 4).
    Stls,
    /// TLS begins.
    Tls,
    /// What the server said in the clear is not believed any more: it is asked again.
    AsksAgain,
    /// A line of the script, counted from 0.
    Line(u32),
    /// The connection ends.
    Close,
}

/// The parts of a session, as one speaks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// TCP.
    Tcp,
    /// TLS: STLS and the handshake.
    Tls,
    /// The greeting.
    Greeting,
    /// What the server can do.
    Capabilities,
    /// Who one is.
    Authentication,
    /// What is in the mailbox.
    Listing,
    /// Mail is fetched.
    Retrieval,
    /// Mail is marked, or marks are taken away.
    Marking,
    /// QUIT: what was marked is removed.
    Update,
    /// Something else: nothing is done, or nothing that the server knows.
    Other,
    /// The connection ends.
    Close,
}

impl Stage {
    /// To which part of a session it belongs; `lines` are those of the script.
    pub fn section(self, lines: &[String]) -> Section {
        match self {
            Stage::Tcp => Section::Tcp,
            Stage::TlsFirst | Stage::Stls | Stage::Tls => Section::Tls,
            Stage::Greeting => Section::Greeting,
            Stage::Asks | Stage::AsksAgain => Section::Capabilities,
            Stage::Line(number) => {
                let row = lines.get(number as usize).and_then(|line| keyword(COMMANDS, line.as_bytes()).0);
                row.map_or(Section::Other, |row| section(row.verb))
            }
            Stage::Close => Section::Close,
        }
    }
}

fn section(verb: Verb) -> Section {
    match verb {
        Verb::Capa | Verb::Utf8 | Verb::Lang => Section::Capabilities,
        Verb::Stls => Section::Tls,
        Verb::User | Verb::Pass | Verb::Apop | Verb::Auth => Section::Authentication,
        Verb::Stat | Verb::List | Verb::Uidl => Section::Listing,
        Verb::Retr | Verb::Top => Section::Retrieval,
        Verb::Dele | Verb::Rset => Section::Marking,
        Verb::Quit => Section::Update,
        Verb::Noop => Section::Other,
    }
}

/// What a lane did at a stage: a part of its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The position before it.
    pub from: u32,
    /// The position after it.
    pub to: u32,
    /// The row of the terminal with which the client began it, if it said something.
    pub asked: Option<u32>,
    /// The last row of the server's answer, if one has come.
    pub answered: Option<u32>,
}

/// Cuts the trace of a lane that has come to its end into stages. Each begins where the one before ends.
pub(super) fn stages(lane: &Running) -> Map<Stage, Cell> {
    let trace = lane.world.trace();
    let end = trace.len() as u32;
    let mut begins =
        opening(trace, lane.said.iter().flatten().next().or(lane.lost.as_ref()).copied().unwrap_or(end));
    let said = lane.said.iter().enumerate();
    begins.extend(said.filter_map(|(number, at)| Some((Stage::Line(number as u32), (*at)?))));
    if let Some((_, last)) = begins.last().filter(|(stage, _)| *stage != Stage::Close).copied() {
        begins.extend(lane.lost.or_else(|| close(trace, last)).map(|at| (Stage::Close, at)));
    }
    let ends = begins.iter().skip(1).map(|(_, at)| *at).chain([end]);
    let cells = begins.iter().zip(ends).map(|((stage, from), to)| (*stage, cell(trace, *stage, *from, to)));
    cells.collect()
}

/// Where the stages before the script begin: what the mail program does by itself.
fn opening(trace: &Trace, until: u32) -> Vec<(Stage, u32)> {
    let mut begins = vec![(Stage::Tcp, 0)];
    for (at, record) in trace.records()[..until as usize].iter().enumerate() {
        let last = begins.last().map_or(Stage::Tcp, |(stage, _)| *stage);
        let at = at as u32;
        match &record.event {
            Event::Note(Note::Connected) => begins.push((Stage::Greeting, after(trace, at))),
            // TLS at once: what was to be the greeting is the handshake.
            Event::TlsBegan { side: Side::Client } if last == Stage::Greeting => {
                begins.pop();
                begins.push((Stage::TlsFirst, at));
            }
            Event::Note(Note::Secured(_)) if last == Stage::TlsFirst => {
                begins.push((Stage::Greeting, after(trace, at)));
            }
            // It may come with what completes the handshake.
            Event::ServerLine { role: LineRole::Greeting, .. } => {
                if let Some((Stage::Greeting, from)) = begins.last_mut() {
                    *from = at.min(*from);
                }
            }
            Event::TlsBegan { side: Side::Client } => begins.push((Stage::Tls, at)),
            Event::ClientLine { octets, .. } => match (keyword(COMMANDS, octets).0.map(|row| row.verb), last)
            {
                (Some(Verb::Capa), Stage::Tls) => begins.push((Stage::AsksAgain, at)),
                (Some(Verb::Capa), _) => begins.push((Stage::Asks, at)),
                (Some(Verb::Stls), _) => begins.push((Stage::Stls, at)),
                // It gives up.
                _ => begins.push((Stage::Close, at)),
            },
            _ => {}
        }
    }
    begins
}

/// The position after everything that happens at the moment of a record.
fn after(trace: &Trace, record: u32) -> u32 {
    trace.moment_after(record as usize).map_or(record + 1, |position| position as u32)
}

/// Where the connection begins to end, behind the last answer: none if it is still open.
fn close(trace: &Trace, from: u32) -> Option<u32> {
    let open = trace.scene(trace.len()).connections.get(&CLIENT).is_some_and(|held| held.is_open());
    if open {
        return None;
    }
    let answer = answered(trace, from as usize, trace.len())?;
    Some(answer + 1)
}

fn cell(trace: &Trace, stage: Stage, from: u32, to: u32) -> Cell {
    let records = &trace.records()[from as usize..to as usize];
    let asked = records.iter().position(|record| matches!(record.event, Event::ClientLine { .. }));
    let answered = match stage {
        Stage::Greeting => records.iter().rposition(
            |record| matches!(&record.event, Event::ServerLine { role, .. } if *role == LineRole::Greeting),
        ),
        _ => answered(trace, from as usize, to as usize).map(|at| (at - from) as usize),
    };
    let place = |at: usize| from + at as u32;
    Cell { from, to, asked: asked.map(place), answered: answered.map(place) }
}

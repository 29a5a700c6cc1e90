//! Which rows of the terminal are on the page: long answers are folded, and of a very long session the
//! beginning waits behind a button.

use crate::pop3::LineRole;
use crate::trace::{Event, Trace};
use std::collections::BTreeSet;

/// One thing in the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The row that this record is.
    Row(u32),
    /// Rows of a long answer that are folded away.
    Fold {
        /// The record of the first of them: the fold's name.
        first: u32,
        /// How many.
        hidden: usize,
    },
    /// Rows at the beginning that are not shown.
    Earlier(usize),
}

/// An answer with more lines than this is folded.
const FOLD_ABOVE: usize = 16;

/// So many of its lines stay, and the last one.
const KEEP: usize = 10;

/// The most items on the page, unless a person asks for all.
const MOST: usize = 500;

/// The items at a position. `open` names the folds that a person has opened.
pub fn items(trace: &Trace, position: usize, open: &BTreeSet<u32>, all: bool) -> Vec<Item> {
    let rows = trace.rows(position);
    let mut items = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let length = rows[at..].iter().take_while(|row| is_body(trace, **row)).count();
        let fold = (length > FOLD_ABOVE).then(|| rows[at + KEEP]).filter(|first| !open.contains(first));
        match fold {
            Some(first) => {
                items.extend(rows[at..at + KEEP].iter().map(|row| Item::Row(*row)));
                items.push(Item::Fold { first, hidden: length - KEEP });
                at += length;
            }
            None => {
                let end = at + length.max(1);
                items.extend(rows[at..end].iter().map(|row| Item::Row(*row)));
                at = end;
            }
        }
    }
    let surplus = items.len().saturating_sub(MOST);
    if surplus > 0 && !all {
        items.splice(..surplus, [Item::Earlier(surplus)]);
    }
    items
}

/// How many rows of the session stand in one sheet of the terminal. A sheet that is out of sight is
/// neither laid out nor painted.
const SHEET: u32 = 24;

/// The items sheet by sheet, each with its number. A row's sheet is that of its place in the session, so
/// that folding, forks and the limit do not move it.
pub fn sheets(trace: &Trace, items: Vec<Item>) -> Vec<(u32, Vec<Item>)> {
    let mut sheets: Vec<(u32, Vec<Item>)> = Vec::new();
    for item in items {
        let number = match &item {
            Item::Row(record) | Item::Fold { first: record, .. } => {
                (trace.records()[*record as usize].rows - 1) / SHEET
            }
            Item::Earlier(count) => *count as u32 / SHEET,
        };
        match sheets.last_mut() {
            Some((last, items)) if *last == number => items.push(item),
            _ => sheets.push((number, vec![item])),
        }
    }
    sheets
}

fn is_body(trace: &Trace, row: u32) -> bool {
    matches!(trace.records()[row as usize].event, Event::ServerLine { role: LineRole::Body, .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::Lab;

    fn shown(lab: &Lab, open: &BTreeSet<u32>, all: bool) -> Vec<Item> {
        let view = lab.view();
        view.with(|trace| items(trace, view.position, open, all))
    }

    fn fold(items: &[Item]) -> Option<(u32, usize)> {
        items.iter().find_map(|item| match item {
            Item::Fold { first, hidden } => Some((*first, *hidden)),
            _ => None,
        })
    }

    #[test]
    fn a_long_answer_is_folded_and_opens_whole() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nRETR 7\r\nSTAT\r\n".to_vec());
        let folded = shown(&lab, &BTreeSet::new(), false);
        let (first, hidden) = fold(&folded).unwrap();
        assert!(hidden > 1000 && folded.len() < 40);
        let opened = shown(&lab, &BTreeSet::from([first]), true);
        assert_eq!(fold(&opened), None);
        assert_eq!(opened.len(), folded.len() - 1 + hidden);
    }

    #[test]
    fn a_short_answer_is_not_folded() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nLIST\r\nCAPA\r\n".to_vec());
        assert_eq!(fold(&shown(&lab, &BTreeSet::new(), false)), None);
    }

    #[test]
    fn a_row_stays_on_its_sheet_whatever_is_folded() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nRETR 7\r\nSTAT\r\n".to_vec());
        let view = lab.view();
        let sheet_of_last = |open: &BTreeSet<u32>| {
            let sheets = view.with(|trace| sheets(trace, items(trace, view.position, open, true)));
            let (number, items) = sheets.last().unwrap().clone();
            (number, items.last().cloned())
        };
        let (first, _) = fold(&shown(&lab, &BTreeSet::new(), true)).unwrap();
        assert_eq!(sheet_of_last(&BTreeSet::new()), sheet_of_last(&BTreeSet::from([first])));
    }

    #[test]
    fn the_beginning_of_a_very_long_session_waits() {
        let mut lab = Lab::default();
        lab.send(b"NOOP\r\n".repeat(600));
        let items = shown(&lab, &BTreeSet::new(), false);
        assert_eq!(items.len(), MOST + 1);
        assert!(matches!(items[0], Item::Earlier(_)));
        assert!(shown(&lab, &BTreeSet::new(), true).len() > 1200);
    }
}

//! Which rows of the terminal are on the page: long answers are folded, and of a very long session the
//! beginning waits behind a button. Whatever is asked for comes in helpings, so that the page stays quick.

use crate::sorted::Map;
use crate::trace::Trace;
use std::rc::Rc;

/// One thing in the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The row that this record is.
    Row(u32),
    /// Rows of a long answer that are folded away.
    Fold {
        /// The record of the first row of the answer's body: the fold's name.
        body: u32,
        /// How many.
        hidden: usize,
    },
    /// So many rows at the beginning are not shown.
    Earlier(usize),
}

/// An answer with more lines than this is folded.
const FOLD_ABOVE: usize = 16;

/// So many of its lines stay.
const KEEP: usize = 10;

/// So many items are on the page at first at least, if there are so many.
const LEAST: usize = 120;

/// Rows leave the beginning so many at a time: whenever one goes, all others move up and are painted anew. So that an
/// answer adds rows and does nothing else, they stay until the page is at rest, as long as no more than that have come.
const STRIDE: usize = 160;

/// How many rows more are shown when a person asks for more.
pub const HELPING: usize = 500;

/// What a person has asked to see beyond what is shown at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// For each fold, by its name, how many rows of it.
    folds: Map<u32, usize>,
    /// How many items before those that are shown at first.
    earlier: usize,
}

impl Opened {
    /// Shows one more helping of a fold. Whoever asks for that does not want the beginning to go for it.
    pub fn unfold(&mut self, body: u32) {
        *self.folds.get_or_default(body) += HELPING;
        self.earlier += HELPING;
    }

    /// Shows one more helping of the beginning.
    pub fn show_earlier(&mut self) {
        self.earlier += HELPING;
    }
}

/// The items at a position, if so many sheets were full when the page came to rest. What it costs depends on how many
/// there are, not on how long the session is.
pub fn items(trace: &Trace, position: usize, opened: &Opened, rested: u32) -> Vec<Item> {
    let rows = trace.rows(position);
    let new = rows.len().saturating_sub((rested * SHEET) as usize);
    let least = LEAST + opened.earlier + new.min(STRIDE);
    let mut items = Vec::new();
    let mut end = rows.len();
    // The first row that is shown, and how many of the first answer are, as far as they are known.
    let (mut first, mut kept) = (0, 0);
    while end > first {
        let body = trace.records()[rows[end - 1] as usize].body_from.map_or(end - 1, |from| from as usize);
        let length = end - body;
        kept = KEEP + opened.folds.get(&rows[body]).copied().unwrap_or(0);
        if length <= FOLD_ABOVE || length <= kept {
            kept = length;
        } else {
            items.push(Item::Fold { body: rows[body], hidden: length - kept });
        }
        items.extend(rows[body..body + kept].iter().rev().map(|row| Item::Row(*row)));
        end = body;
        if first == 0 && items.len() >= least {
            first = (end + items.len() - least) / STRIDE * STRIDE;
        }
    }
    // Of the answer in which it begins, the rows before that wait as well.
    let surplus = first.saturating_sub(end).min(kept);
    items.truncate(items.len() - surplus);
    let earlier = end + surplus;
    if earlier > 0 {
        items.push(Item::Earlier(earlier));
    }
    items.reverse();
    items
}

/// How many rows of the session stand in one sheet of the terminal. A sheet that is far from the end is neither laid
/// out nor painted while it is out of sight, and one in which nothing changed is not looked at.
const SHEET: u32 = 8;

/// So many sheets at the end are not far: as many as a high window shows, and those on which it borders.
const NEAR: u32 = 6;

/// How many sheets are full at a position.
pub fn sheets_at(trace: &Trace, position: usize) -> u32 {
    trace.rows(position).len() as u32 / SHEET
}

/// Whether a sheet was far from the end when the page came to rest with so many sheets. It is not the answer that moves
/// sheets away: that a sheet is left out costs the browser another frame, which keys would wait for.
pub fn is_far(sheet: u32, rested: u32) -> bool {
    sheet + NEAR < rested
}

/// The items sheet by sheet, each with its number. A row's sheet is that of its place in the session, so
/// that folding, forks and the limit do not move it.
pub fn sheets(trace: &Trace, items: Vec<Item>) -> Vec<(u32, Rc<Vec<Item>>)> {
    let mut sheets: Vec<(u32, Vec<Item>)> = Vec::new();
    for item in items {
        let place = |record: u32| (trace.records()[record as usize].rows - 1) / SHEET;
        let number = match &item {
            Item::Row(record) => place(*record),
            Item::Fold { .. } => sheets.last().map_or(0, |(number, _)| *number),
            Item::Earlier(count) => *count as u32 / SHEET,
        };
        match sheets.last_mut() {
            Some((last, items)) if *last == number => items.push(item),
            _ => sheets.push((number, vec![item])),
        }
    }
    sheets.into_iter().map(|(number, items)| (number, Rc::new(items))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::Lab;

    fn shown(lab: &Lab, opened: &Opened) -> Vec<Item> {
        let view = lab.view();
        view.with(|trace| at_rest(trace, view.position, opened))
    }

    fn at_rest(trace: &Trace, position: usize, opened: &Opened) -> Vec<Item> {
        items(trace, position, opened, sheets_at(trace, position))
    }

    fn fold(items: &[Item]) -> Option<(u32, usize)> {
        items.iter().find_map(|item| match item {
            Item::Fold { body, hidden } => Some((*body, *hidden)),
            _ => None,
        })
    }

    /// How many rows of the session the items stand for.
    fn total(items: &[Item]) -> usize {
        let rows = |item: &Item| match item {
            Item::Row(_) => 1,
            Item::Fold { hidden, .. } | Item::Earlier(hidden) => *hidden,
        };
        items.iter().map(rows).sum()
    }

    #[test]
    fn a_long_answer_is_folded_and_opens_in_helpings() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nRETR 7\r\nSTAT\r\n".to_vec());
        let view = lab.view();
        let rows = view.with(|trace| trace.rows(view.position).len());
        let mut opened = Opened::default();
        let mut before = shown(&lab, &opened);
        assert!(fold(&before).unwrap().1 > 2 * HELPING && before.len() < 40);
        while let Some((body, hidden)) = fold(&before) {
            assert_eq!(total(&before), rows);
            opened.unfold(body);
            let after = shown(&lab, &opened);
            let left = fold(&after).map_or(0, |(_, left)| left);
            assert_eq!(left, hidden.saturating_sub(HELPING));
            before = after;
        }
        assert_eq!(before.len(), rows);
    }

    #[test]
    fn a_short_answer_is_not_folded() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nLIST\r\nCAPA\r\n".to_vec());
        assert_eq!(fold(&shown(&lab, &Opened::default())), None);
    }

    #[test]
    fn a_row_stays_on_its_sheet_whatever_is_folded() {
        let mut lab = Lab::default();
        lab.send(b"USER alice\r\nPASS wonderland\r\nRETR 7\r\nSTAT\r\n".to_vec());
        let view = lab.view();
        let sheet_of_last = |opened: &Opened| {
            let sheets = view.with(|trace| sheets(trace, at_rest(trace, view.position, opened)));
            let (number, items) = sheets.last().unwrap().clone();
            (number, items.last().cloned())
        };
        let (body, _) = fold(&shown(&lab, &Opened::default())).unwrap();
        let mut opened = Opened::default();
        (0..9).for_each(|_| opened.unfold(body));
        assert_eq!(sheet_of_last(&Opened::default()), sheet_of_last(&opened));
    }

    #[test]
    fn the_beginning_of_a_very_long_session_waits() {
        let mut lab = Lab::default();
        lab.send(b"NOOP\r\n".repeat(600));
        let items = shown(&lab, &Opened::default());
        assert_eq!(total(&items), 1203);
        assert!(matches!(items[0], Item::Earlier(960)));
        let mut opened = Opened::default();
        opened.show_earlier();
        assert_eq!(total(&shown(&lab, &opened)), 1203);
        assert!(shown(&lab, &opened).len() > items.len() + HELPING - STRIDE);
        opened.show_earlier();
        opened.show_earlier();
        assert_eq!(shown(&lab, &opened).len(), 1203);
    }

    #[test]
    fn most_answers_leave_the_beginning_where_it_is() {
        let mut lab = Lab::default();
        let mut begins = Vec::new();
        for _ in 0..400 {
            lab.send(b"NOOP\r\n".to_vec());
            let items = shown(&lab, &Opened::default());
            assert!(items.len() <= LEAST + STRIDE + SHEET as usize);
            if let Item::Earlier(count) = items[0] {
                assert!(items.len() > LEAST);
                begins.push(count);
            }
        }
        begins.dedup();
        assert_eq!(begins, [STRIDE, 2 * STRIDE, 3 * STRIDE, 4 * STRIDE]);
    }

    #[test]
    fn no_answer_takes_the_beginning_away_or_moves_a_sheet_out_of_sight() {
        let mut lab = Lab::default();
        lab.send(b"NOOP\r\n".repeat(138));
        let rested = lab.view().with(|trace| sheets_at(trace, trace.len()));
        let begins = |lab: &Lab, rested| {
            let view = lab.view();
            let items = view.with(|trace| items(trace, view.position, &Opened::default(), rested));
            items.first().cloned().unwrap()
        };
        assert!(matches!(begins(&lab, rested), Item::Row(_)));
        lab.send(b"NOOP\r\n".to_vec());
        lab.send(b"NOOP\r\n".to_vec());
        assert!(matches!(begins(&lab, rested), Item::Row(_)));
        // It goes as soon as the page is at rest, and when more comes than a page can take.
        assert_eq!(begins(&lab, rested + 1), Item::Earlier(STRIDE));
        lab.send(b"NOOP\r\n".repeat(2 * STRIDE));
        assert!(matches!(begins(&lab, rested), Item::Earlier(_)));
        assert!(is_far(0, rested) && !is_far(rested - NEAR, rested));
    }

    #[test]
    fn every_position_accounts_for_every_row() {
        let mut lab = Lab::default();
        lab.send(
            b"USER alice\r\nPASS wonderland\r\nRETR 3\r\nRETR 7\r\nLIST\r\nTOP 7 40\r\nQUIT\r\n".to_vec(),
        );
        let view = lab.view();
        view.with(|trace| {
            for position in (0..trace.len()).step_by(37) {
                let items = at_rest(trace, position, &Opened::default());
                assert_eq!(total(&items), trace.rows(position).len());
            }
        });
    }
}

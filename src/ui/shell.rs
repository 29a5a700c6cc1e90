//! The shell's copy of the session (www/boot.js), which outlives the engine if that breaks.

use super::browser;
use super::copy;
use super::view::View;
use crate::i18n::Words;

/// Of which world the shell has been told how many rows.
#[derive(Default)]
pub struct Shell {
    generation: u32,
    rows: usize,
}

impl Shell {
    /// Tells it the session as text, as far as it does not know it.
    pub fn tell(&mut self, view: &View, words: Words) {
        view.with(|trace| {
            // However far back one looks: the copy is of all that was done.
            let rows = trace.rows(view.end);
            // Of a fork's rows, the shell knows those from before it.
            let known = match self.generation == view.generation() {
                true => self.rows.min(rows.len()),
                false => self.rows.min(trace.rows(view.inherited()).len()),
            };
            let line = |row: &u32| copy::row(trace, *row, words);
            browser::tell_session(known, rows[known..].iter().map(line).collect());
            *self = Shell { generation: view.generation(), rows: rows.len() };
        });
    }
}

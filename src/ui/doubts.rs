//! The certificates over the page: the question that a mail program asks when it does not believe a server,
//! and the sheet on which certificates are looked at. Which of them is open is no matter of the trace; what
//! they say is.

use super::app::Doing;
use super::certificate::Sheet;
use super::lab::PORT;
use super::question::Question;
use super::view::View;
use crate::sorted::Set;
use crate::trace::{Event, Note, Presented};
use std::rc::Rc;
use yew::prelude::*;

/// What a person does about certificates.
pub enum Look {
    /// Looks at what was shown on the connection of this row.
    At(u32),
    /// Looks at these.
    Into(Rc<Presented>),
    /// Has seen enough.
    Away,
    /// Wants to be asked again.
    Again,
    /// Has closed the question of this name.
    Answered(AttrValue),
}

/// What is open.
#[derive(Default)]
pub struct Doubts {
    /// The questions that were answered: each is asked once by itself, whatever is undone and redone.
    answered: Set<String>,
    viewed: Option<Rc<Presented>>,
}

impl Doubts {
    /// Follows what a person does.
    pub fn look(&mut self, look: Look, view: &View) {
        match look {
            Look::At(row) => self.viewed = shown(view, row),
            Look::Into(presented) => self.viewed = Some(presented),
            Look::Away => self.viewed = None,
            Look::Again => {
                self.viewed = None;
                if let Some((name, _)) = doubt(view) {
                    self.answered.remove(&name);
                }
            }
            Look::Answered(name) => self.answered.insert(name.to_string()),
        }
    }

    /// What stands over the page at this moment.
    pub fn over(&self, view: &View, on_do: &Callback<Doing>) -> Html {
        let doubt = doubt(view);
        let open = doubt.as_ref().filter(|(name, _)| !self.answered.contains(name));
        let (policy, port) = (view.scene().policy, view.connection().map_or(PORT, |held| held.to.1));
        let question = |(name, presented): &(String, Rc<Presented>)| {
            let (key, name) = (name.clone(), AttrValue::from(name.clone()));
            let presented = Rc::clone(presented);
            html! { <Question {key} {name} {presented} {policy} {port} on_do={on_do.clone()} /> }
        };
        let sheet = |presented: &Rc<Presented>| {
            let current = doubt.as_ref().is_some_and(|(_, doubted)| Rc::ptr_eq(doubted, presented));
            let (presented, can_decide) = (Rc::clone(presented), current && open.is_none());
            // Without a key, the question under it would be made anew.
            html! { <Sheet key="sheet" {presented} {can_decide} on_do={on_do.clone()} /> }
        };
        html! { <>{ for open.map(question) }{ for self.viewed.as_ref().map(sheet) }</> }
    }
}

/// What was shown on the connection of a row, as far as it had been at that row.
fn shown(view: &View, row: u32) -> Option<Rc<Presented>> {
    view.with(|trace| {
        let record = trace.records().get(row as usize)?;
        let held = record.scene.connections.values().find(|held| Some(held.id) == record.connection)?;
        held.presented.clone()
    })
}

/// The doubt about the learner's latest connection, at the end of the session: a name for it that no other
/// has, and what is doubted.
fn doubt(view: &View) -> Option<(String, Rc<Presented>)> {
    if view.position < view.end {
        return None;
    }
    let connection = view.connection()?;
    connection.refused.as_ref()?;
    view.with(|trace| {
        let refusal = trace.rows(view.position).iter().rev().find(|row| {
            let record = &trace.records()[**row as usize];
            record.connection == Some(connection.id)
                && matches!(record.event, Event::Note(Note::CertificateRefused { .. }))
        })?;
        Some((view.key(*refusal), connection.presented.clone()?))
    })
}

//! What a person does on the page.

use super::compare::link::Asked;
use super::doubts::Look;
use super::file::Chosen;
use super::prompt::Hint;
use super::set_pieces::SetPiece;
use super::settings::Choice;
use super::tabs::Tab;
use super::wish::Wish;
use crate::trace::Grain;
use crate::world::World;

/// Everything that a person does on the page, and what comes of it by itself.
pub enum Doing {
    /// Does something at the moment on the screen.
    Act(Wish),
    /// Connects anew on other terms.
    Take(Vec<Wish>),
    /// Begins anew: the demonstration, with the same dice.
    StartOver,
    /// Begins anew with other dice.
    Reseed(u64),
    /// Begins anew with a server of another name.
    Rename(String),
    /// Plays a scene.
    Stage(&'static SetPiece),
    /// Plays a recording that was chosen.
    Replay(Chosen),
    /// Takes back what was done last.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Looks at a position of the trace.
    LookAt(usize),
    /// Walks on by itself from here, or stops.
    Play,
    /// Chooses how finely one walks.
    ChooseGrain(Grain),
    /// Selects a row of the terminal, by its record.
    Select(u32),
    /// Looks at certificates.
    Certificate(Look),
    /// Is told something by the prompt, or dismisses it.
    Hint(Option<Hint>),
    /// Chooses a panel.
    ShowTab(Tab),
    /// Shows a frame on the wire, opened.
    ShowFrame(u32),
    /// The window became wide, or narrow.
    Widen(bool),
    /// Chooses how the page is.
    Choose(Choice),
    /// The words of another language have been fetched, or could not be.
    Fetched,
    /// Pressed a key in the prompt: whatever is still moving is at its end.
    Typed,
    /// The address asks for another session.
    Go,
    /// The answer is on the screen: what comments on it follows.
    Painted,
    /// The page has been at rest for a while: what takes long is done before it is asked for.
    Prepare,
    /// Something is still under way: lets it go on.
    GoOn,
    /// The walk takes its next step.
    Walk,
    /// Goes on in the lab with this world, at this position.
    Enter(Box<World>, usize),
    /// The other page shows this.
    Compared(Asked),
    /// Lets the engine panic, to see that the page survives it: the fire drill.
    Drill,
}

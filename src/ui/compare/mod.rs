//! The three roads side by side.

pub mod checked;
mod editor;
pub mod link;
pub mod ready;
pub mod said;
mod terms;
pub mod written;

pub use editor::Editor;
pub use terms::Settings;

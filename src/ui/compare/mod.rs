//! The three roads side by side.

pub mod link;
pub mod said;

//! The three roads side by side.

pub mod said;

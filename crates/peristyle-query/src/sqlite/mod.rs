//! The room of SQLite.

mod cell;
mod clock;
mod encode;
mod engine;
mod error;
mod open;
mod words;

pub(crate) use engine::{Engine, Prepared};
pub(crate) use open::{connect, engine};

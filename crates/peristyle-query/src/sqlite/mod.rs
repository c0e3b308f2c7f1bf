//! The room of SQLite.

mod cell;
mod encode;
mod engine;
mod error;
mod open;
mod words;

pub(crate) use engine::Engine;
pub(crate) use open::{OpenOptions, Role, connect, engine, parse};

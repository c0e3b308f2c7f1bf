//! The room of PostgreSQL.

mod array;
mod cell;
mod encode;
mod engine;
mod error;
mod kind;
mod numeric;
mod open;
mod time;
mod words;

pub(crate) use engine::{Engine, Names, Prepared};
pub(crate) use open::{connect, engine, is_pooled};

//! The room of PostgreSQL.

mod array;
mod cell;
mod copy;
mod encode;
mod engine;
mod error;
mod kind;
mod limit;
mod lists;
mod numeric;
mod open;
mod time;
mod together;
mod words;

pub(crate) use copy::CopyIn;
pub(crate) use engine::{Engine, Names, Prepared};
pub(crate) use open::{connect, engine, is_pooled};
pub(crate) use together::Together;

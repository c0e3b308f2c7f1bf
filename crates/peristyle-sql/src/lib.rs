//! Dialects: what each database can hold, and the SQL that takes one schema to another.
//!
//! Two doors lead in: [`Dialect::normalize`] before the diff, [`Dialect::plan`] after it. Nothing here connects to a
//! database; a driver asks the [`CatalogQuery`]s and hands the answers to [`Dialect::read_catalog`].

mod dialect;
pub mod facts;
mod lexer;
mod lift;
mod literal;
mod place;
mod plan;
pub(crate) mod planning;
pub mod postgres;
pub(crate) mod script;
pub mod sqlite;

pub use dialect::{Answer, Ask, CatalogQuery, Cell, Dialect, DialectName, Piece, dialect};
pub use lift::lift;
pub use plan::{
    Decision, Fingerprinted, Hazard, HazardKind, Keep, Plan, PlanOptions, Refusal, Reversible,
    Role, Statement, Step, Transaction,
};

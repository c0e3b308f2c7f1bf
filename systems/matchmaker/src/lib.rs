//! Matchmaker: an intake chat collects what a visitor needs, practitioners are matched with it, and one of their free
//! slots is booked.
//!
//! Every function takes a synchronous [`peristyle::Connection`], so that it can be used inside a transaction; a web
//! application calls it as `db.transaction(move |c| booking::request(c, …)).await`.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod booking;
pub mod error;
pub mod intake;
pub mod matching;
pub mod schema;
pub mod seed;

pub use error::{Error, Result};

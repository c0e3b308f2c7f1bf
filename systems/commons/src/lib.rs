//! Commons: a community platform with articles, a federation, mentoring and a directory.
//!
//! Every function takes a synchronous [`peristyle::Connection`], so that it can be used inside a transaction; a web
//! application calls it as `db.transaction(move |c| articles::publish(c, …)).await`.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod articles;
pub mod directory;
pub mod error;
pub mod inbox;
pub mod schema;
pub mod seed;
pub mod social;

pub use error::{Error, Result};

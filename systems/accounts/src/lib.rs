//! Accounts: the auth-ready core of a web application, in two tables.
//!
//! Every function takes a synchronous [`peristyle::Connection`], so that it can be used inside a transaction; a web
//! application calls it as `db.transaction(move |c| sessions::start(c, …)).await`.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod error;
pub mod schema;
pub mod sessions;
pub mod users;

pub use error::{Error, Result};

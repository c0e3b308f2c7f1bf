//! Clinic: medical records in SOAP form (subjective, objective, assessment, plan).
//!
//! Every function takes a synchronous [`peristyle::Connection`], so that it can be used inside a transaction; a web
//! application calls it as `db.run(move |c| chart::open(c, …)).await`.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod chart;
pub mod desk;
pub mod error;
pub mod gain;
pub mod large;
pub mod schema;
pub mod seed;

pub use error::{Error, Result};

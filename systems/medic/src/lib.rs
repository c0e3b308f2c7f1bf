//! Medic: a marketplace of doctors, in English and in Greek; bookings come from Cal.com, too.
//!
//! Every function takes a synchronous [`peristyle::Connection`], so that it can be used inside a transaction; a web
//! application calls it as `db.transaction(move |c| appointments::booked_elsewhere(c, …)).await`.

#![expect(missing_docs, reason = "a column says what it needs to where its name does not")]

pub mod appointments;
pub mod error;
pub mod schema;
pub mod seed;
pub mod specialties;
pub mod tokens;
pub mod users;

pub use error::{Error, Result};

/// The migrations, as they were when the program was compiled: an application that starts, and its tests, apply them.
pub static MIGRATIONS: peristyle::Migrations = peristyle::migrations!("migrations/postgres");

//! The declarations of commons: the single source of its migrations, rows and documents. One module for each group of tables.
//!
//! Keys are CUID2 made by the application, and so are the times of a row; structures that vary are documents, each with a type.

#![allow(
    clippy::duplicated_attributes,
    reason = "two indexes of a table may begin with one column"
)]

pub mod auth;
pub mod content;
pub mod engagement;
pub mod mentoring;
pub mod ops;
pub mod profiles;
pub mod social;

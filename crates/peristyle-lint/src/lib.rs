//! Rules that a schema is held to. A rule is a pure function of the schema and of the places where it is declared; what it
//! finds is a [`Diagnostic`](peristyle_schema::Diagnostic) that says what to write instead.

mod conventions;

pub use conventions::{Allowance, Conventions, KeyType, Rule, conventions};

//! Connections: the only crate that speaks to a database.

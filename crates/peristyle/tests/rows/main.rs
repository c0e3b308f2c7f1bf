//! What rows can do, on a real SQLite database.

mod concurrency;
mod database;
mod delete;
mod errors;
mod filter;
mod insert;
mod json;
mod only_sqlite;
mod page;
mod relation;
mod schema;
mod select;
mod statements;
mod transaction;
mod types;
mod update;
mod upsert;

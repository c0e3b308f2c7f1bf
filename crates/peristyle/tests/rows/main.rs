//! What rows can do, on a real SQLite database.

mod batch;
mod concurrency;
mod database;
mod delete;
mod errors;
mod expression;
mod filter;
mod group;
mod inner;
mod insert;
mod join;
mod json;
mod limits;
mod only_sqlite;
mod page;
mod record;
mod relation;
mod schema;
mod scopes;
mod select;
mod statements;
mod transaction;
mod tree;
mod types;
mod update;
mod upsert;

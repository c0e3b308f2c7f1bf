//! What rows can do, on a real PostgreSQL server: the same tests as on SQLite, and those of what PostgreSQL alone has.

mod arrays;
mod database;
mod doors;
mod only_postgres;
mod pgbouncer;
mod statements;
mod testing;

#[path = "../../../crates/peristyle/tests/rows/batch.rs"]
mod batch;
#[path = "../../../crates/peristyle/tests/rows/delete.rs"]
mod delete;
#[path = "../../../crates/peristyle/tests/rows/errors.rs"]
mod errors;
#[path = "../../../crates/peristyle/tests/rows/expression.rs"]
mod expression;
#[path = "../../../crates/peristyle/tests/rows/filter.rs"]
mod filter;
#[path = "../../../crates/peristyle/tests/rows/group.rs"]
mod group;
#[path = "../../../crates/peristyle/tests/rows/inner.rs"]
mod inner;
#[path = "../../../crates/peristyle/tests/rows/insert.rs"]
mod insert;
#[path = "../../../crates/peristyle/tests/rows/join.rs"]
mod join;
#[path = "../../../crates/peristyle/tests/rows/json.rs"]
mod json;
#[path = "../../../crates/peristyle/tests/rows/limits.rs"]
mod limits;
#[path = "../../../crates/peristyle/tests/rows/page.rs"]
mod page;
#[path = "../../../crates/peristyle/tests/rows/record.rs"]
mod record;
#[path = "../../../crates/peristyle/tests/rows/relation.rs"]
mod relation;
#[path = "../../../crates/peristyle/tests/rows/schema.rs"]
mod schema;
#[path = "../../../crates/peristyle/tests/rows/scopes.rs"]
mod scopes;
#[path = "../../../crates/peristyle/tests/rows/select.rs"]
mod select;
#[path = "../../../crates/peristyle/tests/rows/transaction.rs"]
mod transaction;
#[path = "../../../crates/peristyle/tests/rows/tree.rs"]
mod tree;
#[path = "../../../crates/peristyle/tests/rows/types.rs"]
mod types;
#[path = "../../../crates/peristyle/tests/rows/update.rs"]
mod update;
#[path = "../../../crates/peristyle/tests/rows/upsert.rs"]
mod upsert;

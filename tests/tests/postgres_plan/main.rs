//! Plans on a live PostgreSQL: every statement that is written is executed there and home, with rows in the tables.

mod create;
#[allow(dead_code)]
mod support;

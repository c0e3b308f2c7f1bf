//! Plans on a live PostgreSQL: every statement that is written is executed there and home, with rows in the tables.

mod columns;
mod constraints;
mod create;
mod enums;
mod keep;
mod names;
mod objects;
mod preserve;
mod storage;
mod support;
mod types;

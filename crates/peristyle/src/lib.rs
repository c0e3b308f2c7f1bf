//! Peristyle: tables are declared once, as Rust structs; from them come migrations and typed rows.
//!
//! This is the crate that an application depends on. It holds nothing of its own: the derives that declare, the types of
//! columns, the queries, and the runner of migrations.
//!
#![doc = include_str!("../../../docs/rows.md")]

pub use peristyle_macros::{Enum, Newtype, Row, Table, View, migrations, sql};
pub use peristyle_migrate::migrate_url as migrate;
pub use peristyle_migrate::{Migrations, Standing};
pub use peristyle_query as query;
pub use peristyle_query::{
    Batch, Bytes, Children, Column, Connection, Cuid2, Cursor, Db, DbOptions, Delete, Door, Enum,
    Error, Expr, Id, Incoming, Insert, InsertMany, Isolation, Json, Later, Newtype, Order, Page,
    Parents, Pending, Predicate, Query, Reference, Result, Sql, Table, Threading, TimedOut,
    Transaction, Unique, Update, View, alias,
};

/// The functions of expressions: aggregates, windows, cases, and what has no column to stand on.
pub use peristyle_query::{
    case, count, dense_rank, greatest, least, now, rank, row_number, value, window,
};

pub use jiff::Timestamp;
pub use jiff::civil::{Date, DateTime, Time};
pub use rust_decimal::Decimal;
pub use uuid::Uuid;

pub mod testing;

/// Everything that a module with queries needs: `use peristyle::prelude::*;`.
pub mod prelude {
    pub use crate::{
        Bytes, Connection, Cuid2, Date, DateTime, Db, Decimal, Enum, Id, Json, Newtype, Query,
        Table, Time, Timestamp, Uuid, View,
    };
}

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}

/// Declares an object that no struct stands for, by its whole text: `peristyle::object!("CREATE TRIGGER …");`. One that is meant
/// for one database alone says so: `peristyle::object!(postgres, "CREATE EXTENSION citext");`.
///
/// The command line reads it from the source; in the program it is nothing.
#[macro_export]
macro_rules! object {
    ($sql:literal $(, doc = $doc:literal)? $(,)?) => {};
    ($dialect:ident, $sql:literal $(, doc = $doc:literal)? $(,)?) => {};
}

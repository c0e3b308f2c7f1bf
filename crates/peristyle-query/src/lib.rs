//! Typed rows and queries over declared tables.
//!
//! A declared table is asked through its type: `User::all().filter(User::EMAIL.eq("ada@example.org")).one(&db).await?`.
//! A query is a value of one type, [`Query`], however it was built; it is run through one of two doors, the asynchronous
//! [`Db`] or the synchronous [`Connection`], with the same words.
//!
//! Everything that differs between database engines stands in the engine's own room; what is outside of it speaks of
//! [`Bind`]s and [`Cell`]s only.

mod batch;
mod bind;
mod columns;
mod connection;
mod copy;
mod db;
mod decode;
mod delete;
mod door;
mod engine;
mod enumerated;
mod error;
mod expr;
mod insert;
mod insert_rows;
mod keyset;
mod limit;
mod page;
mod postgres;
mod query;
mod relation;
mod render;
mod retry;
mod scope;
mod scoped;
mod shape_hash;
mod shapes;
mod source;
mod sql;
mod sqlite;
mod statement;
mod table;
pub mod testing;
mod transaction;
mod update;
mod value;
mod watch;

pub use batch::{Answers, Batch, Later};
pub use bind::Bind;
pub use columns::{Columns, Fields, Items, Whole};
pub use connection::Connection;
pub use copy::CopyRows;
pub use db::{Db, DbOptions, Pending, PoolMetrics, Threading};
pub use decode::{DecodeError, Reader};
pub use delete::Delete;
pub use door::{Access, Door, Work};
pub use enumerated::{Enum, Newtype};
pub use error::{Error, Result, TimedOut};
pub use expr::{
    Among, Assign, Beside, By, Case, Castable, Column, Condition, Constant, Dated, Element, Expr,
    JsonAt, Operand, Order, PathStep, Predicate, Reckoning, Term, Window, Windowed, case, count,
    dense_rank, greatest, least, now, rank, row_number, value, window,
};
pub use insert::{Incoming, Insert, InsertFrom, InsertMany, InsertWith};
pub use limit::Within;
pub use page::{Cursor, Page};
pub use query::{Query, Selecting, Union};
pub use relation::{
    Branch, ChildOf, Children, ChildrenOf, LoadChildren, LoadParents, Nest, Optional, ParentOf,
    Parents, Presence, Reference, Required, Through, Tree,
};
pub use retry::Transient;
pub use scope::{
    Alias, As, Correlated, Entire, Filtered, Grow, Inside, Link, Maybe, Reads, Scope, Slot,
};
pub use scoped::{ScopeName, Scoped};
pub use source::{ColumnInfo, Home, Maker, Origin, Record, Row, Source, SourceInfo, UniqueInfo};
pub use sql::{Bound, Sql};
pub use table::{AsKey, Key, New, Patch, Table, Unique, View};
pub use transaction::{Isolation, Transaction};
pub use update::Update;
pub use value::{
    Bytes, Cell, Cuid2, Fit, Id, Json, Keyed, Made, NoKey, Number, SingleKey, Text, Value,
    ValueError,
};

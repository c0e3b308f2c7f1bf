//! The court of the house: one model of a database schema, the changes between two of them, and their inverses.
//!
//! Everything here is a pure value. There is no input or output, no SQL dialect and no Rust parser; a dialect
//! (`peristyle-sql`) normalizes a [`Schema`] to what it can hold before [`diff`] compares two of them.

mod apply;
mod change;
mod column;
mod constraint;
mod data_type;
mod diagnostic;
mod diff;
mod expr;
pub(crate) mod fingerprint;
mod hint;
mod index;
mod invert;
mod name;
mod named;
pub mod naming;
mod object;
mod pair;
mod rename;
mod schema;
mod table;

pub use change::{Change, EnumEdit, TableEdit};
pub use column::{Column, ColumnDefault, Generated, Identity, Literal};
pub use constraint::{
    Action, Check, Deferrable, Exclusion, ForeignKey, Match, PrimaryKey, Reference, Unique,
};
pub use data_type::{EnumType, EnumValue, Precision, Type};
pub use diagnostic::{Diagnostic, Position, Severity, Span};
pub use diff::diff;
pub use expr::Expr;
pub use fingerprint::Fingerprint;
pub use hint::Hint;
pub use index::{Index, IndexKey, IndexPart, Nulls, Order};
pub use name::{Name, NameError, QualifiedName};
pub use named::{Keyed, Named};
pub use object::{Definition, Fires, ObjectId, ObjectKind};
pub use pair::Pair;
pub use rename::{Rename, RenameError};
pub use schema::Schema;
pub use table::{Only, Partition, RowSecurity, Table, TableOptions, TablePart};

//! Declarations: Rust structs to a schema and back.
//!
//! This crate is the only reader of Peristyle's attributes and the only writer of Rust. The derive macros and the command
//! line both call it, so a compiler error and a diagnostic are the same sentence at the same place.

mod convention;
mod error;
mod model;
mod parse;
mod print;
mod read;
mod resolve;
mod statement;

pub use convention::{column_name, enum_name, table_name, value_name};
pub use error::Error;
pub use model::{
    ApplicationValue, CheckDecl, ColumnDecl, Declarations, DefaultDecl, EnumDecl, ExclusionDecl,
    FieldName, ForeignKeyDecl, IndexDecl, IndexDeclKey, IndexDeclPart, Kind, NewtypeDecl,
    ObjectDecl, ReferenceDecl, StorageDecl, StructName, TableDecl, TriggerDecl, VariantDecl,
    ViewDecl,
};
pub use parse::{as_enum, as_struct, parse_enum, parse_newtype, parse_table, parse_view};
pub use print::print;
pub use read::read_path;
pub use resolve::resolve;

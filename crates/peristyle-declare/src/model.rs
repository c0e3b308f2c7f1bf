//! What was declared, before names are resolved: plain data, without any parser's types.

use peristyle_schema::{
    Action, ColumnDefault, Deferrable, Expr, Fires, Generated, Hint, Identity, Match, Name, Nulls,
    Order, Precision, QualifiedName, Reference, RowSecurity, Span, Type,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that one set of sources declares, in the order it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Declarations {
    /// Structs that are tables.
    pub tables: Vec<TableDecl>,
    /// Structs that are views.
    pub views: Vec<ViewDecl>,
    /// Enums that are enumerated types.
    pub enums: Vec<EnumDecl>,
    /// Structs that wrap a column's type.
    pub newtypes: Vec<NewtypeDecl>,
    /// Objects known by their text alone: `peristyle::object!("CREATE …")`.
    pub objects: Vec<ObjectDecl>,
}

/// An object known by its text alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectDecl {
    /// The `CREATE` or `GRANT` statement.
    pub sql: String,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The one dialect that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A struct that is a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableDecl {
    /// The struct's name.
    pub rust_name: String,
    /// The table's name.
    pub name: QualifiedName,
    /// Its former name.
    pub was: Option<QualifiedName>,
    /// Its documentation.
    pub doc: Option<String>,
    /// Whether another application owns it.
    pub external: bool,
    /// SQLite `STRICT`.
    pub strict: bool,
    /// SQLite `WITHOUT ROWID`.
    pub without_rowid: bool,
    /// How PostgreSQL stores and divides it.
    #[serde(default)]
    pub storage: StorageDecl,
    /// Its columns.
    pub columns: Vec<ColumnDecl>,
    /// The fields of its primary key.
    pub key: Vec<String>,
    /// The name of the primary key's constraint.
    pub key_name: Option<Name>,
    /// Whether a number once given is never given again.
    pub autoincrement: bool,
    /// Its indexes and unique constraints.
    pub indexes: Vec<IndexDecl>,
    /// Its checks, those of columns included.
    pub checks: Vec<CheckDecl>,
    /// Its exclusion constraints (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<ExclusionDecl>,
    /// Its foreign keys over several columns.
    pub foreign_keys: Vec<ForeignKeyDecl>,
    /// Its triggers and policies.
    pub triggers: Vec<TriggerDecl>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// How PostgreSQL stores and divides a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StorageDecl {
    /// Whether it is left out of the write-ahead log.
    pub unlogged: bool,
    /// By what its rows are divided into partitions.
    pub partition_by: Option<Expr>,
    /// The struct that it is a partition of, and the bound.
    pub partition_of: Option<(StructName, Expr)>,
    /// The structs that it inherits from.
    pub inherits: Vec<StructName>,
    /// Whether policies decide which rows a role sees.
    pub row_security: RowSecurity,
    /// Storage parameters by name.
    pub parameters: BTreeMap<String, String>,
}

/// Another struct, as an attribute names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StructName {
    /// The struct's name.
    pub name: String,
    /// Where it is named.
    pub span: Hint<Span>,
}

/// An exclusion constraint (PostgreSQL).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExclusionDecl {
    /// Its name.
    pub name: Option<Name>,
    /// The rule, from the access method on.
    pub rule: Expr,
    /// Whether and when its check waits for the end of the transaction.
    pub deferrable: Deferrable,
    /// The one dialect that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A field that is a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnDecl {
    /// The field's name, as written.
    pub field: String,
    /// The column's name.
    pub name: Name,
    /// Its documentation.
    pub doc: Option<String>,
    /// The field's type as written, without `Option`.
    pub rust_type: String,
    /// What that type is.
    pub kind: Kind,
    /// Whether the field is an `Option`.
    pub nullable: bool,
    /// Whether the database lets the column be null although the field never is: a key of an old SQLite database.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable_in_database: bool,
    /// The type asked for in place of the usual one.
    pub data_type: Option<Type>,
    /// The digits of a decimal.
    pub precision: Option<Precision>,
    /// Who makes a value that an insert does not bring, and how.
    pub default: Option<DefaultDecl>,
    /// Whether the database numbers it.
    pub identity: Option<Identity>,
    /// The expression it is computed from.
    pub generated: Option<Generated>,
    /// Its collation.
    pub collation: Option<Name>,
    /// What the application sets it to at each update.
    pub on_update: Option<ApplicationValue>,
    /// What it references.
    pub reference: Option<ReferenceDecl>,
    /// Its former name.
    pub was: Option<Name>,
    /// What existing rows get.
    pub fill: Option<Expr>,
    /// How existing values are converted.
    pub using: Option<Expr>,
    /// Where it is declared.
    pub span: Hint<Span>,
    /// Where its type stands.
    pub type_span: Hint<Span>,
}

/// What the type of a field is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// A type that is a column's type by itself.
    Plain(Type),
    /// The key of the table that this struct declares.
    Id(String),
    /// A JSON document of this Rust type.
    Json(String),
    /// An enum or a newtype, known once everything is read.
    Named(String),
    /// A list of an enum or a newtype (PostgreSQL).
    List(String),
    /// A list of keys of the table that this struct declares (PostgreSQL). No database here keeps a foreign key over the items
    /// of a list, so it is none.
    Ids(String),
}

/// Who makes the value that an insert does not bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DefaultDecl {
    /// The database.
    Database(ColumnDefault),
    /// The application, at each insert.
    Application(ApplicationValue),
    /// The database: the stored text of this variant of the column's enum.
    Variant(String),
}

/// A value that the application makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationValue {
    /// The current time.
    Now,
    /// A random UUID.
    Uuid4,
    /// A time-ordered UUID.
    Uuid7,
    /// A CUID2.
    Cuid2,
}

impl ApplicationValue {
    /// The word that a declaration has for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Uuid4 => "uuid4",
            Self::Uuid7 => "uuid7",
            Self::Cuid2 => "cuid2",
        }
    }
}

/// What a field references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceDecl {
    /// The struct it leads to; for a field of type `Id<T>` that is `T`. None only where `table` names the target.
    pub target: Option<String>,
    /// The referenced field, if not the key.
    pub column: Option<FieldName>,
    /// The target by its names in the database, where no struct declares it; nothing about it is checked.
    pub table: Option<Reference>,
    /// The constraint's name.
    pub name: Option<Name>,
    /// On delete.
    pub on_delete: Action,
    /// On update.
    pub on_update: Action,
    /// Deferrability.
    pub deferrable: Deferrable,
    /// How a partly null key is treated.
    pub matching: Match,
    /// The fields that are set when the referenced row is deleted, if not all (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_columns: Vec<FieldName>,
    /// Whether rows from before it came may break it (PostgreSQL).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A field of another struct, as an attribute names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldName {
    /// The field's name.
    pub name: String,
    /// Where it is named.
    pub span: Hint<Span>,
}

/// A foreign key over several fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForeignKeyDecl {
    /// The referencing fields.
    pub columns: Vec<String>,
    /// The referenced fields; empty means the key.
    pub references: Vec<FieldName>,
    /// What it references, and how.
    pub reference: ReferenceDecl,
}

/// An index or a unique constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexDecl {
    /// Its name.
    pub name: Option<Name>,
    /// What it is sorted by.
    pub parts: Vec<IndexDeclPart>,
    /// Whether it is unique.
    pub unique: bool,
    /// Whether it was declared as a constraint (`#[unique]`) and not as an index.
    pub constraint: bool,
    /// Which rows it holds.
    pub filter: Option<Expr>,
    /// The access method (PostgreSQL).
    pub method: Option<Name>,
    /// Fields carried without being sorted by (PostgreSQL).
    pub include: Vec<String>,
    /// Whether two nulls count as the same value (PostgreSQL).
    pub nulls_not_distinct: bool,
    /// Whether and when a constraint's check waits for the end of the transaction.
    pub deferrable: Deferrable,
    /// Storage parameters by name (PostgreSQL).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage: BTreeMap<String, String>,
    /// Whether it is built without blocking writers (PostgreSQL).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concurrently: bool,
    /// The one dialect that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// One part of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexDeclPart {
    /// What is sorted by.
    pub key: IndexDeclKey,
    /// In which direction.
    pub order: Order,
    /// Where nulls stand.
    pub nulls: Option<Nulls>,
    /// The collation.
    pub collation: Option<Name>,
    /// The operator class (PostgreSQL).
    pub operator_class: Option<String>,
}

/// What one part of an index sorts by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum IndexDeclKey {
    /// A field.
    Field(String),
    /// An expression over columns.
    Expr(Expr),
}

/// A check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckDecl {
    /// Its name.
    pub name: Option<Name>,
    /// The condition.
    pub expr: Expr,
    /// Whether tables that inherit are left out (PostgreSQL).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// Whether rows from before it came may break it (PostgreSQL).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// The one dialect that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A trigger or a policy, by its whole text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriggerDecl {
    /// The `CREATE TRIGGER` or `CREATE POLICY` statement.
    pub sql: String,
    /// When the trigger fires, if not as triggers do by themselves (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fires: Option<Fires>,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The one dialect that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Name>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A struct that is a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViewDecl {
    /// The struct's name.
    pub rust_name: String,
    /// The view's name.
    pub name: QualifiedName,
    /// Its documentation.
    pub doc: Option<String>,
    /// The `SELECT` statement, or the whole `CREATE` statement; empty if there is one for each dialect.
    pub sql: String,
    /// The text for one dialect, in the place of the other.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<Name, String>,
    /// The columns it returns; none where the struct has no fields, because nobody reads it from Rust.
    pub columns: Vec<ColumnDecl>,
    /// Its triggers.
    pub triggers: Vec<TriggerDecl>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// An enum that is an enumerated type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnumDecl {
    /// The enum's name.
    pub rust_name: String,
    /// The type's name.
    pub name: QualifiedName,
    /// Its former name.
    pub was: Option<QualifiedName>,
    /// Its documentation.
    pub doc: Option<String>,
    /// Its variants.
    pub variants: Vec<VariantDecl>,
    /// Where it is declared.
    pub span: Hint<Span>,
}

/// A variant that is a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantDecl {
    /// The variant's name.
    pub rust_name: String,
    /// The stored text.
    pub name: Name,
    /// Its former text.
    pub was: Option<Name>,
}

/// A struct that wraps a column's type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewtypeDecl {
    /// The struct's name.
    pub rust_name: String,
    /// The wrapped type as written.
    pub rust_type: String,
    /// What that type is.
    pub kind: Kind,
    /// Where it is declared.
    pub span: Hint<Span>,
}

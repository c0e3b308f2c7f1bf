//! The data type of a column.

use peristyle_schema::{ColumnDefault, Diagnostic, Precision, Type};

use super::Resolver;
use crate::error::nearest;
use crate::model::{ApplicationValue, ColumnDecl, DefaultDecl, Kind, TableDecl};

/// The standard type of a lower-case word, as [`Type`] prints it. Anything else is passed to the database as written.
pub(crate) fn standard_type(text: &str) -> Option<Type> {
    let (word, digits) = match text.split_once('(') {
        None => (text, Vec::new()),
        Some((word, rest)) => {
            let inside = rest.strip_suffix(')')?;
            (word.trim_end(), inside.split(',').map(str::trim).collect::<Vec<_>>())
        }
    };
    Some(match (word, digits.as_slice()) {
        ("boolean", []) => Type::Boolean,
        ("smallint", []) => Type::SmallInt,
        ("integer", []) => Type::Integer,
        ("bigint", []) => Type::BigInt,
        ("real", []) => Type::Real,
        ("double precision" | "double", []) => Type::Double,
        ("numeric", []) => Type::Numeric(None),
        ("numeric", [precision]) => {
            Type::Numeric(Some(Precision { precision: precision.parse().ok()?, scale: 0 }))
        }
        ("numeric", [precision, scale]) => Type::Numeric(Some(Precision {
            precision: precision.parse().ok()?,
            scale: scale.parse().ok()?,
        })),
        ("text", []) => Type::Text,
        ("varchar", []) => Type::Varchar(None),
        ("varchar", [n]) => Type::Varchar(Some(n.parse().ok()?)),
        ("char", []) => Type::Char(None),
        ("char", [n]) => Type::Char(Some(n.parse().ok()?)),
        ("bytes", []) => Type::Bytes,
        ("uuid", []) => Type::Uuid,
        ("date", []) => Type::Date,
        ("time", []) => Type::Time,
        ("timestamp", []) => Type::Timestamp,
        ("timestamptz" | "timestamp with time zone", []) => Type::TimestampTz,
        ("interval", []) => Type::Interval,
        ("json", []) => Type::Json,
        _ => return None,
    })
}

/// How many steps a type may take through keys and newtypes before it must be a circle.
const FAR: usize = 32;

impl<'a> Resolver<'a> {
    /// The type of a column; a type that leads nowhere is reported and stands as text.
    pub(super) fn column_type(&mut self, decl: &'a ColumnDecl) -> Type {
        match self.find_type(decl, FAR) {
            Ok(data_type) => data_type,
            Err(diagnostic) => {
                self.report(diagnostic, &decl.span);
                Type::Text
            }
        }
    }

    pub(super) fn find_type(&self, decl: &'a ColumnDecl, steps: usize) -> Result<Type, Diagnostic> {
        if let Some(data_type) = &decl.data_type {
            return Ok(data_type.clone());
        }
        match self.kind_type(&decl.kind, decl, steps)? {
            Type::Numeric(None) => Ok(Type::Numeric(decl.precision)),
            data_type => Ok(data_type),
        }
    }

    fn kind_type(
        &self,
        kind: &'a Kind,
        decl: &'a ColumnDecl,
        steps: usize,
    ) -> Result<Type, Diagnostic> {
        let Some(steps) = steps.checked_sub(1) else {
            return Err(Diagnostic::error(
                "circular-type",
                format!("the type of `{}` leads back to itself", decl.field),
            )
            .help("state the type of one of the keys: `#[key(type = text)]`"));
        };
        match kind {
            Kind::Plain(data_type) => Ok(data_type.clone()),
            Kind::Json(_) => Ok(Type::Json),
            Kind::Id(target) => match self.tables.get(target.as_str()) {
                Some(table) => self.key_type(table, steps),
                None => Err(self.unknown_table(target)),
            },
            Kind::Named(name) => {
                if let Some(enumerated) = self.enums.get(name.as_str()) {
                    return Ok(Type::Enum(enumerated.name.clone()));
                }
                match self.newtypes.get(name.as_str()) {
                    Some(newtype) => self.kind_type(&newtype.kind, decl, steps),
                    None => Err(self.unknown_type(name)),
                }
            }
        }
    }

    /// The type of a table's key, which an `Id` of the table has.
    fn key_type(&self, table: &'a TableDecl, steps: usize) -> Result<Type, Diagnostic> {
        let [field] = table.key.as_slice() else {
            return Err(Diagnostic::error(
                "no-single-key",
                format!(
                    "`Id<{0}>` needs a key of one column, and `{0}` has {1}",
                    table.rust_name,
                    if table.key.is_empty() { "none" } else { "several" }
                ),
            )
            .help("use the columns' own types and `#[foreign_key(columns(…), references = …)]`"));
        };
        let Some(key) = table.columns.iter().find(|column| column.field == *field) else {
            return Ok(Type::Text);
        };
        let own = matches!(&key.kind, Kind::Id(target) if *target == table.rust_name);
        if !own || key.data_type.is_some() {
            return self.find_type(key, steps);
        }
        if key.identity.is_some() {
            return Ok(Type::BigInt);
        }
        match &key.default {
            Some(DefaultDecl::Application(ApplicationValue::Cuid2)) => Ok(Type::Text),
            Some(
                DefaultDecl::Application(ApplicationValue::Uuid4 | ApplicationValue::Uuid7)
                | DefaultDecl::Database(ColumnDefault::Uuid4 | ColumnDefault::Uuid7),
            ) => Ok(Type::Uuid),
            _ => Err(Diagnostic::error(
                "unknown-key-type",
                format!("nothing says what the key `{}.{}` is made of", table.rust_name, key.field),
            )
            .at(key.span.get().cloned())
            .help(
                "write `#[key(default = cuid2)]`, `#[key(default = uuid7)]`, `#[key(auto)]`, or state it: `#[key(type = bigint)]`",
            )),
        }
    }

    pub(super) fn unknown_table(&self, name: &str) -> Diagnostic {
        let known: Vec<&str> = self.tables.keys().copied().collect();
        let diagnostic =
            Diagnostic::error("unknown-table", format!("no struct `{name}` is a declared table"));
        match nearest(name, &known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(
                "derive `Table` on it; a table of another application is declared with `#[table(external)]`",
            ),
        }
    }

    fn unknown_type(&self, name: &str) -> Diagnostic {
        let known: Vec<&str> = self.enums.keys().chain(self.newtypes.keys()).copied().collect();
        let diagnostic = Diagnostic::error(
            "unknown-type",
            format!("`{name}` is not a column's type, and nothing declares it"),
        );
        match nearest(name, &known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(
                "derive `Enum` or `Newtype` on it, wrap it in `Json<…>`, or write the type itself: aliases cannot be seen",
            ),
        }
    }
}

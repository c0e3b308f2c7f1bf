//! The data type of a column.

use peristyle_schema::{ColumnDefault, Diagnostic, Precision, Type};

use super::{Resolver, column_of};
use crate::error::did_you_mean;
use crate::model::{ApplicationValue, ColumnDecl, DefaultDecl, Kind, TableDecl};

/// The standard type of a text, as [`Type`] prints it, in any case. Anything else is passed to the database as written.
pub(crate) fn standard_type(text: &str) -> Option<Type> {
    let written = text.trim();
    let text = written.to_ascii_lowercase();
    if let Some(of) = written.strip_suffix("[]").filter(|of| !of.is_empty()) {
        let of = of.trim_end();
        let of = standard_type(of).unwrap_or_else(|| Type::Native(of.to_owned()));
        return Some(Type::Array(Box::new(of)));
    }
    let (word, digits) = match text.split_once('(') {
        None => (text.as_str(), Vec::new()),
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
        ("double precision", []) => Type::Double,
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

/// What is said of a key of the struct's own `Id` that nothing states the type of.
pub(crate) fn unknown_key(table: &str, field: &str) -> String {
    format!("nothing says what the key `{table}.{field}` is made of")
}

/// What to do about it.
pub(crate) const UNKNOWN_KEY_HELP: &str = "write `#[key(default = cuid2)]`, `#[key(default = uuid7)]`, `#[key(auto)]`, or state it: `#[key(type = bigint)]`";

impl TableDecl {
    /// The type of the key, where the key is one field of the struct's own `Id` and says by itself what it is made of.
    pub fn own_key_type(&self) -> Option<Type> {
        let [field] = self.key.as_slice() else { return None };
        let key = column_of(self, field)?;
        match &key.kind {
            Kind::Id(target) if *target == self.rust_name => key.own_key_type(),
            Kind::Id(_)
            | Kind::Plain(_)
            | Kind::Json(_)
            | Kind::Named(_)
            | Kind::List(_)
            | Kind::Ids(_) => None,
        }
    }
}

impl ColumnDecl {
    /// The type that a key of the struct's own `Id` states: by itself, by being numbered, or by its default.
    pub(crate) fn own_key_type(&self) -> Option<Type> {
        if let Some(stated) = &self.data_type {
            return Some(stated.clone());
        }
        if self.identity.is_some() {
            return Some(Type::BigInt);
        }
        match self.default.as_ref()? {
            DefaultDecl::Application(ApplicationValue::Cuid2) => Some(Type::Text),
            DefaultDecl::Application(ApplicationValue::Uuid4 | ApplicationValue::Uuid7)
            | DefaultDecl::Database(ColumnDefault::Uuid4 | ColumnDefault::Uuid7) => {
                Some(Type::Uuid)
            }
            DefaultDecl::Application(ApplicationValue::Now)
            | DefaultDecl::Database(_)
            | DefaultDecl::Variant(_) => None,
        }
    }
}

impl<'a> Resolver<'a> {
    /// The type of a column; a type that leads nowhere is reported and stands as text.
    pub(super) fn column_type(&mut self, decl: &'a ColumnDecl) -> Type {
        match self.find_type(decl) {
            Ok(data_type) => data_type,
            Err(diagnostic) => {
                let place = diagnostic.span.clone();
                self.report(diagnostic, &place.or_else(|| decl.type_span.get().cloned()).into());
                Type::Text
            }
        }
    }

    pub(super) fn find_type(&self, decl: &'a ColumnDecl) -> Result<Type, Diagnostic> {
        self.type_within(decl, FAR)
    }

    fn type_within(&self, decl: &'a ColumnDecl, steps: usize) -> Result<Type, Diagnostic> {
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
            Kind::Id(target) => self.id_type(target, steps),
            Kind::Ids(target) => Ok(Type::Array(Box::new(self.id_type(target, steps)?))),
            Kind::List(name) => Ok(Type::Array(Box::new(self.named_type(name, decl, steps)?))),
            Kind::Named(name) => self.named_type(name, decl, steps),
        }
    }

    /// The type of an `Id` of a struct.
    fn id_type(&self, target: &str, steps: usize) -> Result<Type, Diagnostic> {
        match self.tables.get(target) {
            Some(table) => self.key_type(table, steps),
            None => Err(self.unknown_table(target)),
        }
    }

    /// The type of an enum or a newtype.
    fn named_type(
        &self,
        name: &str,
        decl: &'a ColumnDecl,
        steps: usize,
    ) -> Result<Type, Diagnostic> {
        if let Some(enumerated) = self.enums.get(name) {
            return Ok(Type::Enum(enumerated.name.clone()));
        }
        match self.newtypes.get(name) {
            Some(newtype) => self.kind_type(&newtype.kind, decl, steps),
            None => Err(self.unknown_type(name)),
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
        let Some(key) = column_of(table, field) else {
            return Ok(Type::Text);
        };
        if !matches!(&key.kind, Kind::Id(target) if *target == table.rust_name) {
            return self.type_within(key, steps);
        }
        table.own_key_type().ok_or_else(|| {
            let message = unknown_key(&table.rust_name, &key.field);
            Diagnostic::error("unknown-key-type", message)
                .at(key.span.get().cloned())
                .help(UNKNOWN_KEY_HELP)
        })
    }

    pub(super) fn unknown_table(&self, name: &str) -> Diagnostic {
        let known: Vec<&str> = self.tables.keys().copied().collect();
        let diagnostic =
            Diagnostic::error("unknown-table", format!("no struct `{name}` is a declared table"));
        match did_you_mean(name, &known) {
            Some(question) => diagnostic.help(question),
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
        match did_you_mean(name, &known) {
            Some(question) => diagnostic.help(question),
            None => diagnostic.help(
                "derive `Enum` or `Newtype` on it, wrap it in `Json<…>`, or write the type itself: aliases cannot be seen",
            ),
        }
    }
}

//! Types and their texts.
//!
//! The text of a type is what `pg_catalog.format_type` prints under `search_path = public`: one form for what declarations
//! write and for what the catalog says.

use peristyle_schema::{Precision, QualifiedName, Type};

use super::quote;

mod shape;

use shape::{Part, Shape, shape};

/// The types of `pg_catalog` that an unqualified name means before anything in `public` does, and that [`read`] keeps as
/// [`Type::Native`].
const BUILT_IN: &[&str] = &[
    "bit",
    "box",
    "bpchar",
    "cid",
    "cidr",
    "circle",
    "datemultirange",
    "daterange",
    "inet",
    "int4multirange",
    "int4range",
    "int8multirange",
    "int8range",
    "json",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "nummultirange",
    "numrange",
    "oid",
    "path",
    "pg_lsn",
    "pg_snapshot",
    "point",
    "polygon",
    "record",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "tid",
    "trigger",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "varbit",
    "void",
    "xid",
    "xid8",
    "xml",
];

/// Names that [`read`] takes as a type of its own.
const KNOWN: &[&str] = &[
    "bigint",
    "bool",
    "boolean",
    "bytea",
    "char",
    "character",
    "date",
    "dec",
    "decimal",
    "float",
    "float4",
    "float8",
    "int",
    "int2",
    "int4",
    "int8",
    "integer",
    "interval",
    "jsonb",
    "numeric",
    "real",
    "smallint",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "uuid",
    "varchar",
];

/// The text of a type.
pub(super) fn sql(data_type: &Type) -> String {
    match data_type {
        Type::Boolean => "boolean".to_owned(),
        Type::SmallInt => "smallint".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::BigInt => "bigint".to_owned(),
        Type::Real => "real".to_owned(),
        Type::Double => "double precision".to_owned(),
        Type::Numeric(None) => "numeric".to_owned(),
        Type::Numeric(Some(Precision { precision, scale })) => {
            format!("numeric({precision},{scale})")
        }
        Type::Text | Type::Values(_) => "text".to_owned(),
        Type::Varchar(None) => "character varying".to_owned(),
        Type::Varchar(Some(length)) => format!("character varying({length})"),
        Type::Char(length) => format!("character({})", length.unwrap_or(1)),
        Type::Bytes => "bytea".to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time without time zone".to_owned(),
        Type::Timestamp => "timestamp without time zone".to_owned(),
        Type::TimestampTz => "timestamp with time zone".to_owned(),
        Type::Interval => "interval".to_owned(),
        Type::Json => "jsonb".to_owned(),
        Type::Enum(name) => named(name),
        // The database keeps no count of dimensions: a list of lists has the type of a list.
        Type::Array(of) => {
            let of = sql(of);
            if of.ends_with("[]") { of } else { format!("{of}[]") }
        }
        Type::Native(text) => text.clone(),
    }
}

/// The text of a type that has a name of its own: an enumerated type, a domain, a composite type, a range type.
pub(super) fn named(name: &QualifiedName) -> String {
    match &name.namespace {
        Some(namespace) => format!("{}.{}", quote::quote(namespace), quote::quote(&name.name)),
        None if is_taken(&name.name) => format!("public.{}", quote::quote(&name.name)),
        None => quote::quote(&name.name),
    }
}

/// Whether an unqualified name means a type of the database itself, whatever `public` holds.
fn is_taken(name: &str) -> bool {
    BUILT_IN.contains(&name) || KNOWN.contains(&name)
}

/// The name that a [`Type::Native`] text gives a type of the schema, if it is one: `app.address`, `"Mood"`.
pub(super) fn name(text: &str) -> Option<QualifiedName> {
    let Shape { path, arguments: None, after, array: false } = shape(text)? else { return None };
    if !after.is_empty() {
        return None;
    }
    match path.as_slice() {
        [Part::Bare(words)] if matches!(words.as_slice(), [word] if is_taken(word)) => None,
        [namespace, _] if namespace.name() == Some("pg_catalog") => None,
        path => qualified(path),
    }
}

/// The name that a print gives anything: `app.german`, `"C"`.
pub(super) fn path(text: &str) -> Option<QualifiedName> {
    qualified(&shape(text)?.path)
}

fn qualified(path: &[Part]) -> Option<QualifiedName> {
    match path {
        [name] => Some(QualifiedName::local(name.name()?)),
        [namespace, name] => match namespace.name()? {
            "public" => Some(QualifiedName::local(name.name()?)),
            namespace => Some(QualifiedName::qualified(namespace, name.name()?)),
        },
        _ => None,
    }
}

/// The type of a text: in the words of `format_type`, or in any other that PostgreSQL takes for the same type.
///
/// A name that is no type of the database itself stays [`Type::Native`] in its quoted form; whoever knows the enumerated
/// types finds them by [`name`].
pub(super) fn read(text: &str) -> Type {
    let Some(shape) = shape(text) else { return Type::Native(text.trim().to_owned()) };
    let of = shape.read();
    if shape.array { Type::Array(Box::new(of)) } else { of }
}

impl Shape {
    fn read(&self) -> Type {
        let path = match self.path.as_slice() {
            [Part::Bare(first), rest] if first.as_slice() == ["pg_catalog"] => {
                std::slice::from_ref(rest)
            }
            [first, rest] if first.name() == Some("public") => match rest.name() {
                Some(name) if !is_taken(name) => std::slice::from_ref(rest),
                _ => self.path.as_slice(),
            },
            path => path,
        };
        match path {
            [Part::Bare(words)] => self.read_words(words),
            // Quoted, it is the type of one byte, and the length of the other does not fit it.
            [Part::Quoted(name)] if name == "char" => Type::Native("\"char\"".to_owned()),
            [Part::Quoted(name)] if is_taken(name) => self.read_words(std::slice::from_ref(name)),
            path => {
                let names: Vec<String> =
                    path.iter().filter_map(Part::name).map(quote::quote).collect();
                Type::Native(self.native(names.join(".")))
            }
        }
    }

    /// The text with the arguments and what stands behind them.
    fn native(&self, mut text: String) -> String {
        if let Some(arguments) = &self.arguments {
            text = format!("{text}({})", arguments.join(","));
        }
        if !self.after.is_empty() {
            text = format!("{text} {}", self.after.join(" "));
        }
        text
    }

    fn read_words(&self, words: &[String]) -> Type {
        let word = words.join(" ");
        let after = self.after.join(" ");
        let number = |at: usize| self.arguments.as_ref()?.get(at)?.parse::<u32>().ok();
        let native = || Type::Native(self.native(word.clone()));
        let count = self.arguments.as_ref().map_or(0, Vec::len);
        match (word.as_str(), count, after.as_str()) {
            ("bool" | "boolean", 0, "") => Type::Boolean,
            ("int2" | "smallint", 0, "") => Type::SmallInt,
            ("int4" | "int" | "integer", 0, "") => Type::Integer,
            ("int8" | "bigint", 0, "") => Type::BigInt,
            ("float4" | "real", 0, "") => Type::Real,
            ("float8" | "float" | "double precision", 0, "") => Type::Double,
            ("float", 1, "") => match number(0) {
                Some(1..=24) => Type::Real,
                Some(25..=53) => Type::Double,
                _ => native(),
            },
            ("numeric" | "decimal" | "dec", 0, "") => Type::Numeric(None),
            ("numeric" | "decimal" | "dec", 1 | 2, "") => {
                let arguments = self.arguments.as_deref().unwrap_or_default();
                let scale = arguments.get(1).map_or(Some(0), |scale| scale.parse().ok());
                match (arguments.first().and_then(|p| p.parse().ok()), scale) {
                    (Some(precision), Some(scale)) => {
                        Type::Numeric(Some(Precision { precision, scale }))
                    }
                    _ => native(),
                }
            }
            ("text", 0, "") => Type::Text,
            ("varchar" | "character varying" | "char varying", 0, "") => Type::Varchar(None),
            ("varchar" | "character varying" | "char varying", 1, "") => match number(0) {
                Some(length) => Type::Varchar(Some(length)),
                None => native(),
            },
            ("char" | "character", 0, "") => Type::Char(Some(1)),
            ("char" | "character" | "bpchar", 1, "") => match number(0) {
                Some(length) => Type::Char(Some(length)),
                None => native(),
            },
            ("bytea", 0, "") => Type::Bytes,
            ("uuid", 0, "") => Type::Uuid,
            ("date", 0, "") => Type::Date,
            ("time" | "time without time zone", 0, "") | ("time", 0, "without time zone") => {
                Type::Time
            }
            ("timestamp" | "timestamp without time zone", 0, "") => Type::Timestamp,
            ("timestamptz" | "timestamp with time zone", 0, "") => Type::TimestampTz,
            ("interval", 0, "") => Type::Interval,
            ("jsonb", 0, "") => Type::Json,
            ("timetz", 0, "") => Type::Native("time with time zone".to_owned()),
            ("time" | "timestamp", 1, "") => {
                Type::Native(format!("{} without time zone", self.native(word.clone())))
            }
            ("timetz", 1, "") => {
                Type::Native(format!("{} with time zone", self.native("time".to_owned())))
            }
            ("timestamptz", 1, "") => {
                Type::Native(format!("{} with time zone", self.native("timestamp".to_owned())))
            }
            ("bit", 0, "") => Type::Native("bit(1)".to_owned()),
            ("varbit", _, "") => Type::Native(self.native("bit varying".to_owned())),
            _ => native(),
        }
    }
}

#[cfg(test)]
mod tests;

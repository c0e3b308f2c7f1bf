//! A column: its type, default, collation and hints.

use peristyle_schema::{Column, Expr, Generated, Hint, Identity, Precision, Table, Type};

use super::super::data_type;
use super::{Enums, default, documentation, expr, local};
use crate::place::{Errors, Place};

pub(super) fn normalize(
    mut column: Column,
    enums: &Enums,
    place: &Place,
    errors: &mut Errors,
) -> Column {
    column.doc = documentation(column.doc);
    column.data_type =
        resolve(std::mem::replace(&mut column.data_type, Type::Text), enums, place, errors);
    let values = match &column.data_type {
        Type::Enum(name) => enums.get(name).map(|held| held.values.as_slice()),
        _ => None,
    };
    column.default = column
        .default
        .and_then(|value| default::normalize(value, &column.data_type, values, place, errors));
    column.generated = column.generated.map(|generated| Generated {
        expr: expr::normalize(&generated.expr, place, errors),
        stored: generated.stored,
    });
    collation(&mut column, place, errors);
    identity(&mut column, place, errors);
    column.fill = hint(column.fill, "fill", place, errors);
    column.using = hint(column.using, "using", place, errors);
    column
}

/// The type as the catalog has it; its own words are read, and a name that is an enumerated type's becomes one.
fn resolve(data_type: Type, enums: &Enums, place: &Place, errors: &mut Errors) -> Type {
    match data_type {
        Type::Enum(name) => {
            let name = local(name);
            if !enums.contains_key(&name) {
                errors.add(
                    place,
                    "unknown-enum",
                    &format!("is of the enumerated type `{name}`, which is not declared"),
                    "declare the type, or correct its name",
                );
            }
            Type::Enum(name)
        }
        Type::Values(_) => {
            errors.add(
                place,
                "unsupported-type",
                "is text out of a list without a name, and PostgreSQL's enumerated types have names",
                "declare an enum: `#[derive(Enum)]`",
            );
            Type::Text
        }
        Type::Native(text) => match data_type::read(&text) {
            Type::Native(read) => native(read, enums),
            Type::Array(of) => array(*of, enums, place, errors),
            read => read,
        },
        // PostgreSQL keeps no count of dimensions: <https://www.postgresql.org/docs/current/arrays.html>.
        Type::Array(of) => array(*of, enums, place, errors),
        Type::Char(length) => Type::Char(Some(length.unwrap_or(1))),
        Type::Numeric(Some(precision)) => {
            digits(precision, place, errors);
            Type::Numeric(Some(precision))
        }
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Numeric(None)
        | Type::Text
        | Type::Varchar(_)
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Json => data_type,
    }
}

fn array(of: Type, enums: &Enums, place: &Place, errors: &mut Errors) -> Type {
    match resolve(of, enums, place, errors) {
        Type::Array(of) => Type::Array(of),
        of => Type::Array(Box::new(of)),
    }
}

fn native(text: String, enums: &Enums) -> Type {
    match data_type::name(&text).filter(|name| enums.contains_key(name)) {
        Some(name) => Type::Enum(name),
        None => Type::Native(text),
    }
}

/// <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL>
fn digits(Precision { precision, scale }: Precision, place: &Place, errors: &mut Errors) {
    if !(1..=1000).contains(&precision) || !(-1000..=1000).contains(&scale) {
        errors.add(
            place,
            "unsupported-type",
            &format!("has {precision} digits, {scale} of them behind the point; PostgreSQL counts to 1000"),
            "leave the digits out: a plain `numeric` holds any number",
        );
    }
}

/// Whether values of a type are text that a collation can sort. A type that only the database knows may be.
fn is_text(data_type: &Type) -> bool {
    match data_type {
        Type::Text | Type::Varchar(_) | Type::Char(_) | Type::Native(_) => true,
        Type::Array(of) => is_text(of),
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Numeric(_)
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Json
        | Type::Enum(_)
        | Type::Values(_) => false,
    }
}

fn collation(column: &mut Column, place: &Place, errors: &mut Errors) {
    let Some(name) = column.collation.take() else { return };
    if !is_text(&column.data_type) {
        let message = format!("has a collation and is of the type {}", column.data_type);
        errors.add(place, "no-collation", &message, "take the collation away: only text has one");
        return;
    }
    column.collation = self::collation_name(name, place, errors);
}

/// A collation that PostgreSQL has; none if it is the database's own. SQLite's `BINARY` compares bytes, as `C` does.
pub(super) fn collation_name(
    name: peristyle_schema::Name,
    place: &Place,
    errors: &mut Errors,
) -> Option<peristyle_schema::Name> {
    match name.to_ascii_uppercase().as_str() {
        "DEFAULT" => None,
        "BINARY" => Some("C".into()),
        "NOCASE" => {
            errors.add(
                place,
                "unknown-collation",
                "has the collation NOCASE, which is SQLite's",
                "give the column the type `citext` (an extension), or a collation that ignores case (`CREATE COLLATION … \
                 (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`), or drop the collation and put \
                 a unique index on `lower(…)`",
            );
            None
        }
        "RTRIM" => {
            errors.add(
                place,
                "unknown-collation",
                "has the collation RTRIM, which is SQLite's",
                "drop the collation, and check or index `rtrim(…)`",
            );
            None
        }
        _ => Some(name),
    }
}

fn identity(column: &mut Column, place: &Place, errors: &mut Errors) {
    let Some(identity) = column.identity else { return };
    if !matches!(column.data_type, Type::SmallInt | Type::Integer | Type::BigInt) {
        errors.add(
            place,
            "identity",
            &format!("is to be numbered by the database, and is of the type {}", column.data_type),
            "make it a smallint, an integer or a bigint, or set it yourself",
        );
    }
    match identity {
        Identity::ByDefault | Identity::Always => column.nullable = false,
        // Its default is the sequence.
        Identity::Serial => {}
    }
    if column.default.is_some() {
        errors.add(
            place,
            "identity-default",
            "is numbered by the database and has a default",
            "take one of the two away",
        );
    }
}

fn hint(hint: Hint<Expr>, what: &str, place: &Place, errors: &mut Errors) -> Hint<Expr> {
    let Hint(Some(expr)) = hint else { return Hint::NONE };
    match expr::canonical(expr.as_str()) {
        Ok(expr) => Hint::some(expr),
        Err(fault) => {
            let message = format!("has a `{what}` that is no expression: {}", fault.message);
            let help = fault.help.as_deref().unwrap_or("write one expression");
            errors.add(place, "bad-expression", &message, help);
            Hint::some(expr)
        }
    }
}

/// What columns cannot be together: <https://www.postgresql.org/docs/current/ddl-generated-columns.html>.
pub(super) fn check(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        let Some(generated) = &column.generated else { continue };
        let place = Place::column(table, column);
        if column.default.is_some() {
            errors.add(
                &place,
                "generated-default",
                "is generated and has a default",
                "take one of the two away: a generated column always has the value of its expression",
            );
        }
        if column.identity.is_some() {
            errors.add(
                &place,
                "generated-identity",
                "is generated and numbered by the database",
                "take one of the two away",
            );
        }
        let other = table
            .columns
            .iter()
            .find(|other| other.generated.is_some() && generated.expr.mentions(&other.name));
        if let Some(other) = other {
            errors.add(
                &place,
                "generated-loop",
                &format!("is generated from `{}`, which is generated too", other.name),
                "write its expression over ordinary columns alone",
            );
        }
    }
}

//! Types, a sequence and a function with fixed names, which columns stand on. Each is in a schema if something uses it.

use peristyle_schema::{
    ColumnDefault, Definition, EnumType, EnumValue, Hint, IndexKey, Name, ObjectId, ObjectKind,
    QualifiedName, Schema, Table, Type,
};

use super::super::Dice;

/// A domain over numbers.
pub const DOMAIN: &str = "measure";

/// A composite type in a namespace.
pub const COMPOSITE: &str = "app.place";

/// A range type in a namespace.
pub const RANGE: &str = "app.floatrange";

/// A type that an extension brings.
pub const EXTENSION_TYPE: &str = "citext";

/// An enumerated type in a namespace.
pub const MOOD: &str = "mood";

/// A default that takes numbers from a sequence that no column owns.
pub const NUMBERED: &str = "nextval('app.paper_number'::regclass)";

/// A function that checks and computed columns call.
pub const TWICE: &str = "twice";

/// The enumerated type.
pub fn mood() -> EnumType {
    EnumType {
        name: QualifiedName::qualified("app", MOOD),
        was: Hint::NONE,
        doc: None,
        values: ["red", "glad", "blue"].into_iter().map(EnumValue::from).collect(),
    }
}

/// In which of its forms each of the things is.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    domain: usize,
    composite: usize,
    sequence: usize,
    function: usize,
    granted: usize,
}

/// The forms of the domain; every one holds all numbers that are not negative.
const DOMAINS: &[&str] = &[
    "AS integer CHECK (VALUE >= 0)",
    "AS integer DEFAULT 5 CHECK (VALUE >= 0)",
    "AS integer CONSTRAINT not_small CHECK (VALUE > -1)",
    "AS integer",
];

const COMPOSITES: &[&str] = &[
    "AS (street text, zip integer)",
    "AS (street text, zip integer, city text)",
    "AS (street text, zip integer, \"Country\" character varying(40))",
];

const SEQUENCES: &[&str] =
    &["", " INCREMENT BY 5", " AS integer START WITH 1000 CACHE 7", " MAXVALUE 99999999 CYCLE"];

const FUNCTIONS: &[&str] = &[
    "(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT $1 * 2 $$",
    "(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1 + $1 $$",
    "(n bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN n + n; END $$",
    "(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN (n * 2)",
];

/// Rights on each thing.
const GRANTS: &[&str] = &["", "peristyle_reader", "peristyle_writer", "PUBLIC"];

impl Standing {
    /// Any forms.
    pub fn random(dice: &mut Dice) -> Self {
        let mut any = || dice.place(12);
        Self { domain: any(), composite: any(), sequence: any(), function: any(), granted: any() }
    }

    /// One of them in another form.
    pub fn turn(&mut self, dice: &mut Dice) {
        let form = match dice.below(5) {
            0 => &mut self.domain,
            1 => &mut self.composite,
            2 => &mut self.sequence,
            3 => &mut self.function,
            _ => &mut self.granted,
        };
        *form += 1;
    }

    /// The things that a schema uses.
    pub fn definitions(&self, schema: &Schema) -> Vec<Definition> {
        let uses_type = |name: &str| schema.tables.values().any(|table| has_type(table, name));
        let uses_text = |text: &str| schema.tables.values().any(|table| has_text(table, text));
        let form = |forms: &[&'static str], at: usize| forms[at % forms.len()];
        let role = form(GRANTS, self.granted);
        let mut found = Vec::new();
        let mut add = |kind, namespace: Option<&str>, name: &str, sql: String, on: &str| {
            let name =
                QualifiedName { namespace: namespace.map(Name::from), name: Name::from(name) };
            found.push(Definition::new(ObjectId::new(kind, name.clone()), sql));
            if !role.is_empty() && !on.is_empty() {
                let id = ObjectId { of: Some(name), ..ObjectId::new(ObjectKind::Grant, role) };
                found.push(Definition::new(id, format!("GRANT {on} TO {role}")));
            }
        };
        if uses_type(DOMAIN) {
            let sql = format!("CREATE DOMAIN {DOMAIN} {}", form(DOMAINS, self.domain));
            add(ObjectKind::Domain, None, DOMAIN, sql, "USAGE ON DOMAIN measure");
        }
        if uses_type(COMPOSITE) {
            let sql = format!("CREATE TYPE {COMPOSITE} {}", form(COMPOSITES, self.composite));
            add(ObjectKind::CompositeType, Some("app"), "place", sql, "USAGE ON TYPE app.place");
        }
        if uses_type(RANGE) {
            let sql = format!("CREATE TYPE {RANGE} AS RANGE (SUBTYPE = double precision)");
            add(ObjectKind::RangeType, Some("app"), "floatrange", sql, "");
        }
        if uses_type(EXTENSION_TYPE) {
            let sql = format!("CREATE EXTENSION {EXTENSION_TYPE}");
            add(ObjectKind::Extension, None, EXTENSION_TYPE, sql, "");
        }
        if uses_text(NUMBERED) {
            let sql = format!("CREATE SEQUENCE app.paper_number{}", form(SEQUENCES, self.sequence));
            let on = "USAGE, SELECT ON SEQUENCE app.paper_number";
            add(ObjectKind::Sequence, Some("app"), "paper_number", sql, on);
        }
        if uses_text(&format!("{TWICE}(")) {
            let sql = format!("CREATE FUNCTION {TWICE}{}", form(FUNCTIONS, self.function));
            // Everybody may call a function anyhow.
            let on = if role == "PUBLIC" { "" } else { "EXECUTE ON FUNCTION twice(bigint)" };
            add(ObjectKind::Function, None, "twice(bigint)", sql, on);
        }
        found
    }
}

fn has_type(table: &Table, name: &str) -> bool {
    table.columns.iter().any(|column| {
        let item = match &column.data_type {
            Type::Array(item) => item.as_ref(),
            other => other,
        };
        matches!(item, Type::Native(words) if words == name)
    })
}

/// Whether an expression of the table has the text in it.
fn has_text(table: &Table, text: &str) -> bool {
    let column = |column: &peristyle_schema::Column| {
        let default = match &column.default {
            Some(ColumnDefault::Expr(expr)) => expr.as_str().contains(text),
            _ => false,
        };
        default || column.generated.as_ref().is_some_and(|g| g.expr.as_str().contains(text))
    };
    let index = |index: &peristyle_schema::Index| {
        index.parts.iter().any(|part| match &part.key {
            IndexKey::Expr(expr) => expr.as_str().contains(text),
            IndexKey::Column(_) => false,
        })
    };
    table.columns.iter().any(column)
        || table.indexes.iter().any(index)
        || table.checks.iter().any(|check| check.expr.as_str().contains(text))
}

//! Enumerated types, domains, composite and range types, and sequences.

use peristyle_schema::{
    Definition, EnumType, EnumValue, ObjectId, ObjectKind, QualifiedName, Type,
};

use super::super::{data_type, quote};
use super::queries::About;
use super::row::Row;
use super::{Class, OWN_PREFIX, Reader, quoted};

/// A sequence that a column owns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owned<'a> {
    pub(super) name: &'a str,
    /// Its name as `regclass` prints it.
    class: &'a str,
    /// Whether it counts as one that was made without any options.
    pub(super) is_plain: bool,
}

impl Owned<'_> {
    /// Whether a default takes the next number of this sequence.
    pub(super) fn is_default(&self, default: &str) -> bool {
        default == format!("nextval('{}'::regclass)", self.class.replace('\'', "''"))
    }
}

impl Reader<'_> {
    pub(super) fn enums(&mut self) {
        for row in self.rows(About::Enums) {
            let Some(name) = self.qualified(row.number(2), row.text(3)) else { continue };
            self.enums.insert(row.number(0), Type::Enum(name.clone()));
            let list = Type::Array(Box::new(Type::Enum(name.clone())));
            self.enums.insert(row.number(1), list);
            self.name(Class::Type, row.number(0), "TYPE", &name);
            let doc = self.doc(Class::Type, row.number(0), 0);
            let values = row.texts(4).iter().map(|value| EnumValue::from(value.as_str())).collect();
            self.schema.insert_enum(EnumType { name, was: Default::default(), doc, values });
        }
    }

    pub(super) fn types(&mut self) {
        for row in self.rows(About::Types) {
            let Some(name) = self.qualified(row.number(1), row.text(2)) else { continue };
            let (kind, word, sql) = match row.text(3) {
                "d" => (ObjectKind::Domain, "DOMAIN", domain(&name, row)),
                "r" => (ObjectKind::RangeType, "TYPE", range(&name, row)),
                "c" => {
                    let fields =
                        self.rows(About::Columns).filter(|field| field.number(0) == row.number(10));
                    (ObjectKind::CompositeType, "TYPE", composite(&name, fields))
                }
                _ => {
                    self.not_modelled(format_args!("base type `{name}`"));
                    continue;
                }
            };
            self.name(Class::Type, row.number(0), word, &name);
            // A composite type's comment is on the type, those on its fields are on a relation.
            let doc = self.doc(Class::Type, row.number(0), 0);
            self.schema.insert_object(Definition {
                doc,
                ..Definition::new(ObjectId::new(kind, name), sql)
            });
        }
    }

    pub(super) fn sequences(&mut self) {
        for row in self.rows(About::Sequences) {
            let owner = (row.number(11), row.number(12));
            let options = options(row);
            if row.maybe(10).is_some() {
                // A number type that is not the column's is no option: before version 10 every sequence was of one type.
                let is_plain = options.iter().all(|option| option.starts_with("AS "));
                let owned = Owned { name: row.text(2), class: row.text(13), is_plain };
                self.owned.insert(owner, owned);
            }
            let Some(name) = self.qualified(row.number(1), row.text(2)) else { continue };
            self.name(Class::Relation, row.number(0), "SEQUENCE", &name);
            if row.maybe(10).is_some() || row.text(2).starts_with(OWN_PREFIX) {
                continue;
            }
            let sql = sequence(&name, row);
            let doc = self.doc(Class::Relation, row.number(0), 0);
            let id = ObjectId::new(ObjectKind::Sequence, name);
            self.schema.insert_object(Definition { doc, ..Definition::new(id, sql) });
        }
    }
}

/// The statement that makes a sequence.
pub(in super::super) fn sequence(name: &QualifiedName, row: Row<'_>) -> String {
    let unlogged = if row.flag(14) { "UNLOGGED " } else { "" };
    let mut sql = format!("CREATE {unlogged}SEQUENCE {}", quoted(name));
    for option in options(row) {
        sql.push(' ');
        sql.push_str(&option);
    }
    sql
}

/// The statement that makes a composite type, of its fields.
pub(in super::super) fn composite<'a>(
    name: &QualifiedName,
    fields: impl Iterator<Item = Row<'a>>,
) -> String {
    let field = |row: Row<'_>| {
        let data_type = data_type::sql(&data_type::read(row.text(3)));
        let field = format!("{} {data_type}", quote::quote(row.text(2)));
        match row.maybe(9) {
            Some(collation) => format!("{field} COLLATE {collation}"),
            None => field,
        }
    };
    let fields: Vec<String> = fields.map(field).collect();
    format!("CREATE TYPE {} AS ({})", quoted(name), fields.join(", "))
}

/// The options of a sequence that do not hold anyhow.
fn options(row: Row<'_>) -> Vec<String> {
    let (start, step) = (row.number(4), row.number(5));
    let (most, least) = (row.number(6), row.number(7));
    let (low, high) = match row.text(3) {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let (usual_least, usual_most) = if step > 0 { (1, high) } else { (low, -1) };
    let mut options = Vec::new();
    if row.text(3) != "bigint" {
        options.push(format!("AS {}", row.text(3)));
    }
    if step != 1 {
        options.push(format!("INCREMENT BY {step}"));
    }
    if least != usual_least {
        options.push(format!("MINVALUE {least}"));
    }
    if most != usual_most {
        options.push(format!("MAXVALUE {most}"));
    }
    if start != (if step > 0 { least } else { most }) {
        options.push(format!("START WITH {start}"));
    }
    if row.number(8) != 1 {
        options.push(format!("CACHE {}", row.number(8)));
    }
    if row.flag(9) {
        options.push("CYCLE".to_owned());
    }
    options
}

/// The statement that makes a domain.
pub(in super::super) fn domain(name: &QualifiedName, row: Row<'_>) -> String {
    let data_type = data_type::sql(&data_type::read(row.text(4)));
    let mut sql = format!("CREATE DOMAIN {} AS {data_type}", quoted(name));
    let collation = row.texts(7);
    if !collation.is_empty() {
        let path: Vec<String> = collation.iter().map(|part| quote::quote(part)).collect();
        sql.push_str(&format!(" COLLATE {}", path.join(".")));
    }
    if let Some(default) = row.maybe(6) {
        sql.push_str(&format!(" DEFAULT {default}"));
    }
    if row.flag(5) {
        sql.push_str(" NOT NULL");
    }
    for check in row.table(8) {
        let [name, expr, not_valid] = check.as_slice() else { continue };
        let name = quote::quote(name);
        sql.push_str(&format!(" CONSTRAINT {name} CHECK ({})", super::bare(expr)));
        if !not_valid.is_empty() {
            sql.push_str(" NOT VALID");
        }
    }
    sql
}

/// The statement that makes a range type.
pub(in super::super) fn range(name: &QualifiedName, row: Row<'_>) -> String {
    let parts = row.options(9);
    let part = |at: usize| parts.get(at).cloned().flatten().filter(|part| part != "-");
    let subtype = part(0).map(|text| data_type::sql(&data_type::read(&text)));
    let subtype = subtype.unwrap_or_default();
    let mut sql = format!("CREATE TYPE {} AS RANGE (SUBTYPE = {subtype}", quoted(name));
    for (at, option) in
        [(1, "SUBTYPE_OPCLASS"), (2, "COLLATION"), (3, "CANONICAL"), (4, "SUBTYPE_DIFF")]
    {
        if let Some(value) = part(at) {
            sql.push_str(&format!(", {option} = {value}"));
        }
    }
    if let Some(multirange) =
        part(5).filter(|multirange| *multirange != usual_multirange(&name.name))
    {
        let multirange = quote::quote(&multirange);
        sql.push_str(&format!(", MULTIRANGE_TYPE_NAME = {multirange}"));
    }
    sql.push(')');
    sql
}

/// The name that the multirange type of a range type has if none is given.
/// <https://www.postgresql.org/docs/current/sql-createtype.html>
fn usual_multirange(name: &str) -> String {
    match name.find("range") {
        Some(at) => format!("{}multirange{}", &name[..at], &name[at + "range".len()..]),
        None => format!("{name}_multirange"),
    }
}

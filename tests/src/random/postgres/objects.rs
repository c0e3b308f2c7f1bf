//! The texts of objects over a table.

use peristyle_schema::{Definition, Name, ObjectId, ObjectKind, QualifiedName, Table};

use super::super::objects::Topic;
use crate::engine::{postgres, quoted};

/// The objects of a topic, each behind those that it needs.
pub fn definitions(topic: &Topic, table: &Table) -> Vec<Definition> {
    let quote = |name: &Name| postgres().quote(name);
    let whole = |name: &QualifiedName| quoted(postgres(), name);
    let (short, name) = (quote(&topic.name.name), whole(&topic.name));
    let (on, column) = (whole(&topic.table), quote(&topic.column));
    let turn = topic.turn;
    let id = ObjectId::new(topic.kind, topic.name.clone());
    let belongs = |kind, sql: String| Definition {
        on: Some(topic.table.clone()),
        ..Definition::new(
            ObjectId {
                of: Some(topic.table.clone()),
                ..ObjectId::new(kind, topic.name.name.clone())
            },
            sql,
        )
    };
    match topic.kind {
        ObjectKind::View => {
            let options = if turn % 5 == 4 { " WITH (security_barrier = true)" } else { "" };
            let query = match turn % 4 {
                0 => format!("SELECT {column} AS c, count(*) AS n FROM {on} GROUP BY {column}"),
                1 => format!("SELECT {column} AS c, 1 AS n FROM {on} GROUP BY {column}"),
                2 => format!("SELECT t AS whole FROM {on} AS t"),
                _ => format!(
                    "SELECT t.{column}, lower(t.{column}::text) AS small FROM {on} AS t WHERE t.{column} IS NOT NULL"
                ),
            };
            vec![Definition::new(id, format!("CREATE VIEW {name}{options} AS {query}"))]
        }
        ObjectKind::MaterializedView => {
            let more = if turn.is_multiple_of(2) { "count(*)" } else { "1" };
            let view = format!(
                "CREATE MATERIALIZED VIEW {name} AS SELECT {column} AS c, {more} AS n FROM {on} GROUP BY {column}"
            );
            let mut made = vec![Definition::new(id, view)];
            if !turn.is_multiple_of(3) {
                let index = QualifiedName {
                    name: Name::new(format!("{}_by_n", topic.name.name)),
                    ..topic.name.clone()
                };
                let sql = format!("CREATE INDEX {} ON {name} (n)", quote(&index.name));
                let id = ObjectId::new(ObjectKind::ViewIndex, index);
                made.push(Definition { on: Some(topic.name.clone()), ..Definition::new(id, sql) });
            }
            made
        }
        ObjectKind::Policy => {
            let condition = match turn % 3 {
                0 => format!("{column} IS NOT NULL"),
                1 => format!("({column} IS NULL) OR current_user = 'nobody'"),
                _ => {
                    format!("EXISTS (SELECT 1 FROM {on} AS other WHERE other.{column} IS NOT NULL)")
                }
            };
            let sql = match turn % 4 {
                0 => format!("CREATE POLICY {short} ON {on} USING ({condition})"),
                1 => format!(
                    "CREATE POLICY {short} ON {on} AS RESTRICTIVE FOR SELECT TO peristyle_reader USING ({condition})"
                ),
                2 => format!(
                    "CREATE POLICY {short} ON {on} FOR INSERT TO peristyle_reader, peristyle_writer WITH CHECK ({condition})"
                ),
                _ => format!(
                    "CREATE POLICY {short} ON {on} FOR UPDATE USING ({condition}) WITH CHECK (true)"
                ),
            };
            vec![belongs(ObjectKind::Policy, sql)]
        }
        ObjectKind::Grant => {
            let (role, option) = match turn % 4 {
                0 | 1 => ("peristyle_reader", ""),
                2 => ("PUBLIC", ""),
                _ => ("peristyle_writer", " WITH GRANT OPTION"),
            };
            let rights = match turn % 5 {
                0 => "SELECT".to_owned(),
                1 => "INSERT, UPDATE, SELECT".to_owned(),
                2 => "ALL PRIVILEGES".to_owned(),
                3 => format!("SELECT ({column})"),
                _ => format!("UPDATE ({column}), DELETE"),
            };
            let held = belongs(
                ObjectKind::Grant,
                format!("GRANT {rights} ON TABLE {on} TO {role}{option}"),
            );
            let id = ObjectId { name: QualifiedName::local(format!("{role}{option}")), ..held.id };
            vec![Definition { id, ..held }]
        }
        ObjectKind::Function => {
            let (arguments, sql) = match turn % 4 {
                0 => (
                    String::new(),
                    format!(
                        "RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count({column}) FROM {on} $$"
                    ),
                ),
                1 => (
                    on.clone(),
                    format!(
                        "RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT ($1).{column} IS NULL $$"
                    ),
                ),
                2 => (
                    on.clone(),
                    format!(
                        "RETURNS SETOF {on} LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM {on}; END $$"
                    ),
                ),
                _ => (
                    "integer".to_owned(),
                    format!(
                        "RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM {on} WHERE {column} IS NOT NULL; END"
                    ),
                ),
            };
            let id = ObjectId {
                name: QualifiedName {
                    name: Name::new(format!("{}({arguments})", topic.name.name)),
                    ..topic.name.clone()
                },
                ..id
            };
            vec![Definition::new(id, format!("CREATE FUNCTION {name}({arguments}) {sql}"))]
        }
        ObjectKind::Trigger
        | ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable
        | ObjectKind::ViewIndex => trigger(topic, table, &short, &name),
    }
}

/// A trigger that runs when it must not destroys rows, so that it is noticed.
fn trigger(topic: &Topic, table: &Table, short: &str, name: &str) -> Vec<Definition> {
    let (on, column) = (quoted(postgres(), &topic.table), postgres().quote(&topic.column));
    let when = ["DELETE", "INSERT", "UPDATE", "DELETE"][(topic.turn % 4) as usize];
    let destroy = format!("DELETE FROM {on} WHERE {column} IS NOT NULL;");
    let function =
        QualifiedName { name: Name::new(format!("{}()", topic.name.name)), ..topic.name.clone() };
    let function = ObjectId::new(ObjectKind::Function, function);
    let body = format!(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {destroy} RETURN NULL; END $$"
    );
    let condition = match topic.turn % 3 {
        0 if when == "DELETE" => format!(" WHEN (old.{column} IS NOT NULL)"),
        1 if when == "INSERT"
            && table.columns.get(&topic.column).is_some_and(|c| c.generated.is_none()) =>
        {
            format!(" WHEN (new.{column} IS NOT NULL)")
        }
        _ => String::new(),
    };
    let event = if when == "UPDATE" && topic.turn.is_multiple_of(5) {
        format!("UPDATE OF {column}")
    } else {
        when.to_owned()
    };
    let sql = format!(
        "CREATE TRIGGER {short} AFTER {event} ON {on} FOR EACH ROW{condition} EXECUTE FUNCTION {name}()"
    );
    let id = ObjectId {
        of: Some(topic.table.clone()),
        ..ObjectId::new(ObjectKind::Trigger, topic.name.name.clone())
    };
    let trigger = Definition { on: Some(topic.table.clone()), ..Definition::new(id, sql) };
    vec![Definition::new(function, body), trigger]
}

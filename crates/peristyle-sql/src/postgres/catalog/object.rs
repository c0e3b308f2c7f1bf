//! Objects that are known by their text: namespaces, extensions, views, functions, triggers, policies.

use peristyle_schema::{Definition, Fires, ObjectId, ObjectKind, QualifiedName};

use super::super::{data_type, quote};
use super::queries::About;
use super::relation::Kind;
use super::row::Row;
use super::{Class, Reader, Subject, bare, head, list, quoted};

impl Reader<'_> {
    pub(super) fn namespaces(&mut self) {
        for row in self.rows(About::Namespaces) {
            let (oid, name) = (row.number(0), row.text(1));
            let is_public = name == "public";
            self.namespaces.insert(oid, (!is_public).then(|| name.into()));
            let subject = Subject {
                word: "SCHEMA",
                name: QualifiedName::qualified(name, ""),
                sql: quote::quote(name),
            };
            self.named.insert((Class::Namespace, oid), subject);
            let doc = self.doc(Class::Namespace, oid, 0);
            if !is_public && !row.flag(2) {
                let sql = format!("CREATE SCHEMA {}", quote::quote(name));
                let id = ObjectId::new(ObjectKind::Namespace, name);
                self.schema.insert_object(Definition { doc, ..Definition::new(id, sql) });
            }
        }
    }

    pub(super) fn extensions(&mut self) {
        for row in self.rows(About::Extensions) {
            let (name, namespace) = (row.text(1), row.text(2));
            let mut sql = format!("CREATE EXTENSION {}", quote::quote(name));
            if namespace != "public" {
                sql.push_str(&format!(" WITH SCHEMA {}", quote::quote(namespace)));
            }
            let id = ObjectId::new(ObjectKind::Extension, name);
            self.schema.insert_object(Definition::new(id, sql));
        }
    }

    pub(super) fn views(&mut self) {
        let views: Vec<(i64, QualifiedName, Kind, Row<'_>)> = self
            .relations
            .iter()
            .map(|(oid, held)| (*oid, held.name.clone(), held.kind, held.row))
            .collect();
        for (oid, name, kind, row) in views {
            let (kind, words) = match kind {
                Kind::Table => continue,
                Kind::View => (ObjectKind::View, "VIEW"),
                Kind::MaterializedView => (ObjectKind::MaterializedView, "MATERIALIZED VIEW"),
            };
            if let Some(place) = row.maybe(13) {
                self.not_modelled(format_args!(
                    "tablespace `{place}` of materialized view `{name}`"
                ));
            }
            let sql = view(words, &name, row);
            let doc = self.doc(Class::Relation, oid, 0);
            let id = ObjectId::new(kind, name);
            self.schema.insert_object(Definition { doc, ..Definition::new(id, sql) });
        }
    }

    pub(super) fn functions(&mut self) {
        for row in self.rows(About::Functions) {
            let Some(name) = self.qualified(row.number(1), row.text(2)) else { continue };
            let types: Vec<String> =
                row.texts(4).iter().map(|text| data_type::sql(&data_type::read(text))).collect();
            let types = types.join(", ");
            let sql_name = quoted(&name);
            let name = QualifiedName {
                name: format!("{}({types})", name.name).into(),
                namespace: name.namespace,
            };
            let word = match row.text(3) {
                "a" => {
                    self.not_modelled(format_args!("aggregate `{name}`"));
                    continue;
                }
                "p" => "PROCEDURE",
                _ => "FUNCTION",
            };
            let sql = function(word, &sql_name, row);
            let doc = self.doc(Class::Function, row.number(0), 0);
            let subject = Subject { word, name: name.clone(), sql: format!("{sql_name}({types})") };
            self.named.insert((Class::Function, row.number(0)), subject);
            let id = ObjectId::new(ObjectKind::Function, name);
            self.schema.insert_object(Definition { doc, ..Definition::new(id, sql) });
        }
    }

    pub(super) fn triggers(&mut self) {
        for row in self.rows(About::Triggers) {
            let Some(relation) = self.relations.get(&row.number(1)) else { continue };
            let on = relation.name.clone();
            let doc = self.doc(Class::Trigger, row.number(0), 0);
            let fires = match row.text(3) {
                "D" => Some(Fires::Never),
                "R" => Some(Fires::OnReplica),
                "A" => Some(Fires::Always),
                _ => None,
            };
            let sql = head::on(row.text(4), &on, &on).unwrap_or_else(|| row.text(4).to_owned());
            let trigger = dependent(ObjectKind::Trigger, row.text(2), on, sql);
            self.schema.insert_object(Definition { fires, doc, ..trigger });
        }
    }

    pub(super) fn policies(&mut self) {
        for row in self.rows(About::Policies) {
            let Some(relation) = self.relations.get(&row.number(1)) else { continue };
            let on = relation.name.clone();
            let sql = policy(row.text(2), &on, row);
            let doc = self.doc(Class::Policy, row.number(0), 0);
            let policy = dependent(ObjectKind::Policy, row.text(2), on, sql);
            self.schema.insert_object(Definition { doc, ..policy });
        }
    }
}

/// An object whose name is unique only on the table or view it stands on.
fn dependent(kind: ObjectKind, name: &str, on: QualifiedName, sql: String) -> Definition {
    let id = ObjectId { of: Some(on.clone()), ..ObjectId::new(kind, QualifiedName::local(name)) };
    Definition { on: Some(on), ..Definition::new(id, sql) }
}

/// The statement that makes a view of either kind.
pub(in super::super) fn view(words: &str, name: &QualifiedName, row: Row<'_>) -> String {
    let mut sql = format!("CREATE {words} {}", quoted(name));
    if let Some(method) = row.maybe(12) {
        sql.push_str(&format!(" USING {}", quote::quote(method)));
    }
    let (mut options, mut checked) = (Vec::new(), "");
    for option in row.texts(5) {
        match option.as_str() {
            "check_option=local" => checked = "\n  WITH LOCAL CHECK OPTION",
            "check_option=cascaded" => checked = "\n  WITH CASCADED CHECK OPTION",
            _ => options.push(option.replacen('=', " = ", 1)),
        }
    }
    if !options.is_empty() {
        sql.push_str(&format!(" WITH ({})", options.join(", ")));
    }
    let query = row.text(11).trim_end().trim_end_matches(';');
    sql.push_str(&format!(" AS\n{query}{checked}"));
    sql
}

/// The statement that makes a function or procedure. The server's print names it with its schema whatever the search path is,
/// and says that it replaces another.
pub(in super::super) fn function(word: &str, name: &str, row: Row<'_>) -> String {
    let print = row.text(6).trim_end();
    let head = format!("CREATE OR REPLACE {word} {}(", row.text(5));
    match print.strip_prefix(&head) {
        Some(rest) => format!("CREATE {word} {name}({rest}"),
        None => print.to_owned(),
    }
}

/// The statement that makes a policy.
pub(in super::super) fn policy(name: &str, on: &QualifiedName, row: Row<'_>) -> String {
    let mut sql = format!("CREATE POLICY {} ON {}", quote::quote(name), quoted(on));
    if !row.flag(3) {
        sql.push_str(" AS RESTRICTIVE");
    }
    sql.push_str(match row.text(4) {
        "r" => " FOR SELECT",
        "a" => " FOR INSERT",
        "w" => " FOR UPDATE",
        "d" => " FOR DELETE",
        _ => "",
    });
    let roles = row.texts(5);
    if !roles.is_empty() {
        sql.push_str(&format!(" TO {}", list(roles.iter().map(String::as_str))));
    }
    for (at, word) in [(6, "USING"), (7, "WITH CHECK")] {
        if let Some(expr) = row.maybe(at) {
            sql.push_str(&format!(" {word} ({})", bare(expr)));
        }
    }
    sql
}

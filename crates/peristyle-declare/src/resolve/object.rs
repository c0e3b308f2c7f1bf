//! Views and triggers, which the schema holds by their text.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{Definition, Diagnostic, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use super::Resolver;
use crate::model::{ObjectDecl, TriggerDecl, ViewDecl};
use crate::parse::DIALECTS;
use crate::statement;

impl<'a> Resolver<'a> {
    /// A trigger or a policy.
    pub(super) fn trigger(&mut self, on: &QualifiedName, decl: &TriggerDecl) {
        // The parser lets no other text through; declarations that came another way are checked here again.
        let header = statement::header(&decl.sql)
            .filter(|h| matches!(h.kind, ObjectKind::Trigger | ObjectKind::Policy));
        let Some(header) = header else {
            let diagnostic = Diagnostic::error(
                "wrong-value",
                "this is not a whole CREATE TRIGGER statement",
            )
            .help("write `#[trigger(\"CREATE TRIGGER name AFTER … ON table … BEGIN … END\")]`");
            return self.report(diagnostic, &decl.span);
        };
        let definition = Definition {
            on: Some(on.clone()),
            fires: decl.fires,
            doc: decl.doc.clone(),
            dialect: decl.dialect.clone(),
            span: decl.span.clone(),
            ..Definition::new(ObjectId::new(header.kind, header.name), decl.sql.clone())
        };
        self.objects.push(definition);
    }

    pub(super) fn view(&mut self, decl: &'a ViewDecl) {
        for column in &decl.columns {
            self.column_type(column);
        }
        for (dialect, sql) in texts(decl) {
            let (kind, sql) = match statement::header(sql) {
                Some(header) => (header.kind, sql.to_owned()),
                None => (ObjectKind::View, format!("{}{sql}", view_prefix(&decl.name))),
            };
            let definition = Definition {
                doc: decl.doc.clone(),
                dialect,
                span: decl.span.clone(),
                ..Definition::new(ObjectId::new(kind, decl.name.clone()), sql)
            };
            self.objects.push(definition);
        }
        for trigger in &decl.triggers {
            self.trigger(&decl.name, trigger);
        }
    }

    /// An object that no struct stands for.
    pub(super) fn text_object(&mut self, decl: &ObjectDecl) {
        let sql = statement::trimmed(&decl.sql);
        match statement::header(sql) {
            Some(header) => {
                let definition = Definition {
                    on: header.on,
                    doc: decl.doc.clone(),
                    dialect: decl.dialect.clone(),
                    span: decl.span.clone(),
                    ..Definition::new(ObjectId::new(header.kind, header.name), sql)
                };
                self.objects.push(definition);
            }
            None => self.report(
                Diagnostic::error("wrong-value", statement::UNKNOWN).help(statement::UNKNOWN_HELP),
                &decl.span,
            ),
        }
    }

    /// Puts the objects into the schema. One dialect may have another text under the same name, and a trigger or a policy another
    /// table: those are kept apart until `normalize` knows what each is.
    pub(super) fn insert_objects(&mut self, schema: &mut Schema) {
        let objects = std::mem::take(&mut self.objects);
        let mut tables: BTreeMap<(ObjectId, Option<Name>), BTreeSet<QualifiedName>> =
            BTreeMap::new();
        for object in &objects {
            let held = tables.entry((object.id.clone(), object.dialect.clone())).or_default();
            held.extend(object.on.clone());
        }
        for mut object in objects {
            let on = object.on.clone().filter(|_| {
                let key = (object.id.clone(), object.dialect.clone());
                tables.get(&key).is_some_and(|held| held.len() > 1)
            });
            object.id.of = match (object.dialect.clone(), on) {
                (None, on) => on,
                (dialect, None) => Some(QualifiedName { namespace: dialect, name: Name::from("") }),
                (dialect, Some(on)) => {
                    Some(QualifiedName { namespace: dialect, name: Name::new(on.to_string()) })
                }
            };
            if schema.objects.contains_key(&object.id) {
                let message = format!("a second object of its kind is called `{}`", object.id.name);
                let help = "give one of them another name";
                self.report(Diagnostic::error("duplicate-name", message).help(help), &object.span);
            }
            schema.insert_object(object);
        }
    }
}

/// The texts of a view: one for every dialect, or one for each.
fn texts(decl: &ViewDecl) -> Vec<(Option<Name>, &str)> {
    if decl.texts.is_empty() {
        return vec![(None, &decl.sql)];
    }
    let of = |dialect: &&str| {
        let text = decl.texts.get(*dialect).map_or(decl.sql.as_str(), String::as_str);
        (Some(Name::from(*dialect)), text)
    };
    DIALECTS.iter().map(of).filter(|(_, sql)| !sql.is_empty()).collect()
}

/// What stands before a view's query.
fn view_prefix(name: &QualifiedName) -> String {
    let mut sql = String::from("CREATE VIEW ");
    if let Some(namespace) = &name.namespace {
        quote(namespace, &mut sql);
        sql.push('.');
    }
    quote(&name.name, &mut sql);
    sql.push_str(" AS ");
    sql
}

/// Writes a name in the double quotes of the SQL standard, which every database here reads alike.
fn quote(name: &Name, sql: &mut String) {
    sql.push('"');
    sql.push_str(&name.replace('"', "\"\""));
    sql.push('"');
}

//! Views and triggers, which the schema holds by their text.

use peristyle_schema::{
    Definition, Diagnostic, Hint, Name, ObjectId, ObjectKind, QualifiedName, Schema, Span,
};

use super::Resolver;
use crate::model::{ObjectDecl, TriggerDecl, ViewDecl};
use crate::statement;

impl<'a> Resolver<'a> {
    pub(super) fn trigger(&mut self, on: &QualifiedName, decl: &TriggerDecl, schema: &mut Schema) {
        // The parser lets no other text through; declarations that came another way are checked here again.
        let header = statement::header(&decl.sql).filter(|h| h.kind == ObjectKind::Trigger);
        let Some(header) = header else {
            let diagnostic = Diagnostic::error(
                "wrong-value",
                "this is not a whole CREATE TRIGGER statement",
            )
            .help("write `#[trigger(\"CREATE TRIGGER name AFTER … ON table … BEGIN … END\")]`");
            return self.report(diagnostic, &decl.span);
        };
        let id = ObjectId::new(ObjectKind::Trigger, header.name);
        self.object(id, Some(on.clone()), decl.sql.clone(), &decl.span, schema);
    }

    pub(super) fn view(&mut self, decl: &'a ViewDecl, schema: &mut Schema) {
        for column in &decl.columns {
            self.column_type(column);
        }
        let (kind, sql) = match statement::header(&decl.sql) {
            Some(header) => (header.kind, decl.sql.clone()),
            None => (ObjectKind::View, format!("{}{}", view_prefix(&decl.name), decl.sql)),
        };
        let id = ObjectId::new(kind, decl.name.clone());
        self.object(id, None, sql, &decl.span, schema);
        for trigger in &decl.triggers {
            self.trigger(&decl.name, trigger, schema);
        }
    }

    /// An object that no struct stands for.
    pub(super) fn text_object(&mut self, decl: &ObjectDecl, schema: &mut Schema) {
        let sql = statement::trimmed(&decl.sql);
        match statement::header(sql) {
            Some(header) => {
                let id = ObjectId::new(header.kind, header.name);
                self.object(id, header.on, sql.to_owned(), &decl.span, schema);
            }
            None => self.report(
                Diagnostic::error("wrong-value", statement::UNKNOWN).help(statement::UNKNOWN_HELP),
                &decl.span,
            ),
        }
    }

    fn object(
        &mut self,
        id: ObjectId,
        on: Option<QualifiedName>,
        sql: String,
        at: &Hint<Span>,
        schema: &mut Schema,
    ) {
        if schema.objects.contains_key(&id) {
            let message = format!("a second object of its kind is called `{}`", id.name);
            let help = "give one of them another name";
            self.report(Diagnostic::error("duplicate-name", message).help(help), at);
        }
        schema.insert_object(Definition { on, span: at.clone(), ..Definition::new(id, sql) });
    }
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

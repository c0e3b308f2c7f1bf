//! From declarations to a schema: names are looked up, types follow, keys become foreign keys.

mod column;
mod foreign_key;
mod names;
mod object;
mod table;
mod types;

use std::collections::BTreeMap;

use peristyle_schema::{
    Definition, Diagnostic, EnumType, EnumValue, Hint, QualifiedName, Schema, Span,
};

use crate::convention::bare;
use crate::model::{ColumnDecl, Declarations, EnumDecl, NewtypeDecl, TableDecl};

pub(crate) use foreign_key::comparable;
pub(crate) use types::{UNKNOWN_KEY_HELP, standard_type, unknown_key};

/// The schema that the declarations describe, not yet normalized by any dialect.
///
/// Every name that leads nowhere and every contradiction is reported, at the place where it was declared.
pub fn resolve(declarations: &Declarations) -> Result<Schema, Vec<Diagnostic>> {
    let mut resolver = Resolver::new(declarations);
    let mut schema = Schema::empty();
    for enumerated in &declarations.enums {
        schema.insert_enum(enum_type(enumerated));
    }
    for table in &declarations.tables {
        let resolved = resolver.table(table);
        schema.insert_table(resolved);
        for trigger in &table.triggers {
            resolver.trigger(&table.name, trigger);
        }
    }
    for view in &declarations.views {
        resolver.view(view);
    }
    for object in &declarations.objects {
        resolver.text_object(object);
    }
    resolver.insert_objects(&mut schema);
    resolver.check_names();
    if resolver.diagnostics.is_empty() { Ok(schema) } else { Err(resolver.diagnostics) }
}

/// What is declared, by the names that types have in Rust and enumerated types have in the database.
struct Resolver<'a> {
    declarations: &'a Declarations,
    tables: BTreeMap<&'a str, &'a TableDecl>,
    enums: BTreeMap<&'a str, &'a EnumDecl>,
    newtypes: BTreeMap<&'a str, &'a NewtypeDecl>,
    enum_names: BTreeMap<&'a QualifiedName, &'a EnumDecl>,
    /// The objects known by their text, in the order they are declared.
    objects: Vec<Definition>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn new(declarations: &'a Declarations) -> Self {
        Self {
            declarations,
            tables: declarations.tables.iter().map(|t| (t.rust_name.as_str(), t)).collect(),
            enums: declarations.enums.iter().map(|e| (e.rust_name.as_str(), e)).collect(),
            newtypes: declarations.newtypes.iter().map(|n| (n.rust_name.as_str(), n)).collect(),
            enum_names: declarations.enums.iter().map(|e| (&e.name, e)).collect(),
            objects: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic, at: &Hint<Span>) {
        let diagnostic = diagnostic.at(at.get().cloned());
        // One mistake in a key is met again by every reference to it.
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The column of a field.
fn column_of<'a>(table: &'a TableDecl, field: &str) -> Option<&'a ColumnDecl> {
    let field = bare(field);
    table.columns.iter().find(|column| bare(&column.field) == field)
}

fn enum_type(decl: &EnumDecl) -> EnumType {
    EnumType {
        name: decl.name.clone(),
        was: Hint(decl.was.clone()),
        doc: decl.doc.clone(),
        values: decl
            .variants
            .iter()
            .map(|value| EnumValue { name: value.name.clone(), was: Hint(value.was.clone()) })
            .collect(),
    }
}

//! Where an error is, and the list of all errors.

use peristyle_schema::{Column, Definition, Diagnostic, Name, Schema, Span, Table};

/// A part of a schema that an error is about.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    subject: String,
    span: Option<Span>,
}

impl Place {
    /// A table.
    pub fn table(table: &Table) -> Self {
        Self { subject: format!("the table `{}`", table.name), span: table.span.get().cloned() }
    }

    /// A column of a table.
    pub fn column(table: &Table, column: &Column) -> Self {
        let span = column.span.get().or(table.span.get()).cloned();
        Self { subject: format!("the column `{}.{}`", table.name, column.name), span }
    }

    /// Something of a table that stands on these columns: its place is that of the first.
    pub fn part(table: &Table, what: &str, columns: &[Name]) -> Self {
        let column = columns.first().and_then(|name| table.columns.get(name));
        let span = column.and_then(|column| column.span.get()).or(table.span.get()).cloned();
        Self { subject: format!("{what} of `{}`", table.name), span }
    }

    /// A view, a trigger or another object.
    pub fn object(definition: &Definition, what: &str) -> Self {
        let subject = format!("the {what} `{}`", definition.id.name);
        Self { subject, span: definition.span.get().cloned() }
    }

    /// Something else.
    pub fn other(subject: String, span: Option<Span>) -> Self {
        Self { subject, span }
    }
}

/// All errors of a schema.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Diagnostic>);

impl Errors {
    /// Adds one: what is wrong with the subject of the place, and the way out.
    pub fn add(&mut self, place: &Place, code: &str, message: &str, help: &str) {
        let message = format!("{} {message}", place.subject);
        self.0.push(Diagnostic::error(code, message).at(place.span.clone()).help(help));
    }

    /// The schema, if there was no error.
    pub fn done(self, schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
        if self.0.is_empty() { Ok(schema) } else { Err(self.0) }
    }
}

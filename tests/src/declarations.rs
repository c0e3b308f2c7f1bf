//! Declarations as text, read and written without the reader having to have a file of its own.

use std::sync::Arc;

pub use peristyle_declare::print;
use peristyle_declare::{read_path, resolve};
use peristyle_schema::{Diagnostic, Hint, Schema, Span};

/// The schema that a text declares; `name` stands for the file in diagnostics.
pub fn read(name: &str, text: &str) -> Result<Schema, Vec<Diagnostic>> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(format!("{name}.rs"));
    std::fs::write(&path, text).expect("a temporary file can be written");
    match read_path(&path).and_then(|declarations| resolve(&declarations)) {
        Ok(schema) => Ok(placed(schema, name)),
        Err(diagnostics) => Err(diagnostics
            .into_iter()
            .map(|mut diagnostic| {
                diagnostic.span.iter_mut().for_each(|span| span.file = Arc::from(name));
                diagnostic.message = diagnostic.message.replace(&path.display().to_string(), name);
                diagnostic
            })
            .collect()),
    }
}

/// The schema, with the file called by its stand-in in every place that it remembers.
fn placed(mut schema: Schema, name: &str) -> Schema {
    let call = |span: &mut Hint<Span>| {
        if let Some(span) = &mut span.0 {
            span.file = Arc::from(name);
        }
    };
    for table in schema.tables.values_mut() {
        call(&mut table.span);
        table.columns.iter_mut().for_each(|column| call(&mut column.span));
    }
    schema.objects.values_mut().for_each(|object| call(&mut object.span));
    schema
}

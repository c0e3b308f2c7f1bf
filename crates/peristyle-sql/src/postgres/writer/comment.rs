//! Documentation, held as comments.

use peristyle_schema::{Name, ObjectId, QualifiedName};

use super::super::quote::{qualified, quote};
use super::object::{ObjectWords, object_words};
use super::text;

/// `COMMENT ON TABLE`.
pub(in super::super) fn comment_on_table(table: &QualifiedName, doc: Option<&str>) -> String {
    comment("TABLE", &qualified(table), doc)
}

/// `COMMENT ON COLUMN`.
pub(in super::super) fn comment_on_column(
    table: &QualifiedName,
    column: &Name,
    doc: Option<&str>,
) -> String {
    comment("COLUMN", &format!("{}.{}", qualified(table), quote(column)), doc)
}

/// `COMMENT ON TYPE`.
pub(in super::super) fn comment_on_enum(name: &QualifiedName, doc: Option<&str>) -> String {
    comment("TYPE", &qualified(name), doc)
}

/// `COMMENT ON` an object, unless its kind has no comments.
pub(in super::super) fn comment_on_object(id: &ObjectId, doc: Option<&str>) -> Option<String> {
    match object_words(id) {
        ObjectWords::Named { word, name } => Some(comment(word, &name, doc)),
        ObjectWords::Nameless => None,
    }
}

fn comment(word: &str, name: &str, doc: Option<&str>) -> String {
    let doc = doc.map_or_else(|| "NULL".to_owned(), text);
    format!("COMMENT ON {word} {name} IS {doc}")
}

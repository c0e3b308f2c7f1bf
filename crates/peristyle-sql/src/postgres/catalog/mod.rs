//! From the answers of the catalog to a schema.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{Diagnostic, Name, QualifiedName, Schema, Type};

use super::quote;
use crate::{Answer, CatalogQuery};

pub(super) mod collation;
mod column;
mod comment;
pub(super) mod constraint;
pub(super) mod grant;
pub(super) mod head;
pub(super) mod index;
pub(super) mod object;
pub(super) mod queries;
mod relation;
pub(super) mod row;
pub(super) mod types;

use queries::About;
use row::Row;

pub(super) const QUERIES: &[CatalogQuery] = queries::QUERIES;

/// Names that start with this are Peristyle's own.
const OWN_PREFIX: &str = "_peristyle";

/// Reads the answers to [`QUERIES`] into the schema in the server's words, with notes on what the model cannot hold.
pub(super) fn read(answers: &[Answer]) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
    if answers.len() != QUERIES.len() {
        let message = format!(
            "the catalog was asked {} questions and gave {} answers",
            QUERIES.len(),
            answers.len()
        );
        return Err(vec![
            Diagnostic::error("bad-catalog", message).help("this is a mistake in Peristyle"),
        ]);
    }
    let mut reader = Reader::new(answers);
    reader.namespaces();
    reader.extensions();
    reader.enums();
    reader.sequences();
    reader.relations();
    reader.columns();
    reader.constraints();
    reader.indexes();
    reader.types();
    reader.views();
    reader.functions();
    reader.triggers();
    reader.policies();
    reader.grants();
    reader.others();
    reader.finish()
}

/// The catalogs that an oid is of; an oid is unique only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Namespace,
    Type,
    Relation,
    Function,
    Constraint,
    Trigger,
    Policy,
}

/// What is said of most things that are not in the schema.
const LEFT: &str = "it is left as it is";

/// What is known while the answers are read.
struct Reader<'a> {
    answers: &'a [Answer],
    /// The schemas that are read, by oid; `public` is none.
    namespaces: BTreeMap<i64, Option<Name>>,
    /// The enumerated types and the types of their arrays.
    enums: BTreeMap<i64, Type>,
    /// What is known of tables, views and sequences.
    relations: BTreeMap<i64, relation::Relation<'a>>,
    /// The names of columns, by table and number, dropped ones not among them.
    columns: BTreeMap<(i64, i64), &'a str>,
    /// The sequences that stand behind a column, by table and number.
    owned: BTreeMap<(i64, i64), types::Owned<'a>>,
    /// How a person, and a `GRANT`, names an object.
    named: BTreeMap<(Class, i64), Subject>,
    comments: BTreeMap<(Class, i64, i64), &'a str>,
    /// The comments that found their object.
    told: BTreeSet<(Class, i64, i64)>,
    schema: Schema,
    notes: Vec<Diagnostic>,
}

/// An object that may have a comment or privileges.
#[derive(Debug, Clone)]
struct Subject {
    /// What it is, in the words of SQL: `TABLE`.
    word: &'static str,
    /// Its name as privileges name it.
    name: QualifiedName,
    /// Its name in SQL.
    sql: String,
}

impl<'a> Reader<'a> {
    fn new(answers: &'a [Answer]) -> Self {
        let mut reader = Self {
            answers,
            namespaces: BTreeMap::new(),
            enums: BTreeMap::new(),
            relations: BTreeMap::new(),
            columns: BTreeMap::new(),
            owned: BTreeMap::new(),
            named: BTreeMap::new(),
            comments: BTreeMap::new(),
            told: BTreeSet::new(),
            schema: Schema::empty(),
            notes: Vec::new(),
        };
        reader.comments = comment::read(reader.rows(About::Comments));
        reader
    }

    fn rows(&self, about: About) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let answers: &'a [Answer] = self.answers;
        answers[about as usize].iter().map(|cells| Row(cells))
    }

    /// The name of something in a schema that is read.
    fn qualified(&self, namespace: i64, name: &str) -> Option<QualifiedName> {
        if name.starts_with(OWN_PREFIX) {
            return None;
        }
        let namespace = self.namespaces.get(&namespace)?;
        Some(QualifiedName { namespace: namespace.clone(), name: Name::from(name) })
    }

    /// Remembers how an object is called.
    fn name(&mut self, class: Class, oid: i64, word: &'static str, name: &QualifiedName) {
        let subject = Subject { word, name: name.clone(), sql: quoted(name) };
        self.named.insert((class, oid), subject);
    }

    /// The comment on an object, which is thereby held.
    fn doc(&mut self, class: Class, oid: i64, sub: i64) -> Option<String> {
        let comment = self.comments.get(&(class, oid, sub))?;
        self.told.insert((class, oid, sub));
        Some((*comment).to_owned())
    }

    /// Says that something is not in the schema.
    fn not_modelled(&mut self, what: impl std::fmt::Display) {
        self.note(what, LEFT);
    }

    /// Says that something is not in the schema, and what to do about it.
    fn note(&mut self, what: impl std::fmt::Display, help: &str) {
        let message = format!("{what} is not a part of the schema that is read");
        self.notes.push(Diagnostic::note("not-modelled", message).help(help));
    }

    fn others(&mut self) {
        for row in self.rows(About::Others) {
            self.not_modelled(format_args!("{} `{}`", row.text(0), row.text(1)));
        }
    }

    fn finish(mut self) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
        self.comments_left();
        for (_, relation) in std::mem::take(&mut self.relations) {
            if let Some(table) = relation.table {
                self.schema.insert_table(table);
            }
        }
        self.notes.sort_by(|a, b| (&a.code, &a.message).cmp(&(&b.code, &b.message)));
        self.notes.dedup();
        Ok((self.schema, self.notes))
    }
}

/// A name in SQL.
pub(super) fn quoted(name: &QualifiedName) -> String {
    match &name.namespace {
        Some(namespace) => format!("{}.{}", quote::quote(namespace), quote::quote(&name.name)),
        None => quote::quote(&name.name),
    }
}

/// Names in SQL, one after another.
fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(quote::quote).collect::<Vec<_>>().join(", ")
}

/// The text without parentheses around the whole of it.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        if !closes_at_end(text) {
            break;
        }
        text = inside.trim();
    }
    text
}

/// Whether the parenthesis that opens a text is closed by its last character. The text is a server's print: quotes are
/// doubled inside of quotes, and there are no comments.
fn closes_at_end(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == text.len();
                }
            }
            (None, _) => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parentheses_around_the_whole_are_taken_off() {
        for (text, inside) in [
            ("((a > 0))", "a > 0"),
            ("(a) + (b)", "(a) + (b)"),
            ("(a || ')')", "a || ')'"),
            ("(a = '(') OR (b)", "(a = '(') OR (b)"),
            ("lower(a)", "lower(a)"),
            ("(\")\" > 1)", "\")\" > 1"),
            ("(", "("),
            ("()", ""),
        ] {
            assert_eq!(bare(text), inside);
        }
    }

    #[test]
    fn answers_of_another_number_are_refused() {
        let errors = read(&[]).unwrap_err();
        assert_eq!(errors[0].code, "bad-catalog");
        let (schema, notes) = read(&vec![Vec::new(); QUERIES.len()]).unwrap();
        assert!(schema.is_empty() && notes.is_empty());
    }

    /// A row that is too short, as a server of another kind could give, is no reason to stop.
    #[test]
    fn short_rows_do_not_panic() {
        let answers = vec![vec![Vec::new(), vec![crate::Cell::Integer(1)]]; QUERIES.len()];
        assert!(read(&answers).is_ok());
    }
}

//! Indexes.

use peristyle_schema::{
    Definition, Diagnostic, Expr, Hint, Index, IndexKey, IndexPart, Name, Nulls, ObjectId,
    ObjectKind, Order, QualifiedName,
};

use super::super::tokens;
use super::queries::About;
use super::relation::{Kind, parameters};
use super::row::Row;
use super::{Class, Reader, bare, collation, head};

/// The access method that an index has if none is named.
const USUAL_METHOD: &str = "btree";

/// Bits of `pg_index.indoption`.
const DESCENDING: i64 = 1;
const NULLS_FIRST: i64 = 2;

/// The collation that each part of an index is printed with.
pub(in super::super) fn collated(print: &str) -> Vec<Option<String>> {
    let Ok(tokens) = tokens::significant(print) else { return Vec::new() };
    let using = tokens.iter().position(|token| token.is_word("USING")).unwrap_or_default();
    let mut found = vec![None];
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(using) {
        if token.is_operator("(") {
            depth += 1;
        } else if token.is_operator(")") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                break;
            }
        } else if depth == 1 && token.is_operator(",") {
            found.push(None);
        } else if depth == 1
            && token.is_word("COLLATE")
            && let (Some(name), Some(last)) = (tokens.get(at + 1), found.last_mut())
        {
            let dotted = tokens.get(at + 2).is_some_and(|token| token.is_operator("."));
            let end = if dotted { tokens.get(at + 3) } else { None };
            *last = Some(print[name.start..end.unwrap_or(name).end()].to_owned());
        }
    }
    found
}

impl Reader<'_> {
    pub(super) fn indexes(&mut self) {
        for row in self.rows(About::Indexes) {
            let Some(relation) = self.relations.get(&row.number(1)) else { continue };
            let (on, kind) = (relation.name.clone(), relation.kind);
            let name = QualifiedName { namespace: on.namespace.clone(), name: row.text(2).into() };
            if !row.flag(4) {
                let message = format!(
                    "index `{name}` on `{on}` is invalid: it was not built to its end, and no query uses it"
                );
                let help = "it counts as not there; drop it with `DROP INDEX CONCURRENTLY`";
                self.notes.push(Diagnostic::note("invalid-index", message).help(help));
                continue;
            }
            self.name(Class::Relation, row.number(0), "INDEX", &name);
            for clause in row.texts(16) {
                self.unmodelled(row.number(1), format!("{clause} of index `{name}`"));
            }
            match kind {
                Kind::Table => {
                    let index = self.index(row);
                    if let Some(table) = self.table_mut(row.number(1)) {
                        table.indexes.insert(index);
                    }
                }
                Kind::MaterializedView => {
                    let id = ObjectId::new(ObjectKind::ViewIndex, name);
                    let doc = self.doc(Class::Relation, row.number(0), 0);
                    let sql = head::index(row.text(15), &id.name.name, &on, &on)
                        .unwrap_or_else(|| row.text(15).to_owned());
                    let definition = Definition { on: Some(on), doc, ..Definition::new(id, sql) };
                    self.schema.insert_object(definition);
                }
                Kind::View => {}
            }
        }
    }

    fn index(&self, row: Row<'_>) -> Index {
        let table = row.number(1);
        let sorted = usize::try_from(row.number(6)).unwrap_or_default();
        let (numbers, orders) = (row.numbers(7), row.numbers(8));
        let (classes, exprs) = (row.options(9), row.options(11));
        let of_columns = row.options(10);
        // The query cannot know an expression's own collation, but the server's print says where it is another.
        let of_exprs = row.maybe(15).map(collated).unwrap_or_default();
        let parts = (0..sorted).map(|at| {
            let key = match exprs.get(at) {
                Some(Some(expr)) => IndexKey::Expr(Expr::from(bare(expr))),
                Some(None) | None => {
                    let number = numbers.get(at).copied().unwrap_or_default();
                    let name = self.columns.get(&(table, number)).copied().unwrap_or_default();
                    IndexKey::Column(Name::from(name))
                }
            };
            let collations = if matches!(key, IndexKey::Expr(_)) { &of_exprs } else { &of_columns };
            let bits = orders.get(at).copied().unwrap_or_default();
            let (descending, first) = (bits & DESCENDING != 0, bits & NULLS_FIRST != 0);
            IndexPart {
                key,
                order: if descending { Order::Descending } else { Order::Ascending },
                nulls: match (descending, first) {
                    (true, true) | (false, false) => None,
                    (true, false) => Some(Nulls::Last),
                    (false, true) => Some(Nulls::First),
                },
                collation: collations.get(at).and_then(Option::as_deref).map(collation::read),
                operator_class: classes.get(at).cloned().flatten(),
            }
        });
        Index {
            name: Name::from(row.text(2)),
            parts: parts.collect(),
            unique: row.flag(3),
            filter: row.maybe(12).map(|filter| Expr::from(bare(filter))),
            method: Some(row.text(5)).filter(|name| *name != USUAL_METHOD).map(Name::from),
            include: self.column_names(table, numbers.get(sorted..).unwrap_or_default()),
            nulls_not_distinct: row.json_flag(14),
            storage: parameters(row.texts(13)),
            concurrently: Hint::NONE,
            constraint: Hint::NONE,
        }
    }
}

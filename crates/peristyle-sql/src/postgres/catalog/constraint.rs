//! Constraints of tables.

use peristyle_schema::{
    Action, Check, Deferrable, Exclusion, Expr, ForeignKey, Match, Name, PrimaryKey, QualifiedName,
    Reference, Unique,
};

use super::queries::About;
use super::row::Row;
use super::{Class, Reader, bare};

impl Reader<'_> {
    pub(super) fn constraints(&mut self) {
        for row in self.rows(About::Constraints) {
            let table = row.number(1);
            if self.table_mut(table).is_none() {
                continue;
            }
            self.constraint(table, row);
            let name = QualifiedName::local(row.text(2));
            self.name(Class::Constraint, row.number(0), "CONSTRAINT", &name);
            for clause in row.texts(17) {
                self.unmodelled(table, format!("{clause} of constraint `{}`", row.text(2)));
            }
        }
    }

    fn constraint(&mut self, table: i64, row: Row<'_>) {
        let name = Some(Name::from(row.text(2)));
        let columns = self.column_names(table, &row.numbers(4));
        let deferrable = match row.number(11) {
            1 => Deferrable::InitiallyImmediate,
            2 => Deferrable::InitiallyDeferred,
            _ => Deferrable::Not,
        };
        let not_valid = !row.flag(12);
        let set_columns =
            row.maybe(15).and_then(|text| serde_json::from_str::<Vec<i64>>(text).ok());
        let set_columns = self.column_names(table, &set_columns.unwrap_or_default());
        let Some(table) = self.table_mut(table) else { return };
        match row.text(3) {
            "p" => table.primary_key = Some(PrimaryKey { name, columns, autoincrement: false }),
            "u" => table.uniques.push(Unique {
                name,
                columns,
                nulls_not_distinct: row.json_flag(16),
                deferrable,
            }),
            "c" => table.checks.push(Check {
                name,
                expr: Expr::from(bare(row.text(14))),
                no_inherit: row.flag(13),
                not_valid,
            }),
            "x" => {
                table.exclusions.push(Exclusion { name, rule: rule(row.text(14)), deferrable });
            }
            "f" => table.foreign_keys.push(ForeignKey {
                name,
                columns,
                references: Reference {
                    table: referenced(row.texts(6)),
                    columns: row.texts(7).into_iter().map(Name::new).collect(),
                },
                on_delete: action(row.text(9)),
                on_update: action(row.text(8)),
                deferrable,
                matching: if row.text(10) == "f" { Match::Full } else { Match::Simple },
                set_columns,
                not_valid,
            }),
            _ => {}
        }
    }

    /// The names of columns by their numbers.
    pub(super) fn column_names(&self, table: i64, numbers: &[i64]) -> Vec<Name> {
        let name = |number: &i64| Some(Name::from(*self.columns.get(&(table, *number))?));
        numbers.iter().filter_map(name).collect()
    }
}

fn referenced(path: Vec<String>) -> QualifiedName {
    let mut path = path.into_iter();
    match (path.next(), path.next()) {
        (Some(namespace), Some(name)) if namespace != "public" => {
            QualifiedName::qualified(namespace, name)
        }
        (_, Some(name)) => QualifiedName::local(name),
        (_, None) => QualifiedName::local(""),
    }
}

fn action(letter: &str) -> Action {
    match letter {
        "r" => Action::Restrict,
        "c" => Action::Cascade,
        "n" => Action::SetNull,
        "d" => Action::SetDefault,
        _ => Action::NoAction,
    }
}

/// The rule of an exclusion constraint, out of its print: without its first word and without when it is checked.
pub(in super::super) fn rule(print: &str) -> Expr {
    let mut text = print.strip_prefix("EXCLUDE ").unwrap_or(print);
    for ending in [" INITIALLY DEFERRED", " DEFERRABLE"] {
        text = text.strip_suffix(ending).unwrap_or(text);
    }
    Expr::from(text)
}

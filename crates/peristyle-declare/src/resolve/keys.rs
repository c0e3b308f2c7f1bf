//! Foreign keys: from the types of fields, and from attributes.

use peristyle_schema::{
    Action, Diagnostic, ForeignKey, Hint, Match, Name, Reference, Span, Table, Type,
};

use super::Resolver;
use crate::model::{ColumnDecl, ReferenceDecl, TableDecl};

impl<'a> Resolver<'a> {
    pub(super) fn foreign_keys(&mut self, decl: &'a TableDecl, table: &mut Table) {
        for column in &decl.columns {
            if let Some(reference) = &column.reference {
                let columns: Vec<String> = reference.column.iter().cloned().collect();
                let key = self.foreign_key(decl, &[column], &columns, reference, "references");
                table.foreign_keys.extend(key);
            }
        }
        for key in &decl.foreign_keys {
            let at = &key.reference.span;
            let columns: Vec<&'a ColumnDecl> = key
                .columns
                .iter()
                .filter_map(|field| self.column_of(decl, field, "foreign_key", at))
                .collect();
            if columns.len() == key.columns.len() {
                let key = self.foreign_key(
                    decl,
                    &columns,
                    &key.references,
                    &key.reference,
                    "foreign_key",
                );
                table.foreign_keys.extend(key);
            }
        }
    }

    fn foreign_key(
        &mut self,
        decl: &'a TableDecl,
        columns: &[&'a ColumnDecl],
        referenced: &[String],
        reference: &'a ReferenceDecl,
        what: &str,
    ) -> Option<ForeignKey> {
        let at = &reference.span;
        let target = match reference.target.as_deref()? {
            "Self" => decl,
            name => match self.tables.get(name).copied() {
                Some(table) => table,
                // An `Id` of an unknown table has been reported as a type that leads nowhere.
                None if matches!(&columns[0].kind, crate::model::Kind::Id(id) if id == name) => {
                    return None;
                }
                None => {
                    let diagnostic = self.unknown_table(name);
                    self.report(diagnostic, at);
                    return None;
                }
            },
        };
        let fields: &[String] = if referenced.is_empty() { &target.key } else { referenced };
        let mut targets = Vec::new();
        for field in fields {
            targets.push(self.column_of(target, field, what, at)?);
        }
        if targets.len() != columns.len() {
            self.report(
                Diagnostic::error(
                    "foreign-key-mismatch",
                    format!(
                        "{} of `{}` cannot reference {} of `{}`",
                        count(columns.len()),
                        decl.rust_name,
                        count(targets.len()),
                        target.rust_name
                    ),
                )
                .help("name as many referenced fields as there are referencing ones"),
                at,
            );
            return None;
        }
        self.check_types(decl, columns, target, &targets, at);
        self.check_actions(columns, reference);
        Some(ForeignKey {
            name: reference.name.clone(),
            columns: names(columns),
            references: Reference { table: target.name.clone(), columns: names(&targets) },
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable: reference.deferrable,
            matching: Match::Simple,
        })
    }

    fn check_types(
        &mut self,
        decl: &TableDecl,
        columns: &[&'a ColumnDecl],
        target: &TableDecl,
        targets: &[&'a ColumnDecl],
        at: &Hint<Span>,
    ) {
        for (column, referenced) in columns.iter().zip(targets) {
            let (Ok(from), Ok(to)) = (self.find_type(column, 32), self.find_type(referenced, 32))
            else {
                continue;
            };
            let comparable = from == to
                || matches!(
                    (&from, &to),
                    (
                        Type::SmallInt | Type::Integer | Type::BigInt,
                        Type::SmallInt | Type::Integer | Type::BigInt
                    ) | (
                        Type::Text | Type::Varchar(_) | Type::Char(_),
                        Type::Text | Type::Varchar(_) | Type::Char(_)
                    )
                )
                || matches!(from, Type::Native(_))
                || matches!(to, Type::Native(_));
            if !comparable {
                self.report(
                    Diagnostic::error(
                        "foreign-key-mismatch",
                        format!(
                            "`{}.{}` is {from}, and `{}.{}`, which it references, is {to}",
                            decl.rust_name, column.field, target.rust_name, referenced.field
                        ),
                    )
                    .help(format!("give the field the type `Id<{}>`", target.rust_name)),
                    at,
                );
            }
        }
    }

    /// `SET NULL` on a column that cannot be null fails when the referenced row is deleted, which may be years later.
    fn check_actions(&mut self, columns: &[&'a ColumnDecl], reference: &ReferenceDecl) {
        for (event, action) in
            [("on_delete", reference.on_delete), ("on_update", reference.on_update)]
        {
            match action {
                Action::SetNull => {
                    if let Some(column) = columns.iter().find(|column| !column.nullable) {
                        self.report(
                            Diagnostic::error(
                                "contradiction",
                                format!(
                                    "`{event} = set_null` on `{}`, which cannot be null",
                                    column.field
                                ),
                            )
                            .help("make the field an `Option`, or use `restrict` or `cascade`"),
                            &reference.span,
                        );
                    }
                }
                Action::SetDefault => {
                    if let Some(column) =
                        columns.iter().find(|column| !column.nullable && column.default.is_none())
                    {
                        self.report(
                            Diagnostic::error(
                                "contradiction",
                                format!(
                                    "`{event} = set_default` on `{}`, which has no default",
                                    column.field
                                ),
                            )
                            .help("give the column a default, or use `restrict` or `cascade`"),
                            &reference.span,
                        );
                    }
                }
                Action::NoAction | Action::Restrict | Action::Cascade => {}
            }
        }
    }
}

fn names(columns: &[&ColumnDecl]) -> Vec<Name> {
    columns.iter().map(|column| column.name.clone()).collect()
}

fn count(n: usize) -> String {
    match n {
        0 => "no column".to_owned(),
        1 => "one column".to_owned(),
        n => format!("{n} columns"),
    }
}

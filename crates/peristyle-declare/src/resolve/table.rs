//! A table: its columns, its key, its indexes.

use peristyle_schema::{
    Check, Diagnostic, Hint, Index, IndexKey, IndexPart, Name, PrimaryKey, Table, TableOptions,
    Unique, naming,
};

use super::{Resolver, column_of};
use crate::model::{IndexDecl, IndexDeclKey, TableDecl};

impl<'a> Resolver<'a> {
    pub(super) fn table(&mut self, decl: &'a TableDecl) -> Table {
        let mut table = Table::new(decl.name.clone());
        table.was = Hint(decl.was.clone());
        table.doc = decl.doc.clone();
        table.external = decl.external;
        table.options = TableOptions {
            strict: decl.strict,
            without_rowid: decl.without_rowid,
            ..TableOptions::default()
        };
        table.span = decl.span.clone();
        for column in &decl.columns {
            let resolved = self.column(column);
            if table.columns.insert(resolved).is_some() {
                self.report(
                    Diagnostic::error(
                        "duplicate-name",
                        format!("`{}` has two columns called `{}`", decl.name, column.name),
                    )
                    .help("give one of them another `#[column(name = \"…\")]`"),
                    &column.span,
                );
            }
        }
        if !decl.key.is_empty() {
            table.primary_key = Some(PrimaryKey {
                name: decl.key_name.clone(),
                columns: column_names(decl, &decl.key),
                autoincrement: decl.autoincrement,
            });
        }
        for index in &decl.indexes {
            self.index(decl, index, &mut table);
        }
        for check in &decl.checks {
            table.checks.push(Check { name: check.name.clone(), ..Check::new(check.expr.clone()) });
        }
        self.foreign_keys(decl, &mut table);
        table
    }

    fn index(&mut self, decl: &'a TableDecl, index: &'a IndexDecl, table: &mut Table) {
        if index.constraint {
            return self.unique(decl, index, table);
        }
        let mut resolved = Index::on_columns("", Vec::<Name>::new());
        resolved.parts = parts(decl, index);
        resolved.unique = index.unique;
        resolved.filter = index.filter.clone();
        resolved.method = index.method.clone();
        resolved.include = column_names(decl, &index.include);
        resolved.nulls_not_distinct = index.nulls_not_distinct;
        resolved.name = index.name.clone().unwrap_or_else(|| naming::index(&table.name, &resolved));
        let name = resolved.name.clone();
        if table.indexes.insert(resolved).is_some() {
            self.twin(index, format!("two indexes of `{}` are called `{name}`", table.name));
        }
    }

    fn unique(&mut self, decl: &'a TableDecl, index: &'a IndexDecl, table: &mut Table) {
        let fields = index.parts.iter().filter_map(|part| match &part.key {
            IndexDeclKey::Field(field) => Some(field.clone()),
            IndexDeclKey::Expr(_) => None,
        });
        let columns = column_names(decl, &fields.collect::<Vec<_>>());
        if table.uniques.iter().any(|held| held.columns == columns) {
            let what = columns.iter().map(|c| c.to_string()).collect::<Vec<_>>().join(", ");
            self.twin(index, format!("`{}` says twice that ({what}) is unique", table.name));
        }
        table.uniques.push(Unique {
            name: index.name.clone(),
            columns,
            nulls_not_distinct: index.nulls_not_distinct,
            deferrable: index.deferrable,
        });
    }

    fn twin(&mut self, index: &IndexDecl, message: String) {
        self.report(
            Diagnostic::error("duplicate-name", message)
                .help("take one of them away, or give it `name = \"…\"` if both are wanted"),
            &index.span,
        );
    }
}

fn parts(decl: &TableDecl, index: &IndexDecl) -> Vec<IndexPart> {
    index
        .parts
        .iter()
        .filter_map(|part| {
            let key = match &part.key {
                IndexDeclKey::Expr(expr) => IndexKey::Expr(expr.clone()),
                IndexDeclKey::Field(field) => {
                    IndexKey::Column(column_of(decl, field)?.name.clone())
                }
            };
            Some(IndexPart {
                key,
                order: part.order,
                nulls: part.nulls,
                collation: part.collation.clone(),
                operator_class: part.operator_class.clone(),
            })
        })
        .collect()
}

/// The columns of fields that the parser has found in the struct.
fn column_names(decl: &TableDecl, fields: &[String]) -> Vec<Name> {
    fields.iter().filter_map(|field| column_of(decl, field)).map(|c| c.name.clone()).collect()
}

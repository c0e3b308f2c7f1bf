//! A table: its columns, its key, its indexes.

use peristyle_schema::{
    Check, Diagnostic, Exclusion, Hint, Index, IndexKey, IndexPart, Name, Only, Partition,
    PrimaryKey, QualifiedName, Table, TableOptions, TablePart, Unique, naming,
};

use super::{Resolver, column_of};
use crate::model::{IndexDecl, IndexDeclKey, StructName, TableDecl};

impl<'a> Resolver<'a> {
    pub(super) fn table(&mut self, decl: &'a TableDecl) -> Table {
        let mut table = Table::new(decl.name.clone());
        table.was = Hint(decl.was.clone());
        table.doc = decl.doc.clone();
        table.external = decl.external;
        table.options = TableOptions {
            strict: decl.strict,
            without_rowid: decl.without_rowid,
            unlogged: decl.storage.unlogged,
            partition_by: decl.storage.partition_by.clone(),
            partition_of: self.partition(decl),
            inherits: decl.storage.inherits.iter().filter_map(|name| self.named(name)).collect(),
            row_security: decl.storage.row_security,
            storage: decl.storage.parameters.clone(),
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
            let resolved = Check {
                name: check.name.clone(),
                expr: check.expr.clone(),
                no_inherit: check.no_inherit,
                not_valid: check.not_valid,
            };
            match &check.dialect {
                None => table.checks.push(resolved),
                Some(dialect) => only(&mut table, dialect, TablePart::Check(resolved)),
            }
        }
        for exclusion in &decl.exclusions {
            let resolved = Exclusion {
                name: exclusion.name.clone(),
                rule: exclusion.rule.clone(),
                deferrable: exclusion.deferrable,
            };
            match &exclusion.dialect {
                None => table.exclusions.push(resolved),
                Some(dialect) => only(&mut table, dialect, TablePart::Exclusion(resolved)),
            }
        }
        self.foreign_keys(decl, &mut table);
        table
    }

    /// The table that it is a partition of.
    fn partition(&mut self, decl: &TableDecl) -> Option<Partition> {
        let (parent, bound) = decl.storage.partition_of.as_ref()?;
        Some(Partition { table: self.named(parent)?, bound: bound.clone() })
    }

    /// The table of a struct that an option names.
    fn named(&mut self, named: &StructName) -> Option<QualifiedName> {
        let found = self.tables.get(named.name.as_str()).map(|table| table.name.clone());
        if found.is_none() {
            let diagnostic = self.unknown_table(&named.name);
            self.report(diagnostic, &named.span);
        }
        found
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
        resolved.storage = index.storage.clone();
        resolved.concurrently = Hint(index.concurrently.then_some(()));
        if let Some(dialect) = &index.dialect {
            return only(table, dialect, TablePart::Index(resolved));
        }
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
        let resolved = Unique {
            name: index.name.clone(),
            columns: columns.clone(),
            nulls_not_distinct: index.nulls_not_distinct,
            deferrable: index.deferrable,
        };
        if let Some(dialect) = &index.dialect {
            return only(table, dialect, TablePart::Unique(resolved));
        }
        if table.uniques.iter().any(|held| held.columns == columns) {
            let what = columns.iter().map(|c| c.to_string()).collect::<Vec<_>>().join(", ");
            self.twin(index, format!("`{}` says twice that ({what}) is unique", table.name));
        }
        table.uniques.push(resolved);
    }

    fn twin(&mut self, index: &IndexDecl, message: String) {
        self.report(
            Diagnostic::error("duplicate-name", message)
                .help("take one of them away, or give it `name = \"…\"` if both are wanted"),
            &index.span,
        );
    }
}

/// Keeps a part for one dialect.
fn only(table: &mut Table, dialect: &Name, part: TablePart) {
    table.only.push(Only { dialect: dialect.clone(), part });
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

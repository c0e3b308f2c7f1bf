//! Foreign keys: from the types of fields, and from attributes.

use peristyle_schema::{Action, Diagnostic, ForeignKey, Hint, Name, Reference, Span, Table, Type};

use super::{Resolver, column_of};
use crate::convention::bare;
use crate::error::did_you_mean;
use crate::model::{ColumnDecl, FieldName, IndexDeclKey, Kind, ReferenceDecl, TableDecl};

impl<'a> Resolver<'a> {
    pub(super) fn foreign_keys(&mut self, decl: &'a TableDecl, table: &mut Table) {
        for column in &decl.columns {
            if let Some(reference) = &column.reference {
                let referenced: Vec<&FieldName> = reference.column.iter().collect();
                let key = self.foreign_key(decl, &[column], &referenced, reference);
                self.add(decl, table, key, reference);
            }
        }
        for key in &decl.foreign_keys {
            let columns: Vec<_> = key.columns.iter().filter_map(|f| column_of(decl, f)).collect();
            let referenced: Vec<&FieldName> = key.references.iter().collect();
            let resolved = self.foreign_key(decl, &columns, &referenced, &key.reference);
            self.add(decl, table, resolved, &key.reference);
        }
    }

    /// Adds a foreign key; one that says again what another says is reported, unless it names its target as the
    /// database does.
    fn add(
        &mut self,
        decl: &TableDecl,
        table: &mut Table,
        key: Option<ForeignKey>,
        reference: &ReferenceDecl,
    ) {
        let Some(key) = key else { return };
        let same =
            |held: &ForeignKey| held.columns == key.columns && held.references == key.references;
        if reference.table.is_none() && table.foreign_keys.iter().any(same) {
            let columns: Vec<&str> = key.columns.iter().map(|name| name.as_str()).collect();
            let message = format!(
                "`{}` declares twice that ({}) references `{}`",
                decl.rust_name,
                columns.join(", "),
                key.references.table
            );
            self.report(
                Diagnostic::error("duplicate-name", message)
                    .help("an `Id<…>` is a foreign key by itself; say `#[references(…)]` on the field to give it actions"),
                &reference.span,
            );
        }
        table.foreign_keys.push(key);
    }

    fn foreign_key(
        &mut self,
        decl: &'a TableDecl,
        columns: &[&'a ColumnDecl],
        referenced: &[&FieldName],
        reference: &'a ReferenceDecl,
    ) -> Option<ForeignKey> {
        let references = match &reference.table {
            Some(named) => named.clone(),
            None => self.target(decl, columns, referenced, reference)?,
        };
        Some(ForeignKey {
            name: reference.name.clone(),
            columns: names(columns),
            references,
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable: reference.deferrable,
            matching: reference.matching,
            set_columns: reference
                .set_columns
                .iter()
                .filter_map(|field| column_of(decl, &field.name))
                .map(|column| column.name.clone())
                .collect(),
            not_valid: reference.not_valid,
        })
    }

    /// What a reference to a struct leads to, everything about it being checked.
    fn target(
        &mut self,
        decl: &'a TableDecl,
        columns: &[&'a ColumnDecl],
        referenced: &[&FieldName],
        reference: &'a ReferenceDecl,
    ) -> Option<Reference> {
        let name = reference.target.as_deref()?;
        let target = match self.tables.get(name).copied() {
            _ if name == "Self" => decl,
            Some(table) => table,
            // An `Id` of an unknown table has been reported as a type that leads nowhere.
            None if matches!(&columns.first()?.kind, Kind::Id(id) if id == name) => return None,
            None => {
                let diagnostic = self.unknown_table(name);
                self.report(diagnostic, &reference.span);
                return None;
            }
        };
        let targets = self.target_columns(decl, columns, target, referenced, reference)?;
        self.check_types(decl, columns, target, &targets, &reference.span);
        self.check_unique(target, &targets, &reference.span);
        self.check_actions(columns, reference);
        Some(Reference { table: target.name.clone(), columns: names(&targets) })
    }

    fn target_columns(
        &mut self,
        decl: &TableDecl,
        columns: &[&'a ColumnDecl],
        target: &'a TableDecl,
        referenced: &[&FieldName],
        reference: &ReferenceDecl,
    ) -> Option<Vec<&'a ColumnDecl>> {
        let mut targets = Vec::new();
        if referenced.is_empty() {
            targets.extend(target.key.iter().filter_map(|field| column_of(target, field)));
        }
        for field in referenced {
            match column_of(target, &field.name) {
                Some(column) => targets.push(column),
                None => {
                    self.report(unknown_field(target, &field.name), &field.span);
                    return None;
                }
            }
        }
        if targets.len() == columns.len() {
            return Some(targets);
        }
        let by_id = matches!(columns, [only] if matches!(&only.kind, Kind::Id(_)));
        if by_id && targets.len() != 1 {
            // The type of the field has been reported: an `Id` needs a key of one column.
            return None;
        }
        let message = format!(
            "{} of `{}` cannot reference {} of `{}`",
            count(columns.len()),
            decl.rust_name,
            if referenced.is_empty() {
                format!("the key of {}", count(targets.len()))
            } else {
                count(targets.len())
            },
            target.rust_name
        );
        self.report(
            Diagnostic::error("foreign-key-mismatch", message)
                .help("name as many referenced fields as there are referencing ones"),
            &reference.span,
        );
        None
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
            let (Ok(from), Ok(to)) = (self.find_type(column), self.find_type(referenced)) else {
                continue;
            };
            if comparable(&from, &to) {
                continue;
            }
            let message = format!(
                "`{}.{}` is {from}, and `{}.{}`, which it references, is {to}",
                decl.rust_name, column.field, target.rust_name, referenced.field
            );
            let help = match target.key.as_slice() {
                [only] if *only == referenced.field => {
                    format!("give the field the type `Id<{}>`", target.rust_name)
                }
                _ => format!("give the field the type `{}`", referenced.rust_type),
            };
            self.report(Diagnostic::error("foreign-key-mismatch", message).help(help), at);
        }
    }

    /// A foreign key leads to one row: what it references is the key, or unique.
    fn check_unique(&mut self, target: &TableDecl, targets: &[&ColumnDecl], at: &Hint<Span>) {
        let fields: Vec<&str> = targets.iter().map(|column| column.field.as_str()).collect();
        if is_unique(target, &fields) {
            return;
        }
        let list = fields.join(", ");
        let message = format!("({list}) of `{}` is neither its key nor unique", target.rust_name);
        let help = match fields.as_slice() {
            [only] => format!("say `#[unique]` on `{}.{only}`", target.rust_name),
            _ => format!("say `#[unique({list})]` on `{}`", target.rust_name),
        };
        self.report(Diagnostic::error("foreign-key-target", message).help(help), at);
    }

    /// `SET NULL` on a column that cannot be null fails when the referenced row is deleted, which may be years later.
    fn check_actions(&mut self, columns: &[&'a ColumnDecl], reference: &ReferenceDecl) {
        let events = [("on_delete", reference.on_delete), ("on_update", reference.on_update)];
        for (event, action) in events {
            // The columns that are named are those that a deletion sets.
            let is_set = |column: &&&ColumnDecl| {
                let fields = &reference.set_columns;
                fields.is_empty()
                    || event == "on_update"
                    || fields.iter().any(|field| bare(&column.field) == field.name)
            };
            let (culprit, message, help) = match action {
                Action::SetNull => (
                    columns.iter().filter(is_set).find(|column| !may_be_null(column)),
                    "set_null` on `{}`, which cannot be null",
                    "make the field an `Option`, or use `restrict` or `cascade`",
                ),
                Action::SetDefault => (
                    columns
                        .iter()
                        .filter(is_set)
                        .find(|column| !may_be_null(column) && column.default.is_none()),
                    "set_default` on `{}`, which has no default",
                    "give the column a default, or use `restrict` or `cascade`",
                ),
                Action::NoAction | Action::Restrict | Action::Cascade => continue,
            };
            if let Some(column) = culprit {
                let message = format!("`{event} = {}", message.replace("{}", &column.field));
                self.report(
                    Diagnostic::error("contradiction", message).help(help),
                    &reference.span,
                );
            }
        }
    }
}

/// Whether values of the two types can be compared, so that one can be a key of the other.
pub(crate) fn comparable(from: &Type, to: &Type) -> bool {
    let whole = |t: &Type| matches!(t, Type::SmallInt | Type::Integer | Type::BigInt);
    let text = |t: &Type| matches!(t, Type::Text | Type::Varchar(_) | Type::Char(_));
    let exact = |t: &Type| matches!(t, Type::Numeric(_));
    let native = |t: &Type| matches!(t, Type::Native(_));
    from == to
        || whole(from) && whole(to)
        || text(from) && text(to)
        || exact(from) && exact(to)
        || native(from)
        || native(to)
}

fn is_unique(target: &TableDecl, fields: &[&str]) -> bool {
    let same = |held: &[&str]| {
        held.len() == fields.len() && held.iter().all(|field| fields.contains(field))
    };
    let key: Vec<&str> = target.key.iter().map(String::as_str).collect();
    same(&key)
        || target.indexes.iter().filter(|index| index.unique && index.filter.is_none()).any(
            |index| {
                let parts: Option<Vec<&str>> = index
                    .parts
                    .iter()
                    .map(|part| match &part.key {
                        IndexDeclKey::Field(field) => Some(field.as_str()),
                        IndexDeclKey::Expr(_) => None,
                    })
                    .collect();
                parts.is_some_and(|parts| same(&parts))
            },
        )
}

fn may_be_null(column: &ColumnDecl) -> bool {
    column.nullable || column.nullable_in_database
}

fn unknown_field(target: &TableDecl, field: &str) -> Diagnostic {
    let fields: Vec<&str> = target.columns.iter().map(|c| c.field.as_str()).collect();
    let message = format!("`{}` has no field `{field}`", target.rust_name);
    let help = did_you_mean(field, &fields)
        .unwrap_or_else(|| format!("its fields are {}", fields.join(", ")));
    Diagnostic::error("unknown-field", message).help(help)
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

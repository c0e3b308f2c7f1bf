//! A table as a struct.

use std::collections::BTreeMap;
use std::fmt::Write;

use peristyle_schema::{
    Column, ForeignKey, Index, IndexKey, Name, ObjectKind, Order, Schema, Table, Type, naming,
};

use super::names::{self, Names};
use super::{column, write_doc};
use crate::convention;

pub(super) fn write(out: &mut String, schema: &Schema, names: &Names, table: &Table) {
    let mut taken = Vec::new();
    let fields: BTreeMap<Name, (String, bool)> = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), names::field(&column.name, &mut taken)))
        .collect();
    let printer = Printer { schema, names, table, fields };
    printer.write(out);
}

struct Printer<'a> {
    schema: &'a Schema,
    names: &'a Names,
    table: &'a Table,
    /// The field of each column, and whether it says the column's name by itself.
    fields: BTreeMap<Name, (String, bool)>,
}

impl Printer<'_> {
    fn write(&self, out: &mut String) {
        let rust = self.names.table(&self.table.name);
        out.push('\n');
        write_doc(out, "", self.table.doc.as_deref());
        out.push_str("#[derive(Table, Debug, Clone, PartialEq)]\n");
        let options = self.table_options(rust);
        if !options.is_empty() {
            let _ = writeln!(out, "#[table({})]", options.join(", "));
        }
        if let Some(key) = &self.table.primary_key
            && key.columns.len() > 1
        {
            let name = key.name.as_ref().map(|name| format!(", name = {:?}", name.as_str()));
            let _ = writeln!(
                out,
                "#[key({}{})]",
                self.field_list(&key.columns),
                name.unwrap_or_default()
            );
        }
        for unique in &self.table.uniques {
            if unique.columns.len() > 1 || unique.name.is_some() {
                let name = unique.name.as_ref().map(|n| format!(", name = {:?}", n.as_str()));
                let _ = writeln!(
                    out,
                    "#[unique({}{})]",
                    self.field_list(&unique.columns),
                    name.unwrap_or_default()
                );
            }
        }
        for index in &self.table.indexes {
            if !self.is_plain_unique(index) {
                let _ = writeln!(out, "#[index({})]", self.index(index).join(", "));
            } else if index.parts.len() > 1 {
                let _ = writeln!(out, "#[unique({})]", self.field_list(&plain_columns(index)));
            }
        }
        for check in &self.table.checks {
            let name = check.name.as_ref().map(|name| format!(", name = {:?}", name.as_str()));
            let _ =
                writeln!(out, "#[check({:?}{})]", check.expr.as_str(), name.unwrap_or_default());
        }
        for (at, key) in self.table.foreign_keys.iter().enumerate() {
            if !self.stands_on_field(at) {
                self.write_foreign_key(out, key);
            }
        }
        for object in self.schema.objects.values() {
            if object.id.kind == ObjectKind::Trigger && object.on.as_ref() == Some(&self.table.name)
            {
                let _ = writeln!(out, "#[trigger({:?})]", object.sql);
            }
        }
        let _ = writeln!(out, "pub struct {rust} {{");
        for column in &self.table.columns {
            self.write_column(out, column);
        }
        out.push_str("}\n");
    }

    fn table_options(&self, rust: &str) -> Vec<String> {
        let mut options = Vec::new();
        let name = self.table.name.to_string();
        if convention::table_name(rust) != name {
            options.push(format!("name = {name:?}"));
        }
        if self.table.options.strict {
            options.push("strict".to_owned());
        }
        if self.table.options.without_rowid {
            options.push("without_rowid".to_owned());
        }
        if self.table.external {
            options.push("external".to_owned());
        }
        options
    }

    fn write_column(&self, out: &mut String, column: &Column) {
        let (field, says_name) = &self.fields[&column.name];
        write_doc(out, "    ", column.doc.as_deref());
        let key = self.is_key(column);
        let reference = self.field_reference(column);
        let mut written = column::rust_type(self.names, self.table, column);
        let id = match &reference {
            Some((_, target)) if self.is_id(column, target) => {
                Some(self.names.table(&target.name).to_owned())
            }
            None if key && is_key_type(&column.data_type) => {
                Some(self.names.table(&self.table.name).to_owned())
            }
            _ => None,
        };
        let mut stated = written.stated.take();
        if key {
            self.write_key(out, column, id.is_some());
        }
        if self.is_single_unique(column) {
            out.push_str("    #[unique]\n");
        }
        if let Some((foreign_key, target)) = &reference {
            let mut rules = column::rules(foreign_key);
            if id.is_none() {
                let mut all = vec![self.names.table(&target.name).to_owned()];
                if !is_key_of(target, &foreign_key.references.columns) {
                    let field = self.foreign_field(target, &foreign_key.references.columns[0]);
                    all.push(format!("column = {field}"));
                }
                all.append(&mut rules);
                let _ = writeln!(out, "    #[references({})]", all.join(", "));
            } else if !rules.is_empty() {
                let _ = writeln!(out, "    #[references({})]", rules.join(", "));
            }
        }
        let mut options = Vec::new();
        if !says_name {
            options.push(format!("name = {:?}", column.name.as_str()));
        }
        let in_key =
            self.table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name));
        if in_key && column.nullable {
            options.push("nullable".to_owned());
        }
        if let Some(stated) = stated.take() {
            options.push(format!("type = {stated}"));
        }
        options.append(&mut column::options(column));
        if !options.is_empty() {
            let _ = writeln!(out, "    #[column({})]", options.join(", "));
        }
        let rust = id.map_or(written.rust, |target| format!("Id<{target}>"));
        let rust = if column.nullable && !in_key { format!("Option<{rust}>") } else { rust };
        let _ = writeln!(out, "    pub {field}: {rust},");
    }

    fn write_key(&self, out: &mut String, column: &Column, is_id: bool) {
        let mut options = Vec::new();
        match column::key_word(self.table, column) {
            Some(word) => options.push(word.to_owned()),
            None if is_id => options.push(format!("type = {}", column.data_type)),
            None => {}
        }
        if let Some(name) = self.table.primary_key.as_ref().and_then(|key| key.name.as_ref()) {
            options.push(format!("name = {:?}", name.as_str()));
        }
        if options.is_empty() {
            out.push_str("    #[key]\n");
        } else {
            let _ = writeln!(out, "    #[key({})]", options.join(", "));
        }
    }

    fn write_foreign_key(&self, out: &mut String, key: &ForeignKey) {
        let Some(target) = self.schema.tables.get(&key.references.table) else { return };
        let mut options = vec![format!("columns({})", self.field_list(&key.columns))];
        let fields: Vec<String> = key
            .references
            .columns
            .iter()
            .map(|column| self.foreign_field(target, column))
            .collect();
        let target = self.names.table(&target.name);
        options.push(if fields.is_empty() {
            format!("references = {target}")
        } else {
            format!("references = {target}({})", fields.join(", "))
        });
        options.append(&mut column::rules(key));
        let _ = writeln!(out, "#[foreign_key({})]", options.join(", "));
    }

    /// The field by which another struct knows a column.
    fn foreign_field(&self, target: &Table, column: &Name) -> String {
        let mut taken = Vec::new();
        target
            .columns
            .iter()
            .map(|held| (&held.name, names::field(&held.name, &mut taken).0))
            .find(|(name, _)| *name == column)
            .map_or_else(|| column.to_string(), |(_, field)| field)
    }

    fn is_key(&self, column: &Column) -> bool {
        self.table.primary_key.as_ref().is_some_and(|key| key.columns == [column.name.clone()])
    }

    /// The foreign key that stands on a column's field: the first over this column alone.
    fn field_reference(&self, column: &Column) -> Option<(&ForeignKey, &Table)> {
        let key =
            self.table.foreign_keys.iter().find(|key| key.columns == [column.name.clone()])?;
        Some((key, self.schema.tables.get(&key.references.table)?))
    }

    fn stands_on_field(&self, at: usize) -> bool {
        let key = &self.table.foreign_keys[at];
        key.columns.len() == 1
            && !self.table.foreign_keys[..at].iter().any(|earlier| earlier.columns == key.columns)
    }

    /// Whether the field can be an `Id` of the table that it references.
    fn is_id(&self, column: &Column, target: &Table) -> bool {
        let Some(key) = &target.primary_key else { return false };
        let [name] = key.columns.as_slice() else { return false };
        let Some(referenced) = target.columns.get(name) else { return false };
        let Some((foreign_key, _)) = self.field_reference(column) else { return false };
        is_key_of(target, &foreign_key.references.columns)
            && is_key_type(&referenced.data_type)
            && referenced.data_type == column.data_type
            && !(self.is_key(column) && target.name == self.table.name)
            && !target.foreign_keys.iter().any(|fk| fk.columns == key.columns)
    }

    fn is_plain_unique(&self, index: &Index) -> bool {
        let columns = plain_columns(index);
        index.unique
            && columns.len() == index.parts.len()
            && index.filter.is_none()
            && index.name == naming::unique(&self.table.name, &columns)
    }

    fn is_single_unique(&self, column: &Column) -> bool {
        let only = [column.name.clone()];
        self.table.uniques.iter().any(|unique| unique.columns == only && unique.name.is_none())
            || self
                .table
                .indexes
                .iter()
                .any(|index| self.is_plain_unique(index) && plain_columns(index) == only)
    }

    fn index(&self, index: &Index) -> Vec<String> {
        let mut entries: Vec<String> = index
            .parts
            .iter()
            .map(|part| {
                let mut entry = match &part.key {
                    IndexKey::Column(name) => self.field(name),
                    IndexKey::Expr(expr) => format!("{:?}", expr.as_str()),
                };
                if part.order == Order::Descending {
                    entry.push_str(" desc");
                }
                if let Some(collation) = &part.collation {
                    let _ = write!(entry, " collate {:?}", collation.as_str());
                }
                entry
            })
            .collect();
        if index.unique {
            entries.push("unique".to_owned());
        }
        if let Some(filter) = &index.filter {
            entries.push(format!("where = {:?}", filter.as_str()));
        }
        if index.name != naming::index(&self.table.name, index) {
            entries.push(format!("name = {:?}", index.name.as_str()));
        }
        entries
    }

    fn field(&self, column: &Name) -> String {
        self.fields.get(column).map_or_else(|| column.to_string(), |(field, _)| field.clone())
    }

    fn field_list(&self, columns: &[Name]) -> String {
        columns.iter().map(|column| self.field(column)).collect::<Vec<_>>().join(", ")
    }
}

fn is_key_of(table: &Table, columns: &[Name]) -> bool {
    columns.is_empty() || table.primary_key.as_ref().is_some_and(|key| key.columns == columns)
}

/// Whether an `Id` can hold values of this type.
fn is_key_type(data_type: &Type) -> bool {
    matches!(data_type, Type::BigInt | Type::Text | Type::Uuid)
}

/// The columns of an index that has no other parts than plain ascending columns.
fn plain_columns(index: &Index) -> Vec<Name> {
    index
        .parts
        .iter()
        .filter_map(|part| match &part.key {
            IndexKey::Column(name)
                if part.order == Order::Ascending && part.collation.is_none() =>
            {
                Some(name.clone())
            }
            IndexKey::Column(_) | IndexKey::Expr(_) => None,
        })
        .collect()
}

//! What a change means: the specification that every dialect's SQL is tested against.

use crate::{
    Change, EnumEdit, EnumValue, Hint, IndexKey, Name, Pair, QualifiedName, Schema, Table,
    TableEdit, Type,
};

impl Schema {
    /// Applies one change.
    ///
    /// A change that does not fit the schema (it drops what is not there) leaves it as it is: changes are computed from the
    /// schemas they connect, so only a mistake of ours makes one that does not fit, and the laws find those.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::CreateTable(table) => self.insert_table(table.clone()),
            Change::DropTable(table) => {
                self.tables.remove(&table.name);
            }
            Change::RenameTable(names) => self.rename_table(names),
            Change::AlterTable { table, edits } => {
                for edit in edits {
                    self.edit_table(table, edit);
                }
            }
            Change::CreateEnum(enumerated) => self.insert_enum(enumerated.clone()),
            Change::DropEnum(enumerated) => {
                self.enums.remove(&enumerated.name);
            }
            Change::RenameEnum(names) => self.rename_enum(names),
            Change::AlterEnum { name, edits } => {
                if let Some(enumerated) = self.enums.get_mut(name) {
                    for edit in edits {
                        match edit {
                            EnumEdit::RenameValue(names) => {
                                rename_value(&mut enumerated.values, names);
                            }
                            EnumEdit::SetValues(values) => {
                                enumerated.values.clone_from(&values.new);
                            }
                            EnumEdit::SetDoc(docs) => enumerated.doc.clone_from(&docs.new),
                        }
                    }
                }
            }
            Change::CreateObject(definition) => self.insert_object(definition.clone()),
            Change::DropObject(definition) => {
                self.objects.remove(&definition.id);
            }
            Change::ReplaceObject(definitions) => {
                self.objects.remove(&definitions.old.id);
                self.insert_object(definitions.new.clone());
            }
        }
    }

    /// Applies changes in order.
    pub fn apply_all<'a>(&mut self, changes: impl IntoIterator<Item = &'a Change>) {
        for change in changes {
            self.apply(change);
        }
    }

    fn rename_table(&mut self, names: &Pair<QualifiedName>) {
        if let Some(mut table) = self.tables.remove(&names.old) {
            table.name = names.new.clone();
            self.insert_table(table);
        }
        for table in self.tables.values_mut() {
            for key in &mut table.foreign_keys {
                if key.references.table == names.old {
                    key.references.table = names.new.clone();
                }
            }
        }
        for table in self.tables.values_mut() {
            if let Some(partition) = &mut table.options.partition_of
                && partition.table == names.old
            {
                partition.table = names.new.clone();
            }
            for parent in &mut table.options.inherits {
                if *parent == names.old {
                    *parent = names.new.clone();
                }
            }
        }
        for (_, mut object) in std::mem::take(&mut self.objects) {
            for table in [&mut object.on, &mut object.id.of] {
                if table.as_ref() == Some(&names.old) {
                    *table = Some(names.new.clone());
                }
            }
            self.insert_object(object);
        }
    }

    fn rename_enum(&mut self, names: &Pair<QualifiedName>) {
        if let Some(mut enumerated) = self.enums.remove(&names.old) {
            enumerated.name = names.new.clone();
            self.insert_enum(enumerated);
        }
        for table in self.tables.values_mut() {
            for column in table.columns.iter_mut() {
                rename_enum_in(&mut column.data_type, names);
            }
        }
    }

    fn edit_table(&mut self, name: &QualifiedName, edit: &TableEdit) {
        if let TableEdit::RenameColumn(names) = edit {
            for table in self.tables.values_mut() {
                for key in &mut table.foreign_keys {
                    if key.references.table == *name {
                        rename_in(&mut key.references.columns, names);
                    }
                }
            }
        }
        if let Some(table) = self.tables.get_mut(name) {
            table.edit(edit);
        }
    }
}

impl Table {
    /// Applies one edit to this table. A column's rename does not reach the foreign keys of other tables;
    /// [`Schema::apply`] sees to those.
    pub fn edit(&mut self, edit: &TableEdit) {
        match edit {
            TableEdit::RenameColumn(names) => self.rename_column(names),
            TableEdit::AddColumn(column) => {
                self.columns.insert(column.clone());
            }
            TableEdit::DropColumn(column) => {
                self.columns.remove(&column.name);
            }
            TableEdit::AlterColumn(columns) => {
                self.columns.insert(columns.new.clone());
            }
            TableEdit::SetPrimaryKey(keys) => self.primary_key.clone_from(&keys.new),
            TableEdit::AddUnique(unique) => self.uniques.push(unique.clone()),
            TableEdit::DropUnique(unique) => remove(&mut self.uniques, unique),
            TableEdit::AddForeignKey(key) => self.foreign_keys.push(key.clone()),
            TableEdit::DropForeignKey(key) => remove(&mut self.foreign_keys, key),
            TableEdit::AddCheck(check) => self.checks.push(check.clone()),
            TableEdit::DropCheck(check) => remove(&mut self.checks, check),
            TableEdit::AddExclusion(exclusion) => self.exclusions.push(exclusion.clone()),
            TableEdit::DropExclusion(exclusion) => remove(&mut self.exclusions, exclusion),
            TableEdit::AddIndex(index) => {
                self.indexes.insert(index.clone());
            }
            TableEdit::DropIndex(index) => {
                self.indexes.remove(&index.name);
            }
            TableEdit::RenameIndex(names) => {
                if let Some(mut index) = self.indexes.remove(&names.old) {
                    index.name = names.new.clone();
                    self.indexes.insert(index);
                }
            }
            TableEdit::SetOptions(options) => self.options = options.new.clone(),
            TableEdit::SetDoc(docs) => self.doc.clone_from(&docs.new),
        }
    }

    fn rename_column(&mut self, names: &Pair<Name>) {
        let mut columns: Vec<_> = std::mem::take(&mut self.columns).into_iter().collect();
        for column in &mut columns {
            if column.name == names.old {
                column.name = names.new.clone();
                column.was = Hint::NONE;
            }
            if let Some(generated) = &mut column.generated {
                generated.expr = generated.expr.rename_column(&names.old, &names.new);
            }
        }
        self.columns = columns.into_iter().collect();
        if let Some(key) = &mut self.primary_key {
            rename_in(&mut key.columns, names);
        }
        for unique in &mut self.uniques {
            rename_in(&mut unique.columns, names);
        }
        for key in &mut self.foreign_keys {
            rename_in(&mut key.columns, names);
            rename_in(&mut key.set_columns, names);
        }
        for exclusion in &mut self.exclusions {
            exclusion.rule = exclusion.rule.rename_column(&names.old, &names.new);
        }
        if let Some(by) = &mut self.options.partition_by {
            *by = by.rename_column(&names.old, &names.new);
        }
        for check in &mut self.checks {
            check.expr = check.expr.rename_column(&names.old, &names.new);
        }
        for index in self.indexes.iter_mut() {
            for part in &mut index.parts {
                match &mut part.key {
                    IndexKey::Column(name) if *name == names.old => *name = names.new.clone(),
                    IndexKey::Column(_) => {}
                    IndexKey::Expr(expr) => *expr = expr.rename_column(&names.old, &names.new),
                }
            }
            rename_in(&mut index.include, names);
            if let Some(filter) = &mut index.filter {
                *filter = filter.rename_column(&names.old, &names.new);
            }
        }
    }
}

fn rename_in(columns: &mut [Name], names: &Pair<Name>) {
    for column in columns {
        if *column == names.old {
            *column = names.new.clone();
        }
    }
}

fn rename_enum_in(data_type: &mut Type, names: &Pair<QualifiedName>) {
    match data_type {
        Type::Enum(name) if *name == names.old => *name = names.new.clone(),
        Type::Array(of) => rename_enum_in(of, names),
        _ => {}
    }
}

/// Renames one value of an enumerated type.
pub(crate) fn rename_value(values: &mut [EnumValue], names: &Pair<Name>) {
    for value in values {
        if value.name == names.old {
            value.name = names.new.clone();
            value.was = Hint::NONE;
        }
    }
}

fn remove<T: PartialEq>(items: &mut Vec<T>, item: &T) {
    if let Some(at) = items.iter().position(|held| held == item) {
        items.remove(at);
    }
}

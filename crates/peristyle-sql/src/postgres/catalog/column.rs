//! Columns.

use std::collections::BTreeMap;

use peristyle_schema::{Column, ColumnDefault, Expr, Generated, Identity, Type};

use super::super::data_type;
use super::queries::About;
use super::row::Row;
use super::{Class, Reader, collation};

impl<'a> Reader<'a> {
    pub(super) fn columns(&mut self) {
        let mut inherited: Vec<(i64, Row<'a>)> = Vec::new();
        let mut rows: BTreeMap<(i64, &'a str), Row<'a>> = BTreeMap::new();
        for row in self.rows(About::Columns) {
            let (table, name) = (row.number(0), row.text(2));
            self.columns.insert((table, row.number(1)), name);
            rows.insert((table, name), row);
        }
        for row in self.rows(About::Columns) {
            let table = row.number(0);
            if self.table_mut(table).is_none() {
                continue;
            }
            if !row.flag(10) {
                inherited.push((table, row));
                continue;
            }
            let column = self.column(table, row);
            if let Some(table) = self.table_mut(table) {
                table.columns.insert(column);
            }
        }
        for (table, row) in inherited {
            self.inherited(table, row, &rows);
        }
    }

    fn column(&mut self, table: i64, row: Row<'a>) -> Column {
        let (number, name) = (row.number(1), row.text(2));
        let mut column = Column::new(name, self.data_type(row));
        column.nullable = !row.flag(5);
        column.doc = self.doc(Class::Relation, table, number);
        column.collation = row.maybe(9).map(collation::read);
        column.identity = match row.text(6) {
            "a" => Some(Identity::Always),
            "d" => Some(Identity::ByDefault),
            _ => None,
        };
        let expr = row.maybe(8).map(Expr::from);
        match row.text(7) {
            "" => column.default = expr.map(ColumnDefault::Expr),
            stored => {
                column.generated = expr.map(|expr| Generated { expr, stored: stored == "s" });
            }
        }
        if let Some(owned) = self.owned.get(&(table, number)).copied() {
            let numbers = match &column.default {
                Some(ColumnDefault::Expr(expr)) => owned.is_default(expr.as_str()),
                _ => false,
            };
            if numbers {
                column.default = None;
                column.identity = Some(Identity::Serial);
            }
            if column.identity.is_some() && !owned.is_plain {
                self.unmodelled_with(
                    table,
                    format!("options of the sequence of column `{name}`"),
                    "they are left as they are; a database that is made from the declarations has them only by a migration of your \
                     own: `ALTER TABLE … ALTER COLUMN … SET INCREMENT BY …`, for a serial `ALTER SEQUENCE …`",
                );
            }
            if column.identity.is_none() {
                self.unmodelled(
                    table,
                    format!("sequence `{}` that column `{name}` owns", owned.name),
                );
            }
        }
        for clause in row.texts(11) {
            self.unmodelled(table, format!("{clause} of column `{name}`"));
        }
        column
    }

    /// The type of a column; an enumerated one is known by its oid, whatever it is called.
    pub(super) fn data_type(&self, row: Row<'_>) -> Type {
        match self.enums.get(&row.number(4)) {
            Some(data_type) => data_type.clone(),
            None => data_type::read(row.text(3)),
        }
    }

    /// A column that comes from a parent is the parent's. What a child has changed of it is not in the model.
    fn inherited(&mut self, table: i64, row: Row<'a>, rows: &BTreeMap<(i64, &'a str), Row<'a>>) {
        let Some(relation) = self.relations.get(&table) else { return };
        let name = row.text(2);
        let parent = relation.parents.iter().find_map(|parent| rows.get(&(*parent, name)));
        let Some(parent) = parent else { return };
        if parent.maybe(8) != row.maybe(8) {
            self.unmodelled(table, format!("default of the inherited column `{name}`"));
        }
        if parent.number(5) != row.number(5) {
            self.unmodelled(table, format!("NOT NULL of the inherited column `{name}`"));
        }
        if self.comments.contains_key(&(Class::Relation, table, row.number(1))) {
            self.told.insert((Class::Relation, table, row.number(1)));
            self.unmodelled(table, format!("comment on the inherited column `{name}`"));
        }
    }
}

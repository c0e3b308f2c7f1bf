//! Whole rows of one table.

use peristyle::{Query, Table};
use peristyle_tests::queries::tables::{Item, Sale, Shop};
use peristyle_tests::queries::typed::Tables;
use peristyle_tests::queries::witness::{Cell, Kind, Told};

use crate::asking::{Asking, Seen, Sorted};

impl Asking<'_> {
    /// Whole rows of a table: all, the first, how many, whether any.
    pub fn one_table<T: Table + Tables + Listed>(
        &mut self,
        mut query: Query<T>,
        name: &str,
    ) -> Result<Seen, String> {
        let (filter, filtered) = self.filter::<T>();
        let (order, ordered) = self.order::<T>();
        let (limit, offset, limited) = self.limits();
        query = query.filter(filter);
        for term in order {
            query = query.order(term);
        }
        if let Some(limit) = limit {
            query = query.limit(limit);
        }
        if let Some(offset) = offset {
            query = query.offset(offset);
        }
        let sql = query.sql(self.db);
        let columns = T::KINDS.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
        let kinds: Vec<Kind> = T::KINDS.iter().map(|(_, kind)| *kind).collect();
        let base = format!("SELECT {columns} FROM {name}{filtered} ORDER BY {ordered}{limited}");
        let one = |number: u64| vec![vec![(number as i64).told()]];
        match self.dice.below(4) {
            0 => {
                let count = query.count(self.db).map(one);
                let plain = format!("SELECT count(*) FROM ({base}) AS rows");
                self.compare(count, &[Kind::Int], Sorted::Yes, &format!("count of {sql}"), &plain)
            }
            1 => {
                let exists = query.exists(self.db).map(|exists| vec![vec![exists.told()]]);
                let plain = format!("SELECT count(*) > 0 FROM ({base}) AS rows");
                self.compare(exists, &[Kind::Bool], Sorted::Yes, &format!("exists {sql}"), &plain)
            }
            2 => {
                let first = query.first(self.db).map(|row| row.iter().map(Listed::cells).collect());
                let offset = offset.map_or(String::new(), |offset| format!(" OFFSET {offset}"));
                let plain = format!(
                    "SELECT {columns} FROM {name}{filtered} ORDER BY {ordered} LIMIT 1{offset}"
                );
                self.compare(first, &kinds, Sorted::Yes, &format!("first of {sql}"), &plain)
            }
            _ => {
                let rows = query.all(self.db).map(|rows| rows.iter().map(Listed::cells).collect());
                self.compare(rows, &kinds, Sorted::Yes, &sql, &base)
            }
        }
    }
}

/// A whole row as cells.
pub trait Listed {
    /// Its columns.
    const KINDS: &'static [(&'static str, Kind)];
    /// Their values.
    fn cells(&self) -> Vec<Cell>;
}

macro_rules! listed {
    ($($table:ident: $($column:ident $kind:ident),+;)+) => {$(
        impl Listed for $table {
            const KINDS: &'static [(&'static str, Kind)] = &[$((stringify!($column), Kind::$kind)),+];

            fn cells(&self) -> Vec<Cell> {
                vec![$(self.$column.told()),+]
            }
        }
    )+};
}

listed! {
    Item: id Int, shop_id Int, name Text, note Text, n Int, m Int, score Real, weight Real, day Day, live Bool;
    Shop: id Int, city Text, rank Int, parent_id Int;
    Sale: id Int, item_id Int, amount Int, buyer Text, day Day;
}

//! Tables of rows that SQLite numbers, and what follows for their keys.
//!
//! <https://sqlite.org/lang_createtable.html#rowid>

use peristyle_schema::{Name, Table, Type};

/// The column that is another name of the row's number: the only column of the key, of the type `INTEGER`.
pub(super) fn alias(table: &Table) -> Option<&Name> {
    let [name] = table.primary_key.as_ref()?.columns.as_slice() else { return None };
    let column = table.columns.get(name)?;
    (column.data_type == Type::BigInt && !table.options.without_rowid).then_some(&column.name)
}

/// Notes which columns of the key hold no null although nothing says so: the row's number, and every column of the key
/// where rows are stored by it or the table is strict.
pub(super) fn settle_nullability(table: &mut Table) {
    let never: Vec<Name> = if table.options.without_rowid || table.options.strict {
        table.primary_key.iter().flat_map(|key| key.columns.clone()).collect()
    } else {
        alias(table).cloned().into_iter().collect()
    };
    for name in never {
        if let Some(column) = table.columns.get_mut(&name) {
            column.nullable = false;
        }
    }
}

use peristyle_schema::{Action, Table};

use super::Finding;

/// `no_action` is what holds where nothing is said, so it says nothing; whoever means it writes `restrict`.
pub(super) fn check(table: &Table) -> Vec<Finding> {
    let silent = table.foreign_keys.iter().filter(|key| match key.on_delete {
        Action::NoAction => true,
        Action::Restrict | Action::Cascade | Action::SetNull | Action::SetDefault => false,
    });
    silent
        .map(|key| {
            let names: Vec<&str> = key.columns.iter().map(|name| name.as_str()).collect();
            let column = key.columns.first().and_then(|name| table.columns.get(name));
            let span = column.and_then(|column| column.span.get());
            Finding::new(
                span.or(table.span.get()),
                format!(
                    "the foreign key `{}.{}` does not say what becomes of its rows when the row of `{}` is deleted",
                    table.name,
                    names.join(", "),
                    key.references.table
                ),
                "write `#[references(on_delete = cascade)]`, or `set_null`, or `restrict` to refuse it".to_owned(),
            )
        })
        .collect()
}

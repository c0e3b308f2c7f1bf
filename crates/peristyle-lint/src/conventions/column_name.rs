use peristyle_schema::Table;

use super::Finding;
use super::words::{is_snake_case, snake_case};

pub(super) fn check(table: &Table) -> Vec<Finding> {
    let odd = table.columns.iter().filter(|column| !is_snake_case(&column.name));
    odd.map(|column| {
        let name = &column.name;
        Finding::new(
            column.span.get().or(table.span.get()),
            format!("the column's name `{}.{name}` is not in snake_case", table.name),
            format!(
                "call it `{}`, with `#[column(was = \"{name}\")]` where a database has it",
                snake_case(name)
            ),
        )
    })
    .collect()
}

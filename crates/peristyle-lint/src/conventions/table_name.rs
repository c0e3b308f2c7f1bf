use peristyle_schema::Table;

use super::words::{is_plural, is_snake_case, plural, snake_case};
use super::{Conventions, Finding};

pub(super) fn check(table: &Table, settings: &Conventions) -> Option<Finding> {
    let name = table.name.name.as_str();
    let snake = is_snake_case(name);
    let many = is_plural(&snake_case(name), &settings.plurals);
    let what = match (snake, many) {
        (true, true) => return None,
        (true, false) => "not a plural",
        (false, true) => "not in snake_case",
        (false, false) => "neither in snake_case nor a plural",
    };
    let mut better = snake_case(name);
    if !many {
        better = plural(&better, &settings.plurals);
    }
    Some(Finding::new(
        table.span.get(),
        format!("the table's name `{name}` is {what}"),
        format!(
            "write `#[table(name = \"{better}\")]`, with `was = \"{name}\"` where a database has it; an irregular plural \
             is told under [lint.conventions.plurals]"
        ),
    ))
}

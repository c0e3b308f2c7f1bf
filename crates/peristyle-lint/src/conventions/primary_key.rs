use peristyle_schema::{Column, ColumnDefault, Table, Type};

use super::{Conventions, Finding, KeyType};

/// What every primary key is called.
const NAME: &str = "id";

pub(super) fn check(table: &Table, settings: &Conventions) -> Option<Finding> {
    let help = match settings.key {
        KeyType::Text => "write `#[key(default = uuid4, type = text)] pub id: Id<…>`",
        KeyType::Uuid => "write `#[key(default = uuid4)] pub id: Id<…>`",
        KeyType::Any => "write `#[key] pub id: …`",
    };
    let finding = |span, message| Some(Finding::new(span, message, help.to_owned()));
    let key = table.primary_key.as_ref().map_or(&[][..], |key| &key.columns);
    let [name] = key else {
        let message = match key {
            [] => format!("the table `{}` has no primary key `{NAME}`", table.name),
            several => format!(
                "the primary key of `{}` is {} columns and not `{NAME}`",
                table.name,
                several.len()
            ),
        };
        return finding(table.span.get(), message);
    };
    let column = table.columns.get(name);
    let span = column.and_then(|column| column.span.get()).or(table.span.get());
    if name != NAME {
        return finding(
            span,
            format!("the primary key of `{}` is called `{name}` and not `{NAME}`", table.name),
        );
    }
    let why = wrong(table, column?, settings.key)?;
    finding(span, format!("the primary key `{}.{NAME}` {why}", table.name))
}

/// Why a key does not hold what it is to hold.
fn wrong(table: &Table, column: &Column, key: KeyType) -> Option<String> {
    let fits = match key {
        KeyType::Text => {
            matches!(column.data_type, Type::Text | Type::Varchar(_) | Type::Char(_))
        }
        KeyType::Uuid => column.data_type == Type::Uuid,
        KeyType::Any => return None,
    };
    if !fits {
        let wanted = if key == KeyType::Text { "text that holds a UUID" } else { "a UUID" };
        return Some(format!("is of type {} and not {wanted}", column.data_type));
    }
    // A key that is another table's holds what that one holds.
    let borrowed = table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    if key == KeyType::Uuid || borrowed {
        return None;
    }
    match (&column.default, column.made_by_application.get()) {
        (Some(ColumnDefault::Uuid4 | ColumnDefault::Uuid7), _) => None,
        // What an expression gives is for its writer to know.
        (Some(ColumnDefault::Expr(_)), _) => None,
        (_, Some(maker)) if maker.starts_with("uuid") => None,
        (_, Some(maker)) => Some(format!("is text that holds a {maker} and not a UUID")),
        (Some(ColumnDefault::Literal(_) | ColumnDefault::Now), None) | (None, None) => {
            Some("is text, and nothing says that it holds a UUID".to_owned())
        }
    }
}

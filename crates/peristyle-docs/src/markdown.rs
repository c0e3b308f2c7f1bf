use std::fmt::Write;

use peristyle_schema::{
    Action, Column, ColumnDefault, Deferrable, ForeignKey, Index, IndexKey, Literal, Order, Schema,
    Table,
};

/// The schema as a Markdown document: each table with its purpose, columns, keys, checks and indexes.
pub fn markdown(schema: &Schema) -> String {
    let mut out = String::from("# Schema\n");
    if !schema.tables.is_empty() {
        out.push_str("\n| table | purpose |\n|---|---|\n");
        for table in schema.tables.values() {
            let purpose = table.doc.as_deref().and_then(|doc| doc.lines().next()).unwrap_or("");
            let _ = writeln!(out, "| {} | {} |", code(&table.name.to_string()), cell(purpose));
        }
    }
    for table in schema.tables.values() {
        write_table(&mut out, table);
    }
    for enumerated in schema.enums.values() {
        let _ = writeln!(out, "\n## Enumerated type {}", code(&enumerated.name.to_string()));
        if let Some(doc) = &enumerated.doc {
            let _ = writeln!(out, "\n{doc}");
        }
        out.push('\n');
        for value in &enumerated.values {
            let _ = writeln!(out, "- {}", code(&value.name));
        }
    }
    for object in schema.objects.values() {
        let kind = capitalised(object.id.kind.words());
        let _ = writeln!(out, "\n## {kind} {}", code(&object.id.name.to_string()));
        let fence = fence(&object.sql);
        let _ = writeln!(out, "\n{fence}sql\n{}\n{fence}", object.sql);
    }
    out
}

/// The same with the diagram of the tables behind it, where there are any.
pub fn document(schema: &Schema) -> String {
    let mut out = markdown(schema);
    if !schema.tables.is_empty() {
        let _ = write!(out, "\n## Diagram\n\n```mermaid\n{}```\n", crate::mermaid(schema));
    }
    out
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn write_table(out: &mut String, table: &Table) {
    let _ = writeln!(out, "\n## Table {}", code(&table.name.to_string()));
    if let Some(doc) = &table.doc {
        let _ = writeln!(out, "\n{doc}");
    }
    if table.external {
        out.push_str("\nAnother application owns this table.\n");
    }
    out.push_str("\n| column | type | null | default | notes |\n|---|---|---|---|---|\n");
    for column in &table.columns {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            code(&column.name),
            cell(&column.data_type.to_string()),
            if column.nullable { "yes" } else { "no" },
            column.default.as_ref().map(|d| code(&default(d))).unwrap_or_default(),
            cell(&notes(column)),
        );
    }
    if let Some(key) = &table.primary_key {
        let _ = writeln!(out, "\nPrimary key: {}", codes(&key.columns));
    }
    let mut rules = Vec::new();
    for unique in &table.uniques {
        rules.push(format!("unique {}", codes(&unique.columns)));
    }
    rules.extend(table.foreign_keys.iter().map(foreign_key));
    for check in &table.checks {
        rules.push(format!("check {}", code(check.expr.as_str())));
    }
    for exclusion in &table.exclusions {
        rules.push(format!("exclude {}", code(exclusion.rule.as_str())));
    }
    write_list(out, "Constraints", &rules);
    write_list(out, "Indexes", &table.indexes.iter().map(index).collect::<Vec<_>>());
}

fn write_list(out: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}:\n");
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

fn notes(column: &Column) -> String {
    let mut notes = Vec::new();
    if let Some(doc) = &column.doc {
        notes.push(doc.clone());
    }
    if let Some(generated) = &column.generated {
        let how = if generated.stored { "stored" } else { "computed when read" };
        notes.push(format!("generated from {}, {how}", code(generated.expr.as_str())));
    }
    if column.identity.is_some() {
        notes.push("numbered by the database".to_owned());
    }
    if let Some(collation) = &column.collation {
        notes.push(format!("collation {collation}"));
    }
    notes.join("; ")
}

fn default(default: &ColumnDefault) -> String {
    match default {
        ColumnDefault::Literal(Literal::Null) => "NULL".to_owned(),
        ColumnDefault::Literal(Literal::Bool(value)) => value.to_string(),
        ColumnDefault::Literal(Literal::Int(value)) => value.to_string(),
        ColumnDefault::Literal(Literal::Number(value)) => value.clone(),
        ColumnDefault::Literal(Literal::Text(value)) => format!("'{}'", value.replace('\'', "''")),
        ColumnDefault::Literal(Literal::Bytes(value)) => {
            format!("X'{}'", value.iter().map(|b| format!("{b:02X}")).collect::<String>())
        }
        ColumnDefault::Now => "now".to_owned(),
        ColumnDefault::Uuid4 => "uuid4".to_owned(),
        ColumnDefault::Uuid7 => "uuid7".to_owned(),
        ColumnDefault::Expr(expr) => expr.to_string(),
    }
}

fn foreign_key(key: &ForeignKey) -> String {
    let mut text = format!(
        "foreign key {} references {}",
        codes(&key.columns),
        code(&key.references.table.to_string())
    );
    if !key.references.columns.is_empty() {
        let _ = write!(text, " {}", codes(&key.references.columns));
    }
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        let action = match action {
            Action::NoAction => continue,
            Action::Restrict => "restrict",
            Action::Cascade => "cascade",
            Action::SetNull => "set null",
            Action::SetDefault => "set default",
        };
        let _ = write!(text, ", on {event} {action}");
    }
    match key.deferrable {
        Deferrable::Not => {}
        Deferrable::InitiallyImmediate => text.push_str(", deferrable"),
        Deferrable::InitiallyDeferred => text.push_str(", deferred"),
    }
    text
}

fn index(index: &Index) -> String {
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|part| {
            let key = match &part.key {
                IndexKey::Column(name) => code(name),
                IndexKey::Expr(expr) => code(expr.as_str()),
            };
            match part.order {
                Order::Ascending => key,
                Order::Descending => format!("{key} descending"),
            }
        })
        .collect();
    let unique = if index.unique { "unique " } else { "" };
    let mut text = format!("{} {unique}on {}", code(&index.name), parts.join(", "));
    if let Some(filter) = &index.filter {
        let _ = write!(text, " where {}", code(filter.as_str()));
    }
    text
}

fn codes(names: &[peristyle_schema::Name]) -> String {
    format!("({})", names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", "))
}

/// Code that may hold backticks and stand in a table: fenced by one backtick more than it holds in a row.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ").replace('|', "\\|");
    let ticks = "`".repeat(longest_run(&text) + 1);
    let pad =
        if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Text that stands in one cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace("\\|", "|").replace('|', "\\|")
}

fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

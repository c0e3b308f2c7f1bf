//! The writer: the only place where the text of a table or an index is made.
//!
//! The layout is fixed: one column or constraint a line, so that a person can review it and equal schemas give equal
//! bytes.

use peristyle_schema::{
    Action, Check, Column, ColumnDefault, Deferrable, EnumValue, Expr, ForeignKey, Generated,
    Index, IndexKey, IndexPart, Name, Order, PrimaryKey, QualifiedName, Table, Type, Unique,
};

use super::quote::{quote, unquote};
use super::{data_type, literal, rowid, tokens};
use crate::lexer::Kind;

/// How far a column or constraint is set in.
const INDENT: &str = "    ";

/// Whether this table's single key column is another name of its rowid.
///
/// <https://www.sqlite.org/lang_createtable.html#rowid>
pub(super) fn rowid_alias(table: &Table) -> Option<&Name> {
    rowid::alias(table)
}

/// `CREATE TABLE`, under another name: a rebuild makes the new table beside the old one. Expressions that name their own
/// table name the other one; when that is renamed, SQLite names this one again in them.
pub(super) fn create_table_as(table: &Table, name: &Name) -> String {
    let mut table = table.clone();
    for check in &mut table.checks {
        check.expr = requalified(&check.expr, &table.name.name, name);
    }
    for generated in table.columns.iter_mut().filter_map(|column| column.generated.as_mut()) {
        generated.expr = requalified(&generated.expr, &table.name.name, name);
    }
    table.name = name.clone().into();
    create_table(&table)
}

/// An expression in which a table has another name.
fn requalified(expr: &Expr, from: &Name, to: &Name) -> Expr {
    let tokens: Vec<_> = tokens::lex(expr.as_str()).collect();
    let mut text = String::with_capacity(expr.as_str().len());
    for (at, token) in tokens.iter().enumerate() {
        let names_table = matches!(token.kind, Kind::Word | Kind::Quoted)
            && unquote(token).eq_ignore_ascii_case(from)
            && tokens.get(at + 1).is_some_and(|next| next.is_operator("."));
        if names_table {
            text.push_str(&quote(to));
        } else {
            text.push_str(token.text);
        }
    }
    Expr::new(text)
}

/// `CREATE TABLE`, under the table's own name.
pub(super) fn create_table(table: &Table) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(|c| column_line(table, c)).collect();
    if let Some(key) = &table.primary_key
        && inline_key(table).is_none()
    {
        lines.push(format!("{}PRIMARY KEY ({})", named(&key.name), names(&key.columns)));
    }
    lines.extend(table.uniques.iter().map(unique));
    lines.extend(table.foreign_keys.iter().map(|key| {
        format!("{}FOREIGN KEY ({}) {}", named(&key.name), names(&key.columns), references(key))
    }));
    lines.extend(table.checks.iter().map(check));
    let mut options = Vec::new();
    if table.options.strict {
        options.push("STRICT");
    }
    if table.options.without_rowid {
        options.push("WITHOUT ROWID");
    }
    let tail = if options.is_empty() { String::new() } else { format!(" {}", options.join(", ")) };
    let body = lines.join(&format!(",\n{INDENT}"));
    format!("CREATE TABLE {} (\n{INDENT}{body}\n){tail}", quote(&table.name.name))
}

/// `ALTER TABLE … ADD COLUMN`, with the checks and the foreign key that stand on this column alone.
pub(super) fn add_column(
    table: &Table,
    column: &Column,
    checks: &[Check],
    foreign_keys: &[ForeignKey],
) -> String {
    let mut text = column_line(table, column);
    for one in checks {
        text.push(' ');
        text.push_str(&check(one));
    }
    for key in foreign_keys {
        text.push(' ');
        text.push_str(&named(&key.name));
        text.push_str(&references(key));
    }
    format!("ALTER TABLE {} ADD COLUMN {text}", quote(&table.name.name))
}

/// `CREATE [UNIQUE] INDEX`.
pub(super) fn create_index(table: &QualifiedName, index: &Index) -> String {
    let parts: Vec<String> = index.parts.iter().map(index_part).collect();
    let filter = index.filter.as_ref().map(|filter| format!(" WHERE {filter}")).unwrap_or_default();
    format!(
        "CREATE {}INDEX {} ON {} ({}){filter}",
        if index.unique { "UNIQUE " } else { "" },
        quote(&index.name),
        quote(&table.name),
        parts.join(", "),
    )
}

/// Column names, quoted where they need it, with commas between.
pub(super) fn names<'a>(columns: impl IntoIterator<Item = &'a Name>) -> String {
    columns.into_iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}

/// A text literal.
pub(super) fn text(value: &str) -> String {
    literal::text(value)
}

/// The values of a list, as text literals with commas between.
pub(super) fn value_list(values: &[EnumValue]) -> String {
    values.iter().map(|value| text(&value.name)).collect::<Vec<_>>().join(", ")
}

/// The words of a data type.
pub(super) fn type_words(data_type: &Type) -> String {
    data_type::words(data_type)
}

/// The value of a default, as it may stand in any expression; `None` for forms that `normalize` writes as expressions.
pub(super) fn default_value(default: &ColumnDefault) -> Option<String> {
    match default {
        ColumnDefault::Expr(expr) => Some(expr.as_str().to_owned()),
        ColumnDefault::Literal(value) => Some(literal::literal(value)),
        ColumnDefault::Now | ColumnDefault::Uuid4 | ColumnDefault::Uuid7 => None,
    }
}

/// Whether a default is a constant that `ADD COLUMN` accepts.
///
/// <https://www.sqlite.org/lang_altertable.html#alter_table_add_column>
pub(super) fn is_constant(value: &str) -> bool {
    let bare = value.strip_prefix(['-', '+']).map_or(value, str::trim_start);
    let mut chars = bare.chars();
    let Some(first) = chars.next() else { return false };
    let keyword = ["NULL", "TRUE", "FALSE"].iter().any(|word| value.eq_ignore_ascii_case(word));
    keyword
        || is_number(bare)
        || (bare.len() == value.len() && first == '\'' && closes_at_end(bare))
        || (bare.len() == value.len()
            && matches!(first, 'x' | 'X')
            && bare[1..].starts_with('\'')
            && closes_at_end(&bare[1..]))
}

fn is_number(text: &str) -> bool {
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    if let Some(digits) = hexadecimal {
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.parse::<f64>().is_ok()
}

/// Whether a text that starts with a quote is one literal to its end.
fn closes_at_end(text: &str) -> bool {
    let inner = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
}

/// The key that is written beside its one column.
fn inline_key(table: &Table) -> Option<&PrimaryKey> {
    table.primary_key.as_ref().filter(|key| key.columns.len() == 1)
}

fn column_line(table: &Table, column: &Column) -> String {
    let mut line = quote(&column.name);
    let words = type_words(&column.data_type);
    if !words.is_empty() {
        line.push(' ');
        line.push_str(&words);
    }
    let alias = rowid_alias(table) == Some(&column.name);
    if !column.nullable && !alias {
        line.push_str(" NOT NULL");
    }
    if let Some(key) = inline_key(table)
        && key.columns[0] == column.name
    {
        line.push(' ');
        line.push_str(&named(&key.name));
        line.push_str("PRIMARY KEY");
        if key.autoincrement {
            line.push_str(" AUTOINCREMENT");
        }
    }
    if let Some(value) = column.default.as_ref().and_then(default_value) {
        line.push_str(" DEFAULT ");
        line.push_str(&if is_constant(&value) || is_time_word(&value) {
            value
        } else {
            format!("({value})")
        });
    }
    if let Some(collation) = &column.collation {
        line.push_str(" COLLATE ");
        line.push_str(&quote(collation));
    }
    if let Some(Generated { expr, stored }) = &column.generated {
        let kind = if *stored { "STORED" } else { "VIRTUAL" };
        line.push_str(&format!(" GENERATED ALWAYS AS ({expr}) {kind}"));
    }
    if let Some(of_type) = data_type::check(column) {
        line.push(' ');
        line.push_str(&check(&of_type));
    }
    line
}

fn is_time_word(value: &str) -> bool {
    ["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

fn named(name: &Option<Name>) -> String {
    name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}

fn unique(unique: &Unique) -> String {
    format!("{}UNIQUE ({})", named(&unique.name), names(&unique.columns))
}

fn check(check: &Check) -> String {
    format!("{}CHECK ({})", named(&check.name), check.expr)
}

fn references(key: &ForeignKey) -> String {
    let mut text = format!("REFERENCES {}", quote(&key.references.table.name));
    if !key.references.columns.is_empty() {
        text.push_str(&format!(" ({})", names(&key.references.columns)));
    }
    for (word, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if let Some(words) = action_words(action) {
            text.push_str(&format!(" ON {word} {words}"));
        }
    }
    text.push_str(match key.deferrable {
        Deferrable::Not => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    });
    text
}

/// The words of a referential action, unless it is the one that stands without words.
pub(super) fn action_words(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("RESTRICT"),
        Action::Cascade => Some("CASCADE"),
        Action::SetNull => Some("SET NULL"),
        Action::SetDefault => Some("SET DEFAULT"),
    }
}

/// One part of an index. An expression under a collation stands in parentheses: the collation would otherwise belong to
/// its last operand.
fn index_part(part: &IndexPart) -> String {
    let mut text = match &part.key {
        IndexKey::Column(name) => quote(name),
        IndexKey::Expr(expr) if part.collation.is_some() => format!("({expr})"),
        IndexKey::Expr(expr) => expr.as_str().to_owned(),
    };
    if let Some(collation) = &part.collation {
        text.push_str(" COLLATE ");
        text.push_str(&quote(collation));
    }
    if part.order == Order::Descending {
        text.push_str(" DESC");
    }
    text
}

//! From what a catalog says to what a person would have declared.

use peristyle_schema::{
    Column, ColumnDefault, Deferrable, Expr, Identity, Index, IndexKey, Literal, Name, Schema,
    Table, Type, Unique, naming,
};

use crate::Dialect;

/// The same schema in the words of declarations: a default that the dialect makes of `now` is `now` again, a constant is one, a
/// key that the database numbers by itself says so, an index that stands for a unique constraint is one, and a constraint has no
/// name where it would get that name anyhow.
///
/// It asks the dialect, rather than know its texts: a word is used where normalizing it gives what the catalog has.
pub fn lift(dialect: &dyn Dialect, schema: &Schema) -> Schema {
    let mut lifted = schema.clone();
    forget_names(dialect, &mut lifted);
    for table in lifted.tables.values_mut() {
        lift_uniques(dialect, schema, table);
        let columns: Vec<Column> = table.columns.iter().cloned().collect();
        for column in columns {
            for candidate in candidates(table, &column) {
                if means_the_same(dialect, schema, table, &column, &candidate) {
                    table.columns.insert(candidate);
                    break;
                }
            }
        }
    }
    lifted
}

/// Takes away the names that constraints would get by themselves.
///
/// What one is called may depend on what others are called, so the names that turn out otherwise are put back, until all that is
/// left comes out as it is in the catalog.
fn forget_names(dialect: &dyn Dialect, schema: &mut Schema) {
    let mut kept: Vec<Name> = Vec::new();
    loop {
        let mut nameless = schema.clone();
        for table in nameless.tables.values_mut() {
            for name in names(table) {
                if name.as_ref().is_some_and(|name| !kept.contains(name)) {
                    *name = None;
                }
            }
        }
        let Ok(mut named) = dialect.normalize(nameless.clone()) else { return };
        let before = kept.len();
        for (key, table) in &mut schema.tables {
            let Some(found) = named.tables.get_mut(key) else { return };
            let (wanted, found) = (names(table), names(found));
            if wanted.len() != found.len() {
                return;
            }
            let wrong = wanted.into_iter().zip(found).filter(|(wanted, found)| wanted != found);
            kept.extend(wrong.filter_map(|(wanted, _)| wanted.clone()));
        }
        if kept.len() == before {
            *schema = nameless;
            return;
        }
    }
}

/// The names of all constraints of a table, in one order.
fn names(table: &mut Table) -> Vec<&mut Option<Name>> {
    let key = table.primary_key.iter_mut().map(|key| &mut key.name);
    key.chain(table.uniques.iter_mut().map(|unique| &mut unique.name))
        .chain(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name))
        .chain(table.checks.iter_mut().map(|check| &mut check.name))
        .chain(table.foreign_keys.iter_mut().map(|key| &mut key.name))
        .collect()
}

/// Makes a unique constraint of each index that such a constraint is held as.
fn lift_uniques(dialect: &dyn Dialect, schema: &Schema, table: &mut Table) {
    let indexes: Vec<Index> = table.indexes.iter().filter(|index| index.unique).cloned().collect();
    for index in indexes {
        let Some(columns) = plain_columns(&index) else { continue };
        let known = table.uniques.iter().any(|unique| unique.columns == columns);
        if known
            || !index.concurrently.is_none()
            || index.name != naming::unique(&table.name, &columns)
        {
            continue;
        }
        let mut held = bare(table);
        held.columns = table.columns.clone();
        let mut lifted = held.clone();
        held.indexes.insert(index.clone());
        let unique =
            Unique { name: None, columns, nulls_not_distinct: false, deferrable: Deferrable::Not };
        lifted.uniques.push(unique.clone());
        let normalize = |table: Table| {
            let mut alone = Schema { enums: schema.enums.clone(), ..Schema::empty() };
            alone.insert_table(table);
            dialect.normalize(alone)
        };
        if matches!((normalize(held), normalize(lifted)), (Ok(held), Ok(lifted)) if held == lifted)
        {
            table.indexes.remove(&index.name);
            table.uniques.push(unique);
        }
    }
}

fn plain_columns(index: &Index) -> Option<Vec<Name>> {
    let columns = index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expr(_) => None,
    });
    columns.collect()
}

/// A table of the same name and storage with nothing in it, and nothing beside it that it needs.
fn bare(table: &Table) -> Table {
    let mut bare = Table::new(table.name.clone());
    bare.options = table.options.clone();
    bare.options.without_rowid = false;
    bare.options.partition_of = None;
    bare.options.inherits.clear();
    bare
}

/// Other ways to say what a column says.
fn candidates(table: &Table, column: &Column) -> Vec<Column> {
    let mut candidates = Vec::new();
    let is_key = table
        .primary_key
        .as_ref()
        .is_some_and(|key| key.columns == [column.name.clone()] && !key.autoincrement);
    if is_key && column.identity.is_none() && column.default.is_none() {
        candidates.push(Column { identity: Some(Identity::ByDefault), ..column.clone() });
    }
    if let Some(ColumnDefault::Expr(expr)) = &column.default {
        let constant = constant(expr).map(ColumnDefault::Literal);
        for default in [ColumnDefault::Now, ColumnDefault::Uuid4].into_iter().chain(constant) {
            candidates.push(Column { default: Some(default), ..column.clone() });
        }
    }
    candidates
}

/// The constant that an expression may be: a word, a number, or a text, with or without a type behind it.
fn constant(expr: &Expr) -> Option<Literal> {
    let sql = expr.as_str();
    match sql {
        "true" => return Some(Literal::Bool(true)),
        "false" => return Some(Literal::Bool(false)),
        _ => {}
    }
    let (inside, of) = match sql.strip_prefix('\'') {
        None => (sql.to_owned(), "number"),
        Some(rest) => {
            let (text, of) = match rest.rsplit_once("'::") {
                Some((text, of)) => (text, of),
                None => (rest.strip_suffix('\'')?, ""),
            };
            if text.replace("''", "").contains('\'') {
                return None;
            }
            (text.replace("''", "'"), of)
        }
    };
    match of {
        "number" | "integer" | "bigint" | "numeric" => match inside.parse::<i64>() {
            Ok(number) if number.to_string() == inside => Some(Literal::Int(number)),
            _ => inside.parse::<f64>().ok().map(|_| Literal::Number(inside)),
        },
        _ => Some(Literal::Text(inside)),
    }
}

fn means_the_same(
    dialect: &dyn Dialect,
    schema: &Schema,
    table: &Table,
    column: &Column,
    candidate: &Column,
) -> bool {
    let alone = |column: &Column| {
        let mut only = bare(table);
        only.columns.insert(column.clone());
        if candidate.identity.is_some() {
            only.options.without_rowid = table.options.without_rowid;
            only.primary_key = table.primary_key.clone();
        }
        let mut alone = Schema::empty();
        if has_enum(&column.data_type) {
            alone.enums = schema.enums.clone();
        }
        alone.insert_table(only);
        dialect.normalize(alone)
    };
    match (alone(column), alone(candidate)) {
        (Ok(held), Ok(lifted)) => held == lifted,
        _ => false,
    }
}

fn has_enum(data_type: &Type) -> bool {
    match data_type {
        Type::Enum(_) => true,
        Type::Array(of) => has_enum(of),
        _ => false,
    }
}

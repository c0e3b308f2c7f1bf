//! One random table, and the parts it is made of.

use peristyle_schema::{
    Action, Check, Column, ColumnDefault, Deferrable, Expr, ForeignKey, Generated, Identity, Index,
    IndexKey, IndexPart, Match, Name, Order, PrimaryKey, QualifiedName, Reference, Schema, Table,
    Type, naming,
};

use peristyle_sql::DialectName;

use super::Dice;
use super::names::{fresh, taken};
use super::postgres::{self, enrich, home};
use super::words;

/// The enumerated type that random columns are of.
pub const ENUM: &str = "colour";

/// A table with a key, columns, and whatever else the dice give it; its references are added later.
pub fn table(dice: &mut Dice, schema: &Schema, avoid: &[String]) -> Table {
    let mut names = taken(schema);
    names.extend_from_slice(avoid);
    let name = fresh(dice, &names);
    let postgres = dice.dialect() == DialectName::Postgres;
    let name = if postgres { home(dice, name) } else { QualifiedName::local(name) };
    let mut table = Table::new(name);
    key(dice, &mut table);
    for _ in 0..1 + dice.below(5) {
        let column = column(dice, &table, &[]);
        table.columns.insert(column);
    }
    if dice.one_in(3) {
        add_generated(dice, &mut table);
    }
    if dice.one_in(2) {
        add_check(dice, &mut table);
    }
    for _ in 0..dice.below(3) {
        if let Some(index) = index(dice, schema, &table, &names, false) {
            table.indexes.insert(index);
        }
    }
    table.options.strict = dice.one_in(5);
    if dice.one_in(6) {
        toggle_rowid(&mut table);
    }
    if postgres {
        enrich(dice, &mut table);
    }
    table
}

/// Takes the rows' own numbers away or gives them back, where there is a key that is not numbered for ever.
pub fn toggle_rowid(table: &mut Table) {
    let Some(key) = &table.primary_key else { return };
    if key.autoincrement {
        return;
    }
    table.options.without_rowid = !table.options.without_rowid;
    let alone = key.columns.len() == 1;
    let numbered = (alone && !table.options.without_rowid).then_some(Identity::ByDefault);
    for name in &key.columns {
        if let Some(column) = table.columns.get_mut(name)
            && column.data_type == Type::BigInt
        {
            column.identity = numbered;
        }
    }
}

fn key(dice: &mut Dice, table: &mut Table) {
    let typed: &[Type] = match dice.below(8) {
        0..=3 => &[Type::BigInt],
        4 => &[Type::Text],
        5 => &[Type::Uuid],
        6 => &[Type::BigInt, Type::Text],
        _ => return,
    };
    let mut columns = Vec::new();
    let numbered = typed == [Type::BigInt];
    for data_type in typed {
        let mut column = Column::new(fresh(dice, &column_names(table)), data_type.clone());
        column.identity = numbered.then_some(Identity::ByDefault);
        columns.push(column.name.clone());
        table.columns.insert(column);
    }
    let autoincrement = numbered && dice.one_in(4);
    table.primary_key = Some(PrimaryKey { name: None, columns, autoincrement });
}

/// The names of a table's columns.
pub fn column_names(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| column.name.to_string()).collect()
}

/// A plain column.
pub fn column(dice: &mut Dice, table: &Table, avoid: &[String]) -> Column {
    let mut names = column_names(table);
    names.extend_from_slice(avoid);
    let mut column = Column::new(fresh(dice, &names), words::data_type(dice));
    column.nullable = dice.one_in(2);
    if dice.one_in(3) {
        column.default = words::default(dice, &column.data_type);
    }
    if column.data_type == Type::BigInt
        && dice.dialect() == DialectName::Postgres
        && dice.one_in(12)
    {
        column.default = Some(ColumnDefault::Expr(Expr::new(postgres::NUMBERED)));
    }
    if column.data_type == Type::Text && dice.one_in(5) {
        column.collation = Some(words::collation(dice.dialect()));
    }
    column
}

/// A column computed from another one.
pub fn add_generated(dice: &mut Dice, table: &mut Table) {
    // SQLite computes from what is computed; PostgreSQL does not.
    let nested = dice.dialect() == DialectName::Sqlite;
    let apt = |column: &Column| {
        matches!(column.data_type, Type::BigInt | Type::Text)
            && (nested || column.generated.is_none())
    };
    let Some(base) = some_column(dice, table, apt) else { return };
    let quoted = dice.quote(&base.name);
    let expr = match base.data_type {
        Type::Text => format!("upper( {quoted} )||'x'"),
        _ if dice.dialect() == DialectName::Postgres && dice.one_in(4) => {
            format!("{}({quoted})", postgres::TWICE)
        }
        _ => format!("({quoted}+{})", dice.below(3)),
    };
    let mut column = Column::new(fresh(dice, &column_names(table)), base.data_type);
    column.nullable = true;
    // Computed at each read only where every supported version of the database can do that.
    let stored = dice.one_in(2) || dice.dialect() == DialectName::Postgres;
    column.generated = Some(Generated { expr: Expr::new(expr), stored });
    table.columns.insert(column);
}

/// A check that every row of [`crate::rows`] fulfils, and every default and filled value, too.
pub fn add_check(dice: &mut Dice, table: &mut Table) {
    let Some(column) = some_column(dice, table, |_| true) else { return };
    let quoted = dice.quote(&column.name);
    let text = words::check(dice, &column.data_type);
    let name = dice.one_in(4).then(|| Name::new(format!("rule_{}", dice.below(1000))));
    let expr = Expr::new(text.replace('@', &quoted));
    if !table.checks.iter().any(|held| held.expr == expr) {
        table.checks.push(Check { name, ..Check::new(expr) });
    }
}

/// An index that every set of rows of [`crate::rows`] fulfils. A unique one stands on columns of which no two rows
/// share a value; `settled` says that the table may have rows that came by a fill or a default.
pub fn index(
    dice: &mut Dice,
    schema: &Schema,
    table: &Table,
    avoid: &[String],
    settled: bool,
) -> Option<Index> {
    // What is unique in a partition is not in the whole table.
    let unique = dice.one_in(3) && !postgres::is_divided(table);
    let apt = |column: &Column| {
        let telling = matches!(column.data_type, Type::BigInt | Type::Text);
        let untouched = column.fill.is_none() && (!settled || column.default.is_none());
        !unique || (telling && untouched && column.generated.is_none())
    };
    let mut index = Index::on_columns("", Vec::<Name>::new());
    index.unique = unique;
    for _ in 0..1 + dice.below(2) {
        let Some(column) = some_column(dice, table, apt) else { break };
        if index.parts.iter().any(|part| part.key == IndexKey::Column(column.name.clone())) {
            continue;
        }
        let mut part = IndexPart::column(column.name.clone());
        if dice.one_in(4) {
            part.order = Order::Descending;
        }
        if column.data_type == Type::Text && dice.one_in(5) {
            part.collation = Some(words::collation(dice.dialect()));
        }
        if column.data_type == Type::Text && !unique && dice.one_in(5) {
            let quoted = dice.quote(&column.name);
            part =
                IndexPart { key: IndexKey::Expr(Expr::new(format!("lower( {quoted} )"))), ..part };
        }
        index.parts.push(part);
    }
    if dice.one_in(4)
        && let Some(column) = some_column(dice, table, |c| c.generated.is_none())
    {
        let quoted = dice.quote(&column.name);
        index.filter = Some(Expr::new(format!("{quoted} is not null")));
    }
    if index.parts.is_empty() {
        return None;
    }
    if dice.dialect() == DialectName::Postgres {
        postgres::enrich_index(dice, table, &mut index);
    }
    index.name = naming::index(&table.name, &index);
    // Under the name of a constraint, PostgreSQL's unique index would be printed as that constraint.
    if unique && dice.dialect() == DialectName::Postgres {
        index.name = Name::new(format!("{}_idx", index.name));
    }
    let mut names = taken(schema);
    names.extend_from_slice(avoid);
    names.push(table.name.name.to_string());
    names.extend(table.indexes.iter().map(|index| index.name.to_string()));
    while names.iter().any(|name| name.to_lowercase() == index.name.to_lowercase()) {
        index.name = Name::new(format!("{}_{}", index.name, dice.below(100)));
    }
    Some(index)
}

/// New columns that point to the key of a table, which may be the same one.
pub fn add_reference(dice: &mut Dice, table: &mut Table, parent: &Table, avoid: &[String]) {
    let Some(key) = &parent.primary_key else { return };
    let mut columns = Vec::new();
    let nullable = dice.one_in(2) || !avoid.is_empty();
    for name in &key.columns {
        let Some(twin) = parent.columns.get(name) else { return };
        let mut names = column_names(table);
        names.extend_from_slice(avoid);
        let mut column = Column::new(fresh(dice, &names), twin.data_type.clone());
        column.nullable = nullable;
        columns.push(column.name.clone());
        table.columns.insert(column);
    }
    let references = Reference { table: parent.name.clone(), columns: key.columns.clone() };
    let mut foreign = ForeignKey {
        name: dice.one_in(5).then(|| Name::new(format!("link_{}", dice.below(1000)))),
        columns,
        references,
        on_delete: action(dice, nullable),
        on_update: if dice.one_in(3) { action(dice, nullable) } else { Action::NoAction },
        deferrable: deferrable(dice),
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    };
    if dice.dialect() == DialectName::Postgres {
        postgres::enrich_reference(dice, &mut foreign);
    }
    table.foreign_keys.push(foreign);
}

/// Any action that the columns can bear: a declaration that sets a required column to nothing is refused.
pub fn action(dice: &mut Dice, nullable: bool) -> Action {
    match dice.below(if nullable { 6 } else { 4 }) {
        0 => Action::NoAction,
        1 => Action::Restrict,
        2 | 3 => Action::Cascade,
        _ => Action::SetNull,
    }
}

/// Mostly not.
pub fn deferrable(dice: &mut Dice) -> Deferrable {
    match dice.below(6) {
        0 => Deferrable::InitiallyDeferred,
        1 => Deferrable::InitiallyImmediate,
        _ => Deferrable::Not,
    }
}

/// One of the columns that are apt.
pub fn some_column(
    dice: &mut Dice,
    table: &Table,
    apt: impl Fn(&Column) -> bool,
) -> Option<Column> {
    let apt: Vec<&Column> = table.columns.iter().filter(|c| apt(c)).collect();
    if apt.is_empty() { None } else { Some((*dice.pick(&apt)).clone()) }
}

//! What PostgreSQL's tables have and SQLite's have not.

use peristyle_schema::{
    Column, Exclusion, Expr, Identity, Index, IndexKey, Match, Name, Nulls, QualifiedName,
    RowSecurity, Table, Type, Unique,
};

use super::super::Dice;
use super::super::table::{deferrable, some_column};

/// The namespace that something new stands in, mostly none.
pub fn home(dice: &mut Dice, name: String) -> QualifiedName {
    match dice.below(8) {
        0 => QualifiedName::qualified("app", name),
        1 => QualifiedName::qualified("Two Words", name),
        _ => QualifiedName::local(name),
    }
}

/// Documentation, mostly none.
pub fn documentation(dice: &mut Dice) -> Option<String> {
    match dice.below(6) {
        0 => Some("It's \"documented\".\nAt length; with -- and $$ in it.".to_owned()),
        1 => Some(format!("Number {}.", dice.below(9))),
        _ => None,
    }
}

/// Gives a new table some of it.
pub fn enrich(dice: &mut Dice, table: &mut Table) {
    table.doc = documentation(dice);
    let names: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
    for name in names {
        if let Some(column) = table.columns.get_mut(&name) {
            column.doc = if dice.one_in(3) { documentation(dice) } else { None };
            if column.identity.is_some() {
                column.identity = Some(identity(dice));
            }
        }
    }
    if dice.one_in(4) {
        add_unique(dice, table, false);
    }
    if dice.one_in(5) {
        add_exclusion(dice, table, false);
    }
    table.options.unlogged = dice.one_in(8);
    if dice.one_in(6) {
        table.options.storage.insert("fillfactor".to_owned(), "70".to_owned());
    }
    table.options.row_security = row_security(dice);
    for check in &mut table.checks {
        check.not_valid = dice.one_in(6);
        check.no_inherit = dice.one_in(8);
    }
    for foreign in &mut table.foreign_keys {
        enrich_reference(dice, foreign);
    }
}

/// Mostly as a declaration has it that says nothing of it.
pub fn identity(dice: &mut Dice) -> Identity {
    match dice.below(5) {
        0 => Identity::Always,
        1 => Identity::Serial,
        _ => Identity::ByDefault,
    }
}

/// Mostly off.
pub fn row_security(dice: &mut Dice) -> RowSecurity {
    match dice.below(8) {
        0 => RowSecurity::Enabled,
        1 => RowSecurity::Forced,
        _ => RowSecurity::Off,
    }
}

/// Gives a foreign key what only PostgreSQL knows.
pub fn enrich_reference(dice: &mut Dice, foreign: &mut peristyle_schema::ForeignKey) {
    use peristyle_schema::Action;
    foreign.not_valid = dice.one_in(8);
    if foreign.columns.len() > 1 {
        if dice.one_in(3) {
            foreign.matching = Match::Full;
        }
        if foreign.on_delete == Action::SetNull && dice.one_in(2) {
            foreign.set_columns = vec![dice.pick(&foreign.columns).clone()];
        }
    }
}

/// Whether no two rows share a value of the column, of those that are there already as well.
fn tells_rows_apart(column: &Column, settled: bool) -> bool {
    column.fill.is_none() && column.generated.is_none() && (!settled || column.default.is_none())
}

/// A unique constraint on columns of which no two rows share a value.
pub fn add_unique(dice: &mut Dice, table: &mut Table, settled: bool) {
    let apt = |column: &Column| {
        matches!(column.data_type, Type::BigInt | Type::Text)
            && tells_rows_apart(column, settled)
            && column.identity.is_none()
    };
    let mut columns: Vec<Name> = Vec::new();
    for _ in 0..1 + dice.below(2) {
        let Some(column) = some_column(dice, table, apt) else { break };
        if !columns.contains(&column.name) {
            columns.push(column.name);
        }
    }
    if columns.is_empty() || table.uniques.iter().any(|held| held.columns == columns) {
        return;
    }
    table.uniques.push(Unique {
        name: dice.one_in(4).then(|| Name::new(format!("one_{}", dice.below(100_000)))),
        columns,
        nulls_not_distinct: !settled && dice.one_in(4),
        deferrable: deferrable(dice),
    });
}

/// An exclusion constraint that the rows keep to.
pub fn add_exclusion(dice: &mut Dice, table: &mut Table, settled: bool) {
    let is_range = |column: &Column| matches!(&column.data_type, Type::Native(words) if words.ends_with("range"));
    let apt = |column: &Column| {
        (matches!(column.data_type, Type::BigInt | Type::Text) || is_range(column))
            && tells_rows_apart(column, settled)
            && column.identity.is_none()
    };
    let Some(column) = some_column(dice, table, apt) else { return };
    let quoted = dice.quote(&column.name);
    let mut rule = if is_range(&column) {
        format!("USING gist ({quoted} WITH &&)")
    } else if column.data_type == Type::BigInt && dice.one_in(2) {
        format!("USING gist (int8range({quoted}, {quoted}, '[]') WITH &&)")
    } else {
        format!("using hash ( {quoted} WITH = )")
    };
    // Of rows that hold nothing yet, each range is the whole one.
    if dice.one_in(3) || (settled && column.nullable) {
        rule.push_str(&format!(" WHERE ({quoted} IS NOT NULL)"));
    }
    let rule = Expr::new(rule);
    if table.exclusions.iter().any(|held| held.rule == rule) {
        return;
    }
    table.exclusions.push(Exclusion {
        name: dice.one_in(3).then(|| Name::new(format!("apart_{}", dice.below(100_000)))),
        rule,
        deferrable: deferrable(dice),
    });
}

/// Gives an index some of what only PostgreSQL knows.
pub fn enrich_index(dice: &mut Dice, table: &Table, index: &mut Index) {
    let plain = match &index.parts[..] {
        [part] => match &part.key {
            IndexKey::Column(name) => table.columns.get(name),
            IndexKey::Expr(_) => None,
        },
        _ => None,
    };
    match dice.below(6) {
        0 => {
            let held = |name: &Name| {
                index.parts.iter().any(|part| part.key == IndexKey::Column(name.clone()))
            };
            let other = some_column(dice, table, |column| !held(&column.name));
            index.include.extend(other.map(|column| column.name));
        }
        1 => drop(index.storage.insert("fillfactor".to_owned(), "80".to_owned())),
        2 => {
            for part in &mut index.parts {
                part.nulls = Some(if dice.one_in(2) { Nulls::First } else { Nulls::Last });
            }
        }
        3 => {
            let text = plain.is_some_and(|column| column.data_type == Type::Text);
            if text && let [part] = &mut index.parts[..] {
                part.operator_class = Some("text_pattern_ops".to_owned());
            }
        }
        4 if !index.unique => {
            let method = match plain.map(|column| &column.data_type) {
                Some(Type::Json | Type::Array(_)) => "gin",
                Some(Type::BigInt | Type::Text | Type::Date) => *dice.pick(&["hash", "brin"]),
                Some(Type::Native(words)) if words.ends_with("range") => "gist",
                _ => return,
            };
            if let [part] = &mut index.parts[..] {
                part.order = peristyle_schema::Order::Ascending;
                part.nulls = None;
                if method == "gin" || method == "gist" {
                    part.collation = None;
                }
            }
            index.method = Some(Name::new(method));
        }
        _ => {}
    }
}

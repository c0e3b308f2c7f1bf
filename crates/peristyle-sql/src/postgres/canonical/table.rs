//! The texts inside of tables.

use peristyle_schema::{
    Column, ColumnDefault, Expr, Index, IndexKey, Name, Nulls, Order, Partition, Schema, Table,
};

use super::super::catalog::{bare, collation, constraint, index::collated};
use super::super::{data_type, quote};
use super::{first, is_temporary, literal};
use crate::{Answer, Ask, Cell};

/// One text of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Default(Name),
    Generated(Name),
    /// A check, by its place among the checks.
    Check(usize),
    Exclusion(usize),
    /// A part of an index, by the index's name and the part's place.
    Part(Name, usize),
    Filter(Name),
}

/// Brings the texts of a table that differ from the live one's into the server's words: all at once, or each by itself if the
/// server refuses one.
pub(super) fn texts(table: &mut Table, live: &Table, rest: &Schema, ask: &mut Ask<'_>) {
    let places = differing(table, live);
    if places.is_empty() {
        return;
    }
    let columns = whole(table, rest);
    if print(table, &places, &columns, ask) {
        return;
    }
    for place in places {
        let columns = needed(table, &place, &columns);
        print(table, &[place], &columns, ask);
    }
}

/// The columns of a table with those that it has of the tables it is a partition of or inherits from.
fn whole(table: &Table, rest: &Schema) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut next = vec![table];
    let mut seen = Vec::new();
    while let Some(table) = next.pop() {
        if seen.contains(&&table.name) {
            continue;
        }
        seen.push(&table.name);
        for column in &table.columns {
            if !columns.iter().any(|held| held.name == column.name) {
                columns.push(column.clone());
            }
        }
        let options = &table.options;
        let parents = options.partition_of.iter().map(|partition| &partition.table);
        next.extend(parents.chain(&options.inherits).filter_map(|name| rest.tables.get(name)));
    }
    columns
}

/// The texts that are not the live table's. A text without a namesake is asked for where it may be that of something with
/// another name.
fn differing(table: &Table, live: &Table) -> Vec<Place> {
    let mut places = Vec::new();
    for column in &table.columns {
        let Some(held) = live.columns.get(&column.name) else { continue };
        match (&column.default, &held.default) {
            (Some(ColumnDefault::Expr(new)), Some(ColumnDefault::Expr(old))) if new != old => {
                places.push(Place::Default(column.name.clone()));
            }
            _ => {}
        }
        match (&column.generated, &held.generated) {
            (Some(new), Some(old)) if new.expr != old.expr => {
                places.push(Place::Generated(column.name.clone()));
            }
            _ => {}
        }
    }
    let stray = |names: Vec<&Option<Name>>, own: Vec<&Option<Name>>| {
        names.iter().any(|name| !own.contains(name))
    };
    let renamed = stray(
        live.checks.iter().map(|check| &check.name).collect(),
        table.checks.iter().map(|check| &check.name).collect(),
    );
    for (at, check) in table.checks.iter().enumerate() {
        match live.checks.iter().find(|held| held.name == check.name) {
            Some(held) if held.expr == check.expr => {}
            None if !renamed => {}
            Some(_) | None => places.push(Place::Check(at)),
        }
    }
    let renamed = stray(
        live.exclusions.iter().map(|exclusion| &exclusion.name).collect(),
        table.exclusions.iter().map(|exclusion| &exclusion.name).collect(),
    );
    for (at, exclusion) in table.exclusions.iter().enumerate() {
        match live.exclusions.iter().find(|held| held.name == exclusion.name) {
            Some(held) if held.rule == exclusion.rule => {}
            None if !renamed => {}
            Some(_) | None => places.push(Place::Exclusion(at)),
        }
    }
    let renamed = live.indexes.iter().any(|index| !table.indexes.contains(&index.name));
    for index in &table.indexes {
        let held = live.indexes.get(&index.name);
        if held.is_none() && !renamed {
            continue;
        }
        for (at, part) in index.parts.iter().enumerate() {
            // A class may be written that the type has by itself, and one with parameters in many ways; a collation may be
            // that of the expression, or of a column that the table has of another.
            let words = part.operator_class.is_some() || part.collation.is_some();
            let same = held.and_then(|held| held.parts.get(at)).is_some_and(|held| {
                held.key == part.key
                    && held.operator_class == part.operator_class
                    && held.collation == part.collation
            });
            if (matches!(part.key, IndexKey::Expr(_)) || words) && !same {
                places.push(Place::Part(index.name.clone(), at));
            }
        }
        if index.filter.is_some() && held.is_none_or(|held| held.filter != index.filter) {
            places.push(Place::Filter(index.name.clone()));
        }
    }
    places
}

/// The columns that one text needs: those that it names.
fn needed(table: &Table, place: &Place, all: &[Column]) -> Vec<Column> {
    let mut texts: Vec<Expr> = Vec::new();
    let mut columns: Vec<Name> = Vec::new();
    match place {
        Place::Default(name) => columns.push(name.clone()),
        Place::Generated(name) => {
            columns.push(name.clone());
            let column = table.columns.get(name);
            texts.extend(column.and_then(|column| Some(column.generated.as_ref()?.expr.clone())));
        }
        Place::Check(at) => texts.extend(table.checks.get(*at).map(|check| check.expr.clone())),
        Place::Exclusion(at) => {
            texts.extend(table.exclusions.get(*at).map(|exclusion| exclusion.rule.clone()));
        }
        Place::Part(name, _) | Place::Filter(name) => {
            if let Some(index) = table.indexes.get(name) {
                texts.extend(index.filter.clone());
                for part in &index.parts {
                    match &part.key {
                        IndexKey::Column(name) => columns.push(name.clone()),
                        IndexKey::Expr(expr) => texts.push(expr.clone()),
                    }
                }
            }
        }
    }
    let mentioned = |name: &Name| texts.iter().any(|text| text.mentions(name));
    all.iter()
        .filter(|column| columns.contains(&column.name) || mentioned(&column.name))
        .cloned()
        .collect()
}

/// Puts the server's print of some texts in their places; whether the server gave it.
fn print(table: &mut Table, places: &[Place], columns: &[Column], ask: &mut Ask<'_>) -> bool {
    let mut statements = vec![create(table, places, columns)];
    for index in &table.indexes {
        let asked = places.iter().any(|place| match place {
            Place::Part(name, _) | Place::Filter(name) => *name == index.name,
            Place::Default(_) | Place::Generated(_) | Place::Check(_) | Place::Exclusion(_) => {
                false
            }
        });
        if asked {
            statements.push(create_index(table, index));
        }
    }
    let Some(answer) = ask(&statements, &question(table)) else { return false };
    for row in &answer {
        put(table, places, row);
    }
    true
}

/// The table in the temporary schema, with the texts in question.
fn create(table: &Table, places: &[Place], columns: &[Column]) -> String {
    let column = |column: &Column| {
        let mut sql = self::column(column);
        for place in places {
            match (place, &column.default, &column.generated) {
                (Place::Default(name), Some(ColumnDefault::Expr(expr)), _)
                    if *name == column.name =>
                {
                    sql.push_str(&format!(" DEFAULT ({expr})"));
                }
                (Place::Generated(name), _, Some(generated)) if *name == column.name => {
                    let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
                    sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {kind}", generated.expr));
                }
                _ => {}
            }
        }
        sql
    };
    let mut lines: Vec<String> = columns.iter().map(column).collect();
    for place in places {
        match place {
            Place::Check(at) => {
                if let Some(check) = table.checks.get(*at) {
                    lines.push(format!("CONSTRAINT \"c{at}\" CHECK ({})", check.expr));
                }
            }
            Place::Exclusion(at) => {
                if let Some(exclusion) = table.exclusions.get(*at) {
                    lines.push(format!("CONSTRAINT \"x{at}\" EXCLUDE {}", exclusion.rule));
                }
            }
            Place::Default(_) | Place::Generated(_) | Place::Part(..) | Place::Filter(_) => {}
        }
    }
    format!("CREATE TEMPORARY TABLE {} ({})", quote::quote(&table.name.name), lines.join(", "))
}

/// The table in the temporary schema with its columns alone.
pub(super) fn plain(table: &Table, rest: &Schema) -> String {
    let lines: Vec<String> = whole(table, rest).iter().map(column).collect();
    format!("CREATE TEMPORARY TABLE {} ({})", quote::quote(&table.name.name), lines.join(", "))
}

fn column(column: &Column) -> String {
    let mut sql = format!("{} {}", quote::quote(&column.name), data_type::sql(&column.data_type));
    if let Some(name) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", collation::words(name)));
    }
    sql
}

/// The index on the temporary table; it is found by its name.
fn create_index(table: &Table, index: &Index) -> String {
    let part = |part: &peristyle_schema::IndexPart| {
        let mut sql = match &part.key {
            IndexKey::Column(name) => quote::quote(name),
            IndexKey::Expr(expr) => format!("({expr})"),
        };
        if let Some(name) = &part.collation {
            sql.push_str(&format!(" COLLATE {}", collation::words(name)));
        }
        if let Some(class) = &part.operator_class {
            sql.push_str(&format!(" {class}"));
        }
        if part.order == Order::Descending {
            sql.push_str(" DESC");
        }
        match part.nulls {
            Some(Nulls::First) => sql.push_str(" NULLS FIRST"),
            Some(Nulls::Last) => sql.push_str(" NULLS LAST"),
            None => {}
        }
        sql
    };
    let parts: Vec<String> = index.parts.iter().map(part).collect();
    let method = index.method.as_deref().unwrap_or("btree");
    let filter = index.filter.as_ref().map_or_else(String::new, |expr| format!(" WHERE {expr}"));
    format!(
        "CREATE INDEX {} ON pg_temp.{} USING {} ({}){filter}",
        quote::quote(&index.name),
        quote::quote(&table.name.name),
        quote::quote(method),
        parts.join(", ")
    )
}

/// What the server prints of the texts: a letter for the place, its name, a number, the print.
fn question(table: &Table) -> String {
    let found = is_temporary(&table.name.name);
    format!(
        "WITH t AS (SELECT c.oid FROM pg_catalog.pg_class c WHERE {found})
SELECT 'd', a.attname::pg_catalog.text, 0, pg_catalog.pg_get_expr(d.adbin, d.adrelid, true)
FROM t JOIN pg_catalog.pg_attrdef d ON d.adrelid = t.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.adnum
UNION ALL
SELECT k.contype::pg_catalog.text, k.conname::pg_catalog.text, 0,
  CASE k.contype WHEN 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid, true)
                 ELSE pg_catalog.pg_get_constraintdef(k.oid, true) END
FROM t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('c', 'x')
UNION ALL
SELECT 'i', c.relname::pg_catalog.text, u.at::pg_catalog.int4, pg_catalog.pg_get_indexdef(i.indexrelid, u.at::pg_catalog.int4, true)
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY u (num, at)
WHERE u.num = 0 AND NOT i.indisexclusion
UNION ALL
SELECT 'f', c.relname::pg_catalog.text, 0, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE i.indpred IS NOT NULL AND NOT i.indisexclusion
UNION ALL
SELECT 'o', c.relname::pg_catalog.text, u.at::pg_catalog.int4,
  CASE WHEN o.opcdefault AND a.attoptions IS NULL THEN '' ELSE
    CASE WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN pg_catalog.quote_ident(o.opcname)
         ELSE pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END
    || COALESCE(' (' || pg_catalog.array_to_string(a.attoptions, ', ') || ')', '') END
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
CROSS JOIN LATERAL pg_catalog.unnest(i.indclass::pg_catalog.oid[]) WITH ORDINALITY u (oid, at)
JOIN pg_catalog.pg_opclass o ON o.oid = u.oid
JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = u.at
WHERE NOT i.indisexclusion
UNION ALL
SELECT 'l', c.relname::pg_catalog.text, 0, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true)
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisexclusion"
    )
}

fn put(table: &mut Table, places: &[Place], row: &[Cell]) {
    let [Cell::Text(letter), Cell::Text(name), Cell::Integer(number), Cell::Text(print)] = row
    else {
        return;
    };
    let name = Name::from(name.as_str());
    let at = || name.get(1..).and_then(|digits| digits.parse::<usize>().ok());
    match letter.as_str() {
        "d" => {
            let Some(column) = table.columns.get_mut(&name) else { return };
            if places.contains(&Place::Default(name.clone())) {
                column.default = Some(ColumnDefault::Expr(Expr::from(print.as_str())));
            } else if let Some(generated) = &mut column.generated {
                generated.expr = Expr::from(print.as_str());
            }
        }
        "c" => {
            if let Some(check) = at().and_then(|at| table.checks.get_mut(at)) {
                check.expr = Expr::from(bare(print));
            }
        }
        "x" => {
            if let Some(exclusion) = at().and_then(|at| table.exclusions.get_mut(at)) {
                exclusion.rule = constraint::rule(print);
            }
        }
        "i" | "o" => {
            let part = table.indexes.get_mut(&name).and_then(|index| {
                let at = usize::try_from(*number).ok()?.checked_sub(1)?;
                index.parts.get_mut(at)
            });
            let Some(part) = part else { return };
            if letter == "o" {
                part.operator_class = Some(print.clone()).filter(|print| !print.is_empty());
            } else if matches!(part.key, IndexKey::Expr(_)) {
                part.key = IndexKey::Expr(Expr::from(bare(print)));
            }
        }
        "l" => {
            let Some(index) = table.indexes.get_mut(&name) else { return };
            for (part, printed) in index.parts.iter_mut().zip(collated(print)) {
                part.collation = printed.as_deref().map(collation::read);
            }
        }
        "f" => {
            if let Some(index) = table.indexes.get_mut(&name) {
                index.filter = Some(Expr::from(bare(print)));
            }
        }
        _ => {}
    }
}

/// Brings what divides a table into partitions, and the bound of a partition, into the server's words.
pub(super) fn partition(table: &mut Table, live: &Table, rest: &Schema, ask: &mut Ask<'_>) {
    if let (Some(by), Some(held)) = (&table.options.partition_by, &live.options.partition_by)
        && by != held
    {
        let question = format!(
            "SELECT pg_catalog.pg_get_partkeydef(c.oid) FROM pg_catalog.pg_class c WHERE {}",
            is_temporary(&table.name.name)
        );
        let statement = format!("{} PARTITION BY {by}", plain(table, rest));
        let answer = ask(&[statement], &question);
        if let Some(print) = answer.as_ref().and_then(first) {
            table.options.partition_by = Some(Expr::from(print));
        }
    }
    let Some(Partition { table: parent, bound }) = &table.options.partition_of else { return };
    let same = live.options.partition_of.as_ref().is_none_or(|held| held.bound == *bound);
    let parent = rest.tables.get(parent).filter(|_| !same);
    let by = parent.and_then(|parent| parent.options.partition_by.as_ref());
    let Some((parent, by)) = parent.zip(by) else { return };
    // The child has a name of ours, because the parent's may be the same in another schema.
    let statements = [
        format!("{} PARTITION BY {by}", plain(parent, rest)),
        format!(
            "CREATE TEMPORARY TABLE _peristyle_asked PARTITION OF pg_temp.{} {bound}",
            quote::quote(&parent.name.name)
        ),
    ];
    let question = format!(
        "SELECT pg_catalog.pg_get_expr(c.relpartbound, c.oid, true) FROM pg_catalog.pg_class c WHERE c.relname = {} \
         AND c.relnamespace = pg_catalog.pg_my_temp_schema()",
        literal("_peristyle_asked")
    );
    let answer: Option<Answer> = ask(&statements, &question);
    let print = answer.as_ref().and_then(first).map(Expr::from);
    if let (Some(partition), Some(print)) = (&mut table.options.partition_of, print) {
        partition.bound = print;
    }
}

//! The texts of objects.

use peristyle_schema::{Definition, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use super::super::catalog::queries::{About, within};
use super::super::catalog::row::Row;
use super::super::catalog::{head, object, quoted, types};
use super::super::{quote, tokens};
use super::{TEMPORARY, UNCHECKED, grant, literal, table};
use crate::{Answer, Ask};

/// What stands in a schema that others see, because it cannot be temporary.
const PROBE: &str = "_peristyle_asked";

/// Brings the texts of objects that differ from the live ones into the server's words.
pub(super) fn texts(declared: &mut Schema, live: &Schema, ask: &mut Ask<'_>) {
    let differing: Vec<Definition> = declared
        .objects
        .values()
        .filter(|definition| {
            live.objects.get(&definition.id).is_some_and(|held| held.sql != definition.sql)
        })
        .cloned()
        .collect();
    for mut definition in differing {
        let held = live.objects.get(&definition.id).filter(|held| {
            definition.id.kind == ObjectKind::Grant && grant::same(&definition.sql, &held.sql)
        });
        let print = match held {
            Some(held) => Some(held.sql.clone()),
            None => print(&definition, declared, ask),
        };
        if let Some(sql) = print {
            definition.sql = sql;
            declared.insert_object(definition);
        }
    }
}

/// The server's print of an object, if it can be had.
fn print(definition: &Definition, declared: &Schema, ask: &mut Ask<'_>) -> Option<String> {
    let Definition { id, sql, .. } = definition;
    let name = &id.name;
    let temporary = |about| within(about, TEMPORARY);
    match id.kind {
        ObjectKind::View => {
            let rest = rest(sql, &["CREATE VIEW", "CREATE RECURSIVE VIEW"], name)?;
            let recursive = if sql.starts_with("CREATE RECURSIVE") { "RECURSIVE " } else { "" };
            let made =
                format!("CREATE TEMPORARY {recursive}VIEW {}{rest}", quote::quote(&name.name));
            let answer = ask(&[made], &temporary(About::Relations))?;
            Some(object::view("VIEW", name, named(&answer, &name.name)?))
        }
        ObjectKind::MaterializedView => {
            let answer = ask(&[probe(definition)?], &probed(About::Relations, "c.relname"))?;
            Some(object::view("MATERIALIZED VIEW", name, named(&answer, PROBE)?))
        }
        ObjectKind::ViewIndex => view_index(definition, declared, ask),
        ObjectKind::Function => {
            let (word, name, rest) = routine(sql, name)?;
            let made = format!("CREATE {word} pg_temp.{}{rest}", quote::quote(&name.name));
            let answer = ask(&[UNCHECKED.to_owned(), made], &temporary(About::Functions))?;
            Some(object::function(word, &quoted(&name), named(&answer, &name.name)?))
        }
        ObjectKind::Domain => {
            let rest = rest(sql, &["CREATE DOMAIN"], name)?;
            let made = format!("CREATE DOMAIN pg_temp.{}{rest}", quote::quote(&name.name));
            let answer = ask(&[made], &temporary(About::Types))?;
            Some(types::domain(name, named(&answer, &name.name)?))
        }
        ObjectKind::RangeType => {
            let rest = rest(sql, &["CREATE TYPE"], name)?;
            let made = format!("CREATE TYPE pg_temp.{}{rest}", quote::quote(&name.name));
            let answer = ask(&[made], &temporary(About::Types))?;
            Some(types::range(name, named(&answer, &name.name)?))
        }
        ObjectKind::CompositeType => {
            let rest = rest(sql, &["CREATE TYPE"], name)?;
            let made = format!("CREATE TYPE pg_temp.{}{rest}", quote::quote(&name.name));
            let fields =
                format!("{TEMPORARY} AND c.relkind = 'c' AND c.relname = {}", literal(&name.name));
            let answer = ask(&[made], &within(About::Columns, &fields))?;
            Some(types::composite(name, answer.iter().map(|cells| Row(cells))))
        }
        ObjectKind::Sequence => {
            let heads = ["CREATE SEQUENCE", "CREATE UNLOGGED SEQUENCE"];
            let rest = rest(sql, &heads, name)?;
            let made = format!("CREATE TEMPORARY SEQUENCE {}{rest}", quote::quote(&name.name));
            let answer = ask(&[made], &temporary(About::Sequences))?;
            let print = types::sequence(name, named(&answer, &name.name)?);
            Some(match sql.starts_with(heads[1]) {
                true => print.replacen(heads[0], heads[1], 1),
                false => print,
            })
        }
        ObjectKind::Trigger => {
            let on = id.of.as_ref()?;
            let statements = [standing(on, declared)?, retarget(sql, on)?];
            let answer = ask(&statements, &temporary(About::Triggers))?;
            let temporary = QualifiedName::local(on.name.clone());
            head::on(named(&answer, &name.name)?.text(4), &temporary, on)
        }
        ObjectKind::Policy => {
            let on = id.of.as_ref()?;
            let statements = [standing(on, declared)?, retarget(sql, on)?];
            let answer = ask(&statements, &temporary(About::Policies))?;
            Some(object::policy(&name.name, on, named(&answer, &name.name)?))
        }
        // These have one form in a declaration and in the catalog.
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::Grant
        | ObjectKind::VirtualTable => None,
    }
}

/// The row about something of this name; a name stands third in every answer.
fn named<'a>(answer: &'a Answer, name: &str) -> Option<Row<'a>> {
    answer.iter().map(|cells| Row(cells)).find(|row| row.text(2) == name)
}

/// What stands behind the name in a statement that begins with one of these heads, with the space before it.
fn rest<'a>(sql: &'a str, heads: &[&str], name: &QualifiedName) -> Option<&'a str> {
    let tokens = tokens::significant(sql).ok()?;
    heads.iter().find_map(|head| {
        let at = head::skip_name(&tokens, head::skip_words(&tokens, 0, head)?, name)?;
        Some(&sql[tokens.get(at - 1)?.end()..])
    })
}

/// A function's word, its name without the types of its arguments, and what stands behind the name.
fn routine<'a>(
    sql: &'a str,
    name: &QualifiedName,
) -> Option<(&'static str, QualifiedName, &'a str)> {
    // A name may hold a parenthesis itself; the statement says which of them opens the types.
    name.name.match_indices('(').find_map(|(end, _)| {
        let name = QualifiedName {
            namespace: name.namespace.clone(),
            name: Name::from(&name.name[..end]),
        };
        ["FUNCTION", "PROCEDURE"].into_iter().find_map(|word| {
            let rest = rest(sql, &[&format!("CREATE {word}")], &name)?;
            rest.trim_start().starts_with('(').then(|| (word, name.clone(), rest))
        })
    })
}

/// A materialized view under a name of ours, without rows.
fn probe(definition: &Definition) -> Option<String> {
    let name = &definition.id.name;
    let rest = rest(&definition.sql, &["CREATE MATERIALIZED VIEW"], name)?;
    let mut query = rest.trim_end();
    for ending in ["WITH NO DATA", "WITH DATA"] {
        let start = query.len().checked_sub(ending.len()).filter(|at| query.is_char_boundary(*at));
        if let Some(start) = start
            && query[start..].eq_ignore_ascii_case(ending)
        {
            query = query[..start].trim_end();
            break;
        }
    }
    let probe = QualifiedName { namespace: name.namespace.clone(), name: PROBE.into() };
    Some(format!("CREATE MATERIALIZED VIEW {}{query} WITH NO DATA", quoted(&probe)))
}

/// The query about what bears our name.
fn probed(about: About, column: &str) -> String {
    within(about, &format!("{column} = {}", literal(PROBE)))
}

/// The print of an index of a materialized view; index and view have names of ours meanwhile.
fn view_index(definition: &Definition, declared: &Schema, ask: &mut Ask<'_>) -> Option<String> {
    let on = definition.on.as_ref()?;
    let view = declared.objects.get(&ObjectId::new(ObjectKind::MaterializedView, on.clone()))?;
    let probe_on = QualifiedName { namespace: on.namespace.clone(), name: PROBE.into() };
    let index = format!("{PROBE}_index");
    let bare = QualifiedName::local(definition.id.name.name.clone());
    let tokens = tokens::significant(&definition.sql).ok()?;
    let (word, at) = ["INDEX", "UNIQUE INDEX"]
        .into_iter()
        .find_map(|word| Some((word, head::skip_words(&tokens, 0, &format!("CREATE {word}"))?)))?;
    let at = head::skip_words(&tokens, head::skip_name(&tokens, at, &bare)?, "ON")?;
    let at = head::skip_name(&tokens, at, on)?;
    let rest = &definition.sql[tokens.get(at - 1)?.end()..];
    let probe_head = format!("CREATE {word} {index} ON {}", quoted(&probe_on));
    let statements = [probe(view)?, format!("{probe_head}{rest}")];
    let answer = ask(&statements, &probed(About::Indexes, "tc.relname"))?;
    let print = named(&answer, &index)?.text(15);
    head::index(print, &bare.name, &probe_on, on)
}

/// A temporary table or view for a trigger or policy to stand on.
fn standing(on: &QualifiedName, declared: &Schema) -> Option<String> {
    if let Some(held) = declared.tables.get(on) {
        return Some(table::plain(held, declared));
    }
    let view = ObjectId::new(ObjectKind::View, on.clone());
    declared.objects.get(&view)?;
    Some(format!(
        "CREATE TEMPORARY VIEW {} AS SELECT * FROM {}",
        quote::quote(&on.name),
        match &on.namespace {
            Some(_) => quoted(on),
            None => format!("public.{}", quote::quote(&on.name)),
        }
    ))
}

/// The statement of a trigger or policy, on the temporary table of the same name.
fn retarget(sql: &str, on: &QualifiedName) -> Option<String> {
    let temporary = QualifiedName::qualified("pg_temp", on.name.clone());
    head::on(sql, on, &temporary)
}

//! Enumerated types.
//!
//! Values that come are added where they belong, outside of the transaction: a value that is added can only be used once that
//! is committed. A value can neither go nor move, so for that the type is made anew and every column that holds it is
//! converted over its text.

use std::collections::BTreeMap;

use peristyle_schema::{Change, EnumEdit, EnumType, EnumValue, Name, Pair, QualifiedName, Schema};

use super::super::data_type::named as qualified;
use super::super::writer;
use super::way::Way;
use crate::planning::Renamed;
use crate::{Statement, Step};

/// What happens to the enumerated types that live on, by their new names.
pub(super) struct Enums<'a> {
    /// Those that only get more values.
    grown: Vec<Grown<'a>>,
    /// Those that are made anew, as they are after the renames and as they will be.
    pub(super) anew: BTreeMap<QualifiedName, Pair<EnumType>>,
    /// Those whose documentation changes.
    documented: Vec<Pair<EnumType>>,
}

struct Grown<'a> {
    /// The type before the renames: its values come before they are made.
    was: &'a EnumType,
    pair: Pair<EnumType>,
}

impl<'a> Enums<'a> {
    pub(super) fn plan(way: &Way<'a>, renamed: &Renamed) -> Self {
        let mut enums = Self { grown: Vec::new(), anew: BTreeMap::new(), documented: Vec::new() };
        for (was, held) in &way.schemas.old.enums {
            let Some(name) = way.identity.enumerated(was) else { continue };
            let (Some(old), Some(new)) =
                (renamed.schema.enums.get(name), way.schemas.new.enums.get(name))
            else {
                continue;
            };
            let pair = Pair::new(old.clone(), new.clone());
            if old.doc != new.doc {
                enums.documented.push(pair.clone());
            }
            if old.values == new.values {
                continue;
            }
            if is_part(&old.values, &new.values) {
                enums.grown.push(Grown { was: held, pair });
            } else {
                enums.anew.insert(name.clone(), pair);
            }
        }
        enums
    }

    /// The steps that add values, before anything else.
    pub(super) fn additions(&self, way: &Way<'_>) -> Vec<Step> {
        let step = |grown: &Grown<'_>| {
            let Pair { old, new } = &grown.pair;
            // Before the renames, a value stands beside one under its former text.
            let renames = way.identity.renamed_values(&grown.was.name);
            let former = |value: &Name| -> Name {
                renames
                    .iter()
                    .find(|names| names.new == *value)
                    .map_or(value, |names| &names.old)
                    .clone()
            };
            let mut statements = Vec::new();
            for (at, value) in new.values.iter().enumerate() {
                if holds(&old.values, value) {
                    continue;
                }
                let place = match at.checked_sub(1) {
                    Some(before) => {
                        format!("AFTER {}", writer::text(&former(&new.values[before].name)))
                    }
                    None => match old.values.first() {
                        Some(first) => format!("BEFORE {}", writer::text(&former(&first.name))),
                        None => String::new(),
                    },
                };
                statements.push(Statement::alone(
                    format!(
                        "ALTER TYPE {} ADD VALUE IF NOT EXISTS {} {place}",
                        qualified(&grown.was.name),
                        writer::text(&value.name)
                    )
                    .trim_end(),
                ));
            }
            Step {
                title: format!("add values to {}", new.name),
                reason: Some("a new value can be used once it is committed".to_owned()),
                causes: vec![set_values(&grown.pair)],
                statements,
                hazards: Vec::new(),
            }
        };
        self.grown.iter().map(step).collect()
    }

    /// The steps before the columns are converted: each type that is made anew stands beside the one it was.
    pub(super) fn make_anew(&self) -> Vec<Step> {
        let step = |pair: &Pair<EnumType>| Step {
            title: format!("make enum {} anew", pair.new.name),
            reason: Some("a value of an enumerated type can neither go nor move".to_owned()),
            causes: vec![set_values(pair)],
            statements: vec![
                Statement::run(format!(
                    "ALTER TYPE {} RENAME TO {}",
                    qualified(&pair.new.name),
                    super::super::quote::quote(&aside(&pair.new.name).name)
                )),
                Statement::run(create_sql(&pair.new)),
            ]
            .into_iter()
            .chain(
                pair.new
                    .doc
                    .as_ref()
                    .map(|doc| Statement::run(writer::comment_on_enum(&pair.new.name, Some(doc)))),
            )
            .collect(),
            hazards: Vec::new(),
        };
        self.anew.values().map(step).collect()
    }

    /// The steps after it: what they were is dropped.
    pub(super) fn drop_former(&self) -> Vec<Step> {
        let step = |pair: &Pair<EnumType>| Step {
            title: format!("drop what enum {} was", pair.new.name),
            reason: None,
            causes: Vec::new(),
            statements: vec![Statement::run(format!(
                "DROP TYPE {}",
                qualified(&aside(&pair.new.name))
            ))],
            hazards: Vec::new(),
        };
        self.anew.values().map(step).collect()
    }

    /// The steps that change documentation.
    pub(super) fn documents(&self) -> Vec<Step> {
        let documented =
            self.documented.iter().filter(|pair| !self.anew.contains_key(&pair.new.name));
        let step = |pair: &Pair<EnumType>| {
            let docs = Pair::new(pair.old.doc.clone(), pair.new.doc.clone());
            Step {
                title: format!("enum {}: documentation", pair.new.name),
                reason: None,
                causes: vec![Change::AlterEnum {
                    name: pair.new.name.clone(),
                    edits: vec![EnumEdit::SetDoc(docs)],
                }],
                statements: vec![Statement::run(writer::comment_on_enum(
                    &pair.new.name,
                    pair.new.doc.as_deref(),
                ))],
                hazards: Vec::new(),
            }
        };
        documented.map(step).collect()
    }
}

/// The step that creates a type.
pub(super) fn create(held: &EnumType) -> Step {
    let mut statements = vec![Statement::run(create_sql(held))];
    if let Some(doc) = &held.doc {
        statements.push(Statement::run(writer::comment_on_enum(&held.name, Some(doc))));
    }
    Step {
        title: format!("create enum {}", held.name),
        reason: None,
        causes: vec![Change::CreateEnum(held.clone())],
        statements,
        hazards: Vec::new(),
    }
}

/// The steps that drop the types that go.
pub(super) fn drops(way: &Way<'_>, schema: &Schema) -> Vec<Step> {
    let lives = |name: &QualifiedName| {
        way.schemas.old.enums.keys().any(|was| way.identity.enumerated(was) == Some(name))
    };
    let step = |held: &EnumType| Step {
        title: format!("drop enum {}", held.name),
        reason: None,
        causes: vec![Change::DropEnum(held.clone())],
        statements: vec![Statement::run(format!("DROP TYPE {}", qualified(&held.name)))],
        hazards: Vec::new(),
    };
    schema.enums.values().filter(|held| !lives(&held.name)).map(step).collect()
}

fn create_sql(held: &EnumType) -> String {
    let values: Vec<String> = held.values.iter().map(|value| writer::text(&value.name)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", qualified(&held.name), values.join(", "))
}

fn set_values(pair: &Pair<EnumType>) -> Change {
    let values = Pair::new(pair.old.values.clone(), pair.new.values.clone());
    Change::AlterEnum { name: pair.new.name.clone(), edits: vec![EnumEdit::SetValues(values)] }
}

/// The name that a type has while the new one takes its place.
pub(super) fn aside(name: &QualifiedName) -> QualifiedName {
    QualifiedName {
        namespace: name.namespace.clone(),
        name: Name::new(format!("_peristyle_was_{}", name.name)),
    }
}

fn holds(values: &[EnumValue], value: &EnumValue) -> bool {
    values.iter().any(|held| held.name == value.name)
}

/// Whether the new list has all values of the old one in their order.
fn is_part(old: &[EnumValue], new: &[EnumValue]) -> bool {
    let mut rest = new.iter();
    old.iter().all(|value| rest.any(|held| held.name == value.name))
}

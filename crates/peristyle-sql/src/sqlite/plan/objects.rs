//! Views, triggers and virtual tables: known by their text, dropped before what they read changes, made again after.

use std::collections::BTreeSet;

use peristyle_schema::{Change, Definition, ObjectId, ObjectKind, Pair, QualifiedName, Schema};

use super::super::quote::{quote, unquote};
use super::super::tokens;
use super::way::{Direction, Way};
use crate::lexer::Kind;
use crate::{Hazard, HazardKind, Statement, Step};

/// What is done with objects on one way.
pub(super) struct Objects<'a> {
    /// Those that are dropped, in order.
    dropped: Vec<&'a Definition>,
    /// Those that are made, in order.
    created: Vec<&'a Definition>,
    schemas: Pair<&'a Schema>,
}

impl<'a> Objects<'a> {
    /// Finds what must be dropped and made. An object that reads a touched table, or a view that does, is dropped and made
    /// again even if nothing changes in it: SQLite checks the text of every view and trigger when it renames a table, and
    /// a trigger goes with its table.
    pub(super) fn plan(way: &Way<'a>, touched: &BTreeSet<QualifiedName>) -> Self {
        let Pair { old, new } = way.schemas;
        let mut names: BTreeSet<String> =
            touched.iter().map(|name| name.name.to_ascii_lowercase()).collect();
        let mut affected: BTreeSet<&ObjectId> = BTreeSet::new();
        for (id, held) in &old.objects {
            if new.objects.get(id) != Some(held) {
                affected.insert(id);
                names.insert(id.name.name.to_ascii_lowercase());
            }
        }
        let words: Vec<(&ObjectId, BTreeSet<String>)> =
            old.objects.iter().map(|(id, held)| (id, identifiers(&held.sql))).collect();
        loop {
            let before = affected.len();
            for (id, words) in &words {
                if id.kind != ObjectKind::VirtualTable
                    && !affected.contains(id)
                    && words.iter().any(|word| names.contains(word))
                {
                    affected.insert(id);
                    names.insert(id.name.name.to_ascii_lowercase());
                }
            }
            if affected.len() == before {
                break;
            }
        }
        let mut dropped: Vec<&Definition> =
            old.objects.values().filter(|held| affected.contains(&held.id)).collect();
        dropped.sort_by_key(|held| std::cmp::Reverse(rank(held.id.kind)));
        let created = new
            .objects
            .values()
            .filter(|held| affected.contains(&held.id) || !old.objects.contains_key(&held.id));
        Self { dropped, created: in_order(created.collect()), schemas: way.schemas }
    }

    /// The steps that drop them: what comes back later in one step, everything else in a step of its own.
    pub(super) fn drops(&self, way: &Way<'_>, losses: &mut Vec<String>) -> Vec<Step> {
        let mut steps = Vec::new();
        let (aside, gone): (Vec<&Definition>, Vec<&Definition>) = self
            .dropped
            .iter()
            .partition(|held| self.schemas.new.objects.get(&held.id) == Some(*held));
        if !aside.is_empty() {
            let names: Vec<String> = aside.iter().map(|held| title(&held.id)).collect();
            steps.push(Step {
                title: format!("drop for now: {}", names.join(", ")),
                reason: Some(
                    "they read tables that change; they are made again at the end".to_owned(),
                ),
                causes: Vec::new(),
                statements: aside.iter().map(|held| drop(&held.id)).collect(),
                hazards: Vec::new(),
            });
        }
        for held in gone {
            let is_replaced = self.schemas.new.objects.contains_key(&held.id);
            let mut hazards = Vec::new();
            if held.id.kind == ObjectKind::VirtualTable
                && content_table(&held.sql, self.schemas.old).is_none()
            {
                let subject = held.id.name.to_string();
                let message = format!("what the virtual table {subject} holds is lost");
                if way.direction == Direction::Up {
                    losses.push(message.clone());
                }
                hazards.push(Hazard { kind: HazardKind::DataLoss, subject, message });
            }
            steps.push(Step {
                title: format!("drop {}", title(&held.id)),
                reason: is_replaced.then(|| "it is made anew at the end".to_owned()),
                causes: match is_replaced {
                    true => Vec::new(),
                    false => vec![Change::DropObject(held.clone())],
                },
                statements: vec![drop(&held.id)],
                hazards,
            });
        }
        steps
    }

    /// The steps that make them; those that come back in a row share one.
    pub(super) fn creates(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut again: Vec<&Definition> = Vec::new();
        for held in &self.created {
            let step = match self.schemas.old.objects.get(&held.id) {
                Some(same) if same == *held => {
                    again.push(held);
                    continue;
                }
                Some(other) => {
                    let definitions = Pair::new(other.clone(), (*held).clone());
                    self.create(held, Change::ReplaceObject(definitions), "replace")
                }
                None => self.create(held, Change::CreateObject((*held).clone()), "create"),
            };
            steps.extend(make_again(&mut again));
            steps.push(step);
        }
        steps.extend(make_again(&mut again));
        steps
    }

    fn create(&self, held: &Definition, cause: Change, verb: &str) -> Step {
        let mut statements = vec![Statement::run(&held.sql)];
        let mut reason = None;
        if let Some(table) = content_table(&held.sql, self.schemas.new) {
            let name = quote(&held.id.name.name);
            statements
                .push(Statement::run(format!("INSERT INTO {name} ({name}) VALUES ('rebuild')")));
            reason = Some(format!("it indexes the rows of {table} that are there"));
        }
        Step {
            title: format!("{verb} {}", title(&held.id)),
            reason,
            causes: vec![cause],
            statements,
            hazards: Vec::new(),
        }
    }
}

/// The table that a full-text index reads its content from, so that it can be made again from there.
///
/// <https://www.sqlite.org/fts5.html#external_content_tables>
fn content_table<'a>(sql: &str, schema: &'a Schema) -> Option<&'a QualifiedName> {
    let tokens: Vec<_> = tokens::lex(sql)
        .filter(|token| !matches!(token.kind, Kind::Space | Kind::Comment))
        .collect();
    if !tokens.iter().any(|token| token.is_word("fts5") || token.is_word("fts4")) {
        return None;
    }
    let named = tokens.windows(3).find_map(|window| match window {
        [word, equals, name] if word.is_word("content") && equals.is_operator("=") => {
            Some(unquote(name))
        }
        _ => None,
    })?;
    schema.tables.keys().find(|table| table.name.eq_ignore_ascii_case(&named))
}

/// The step that makes objects again that were dropped for now.
fn make_again(objects: &mut Vec<&Definition>) -> Option<Step> {
    if objects.is_empty() {
        return None;
    }
    let names: Vec<String> = objects.iter().map(|held| title(&held.id)).collect();
    Some(Step {
        title: format!("make again: {}", names.join(", ")),
        reason: None,
        causes: Vec::new(),
        statements: objects.drain(..).map(|held| Statement::run(&held.sql)).collect(),
        hazards: Vec::new(),
    })
}

fn drop(id: &ObjectId) -> Statement {
    let word = match id.kind {
        ObjectKind::View => "VIEW",
        ObjectKind::Trigger => "TRIGGER",
        ObjectKind::VirtualTable
        | ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::Function
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Policy
        | ObjectKind::Grant => "TABLE",
    };
    Statement::run(format!("DROP {word} {}", quote(&id.name.name)))
}

fn title(id: &ObjectId) -> String {
    format!("{} {}", id.kind.words(), id.name)
}

/// What is made first: triggers stand on views, views on virtual tables.
fn rank(kind: ObjectKind) -> u8 {
    match kind {
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable => 0,
        ObjectKind::Function => 1,
        ObjectKind::View | ObjectKind::MaterializedView => 2,
        ObjectKind::ViewIndex | ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Grant => 3,
    }
}

/// The objects in an order in which each comes after those of its kind that it reads.
fn in_order(mut objects: Vec<&Definition>) -> Vec<&Definition> {
    objects.sort_by_key(|held| rank(held.id.kind));
    let mut ordered: Vec<&Definition> = Vec::new();
    let mut waiting: Vec<(&Definition, BTreeSet<String>)> =
        objects.into_iter().map(|held| (held, identifiers(&held.sql))).collect();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|(held, words)| {
            waiting.iter().all(|(other, _)| {
                other.id == held.id
                    || rank(other.id.kind) > rank(held.id.kind)
                    || (rank(other.id.kind) == rank(held.id.kind)
                        && !words.contains(&other.id.name.name.to_ascii_lowercase()))
            })
        });
        ordered.push(waiting.remove(ready.unwrap_or(0)).0);
    }
    ordered
}

/// Every name in a text, in lower case. A string may be a name too: SQLite takes it for one where only a name can stand.
fn identifiers(sql: &str) -> BTreeSet<String> {
    tokens::lex(sql)
        .filter(|token| matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Text))
        .map(|token| unquote(&token).to_ascii_lowercase())
        .collect()
}

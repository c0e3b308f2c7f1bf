//! Objects that are known by their text: dropped before what they stand on changes, made again after.

use std::collections::BTreeSet;

use peristyle_schema::{Change, Definition, ObjectId, ObjectKind, Pair, QualifiedName, Schema};

use super::super::writer;
use super::graph::{Named, Node, in_order, mentions_of, of_object};
use super::must_go::{Touched, must_go};
use super::stored::{asks_within, is_type, refuse, user_of};
use super::types::Types;
use super::way::Findings;
use super::{alter_object, describe};
use crate::planning::Renaming;
use crate::{Statement, Step};

/// What is done with objects on one way.
pub(super) struct Objects<'a> {
    /// Those that are dropped first, in order.
    early: Vec<&'a Definition>,
    /// Functions that tables call: dropped when these have let them go, and before the tables change.
    called: Vec<&'a Definition>,
    /// Those that are dropped when no table needs them any more, in order.
    late: Vec<&'a Definition>,
    /// Those that are made, or made again.
    created: Vec<&'a Definition>,
    /// Those that are changed where they are.
    altered: Vec<Pair<&'a Definition>>,
    /// The functions that are dropped first, by their names in texts.
    pub(super) dropped_functions: Vec<&'a Definition>,
    schemas: Pair<&'a Schema>,
    gone_tables: BTreeSet<QualifiedName>,
}

impl<'a> Objects<'a> {
    /// Finds what must be dropped, made and altered.
    pub(super) fn plan(
        schemas: Pair<&'a Schema>,
        touched: &Touched,
        types: &Types<'_>,
        findings: &mut Findings,
    ) -> Self {
        let Pair { old, new } = schemas;
        let mut affected: BTreeSet<&ObjectId> = BTreeSet::new();
        let mut altered = Vec::new();
        for (id, held) in &old.objects {
            match new.objects.get(id) {
                None => {
                    affected.insert(id);
                }
                Some(other) if other == held => {}
                Some(_) if types.hold(id) => {}
                Some(other) if alter_object::retypes_field(Pair::new(held, other)) => {
                    match user_of(held, old) {
                        Some(user) => refuse(other, Some(user), findings),
                        None => altered.push(Pair::new(held, other)),
                    }
                }
                Some(other)
                    if alter_object::can_alter(Pair::new(held, other))
                        && !asks_within(Pair::new(held, other), schemas) =>
                {
                    altered.push(Pair::new(held, other));
                }
                Some(other) if serves_tables(id.kind) && id.kind != ObjectKind::Function => {
                    match user_of(held, old) {
                        // A sequence knows where it stands, an extension holds objects: neither is dropped for a change.
                        None if is_type(id.kind) => {
                            affected.insert(id);
                        }
                        user => refuse(other, user, findings),
                    }
                }
                Some(_) => {
                    affected.insert(id);
                }
            }
        }
        // What goes for good and may serve living tables until they are changed waits, unless a function is in the way of
        // another: the types of its arguments may be renamed, and then it is the one that comes.
        let waits: BTreeSet<&ObjectId> = affected
            .iter()
            .copied()
            .filter(|id| serves_tables(id.kind) && !new.objects.contains_key(id))
            .filter(|id| !comes_by_name(id, schemas))
            .collect();
        let named: Vec<(&Definition, Vec<Named>)> =
            old.objects.values().map(|held| (held, of_object(held))).collect();
        let mut early: BTreeSet<&ObjectId> = affected.difference(&waits).copied().collect();
        loop {
            let before = early.len();
            for (held, mentions) in &named {
                if !early.contains(&held.id) && must_go(held, mentions, old, &early, touched) {
                    early.insert(&held.id);
                }
            }
            if early.len() == before {
                break;
            }
        }
        altered.retain(|pair| !early.contains(&pair.old.id));
        let created = new
            .objects
            .values()
            .filter(|held| early.contains(&held.id) || !old.objects.contains_key(&held.id));
        let order: Vec<&Definition> = in_order(nodes(old))
            .into_iter()
            .rev()
            .filter_map(|node| match node {
                Node::Object(held) => Some(held),
                Node::Enum(_) | Node::Table(_) => None,
            })
            .collect();
        let pick = |ids: &BTreeSet<&ObjectId>| -> Vec<&'a Definition> {
            order.iter().copied().filter(|held| ids.contains(&held.id)).collect()
        };
        let late: BTreeSet<&ObjectId> = waits.difference(&early).copied().collect();
        let early = pick(&early);
        let functions: Vec<&'a Definition> =
            early.iter().copied().filter(|held| held.id.kind == ObjectKind::Function).collect();
        let uses: Vec<Named> =
            old.tables.values().flat_map(|table| mentions_of(&Node::Table(table))).collect();
        let (called, early): (Vec<_>, Vec<_>) = early.into_iter().partition(|held| {
            held.id.kind == ObjectKind::Function
                && uses.iter().any(|named| named.is(&Node::Object(held)))
        });
        Self {
            called,
            late: pick(&late),
            dropped_functions: functions,
            early,
            created: created.collect(),
            altered,
            schemas,
            gone_tables: touched.gone.clone(),
        }
    }

    /// The steps that make the namespaces that tables and types move into, before they do.
    pub(super) fn homes(&mut self, renames: &[Renaming]) -> Vec<Step> {
        let is_home = |held: &Definition| {
            held.id.kind == ObjectKind::Namespace
                && renames.iter().any(|renaming| match &renaming.change {
                    Change::RenameTable(names) | Change::RenameEnum(names) => {
                        names.new.namespace.as_ref() == Some(&held.id.name.name)
                    }
                    Change::CreateTable(_)
                    | Change::DropTable(_)
                    | Change::AlterTable { .. }
                    | Change::CreateEnum(_)
                    | Change::DropEnum(_)
                    | Change::AlterEnum { .. }
                    | Change::CreateObject(_)
                    | Change::DropObject(_)
                    | Change::ReplaceObject(_) => false,
                })
        };
        let created = std::mem::take(&mut self.created);
        let (homes, created): (Vec<_>, Vec<_>) =
            created.into_iter().partition(|held| is_home(held));
        self.created = created;
        homes.into_iter().filter_map(|held| self.step(held, &mut Vec::new())).collect()
    }

    /// The nodes of what is made or altered.
    pub(super) fn nodes(&self) -> Vec<Node<'a>> {
        let altered = self.altered.iter().map(|pair| pair.new);
        self.created.iter().copied().chain(altered).map(Node::Object).collect()
    }

    /// The steps that drop first: what comes back later in one step, everything else in a step of its own.
    pub(super) fn drops(&self) -> Vec<Step> {
        self.drop_all(&self.early)
    }

    /// The steps that drop the functions that tables called.
    pub(super) fn called_drops(&self) -> Vec<Step> {
        self.drop_all(&self.called)
    }

    fn drop_all(&self, objects: &[&Definition]) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut again: Vec<&Definition> = Vec::new();
        for held in objects {
            if self.comes_back(held) {
                again.push(held);
                continue;
            }
            steps.extend(self.drop_for_now(&mut again));
            let is_replaced = self.schemas.new.objects.contains_key(&held.id);
            steps.push(Step {
                title: format!("drop {}", describe::object(&held.id)),
                reason: is_replaced.then(|| "it is made anew at the end".to_owned()),
                causes: match is_replaced {
                    true => Vec::new(),
                    false => vec![Change::DropObject((*held).clone())],
                },
                statements: self.drop(held).into_iter().collect(),
                hazards: Vec::new(),
            });
        }
        steps.extend(self.drop_for_now(&mut again));
        steps.retain(|step| !step.statements.is_empty() || !step.causes.is_empty());
        steps
    }

    fn comes_back(&self, held: &Definition) -> bool {
        self.schemas.new.objects.get(&held.id) == Some(held)
    }

    fn drop_for_now(&self, again: &mut Vec<&Definition>) -> Option<Step> {
        if again.is_empty() {
            return None;
        }
        let names: Vec<String> = again.iter().map(|held| describe::object(&held.id)).collect();
        Some(Step {
            title: format!("drop for now: {}", names.join(", ")),
            reason: Some("they stand on what changes; they are made again at the end".to_owned()),
            causes: Vec::new(),
            statements: again.drain(..).filter_map(|held| self.drop(held)).collect(),
            hazards: Vec::new(),
        })
    }

    /// The statement that drops an object, unless it goes with what it belongs to.
    fn drop(&self, held: &Definition) -> Option<Statement> {
        let owner = held.id.of.as_ref().or(held.on.as_ref());
        let goes_along = owner.is_some_and(|owner| {
            let is_grant = held.id.kind == ObjectKind::Grant;
            self.early.iter().any(|other| {
                let carries =
                    is_relation(other.id.kind) || (is_grant && other.id.kind != ObjectKind::Grant);
                other.id != held.id && carries && other.id.name == *owner
            })
        });
        let goes_later = held.id.kind == ObjectKind::Grant
            && owner.is_some_and(|owner| self.gone_tables.contains(owner));
        (!goes_along && !goes_later).then(|| Statement::run(writer::drop_object(held)))
    }

    /// The steps that drop what no table needs any more.
    pub(super) fn late_drops(&self) -> Vec<Step> {
        let step = |held: &&Definition| Step {
            title: format!("drop {}", describe::object(&held.id)),
            reason: None,
            causes: vec![Change::DropObject((*held).clone())],
            statements: vec![Statement::run(writer::drop_object(held))],
            hazards: Vec::new(),
        };
        self.late.iter().map(step).collect()
    }

    /// The step that makes or alters an object; none if it only comes back, which goes into `again`.
    pub(super) fn step(
        &self,
        held: &'a Definition,
        again: &mut Vec<&'a Definition>,
    ) -> Option<Step> {
        if let Some(pair) = self.altered.iter().find(|pair| pair.new.id == held.id) {
            return Some(alter_object::step(*pair));
        }
        let (cause, verb) = match self.schemas.old.objects.get(&held.id) {
            Some(same) if same == held => {
                again.push(held);
                return None;
            }
            Some(other) => {
                let pair = Pair::new(other.clone(), held.clone());
                (Change::ReplaceObject(pair), "replace")
            }
            None => (Change::CreateObject(held.clone()), "create"),
        };
        Some(Step {
            title: format!("{verb} {}", describe::object(&held.id)),
            reason: None,
            causes: vec![cause],
            statements: create(held),
            hazards: Vec::new(),
        })
    }
}

/// The step that makes objects again that were dropped for now.
pub(super) fn make_again(objects: &mut Vec<&Definition>) -> Option<Step> {
    if objects.is_empty() {
        return None;
    }
    let names: Vec<String> = objects.iter().map(|held| describe::object(&held.id)).collect();
    Some(Step {
        title: format!("make again: {}", names.join(", ")),
        reason: None,
        causes: Vec::new(),
        statements: objects.drain(..).flat_map(create).collect(),
        hazards: Vec::new(),
    })
}

fn create(held: &Definition) -> Vec<Statement> {
    let mut statements = vec![Statement::run(&held.sql)];
    if held.fires.is_some() {
        statements.extend(writer::trigger_fires(held).map(Statement::run));
    }
    if let Some(doc) = &held.doc {
        statements.extend(writer::comment_on_object(&held.id, Some(doc)).map(Statement::run));
    }
    statements
}

/// Everything of a schema.
pub(super) fn nodes(schema: &Schema) -> Vec<Node<'_>> {
    let enums = schema.enums.values().map(Node::Enum);
    let tables = schema.tables.values().map(Node::Table);
    enums.chain(tables).chain(schema.objects.values().map(Node::Object)).collect()
}

/// Whether a function of the same name and with as many arguments comes.
fn comes_by_name(id: &ObjectId, schemas: Pair<&Schema>) -> bool {
    let parts = |id: &ObjectId| {
        let name = id.name.name.as_str();
        let (name, arguments) = name.split_once('(').unwrap_or((name, ""));
        (name.to_owned(), arguments.split(", ").count())
    };
    id.kind == ObjectKind::Function
        && schemas.new.objects.keys().any(|other| {
            other.kind == id.kind
                && other.name.namespace == id.name.namespace
                && !schemas.old.objects.contains_key(other)
                && parts(other) == parts(id)
        })
}

/// Whether a table's columns may need it.
fn serves_tables(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::VirtualTable
        | ObjectKind::Function => true,
        ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy
        | ObjectKind::Grant => false,
    }
}

fn is_relation(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::View | ObjectKind::MaterializedView)
}

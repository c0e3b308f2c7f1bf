//! A plan of the way there and the way home.

use peristyle_schema::{Pair, QualifiedName, Schema};

use crate::{Plan, Refusal, Reversible, Role, Step, Transaction};

/// What was planned of one way.
pub(crate) struct OneWay {
    /// Its steps.
    pub(crate) steps: Vec<Step>,
    /// What the other way will not bring back, each in one sentence.
    pub(crate) losses: Vec<String>,
}

/// The parts of both schemas that are ours to change: without the tables that either declares as another's.
pub(crate) fn owned(schemas: Pair<&Schema>) -> Pair<Schema> {
    let external = |name: &QualifiedName| {
        let held = |schema: &Schema| schema.tables.get(name).is_some_and(|table| table.external);
        held(schemas.old) || held(schemas.new)
    };
    schemas.map(|schema| {
        let mut schema = schema.clone();
        schema.tables.retain(|name, _| !external(name));
        schema
    })
}

/// The plan that two ways make. A way home that was refused is none, and the plan says why.
pub(crate) fn both_ways(
    schemas: Pair<&Schema>,
    there: OneWay,
    home: Result<OneWay, Refusal>,
) -> Plan {
    let (down, reversible, unrestored) = match home {
        Ok(home) if there.losses.is_empty() => (home.steps, Reversible::Yes, Vec::new()),
        Ok(home) => (home.steps, Reversible::Partial, there.losses),
        Err(refusal) => (Vec::new(), Reversible::No, reasons(refusal)),
    };
    let mut statements = there.steps.iter().chain(&down).flat_map(|step| &step.statements);
    let transaction = match statements.any(|statement| statement.role == Role::Alone) {
        true => Transaction::Several,
        false => Transaction::One,
    };
    Plan {
        up: there.steps,
        down,
        reversible,
        unrestored,
        transaction,
        between: schemas.map(Schema::fingerprint),
    }
}

/// Why there is no way home.
fn reasons(refusal: Refusal) -> Vec<String> {
    let questions = refusal.decisions.into_iter().map(|decision| decision.question);
    questions.chain(refusal.diagnostics.into_iter().map(|diagnostic| diagnostic.message)).collect()
}

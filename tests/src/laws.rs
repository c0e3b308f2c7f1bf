//! The laws that hold for every pair of schemas, whatever is in them.

use std::fmt;

use peristyle_schema::{Diagnostic, Pair, Schema, diff};
use peristyle_sql::{Dialect, DialectName, HazardKind, Keep, PlanOptions, Refusal, Reversible};

use crate::engine::{difference, fresh};
use crate::journey::{Journey, keeps};
use crate::random::{Dice, Pairing};
use crate::{declarations, rows};

/// What is done with data that has no place any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// It goes.
    Lose,
    /// It is set aside.
    Keep,
}

/// What a pair showed while no law was broken.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// How many changes there were.
    pub changes: usize,
    /// How many tables were rebuilt.
    pub rebuilds: usize,
    /// What is promised of the way back.
    pub reversible: Option<Reversible>,
    /// What the server is too old for, if it could not be tried on it.
    pub left_out: Option<&'static str>,
}

/// A law that was broken.
#[derive(Debug)]
pub struct Broken {
    /// Which law, in a few words that stay the same.
    pub law: &'static str,
    /// What was seen.
    pub message: String,
}

impl Broken {
    /// What failures of one kind have in common: the law, and the words of the message that name nothing of the pair.
    pub fn kind(&self) -> String {
        let message = &self.message;
        let first = message.lines().find(|line| !line.ends_with("must be:")).unwrap_or_default();
        let words = first.split(['"', '(', '`']).step_by(2).next().unwrap_or_default();
        let plain: String = words.chars().filter(|c| !c.is_ascii_digit()).take(90).collect();
        let head = message.split([':', '\n']).next().unwrap_or_default();
        format!("{}: {head}: {plain}", self.law)
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "broken: {}\n{}", self.law, self.message)
    }
}

/// Rows in each table of a pair of neighbours.
const ROWS: usize = 5;

/// Tries every law on a pair of declared schemas.
pub fn hold(
    dialect: DialectName,
    pairing: Pairing,
    pair: &Pair<Schema>,
    dropped: Dropped,
) -> Result<Seen, Broken> {
    let dialect = peristyle_sql::dialect(dialect);
    let old = normalized(dialect, &pair.old)?;
    let new = normalized(dialect, &pair.new)?;
    readable(dialect, &pair.new)?;
    let schemas = Pair::new(&old, &new);
    equal_schemas_do_not_differ(&new)?;

    let changes = diff(schemas);
    let mut applied = old.clone();
    applied.apply_all(&changes);
    broken_if("apply(diff) is the new schema", &difference(Pair::new(&applied, &new)))?;

    let options = PlanOptions {
        keep: (dropped == Dropped::Keep).then(|| Keep { label: "0001".to_owned() }),
        fills: Vec::new(),
        ..PlanOptions::default()
    };
    let plan = dialect
        .plan(schemas, &changes, &options)
        .map_err(|refusal| broken("there is a plan", told(&refusal)))?;

    if let Some(later) = crate::cases::later(dialect.name(), schemas) {
        return Ok(Seen { left_out: Some(later.what), ..Seen::default() });
    }
    let engine = fresh(dialect.name());
    let made = dialect.create(&old).map_err(|r| broken("the old can be created", told(&r)))?;
    engine.migrate(&made).map_err(|e| broken("the old can be created", e.to_string()))?;
    if pairing == Pairing::Neighbours {
        rows::populate(engine.as_ref(), &old, &pair.old, ROWS)
            .map_err(|e| broken("the old can be populated", e.to_string()))?;
    }
    Journey::of(schemas, &changes, &plan)
        .travel(engine.as_ref())
        .map_err(|message| broken("there and back", message))?;
    let hazards = plan.up.iter().flat_map(|step| &step.hazards);
    if dropped == Dropped::Keep && keeps(&plan) && plan.reversible == Reversible::No {
        return Err(broken("what is kept comes back", plan.unrestored.join("; ")));
    }
    Ok(Seen {
        changes: changes.len(),
        rebuilds: hazards.filter(|hazard| hazard.kind == HazardKind::Rebuild).count(),
        reversible: Some(plan.reversible),
        left_out: None,
    })
}

fn broken(law: &'static str, message: String) -> Broken {
    Broken { law, message }
}

fn broken_if(law: &'static str, message: &str) -> Result<(), Broken> {
    if message.is_empty() { Ok(()) } else { Err(broken(law, message.to_owned())) }
}

fn told(refusal: &Refusal) -> String {
    let questions: Vec<&str> = refusal.decisions.iter().map(|d| d.question.as_str()).collect();
    format!("{}{}", codes(&refusal.diagnostics), questions.join("\n"))
}

/// The diagnostics without their places, which change from run to run.
fn codes(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{}: {}\n", d.code, d.message)).collect()
}

fn normalized(dialect: &dyn Dialect, schema: &Schema) -> Result<Schema, Broken> {
    let law = "a declared schema can be normalized";
    let once = dialect.normalize(schema.clone()).map_err(|d| broken(law, codes(&d)))?;
    let twice = dialect.normalize(once.clone()).map_err(|d| broken(law, codes(&d)))?;
    if once == twice {
        return Ok(once);
    }
    let told = difference(Pair::new(&once, &twice));
    Err(broken("normalize is idempotent", told))
}

/// Declarations written from a schema declare that schema; in whatever order the structs stand, the same SQL comes of them.
fn readable(dialect: &dyn Dialect, schema: &Schema) -> Result<(), Broken> {
    let law = "print and parse is the identity";
    let expected = normalized(dialect, schema)?;
    let printed = declarations::print(schema);
    let read = |text: &str| {
        let again = declarations::read("printed", text)
            .map_err(|d| broken(law, format!("{}\n{text}", codes(&d))))?;
        normalized(dialect, &again)
    };
    let found = read(&printed)?;
    if found != expected {
        let told = difference(Pair::new(&expected, &found));
        return Err(broken(law, format!("{told}\n{printed}")));
    }
    let script = |schema: &Schema| {
        let made = dialect.create(schema).map_err(|r| broken("it can be created", told(&r)))?;
        Ok(made.into_iter().map(|statement| statement.sql + "\n").collect::<String>())
    };
    let (one, two) = (script(&found)?, script(&read(&shuffled(&printed))?)?);
    let told = if one == two { String::new() } else { crate::cases::compare(&one, &two) };
    broken_if("structs in another order, same bytes", &told)
}

/// The structs of a source in another order, behind its first words.
fn shuffled(source: &str) -> String {
    let mut items: Vec<&str> = source.split("\n\n").collect();
    let first = items.iter().position(|item| item.contains("#[derive")).unwrap_or(items.len());
    Dice::of(source.len() as u64).shuffle(&mut items[first..]);
    items.join("\n\n")
}

fn equal_schemas_do_not_differ(schema: &Schema) -> Result<(), Broken> {
    broken_if("diff(a, a) is empty", &difference(Pair::new(schema, schema)))
}

//! One pair of the laws, shown: its declarations, its plan, and what came of it.
//!
//! `cargo run -p peristyle-tests --example seed postgres 338 [keep] [small]`; with `small`, the least pair that breaks the
//! same law.

use peristyle_schema::{Pair, Schema, diff};
use peristyle_sql::{DialectName, Keep, PlanOptions, Step, dialect};
use peristyle_tests::declarations;
use peristyle_tests::laws::{Dropped, hold};
use peristyle_tests::random::{pair, shrink};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, seed, wishes @ ..] = &arguments[..] else {
        return Err("usage: seed <sqlite|postgres> <seed> [keep] [small]".to_owned());
    };
    let name = match name.as_str() {
        "sqlite" => DialectName::Sqlite,
        "postgres" => DialectName::Postgres,
        other => return Err(format!("there is no dialect {other}")),
    };
    let seed = seed.parse().map_err(|error| format!("{seed}: {error}"))?;
    let wishes = |wish: &str| wishes.iter().any(|word| word == wish);
    let dropped = if wishes("keep") { Dropped::Keep } else { Dropped::Lose };

    let (pairing, mut schemas) = pair(name, seed);
    let outcome = |schemas: &Pair<Schema>| hold(name, pairing, schemas, dropped);
    if wishes("small")
        && let Err(broken) = outcome(&schemas)
    {
        schemas =
            shrink(schemas, |pair| outcome(pair).is_err_and(|other| other.kind() == broken.kind()));
    }
    println!("-- {pairing:?}, {dropped:?}");
    println!("-- old\n{}", declarations::print(&schemas.old));
    println!("-- new\n{}", declarations::print(&schemas.new));
    show_plan(name, &schemas, dropped);
    match outcome(&schemas) {
        Ok(seen) => println!("-- {} changes, {:?}", seen.changes, seen.reversible),
        Err(broken) => println!("-- {broken}"),
    }
    Ok(())
}

fn show_plan(name: DialectName, schemas: &Pair<Schema>, dropped: Dropped) {
    let dialect = dialect(name);
    let normalized = |schema: &Schema| dialect.normalize(schema.clone());
    let (Ok(old), Ok(new)) = (normalized(&schemas.old), normalized(&schemas.new)) else { return };
    let pair = Pair::new(&old, &new);
    let changes = diff(pair);
    let keep = (dropped == Dropped::Keep).then(|| Keep { label: "0001".to_owned() });
    let options = PlanOptions { keep, ..PlanOptions::default() };
    match dialect.plan(pair, &changes, &options) {
        Ok(plan) => {
            show_steps("up", &plan.up);
            show_steps("down", &plan.down);
            println!("-- {:?}: {}", plan.reversible, plan.unrestored.join("; "));
        }
        Err(refusal) => println!("-- refused: {refusal:#?}"),
    }
}

fn show_steps(way: &str, steps: &[Step]) {
    println!("-- {way}");
    for statement in steps.iter().flat_map(|step| &step.statements) {
        println!("{};", statement.sql);
    }
}

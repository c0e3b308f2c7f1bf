//! Each index is used by the query that it was made for, in a clinic of 100,000 patients. What it gains is measured by
//! `clinic gain` and stands in the README.

use clinic::{gain, large};
use peristyle::Connection;
use systems_support::{Database, Engine, System, on_every_engine};

const CLINIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

/// How many patients there are: the planner decides by it.
const PATIENTS: u32 = 100_000;

on_every_engine! { CLINIC on [sqlite, postgres]; { each_index_is_used_by_its_query } }

fn each_index_is_used_by_its_query(database: &Database, connection: &Connection) {
    let schema = database.schema();
    large::fill(connection, database.url(), PATIENTS).unwrap();
    assert_eq!(database.schema(), schema);
    for claim in gain::claims() {
        assert!(claim.query.rows(connection).unwrap() > 0, "{} finds nothing", claim.index);
        let plan = database.plan(&claim.query.sql(connection), &claim.values);
        assert!(plan.contains(claim.index), "{} is not used:\n{plan}", claim.index);
    }
}

/// Every index that the declarations have and that keeps no rule is claimed.
#[test]
fn every_index_is_claimed() {
    let mut declared: Vec<String> = Database::migrated(&CLINIC, Engine::Sqlite)
        .schema()
        .tables
        .values()
        .flat_map(|table| table.indexes.iter().filter(|index| !index.unique))
        .map(|index| index.name.to_string())
        .collect();
    declared.sort();
    let mut claimed: Vec<String> =
        gain::claims().iter().map(|claim| claim.index.to_owned()).collect();
    claimed.sort();
    assert_eq!(claimed, declared);
}

//! The journey that every case makes on a live server: there, home, there and home again, with rows in the tables.
//!
//! Two witnesses look at each stop: the catalog as Peristyle reads it, and `pg_dump`, which knows nothing of Peristyle.

use std::collections::BTreeMap;

use peristyle_driver::Connection;
use peristyle_driver::postgres::Postgres;
use peristyle_schema::{Column, Hint, Pair, QualifiedName, Schema, Table, diff};
use peristyle_sql::{
    DialectName, HazardKind, Keep, Plan, PlanOptions, Refusal, Reversible, Role, Step, dialect,
};
use peristyle_tests::postgres::Database;

/// A case: an old schema with rows, a new schema, and what was decided.
pub struct Case {
    old: Database,
    new: Database,
    script: String,
    schemas: Pair<Schema>,
    options: PlanOptions,
    rows: bool,
}

/// A journey that arrived: the plan, and a database at its end.
pub struct Arrived {
    pub plan: Plan,
    db: Database,
}

impl Case {
    /// From the schema that one script makes to the one that another makes. The rows of the first script stay.
    #[track_caller]
    pub fn new(old: &str, new: &str) -> Self {
        let (from, to) = (database(old), database(new));
        let schemas = Pair::new(schema(&from), schema(&to));
        Self {
            old: from,
            new: to,
            script: old.to_owned(),
            schemas,
            options: PlanOptions::default(),
            rows: true,
        }
    }

    /// Declares a former name, of a table (`people`), a column (`people.name`) or a type.
    pub fn was(mut self, now: &str, was: &str) -> Self {
        match now.split_once('.') {
            None if self.schemas.new.tables.contains_key(&now.into()) => {
                self.table(now).was = Hint::some(was.into());
            }
            None => {
                let held = self.schemas.new.enums.get_mut(&now.into()).expect("a table or a type");
                held.was = Hint::some(was.into());
            }
            Some((table, column)) => self.column(table, column).was = Hint::some(was.into()),
        }
        self
    }

    /// Declares the former name of a table in a namespace, and those of its columns.
    pub fn moved(mut self, now: &str, was: &str, columns: &[(&str, &str)]) -> Self {
        let name = |text: &str| text.parse::<QualifiedName>().expect("a name");
        let table = self.schemas.new.tables.get_mut(&name(now)).expect("the table");
        table.was = Hint::some(name(was));
        for (now, was) in columns {
            let column = table.columns.get_mut(now).expect("the column");
            column.was = Hint::some((*was).into());
        }
        self
    }

    /// Declares a former text of a value.
    pub fn value_was(mut self, of: &str, now: &str, was: &str) -> Self {
        let held = self.schemas.new.enums.get_mut(&of.into()).expect("the new schema has the type");
        let value = held.values.iter_mut().find(|value| value.name == now);
        value.expect("the type has the value").was = Hint::some(was.into());
        self
    }

    /// Declares what existing rows get.
    pub fn fill(mut self, table: &str, column: &str, value: &str) -> Self {
        self.column(table, column).fill = Hint::some(value.into());
        self
    }

    /// Declares how values are converted.
    pub fn using(mut self, table: &str, column: &str, value: &str) -> Self {
        self.column(table, column).using = Hint::some(value.into());
        self
    }

    /// Keeps what is dropped.
    pub fn keep(mut self) -> Self {
        self.options.keep = Some(Keep { label: "0007".into() });
        self
    }

    /// Builds indexes without blocking writers.
    pub fn concurrently(mut self) -> Self {
        self.options.concurrently = true;
        self
    }

    /// The rows cannot be the same at home although the plan can go there.
    pub fn without_rows(mut self) -> Self {
        self.rows = false;
        self
    }

    fn table(&mut self, name: &str) -> &mut Table {
        self.schemas.new.tables.get_mut(&name.into()).expect("the new schema has the table")
    }

    fn column(&mut self, table: &str, column: &str) -> &mut Column {
        self.table(table).columns.get_mut(column).expect("the new table has the column")
    }

    /// The plan between the two schemas.
    pub fn plan(&self) -> Result<Plan, Refusal> {
        let changes = diff(self.schemas.as_ref());
        dialect(DialectName::Postgres).plan(self.schemas.as_ref(), &changes, &self.options)
    }

    /// Goes there, home, there again and home again. Asserts that the catalog is the new schema there and the old one at
    /// home, and that all rows are at home what they were if the plan promises it.
    #[track_caller]
    pub fn travels(self) -> Arrived {
        let plan = self.plan().unwrap_or_else(|refusal| panic!("no plan: {refusal:#?}"));
        let db = &self.old;
        let start = contents(db);
        let dumps = Pair::new(dump(db), dump(&self.new));
        for journey in 0..2 {
            go(db, &plan.up).unwrap_or_else(|e| panic!("up ({journey}): {e:?}\n{}", script(&plan)));
            assert_eq!(told(&schema(db), &self.schemas.new), "", "after up\n{}", script(&plan));
            assert_same(&dump(db), &dumps.new, &plan, "after up");
            if plan.reversible == Reversible::No {
                assert!(plan.down.is_empty() && !plan.unrestored.is_empty());
                break;
            }
            go(db, &plan.down)
                .unwrap_or_else(|e| panic!("down ({journey}): {e:?}\n{}", script(&plan)));
            assert_eq!(told(&schema(db), &self.schemas.old), "", "after down\n{}", script(&plan));
            assert_same(&dump(db), &dumps.old, &plan, "after down");
            if plan.reversible == Reversible::Yes && self.rows {
                assert_eq!(contents(db), start, "rows at home\n{}", script(&plan));
            }
        }
        let db = database(&self.script);
        go(&db, &plan.up).expect("it went before");
        Arrived { plan, db }
    }

    /// Goes there, and expects a guard to stop it; gives its message and the first row shown.
    #[track_caller]
    pub fn stops(self) -> (String, String) {
        let plan = self.plan().unwrap_or_else(|refusal| panic!("no plan: {refusal:#?}"));
        let start = contents(&self.old);
        let stopped = go(&self.old, &plan.up).expect_err("a guard stops it");
        assert_eq!(contents(&self.old), start, "nothing has changed");
        match stopped {
            Stopped::Guarded(message, row) => (message, row),
            Stopped::Failed(said) => {
                panic!("the server stopped it, not a guard: {said}\n{}", script(&plan))
            }
        }
    }
}

impl Arrived {
    /// The rows of a query at the new schema, each as JSON.
    #[track_caller]
    pub fn shows(&self, query: &str, rows: &[&str]) {
        assert_eq!(ask(&self.db, query), rows, "{query}\n{}", script(&self.plan));
    }

    /// Changes rows at the new schema.
    #[track_caller]
    pub fn then(self, meanwhile: &str) -> Self {
        self.db.script(meanwhile);
        self
    }

    /// Goes home, and gives the rows of a query there.
    #[track_caller]
    pub fn home_shows(&self, query: &str, rows: &[&str]) {
        go(&self.db, &self.plan.down).unwrap_or_else(|e| panic!("{e:?}\n{}", script(&self.plan)));
        self.shows(query, rows);
    }

    /// Whether the way there endangers something in this way.
    pub fn endangers(&self, kind: HazardKind) -> bool {
        self.plan.up.iter().flat_map(|step| &step.hazards).any(|hazard| hazard.kind == kind)
    }

    /// The SQL of the way there.
    pub fn up(&self) -> String {
        dialect(DialectName::Postgres).script(&self.plan.up)
    }
}

/// Why a way was not gone to its end.
#[derive(Debug)]
pub enum Stopped {
    Guarded(String, String),
    Failed(String),
}

/// A database that a script has made.
#[track_caller]
pub fn database(script: &str) -> Database {
    let db = Database::fresh("plan");
    db.script(script);
    db
}

/// Runs steps as the runner does: what stands alone by itself, the rest in one transaction between.
pub fn go(db: &Database, steps: &[Step]) -> Result<(), Stopped> {
    let mut connection = db.open();
    let mut open = false;
    for statement in steps.iter().flat_map(|step| &step.statements) {
        let failed =
            |e: peristyle_driver::Error| Stopped::Failed(format!("{e} in {}", statement.sql));
        if open == (statement.role == Role::Alone) {
            let sql = if open { "COMMIT" } else { "BEGIN; SET LOCAL search_path = public" };
            connection.batch(sql).map_err(failed)?;
            open = !open;
        }
        match &statement.role {
            Role::Alone => connection.run_alone(&statement.sql).map_err(failed)?,
            Role::Run => connection.batch(&statement.sql).map_err(failed)?,
            Role::Guard { message } => {
                let rows = connection.query(&statement.sql, &[]).map_err(failed)?;
                if let Some(row) = rows.rows.first() {
                    return Err(Stopped::Guarded(message.clone(), format!("{row:?}")));
                }
            }
        }
    }
    if open {
        connection.batch("COMMIT").map_err(|e| Stopped::Failed(e.to_string()))?;
    }
    Ok(())
}

/// The schema of a database, by its own catalog.
#[track_caller]
pub fn schema(db: &Database) -> Schema {
    let mut connection: Postgres = db.open();
    connection.catalog().unwrap_or_else(|e| panic!("{e}")).schema
}

/// How two schemas differ, in words for a failed assertion.
pub fn told(held: &Schema, wanted: &Schema) -> String {
    let changes = diff(Pair::new(held, wanted));
    if changes.is_empty() { String::new() } else { format!("{changes:#?}") }
}

#[track_caller]
fn assert_same(held: &[String], wanted: &[String], plan: &Plan, when: &str) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|line| !b.contains(line)).cloned().collect()
    };
    let (more, less) = (only(held, wanted), only(wanted, held));
    assert!(
        more.is_empty() && less.is_empty() && held.len() == wanted.len(),
        "pg_dump {when}: has {more:#?}, has not {less:#?}\n{}",
        script(plan)
    );
}

/// What `pg_dump` says of the schema, line by line in order: columns that came later stand at the end of a table, wherever
/// they are declared. Nothing, if no `pg_dump` is as new as the server: the catalog is the only witness then.
pub fn dump(db: &Database) -> Vec<String> {
    let text = db.dump(&["--no-owner", "--exclude-table=_peristyle_kept_*"]).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.is_empty());
    let mut lines: Vec<String> = lines.map(|line| line.trim_end_matches(',').to_owned()).collect();
    lines.sort();
    lines
}

/// Every row of every table as JSON, in order.
pub fn contents(db: &Database) -> BTreeMap<String, Vec<String>> {
    let tables = "SELECT format('%I.%I', schemaname, tablename) AS t FROM pg_tables \
                  WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";
    let mut connection = db.open();
    let names: Vec<String> = connection
        .query(tables, &[])
        .expect("the tables")
        .rows
        .iter()
        .filter_map(|row| row[0].as_text().map(str::to_owned))
        .collect();
    names
        .into_iter()
        .map(|name| {
            let rows = ask(db, &format!("SELECT * FROM ONLY {name}"));
            (name, rows)
        })
        .collect()
}

/// The rows of a query, each as JSON, in order.
#[track_caller]
pub fn ask(db: &Database, query: &str) -> Vec<String> {
    let sql = format!("SELECT to_jsonb(q)::text AS row FROM ({query}) AS q");
    let rows = db.open().query(&sql, &[]).unwrap_or_else(|e| panic!("{e} in {query}")).rows;
    let mut rows: Vec<String> =
        rows.iter().filter_map(|row| row[0].as_text().map(str::to_owned)).collect();
    rows.sort();
    rows
}

/// Both ways of a plan as one text, for a failed assertion.
pub fn script(plan: &Plan) -> String {
    let dialect = dialect(DialectName::Postgres);
    format!("-- up\n{}\n-- down\n{}", dialect.script(&plan.up), dialect.script(&plan.down))
}

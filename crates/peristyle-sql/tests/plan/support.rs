//! The engine, and the journey that every case makes.

use std::collections::BTreeMap;

use peristyle_schema::{Change, Hint, Pair, Schema, diff};
use peristyle_sql::{
    Answer, Cell, DialectName, HazardKind, Keep, Plan, PlanOptions, Refusal, Reversible, Role,
    Step, dialect,
};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A case: an old schema with rows, a new schema, and what was decided.
pub struct Case {
    old: Schema,
    new: Schema,
    script: String,
    options: PlanOptions,
    rowids: bool,
}

/// A journey that arrived: the plan, and the database at its end.
pub struct Arrived {
    pub plan: Plan,
    pub at_the_new: Connection,
}

impl Case {
    /// From the schema that one script makes to the one that another makes. The rows of the first script stay.
    #[track_caller]
    pub fn new(old: &str, new: &str) -> Self {
        Self {
            old: schema(&database(old)),
            new: schema(&database(new)),
            script: old.to_owned(),
            options: PlanOptions::default(),
            rowids: true,
        }
    }

    /// Declares a former name, of a table (`people`) or a column (`people.name`).
    pub fn was(mut self, now: &str, was: &str) -> Self {
        match now.split_once('.') {
            None => self.table(now).was = Hint::some(was.into()),
            Some((table, column)) => self.column(table, column).was = Hint::some(was.into()),
        }
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

    /// Says what existing rows get, as the flag does.
    pub fn flag_fill(mut self, table: &str, column: &str, value: &str) -> Self {
        self.options.fills.push((table.into(), column.into(), value.into()));
        self
    }

    /// Keeps what is dropped.
    pub fn keep(mut self) -> Self {
        self.options.keep = Some(Keep { label: "0007".into() });
        self
    }

    /// Rowids that no column shows need not come home: a table between had none, or others.
    pub fn without_rowids(mut self) -> Self {
        self.rowids = false;
        self
    }

    /// Changes the new schema by hand.
    pub fn adjust(mut self, adjust: impl FnOnce(&mut Schema)) -> Self {
        adjust(&mut self.new);
        self
    }

    fn table(&mut self, name: &str) -> &mut peristyle_schema::Table {
        self.new.tables.get_mut(&name.into()).expect("the new schema has the table")
    }

    fn column(&mut self, table: &str, column: &str) -> &mut peristyle_schema::Column {
        self.table(table).columns.get_mut(column).expect("the new table has the column")
    }

    /// The changes between the two schemas.
    pub fn changes(&self) -> Vec<Change> {
        diff(Pair::new(&self.old, &self.new))
    }

    /// The plan between the two schemas.
    pub fn plan(&self) -> Result<Plan, Refusal> {
        let pair = Pair::new(&self.old, &self.new);
        dialect(DialectName::Sqlite).plan(pair, &self.changes(), &self.options)
    }

    /// Goes there, home, there again and home again. Asserts that the catalog is the new schema there and the old one at
    /// home, and that all rows, rowids and AUTOINCREMENT marks are at home what they were if the plan promises it.
    #[track_caller]
    pub fn travels(self) -> Arrived {
        self.travels_with("")
    }

    /// The same, with changes to the rows at the new schema, on a second journey whose rows are not compared at home.
    #[track_caller]
    pub fn travels_with(self, meanwhile: &str) -> Arrived {
        let plan = self.plan().unwrap_or_else(|refusal| panic!("no plan: {refusal:#?}"));
        let db = database(&self.script);
        let columns = if self.rowids { "rowid, *" } else { "*" };
        let start = contents_with(&db, columns);
        for journey in 0..2 {
            go(&db, &plan.up).unwrap_or_else(|e| panic!("up ({journey}): {e}\n{}", script(&plan)));
            assert_eq!(told(&schema(&db), &self.new), "", "after up\n{}", script(&plan));
            if plan.reversible == Reversible::No {
                assert!(plan.down.is_empty() && !plan.unrestored.is_empty());
                break;
            }
            go(&db, &plan.down)
                .unwrap_or_else(|e| panic!("down ({journey}): {e}\n{}", script(&plan)));
            assert_eq!(told(&schema(&db), &self.old), "", "after down\n{}", script(&plan));
            let left = names(&db, "name GLOB '_peristyle_*'");
            assert!(left.is_empty(), "left behind: {left:?}\n{}", script(&plan));
            if plan.reversible == Reversible::Yes {
                assert_eq!(contents_with(&db, columns), start, "rows at home\n{}", script(&plan));
            }
        }
        let at_the_new = database(&self.script);
        go(&at_the_new, &plan.up).expect("it went before");
        at_the_new.execute_batch(meanwhile).expect("rows come in between");
        Arrived { plan, at_the_new }
    }

    /// Goes there, and expects a guard to stop it; gives its message and the first row shown.
    #[track_caller]
    pub fn stops(self) -> (String, Vec<String>) {
        let plan = self.plan().unwrap_or_else(|refusal| panic!("no plan: {refusal:#?}"));
        let db = database(&self.script);
        let start = contents(&db);
        let stopped = go(&db, &plan.up).expect_err("a guard stops it");
        assert_eq!(contents(&db), start, "nothing has changed");
        match stopped {
            Stopped::Guarded(message, row) => (message, row),
            Stopped::Failed(said) => {
                panic!("SQLite stopped it, not a guard: {said}\n{}", script(&plan))
            }
        }
    }
}

impl Arrived {
    /// The rows of a query at the new schema, as SQL literals.
    #[track_caller]
    pub fn shows(&self, query: &str, rows: &[&[&str]]) {
        assert_eq!(ask(&self.at_the_new, query), rows, "{query}\n{}", script(&self.plan));
    }

    /// Goes home, and gives the rows of a query there.
    #[track_caller]
    pub fn home_shows(&self, query: &str, rows: &[&[&str]]) {
        go(&self.at_the_new, &self.plan.down)
            .unwrap_or_else(|e| panic!("{e}\n{}", script(&self.plan)));
        self.shows(query, rows);
    }

    /// How many tables are rebuilt on the way there.
    pub fn rebuilds(&self) -> usize {
        let hazards = self.plan.up.iter().flat_map(|step| &step.hazards);
        hazards.filter(|hazard| hazard.kind == HazardKind::Rebuild).count()
    }

    /// Whether the way there endangers something in this way.
    pub fn endangers(&self, kind: HazardKind) -> bool {
        self.plan.up.iter().flat_map(|step| &step.hazards).any(|hazard| hazard.kind == kind)
    }
}

/// Why a way was not gone to its end.
#[derive(Debug)]
pub enum Stopped {
    Guarded(String, Vec<String>),
    Failed(String),
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

/// A database that a script has made, with foreign keys on as an application has them.
#[track_caller]
pub fn database(script: &str) -> Connection {
    let db = Connection::open_in_memory().expect("SQLite opens a database");
    db.execute_batch(script).unwrap_or_else(|e| panic!("{e} in {script}"));
    db.execute_batch("PRAGMA foreign_keys = ON").expect("foreign keys are on");
    db
}

/// Runs steps as the runner does.
pub fn go(db: &Connection, steps: &[Step]) -> Result<(), Stopped> {
    let run =
        |sql: &str| db.execute_batch(sql).map_err(|e| Stopped::Failed(format!("{e} in {sql}")));
    run("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
    let done = steps.iter().flat_map(|step| &step.statements).try_for_each(|statement| {
        match &statement.role {
            Role::Run | Role::Alone => run(&statement.sql),
            Role::Guard { message } => match try_ask(db, &statement.sql) {
                Ok(rows) if rows.is_empty() => Ok(()),
                Ok(mut rows) => Err(Stopped::Guarded(message.clone(), rows.remove(0))),
                Err(e) => Err(Stopped::Failed(format!("{e} in {}", statement.sql))),
            },
        }
    });
    let done = done.and_then(|()| match ask(db, "PRAGMA foreign_key_check").first() {
        Some(row) => Err(Stopped::Failed(format!("foreign key check: {row:?}"))),
        None => Ok(()),
    });
    run(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    run("PRAGMA foreign_keys = ON")?;
    if done.is_ok() {
        assert_eq!(ask(db, "PRAGMA integrity_check"), [["'ok'"]]);
    }
    done
}

/// The schema of a database, by its own catalog.
pub fn schema(db: &Connection) -> Schema {
    let dialect = dialect(DialectName::Sqlite);
    let answer = |sql: &str| -> Answer {
        let mut statement = db.prepare(sql).expect("a catalog query is SQL");
        let width = statement.column_count();
        let mut rows = statement.query([]).expect("the catalog answers");
        let mut answer = Answer::new();
        while let Some(row) = rows.next().expect("the catalog has rows") {
            let cell = |at| match row.get_ref(at).expect("a column of the answer") {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(value) => Cell::Integer(value),
                ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                other => panic!("the catalog holds {other:?}"),
            };
            answer.push((0..width).map(cell).collect());
        }
        answer
    };
    let answers: Vec<Answer> = dialect.catalog().iter().map(|query| answer(query.sql)).collect();
    dialect.read_catalog(&answers).unwrap_or_else(|e| panic!("{e:?}")).0
}

/// How two schemas differ, in words for a failed assertion.
fn told(held: &Schema, wanted: &Schema) -> String {
    let changes = diff(Pair::new(held, wanted));
    if changes.is_empty() { String::new() } else { format!("{changes:#?}") }
}

/// Every row of every table with its rowid, and the AUTOINCREMENT marks.
pub fn contents(db: &Connection) -> BTreeMap<String, Vec<Vec<String>>> {
    contents_with(db, "rowid, *")
}

fn contents_with(db: &Connection, columns: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut contents = BTreeMap::new();
    for table in names(db, "type = 'table' AND name NOT GLOB '_peristyle_*'") {
        let quoted = format!("\"{}\"", table.replace('"', "\"\""));
        let query = format!("SELECT {columns} FROM {quoted}");
        let rows = try_ask(db, &query).or_else(|_| try_ask(db, &format!("SELECT * FROM {quoted}")));
        let mut rows = rows.unwrap_or_default();
        if table == "sqlite_sequence" {
            rows = ask(db, "SELECT * FROM sqlite_sequence");
        }
        rows.sort();
        if table != "sqlite_sequence" || !rows.is_empty() {
            contents.insert(table, rows);
        }
    }
    contents
}

fn names(db: &Connection, condition: &str) -> Vec<String> {
    let sql = format!("SELECT name FROM sqlite_schema WHERE {condition} ORDER BY name");
    let mut statement = db.prepare(&sql).expect("the catalog is queried");
    let names = statement.query_map([], |row| row.get(0)).expect("the catalog answers");
    names.map(|name| name.expect("a name is text")).collect()
}

/// The rows of a query, as SQL literals.
#[track_caller]
pub fn ask(db: &Connection, query: &str) -> Vec<Vec<String>> {
    try_ask(db, query).unwrap_or_else(|e| panic!("{e} in {query}"))
}

fn try_ask(db: &Connection, query: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let mut statement = db.prepare(query)?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    let mut answer = Vec::new();
    while let Some(row) = rows.next()? {
        let literal = |at| {
            Ok(match row.get_ref(at)? {
                ValueRef::Null => "NULL".to_owned(),
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Real(value) => format!("{value:?}"),
                ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text)),
                ValueRef::Blob(bytes) => format!("x'{bytes:02x?}'"),
            })
        };
        answer.push((0..width).map(literal).collect::<rusqlite::Result<Vec<String>>>()?);
    }
    Ok(answer)
}

/// Both ways of a plan as one text, for a failed assertion.
pub fn script(plan: &Plan) -> String {
    let dialect = dialect(DialectName::Sqlite);
    format!("-- up\n{}\n-- down\n{}", dialect.script(&plan.up), dialect.script(&plan.down))
}

use peristyle::Connection;
use peristyle::testing::{Isolated, Template};
use peristyle_driver::{Options, Rows, Url, Value};
use peristyle_migrate::{
    CheckRequest, Error, MigrateOptions, Planned, PushOptions, RollbackOptions, Scratch, Until,
    check, load, migrate, push, rollback,
};
use peristyle_schema::Schema;
use peristyle_tests::postgres;

use crate::{Engine, System};

/// A database of one test, gone when it is dropped: a copy of a template, as `peristyle::testing` gives it to any application.
pub struct Database {
    system: System,
    engine: Engine,
    copy: Isolated<Connection>,
}

impl Database {
    /// An empty one.
    pub fn empty(system: &System, engine: Engine) -> Self {
        let template = Template::new(&engine.server(), "empty", |_| Ok::<_, Error>(()));
        Self::of(system, engine, template)
    }

    /// One that the system's migrations were applied to.
    pub fn migrated(system: &System, engine: Engine) -> Self {
        let folder = system.folder(engine);
        // The files are a chain of hashes, so the last one stands for all.
        let last = folder.migrations().last().expect("a migration").checksum.to_string();
        let template = Template::new(&engine.server(), &last, move |connection| {
            migrate(connection, &folder, &MigrateOptions::default(), &mut |_| {})
        });
        Self::of(system, engine, template)
    }

    fn of(system: &System, engine: Engine, template: peristyle::Result<Template>) -> Self {
        let copy = template.and_then(|template| template.connection());
        Self { system: *system, engine, copy: copy.expect("a database") }
    }

    /// The connection that it came with.
    pub fn connection(&self) -> &Connection {
        &self.copy
    }

    /// Applies the migrations that are pending.
    pub fn migrate(&self) {
        let folder = self.system.folder(self.engine);
        migrate(&mut *self.raw(), &folder, &MigrateOptions::default(), &mut |_| {})
            .expect("the migrations apply");
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where what is tried out is tried.
    pub fn scratch(&self) -> Scratch {
        let server = match self.engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::Server::shared().url().clone()),
        };
        Scratch::new(self.engine.dialect(), server)
    }

    /// The address.
    pub fn url(&self) -> &str {
        self.copy.url().expect("a file or a server")
    }

    /// A connection for typed rows.
    pub fn open(&self) -> Connection {
        Connection::open(self.url()).expect("a connection")
    }

    /// A connection for SQL.
    pub fn raw(&self) -> Box<dyn peristyle_driver::Connection> {
        let url: Url = self.url().parse().expect("an address");
        peristyle_driver::open(&url, &Options::create()).expect("a connection")
    }

    /// Runs a statement; the error in its words.
    pub fn execute(&self, sql: &str) -> Result<u64, String> {
        self.raw().execute(sql, &[]).map_err(|error| error.to_string())
    }

    /// The rows of a query.
    pub fn query(&self, sql: &str) -> Rows {
        self.raw().query(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// What the catalog says.
    pub fn schema(&self) -> Schema {
        self.raw().catalog().expect("a catalog").schema
    }

    /// How the engine would run a query with these values, in its words. The values are SQL literals.
    pub fn plan(&self, sql: &str, values: &[String]) -> String {
        let mut connection = self.raw();
        let rows = match self.engine {
            Engine::Sqlite => {
                let values = vec![Value::Null; values.len()];
                connection.query(&format!("EXPLAIN QUERY PLAN {sql}"), &values)
            }
            Engine::Postgres => {
                connection.batch(&format!("PREPARE planned AS {sql}")).expect("a statement");
                connection.query(&format!("EXPLAIN EXECUTE planned({})", values.join(", ")), &[])
            }
        };
        let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}")).rows;
        let lines = rows.iter().filter_map(|row| row.last()?.as_text());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Takes the whole history back and applies it again: nothing is left in between, and the catalog is the same after it.
    pub fn up_down_up(&self, tables: usize) {
        let folder = self.system.folder(self.engine);
        let up = self.schema();
        assert_eq!(up.tables.len(), tables);
        let options = RollbackOptions { until: Until::Start, ..RollbackOptions::default() };
        rollback(&mut *self.raw(), &folder, &options, &mut |_| {}).expect("the way back");
        let left = self.schema();
        assert!(left.is_empty(), "the way back leaves {left:?}");
        self.migrate();
        assert_eq!(self.schema(), up);
    }

    /// A push of the declarations into an empty database builds what the migrations build, in the words of the database's own
    /// tool; a second push finds nothing to do.
    pub fn is_what_push_builds(&self) {
        let pushed = Self::empty(&self.system, self.engine);
        assert!(!pushed.push(&self.system).is_empty());
        assert!(pushed.push(&self.system).is_empty(), "a second push finds something");
        assert_eq!(pushed.dump(), self.dump());
    }

    /// Pushes a system's declarations; says what was planned.
    pub fn push(&self, system: &System) -> Planned {
        let target = load(&system.declarations(), self.scratch()).expect("declarations");
        let pushed = push(&mut *self.raw(), target, &PushOptions::default(), &mut |_| {});
        pushed.expect("a push").planned
    }

    /// The schema, as the database's own tool prints it: `sqlite_schema` or `pg_dump`. What Peristyle keeps for itself is left
    /// out.
    pub fn dump(&self) -> String {
        match self.engine {
            Engine::Sqlite => {
                let rows = self.query(
                    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL \
                     AND substr(tbl_name, 1, 10) <> '_peristyle' ORDER BY type, name",
                );
                let lines = rows.rows.iter().filter_map(|row| row.first()?.as_text());
                lines.map(|line| format!("{line};\n")).collect()
            }
            Engine::Postgres => {
                let options = ["--exclude-table=_peristyle*"];
                postgres::dump(self.url(), &options).unwrap_or_else(|| self.words())
            }
        }
    }

    /// The schema as Peristyle reads it, for a server that no `pg_dump` here is as new as.
    fn words(&self) -> String {
        format!("{:#?}", self.schema())
    }

    /// Declarations, migrations and database agree.
    pub fn holds_the_declarations(&self) {
        self.holds_the_declarations_of(&self.system);
    }

    /// Declarations and migrations of this system agree with the database.
    pub fn holds_the_declarations_of(&self, system: &System) {
        let folder = system.folder(self.engine);
        let report = check(CheckRequest {
            sidecars: &[],
            folder: &folder,
            scratch: self.scratch(),
            target: Some(&system.declarations()),
            connection: Some(&mut *self.raw()),
        })
        .expect("a check");
        assert!(report.is_clean(), "{report:?}");
    }
}

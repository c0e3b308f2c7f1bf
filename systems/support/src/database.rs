use peristyle::Connection;
use peristyle_driver::{Options, Rows, Url, Value};
use peristyle_migrate::{
    CheckRequest, MigrateOptions, RollbackOptions, Scratch, Until, check, migrate, rollback,
};
use peristyle_schema::Schema;
use tempfile::TempDir;

use crate::{Engine, System};

/// A database of one test, gone when it is dropped.
pub struct Database {
    system: System,
    engine: Engine,
    url: String,
    /// Where its file lies.
    _folder: TempDir,
}

impl Database {
    /// An empty one.
    pub fn empty(system: &System, engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("system.db").display()),
            Engine::Postgres => panic!("the systems do not run on PostgreSQL yet"),
        };
        Self { system: *system, engine, url, _folder: folder }
    }

    /// One that the system's migrations were applied to.
    pub fn migrated(system: &System, engine: Engine) -> Self {
        let database = Self::empty(system, engine);
        database.migrate();
        database
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
        self.engine.dialect().into()
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection for typed rows.
    pub fn open(&self) -> Connection {
        Connection::open(&self.url).expect("a connection")
    }

    /// A connection for SQL.
    pub fn raw(&self) -> Box<dyn peristyle_driver::Connection> {
        let url: Url = self.url.parse().expect("an address");
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

    /// Declarations, migrations and database agree.
    pub fn holds_the_declarations(&self) {
        let folder = self.system.folder(self.engine);
        let report = check(CheckRequest {
            folder: &folder,
            scratch: self.scratch(),
            target: Some(&self.system.declarations()),
            connection: Some(&mut *self.raw()),
        })
        .expect("a check");
        assert!(report.is_clean(), "{report:?}");
    }
}

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use ::postgres::{Client, NoTls, SimpleQueryMessage};
use peristyle_schema::{Name, QualifiedName, Schema};
use peristyle_sql::{Answer, Cell, Dialect, Role, Statement};

use super::{Engine, Stopped, lines, postgres};
use crate::facts::{self, Facts};
use crate::postgres::Database;

/// A PostgreSQL database of its own, which goes when this is dropped.
///
/// Migrations run in one transaction, cut where a statement stands alone; every one of them sets its own search path.
pub struct PostgresEngine {
    client: RefCell<Client>,
    database: Option<Database>,
    /// How often it was used.
    uses: usize,
}

/// After how many uses the server sweeps what earlier ones left in its catalogs, which they would else be looked for among.
const USES: usize = 16;

thread_local! {
    /// The databases that no case of this thread has at the moment: to make one takes far longer than to empty one. They
    /// are dropped at the thread's end.
    static POOL: RefCell<Vec<(Database, usize)>> = const { RefCell::new(Vec::new()) };
}

impl Drop for PostgresEngine {
    fn drop(&mut self) {
        let database = self.database.take().map(|database| (database, self.uses));
        // At the end of a thread there is no pool any more; the database is dropped then.
        let _ = POOL.try_with(|pool| pool.borrow_mut().extend(database));
    }
}

impl fmt::Debug for PostgresEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresEngine")
    }
}

/// How every transaction begins: nothing depends on what a role or a database has for its search path.
const BEGIN: &str = "BEGIN; SET LOCAL search_path = public;";

/// The roles that cases grant to. They belong to the server, so they are made once and stay.
const ROLES: &str = "DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(7061616);
    CREATE ROLE peristyle_reader; CREATE ROLE peristyle_writer;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

/// Takes everything out of a database that a case left in it.
const EMPTY: &str = "DO $$ DECLARE held record; BEGIN
    FOR held IN SELECT nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', held.nspname);
    END LOOP;
    FOR held IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
        EXECUTE format('DROP EXTENSION %I CASCADE', held.extname);
    END LOOP;
    CREATE SCHEMA public;
END $$";

/// A condition for what the user made in a namespace, whose row is called `n`.
pub(crate) const OWN: &str = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

impl PostgresEngine {
    /// A new database.
    pub fn fresh() -> Self {
        let used = POOL.with_borrow_mut(Vec::pop);
        let is_new = used.is_none();
        let (database, uses) = used.unwrap_or_else(|| (Database::fresh("case"), 0));
        let client = Client::connect(database.url_text(), NoTls).expect("the server is there");
        let engine =
            Self { client: RefCell::new(client), database: Some(database), uses: uses + 1 };
        // Compiling a question of the catalog takes longer than to answer it.
        engine.script("SET jit = off").expect("a setting can be set");
        engine.script(EMPTY).expect("a database can be emptied");
        if engine.uses.is_multiple_of(USES) {
            engine.script("VACUUM").expect("a database can be swept");
        }
        if is_new {
            engine.script(ROLES).expect("roles can be made");
        }
        engine
    }

    /// Runs statements and says what came of them; each row as texts.
    fn simple(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Stopped> {
        self.client.borrow_mut().simple_query(sql).map_err(|error| {
            let message = match error.as_db_error() {
                Some(told) => {
                    let more = |what: Option<&str>| what.map(|text| format!(" ({text})"));
                    format!(
                        "{}{}{}",
                        told.message(),
                        more(told.detail()).unwrap_or_default(),
                        more(told.where_()).unwrap_or_default()
                    )
                }
                None => error.to_string(),
            };
            Stopped::Failed { sql: sql.to_owned(), message }
        })
    }

    fn statement(&self, statement: &Statement) -> Result<(), Stopped> {
        match &statement.role {
            Role::Run => self.script(&statement.sql),
            Role::Alone => {
                self.script("COMMIT")?;
                // What stands alone can be run again after it was interrupted: here it always is.
                self.script("SET search_path = public")?;
                let ran = self.script(&statement.sql);
                self.script("RESET search_path")?;
                self.script(BEGIN)?;
                ran
            }
            Role::Guard { message } => match self.query(&statement.sql)?.1.into_iter().next() {
                None => Ok(()),
                Some(row) => Err(Stopped::Guarded { message: message.clone(), row }),
            },
        }
    }

    /// The answer to a query of the catalog: integers and booleans as numbers, the rest as text.
    fn answer(&self, sql: &str) -> Result<Answer, String> {
        let described = self.client.borrow_mut().prepare(sql).map_err(|e| format!("{e}: {sql}"))?;
        let numeric: Vec<bool> = described
            .columns()
            .iter()
            .map(|column| ["bool", "int2", "int4", "int8", "oid"].contains(&column.type_().name()))
            .collect();
        let cell = |numeric: bool, text: Option<&str>| match (numeric, text) {
            (_, None) => Ok(Cell::Null),
            (true, Some("t")) => Ok(Cell::Integer(1)),
            (true, Some("f")) => Ok(Cell::Integer(0)),
            (true, Some(text)) => text.parse().map(Cell::Integer).map_err(|e| format!("{e}")),
            (false, Some(text)) => Ok(Cell::Text(text.to_owned())),
        };
        let mut answer = Vec::new();
        for message in self.simple(sql).map_err(|stopped| stopped.to_string())? {
            if let SimpleQueryMessage::Row(row) = message {
                let cells = numeric.iter().enumerate().map(|(at, n)| cell(*n, row.get(at)));
                answer.push(cells.collect::<Result<_, _>>()?);
            }
        }
        Ok(answer)
    }

    /// The texts that a query returns, row by row.
    pub(crate) fn texts(&self, sql: &str) -> Vec<Vec<String>> {
        let messages = self.simple(sql).unwrap_or_else(|stopped| panic!("{stopped}"));
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.map(|row| (0..row.len()).map(|at| row.get(at).unwrap_or("").to_owned()).collect())
            .collect()
    }

    fn asked(&self, statements: &[String], query: &str) -> Option<Answer> {
        self.script(BEGIN).ok()?;
        let made = statements.iter().try_for_each(|sql| self.script(sql));
        let answer = made.ok().and_then(|()| self.answer(query).ok());
        self.script("ROLLBACK").ok()?;
        answer
    }
}

impl Engine for PostgresEngine {
    fn dialect(&self) -> &'static dyn Dialect {
        postgres()
    }

    fn script(&self, sql: &str) -> Result<(), Stopped> {
        self.simple(sql).map(drop)
    }

    fn migrate(&self, statements: &[Statement]) -> Result<(), Stopped> {
        self.script(BEGIN)?;
        let ran = statements.iter().try_for_each(|statement| self.statement(statement));
        // A failed statement that stands alone has left its transaction: undoing nothing is only a warning.
        self.script(if ran.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        ran
    }

    fn behind_the_back(&self, _schema: &Schema, scripts: &[String]) -> Result<(), Stopped> {
        self.script(BEGIN)?;
        self.script("SET LOCAL session_replication_role = replica")?;
        let ran = scripts.iter().try_for_each(|script| self.script(script));
        self.script(if ran.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        ran
    }

    fn query(&self, sql: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Stopped> {
        let mut columns = Vec::new();
        let mut rows = Vec::new();
        for message in self.simple(sql)? {
            match message {
                SimpleQueryMessage::RowDescription(described) => {
                    columns = described.iter().map(|column| column.name().to_owned()).collect();
                }
                SimpleQueryMessage::Row(row) => {
                    rows.push((0..row.len()).map(|at| literal(row.get(at))).collect());
                }
                _ => {}
            }
        }
        Ok((columns, rows))
    }

    fn schema(&self) -> Result<Schema, String> {
        self.script(BEGIN).map_err(|stopped| stopped.to_string())?;
        let answers: Result<Vec<Answer>, String> =
            postgres().catalog().iter().map(|query| self.answer(query.sql)).collect();
        self.script("ROLLBACK").map_err(|stopped| stopped.to_string())?;
        match postgres().read_catalog(&answers?) {
            Ok((schema, _notes)) => Ok(schema),
            Err(diagnostics) => Err(lines(&diagnostics)),
        }
    }

    fn in_its_words(&self, schema: Schema, live: &Schema) -> Schema {
        postgres().canonical(schema, live, &mut |made, query| self.asked(made, query))
    }

    fn tables(&self) -> Vec<QualifiedName> {
        let rows = self.texts(&format!(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND {OWN} AND c.relname NOT LIKE '\\_peristyle\\_%'
             ORDER BY 1, 2"
        ));
        let name = |row: Vec<String>| {
            let namespace = (row[0] != "public").then(|| Name::new(row[0].clone()));
            QualifiedName { namespace, name: Name::new(row[1].clone()) }
        };
        rows.into_iter().map(name).collect()
    }

    fn leftovers(&self) -> Vec<String> {
        let rows = self.texts(
            "SELECT relname FROM pg_class WHERE relname LIKE '\\_peristyle\\_%'
             UNION SELECT typname FROM pg_type WHERE typname LIKE '\\_peristyle\\_%'
             UNION SELECT nspname FROM pg_namespace WHERE nspname LIKE '\\_peristyle\\_%'
             UNION SELECT proname FROM pg_proc WHERE proname LIKE '\\_peristyle\\_%'
             UNION SELECT conname FROM pg_constraint WHERE conname LIKE '\\_peristyle\\_%'
             ORDER BY 1",
        );
        rows.into_iter().flatten().collect()
    }

    fn marks(&self) -> BTreeMap<String, i64> {
        let rows = self.texts(&format!(
            "SELECT * FROM (
                 SELECT n.nspname, t.relname, CASE WHEN s.relkind = 'S' THEN pg_sequence_last_value(s.oid) END AS mark
                 FROM pg_class s
                 JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                 JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace n ON n.oid = t.relnamespace
                 WHERE s.relkind = 'S' AND {OWN} AND t.relname NOT LIKE '\\_peristyle\\_%'
             ) AS marks WHERE mark IS NOT NULL"
        ));
        let mark = |row: &Vec<String>| {
            let namespace = (row[0] != "public").then(|| Name::new(row[0].clone()));
            let table = QualifiedName { namespace, name: Name::new(row[1].clone()) };
            (table.to_string(), row[2].parse().expect("a mark is a number"))
        };
        rows.iter().map(mark).collect()
    }

    fn ailments(&self) -> Vec<String> {
        let rows = self.texts(
            "SELECT 'the index ' || indexrelid::regclass || ' is invalid' FROM pg_index WHERE NOT indisvalid OR NOT indisready
             UNION ALL SELECT 'advisory lock ' || objid FROM pg_locks
                 WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        );
        rows.into_iter().flatten().collect()
    }

    fn facts(&self) -> Facts {
        facts::of_postgres(self)
    }
}

/// The SQL literal that makes a value.
fn literal(value: Option<&str>) -> String {
    match value {
        None => "NULL".to_owned(),
        Some(text) => format!("'{}'", text.replace('\'', "''")),
    }
}

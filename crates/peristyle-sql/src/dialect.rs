use std::fmt;
use std::str::FromStr;

use peristyle_schema::{Change, Diagnostic, Pair, Position, Schema};
use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::{Plan, PlanOptions, Refusal, Statement, Step};

/// A database language: pure, without any connection.
pub trait Dialect: Sync {
    /// Which one it is.
    fn name(&self) -> DialectName;

    /// What its database can do, and how.
    fn facts(&self) -> &'static Facts;

    /// Reduces a declared schema to what this database can hold, in the form its catalog gives back.
    ///
    /// Idempotent. What cannot be held is an error at the declaration's place, never a silent drop.
    fn normalize(&self, schema: Schema) -> Result<Schema, Vec<Diagnostic>>;

    /// The SQL that makes `changes`, which lead from the old schema to the new one (both normalized), and the SQL that
    /// leads back.
    fn plan(
        &self,
        schemas: Pair<&Schema>,
        changes: &[Change],
        options: &PlanOptions,
    ) -> Result<Plan, Refusal>;

    /// The queries that together describe a live database: a fixed, small number whatever the number of tables.
    fn catalog(&self) -> &'static [CatalogQuery];

    /// Reads the answers to [`Dialect::catalog`], in the same order, into a normalized schema, with notes on what the
    /// model cannot hold.
    fn read_catalog(
        &self,
        answers: &[Answer],
    ) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>>;

    /// The declared schema with each text that a live database would print in its own words replaced by those words, so that
    /// it can be compared with `live`, which that database's catalog gave.
    ///
    /// Only what stands in both schemas under one name with different texts is asked for. `ask` runs statements that make
    /// something for the moment, then a query that says how the database prints it; all of it is undone, and the answer is
    /// nothing if the database refused. A database that keeps texts as they were written asks nothing.
    fn canonical(&self, declared: Schema, live: &Schema, ask: &mut Ask<'_>) -> Schema {
        let _ = (live, ask);
        declared
    }

    /// Cuts a script into its statements, as the database itself would.
    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, Diagnostic>;

    /// Quotes an identifier where it needs it.
    fn quote(&self, identifier: &str) -> String;

    /// The steps as a script for a client that runs one statement after another and knows nothing of guards or of a
    /// migration's transaction. A guard stands in it as a comment.
    fn script(&self, steps: &[Step]) -> String {
        crate::script::script(steps)
    }

    /// The script that makes a normalized schema from nothing.
    fn create(&self, schema: &Schema) -> Result<Vec<Statement>, Refusal> {
        let changes = peristyle_schema::diff(Pair::new(&Schema::empty(), schema));
        let plan =
            self.plan(Pair::new(&Schema::empty(), schema), &changes, &PlanOptions::default())?;
        Ok(plan.up.into_iter().flat_map(|step| step.statements).collect())
    }
}

/// The dialects there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DialectName {
    /// SQLite 3.37 and later.
    Sqlite,
    /// PostgreSQL 14 and later.
    Postgres,
}

/// The dialect of this name.
pub fn dialect(name: DialectName) -> &'static dyn Dialect {
    match name {
        DialectName::Sqlite => &crate::sqlite::Sqlite,
        DialectName::Postgres => &crate::postgres::Postgres,
    }
}

impl fmt::Display for DialectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

impl FromStr for DialectName {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" | "postgresql" => Ok(Self::Postgres),
            other => Err(Diagnostic::error(
                "unknown-dialect",
                format!("this build does not know the dialect `{other}`"),
            )
            .help("use `sqlite` or `postgres`")),
        }
    }
}

/// A question to a live database about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogQuery {
    /// What it asks for, in a word.
    pub about: &'static str,
    /// The query.
    pub sql: &'static str,
}

/// Makes something for the moment by the statements, asks the query about it, and undoes it; nothing if the database refused.
pub type Ask<'a> = dyn FnMut(&[String], &str) -> Option<Answer> + 'a;

/// The rows that answer a [`CatalogQuery`].
pub type Answer = Vec<Vec<Cell>>;

/// One value of a catalog's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// An integer; booleans are 0 and 1.
    Integer(i64),
    /// Text.
    Text(String),
}

/// One statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The statement without surrounding space and without its semicolon; comments before it are part of it.
    pub text: &'a str,
    /// Where its first word stands in the script.
    pub position: Position,
}

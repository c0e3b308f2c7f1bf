//! The room of PostgreSQL.

use peristyle_schema::{Change, Diagnostic, Pair, Schema};

use crate::facts::Facts;
use crate::{Answer, Ask, CatalogQuery, Dialect, DialectName, Piece, Plan, PlanOptions, Refusal};

mod alone;
mod canonical;
mod catalog;
mod data_type;
mod facts;
mod keywords;
mod later;
mod literal;
mod normalize;
mod plan;
mod quote;
mod split;
mod tokens;
mod writer;

pub use self::alone::Alone;
pub use self::later::Later;

/// PostgreSQL 14 and later.
#[derive(Debug, Clone, Copy)]
pub struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> DialectName {
        DialectName::Postgres
    }

    fn facts(&self) -> &'static Facts {
        &facts::FACTS
    }

    fn normalize(&self, schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
        normalize::normalize(schema)
    }

    fn plan(
        &self,
        schemas: Pair<&Schema>,
        changes: &[Change],
        options: &PlanOptions,
    ) -> Result<Plan, Refusal> {
        plan::plan(schemas, changes, options)
    }

    fn catalog(&self) -> &'static [CatalogQuery] {
        catalog::QUERIES
    }

    fn read_catalog(
        &self,
        answers: &[Answer],
    ) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
        catalog::read(answers)
    }

    fn canonical(&self, declared: Schema, live: &Schema, ask: &mut Ask<'_>) -> Schema {
        canonical::canonical(declared, live, ask)
    }

    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, Diagnostic> {
        split::split(script)
    }

    fn quote(&self, identifier: &str) -> String {
        quote::quote(identifier)
    }
}

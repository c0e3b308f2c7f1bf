//! The room of SQLite.

use peristyle_schema::{Change, Diagnostic, Pair, Schema};

use crate::facts::Facts;
use crate::{Answer, CatalogQuery, Dialect, DialectName, Piece, Plan, PlanOptions, Refusal, Step};

mod catalog;
mod collation;
mod data_type;
mod expression;
mod facts;
mod keywords;
mod literal;
mod normalize;
mod own_name;
mod parse;
mod plan;
mod quote;
mod rowid;
mod script;
mod split;
mod tokens;
mod writer;

#[cfg(test)]
mod round_trip;

/// SQLite 3.37 and later.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> DialectName {
        DialectName::Sqlite
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

    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, Diagnostic> {
        split::split(script)
    }

    fn quote(&self, identifier: &str) -> String {
        quote::quote(identifier)
    }

    fn script(&self, steps: &[Step]) -> String {
        script::script(steps)
    }
}

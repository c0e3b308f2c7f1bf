//! Queries under a name of their own: common table expressions.

use std::sync::Arc;

use super::Query;
use super::compound::compound;
use crate::bind::Binds;
use crate::scope::{Filtered, Scope};
use crate::source::SourceRef;
use crate::statement::{Named, SetOperator};
use crate::{Record, Source};

impl<R: Record + Source, S: Scope> Query<R, S> {
    /// The rows of this query as what another query reads: `WITH … SELECT`.
    ///
    /// `R` derives `Row`; its columns are constants, as those of a table.
    pub fn named(self) -> Query<R> {
        Query::<R>::all_of().with_rows(self)
    }

    /// The rows of this query, and those that another one gives that reads the rows found so far, until there are no more:
    /// `WITH RECURSIVE … UNION ALL`.
    pub fn recursive<Z: Scope>(self, step: Query<R, Z>) -> Query<R> {
        Query::<R>::all_of().with_recursive(self, step)
    }
}

impl<Out, S: Filtered> Query<Out, S> {
    /// Takes along the rows of another query under the name of their struct, to be joined:
    /// `.with_rows(totals).join_on::<Total, _>(…)`.
    pub fn with_rows<R: Record + Source, Z: Scope>(mut self, rows: Query<R, Z>) -> Self {
        let (select, binds) = rows.into_select();
        self.name::<R>(select, binds, false);
        self
    }

    /// Takes along the rows of a query, and those that another one gives that reads the rows found so far, until there are no
    /// more.
    pub fn with_recursive<R: Record + Source, Y: Scope, Z: Scope>(
        mut self,
        rows: Query<R, Y>,
        step: Query<R, Z>,
    ) -> Self {
        let (first, mut binds) = rows.into_select();
        let (step, more) = step.into_select();
        binds.extend(more);
        let select = compound(first, SetOperator::UnionAll, step);
        self.name::<R>(select, binds, true);
        self
    }

    fn name<R: Source>(&mut self, select: crate::statement::Select, binds: Binds, recursive: bool) {
        let named = Named { source: SourceRef(R::SOURCE), select: Arc::new(select), recursive };
        self.select.clauses().with.push(named);
        if !binds.is_empty() {
            self.others().with.extend(binds);
        }
    }
}

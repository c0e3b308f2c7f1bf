//! From changes to SQL.

use peristyle_schema::{Change, Diagnostic, Pair, Schema};

use crate::{Plan, PlanOptions, Refusal};

pub(super) fn plan(
    _schemas: Pair<&Schema>,
    _changes: &[Change],
    _options: &PlanOptions,
) -> Result<Plan, Refusal> {
    Err(Refusal {
        diagnostics: vec![Diagnostic::error("not-built", "the planner is not built yet")],
        ..Refusal::default()
    })
}

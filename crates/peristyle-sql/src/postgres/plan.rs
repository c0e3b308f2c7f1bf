//! From changes to SQL.

use peristyle_schema::{Change, Pair, Schema};

use super::not_yet;
use crate::{Plan, PlanOptions, Refusal};

pub(super) fn plan(
    _schemas: Pair<&Schema>,
    _changes: &[Change],
    _options: &PlanOptions,
) -> Result<Plan, Refusal> {
    Err(Refusal { diagnostics: vec![not_yet("plan")], ..Refusal::default() })
}

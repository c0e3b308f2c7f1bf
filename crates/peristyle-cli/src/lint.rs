//! The rules that a project has turned on.

use std::path::Path;

use peristyle_schema::{Diagnostic, Schema, Severity};

use crate::config::Project;
use crate::exit::Exit;
use crate::failure::Failure;

/// What the declarations break of the rules that the project has turned on.
pub fn findings(project: &Project) -> Result<Vec<Diagnostic>, Failure> {
    match &project.conventions {
        Some(settings) => Ok(peristyle_lint::conventions(&declared(&project.schema)?, settings)),
        None => Ok(Vec::new()),
    }
}

/// The same where they are told by the way and do not end the run.
pub fn warnings(project: &Project) -> Result<Vec<Diagnostic>, Failure> {
    let soften = |finding: Diagnostic| Diagnostic { severity: Severity::Warning, ..finding };
    Ok(findings(project)?.into_iter().map(soften).collect())
}

/// The schema as it was declared, before a dialect has reduced it to what it can hold.
pub fn declared(path: &Path) -> Result<Schema, Failure> {
    peristyle_declare::read_path(path)
        .and_then(|declarations| peristyle_declare::resolve(&declarations))
        .map_err(|diagnostics| Failure::all(Exit::Failure, diagnostics))
}

//! From declarations to a proven migration file.

mod name;

use std::path::{Path, PathBuf};

use peristyle_schema::{Change, Diagnostic, Fingerprint, Pair, Schema, diff};
use peristyle_sql::{HazardKind, Plan, Reversible, Statement, Step};

use crate::declared::reworded;
use crate::external::{application, external_tables, own_tables};
use crate::folder::{
    APPLICATION, Draft, changes_path, changes_text, create, parse, replace, steps_text, whole,
};
use crate::proof::Subject;
use crate::replay::Replay;
use crate::script::Placed;
use crate::{
    Choices, Error, Event, Folder, Header, MigrationId, Parent, Planned, Progress, Proof, Scratch,
    Seal, Source, describe, load, plan, promise, proof, script, sidecar,
};

/// What to generate.
#[derive(Debug, Clone)]
pub struct GenerateRequest<'a> {
    /// The migration folder.
    pub folder: &'a Path,
    /// Where the schema to reach comes from.
    pub target: &'a Source,
    /// The database's language, and where the proof is made.
    pub scratch: Scratch,
    /// The migration's name without its number; by default it is made from what changes.
    pub name: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Which ticket it belongs to.
    pub ticket: Option<String>,
    /// What somebody has decided.
    pub choices: Choices,
    /// Who writes the SQL.
    pub body: Body,
    /// Whether the file is written.
    pub writing: Writing,
    /// The migration folders of applications in the same database that point to tables of this one.
    pub sidecars: &'a [PathBuf],
}

/// Who writes a migration's SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Body {
    /// We do.
    #[default]
    Planned,
    /// Somebody does: the file has empty parts, to be filled and then proven by [`prove`](crate::prove).
    Empty,
}

/// Whether something is written or run, or only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Writing {
    /// It is.
    #[default]
    Write,
    /// It is only shown.
    Dry,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Generated {
    /// The history already leads to the target.
    Nothing {
        /// What is worth knowing.
        notes: Vec<Diagnostic>,
    },
    /// A migration.
    Migration(Box<GeneratedMigration>),
}

/// A migration that was generated.
#[derive(Debug, Clone)]
pub struct GeneratedMigration {
    /// Its name.
    pub id: MigrationId,
    /// Its file, written unless only shown.
    pub path: PathBuf,
    /// The text of the file.
    pub text: String,
    /// The text of the file beside it, which holds what changes, where the dialect wants one.
    pub declared: Option<String>,
    /// What changes.
    pub changes: Vec<Change>,
    /// The SQL there and back; none if somebody writes it.
    pub plan: Option<Plan>,
    /// What was proven; none if there is nothing yet to prove.
    pub proof: Option<Proof>,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

impl GeneratedMigration {
    /// Writes its file, and the one beside it.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Error> {
        // The changes first: without their migration they mean nothing, and the next one of this name replaces them.
        if let Some(changes) = &self.declared {
            replace(&changes_path(folder, &self.id), changes)?;
        }
        create(&self.path, &self.text)
    }
}

/// Generates the migration that leads from the history to the target: plans it, proves it on a scratch database, and only then
/// writes it.
pub fn generate(request: &GenerateRequest<'_>, progress: Progress<'_>) -> Result<Generated, Error> {
    let folder = Folder::open(request.folder)?;
    folder.sound()?;
    all_proven(&folder)?;
    match request.body {
        Body::Planned => planned(request, &folder, progress),
        Body::Empty => empty(request, &folder),
    }
}

/// Nothing is built on a migration that nobody has proven.
fn all_proven(folder: &Folder) -> Result<(), Error> {
    match folder.migrations().iter().find(|migration| migration.header.seal.is_none()) {
        None => Ok(()),
        Some(migration) => Err(Error::Tampered(vec![
            Diagnostic::error("unproven-migration", format!("{} was not proven yet", migration.id))
                .at(whole(&migration.path))
                .help("fill it in and run `peristyle migrate`, or delete it"),
        ])),
    }
}

/// The migration before a new one, and the number of the new one.
fn place(folder: &Folder) -> (Option<Parent>, u32) {
    let last = folder.migrations().last();
    let parent = last.map(|last| Parent { id: last.id.clone(), checksum: last.checksum.clone() });
    (parent, last.map_or(1, |last| last.id.number() + 1))
}

fn id(request: &GenerateRequest<'_>, number: u32, default: &str) -> Result<MigrationId, Error> {
    let name = match &request.name {
        Some(name) => name::snake_case(name),
        None => default.to_owned(),
    };
    if name.is_empty() {
        return Err(Error::usage(
            "bad-migration-name",
            format!(
                "`{}` has no letter that a name could be made of",
                request.name.as_deref().unwrap_or_default()
            ),
            "use letters, digits and underscores: `--name add_telehealth`",
        ));
    }
    MigrationId::new(number, &name)
}

/// A file for somebody to write in.
fn empty(request: &GenerateRequest<'_>, folder: &Folder) -> Result<Generated, Error> {
    let (parent, number) = place(folder);
    let id = id(request, number, "by_hand")?;
    let header = header(request, &id, parent, "N/A");
    let hint = |what: &str| format!("-- The statements that {what}, each closed by a semicolon.");
    let mut draft = Draft { header, up: hint("do it"), down: hint("undo it") };
    let migration = GeneratedMigration {
        path: folder.path().join(id.file_name()),
        text: draft.text(),
        id,
        declared: None,
        changes: Vec::new(),
        plan: None,
        proof: None,
        notes: Vec::new(),
    };
    written(request, migration)
}

fn header(
    request: &GenerateRequest<'_>,
    id: &MigrationId,
    parent: Option<Parent>,
    purpose: &str,
) -> Header {
    let given = |text: &Option<String>, default: &str| {
        text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(default).to_owned()
    };
    Header {
        migration: id.clone(),
        purpose: given(&request.purpose, purpose),
        ticket: given(&request.ticket, "N/A"),
        parent,
        seal: None,
        extra: Vec::new(),
    }
}

fn planned(
    request: &GenerateRequest<'_>,
    folder: &Folder,
    progress: Progress<'_>,
) -> Result<Generated, Error> {
    let mut target = load(request.target, &request.scratch)?;
    request.choices.note_renames(&mut target.schema)?;
    if folder.says(folder.migrations().len(), &own_tables(&target.schema)) {
        return Ok(Generated::Nothing { notes: target.notes });
    }
    let mut replay = Replay::of(folder.migrations(), &request.scratch)?;
    let live = replay.catalog()?.schema;
    let history = folder.declared(folder.migrations().len()).unwrap_or_else(|| live.clone());
    let connection = replay.connection.as_mut();
    let old = reworded(connection, history.clone(), &live, &target.schema)?;
    let (parent, number) = place(folder);
    let label = format!("{number:04}");
    let dialect = request.scratch.dialect;
    // The first file of a history names the application, if it has a history of its own.
    let named =
        if parent.is_none() { application(&target.schema).map(str::to_owned) } else { None };
    let planned = plan(Pair::new(old, target.schema), dialect, &request.choices, &label)?;
    let mut notes = target.notes;
    notes.extend(planned.notes.iter().cloned());
    if planned.changes.is_empty() {
        return Ok(Generated::Nothing { notes });
    }
    let sidecars = sidecar::of_folders(request.sidecars, &request.scratch)?;
    notes.extend(sidecar::broken(&sidecars, planned.schemas.as_ref()));
    let id = id(request, number, &name::name(&planned.changes))?;
    let mut header = header(request, &id, parent, &purpose(&planned.changes));
    header.extra.extend(named.map(|name| (APPLICATION.to_owned(), name)));
    let up = steps_text(&planned.plan.up);
    let down = match planned.plan.reversible {
        Reversible::Yes | Reversible::Partial => steps_text(&planned.plan.down),
        Reversible::No => String::new(),
    };
    let mut draft = Draft { header, up, down };

    progress(Event::Proving { id: id.clone() });
    let path = folder.path().join(id.file_name());
    let outcome = prove(&mut replay, &mut draft, &path, &live, &planned)?;
    let proof = outcome.proof;
    draft.header.seal = Some(Seal {
        reversible: proof.reversible,
        schema: Pair::new(history.fingerprint(), outcome.new.fingerprint()),
        catalog: promise::writes_changes(&request.scratch)
            .then(|| Pair::new(live.fingerprint(), outcome.catalog.fingerprint())),
        proven: proof.summary.clone(),
        hash: Fingerprint::of_bytes(&[]),
    });
    progress(Event::Proven { id: id.clone(), proof: proof.clone() });
    let migration = GeneratedMigration {
        id,
        path,
        text: draft.text(),
        declared: promise::writes_changes(&request.scratch)
            .then(|| changes_text(&diff(Pair::new(&history, &planned.schemas.new)))),
        changes: planned.changes,
        plan: Some(planned.plan),
        proof: Some(proof),
        notes,
    };
    written(request, migration)
}

/// Proves the text as it will stand in the file.
fn prove(
    replay: &mut Replay,
    draft: &mut Draft,
    path: &Path,
    live: &Schema,
    planned: &Planned,
) -> Result<proof::Outcome, Error> {
    let Planned { schemas, changes, plan, .. } = planned;
    let dialect = replay.connection.dialect();
    let id = draft.header.migration.clone();
    let migration = parse(&id, path, &draft.text()).map_err(|reason| unreadable(&id, reason))?;
    let up = script::part(dialect, &migration, &migration.up)?;
    let down = script::part(dialect, &migration, &migration.down)?;
    same_statements(&id, &up, &plan.up)?;
    if plan.reversible != Reversible::No {
        same_statements(&id, &down, &plan.down)?;
    }
    let external = external_tables(&schemas.new);
    let hazards = plan.up.iter().chain(&plan.down).flat_map(|step| &step.hazards);
    let may_fail = hazards.into_iter().any(|hazard| hazard.kind == HazardKind::MayFail);
    let subject = Subject {
        name: id.to_string(),
        up: &up,
        down: &down,
        old: live,
        planned: Some(proof::Planned {
            new: &schemas.new,
            changes,
            reversible: plan.reversible,
            may_fail,
        }),
        external: &external,
    };
    proof::run(replay, &subject)
}

fn unreadable(id: &MigrationId, reason: String) -> Error {
    Error::Invalid(vec![
        Diagnostic::error(
            "unwritable-migration",
            format!("{id} cannot be written as a file: {reason}"),
        )
        .help("an SQL text of the declarations holds a line that begins with `-- peristyle:`"),
    ])
}

/// The file must hold the plan's statements and nothing else.
fn same_statements(id: &MigrationId, found: &[Placed], steps: &[Step]) -> Result<(), Error> {
    let planned: Vec<&Statement> = steps.iter().flat_map(|step| &step.statements).collect();
    let same = planned.len() == found.len()
        && planned.iter().zip(found).all(|(planned, found)| {
            planned.role == found.statement.role && planned.sql.trim() == found.statement.sql
        });
    if same {
        return Ok(());
    }
    let message = format!("it holds {} statements and {} were planned", found.len(), planned.len());
    Err(Error::verification(format!("the file of {id}"), vec![message]))
}

/// What it is for, where nobody has said so: what it does.
fn purpose(changes: &[Change]) -> String {
    const SHOWN: usize = 4;
    let words = describe(changes);
    let mut text = words.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > SHOWN {
        text.push_str(&format!(" and {} more", words.len() - SHOWN));
    }
    text
}

fn written(
    request: &GenerateRequest<'_>,
    migration: GeneratedMigration,
) -> Result<Generated, Error> {
    match request.writing {
        Writing::Write => migration.write(request.folder)?,
        Writing::Dry => {}
    }
    Ok(Generated::Migration(Box::new(migration)))
}

//! The original said `doctor_id NOT NULL … ON DELETE SET NULL`. That cannot be; it is found wherever it stands.

use std::path::Path;

use peristyle_migrate::{Error, Source, check, load, pull};
use peristyle_schema::Diagnostic;
use systems_support::{Database, Engine, System};

const MEDIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

/// The database as it was found.
fn origin() -> (Database, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("origin/structure.sql");
    let text = std::fs::read_to_string(path).unwrap();
    let database = Database::empty(&MEDIC, Engine::Postgres);
    database.raw().batch(&text).unwrap();
    (database, text)
}

/// What is said of the contradiction: the column, and what to do.
fn told(notes: &[Diagnostic]) -> &Diagnostic {
    let mut found = notes.iter().filter(|note| note.code == "contradiction");
    let first = found.next().unwrap_or_else(|| panic!("it was not found: {notes:?}"));
    assert_eq!(found.next(), None, "there is one");
    assert!(first.message.contains("doctor_id"), "{first}");
    let help = first.help.as_deref().unwrap_or_default();
    assert!(help.to_lowercase().contains("restrict"), "{help}");
    first
}

#[test]
fn in_a_declaration() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.rs");
    let declared = std::fs::read_to_string(MEDIC.root().join("src/schema.rs")).unwrap();
    let restrict = "#[references(on_delete = restrict)]";
    assert_eq!(declared.matches(restrict).count(), 1);
    let contradictory = declared.replace(restrict, "#[references(on_delete = set_null)]");
    std::fs::write(&path, &contradictory).unwrap();
    let database = Database::empty(&MEDIC, Engine::Postgres);
    let error = load(&Source::Declarations(path), database.scratch()).unwrap_err();
    let Error::Invalid(diagnostics) = &error else { panic!("{error}") };
    let at = told(diagnostics).span.as_ref().unwrap().start.line;
    let text = contradictory.lines().nth(at as usize - 1).unwrap();
    assert!(text.contains("set_null"), "line {at} is `{text}`");
}

#[test]
fn in_sql() {
    let (database, text) = origin();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("structure.sql");
    std::fs::write(&path, text).unwrap();
    let loaded = load(&Source::Sql(path), database.scratch()).unwrap();
    told(&loaded.notes);
}

#[test]
fn in_a_live_database() {
    let (database, _) = origin();
    told(&pull(&mut *database.raw()).unwrap().notes);
    let report = check(peristyle_migrate::CheckRequest {
        sidecars: &[],
        folder: &MEDIC.folder(Engine::Postgres),
        scratch: database.scratch(),
        target: None,
        connection: Some(&mut *database.raw()),
    })
    .unwrap();
    told(&report.notes);
    // And it is true: the delete fails.
    database
        .raw()
        .batch(
            "INSERT INTO users VALUES ('00000000-0000-8000-8000-000000000001', 'd@example.org', '!', 'doctor', NULL, NULL, now(), now());
             INSERT INTO doctors (id, user_id, first_name, last_name, inserted_at, updated_at)
             VALUES ('00000000-0000-8000-8000-000000000002', '00000000-0000-8000-8000-000000000001', 'A', 'B', now(), now());
             INSERT INTO appointments (id, doctor_id, scheduled_at, inserted_at, updated_at)
             VALUES ('00000000-0000-8000-8000-000000000003', '00000000-0000-8000-8000-000000000002', now(), now(), now());",
        )
        .unwrap();
    let error = database.execute("DELETE FROM doctors").unwrap_err();
    assert!(error.contains("doctor_id"), "{error}");
}

#[test]
fn in_what_medic_declares_there_is_none() {
    let database = Database::migrated(&MEDIC, Engine::Postgres);
    let notes = pull(&mut *database.raw()).unwrap().notes;
    assert!(notes.iter().all(|note| note.code != "contradiction"), "{notes:?}");
}

//! The chain of migration files: whatever happens to a file is named, and what checkouts do to line ends is not.

mod support;

use peristyle_migrate::{Error, Folder, Losses, check, migrate};
use support::{Place, SQLITE, quiet};

/// Four migrations.
fn chain() -> Place {
    let place = Place::new();
    place.by_hand(
        "users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
        "DROP TABLE users;",
    );
    place.by_hand("roles", "CREATE TABLE roles (id INTEGER PRIMARY KEY);", "DROP TABLE roles;");
    place.by_hand(
        "note",
        "ALTER TABLE users ADD COLUMN note TEXT;",
        "ALTER TABLE users DROP COLUMN note;",
    );
    place.by_hand("tags", "CREATE TABLE tags (id INTEGER PRIMARY KEY);", "DROP TABLE tags;");
    assert_eq!(codes(&place), [""; 0]);
    place
}

fn codes(place: &Place) -> Vec<String> {
    place.folder().faults().iter().map(|fault| fault.code.clone()).collect()
}

fn messages(place: &Place) -> String {
    place.folder().faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn file(place: &Place, name: &str) -> std::path::PathBuf {
    place.migrations().join(format!("{name}.sql"))
}

fn edit(place: &Place, name: &str, change: impl Fn(String) -> String) {
    let path = file(place, name);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, change(text)).unwrap();
}

#[test]
fn an_edited_file_is_named_also_the_last() {
    for name in ["0001_users", "0003_note", "0004_tags"] {
        let place = chain();
        edit(&place, name, |text| text.replace("-- Ticket: N/A", "-- Ticket: n/a"));
        assert!(messages(&place).contains(&format!("{name} was changed")), "{}", messages(&place));
        let sound = place.folder().sound();
        assert!(matches!(sound, Err(Error::Tampered(_))));
        let ran =
            migrate(place.connect().as_mut(), &place.folder(), &Default::default(), &mut quiet());
        assert!(matches!(ran, Err(Error::Tampered(_))));
    }
}

#[test]
fn every_flipped_bit_is_named() {
    let place = chain();
    let path = file(&place, "0004_tags");
    let bytes = std::fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        for bit in [0, 5] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            std::fs::write(&path, &flipped).unwrap();
            assert!(messages(&place).contains("0004_tags"), "byte {at}, bit {bit} was not named");
        }
    }
}

#[test]
fn a_resealed_edit_is_named_by_the_next_file() {
    let place = chain();
    let other = chain();
    other.by_hand("more", "CREATE TABLE more (id INTEGER);", "DROP TABLE more;");
    // The same name, sound in itself, but not the file that the next one was written on.
    let text = std::fs::read_to_string(file(&place, "0003_note")).unwrap();
    let place2 = Place::new();
    place2.by_hand(
        "users",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);",
        "DROP TABLE users;",
    );
    place2.by_hand("roles", "CREATE TABLE roles (id INTEGER PRIMARY KEY);", "DROP TABLE roles;");
    place2.by_hand(
        "note",
        "ALTER TABLE users ADD COLUMN note INTEGER;",
        "ALTER TABLE users DROP COLUMN note;",
    );
    let resealed = std::fs::read_to_string(file(&place2, "0003_note")).unwrap();
    assert_ne!(text, resealed);
    std::fs::write(file(&place, "0003_note"), resealed).unwrap();
    assert_eq!(codes(&place), ["edited-migration"]);
    assert!(messages(&place).contains("0003_note was changed after 0004_tags"));
}

#[test]
fn removed_renamed_swapped_and_inserted_files_are_named() {
    let place = chain();
    std::fs::remove_file(file(&place, "0002_roles")).unwrap();
    assert!(messages(&place).contains("0002_roles, which 0003_note follows, is missing"));

    let place = chain();
    std::fs::rename(file(&place, "0002_roles"), file(&place, "0002_groups")).unwrap();
    assert!(messages(&place).contains("0002_groups was written as 0002_roles"));

    let place = chain();
    std::fs::rename(file(&place, "0004_tags"), file(&place, "0009_tags")).unwrap();
    assert!(messages(&place).contains("0009_tags was written as 0004_tags"));

    let place = chain();
    std::fs::rename(file(&place, "0004_tags"), place.migrations().join("tags.sql")).unwrap();
    assert_eq!(codes(&place), ["misnamed-migration"]);

    let place = chain();
    let (two, three) = (file(&place, "0002_roles"), file(&place, "0003_note"));
    let texts = [&two, &three].map(|path| std::fs::read_to_string(path).unwrap());
    std::fs::write(&two, &texts[1]).unwrap();
    std::fs::write(&three, &texts[0]).unwrap();
    let found = messages(&place);
    assert!(found.contains("0002_roles was written as 0003_note"), "{found}");
    assert!(found.contains("0003_note was written as 0002_roles"), "{found}");

    let place = chain();
    std::fs::copy(file(&place, "0002_roles"), file(&place, "0002_zzz")).unwrap();
    let found = messages(&place);
    assert!(
        found.contains("0002_zzz was written as 0002_roles") && found.contains("same number"),
        "{found}"
    );

    let place = chain();
    std::fs::write(file(&place, "0005_mine"), "DROP TABLE users;").unwrap();
    assert!(messages(&place).contains("0005_mine is not as it was written: it has no header"));
}

#[test]
fn two_branches_are_named_together() {
    let place = chain();
    let other = Place::new();
    std::fs::create_dir(other.migrations()).unwrap();
    for name in ["0001_users", "0002_roles", "0003_note"] {
        std::fs::copy(file(&place, name), file(&other, name)).unwrap();
    }
    other.by_hand("other", "CREATE TABLE other (id INTEGER);", "DROP TABLE other;");
    std::fs::copy(file(&other, "0004_other"), file(&place, "0004_other")).unwrap();
    assert_eq!(codes(&place), ["branched-migrations"]);
    assert!(messages(&place).contains("0004_other and 0004_tags both follow 0003_note"));
}

#[test]
fn line_ends_byte_order_marks_and_final_newlines_are_not_flagged() {
    let place = chain();
    let convert: [fn(String) -> String; 5] = [
        |text| text.replace('\n', "\r\n"),
        |text| format!("\u{feff}{text}"),
        |text| text.trim_end().to_owned(),
        |text| format!("{text}\n\n"),
        |text| format!("\u{feff}{}\r\n", text.trim_end().replace('\n', "\r\n")),
    ];
    for change in convert {
        for name in ["0001_users", "0002_roles", "0004_tags"] {
            let path = file(&place, name);
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, change(text.clone())).unwrap();
            assert_eq!(codes(&place), [""; 0]);
            std::fs::write(&path, text).unwrap();
        }
    }
    for name in ["0001_users", "0002_roles", "0003_note", "0004_tags"] {
        edit(&place, name, |text| text.replace('\n', "\r\n"));
    }
    assert_eq!(place.migrate().unwrap().applied.len(), 4);
}

#[test]
fn the_database_names_a_removed_last_file_and_an_edited_one() {
    let place = chain();
    place.migrate().unwrap();
    std::fs::remove_file(file(&place, "0004_tags")).unwrap();
    let Err(Error::History(faults)) = place.migrate() else { panic!() };
    assert_eq!(faults[0].code, "missing-migration");
    assert!(faults[0].message.contains("0004_tags"));

    place.by_hand("tags", "CREATE TABLE tags (id TEXT PRIMARY KEY);", "DROP TABLE tags;");
    let mut connection = place.connect();
    let folder = place.folder();
    let report = check(peristyle_migrate::CheckRequest {
        sidecars: &[],
        folder: &folder,
        scratch: SQLITE.into(),
        target: None,
        connection: Some(connection.as_mut()),
    })
    .unwrap();
    assert_eq!(report.faults.len(), 1);
    assert!(report.faults[0].message.contains("0004_tags was changed after it was applied"));
}

#[test]
fn statements_that_a_migration_may_not_hold_are_named_with_their_line() {
    for statement in [
        "PRAGMA foreign_keys = OFF",
        "BEGIN",
        "commit",
        "ROLLBACK",
        "ATTACH 'x' AS y",
        "VACUUM",
        "SAVEPOINT a",
        "end",
    ] {
        let place = Place::new();
        let id = place.draft("bad", &format!("SELECT 1;\n-- why\n  {statement};"), "");
        let proved = peristyle_migrate::prove(
            &place.migrations(),
            &id,
            SQLITE,
            Losses::Refuse,
            &mut quiet(),
        );
        let Err(Error::Invalid(found)) = proved else { panic!("{statement}: {proved:?}") };
        let span = found[0].span.as_ref().unwrap();
        let text = std::fs::read_to_string(file(&place, "0001_bad")).unwrap();
        let line = text.lines().nth(span.start.line as usize - 1).unwrap();
        assert!(line.contains(statement), "{statement} is not on {span}: {line}");
        assert_eq!(span.start.column, 3);
    }
}

#[test]
fn an_absent_folder_is_an_empty_history() {
    let place = Place::new();
    assert!(Folder::open(place.path("none")).unwrap().migrations().is_empty());
}

//! Migrations that a program carries in it, and the rows of what they make.

use peristyle::prelude::*;
use peristyle::{Error, Migrations, Result};

#[path = "../../peristyle-declare/tests/fixtures/matchmaker.rs"]
#[allow(dead_code, missing_docs)]
mod matchmaker;

use matchmaker::{NewUser, User};

static MIGRATIONS: Migrations = peristyle::migrations!("../../systems/matchmaker/migrations");

#[test]
fn a_database_in_memory_is_migrated_before_its_first_statement() -> Result<()> {
    let db = Connection::open_prepared("sqlite::memory:", |database| MIGRATIONS.run(database))?;
    let ada = User::insert(NewUser::new("ada@example.org")).one(&db)?;
    assert_eq!(User::all().filter(User::EMAIL.eq("ADA@example.org")).one(&db)?, ada);
    Ok(())
}

#[tokio::test]
async fn an_application_migrates_its_file_at_every_start() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("app.db").display());
    for start in 0..3 {
        let options = Db::options().prepare(|database| MIGRATIONS.run(database));
        let db = options.open(&url).await?;
        User::insert(NewUser::new(format!("{start}@example.org"))).run(&db).await?;
        assert_eq!(User::all().count(&db).await?, start + 1);
    }
    Ok(())
}

#[test]
fn a_migration_that_fails_is_told_and_nothing_is_opened() {
    let broken = Migrations::new("migrations", &[("not a migration.sql", "")]);
    let refused = Connection::open_prepared("sqlite::memory:", |database| broken.run(database));
    assert!(matches!(refused, Err(Error::Preparation { .. })), "{refused:?}");
}

/// Changes the history of migrations of a database.
fn rewrite(db: &Connection, change: &str) -> Result<()> {
    let table: String = peristyle::sql!(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%checksum%'"
    )
    .one(db)?;
    db.execute_script(&change.replace("HISTORY", &format!("\"{table}\"")))
}

#[test]
fn a_database_is_verified_before_its_first_statement() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("app.db").display());
    let verified = || Connection::open_prepared(&url, |database| MIGRATIONS.verify(database));
    let said = || match verified() {
        Err(Error::Preparation { source }) => source.to_string(),
        Ok(_) => "the same".to_owned(),
        Err(other) => other.to_string(),
    };
    let empty = said();
    assert!(empty.contains("the database is behind the program: it lacks 0001"), "{empty}");
    let db = Connection::open_prepared(&url, |database| MIGRATIONS.run(database))?;
    assert_eq!(said(), "the same");
    let later = "CREATE TEMP TABLE later AS SELECT * FROM HISTORY ORDER BY id DESC LIMIT 1;
        UPDATE later SET parent = id, id = '9999_later';
        INSERT INTO HISTORY SELECT * FROM later;";
    rewrite(&db, later)?;
    let ahead = said();
    assert!(ahead.contains("the database is ahead of the program: it has 9999_later"), "{ahead}");
    rewrite(&db, "DELETE FROM HISTORY WHERE id = '9999_later'")?;
    assert_eq!(said(), "the same");
    rewrite(
        &db,
        "UPDATE HISTORY SET checksum = replace(checksum, substr(checksum, 9, 1),
            CASE substr(checksum, 9, 1) WHEN 'a' THEN 'b' ELSE 'a' END)",
    )?;
    let different = said();
    assert!(
        different.contains("the database is different from the program's: 0001"),
        "{different}"
    );
    Ok(())
}

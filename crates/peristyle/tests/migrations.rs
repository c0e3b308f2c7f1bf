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

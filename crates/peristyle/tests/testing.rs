//! A database for each test, on SQLite.

use peristyle::prelude::*;
use peristyle::testing::Template;
use peristyle::{Error, Migrations, Result, testing};

#[path = "../../peristyle-declare/tests/fixtures/matchmaker.rs"]
#[allow(dead_code, missing_docs)]
mod matchmaker;

use matchmaker::{NewUser, User};

static MIGRATIONS: Migrations = peristyle::migrations!("../../systems/matchmaker/migrations");

#[test]
fn every_test_in_memory_has_its_own() -> Result<()> {
    let one = testing::connection(&MIGRATIONS, "sqlite::memory:")?;
    let two = testing::connection(&MIGRATIONS, "sqlite::memory:")?;
    User::insert(NewUser::new("ada@example.org")).run(&one)?;
    assert_eq!((User::all().count(&one)?, User::all().count(&two)?), (1, 0));
    assert_eq!(one.url(), None);
    Ok(())
}

#[tokio::test]
async fn copies_of_a_file_are_gone_at_their_end() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let files = || {
        let entries = std::fs::read_dir(folder.path()).expect("the folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let url = format!("sqlite:{}", folder.path().join("app.db").display());
    let one = testing::connection(&MIGRATIONS, &url)?;
    let two = testing::db(&MIGRATIONS, &url).await?;
    User::insert(NewUser::new("ada@example.org")).run(&one)?;
    let also = Connection::open(one.url().expect("a file"))?;
    assert_eq!((User::all().count(&also)?, User::all().count(&two).await?), (1, 0));
    drop((one, also, two));
    let left = files();
    assert!(
        matches!(left.as_slice(), [one] if one.starts_with("app.template-")),
        "only the template stays: {left:?}"
    );
    Ok(())
}

#[test]
fn a_transaction_is_rolled_back_at_the_end() -> Result<()> {
    let db = testing::rolled_back(&MIGRATIONS, "sqlite::memory:")?;
    assert!(db.in_transaction());
    let inner: Result<()> = db.transaction(|db| {
        User::insert(NewUser::new("ada@example.org")).run(db)?;
        Err(Error::Busy)
    });
    assert!(inner.is_err());
    assert_eq!(User::all().count(&db)?, 0);
    Ok(())
}

#[test]
fn a_template_that_cannot_be_made_says_why_and_leaves_nothing() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("app.db").display());
    let broken = Template::new(&url, "broken", |database| database.batch("CREATE nonsense"))?;
    assert!(matches!(broken.connection(), Err(Error::Preparation { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    Ok(())
}

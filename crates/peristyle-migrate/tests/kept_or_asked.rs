//! `--keep-data` keeps what can be kept, and asks about the rest.

use std::fs;

use peristyle_migrate::{Choices, DroppedData, Error, Planned, Source, load, plan};
use peristyle_schema::Pair;
use peristyle_sql::DialectName;

fn planned(dropped: DroppedData) -> Result<Planned, Error> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.sql");
    fs::write(&file, "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);\nCREATE VIRTUAL TABLE docs USING fts5(body);").unwrap();
    let old = load(&Source::Sql(file), DialectName::Sqlite).unwrap().schema;
    let new = load(&Source::Empty, DialectName::Sqlite).unwrap().schema;
    let choices = Choices { dropped, ..Choices::default() };
    plan(Pair::new(old, new), DialectName::Sqlite, &choices, "0002")
}

#[test]
fn what_cannot_be_set_aside_is_asked_about() {
    let Err(Error::Undecided(decisions)) = planned(DroppedData::Keep) else {
        panic!("a full-text table cannot be set aside, and nobody was asked");
    };
    assert_eq!(decisions.len(), 1, "{decisions:?}");
    assert!(decisions[0].question.contains("docs"), "{decisions:?}");
    assert_eq!(decisions[0].answers.len(), 1, "{decisions:?}");
    assert_eq!(decisions[0].answers[0].0, "--allow-destructive");
    // It is known before anybody has chosen, and the other things are asked about as ever.
    let Err(Error::Undecided(decisions)) = planned(DroppedData::Refuse) else {
        panic!("nobody was asked");
    };
    let flags = |at: usize| decisions[at].answers.iter().map(|(flag, _)| flag.as_str());
    let docs = usize::from(decisions[1].question.contains("docs"));
    assert!(flags(docs).eq(["--allow-destructive"]), "{decisions:?}");
    assert!(flags(1 - docs).eq(["--keep-data", "--allow-destructive"]), "{decisions:?}");
    let agreed = planned(DroppedData::KeepElseLose).unwrap();
    let up: Vec<&str> =
        agreed.plan.up.iter().flat_map(|s| &s.statements).map(|s| s.sql.as_str()).collect();
    assert!(
        up.iter().any(|sql| sql.starts_with("CREATE TABLE _peristyle_kept_0002_notes")),
        "{up:?}"
    );
}

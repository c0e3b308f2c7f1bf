//! From Rust declarations to a database and back: what only declarations can say.

mod support;

use peristyle_driver::Value;
use peristyle_migrate::{
    CheckRequest, Choices, DroppedData, Error, ErrorKind, Generated, GeneratedMigration, check,
};
use peristyle_sql::Reversible;
use support::{Place, SQLITE};

const FIRST: &str = r#"
#[derive(Enum)]
pub enum Status { Open, Closed, Lost }

/// Somebody.
#[derive(Table)]
pub struct User {
    #[key(default = cuid2)]
    pub id: Id<User>,
    #[unique]
    pub email: String,
    pub boss_id: Option<Id<User>>,
}

#[derive(Table)]
#[check("ends_at > starts_at")]
pub struct Ticket {
    #[key(auto)]
    pub id: Id<Ticket>,
    #[references(on_delete = cascade)]
    pub user_id: Id<User>,
    pub status: Status,
    pub tags: Json<Vec<String>>,
    #[column(check = "rating between 0 and 5", default = 0)]
    pub rating: i64,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}
"#;

impl Place {
    fn declared(&self, text: &str, choices: Choices) -> Result<GeneratedMigration, Error> {
        match self.generate(&self.declare(text), choices)? {
            Generated::Migration(made) => Ok(*made),
            Generated::Nothing { .. } => panic!("nothing was generated"),
        }
    }
}

fn place() -> Place {
    let place = Place::new();
    place.declared(FIRST, Choices::default()).unwrap();
    place.migrate().unwrap();
    place.run(
        "INSERT INTO users (id, email) VALUES ('u1', 'a@x'), ('u2', 'b@x');
         INSERT INTO tickets (user_id, status, tags, starts_at, ends_at) VALUES
            ('u1', 'open', '[]', '2024-01-01T00:00:00.000000Z', '2024-01-02T00:00:00.000000Z'),
            ('u2', 'lost', '[\"x\"]', '2024-01-01T00:00:00.000000Z', '2024-01-02T00:00:00.000000Z');",
    );
    place
}

fn texts(place: &Place, sql: &str) -> Vec<String> {
    place.rows(sql).iter().map(|row| row[0].as_text().unwrap_or("NULL").to_owned()).collect()
}

#[test]
fn every_table_goes_through_the_proof_with_rows() {
    let place = place();
    let made = place
        .declared(
            &FIRST.replace("rating between 0 and 5", "rating between 0 and 9"),
            Choices::default(),
        )
        .unwrap();
    let proof = made.proof.unwrap();
    assert_eq!((proof.rows, proof.tables, proof.without_rows), (6, 2, vec![]));
    assert!(matches!(
        place
            .generate(&place.declare(&FIRST.replace("0 and 5", "0 and 9")), Choices::default())
            .unwrap(),
        Generated::Nothing { .. }
    ));
}

#[test]
fn an_enum_value_is_renamed_with_its_rows() {
    let place = place();
    let renamed = FIRST.replace("Closed, Lost", "Closed, #[value(was = \"lost\")] Missing");
    let made = place.declared(&renamed, Choices::default()).unwrap();
    assert_eq!(made.proof.unwrap().reversible, Reversible::Yes);
    place.migrate().unwrap();
    assert_eq!(texts(&place, "SELECT status FROM tickets ORDER BY id"), ["open", "missing"]);
    place.rollback().unwrap();
    assert_eq!(texts(&place, "SELECT status FROM tickets ORDER BY id"), ["open", "lost"]);
}

#[test]
fn a_removed_enum_value_that_rows_hold_stops_the_migration() {
    let place = place();
    place.declared(&FIRST.replace("Closed, Lost", "Closed"), Choices::default()).unwrap();
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification);
    assert!(error.to_string().contains("lost"), "{error}");
    assert_eq!(place.count("tickets"), 2);
}

#[test]
fn a_rename_in_the_declaration_needs_no_flag() {
    let place = place();
    let renamed =
        FIRST.replace("pub email: String", "#[column(was = \"email\")]\n    pub mail: String");
    place.declared(&renamed, Choices::default()).unwrap();
    place.migrate().unwrap();
    assert_eq!(texts(&place, "SELECT mail FROM users ORDER BY id"), ["a@x", "b@x"]);
    assert!(
        matches!(
            place.generate(&place.declare(&renamed), Choices::default()).unwrap(),
            Generated::Nothing { .. }
        ),
        "the former name may stay"
    );
}

#[test]
fn a_kept_table_comes_back_with_children() {
    let place = place();
    let only_users = FIRST.split("#[derive(Table)]\n#[check").next().unwrap();
    let choices = Choices { dropped: DroppedData::Keep, ..Choices::default() };
    place.declared(only_users, choices).unwrap();
    place.migrate().unwrap();
    place.rollback().unwrap();
    assert_eq!(texts(&place, "SELECT status FROM tickets ORDER BY id"), ["open", "lost"]);
    place.run("DELETE FROM users WHERE id = 'u1'");
    assert_eq!(place.count("tickets"), 1, "the cascade acts again");
}

/// Tables of another application.
const EXTERNAL: &str = r#"
#[derive(Table)]
#[table(name = "accounts", external)]
pub struct Account {
    #[key(auto)]
    pub id: Id<Account>,
    pub name: String,
}

#[derive(Table)]
pub struct Note {
    #[key(auto)]
    pub id: Id<Note>,
    pub account_id: Id<Account>,
    pub body: String,
}
"#;

#[test]
fn tables_of_another_application_are_pointed_to_and_left_alone() {
    let place = Place::new();
    place.run("CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO accounts VALUES (1, 'x');");
    let made = place.declared(EXTERNAL, Choices::default()).unwrap();
    assert!(!made.text.contains("CREATE TABLE accounts"), "{}", made.text);
    assert_eq!(made.proof.unwrap().summary, "up, down and up again; with 3 rows in 1 new table");
    place.migrate().unwrap();
    place.run("INSERT INTO notes (account_id, body) VALUES (1, 'hello')");
    let rebuilt =
        EXTERNAL.replace("pub body: String", "#[column(default = \"\")]\n    pub body: String");
    let made = place.declared(&rebuilt, Choices::default()).unwrap();
    assert_eq!(made.proof.unwrap().summary, "up, down and up again; 3 rows in 1 table came back");
    place.migrate().unwrap();
    assert_eq!(place.rows("SELECT count(*) FROM notes"), [[Value::Integer(1)]]);

    let source = place.declare(&rebuilt);
    let (folder, mut connection) = (place.folder(), place.connect());
    let request = CheckRequest {
        sidecars: &[],
        folder: &folder,
        scratch: SQLITE.into(),
        target: Some(&source),
        connection: Some(connection.as_mut()),
    };
    let report = check(request).unwrap();
    assert!(report.is_clean(), "{report:?}");
    place.rollback().unwrap();
    place.rollback().unwrap();
    assert_eq!(place.count("accounts"), 1);
}

#[test]
fn wrong_declarations_are_placed() {
    let place = Place::new();
    let error =
        place.declared(&FIRST.replace("#[unique]", "#[unqiue]"), Choices::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failure);
    let diagnostics = error.diagnostics();
    assert!(diagnostics[0].span.is_some(), "{error}");
    assert!(!place.migrations().exists());
}

//! What accounts promises, each on a real database made by its own migrations.

use accounts::schema::{NewSession, Session, User};
use accounts::{Error, sessions, users};
use peristyle::{Connection, Error as RowError, Id, Table, Timestamp};
use systems_support::{Database, Engine, System, on_every_engine};

const ACCOUNTS: System = System::at(env!("CARGO_MANIFEST_DIR"));

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

on_every_engine! { ACCOUNTS on [sqlite, postgres]; {
    an_address_has_one_account,
    a_new_account_has_its_defaults,
    an_update_sets_updated_at,
    a_column_that_must_have_a_value_has_one,
    a_session_ends,
    deleting_a_user_deletes_the_sessions_and_nobody_elses,
    a_session_needs_a_user,
    purging_takes_what_has_ended,
    the_columns_are_what_the_page_says,
    the_history_goes_up_down_and_up_again_to_the_same_catalog,
    the_database_is_what_the_declarations_say,
    push_builds_the_same,
}}

fn an_address_has_one_account(_: &Database, connection: &Connection) {
    let ada = users::sign_up(connection, "ada@example.org", Some("Ada")).unwrap();
    let refused = users::sign_up(connection, "ada@example.org", None).unwrap_err();
    assert!(matches!(refused, Error::EmailTaken), "{refused:?}");
    assert_eq!(users::with_email(connection, "ada@example.org").unwrap(), Some(ada));
    assert_eq!(User::all().count(connection).unwrap(), 1);
    // The error of the rows themselves names the table and the column.
    let error = User::insert(accounts::schema::NewUser::new("ada@example.org")).one(connection);
    let Err(RowError::Unique { table, columns, .. }) = error else { panic!("{error:?}") };
    assert_eq!(table, "users");
    assert_eq!(columns, ["email"]);
}

fn a_new_account_has_its_defaults(_: &Database, connection: &Connection) {
    let before = Timestamp::now();
    let user = users::sign_up(connection, "eve@example.org", None).unwrap();
    assert!(!user.email_verified);
    assert_eq!((user.name, user.image), (None, None));
    let uuid: peristyle::Uuid = user.id.key().parse().expect("a key is a UUID");
    assert_eq!(uuid.get_version_num(), 4);
    // The database's clock is not this process's; a minute is far more than they can differ by.
    let made = (user.created_at.as_second() - before.as_second()).abs();
    assert!(made < 60, "{} is not about {before}", user.created_at);
    assert_eq!(user.created_at, user.updated_at);
    assert!(users::verify_email(connection, &user.id).unwrap().email_verified);
}

fn an_update_sets_updated_at(_: &Database, connection: &Connection) {
    let user = users::sign_up(connection, "eve@example.org", None).unwrap();
    let long_ago = moment("2001-02-03T04:05:06Z");
    let aged = User::update(&user.id)
        .set(User::CREATED_AT, long_ago)
        .set(User::UPDATED_AT, long_ago)
        .one(connection)
        .unwrap();
    assert_eq!(aged.updated_at, long_ago, "a value that is given is the value");
    let updated = User::update(&user.id).set(User::NAME, "Eve").one(connection).unwrap();
    assert!(updated.updated_at > long_ago);
    assert_eq!(updated.created_at, long_ago, "only updated_at moves");
}

fn a_column_that_must_have_a_value_has_one(database: &Database, connection: &Connection) {
    users::sign_up(connection, "ada@example.org", None).unwrap();
    for (table, column) in [
        ("users", "email"),
        ("users", "email_verified"),
        ("users", "created_at"),
        ("users", "updated_at"),
    ] {
        let error = database.execute(&format!("UPDATE {table} SET {column} = NULL")).unwrap_err();
        assert!(error.contains(column), "{table}.{column}: {error}");
    }
    database.execute("UPDATE users SET name = NULL, image = NULL").unwrap();
}

fn a_session_ends(_: &Database, connection: &Connection) {
    let ada = users::sign_up(connection, "ada@example.org", None).unwrap();
    let until = moment("2030-01-01T12:00:00Z");
    let session = sessions::start(connection, &ada.id, until).unwrap();
    let at = |now: &str| sessions::user(connection, &session.id, moment(now));
    assert_eq!(at("2030-01-01T11:59:59.999999Z").unwrap(), ada);
    assert!(matches!(at("2030-01-01T12:00:00Z"), Err(Error::NoSession)));
    assert!(sessions::end(connection, &session.id).unwrap());
    assert!(!sessions::end(connection, &session.id).unwrap());
    assert!(matches!(at("2030-01-01T11:00:00Z"), Err(Error::NoSession)));
}

fn deleting_a_user_deletes_the_sessions_and_nobody_elses(_: &Database, connection: &Connection) {
    let until = moment("2030-01-01T12:00:00Z");
    let [ada, eve] = ["ada@example.org", "eve@example.org"]
        .map(|email| users::sign_up(connection, email, None).unwrap());
    for user in [&ada, &ada, &eve] {
        sessions::start(connection, &user.id, until).unwrap();
    }
    users::delete(connection, &ada.id).unwrap();
    let left = Session::all().all(connection).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].user_id, eve.id);
    assert_eq!(sessions::end_all(connection, &eve.id).unwrap(), 1);
    assert_eq!(User::all().count(connection).unwrap(), 1);
}

fn a_session_needs_a_user(_: &Database, connection: &Connection) {
    let nobody: Id<User> = Id::new("00000000-0000-4000-8000-000000000000".to_owned());
    let new = NewSession::new(nobody, moment("2030-01-01T12:00:00Z"));
    let error = Session::insert(new).one(connection).unwrap_err();
    assert!(matches!(error, RowError::ForeignKey { .. }), "{error:?}");
}

fn purging_takes_what_has_ended(_: &Database, connection: &Connection) {
    let ada = users::sign_up(connection, "ada@example.org", None).unwrap();
    for until in ["2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", "2030-01-03T00:00:00Z"] {
        sessions::start(connection, &ada.id, moment(until)).unwrap();
    }
    assert_eq!(sessions::purge(connection, moment("2030-01-02T00:00:00Z")).unwrap(), 2);
    assert_eq!(Session::all().count(connection).unwrap(), 1);
}

fn the_columns_are_what_the_page_says(database: &Database, _: &Connection) {
    let schema = database.schema();
    let of = |table: &str| -> Vec<(String, String, bool)> {
        let (_, table) = schema.tables.iter().find(|(name, _)| name.to_string() == table).unwrap();
        let columns = table.columns.iter();
        columns.map(|c| (c.name.to_string(), c.data_type.to_string(), c.nullable)).collect()
    };
    let expected = |columns: &[(&str, &str, bool)]| -> Vec<(String, String, bool)> {
        let owned = |(name, kind, null): &(&str, &str, bool)| {
            ((*name).to_owned(), (*kind).to_owned(), *null)
        };
        columns.iter().map(owned).collect()
    };
    const MOMENT: &str = "timestamp with time zone";
    assert_eq!(
        of("users"),
        expected(&[
            ("id", "text", false),
            ("email", "text", false),
            ("email_verified", "boolean", false),
            ("name", "text", true),
            ("image", "text", true),
            ("created_at", MOMENT, false),
            ("updated_at", MOMENT, false),
        ])
    );
    assert_eq!(
        of("sessions"),
        expected(&[
            ("id", "text", false),
            ("user_id", "text", false),
            ("expires_at", MOMENT, false),
            ("created_at", MOMENT, false),
        ])
    );
}

fn the_history_goes_up_down_and_up_again_to_the_same_catalog(database: &Database, _: &Connection) {
    database.up_down_up(2);
}

fn the_database_is_what_the_declarations_say(database: &Database, _: &Connection) {
    database.holds_the_declarations();
}

#[test]
fn the_documents_are_true() {
    ACCOUNTS.command_documents_are_true(&[Engine::sqlite(), Engine::postgres()]);
}

#[tokio::test]
async fn the_asynchronous_door_does_the_same() {
    let database = Database::migrated(&ACCOUNTS, systems_support::Engine::sqlite());
    let db = peristyle::Db::open(database.url()).await.unwrap();
    let user = db
        .transaction(|connection| users::sign_up(connection, "ada@example.org", None))
        .await
        .unwrap();
    assert_eq!(User::get(&user.id).one(&db).await.unwrap(), user);
}

fn push_builds_the_same(database: &Database, _: &Connection) {
    database.is_what_push_builds();
}

//! An application beside commons, in its database: what each does leaves the other alone.

use bookings::schema::{Booking, Listing, NewListing, User};
use bookings::{book, signed_in};
use commons::schema::auth::{NewSession, NewUser, Session as CommonsSession, User as CommonsUser};
use peristyle::{Error as RowError, Id, Table, Timestamp};
use peristyle_migrate::{MigrateOptions, RollbackOptions, migrate, rollback};
use systems_support::{Database, Engine, System};

const COMMONS: System = System::at(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
const BOOKINGS: System = System::at(env!("CARGO_MANIFEST_DIR"));

/// A database of commons, with the tables of bookings in it.
fn both() -> Database {
    let database = Database::migrated(&COMMONS, Engine::Postgres);
    apply(&database);
    database
}

fn apply(database: &Database) {
    let folder = BOOKINGS.folder(Engine::Postgres);
    migrate(&mut *database.raw(), &folder, &MigrateOptions::default(), &mut |_| {}).unwrap();
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn each_has_a_history_of_its_own_and_agrees_with_its_declarations() {
    let database = both();
    database.holds_the_declarations();
    database.holds_the_declarations_of(&BOOKINGS);
    for (table, migrations) in [
        ("_peristyle_migrations", &["0001_create_commons", "0002_affiliate_codes"][..]),
        ("_peristyle_migrations_bookings", &["0001_create_bookings"]),
    ] {
        let rows = database.query(&format!("SELECT id FROM {table} ORDER BY id")).rows;
        let applied: Vec<_> = rows.iter().filter_map(|row| row[0].as_text()).collect();
        assert_eq!(applied, migrations, "{table}");
    }
}

#[test]
fn the_sidecar_goes_and_comes_and_commons_stays_as_it_was() {
    let database = Database::migrated(&COMMONS, Engine::Postgres);
    let alone = database.dump();
    apply(&database);
    let together = database.dump();
    assert_ne!(together, alone);
    let folder = BOOKINGS.folder(Engine::Postgres);
    rollback(&mut *database.raw(), &folder, &RollbackOptions::default(), &mut |_| {}).unwrap();
    assert_eq!(database.dump(), alone);
    apply(&database);
    assert_eq!(database.dump(), together);
}

#[test]
fn push_builds_what_the_migrations_build() {
    let pushed = Database::empty(&COMMONS, Engine::Postgres);
    for system in [&COMMONS, &BOOKINGS] {
        assert!(!pushed.push(system).is_empty());
    }
    for system in [&COMMONS, &BOOKINGS] {
        assert!(pushed.push(system).is_empty(), "a second push finds something");
    }
    assert_eq!(pushed.dump(), both().dump());
}

#[test]
fn people_and_sessions_are_commons_own() {
    let database = both();
    let connection = database.connection();
    let now = moment("2030-01-01T00:00:00Z");
    let [owner, sitter] = ["owner@example.org", "sitter@example.org"]
        .map(|email| CommonsUser::insert(NewUser::new(email)).one(connection).unwrap());
    let session = |token: &str, expires| NewSession::new(token, owner.id.clone(), expires);
    let later = moment("2030-01-02T00:00:00Z");
    CommonsSession::insert(session("live", later)).run(connection).unwrap();
    CommonsSession::insert(session("ended", now)).run(connection).unwrap();
    let found = signed_in(connection, "live", now).unwrap().unwrap();
    assert_eq!(found.email, owner.email);
    assert_eq!(signed_in(connection, "ended", now).unwrap(), None);
    assert_eq!(signed_in(connection, "nothing", now).unwrap(), None);

    let key = |user: &CommonsUser| -> Id<User> { Id::new(user.id.key().clone()) };
    let listing = Listing::insert(NewListing::new(key(&sitter), "Cats in the north"));
    let listing = listing.one(connection).unwrap();
    let (from, to) = (moment("2030-02-01T08:00:00Z"), moment("2030-02-03T18:00:00Z"));
    let booking = book(connection, &found, &listing, from, to).unwrap();
    assert_eq!(booking.status, "requested");
    let backwards = book(connection, &found, &listing, to, from).unwrap_err();
    assert!(matches!(backwards, RowError::Check { .. }), "{backwards:?}");

    // The foreign keys are real: nobody sits who is nobody, and what is somebody's goes with them.
    let nobody = NewListing::new(Id::new("nobody".to_owned()), "Dogs");
    let error = Listing::insert(nobody).run(connection).unwrap_err();
    assert!(matches!(error, RowError::ForeignKey { .. }), "{error:?}");
    CommonsUser::delete(&owner.id).run(connection).unwrap();
    assert_eq!(Booking::all().count(connection).unwrap(), 0);
    assert_eq!(Listing::all().count(connection).unwrap(), 1);
    CommonsUser::delete(&sitter.id).run(connection).unwrap();
    assert_eq!(Listing::all().count(connection).unwrap(), 0);
}

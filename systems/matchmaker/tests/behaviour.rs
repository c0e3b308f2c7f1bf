//! The behaviours that matchmaker promises, each on a real SQLite file made by its own migrations.

use std::path::Path;
use std::sync::Barrier;
use std::thread;

use matchmaker::schema::{
    AvailabilitySlot, Booking, BookingStatus, ChatMessage, NeedsProfile, Practitioner, Role,
    Session, User, VisiblePractitioner,
};
use matchmaker::{Error, booking, intake, matching, seed};
use peristyle::testing::{self, Isolated};
use peristyle::{Connection, Error as RowError, Id, Migrations, Table, Timestamp, View};
use peristyle_driver::Options;
use peristyle_migrate::{Folder, MigrateOptions, RollbackOptions, Until, migrate, rollback};

static MIGRATIONS: Migrations = peristyle::migrations!("migrations");

struct Database {
    copy: Isolated<Connection>,
}

impl Database {
    /// A file that the migrations have been applied to, for one test.
    fn migrated() -> Self {
        let template = std::env::temp_dir().join("peristyle_matchmaker.db");
        let url = format!("sqlite:{}", template.display());
        Self { copy: testing::connection(&MIGRATIONS, &url).unwrap() }
    }

    fn seeded() -> Self {
        let database = Self::migrated();
        seed::run(&database.open()).unwrap();
        database
    }

    fn url(&self) -> &str {
        self.copy.url().expect("a file")
    }

    fn open(&self) -> Connection {
        Connection::open(self.url()).unwrap()
    }

    fn raw(&self) -> Box<dyn peristyle_driver::Connection> {
        peristyle_driver::open(&self.url().parse().unwrap(), &Options::create()).unwrap()
    }
}

fn migrations() -> Folder {
    let folder = Folder::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).unwrap();
    folder.sound().unwrap();
    folder
}

fn anxious() -> NeedsProfile {
    NeedsProfile { concerns: vec!["anxiety".to_owned()], ..NeedsProfile::default() }
}

/// A session and a free slot of a visible practitioner.
fn ready_to_book(connection: &Connection) -> (Id<Session>, Id<AvailabilitySlot>) {
    let session = intake::start(connection, None).unwrap();
    let best = matching::find(connection, &anxious()).unwrap().remove(0);
    let slots =
        booking::free_slots(connection, &best.practitioner_id, Timestamp::UNIX_EPOCH).unwrap();
    (session.id, slots[0].id.clone())
}

#[test]
fn seeding_twice_changes_nothing() {
    let database = Database::migrated();
    let connection = database.open();
    let first = seed::run(&connection).unwrap();
    assert_eq!((first.practitioners, first.slots), (4, 12));
    let rows = Practitioner::all().order(Practitioner::ID.asc()).all(&connection).unwrap();
    let second = seed::run(&connection).unwrap();
    assert_eq!((second.practitioners, second.slots), (0, 0));
    assert_eq!(Practitioner::all().order(Practitioner::ID.asc()).all(&connection).unwrap(), rows);
    assert_eq!(AvailabilitySlot::all().count(&connection).unwrap(), 12);
}

#[test]
fn only_active_and_verified_practitioners_are_seen() {
    let database = Database::seeded();
    let connection = database.open();
    assert_eq!(Practitioner::all().count(&connection).unwrap(), 4);
    let visible =
        VisiblePractitioner::all().order(VisiblePractitioner::NAME.asc()).all(&connection).unwrap();
    let names: Vec<&str> = visible.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Dr. Ioanna Markou", "Jonas Weber"]);

    let matched = matching::find(&connection, &anxious()).unwrap();
    assert_eq!(matched.len(), 2, "Tom O'Neill works with anxiety too, and is not active");
    let grieving = matching::with_specialty(&connection, "grief").unwrap();
    assert_eq!(grieving.len(), 1, "Amélie Durand works with grief too, and is not verified");

    let session = intake::start(&connection, None).unwrap();
    let hidden = AvailabilitySlot::all()
        .filter(
            AvailabilitySlot::PRACTITIONER_ID.eq(Id::new("pr0000000000000000000004".to_owned())),
        )
        .first(&connection)
        .unwrap()
        .unwrap();
    let refused = booking::request(&connection, &session.id, &hidden.id, None);
    assert!(matches!(refused, Err(Error::NotBookable)), "{refused:?}");
}

#[test]
fn an_anonymous_intake_is_claimed_by_signing_up() {
    let database = Database::seeded();
    let connection = database.open();
    let session = intake::start(&connection, None).unwrap();
    assert_eq!((session.user_id, session.chat_history.len()), (None, 0));

    let message = ChatMessage {
        role: Role::Visitor,
        text: "Καλημέρα, I cannot sleep".to_owned(),
        at: "2030-03-01T10:00:00Z".parse().unwrap(),
    };
    let said = intake::say(&connection, &session.id, message.clone()).unwrap();
    assert_eq!(said.chat_history.0, [message]);

    intake::store_profile(&connection, &session.id, anxious()).unwrap();
    let matches = matching::find(&connection, &anxious()).unwrap();
    intake::store_matches(&connection, &session.id, matches.clone()).unwrap();
    let slots =
        booking::free_slots(&connection, &matches[0].practitioner_id, Timestamp::UNIX_EPOCH)
            .unwrap();
    let booked =
        booking::request(&connection, &session.id, &slots[0].id, Some("first visit")).unwrap();
    assert_eq!((booked.user_id, booked.status), (None, BookingStatus::Requested));

    let user = intake::sign_up(&connection, &session.id, "ada@example.org", Some("Ada")).unwrap();
    let session = Session::get(&session.id).one(&connection).unwrap();
    assert_eq!(session.user_id.as_ref(), Some(&user.id));
    assert_eq!(session.needs_profile.unwrap().0, anxious());
    assert_eq!(session.matches.unwrap().0, matches);
    let booked = Booking::get(&booked.id).one(&connection).unwrap();
    assert_eq!(booked.user_id.as_ref(), Some(&user.id));

    // Deleting the user keeps the session and the booking.
    User::delete(&user.id).run(&connection).unwrap();
    assert_eq!(Session::get(&session.id).one(&connection).unwrap().user_id, None);
    assert_eq!(Booking::get(&booked.id).one(&connection).unwrap().user_id, None);
}

#[test]
fn one_email_is_one_user_however_it_is_written() {
    let database = Database::seeded();
    let connection = database.open();
    let one = intake::start(&connection, None).unwrap();
    let two = intake::start(&connection, None).unwrap();
    intake::sign_up(&connection, &one.id, "ada@example.org", None).unwrap();
    let again = intake::sign_up(&connection, &two.id, "Ada@Example.org", None);
    let Err(Error::Rows(RowError::Unique { constraint, table, columns })) = again else {
        panic!("a second account with one address: {again:?}");
    };
    assert_eq!(constraint.as_deref(), Some("users_email_key"));
    assert_eq!((table.as_str(), columns), ("users", vec!["email".to_owned()]));
    let untouched = Session::get(&two.id).one(&connection).unwrap();
    assert_eq!(untouched.user_id, None, "the failed sign-up claimed nothing");
}

#[test]
fn a_slot_is_booked_once_however_many_ask_at_once() {
    for _ in 0..10 {
        let database = Database::seeded();
        let (session, slot) = ready_to_book(&database.open());
        let (barrier, url) = (Barrier::new(2), database.url().to_owned());
        let outcomes: Vec<Result<Booking, Error>> = thread::scope(|scope| {
            let asking: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        let connection = Connection::open(&url).unwrap();
                        barrier.wait();
                        booking::request(&connection, &session, &slot, None)
                    })
                })
                .collect();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let booked = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(booked, 1, "{outcomes:?}");
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(refused, Error::SlotTaken), "{refused:?}");
        assert_eq!(refused.to_string(), "this slot has just been taken; please choose another");
        assert_eq!(Booking::all().count(&database.open()).unwrap(), 1);
    }
}

#[test]
fn a_cancelled_slot_can_be_booked_again() {
    let database = Database::seeded();
    let connection = database.open();
    let (session, slot) = ready_to_book(&connection);
    let first = booking::request(&connection, &session, &slot, None).unwrap();
    booking::cancel(&connection, &first.id).unwrap();
    let second = booking::request(&connection, &session, &slot, None).unwrap();
    assert_ne!(first.id, second.id);
    let third = booking::request(&connection, &session, &slot, None);
    assert!(matches!(third, Err(Error::SlotTaken)), "{third:?}");
}

#[test]
fn a_document_that_does_not_fit_names_table_column_and_row() {
    let database = Database::seeded();
    let connection = database.open();
    let session = intake::start(&connection, None).unwrap();
    database.raw().execute("UPDATE sessions SET needs_profile = '{\"concerns\": 7}'", &[]).unwrap();
    let error = Session::get(&session.id).one(&connection).unwrap_err();
    let RowError::Decode { table, column, key, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*table, column.as_str()), ("sessions", "needs_profile"));
    assert!(key.as_ref().is_some_and(|key| key.contains(session.id.key().as_str())), "{key:?}");
    let text = error.to_string();
    assert!(text.contains("sessions.needs_profile"), "{text}");
}

#[test]
fn a_value_is_found_inside_a_list() {
    let database = Database::seeded();
    let connection = database.open();
    let names = |specialty: &str| -> Vec<String> {
        matching::with_specialty(&connection, specialty)
            .unwrap()
            .into_iter()
            .map(|p| p.name)
            .collect()
    };
    assert_eq!(names("anxiety"), ["Dr. Ioanna Markou", "Jonas Weber"]);
    assert_eq!(names("burnout"), ["Jonas Weber"]);
    assert!(names("anx").is_empty(), "a part of a value is not the value");
    assert!(names("\"]) OR 1=1 --").is_empty());
}

#[test]
fn expired_sessions_are_purged_and_booked_ones_stay() {
    let database = Database::seeded();
    let connection = database.open();
    let past: Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
    let now: Timestamp = "2030-01-02T00:00:00Z".parse().unwrap();
    let expired = intake::start(&connection, Some(past)).unwrap();
    let endless = intake::start(&connection, None).unwrap();
    let booked = intake::start(&connection, Some(past)).unwrap();
    let (_, slot) = ready_to_book(&connection);
    booking::request(&connection, &booked.id, &slot, None).unwrap();
    assert_eq!(intake::purge_expired(&connection, now).unwrap(), 1);
    assert!(Session::get(&expired.id).optional(&connection).unwrap().is_none());
    assert!(Session::get(&endless.id).optional(&connection).unwrap().is_some());
    assert!(Session::get(&booked.id).optional(&connection).unwrap().is_some());
}

#[test]
fn a_slot_must_end_after_it_starts_and_money_is_exact() {
    let database = Database::seeded();
    let connection = database.open();
    let slot = AvailabilitySlot::all().first(&connection).unwrap().unwrap();
    let error = AvailabilitySlot::update(&slot.id)
        .set(AvailabilitySlot::ENDS_AT, slot.starts_at)
        .one(&connection)
        .unwrap_err();
    assert!(matches!(error, RowError::Check { .. }), "{error:?}");
    let fee = Practitioner::get(Id::new("pr0000000000000000000002".to_owned()))
        .one(&connection)
        .unwrap()
        .fee;
    assert_eq!(fee, "110.50".parse().unwrap());
}

#[test]
fn the_history_goes_up_down_and_up_again_to_the_same_catalog() {
    let database = Database::migrated();
    let mut connection = database.raw();
    let up = connection.catalog().unwrap().schema;
    assert_eq!(up.tables.len(), 5);
    let options = RollbackOptions { until: Until::Start, ..RollbackOptions::default() };
    rollback(&mut *connection, &migrations(), &options, &mut |_| {}).unwrap();
    assert!(connection.catalog().unwrap().schema.is_empty());
    migrate(&mut *connection, &migrations(), &MigrateOptions::default(), &mut |_| {}).unwrap();
    assert_eq!(connection.catalog().unwrap().schema, up);
}

#[tokio::test]
async fn the_asynchronous_door_does_the_same() {
    let database = Database::seeded();
    let (session, slot) = ready_to_book(&database.open());
    let db = peristyle::Db::open(database.url()).await.unwrap();
    let booked: Booking = db
        .transaction(move |connection| booking::request(connection, &session, &slot, None))
        .await
        .unwrap();
    assert_eq!(Booking::get(&booked.id).one(&db).await.unwrap(), booked);
}

#[test]
fn another_database_is_only_another_address() {
    let development = Database::seeded();
    let production = Database::migrated();
    assert_eq!(Practitioner::all().count(&development.open()).unwrap(), 4);
    assert_eq!(Practitioner::all().count(&production.open()).unwrap(), 0);
    let refused = Connection::open("libsql://matchmaker.example").unwrap_err().to_string();
    assert!(refused.contains("libSQL"), "{refused}");
}

/// The committed documents say what the declarations say; `peristyle inspect` writes them anew.
#[test]
fn the_documents_are_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let declarations = peristyle_declare::read_path(&folder.join("src/schema.rs")).unwrap();
    let schema = peristyle_declare::resolve(&declarations).unwrap();
    let committed = |name: &str| std::fs::read_to_string(folder.join("docs").join(name)).unwrap();
    assert_eq!(committed("schema.md"), peristyle_docs::markdown(&schema));
    assert_eq!(committed("schema.mmd"), peristyle_docs::mermaid(&schema));
}

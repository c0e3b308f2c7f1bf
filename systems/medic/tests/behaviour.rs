//! What medic promises, each on a database of its own, made by its migrations.

use medic::appointments::{self, Booking};
use medic::schema::{Appointment, Doctor, Patient, Role, Specialty, User, UserToken};
use medic::specialties::{self, Language};
use medic::{Error, seed, tokens, users};
use peristyle::{Connection, DateTime, Decimal, Error as RowError, Table};
use systems_support::{Database, System, on_every_engine};

const MEDIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

on_every_engine! { MEDIC on [postgres]; {
    seeding_twice_changes_nothing,
    an_address_has_one_user_however_it_is_written,
    a_doctor_with_appointments_stays,
    deleting_a_user_deletes_what_is_theirs,
    a_specialty_that_is_given_up_leaves_its_doctors,
    the_same_booking_twice_is_one_appointment,
    tokens_are_compared_as_bytes,
    a_token_is_given_once_in_a_context,
    expired_tokens_are_purged_in_one_statement,
    a_specialty_is_read_in_both_languages,
    greek_comes_back_as_it_went,
    money_and_ratings_are_exact,
    the_history_goes_up_down_and_up_again_to_the_same_catalog,
    the_database_is_what_the_declarations_say,
    push_builds_the_same,
}}

fn moment(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn seeding_twice_changes_nothing(_: &Database, connection: &Connection) {
    let came = seed::run(connection).unwrap();
    assert_eq!((came.specialties, came.users, came.doctors, came.patients), (8, 7, 4, 3));
    let all = |connection: &Connection| {
        let doctors = Doctor::all().order(Doctor::ID.asc()).all(connection).unwrap();
        let appointments = Appointment::all().order(Appointment::ID.asc()).all(connection).unwrap();
        (doctors, appointments)
    };
    let rows = all(connection);
    assert_eq!(seed::run(connection).unwrap(), seed::Seeded::default());
    assert_eq!(all(connection), rows);
}

fn an_address_has_one_user_however_it_is_written(_: &Database, connection: &Connection) {
    let ada = users::register(connection, "Ada@Example.org", "hash", Role::Patient).unwrap();
    assert_eq!(ada.email, "Ada@Example.org", "it is kept as it was written");
    for email in ["ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.org"] {
        let refused = users::register(connection, email, "hash", Role::Doctor).unwrap_err();
        assert!(matches!(refused, Error::EmailTaken), "{refused:?}");
    }
    assert_eq!(User::all().count(connection).unwrap(), 1);
}

fn a_doctor_with_appointments_stays(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let appointment = Appointment::all().first(connection).unwrap().unwrap();
    let error = Doctor::delete(appointment.doctor_id).run(connection).unwrap_err();
    assert!(matches!(error, RowError::ForeignKey { .. }), "{error:?}");
    Appointment::delete_all()
        .filter(Appointment::DOCTOR_ID.eq(appointment.doctor_id))
        .run(connection)
        .unwrap();
    Doctor::delete(appointment.doctor_id).run(connection).unwrap();
}

fn deleting_a_user_deletes_what_is_theirs(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let patient = Patient::all().filter(Patient::LAST_NAME.eq("Harper")).one(connection).unwrap();
    let now = moment("2030-01-05T10:00:00");
    tokens::give(connection, &patient.user_id, b"secret", "session", now).unwrap();
    let appointments = Appointment::all().count(connection).unwrap();
    User::delete(patient.user_id).run(connection).unwrap();
    assert!(Patient::get(patient.id).optional(connection).unwrap().is_none());
    assert_eq!(UserToken::all().count(connection).unwrap(), 0);
    assert_eq!(Appointment::all().count(connection).unwrap(), appointments);
    let without = Appointment::all().filter(Appointment::PATIENT_ID.is_null());
    assert_eq!(without.count(connection).unwrap(), 1, "the calendar keeps the appointment");
    assert_eq!(Patient::all().count(connection).unwrap(), 2);
}

fn a_specialty_that_is_given_up_leaves_its_doctors(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let doctors = Doctor::all().count(connection).unwrap();
    let cardiology = specialties::with_slug(connection, "cardiology").unwrap().unwrap();
    Specialty::delete(cardiology.id).run(connection).unwrap();
    assert_eq!(Doctor::all().count(connection).unwrap(), doctors);
    let without = Doctor::all().filter(Doctor::SPECIALTY_ID.is_null());
    assert_eq!(without.count(connection).unwrap(), 3);
}

fn the_same_booking_twice_is_one_appointment(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let doctor = Doctor::all().first(connection).unwrap().unwrap();
    let patient = Patient::all().first(connection).unwrap().unwrap();
    let before = Appointment::all().count(connection).unwrap();
    let booking = Booking {
        uid: "bk_7Hq2".to_owned(),
        booking_id: 4711,
        doctor: doctor.id,
        patient: Some(patient.id),
        starts_at: moment("2030-02-01T09:00:00"),
        minutes: 30,
        status: "accepted".to_owned(),
        meeting_url: None,
    };
    let first = appointments::booked_elsewhere(connection, booking.clone()).unwrap();
    Appointment::update(first.id)
        .set(Appointment::NOTES, "bring the X-ray")
        .run(connection)
        .unwrap();
    let moved = Booking {
        booking_id: 4712,
        patient: None,
        starts_at: moment("2030-02-02T11:15:00"),
        status: "rescheduled".to_owned(),
        meeting_url: Some("https://meet.example.org/x".to_owned()),
        ..booking.clone()
    };
    let second = appointments::booked_elsewhere(connection, moved).unwrap();
    assert_eq!(Appointment::all().count(connection).unwrap(), before + 1);
    assert_eq!(second.id, first.id);
    assert_eq!(second.scheduled_at, moment("2030-02-02T11:15:00"));
    assert_eq!((second.status.as_str(), second.cal_com_booking_id), ("rescheduled", Some(4712)));
    assert_eq!(second.notes.as_deref(), Some("bring the X-ray"), "what is ours stays");
    assert_eq!(second.patient_id, Some(patient.id));
    assert_eq!(second.inserted_at, first.inserted_at);
    assert!(second.updated_at >= first.updated_at);
    // Those that were made here have no name there, and do not meet.
    let here = Appointment::all().filter(Appointment::CAL_COM_UID.is_null());
    assert_eq!(here.count(connection).unwrap(), before);
    let day = appointments::calendar(
        connection,
        &doctor.id,
        moment("2030-02-02T00:00:00"),
        moment("2030-02-03T00:00:00"),
    );
    assert_eq!(day.unwrap(), [second]);
}

fn tokens_are_compared_as_bytes(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let user = User::all().first(connection).unwrap().unwrap();
    let now = moment("2030-01-05T10:00:00");
    let every_byte: Vec<u8> = (0..=u8::MAX).collect();
    for token in [&b""[..], b"\0", b"\0\0", b"\\x00", b"abc", b"ABC", &every_byte] {
        assert!(matches!(tokens::user(connection, token, "session", now), Err(Error::NoToken)));
        let given = tokens::give(connection, &user.id, token, "session", now).unwrap();
        assert_eq!(given.token, token.to_vec());
        assert_eq!(tokens::user(connection, token, "session", now).unwrap(), user);
    }
    let other = tokens::user(connection, b"abc", "reset_password", now);
    assert!(matches!(other, Err(Error::NoToken)), "a token is good for one thing");
}

fn a_token_is_given_once_in_a_context(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let users = User::all().limit(2).all(connection).unwrap();
    let now = moment("2030-01-05T10:00:00");
    tokens::give(connection, &users[0].id, b"abc", "session", now).unwrap();
    tokens::give(connection, &users[0].id, b"abc", "confirm", now).unwrap();
    let error = tokens::give(connection, &users[1].id, b"abc", "session", now).unwrap_err();
    let Error::Rows(RowError::Unique { columns, .. }) = &error else { panic!("{error:?}") };
    assert_eq!(columns, &["context", "token"]);
}

fn expired_tokens_are_purged_in_one_statement(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let user = User::all().first(connection).unwrap().unwrap();
    let now = moment("2030-03-10T12:00:00");
    // Context, given at, whether it has expired.
    let given = [
        ("session", "2030-03-09T12:00:00", false),
        ("session", "2030-01-09T12:00:01", false),
        ("session", "2030-01-09T12:00:00", true),
        ("confirm", "2030-03-03T12:00:00", true),
        ("confirm", "2030-03-03T12:00:01", false),
        ("reset_password", "2030-03-09T11:59:59", true),
        ("reset_password", "2030-03-09T12:00:01", false),
        ("change:old@example.org", "2030-03-02T12:00:00", true),
        ("change:old@example.org", "2030-03-04T12:00:00", false),
    ];
    for (number, (context, at, _)) in (0u8..).zip(given) {
        tokens::give(connection, &user.id, &[number], context, moment(at)).unwrap();
    }
    for (number, (context, _, expired)) in (0u8..).zip(given) {
        let found = tokens::user(connection, &[number], context, now);
        assert_eq!(found.is_err(), expired, "{number} {context}");
    }
    let expired = given.iter().filter(|(.., expired)| *expired).count() as u64;
    assert_eq!(tokens::purge(connection, now).unwrap(), expired);
    let left = UserToken::all().order(UserToken::TOKEN.asc()).all(connection).unwrap();
    for token in &left {
        let (.., expired) = given[usize::from(token.token[0])];
        assert!(!expired, "{token:?}");
    }
    assert_eq!(left.len() as u64, given.len() as u64 - expired);
    assert_eq!(tokens::purge(connection, now).unwrap(), 0);
}

fn a_specialty_is_read_in_both_languages(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let cardiology = specialties::with_slug(connection, "cardiology").unwrap().unwrap();
    assert_eq!(cardiology.name(Language::English), "Cardiology");
    assert_eq!(cardiology.name(Language::Greek), "Καρδιολογία");
    assert!(specialties::with_slug(connection, "alchemy").unwrap().is_none());
    let doctors = specialties::doctors(connection, &cardiology, "Athens").unwrap();
    let names: Vec<&str> = doctors.iter().map(|doctor| doctor.last_name.as_str()).collect();
    assert_eq!(names, ["Παπαδάκη", "Νικολαΐδης"], "the one who is not verified is not shown");
    assert_eq!(doctors[0].bio(Language::Greek), doctors[0].bio_el.as_deref());
    let paediatrics = specialties::with_slug(connection, "paediatrics").unwrap().unwrap();
    let maria = &specialties::doctors(connection, &paediatrics, "Thessaloniki").unwrap()[0];
    assert_eq!(maria.bio(Language::Greek), maria.bio.as_deref(), "English where there is no Greek");
}

fn greek_comes_back_as_it_went(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let text = "Άγχος, ΐ, ΰ, ς ≠ σ, «εισαγωγικά», 100 € · ano teleia";
    let doctor = Doctor::all().first(connection).unwrap().unwrap();
    let updated = Doctor::update(doctor.id).set(Doctor::BIO_EL, text).one(connection).unwrap();
    assert_eq!(updated.bio_el.as_deref(), Some(text));
    let found = Doctor::all().filter(Doctor::BIO_EL.eq(text)).one(connection).unwrap();
    assert_eq!(found.id, doctor.id);
    let bytes =
        database.query("SELECT octet_length(name_el) FROM specialties WHERE slug = 'psychiatry'");
    assert_eq!(bytes.rows[0][0].as_integer(), Some("Ψυχιατρική".len() as i64));
}

fn money_and_ratings_are_exact(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let maria = Doctor::all().filter(Doctor::LAST_NAME.eq("Ιωάννου")).one(connection).unwrap();
    assert_eq!(maria.consultation_fee, Some("45.50".parse::<Decimal>().unwrap()));
    assert_eq!(maria.rating, "4.8".parse().unwrap());
    let best = Doctor::all()
        .filter(Doctor::RATING.ge("4.85".parse::<Decimal>().unwrap()))
        .count(connection)
        .unwrap();
    assert_eq!(best, 1);
}

fn the_history_goes_up_down_and_up_again_to_the_same_catalog(database: &Database, _: &Connection) {
    database.up_down_up(6);
}

fn the_database_is_what_the_declarations_say(database: &Database, _: &Connection) {
    database.holds_the_declarations();
}

#[test]
fn the_documents_are_true() {
    MEDIC.documents_are_true();
}

fn push_builds_the_same(database: &Database, _: &Connection) {
    database.is_what_push_builds();
}

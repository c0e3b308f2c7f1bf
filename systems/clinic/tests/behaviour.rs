//! What the clinic promises, each on a real database made by its own migrations.

use clinic::schema::{
    Allergy, Appointment, AppointmentStatus, AppointmentType, ChronicCondition, MedicalRecord,
    NewAppointment, NewMedicalRecord, NewPatient, NewProvider, NewSymptom, Patient, Prescription,
    Provider, Sex, Symptom, VitalSigns,
};
use clinic::{chart, seed};
use peristyle::{Connection, Date, Error as RowError, Table, Timestamp};
use systems_support::{Database, System, on_every_engine};

const CLINIC: System = System::at(env!("CARGO_MANIFEST_DIR"));

on_every_engine! { CLINIC on [sqlite, postgres]; {
    seeding_twice_changes_nothing,
    the_seed_is_the_same_every_time,
    the_seed_has_what_the_page_says,
    the_seed_keeps_what_somebody_has_changed,
    charts_nest_every_level,
    every_relation_is_walked_both_ways,
    deleting_a_patient_removes_everything_below_and_nothing_else,
    a_provider_with_patients_stays,
    one_record_and_one_set_of_vital_signs_for_an_appointment,
    an_address_has_one_provider,
    severity_is_between_one_and_ten,
    a_value_outside_of_its_enum_is_refused,
    new_rows_have_their_defaults,
    an_update_sets_updated_at,
    the_history_goes_up_down_and_up_again_to_the_same_catalog,
    the_database_is_what_the_declarations_say,
    push_builds_the_same,
}}

/// Every row of every table, as text.
fn everything(database: &Database) -> Vec<(&'static str, String)> {
    let tables = [
        "providers",
        "patients",
        "allergies",
        "chronic_conditions",
        "appointments",
        "medical_records",
        "symptoms",
        "prescriptions",
        "vital_signs",
    ];
    tables
        .map(|table| {
            let rows = database.query(&format!("SELECT * FROM {table} ORDER BY id")).rows;
            (table, rows.iter().map(|row| format!("{row:?}\n")).collect())
        })
        .to_vec()
}

fn seeding_twice_changes_nothing(database: &Database, connection: &Connection) {
    let first = seed::run(connection).unwrap();
    assert_eq!((first.providers, first.patients, first.appointments), (1, 5, 19));
    let rows = everything(database);
    assert_eq!(seed::run(connection).unwrap(), seed::Seeded::default());
    assert_eq!(everything(database), rows);
}

fn the_seed_is_the_same_every_time(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let rows = everything(database);
    Patient::delete_all().run(connection).unwrap();
    Provider::delete_all().run(connection).unwrap();
    seed::run(connection).unwrap();
    assert_eq!(everything(database), rows);
}

fn the_seed_has_what_the_page_says(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let patients = Patient::all().order(Patient::DATE_OF_BIRTH.asc()).all(connection).unwrap();
    assert_eq!(patients.len(), 5);
    for sex in [Sex::Male, Sex::Female, Sex::Other] {
        assert!(patients.iter().any(|patient| patient.sex == sex), "{sex:?}");
    }
    assert!(patients[4].date_of_birth.year() - patients[0].date_of_birth.year() > 60);
    assert!(patients.iter().any(|patient| patient.insurance_provider.is_none()));
    let charts = chart::load(connection, patients).unwrap();
    for chart in &charts {
        let name = &chart.patient.last_name;
        assert!((2..=3).contains(&chart.allergies.len()), "{name}");
        assert!((1..=2).contains(&chart.conditions.len()), "{name}");
        assert!((3..=5).contains(&chart.visits.len()), "{name}");
        for visit in &chart.visits {
            let completed = visit.appointment.status == AppointmentStatus::Completed;
            assert_eq!(visit.record.is_some(), completed, "{visit:?}");
            assert_eq!(visit.vital_signs.is_some(), completed, "{visit:?}");
        }
    }
    for status in [
        AppointmentStatus::Scheduled,
        AppointmentStatus::CheckedIn,
        AppointmentStatus::InProgress,
        AppointmentStatus::Completed,
        AppointmentStatus::Cancelled,
        AppointmentStatus::NoShow,
    ] {
        let standing = Appointment::all().filter(Appointment::STATUS.eq(status));
        assert!(standing.exists(connection).unwrap(), "{status:?}");
    }
}

fn the_seed_keeps_what_somebody_has_changed(_: &Database, connection: &Connection) {
    let own = Provider::insert(NewProvider::new(seed::PROVIDER_EMAIL, "hash", "Ada", "Own"));
    let own = own.one(connection).unwrap();
    let seeded = seed::run(connection).unwrap();
    assert_eq!((seeded.providers, seeded.patients), (0, 5));
    assert_eq!(Provider::get(own.id).one(connection).unwrap(), own);
    let patients = Patient::all().filter(Patient::PROVIDER_ID.eq(own.id));
    assert_eq!(patients.count(connection).unwrap(), 5);
    let patient = Patient::all().first(connection).unwrap().unwrap();
    Patient::update(patient.id).set(Patient::NOTES, "Moved house.").run(connection).unwrap();
    seed::run(connection).unwrap();
    let notes = Patient::get(patient.id).one(connection).unwrap().notes;
    assert_eq!(notes.as_deref(), Some("Moved house."));
}

/// Patient → appointments → record → symptoms, against each row's own foreign key.
fn charts_nest_every_level(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let patients = Patient::all().order(Patient::LAST_NAME.asc()).all(connection).unwrap();
    let charts = chart::load(connection, patients.clone()).unwrap();
    assert_eq!(
        charts.iter().map(|chart| &chart.patient).collect::<Vec<_>>(),
        patients.iter().collect::<Vec<_>>()
    );
    let mut found = [0; 7];
    for chart in &charts {
        found[0] += chart.allergies.len();
        found[1] += chart.conditions.len();
        found[2] += chart.visits.len();
        assert!(chart.allergies.iter().all(|allergy| allergy.patient_id == chart.patient.id));
        assert!(chart.conditions.iter().all(|condition| condition.patient_id == chart.patient.id));
        assert!(chart.visits.is_sorted_by(|a, b| {
            a.appointment.appointment_date > b.appointment.appointment_date
        }));
        for visit in &chart.visits {
            let appointment = &visit.appointment;
            assert_eq!(appointment.patient_id, chart.patient.id);
            if let Some(vital_signs) = &visit.vital_signs {
                assert_eq!(vital_signs.appointment_id, appointment.id);
                found[3] += 1;
            }
            if let Some(record) = &visit.record {
                let id = record.record.id;
                assert_eq!(record.record.appointment_id, appointment.id);
                assert!(record.symptoms.iter().all(|symptom| symptom.medical_record_id == id));
                assert!(record.prescriptions.iter().all(|p| p.medical_record_id == id));
                found[4] += 1;
                found[5] += record.symptoms.len();
                found[6] += record.prescriptions.len();
            }
        }
    }
    let count = |count: peristyle::Result<u64>| usize::try_from(count.unwrap()).unwrap();
    let there = [
        count(Allergy::all().count(connection)),
        count(ChronicCondition::all().count(connection)),
        count(Appointment::all().count(connection)),
        count(VitalSigns::all().count(connection)),
        count(MedicalRecord::all().count(connection)),
        count(Symptom::all().count(connection)),
        count(Prescription::all().count(connection)),
    ];
    assert_eq!(found, there, "each row is in one chart, once");
    let one = chart::open(connection, &patients[2].id).unwrap();
    assert_eq!(one, charts[2]);
    assert!(chart::load(connection, Vec::new()).unwrap().is_empty());
}

fn every_relation_is_walked_both_ways(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    macro_rules! both_ways {
        ($child:ident . $reference:ident -> $parent:ident by $key:ident) => {
            let parents = $parent::all().order($parent::ID.asc()).all(connection).unwrap();
            let children = $child::$reference.children_of(&parents).load(connection).unwrap();
            for (parent, children) in parents.iter().zip(children.iter()) {
                assert!(children.iter().all(|child| child.$key == parent.id));
            }
            let total = $child::all().count(connection).unwrap();
            assert!(total > 0);
            assert_eq!(children.rows().len() as u64, total);
            let back = $child::$reference.parents_of(children.rows()).load(connection).unwrap();
            for (child, parent) in children.rows().iter().zip(back.iter()) {
                assert_eq!(child.$key, parent.unwrap().id);
            }
        };
    }
    both_ways!(Patient.PROVIDER -> Provider by provider_id);
    both_ways!(Appointment.PROVIDER -> Provider by provider_id);
    both_ways!(Allergy.PATIENT -> Patient by patient_id);
    both_ways!(ChronicCondition.PATIENT -> Patient by patient_id);
    both_ways!(Appointment.PATIENT -> Patient by patient_id);
    both_ways!(MedicalRecord.APPOINTMENT -> Appointment by appointment_id);
    both_ways!(VitalSigns.APPOINTMENT -> Appointment by appointment_id);
    both_ways!(Symptom.MEDICAL_RECORD -> MedicalRecord by medical_record_id);
    both_ways!(Prescription.MEDICAL_RECORD -> MedicalRecord by medical_record_id);
}

fn deleting_a_patient_removes_everything_below_and_nothing_else(
    database: &Database,
    connection: &Connection,
) {
    seed::run(connection).unwrap();
    let patients = Patient::all().order(Patient::LAST_NAME.asc()).all(connection).unwrap();
    let charts = chart::load(connection, patients).unwrap();
    let (gone, rest) = charts.split_first().unwrap();
    assert!(gone.visits.iter().any(|visit| visit.record.is_some()));
    Patient::delete(gone.patient.id).run(connection).unwrap();
    let patients = Patient::all().order(Patient::LAST_NAME.asc()).all(connection).unwrap();
    assert_eq!(chart::load(connection, patients).unwrap(), rest);
    // Nothing is left over that no chart shows.
    for (table, column, parent) in [
        ("allergies", "patient_id", "patients"),
        ("chronic_conditions", "patient_id", "patients"),
        ("appointments", "patient_id", "patients"),
        ("medical_records", "appointment_id", "appointments"),
        ("vital_signs", "appointment_id", "appointments"),
        ("symptoms", "medical_record_id", "medical_records"),
        ("prescriptions", "medical_record_id", "medical_records"),
    ] {
        let orphans = database.query(&format!(
            "SELECT id FROM {table} WHERE {column} NOT IN (SELECT id FROM {parent})"
        ));
        assert!(orphans.rows.is_empty(), "{table}: {orphans:?}");
    }
    assert_eq!(Provider::all().count(connection).unwrap(), 1);
}

fn a_provider_with_patients_stays(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let provider = Provider::all().one(connection).unwrap();
    let error = Provider::delete(provider.id).run(connection).unwrap_err();
    assert!(matches!(error, RowError::ForeignKey { .. }), "{error:?}");
    Patient::delete_all().run(connection).unwrap();
    Provider::delete(provider.id).run(connection).unwrap();
    assert_eq!(Provider::all().count(connection).unwrap(), 0);
}

fn one_record_and_one_set_of_vital_signs_for_an_appointment(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let record = MedicalRecord::all().first(connection).unwrap().unwrap();
    let second = NewMedicalRecord::new(record.appointment_id, "again", "", "", "", "");
    let error = MedicalRecord::insert(second).one(connection).unwrap_err();
    let RowError::Unique { table, columns, .. } = &error else { panic!("{error:?}") };
    assert_eq!(
        (table.as_str(), columns.as_slice()),
        ("medical_records", &["appointment_id".to_owned()][..])
    );
    let measured = VitalSigns::all().first(connection).unwrap().unwrap();
    let second = clinic::schema::NewVitalSigns::new(measured.appointment_id);
    let error = VitalSigns::insert(second).one(connection).unwrap_err();
    assert!(matches!(error, RowError::Unique { .. }), "{error:?}");
}

fn an_address_has_one_provider(_: &Database, connection: &Connection) {
    let new = || NewProvider::new("ada@example.org", "hash", "Ada", "Lovelace");
    Provider::insert(new()).run(connection).unwrap();
    let error = Provider::insert(new()).run(connection).unwrap_err();
    assert!(
        matches!(&error, RowError::Unique { columns, .. } if columns == &["email"]),
        "{error:?}"
    );
}

fn severity_is_between_one_and_ten(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let record = MedicalRecord::all().first(connection).unwrap().unwrap().id;
    let before = Symptom::all().count(connection).unwrap();
    for severity in [0, 11, -1] {
        let new = NewSymptom { severity: Some(severity), ..NewSymptom::new(record, "Cough") };
        let error = Symptom::insert(new).one(connection).unwrap_err();
        assert!(matches!(error, RowError::Check { .. }), "{severity}: {error:?}");
    }
    for severity in [None, Some(1), Some(10)] {
        let new = NewSymptom { severity, ..NewSymptom::new(record, "Cough") };
        assert_eq!(Symptom::insert(new).one(connection).unwrap().severity, severity);
    }
    assert_eq!(Symptom::all().count(connection).unwrap(), before + 3);
}

fn a_value_outside_of_its_enum_is_refused(database: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    for (table, column) in [
        ("patients", "sex"),
        ("allergies", "severity"),
        ("appointments", "appointment_type"),
        ("appointments", "status"),
    ] {
        let error = database.execute(&format!("UPDATE {table} SET {column} = 'unheard_of'"));
        assert!(error.is_err(), "{table}.{column}");
    }
}

fn new_rows_have_their_defaults(_: &Database, connection: &Connection) {
    let provider = Provider::insert(NewProvider::new("a@example.org", "hash", "A", "B"));
    let provider = provider.one(connection).unwrap();
    assert_eq!(provider.id.key().get_version_num(), 4);
    let born = Date::constant(1990, 2, 3);
    let patient = Patient::insert(NewPatient::new(provider.id, "C", "D", born, Sex::Female));
    let patient = patient.one(connection).unwrap();
    assert_eq!(patient.date_of_birth, born);
    let at: Timestamp = "2030-05-06T07:08:09.123456Z".parse().unwrap();
    let kind = AppointmentType::Telehealth;
    let new = NewAppointment::new(patient.id, provider.id, at, kind);
    let appointment = Appointment::insert(new).one(connection).unwrap();
    assert_eq!(appointment.status, AppointmentStatus::Scheduled);
    assert_eq!((appointment.appointment_date, appointment.appointment_type), (at, kind));
    let record = NewMedicalRecord::new(appointment.id, "c", "s", "o", "a", "p");
    let record = MedicalRecord::insert(record).one(connection).unwrap();
    let symptom = Symptom::insert(NewSymptom::new(record.id, "Cough")).one(connection).unwrap();
    assert!(!symptom.ai_generated);
    let new = clinic::schema::NewPrescription::new(record.id, "m", "d", "f", "u");
    let prescription = Prescription::insert(new).one(connection).unwrap();
    assert_eq!((prescription.refills, prescription.ai_generated), (Some(0), false));
}

fn an_update_sets_updated_at(_: &Database, connection: &Connection) {
    seed::run(connection).unwrap();
    let patient = Patient::all().first(connection).unwrap().unwrap();
    let updated =
        Patient::update(patient.id).set(Patient::CITY, "Decatur").one(connection).unwrap();
    assert_ne!(updated.updated_at, patient.updated_at);
    assert_eq!(updated.created_at, patient.created_at);
}

fn the_history_goes_up_down_and_up_again_to_the_same_catalog(database: &Database, _: &Connection) {
    database.up_down_up(9);
}

fn the_database_is_what_the_declarations_say(database: &Database, _: &Connection) {
    database.holds_the_declarations();
}

#[test]
fn the_documents_are_true() {
    CLINIC.documents_are_true();
}

fn push_builds_the_same(database: &Database, _: &Connection) {
    database.is_what_push_builds();
}

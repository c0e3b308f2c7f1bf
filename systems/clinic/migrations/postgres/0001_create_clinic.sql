-- Migration: 0001_create_clinic
-- Purpose: patients, their appointments and records can be stored
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 17033a015b068e9970d7f06197f309a9
-- Catalog: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> a421ded3e41153addd99463f22a29a77
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 27 rows in 9 new tables
-- Hash: d0f60e80347f3e3457fa938602384180
-- peristyle:up

-- create enum allergy_severity
CREATE TYPE allergy_severity AS ENUM ('mild', 'moderate', 'severe', 'life_threatening');
COMMENT ON TYPE allergy_severity IS 'How much harm an allergen does.';

-- create enum appointment_status
CREATE TYPE appointment_status AS ENUM ('scheduled', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show');
COMMENT ON TYPE appointment_status IS 'Where an appointment stands.';

-- create enum appointment_type
CREATE TYPE appointment_type AS ENUM ('new_patient', 'follow_up', 'routine_checkup', 'sick_visit', 'telehealth');
COMMENT ON TYPE appointment_type IS 'Why somebody comes.';

-- create enum sex
CREATE TYPE sex AS ENUM ('male', 'female', 'other');
COMMENT ON TYPE sex IS 'A patient''s sex, as it is recorded.';

-- create table providers
CREATE TABLE providers (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    email text NOT NULL,
    password_hash text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    specialty text,
    license_number text,
    phone text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT providers_pkey PRIMARY KEY (id),
    CONSTRAINT providers_email_key UNIQUE (email)
);
COMMENT ON TABLE providers IS 'Somebody who treats patients and signs records.

A provider with patients or appointments cannot be deleted: records must keep their author.';
COMMENT ON COLUMN providers.email IS 'The name under which the provider signs in.';
COMMENT ON COLUMN providers.password_hash IS 'What the password hashes to; never the password.';
COMMENT ON COLUMN providers.license_number IS 'The number of the licence to practise, as the authority prints it.';

-- create table patients
CREATE TABLE patients (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    date_of_birth date NOT NULL,
    sex sex NOT NULL,
    phone text,
    email text,
    address text,
    city text,
    state text,
    zip_code text,
    emergency_contact_name text,
    emergency_contact_phone text,
    insurance_provider text,
    insurance_policy_number text,
    notes text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT patients_pkey PRIMARY KEY (id),
    CONSTRAINT patients_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE RESTRICT
);
CREATE INDEX patients_provider_id_idx ON patients (provider_id);
CREATE INDEX patients_phone_idx ON patients (phone);
CREATE INDEX patients_email_idx ON patients (email);
CREATE INDEX patients_last_name_first_name_idx ON patients (last_name, first_name);
COMMENT ON TABLE patients IS 'Somebody who is treated.

Deleting a patient deletes everything that was recorded about them, and nothing else.';
COMMENT ON COLUMN patients.provider_id IS 'The provider who is responsible for the patient.';

-- create table allergies
CREATE TABLE allergies (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL,
    allergen text NOT NULL,
    severity allergy_severity NOT NULL,
    reaction text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT allergies_pkey PRIMARY KEY (id),
    CONSTRAINT allergies_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE
);
CREATE INDEX allergies_patient_id_idx ON allergies (patient_id);
COMMENT ON TABLE allergies IS 'Something a patient must not be given.';
COMMENT ON COLUMN allergies.patient_id IS 'Whose allergy it is. Indexed, because it is read whenever the patient is opened.';
COMMENT ON COLUMN allergies.allergen IS 'What it is an allergy to: a substance, a food, an animal.';
COMMENT ON COLUMN allergies.reaction IS 'What happens.';

-- create table appointments
CREATE TABLE appointments (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    appointment_date timestamp with time zone NOT NULL,
    appointment_type appointment_type NOT NULL,
    status appointment_status NOT NULL DEFAULT 'scheduled'::appointment_status,
    reason text,
    notes text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT appointments_pkey PRIMARY KEY (id),
    CONSTRAINT appointments_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE,
    CONSTRAINT appointments_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE RESTRICT
);
CREATE INDEX appointments_patient_id_idx ON appointments (patient_id);
CREATE INDEX appointments_provider_id_idx ON appointments (provider_id);
CREATE INDEX appointments_appointment_date_idx ON appointments (appointment_date);
CREATE INDEX appointments_status_idx ON appointments (status);
COMMENT ON TABLE appointments IS 'A patient meets a provider.';
COMMENT ON COLUMN appointments.appointment_date IS 'When it begins.';
COMMENT ON COLUMN appointments.status IS 'Where the appointment stands; a new one is scheduled.';

-- create table chronic_conditions
CREATE TABLE chronic_conditions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL,
    condition text NOT NULL,
    diagnosed_date date,
    notes text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT chronic_conditions_pkey PRIMARY KEY (id),
    CONSTRAINT chronic_conditions_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE
);
CREATE INDEX chronic_conditions_patient_id_idx ON chronic_conditions (patient_id);
COMMENT ON TABLE chronic_conditions IS 'A condition that stays.';
COMMENT ON COLUMN chronic_conditions.patient_id IS 'Whose condition it is. Indexed, because it is read whenever the patient is opened.';

-- create table medical_records
CREATE TABLE medical_records (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    appointment_id uuid NOT NULL,
    chief_complaint text NOT NULL,
    subjective text NOT NULL,
    objective text NOT NULL,
    assessment text NOT NULL,
    plan text NOT NULL,
    ai_transcript text,
    ai_summary text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT medical_records_pkey PRIMARY KEY (id),
    CONSTRAINT medical_records_appointment_id_key UNIQUE (appointment_id),
    CONSTRAINT medical_records_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
COMMENT ON TABLE medical_records IS 'What was found and decided at an appointment, in SOAP form: subjective, objective, assessment, plan.';
COMMENT ON COLUMN medical_records.appointment_id IS 'The appointment that the record is of; it has one record at most.';
COMMENT ON COLUMN medical_records.chief_complaint IS 'Why the patient came, in a few words.';
COMMENT ON COLUMN medical_records.subjective IS 'What the patient tells.';
COMMENT ON COLUMN medical_records.objective IS 'What the provider sees and measures.';
COMMENT ON COLUMN medical_records.assessment IS 'What the provider thinks it is.';
COMMENT ON COLUMN medical_records.plan IS 'What is done about it.';
COMMENT ON COLUMN medical_records.ai_transcript IS 'What was said, as a machine wrote it down.';
COMMENT ON COLUMN medical_records.ai_summary IS 'A machine''s summary; nobody has signed it.';

-- create table prescriptions
CREATE TABLE prescriptions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    medical_record_id uuid NOT NULL,
    medication text NOT NULL,
    dosage text NOT NULL,
    frequency text NOT NULL,
    duration text NOT NULL,
    quantity text,
    refills integer DEFAULT 0,
    instructions text,
    ai_generated boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT prescriptions_pkey PRIMARY KEY (id),
    CONSTRAINT prescriptions_medical_record_id_fkey FOREIGN KEY (medical_record_id) REFERENCES medical_records (id) ON DELETE CASCADE
);
CREATE INDEX prescriptions_medical_record_id_idx ON prescriptions (medical_record_id);
COMMENT ON TABLE prescriptions IS 'A medication that the patient is to take.';
COMMENT ON COLUMN prescriptions.refills IS 'How often the pharmacy may fill it again.';
COMMENT ON COLUMN prescriptions.ai_generated IS 'Whether a machine proposed it.';

-- create table symptoms
CREATE TABLE symptoms (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    medical_record_id uuid NOT NULL,
    name text NOT NULL,
    severity integer,
    duration text,
    notes text,
    ai_generated boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT symptoms_pkey PRIMARY KEY (id),
    CONSTRAINT symptoms_medical_record_id_fkey FOREIGN KEY (medical_record_id) REFERENCES medical_records (id) ON DELETE CASCADE,
    CONSTRAINT symptoms_severity_check CHECK (severity BETWEEN 1 AND 10)
);
CREATE INDEX symptoms_medical_record_id_idx ON symptoms (medical_record_id);
COMMENT ON TABLE symptoms IS 'Something the patient complains of.';
COMMENT ON COLUMN symptoms.severity IS 'From 1 (hardly felt) to 10 (unbearable).';
COMMENT ON COLUMN symptoms.ai_generated IS 'Whether a machine proposed it.';

-- create table vital_signs
CREATE TABLE vital_signs (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    appointment_id uuid NOT NULL,
    blood_pressure_systolic integer,
    blood_pressure_diastolic integer,
    heart_rate integer,
    temperature numeric(4,1),
    respiratory_rate integer,
    oxygen_saturation integer,
    weight numeric(5,1),
    height numeric(5,1),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT vital_signs_pkey PRIMARY KEY (id),
    CONSTRAINT vital_signs_appointment_id_key UNIQUE (appointment_id),
    CONSTRAINT vital_signs_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
COMMENT ON TABLE vital_signs IS 'What was measured at an appointment.';
COMMENT ON COLUMN vital_signs.appointment_id IS 'The appointment at which it was measured; it is measured once.';
COMMENT ON COLUMN vital_signs.blood_pressure_systolic IS 'Millimetres of mercury.';
COMMENT ON COLUMN vital_signs.blood_pressure_diastolic IS 'Millimetres of mercury.';
COMMENT ON COLUMN vital_signs.heart_rate IS 'Beats a minute.';
COMMENT ON COLUMN vital_signs.temperature IS 'Degrees Celsius.';
COMMENT ON COLUMN vital_signs.respiratory_rate IS 'Breaths a minute.';
COMMENT ON COLUMN vital_signs.oxygen_saturation IS 'Percent.';
COMMENT ON COLUMN vital_signs.weight IS 'Kilograms.';
COMMENT ON COLUMN vital_signs.height IS 'Centimetres.';

-- peristyle:down

-- drop table vital_signs
-- vital_signs is dropped with all rows that came into it since
DROP TABLE vital_signs;

-- drop table symptoms
-- symptoms is dropped with all rows that came into it since
DROP TABLE symptoms;

-- drop table prescriptions
-- prescriptions is dropped with all rows that came into it since
DROP TABLE prescriptions;

-- drop table medical_records
-- medical_records is dropped with all rows that came into it since
DROP TABLE medical_records;

-- drop table chronic_conditions
-- chronic_conditions is dropped with all rows that came into it since
DROP TABLE chronic_conditions;

-- drop table appointments
-- appointments is dropped with all rows that came into it since
DROP TABLE appointments;

-- drop table allergies
-- allergies is dropped with all rows that came into it since
DROP TABLE allergies;

-- drop table patients
-- patients is dropped with all rows that came into it since
DROP TABLE patients;

-- drop table providers
-- providers is dropped with all rows that came into it since
DROP TABLE providers;

-- drop enum allergy_severity
DROP TYPE allergy_severity;

-- drop enum appointment_status
DROP TYPE appointment_status;

-- drop enum appointment_type
DROP TYPE appointment_type;

-- drop enum sex
DROP TYPE sex;

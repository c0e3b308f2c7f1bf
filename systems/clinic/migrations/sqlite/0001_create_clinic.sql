-- Migration: 0001_create_clinic
-- Purpose: patients, their appointments and records can be stored
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 7a55d3e5699691185f299bd84af77741
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 27 rows in 9 new tables
-- Hash: e835d1ed24fdfbf1dd4bad113a5f7aee
-- peristyle:up

-- create table providers
CREATE TABLE providers (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    specialty TEXT,
    license_number TEXT,
    phone TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
);
CREATE UNIQUE INDEX providers_email_key ON providers (email);

-- create table patients
CREATE TABLE patients (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider_id TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    date_of_birth DATE NOT NULL,
    sex TEXT NOT NULL CONSTRAINT sex_enum CHECK (sex IN ('male', 'female', 'other')),
    phone TEXT,
    email TEXT,
    address TEXT,
    city TEXT,
    state TEXT,
    zip_code TEXT,
    emergency_contact_name TEXT,
    emergency_contact_phone TEXT,
    insurance_provider TEXT,
    insurance_policy_number TEXT,
    notes TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE RESTRICT
);
CREATE INDEX patients_provider_id_idx ON patients (provider_id);
CREATE INDEX patients_phone_idx ON patients (phone);
CREATE INDEX patients_email_idx ON patients (email);
CREATE INDEX patients_last_name_first_name_idx ON patients (last_name, first_name);

-- create table allergies
CREATE TABLE allergies (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    patient_id TEXT NOT NULL,
    allergen TEXT NOT NULL,
    severity TEXT NOT NULL CONSTRAINT severity_enum CHECK (severity IN ('mild', 'moderate', 'severe', 'life_threatening')),
    reaction TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE
);
CREATE INDEX allergies_patient_id_idx ON allergies (patient_id);

-- create table appointments
CREATE TABLE appointments (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    patient_id TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    appointment_date TIMESTAMPTZ NOT NULL,
    appointment_type TEXT NOT NULL CONSTRAINT appointment_type_enum CHECK (appointment_type IN ('new_patient', 'follow_up', 'routine_checkup', 'sick_visit', 'telehealth')),
    status TEXT NOT NULL DEFAULT 'scheduled' CONSTRAINT status_enum CHECK (status IN ('scheduled', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show')),
    reason TEXT,
    notes TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE RESTRICT
);
CREATE INDEX appointments_patient_id_idx ON appointments (patient_id);
CREATE INDEX appointments_provider_id_idx ON appointments (provider_id);
CREATE INDEX appointments_appointment_date_idx ON appointments (appointment_date);
CREATE INDEX appointments_status_idx ON appointments (status);

-- create table chronic_conditions
CREATE TABLE chronic_conditions (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    patient_id TEXT NOT NULL,
    condition TEXT NOT NULL,
    diagnosed_date DATE,
    notes TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE
);
CREATE INDEX chronic_conditions_patient_id_idx ON chronic_conditions (patient_id);

-- create table medical_records
CREATE TABLE medical_records (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    appointment_id TEXT NOT NULL,
    chief_complaint TEXT NOT NULL,
    subjective TEXT NOT NULL,
    objective TEXT NOT NULL,
    assessment TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    ai_transcript TEXT,
    ai_summary TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX medical_records_appointment_id_key ON medical_records (appointment_id);

-- create table prescriptions
CREATE TABLE prescriptions (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    medical_record_id TEXT NOT NULL,
    medication TEXT NOT NULL,
    dosage TEXT NOT NULL,
    frequency TEXT NOT NULL,
    duration TEXT NOT NULL,
    quantity TEXT,
    refills INTEGER DEFAULT 0,
    instructions TEXT,
    ai_generated BOOLEAN NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (medical_record_id) REFERENCES medical_records (id) ON DELETE CASCADE
);
CREATE INDEX prescriptions_medical_record_id_idx ON prescriptions (medical_record_id);

-- create table symptoms
CREATE TABLE symptoms (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    medical_record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    severity INTEGER,
    duration TEXT,
    notes TEXT,
    ai_generated BOOLEAN NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (medical_record_id) REFERENCES medical_records (id) ON DELETE CASCADE,
    CHECK (severity BETWEEN 1 AND 10)
);
CREATE INDEX symptoms_medical_record_id_idx ON symptoms (medical_record_id);

-- create table vital_signs
CREATE TABLE vital_signs (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    appointment_id TEXT NOT NULL,
    blood_pressure_systolic INTEGER,
    blood_pressure_diastolic INTEGER,
    heart_rate INTEGER,
    temperature NUMERIC(4,1),
    respiratory_rate INTEGER,
    oxygen_saturation INTEGER,
    weight NUMERIC(5,1),
    height NUMERIC(5,1),
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX vital_signs_appointment_id_key ON vital_signs (appointment_id);

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

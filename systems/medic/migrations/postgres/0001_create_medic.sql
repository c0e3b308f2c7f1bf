-- Migration: 0001_create_medic
-- Purpose: doctors are found and booked
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 80f1661a34ae4fbbabf799930f8acb9c
-- Catalog: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 80f1661a34ae4fbbabf799930f8acb9c
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 18 rows in 6 new tables
-- Hash: a2cb80f539942dc34b9da6c1237b925f
-- peristyle:up

-- create enum user_role
CREATE TYPE user_role AS ENUM ('patient', 'doctor', 'admin');
COMMENT ON TYPE user_role IS 'What a user may do.';

-- create table specialties
CREATE TABLE specialties (
    id uuid NOT NULL,
    name_en text NOT NULL,
    name_el text NOT NULL,
    slug text NOT NULL,
    icon text,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    CONSTRAINT specialties_pkey PRIMARY KEY (id),
    CONSTRAINT specialties_slug_key UNIQUE (slug)
);
COMMENT ON TABLE specialties IS 'A field of medicine, named in English and in Greek.';
COMMENT ON COLUMN specialties.slug IS 'The word for addresses of pages, the same in both languages.';
COMMENT ON COLUMN specialties.icon IS 'The name of a picture.';

-- create table users
CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    hashed_password text NOT NULL,
    role user_role NOT NULL DEFAULT 'patient'::user_role,
    confirmed_at timestamp without time zone,
    totp_secret bytea,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX users_email_index ON users ((lower(email)));
COMMENT ON TABLE users IS 'Somebody who signs in: a patient, a doctor or an administrator.

An address belongs to one user, however its letters are written.';
COMMENT ON COLUMN users.email IS 'Where mail reaches the user, as they wrote it.';
COMMENT ON COLUMN users.hashed_password IS 'What the password hashes to; never the password.';
COMMENT ON COLUMN users.confirmed_at IS 'When the mail to the address was answered.';
COMMENT ON COLUMN users.totp_secret IS 'The shared secret of the second factor, as bytes; none where it is not set up.';

-- create table doctors
CREATE TABLE doctors (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    specialty_id uuid,
    first_name text NOT NULL,
    last_name text NOT NULL,
    bio text,
    bio_el text,
    profile_image_url text,
    location_lat double precision,
    location_lng double precision,
    address text,
    city text,
    rating numeric NOT NULL DEFAULT 0.0,
    review_count integer NOT NULL DEFAULT 0,
    consultation_fee numeric(10,2),
    cal_com_user_id integer,
    cal_com_event_type_id integer,
    cal_com_username text,
    next_available_slot timestamp without time zone,
    verified_at timestamp without time zone,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    CONSTRAINT doctors_pkey PRIMARY KEY (id),
    CONSTRAINT doctors_user_id_key UNIQUE (user_id),
    CONSTRAINT doctors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT doctors_specialty_id_fkey FOREIGN KEY (specialty_id) REFERENCES specialties (id) ON DELETE SET NULL
);
CREATE INDEX doctors_specialty_id_idx ON doctors (specialty_id);
CREATE INDEX doctors_city_idx ON doctors (city);
CREATE INDEX doctors_rating_idx ON doctors (rating);
CREATE INDEX doctors_next_available_slot_idx ON doctors (next_available_slot);
COMMENT ON TABLE doctors IS 'A doctor''s profile. A user has one at most.';
COMMENT ON COLUMN doctors.specialty_id IS 'The doctor''s field. A field that is given up leaves its doctors without one.';
COMMENT ON COLUMN doctors.bio_el IS 'The same in Greek.';
COMMENT ON COLUMN doctors.rating IS 'The mean of the reviews, from 0.0 (none yet) to 5.0.';
COMMENT ON COLUMN doctors.consultation_fee IS 'What a consultation costs, in euro.';
COMMENT ON COLUMN doctors.cal_com_user_id IS 'The doctor''s user at Cal.com, where bookings come from.';
COMMENT ON COLUMN doctors.next_available_slot IS 'The next free slot as Cal.com last told it.';
COMMENT ON COLUMN doctors.verified_at IS 'When an administrator checked the licence.';

-- create table patients
CREATE TABLE patients (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    date_of_birth date,
    phone text,
    emergency_contact text,
    profile_image_url text,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    CONSTRAINT patients_pkey PRIMARY KEY (id),
    CONSTRAINT patients_user_id_key UNIQUE (user_id),
    CONSTRAINT patients_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
COMMENT ON TABLE patients IS 'A patient''s profile. A user has one at most.';

-- create table appointments
CREATE TABLE appointments (
    id uuid NOT NULL,
    patient_id uuid,
    doctor_id uuid NOT NULL,
    scheduled_at timestamp without time zone NOT NULL,
    duration_minutes integer NOT NULL DEFAULT 30,
    status text NOT NULL DEFAULT 'pending'::text,
    cal_com_booking_id integer,
    cal_com_uid text,
    meeting_url text,
    appointment_type text NOT NULL DEFAULT 'in_person'::text,
    notes text,
    cancellation_reason text,
    cancelled_at timestamp without time zone,
    inserted_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    CONSTRAINT appointments_pkey PRIMARY KEY (id),
    CONSTRAINT appointments_cal_com_uid_key UNIQUE (cal_com_uid),
    CONSTRAINT appointments_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE SET NULL,
    CONSTRAINT appointments_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES doctors (id) ON DELETE RESTRICT
);
CREATE INDEX appointments_patient_id_idx ON appointments (patient_id);
CREATE INDEX appointments_doctor_id_idx ON appointments (doctor_id);
CREATE INDEX appointments_scheduled_at_idx ON appointments (scheduled_at);
CREATE INDEX appointments_status_idx ON appointments (status);
COMMENT ON TABLE appointments IS 'A patient meets a doctor; booked here or at Cal.com.';
COMMENT ON COLUMN appointments.patient_id IS 'Who comes. A patient who is deleted leaves the doctor''s calendar as it was.';
COMMENT ON COLUMN appointments.doctor_id IS 'Whom they see. The original said `on delete set null` of this column, which must have a value: deleting a doctor failed
whenever there was an appointment. It says now what it did: a doctor with appointments stays.';
COMMENT ON COLUMN appointments.cal_com_uid IS 'Cal.com''s name for the booking; the same booking may be told any number of times.';

-- create table users_tokens
CREATE TABLE users_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token bytea NOT NULL,
    context text NOT NULL,
    sent_to text,
    inserted_at timestamp without time zone NOT NULL,
    CONSTRAINT users_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT users_tokens_context_token_key UNIQUE (context, token),
    CONSTRAINT users_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX users_tokens_user_id_idx ON users_tokens (user_id);
COMMENT ON TABLE users_tokens IS 'A token that was given to a user: a session, a link in a mail. Only its hash is kept where it leaves the house.';
COMMENT ON COLUMN users_tokens.token IS 'The token or its hash: bytes, compared exactly.';
COMMENT ON COLUMN users_tokens.context IS 'What the token is good for: `session`, `confirm`, `reset_password`, `change:<address>`.';
COMMENT ON COLUMN users_tokens.sent_to IS 'The address that it was sent to.';

-- peristyle:down

-- drop table users_tokens
-- users_tokens is dropped with all rows that came into it since
DROP TABLE users_tokens;

-- drop table appointments
-- appointments is dropped with all rows that came into it since
DROP TABLE appointments;

-- drop table patients
-- patients is dropped with all rows that came into it since
DROP TABLE patients;

-- drop table doctors
-- doctors is dropped with all rows that came into it since
DROP TABLE doctors;

-- drop table users
-- users is dropped with all rows that came into it since
DROP TABLE users;

-- drop table specialties
-- specialties is dropped with all rows that came into it since
DROP TABLE specialties;

-- drop enum user_role
DROP TYPE user_role;

-- The database as the tool before Peristyle (Ecto) left it: its tables, and its own history.
CREATE TYPE user_role AS ENUM ('patient', 'doctor', 'admin');

CREATE TABLE schema_migrations (
    version bigint NOT NULL PRIMARY KEY,
    inserted_at timestamp(0) without time zone
);

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    hashed_password text NOT NULL,
    role user_role NOT NULL DEFAULT 'patient',
    confirmed_at timestamp,
    totp_secret bytea,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX users_email_index ON users (lower(email));

CREATE TABLE users_tokens (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    token bytea NOT NULL,
    context text NOT NULL,
    sent_to text,
    inserted_at timestamp NOT NULL,
    UNIQUE (context, token)
);
CREATE INDEX users_tokens_user_id_idx ON users_tokens (user_id);

CREATE TABLE specialties (
    id uuid PRIMARY KEY,
    name_en text NOT NULL,
    name_el text NOT NULL,
    slug text NOT NULL UNIQUE,
    icon text,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

CREATE TABLE doctors (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    specialty_id uuid REFERENCES specialties ON DELETE SET NULL,
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
    consultation_fee numeric(10, 2),
    cal_com_user_id integer,
    cal_com_event_type_id integer,
    cal_com_username text,
    next_available_slot timestamp,
    verified_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE INDEX doctors_specialty_id_idx ON doctors (specialty_id);
CREATE INDEX doctors_city_idx ON doctors (city);
CREATE INDEX doctors_rating_idx ON doctors (rating);
CREATE INDEX doctors_next_available_slot_idx ON doctors (next_available_slot);

CREATE TABLE patients (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    date_of_birth date,
    phone text,
    emergency_contact text,
    profile_image_url text,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

CREATE TABLE appointments (
    id uuid PRIMARY KEY,
    patient_id uuid REFERENCES patients ON DELETE SET NULL,
    -- It cannot be: a column that must have a value is to lose it.
    doctor_id uuid NOT NULL REFERENCES doctors ON DELETE SET NULL,
    scheduled_at timestamp NOT NULL,
    duration_minutes integer NOT NULL DEFAULT 30,
    status text NOT NULL DEFAULT 'pending',
    cal_com_booking_id integer,
    cal_com_uid text UNIQUE,
    meeting_url text,
    appointment_type text NOT NULL DEFAULT 'in_person',
    notes text,
    cancellation_reason text,
    cancelled_at timestamp,
    inserted_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE INDEX appointments_patient_id_idx ON appointments (patient_id);
CREATE INDEX appointments_doctor_id_idx ON appointments (doctor_id);
CREATE INDEX appointments_scheduled_at_idx ON appointments (scheduled_at);
CREATE INDEX appointments_status_idx ON appointments (status);

INSERT INTO schema_migrations (version, inserted_at) VALUES
    (20240105120000, '2024-01-05 12:01:00'),
    (20240219081500, '2024-02-19 08:16:10'),
    (20240611174500, '2024-06-11 17:46:30');

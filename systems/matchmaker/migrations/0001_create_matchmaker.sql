-- Migration: 0001_create_matchmaker
-- Purpose: practitioners, slots and bookings can be stored
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 7daf2cc562e5a5f6f71fce187a965c9f
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 15 rows in 5 new tables
-- Hash: 7b70db0bc0bad3dfc5e61ed59b578387
-- peristyle:up

-- create table practitioners
CREATE TABLE practitioners (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    credentials TEXT NOT NULL,
    specialties TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(specialties)),
    modalities TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(modalities)),
    location TEXT NOT NULL,
    fee NUMERIC(10,2) NOT NULL,
    fee_currency TEXT NOT NULL DEFAULT 'EUR',
    telehealth BOOLEAN NOT NULL DEFAULT 0,
    is_active BOOLEAN NOT NULL DEFAULT 0,
    verified_at TIMESTAMPTZ,
    bio TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    CHECK (fee >= 0),
    CHECK (length(fee_currency) = 3)
);
CREATE INDEX practitioners_location_is_active_idx ON practitioners (location, is_active);
CREATE UNIQUE INDEX practitioners_registration_number_key ON practitioners (registration_number);

-- create table availability_slots
CREATE TABLE availability_slots (
    id TEXT NOT NULL PRIMARY KEY,
    practitioner_id TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    is_booked BOOLEAN NOT NULL DEFAULT 0,
    FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE CASCADE,
    CHECK (ends_at > starts_at)
);
CREATE UNIQUE INDEX availability_slots_practitioner_id_starts_at_key ON availability_slots (practitioner_id, starts_at);

-- create table users
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL COLLATE NOCASE,
    name TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    CHECK (length(email) BETWEEN 3 AND 254)
);
CREATE UNIQUE INDEX users_email_key ON users (email);

-- create table sessions
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT,
    chat_history TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(chat_history)),
    needs_profile TEXT CHECK (json_valid(needs_profile)),
    matches TEXT CHECK (json_valid(matches)),
    expires_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at) WHERE expires_at IS NOT NULL;

-- create table bookings
CREATE TABLE bookings (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    user_id TEXT,
    practitioner_id TEXT NOT NULL,
    slot_id TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'requested' CONSTRAINT status_enum CHECK (status IN ('requested', 'confirmed', 'declined', 'cancelled')),
    note TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE RESTRICT,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    FOREIGN KEY (practitioner_id) REFERENCES practitioners (id) ON DELETE RESTRICT,
    FOREIGN KEY (slot_id) REFERENCES availability_slots (id) ON DELETE RESTRICT
);
CREATE INDEX bookings_session_id_idx ON bookings (session_id);
CREATE INDEX bookings_user_id_idx ON bookings (user_id);
CREATE INDEX bookings_practitioner_id_idx ON bookings (practitioner_id);
CREATE UNIQUE INDEX bookings_live_slot_key ON bookings (slot_id) WHERE status <> 'cancelled';

-- create view visible_practitioners
CREATE VIEW visible_practitioners AS select id, name, credentials, specialties, modalities, location, fee, fee_currency, telehealth, bio from practitioners where is_active and verified_at is not null;

-- peristyle:down

-- drop view visible_practitioners
DROP VIEW visible_practitioners;

-- drop table bookings
-- bookings: bookings is dropped with all rows that came into it since
DROP TABLE bookings;

-- drop table sessions
-- sessions: sessions is dropped with all rows that came into it since
DROP TABLE sessions;

-- drop table users
-- users: users is dropped with all rows that came into it since
DROP TABLE users;

-- drop table availability_slots
-- availability_slots: availability_slots is dropped with all rows that came into it since
DROP TABLE availability_slots;

-- drop table practitioners
-- practitioners: practitioners is dropped with all rows that came into it since
DROP TABLE practitioners;

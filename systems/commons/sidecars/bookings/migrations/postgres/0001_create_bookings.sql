-- Migration: 0001_create_bookings
-- Purpose: members of commons who travel can find and book other members as pet sitters
-- Ticket: N/A
-- Application: bookings
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 9424169459e28e7c4acb63127e5cd35d
-- Catalog: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 63e715e36d55f6d320946c22df35d695
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 6 rows in 2 new tables
-- Hash: 652b2edcc77501f570ac12aefb34aaf0
-- peristyle:up

-- create schema bookings
CREATE SCHEMA bookings;

-- create table bookings.listings
CREATE TABLE bookings.listings (
    id text NOT NULL,
    sitter_id text NOT NULL,
    title text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT listings_pkey PRIMARY KEY (id)
);
CREATE INDEX listings_sitter_id_idx ON bookings.listings (sitter_id);
COMMENT ON TABLE bookings.listings IS 'What a sitter offers.';
COMMENT ON COLUMN bookings.listings.sitter_id IS 'Who sits. Their listings go with their account.';

-- create table bookings.bookings
CREATE TABLE bookings.bookings (
    id text NOT NULL,
    listing_id text NOT NULL,
    owner_id text NOT NULL,
    sitter_id text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    status text NOT NULL DEFAULT 'requested'::text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT bookings_pkey PRIMARY KEY (id),
    CONSTRAINT bookings_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES bookings.listings (id) ON DELETE RESTRICT,
    CONSTRAINT bookings_status_check CHECK (status IN ('requested', 'confirmed', 'declined', 'cancelled')),
    CONSTRAINT bookings_check CHECK (ends_at > starts_at)
);
CREATE INDEX bookings_listing_id_idx ON bookings.bookings (listing_id);
CREATE INDEX bookings_owner_id_idx ON bookings.bookings (owner_id);
CREATE INDEX bookings_sitter_id_idx ON bookings.bookings (sitter_id);
COMMENT ON TABLE bookings.bookings IS 'An owner leaves their animal with a sitter.';
COMMENT ON COLUMN bookings.bookings.status IS 'Where it stands.';

-- bookings.listings: foreign key (sitter_id) to users ON DELETE CASCADE
ALTER TABLE bookings.listings ADD CONSTRAINT listings_sitter_id_fkey FOREIGN KEY (sitter_id) REFERENCES users (id) ON DELETE CASCADE;

-- bookings.bookings: foreign key (owner_id) to users ON DELETE CASCADE
ALTER TABLE bookings.bookings ADD CONSTRAINT bookings_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE;

-- bookings.bookings: foreign key (sitter_id) to users ON DELETE CASCADE
ALTER TABLE bookings.bookings ADD CONSTRAINT bookings_sitter_id_fkey FOREIGN KEY (sitter_id) REFERENCES users (id) ON DELETE CASCADE;

-- peristyle:down

-- drop table bookings.bookings
-- bookings.bookings is dropped with all rows that came into it since
DROP TABLE bookings.bookings;

-- drop table bookings.listings
-- bookings.listings is dropped with all rows that came into it since
DROP TABLE bookings.listings;

-- drop schema bookings
DROP SCHEMA bookings;

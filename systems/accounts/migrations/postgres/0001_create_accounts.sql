-- Migration: 0001_create_accounts
-- Purpose: people can have accounts and sign in
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 50f5bb186c2315c32c88ce6b615739d5
-- Catalog: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 50f5bb186c2315c32c88ce6b615739d5
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 6 rows in 2 new tables
-- Hash: a96ad3318a4f8ccf2d95687ecad03ca0
-- peristyle:up

-- create table users
CREATE TABLE users (
    id text NOT NULL DEFAULT gen_random_uuid()::text,
    email text NOT NULL,
    email_verified boolean NOT NULL DEFAULT false,
    name text,
    image text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email)
);
COMMENT ON TABLE users IS 'Somebody with an account.';
COMMENT ON COLUMN users.id IS 'A UUID, kept as text, because authentication libraries bind their identifiers as strings.';
COMMENT ON COLUMN users.email IS 'Where mail reaches the user; the name under which they sign in.';
COMMENT ON COLUMN users.email_verified IS 'Whether somebody has answered the mail that was sent there.';
COMMENT ON COLUMN users.name IS 'What the user is called.';
COMMENT ON COLUMN users.image IS 'The address of a picture.';

-- create table sessions
CREATE TABLE sessions (
    id text NOT NULL DEFAULT gen_random_uuid()::text,
    user_id text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
COMMENT ON TABLE sessions IS 'A user who is signed in somewhere. Deleting the user ends all of their sessions.';
COMMENT ON COLUMN sessions.id IS 'A UUID, kept as text, as the user''s.';
COMMENT ON COLUMN sessions.user_id IS 'Whose session it is. Indexed, because all sessions of a user are ended at once, and deleting a user looks for them.';
COMMENT ON COLUMN sessions.expires_at IS 'When the session ends by itself. Indexed, because those that have ended are purged by it.';

-- peristyle:down

-- drop table sessions
-- sessions is dropped with all rows that came into it since
DROP TABLE sessions;

-- drop table users
-- users is dropped with all rows that came into it since
DROP TABLE users;

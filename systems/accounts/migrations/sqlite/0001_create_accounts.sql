-- Migration: 0001_create_accounts
-- Purpose: people can have accounts and sign in
-- Ticket: N/A
-- Reversible: Yes
-- Parent: none
-- Schema: d4fdaf3ef6e7b78dc1a224d36c8f3530 -> 17b19ec795236be6ef409a96024410f4
-- Rollback: the down part of this file; catalog and rows come back
-- Proven: up, down and up again; with 6 rows in 2 new tables
-- Hash: 2376abf184fc11944a8cdaf6e7c00c7f
-- peristyle:up

-- create table users
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    email TEXT NOT NULL,
    email_verified BOOLEAN NOT NULL DEFAULT 0,
    name TEXT,
    image TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
);
CREATE UNIQUE INDEX users_email_key ON users (email);

-- create table sessions
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);

-- peristyle:down

-- drop table sessions
-- sessions is dropped with all rows that came into it since
DROP TABLE sessions;

-- drop table users
-- users is dropped with all rows that came into it since
DROP TABLE users;

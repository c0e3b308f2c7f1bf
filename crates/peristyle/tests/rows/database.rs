//! The library as SQLite holds it.

use peristyle::Connection;

use crate::record;

/// An empty library of one's own.
pub type Library = Connection;

pub const SQL: &str = r#"
CREATE TABLE authors (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT,
    karma INTEGER NOT NULL DEFAULT 0 CHECK (karma >= -100),
    born DATE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
);
CREATE UNIQUE INDEX authors_email_key ON authors (email);
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    author_id TEXT NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    editor_id TEXT REFERENCES authors (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    genre TEXT NOT NULL DEFAULT 'novel' CONSTRAINT genre_enum CHECK (genre IN ('novel', 'essay', 'sci-fi')),
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    details TEXT CHECK (json_valid(details)),
    isbn TEXT,
    published TIMESTAMP,
    cover BLOB,
    rating REAL NOT NULL DEFAULT 0.0,
    in_print BOOLEAN NOT NULL DEFAULT 1,
    title_length INTEGER NOT NULL GENERATED ALWAYS AS (length(title)) STORED,
    CONSTRAINT price_is_not_negative CHECK (price >= 0)
);
CREATE UNIQUE INDEX books_author_id_title_key ON books (author_id, title);
CREATE UNIQUE INDEX books_isbn_in_print ON books (isbn) WHERE in_print;
CREATE TABLE memberships (
    author_id TEXT NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    club TEXT NOT NULL,
    since DATE NOT NULL,
    PRIMARY KEY (author_id, club)
);
CREATE TABLE fees (
    id INTEGER PRIMARY KEY,
    author_id TEXT NOT NULL,
    club TEXT NOT NULL,
    amount NUMERIC NOT NULL,
    FOREIGN KEY (author_id, club) REFERENCES memberships (author_id, club) ON DELETE CASCADE
);
CREATE TABLE log_lines (message TEXT NOT NULL, at TIMESTAMPTZ NOT NULL);
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    opens TIME NOT NULL,
    level INTEGER NOT NULL,
    weight REAL NOT NULL
);
CREATE TABLE employees (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    boss_id INTEGER REFERENCES employees (id)
);
CREATE TABLE "order" (
    "key" TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    "group" TEXT,
    "select" TEXT DEFAULT 'none'
);
CREATE VIEW expensive_books AS select id, title, price from books where price > 20;
"#;

/// A database in memory with every table, empty.
#[track_caller]
pub fn library() -> Library {
    record::listen("sqlite");
    let connection = Connection::open("sqlite::memory:").expect("a database in memory");
    create(&connection);
    connection
}

/// Makes every table.
pub fn create(connection: &Connection) {
    connection.execute_script(SQL).expect("the tables are made");
}

//! Renames.

use super::support::Case;

#[test]
fn tables_and_columns_with_everything_that_stands_on_them() {
    Case::new(
        "CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL UNIQUE, age integer CHECK (age > 0));
         CREATE INDEX people_age_idx ON people (age);
         CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES people);
         CREATE VIEW grown AS SELECT id, name FROM people WHERE age > 17;
         CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER noting BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION noted();
         GRANT SELECT ON people TO pg_monitor;
         INSERT INTO people (name, age) VALUES ('a', 3), ('b', 40); INSERT INTO pets VALUES (1, 1), (2, 2);",
        "CREATE TABLE users (id integer PRIMARY KEY, full_name text NOT NULL UNIQUE, age integer CHECK (age > 0));
         CREATE SEQUENCE people_id_seq AS integer OWNED BY users.id;
         ALTER TABLE users ALTER id SET DEFAULT nextval('people_id_seq');
         CREATE INDEX users_age_idx ON users (age);
         CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES users);
         CREATE VIEW grown AS SELECT id, full_name FROM users WHERE age > 17;
         CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER noting BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION noted();
         GRANT SELECT ON users TO pg_monitor;",
    )
    .was("users", "people")
    .was("users.full_name", "name")
    .travels()
    .shows("SELECT * FROM grown", &[r#"{"id": 2, "full_name": "b"}"#]);
}

#[test]
fn a_name_is_taken_by_something_else() {
    Case::new(
        "CREATE TABLE a (id integer PRIMARY KEY, x text, y integer); INSERT INTO a VALUES (1, 'x', 2);",
        "CREATE TABLE b (id integer PRIMARY KEY, z text, y integer, x date); CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b);",
    )
    .was("b", "a")
    .was("b.z", "x")
    .travels()
    .then("INSERT INTO a VALUES (7, 1)")
    .home_shows("SELECT * FROM a", &[r#"{"x": "x", "y": 2, "id": 1}"#]);
}

#[test]
fn into_another_namespace_and_types_too() {
    Case::new(
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'ok');
         INSERT INTO t VALUES (1, 'sad');",
        "CREATE SCHEMA app; CREATE TYPE feeling AS ENUM ('sad', 'fine');
         CREATE TABLE t (id integer PRIMARY KEY, m feeling DEFAULT 'fine');",
    )
    .was("feeling", "mood")
    .value_was("feeling", "fine", "ok")
    .travels();
}

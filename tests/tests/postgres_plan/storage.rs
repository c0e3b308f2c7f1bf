//! How tables are stored: parameters, partitions, inheritance, row security.

use super::support::Case;

#[test]
fn parameters_and_logging() {
    Case::new(
        "CREATE TABLE t (id integer) WITH (autovacuum_enabled = false, fillfactor = 70); INSERT INTO t VALUES (1);",
        "CREATE UNLOGGED TABLE t (id integer) WITH (fillfactor = 80);",
    )
    .travels();
}

#[test]
fn partitions_come_go_are_attached_and_detached() {
    let events = "CREATE TABLE events (id integer, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);";
    Case::new(
        &format!("{events} CREATE TABLE e2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            INSERT INTO events VALUES (1, '2025-05-05');"),
        "CREATE TABLE events (id integer, at date NOT NULL, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE e2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE rest PARTITION OF events DEFAULT;",
    )
    .travels();
    Case::new(
        &format!("{events} CREATE TABLE e2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE other (id integer); INSERT INTO events VALUES (1, '2025-05-05');"),
        "CREATE TABLE other (id integer);",
    )
    .keep()
    .travels();
}

#[test]
fn inheritance_comes_and_goes() {
    Case::new(
        "CREATE TABLE cities (name text NOT NULL); CREATE TABLE capitals (state text) INHERITS (cities);
         INSERT INTO capitals VALUES ('a', 'b'); INSERT INTO cities VALUES ('c');",
        "CREATE TABLE cities (name text NOT NULL, people integer); CREATE TABLE capitals (state text) INHERITS (cities);",
    )
    .travels();
}

#[test]
fn row_security_is_switched() {
    for (old, new) in [("ENABLE", "FORCE"), ("FORCE", "DISABLE"), ("DISABLE", "ENABLE")] {
        let with = |word: &str| {
            let both =
                if word == "FORCE" { "ALTER TABLE t ENABLE ROW LEVEL SECURITY; " } else { "" };
            format!("CREATE TABLE t (id integer); {both}ALTER TABLE t {word} ROW LEVEL SECURITY;")
        };
        Case::new(&with(old), &with(new)).travels();
    }
}

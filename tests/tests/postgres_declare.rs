//! Declarations on a live PostgreSQL: what is declared is made, read back and found equal; what is read back is printed as Rust
//! that declares the same.

use peristyle_schema::{Pair, Schema, diff};
use peristyle_sql::{DialectName, lift};
use peristyle_tests::declarations::{print, read};
use peristyle_tests::engine::{Engine, fresh, postgres};
use peristyle_tests::postgres::Server;

fn declared(text: &str) -> Schema {
    let schema = read("declared", text).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
    postgres().normalize(schema).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"))
}

/// A database that holds what is declared.
fn made(schema: &Schema) -> Box<dyn Engine> {
    let engine = fresh(DialectName::Postgres);
    let statements = postgres().create(schema).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
    let script = statements.iter().map(|s| format!("{};\n", s.sql)).collect::<String>();
    engine.migrate(&statements).unwrap_or_else(|stopped| panic!("{stopped}\n{script}"));
    engine
}

fn assert_same(engine: &dyn Engine, declared: Schema, text: &str) {
    let live = engine.schema().expect("the catalog can be read");
    let in_its_words = engine.in_its_words(declared, &live);
    let changes = diff(Pair::new(&live, &in_its_words));
    assert_eq!(changes, [], "\n{text}");
}

/// Made, read back, printed, read again: the same each time.
fn goes_around(text: &str) -> String {
    let schema = declared(text);
    let engine = made(&schema);
    assert_same(&*engine, schema, text);
    let live = engine.schema().expect("the catalog can be read");
    let printed = print(&lift(postgres(), &live));
    let again = declared(&printed);
    assert_same(&*engine, again, &printed);
    printed
}

#[test]
fn every_attribute_goes_around() {
    if Server::shared().is_too_old_for("NULLS NOT DISTINCT") {
        return;
    }
    let text = include_str!("../../crates/peristyle-declare/tests/fixtures/postgres.rs");
    goes_around(text);
}

/// What is simple is declared exactly as the server prints it, so that nothing need be asked.
#[test]
fn simple_texts_are_the_server_s_own() {
    let text = r#"
use peristyle::{Bytes, Date, DateTime, Decimal, Enum, Id, Json, Table, Time, Timestamp, Uuid};

#[derive(Enum)]
#[enum_type(name = "mood")]
pub enum Mood {
    Glad,
    #[value(name = "it's")]
    Odd,
}

#[derive(Table)]
pub struct Sample {
    #[key(auto)]
    pub id: Id<Sample>,
    #[column(default = true)]
    pub truth: bool,
    #[column(default = 5, check = "small > 0")]
    pub small: i16,
    #[column(default = -5)]
    pub medium: i32,
    #[column(default = 3000000000)]
    pub large: i64,
    #[column(default = -1.5)]
    pub double: f64,
    #[column(default = 0.0)]
    pub exact: Decimal,
    #[column(default = 1, precision = 10, scale = 2)]
    pub money: Decimal,
    #[column(default = "it's \\ back")]
    pub text: String,
    #[column(default = "x", type = "varchar(20)")]
    pub short: String,
    #[column(default = "x", type = "char(3)")]
    pub code: String,
    #[column(default = Mood::Odd)]
    pub mood: Mood,
    #[column(default = sql("'{\"b\":1,\"a\":[]}'"))]
    pub json: Json<serde_json::Value>,
    #[column(default = sql("'{}'"))]
    pub list: Vec<String>,
    #[column(default = sql("'{}'"))]
    pub moods: Vec<Mood>,
    #[column(default = sql("'2020-01-01'"))]
    pub day: Date,
    #[column(default = now)]
    pub today: Date,
    #[column(default = now)]
    pub instant: Timestamp,
    #[column(default = now)]
    pub local: DateTime,
    #[column(default = now)]
    pub time: Time,
    #[column(default = uuid4)]
    pub token: Uuid,
    #[column(default = sql("'A0EEBC999C0B4EF8BB6D6BB9BD380A11'"))]
    pub uuid: Uuid,
    #[column(default = b"\x00\xff")]
    pub bytes: Bytes,
    #[column(type = "inet", default = sql("'127.0.0.1'"))]
    pub host: String,
    #[column(type = "bit(3)", default = sql("'101'"))]
    pub bits: String,
}
"#;
    let schema = declared(text);
    let engine = made(&schema);
    let live = engine.schema().expect("the catalog can be read");
    assert_eq!(diff(Pair::new(&live, &schema)), [], "nothing has to be asked");
    let printed = print(&lift(postgres(), &live));
    for line in [
        "    #[column(default = true)]",
        "    #[column(default = -5)]",
        "    #[column(default = 3000000000)]",
        "    #[column(default = Mood::ItS)]",
        "    #[column(default = uuid4)]",
        "    pub moods: Vec<Mood>,",
        "    #[column(default = 5, check = \"small > 0\")]",
    ] {
        assert!(printed.lines().any(|l| l == line), "no {line:?} in\n{printed}");
    }
    for name in ["_pkey", "_check", "_key", "_fkey"] {
        assert!(!printed.contains(name), "{name} goes without saying:\n{printed}");
    }
}

#[test]
fn names_that_rust_cannot_hold_go_around() {
    goes_around(
        r#"
use peristyle::{Id, Table};

/// What is "odd", it's said.
#[derive(Table)]
#[table(name = "\"Odd.Place\".\"select\"")]
#[index(two, name = "Mixed Case")]
#[unique(one, two, name = "it's \"unique\"")]
#[check("\"type\" <> 'a;b' AND \"größe\" > 0", name = "Check")]
pub struct Odd {
    #[key(name = "Key")]
    #[column(name = "Id")]
    pub id: i64,
    /// A column.
    #[column(name = "type", default = "x")]
    pub kind: String,
    #[column(name = "größe")]
    pub size: i32,
    pub one: i32,
    #[column(name = "two words")]
    pub two: Option<i32>,
}

#[derive(Table)]
pub struct Child {
    #[key(auto)]
    pub id: Id<Child>,
    #[references(Odd, on_delete = cascade, deferrable = deferred, name = "to the odd")]
    pub odd: i64,
    #[references(on_delete = set_null)]
    pub child_id: Option<Id<Child>>,
}
"#,
    );
}

/// What somebody else made is printed as Rust that declares the same.
fn pulled(sql: &str) -> String {
    let engine = fresh(DialectName::Postgres);
    engine.script(sql).unwrap_or_else(|stopped| panic!("{stopped}"));
    let live = engine.schema().expect("the catalog can be read");
    let printed = print(&lift(postgres(), &live));
    let again = declared(&printed);
    assert_same(&*engine, again.clone(), &printed);
    // And a database made of it is the same again.
    let copy = made(&again);
    assert_same(&*copy, again, &printed);
    printed
}

#[test]
fn a_database_of_every_type_is_pulled() {
    if Server::shared().is_too_old_for("numeric(5,-2)") {
        return;
    }
    pulled(
        r#"CREATE EXTENSION citext;
        CREATE TYPE mood AS ENUM ('glad', 'so so', '');
        CREATE TYPE address AS (street text, zip character varying(5));
        CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
        CREATE TABLE all_types (
            id serial PRIMARY KEY, big bigserial, small smallserial, always bigint GENERATED ALWAYS AS IDENTITY,
            a boolean NOT NULL DEFAULT false, b smallint, c integer DEFAULT 1 + 1, d bigint, e real DEFAULT 1.5,
            f double precision DEFAULT 'infinity', g numeric DEFAULT 1e10, h numeric(10,2) DEFAULT -1.50, i numeric(5,-2),
            j text DEFAULT 'x' || 'y', k varchar, l varchar(20) DEFAULT 'it''s', m char, n char(3), o bytea DEFAULT '\x00ff',
            p uuid DEFAULT gen_random_uuid(), q date DEFAULT current_date, r time, s time(3), t timetz, u timestamp DEFAULT now(),
            v timestamptz DEFAULT now(), w timestamp(3), x timestamptz(0), y interval, z interval day to second(3),
            aa json DEFAULT '{}', ab jsonb DEFAULT '{"b": [1.50, null], "a": 1}', ac mood DEFAULT 'so so', ad text[] DEFAULT '{}',
            ae integer[] DEFAULT ARRAY[1, 2], af mood[], ag varchar(5)[], ah numeric(5,1)[], ai inet DEFAULT '127.0.0.1', aj cidr,
            ak macaddr, al bit(3) DEFAULT B'101', am varbit(5), an tsvector, ao tsquery, ap xml, aq money, ar point, "as" box,
            at int4range, au tstzrange DEFAULT '[2020-01-01,2021-01-01)', av address, aw positive, ax citext, ay oid, az name,
            ba "char", bb positive[], bc citext[], bd text COLLATE "C", be integer GENERATED ALWAYS AS (c * 2) STORED,
            bf bytea[], bg uuid[], bh timestamptz[], bi jsonb[], bj boolean[], bk int4multirange, bl regclass, bm pg_lsn
        );"#,
    );
}

#[test]
fn a_database_of_every_constraint_and_index_is_pulled() {
    if Server::shared().is_too_old_for("NULLS NOT DISTINCT") {
        return;
    }
    let printed = pulled(
        r#"CREATE EXTENSION btree_gist;
        CREATE SCHEMA shop;
        CREATE TABLE shop.people (
            id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            name text NOT NULL CHECK (name <> ''), mail text UNIQUE, born date,
            boss bigint REFERENCES shop.people ON DELETE SET NULL,
            CONSTRAINT adult CHECK (born < '2010-01-01' OR boss IS NOT NULL) NO INHERIT,
            UNIQUE NULLS NOT DISTINCT (name, born), UNIQUE (mail, name) DEFERRABLE INITIALLY DEFERRED
        );
        COMMENT ON TABLE shop.people IS 'Who is "who"'; COMMENT ON COLUMN shop.people.mail IS E'One\nTwo';
        CREATE TABLE shop.orders (
            shop integer, number integer, person bigint, day date NOT NULL, during tstzrange, room integer, tags text[], doc jsonb,
            CONSTRAINT orders_key PRIMARY KEY (shop, number),
            CONSTRAINT of_whom FOREIGN KEY (person) REFERENCES shop.people (id) ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE,
            EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0),
            CHECK (day > '2020-01-01'), CHECK (number > 0 AND shop > 0)
        );
        ALTER TABLE shop.orders ADD CONSTRAINT later CHECK (room < 1000) NOT VALID;
        CREATE TABLE lines (
            id uuid DEFAULT gen_random_uuid() PRIMARY KEY, shop integer, number integer, note text,
            FOREIGN KEY (shop, number) REFERENCES shop.orders (shop, number) MATCH FULL ON DELETE SET NULL (number)
        );
        ALTER TABLE lines ADD FOREIGN KEY (number, shop) REFERENCES shop.orders (number, shop) NOT VALID;
        CREATE INDEX ON shop.orders (day DESC NULLS LAST, person);
        CREATE INDEX by_tag ON shop.orders USING gin (tags) WITH (fastupdate = off);
        CREATE INDEX by_doc ON shop.orders USING gin (doc jsonb_path_ops);
        CREATE UNIQUE INDEX one_a_day ON shop.orders (person, day) INCLUDE (room) WHERE person IS NOT NULL;
        CREATE INDEX lower_note ON lines (lower(note) text_pattern_ops, (shop + number));
        CREATE INDEX c_note ON lines (note COLLATE "C") WITH (fillfactor = 70);
        CREATE UNIQUE INDEX ON lines (note) NULLS NOT DISTINCT;
        CREATE INDEX brin_day ON shop.orders USING brin (day);
        CREATE INDEX hash_note ON lines USING hash (note);
        CREATE UNIQUE INDEX people_boss_key ON shop.people (boss);"#,
    );
    assert!(printed.contains("#[index(boss, unique)]"), "an index stays one:\n{printed}");
    for name in ["people_pkey", "people_mail_key", "people_boss_fkey", "orders_day_check"] {
        assert!(!printed.contains(name), "{name} goes without saying:\n{printed}");
    }
}

#[test]
fn a_database_of_every_object_is_pulled() {
    pulled(
        r#"CREATE SCHEMA app; CREATE SEQUENCE app.tickets AS integer START 1000 INCREMENT 5 CYCLE;
        CREATE UNLOGGED TABLE notes (id bigint PRIMARY KEY, body text, owner text DEFAULT current_user, at timestamptz DEFAULT now())
            WITH (fillfactor = 80);
        CREATE TABLE app.events (id bigint, at timestamptz NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE INDEX ON app.events (kind);
        CREATE TABLE app.events_old PARTITION OF app.events FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
        CREATE TABLE app.events_new PARTITION OF app.events DEFAULT;
        CREATE TABLE base (id bigint, CHECK (id > 0)); CREATE TABLE derived (extra text) INHERITS (base);
        CREATE FUNCTION total(a integer, b varchar DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + length(b)';
        CREATE FUNCTION total(a text, VARIADIC rest numeric[]) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN a; END $$;
        CREATE FUNCTION app.pairs(n integer, OUT a integer, OUT b text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''x''';
        CREATE FUNCTION atomic(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a; SELECT a + 1; END;
        CREATE PROCEDURE tidy(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM notes; END $$;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at = now(); RETURN NEW; END $$;
        CREATE TRIGGER touch BEFORE UPDATE OF body ON notes FOR EACH ROW WHEN (old.body IS DISTINCT FROM new.body) EXECUTE FUNCTION touch();
        ALTER TABLE notes DISABLE TRIGGER touch;
        CREATE TRIGGER touch AFTER INSERT ON base FOR EACH STATEMENT EXECUTE FUNCTION touch();
        CREATE CONSTRAINT TRIGGER later AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
        CREATE VIEW mine AS SELECT id, body FROM notes WHERE owner = current_user WITH CHECK OPTION;
        CREATE VIEW app."Odd View" (a, "b c") AS SELECT n.id, e.kind FROM notes n JOIN app.events e USING (id);
        CREATE MATERIALIZED VIEW app.busy AS SELECT kind, count(*) AS n FROM app.events GROUP BY kind;
        CREATE UNIQUE INDEX busy_kind ON app.busy (kind);
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ALTER TABLE notes FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON notes FOR SELECT TO peristyle_reader USING (owner = current_user);
        CREATE POLICY "no writes" ON notes AS RESTRICTIVE FOR INSERT WITH CHECK (false);
        GRANT SELECT, INSERT (body) ON notes TO peristyle_reader; GRANT USAGE ON SCHEMA app TO peristyle_reader;
        GRANT ALL ON app.events TO peristyle_writer WITH GRANT OPTION; GRANT EXECUTE ON PROCEDURE tidy(integer) TO peristyle_writer;
        REVOKE EXECUTE ON PROCEDURE tidy(integer) FROM PUBLIC;
        GRANT USAGE ON SEQUENCE app.tickets TO peristyle_reader;
        COMMENT ON FUNCTION touch() IS 'It''s touched.'; COMMENT ON VIEW mine IS 'Mine'; COMMENT ON POLICY own ON notes IS 'Own';
        COMMENT ON SEQUENCE app.tickets IS 'Numbers';"#,
    );
}

//! Statements as people, tools and old programs write them. Each is run on the engine; what the reader makes of it must
//! be what the engine's pragmas say, and a database made from what was read must be read the same.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::super::super::Sqlite;
use super::pragmas::compare;
use super::{answers, read, schema};
use crate::Dialect;

/// Tables alone.
const TABLES: &[&str] = &[
    // Names.
    "CREATE TABLE t(a)",
    "create table T ( A , B )",
    "CREATE TABLE \"t\"(\"a\", [b], `c`, 'd')",
    "CREATE TABLE [two words]([one column] TEXT)",
    "CREATE TABLE `tick``ed`(`a``b`)",
    "CREATE TABLE \"quo\"\"ted\"(\"a\"\"b\" INT)",
    "CREATE TABLE 'single'('it''s' TEXT)",
    "CREATE TABLE main.t(a)",
    "CREATE TABLE \"main\".\"t\"(a)",
    "CREATE TABLE IF NOT EXISTS t(a)",
    "CREATE TABLE πίνακας(στήλη TEXT, ñ INT, 表 TEXT)",
    "CREATE TABLE t$1(a$b, _c, d1)",
    "CREATE TABLE \"order\"(\"select\", \"from\", \"where\", \"group\")",
    "CREATE TABLE action(key, no, plan, query, row, rows, replace, abort, before, of, \"end\")",
    "CREATE TABLE t(left, right, cross, full, inner, outer, natural, indexed)",
    "CREATE TABLE t(true, false, rowid_, oid_)",
    "CREATE TABLE t(current_date, \"current_time\" TEXT, \"null\")",
    "CREATE TABLE t(\"\", \" \", \"a.b\", \"a;b\", \"--\", \"/*\")",
    "CREATE TABLE \"a.b\"(c)",
    "CREATE TABLE t(a, constraint_ INT, primary_ INT, check_ TEXT)",
    "CREATE TABLE trigger(view, virtual, temp, \"table\", \"index\")",
    // Types.
    "CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB, e NUMERIC, f ANY)",
    "CREATE TABLE t(a INT, b BIGINT, c SMALLINT, d TINYINT, e INT2, f INT8, g UNSIGNED BIG INT, h MEDIUMINT)",
    "CREATE TABLE t(a FLOAT, b DOUBLE, c DOUBLE PRECISION, d FLOATING POINT, e DECIMAL(10,5), f DEC)",
    "CREATE TABLE t(a CHAR(20), b VARCHAR(255), c VARYING CHARACTER(255), d NCHAR(55), e NATIVE CHARACTER(70), f CLOB)",
    "CREATE TABLE t(a UNSIGNED VARCHAR(255))",
    "CREATE TABLE t(a BOOLEAN, b DATE, c DATETIME, d TIMESTAMP, e TIME, f TIMESTAMPTZ, g UUID, h JSON, i JSONB)",
    "CREATE TABLE t(a varchar( 10 ), b decimal( 10 , -2 ), c numeric(+5), d float(1.5), e x(1e3))",
    "CREATE TABLE t(a 'my type', b \"Type\", c [INTEGER], d `text`, e \"odd, type\", f 'primary key')",
    "CREATE TABLE t(a a a a a a a, b WITHOUT, c KEY, d GENERATED, e ALWAYS x, f IF)",
    "CREATE TABLE t(a\tINTEGER /* c */ , b -- d\n TEXT\n, c VARCHAR /* e */ ( /* f */ 3 ))",
    "CREATE TABLE t(a NVARCHAR(1e3), b TEXT)",
    "CREATE TABLE t(a \"T2\" y)",
    "CREATE TABLE t(a STRING, b NUMBER, c CURRENCY, d bool)",
    // Keys.
    "CREATE TABLE t(a INTEGER PRIMARY KEY)",
    "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)",
    "CREATE TABLE t(a INTEGER PRIMARY KEY ASC)",
    "CREATE TABLE t(a INTEGER PRIMARY KEY DESC)",
    "CREATE TABLE t(a INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT UNIQUE)",
    "CREATE TABLE t(a INT PRIMARY KEY)",
    "CREATE TABLE t(a [INTEGER] PRIMARY KEY)",
    "CREATE TABLE t(a BIGINT PRIMARY KEY NOT NULL)",
    "CREATE TABLE t(a INTEGER, PRIMARY KEY(a))",
    "CREATE TABLE t(a INTEGER, PRIMARY KEY(a AUTOINCREMENT))",
    "CREATE TABLE t(a INTEGER, b, PRIMARY KEY(A DESC))",
    "CREATE TABLE t(a INTEGER, b, PRIMARY KEY(a, b))",
    "CREATE TABLE t(a TEXT, b TEXT NOT NULL, CONSTRAINT pk PRIMARY KEY(b, a))",
    "CREATE TABLE t(a TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE t(a INTEGER PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE t(a, b, c, PRIMARY KEY(c, a)) WITHOUT ROWID",
    "CREATE TABLE t(a, b, PRIMARY KEY(a COLLATE NOCASE, b DESC)) WITHOUT ROWID",
    "CREATE TABLE t(a TEXT CONSTRAINT pk PRIMARY KEY ON CONFLICT REPLACE)",
    "CREATE TABLE t('a' INTEGER, PRIMARY KEY('a'))",
    "CREATE TABLE t(a INTEGER PRIMARY KEY NOT NULL DEFAULT 5)",
    // Strict.
    "CREATE TABLE t(a INT, b INTEGER, c REAL, d TEXT, e BLOB, f ANY) STRICT",
    "CREATE TABLE t(a TEXT PRIMARY KEY, b ANY) STRICT",
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b INT) STRICT",
    "CREATE TABLE t(a INT PRIMARY KEY, b TEXT) strict, without rowid",
    "CREATE TABLE t(a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT",
    // Unique.
    "CREATE TABLE t(a UNIQUE, b UNIQUE, c)",
    "CREATE TABLE t(a UNIQUE UNIQUE, UNIQUE(a))",
    "CREATE TABLE t(a PRIMARY KEY UNIQUE, UNIQUE(a))",
    "CREATE TABLE t(a, b, UNIQUE(a, b), UNIQUE(b, a), UNIQUE (a, b DESC))",
    "CREATE TABLE t(a COLLATE NOCASE, UNIQUE(a), UNIQUE(a COLLATE BINARY), UNIQUE(a COLLATE nocase))",
    "CREATE TABLE t(a, b, CONSTRAINT one UNIQUE(a) CONSTRAINT two UNIQUE(b))",
    "CREATE TABLE t(a UNIQUE ON CONFLICT IGNORE, b NOT NULL ON CONFLICT FAIL, c UNIQUE ON CONFLICT ABORT)",
    "CREATE TABLE t(a, a2, UNIQUE(\"a\", [a2]), UNIQUE('a2'))",
    // Defaults.
    "CREATE TABLE t(a DEFAULT 1, b DEFAULT -1, c DEFAULT +1, d DEFAULT - 1.5e3, e DEFAULT .5, f DEFAULT 0x1F)",
    "CREATE TABLE t(a DEFAULT 'text', b DEFAULT 'it''s', c DEFAULT '', d DEFAULT '-- no comment', e DEFAULT ';')",
    "CREATE TABLE t(a DEFAULT \"text\", b DEFAULT [x y], c DEFAULT word, d DEFAULT `z`, e DEFAULT \"it's\")",
    "CREATE TABLE t(a DEFAULT NULL, b DEFAULT (NULL), c DEFAULT null NOT NULL)",
    "CREATE TABLE t(a DEFAULT true, b DEFAULT FALSE, c DEFAULT (true))",
    "CREATE TABLE t(a DEFAULT CURRENT_TIMESTAMP, b DEFAULT current_date, c DEFAULT (CURRENT_TIME))",
    "CREATE TABLE t(a DEFAULT (1 + 2), b DEFAULT ((3)), c DEFAULT ('a' || 'b'), d DEFAULT (datetime('now', 'utc')))",
    "CREATE TABLE t(a DEFAULT x'00ff', b DEFAULT X'AB', c DEFAULT (x''))",
    "CREATE TABLE t(a DEFAULT (lower(hex(randomblob(16)))), b DEFAULT (abs(random())), c DEFAULT (CAST('1' AS INT)))",
    "CREATE TABLE t(a DEFAULT 9223372036854775807, b DEFAULT -9223372036854775808, c DEFAULT 1_000)",
    "CREATE TABLE t(a INT DEFAULT 1 NOT NULL DEFAULT 2)",
    "CREATE TABLE t(a DEFAULT key, b DEFAULT action, c DEFAULT end)",
    // Nulls, collations, checks.
    "CREATE TABLE t(a NULL, b NOT NULL, c NOT NULL NULL, d NULL ON CONFLICT IGNORE)",
    "CREATE TABLE t(a CONSTRAINT x NOT NULL CONSTRAINT y DEFAULT 3 CONSTRAINT z COLLATE NOCASE)",
    "CREATE TABLE t(a COLLATE nocase, b TEXT COLLATE RTRIM, c COLLATE \"binary\", d COLLATE 'NOCASE')",
    "CREATE TABLE t(a CHECK (a > 0), b CHECK(b IN ('x', 'y')) CHECK (length(b)>0), CHECK (a < b))",
    "CREATE TABLE t(a, CONSTRAINT c1 CHECK (a > 0) CONSTRAINT c2 CHECK (a < 9), CHECK (a != 5) ON CONFLICT FAIL)",
    "CREATE TABLE t(a CHECK (\"a\" = \"text\"), b CHECK (typeof(b) = 'text' OR b IS NULL))",
    "CREATE TABLE t(a CHECK (a LIKE '%x%' ESCAPE '!' AND a NOT GLOB '*[0-9]*'))",
    "CREATE TABLE t(a CHECK (a BETWEEN 1 AND 10 AND (a, 1) <> (2, 1)), b CHECK (CASE WHEN a THEN b ELSE 1 END))",
    "CREATE TABLE t(a CHECK (t.a > 0), b CHECK (rowid > 0))",
    "CREATE TABLE t(a CONSTRAINT x CONSTRAINT y CHECK (a), b CONSTRAINT z)",
    "CREATE TABLE t(a, CONSTRAINT only_a_name)",
    "CREATE TABLE t(a TEXT CHECK (json_valid(a)), b TEXT CHECK (json_valid(\"b\") ), c TEXT CHECK(JSON_VALID(c)))",
    "CREATE TABLE t(a TEXT CONSTRAINT a_enum CHECK (a IN ('x','y')), b TEXT CONSTRAINT e CHECK (b IN ('x')))",
    "CREATE TABLE t(key CHECK (key > 0), \"order\" CHECK (\"order\" > 0), desc CHECK (desc IS NOT NULL))",
    "CREATE TABLE t(a CHECK (a IS NOT DISTINCT FROM 1 OR a ISNULL OR a NOTNULL OR a NOT NULL))",
    "CREATE TABLE t(a CHECK (a ->> '$.x' = 1 AND a -> 'y' IS NULL))",
    "CREATE TABLE t(a CHECK (- a < ~ + a AND - -a = a AND NOT a))",
    // Generated.
    "CREATE TABLE t(a, b AS (a + 1), c AS (a || 'x') STORED, d INT GENERATED ALWAYS AS (a * 2) VIRTUAL)",
    "CREATE TABLE t(a, b TEXT GENERATED ALWAYS AS (upper(a)) STORED NOT NULL UNIQUE CHECK (b <> ''))",
    "CREATE TABLE t(a TEXT AS (json_extract(b, '$.x')), b TEXT)",
    "CREATE TABLE t(a, b AS (c), c AS (a) NOT NULL COLLATE NOCASE)",
    // Foreign keys.
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b REFERENCES t, c REFERENCES t(a), d REFERENCES T(A))",
    "CREATE TABLE t(a REFERENCES elsewhere, b REFERENCES \"else where\"(\"x y\"))",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) ON DELETE CASCADE ON UPDATE SET NULL MATCH FULL)",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) MATCH SIMPLE ON UPDATE RESTRICT ON DELETE NO ACTION)",
    "CREATE TABLE t(a UNIQUE, b DEFAULT 1 REFERENCES t(a) ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED)",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) DEFERRABLE, c REFERENCES t(a) DEFERRABLE INITIALLY IMMEDIATE)",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) NOT DEFERRABLE, c REFERENCES t(a) NOT DEFERRABLE INITIALLY DEFERRED)",
    "CREATE TABLE t(a, b, c, d, UNIQUE(a, b), CONSTRAINT fk FOREIGN KEY(c, d) REFERENCES t(a, b) ON DELETE CASCADE)",
    "CREATE TABLE t(a UNIQUE, b, c, FOREIGN KEY(b) REFERENCES t(a) FOREIGN KEY(c) REFERENCES t(a))",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) REFERENCES t(a) ON DELETE CASCADE)",
    "CREATE TABLE t(a, b, PRIMARY KEY(a, b), FOREIGN KEY(a, b) REFERENCES t)",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a) ON INSERT CASCADE)",
    // Space and comments.
    "CREATE TABLE t(-- first\n a INT, -- second\n b TEXT /* third */\n)",
    "CREATE /* x */ TABLE /* y */ t /* z */ ( /* ( */ a /* , */ INT /* ) */ ) /* w */ STRICT",
    "CREATE TABLE t\r\n(\r\n\ta INTEGER,\r\n\tb TEXT\r\n)",
    "CREATE TABLE t(a CHECK (a > 0 /* ) */ ), b DEFAULT 'x' -- ,\n , c)",
    "CREATE TABLE t(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,u,v,w,x,y,z)",
    "CREATE TABLE t(a INT CHECK(a>0)NOT NULL DEFAULT(5)UNIQUE REFERENCES t(a)ON DELETE CASCADE)",
    // From a query.
    "CREATE TABLE t AS SELECT 1 AS a, 'x' AS b, 2.5 AS \"order\", x'00' AS d, NULL AS \"e f\", CAST(1 AS DECIMAL) AS g",
    "CREATE TABLE t AS SELECT 1, count(*), 'it''s', max(1, 2) + 1",
    "CREATE TABLE t AS WITH x(y) AS (VALUES (1)) SELECT y FROM x",
];

/// Scripts of more than one statement.
const SCRIPTS: &[&str] = &[
    // Changed tables: the engine rewrites the text.
    "CREATE TABLE t(a, b CHECK (a > b)); ALTER TABLE t RENAME COLUMN a TO \"new name\"",
    "CREATE TABLE t(a, b CHECK (a > b)); ALTER TABLE t RENAME COLUMN a TO \"order\"; ALTER TABLE t RENAME TO u",
    "CREATE TABLE t(a UNIQUE, b REFERENCES t(a)); ALTER TABLE t RENAME TO \"other table\"",
    "CREATE TABLE t(a); ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x' /* why */; ALTER TABLE t ADD c INT",
    "CREATE TABLE t(a, b, c); ALTER TABLE t DROP COLUMN b",
    "CREATE TABLE t(a /* one */, b /* two */, c /* three */); ALTER TABLE t DROP COLUMN c; ALTER TABLE t DROP b",
    "CREATE TABLE t(a, UNIQUE(a), CHECK (a > 0)); ALTER TABLE t ADD COLUMN b AS (a + 1)",
    "CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p); ALTER TABLE p RENAME TO q",
    "CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p(a)); ALTER TABLE p RENAME COLUMN a TO [x y]",
    "CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME COLUMN a TO b",
    "CREATE TABLE t(a); ALTER TABLE t ADD COLUMN b REFERENCES t(a) CHECK (b > 0) COLLATE NOCASE",
    // Indexes.
    "CREATE TABLE t(a, b); CREATE INDEX i ON t(a)",
    "CREATE TABLE t(a, b); create unique index if not exists main.[i i] on t ( a desc , b asc )",
    "CREATE TABLE t(a, b); CREATE INDEX i ON t(lower(a), a || b, -a DESC, (a + b))",
    "CREATE TABLE t(a, b); CREATE INDEX i ON t(a COLLATE NOCASE, b COLLATE RTRIM DESC)",
    "CREATE TABLE t(a COLLATE NOCASE); CREATE INDEX i ON t(a); CREATE INDEX j ON t(a COLLATE BINARY)",
    "CREATE TABLE t(a, b); CREATE INDEX i ON t(a) WHERE b IS NOT NULL AND a > 'x  y'",
    "CREATE TABLE t(a, b); CREATE UNIQUE INDEX i ON t(a) WHERE (b) -- comment",
    "CREATE TABLE t(a, \"b c\"); CREATE INDEX \"order\" ON \"t\"(\"b c\", 'a', [a], `a` DESC)",
    "CREATE TABLE t(a, b); CREATE INDEX i ON t((a), (b) DESC, (a COLLATE NOCASE), ((a)) COLLATE RTRIM)",
    "CREATE TABLE t(a, desc, asc); CREATE INDEX i ON t(desc, asc); CREATE INDEX j ON t(desc desc, asc asc)",
    "CREATE TABLE t(a); CREATE INDEX i ON t(json_extract(a, '$.x')); CREATE INDEX j ON t(a ->> 'x', a IS NULL)",
    "CREATE TABLE t(a, b, PRIMARY KEY(a)) WITHOUT ROWID; CREATE INDEX i ON t(b, a); CREATE UNIQUE INDEX j ON t(b)",
    "CREATE TABLE t(a, b AS (a + 1)); CREATE INDEX i ON t(b)",
    "CREATE TABLE t(a UNIQUE); CREATE UNIQUE INDEX t_a_key ON t(a); CREATE UNIQUE INDEX t_a_key_2 ON t(a)",
    "CREATE TABLE t(a); CREATE INDEX i ON t(a, a); CREATE INDEX j ON t(CAST(a AS TEXT) COLLATE NOCASE)",
    "CREATE TABLE t(key); CREATE INDEX i ON t(key, lower(key)) WHERE key > 0",
    "CREATE TABLE t(a); CREATE INDEX i ON t(a) WHERE rowid > 5; CREATE INDEX j ON t(a) WHERE t.a = \"x\"",
    // Other objects.
    "CREATE TABLE t(a); CREATE VIEW v AS SELECT * FROM t",
    "CREATE TABLE t(a); CREATE VIEW \"a view\"(\"x y\", z) AS SELECT a, a+1 FROM t WHERE a > 'it''s; --'",
    "CREATE VIEW v AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n<9) SELECT n FROM c",
    "CREATE VIEW v AS VALUES (1, 2), (3, 4)",
    "CREATE VIEW v AS SELECT sum(1) FILTER (WHERE 1) OVER (PARTITION BY 1 ORDER BY 2 ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS x",
    "CREATE TEMP VIEW v AS SELECT 1; CREATE TABLE t(a)",
    "CREATE TABLE t(a); CREATE TRIGGER g INSERT ON t BEGIN SELECT 1; END",
    "CREATE TABLE t(a, b); CREATE TRIGGER g BEFORE UPDATE OF a, b ON t FOR EACH ROW WHEN new.a <> old.a BEGIN \
     UPDATE t SET a = CASE WHEN new.b THEN 1 ELSE 2 END WHERE rowid = new.rowid; SELECT RAISE(ABORT, 'no; END'); END",
    "CREATE VIEW v AS SELECT 1 AS a; CREATE TRIGGER \"g g\" INSTEAD OF DELETE ON V BEGIN SELECT old.a; END",
    "CREATE TABLE t(a); CREATE TRIGGER t AFTER DELETE ON t BEGIN INSERT OR REPLACE INTO t VALUES (old.a); END",
    "CREATE VIRTUAL TABLE f USING fts5(a, b UNINDEXED, tokenize = \"unicode61 remove_diacritics 0\")",
    "CREATE VIRTUAL TABLE f USING fts4(a, tokenize=porter); CREATE VIRTUAL TABLE g USING fts3",
    "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, +note TEXT); CREATE TABLE r_notes(a)",
    "CREATE TABLE d(id INTEGER PRIMARY KEY, x); CREATE VIRTUAL TABLE f USING fts5(x, content='d', content_rowid='id'); \
     CREATE TRIGGER g AFTER INSERT ON d BEGIN INSERT INTO f(rowid, x) VALUES (new.id, new.x); END",
    "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (7); ANALYZE",
    "CREATE TABLE a(x REFERENCES b(y)); CREATE TABLE b(y UNIQUE REFERENCES a(x)); CREATE UNIQUE INDEX i ON a(x)",
];

#[test]
fn the_corpus_is_large_enough() {
    let scripts: BTreeSet<&&str> = TABLES.iter().chain(SCRIPTS).collect();
    assert!(scripts.len() >= 120, "{}", scripts.len());
}

#[test]
fn the_reader_says_what_the_pragmas_say() {
    for script in TABLES.iter().chain(SCRIPTS) {
        let (engine, schema, _) = schema(script);
        compare(&engine, &schema, script);
    }
}

#[test]
fn a_database_made_from_what_was_read_is_read_the_same() {
    let mut made = 0;
    for script in TABLES.iter().chain(SCRIPTS) {
        let (_, schema, notes) = schema(script);
        if !notes.is_empty() {
            continue;
        }
        let engine = Connection::open_in_memory().unwrap();
        for statement in Sqlite.create(&schema).unwrap_or_else(|e| panic!("{e:?}\n{script}")) {
            engine
                .execute_batch(&statement.sql)
                .unwrap_or_else(|error| panic!("{error}\n{}\nof {script}", statement.sql));
        }
        let (again, _) = read(&answers(&engine)).unwrap();
        assert_eq!(again, schema, "{script}");
        compare(&engine, &again, script);
        made += 1;
    }
    assert!(made >= 120, "{made}");
}

#[test]
fn what_was_read_is_normalized() {
    for script in TABLES.iter().chain(SCRIPTS) {
        let (_, schema, notes) = schema(script);
        if !notes.is_empty() {
            continue;
        }
        match Sqlite.normalize(schema.clone()) {
            Ok(normalized) => assert_eq!(normalized, schema, "{script}"),
            // What SQLite takes but cannot work: names nobody would declare, and keys that lead nowhere.
            Err(errors) => {
                let allowed =
                    ["bad-name", "foreign-key-target", "set-null", "set-default", "unknown-column"];
                assert!(
                    errors.iter().all(|e| allowed.contains(&e.code.as_str())),
                    "{script}\n{errors:#?}"
                );
            }
        }
    }
}

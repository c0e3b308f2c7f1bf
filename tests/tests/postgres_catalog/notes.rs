//! What the model has no word for is noted by its name, and nothing else is.

use crate::live::Live;

/// The beginning of each note but for what all have in common.
fn noted(script: &str) -> Vec<String> {
    let read = Live::new().read(script);
    read.notes
        .iter()
        .map(|note| {
            assert_eq!(note.code, "not-modelled");
            note.message.trim_end_matches(" is not a part of the schema that is read").to_owned()
        })
        .collect()
}

#[test]
fn objects_of_other_kinds() {
    assert_eq!(
        noted(
            "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;
             CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
             CREATE FOREIGN TABLE far (a int) SERVER files OPTIONS (filename '/dev/null');
             CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int);
             CREATE FUNCTION same(t, t) RETURNS boolean LANGUAGE sql AS 'SELECT true';
             CREATE OPERATOR === (leftarg = t, rightarg = t, function = same);
             CREATE FUNCTION as_text(t) RETURNS text LANGUAGE sql AS 'SELECT ''a''';
             CREATE CAST (t AS text) WITH FUNCTION as_text(t);
             CREATE RULE nothing AS ON INSERT TO t DO INSTEAD NOTHING; CREATE STATISTICS ab ON a, b FROM t;
             CREATE PUBLICATION news FOR TABLE t; CREATE TEXT SEARCH CONFIGURATION words (copy = english);
             CREATE TEXT SEARCH DICTIONARY simply (template = simple); CREATE COLLATION mine FROM \"C\";
             CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
             CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION on_ddl();
             ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; ALTER VIEW v ALTER COLUMN a SET DEFAULT 5"
        ),
        [
            "aggregate `total(integer)`",
            "cast `t as text`",
            "collation `mine`",
            "default of a view's column `v`",
            "default privileges `postgres`",
            "event trigger `watch`",
            "foreign server `files`",
            "foreign table `far`",
            "operator `===(t,t)`",
            "publication `news`",
            "rule `nothing on t`",
            "statistics `ab`",
            "text search configuration `words`",
            "text search dictionary `simply`",
        ]
    );
}

#[test]
fn clauses_of_tables() {
    let script = "CREATE TYPE row_type AS (a int, b text); CREATE TABLE typed OF row_type;
         CREATE TABLE t (a int, b text, c text); CREATE VIEW v AS SELECT a FROM t; CREATE UNIQUE INDEX i ON t (a); CLUSTER t USING i;
         ALTER TABLE t REPLICA IDENTITY FULL; ALTER TABLE t ALTER a SET STATISTICS 500; ALTER TABLE t ALTER c SET (n_distinct = 5);
         ALTER TABLE t ALTER c SET COMPRESSION pglz; ALTER TABLE t FORCE ROW LEVEL SECURITY;
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER off BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER off;
         ALTER TABLE t ALTER b SET STORAGE EXTERNAL; COMMENT ON INDEX i IS 'x'; COMMENT ON COLUMN v.a IS 'x'; ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0); COMMENT ON CONSTRAINT k ON t IS 'x'";
    assert_eq!(
        noted(script),
        [
            "CLUSTER of index `i` of table `t`",
            "COMPRESSION of column `c` of table `t`",
            "STATISTICS of column `a` of table `t`",
            "STORAGE of column `b` of table `t`",
            "`FORCE ROW LEVEL SECURITY without ENABLE` of table `t`",
            "`OF a composite type` of table `typed`",
            "`REPLICA IDENTITY FULL` of table `t`",
            "options of column `c` of table `t`",
            "the comment on column `a` of view `v`",
            "the comment on constraint `k`",
            "the comment on index `i`",
        ]
    );
}

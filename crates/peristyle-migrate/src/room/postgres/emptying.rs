//! Emptying a database: what our role owns goes; extensions stay, with all that belongs to them, and so does the lease, which
//! whoever empties it holds.

use peristyle_driver::{Connection, Value};

use crate::Error;

/// What is to be dropped: its kind, its name and the statement. Everything of a namespace of ours but `public`, and of `public`
/// or of a namespace that an extension lives in, each thing by itself.
const OBJECTS: &str = "
WITH ours AS (
  SELECT n.oid, n.nspname,
    n.nspname <> 'public' AND pg_catalog.pg_has_role(n.nspowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extnamespace = n.oid) AS whole
  FROM pg_catalog.pg_namespace AS n
  WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid AND d.deptype = 'e')
), members AS (
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
), things AS (
  SELECT 1 AS step, 'schema' AS word, 'SCHEMA' AS kind, o.nspname::text AS name, pg_catalog.quote_ident(o.nspname) AS path
  FROM ours AS o WHERE o.whole
  UNION ALL
  SELECT CASE c.relkind WHEN 'v' THEN 2 WHEN 'm' THEN 2 WHEN 'S' THEN 4 ELSE 3 END,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
    CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
    c.relname::text,
    pg_catalog.quote_ident(o.nspname) || '.' || pg_catalog.quote_ident(c.relname)
  FROM pg_catalog.pg_class AS c JOIN ours AS o ON o.oid = c.relnamespace AND NOT o.whole
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND (o.nspname, c.relname) <> ('public', '_peristyle_lease') AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM members AS m WHERE m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND m.objid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.objid = c.oid AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
  UNION ALL
  SELECT 5, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
    CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
    p.proname::text,
    pg_catalog.quote_ident(o.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '('
      || CASE WHEN p.prokind = 'a' AND p.pronargs = 0 THEN '*' ELSE pg_catalog.pg_get_function_identity_arguments(p.oid) END || ')'
  FROM pg_catalog.pg_proc AS p JOIN ours AS o ON o.oid = p.pronamespace AND NOT o.whole
  WHERE pg_catalog.pg_has_role(p.proowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM members AS m WHERE m.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND m.objid = p.oid)
  UNION ALL
  SELECT 6, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END,
    t.typname::text, pg_catalog.quote_ident(o.nspname) || '.' || pg_catalog.quote_ident(t.typname)
  FROM pg_catalog.pg_type AS t JOIN ours AS o ON o.oid = t.typnamespace AND NOT o.whole
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
  WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
    AND pg_catalog.pg_has_role(t.typowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM members AS m WHERE m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND m.objid = t.oid)
)
SELECT word, name, 'DROP ' || kind || ' IF EXISTS ' || path || ' CASCADE' FROM things ORDER BY step, path";

pub(super) fn drop_all(connection: &mut dyn Connection) -> Result<Vec<String>, Error> {
    let mut dropped = Vec::new();
    for row in connection.query(OBJECTS, &[])?.rows {
        let texts: Vec<&str> = row.iter().filter_map(Value::as_text).collect();
        let [word, name, statement] = texts[..] else { continue };
        connection.execute(statement, &[])?;
        dropped.push(format!("{word} {name}"));
    }
    Ok(dropped)
}

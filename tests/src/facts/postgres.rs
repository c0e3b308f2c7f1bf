use super::Facts;
use crate::engine::PostgresEngine;

/// Every fact as a subject and what is said of it. What belongs to an extension or to the server itself is left out, and
/// so is what Peristyle keeps for itself.
///
/// The order of columns is not among it, because it means nothing; nor is the name of a sequence that a column owns,
/// because no statement ever says it, nor what a partition has of its table's constraints, indexes and triggers, whose names
/// the server makes up, nor whether a table has proven a check of its parent that the parent has not: one that was made later has.
const FACTS: &str = r"
WITH own AS (
    SELECT oid, CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END AS prefix
    FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
), foreigner AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
    SELECT c.*, own.prefix || c.relname AS full_name
    FROM pg_class c JOIN own ON own.oid = c.relnamespace
    WHERE c.relname NOT LIKE '\_peristyle\_%'
      AND (c.oid) NOT IN (SELECT objid FROM foreigner WHERE classid = 'pg_class'::regclass)
)
SELECT full_name, concat_ws(' ', relkind, relpersistence, relreplident, relrowsecurity, relforcerowsecurity, reloptions::text,
    pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid), obj_description(oid, 'pg_class'),
    (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = relation.oid))
FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT full_name || ' column ' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
    a.attgenerated, CASE WHEN pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' THEN 'numbered' ELSE pg_get_expr(d.adbin, d.adrelid) END,
    a.attcollation::regcollation::text, a.attinhcount, a.attislocal, a.attcompression, a.attstorage, a.attstattarget, col_description(a.attrelid, a.attnum))
FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT full_name || ' constraint ' || conname, concat_ws(' ', contype,
    CASE WHEN u.unproven THEN replace(pg_get_constraintdef(k.oid), ' NOT VALID', '') ELSE pg_get_constraintdef(k.oid) END,
    convalidated OR u.unproven, conislocal, coninhcount, obj_description(k.oid, 'pg_constraint'))
FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
CROSS JOIN LATERAL (SELECT NOT k.conislocal AND EXISTS (SELECT FROM pg_inherits i JOIN pg_constraint p ON p.conrelid = i.inhparent
    WHERE i.inhrelid = k.conrelid AND p.conname = k.conname AND NOT p.convalidated) AS unproven) u
WHERE contype <> 'n' AND conparentid = 0
UNION ALL
SELECT full_name || ' index ' || i.relname, concat_ws(' ', pg_get_indexdef(x.indexrelid), indisvalid, indisclustered, indisreplident, obj_description(i.oid, 'pg_class'))
FROM relation r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid AND NOT i.relispartition
UNION ALL
SELECT full_name || ' trigger ' || tgname, concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT tgisinternal AND tgparentid = 0
UNION ALL
SELECT full_name || ' policy ' || polname, concat_ws(' ', polcmd, polpermissive, (SELECT array_agg(p::regrole::text ORDER BY 1) FROM unnest(polroles) p)::text,
    pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), obj_description(p.oid, 'pg_policy'))
FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT full_name || ' query', pg_get_viewdef(oid) FROM relation WHERE relkind IN ('v', 'm')
UNION ALL
SELECT full_name || ' sequence', concat_ws(' ', format_type(q.seqtypid, NULL), seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle)
FROM relation r JOIN pg_sequence q ON q.seqrelid = r.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = r.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT t.full_name || ' numbering ' || a.attname, concat_ws(' ', format_type(q.seqtypid, NULL), seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle)
FROM relation r JOIN pg_sequence q ON q.seqrelid = r.oid
JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN relation t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
UNION ALL
SELECT full_name || ' right of ' || coalesce(nullif(x.grantee, 0)::regrole::text, 'public'), string_agg(privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ',' ORDER BY privilege_type)
FROM relation r, aclexplode(r.relacl) x WHERE x.grantee <> r.relowner GROUP BY full_name, x.grantee
UNION ALL
SELECT prefix || typname || ' type', concat_ws(' ', typtype, CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END, typnotnull, typdefault, obj_description(t.oid, 'pg_type'),
    (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
    (SELECT string_agg(conname || ' ' || pg_get_constraintdef(k.oid), ',' ORDER BY conname) FROM pg_constraint k WHERE contypid = t.oid AND contype <> 'n'),
    (SELECT concat_ws(' ', format_type(rngsubtype, NULL), rngcanonical, rngsubdiff) FROM pg_range WHERE rngtypid = t.oid))
FROM pg_type t JOIN own ON own.oid = t.typnamespace
WHERE typtype IN ('e', 'd', 'r', 'c') AND typname NOT LIKE '\_peristyle\_%'
  AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
  AND t.oid NOT IN (SELECT objid FROM foreigner WHERE classid = 'pg_type'::regclass)
UNION ALL
SELECT prefix || proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', concat_ws(' ', pg_get_functiondef(p.oid), obj_description(p.oid, 'pg_proc'), (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(COALESCE(proacl, acldefault('f', proowner))) a))
FROM pg_proc p JOIN own ON own.oid = p.pronamespace
WHERE prokind IN ('f', 'p') AND p.oid NOT IN (SELECT objid FROM foreigner WHERE classid = 'pg_proc'::regclass)
UNION ALL
SELECT 'namespace ' || nspname, concat_ws(' ', array_to_string(nspacl, ','), obj_description(pg_namespace.oid, 'pg_namespace'))
FROM pg_namespace JOIN own USING (oid)
UNION ALL
SELECT 'extension ' || extname, extversion FROM pg_extension
";

/// Everything that the catalogs and the server's own printing functions tell of what the user made.
pub fn facts(engine: &PostgresEngine) -> Facts {
    let mut facts = Facts::new();
    for mut row in engine.texts(FACTS) {
        let fact = row.pop().unwrap_or_default();
        facts.entry(row.pop().unwrap_or_default()).or_default().push(fact);
    }
    facts.values_mut().for_each(|held| held.sort());
    facts
}

//! What the catalog is asked: as many queries for a thousand tables as for one.
//!
//! They are joined here, by oid, rather than there: an oid costs nothing, and each row is then read once. The server's own
//! printing functions are called only where there is something to print, and never for what belongs to an extension. Columns
//! of the catalog that not every version has are read through `to_jsonb`, which gives nothing for one that is not there.
//!
//! <https://www.postgresql.org/docs/current/catalogs.html>

use crate::CatalogQuery;

mod beside;

use beside::{COMMENTS, GRANTS, OTHERS};

const fn ask(about: &'static str, sql: &'static str) -> CatalogQuery {
    CatalogQuery { about, sql }
}

pub(in super::super) const QUERIES: &[CatalogQuery] = &[
    ask(NAMESPACES.0, NAMESPACES.1),
    ask(EXTENSIONS.0, EXTENSIONS.1),
    ask(ENUMS.0, ENUMS.1),
    ask(TYPES.0, TYPES.1),
    ask(SEQUENCES.0, SEQUENCES.1),
    ask(RELATIONS.0, RELATIONS.1),
    ask(COLUMNS.0, COLUMNS.1),
    ask(CONSTRAINTS.0, CONSTRAINTS.1),
    ask(INDEXES.0, INDEXES.1),
    ask(FUNCTIONS.0, FUNCTIONS.1),
    ask(TRIGGERS.0, TRIGGERS.1),
    ask(POLICIES.0, POLICIES.1),
    ask(COMMENTS.0, COMMENTS.1),
    ask(GRANTS.0, GRANTS.1),
    ask(OTHERS.0, OTHERS.1),
];

/// The schemas that are not the server's own.
const NAMESPACES: (&str, &str) = (
    "namespaces",
    "SELECT n.oid::pg_catalog.int8, n.nspname::pg_catalog.text,
       EXISTS (SELECT FROM pg_catalog.pg_depend d
               WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid
                 AND d.deptype = 'e')::pg_catalog.int4
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname",
);

/// The extensions but the one that every database has.
const EXTENSIONS: (&str, &str) = (
    "extensions",
    "SELECT e.oid::pg_catalog.int8, e.extname::pg_catalog.text, n.nspname::pg_catalog.text
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname",
);

/// Enumerated types, with the type of their arrays.
const ENUMS: (&str, &str) = (
    "enumerated types",
    "SELECT t.oid::pg_catalog.int8, t.typarray::pg_catalog.int8, t.typnamespace::pg_catalog.int8,
       t.typname::pg_catalog.text,
       (SELECT pg_catalog.to_json(pg_catalog.array_agg(e.enumlabel::pg_catalog.text ORDER BY e.enumsortorder))::pg_catalog.text
        FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_catalog.pg_type t
WHERE t.typtype = 'e'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
                    AND d.deptype = 'e')
ORDER BY t.typname, t.typnamespace",
);

/// Domains, range types, and base types of nobody's extension.
const TYPES: (&str, &str) = (
    "types",
    "SELECT t.oid::pg_catalog.int8, t.typnamespace::pg_catalog.int8, t.typname::pg_catalog.text,
       t.typtype::pg_catalog.text,
       CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
       t.typnotnull::pg_catalog.int4,
       CASE WHEN t.typdefaultbin IS NOT NULL THEN pg_catalog.pg_get_expr(t.typdefaultbin, 0, true) END,
       CASE WHEN t.typcollation <> b.typcollation THEN
         (SELECT CASE WHEN cn.nspname IN ('pg_catalog', 'public') THEN pg_catalog.to_json(ARRAY[c.collname::pg_catalog.text])
                 ELSE pg_catalog.to_json(ARRAY[cn.nspname::pg_catalog.text, c.collname::pg_catalog.text]) END::pg_catalog.text
          FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace cn ON cn.oid = c.collnamespace
          WHERE c.oid = t.typcollation) END,
       CASE WHEN t.typtype = 'd' THEN
         (SELECT pg_catalog.to_json(pg_catalog.array_agg(ARRAY[k.conname::pg_catalog.text,
                   pg_catalog.pg_get_expr(k.conbin, 0, true), CASE WHEN k.convalidated THEN '' ELSE 'x' END]
                 ORDER BY k.conname))::pg_catalog.text
          FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') END,
       CASE WHEN r.rngtypid IS NOT NULL THEN pg_catalog.to_json(ARRAY[
         pg_catalog.format_type(r.rngsubtype, NULL),
         (SELECT CASE WHEN NOT oc.opcdefault THEN
                   CASE WHEN pg_catalog.pg_opclass_is_visible(oc.oid) THEN pg_catalog.quote_ident(oc.opcname)
                   ELSE pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) END END
          FROM pg_catalog.pg_opclass oc JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
          WHERE oc.oid = r.rngsubopc),
         (SELECT CASE WHEN r.rngcollation <> s.typcollation THEN c.oid::pg_catalog.regcollation::pg_catalog.text END
          FROM pg_catalog.pg_collation c, pg_catalog.pg_type s WHERE c.oid = r.rngcollation AND s.oid = r.rngsubtype),
         CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::pg_catalog.text END,
         CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::pg_catalog.text END,
         (SELECT m.typname::pg_catalog.text FROM pg_catalog.pg_type m WHERE m.oid = r.rngmultitypid)])::pg_catalog.text END,
       t.typrelid::pg_catalog.int8
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND (t.typtype IN ('d', 'r') OR t.typtype = 'b' AND t.typcategory <> 'A'
       OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
                    AND d.deptype = 'e')
ORDER BY t.typname, t.typnamespace",
);

/// Sequences, with the column that owns one: by hand or by `serial` (`a`), or as its identity (`i`).
const SEQUENCES: (&str, &str) = (
    "sequences",
    "SELECT c.oid::pg_catalog.int8, c.relnamespace::pg_catalog.int8, c.relname::pg_catalog.text,
       pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache,
       s.seqcycle::pg_catalog.int4, d.deptype::pg_catalog.text, d.refobjid::pg_catalog.int8, d.refobjsubid,
       c.oid::pg_catalog.regclass::pg_catalog.text, (c.relpersistence = 'u')::pg_catalog.int4
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
  AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                    AND e.deptype = 'e')
ORDER BY c.relname, c.relnamespace",
);

/// Tables, views and foreign tables; those of extensions too, because foreign keys may point to them.
const RELATIONS: (&str, &str) = (
    "relations",
    "SELECT c.oid::pg_catalog.int8, c.relnamespace::pg_catalog.int8, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
       (c.relpersistence = 'u')::pg_catalog.int4, pg_catalog.to_json(c.reloptions)::pg_catalog.text,
       CASE WHEN c.reltoastrelid <> 0 THEN (SELECT pg_catalog.to_json(t.reloptions)::pg_catalog.text
         FROM pg_catalog.pg_class t WHERE t.oid = c.reltoastrelid) END,
       CASE WHEN c.relforcerowsecurity AND c.relrowsecurity THEN 2 WHEN c.relrowsecurity THEN 1
            WHEN c.relforcerowsecurity THEN 3 ELSE 0 END,
       CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid, true) END,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       CASE WHEN h.parents IS NOT NULL THEN h.parents END,
       CASE WHEN x.member THEN NULL WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END,
       CASE WHEN c.relam <> 0 THEN (SELECT a.amname::pg_catalog.text FROM pg_catalog.pg_am a
         WHERE a.oid = c.relam AND a.amname <> 'heap') END,
       CASE WHEN c.reltablespace <> 0 THEN (SELECT s.spcname::pg_catalog.text FROM pg_catalog.pg_tablespace s
         WHERE s.oid = c.reltablespace) END,
       c.relreplident::pg_catalog.text, (c.reloftype <> 0)::pg_catalog.int4, x.member::pg_catalog.int4
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
      AND d.objsubid = 0 AND d.deptype = 'e') AS member) x
LEFT JOIN (SELECT i.inhrelid,
             pg_catalog.to_json(pg_catalog.array_agg(i.inhparent::pg_catalog.int8 ORDER BY i.inhseqno))::pg_catalog.text AS parents
           FROM pg_catalog.pg_inherits i GROUP BY i.inhrelid) h ON h.inhrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY c.relname, c.relnamespace",
);

/// The columns of tables and composite types, and of views for their names.
const COLUMNS: (&str, &str) = (
    "columns",
    "SELECT a.attrelid::pg_catalog.int8, a.attnum::pg_catalog.int4, a.attname::pg_catalog.text,
       pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid::pg_catalog.int8, a.attnotnull::pg_catalog.int4,
       a.attidentity::pg_catalog.text, a.attgenerated::pg_catalog.text,
       CASE WHEN a.atthasdef THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) END,
       CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::pg_catalog.regcollation::pg_catalog.text END,
       CASE WHEN a.attislocal OR a.attinhcount = 0 THEN 1 ELSE 0 END,
       CASE WHEN a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attstattarget > -1 OR a.attoptions IS NOT NULL THEN
         pg_catalog.to_json(pg_catalog.array_remove(ARRAY[
           CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE' END,
           CASE WHEN a.attcompression <> '' THEN 'COMPRESSION' END,
           CASE WHEN a.attstattarget > -1 THEN 'STATISTICS' END,
           CASE WHEN a.attoptions IS NOT NULL THEN 'options' END], NULL))::pg_catalog.text END
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'c', 'm', 'v') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY a.attrelid, a.attnum",
);

/// The constraints of tables that are their own, not the ones that a partition has of its parent.
const CONSTRAINTS: (&str, &str) = (
    "constraints",
    "SELECT k.oid::pg_catalog.int8, k.conrelid::pg_catalog.int8, k.conname::pg_catalog.text, k.contype::pg_catalog.text,
       pg_catalog.to_json(k.conkey)::pg_catalog.text, k.confrelid::pg_catalog.int8,
       CASE WHEN k.contype = 'f' THEN (SELECT pg_catalog.to_json(ARRAY[rn.nspname::pg_catalog.text, r.relname::pg_catalog.text])::pg_catalog.text
         FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace WHERE r.oid = k.confrelid) END,
       CASE WHEN k.contype = 'f' THEN (SELECT pg_catalog.to_json(pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY f.at))::pg_catalog.text
         FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY f (num, at)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = f.num) END,
       k.confupdtype::pg_catalog.text, k.confdeltype::pg_catalog.text, k.confmatchtype::pg_catalog.text,
       CASE WHEN k.condeferred THEN 2 WHEN k.condeferrable THEN 1 ELSE 0 END,
       k.convalidated::pg_catalog.int4, k.connoinherit::pg_catalog.int4,
       CASE k.contype WHEN 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid, true)
                      WHEN 'x' THEN pg_catalog.pg_get_constraintdef(k.oid, true) END,
       CASE WHEN k.contype = 'f' AND k.confdeltype IN ('n', 'd') AND v.number >= 150000 THEN pg_catalog.to_jsonb(k) ->> 'confdelsetcols' END,
       CASE WHEN k.contype = 'u' THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END,
       pg_catalog.to_json(pg_catalog.array_remove(ARRAY[
         CASE WHEN i.indnatts > i.indnkeyatts AND k.contype IN ('p', 'u') THEN 'INCLUDE' END,
         CASE WHEN i.indexrelid IS NOT NULL AND k.contype <> 'x' AND ic.reloptions IS NOT NULL THEN 'storage parameters' END,
         CASE WHEN i.indexrelid IS NOT NULL AND ic.reltablespace <> 0 THEN 'TABLESPACE' END,
         CASE WHEN k.contype = 'f' AND v.number >= 180000 AND pg_catalog.to_jsonb(k) ->> 'conperiod' = 'true' THEN 'PERIOD' END,
         CASE WHEN k.contype IN ('p', 'u') AND v.number >= 180000 AND pg_catalog.to_jsonb(k) ->> 'conperiod' = 'true' THEN 'WITHOUT OVERLAPS' END,
         CASE WHEN k.contype IN ('c', 'f') AND NOT k.convalidated AND pg_catalog.to_jsonb(k) ->> 'conenforced' = 'false'
              THEN 'NOT ENFORCED' END], NULL))::pg_catalog.text
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON k.contype IN ('p', 'u', 'x') AND i.indexrelid = k.conindid
LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
CROSS JOIN (SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS number) v
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conparentid = 0 AND (k.conislocal OR k.coninhcount = 0)
  AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY k.conrelid, k.conname",
);

/// The indexes that no constraint stands on, and that a partition has not of its parent.
const INDEXES: (&str, &str) = (
    "indexes",
    "SELECT i.indexrelid::pg_catalog.int8, i.indrelid::pg_catalog.int8, c.relname::pg_catalog.text,
       i.indisunique::pg_catalog.int4, (i.indisvalid OR c.relkind = 'I')::pg_catalog.int4, m.amname::pg_catalog.text, i.indnkeyatts::pg_catalog.int4,
       pg_catalog.to_json(i.indkey::pg_catalog.int2[])::pg_catalog.text,
       pg_catalog.to_json(i.indoption::pg_catalog.int2[])::pg_catalog.text,
       (SELECT pg_catalog.to_json(pg_catalog.array_agg(
            CASE WHEN o.opcdefault AND a.attoptions IS NULL THEN NULL ELSE
              CASE WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN pg_catalog.quote_ident(o.opcname)
              ELSE pg_catalog.quote_ident(ns.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END
              || COALESCE(' (' || pg_catalog.array_to_string(a.attoptions, ', ') || ')', '') END
            ORDER BY u.at))::pg_catalog.text
        FROM pg_catalog.unnest(i.indclass::pg_catalog.oid[]) WITH ORDINALITY u (oid, at)
        JOIN pg_catalog.pg_opclass o ON o.oid = u.oid
        JOIN pg_catalog.pg_namespace ns ON ns.oid = o.opcnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = u.at),
       CASE WHEN v.collated THEN (SELECT pg_catalog.to_json(pg_catalog.array_agg(
            CASE WHEN u.oid <> 0 AND u.oid <> COALESCE(t.attcollation, 100) THEN l.oid::pg_catalog.regcollation::pg_catalog.text END ORDER BY u.at))::pg_catalog.text
        FROM pg_catalog.unnest(i.indcollation::pg_catalog.oid[]) WITH ORDINALITY u (oid, at)
        LEFT JOIN pg_catalog.pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[u.at - 1] AND t.attnum <> 0
        LEFT JOIN pg_catalog.pg_collation l ON l.oid = u.oid) END,
       CASE WHEN i.indexprs IS NOT NULL AND tc.relkind <> 'm' THEN (SELECT pg_catalog.to_json(pg_catalog.array_agg(
            CASE WHEN u.num = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, u.at::pg_catalog.int4, true) END ORDER BY u.at))::pg_catalog.text
        FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY u (num, at)) END,
       CASE WHEN i.indpred IS NOT NULL AND tc.relkind <> 'm' THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) END,
       pg_catalog.to_json(c.reloptions)::pg_catalog.text,
       CASE WHEN i.indisunique THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END,
       CASE WHEN tc.relkind = 'm' OR i.indexprs IS NOT NULL AND v.collated THEN pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) END,
       pg_catalog.to_json(pg_catalog.array_remove(ARRAY[
         CASE WHEN c.reltablespace <> 0 THEN 'TABLESPACE' END,
         CASE WHEN i.indisclustered THEN 'CLUSTER' END], NULL))::pg_catalog.text
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_class tc ON tc.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = tc.relnamespace
JOIN pg_catalog.pg_am m ON m.oid = c.relam
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_catalog.unnest(i.indcollation::pg_catalog.oid[]) u (oid)
    WHERE u.oid NOT IN (0, 100)) OR EXISTS (SELECT FROM pg_catalog.pg_attribute t
    WHERE t.attrelid = i.indrelid AND t.attnum = ANY (i.indkey) AND t.attcollation NOT IN (0, 100)) AS collated) v
WHERE tc.relkind IN ('r', 'p', 'm') AND tc.relpersistence <> 't' AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, c.relname",
);

/// Functions and procedures, and the aggregates, which have no text. Before PostgreSQL 15, a temporary function is printed in the
/// session's own schema (`pg_temp_3`), which has the name `pg_temp` since.
const FUNCTIONS: (&str, &str) = (
    "functions",
    "SELECT p.oid::pg_catalog.int8, p.pronamespace::pg_catalog.int8, p.proname::pg_catalog.text, p.prokind::pg_catalog.text,
       (SELECT pg_catalog.to_json(pg_catalog.array_agg(pg_catalog.format_type(u.oid, NULL) ORDER BY u.at))::pg_catalog.text
        FROM pg_catalog.unnest(p.proargtypes::pg_catalog.oid[]) WITH ORDINALITY u (oid, at)),
       CASE WHEN n.oid = pg_catalog.pg_my_temp_schema()
              AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 150000
            THEN 'pg_temp' ELSE pg_catalog.quote_ident(n.nspname) END
         || '.' || pg_catalog.quote_ident(p.proname),
       CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                    AND d.deptype IN ('e', 'i'))
ORDER BY p.proname, p.pronamespace, p.oid",
);

/// Triggers that somebody made, on the table where they were made.
const TRIGGERS: (&str, &str) = (
    "triggers",
    "SELECT t.oid::pg_catalog.int8, t.tgrelid::pg_catalog.int8, t.tgname::pg_catalog.text, t.tgenabled::pg_catalog.text,
       pg_catalog.pg_get_triggerdef(t.oid, true)
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgparentid = 0
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY t.tgrelid, t.tgname",
);

/// Row-level security policies.
const POLICIES: (&str, &str) = (
    "policies",
    "SELECT p.oid::pg_catalog.int8, p.polrelid::pg_catalog.int8, p.polname::pg_catalog.text,
       p.polpermissive::pg_catalog.int4, p.polcmd::pg_catalog.text,
       (SELECT pg_catalog.to_json(pg_catalog.array_agg(r.rolname::pg_catalog.text ORDER BY r.rolname))::pg_catalog.text
        FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles)),
       CASE WHEN p.polqual IS NOT NULL THEN pg_catalog.pg_get_expr(p.polqual, p.polrelid, true) END,
       CASE WHEN p.polwithcheck IS NOT NULL THEN pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true) END
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY p.polrelid, p.polname",
);

/// The condition that leaves the server's own schemas out.
const OUTSIDE: &str = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// The query about what stands where this condition says: `n` is the schema, and `c` what it holds, if it is a relation.
pub(in super::super) fn within(about: About, condition: &str) -> String {
    let sql = QUERIES[about as usize].sql.replace(OUTSIDE, condition);
    ["tc", "c"]
        .iter()
        .fold(sql, |sql, table| sql.replace(&format!("{table}.relpersistence <> 't' AND "), ""))
}

/// The place of each answer among the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum About {
    Namespaces,
    Extensions,
    Enums,
    Types,
    Sequences,
    Relations,
    Columns,
    Constraints,
    Indexes,
    Functions,
    Triggers,
    Policies,
    Comments,
    Grants,
    Others,
}

//! What is asked about objects of every kind: their comments, the rights on them, and those that the model has no word for.

/// Comments on what is not the server's own: its oids are below 16384.
pub(super) const COMMENTS: (&str, &str) = (
    "comments",
    "SELECT c.relname::pg_catalog.text, d.objoid::pg_catalog.int8, d.objsubid, d.description
FROM pg_catalog.pg_description d
JOIN pg_catalog.pg_class c ON c.oid = d.classoid
WHERE d.objoid >= 16384
ORDER BY 1, 2, 3",
);

/// Privileges that are not those that an object has by itself; one row for each role, object and option to pass them on.
pub(super) const GRANTS: (&str, &str) = (
    "grants",
    "WITH held AS (
  SELECT 'c' AS kind, c.oid, 0 AS sub, c.relowner AS owner, c.relacl AS acl,
    CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS default_of
  FROM pg_catalog.pg_class c WHERE c.relacl IS NOT NULL AND c.oid >= 16384
  UNION ALL
  SELECT 'c', a.attrelid, a.attnum, c.relowner, a.attacl, 'c'
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  WHERE a.attacl IS NOT NULL AND a.attrelid >= 16384 AND NOT a.attisdropped
  UNION ALL
  SELECT 'f', p.oid, 0, p.proowner, p.proacl, 'f' FROM pg_catalog.pg_proc p WHERE p.proacl IS NOT NULL AND p.oid >= 16384
  UNION ALL
  SELECT 't', t.oid, 0, t.typowner, t.typacl, 'T' FROM pg_catalog.pg_type t WHERE t.typacl IS NOT NULL AND t.oid >= 16384
  UNION ALL
  SELECT 'n', n.oid, 0, n.nspowner, n.nspacl, 'n' FROM pg_catalog.pg_namespace n
  WHERE n.nspacl IS NOT NULL AND (n.oid >= 16384 OR n.nspname = 'public')
), given AS (
  SELECT h.kind, h.oid, h.sub, h.owner, g.grantee, g.privilege_type AS privilege, g.is_grantable AS passed
  FROM held h CROSS JOIN LATERAL pg_catalog.aclexplode(h.acl) g
), usual AS (
  SELECT h.kind, h.oid, h.sub, h.owner, g.grantee, g.privilege_type AS privilege
  FROM held h CROSS JOIN LATERAL pg_catalog.aclexplode(pg_catalog.acldefault(h.default_of::pg_catalog.\"char\", h.owner)) g
  WHERE h.default_of <> 'c'
)
SELECT g.kind, g.oid::pg_catalog.int8, g.sub::pg_catalog.int4, COALESCE(r.rolname::pg_catalog.text, 'PUBLIC'), g.passed::pg_catalog.int4,
  pg_catalog.to_json(pg_catalog.array_agg(DISTINCT g.privilege))::pg_catalog.text
FROM given g LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
WHERE g.grantee <> g.owner
  AND (g.passed OR NOT EXISTS (SELECT FROM usual u WHERE u.kind = g.kind AND u.oid = g.oid AND u.sub = g.sub
                               AND u.grantee = g.grantee AND u.privilege = g.privilege))
  AND NOT (g.kind = 'n' AND g.oid < 16384 AND g.grantee = 0)
GROUP BY g.kind, g.oid, g.sub, r.rolname, g.grantee, g.passed
UNION ALL
SELECT '-' || u.kind, u.oid::pg_catalog.int8, u.sub, COALESCE(r.rolname::pg_catalog.text, 'PUBLIC'), 0,
  pg_catalog.to_json(pg_catalog.array_agg(DISTINCT u.privilege))::pg_catalog.text
FROM usual u LEFT JOIN pg_catalog.pg_roles r ON r.oid = u.grantee
WHERE NOT EXISTS (SELECT FROM given g WHERE g.kind = u.kind AND g.oid = u.oid AND g.sub = u.sub
                  AND g.grantee = u.grantee AND g.privilege = u.privilege)
GROUP BY u.kind, u.oid, u.sub, r.rolname, u.grantee
ORDER BY 1, 2, 3, 4, 5",
);

/// What the model has no word for, by kind and name.
pub(super) const OTHERS: (&str, &str) = (
    "other objects",
    "SELECT o.kind, o.name FROM (
  SELECT 'rule' AS kind, r.rulename || ' on ' || r.ev_class::pg_catalog.regclass::pg_catalog.text AS name, 'pg_catalog.pg_rewrite'::pg_catalog.regclass AS class, r.oid
  FROM pg_catalog.pg_rewrite r WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT 'operator', o.oid::pg_catalog.regoperator::pg_catalog.text, 'pg_catalog.pg_operator'::pg_catalog.regclass, o.oid FROM pg_catalog.pg_operator o
  UNION ALL
  SELECT 'operator class', o.opcname::pg_catalog.text, 'pg_catalog.pg_opclass'::pg_catalog.regclass, o.oid FROM pg_catalog.pg_opclass o
  UNION ALL
  SELECT 'operator family', o.opfname::pg_catalog.text, 'pg_catalog.pg_opfamily'::pg_catalog.regclass, o.oid FROM pg_catalog.pg_opfamily o
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_opclass c WHERE c.opcfamily = o.oid)
  UNION ALL
  SELECT 'cast', pg_catalog.format_type(c.castsource, NULL) || ' as ' || pg_catalog.format_type(c.casttarget, NULL),
    'pg_catalog.pg_cast'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_cast c
  UNION ALL
  SELECT 'statistics', s.stxname::pg_catalog.text, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid FROM pg_catalog.pg_statistic_ext s
  UNION ALL
  SELECT 'publication', p.pubname::pg_catalog.text, 'pg_catalog.pg_publication'::pg_catalog.regclass, p.oid FROM pg_catalog.pg_publication p
  UNION ALL
  SELECT 'event trigger', e.evtname::pg_catalog.text, 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, e.oid FROM pg_catalog.pg_event_trigger e
  UNION ALL
  SELECT 'text search configuration', c.cfgname::pg_catalog.text, 'pg_catalog.pg_ts_config'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_ts_config c
  UNION ALL
  SELECT 'text search dictionary', c.dictname::pg_catalog.text, 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_ts_dict c
  UNION ALL
  SELECT 'text search parser', c.prsname::pg_catalog.text, 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_ts_parser c
  UNION ALL
  SELECT 'text search template', c.tmplname::pg_catalog.text, 'pg_catalog.pg_ts_template'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_ts_template c
  UNION ALL
  SELECT 'collation', c.collname::pg_catalog.text, 'pg_catalog.pg_collation'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_collation c
  WHERE c.collnamespace <> 'pg_catalog'::pg_catalog.regnamespace
  UNION ALL
  SELECT 'conversion', c.conname::pg_catalog.text, 'pg_catalog.pg_conversion'::pg_catalog.regclass, c.oid FROM pg_catalog.pg_conversion c
  UNION ALL
  SELECT 'language', l.lanname::pg_catalog.text, 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid FROM pg_catalog.pg_language l
  UNION ALL
  SELECT 'access method', a.amname::pg_catalog.text, 'pg_catalog.pg_am'::pg_catalog.regclass, a.oid FROM pg_catalog.pg_am a
  UNION ALL
  SELECT 'transform', pg_catalog.format_type(t.trftype, NULL), 'pg_catalog.pg_transform'::pg_catalog.regclass, t.oid FROM pg_catalog.pg_transform t
  UNION ALL
  SELECT 'foreign data wrapper', f.fdwname::pg_catalog.text, 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, f.oid
  FROM pg_catalog.pg_foreign_data_wrapper f
  UNION ALL
  SELECT 'foreign server', s.srvname::pg_catalog.text, 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid FROM pg_catalog.pg_foreign_server s
  UNION ALL
  SELECT 'default privileges', r.rolname::pg_catalog.text, 'pg_catalog.pg_default_acl'::pg_catalog.regclass, d.oid
  FROM pg_catalog.pg_default_acl d JOIN pg_catalog.pg_roles r ON r.oid = d.defaclrole
  UNION ALL
  SELECT 'default of a view''s column', d.adrelid::pg_catalog.regclass::pg_catalog.text, 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid
  FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_class c ON c.oid = d.adrelid WHERE c.relkind = 'v'
  UNION ALL
  SELECT 'security label', s.provider || ' of ' || s.objoid::pg_catalog.text, s.classoid, s.objoid FROM pg_catalog.pg_seclabel s
) o
WHERE o.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
ORDER BY o.kind, o.name",
);

//! The published schemas of the answers of `--json`, by command.

/// Each schema's name and text.
pub const SHAPES: [(&str, &str); 20] = [
    ("common", include_str!("../../schemas/common.schema.json")),
    ("error", include_str!("../../schemas/error.schema.json")),
    ("adopt", include_str!("../../schemas/adopt.schema.json")),
    ("check", include_str!("../../schemas/check.schema.json")),
    ("completions", include_str!("../../schemas/completions.schema.json")),
    ("diff", include_str!("../../schemas/diff.schema.json")),
    ("docs", include_str!("../../schemas/docs.schema.json")),
    ("explain", include_str!("../../schemas/explain.schema.json")),
    ("generate", include_str!("../../schemas/generate.schema.json")),
    ("hook", include_str!("../../schemas/hook.schema.json")),
    ("init", include_str!("../../schemas/init.schema.json")),
    ("inspect", include_str!("../../schemas/inspect.schema.json")),
    ("kept", include_str!("../../schemas/kept.schema.json")),
    ("migrate", include_str!("../../schemas/migrate.schema.json")),
    ("pull", include_str!("../../schemas/pull.schema.json")),
    ("push", include_str!("../../schemas/push.schema.json")),
    ("reset", include_str!("../../schemas/reset.schema.json")),
    ("rollback", include_str!("../../schemas/rollback.schema.json")),
    ("seed", include_str!("../../schemas/seed.schema.json")),
    ("status", include_str!("../../schemas/status.schema.json")),
];

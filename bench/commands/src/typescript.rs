//! The tables as declarations of drizzle-orm.

use crate::shape::{Column, Kind, OnDelete, Table, camel};

/// The database that is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The source of `schema.ts`.
pub fn schema(tables: &[Table], database: Database) -> String {
    let mut text = String::from(match database {
        Database::Sqlite => {
            "import { sql } from \"drizzle-orm\";\nimport { index, integer, real, sqliteTable, text, type \
             AnySQLiteColumn } from \"drizzle-orm/sqlite-core\";\n"
        }
        Database::Postgres => {
            "import { bigint, boolean, doublePrecision, index, pgTable, text, timestamp, type \
             AnyPgColumn } from \"drizzle-orm/pg-core\";\n"
        }
    });
    for table in tables {
        text.push_str(&constant(table, tables, database));
    }
    text
}

fn constant(table: &Table, tables: &[Table], database: Database) -> String {
    let (make, property): (_, fn(&Column, &[Table]) -> String) = match database {
        Database::Sqlite => ("sqliteTable", property),
        Database::Postgres => ("pgTable", postgres_property),
    };
    let columns: String = table.columns.iter().map(|column| property(column, tables)).collect();
    let owner = table.columns.iter().find(|column| column.name == "owner_id");
    let owner = owner.map_or(String::new(), |_| {
        format!("  index(\"{}_owner_id\").on(t.ownerId),\n", table.name)
    });
    format!(
        "\nexport const {} = {make}(\"{1}\", {{\n{columns}}}, (t) => [\n{owner}  \
         index(\"{1}_title_created_at\").on(t.title, t.createdAt),\n]);\n",
        camel(&table.name),
        table.name
    )
}

fn property(column: &Column, tables: &[Table]) -> String {
    let name = &column.name;
    let definition = match &column.kind {
        Kind::Key => format!("integer(\"{name}\").primaryKey()"),
        Kind::Reference { table, on_delete } => {
            let (required, action) = match on_delete {
                OnDelete::Cascade => (".notNull()", "cascade"),
                OnDelete::SetNull => ("", "set null"),
            };
            let target = camel(&tables[*table].name);
            format!(
                "integer(\"{name}\"){required}.references((): AnySQLiteColumn => {target}.id, \
                 {{ onDelete: \"{action}\" }})"
            )
        }
        Kind::Text => format!("text(\"{name}\").notNull()"),
        Kind::Note => format!("text(\"{name}\")"),
        Kind::Code => format!("text(\"{name}\").notNull().unique()"),
        Kind::Count => format!("integer(\"{name}\").notNull().default(0)"),
        Kind::Ratio => format!("real(\"{name}\")"),
        Kind::Flag => {
            format!("integer(\"{name}\", {{ mode: \"boolean\" }}).notNull().default(true)")
        }
        Kind::Created => format!("text(\"{name}\").notNull().default(sql`(CURRENT_TIMESTAMP)`)"),
    };
    format!("  {}: {definition},\n", camel(name))
}

fn postgres_property(column: &Column, tables: &[Table]) -> String {
    let name = &column.name;
    let definition = match &column.kind {
        Kind::Key => {
            format!(
                "bigint(\"{name}\", {{ mode: \"number\" }}).primaryKey().generatedByDefaultAsIdentity()"
            )
        }
        Kind::Reference { table, on_delete } => {
            let (required, action) = match on_delete {
                OnDelete::Cascade => (".notNull()", "cascade"),
                OnDelete::SetNull => ("", "set null"),
            };
            let target = camel(&tables[*table].name);
            format!(
                "bigint(\"{name}\", {{ mode: \"number\" }}){required}.references((): AnyPgColumn => {target}.id, \
                 {{ onDelete: \"{action}\" }})"
            )
        }
        Kind::Text => format!("text(\"{name}\").notNull()"),
        Kind::Note => format!("text(\"{name}\")"),
        Kind::Code => format!("text(\"{name}\").notNull().unique()"),
        Kind::Count => {
            format!("bigint(\"{name}\", {{ mode: \"number\" }}).notNull().default(0)")
        }
        Kind::Ratio => format!("doublePrecision(\"{name}\")"),
        Kind::Flag => format!("boolean(\"{name}\").notNull().default(true)"),
        Kind::Created => {
            format!("timestamp(\"{name}\", {{ withTimezone: true }}).notNull().defaultNow()")
        }
    };
    format!("  {}: {definition},\n", camel(name))
}

/// The configuration beside it for a PostgreSQL database.
pub fn postgres_configuration(url: &str) -> String {
    CONFIGURATION.replace("\"sqlite\"", "\"postgresql\"").replace("file:dev.db", url)
}

/// The configuration beside it.
pub const CONFIGURATION: &str = "\
import { defineConfig } from \"drizzle-kit\";
export default defineConfig({
  dialect: \"sqlite\",
  schema: \"./schema.ts\",
  out: \"./drizzle\",
  dbCredentials: { url: \"file:dev.db\" },
});
";

//! The tables as declarations of drizzle-orm.

use crate::shape::{Column, Kind, OnDelete, Table, camel};

/// The source of `schema.ts`.
pub fn schema(tables: &[Table]) -> String {
    let mut text = String::from(
        "import { sql } from \"drizzle-orm\";\nimport { index, integer, real, sqliteTable, text, type \
         AnySQLiteColumn } from \"drizzle-orm/sqlite-core\";\n",
    );
    for table in tables {
        text.push_str(&constant(table, tables));
    }
    text
}

fn constant(table: &Table, tables: &[Table]) -> String {
    let columns: String = table.columns.iter().map(|column| property(column, tables)).collect();
    let owner = table.columns.iter().find(|column| column.name == "owner_id");
    let owner = owner.map_or(String::new(), |_| {
        format!("  index(\"{}_owner_id\").on(t.ownerId),\n", table.name)
    });
    format!(
        "\nexport const {} = sqliteTable(\"{1}\", {{\n{columns}}}, (t) => [\n{owner}  \
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

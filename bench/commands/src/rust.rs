//! The tables as declarations of Peristyle.

use crate::shape::{Column, Kind, OnDelete, Table, pascal};

/// The source of `schema.rs`.
pub fn schema(tables: &[Table]) -> String {
    let mut text =
        String::from("//! Generated tables.\n\nuse peristyle::{Id, Table, Timestamp};\n");
    for table in tables {
        text.push_str(&structure(table, tables));
    }
    text
}

fn structure(table: &Table, tables: &[Table]) -> String {
    let name = pascal(&table.name);
    let fields: String = table.columns.iter().map(|column| field(column, &name, tables)).collect();
    format!(
        "\n/// Rows of `{0}`.\n#[derive(Table, Debug, Clone, PartialEq)]\n#[table(name = \"{0}\")]\n\
         #[index(title, created_at)]\npub struct {name} {{\n{fields}}}\n",
        table.name
    )
}

fn field(column: &Column, own: &str, tables: &[Table]) -> String {
    let (attributes, kind) = match &column.kind {
        Kind::Key => ("#[key(auto)]".to_owned(), format!("Id<{own}>")),
        Kind::Reference { table, on_delete } => {
            let target = pascal(&tables[*table].name);
            match on_delete {
                OnDelete::Cascade => (
                    "#[references(on_delete = cascade)]\n    #[index]".into(),
                    format!("Id<{target}>"),
                ),
                OnDelete::SetNull => {
                    ("#[references(on_delete = set_null)]".into(), format!("Option<Id<{target}>>"))
                }
            }
        }
        Kind::Text => (String::new(), "String".into()),
        Kind::Note => (String::new(), "Option<String>".into()),
        Kind::Code => ("#[unique]".into(), "String".into()),
        Kind::Count => ("#[column(default = 0)]".into(), "i64".into()),
        Kind::Ratio => (String::new(), "Option<f64>".into()),
        Kind::Flag => ("#[column(default = true)]".into(), "bool".into()),
        Kind::Created => ("#[column(default = now)]".into(), "Timestamp".into()),
    };
    let attributes = if attributes.is_empty() { attributes } else { format!("    {attributes}\n") };
    format!("{attributes}    pub {}: {kind},\n", column.name)
}

/// The configuration beside it for a PostgreSQL database.
pub fn postgres_configuration(url: &str) -> String {
    format!(
        "[project]\nschema = \"src/schema.rs\"\nmigrations = \"migrations\"\ndialect = \"postgres\"\n\n\
         [environments.dev]\nurl = \"{url}\"\ndisposable = true\n"
    )
}

/// The configuration beside it.
pub const CONFIGURATION: &str = "\
[project]
schema = \"src/schema.rs\"
migrations = \"migrations\"
dialect = \"sqlite\"

[environments.dev]
url = \"sqlite:dev.db\"
disposable = true
";

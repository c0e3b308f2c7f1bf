//! peristyle.toml as it is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use peristyle_lint::Conventions;
use peristyle_migrate::HeaderRules;
use peristyle_schema::Diagnostic;
use peristyle_sql::DialectName;
use toml::de::DeTable;

use super::environment::{Address, Disposable, Environment};
use super::lint;
use super::reader::{Reader, Section};

/// What peristyle.toml says; what it does not say is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// `[project] schema`: the Rust file that holds the declarations.
    pub schema: Option<PathBuf>,
    /// `[project] migrations`: the folder of migrations.
    pub migrations: Option<PathBuf>,
    /// `[project] sidecars`: the migration folders of applications in the same database that point to tables of this one.
    pub sidecars: Vec<PathBuf>,
    /// `[project] dialect`.
    pub dialect: Option<DialectName>,
    /// `[project] dev_url`: the development server for scratch databases.
    pub dev_url: Option<Address>,
    /// `[migrations]`: what every migration must say of itself.
    pub headers: HeaderRules,
    /// `[environments.*]`, by name.
    pub environments: BTreeMap<String, Environment>,
    /// `[lint.conventions]`; none where the group is off.
    pub conventions: Option<Conventions>,
    /// `[seed]`.
    pub seed: Seed,
}

/// How a fresh database gets its first rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seed {
    /// The folder of `.sql` files that are run in the order of their names.
    pub folder: Option<PathBuf>,
    /// A program that is run after them.
    pub command: Option<Vec<String>>,
}

/// Reads the text of a configuration file; every mistake in it is told at once.
pub fn read(path: &Path, text: &str) -> Result<ConfigFile, Vec<Diagnostic>> {
    let mut reader = Reader::new(path, text);
    let file = match reader.parse() {
        Some(table) => read_root(&mut reader, &table),
        None => ConfigFile::default(),
    };
    if reader.diagnostics.is_empty() { Ok(file) } else { Err(reader.diagnostics) }
}

fn read_root<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>) -> ConfigFile {
    let root =
        reader.section("", table, &["project", "migrations", "environments", "lint", "seed"]);
    let mut file = ConfigFile::default();
    if let Some((value, what)) = root.get("project")
        && let Some(table) = reader.table(value, &what)
    {
        read_project(reader, table, &mut file);
    }
    if let Some((value, what)) = root.get("migrations")
        && let Some(table) = reader.table(value, &what)
    {
        file.headers = read_headers(reader, table);
    }
    if let Some((value, what)) = root.get("environments") {
        for (name, table) in reader.tables(value, &what) {
            let environment = read_environment(reader, name, table);
            file.environments.insert(name.to_owned(), environment);
        }
    }
    if let Some((value, what)) = root.get("lint")
        && let Some(table) = reader.table(value, &what)
    {
        file.conventions = lint::read(reader, table);
    }
    if let Some((value, what)) = root.get("seed")
        && let Some(table) = reader.table(value, &what)
    {
        file.seed = read_seed(reader, table);
    }
    file
}

fn read_project<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>, file: &mut ConfigFile) {
    let keys = ["schema", "migrations", "sidecars", "dialect", "dev_url"];
    let section = reader.section("project", table, &keys);
    let sidecars = section.get("sidecars").and_then(|(value, what)| reader.texts(value, &what));
    file.sidecars = sidecars.unwrap_or_default().into_iter().map(PathBuf::from).collect();
    file.schema = section.text(reader, "schema").map(PathBuf::from);
    file.migrations = section.text(reader, "migrations").map(PathBuf::from);
    file.dev_url = read_address(reader, &section, "dev_url");
    if let Some((value, what)) = section.get("dialect")
        && let Some(text) = reader.text(value, &what)
    {
        match text.parse() {
            Ok(dialect) => file.dialect = Some(dialect),
            Err(diagnostic) => reader.at_value(value, diagnostic),
        }
    }
}

fn read_headers<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>) -> HeaderRules {
    let section = reader.section("migrations", table, &["require", "ticket", "since"]);
    let mut rules = HeaderRules::default();
    if let Some((value, what)) = section.get("require") {
        for word in reader.texts(value, &what).unwrap_or_default() {
            match word.parse() {
                Ok(field) => rules.require.push(field),
                Err(diagnostic) => reader.at_value(value, diagnostic),
            }
        }
    }
    if let Some((value, what)) = section.get("ticket")
        && let Some(text) = reader.text(value, &what)
    {
        match text.parse() {
            Ok(pattern) => rules.ticket = Some(pattern),
            Err(diagnostic) => reader.at_value(value, diagnostic),
        }
    }
    if let Some((value, what)) = section.get("since")
        && let Some(text) = reader.text(value, &what)
    {
        match text.parse() {
            Ok(number) => rules.since = Some(number),
            Err(_) => reader.at_value(
                value,
                Diagnostic::error("config-type", format!("`{what}` is no migration's number"))
                    .help("write the number as its file has it: \"0007\""),
            ),
        }
    }
    rules
}

fn read_environment<'a>(reader: &mut Reader<'a>, name: &str, table: &DeTable<'a>) -> Environment {
    let title = format!("environments.{name}");
    let section = reader.section(&title, table, &["url", "direct_url", "dev_url", "disposable"]);
    let disposable = section
        .get("disposable")
        .and_then(|(value, what)| reader.flag(value, &what))
        .map_or(Disposable::No, |yes| if yes { Disposable::Yes } else { Disposable::No });
    Environment {
        name: name.to_owned(),
        url: read_address(reader, &section, "url"),
        direct_url: read_address(reader, &section, "direct_url"),
        dev_url: read_address(reader, &section, "dev_url"),
        disposable,
    }
}

/// `url = "sqlite:dev.db"` or `url.env = "DATABASE_URL"`.
fn read_address<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'_, 'a>,
    key: &str,
) -> Option<Address> {
    let (value, what) = section.get(key)?;
    match value.get_ref().as_table() {
        None => reader.text(value, &what).map(Address::Written),
        Some(table) => {
            let inner = reader.section(&what, table, &["env"]);
            inner.text(reader, "env").map(Address::Variable)
        }
    }
}

fn read_seed<'a>(reader: &mut Reader<'a>, table: &DeTable<'a>) -> Seed {
    let section = reader.section("seed", table, &["folder", "command"]);
    let folder = section.text(reader, "folder").map(PathBuf::from);
    let command = section.get("command").and_then(|(value, what)| {
        let words = reader.texts(value, &what)?;
        if words.is_empty() {
            let help =
                "write the program and its arguments: [\"cargo\", \"run\", \"--bin\", \"seed\"]";
            reader.at_value(
                value,
                Diagnostic::error("config-empty", "`seed.command` is empty").help(help),
            );
            return None;
        }
        Some(words)
    });
    Seed { folder, command }
}

#[cfg(test)]
mod tests {
    use peristyle_migrate::HeaderField;

    use super::*;

    fn codes(text: &str) -> Vec<(String, u32, u32, Option<String>)> {
        let Err(diagnostics) = read(Path::new("peristyle.toml"), text) else { return Vec::new() };
        diagnostics
            .into_iter()
            .map(|d| {
                let start = d.span.expect("a place").start;
                (d.code, start.line, start.column, d.help)
            })
            .collect()
    }

    #[test]
    fn a_whole_file_is_read() {
        let file = read(
            Path::new("peristyle.toml"),
            "[project]\nschema = \"src/schema.rs\"\nmigrations = \"migrations\"\nsidecars = [\"a\", \"b/c\"]\ndialect = \"sqlite\"\n\
             [environments.dev]\nurl = \"sqlite:dev.db\"\ndisposable = true\n\
             [environments.production]\nurl.env = \"DATABASE_URL\"\n\
             [seed]\nfolder = \"seeds\"\ncommand = [\"cargo\", \"run\"]\n",
        )
        .expect("a good file");
        assert_eq!(file.schema.as_deref(), Some(Path::new("src/schema.rs")));
        assert_eq!(file.sidecars, [Path::new("a"), Path::new("b/c")]);
        assert_eq!(file.environments["dev"].url, Some(Address::Written("sqlite:dev.db".into())));
        assert_eq!(file.environments["dev"].disposable, Disposable::Yes);
        let production = &file.environments["production"];
        assert_eq!(production.url, Some(Address::Variable("DATABASE_URL".into())));
        assert_eq!(production.disposable, Disposable::No);
        assert_eq!(file.seed.command.as_ref().map(Vec::len), Some(2));
    }

    #[test]
    fn a_server_has_three_addresses() {
        let file = read(
            Path::new("peristyle.toml"),
            "[project]\ndialect = \"postgres\"\ndev_url.env = \"DEV\"\n\
             [environments.production]\nurl.env = \"POOLED\"\ndirect_url.env = \"DIRECT\"\n\
             dev_url = \"postgres://localhost/postgres\"\n",
        )
        .expect("a good file");
        let variable = |name: &str| Some(Address::Variable(name.to_owned()));
        let production = &file.environments["production"];
        assert_eq!(file.dev_url, variable("DEV"));
        assert_eq!(
            (&production.url, &production.direct_url),
            (&variable("POOLED"), &variable("DIRECT"))
        );
        assert_eq!(
            production.dev_url,
            Some(Address::Written("postgres://localhost/postgres".to_owned()))
        );
    }

    #[test]
    fn what_migrations_must_say_is_read() {
        let file = read(
            Path::new("peristyle.toml"),
            "[migrations]\nrequire = [\"purpose\", \"rollback\"]\nticket = \"PANA-#+\"\nsince = \"0007\"\n",
        )
        .expect("a good file");
        assert_eq!(file.headers.require, [HeaderField::Purpose, HeaderField::Rollback]);
        assert!(file.headers.ticket.as_ref().is_some_and(|pattern| pattern.fits("PANA-12")));
        assert_eq!(file.headers.since, Some(7));
        let found = codes("[migrations]\nrequire = [\"reason\"]\nticket = \" \"\nsince = \"x\"\n");
        let mut found: Vec<(&str, u32)> =
            found.iter().map(|(code, line, ..)| (code.as_str(), *line)).collect();
        found.sort_unstable();
        assert_eq!(found, [("bad-ticket-pattern", 3), ("config-type", 4), ("unknown-header", 2)]);
    }

    #[test]
    fn an_unknown_key_is_told_with_its_place_and_the_likely_word() {
        let help = Some("did you mean `migrations`?".to_owned());
        assert_eq!(
            codes("[project]\nschema = \"x.rs\"\nmigration = \"m\"\n"),
            [("config-unknown-key".to_owned(), 3, 1, help)]
        );
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let found =
            codes("[project]\nschema = 1\ndialect = \"oracle\"\n[seed]\ncommand = []\n[x]\n");
        let mut names: Vec<&str> = found.iter().map(|(code, ..)| code.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["config-empty", "config-type", "config-unknown-key", "unknown-dialect"]);
    }

    #[test]
    fn broken_toml_points_at_the_break() {
        let found = codes("[project]\nschema = \n");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0.as_str(), found[0].1), ("config-syntax", 2));
    }
}

//! The project around a command: its files, and the database it means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use peristyle_driver::Url;
use peristyle_lint::Conventions;
use peristyle_migrate::{HeaderRules, Scratch};
use peristyle_schema::Diagnostic;
use peristyle_sql::DialectName;

use super::environment::{Address, Disposable, Environment};
use super::file::{self, ConfigFile, Seed};
use super::{FILE_NAME, dotenv};
use crate::args::Globals;
use crate::exit::Exit;
use crate::failure::{self, Failure};
use crate::suggest::nearest;

/// The environment that is meant when none is named.
const DEFAULT_ENVIRONMENT: &str = "dev";

/// The project around a command. Paths are relative to the working directory, so that they read well in messages.
#[derive(Debug)]
pub struct Project {
    /// The folder of peristyle.toml, or the working directory where there is none.
    pub root: PathBuf,
    /// The Rust file that holds the declarations.
    pub schema: PathBuf,
    /// The folder of migrations.
    pub migrations: PathBuf,
    /// The migration folders of applications in the same database that point to tables of this one.
    pub sidecars: Vec<PathBuf>,
    /// What every migration must say of itself.
    pub headers: HeaderRules,
    /// The peristyle.toml, if there is one.
    pub file: Option<PathBuf>,
    /// The language of the migrations.
    pub dialect: DialectName,
    /// The conventions that the declarations are held to, if they are.
    pub conventions: Option<Conventions>,
    /// How a fresh database gets its first rows.
    pub seed: Seed,
    /// Whether peristyle.toml names it.
    says_dialect: bool,
    environments: BTreeMap<String, Environment>,
    chosen: Option<String>,
    url: Option<Url>,
    dev_url: Option<Url>,
    project_dev_url: Option<Address>,
    variables: Variables,
}

/// The database that a command is to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// The environment's name, or none if only an address was given.
    pub environment: Option<String>,
    /// Where it is reached to be changed or inspected.
    pub url: Url,
    /// Where applications reach it.
    pub app: Url,
    /// Whether everything in it may be thrown away.
    pub disposable: Disposable,
}

/// The variables of the process, and behind them those of `.env`.
#[derive(Debug, Default)]
struct Variables {
    dotenv: BTreeMap<String, String>,
}

impl Variables {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name)
            .ok()
            .filter(|value| !value.is_empty())
            .or_else(|| self.dotenv.get(name).cloned().filter(|value| !value.is_empty()))
    }
}

impl Project {
    /// Finds the project that the working directory is in and reads its configuration.
    pub fn find(globals: &Globals) -> Result<Self, Failure> {
        let path = config_path(globals);
        let root =
            path.as_deref().and_then(Path::parent).map_or_else(PathBuf::new, Path::to_path_buf);
        let file = path.as_deref().map_or_else(|| Ok(ConfigFile::default()), read_config)?;
        let variables = Variables { dotenv: read_dotenv(&root.join(".env"))? };
        let place =
            |flag: &Option<PathBuf>, variable: &str, written: &Option<PathBuf>, usual: &str| {
                flag.clone().unwrap_or_else(|| {
                    let path =
                        variables.get(variable).map(PathBuf::from).or_else(|| written.clone());
                    root.join(path.unwrap_or_else(|| usual.into()))
                })
            };
        let mut project = Self {
            schema: place(&globals.schema, "PERISTYLE_SCHEMA", &file.schema, "src/schema.rs"),
            migrations: place(
                &globals.migrations,
                "PERISTYLE_MIGRATIONS",
                &file.migrations,
                "migrations",
            ),
            sidecars: file.sidecars.iter().map(|folder| root.join(folder)).collect(),
            dialect: file.dialect.unwrap_or(DialectName::Sqlite),
            says_dialect: file.dialect.is_some(),
            conventions: file.conventions,
            seed: Seed { folder: file.seed.folder.map(|folder| root.join(folder)), ..file.seed },
            headers: file.headers,
            file: path,
            chosen: globals.env.clone().or_else(|| variables.get("PERISTYLE_ENV")),
            url: match &globals.url {
                Some(url) => Some(parse(url, "--url")?),
                None => match variables.get("PERISTYLE_URL") {
                    Some(url) => Some(parse(&url, "PERISTYLE_URL")?.anchored(&root)),
                    None => None,
                },
            },
            dev_url: match &globals.dev_url {
                Some(url) => Some(parse(url, "--dev-url")?),
                None => match variables.get("PERISTYLE_DEV_URL") {
                    Some(url) => Some(parse(&url, "PERISTYLE_DEV_URL")?.anchored(&root)),
                    None => None,
                },
            },
            project_dev_url: file.dev_url,
            environments: file.environments,
            variables,
            root,
        };
        project.guess_dialect();
        Ok(project)
    }

    /// Where nothing names the language, the database that is meant speaks it.
    fn guess_dialect(&mut self) {
        let url = match &self.url {
            Some(url) => Some(url.clone()),
            None => self.located().ok().map(|database| database.url),
        };
        if let (false, Some(Ok(dialect))) = (self.says_dialect, url.map(|url| url.dialect())) {
            self.dialect = dialect;
        }
    }

    /// A database of another language than the migrations is somebody's mistake.
    fn same_dialect(&self, database: Database) -> Result<Database, Failure> {
        let spoken = [&database.url, &database.app].map(|url| url.dialect());
        if spoken.iter().flatten().all(|dialect| *dialect == self.dialect) {
            return Ok(database);
        }
        let message =
            format!("the migrations are in {}, and {} is not", self.dialect, database.url);
        Err(Failure::usage(Diagnostic::error("dialect-mismatch", message).help(format!(
            "write `dialect` under [project] in {FILE_NAME}, or name another database"
        ))))
    }

    /// Whether an argument or a variable names the environment or the database.
    pub fn is_named(&self) -> bool {
        self.chosen.is_some() || self.url.is_some()
    }

    /// The database that the command is to work on.
    pub fn database(&self) -> Result<Database, Failure> {
        self.located().and_then(|database| self.same_dialect(database))
    }

    fn located(&self) -> Result<Database, Failure> {
        let environment = self.environment()?;
        if let Some(url) = &self.url {
            // What the file says of its own database says nothing of another one.
            return Ok(Database {
                environment: self.chosen.clone(),
                url: url.clone(),
                app: url.clone(),
                disposable: Disposable::No,
            });
        }
        let Some(environment) = environment else { return Err(self.no_database()) };
        let app = environment.url.as_ref().map(|url| self.address(environment, url)).transpose()?;
        let direct = environment.direct_url.as_ref();
        let direct = direct.map(|url| self.address(environment, url)).transpose()?;
        let (url, app) = match (direct, app) {
            (Some(direct), Some(app)) => (direct, app),
            (Some(only), None) | (None, Some(only)) => (only.clone(), only),
            (None, None) => return Err(no_url(&environment.name)),
        };
        Ok(Database {
            environment: Some(environment.name.clone()),
            url,
            app,
            disposable: environment.disposable,
        })
    }

    /// Where scratch databases are made: on the server that an argument or a variable names, else on the environment's, else
    /// on the project's.
    pub fn scratch(&self) -> Result<Scratch, Failure> {
        Ok(Scratch::new(self.dialect, self.dev_server()?))
    }

    /// The development server, if one is named.
    pub fn dev_server(&self) -> Result<Option<Url>, Failure> {
        if self.dev_url.is_some() {
            return Ok(self.dev_url.clone());
        }
        if let Some(environment) = self.environment()?
            && let Some(address) = &environment.dev_url
        {
            return self.address(environment, address).map(Some);
        }
        let whence = "`dev_url` under [project]";
        match &self.project_dev_url {
            Some(Address::Written(url)) => Ok(Some(parse(url, whence)?.anchored(&self.root))),
            // A server that is only named where there is one: without it, the driver starts one.
            Some(Address::Variable(name)) => match self.variables.get(name) {
                Some(url) => Ok(Some(parse(&url, whence)?.anchored(&self.root))),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// An address of an environment.
    fn address(&self, environment: &Environment, address: &Address) -> Result<Url, Failure> {
        let url = match address {
            Address::Written(url) => url.clone(),
            Address::Variable(name) => {
                self.variables.get(name).ok_or_else(|| unset(&environment.name, name))?
            }
        };
        let whence = format!("[environments.{}]", environment.name);
        Ok(parse(&url, &whence)?.anchored(&self.root))
    }

    /// The environment that is meant: the one named, or `dev`. A name that is not there is never another one.
    fn environment(&self) -> Result<Option<&Environment>, Failure> {
        let name = self.chosen.as_deref().unwrap_or(DEFAULT_ENVIRONMENT);
        match self.environments.get(name) {
            Some(environment) => Ok(Some(environment)),
            None if self.chosen.is_none() => Ok(None),
            None => Err(self.unknown_environment(name)),
        }
    }

    fn unknown_environment(&self, name: &str) -> Failure {
        let known: Vec<&str> = self.environments.keys().map(String::as_str).collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("write `[environments.{name}]` into {FILE_NAME}"),
            None => format!("known: {}", known.join(", ")),
        };
        Failure::usage(
            Diagnostic::error("unknown-environment", format!("there is no environment `{name}`"))
                .help(help),
        )
    }

    fn no_database(&self) -> Failure {
        let known: Vec<&str> = self.environments.keys().map(String::as_str).collect();
        let help = if self.file.is_none() {
            format!(
                "give `--url sqlite:dev.db` or `--url postgres://…`, or write a {FILE_NAME} with `peristyle init`"
            )
        } else if known.is_empty() {
            format!(
                "give `--url sqlite:dev.db`, or write `[environments.dev]` with a `url` into {FILE_NAME}"
            )
        } else {
            format!("name one with `--env`: {}", known.join(", "))
        };
        Failure::usage(Diagnostic::error("no-database", "no database is named").help(help))
    }
}

/// Reads an address; `whence` says where a wrong one was found.
fn parse(text: &str, whence: &str) -> Result<Url, Failure> {
    text.parse().map_err(|error: peristyle_driver::Error| {
        Failure::usage(Diagnostic::error("bad-url", error.to_string()).help(format!(
            "it comes from {whence}; an address reads `sqlite:dev.db` or `postgres://user@host/name`"
        )))
    })
}

fn unset(environment: &str, variable: &str) -> Failure {
    let message = format!(
        "the environment `{environment}` takes its address from {variable}, which is not set"
    );
    Failure::usage(
        Diagnostic::error("no-database", message)
            .help(format!("set {variable} in the environment or in `.env`, or give `--url`")),
    )
}

fn no_url(environment: &str) -> Failure {
    let message = format!("the environment `{environment}` has no `url`");
    Failure::usage(Diagnostic::error("no-database", message).help(
        "write `url = \"sqlite:dev.db\"` or `url.env = \"DATABASE_URL\"` below it, or give `--url`",
    ))
}

/// The configuration file: the one named, or the nearest one from the working directory upwards.
fn config_path(globals: &Globals) -> Option<PathBuf> {
    if let Some(path) = &globals.config {
        return Some(path.clone());
    }
    if let Some(path) = std::env::var_os("PERISTYLE_CONFIG").filter(|path| !path.is_empty()) {
        return Some(path.into());
    }
    let depth = std::env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let mut folder = PathBuf::new();
    for _ in 0..depth {
        let path = folder.join(FILE_NAME);
        if path.is_file() {
            return Some(path);
        }
        folder.push("..");
    }
    None
}

fn read_config(path: &Path) -> Result<ConfigFile, Failure> {
    let text = read_text(path).map_err(|why| {
        let message = format!("cannot read the configuration {}: {why}", path.display());
        Failure::usage(
            Diagnostic::error("config-unreadable", message)
                .help("name another file with `--config`"),
        )
    })?;
    file::read(path, &text).map_err(|diagnostics| Failure::all(Exit::Usage, diagnostics))
}

fn read_dotenv(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = std::fs::read_to_string(path).map_err(|error| failure::io("read", path, &error))?;
    dotenv::read(path, &text).map_err(Failure::usage)
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

//! Whole commands on a PostgreSQL server: Peristyle against `pg_dump`, `psql` and drizzle-kit.

use std::fs;

use tools::{Error, Postgres, output, timed};

use crate::contest::{Aim, Contender, Contest};
use crate::project::{Projects, Tools};

/// The databases that are used, one for each tool and one for `psql`.
const DATABASES: [&str; 3] =
    ["peristyle_bench_own", "peristyle_bench_theirs", "peristyle_bench_bare"];

/// Both projects with everything applied, so that nothing is left to do.
///
/// # Errors
/// If a tool fails.
pub fn settled(tools: &Tools, server: &Postgres, tables: usize) -> Result<Projects, Error> {
    let [own, theirs, bare] = DATABASES;
    for database in DATABASES {
        server.make_anew(database)?;
    }
    let urls = [server.database(own), server.database(theirs)];
    let projects = Projects::on_postgres(&tools.node, "settled", tables, [&urls[0], &urls[1]])?;
    output(&mut tools.peristyle_generate(&projects))?;
    let script = projects.peristyle.join("up.sql");
    projects.up_script(&script)?;
    output(tools.peristyle.command(&projects.peristyle).arg("migrate"))?;
    output(&mut server.psql(bare, &script))?;
    output(tools.node.drizzle_kit(&projects.drizzle).args(["push", "--force"]))?;
    Ok(projects)
}

/// Reading a database against `pg_dump`, which does what an introspection does and no more.
pub fn introspection<'a>(
    tools: &'a Tools,
    server: &'a Postgres,
    projects: &'a Projects,
    tables: usize,
) -> Contest<'a> {
    let bare = DATABASES[2];
    Contest {
        title: format!("PostgreSQL: introspection, {tables} tables"),
        contenders: vec![
            Contender::new("peristyle inspect --format json", move || {
                let mut command = tools.peristyle.command(&projects.peristyle);
                command.args(["inspect", &server.database(bare), "--dialect", "postgres"]);
                timed(command.args(["--format", "json"]))
            }),
            Contender::new("pg_dump --schema-only", move || timed(&mut server.dump(bare))),
        ],
        aims: vec![Aim::AtMost(1.0, 1)],
    }
}

/// The three commands that find nothing to do.
pub fn nothing_to_do<'a>(
    tools: &'a Tools,
    projects: &'a Projects,
    tables: usize,
) -> Vec<Contest<'a>> {
    let own = |arguments: &'static [&'static str]| {
        Contender::new(format!("peristyle {}", arguments.join(" ")), move || {
            timed(tools.peristyle.command(&projects.peristyle).args(arguments))
        })
    };
    let push = || {
        Contender::new("drizzle-kit push", move || {
            timed(tools.node.drizzle_kit(&projects.drizzle).args(["push", "--force"]))
        })
    };
    let pull = Contender::new("drizzle-kit pull", move || {
        let folder = projects.drizzle.join("pulled");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
        }
        let mut command = tools.node.drizzle_kit(&projects.drizzle);
        timed(command.args(["pull", "--config", "pull.config.ts"]))
    });
    let title = |what: &str| format!("PostgreSQL: {what}, {tables} tables");
    vec![
        Contest {
            title: title("pull"),
            contenders: vec![own(&["pull", "--out", "pulled.rs", "--force"]), pull],
            aims: vec![Aim::Faster(50.0, 1)],
        },
        Contest {
            title: title("check, nothing to do"),
            contenders: vec![own(&["check"]), push()],
            aims: vec![Aim::Faster(50.0, 1)],
        },
        Contest {
            title: title("push, nothing to do"),
            contenders: vec![own(&["push"]), push()],
            aims: vec![Aim::Faster(50.0, 1)],
        },
    ]
}

/// `migrate` of an empty database against the same SQL in one transaction by `psql`.
pub fn migrate<'a>(
    tools: &'a Tools,
    server: &'a Postgres,
    projects: &'a Projects,
    tables: usize,
) -> Contest<'a> {
    let [own, _, bare] = DATABASES;
    let script = projects.peristyle.join("up.sql");
    Contest {
        title: format!("PostgreSQL: migrate, empty database, {tables} tables"),
        contenders: vec![
            Contender::new("peristyle migrate", move || {
                server.make_anew(own)?;
                timed(tools.peristyle.command(&projects.peristyle).arg("migrate"))
            }),
            Contender::new("psql, one transaction", move || {
                server.make_anew(bare)?;
                timed(&mut server.psql(bare, &script))
            }),
        ],
        aims: vec![Aim::AtMost(1.2, 1)],
    }
}

//! `generate`: with nothing to do, and for the first time.

use std::time::Duration;

use tools::{Error, timed};

use crate::contest::{Aim, Contender, Contest};
use crate::project::{Projects, Tools};

/// `generate` where the declarations equal the last migration, after `history` migrations.
///
/// # Errors
/// If the migrations before cannot be made.
pub fn nothing_to_do<'a>(
    tools: &'a Tools,
    projects: &'a Projects,
    tables: usize,
    history: usize,
    limit: Option<Duration>,
) -> Result<Contest<'a>, Error> {
    for step in 0..history {
        projects.declare(step)?;
        projects.generate(tools)?;
    }
    let mut aims = vec![Aim::Faster(100.0, 1)];
    aims.extend(limit.map(Aim::Under));
    let migrations =
        if history == 1 { "1 migration".into() } else { format!("{history} migrations") };
    Ok(Contest {
        title: format!("generate, nothing to do, {tables} tables, {migrations}"),
        contenders: vec![
            Contender::new("peristyle generate", || timed(&mut tools.peristyle_generate(projects))),
            Contender::new("drizzle-kit generate", || timed(&mut tools.drizzle_generate(projects))),
        ],
        aims,
    })
}

/// The first `generate`: all tables are new. Peristyle's is with its proof; drizzle-kit proves nothing.
pub fn first<'a>(tools: &'a Tools, projects: &'a Projects, tables: usize) -> Contest<'a> {
    Contest {
        title: format!("generate, first migration, {tables} tables"),
        contenders: vec![
            Contender::new("peristyle generate (proven)", || {
                projects.forget_migrations()?;
                timed(&mut tools.peristyle_generate(projects))
            }),
            Contender::new("drizzle-kit generate (not proven)", || {
                projects.forget_migrations()?;
                timed(&mut tools.drizzle_generate(projects))
            }),
        ],
        aims: Vec::new(),
    }
}
